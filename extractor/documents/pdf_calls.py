"""PDFium's small questions, asked by plain numbers and addresses.

The usual wrappers check and convert every argument, which takes longer than PDFium takes to answer. Here addresses
are `c_void_p` (made once), page objects plain integers. Only what is asked thousands of times a document stands here.
PDFium is asked for one document at a time, so these calls keep Python's lock.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

Call = Callable[..., Any]


def _call(function: Any, answer: Any, *arguments: Any) -> Call:
    """A function of PDFium; arguments without a type have to be `c_void_p`, `c_ulong` or small integers."""
    return ctypes.PYFUNCTYPE(answer, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_OBJECT = ctypes.c_void_p

# of an open text page
count_rects = _call(pdfium.FPDFText_CountRects, ctypes.c_int)
get_rect = _call(pdfium.FPDFText_GetRect, None)
get_font_size = _call(pdfium.FPDFText_GetFontSize, ctypes.c_double)
get_matrix = _call(pdfium.FPDFText_GetMatrix, ctypes.c_int)
get_font_info = _call(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong)

# of a page, a form and their objects
page_object = _call(pdfium.FPDFPage_GetObject, _OBJECT, _OBJECT, ctypes.c_int)
count_form_objects = _call(pdfium.FPDFFormObj_CountObjects, ctypes.c_int, _OBJECT)
form_object = _call(pdfium.FPDFFormObj_GetObject, _OBJECT, _OBJECT, ctypes.c_ulong)
object_type = _call(pdfium.FPDFPageObj_GetType, ctypes.c_int, _OBJECT)
object_bounds = _call(pdfium.FPDFPageObj_GetBounds, ctypes.c_int, _OBJECT)
object_matrix = _call(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int, _OBJECT)
fill_colour = _call(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int, _OBJECT)
draw_mode = _call(pdfium.FPDFPath_GetDrawMode, ctypes.c_int, _OBJECT)
count_segments = _call(pdfium.FPDFPath_CountSegments, ctypes.c_int, _OBJECT)
path_segment = _call(pdfium.FPDFPath_GetPathSegment, _OBJECT, _OBJECT, ctypes.c_int)
segment_type = _call(pdfium.FPDFPathSegment_GetType, ctypes.c_int, _OBJECT)
segment_point = _call(pdfium.FPDFPathSegment_GetPoint, ctypes.c_int, _OBJECT)


def address(handle: Any) -> ctypes.c_void_p:
    """What a handle points to, as the calls above take it."""
    return ctypes.cast(handle, ctypes.c_void_p)


class Numbers:
    """Numbers that PDFium writes: their values, and the place of each to be handed to a call.

    Read them as a slice: that is three times as fast as one by one.
    """

    def __init__(self, kind: Any, count: int) -> None:
        self.values = (kind * count)()
        first, step = ctypes.addressof(self.values), ctypes.sizeof(kind)
        self.places = tuple(ctypes.c_void_p(first + step * index) for index in range(count))
