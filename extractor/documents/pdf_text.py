"""The stored text of a page, put together from printed lines, and from where in the file each line of it comes.

One printed line is one line of text. A word that is broken at a line end is joined onto the first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.documents.pdf_lines import Line
from extractor.documents.pdf_source import RawLine
from extractor.documents.structure import join_hyphen

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+)[-\u2010]\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
WORD_STARTS = frozenset(
    {"anti", "co", "ex", "inter", "multi", "non", "part", "post", "pre", "pro", "re", "semi", "sub"}
)
"""Prefixes that take a hyphen before a word ("pre-crisis") and also begin words ("predictable")."""
HYPHENS = "-\u2010"
SUSPENDED_BEFORE = frozenset({"and", "or", "to", "et", "ou", "y", "o", "e", "und", "oder"})
"""After these a hyphen at a line end stands for a word that follows ("short- and long-term"): nothing is joined."""


class Origin(NamedTuple):
    """Where in PDFium's page a line of stored text comes from: the stretches that hold its words.

    A word joined over the line end is in the first line's text and in the stretches of both.
    """

    start: int
    end: int
    sources: tuple[RawLine, ...]


class Joined(NamedTuple):
    """Lines as they are stored: text and sources, line by line."""

    lines: tuple[str, ...]
    sources: tuple[tuple[RawLine, ...], ...]


def vocabulary(pages: Iterable[Sequence[Line]]) -> frozenset[str]:
    """The words of a document in lower case, without the halves of those that are broken at a line end."""
    words: set[str] = set()
    whole: list[str] = []
    for lines in pages:
        broken = False
        for line in lines:
            ends = line.hyphen or _ends_in_hyphen(line.text)
            if broken or ends:
                found = _WORD.findall(line.text.lower())
                words.update(found[1 if broken else 0 : -1 if ends else None])
            else:
                whole.append(line.text)
            broken = ends
    tokens = set("\n".join(whole).lower().split())  # no word runs over a space, and most tokens return
    words.update(_WORD.findall(" ".join(tokens)))
    return frozenset(words)


def join_lines(lines: Sequence[Line], words: frozenset[str]) -> Joined:
    """The lines of one block, their broken words mended."""
    if len(lines) == 1 and not lines[0].hyphen:
        return Joined((lines[0].text,), (lines[0].sources,))
    texts: list[str] = []
    sources: list[tuple[RawLine, ...]] = []
    open_word = False
    for line in lines:
        text = line.text
        if open_word:
            texts[-1] = _hyphened(texts[-1])
            head, _, rest = text.partition(" ")
            if head.lower() not in SUSPENDED_BEFORE:
                texts[-1] = _mended(texts[-1], head, words)
                sources[-1] += line.sources
                text = rest
        if text:
            texts.append(text)
            sources.append(line.sources)
        open_word = line.hyphen or _ends_in_hyphen(texts[-1])
    if lines and lines[-1].hyphen:
        texts[-1] = _hyphened(texts[-1])
    return Joined(tuple(texts), tuple(sources))


def _ends_in_hyphen(text: str) -> bool:
    before = text[-2:-1]
    return text[-1:] in HYPHENS and (before.isalnum() or before == "_")


def _mended(first: str, head: str, words: frozenset[str]) -> str:
    """Two halves put together, the hyphen kept or not by what the document says elsewhere."""
    left, right = _LAST_WORD.search(first), _FIRST_WORD.match(head)
    if left is not None and right is not None:
        begins, ends = left[1].lower(), right[0].lower()
        if begins + ends in words or (begins in WORD_STARTS and right[0].islower() and ends not in words):
            return first[:-1] + head
    return join_hyphen(first, head, words)


def _hyphened(text: str) -> str:
    return text if text[-1] in HYPHENS else f"{text}-"


class PageText:
    """A page's text as it grows line by line, and where each line of it comes from."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.origins: list[Origin] = []

    def add(self, joined: Joined, between: str = "\n") -> tuple[int, int]:
        """Add a block's lines; its start and end in the page's text."""
        start = self._open("\n")
        for index, (text, sources) in enumerate(zip(joined.lines, joined.sources, strict=True)):
            if index:
                self._put(between)
            self._line(text, sources)
        return start, self._length

    def add_row(self, cells: Sequence[Joined]) -> tuple[tuple[int, int], ...]:
        """Add a table's row: its cells on one line, a tab between; start and end of each cell."""
        self._open("\n")
        spans = []
        for index, cell in enumerate(cells):
            if index:
                self._put("\t")
            start = self._length
            for number, (text, sources) in enumerate(zip(cell.lines, cell.sources, strict=True)):
                if number:
                    self._put(" ")
                self._line(text, sources)
            spans.append((start, self._length))
        return tuple(spans)

    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)

    def _open(self, between: str) -> int:
        if self._parts:
            self._put(between)
        return self._length

    def _line(self, text: str, sources: tuple[RawLine, ...]) -> None:
        start = self._length
        self._put(text)
        self.origins.append(Origin(start, self._length, sources))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
