"""Trends in trafficking and migration that a project found."""

from __future__ import annotations

import pytest

from extractor.coding.typed.trends import extract
from tests.factory import source

GIVEN = 0.4


def trends(text: str) -> list[str]:
    return [vote.value for vote in extract(source(text)) if vote.score >= GIVEN]


@pytest.mark.parametrize(
    "sentence",
    [
        "The survey found that one in five returned migrants had had the passport withheld.",
        "According to the hotline, 223 victims were identified in 2006 and fewer in 2007.",
        "Respondents noted a growing number of boys trafficked onto boats for fishing.",
    ],
)
def test_what_a_project_found_of_trends(sentence: str) -> None:
    assert trends(f"# Findings\n{sentence}\n") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The project trained 40 officers in the identification of victims.",
        "Awareness of trafficking should increase in all districts.",
        "The share of nurses rose from 20 to 40 per cent in the survey.",
    ],
)
def test_what_is_no_trend(sentence: str) -> None:
    assert trends(f"# Findings\n{sentence}\n") == []


def test_terms_of_reference_have_no_trends() -> None:
    assert trends("# Terms of reference\nThe survey found that most victims of trafficking are women.\n") == []
