"""What PDFium says of a page: its characters in stretches, and where each of them stands.

PDFium is asked a handful of questions a line and never one a character: asking for every character's box costs
four times as much as everything else together.

Places are in points from the top left corner of the page as it is read, whatever its /Rotate says.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractor.documents.pdf_calls import (
    Numbers,
    address,
    count_rects,
    get_font_info,
    get_font_size,
    get_matrix,
    get_rect,
)
from extractor.documents.pdf_file import PdfFile

LINE_BREAK = re.compile("(\r\n|\n|\ufffe|\x02)")
"""PDFium ends lines with CR LF; a line-end hyphen and the break after it are one U+FFFE. A CR alone is a space."""
SOFT_HYPHENS = frozenset("\ufffe\x02")
BOLD_NAME = re.compile(r"bold|black|heavy|semib|demib|[-,]medi\b|[-,]demi\b|-bd\b|\.b\b", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
FORCE_BOLD = 1 << 18
ITALIC = 1 << 6
BOLD_WEIGHT = 650
SIDEWAYS_SHARE = 0.6
"""Share of a page's characters that stand upright on their side for the whole page to be read turned."""
QUARTER = math.pi / 2
MIN_SIZE = 0.5
"""Points: type of no size at all stands in broken files, and sizes are divided by."""
NAME_BYTES = 128
_NAME_SIZE = ctypes.c_ulong(NAME_BYTES)
_WORD = re.compile(r"\S+")


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float


_box: Callable[[tuple[float, float, float, float]], Box] = partial(tuple.__new__, Box)  # a third of the time of `Box()`


class Word(NamedTuple):
    """A word of a line: where it stands in the line's text, and on the page."""

    start: int
    end: int
    box: Box


class _Piece(NamedTuple):
    """A stretch of PDFium's text: the index of its first character, whether a hyphen ends it, a space precedes it."""

    text: str
    start: int
    hyphen: bool
    spaced: bool


class _Style(NamedTuple):
    """The look of a character: `x` and `y` are its origin on the page, `turned` its quarter turns."""

    size: float
    bold: bool
    italic: bool
    x: float
    y: float
    turned: int


class RawLine(NamedTuple):
    """A stretch of text that PDFium keeps together. `start` is its first character's index in PDFium's page.

    `base` is the y of the base line. `hyphen`: PDFium took a hyphen off its end, the word goes on in the next line.
    `spaced`: there is a space before it, which matters when it continues the line before it.
    """

    text: str
    start: int
    boxes: tuple[Box, ...]
    base: float
    size: float
    bold: bool
    italic: bool = False
    hyphen: bool = False
    spaced: bool = False


# A third of the time of the classes' own calls, which counts for what is made for every line.
_piece: Callable[[tuple[str, int, bool, bool]], _Piece] = partial(tuple.__new__, _Piece)
_style: Callable[[tuple[float, bool, bool, float, float, int]], _Style] = partial(tuple.__new__, _Style)
_raw_line: Callable[[tuple[str, int, tuple[Box, ...], float, float, bool, bool, bool, bool]], RawLine] = partial(
    tuple.__new__, RawLine
)


@contextmanager
def open_page(pdf: PdfFile, index: int) -> Iterator[SourcePage | None]:
    """Open a page for reading; None when PDFium cannot."""
    page = pdfium.FPDF_LoadPage(pdf.handle, index)
    if not page:
        yield None
        return
    page = _with_filled_fields(pdf, page, index)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        yield SourcePage(page, text) if text else None
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _with_filled_fields(pdf: PdfFile, page: Any, index: int) -> Any:
    """A page whose form fields are made part of it: what is filled in is otherwise not in its text."""
    if not pdf.has_form or pdfium.FPDFPage_GetAnnotCount(page) == 0:
        return page
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page
    again = pdfium.FPDF_LoadPage(pdf.handle, index)
    if not again:
        return page
    pdfium.FPDF_ClosePage(page)
    return again


class SourcePage:
    """An open page: its raw lines in the order of the file, and the boxes of a line's words where they are needed."""

    def __init__(self, page: Any, text: Any) -> None:
        self.handle = page
        self._page_text, self._text = text, address(text)
        self._sides = Numbers(ctypes.c_double, 4)
        self._matrix = Numbers(ctypes.c_float, 6)
        self._flags = Numbers(ctypes.c_int, 1)
        self._name = ctypes.create_string_buffer(NAME_BYTES)
        self._name_place = address(self._name)
        self._faces: dict[bytes, tuple[bool, bool]] = {}
        self._frame = _frame(page)
        self._turn = pdfium.FPDFPage_GetRotation(page)
        self.chars = max(pdfium.FPDFText_CountChars(text), 0)
        self.text = self._read_text()
        """The page's characters as PDFium holds them: CR LF at line ends, U+FFFE for a line-end hyphen."""
        self._set_turn(self._turn)

    def _set_turn(self, turn: int) -> None:
        left, bottom, right, top = self._frame
        across, down = right - left, top - bottom
        self.width, self.height = (down, across) if turn % 2 else (across, down)
        self.place = _PLACES[turn % 4](left, bottom, right, top)

    def _read_text(self) -> str:
        buffer = bytearray(2 * (self.chars + 1))
        start = (ctypes.c_ushort * 1).from_buffer(buffer)
        units = max(pdfium.FPDFText_GetText(self._page_text, 0, self.chars, start) - 1, 0)
        self._aligned = units == self.chars
        text = buffer[: 2 * units].decode("utf-16-le", "surrogatepass")
        self._wide = len(text) != units
        """Whether it has characters that PDFium counts twice (beyond U+FFFF)."""
        return text

    def _units(self, text: str) -> int:
        """The length of a text as PDFium counts it."""
        return len(text) + sum(character > "\uffff" for character in text) if self._wide else len(text)

    def read_lines(self) -> tuple[RawLine, ...]:
        """The page's raw lines, turned as most of its characters are read."""
        pieces = self._pieces(self.text)
        starts = [self._style(piece.start) for piece in pieces]
        side = self._sideways(pieces, starts)
        if side:
            self._set_turn(self._turn + side)
        found = [self._boxes(piece.start, self._units(piece.text)) for piece in pieces]
        return tuple(
            self._line(piece, style, boxes) for piece, style, boxes in zip(pieces, starts, found, strict=True) if boxes
        )

    def _pieces(self, text: str) -> list[_Piece]:
        """Stretches of text between line breaks, without the spaces around them."""
        pieces = []
        at = 0
        spaced = False
        parts = LINE_BREAK.split(text)
        for raw, mark in zip(parts[::2], [*parts[1::2], ""], strict=True):
            stripped = raw.strip()
            if stripped:
                lead = 0 if raw[0] == stripped[0] else len(raw) - len(raw.lstrip())
                index = at + lead if self._aligned else self._char_index(at + lead)
                pieces.append(_piece((stripped, index, mark in SOFT_HYPHENS, spaced or lead > 0)))
                spaced = raw[-1].isspace()
            at += (self._units(raw) if self._wide else len(raw)) + len(mark)
        return pieces

    def _char_index(self, unit: int) -> int:
        index: int = pdfium.FPDFText_GetCharIndexFromTextIndex(self._page_text, unit)
        return index if index >= 0 else unit

    def _sideways(self, pieces: list[_Piece], starts: list[_Style]) -> int:
        """Quarter turns that put most of the page's characters upright; 0 when they are."""
        turned = [0, 0, 0, 0]
        for piece, style in zip(pieces, starts, strict=True):
            turned[style.turned] += len(piece.text)
        turned = [turned[(side + self._turn) % 4] for side in range(4)]
        return next((side for side in (1, 2, 3) if turned[side] > SIDEWAYS_SHARE * sum(turned)), 0)

    def _boxes(self, start: int, count: int) -> tuple[Box, ...]:
        text, sides, place = self._text, self._sides.values, self.place
        one, two, three, four = self._sides.places
        boxes = []
        for index in range(count_rects(text, start, count)):
            get_rect(text, index, one, two, three, four)
            left, top, right, bottom = sides[:]
            boxes.append(place(left, bottom, right, top))
        return tuple(boxes)

    def _line(self, piece: _Piece, style: _Style, boxes: tuple[Box, ...]) -> RawLine:
        text, start, hyphen, spaced = piece
        size, bold, italic, x, y, _ = style
        # PDFium gives one rectangle for each of the file's text objects, and an object has one size and one font.
        if len(boxes) > 1 and (bold or italic or not text[0].isalpha()):
            # A raised note number at the start is smaller than the line; a bold start need not be a bold line.
            units = self._units(text)
            last = self._style(start + units - 1)
            size, bold, italic = max(size, last.size), bold and last.bold, italic and last.italic
            if bold or italic:
                inside = [self._style(start + units * quarter // 4) for quarter in (1, 2, 3)]
                bold, italic = bold and all(s.bold for s in inside), italic and all(s.italic for s in inside)
        return _raw_line((text, start, boxes, self.place(x, y, x, y)[3], size, bold, italic, hyphen, spaced))

    def _style(self, index: int) -> _Style:
        """The look of a character, the origin of its base line, and which way it is turned."""
        text = self._text
        size = get_font_size(text, index)
        turned = 0
        found = get_matrix(text, index, self._matrix.places[0])
        a, _, c, d, x, y = self._matrix.values[:]
        if found:
            size *= math.sqrt(c * c + d * d) if c else abs(d)
            if c or a < 0:
                turned = -round(math.atan2(c, a) / QUARTER) % 4
        get_font_info(text, index, self._name_place, _NAME_SIZE, self._flags.places[0])
        font = self._name.value
        face = self._faces.get(font)
        if face is None:
            weight = pdfium.FPDFText_GetFontWeight(self._page_text, index)
            face = self._faces[font] = _face(font, self._flags.values[0], weight)
        return _style((max(round(size, 1), MIN_SIZE), *face, x, y, turned))

    def words(self, line: RawLine) -> tuple[Word, ...]:
        """The words of a line with their boxes: some calls a word, so only for lines whose insides matter."""
        found = []
        for match in _WORD.finditer(line.text):
            first, last = match.span()
            offset = self._units(line.text[:first]) if self._wide else first
            boxes = self._boxes(line.start + offset, self._units(match[0]))
            if boxes:
                found.append(Word(first, last, union(boxes)))
        return tuple(found)

    def part(self, line: RawLine, start: int, end: int, hyphen: bool) -> RawLine:
        """A piece of a line as a line of its own; `start` and `end` count the line's characters."""
        text = line.text[start:end]
        index = line.start + self._units(line.text[:start])
        piece = _Piece(text, index, hyphen, start > 0 or line.spaced)
        return self._line(piece, self._style(index), self._boxes(index, self._units(text)))


def _face(name: bytes, flags: int, weight: int) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is italic."""
    words = name.decode("utf-8", "replace")
    bold = bool(BOLD_NAME.search(words) or flags & FORCE_BOLD or weight >= BOLD_WEIGHT)
    return bold, bool(ITALIC_NAME.search(words) or flags & ITALIC)


def _frame(page: Any) -> tuple[float, float, float, float]:
    """The page's visible part in its own space: left, bottom, right, top."""
    rect = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, rect) and rect.right > rect.left and rect.top > rect.bottom:
        return rect.left, rect.bottom, rect.right, rect.top
    return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)


Placer = Callable[[float, float, float, float], Box]


def _upright(left: float, _bottom: float, _right: float, top: float) -> Placer:
    return lambda x0, y0, x1, y1: _box((x0 - left, top - y1, x1 - left, top - y0))


def _quarter(left: float, bottom: float, _right: float, _top: float) -> Placer:
    return lambda x0, y0, x1, y1: _box((y0 - bottom, x0 - left, y1 - bottom, x1 - left))


def _half(_left: float, bottom: float, right: float, _top: float) -> Placer:
    return lambda x0, y0, x1, y1: _box((right - x1, y0 - bottom, right - x0, y1 - bottom))


def _three_quarters(_left: float, _bottom: float, right: float, top: float) -> Placer:
    return lambda x0, y0, x1, y1: _box((top - y1, right - x1, top - y0, right - x0))


_PLACES = (_upright, _quarter, _half, _three_quarters)


def union(boxes: tuple[Box, ...] | list[Box]) -> Box:
    """The smallest box that holds all of some boxes."""
    if len(boxes) == 1:
        return boxes[0]
    lefts, tops, rights, feet = zip(*boxes, strict=True)
    return _box((min(lefts), min(tops), max(rights), max(feet)))
