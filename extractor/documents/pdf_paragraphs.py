"""Printed lines gathered into paragraphs, list items and headings by their spacing, indents, size and weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractor.documents.pdf_layout import Placed
from extractor.documents.pdf_lines import Line, vertical_overlap
from extractor.documents.pdf_tables import Table
from extractor.documents.structure import caption, heading_number, list_marker

BIGGER = 1.1
"""Times the body's size from which type is larger than the body."""
SMALLER = 0.93
SAME_SIZE = 0.06
"""Share of the size by which lines of one paragraph may differ."""
NOISY_BIGGER = 1.35
NOISY_SAME_SIZE = 0.25
"""The same where sizes are guessed by OCR, line by line."""
NOISY_SIZES = 3
NOISY = 0.6
"""In OCR the `NOISY_SIZES` most usual sizes hold less than this share of the characters."""
LOOSE = 1.3
"""Times the usual distance of lines from which a gap parts two blocks."""
INDENT = 0.8
"""Type sizes: a shift of the left edge that means something."""
DEFAULT_LEADING = 1.25
SENTENCE_END = re.compile(r"[.!?:;…](?:[\"”’»)\]]*\d{0,3})\Z")
_DOTTED = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|·{4,}|(?:\. ){4,}|(?:· ){4,})[\s.]*(?:\d{1,4}|[ivxlc]{1,7})\Z")
_LEADERS = ("....", ". . ", "……", "____", "····", "· · ")
SHORT_SHARE = 0.35
STYLED_LINES = 12


@dataclass(frozen=True, slots=True)
class Body:
    """The usual look of a document's running text: size, and whether it is bold; which sizes differ from it."""

    size: float
    bold: bool
    bigger: float = BIGGER
    same: float = SAME_SIZE

    @property
    def guessed(self) -> bool:
        """Whether sizes are OCR's guesses and say little."""
        return self.bigger > BIGGER


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines that belong together, in one column."""

    lines: tuple[Line, ...]
    column: int

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        if len(self.lines) == 1:
            return self.lines[0].size
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(line.italic for line in self.lines)

    @property
    def text(self) -> str:
        """Its words on one line."""
        if len(self.lines) == 1:
            return self.lines[0].text
        return " ".join([line.text for line in self.lines])


def find_body(pages: Iterable[Sequence[Line]]) -> Body:
    """The look that most of a document's characters have."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
            bold[line.bold] += len(line.text)
    if not sizes:
        return Body(10.0, False)
    usual = sizes.most_common(NOISY_SIZES)
    if sum(count for _, count in usual) < NOISY * sizes.total():
        return Body(_middle(sizes), bold[True] > bold[False], NOISY_BIGGER, NOISY_SAME_SIZE)
    return Body(usual[0][0], bold[True] > bold[False])


def _middle(sizes: Counter[float]) -> float:
    """The size of the character in the middle."""
    left = sizes.total() / 2
    for size in sorted(sizes):
        left -= sizes[size]
        if left <= 0:
            break
    return size


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual on a page: distance of lines in type sizes, right edge of each column."""

    leading: float
    right: dict[int, float]
    left: dict[int, float]


def gather(placed: Sequence[Placed], body: Body, starts: frozenset[int]) -> list[TextBlock | Table]:
    """The blocks of a page, in reading order. `starts`: ids of lines that are known to begin a block."""
    measures = _measure(placed)
    blocks: list[TextBlock | Table] = []
    pending: list[Line] = []
    column = 0

    def close() -> None:
        if pending:
            blocks.append(TextBlock(tuple(pending), column))
            pending.clear()

    for entry in placed:
        item = entry.item
        if isinstance(item, Table):
            close()
            blocks.append(item)
            continue
        known = id(item) in starts
        if pending and (known or _parts(pending, item, column, entry.column, measures, body)):
            close()
        if not pending:
            column = entry.column
        pending.append(item)
    close()
    return blocks


def _measure(placed: Sequence[Placed]) -> _Measures:
    lines = [(entry.item, entry.column) for entry in placed if isinstance(entry.item, Line)]
    steps = [
        (after.base - before.base) / before.size
        for (before, _), (after, _) in pairwise(lines)
        if before.size == after.size and 0.8 < (after.base - before.base) / before.size < 2.2
    ]
    right: dict[int, float] = {}
    left: dict[int, float] = {}
    for line, column in lines:
        right[column] = max(right.get(column, 0.0), line.box.x1)
        left[column] = min(left.get(column, line.box.x0), line.box.x0)
    return _Measures(median(steps) if len(steps) > 2 else DEFAULT_LEADING, right, left)


def _parts(pending: list[Line], line: Line, pending_column: int, column: int, measures: _Measures, body: Body) -> bool:
    """Whether a line begins a new block after the lines before it."""
    last = pending[-1]
    same_column = pending_column == column
    size = max(last.size, line.size)
    if abs(last.size - line.size) > body.same * size:
        return True
    step = line.base - last.base
    if last.hyphen and line.text[:1].islower() and (step > 0 or not same_column):
        return step > 2.5 * size
    below = 0 < step <= LOOSE * measures.leading * size and line.box.x0 < last.box.x1 and line.box.x1 > last.box.x0
    if not (same_column or below) or step < -0.5 * size or step > 4 * size:
        full = measures.right.get(pending_column, 0.0) - last.box.x1 < 2 * size
        return not _goes_on(last, line, full) or _is_styled(last, body)
    if abs(step) <= 0.5 * size:
        return not vertical_overlap(last.box, line.box) > 0.5 or line.box.x0 < last.box.x1 - 1
    if step > LOOSE * measures.leading * size or is_dotted(last.text):
        return True
    if last.italic != line.italic and len(pending) == 1 and last.italic and not _runs_on(last, line):
        return True
    if last.bold != line.bold and not (last.bold and _runs_on(last, line)):
        return True
    if _is_styled(last, body):
        return _parts_styled(pending, line)
    return _parts_text(pending, line, measures, column)


def _goes_on(last: Line, line: Line, full: bool) -> bool:
    """Whether a sentence goes on at the top of the next column: in lower case, or after a full line."""
    if _runs_on(last, line):
        return True
    return full and not SENTENCE_END.search(last.text) and _marked(line) is None and line.text[:1].isalpha()


def is_dotted(text: str) -> bool:
    """Whether a line is an entry of a table of contents whose page is led to by dots."""
    if not (text[-1:].isdigit() or text[-1:] in "ivxlc"):
        return False
    return any(leader in text for leader in _LEADERS) and _DOTTED.search(text) is not None


def _runs_on(last: Line, line: Line) -> bool:
    return not SENTENCE_END.search(last.text) and line.text[:1].islower()


def _is_styled(line: Line, body: Body) -> bool:
    """Whether a line stands out from the body: larger or bold."""
    return line.size >= body.bigger * body.size or (line.bold and not body.bold)


def _parts_styled(pending: list[Line], line: Line) -> bool:
    """Headings break where they please; only a new number or mark, or too many lines, begins another."""
    return len(pending) >= STYLED_LINES or heading_number(line.text) is not None or _marked(line) is not None


def _marked(line: Line) -> str | None:
    return list_marker(line.text) or caption(line.text)


def _parts_text(pending: list[Line], line: Line, measures: _Measures, column: int) -> bool:
    first, last = pending[0], pending[-1]
    ended = SENTENCE_END.search(last.text) is not None
    room = measures.right.get(column, last.box.x1) - last.box.x1
    short = room > _first_word(line) + 0.5 * line.size
    shift = line.box.x0 - last.box.x0
    if ended and caption(line.text) is not None:
        return True
    if list_marker(line.text) is not None:
        listed = list_marker(first.text) is not None
        aligned = abs(line.box.x0 - first.box.x0) < INDENT * line.size
        if ended or short or (listed and aligned) or shift > INDENT * line.size:
            return True
    if heading_number(line.text) is not None and (ended or short):
        return True
    if short and (ended or room > SHORT_SHARE * _width(measures, column)) and not line.text[:1].islower():
        return True
    if abs(shift) <= INDENT * line.size:
        return False
    hanging = len(pending) == 1
    return ended and not hanging if shift > 0 else _comes_back(first, line, ended)


def _comes_back(first: Line, line: Line, ended: bool) -> bool:
    """Out of a list item, back to the margin; an indented first line is no item."""
    return list_marker(first.text) is not None and line.box.x0 < first.box.x0 + INDENT * line.size and ended


def _first_word(line: Line) -> float:
    word = line.text.split(" ", 1)[0]
    return (len(word) + 1) * (line.box.x1 - line.box.x0) / max(len(line.text), 1)


def _width(measures: _Measures, column: int) -> float:
    return measures.right.get(column, 0.0) - measures.left.get(column, 0.0)
