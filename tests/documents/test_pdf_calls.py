from __future__ import annotations

import ctypes
import gc
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from extractor.documents.pdf import read_pdf
from extractor.documents.pdf_calls import (
    Numbers,
    address,
    count_rects,
    get_font_size,
    get_matrix,
    get_rect,
    object_bounds,
    object_type,
    page_object,
)
from extractor.documents.pdf_file import open_pdf
from extractor.errors import DocumentError
from tests.documents.pdf_making import handwrite, put

WORDS = "Shelter for one"


@pytest.mark.parametrize("kind", [ctypes.c_int, ctypes.c_float, ctypes.c_double])
def test_each_number_has_its_place(kind: type[ctypes.c_int]) -> None:
    numbers = Numbers(kind, 3)
    for index, place in enumerate(numbers.places):
        kind.from_address(place.value or 0).value = index + 1
    assert numbers.values[:] == [1, 2, 3]


def test_calls_answer_as_the_usual_wrappers_do(tmp_path: Path) -> None:
    made = handwrite(tmp_path, [put(WORDS, 70, 700, size=12) + "80 650 200 1 re f\n"])
    with open_pdf(made) as pdf:
        page = pdfium.FPDF_LoadPage(pdf.handle, 0)
        text = pdfium.FPDFText_LoadPage(page)
        place = address(text)
        assert count_rects(place, 0, len(WORDS)) == pdfium.FPDFText_CountRects(text, 0, len(WORDS)) == 1
        assert get_font_size(place, 2) == 12.0
        sides, usual = Numbers(ctypes.c_double, 4), [ctypes.c_double() for _ in range(4)]
        get_rect(place, 0, *sides.places)
        pdfium.FPDFText_GetRect(text, 0, *usual)
        assert sides.values[:] == [side.value for side in usual]
        matrix = Numbers(ctypes.c_float, 6)
        assert get_matrix(place, 0, matrix.places[0])
        assert matrix.values[:] == [1, 0, 0, 1, 70, 700]
        items = [page_object(address(page), index) for index in range(2)]
        assert [object_type(item) for item in items] == [pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH]
        bounds = Numbers(ctypes.c_float, 4)
        assert object_bounds(items[1], *bounds.places)
        assert bounds.values[:] == [80, 650, 280, 651]
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_left_as_it_was(tmp_path: Path, collecting: bool) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nno more")
    if not collecting:
        gc.disable()
    try:
        read_pdf(handwrite(tmp_path, [put(WORDS, 70, 700)]))
        assert gc.isenabled() is collecting
        with pytest.raises(DocumentError):
            read_pdf(broken)
        assert gc.isenabled() is collecting
    finally:
        gc.enable()
