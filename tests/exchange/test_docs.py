"""docs/exports.md explains every format, sheet, column and status."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import openpyxl
import pytest

from extractor.exchange import WRITERS
from extractor.exchange.tables import SHEETS, STATUS_WORDS
from extractor.exchange.wide import COUNT_COLUMNS
from extractor.exchange.workbook import write_workbook
from extractor.model import Form, Status
from tests.exchange.invented import DOCUMENTS, FORMS, RUBRIC, VERSION, found

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
LAST = "about, codebook, conflicts, long texts"


def named(text: str) -> set[str]:
    """What stands between backticks."""
    return set(re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text))


def section(sheet: str) -> str:
    """The part of the page on one sheet; the small sheets share one."""
    title = sheet if f"\n## {sheet}\n" in PAGE else LAST
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Sheet -> its columns, of a workbook that has every sheet."""
    long = Form("long", DOCUMENTS, {"project_title": found("x" * 40_000)})
    path = tmp_path_factory.mktemp("docs") / "forms.xlsx"
    write_workbook(replace(FORMS, forms=(*FORMS.forms, long)), RUBRIC, VERSION, path)
    return {sheet.title: [str(cell.value) for cell in sheet[1]] for sheet in openpyxl.load_workbook(path)}


@pytest.mark.parametrize("sheet", ["answers", "evidence", "documents", "about", "codebook", "conflicts", "long texts"])
def test_every_column_is_explained(sheet: str, columns: dict[str, list[str]]) -> None:
    explained = named(section(sheet))
    assert set(columns[sheet]) <= explained


def test_the_columns_of_forms_are_explained(columns: dict[str, list[str]]) -> None:
    explained = named(section("forms"))
    assert {"project", *COUNT_COLUMNS} <= explained
    options = {option.id for item in RUBRIC.items for option in item.options}
    ends = {name.partition("/")[2] for name in columns["forms"] if "/" in name} - options
    assert ends == {"other", "amount", "currency", "delivery_rate", "as_of", "comment"}
    assert {f"item/{end}" for end in ends} <= explained


def test_every_sheet_is_on_the_page_and_in_the_sheet_about(columns: dict[str, list[str]]) -> None:
    assert set(columns) == set(SHEETS)
    assert set(columns) - {"answers", "forms", "evidence", "documents"} <= named(PAGE)


def test_every_status_and_format_is_explained() -> None:
    assert set(get_args(Status)) == set(STATUS_WORDS)
    assert set(STATUS_WORDS) <= named(PAGE)
    assert set(WRITERS) <= named(PAGE)
