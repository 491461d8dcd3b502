"""Reads XLSX by openpyxl: one page a sheet, its name as a heading, its rows as table rows with values as shown."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from extractor.documents.assemble import Assembler, Row
from extractor.documents.limits import Limits
from extractor.documents.opc import OpcPackage
from extractor.documents.paged import as_pages
from extractor.errors import DocumentError
from extractor.model import Document, Properties

MAX_SHEETS = 200
MAX_ROWS = 20_000
"""Rows of a sheet; more are data, not a document."""
MAX_COLUMNS = 200
MAX_CELLS = 300_000
"""Filled cells of a workbook."""
MAX_CELL_CHARS = 32_767
PLACES = 10
DOCTYPE_BYTES = 2_048
MAX_NAMED = 8

_PERCENT = re.compile(r"0(?:\.(0+))?%")
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, ParseError,
    etree.XMLSyntaxError, EOFError, OSError, OverflowError,
)  # fmt: skip


def read_xlsx(path: Path, limits: Limits) -> Document:
    """The text of a workbook, a page a sheet."""
    with OpcPackage(path, limits) as package:
        properties = package.properties()
        for name in package.names():
            if name.endswith(".xml") and b"<!DOCTYPE" in package.head(name, DOCTYPE_BYTES):
                raise DocumentError(
                    "damaged", "an XML part declares a document type, which workbooks never do: refused"
                )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that openpyxl leaves out: charts, validations
            with path.open("rb") as stream:
                return _read(openpyxl.load_workbook(stream, read_only=True, data_only=True), properties)
    except _BROKEN as error:
        raise DocumentError("damaged", "the workbook is cut short or broken") from error


def _read(book: Any, properties: Properties) -> Document:
    left = MAX_CELLS
    sheets: list[tuple[str, Document]] = []
    cut: list[int] = []
    for number, sheet in enumerate(book.worksheets[:MAX_SHEETS], 1):
        out = Assembler()
        out.block("heading", sheet.title, 1)
        read, whole = _read_sheet(sheet, out, left)
        left -= read
        if not whole:
            cut.append(number)
        sheets.append((sheet.title, out.document("xlsx", Properties())))
    book.close()
    document = as_pages("xlsx", sheets, properties)
    if not cut:
        return document
    named = ", ".join(map(str, cut[:MAX_NAMED]))
    reason = f"not all rows of sheet {named} read: at most {MAX_ROWS:,} a sheet and {MAX_CELLS:,} cells a workbook are"
    return replace(document, outcome="partial", reason=reason)


def _read_sheet(sheet: Any, out: Assembler, left: int) -> tuple[int, bool]:
    """Add a sheet's rows; blank rows part its tables. Gives how many cells were read, and whether that was all."""
    sheet.reset_dimensions()  # what the file says of its size is often wrong
    read, whole = 0, True
    rows: list[tuple[str, ...]] = []
    for number, cells in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)):
        if number >= MAX_ROWS or read > left:
            whole = False
            break
        texts = tuple(shown(cell.value, getattr(cell, "number_format", "")) for cell in cells)
        read += sum(map(bool, texts))
        if any(texts):
            rows.append(texts)
        else:
            _place(rows, out)
            rows = []
    _place(rows, out)
    return read, whole


def _place(rows: Sequence[Sequence[str]], out: Assembler) -> None:
    """A block of rows: running text where only one column is filled, a table otherwise."""
    filled = [[bool(text) for text in row] for row in rows]
    columns = sorted({column for row in filled for column, is_filled in enumerate(row) if is_filled})
    lead = next((index for index, row in enumerate(filled) if sum(row) > 1), len(rows))
    for row in rows[:lead]:
        out.block("paragraph", next(text for text in row if text))
    table = [tuple(row[column] if column < len(row) else "" for column in columns) for row in rows[lead:]]
    out.table(list(_rows(table)))


def _rows(table: Sequence[tuple[str, ...]]) -> Iterator[Row]:
    for index, row in enumerate(table):
        words = [text for text in row if text]
        named = not index and len(table) > 1 and len(words) > 1 and not any(_is_number(text) for text in words)
        yield Row(row, named)


def _is_number(text: str) -> bool:
    return text[:1].isdigit() or text[:1] in "-+" and text[1:2].isdigit()


def shown(value: Any, number_format: str) -> str:
    """A cell's value about as the sheet shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, number_format or "")
    return str(value).strip()[:MAX_CELL_CHARS]


def _number(value: float, number_format: str) -> str:
    percent = _PERCENT.search(number_format)
    if percent:
        return f"{value * 100:.{len(percent[1] or '')}f}%"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    text = f"{round(value, PLACES)}"
    return f"{value:,}" if isinstance(value, int) and "#,##0" in number_format else text
