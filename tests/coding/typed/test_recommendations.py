"""Recommendations: labelled, in chapters, tables and sentences; once each; not those of others."""

from __future__ import annotations

import pytest

from extractor.coding.typed.recommendations import extract
from extractor.model import Vote
from tests.factory import source

GIVEN = 0.4
"""The score from which a list entry is given."""


def given_votes(text: str, file: str = "evaluation_report.pdf") -> list[Vote]:
    return [vote for vote in extract(source(text, file=file)) if vote.score >= GIVEN]


def texts(text: str, file: str = "evaluation_report.pdf") -> list[str]:
    return [vote.value for vote in given_votes(text, file)]


@pytest.mark.parametrize(
    "label",
    [
        "Recommendation 1:",
        "Recommendation 1 (to the donor).",
        "RECOMMENDATION 1.",
        "Recommandation n° 1 :",
        "Recomendación 1:",
    ],
)
def test_labelled_recommendations(label: str) -> None:
    assert texts(f"# Conclusions\n{label} The clinic should keep one register.\n") == [
        "The clinic should keep one register."
    ]


def test_a_label_alone_takes_the_line_below() -> None:
    text = "# Recommendation 4\nThe clinic should keep one register of its patients.\n"
    assert texts(text) == ["The clinic should keep one register of its patients."]


def test_several_labels_in_one_paragraph() -> None:
    text = (
        "# Recommendations\n"
        "Recommendation 1 (to all). Keep one register of patients. (Finding 2)\n"
        "Recommendation 2 (to all). Count visits by month and by clinic. (Finding 3)\n"
    )
    read = source(text)
    found = extract(read)
    assert [vote.value for vote in found] == [
        "Keep one register of patients. (Finding 2)",
        "Count visits by month and by clinic. (Finding 3)",
    ]
    assert read.document.text(found[1].span).startswith("Recommendation 2")


def test_items_and_telling_paragraphs_of_the_chapter() -> None:
    text = (
        "# Recommendations\nThe following recommendations are made:\n"
        "- Keep one register of all patients\n- Count visits by month and clinic\n\n"
        "The ministry should pay the nurses in time.\n\nThe chapter closes the report on the clinics.\n"
    )
    assert texts(text) == [
        "Keep one register of all patients",
        "Count visits by month and clinic",
        "The ministry should pay the nurses in time.",
    ]


def test_explanations_beside_labelled_recommendations_are_left_out() -> None:
    text = (
        "# Recommendations\nRecommendation 1: The clinic should keep one register.\n\n"
        "Recommendation 2: The ministry should pay the nurses in time.\n\n"
        "Delays should be seen against the budget of the ministry, which was late twice.\n"
    )
    assert len(texts(text)) == 2


def test_the_summary_repeats_nothing() -> None:
    chapter = (
        "# Recommendations\n- The clinic should keep one register of patients\n"
        "- The ministry should pay nurses in time\n"
    )
    summary = "# Executive summary\nKey recommendations:\n- The clinic should keep one register of patients\n"
    assert len(texts(summary + chapter)) == 2


def test_a_table_of_recommendations() -> None:
    text = "# Management response\nRecommendation\tResponse\nKeep one register of all patients\tAccepted\n"
    assert texts(text) == ["Keep one register of all patients"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is recommended that the clinic keeps one register.",
        "The evaluators recommend that visits are counted by month.",
        "Nous recommandons de recruter une infirmière de plus.",
    ],
)
def test_sentences_that_recommend(sentence: str) -> None:
    assert texts(f"# Findings\n{sentence}\n") == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "# Terms of reference\nRecommendations should be clear and addressed to the ministry.\n",
        "# Terms of reference\nRecommendation 1: should be addressed to somebody by name.\n",
        "# Findings\nThe review of 2009 had recommended that the clinic keeps a register.\n",
        "# Annex: questionnaire\nRecommendations:\n- What would you recommend to the clinic?\n",
    ],
)
def test_what_is_not_recommended_here(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Shelters should keep one register.", "direct_assistance"),
        ("Awareness campaigns should reach parents.", "prevention"),
        ("Police and prosecutors should be trained together.", "technical_cooperation"),
        ("The office should answer letters sooner.", "general"),
    ],
)
def test_the_kind_of_project_it_is_about(text: str, kind: str) -> None:
    (vote,) = given_votes(f"# Recommendations\n- {text}\n")
    assert vote.option == kind


def test_a_long_discussion_is_cut_after_a_sentence() -> None:
    long = "The clinic should keep one register. " + "Registers differ from ward to ward and from year to year. " * 40
    (text,) = texts(f"# Recommendations\nRecommendation 1: {long}\n")
    assert len(text) <= 900
    assert text.endswith(".")
