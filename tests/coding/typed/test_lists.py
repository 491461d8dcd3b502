"""Lessons, good practices, and what did not come about."""

from __future__ import annotations

import pytest

from extractor.coding.typed.lists import extract
from tests.factory import source

GIVEN = 0.4


def entries(text: str, item: str, file: str = "final_report.pdf") -> list[str]:
    found = extract(source(text, file=file))
    return [vote.value for vote in found if vote.item == item and vote.score >= GIVEN]


def test_items_under_a_heading_of_lessons() -> None:
    text = "# Lessons learnt\n- Nurses listen to nurses more than to posters\n- One register is better than three\n"
    assert entries(text, "lessons_learnt") == [
        "Nurses listen to nurses more than to posters",
        "One register is better than three",
    ]


def test_a_good_practice_among_lessons_is_no_lesson() -> None:
    text = (
        "# Lessons and good practices\n- Count patients once a month only\n"
        "- Good practice: visits by the same nurse every week\n"
    )
    assert entries(text, "lessons_learnt") == ["Count patients once a month only"]
    assert entries(text, "good_practices") == ["visits by the same nurse every week"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The course for midwives was cancelled after the flood.",
        "The second survey could not be carried out for want of time.",
        "The workshop in the north did not take place.",
        "L’atelier régional a été annulé en raison de la grève.",
    ],
)
def test_what_did_not_come_about(sentence: str) -> None:
    assert entries(f"# Implementation\n{sentence}\n", "activities_not_achieved") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The course for midwives was held twice.",
        "If the law is not changed, courses will not be held.",
        "Interviews could not be carried out in the north.",
        "Were there activities that were not carried out? ☒ Yes ☐ No",
    ],
)
def test_what_did(sentence: str) -> None:
    assert entries(f"# Implementation\n{sentence}\n", "activities_not_achieved") == []


def test_a_short_sentence_keeps_what_it_is_about() -> None:
    text = "# Results\nOutput 1.3, distance learning. Not achieved.\n"
    assert entries(text, "activities_not_achieved") == ["Output 1.3, distance learning. Not achieved."]


def test_a_sentence_that_draws_a_lesson() -> None:
    text = "# Discussion\nWe have learned that nurses need a register of their own.\n"
    assert entries(text, "lessons_learnt") == ["We have learned that nurses need a register of their own."]


def test_plans_to_share_lessons_are_none() -> None:
    text = "# Activities\nThe project will share lessons learned with other clinics.\n"
    assert entries(text, "lessons_learnt") == []


def test_proposals_have_no_lessons() -> None:
    assert (
        entries(
            "! Project proposal\n# Lessons learnt\n- One register is better than three\n",
            "lessons_learnt",
            "proposal.pdf",
        )
        == []
    )


def test_conclusions_stand_under_their_heading_or_say_so() -> None:
    text = (
        "# Conclusions\n- The nurses stayed because they were paid on time\n\n# Findings\n"
        "The evaluation concludes that both clinics can run on fees alone. The sale was concluded in May.\n"
    )
    assert entries(text, "conclusions") == [
        "The nurses stayed because they were paid on time",
        "The evaluation concludes that both clinics can run on fees alone.",
    ]


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("Leçons apprises", "lessons_learnt"),
        ("Retours d’expérience", "lessons_learnt"),
        ("Lecciones aprendidas", "lessons_learnt"),
        ("Aprendizajes", "lessons_learnt"),
        ("Pratiques prometteuses", "good_practices"),
        ("Buenas prácticas", "good_practices"),
        ("Activités non exécutées", "activities_not_achieved"),
    ],
)
def test_french_and_spanish_headings(heading: str, item: str) -> None:
    entry = "Un seul registre pour tous les services du centre"
    assert entries(f"# {heading}\n- {entry}\n", item) == [entry]
