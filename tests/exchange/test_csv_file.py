"""Answers as CSV: marked UTF-8, numbers as numbers, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extractor.exchange.cells import Cell
from extractor.exchange.csv_file import as_text, write_csv
from extractor.exchange.tables import ANSWER_COLUMNS, answers_table
from tests.exchange.invented import FORMS, RUBRIC, titled


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("plain", "plain"),
        ("=1+1", "'=1+1"),
        ("+47 22", "'+47 22"),
        ("-5", "'-5"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\nx"),
        ("\x00x", "'x"),
        ("\x00=x", "'=x"),
        ("\x07=x", "'=x"),
        ("a=b", "a=b"),
        ("", ""),
        (-5, -5),
        (0.25, 0.25),
        (None, None),
    ],
)
def test_cells(cell: Cell, expected: Cell) -> None:
    assert as_text(cell) == expected


def test_the_file_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    table = answers_table(FORMS, RUBRIC)
    write_csv(table, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfproject,item,")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert tuple(rows[0]) == ANSWER_COLUMNS
    assert rows[1:] == [["" if cell is None else str(cell) for cell in row] for row in table.rows]


def test_a_quote_over_lines_stays_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    write_csv(answers_table(titled('two "lines",\none; cell \ud800'), RUBRIC), path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        row = next(csv.DictReader(stream))
    assert row["quote"] == 'two "lines",\none; cell \ufffd'
