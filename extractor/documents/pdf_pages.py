"""A PDF's pages as far as each can be understood by itself: printed lines, tables, label, whether it is a scan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from extractor.documents.pdf_file import OutlineEntry, PdfFile, open_pdf, page_label, read_outline, read_properties
from extractor.documents.pdf_layout import Item, split_columns
from extractor.documents.pdf_lines import Line, printed_lines
from extractor.documents.pdf_rules import read_rules
from extractor.documents.pdf_source import SourcePage, open_page
from extractor.documents.pdf_tables import find_tables
from extractor.errors import DocumentError
from extractor.model import Properties

MAX_PAGES = 5_000
MAX_CHARS = 20_000_000
FEW_CHARS = 20
"""A page with an image and fewer characters than this has been scanned."""
MAX_GARBAGE = 0.5
_GARBAGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uefff\uf100-\uf8ff\ufffd]")
"""What a font without a map to Unicode comes out as; U+F000 to U+F0FF are symbol fonts' bullets."""
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its lines and tables in the order of the file; `scanned`: its text is in an image or unreadable."""

    items: tuple[Item, ...]
    width: float
    height: float
    label: str
    scanned: bool
    broken: bool = False


@dataclass(frozen=True, slots=True)
class PdfPages:
    """A PDF's pages, bookmarks and properties."""

    pages: tuple[PdfPage, ...]
    outline: tuple[OutlineEntry, ...]
    properties: Properties


def read_pages(path: Path) -> PdfPages:
    """All pages of a PDF; raises `DocumentError` for a password, damage or too large a file."""
    with open_pdf(path) as pdf:
        if pdf.pages > MAX_PAGES:
            raise DocumentError("too_large", f"{pdf.pages} pages; at most {MAX_PAGES} are read. Split the file.")
        if pdf.pages < 1:
            raise DocumentError("damaged", "The PDF has no pages.")
        pages: list[PdfPage] = []
        left = MAX_CHARS
        for index in range(pdf.pages):
            page, chars = _read_page(pdf, index)
            left -= chars
            if left < 0:
                raise DocumentError("too_large", f"more than {MAX_CHARS:,} characters. Split the file.")
            pages.append(page)
        if all(page.broken for page in pages):
            raise DocumentError("damaged", "None of the PDF's pages can be opened.")
        return PdfPages(tuple(pages), read_outline(pdf), read_properties(pdf))


def _read_page(pdf: PdfFile, index: int) -> tuple[PdfPage, int]:
    label = page_label(pdf, index)
    with open_page(pdf, index) as page:
        if page is None:
            return PdfPage((), 0.0, 0.0, label, scanned=False, broken=True), 0
        printable = "".join(page.text.split())
        if _garbage(printable) > MAX_GARBAGE * len(printable):
            return PdfPage((), page.width, page.height, label, scanned=True), page.chars
        return _understood(page, label, len(printable) < FEW_CHARS), page.chars


def _garbage(text: str) -> int:
    """How many characters of a text without spaces say nothing."""
    if text.isprintable() and _REPLACEMENT not in text:
        return 0
    return len(_GARBAGE.findall(text))


def _understood(page: SourcePage, label: str, bare: bool) -> PdfPage:
    # The lines tell which way the page is read; only then can the rules be placed.
    lines = printed_lines(page.read_lines(), page)
    rules = read_rules(page.handle, page.place)
    tables, rest = find_tables(rules, lines, page, page.width)
    items: list[Item] = list(split_columns(rest, page))
    if tables:
        places = {id(line): index for index, line in enumerate(lines)}
        last = -1
        order: list[tuple[int, int, Item]] = []
        for index, item in enumerate(items):
            last = places.get(id(item), last) if isinstance(item, Line) else last
            order.append((last, index, item))
        order += [(table.order, -1, table) for table in tables]
        items = [item for _, _, item in sorted(order, key=lambda entry: entry[:2])]
    return PdfPage(tuple(items), page.width, page.height, label, scanned=bare and rules.has_image)
