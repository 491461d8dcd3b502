"""Grids of cells from the rules and shaded areas of a page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.documents.pdf_rules import Rules
from extractor.documents.pdf_source import Box

SNAP = 3.0
"""Points: rules closer than this are one."""
SHADE_SNAP = 9.0
"""Points: the same for the edges of shaded areas, which leave out the margin inside a cell."""
BRIDGE = 4.0
"""Points: pieces of a rule with a smaller gap between them are one rule, dotted ones too."""
MAX_COLUMNS = 40
MAX_ROWS = 250
MAX_SEGMENTS = 600
MIN_AREA_HEIGHT = 6.0
MAX_AREA_SHARE = 0.97

Segment = tuple[float, float, float]
"""A rule's place across its direction, and its two ends along it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a grid and, for each of its smallest fields, the cell it belongs to, as its first field."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def box(self) -> Box:
        """What it takes up of the page."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell(self, box: Box) -> tuple[int, int]:
        """The cell in which a box's middle lies."""
        x0, y0, x1, y1 = box
        return self.cell_at((x0 + x1) / 2, (y0 + y1) / 2)

    def cell_at(self, x: float, y: float) -> tuple[int, int]:
        """The cell in which a point lies, the nearest for one outside."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_right(self.ys, y) - 1
        return self.owner[min(max(row, 0), len(self.ys) - 2)][min(max(column, 0), len(self.xs) - 2)]


def shades(area: Box, width: float) -> bool:
    """Whether a filled area may shade a cell or row: neither a stripe nor the page\'s own colour."""
    return area.y1 - area.y0 >= MIN_AREA_HEIGHT and area.x1 - area.x0 < MAX_AREA_SHARE * width


def shaded_grids(rules: Rules) -> Iterable[Grid]:
    """The grids that rules and the edges of shaded areas make."""
    level, upright = list(rules.level), list(rules.upright)
    for area in rules.areas:
        level += [(area.y0, area.x0, area.x1), (area.y1, area.x0, area.x1)]
        upright += [(area.x0, area.y0, area.y1), (area.x1, area.y0, area.y1)]
    return grids(level, upright, SHADE_SNAP)


def grids(level: Sequence[Segment], upright: Sequence[Segment], snap: float) -> Iterable[Grid]:
    """The grids that rules make: one for each group of rules that touch."""
    across, down = _merged(level), _merged(upright)
    if len(across) + len(down) > MAX_SEGMENTS:
        return
    for rows, columns in _components(across, down, snap):
        grid = _grid(rows, columns, snap)
        if grid is not None:
            yield grid


def _merged(segments: Iterable[Segment]) -> list[Segment]:
    """Segments snapped to common places, and those that touch made one."""
    tracks: list[tuple[float, list[tuple[float, float]]]] = []
    for place, start, end in sorted(segments):
        if not tracks or place - tracks[-1][0] > SNAP:
            tracks.append((place, []))
        tracks[-1][1].append((start, end))
    merged: list[Segment] = []
    for place, spans in tracks:
        merged.extend((place, start, end) for start, end in _bridged(spans))
    return merged


def _bridged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= BRIDGE:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _components(level: list[Segment], upright: list[Segment], snap: float) -> list[tuple[list[Segment], list[Segment]]]:
    """Groups of rules that touch each other; the level ones come from top to bottom."""
    heights = [y for y, _, _ in level]
    group = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for j, (x, y0, y1) in enumerate(upright, len(level)):
        for i in range(bisect_left(heights, y0 - snap), bisect_right(heights, y1 + snap)):
            if level[i][1] - snap <= x <= level[i][2] + snap:
                group[root(i)] = root(j)
    found: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for index, segment in enumerate([*level, *upright]):
        found.setdefault(root(index), ([], []))[index >= len(level)].append(segment)
    return [pair for pair in found.values() if pair[0] and pair[1]]


def _grid(level: list[Segment], upright: list[Segment], snap: float) -> Grid | None:
    xs = _places([s[0] for s in upright] + [min(s[1] for s in level), max(s[2] for s in level)], snap)
    ys = _places([s[0] for s in level] + [min(s[1] for s in upright), max(s[2] for s in upright)], SNAP)
    if not (3 <= len(xs) <= MAX_COLUMNS + 1 and 3 <= len(ys) <= MAX_ROWS + 1):
        return None
    walls = _crossed(xs, ys, upright, snap)
    floors = _crossed(ys, xs, level, SNAP)
    owner = _owners(len(ys) - 1, len(xs) - 1, walls, floors)
    return Grid(tuple(xs), tuple(ys), owner)


def _places(values: list[float], snap: float) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > snap:
            places.append(value)
    return places


def _crossed(places: list[float], along: list[float], segments: list[Segment], snap: float) -> list[list[bool]]:
    """For each place a row of answers: does a rule there run along each field between the `along` lines?"""
    middles = [(a + b) / 2 for a, b in pairwise(along)]
    crossed = []
    for place in places:
        fields = [False] * len(middles)
        for at, start, end in segments:
            if -SNAP <= at - place <= snap:
                first, last = bisect_left(middles, start), bisect_right(middles, end)
                fields[first:last] = [True] * (last - first)
        crossed.append(fields)
    return crossed


def _owners(
    rows: int, columns: int, walls: list[list[bool]], floors: list[list[bool]]
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The first field of the cell that each field belongs to: fields without a rule between them are one cell."""
    owner = [[(row, column) for column in range(columns)] for row in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if column and not walls[column][row]:
                owner[row][column] = owner[row][column - 1]
            if row and not floors[row][column]:
                owner[row][column] = min(owner[row - 1][column], owner[row][column])
    return tuple(tuple(line) for line in owner)
