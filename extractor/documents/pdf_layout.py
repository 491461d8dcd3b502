"""The reading order of a page: columns, and what stands across them.

PDFium's order, the order in which the file draws, is nearly always the right one. It is left alone unless it
goes back up in a column; then the page is read by its gutters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeVar

from extractor.documents.pdf_lines import Line, WordSource, split_at
from extractor.documents.pdf_source import Box
from extractor.documents.pdf_tables import Table

Item = Line | Table
T = TypeVar("T", Line, Table, Item)

MIN_COLUMN_LINES = 4
MIN_COLUMN_CHARS = 12
"""Median characters of a column's lines; shorter ones are a list set in columns, or a table."""
COLUMN_START = 0.25
"""Share of the text's width from which on a second column may begin."""
CLUSTER = 4.0
"""Points: lines of a column begin this close together."""
MAX_CROSSING = 0.3
MAX_COLUMNS = 4
ROW_GAP = 14.0
"""Points: a gap in a row this wide may be a gutter."""
ROW_LINES = 6
MAX_TABLE_SHARE = 0.2
"""Share of the rows with several wide gaps, as a table's have."""
ROW_CHARS = 18


class Placed(NamedTuple):
    """A line or table in reading order, with the column it stands in (-1: it runs across the columns)."""

    item: Item
    column: int


def split_columns(lines: list[Line], page: WordSource) -> list[Line]:
    """Lines that run through two columns of text, cut at the gutter; the others as they are."""
    gutter = _row_gutter(lines)
    if gutter is None:
        return lines
    left: list[Line] = []
    right: list[Line] = []
    done: list[Line] = []
    for line in lines:
        if _gap_at(line, gutter):
            parts = split_at(line, gutter, page)
            left.append(parts[0])
            right.extend(parts[1:])
            continue
        done += [*left, *right, line]
        left, right = [], []
    return [*done, *left, *right]


def _row_gutter(lines: Sequence[Line]) -> float | None:
    """The x at which many lines of running text have a wide gap."""
    starts = Counter(
        int(after.x0 // CLUSTER)
        for line in lines
        if len(line.text) >= 2 * ROW_CHARS and line.box.x1 - line.box.x0 > ROW_GAP
        for before, after in pairwise(line.boxes())
        if after.x0 - before.x1 >= ROW_GAP
    )
    if not starts:
        return None
    place, _ = max(starts.items(), key=lambda item: (item[1] + starts[item[0] + 1], -item[0]))
    count = starts[place] + starts[place + 1]
    gutter = place * CLUSTER - 1
    crossing = [line for line in lines if line.box.x0 < gutter - 60 and line.box.x1 > gutter + 60]
    if count < ROW_LINES or count < 0.5 * len(crossing):
        return None
    halves = [line for line in crossing if _gap_at(line, gutter)]
    if sum(_gaps(line) > 1 for line in halves) > MAX_TABLE_SHARE * len(halves):
        return None
    widths = [(gutter - line.box.x0, line.box.x1 - gutter) for line in halves]
    # A table's rows have short cells of all lengths; running text fills both columns.
    full = sum(min(pair) > 0.6 * max(max(p) for p in widths) for pair in widths)
    return gutter if full >= 0.6 * len(widths) and len(widths) >= ROW_LINES else None


def _gaps(line: Line) -> int:
    return sum(_is_gap(before, after) for before, after in pairwise(line.boxes()))


def _is_gap(before: Box, after: Box) -> bool:
    return after.x0 - before.x1 >= ROW_GAP


def _gap_at(line: Line, x: float) -> bool:
    return any(
        before.x1 < x <= after.x0 + CLUSTER and _is_gap(before, after) for before, after in pairwise(line.boxes())
    )


def in_reading_order(items: Sequence[Item]) -> list[Placed]:
    """The items of a page, without its running headers and footers, in the order in which they are read."""
    columns = find_columns(items)
    if not _goes_back(items):
        return [Placed(item, _column(item, columns)) for item in items]
    return [Placed(item, _column(item, columns)) for item in _by_gutters(list(items), 0)]


def find_columns(items: Sequence[Item]) -> tuple[float, ...]:
    """The x at which the second and further columns of a page begin; empty for one column."""
    gutters: list[float] = []
    right = list(items)
    for _ in range(MAX_COLUMNS - 1):
        gutter = _gutter(right)
        if gutter is None:
            break
        gutters.append(gutter)
        right = [item for item in right if item.box.x0 >= gutter]
    return tuple(gutters)


def _column(item: Item, columns: tuple[float, ...]) -> int:
    for gutter in columns:
        if item.box.x0 < gutter - 2 and item.box.x1 > gutter + 2:
            return -1
    return sum(item.box.x0 >= gutter - 2 for gutter in columns)


def _gutter(items: Sequence[Item]) -> float | None:
    """The x at which a second column begins beside a first, the leftmost that there is."""
    lines = [item for item in items if isinstance(item, Line) and len(item.text) > 2]
    if len(lines) < 2 * MIN_COLUMN_LINES:
        return None
    left, right = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    threshold = left + COLUMN_START * (right - left) if right > left else right
    starts = Counter(int(line.box.x0 // CLUSTER) for line in lines if line.box.x0 > threshold)
    for place in sorted(starts):
        if starts[place] + starts[place + 1] >= MIN_COLUMN_LINES:
            gutter = place * CLUSTER
            if _parts_text(lines, gutter):
                return gutter
    return None


def _parts_text(lines: Sequence[Line], gutter: float) -> bool:
    """Whether running text stands on both sides of a place, side by side, and little runs across it."""
    right = [line for line in lines if line.box.x0 >= gutter]
    top, foot = min(line.box.y0 for line in right), max(line.box.y1 for line in right)
    beside = [line for line in lines if line.box.y1 > top and line.box.y0 < foot]
    left = [line for line in beside if line.box.x1 <= gutter + 1]
    crossing = len(beside) - len(left) - len(right)
    if min(len(left), len(right)) < MIN_COLUMN_LINES or crossing > MAX_CROSSING * len(beside):
        return False
    return min(median(len(line.text) for line in side) for side in (left, right)) >= MIN_COLUMN_CHARS


def _goes_back(items: Sequence[Item]) -> bool:
    """Whether the order goes back up anywhere other than into a column to the right."""
    return any(
        after.box.y1 <= before.box.y0 + 1 and after.box.x0 < before.box.x1 - 2 for before, after in pairwise(items)
    )


def _by_gutters(items: list[Item], depth: int) -> list[Item]:
    """Items by their place: in bands between what runs across the gutter, left column before right."""
    gutter = _gutter(items) if depth < MAX_COLUMNS else None
    if gutter is None:
        return _by_rows(items)
    ordered: list[Item] = []
    left: list[Item] = []
    right: list[Item] = []
    for item in _by_rows(items):
        if item.box.x0 >= gutter - 2:
            right.append(item)
        elif item.box.x1 <= gutter + 2:
            left.append(item)
        else:
            ordered += [*_by_gutters(left, depth + 1), *_by_gutters(right, depth + 1), item]
            left, right = [], []
    return [*ordered, *_by_gutters(left, depth + 1), *_by_gutters(right, depth + 1)]


def _by_rows(items: Iterable[Item]) -> list[Item]:
    """From top to bottom; what stands at one height from left to right."""
    rows: list[list[Item]] = []
    for item in sorted(items, key=_foot):
        if rows and _foot(item) - _foot(rows[-1][0]) < 3.0 and not isinstance(item, Table):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [item for row in rows for item in sorted(row, key=lambda item: item.box.x0)]


def _foot(item: Item) -> float:
    return item.base if isinstance(item, Line) else item.box.y0
