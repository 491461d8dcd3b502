"""The ruling lines of a PDF page, from its path objects, and whether it has an image."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from extractor.documents.pdf_source import Box, Placer

MAX_OBJECTS = 8000
"""Page objects looked at; a page with more is a drawing."""
MAX_FORM_DEPTH = 3
MAX_RECT_SEGMENTS = 6
MAX_SEGMENTS = 400
"""Segments of one path read as rules; a longer path is a drawing or outlined letters."""
MIN_DRAWN = 60.0
"""Points: a path of many strokes that is smaller than this is a letter or an icon."""
MAX_RULES = 4000
THIN = 3.0
"""Points: a path no thicker than this is a rule."""
LEVEL = 0.8
"""Points: how far the ends of a level or upright line may differ."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rules:
    """Level rules (y, x0, x1) and upright ones (x, y0, y1) of a page, filled areas, and whether it has an image."""

    level: tuple[tuple[float, float, float], ...]
    upright: tuple[tuple[float, float, float], ...]
    areas: tuple[Box, ...]
    has_image: bool


class _Reader:
    def __init__(self, place: Placer) -> None:
        self.place = place
        self.level: list[tuple[float, float, float]] = []
        self.upright: list[tuple[float, float, float]] = []
        self.areas: dict[Box, tuple[int, int, int]] = {}
        self.has_image = False
        self.left = MAX_OBJECTS
        self._sides = tuple(ctypes.c_float() for _ in range(4))
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._mode = ctypes.c_int()
        self._stroked = ctypes.c_int()

    def objects(self, objects: Iterator[Any], matrix: Matrix, depth: int) -> None:
        """Look at every object; this loop runs over each word of some pages."""
        kind_of, path, text = pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT
        for item in objects:
            kind = kind_of(item)
            if kind == text:
                continue
            if kind == path:
                self.path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.has_image = True
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
                self.objects(_form_objects(item, self.left), _times(_matrix(item), matrix), depth + 1)
            self.left -= 1
            if self.left < 0 or len(self.level) + len(self.upright) > MAX_RULES:
                return

    def path(self, item: Any, matrix: Matrix) -> None:
        """A thin path is a rule, a rectangle a frame or an area; a path of many strokes may be a whole grid."""
        left, bottom, right, top = self._sides
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return
        (x0, y0), (x1, y1) = _move(matrix, left.value, bottom.value), _move(matrix, right.value, top.value)
        box = self.place(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if self.thin(box):
            return
        segments = pdfium.FPDFPath_CountSegments(item)
        if segments <= MAX_RECT_SEGMENTS:
            self.area(item, box)
        elif segments <= MAX_SEGMENTS and max(box.x1 - box.x0, box.y1 - box.y0) >= MIN_DRAWN:
            self.walk(item, segments, _times(_matrix(item), matrix))

    def thin(self, box: Box) -> bool:
        """Keep a thin box as a rule; whether it was one, or a speck."""
        across, down = box.x1 - box.x0, box.y1 - box.y0
        if across > THIN and down > THIN:
            return False
        if across > THIN:
            self.level.append(((box.y0 + box.y1) / 2, box.x0, box.x1))
        elif down > THIN:
            self.upright.append(((box.x0 + box.x1) / 2, box.y0, box.y1))
        return True

    def area(self, item: Any, box: Box) -> None:
        """A frame is four rules; a filled area is kept with its colour."""
        pdfium.FPDFPath_GetDrawMode(item, self._mode, self._stroked)
        if self._stroked.value:
            self.level += [(box.y0, box.x0, box.x1), (box.y1, box.x0, box.x1)]
            self.upright += [(box.x0, box.y0, box.y1), (box.x1, box.y0, box.y1)]
            return
        red, green, blue, alpha = self._colour
        pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
        self.areas[box] = (red.value, green.value, blue.value)

    def walk(self, item: Any, segments: int, matrix: Matrix) -> None:
        """A path of several strokes: each level or upright stroke is a rule."""
        x, y = ctypes.c_float(), ctypes.c_float()
        last: tuple[float, float] | None = None
        for index in range(segments):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                return  # a drawing
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = _move(matrix, x.value, y.value)
            if kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
                self.stroke(last, point)
            last = point

    def stroke(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        across, down = abs(start[0] - end[0]), abs(start[1] - end[1])
        if min(across, down) <= LEVEL and max(across, down) > THIN:
            x0, x1 = sorted((start[0], end[0]))
            y0, y1 = sorted((start[1], end[1]))
            self.thin(self.place(x0, y0, x1, y1))


def read_rules(page: Any, place: Placer) -> Rules:
    """The rules of an open page (PDFium's handle), in the places that `place` gives."""
    reader = _Reader(place)
    count = min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)
    reader.objects((pdfium.FPDFPage_GetObject(page, index) for index in range(count)), IDENTITY, 0)
    return Rules(tuple(reader.level), tuple(reader.upright), _areas(reader.areas), reader.has_image)


def _areas(areas: dict[Box, tuple[int, int, int]]) -> tuple[Box, ...]:
    """Filled areas; those of one colour and width that touch are one: cells are often shaded line by line."""
    joined: list[tuple[Box, tuple[int, int, int]]] = []
    for box, colour in sorted(areas.items(), key=lambda item: (round(item[0].x0), round(item[0].x1), item[0].y0)):
        if joined:
            last, painted = joined[-1]
            same = painted == colour and abs(last.x0 - box.x0) < 1 and abs(last.x1 - box.x1) < 1
            if same and box.y0 - last.y1 < 1:
                joined[-1] = (Box(last.x0, last.y0, last.x1, max(last.y1, box.y1)), colour)
                continue
        joined.append((box, colour))
    return tuple(box for box, _ in joined)


def _form_objects(form: Any, most: int) -> Iterator[Any]:
    count = min(pdfium.FPDFFormObj_CountObjects(form), most)
    return (pdfium.FPDFFormObj_GetObject(form, index) for index in range(count))


def _matrix(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does `inner` and then `outer`."""
    if outer == IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _move(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    if matrix == IDENTITY:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
