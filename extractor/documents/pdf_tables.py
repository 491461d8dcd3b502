"""Ruled tables of a PDF page: a grid from its rules, and the printed lines sorted into its cells.

Only grids that hold text like a table are taken; boxes round a paragraph, charts and page frames stay plain lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.documents.pdf_grid import SNAP, Grid, grids, shaded_grids, shades
from extractor.documents.pdf_lines import Line, WordSource, cut_source, from_sources
from extractor.documents.pdf_rules import Rules
from extractor.documents.pdf_source import Box, RawLine, union

MIN_SHADES = 3
MIN_FILLED = 0.3
"""Share of a table's cells that hold text; charts and forms of boxes stay below."""
MIN_WORDED = 0.15
"""Share of the cells with letters; figures alone are a chart's."""
FRAMES = 6
FRAME_CHARS = 350
"""So few cells with so many characters each are the frames of a page."""
GIANT_CELL = 1200
GIANT_SHARE = 0.6
"""A cell of more characters and this share of the grid's is a page laid out in a grid, not a table."""
HEADER_CELL = 90


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's printed lines, in order."""

    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """Its words on one line, line-end hyphens as they stand."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: one cell a column, empty where a merged cell covers it; whether it names the columns."""

    cells: tuple[Cell, ...]
    header: bool
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page: its rows, where it stands, the x of its column edges.

    `members` are the ids of the lines it was read from, `order` the place of the first among the page's lines.
    """

    rows: tuple[TableRow, ...]
    box: Box
    edges: tuple[float, ...]
    members: tuple[int, ...]
    order: int = 0


def find_tables(rules: Rules, lines: Sequence[Line], page: WordSource, width: float) -> tuple[list[Table], list[Line]]:
    """The tables of a page, and the lines that stand in none. Shading makes a grid only where rules make none."""
    if not rules.upright and len(rules.areas) < MIN_SHADES:
        return [], list(lines)
    ruled = grids(rules.level, rules.upright, SNAP)
    tables, rest = _take(ruled, lines, rules, page)
    shaded = [area for area in rules.areas if shades(area, width) and not any(_holds(t.box, area) for t in tables)]
    if len(shaded) >= MIN_SHADES and rest:
        outside = Rules(
            tuple(s for s in rules.level if not any(t.box.y0 - SNAP <= s[0] <= t.box.y1 + SNAP for t in tables)),
            tuple(s for s in rules.upright if not any(t.box.y0 <= (s[1] + s[2]) / 2 <= t.box.y1 for t in tables)),
            tuple(shaded),
            rules.has_image,
        )
        more, rest = _take(shaded_grids(outside), rest, rules, page)
        tables += more
    places = {id(line): index for index, line in enumerate(lines)}
    return [replace(table, order=min(places.get(i, 0) for i in table.members)) for table in tables], rest


def _take(
    grids: Iterable[Grid], lines: Sequence[Line], rules: Rules, page: WordSource
) -> tuple[list[Table], list[Line]]:
    """The grids that are tables, and the lines that are in none of them."""
    rest = list(lines)
    tables: list[Table] = []
    for grid in grids:
        box = grid.box
        inside = [line for line in rest if _holds(box, line.box)]
        found = _read_table(grid, inside, rules, page)
        if found is not None:
            tables.append(found)
            taken = {id(line) for line in inside}
            rest = [line for line in rest if id(line) not in taken]
    return tables, rest


def _holds(outer: Box, inner: Box) -> bool:
    left, top, right, foot = outer
    x0, y0, x1, y1 = inner
    return top <= (y0 + y1) / 2 <= foot and left <= (x0 + x1) / 2 <= right


def _read_table(grid: Grid, lines: list[Line], rules: Rules, page: WordSource) -> Table | None:
    if len(lines) < 2:
        return None
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        for place, part in _parts(line, grid, page):
            cells.setdefault(place, []).append(part)
    _split_wide(cells, grid, page)
    if not _is_table(cells, grid):
        return None
    columns = sorted({column for _, column in cells})
    rows = []
    for row in sorted({row for row, _ in cells}):
        found = tuple(Cell(_in_order(cells.get((row, column), []))) for column in columns)
        rows.append(TableRow(found, False, Box(grid.xs[0], grid.ys[row], grid.xs[-1], grid.ys[row + 1])))
    return Table(
        _with_header(rows, rules.areas), grid.box, tuple(grid.xs[column] for column in columns), tuple(map(id, lines))
    )


def _parts(line: Line, grid: Grid, page: WordSource) -> Iterable[tuple[tuple[int, int], Line]]:
    """A line, or its pieces where it runs through several cells."""
    x0, y0, x1, y1 = line.box
    first, last = grid.cell_at(x0 + 1, (y0 + y1) / 2), grid.cell_at(x1 - 1, (y0 + y1) / 2)
    if first == last:
        yield first, line
        return
    pieces: list[tuple[tuple[int, int], list[RawLine]]] = []
    for source in line.sources:
        words = [(word.start, grid.cell(word.box)) for word in page.words(source)]
        cuts = [start for (_, before), (start, after) in pairwise(words) if before != after]
        for part in cut_source(source, cuts, page):
            place = grid.cell(union(part.boxes))
            if pieces and pieces[-1][0] == place:
                pieces[-1][1].append(part)
            else:
                pieces.append((place, [part]))
    for place, sources in pieces:
        found = from_sources(sources)
        if found is not None:
            yield place, found


def _split_wide(cells: dict[tuple[int, int], list[Line]], grid: Grid, page: WordSource) -> None:
    """Divide cells without rules between their columns (a header on a coloured band), where the words keep to them."""
    columns = sorted({column for _, column in cells})
    wide: Counter[tuple[int, int]] = Counter()
    for row in grid.owner:
        for place, fields in Counter(row).items():
            wide[place] = max(wide[place], fields)
    for place in [place for place in cells if wide[place] > 1]:
        own = [column for column in columns if place[1] <= column < place[1] + wide[place]]
        edges = [grid.xs[column] for column in own]
        pieces = _by_column(cells[place], edges, page) if len(own) > 1 else {}
        if len(pieces) == len(own):
            del cells[place]
            for index, parts in pieces.items():
                cells[place[0], own[index]] = parts


def _by_column(lines: Sequence[Line], edges: Sequence[float], page: WordSource) -> dict[int, list[Line]]:
    """The lines' words by column; nothing when a word runs across an edge."""
    pieces: dict[int, list[Line]] = {}
    for line in lines:
        parts: dict[int, list[RawLine]] = {}
        for source in line.sources:
            words = page.words(source)
            if any(word.box.x0 < edge - 1 < edge + 1 < word.box.x1 for word in words for edge in edges[1:]):
                return {}
            places = [bisect_right(edges, (word.box.x0 + word.box.x1) / 2) - 1 for word in words]
            cuts = [
                word.start
                for word, before, after in zip(words[1:], places, places[1:], strict=False)
                if before != after
            ]
            for part in cut_source(source, cuts, page):
                box = union(part.boxes)
                parts.setdefault(max(bisect_right(edges, (box.x0 + box.x1) / 2) - 1, 0), []).append(part)
        for index, sources in parts.items():
            found = from_sources(sources)
            if found is not None:
                pieces.setdefault(index, []).append(found)
    return pieces


def _is_table(cells: dict[tuple[int, int], list[Line]], grid: Grid) -> bool:
    columns = {column for _, column in cells}
    rows: dict[int, int] = {}
    for row, _ in cells:
        rows[row] = rows.get(row, 0) + 1
    if len(columns) < 2 or sum(count > 1 for count in rows.values()) < 2:
        return False
    fields = {place for row in rows for place in grid.owner[row] if place[1] in columns}
    if len(cells) < MIN_FILLED * len(fields):
        return False
    worded = sum(any(map(str.isalpha, line.text)) for found in cells.values() for line in found[:1])
    if worded < MIN_WORDED * len(cells):
        return False
    written = sum(len(line.text) for found in cells.values() for line in found)
    if len(cells) <= FRAMES and written > FRAME_CHARS * len(cells):
        return False
    sizes = [sum(len(line.text) for line in found) for found in cells.values()]
    return not (max(sizes) > GIANT_CELL and max(sizes) > GIANT_SHARE * sum(sizes))


def _in_order(lines: list[Line]) -> tuple[Line, ...]:
    """A cell's lines from top to bottom, those on one base line from left to right."""
    ordered: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.base):
        if ordered and line.base - ordered[-1][0].base < 0.4 * line.size:
            ordered[-1].append(line)
        else:
            ordered.append([line])
    return tuple(line for row in ordered for line in sorted(row, key=lambda line: line.box.x0))


def _with_header(rows: list[TableRow], areas: Sequence[Box]) -> tuple[TableRow, ...]:
    """The rows with the first marked when it names the columns: it alone is bold, shaded or free of figures."""
    first, *others = rows
    filled = [cell for cell in first.cells if cell.lines]
    if len(filled) < 2 or any(len(cell.text) > HEADER_CELL for cell in filled):
        return tuple(rows)
    bold = _bold(first) and not all(_bold(row) for row in others)
    shaded = _shaded(first.box, areas) and not all(_shaded(row.box, areas) for row in others)
    figures = not _figures(first) and sum(_figures(row) for row in others) >= len(others) / 2
    if bold or shaded or figures:
        rows = [replace(first, header=True), *others]
    return tuple(rows)


def _bold(row: TableRow) -> bool:
    return all(line.bold for cell in row.cells for line in cell.lines)


def _shaded(row: Box, areas: Sequence[Box]) -> bool:
    middle = (row.y0 + row.y1) / 2
    return any(area.y0 <= middle <= area.y1 and area.y1 - area.y0 < 1.5 * (row.y1 - row.y0) for area in areas)


def _figures(row: TableRow) -> bool:
    return any(sum(c.isdigit() for c in cell.text) * 2 > len(cell.text) for cell in row.cells if cell.lines)
