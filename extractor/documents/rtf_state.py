"""What holds while an RTF document is read: its groups, the text at hand, and the commands one by one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.model import BlockKind

DEFAULT_SIZE = 24
"""Half points."""
BODY_LEVEL = 9
TOKEN = re.compile(rb"\\([A-Za-z]{1,40})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z'])|([{}])|([^\\{}\r\n]+)|\\'")


@dataclass(slots=True)
class Group:
    """What holds between two braces, and is as it was before after the second."""

    target: str = "body"
    font: int = 0
    bold: bool = False
    size: int = DEFAULT_SIZE
    hidden: bool = False
    fallback: int = 1
    style: int = -1
    outline: int = BODY_LEVEL
    in_table: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name and outline level."""

    name: str
    outline: int


@dataclass(slots=True)
class Story:
    """Running text that is being read: the body, a note, a header, a text box."""

    kind: BlockKind = "paragraph"
    parts: list[str] = field(default_factory=list)
    label: str = ""
    bold: int = 0
    letters: int = 0
    sizes: Counter[int] = field(default_factory=Counter)
    cells: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


Token = tuple[bytes, bytes, bytes, bytes, bytes, bytes]


def tokens(data: bytes) -> Iterator[Token]:
    """Command, its number, code of a character, control symbol, brace, plain text: one of them at a time."""
    position = 0
    while match := TOKEN.search(data, position):
        word, value, *_ = match.groups()
        position = match.end()
        if word == b"bin" and value:  # so many bytes that are no RTF
            position += max(int(value), 0)
            continue
        yield tuple(part or b"" for part in match.groups())  # type: ignore[misc]
