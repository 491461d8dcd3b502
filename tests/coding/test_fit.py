"""Fitting the combiner on coded projects."""

from __future__ import annotations

import random

import pytest

from extractor.coding.combine import FEATURES, ProjectContext, option_features
from extractor.coding.fit import Row, best_threshold, fit
from extractor.model import Span
from extractor.rubric import Item, Option
from tests.coding import tiny

OPTIONS = tuple(Option(f"o{number}", f"Option {number}") for number in range(6))
ITEM = Item("item", "Item", "multi", options=OPTIONS)
CONTEXT = ProjectContext(0.4, 300)


def row(project: str, option: Option, ticked: bool, score: float = 0.0) -> Row:
    votes = tuple(tiny.vote("item", option.id, score, span=Span(0, n, n + 9)) for n in range(3)) if score else ()
    return Row(project, ITEM, option, votes, CONTEXT, 0.5, ticked)


def coded(projects: int = 8) -> list[Row]:
    """Projects whose ticked options have good cues, and the others poor ones."""
    chance = random.Random(1)  # noqa: S311  # seeded, no secret
    rows = []
    for project in range(projects):
        for option in OPTIONS:
            ticked = chance.random() < 0.4
            rows.append(row(f"p{project}", option, ticked, chance.uniform(0.6, 0.9) if ticked else 0.15))
    return rows


def test_good_cues_speak_for_an_option() -> None:
    combiner = fit(coded(), "made up")
    strong = combiner.confidence(option_features(row("x", OPTIONS[0], True, 0.8).votes, CONTEXT, 0.5))
    weak = combiner.confidence(option_features(row("x", OPTIONS[0], True, 0.15).votes, CONTEXT, 0.5))
    assert weak < combiner.threshold <= strong
    assert combiner.weights["cue_best"] > 0
    assert set(combiner.weights) == set(FEATURES)
    assert combiner.fitted_on == "made up"


def test_fitting_twice_gives_the_same() -> None:
    assert fit(coded()) == fit(coded())


def test_one_project_alone_can_be_fitted() -> None:
    rows = [row("p0", option, index < 2, 0.8 if index < 2 else 0.1) for index, option in enumerate(OPTIONS)]
    confidences = [fit(rows).confidence(option_features(r.votes, r.context, r.field_share)) for r in rows]
    assert min(confidences[:2]) > max(confidences[2:])


def test_a_feature_that_never_changes_does_no_harm() -> None:
    """All rows share context and field: their scales must not divide by nothing."""
    combiner = fit(coded())
    assert all(scale > 0 for scale in combiner.scales.values())
    assert combiner.weights["density"] == pytest.approx(0.0, abs=1e-6)


# ------------------------------------------------------------------ threshold


@pytest.mark.parametrize(
    ("confidences", "ticked", "lowest", "highest"),
    [
        ([0.9, 0.8, 0.2, 0.1], [True, True, False, False], 0.21, 0.80),
        ([0.9, 0.4, 0.3, 0.1], [True, True, True, False], 0.15, 0.30),
        ([0.6, 0.5], [True, False], 0.51, 0.60),
    ],
)
def test_the_threshold_parts_ticks_from_the_rest(
    confidences: list[float], ticked: list[bool], lowest: float, highest: float
) -> None:
    assert lowest <= best_threshold(confidences, ticked) <= highest


def test_without_ticks_any_threshold_will_do() -> None:
    assert 0.15 <= best_threshold([0.1, 0.2], [False, False]) <= 0.7
