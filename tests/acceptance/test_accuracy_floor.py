"""How well the machine's forms of the samples agree with their manual reviews: floors, well below what is measured.

The documents are few and made for trying things out: this notices that something broke, not that something improved.
"""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from benchmarks import accuracy
from tests.acceptance.conftest import HELPERS, SAMPLES, Samples

F1_FLOOR = 0.6
KEYWORD_LEAD = 0.2
"""By how much the machine must be better than a coder that looks for the words of the labels."""
FIELDS_FLOOR = 0.85
ROWS_FLOOR = 0.7
RECOMMENDATIONS_FLOOR = 0.7
SAME_PASSAGE_FLOOR = 0.2


@pytest.fixture(scope="module")
def measured(samples: Samples) -> dict[str, Any]:
    options = argparse.Namespace(rubric="counter_trafficking", jobs=1)
    with pytest.MonkeyPatch.context() as patch:  # else a scan that was left unread would be read now
        patch.setenv("DESKREVIEW_WITHOUT", HELPERS)
        rubric, coded = accuracy.load(SAMPLES / "archive", SAMPLES / "reviews", samples.workspace, options)
    return accuracy.measure(rubric, coded, {}, frozenset())


def test_option_boxes(measured: dict[str, Any]) -> None:
    both, keywords = measured["boxes"]["both"], measured["boxes"]["keywords"]
    assert both["f1"] >= F1_FLOOR
    assert both["f1"] >= keywords["f1"] + KEYWORD_LEAD


def test_fields(measured: dict[str, Any]) -> None:
    fields = measured["typed"]["main"]["fields"]["all"]
    assert fields["n"] >= 10
    assert fields["right"] / fields["n"] >= FIELDS_FLOOR, measured["typed"]["main"]["fields"]


def test_same_passage(measured: dict[str, Any]) -> None:
    assert measured["typed"]["main"]["same_passage"]["share"] >= SAME_PASSAGE_FLOOR


def test_results_and_recommendations(measured: dict[str, Any]) -> None:
    assert measured["typed"]["main"]["results"]["recall"] >= ROWS_FLOOR
    assert measured["typed"]["main"]["recommendations"]["recall"] >= RECOMMENDATIONS_FLOOR
