"""Printed lines from PDFium's stretches of text: those that wrap are cut, those that stand in a row are joined.

PDFium starts a new stretch after a raised note number and joins some lines of small type into one; and where two
columns are written row by row, one stretch runs through both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple, Protocol

from extractor.documents.pdf_source import Box, RawLine, Word, union

JOIN_GAP = 1.2
"""Type sizes: stretches on one base line this close are one printed line."""
SPACE_GAP = 0.12
"""Type sizes: from this gap on there is a space between two stretches."""
SAME_LINE = 0.5
"""Share of the lower stretch's height that must overlap for two stretches to stand in one line."""
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
INVISIBLE = (0x00AD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF)
_CHANGES: dict[int, str | None] = {
    **dict.fromkeys((*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0xA0), *INVISIBLE)),
    **LIGATURES,
    0x85: " ",
}
_LIGATURE = re.compile("[\ufb00-\ufb06]")
"""Of what is changed, all that is printable."""
_SYMBOL_BULLET = re.compile("[\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf0a8\uf0be\uf02d](?=\\s|\\Z)")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Line(NamedTuple):
    """A printed line: its cleaned text, where it stands, its look, and the stretches it is made of."""

    text: str
    box: Box
    base: float
    size: float
    bold: bool
    italic: bool
    hyphen: bool
    sources: tuple[RawLine, ...]

    def boxes(self) -> Sequence[Box]:
        """The runs of the line, in the order of the file."""
        if len(self.sources) == 1:
            return self.sources[0].boxes
        return [box for source in self.sources for box in source.boxes]


# A third of the time of the class's own call, which counts for what is made for every line.
_new_line: Callable[[tuple[str, Box, float, float, bool, bool, bool, tuple[RawLine, ...]]], Line] = partial(
    tuple.__new__, Line
)


class WordSource(Protocol):
    """What can say where the words of a stretch stand, and cut it: the open page."""

    def words(self, line: RawLine) -> tuple[Word, ...]:
        """The words of a stretch with their boxes."""

    def part(self, line: RawLine, start: int, end: int, hyphen: bool) -> RawLine:
        """A piece of a stretch."""


def clean(text: str) -> str:
    """A stretch's words as they are stored: white space folded, ligatures spelled out, nothing unprintable."""
    if text.isprintable() and (text.isascii() or _LIGATURE.search(text) is None):
        return " ".join(text.split())
    if not text.isascii():
        text = _SYMBOL_BULLET.sub("•", _SURROGATE.sub("", text))
    return " ".join(text.translate(_CHANGES).split())


def printed_lines(raw: Iterable[RawLine], page: WordSource) -> list[Line]:
    """The printed lines of a page, in the order of the file."""
    lines: list[Line] = []
    for source in raw:
        for part in (source,) if len(source.boxes) == 1 else _unwrapped(source, page):
            text = clean(part.text)
            if not text:
                continue
            line = _line(text, part)
            if lines and _continues(lines[-1], line):
                lines[-1] = _joined(lines[-1], line)
            else:
                lines.append(line)
    return lines


def _line(text: str, source: RawLine) -> Line:
    box = union(source.boxes)
    return _new_line((text, box, source.base, source.size, source.bold, source.italic, source.hyphen, (source,)))


def _unwrapped(source: RawLine, page: WordSource) -> Iterator[RawLine]:
    """A stretch cut where it goes back to the left and down."""
    boxes = source.boxes
    if not any(map(_wraps, boxes, boxes[1:])):
        yield source
        return
    words = page.words(source)
    cuts = [after.start for before, after in pairwise(words) if _wraps(before.box, after.box)]
    yield from cut_source(source, cuts, page)


def _wraps(before: Box, after: Box) -> bool:
    x, y, right = after[0], after[1], before[2]
    if x >= right:
        return False
    height = before[3] - before[1]
    return x < right - height and y >= before[3] - 0.3 * height


def cut_source(source: RawLine, cuts: Sequence[int], page: WordSource) -> Iterator[RawLine]:
    """The pieces of a stretch between cuts, which count its characters."""
    if not cuts:
        yield source
        return
    edges = [0, *cuts, len(source.text)]
    for start, end in pairwise(edges):
        piece = source.text[start:end].rstrip()
        if piece:
            last = end == len(source.text)
            part = page.part(source, start, start + len(piece), source.hyphen and last)
            if part.boxes:
                yield part


def _continues(before: Line, after: Line) -> bool:
    if before.hyphen or after.box.y0 > before.box.y1:
        return False  # most lines stand below the one before
    gap = after.box.x0 - before.box.x1
    size = max(before.size, after.size)
    if not -0.5 * size <= gap <= JOIN_GAP * size:
        return False
    return vertical_overlap(before.box, after.box) > SAME_LINE


def vertical_overlap(one: Box, other: Box) -> float:
    """How much of the lower one's height two boxes share."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    lower = min(one.y1 - one.y0, other.y1 - other.y0)
    return shared / lower if lower > 0 else float(shared >= 0)


def _joined(before: Line, after: Line) -> Line:
    spaced = after.sources[0].spaced or after.box.x0 - before.box.x1 > SPACE_GAP * max(before.size, after.size)
    main = before if len(before.text) >= len(after.text) else after
    return Line(
        before.text + (" " if spaced else "") + after.text,
        union((before.box, after.box)),
        main.base,
        max(before.size, after.size),
        before.bold and after.bold,
        before.italic and after.italic,
        after.hyphen,
        before.sources + after.sources,
    )


def from_sources(sources: Sequence[RawLine]) -> Line | None:
    """A printed line made of given stretches, None when nothing printable is left."""
    found: Line | None = None
    for source in sources:
        text = clean(source.text)
        if not text or not source.boxes:
            continue
        line = _line(text, source)
        found = line if found is None else _joined(found, line)
    return found


def split_at(line: Line, x: float, page: WordSource) -> tuple[Line, ...]:
    """A printed line cut in two at the gap in which `x` lies."""
    left: list[RawLine] = []
    right: list[RawLine] = []
    for source in line.sources:
        box = union(source.boxes)
        if box.x1 <= x or box.x0 >= x:
            (left if box.x1 <= x else right).append(source)
            continue
        first = next((word.start for word in page.words(source) if word.box.x0 >= x), len(source.text))
        parts = list(cut_source(source, [first] if 0 < first < len(source.text) else [], page))
        left.extend(parts[:1])
        right.extend(parts[1:])
    return tuple(found for found in (from_sources(left), from_sources(right)) if found is not None)
