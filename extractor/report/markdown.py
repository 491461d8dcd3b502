"""Markdown that document text cannot break out of: escaping, tables, spans.

`Md` is text that is Markdown already; everything else is escaped when it is put into a report.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from markupsafe import Markup

SPECIAL = re.compile(r"([\\`*_{}\[\]<>|$~^&])")
BLOCK_START = re.compile(r"^([-+:=%#@]|\(?[0-9A-Za-z]{1,9}[.)])(?=\s|[-+:=%#@]|$)")
LEADING_BULLET = re.compile(r"^[\s•▪●◦·■□–]+")
TRAILING_NOTES = re.compile(r"(?:\[\^\d+\])+$")
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
KEPT_INVISIBLE = "\u200c\u200d"  # joiners that some scripts cannot do without
TABLE_WIDTH = 96  # dashes in a table's rule; more than pandoc's line width, so that widths are taken from them
ELLIPSIS = " […]"


class Md(Markup):
    """A piece of Markdown. Joining it with plain text escapes the plain text."""

    @classmethod
    def escape(cls, s: object) -> Md:
        """The object as Markdown: itself where it is Markdown, escaped otherwise."""
        return cls(s) if hasattr(s, "__html__") else md(str(s))


def md(text: object) -> Md:
    """Escape text so that Markdown and HTML in it are shown, not obeyed; white space is folded to one line.

    A space at either end stays one space, so that pieces of a sentence can be put together.
    """
    if hasattr(text, "__html__"):
        return Md(text)
    given = str(text)
    escaped = BLOCK_START.sub(_escape_marker, SPECIAL.sub(r"\\\1", fold(given)))
    before, after = (" " if edge.isspace() else "" for edge in (given[:1], given[-1:]))
    return Md(f"{before}{escaped}{after}" if escaped else before)


def inline(text: object) -> Md:
    """Escape text that stands within a line, where nothing can begin a list or a heading."""
    return Md(text) if hasattr(text, "__html__") else Md(SPECIAL.sub(r"\\\1", fold(str(text))))


def _escape_marker(match: re.Match[str]) -> str:
    marker = match[1]
    return f"{marker[:-1]}\\{marker[-1]}"


def fold(text: str) -> str:
    """Text on one line, without the characters that a reader cannot see and a file format may not hold."""
    visible = "".join(character for character in text if _shown(character))
    return " ".join(visible.split())


def _shown(character: str) -> bool:
    if character.isspace() or character in KEPT_INVISIBLE:
        return True
    return unicodedata.category(character) not in INVISIBLE


def shorten(text: str, words: int) -> str:
    """The first so many words, with a mark where something is left out."""
    parts = fold(text).split(" ")
    return " ".join(parts) if len(parts) <= words else " ".join(parts[:words]) + ELLIPSIS


def quoted(text: str, words: int = 0) -> Md:
    """A quotation in quotation marks, without a list's bullet before it, shortened to `words` where given."""
    words_shown = LEADING_BULLET.sub("", shorten(text, words) if words else text)
    return Md("“") + inline(words_shown) + Md("”")


def emphasis(text: object) -> Md:
    """Text in italics."""
    return Md("*") + inline(text) + Md("*") if str(text).strip() else Md("")


def file_name(path: str) -> Md:
    """A file's path, marked as such so that each format can break and set it well."""
    return Md("[") + inline(path) + Md("]{.file}")


def anchor(text: str, identifier: str) -> Md:
    """Bold text that can be linked to."""
    return Md(f"[**{inline(text)}**]{{#{identifier}}}")


def link(text: object, identifier: str) -> Md:
    """A link to a place in the same report."""
    return Md(f"[{inline(text)}](#{identifier})")


def stopped(text: Md) -> Md:
    """A sentence with its full stop, unless it ends in a stop already, within quotation marks or not."""
    notes = TRAILING_NOTES.search(text)
    end = notes.start() if notes else len(text)
    done = text[:end].rstrip("”").endswith((".", "!", "?"))
    return text if done else Md(f"{text[:end]}.{text[end:]}")


def joined(parts: Iterable[object], between: str) -> Md:
    """Pieces put together; plain text among them is escaped."""
    return Md(between).join(md(part) for part in parts)


def table(header: Sequence[object], rows: Sequence[Sequence[object]], caption: object, widths: Sequence[int]) -> Md:
    """A pipe table with a caption; `widths` are the columns' shares, negative for columns of numbers."""
    total = sum(abs(width) for width in widths)
    rule = "|".join(_rule(width, total) for width in widths)
    lines = [_row(header), f"|{rule}|", *(_row(row) for row in rows), "", f": {md(caption)}"]
    return Md("\n\n" + "\n".join(lines) + "\n\n")


def _rule(width: int, total: int) -> str:
    dashes = "-" * max(3, round(TABLE_WIDTH * abs(width) / total))
    return f"{dashes[:-1]}:" if width < 0 else dashes


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(inline(cell) for cell in cells) + " |"


def block(name: str, text: object) -> Md:
    """A paragraph of a named kind, which each format sets in its own way."""
    return Md(f"\n\n::: {name}\n{md(text)}\n:::\n\n")


def bullets(lines: Iterable[object]) -> Md:
    """A list."""
    return Md("\n\n" + "\n".join(f"- {md(line)}" for line in lines) + "\n\n")
