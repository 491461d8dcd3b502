"""Numbered categories in running text: "1) Government; 2) NGO; 3) Media". A review that counted answers names them so.

Where most parts of such a list name options of one item, each of them is an answer that the review's projects gave.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from extractor.coding.boxes import Options, best_item
from extractor.coding.coders import RULES
from extractor.model import Passage, Source, Vote
from extractor.rubric import Rubric

MIN_LABELS = 4
"""Shorter lists name things for other reasons."""
MAX_LABEL = 90
"""Characters of a category; what is longer is a numbered statement."""
SCORE = 1.0

_NUMBERED = re.compile(r"(?:^|(?<=[;:.,\s]))(\d{1,2})\)\s+(?=\w)")
_TAIL = re.compile(r"(?:[;,.:\s]|\band\b|\bor\b)*$")
_AFTER = re.compile(r"\s*\(.*$|:.*$", re.DOTALL)
"""What explains a category: "Donor (the mission's)", "Training: of officials"."""


@dataclass(frozen=True, slots=True)
class Category:
    """A numbered label, and the passage that it begins in."""

    label: str
    passage: Passage


class CategoryCoder:
    """Reads lists of numbered categories as answers to a rubric's items."""

    def __init__(self, rubric: Rubric) -> None:
        self._items = [(item, Options.of(item)) for item in rubric.coded_items]

    def vote(self, source: Source) -> list[Vote]:
        """The votes of all lists of categories of a document."""
        return [
            vote
            for _, block in groupby(source.passages, key=lambda passage: passage.block)
            for vote in self._votes([*block], source.file)
        ]

    def _votes(self, block: Sequence[Passage], file: str) -> Iterator[Vote]:
        categories = list(numbered(block))
        if len(categories) < MIN_LABELS:
            return
        named = best_item([category.label for category in categories], self._items)
        for category in categories:
            if category.label in named:
                item, option = named[category.label]
                why = f"“{category.label}” is one of {len(categories)} numbered categories"
                yield Vote(item, option, RULES, SCORE, file, category.passage.span, why, None, {"cues": 1.0})


def numbered(block: Iterable[Passage]) -> Iterator[Category]:
    """The labels of a block that are numbered one after the other from 1."""
    for number, (label, passage) in enumerate(_parts(block), start=1):
        if label[0] != number:
            return
        text = _TAIL.sub("", _AFTER.sub("", label[1])).strip()
        if not text or len(text) > MAX_LABEL:
            return
        yield Category(text, passage)


def _parts(block: Iterable[Passage]) -> Iterator[tuple[tuple[int, str], Passage]]:
    """Each number with what follows it; a label may run on into the next sentence, which is then left out."""
    for passage in block:
        found = [*_NUMBERED.finditer(passage.text)]
        for match, following in zip_longest(found, found[1:]):
            end = following.start() if following else len(passage.text)
            yield (int(match[1]), passage.text[match.end() : end]), passage
