"""A PDF file as PDFium opens it: its number of pages, bookmarks, page labels and properties.

PDFium is not thread-safe, so one document is open at a time in a process, and what is opened is closed.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from extractor.errors import DocumentError
from extractor.model import Properties

MAX_OUTLINE = 5000
"""Bookmarks read; a damaged file may have them run in circles."""
MAX_OUTLINE_DEPTH = 12


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: its title, depth (1 = highest) and page (0-based, -1 where it names none)."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class PdfFile:
    """An open PDF."""

    handle: Any
    pages: int
    has_form: bool


@contextmanager
def open_pdf(path: Path) -> Iterator[PdfFile]:
    """Open a PDF and close it again; raises `DocumentError` for a password or damage."""
    data = path.read_bytes()
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle:
        raise _load_error(pdfium.FPDF_GetLastError())
    try:
        yield PdfFile(handle, pdfium.FPDF_GetPageCount(handle), pdfium.FPDF_GetFormType(handle) != pdfium.FORMTYPE_NONE)
    finally:
        pdfium.FPDF_CloseDocument(handle)


def _load_error(code: int) -> DocumentError:
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return DocumentError("password", "The PDF is locked with a password; save a copy without one.")
    return DocumentError("damaged", "The PDF cannot be opened; it is cut short or not a PDF.")


def read_outline(pdf: PdfFile) -> tuple[OutlineEntry, ...]:
    """The bookmarks, in order; bounded, since a damaged file may have them run in circles."""
    entries: list[OutlineEntry] = []
    todo = [(pdfium.FPDFBookmark_GetFirstChild(pdf.handle, None), 1)]
    while todo and len(entries) < MAX_OUTLINE:
        mark, level = todo.pop()
        if not mark:
            continue
        todo.append((pdfium.FPDFBookmark_GetNextSibling(pdf.handle, mark), level))
        if level < MAX_OUTLINE_DEPTH:
            todo.append((pdfium.FPDFBookmark_GetFirstChild(pdf.handle, mark), level + 1))
        destination = pdfium.FPDFBookmark_GetDest(pdf.handle, mark)
        page = pdfium.FPDFDest_GetDestPageIndex(pdf.handle, destination) if destination else -1
        entries.append(OutlineEntry(_string(pdfium.FPDFBookmark_GetTitle, mark), level, page))
    return tuple(entries)


def page_label(pdf: PdfFile, index: int) -> str:
    """The label that the file gives a page ("ii"), "" when it gives none."""
    return _string(pdfium.FPDF_GetPageLabel, pdf.handle, index)


def read_properties(pdf: PdfFile) -> Properties:
    """Title, author and day of making as the file's information dictionary has them."""
    title, author, created = (_meta(pdf, key) for key in (b"Title", b"Author", b"CreationDate"))
    return Properties(title=title, author=author, created=_day(created))


def _meta(pdf: PdfFile, key: bytes) -> str:
    return _string(pdfium.FPDF_GetMetaText, pdf.handle, key)


def _day(value: str) -> str:
    """A PDF date ("D:20140312...") as "2014-03-12", "" when it is not one."""
    match = re.match(r"(?:D:)?(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", value)
    return "-".join(match.groups()) if match else ""


def _string(function: Any, *arguments: Any) -> str:
    """A text that PDFium writes into a buffer: asked for its size first."""
    size = function(*arguments, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, buffer, size)
    text = buffer.raw[: size - 2].decode("utf-16-le", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
