"""The combiner: votes on an option -> one confidence."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.coding.coders import CLASSIFIER, RULES
from extractor.coding.combine import (
    FEATURES,
    ProjectContext,
    field_shares,
    option_features,
    passage_scores,
    read_combiner,
)
from extractor.model import Span, Vote
from tests.coding import tiny

SHIPPED = read_combiner()
CONTEXT = ProjectContext(0.3, 200)

scores = st.floats(0.0, 1.0, allow_nan=False)
spans = st.builds(Span, st.integers(0, 3), st.integers(0, 50), st.integers(51, 99))
votes = st.lists(
    st.builds(
        lambda score, coder, span, cues: tiny.vote("a", "b", score, coder=coder, span=span, cues=cues),
        scores,
        st.sampled_from([RULES, CLASSIFIER]),
        spans,
        st.integers(0, 3),
    ),
    max_size=30,
)
contexts = st.builds(ProjectContext, scores, st.integers(0, 100_000))


@given(votes, contexts, scores)
def test_a_confidence_is_a_probability(votes: list[Vote], context: ProjectContext, share: float) -> None:
    features = option_features(votes, context, share)
    assert set(features) == set(FEATURES)
    assert all(math.isfinite(value) for value in features.values())
    assert 0.0 <= SHIPPED.confidence(features) <= 1.0


@given(votes)
def test_the_order_of_votes_does_not_count(votes: list[Vote]) -> None:
    features = option_features(votes, CONTEXT, 0.5)
    assert option_features(votes[::-1], CONTEXT, 0.5) == pytest.approx(features)


@given(scores, scores)
def test_a_better_cue_never_lowers_the_shipped_confidence(first: float, second: float) -> None:
    """All else equal: the weights of the best and best three cues must not work against them."""
    low, high = sorted((first, second))
    confidences = []
    for score in (low, high):
        features = option_features([tiny.vote("a", "b", score)], CONTEXT, 0.5)
        features["cue_clear_share"] = 0.0  # steps at the score of a clear cue
        confidences.append(SHIPPED.confidence(features))
    assert confidences[0] <= confidences[1] + 1e-12


def test_strong_votes_are_ticked_and_none_are_not() -> None:
    nothing = SHIPPED.confidence(option_features([], CONTEXT, 0.5))
    places = [Span(0, start, start + 9) for start in range(0, 60, 10)]
    strong = [tiny.vote("a", "b", 0.85, span=span) for span in places]
    strong += [tiny.vote("a", "b", 0.9, span=span, coder=CLASSIFIER) for span in places]
    backed = SHIPPED.confidence(option_features(strong, CONTEXT, 0.5))
    assert nothing < SHIPPED.threshold < backed


def test_features_of_no_votes_are_those_of_silence() -> None:
    features = option_features([], ProjectContext(0.0, 0), 0.0)
    assert features["cue_best"] == features["cue_count"] == features["both_best"] == features["passages"] == 0.0
    assert features["density"] == features["field"] == features["density_gap"] == 0.0


def test_features_count_cues_hints_and_agreement() -> None:
    here, there = Span(0, 0, 9), Span(0, 10, 19)
    votes = [
        tiny.vote("a", "b", 0.7, span=here),
        tiny.vote("a", "b", 0.2, span=there, cues=0),
        tiny.vote("a", "b", 0.6, span=here, coder=CLASSIFIER),
    ]
    features = option_features(votes, CONTEXT, 0.5)
    assert features["cue_best"] == 0.7
    assert features["cue_three"] == pytest.approx(0.7 / 3)
    assert features["cue_count"] == features["hint_count"] == features["model_count"] == pytest.approx(math.log(2))
    assert features["both_best"] == 0.6
    assert features["cue_clear_share"] == 1.0


def test_how_far_text_and_option_are_of_the_field() -> None:
    outside = option_features([], ProjectContext(0.0, 100), 0.8)
    inside = option_features([], ProjectContext(0.9, 100), 0.8)
    assert (outside["density"], outside["field"], outside["density_gap"]) == (0.0, 0.0, 0.8)
    assert (inside["density"], inside["field"], inside["density_gap"]) == (1.0, 0.8, 0.0)
    assert outside["field_share"] == inside["field_share"] == 0.8


def test_a_text_of_the_field_speaks_for_options_of_the_field() -> None:
    confidences = [
        SHIPPED.confidence(option_features([], ProjectContext(density, 100), 1.0)) for density in (0.0, 0.1, 0.9)
    ]
    assert confidences == sorted(confidences)
    assert confidences[0] < confidences[2]


# ------------------------------------------------------------------ the shipped numbers


def test_the_shipped_combiner_weighs_every_feature() -> None:
    assert set(SHIPPED.weights) == set(SHIPPED.means) == set(SHIPPED.scales) == set(FEATURES)
    assert all(scale > 0 for scale in SHIPPED.scales.values())
    assert 0.15 <= SHIPPED.threshold <= 0.7
    assert SHIPPED.fitted_on


def test_a_combiner_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "combiner.json"
    path.write_text(json.dumps(SHIPPED.__dict__), encoding="utf-8")
    assert read_combiner(path) == SHIPPED


# ------------------------------------------------------------------ passages and fields


def test_cue_and_model_on_one_passage_add_up() -> None:
    here, there = Span(0, 0, 9), Span(1, 0, 9)
    found = passage_scores(
        [
            tiny.vote("a", "b", 0.5, span=here),
            tiny.vote("a", "b", 0.3, span=here),
            tiny.vote("a", "b", 0.5, span=here, coder=CLASSIFIER),
            tiny.vote("a", "b", 0.5, span=there),
        ]
    )
    assert found[("a.txt", 0, 0, 9)] == pytest.approx(1 - 0.6 * 0.6)
    assert found[("a.txt", 1, 0, 9)] == pytest.approx(0.4)


def test_a_field_share_is_that_of_cues_and_examples_with_words_of_the_field(tmp_path: Path) -> None:
    shares = field_shares(tiny.rubric(tmp_path))
    assert shares["project_type.shelter"] == 1.0
    assert shares["project_type.advice"] == 0.0
    assert 0.0 < shares["project_type.training"] < 0.3
    assert set(shares) == {
        f"{item.id}.{option.id}" for item in tiny.rubric(tmp_path).coded_items for option in item.options
    }
