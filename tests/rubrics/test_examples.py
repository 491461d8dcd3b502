"""The labelled passages of the shipped rubrics: enough for each option, from many frames, no two alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from extractor.cues import fold_case
from extractor.resources import shipped
from extractor.rubric import Example, Rubric
from extractor.rubric_yaml import load_rubric

RUN_WORDS = 5
MOST_SHARED = 0.5
"""Of the runs of words of the passage that has fewer of them."""
MOST_IN_A_FRAME = 2
FEWEST_POSITIVE = 10
FEWEST_NEGATIVE = 4
LISTED_BY_NAME = frozenset({"country"})
"""Items whose options are names: they are found by what they are called, not by examples."""

_WORD = re.compile(r"\w+")


def _folders() -> list[Path]:
    return sorted(head.parent for head in shipped("rubrics").glob("*/rubric.yaml"))


@cache
def _load(folder: Path) -> Rubric:
    return load_rubric(folder)


@pytest.fixture(params=_folders(), ids=lambda folder: folder.name)
def rubric(request: pytest.FixtureRequest) -> Rubric:
    return _load(request.param)


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of five words of a text, in lower case; all its words where it is shorter."""
    words = _WORD.findall(fold_case(text))
    return frozenset(tuple(words[at : at + RUN_WORDS]) for at in range(max(len(words) - RUN_WORDS, 0) + 1))


def near_duplicates(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of texts of which the shorter shares more than half of its runs with the other."""
    runs = [runs_of(text) for text in texts]
    holders: dict[tuple[str, ...], list[int]] = {}
    for index, own in enumerate(runs):
        shared = Counter(other for run in own for other in holders.get(run, ()))
        for other, count in shared.items():
            if count > MOST_SHARED * min(len(own), len(runs[other])):
                yield texts[other], texts[index]
        for run in own:
            holders.setdefault(run, []).append(index)


def crowded_frames(examples: tuple[Example, ...]) -> list[tuple[str, str, str]]:
    """Frame, label and address of what a frame shows more often than is allowed."""
    counts = Counter(
        (example.frame, label, address)
        for example in examples
        for label, addresses in (("yes", example.yes), ("no", example.no))
        for address in addresses
    )
    return sorted(key for key, count in counts.items() if count > MOST_IN_A_FRAME)


def thin_options(rubric: Rubric) -> list[str]:
    """Options with too few passages for or against them, with both numbers."""
    positive = Counter(address for example in rubric.examples for address in example.yes)
    negative = Counter(address for example in rubric.examples for address in example.no)
    addresses = (
        f"{item.id}.{option.id}"
        for item in rubric.coded_items
        if item.id not in LISTED_BY_NAME
        for option in item.options
        if not option.absence
    )
    return [
        f"{address}: {positive[address]} for, {negative[address]} against"
        for address in addresses
        if positive[address] < FEWEST_POSITIVE or negative[address] < FEWEST_NEGATIVE
    ]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Ten guards of the port were trained in May.", "Ten guards of the port were trained in June.", True),
        ("Ten guards of the port were trained in May.", "In May ten guards from the port had a course.", False),
        ("Call log", "Call  LOG", True),
        ("Call log", "Call sheet", False),
        ("A shelter for men was opened in Lagos", "A shelter for men was closed in Benin by the city", False),
    ],
)
def test_near_duplicates_share_more_than_half_of_their_runs(first: str, second: str, alike: bool) -> None:
    assert bool(list(near_duplicates([first, second]))) is alike


def test_no_two_passages_are_nearly_the_same(rubric: Rubric) -> None:
    assert list(near_duplicates([example.text for example in rubric.examples])) == []


def test_a_frame_shows_an_option_at_most_twice(rubric: Rubric) -> None:
    assert crowded_frames(rubric.examples) == []


def test_a_frame_that_shows_an_option_thrice_is_found() -> None:
    examples = tuple(Example("talks", "proposal", "", str(number), ("a.b",), ("a.c",)) for number in range(3))
    assert crowded_frames(examples[:2]) == []
    assert crowded_frames(examples) == [("talks", "no", "a.c"), ("talks", "yes", "a.b")]


def test_each_option_has_enough_passages(rubric: Rubric) -> None:
    assert thin_options(rubric) == []


def test_no_passage_is_both_for_and_against_an_option(rubric: Rubric) -> None:
    assert [example.frame for example in rubric.examples if set(example.yes) & set(example.no)] == []
