"""Words of a page's image by Tesseract: a separate program that is given the image and gives rows of words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor.documents.helpers import TESSERACT, HelperFailed, run_helper
from extractor.documents.pdf_lines import clean
from extractor.documents.pdf_source import Box

DPI = 300
LANGUAGES = ("eng", "fra", "spa")
LIST_SECONDS = 20.0
ORIENTED = "1"
"""Tesseract's page mode that finds out which way up the page is before it reads."""
WORD_LEVEL = "5"
MIN_CONFIDENCE = 0.3
"""Less sure words are specks, lines of tables and pictures, not words."""


@dataclass(frozen=True, slots=True)
class GrayImage:
    """A page as an image: bytes of one gray pixel each, row by row."""

    width: int
    height: int
    pixels: bytes

    def pgm(self) -> bytes:
        """The image as a file of the plainest kind, which needs no library to write."""
        return b"P5\n%d %d\n255\n" % (self.width, self.height) + self.pixels

    @property
    def is_blank(self) -> bool:
        """Whether all of it has one shade."""
        return not self.pixels or self.pixels.count(self.pixels[0]) == len(self.pixels)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, the line it stands in (counted through the page), its box in pixels, how sure it is (0 to 1)."""

    text: str
    line: int
    box: Box
    confidence: float


@lru_cache(maxsize=4)
def installed_languages(program: str) -> tuple[str, ...]:
    """Those of the languages that are read here which this Tesseract has."""
    with TemporaryDirectory(prefix="ocr-") as home:
        try:
            listed = run_helper([program, "--list-langs"], Path(home), LIST_SECONDS)
        except HelperFailed:
            return ()
    names = listed.decode("utf-8", "replace").split()
    return tuple(language for language in LANGUAGES if language in names)


def recognise(image: GrayImage, languages: tuple[str, ...], seconds: float) -> tuple[Word, ...]:
    """The words of an image, in reading order; HelperFailed when Tesseract fails or takes too long."""
    program = TESSERACT.path()
    if program is None:
        raise HelperFailed(TESSERACT.name, timed_out=False)
    if image.is_blank:
        return ()
    command = [
        program, "stdin", "stdout", "-l", "+".join(languages or LANGUAGES[:1]), "--dpi", str(DPI), "--psm", ORIENTED,
        "tsv",
    ]  # fmt: skip
    with TemporaryDirectory(prefix="ocr-") as home:
        output = run_helper(command, Path(home), seconds, image.pgm())
    return tuple(_words(output.decode("utf-8", "replace")))


def _words(table: str) -> Iterator[Word]:
    """The words of Tesseract's table of pages, blocks, paragraphs, lines and words."""
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.reader(table.splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] != WORD_LEVEL:
            continue
        text = clean(row[11]).replace(" ", "")
        confidence = float(row[10]) / 100
        if not text or confidence < MIN_CONFIDENCE:
            continue
        left, top, width, height = map(int, row[6:10])
        line = lines.setdefault(tuple(row[1:5]), len(lines))
        yield Word(text, line, Box(left, top, left + width, top + height), round(min(confidence, 1.0), 2))
