"""The PDF reader: text by PDFium, layout from where its runs stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.documents.pdf_blocks import Composed, compose
from extractor.documents.pdf_pages import PdfPage, read_pages
from extractor.documents.pdf_text import Origin
from extractor.model import Document, Outcome

MAX_NAMED_PAGES = 8


@dataclass(frozen=True, slots=True)
class PdfReading:
    """A document as read, and for each page where its stored lines stand in PDFium's text."""

    document: Document
    origins: tuple[tuple[Origin, ...], ...]


def read_pdf(path: Path) -> Document:
    """Read a PDF; raises `DocumentError` when nothing can be read of it."""
    return read_pdf_places(path).document


def read_pdf_places(path: Path) -> PdfReading:
    """Read a PDF and keep where its text comes from, to find the boxes of a span: the same text as `read_pdf`."""
    pdf = read_pages(path)
    composed = compose(pdf)
    outcome, reason = _outcome(pdf.pages, composed)
    document = Document("pdf", composed.pages, composed.blocks, pdf.properties, outcome, reason)
    return PdfReading(document, composed.origins)


def _outcome(pages: Sequence[PdfPage], composed: Composed) -> tuple[Outcome, str]:
    scanned = [index + 1 for index, page in enumerate(pages) if page.scanned]
    broken = [index + 1 for index, page in enumerate(pages) if page.broken]
    if not any(page.text for page in composed.pages) or len(scanned) == len(pages):
        return "no_text", f"no text on any of {len(pages)} pages: OCR is needed to read it"
    problems = []
    if scanned:
        problems.append(f"{_named(scanned, len(pages))} without text: OCR is needed to read them")
    if broken:
        problems.append(f"{_named(broken, len(pages))} damaged")
    return ("partial", "; ".join(problems)) if problems else ("ok", "")


def _named(numbers: Sequence[int], pages: int) -> str:
    shown = ", ".join(map(str, numbers[:MAX_NAMED_PAGES]))
    more = ", ..." if len(numbers) > MAX_NAMED_PAGES else ""
    return f"{len(numbers)} of {pages} pages ({shown}{more})"
