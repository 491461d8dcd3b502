"""The workbook, read back: sheets, types of cells, hostile and long texts."""

from __future__ import annotations

import gc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from extractor.errors import UsageError
from extractor.exchange import workbook
from extractor.exchange.cells import Table
from extractor.exchange.tables import ANSWER_COLUMNS
from extractor.exchange.workbook import MAX_CELL_UNITS, write_tables, write_workbook
from extractor.model import FormSet
from tests.exchange.invented import FORMS, RUBRIC, VERSION, found, titled, with_answer

FULL = Path("/dev/full")
HOSTILE = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "#REF!", "=1+1", "'quoted")


def written(forms: FormSet, folder: Path) -> Any:
    path = folder / "forms.xlsx"
    write_workbook(forms, RUBRIC, VERSION, path)
    return openpyxl.load_workbook(path)


def column(sheet: Any, name: str) -> list[Any]:
    names = [cell.value for cell in sheet[1]]
    return [row[names.index(name)] for row in sheet.iter_rows(min_row=2)]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(FORMS, tmp_path_factory.mktemp("book"))


def test_sheets_in_order(book: Any) -> None:
    assert book.sheetnames == ["answers", "forms", "evidence", "documents", "about", "codebook", "conflicts"]


def test_no_sheet_of_contradictions_without_any(tmp_path: Path) -> None:
    assert "conflicts" not in written(titled("x"), tmp_path).sheetnames


def test_the_columns_of_answers_are_the_contracts(book: Any) -> None:
    assert tuple(cell.value for cell in book["answers"][1]) == ANSWER_COLUMNS


def test_headers_stay_in_sight_and_can_be_filtered(book: Any) -> None:
    answers = book["answers"]
    assert answers.freeze_panes == "C2"
    assert answers.auto_filter.ref == f"A1:L{answers.max_row}"
    assert answers["A1"].font.bold
    assert answers["K2"].alignment.wrap_text
    assert answers.column_dimensions["K"].width > answers.column_dimensions["J"].width


def test_numbers_stay_numbers_and_dates_stay_text(book: Any) -> None:
    names = [cell.value for cell in book["forms"][1]]
    vela = dict(zip(names, book["forms"][2], strict=True))
    assert (vela["budget/amount"].value, vela["budget/amount"].data_type) == (450000, "n")
    assert (vela["activities/design.gender"].value, vela["activities/design.needs"].value) == (1, 0)
    assert (vela["start_date"].value, vela["start_date"].data_type) == ("2007-01", "s")
    assert vela["start_date"].number_format == "@"
    lengths = [cell for cell in column(book["answers"], "value") if cell.value == 24]
    assert [cell.data_type for cell in lengths] == ["n"]
    assert {cell.data_type for cell in column(book["answers"], "confidence")} == {"n"}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_from_a_document_is_a_formula(text: str, tmp_path: Path) -> None:
    book = written(titled(text), tmp_path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    held = column(book["answers"], "value")[0]
    assert held.value == text.replace("\r", "\n")
    assert held.quotePrefix is (text[0] not in "#'")


def test_illegal_characters_are_gone_and_the_file_is_whole(tmp_path: Path) -> None:
    book = written(titled("a\x00b\x0bc\x1fd\ufffee\ud800f"), tmp_path)
    assert column(book["answers"], "value")[0].value == "abcde\ufffdf"
    assert zipfile.ZipFile(tmp_path / "forms.xlsx").testzip() is None


def test_text_that_looks_like_an_escape_of_excel_is_not_taken_for_one(tmp_path: Path) -> None:
    written(titled("_x0041_ stands here"), tmp_path)
    with zipfile.ZipFile(tmp_path / "forms.xlsx") as package:
        assert b"_x005F_x0041_ stands here" in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("character", ["a", "\U0001f30d"])
def test_a_long_text_is_cut_with_a_mark_and_given_whole(character: str, tmp_path: Path) -> None:
    text = character * 40_000
    book = written(with_answer("project_title", found(text)), tmp_path)
    (held,) = [cell for cell in column(book["answers"], "value") if cell.value]
    assert len(held.value.encode("utf-16-le")) // 2 <= MAX_CELL_UNITS
    assert held.value.endswith("(cut: whole in sheet “long texts”, no. 1)")
    rows = [row for row in book["long texts"].iter_rows(min_row=2, values_only=True) if row[0] == 1]
    assert [row[1:4] for row in rows] == [("answers", held.coordinate, part) for part in range(1, len(rows) + 1)]
    assert "".join(row[4] for row in rows) == text
    assert all(len(row[4].encode("utf-16-le")) // 2 <= MAX_CELL_UNITS for row in rows)


def test_a_text_that_just_fits_is_not_cut(tmp_path: Path) -> None:
    book = written(with_answer("project_title", found("a" * MAX_CELL_UNITS)), tmp_path)
    assert column(book["answers"], "value")[0].value == "a" * MAX_CELL_UNITS
    assert "long texts" not in book.sheetnames


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    with pytest.raises(UsageError, match=r"sheet big would have 3 rows.*\.csv"):
        write_tables([Table("big", ("project",), (("a",),) * 3)], tmp_path / "x.xlsx")


def test_no_forms_make_a_workbook_with_headers(tmp_path: Path) -> None:
    book = written(FormSet(FORMS.provenance, ()), tmp_path)
    assert [book[name].max_row for name in ("answers", "forms", "evidence")] == [1, 1, 1]


@pytest.mark.skipif(not FULL.exists(), reason="no such device here")
@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_is_one_error_and_no_noise() -> None:
    with pytest.raises(OSError, match="No space left"):
        write_workbook(FORMS, RUBRIC, VERSION, FULL)
    gc.collect()
