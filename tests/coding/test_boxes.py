"""Ticked boxes are answers, and what is not ticked is not said."""

from __future__ import annotations

import pytest

from extractor.coding.boxes import BoxCoder, said
from extractor.rubric import Item, Option, Rubric
from tests.factory import source

ORGANISATIONS = ("government: Government", "igo: Intergovernmental organisation", "ngo: NGO", "elders: Elders")
USERS = ("government: Government", "ngo: NGO", "students: Students", "media: Media", "migrants: Migrants")


def _option(text: str) -> Option:
    name, _, label = text.partition(": ")
    return Option(name, label)


RUBRIC = Rubric(
    "small",
    "1",
    "Small",
    "",
    tuple(
        Item(name, name, "multi", options=tuple(_option(text) for text in options))
        for name, options in {
            "kept_by": ORGANISATIONS,
            "used_by": USERS,
            "challenges": (
                "funds: Lack of funding",
                "data: Difficulty accessing existing data",
                "coup: Political change",
            ),
            "kind": ("study: The situation was assessed or researched", "law: A policy framework was developed"),
        }.items()
    )
    + (Item("result_maintained", "Maintained?", "yes_no"),),
)

CASES = [
    ("Who uses it? ☒ Government ☐ NGOs ☒ Students ☐ Media ☐ Migrants", {"used_by.government", "used_by.students"}),
    ("By whom? ☐ Government ☐ Intergovernmental ☑ NGO ☐ Elders", {"kept_by.ngo"}),
    ("Kind: ☐ Policy framework ☒ Assessment or research", {"kind.study"}),
    ("- Lack of funding ☐\n- Difficult access to existing data ☒\n- Political changes ☐", {"challenges.data"}),
    ("- ☐ Government ☐ NGO\n- ☐ Students ☒ Media", {"used_by.media"}),
    ("Colour: ☒ Red ☐ Green ☐ Blue", set()),
    ("Government ☐ and NGO ☐ and Elders ☐", set()),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_ticked_labels_answer_the_item_whose_options_they_are(text: str, expected: set[str]) -> None:
    votes, _ = BoxCoder(RUBRIC).read(source(text))
    assert {f"{vote.item}.{vote.option}" for vote in votes} == expected


def test_coders_of_sentences_read_only_what_is_left() -> None:
    text = "Who uses it? ☒ Government ☐ NGOs ☐ Students\n\nColour: ☒ Red ☐ Green\n\nThe road was built."
    _, left = BoxCoder(RUBRIC).read(source(text))
    assert [passage.text.split() for passage in left.passages] == [
        ["Colour:", "Red"],
        ["The", "road", "was", "built."],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lack of funding ☐", ""),
        ("Lack of funding ☒", "Lack of funding "),
        ("☐ Leaflets ☒ Radio", " Radio"),
        ("No box here.", "No box here."),
    ],
)
def test_what_is_not_ticked_is_not_said(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("sign", ["□", "✓"])
def test_signs_of_lists_are_no_boxes(sign: str) -> None:
    text = f"{sign} Government\n\n{sign} NGO\n\n{sign} Elders"
    votes, left = BoxCoder(RUBRIC).read(source(text))
    assert votes == []
    assert left == source(text)


def test_each_result_of_a_questionnaire_was_maintained_or_not() -> None:
    text = (
        "Outcome or output\tA handbook\nMaintained after the end?\t☒ Yes ☐ No\n"
        "Outcome or output\tA course\nMaintained after the end?\t☐ Yes ☒ No\n"
    )
    votes, _ = BoxCoder(RUBRIC).read(source(text))
    assert [vote.value for vote in votes] == [
        [{"result": "A handbook", "value": True}, {"result": "A course", "value": False}]
    ]
