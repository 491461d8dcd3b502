"""Pages of a PDF that have no text of their own, rendered by PDFium and read by Tesseract."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pypdfium2.raw as pdfium

from extractor.documents.ocr import MAX_PAGES, Recognised, Recogniser, as_page
from extractor.documents.ocr_engine import DPI, GrayImage
from extractor.documents.pdf_file import PdfFile, open_pdf
from extractor.documents.pdf_lines import Line
from extractor.documents.pdf_pages import PdfPage, PdfPages

POINTS_AN_INCH = 72
MAX_PIXELS = 36_000_000
"""A3 at 300 dots an inch has half of it; larger pages are rendered coarser."""
MAX_SIDE = 16_000
"""Pixels; Tesseract takes twice as many."""
WHITE = 0xFFFFFFFF


def with_recognised(path: Path, pdf: PdfPages, ocr: Recogniser) -> tuple[PdfPages, dict[int, Recognised]]:
    """The pages with the scanned ones read, and what was read of those."""
    wanted = [index for index, page in enumerate(pdf.pages) if page.scanned or _may_be_drawn(page)][:MAX_PAGES]
    if not wanted or not ocr.available:
        return pdf, {}
    ocr.know(item.text for page in pdf.pages if not page.scanned for item in page.items if isinstance(item, Line))
    pages = list(pdf.pages)
    found: dict[int, Recognised] = {}
    with open_pdf(path) as file:
        for index in wanted:
            read = ocr.page(index, partial(render_page, file, index))
            if not read.failed and (read.words or pages[index].scanned):
                found[index] = read
                pages[index] = _page(pages[index], read)
    return replace(pdf, pages=tuple(pages)), found


def _may_be_drawn(page: PdfPage) -> bool:
    """Whether a page has no text at all: it is blank, or its letters are drawings."""
    return not page.items and not page.broken


def _page(page: PdfPage, read: Recognised) -> PdfPage:
    """The page as read, in points; a page that could not be measured is as large as its image."""
    width = read.width * POINTS_AN_INCH / DPI if not page.width else _shown_width(page, read)
    height = width * read.height / max(read.width, 1)
    return as_page(read, width, height, page.label)


def _shown_width(page: PdfPage, read: Recognised) -> float:
    sides = sorted((page.width, page.height))
    return sides[0] if read.width <= read.height else sides[1]


def render_page(file: PdfFile, index: int) -> GrayImage:
    """A page's image as it is shown, at 300 dots an inch or as near as its size allows; blank if it cannot be."""
    page = pdfium.FPDF_LoadPage(file.handle, index)
    if not page:
        return GrayImage(1, 1, b"\xff")
    try:
        width, height = pixel_size(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        return _rendered(page, width, height)
    finally:
        pdfium.FPDF_ClosePage(page)


def pixel_size(width: float, height: float) -> tuple[int, int]:
    """The size in pixels at which a page of so many points is rendered."""
    scale = DPI / POINTS_AN_INCH
    area = max(width * height, 1.0)
    scale = min(scale, math.sqrt(MAX_PIXELS / area), MAX_SIDE / max(width, height, 1.0))
    return max(int(width * scale), 1), max(int(height * scale), 1)


def _rendered(page: object, width: int, height: int) -> GrayImage:
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return GrayImage(width, height, _unpadded(pixels, width, stride, height))


def _unpadded(pixels: bytes, width: int, stride: int, height: int) -> bytes:
    if stride == width:
        return pixels
    rows: Sequence[bytes] = [pixels[row * stride : row * stride + width] for row in range(height)]
    return b"".join(rows)
