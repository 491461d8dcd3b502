"""Workbooks: a page a sheet, values as shown, tables parted by blank rows, and limits that are told."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from extractor.documents import read_document, xlsx
from extractor.documents.xlsx import shown
from extractor.errors import DocumentError


def workbook(folder: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "a.xlsx"
    book.save(path)
    return path


def test_sheets_are_pages_and_rows_are_table_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Logframe of the project"],
        [],
        ["", "Indicator", "Target", "Achieved"],
        ["", "Officers trained", 30, 40],
        ["", "Women sheltered", 25.0, 20.5],
        [],
        ["x", "y"],
    ]
    document = read_document(workbook(tmp_path, {"Results": rows, "A sheet with rather a long name": [["Note"]]}))
    assert document.outcome == "ok"
    assert [(page.number, page.printed) for page in document.pages] == [(1, "Results"), (2, "A sheet with rather ")]
    assert [(b.kind, document.text(b.span), b.table, b.header_row) for b in document.blocks] == [
        ("heading", "Results", None, False),
        ("paragraph", "Logframe of the project", None, False),
        ("table_row", "Indicator\tTarget\tAchieved", 0, True),
        ("table_row", "Officers trained\t30\t40", 0, False),
        ("table_row", "Women sheltered\t25\t20.5", 0, False),
        ("table_row", "x\ty", 1, False),
        ("heading", "A sheet with rather a long name", None, False),
        ("paragraph", "Note", None, False),
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "General", ""),
        ("  words ", "General", "words"),
        (True, "General", "TRUE"),
        (3, "General", "3"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567, "#,##0", "1,234,567"),
        (0.255, "0%", "26%"),
        (0.255, "0.0%", "25.5%"),
        (datetime(2014, 3, 9), "", "2014-03-09"),
        (datetime(2014, 3, 9, 14, 30), "", "2014-03-09 14:30"),
        (date(2014, 3, 9), "", "2014-03-09"),
        (time(14, 30), "", "14:30:00"),
    ],
)
def test_values_are_shown_as_in_the_sheet(value: Any, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_a_sheet_that_is_cut_is_partial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, {"a": [["x", "y"]] * 5, "b": [["x", "y"]] * 3})
    monkeypatch.setattr(xlsx, "MAX_ROWS", 4)
    document = read_document(path)
    assert document.outcome == "partial"
    assert "sheet 1 " in document.reason
    assert document.pages[0].text.count("x\ty") == 4
    assert document.pages[1].text.count("x\ty") == 3


def test_a_workbook_with_a_document_type_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"a": [["x", "y"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + parts["xl/workbook.xml"]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(DocumentError, match="document type"):
        read_document(path)


def test_a_broken_workbook_is_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"a": [["x", "y"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:200]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.outcome == "damaged"
