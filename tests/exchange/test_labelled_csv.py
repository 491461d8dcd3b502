"""Labelled passages as CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extractor.errors import UsageError
from extractor.exchange.labelled_csv import labels_of, read_sheet, write_predictions


def write(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def test_columns_are_found_by_name_in_any_order_and_lines_may_be_short(tmp_path: Path) -> None:
    sheet = read_sheet(write(tmp_path / "a.csv", "\ufefflabel,id,text\nx,1,One\n\ny,2\n"), ["text", "label"])
    assert sheet.columns == ("label", "id", "text")
    assert sheet.column("text") == ["One", ""]


def test_cells_may_be_long(tmp_path: Path) -> None:
    assert len(read_sheet(write(tmp_path / "a.csv", "text\n" + "w " * 200_000), ["text"]).rows[0][0]) == 400_000


@pytest.mark.parametrize(
    ("content", "words"),
    [("a,b\n1,2\n", "has no column text"), ("", "has no column text"), ("text\n\xe9\n", "no CSV file in UTF-8")],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        read_sheet(write(tmp_path / "a.csv", content, "latin-1"), ["text"])
    with pytest.raises(UsageError, match="cannot be read"):
        read_sheet(tmp_path / "none.csv", ["text"])


@pytest.mark.parametrize(
    ("cell", "labels"), [("a", {"a"}), (" a ; b;", {"a", "b"}), ("", set()), (";", set()), ("a;a", {"a"})]
)
def test_labels_of_a_cell(cell: str, labels: set[str]) -> None:
    assert labels_of(cell) == labels


def test_predictions_are_added_and_nothing_is_a_formula(tmp_path: Path) -> None:
    sheet = read_sheet(write(tmp_path / "a.csv", "text,predicted,n\n=1+1,old,5\n"), ["text"])
    write_predictions(sheet, [(("a", "b"), 0.5)], tmp_path / "b.csv")
    with (tmp_path / "b.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [*csv.reader(stream)] == [["text", "n", "predicted", "confidence"], ["'=1+1", "5", "a;b", "0.5"]]
