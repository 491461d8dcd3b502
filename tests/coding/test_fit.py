"""Fitting the combiner on coded projects."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.coding.combine import FEATURES, ProjectContext, option_features
from extractor.coding.fit import PRIOR_STRENGTH, Row, best_threshold, fit, rates
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
    strong = combiner.confidence(option_features(row("x", OPTIONS[0], True, 0.8).votes, 0.4, CONTEXT, 0.5))
    weak = combiner.confidence(option_features(row("x", OPTIONS[0], True, 0.15).votes, 0.4, CONTEXT, 0.5))
    assert weak < combiner.threshold <= strong
    assert combiner.weights["cue_best"] > 0
    assert set(combiner.weights) == set(FEATURES)
    assert combiner.fitted_on == "made up"


def test_fitting_twice_gives_the_same() -> None:
    assert fit(coded()) == fit(coded())


def test_a_project_does_not_teach_its_own_rate() -> None:
    """An option that one project alone ticks, without any vote, must look rare to that project's row."""
    rows = [row(f"p{n}", option, n == 0, 0.0) for n in range(4) for option in OPTIONS]
    combiner = fit(rows)
    own = rates(rows)["item.o0"]
    others = rates([r for r in rows if r.project != "p0"])["item.o0"]
    assert others < own
    # p0's ticked rows have the lower rate, so that the rate as fitted speaks against a tick
    assert combiner.weights["rate"] < 0


def test_one_project_alone_can_be_fitted() -> None:
    combiner = fit([row("p0", option, index < 2, 0.8 if index < 2 else 0.1) for index, option in enumerate(OPTIONS)])
    assert combiner.rate("item", "o0") > combiner.rate("item", "o5")


# ------------------------------------------------------------------ rates


def test_rates_shrink_to_the_next_wider() -> None:
    rows = [row("p0", OPTIONS[0], True), row("p1", OPTIONS[0], True), row("p0", OPTIONS[1], False)]
    found = rates(rows)
    assert found[""] == pytest.approx(2 / 3, abs=1e-4)
    assert found["item"] == pytest.approx(2 / 3, abs=1e-3)
    assert found["item.o0"] == pytest.approx((2 + PRIOR_STRENGTH * found["item"]) / (2 + PRIOR_STRENGTH), abs=1e-3)
    assert found["item.o1"] == pytest.approx(PRIOR_STRENGTH * found["item"] / (1 + PRIOR_STRENGTH), abs=1e-3)
    assert found["item.o1"] < found["item"] < found["item.o0"]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.booleans()), min_size=1, max_size=40))
def test_rates_are_shares(cases: list[tuple[int, int, bool]]) -> None:
    found = rates([row(f"p{project}", OPTIONS[option], ticked) for project, option, ticked in cases])
    assert all(0.0 <= rate <= 1.0 for rate in found.values())


def test_without_rows_there_is_the_default_rate() -> None:
    assert list(rates([])) == [""]


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
