"""The ruling lines of a PDF page, from its path objects, and whether it has an image."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from extractor.documents.pdf_calls import (
    Call,
    Numbers,
    address,
    count_form_objects,
    count_segments,
    draw_mode,
    fill_colour,
    form_object,
    object_bounds,
    object_matrix,
    object_type,
    page_object,
    path_segment,
    segment_point,
    segment_type,
)
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
_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH


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
        self.areas: dict[Box, tuple[int, ...]] = {}
        self.has_image = False
        self.left = MAX_OBJECTS
        self._sides = Numbers(ctypes.c_float, 4)
        self._colour = Numbers(ctypes.c_uint, 4)
        self._mode = Numbers(ctypes.c_int, 2)
        self._point = Numbers(ctypes.c_float, 2)
        self._matrix = Numbers(ctypes.c_float, 6)

    def objects(self, get: Call, holder: Any, count: int, matrix: Matrix, depth: int) -> None:
        """Look at every object; this loop runs over each word of some pages."""
        items = list(map(get, repeat(holder), range(count)))
        for item, kind in zip(items, map(object_type, items), strict=True):
            if kind == _TEXT:
                continue
            if kind == _PATH:
                self.path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.has_image = True
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
                inside = min(count_form_objects(item), self.left)
                self.objects(form_object, item, inside, _times(self.matrix(item), matrix), depth + 1)
            self.left -= 1
            if self.left < 0 or len(self.level) + len(self.upright) > MAX_RULES:
                return

    def path(self, item: int, matrix: Matrix) -> None:
        """A thin path is a rule, a rectangle a frame or an area; a path of many strokes may be a whole grid."""
        if not object_bounds(item, *self._sides.places):
            return
        left, bottom, right, top = self._sides.values[:]
        if matrix is not IDENTITY:
            (x0, y0), (x1, y1) = _move(matrix, left, bottom), _move(matrix, right, top)
            left, bottom, right, top = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
        box = self.place(left, bottom, right, top)
        if self.thin(box):
            return
        segments = count_segments(item)
        if segments <= MAX_RECT_SEGMENTS:
            self.area(item, box)
        elif segments <= MAX_SEGMENTS and max(box.x1 - box.x0, box.y1 - box.y0) >= MIN_DRAWN:
            self.walk(item, segments, _times(self.matrix(item), matrix))

    def thin(self, box: Box) -> bool:
        """Keep a thin box as a rule; whether it was one, or a speck."""
        x0, y0, x1, y1 = box
        if x1 - x0 > THIN:
            if y1 - y0 > THIN:
                return False
            self.level.append(((y0 + y1) / 2, x0, x1))
        elif y1 - y0 > THIN:
            self.upright.append(((x0 + x1) / 2, y0, y1))
        return True

    def area(self, item: int, box: Box) -> None:
        """A frame is four rules; a filled area is kept with its colour."""
        draw_mode(item, *self._mode.places)
        if self._mode.values[1]:
            self.level += [(box.y0, box.x0, box.x1), (box.y1, box.x0, box.x1)]
            self.upright += [(box.x0, box.y0, box.y1), (box.x1, box.y0, box.y1)]
            return
        fill_colour(item, *self._colour.places)
        self.areas[box] = tuple(self._colour.values[:3])

    def walk(self, item: int, segments: int, matrix: Matrix) -> None:
        """A path of several strokes: each level or upright stroke is a rule."""
        last: tuple[float, float] | None = None
        for index in range(segments):
            segment = path_segment(item, index)
            kind = segment_type(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                return  # a drawing
            segment_point(segment, *self._point.places)
            point = _move(matrix, *self._point.values[:])
            if kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
                self.stroke(last, point)
            last = point

    def matrix(self, item: int) -> Matrix:
        """How an object stands in what holds it."""
        if not object_matrix(item, self._matrix.places[0]):
            return IDENTITY
        a, b, c, d, e, f = self._matrix.values[:]
        return a, b, c, d, e, f

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
    reader.objects(page_object, address(page), count, IDENTITY, 0)
    return Rules(tuple(reader.level), tuple(reader.upright), _areas(reader.areas), reader.has_image)


def _areas(areas: dict[Box, tuple[int, ...]]) -> tuple[Box, ...]:
    """Filled areas; those of one colour and width that touch are one: cells are often shaded line by line."""
    joined: list[tuple[Box, tuple[int, ...]]] = []
    for box, colour in sorted(areas.items(), key=lambda item: (round(item[0].x0), round(item[0].x1), item[0].y0)):
        if joined:
            last, painted = joined[-1]
            same = painted == colour and abs(last.x0 - box.x0) < 1 and abs(last.x1 - box.x1) < 1
            if same and box.y0 - last.y1 < 1:
                joined[-1] = (Box(last.x0, last.y0, last.x1, max(last.y1, box.y1)), colour)
                continue
        joined.append((box, colour))
    return tuple(box for box, _ in joined)


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
