"""What PDFium says of a page: its characters in stretches, and where each of them stands.

PDFium is reached through its plain C functions, a handful of calls a line and never one a character: asking for
every character's box costs four times as much as everything else together.

Places are in points from the top left corner of the page as it is read, whatever its /Rotate says.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extractor.documents.pdf_file import PdfFile

LINE_BREAK = re.compile("\r\n|\n|\ufffe|\x02")
"""PDFium ends lines with CR LF; a line-end hyphen and the break after it are one U+FFFE. A CR alone is a space."""
SOFT_HYPHENS = "\ufffe\x02"
BOLD_NAME = re.compile(r"bold|black|heavy|semib|demib|[-,]medi\b|[-,]demi\b|-bd\b|\.b\b", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
FORCE_BOLD = 1 << 18
ITALIC = 1 << 6
BOLD_WEIGHT = 650
SIDEWAYS_SHARE = 0.6
"""Share of a page's characters that stand upright on their side for the whole page to be read turned."""
SAMPLED = 40
"""Stretches of a page whose direction is asked for."""
QUARTER = math.pi / 2
MIN_SIZE = 0.5
"""Points: type of no size at all stands in broken files, and sizes are divided by."""
NAME_BYTES = 128


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float


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


@dataclass(frozen=True, slots=True)
class RawLine:
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
        self._text = text
        self._left, self._top, self._right, self._bottom = (ctypes.c_double() for _ in range(4))
        self._name = ctypes.create_string_buffer(NAME_BYTES)
        self._flags = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()
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
        buffer = (ctypes.c_ushort * (self.chars + 1))()
        units = pdfium.FPDFText_GetText(self._text, 0, self.chars, buffer)
        self._aligned = units - 1 == self.chars
        return bytes(memoryview(buffer)[: max(units - 1, 0)]).decode("utf-16-le", "surrogatepass")

    def read_lines(self) -> tuple[RawLine, ...]:
        """The page's raw lines, turned as most of its characters are read."""
        pieces = self._pieces(self.text)
        side = self._sideways(pieces)
        if side:
            self._set_turn(self._turn + side)
        found = [(piece, self._boxes(piece.start, utf16_length(piece.text))) for piece in pieces]
        return tuple(self._line(piece, boxes) for piece, boxes in found if boxes)

    def _pieces(self, text: str) -> list[_Piece]:
        """Stretches of text between line breaks, without the spaces around them."""
        pieces = []
        begin = shift = 0
        spaced = False
        wide = has_astral(text)
        for match in [*LINE_BREAK.finditer(text), None]:
            end = match.start() if match else len(text)
            raw = text[begin:end]
            stripped = raw.strip()
            if stripped:
                lead = len(raw) - len(raw.lstrip())
                hyphen = match is not None and match.group() in SOFT_HYPHENS
                index = self._char_index(begin + shift + lead)
                pieces.append(_Piece(stripped, index, hyphen, spaced or lead > 0))
                spaced = raw[-1].isspace()
            if wide:
                shift += utf16_length(raw) - len(raw)
            begin = match.end() if match else end
        return pieces

    def _char_index(self, unit: int) -> int:
        if self._aligned:
            return unit
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(self._text, unit)
        return index if index >= 0 else unit

    def _sideways(self, pieces: list[_Piece]) -> int:
        """Quarter turns that put most of the page's characters upright; 0 when they are."""
        turned = [0, 0, 0, 0]
        for piece in pieces[:: len(pieces) // SAMPLED + 1]:
            # The angle counts clockwise, and 0 also stands for "unknown".
            angle = max(pdfium.FPDFText_GetCharAngle(self._text, piece.start), 0.0)
            turned[(-round(angle / QUARTER) - self._turn) % 4 if angle else -self._turn % 4] += len(piece.text)
        return next((side for side in (1, 2, 3) if turned[side] > SIDEWAYS_SHARE * sum(turned)), 0)

    def _boxes(self, start: int, count: int) -> tuple[Box, ...]:
        rects = pdfium.FPDFText_CountRects(self._text, start, count)
        return tuple(self._rect(index) for index in range(rects))

    def _rect(self, index: int) -> Box:
        left, top, right, bottom = self._left, self._top, self._right, self._bottom
        pdfium.FPDFText_GetRect(self._text, index, left, top, right, bottom)
        return self.place(left.value, bottom.value, right.value, top.value)

    def _line(self, piece: _Piece, boxes: tuple[Box, ...]) -> RawLine:
        text, start, hyphen, spaced = piece
        size, bold, italic = self._style(start)
        x, y = self._matrix.e, self._matrix.f
        base = self.place(x, y, x, y).y1
        if len(text) > 1 and (bold or italic or not text[0].isalpha()):
            # A raised note number at the start is smaller than the line; a bold start need not be a bold line.
            units = utf16_length(text)
            last = self._style(start + units - 1)
            size, bold, italic = max(size, last[0]), bold and last[1], italic and last[2]
            if bold or italic:
                inside = [self._style(start + units * quarter // 4) for quarter in (1, 2, 3)]
                bold, italic = bold and all(s[1] for s in inside), italic and all(s[2] for s in inside)
        return RawLine(text, start, boxes, base, size, bold, italic, hyphen, spaced)

    def _style(self, index: int) -> tuple[float, bool, bool]:
        """Size, bold, italic of a character; leaves its matrix, which says where its base line is."""
        matrix = self._matrix
        size = pdfium.FPDFText_GetFontSize(self._text, index)
        if pdfium.FPDFText_GetMatrix(self._text, index, matrix):
            size *= (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
        pdfium.FPDFText_GetFontInfo(self._text, index, self._name, NAME_BYTES, self._flags)
        name = self._name.value
        face = self._faces.get(name)
        if face is None:
            weight = pdfium.FPDFText_GetFontWeight(self._text, index)
            face = self._faces[name] = _face(name, self._flags.value, weight)
        return max(round(size, 1), MIN_SIZE), face[0], face[1]

    def words(self, line: RawLine) -> tuple[Word, ...]:
        """The words of a line with their boxes: some calls a word, so only for lines whose insides matter."""
        found = []
        wide = has_astral(line.text)
        for match in re.finditer(r"\S+", line.text):
            offset = utf16_length(line.text[: match.start()]) if wide else match.start()
            boxes = self._boxes(line.start + offset, utf16_length(match.group()))
            if boxes:
                found.append(Word(match.start(), match.end(), union(boxes)))
        return tuple(found)

    def part(self, line: RawLine, start: int, end: int, hyphen: bool) -> RawLine:
        """A piece of a line as a line of its own; `start` and `end` count the line's characters."""
        text = line.text[start:end]
        index = line.start + utf16_length(line.text[:start])
        piece = _Piece(text, index, hyphen, start > 0 or line.spaced)
        return self._line(piece, self._boxes(index, utf16_length(text)))


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
    return lambda x0, y0, x1, y1: Box(x0 - left, top - y1, x1 - left, top - y0)


def _quarter(left: float, bottom: float, _right: float, _top: float) -> Placer:
    return lambda x0, y0, x1, y1: Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left)


def _half(_left: float, bottom: float, right: float, _top: float) -> Placer:
    return lambda x0, y0, x1, y1: Box(right - x1, y0 - bottom, right - x0, y1 - bottom)


def _three_quarters(_left: float, _bottom: float, right: float, top: float) -> Placer:
    return lambda x0, y0, x1, y1: Box(top - y1, right - x1, top - y0, right - x0)


_PLACES = (_upright, _quarter, _half, _three_quarters)


def union(boxes: tuple[Box, ...] | list[Box]) -> Box:
    """The smallest box that holds all of some boxes."""
    if len(boxes) == 1:
        return boxes[0]
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def has_astral(text: str) -> bool:
    """Whether a text has characters that PDFium counts twice (beyond U+FFFF)."""
    return not text.isascii() and max(text) > "\uffff"


def utf16_length(text: str) -> int:
    """The length of a text as PDFium counts it."""
    if text.isascii() or max(text) <= "\uffff":
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)
