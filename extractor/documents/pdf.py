"""The PDF reader: text by PDFium, layout from where its runs stand."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.documents.ocr import Recognised, Recogniser, placed_words
from extractor.documents.ocr_pdf import with_recognised
from extractor.documents.pdf_blocks import Composed, compose
from extractor.documents.pdf_pages import PdfPage, read_pages
from extractor.documents.pdf_text import Origin
from extractor.model import Document, Outcome, Page

MAX_NAMED_PAGES = 8


@dataclass(frozen=True, slots=True)
class PdfReading:
    """A document as read, and for each page where its stored lines stand in PDFium's text."""

    document: Document
    origins: tuple[tuple[Origin, ...], ...]


@contextmanager
def _cycles_unsought() -> Iterator[None]:
    """Python's collector looks through all lines of a document again and again; none is part of a cycle.

    What is read is let go before it looks again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_cycles_unsought()
def read_pdf(path: Path, ocr: Recogniser | None = None) -> Document:
    """Read a PDF, its scanned pages by OCR if there is any; raises `DocumentError` when nothing can be read of it."""
    return read_pdf_places(path, ocr).document


@_cycles_unsought()
def read_pdf_places(path: Path, ocr: Recogniser | None = None) -> PdfReading:
    """Read a PDF and keep where its text comes from, to find the boxes of a span: the same text as `read_pdf`."""
    pdf = read_pages(path)
    found: Mapping[int, Recognised] = {}
    if ocr is not None:
        pdf, found = with_recognised(path, pdf, ocr)
    composed = compose(pdf)
    outcome, reason = _outcome(pdf.pages, composed, (ocr or Recogniser()).lacking)
    pages = ocr_marked(composed, found)
    document = Document("pdf", pages, composed.blocks, pdf.properties, outcome, reason)
    return PdfReading(document, composed.origins)


def ocr_marked(composed: Composed, found: Mapping[int, Recognised]) -> tuple[Page, ...]:
    """The pages, those that were read by OCR marked so and given their words."""
    pages = list(composed.pages)
    for index, read in found.items():
        words = placed_words(read, pages[index].text, composed.origins[index])
        pages[index] = replace(pages[index], ocr=True, words=words)
    return tuple(pages)


def _outcome(pages: Sequence[PdfPage], composed: Composed, lacking: str) -> tuple[Outcome, str]:
    """How the file ended; `lacking`: why scans are not read."""
    scanned = [index + 1 for index, page in enumerate(pages) if page.scanned]
    broken = [index + 1 for index, page in enumerate(pages) if page.broken]
    if len(scanned) == len(pages) or (scanned and not any(page.text for page in composed.pages)):
        return "no_text", f"no text on any of {len(pages)} pages: {lacking}"
    if not any(page.text for page in composed.pages):
        return "no_text", f"no words on any of {len(pages)} pages, only drawings or nothing"
    problems = []
    if scanned:
        problems.append(f"{_named(scanned, len(pages))} without text: {lacking}")
    if broken:
        problems.append(f"{_named(broken, len(pages))} damaged")
    return ("partial", "; ".join(problems)) if problems else ("ok", "")


def _named(numbers: Sequence[int], pages: int) -> str:
    shown = ", ".join(map(str, numbers[:MAX_NAMED_PAGES]))
    more = ", ..." if len(numbers) > MAX_NAMED_PAGES else ""
    return f"{len(numbers)} of {pages} pages ({shown}{more})"
