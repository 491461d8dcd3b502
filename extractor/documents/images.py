"""Reads images (PNG, JPEG, TIFF, and what else Pillow knows) by OCR; each picture of a file is a page."""

from __future__ import annotations

import math
import warnings
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from extractor.documents.limits import Limits
from extractor.documents.ocr import MAX_PAGES, Recognised, Recogniser, as_page
from extractor.documents.ocr_engine import DPI, GrayImage
from extractor.documents.ocr_pdf import MAX_PIXELS, POINTS_AN_INCH
from extractor.documents.pdf import ocr_marked
from extractor.documents.pdf_blocks import compose
from extractor.documents.pdf_pages import PdfPage, PdfPages
from extractor.errors import DocumentError
from extractor.model import Document, Outcome, Properties

MAX_SOURCE_PIXELS = 200_000_000
"""An image of more pixels is not unpacked at all."""
FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP", "JPEG2000")
USUAL_WIDTH_INCHES = 8.3
"""A picture that does not say how large it is shows a page of A4, more or less."""
LOW_DPI = 220
MAX_ENLARGED = 3.0
MIN_SIDE = 20
"""Pixels; what is smaller holds no words."""
LIMIT = "an image of too many pixels to be unpacked"


def read_image(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    """The text of the pictures of an image file, by OCR."""
    if not ocr.available:
        raise DocumentError("no_text", f"an image: {ocr.lacking}")
    pages: list[PdfPage] = []
    found: dict[int, Recognised] = {}
    broken = False
    try:
        with _opened(path) as image:
            for index, frame in enumerate(ImageSequence.Iterator(image)):
                if index >= MAX_PAGES:
                    break
                read = ocr.page(index, partial(gray, frame))
                pages.append(as_page(read, read.width * POINTS_AN_INCH / DPI, read.height * POINTS_AN_INCH / DPI))
                if not read.failed:
                    found[index] = read
    except _BROKEN as error:
        if not pages:
            raise DocumentError("damaged", "the image cannot be opened; it is cut short or broken") from error
        broken = True
    composed = compose(PdfPages(tuple(pages), (), Properties()))
    outcome, reason = _outcome(len(pages), len(found), broken)
    return Document("image", ocr_marked(composed, found), composed.blocks, Properties(), outcome, reason)


# What Pillow raises for files that are no images, cut short or broken in one of its many formats.
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError)


def _opened(path: Path) -> Any:
    """The image, its size checked before it is unpacked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of damaged metadata, which nobody asks for; sizes are checked here
        try:
            image = Image.open(path, formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise DocumentError("too_large", LIMIT) from error
    if image.width * image.height > MAX_SOURCE_PIXELS:
        image.close()
        raise DocumentError("too_large", LIMIT)
    return image


def gray(frame: Any) -> GrayImage:
    """A picture in shades of gray on white, upright, about as large as a page at 300 dots an inch."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if frame.width * frame.height > MAX_SOURCE_PIXELS:
            raise DocumentError("too_large", LIMIT)
        dpi = frame.info.get("dpi", (0, 0))[0]
        shown = ImageOps.exif_transpose(frame)
        if shown.mode in {"RGBA", "LA", "PA"} or "transparency" in shown.info:
            shown = shown.convert("RGBA")
            white = Image.new("RGBA", shown.size, "white")
            shown = Image.alpha_composite(white, shown)
        if shown.mode.startswith("I"):  # 16 bits a pixel, which would be cut off at white
            shown = shown.point(lambda shade: shade / 256)
        shown = shown.convert("L")
    factor = scale(shown.width, shown.height, float(dpi or 0))
    if factor != 1.0:
        size = max(round(shown.width * factor), 1), max(round(shown.height * factor), 1)
        shown = shown.resize(size, Image.Resampling.LANCZOS)
    if min(shown.size) < MIN_SIDE:
        return GrayImage(shown.width, shown.height, b"")
    return GrayImage(shown.width, shown.height, shown.tobytes())


def scale(width: int, height: int, dpi: float) -> float:
    """By how much to enlarge a picture so that its letters are as large as they are read best; or to shrink it."""
    if not 50 <= dpi <= 1200:
        dpi = min(width, height) / USUAL_WIDTH_INCHES
    wanted = min(DPI / dpi, MAX_ENLARGED) if dpi < LOW_DPI else 1.0
    return min(wanted, math.sqrt(MAX_PIXELS / max(width * height, 1)))


def _outcome(pages: int, read: int, broken: bool) -> tuple[Outcome, str]:
    if not read:
        return "no_text", f"OCR failed on all of {pages} pages"
    if broken:
        return "partial", f"the image is broken after page {pages}"
    return ("partial", f"OCR failed on {pages - read} of {pages} pages") if read < pages else ("ok", "")
