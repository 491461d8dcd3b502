"""Reads the pages that are images: what Tesseract finds becomes lines of the page, laid out like any other page's.

A long scan takes more than the time of one file. A `Recogniser` that is given a time stops there with `OcrUnfinished`,
which holds what is done; another goes on from it. Each page counts once, and none depends on how fast the machine is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from extractor.documents.helpers import TESSERACT, HelperFailed
from extractor.documents.language import detect_language
from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.documents.ocr_engine import GrayImage, Word, installed_languages, recognise
from extractor.documents.pdf_lines import Line
from extractor.documents.pdf_pages import PdfPage
from extractor.documents.pdf_source import MIN_SIZE, Box, RawLine, union
from extractor.documents.pdf_text import Origin
from extractor.model import OcrWord

PAGE_SHARE = 0.5
"""Of a file's time, what one page may take."""
STEP_SHARE = 0.4
"""Of a file's time, after how much a step of a long scan begins no further page."""
MAX_PAGES = 600
TELLING_WORDS = 60
"""With so many words read, the language is known, and only it is read from then on: twice as fast."""
CODES = {"en": "eng", "fr": "fra", "es": "spa"}
GAP = 2.5
"""Line heights: words this far apart stand in different cells or columns."""
USUAL = 0.3
"""Share by which a line's height may differ from the page's usual one: it is the same size of type."""
MIN_TURN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page that was read: its image's size and words. `failed`: Tesseract could not read it."""

    width: int
    height: int
    words: tuple[Word, ...] = ()
    failed: bool = False


OcrDone = Mapping[int, Recognised]
"""Pages (0-based) that were read so far."""


class OcrUnfinished(Exception):
    """The time of a step is over; `done` holds the pages that were read, to go on with."""

    def __init__(self, done: OcrDone) -> None:
        self.done = dict(done)
        super().__init__(f"{len(self.done)} pages are read")

    def __reduce__(self) -> tuple[type[OcrUnfinished], tuple[OcrDone]]:
        return type(self), (self.done,)


@dataclass(slots=True)
class Recogniser:
    """Reads page images one by one; what was read before (`done`) is not read again."""

    limits: Limits = DEFAULT_LIMITS
    done: dict[int, Recognised] = field(default_factory=dict)
    stepwise: bool = False
    _until: float = 0.0
    _language: str = ""

    def __post_init__(self) -> None:
        self._until = time.monotonic() + STEP_SHARE * self.limits.seconds

    @property
    def available(self) -> bool:
        """Whether images are to be read, and there is a Tesseract."""
        return self.limits.ocr and TESSERACT.path() is not None

    @property
    def lacking(self) -> str:
        """Why an image is not read."""
        if not self.limits.ocr:
            return "OCR is switched off"
        return "OCR failed" if self.available else f"for OCR, {TESSERACT.advice}"

    def know(self, texts: Iterable[str]) -> None:
        """Take the language of a document from the text that it has."""
        self._language = CODES.get(detect_language(texts), "")

    def page(self, index: int, render: Callable[[], GrayImage]) -> Recognised:
        """Read a page; a step that has read one and has no time left stops here."""
        if index not in self.done:
            if self.stepwise and time.monotonic() > self._until:
                raise OcrUnfinished(self.done)
            self.done[index] = self._read(render)
        return self.done[index]

    def _read(self, render: Callable[[], GrayImage]) -> Recognised:
        image = render()
        try:
            words = recognise(image, self._languages(), PAGE_SHARE * self.limits.seconds)
        except HelperFailed:
            return Recognised(image.width, image.height, failed=True)
        return Recognised(image.width, image.height, words)

    def _languages(self) -> tuple[str, ...]:
        """The document's language where it is known, else all of them. It depends on earlier pages only."""
        installed = installed_languages(TESSERACT.path() or "")
        if not self._language:
            words = [word.text for index in sorted(self.done) for word in self.done[index].words]
            if len(words) >= TELLING_WORDS:
                self._language = CODES.get(detect_language([" ".join(words)]), "")
        return (self._language,) if self._language in installed else installed


# ---------------------------------------------------------------------- layout


def as_page(found: Recognised, width: float, height: float, label: str = "") -> PdfPage:
    """A page of some size in points whose lines are those that were read, in the frame in which they are read."""
    turn = _turn(found)
    across, down = (height, width) if turn % 2 else (width, height)
    scale = width / max(found.width, 1)
    boxes = [_turned(_scaled(word.box, scale), turn, width, height) for word in found.words]
    size = _usual_size(boxes)
    ordinals = range(len(found.words))
    lines = []
    for _, group in groupby(ordinals, key=lambda ordinal: found.words[ordinal].line):
        for run in _runs(list(group), boxes):
            lines.append(_line(run, found.words, boxes, size))
    return PdfPage(tuple(lines), across, down, label, scanned=found.failed)


def _scaled(box: Box, scale: float) -> Box:
    return Box(*(round(edge * scale, 2) for edge in box))


def _turn(found: Recognised) -> int:
    """Clockwise quarter turns from the page as shown to the direction in which its lines are read."""
    along = [0, 0, 0, 0]
    for _, group in groupby(found.words, key=lambda word: word.line):
        words = list(group)
        if len(words) >= MIN_TURN_WORDS:
            across = words[-1].box.x0 - words[0].box.x0
            down = words[-1].box.y0 - words[0].box.y0
            way = (0 if across > 0 else 2) if abs(across) >= abs(down) else (1 if down > 0 else 3)
            along[way] += len(words)
    return along.index(max(along))


def _turned(box: Box, turn: int, width: float, height: float) -> Box:
    """A box of the page as shown, in the frame in which lines run from left to right."""
    if turn == 1:
        return Box(box.y0, width - box.x1, box.y1, width - box.x0)
    if turn == 2:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    if turn == 3:
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    return box


def _usual_size(boxes: Sequence[Box]) -> float:
    return median(box.y1 - box.y0 for box in boxes) if boxes else 0.0


def _runs(ordinals: Sequence[int], boxes: Sequence[Box]) -> Iterator[list[int]]:
    """The words of a line, parted where cells or columns are."""
    height = median(boxes[ordinal].y1 - boxes[ordinal].y0 for ordinal in ordinals)
    run = [ordinals[0]]
    for before, after in pairwise(ordinals):
        if boxes[after].x0 - boxes[before].x1 > GAP * height:
            yield run
            run = []
        run.append(after)
    yield run


def _line(run: Sequence[int], words: Sequence[Word], boxes: Sequence[Box], usual: float) -> Line:
    text = " ".join(words[ordinal].text for ordinal in run)
    placed = [boxes[ordinal] for ordinal in run]
    box = union(placed)
    tall = median(found.y1 - found.y0 for found in placed)
    size = max(round(usual if abs(tall - usual) <= USUAL * usual else tall, 1), MIN_SIZE)
    base = median(found.y1 for found in placed)
    # The stretch's start is its first word's place among the page's words, by which `placed_words` finds it again.
    source = RawLine(text, run[0], (box,), base, size, bold=False)
    return Line(text, box, base, size, bold=False, italic=False, hyphen=False, sources=(source,))


# ---------------------------------------------------------------------- words in the stored text


def placed_words(found: Recognised, text: str, origins: Sequence[Origin]) -> tuple[OcrWord, ...]:
    """The words of a page with their places in its stored text; of a word joined over a line end, both halves."""
    placed: list[OcrWord] = []
    for origin in origins:
        cursor = origin.start
        for source in origin.sources:
            for ordinal in range(source.start, source.start + len(source.text.split())):
                word = found.words[ordinal]
                start, end = _find(text, word.text, cursor, origin.end)
                if start < 0:
                    continue
                placed.append(OcrWord(start, end, _share(word.box, found), word.confidence))
                cursor = end
    return tuple(placed)


def _find(text: str, word: str, start: int, end: int) -> tuple[int, int]:
    """A word's place in a stretch of text; one that is broken at a line end stands there without its hyphen."""
    for form in (word, word.rstrip("-\u2010")):
        at = text.find(form, start, end) if form else -1
        if at >= 0:
            return at, at + len(form)
    return -1, -1


def _share(box: Box, found: Recognised) -> tuple[float, float, float, float]:
    return (
        round(box.x0 / found.width, 4),
        round(box.y0 / found.height, 4),
        round(box.x1 / found.width, 4),
        round(box.y1 / found.height, 4),
    )
