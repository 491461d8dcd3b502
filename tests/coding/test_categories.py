"""Numbered categories in running text."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.coding.categories import CategoryCoder, numbered
from extractor.rubric import Item, Option, Rubric
from tests import factory

USERS = Item(
    "users",
    "Who uses it",
    "multi",
    options=tuple(
        Option(name, label)
        for name, label in (
            ("government", "Government"),
            ("ngo", "NGO"),
            ("media", "Media"),
            ("police", "Law enforcement"),
            ("schools", "Schools"),
        )
    ),
)
WORK = Item("work", "Work", "multi", options=(Option("training", "Training"), Option("media_work", "Media work")))
RUBRIC = Rubric("r", "1", "R", "hash", (USERS, WORK))


def labels(text: str) -> list[str]:
    return [category.label for category in numbered(factory.source(text).passages)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1) Government; 2) NGO; 3) Media; and 4) Law enforcement.", ["Government", "NGO", "Media", "Law enforcement"]),
        ("Users: 1) Government, 2) Schools (public ones), 3) Media", ["Government", "Schools", "Media"]),
        ("Types: 1) Training: of officials; 2) Media work: spots", ["Training", "Media work"]),
        ("It took 3) long and 4) far", []),  # does not begin at 1
        ("1) Government; 3) NGO", ["Government"]),  # a number is missing
        ("In 2010 they trained 12 officers.", []),
    ],
)  # fmt: skip
def test_labels_that_are_numbered_from_one(text: str, found: list[str]) -> None:
    assert labels(text) == found


def votes(text: str) -> list[tuple[str, str]]:
    return [(vote.item, vote.option) for vote in CategoryCoder(RUBRIC).vote(factory.source(text))]


def test_categories_that_name_the_options_of_one_item_are_its_answers() -> None:
    found = votes("1) Government; 2) NGO; 3) Media; 4) Law enforcement agencies; 5) Fishermen")
    assert found == [("users", "government"), ("users", "ngo"), ("users", "media"), ("users", "police")]


@pytest.mark.parametrize(
    "text",
    [
        "1) Government; 2) NGO; 3) Media",  # too few to be sure
        "1) The government signed; 2) an NGO closed; 3) all media came; 4) rain fell for days",
        "Government; NGO; Media; Law enforcement; Schools",  # a form may print its options so
    ],
)
def test_other_lists_say_nothing(text: str) -> None:
    assert votes(text) == []


def test_a_vote_stands_where_its_category_does(tmp_path: Path) -> None:
    source = factory.source("1) Government; 2) NGO; 3) Media; 4) Schools")
    vote = CategoryCoder(RUBRIC).vote(source)[0]
    assert "1) Government" in source.document.text(vote.span)
    assert "one of 4 numbered categories" in vote.why
