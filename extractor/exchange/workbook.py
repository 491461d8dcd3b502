"""The workbook: forms for people who work in Excel. Nothing in it that came from a document is a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter

from extractor.errors import UsageError
from extractor.exchange.cells import Cell, Table, clean, looks_like_formula
from extractor.exchange.tables import about_table, answers_table, conflicts_table, documents_table, evidence_table
from extractor.exchange.wide import codebook_table, forms_table
from extractor.model import FormSet
from extractor.rubric import Rubric

MAX_CELL_UNITS = 32_767
"""What a cell holds, in UTF-16 units, as Excel counts."""
PART_CHARACTERS = 16_000
"""Long texts are given in parts of this size, which fit a cell whatever the characters."""
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
LONG_TEXTS = "long texts"
CUT_MARK = " [...] (cut: whole in sheet “long texts”, no. {no})"

WIDTHS: Mapping[str, float] = {
    "project": 24, "item": 22, "no": 8, "label": 34, "option": 28, "value": 44, "status": 14, "confidence": 11,
    "file": 34, "page": 7, "quote": 70, "coder": 14, "for": 28, "printed_page": 9, "start": 9, "end": 9, "why": 40,
    "type": 18, "title": 44, "authors": 30, "date": 12, "language": 10, "pages": 8, "outcome": 13, "sha256": 20,
    "side": 6, "note": 30, "what": 26, "says": 90, "column": 38, "section": 24, "option_label": 44, "sheet": 12,
    "cell": 10, "part": 7, "text": 110,
}  # fmt: skip
"""Widths of columns by name, in characters."""
FORM_WIDTHS = (11, 30)
"""Narrowest and widest column of the sheet `forms`; between them as wide as the name."""
FORM_TEXT_WIDTH = 36
FORM_ROW_HEIGHT = 48
"""Points: four lines, so that one project's long texts do not fill the screen."""
FROZEN: Mapping[str, str] = {"answers": "C2", "forms": "B2", "evidence": "C2", "codebook": "B2"}
"""What stays in sight when scrolling; elsewhere the first row."""
UNFILTERED = frozenset({"about", LONG_TEXTS})

PROGRAM, TITLE = "deskreview", "Forms of a desk review"
HEADER, TEXT, LONG_TEXT = "deskreview header", "deskreview text", "deskreview long text"
FIGURE, SHARE = "deskreview figure", "deskreview share"
MAX_TEXT_FORMAT = 255
"""Cells in the format for text keep "2014-03" as it is when edited; older Excel shows longer ones as #####."""
HEADER_COLOUR = "1F4E79"
SHARE_COLUMN = "confidence"
_ESCAPE_LOOKALIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass
class _LongTexts:
    """Texts that did not fit their cell, with where that is."""

    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    count: int = 0

    def add(self, sheet: str, place: str, text: str) -> int:
        self.count += 1
        for part, start in enumerate(range(0, len(text), PART_CHARACTERS), start=1):
            self.rows.append((self.count, sheet, place, part, text[start : start + PART_CHARACTERS]))
        return self.count

    def table(self) -> Table:
        return Table(LONG_TEXTS, ("no", "sheet", "cell", "part", "text"), tuple(self.rows))


def write_workbook(forms: FormSet, rubric: Rubric, version: str, path: Path) -> None:
    """Write the workbook of a set of forms."""
    conflicts = conflicts_table(forms, rubric)
    write_tables(
        [
            answers_table(forms, rubric),
            forms_table(forms, rubric),
            evidence_table(forms, rubric),
            documents_table(forms),
            about_table(forms, version),
            codebook_table(forms, rubric),
            *([conflicts] if conflicts.rows else []),
        ],
        path,
    )


def write_tables(tables: Sequence[Table], path: Path) -> None:
    """Write tables as the sheets of a workbook, and what is too long for a cell in a sheet of its own."""
    for table in tables:
        _check_size(table)
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = PROGRAM, TITLE
    for style in _styles():
        book.add_named_style(style)
    long_texts = _LongTexts()
    for table in tables:
        _add_sheet(book, table, long_texts)
    if long_texts.rows:
        _add_sheet(book, long_texts.table(), _LongTexts())
    whole = BytesIO()  # a zip that is written straight to a full disk complains on and on
    book.save(whole)
    path.write_bytes(whole.getbuffer())


def _check_size(table: Table) -> None:
    if len(table.rows) >= MAX_ROWS or len(table.columns) > MAX_COLUMNS:
        raise UsageError(
            f"The sheet {table.name} would have {len(table.rows)} rows and {len(table.columns)} columns, more than a "
            "workbook holds. Export to .csv or .json."
        )


def _styles() -> Iterator[NamedStyle]:
    header = NamedStyle(HEADER)
    header.font = Font(bold=True, color="FFFFFF")
    header.fill = PatternFill("solid", start_color=HEADER_COLOUR)
    header.alignment = Alignment(wrap_text=True, vertical="center")
    yield header
    top = {"vertical": "top"}
    yield NamedStyle(TEXT, alignment=Alignment(wrap_text=True, **top), number_format="@")
    yield NamedStyle(LONG_TEXT, alignment=Alignment(wrap_text=True, **top))
    yield NamedStyle(FIGURE, alignment=Alignment(horizontal="right", **top))
    yield NamedStyle(SHARE, alignment=Alignment(horizontal="right", **top), number_format="0.00")


# ------------------------------------------------------------------ sheets


def _add_sheet(book: Any, table: Table, long_texts: _LongTexts) -> None:
    """A sheet with its header in sight, filters, and widths that can be read; in this order, as it is written out."""
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = FROZEN.get(table.name, "A2")
    for index, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    if table.name not in UNFILTERED:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.append([_cell(sheet, name, HEADER) for name in table.columns])
    for number, row in enumerate(table.rows, start=2):
        if table.name == "forms":
            sheet.row_dimensions[number].height = FORM_ROW_HEIGHT
        places = (f"{get_column_letter(column)}{number}" for column in range(1, len(row) + 1))
        fitted = (_fit(cell, table.name, place, long_texts) for cell, place in zip(row, places, strict=True))
        sheet.append([_cell(sheet, cell, _style(cell, name)) for cell, name in zip(fitted, table.columns, strict=True)])


def _widths(table: Table) -> Iterator[float]:
    if table.name != "forms":
        yield from (WIDTHS[name] for name in table.columns)
        return
    narrow, wide = FORM_WIDTHS
    for index, name in enumerate(table.columns):
        has_text = any(isinstance(row[index], str) and row[index] for row in table.rows)
        yield FORM_TEXT_WIDTH if has_text else min(wide, max(narrow, len(name)))


def _style(cell: Cell, column: str) -> str:
    if isinstance(cell, str):
        return TEXT if len(cell) <= MAX_TEXT_FORMAT else LONG_TEXT
    return SHARE if column == SHARE_COLUMN else FIGURE


def _cell(sheet: Any, value: Cell, style: str) -> Any:
    """A cell; a text is one whatever it looks like, also after someone has edited it."""
    if value is None or value == "":
        return None
    cell = WriteOnlyCell(sheet, value)
    cell.style = style
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = looks_like_formula(value)
    return cell


def _fit(cell: Cell, sheet: str, place: str, long_texts: _LongTexts) -> Cell:
    """A text as a cell can hold it: what XML cannot hold is gone, what is too long is cut with a mark."""
    if not isinstance(cell, str):
        return cell
    text = _ESCAPE_LOOKALIKE.sub("_x005F_", clean(cell))
    if _units(text) <= MAX_CELL_UNITS:
        return text
    mark = CUT_MARK.format(no=long_texts.add(sheet, place, text))
    room = MAX_CELL_UNITS - _units(mark)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore") + mark


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
