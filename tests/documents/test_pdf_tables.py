from __future__ import annotations

import pytest

from extractor.documents.pdf_lines import Line
from extractor.documents.pdf_rules import Rules
from extractor.documents.pdf_source import Box, RawLine, Word
from extractor.documents.pdf_tables import Table, find_tables
from tests.documents.pdf_making import line

COLUMN, ROW = 100.0, 20.0


class NoWords:
    """A page that need not be asked for words: no line runs through two cells."""

    def words(self, line: RawLine) -> tuple[Word, ...]:
        raise AssertionError("asked for words")

    def part(self, line: RawLine, start: int, end: int, hyphen: bool) -> RawLine:
        raise AssertionError("asked for a part")


def grid(rows: int, columns: int) -> Rules:
    level = tuple((row * ROW, 0.0, columns * COLUMN) for row in range(rows + 1))
    upright = tuple((column * COLUMN, 0.0, rows * ROW) for column in range(columns + 1))
    return Rules(level, upright, (), has_image=False)


def cell(text: str, row: int, column: int, bold: bool = False) -> Line:
    made = line(text, column * COLUMN + 5, row * ROW + 15, width=80, bold=bold)
    source = RawLine(text, 0, (made.box,), made.base, made.size, bold)
    return Line(text, made.box, made.base, made.size, bold, italic=False, hyphen=False, sources=(source,))


def fill(words: list[list[str]]) -> list[Line]:
    return [cell(text, row, column) for row, found in enumerate(words) for column, text in enumerate(found) if text]


def read(rules: Rules, lines: list[Line]) -> tuple[list[list[list[str]]], list[str]]:
    tables, rest = find_tables(rules, lines, NoWords(), 600)
    return [words_of(table) for table in tables], [found.text for found in rest]


def words_of(table: Table) -> list[list[str]]:
    return [[found.text for found in row.cells] for row in table.rows]


WORDS = [["Result", "Target"], ["Training", "40"], ["Shelters", "2"]]


def test_a_grid_of_rules() -> None:
    outside = line("Below the table", 5, 200)
    assert read(grid(3, 2), [*fill(WORDS), outside]) == ([WORDS], ["Below the table"])


def test_the_first_row_names_the_columns_when_only_it_has_no_figures() -> None:
    (table,), _ = find_tables(grid(3, 2), fill(WORDS), NoWords(), 600)
    assert [row.header for row in table.rows] == [True, False, False]
    (table,), _ = find_tables(grid(3, 2), fill([["a", "b"], ["c", "d"], ["e", "f"]]), NoWords(), 600)
    assert not any(row.header for row in table.rows)


def test_a_bold_first_row_names_the_columns() -> None:
    lines = [cell("a", 0, 0, bold=True), cell("b", 0, 1, bold=True), *fill([[], ["c", "d"], ["e", "f"]])]
    (table,), _ = find_tables(grid(3, 2), lines, NoWords(), 600)
    assert [row.header for row in table.rows] == [True, False, False]


def test_a_merged_cell_stands_once_in_its_first_row_and_column() -> None:
    rules = grid(3, 2)
    level = (rules.level[0], (ROW, COLUMN, 2 * COLUMN), *rules.level[2:])
    words = [["Both rows", "Target"], ["", "40"], ["Shelters", "2"]]
    assert read(Rules(level, rules.upright, (), has_image=False), fill(words))[0] == [words]


def test_open_sides_and_broken_rules() -> None:
    rules = grid(3, 2)
    dotted = tuple((y, x, x + 8) for y, _, _ in rules.level for x in range(0, 200, 10))
    assert read(Rules(dotted, rules.upright[1:2], (), has_image=False), fill(WORDS))[0] == [WORDS]


def test_shaded_cells_without_rules() -> None:
    areas = tuple(
        Box(column * COLUMN + 1, row * ROW + 1, (column + 1) * COLUMN - 1, (row + 1) * ROW - 1)
        for row in range(3)
        for column in range(2)
    )
    assert read(Rules((), (), areas, has_image=False), fill(WORDS))[0] == [WORDS]


@pytest.mark.parametrize(
    "words",
    [
        [["One cell of text", ""], ["", ""], ["", ""]],
        [["One column", ""], ["of cells", ""], ["only", ""]],
        [["1.2", "3.4"], ["2.0", "5.0"], ["7", "8"]],
        [["word " * 300, "x"], ["y", "z"], ["", ""]],
    ],
    ids=["one cell", "one column", "a chart", "a page in frames"],
)
def test_grids_that_are_no_tables(words: list[list[str]]) -> None:
    lines = fill(words)
    assert read(grid(3, 2), lines) == ([], [found.text for found in lines])


def test_cells_keep_lines_in_order() -> None:
    tall = Rules(
        ((0, 0, 200), (20, 0, 200), (60, 0, 200)), ((0, 0, 60), (100, 0, 60), (200, 0, 60)), (), has_image=False
    )
    lines = [cell("second", 2, 0), cell("first", 1, 0), cell("Head", 0, 0), cell("Other", 0, 1), cell("12", 1, 1)]
    assert read(tall, lines)[0] == [[["Head", "Other"], ["first second", "12"]]]
