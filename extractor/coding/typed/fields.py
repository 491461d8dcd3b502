"""Labelled facts: "Start date: 1 March 2014", table rows of a label and a value, labels with the value below.

An extractor brings a pattern for its labels; it gets the label's line with the places where the value may stand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from extractor.coding.latest import of_latest
from extractor.model import Document, Source, Span

SKIPPED_KINDS = frozenset({"toc"})
MAX_CELL_CHARS = 200
MAX_BARE_LINE_CHARS = 64
INNER_LABEL_CHARS = 70
INNER_VALUE_CHARS = 220
NEXT_LINES = 4
"""How far below a bare label its value may stand: forms print a hint in between."""
MAX_BELOW_ROWS = 40
MIN_COLUMNS = 3

_BETWEEN = "\0"
"""Stands between lines in one text; no word holds it."""

_LEAD = re.compile(r"[\s*_#>•▪◦·\-–|\[]*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+|[a-zA-Z][.)]\s+)?[*_\s]*")
_SEPARATOR = re.compile(r"(?:\s*\([^()\n]{1,60}\))?[\s*_\\]*(?P<mark>[:：|=\t\n]|\s[-–—]\s|\.{3,}|$)[\s*_\\:]*")
_IN_PARENTHESES = re.compile(r"\s*\([^()]{1,40}\)\s*")
_LAST_LABEL = re.compile(r"\s[A-ZÀ-Þ][^\sA-ZÀ-Þ:]*(?:\s[a-zà-ÿ]+)*\s?:$")
_INNER_LABEL_AHEAD = re.compile(r"(?<=[\s.;])(?:[A-ZÀ-Þ][\w’'/()-]*)(?:\s[\w’'/()-]+){0,4}\s?:(?=\s)")
_LABEL_AHEAD = re.compile(r"^[A-ZÀ-Þ][^:\n]{1,45}:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a cell of a table: its text, place, block, and row and column if it is a cell."""

    text: str
    span: Span
    block: int
    row: int = -1
    column: int = -1


@dataclass(frozen=True, slots=True)
class Value:
    """A place where a field's value may stand: on the label's line, right of it, or below it."""

    text: str
    span: Span
    where: str


@dataclass(frozen=True, slots=True)
class Field:
    """A label that was found, the places of its value from the likeliest on, and the label's line."""

    label: str
    rest: str
    values: tuple[Value, ...]
    line: Line
    explicit: bool


@of_latest
def read_lines(document: Document) -> list[Line]:
    """The lines and table cells of a document in reading order, tables of contents left out."""
    lines: list[Line] = []
    for index, block in enumerate(document.blocks):
        if block.kind in SKIPPED_KINDS:
            continue
        if block.kind == "table_row" and block.cells:
            lines.extend(
                Line(document.text(cell), cell, index, index, column) for column, cell in enumerate(block.cells)
            )
        else:
            lines.extend(_printed_lines(document, block.span, index))
    return lines


def _printed_lines(document: Document, span: Span, block: int) -> Iterator[Line]:
    start = span.start
    for part in document.text(span).split("\n"):
        if part.strip():
            yield Line(part, Span(span.page, start, start + len(part)), block)
        start += len(part) + 1


def find_fields(source: Source, lines: list[Line], label: re.Pattern[str], words: tuple[str, ...]) -> Iterator[Field]:
    """Each line that opens with a label. `words`: lower-case words of which a label has at least one."""
    for index in _worded(lines).lines_with(words):
        line = lines[index]
        lead = _LEAD.match(line.text)
        match = label.match(line.text, lead.end() if lead else 0)
        if match and (field := _field(source, lines, index, match)):
            yield field
        yield from _inside(line, label, words, match.end() if match else 0)


class _Worded:
    """The lines that may be fields as one lower-case text, in which a word is found for all of them at once."""

    def __init__(self, lines: list[Line]) -> None:
        self._indexes = [index for index, line in enumerate(lines) if _may_be_field(line)]
        lowers = [lines[index].text.lower() for index in self._indexes]
        self._text = _BETWEEN.join(lowers)
        self._starts = list(accumulate((len(lower) + 1 for lower in lowers), initial=0))

    def lines_with(self, words: Iterable[str]) -> list[int]:
        """The indexes of the lines that hold any of the words, in order."""
        found: set[int] = set()
        for word in words:
            at = self._text.find(word)
            while at >= 0:
                number = bisect_right(self._starts, at) - 1
                found.add(self._indexes[number])
                at = self._text.find(word, self._starts[number + 1])
        return sorted(found)


@of_latest
def _worded(lines: list[Line]) -> _Worded:
    return _Worded(lines)


def _inside(line: Line, label: re.Pattern[str], words: tuple[str, ...], start: int) -> Iterator[Field]:
    """Labels in the middle of a line or of a cell that holds a whole form: "Type: X Period: 2005 to 2008"."""
    colon = line.text.find(":", start + 1 if start else 0)
    while colon >= 0:
        window_start = max(start, colon - INNER_LABEL_CHARS)
        window = line.text[window_start:colon].rstrip()
        if any(word in window.lower() for word in words):
            match = next((m for m in label.finditer(window) if _ends_window(window, m)), None)
            if match and _opens(line.text, window_start + match.start()) and window_start + match.start() > 0:
                value = _until_next_label(line, colon + 1)
                if value:
                    yield Field(match.group().lower(), window[match.end() :], (value,), line, True)
        colon = line.text.find(":", colon + 1)


def _ends_window(window: str, match: re.Match[str]) -> bool:
    return not window[match.end() :].strip(" *_") or bool(_IN_PARENTHESES.fullmatch(window, match.end()))


def _opens(text: str, at: int) -> bool:
    """A label inside a line begins with a capital letter, or follows the end of something."""
    return (
        text[at].isupper()
        and (at == 0 or not text[at - 1].isalnum())
        or bool(re.search(r"[.;|\n]\s*$", text[max(0, at - 3) : at]))
    )


def _until_next_label(line: Line, start: int) -> Value | None:
    text = line.text[start : start + INNER_VALUE_CHARS]
    ahead = _INNER_LABEL_AHEAD.search(text, 1)
    stretch = text[: ahead.start()] if ahead else text
    if ahead and not stretch.strip():
        last_label = _LAST_LABEL.search(ahead.group())
        stretch = text[: ahead.start() + last_label.start()] if last_label else ""
    stripped = stretch.strip()
    if not stripped:
        return None
    offset = start + stretch.index(stripped)
    span = Span(line.span.page, line.span.start + offset, line.span.start + offset + len(stripped))
    return Value(stripped, span, "inside")


def _may_be_field(line: Line) -> bool:
    """A cell, a short line, or a line with a colon near its beginning: running text is passed over at little cost."""
    return (
        len(line.text) <= MAX_BARE_LINE_CHARS or ":" in line.text or line.row >= 0 and len(line.text) <= MAX_CELL_CHARS
    )


def _field(source: Source, lines: list[Line], index: int, match: re.Match[str]) -> Field | None:
    line = lines[index]
    separator = _SEPARATOR.match(line.text, match.end())
    if separator is None:
        if not line.text[match.end() : match.end() + 1].isspace():
            return None
        values = tuple(_inline(line, match.end()))
        return Field(match.group().lower(), line.text[match.end() :], values, line, False) if values else None
    values = tuple(_values(source, lines, index, separator.end()))
    rest = line.text[match.end() : separator.end()]
    return Field(match.group().lower(), rest, values, line, True) if values else None


def _values(source: Source, lines: list[Line], index: int, start: int) -> Iterator[Value]:
    line = lines[index]
    hint_below = line.row >= 0 and "\n" in line.text[max(0, start - 2) : start]
    if line.text[start:].strip() and not hint_below:
        yield from _inline(line, start)
        yield from _wrapped(lines, index, start)
    if line.row >= 0:
        below, right = list(_below(source.document, lines, index)), list(_right(lines, index))
        yield from [*below, *right] if _heads_columns(source.document, line) else [*right, *below]
    elif not line.text[start:].strip():
        yield from _next(lines, index)


def _heads_columns(document: Document, line: Line) -> bool:
    """Whether a cell stands in a row of column heads: the first row of a table, with three cells or more."""
    block = document.blocks[line.block]
    if block.header_row:
        return True
    filled = sum(bool(document.text(cell).strip()) for cell in block.cells)
    first = line.block == 0 or document.blocks[line.block - 1].table != block.table
    return first and filled >= MIN_COLUMNS


def _inline(line: Line, start: int) -> Iterator[Value]:
    text = line.text[start:]
    stripped = text.strip(" \t*_|")
    if stripped:
        offset = start + text.index(stripped)
        span = Span(line.span.page, line.span.start + offset, line.span.start + offset + len(stripped))
        yield Value(stripped, span, "same line")


def _wrapped(lines: list[Line], index: int, start: int) -> Iterator[Value]:
    """The value with the lines that carry it on in the same block, up to the next label."""
    line = lines[index]
    parts = [line.text[start:].strip()]
    last = line
    for following in lines[index + 1 : index + NEXT_LINES]:
        if following.block != line.block or following.row != line.row or _LABEL_AHEAD.match(following.text.strip()):
            break
        parts.append(following.text.strip())
        last = following
    if last is not line:
        offset = start + len(line.text[start:]) - len(line.text[start:].lstrip())
        yield Value(
            " ".join(parts), Span(line.span.page, line.span.start + offset, last.span.end), "same line and next"
        )


def _right(lines: list[Line], index: int) -> Iterator[Value]:
    line = lines[index]
    for cell in lines[index + 1 :]:
        if cell.row != line.row:
            return
        if cell.text.strip():
            yield Value(_fold(cell.text), cell.span, "right")
            return


def _below(document: Document, lines: list[Line], index: int) -> Iterator[Value]:
    line = lines[index]
    table = document.blocks[line.block].table
    rows: set[int] = set()
    rows_head: dict[int, str] = {}
    for cell in lines[index + 1 :]:
        if cell.row < 0 or document.blocks[cell.block].table != table or len(rows) > MAX_BELOW_ROWS:
            return
        if cell.row == line.row:
            continue
        rows.add(cell.row)
        if cell.column == 0 or not rows_head.get(cell.row):
            rows_head[cell.row] = cell.text.strip().lower()
        if cell.column == line.column and cell.text.strip():
            where = "total" if "total" in rows_head[cell.row][:12] and cell.column else "below"
            yield Value(_fold(cell.text), cell.span, where)


def _next(lines: list[Line], index: int) -> Iterator[Value]:
    for following in lines[index + 1 : index + 1 + NEXT_LINES]:
        if following.row >= 0 or _LABEL_AHEAD.match(following.text.strip()):
            return
        yield Value(_fold(following.text), following.span, "below")


def _fold(text: str) -> str:
    return " ".join(text.split())
