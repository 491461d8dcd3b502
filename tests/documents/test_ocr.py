"""OCR: what Tesseract says becomes lines, blocks and word boxes; long scans go on step by step."""

from __future__ import annotations

import itertools
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from extractor.documents import images, ocr, ocr_engine, ocr_pdf, read_document, read_step
from extractor.documents.helpers import TESSERACT, HelperFailed, worth_retrying
from extractor.documents.images import gray, scale
from extractor.documents.limits import Limits
from extractor.documents.ocr import OcrUnfinished, Recognised, Recogniser, as_page, placed_words
from extractor.documents.ocr_engine import GrayImage, Word
from extractor.documents.ocr_pdf import MAX_PIXELS, pixel_size
from extractor.documents.pdf_blocks import compose
from extractor.documents.pdf_lines import Line
from extractor.documents.pdf_pages import PdfPages
from extractor.documents.pdf_source import Box
from extractor.errors import DocumentError
from extractor.model import Properties
from tests.documents.pdf_making import IMAGE, column, handwrite

needs_tesseract = pytest.mark.skipif(TESSERACT.path() is None, reason="Tesseract is not installed")
PROSE = "The project ran in three districts and reached more people than planned."
SCANNED = ("The shelter took in twenty women.", "Medical care was paid for eleven of them.")


def words(*lines: str, left: float = 100, top: float = 100, confidence: float = 0.9) -> tuple[Word, ...]:
    """Words as Tesseract gives them: letters 20 pixels wide and 40 high, lines 60 pixels apart."""
    found = []
    for number, line in enumerate(lines):
        x = left
        for word in line.split():
            y = top + 60 * number
            found.append(Word(word, number, Box(x, y, x + 20 * len(word), y + 40), confidence))
            x += 20 * len(word) + 20
    return tuple(found)


def turned(found: tuple[Word, ...], width: float, height: float) -> tuple[Word, ...]:
    """The same words on a page that was scanned upside down."""
    return tuple(
        Word(
            w.text, w.line, Box(width - w.box.x1, height - w.box.y1, width - w.box.x0, height - w.box.y0), w.confidence
        )
        for w in found
    )


def sideways(found: tuple[Word, ...], width: float) -> tuple[Word, ...]:
    """The same words on a page that lies on its side: lines run from top to bottom."""
    return tuple(
        Word(w.text, w.line, Box(width - w.box.y1, w.box.x0, width - w.box.y0, w.box.x1), w.confidence) for w in found
    )


LINES = ("The project trained forty police offi-", "cers in interviewing victims of traffic.", "It ended in 2014.")


@pytest.mark.parametrize("way", ["upright", "upside down", "sideways"])
def test_lines_are_laid_out_as_they_are_read(way: str) -> None:
    found = Recognised(2000, 2000, words(*LINES))
    if way == "upside down":
        found = Recognised(2000, 2000, turned(found.words, 2000, 2000))
    elif way == "sideways":
        found = Recognised(2000, 2000, sideways(found.words, 2000))
    page = as_page(found, 500, 500)
    composed = compose(PdfPages((page,), (), Properties()))
    text = composed.pages[0].text
    assert text.replace("\n", " ") == (
        "The project trained forty police officers in interviewing victims of traffic. It ended in 2014."
    )
    placed = placed_words(found, text, composed.origins[0])
    assert [text[word.start : word.end] for word in placed] == [
        *LINES[0].split()[:-1], "offi", "cers", *LINES[1].split()[1:], *LINES[2].split()
    ]  # fmt: skip
    first = next(word for word in found.words if word.text == "The").box
    assert placed[0].box == (first.x0 / 2000, first.y0 / 2000, first.x1 / 2000, first.y1 / 2000)
    assert all(0 <= edge <= 1 for word in placed for edge in word.box)


def test_cells_far_apart_are_lines_of_their_own() -> None:
    row = (*words("Total budget"), *words("EUR 450,000", left=1200))
    page = as_page(Recognised(2000, 2000, row), 500, 500)
    assert [item.text for item in page.items if isinstance(item, Line)] == ["Total budget", "EUR 450,000"]


def test_a_page_that_failed_stays_a_scan() -> None:
    assert as_page(Recognised(100, 100, failed=True), 50, 50).scanned
    assert not as_page(Recognised(100, 100), 50, 50).scanned


def test_the_table_of_tesseract_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "1\t1\t0\t0\t0\t0\t0\t0\t800\t900\t-1\t",
        "5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t95\tproﬁt",
        "5\t1\t1\t1\t1\t2\t50\t20\t30\t40\t12\tspeck",
        '5\t1\t1\t1\t2\t1\t10\t80\t30\t40\t100\t"quoted',
        "5\t1\t1\t1\t2\t2\t10\t80\t30\t40\t90\t ",
        "5\tcut",
    ]
    table = "\n".join([head, *rows]).encode()
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(ocr_engine, "run_helper", lambda *arguments: table)
    assert ocr_engine.recognise(GrayImage(2, 1, b"\0\xff"), ("eng",), 10) == (
        Word("profit", 0, Box(10, 20, 40, 60), 0.95),
        Word('"quoted', 1, Box(10, 80, 40, 120), 1.0),
    )
    assert ocr_engine.recognise(GrayImage(2, 1, b"\xff\xff"), ("eng",), 10) == ()  # blank: nobody is asked


# ------------------------------------------------------------------ long scans


@pytest.fixture
def tesseract(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A Tesseract that reads one text everywhere; gives the languages that it was asked for."""
    asked: list[tuple[str, ...]] = []

    def recognise(image: GrayImage, languages: tuple[str, ...], seconds: float) -> tuple[Word, ...]:
        asked.append(languages)
        return words(*SCANNED)

    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(ocr, "recognise", recognise)
    monkeypatch.setattr(ocr, "installed_languages", lambda program: ("eng", "fra", "spa"))
    return asked


def test_a_step_stops_in_time_and_another_goes_on(
    tesseract: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count(0, 30)  # half a minute passes whenever the time is asked for
    monkeypatch.setattr("extractor.documents.ocr.time.monotonic", lambda: float(next(clock)))
    path = handwrite(tmp_path, [IMAGE] * 5)
    done = None
    steps: list[int] = []
    while True:
        try:
            document = read_step(path, Limits(seconds=100), done)
            break
        except OcrUnfinished as unfinished:
            done = unfinished.done
            steps.append(len(done))
    assert len(steps) > 1
    assert steps == sorted(set(steps))  # each step has read at least a page
    assert len(tesseract) == 5  # no page twice
    assert document.outcome == "ok"
    assert [page.ocr for page in document.pages] == [True] * 5
    assert document.pages == read_document(path).pages


def test_only_pages_without_text_are_read(tesseract: list[tuple[str, ...]], tmp_path: Path) -> None:
    document = read_document(handwrite(tmp_path, [column([PROSE] * 3, 50, 700), IMAGE, column([PROSE], 50, 700)]))
    assert [page.ocr for page in document.pages] == [False, True, False]
    assert document.outcome == "ok"
    assert SCANNED[0] in document.pages[1].text.replace("\n", " ")
    assert document.pages[1].confidence == pytest.approx(0.9)
    assert document.pages[0].confidence is None
    assert tesseract == [("eng",)]  # the text of the other pages told the language


def test_the_language_is_found_on_the_first_pages(
    tesseract: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    french = words(*["Le projet a formé les policiers de la ville et des villages dans le nord du pays"] * 5)

    def recognise(image: GrayImage, languages: tuple[str, ...], seconds: float) -> tuple[Word, ...]:
        tesseract.append(languages)
        return french

    monkeypatch.setattr(ocr, "recognise", recognise)
    reader = Recogniser()
    for index in range(2):
        reader.page(index, lambda: GrayImage(1, 1, b"\0"))
    assert tesseract == [("eng", "fra", "spa"), ("fra",)]


def test_pages_that_tesseract_fails_on_are_named(
    tesseract: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> tuple[Word, ...]:
        raise HelperFailed("tesseract", timed_out=True)

    monkeypatch.setattr(ocr, "recognise", fail)
    document = read_document(handwrite(tmp_path, [column([PROSE], 50, 700), IMAGE]))
    assert (document.outcome, document.reason) == ("partial", "1 of 2 pages (2) without text: OCR failed")
    assert not worth_retrying(document.reason)


def test_ocr_can_be_switched_off_or_be_missing(
    tesseract: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = handwrite(tmp_path, [IMAGE])
    off = read_document(path, Limits(ocr=False))
    assert (off.outcome, off.reason) == ("no_text", "no text on any of 1 pages: OCR is switched off")
    monkeypatch.setattr("shutil.which", lambda name: None)
    missing = read_document(path)
    assert missing.outcome == "no_text"
    assert "install Tesseract (" in missing.reason
    assert not tesseract


@pytest.mark.parametrize(("width", "height"), [(595, 842), (10_000, 14_000), (1, 20_000), (0, 0), (5, 5)])
def test_rendered_pages_have_a_bounded_size(width: float, height: float) -> None:
    across, down = pixel_size(width, height)
    assert 1 <= across * down <= MAX_PIXELS * 1.01
    assert max(across, down) <= ocr_pdf.MAX_SIDE
    assert (across, down) == (2479, 3508) or width != 595


# ------------------------------------------------------------------ images


def drawn(*lines: str, size: int = 44) -> Image.Image:
    picture = Image.new("L", (1700, 200 + 90 * len(lines)), 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((100, 80 + 90 * number), line, fill=0, font=ImageFont.load_default(size))
    return picture


@pytest.mark.parametrize(
    ("width", "height", "dpi", "factor"),
    [(2480, 3508, 300, 1.0), (1240, 1754, 150, 2.0), (620, 877, 0, 3.0), (2480, 3508, 0, 1.0), (595, 842, 72, 3.0)],
)
def test_pictures_are_enlarged_to_what_is_read_best(width: int, height: int, dpi: float, factor: float) -> None:
    assert scale(width, height, dpi) == pytest.approx(factor)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "CMYK", "I;16"])
def test_pictures_of_all_kinds_become_gray_on_white(mode: str) -> None:
    image = gray(Image.new(mode, (200, 200), 0) if mode != "RGBA" else Image.new(mode, (200, 200), (0, 0, 0, 0)))
    assert len(image.pixels) == image.width * image.height
    expected = 255 if mode in {"RGBA", "CMYK"} else 0
    assert set(image.pixels) == {expected}


def test_broken_and_huge_images(
    tesseract: list[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    drawn("x").save(path)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.outcome == "damaged"
    monkeypatch.setattr(images, "MAX_SOURCE_PIXELS", 1000)
    drawn("x").save(path)
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.outcome == "too_large"


def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(tesseract: list[tuple[str, ...]], tmp_path: Path) -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    size = (60_000).to_bytes(4, "big")
    path = tmp_path / "bomb.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + size + b"\x08\0\0\0\0")
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    )
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.outcome == "too_large"


def test_each_picture_of_a_file_is_a_page(tesseract: list[tuple[str, ...]], tmp_path: Path) -> None:
    path = tmp_path / "a.tiff"
    drawn("x").save(path, save_all=True, append_images=[drawn("y")])
    document = read_document(path)
    assert (document.format, document.outcome) == ("image", "ok")
    assert [(page.number, page.ocr) for page in document.pages] == [(1, True), (2, True)]


@needs_tesseract
@pytest.mark.parametrize("suffix", ["png", "jpg", "tiff"])
def test_a_real_image_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"scan.{suffix}"
    drawn(*SCANNED).save(path, dpi=(300, 300))
    document = read_document(path)
    page = document.pages[0]
    assert " ".join(page.text.split()) == " ".join(SCANNED)
    assert page.confidence is not None
    assert page.confidence > 0.8
    assert [page.text[word.start : word.end] for word in page.words] == " ".join(SCANNED).split()
    tops = [word.box[1] for word in page.words]
    assert tops[0] < tops[-1]


@needs_tesseract
def test_a_real_scanned_pdf_that_lies_on_its_side_is_read(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    drawn(*SCANNED * 3).rotate(90, expand=True).convert("RGB").save(path, resolution=200)
    document = read_document(path)
    assert (document.outcome, document.pages[0].ocr) == ("ok", True)
    assert SCANNED[0] in " ".join(document.pages[0].text.split())
