"""Which blocks of a PDF are headings, how deep each stands, and which is the document's title."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.documents.pdf_file import OutlineEntry
from extractor.documents.pdf_paragraphs import SMALLER, Body, TextBlock
from extractor.documents.structure import (
    MAX_HEADING_CHARS,
    caption,
    heading_number,
    is_section_title,
    list_marker,
    looks_like_heading,
    page_number_line,
)

MAX_HEADING_LINES = 4
MAX_HEADING_WORDS = 25
MAX_PLAIN_WORDS = 12
MAX_LEVEL = 6
MAX_GUESSED_LEVEL = 4
MIN_STYLE_COUNT = 2
"""Headings that a style must have to put what is smaller a level lower."""
CAPITALS = 0.85
MIN_LETTERS = 3
LETTER_SHARE = 0.5
TITLE_SIZE = 1.2
OUTLINE_WEIGHT = 3
"""A bookmark's say in how deep a style stands, against a number's."""
_NOT_WORDS = re.compile(r"[\W_]+")
_ENDS_SENTENCE = re.compile(r"[.,;]\Z")

Style = tuple[float, bool, bool, bool]
"""Size, bold, capitals, upright."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The bookmarks by their words: the level and page of each."""

    levels: Mapping[str, tuple[int, int]]

    def level(self, text: str, page: int) -> int | None:
        """The level of a heading on a page, None when no bookmark says the same."""
        found = self.levels.get(bare(text))
        if found is None:
            return None
        level, at = found
        return level if at < 0 or abs(at - page) <= 1 else None


def outline_of(entries: Sequence[OutlineEntry]) -> Outline:
    """The bookmarks of a document, those that say something; one that roots all others is no level."""
    tops = [entry for entry in entries if entry.level == 1]
    shift = 1 if len(tops) == 1 and len(entries) > 2 else 0
    levels: dict[str, tuple[int, int]] = {}
    for entry in entries:
        words = bare(entry.title)
        if words and words not in levels:
            levels[words] = max(entry.level - shift, 1), entry.page
    return Outline(levels)


def bare(text: str) -> str:
    """The letters and digits of a heading, without its number, for comparing."""
    number = heading_number(text)
    rest = text[len(number[0]) :] if number is not None else text
    return _NOT_WORDS.sub("", rest).casefold() or _NOT_WORDS.sub("", text).casefold()


def is_heading(block: TextBlock, body: Body, outline: Outline, page: int, following: str) -> bool:
    """Whether a block is a heading, by its look, its number and the bookmarks."""
    if len(block.lines) > MAX_HEADING_LINES:
        return False
    text = block.text
    if not _could_be(text):
        return False
    number = heading_number(text)
    if text[0].islower() or (list_marker(text) is not None and number is None):
        return False
    ratio = block.size / body.size
    styled = ratio >= body.bigger or (block.bold and not body.bold)
    plain = len(block.lines) == 1 and not _ENDS_SENTENCE.search(text) and len(text.split()) <= MAX_PLAIN_WORDS
    if (styled or plain) and outline.level(text, page) is not None:
        return True
    if _ENDS_SENTENCE.search(text) and (number is None or not styled):
        return False
    if ratio < SMALLER and not (block.bold and number is not None):
        return False
    if styled:
        return True
    numbered = number is not None and _is_deep(number) and len(text.split()) <= MAX_PLAIN_WORDS
    shaped = is_section_title(text) or is_capitals(text) or numbered or (block.italic and text[0].isupper())
    shaped = shaped or body.guessed
    return shaped and len(block.lines) <= 2 and looks_like_heading(text, following)


def _could_be(text: str) -> bool:
    if len(text) > MAX_HEADING_CHARS or len(text.split()) > MAX_HEADING_WORDS:
        return False
    letters = sum(map(str.isalpha, text))
    if letters < MIN_LETTERS or letters < LETTER_SHARE * len(text.replace(" ", "")):
        return False
    return caption(text) is None and page_number_line(text) is None


def _is_deep(number: tuple[str, int]) -> bool:
    return number[1] > 1 or not number[0][0].isdigit()


def is_capitals(text: str) -> bool:
    """Whether a text is set in capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > MIN_LETTERS and sum(map(str.isupper, letters)) >= CAPITALS * len(letters)


def levels_of(headings: Sequence[tuple[TextBlock, int]], outline: Outline) -> list[int]:
    """The level of each heading (block and page): what bookmarks and numbers say, else what its style stands for."""
    votes: dict[Style, Counter[int]] = defaultdict(Counter)
    said: list[int | None] = []
    for block, page in headings:
        level = outline.level(block.text, page)
        number = heading_number(block.text)
        depth = number[1] if number is not None else None
        if level is not None:
            votes[_style(block)][level] += OUTLINE_WEIGHT
        if depth is not None:
            votes[_style(block)][depth] += 1
        said.append(level if level is not None else depth)
    by_style = _style_levels(Counter(_style(block) for block, _ in headings), votes)
    return [
        min(level if level is not None else by_style[_style(block)], MAX_LEVEL)
        for level, (block, _) in zip(said, headings, strict=True)
    ]


def _style(block: TextBlock) -> Style:
    return round(block.size), block.bold, is_capitals(block.text), not block.italic


def _style_levels(styles: Mapping[Style, int], votes: Mapping[Style, Counter[int]]) -> dict[Style, int]:
    """A level for each style: as voted, else below the next larger one and not below the next smaller."""
    ordered = sorted(styles, reverse=True)
    levels: dict[Style, int] = {}
    above = 0
    for index, style in enumerate(ordered):
        if votes.get(style):
            above = levels[style] = _voted(votes[style])
            continue
        below = [_voted(votes[other]) for other in ordered[index + 1 :] if votes.get(other)]
        levels[style] = max(min([above + 1, *below, MAX_GUESSED_LEVEL]), 1)
        if styles[style] >= MIN_STYLE_COUNT:
            above = levels[style]
    return levels


def _voted(counter: Counter[int]) -> int:
    return min(counter.most_common(), key=lambda item: (-item[1], item[0]))[0]


def find_title(blocks: Sequence[TextBlock], body: Body) -> TextBlock | None:
    """The block of a title page that is set largest, None when none stands out."""
    worded = [block for block in blocks if sum(map(str.isalpha, block.text)) > MIN_LETTERS and len(block.text) <= 300]
    largest = max((block.size for block in worded), default=0.0)
    if largest < TITLE_SIZE * body.size:
        return None
    return next(block for block in worded if block.size >= 0.97 * largest)
