"""Figures of predicted labels: equal to scikit-learn's, defined where they can be, the same each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score

from extractor.coding.label_figures import Labelled, Prediction, evaluate, group_numbers, truth

NAMES = ("a", "b", "c")


def rows(*labels: str) -> list[Labelled]:
    return [Labelled(f"text {index}", frozenset(label)) for index, label in enumerate(labels)]


def said(*labels: str) -> list[Prediction]:
    return [Prediction(tuple(label), 0.9) for label in labels]


def test_a_worked_example_of_one_label_each() -> None:
    figures = evaluate(rows("a", "a", "a", "b", "b", "c"), said("a", "a", "b", "b", "b", "a"))
    assert (figures["n"], figures["labels"], figures["groups"]) == (6, 3, 6)
    assert figures["accuracy"] == round(4 / 6, 4)
    assert figures["micro_f1"] == round(4 / 6, 4)
    assert figures["macro_f1"] == round((4 / 6 + 4 / 5 + 0) / 3, 4)
    chance = (3 * 3 + 2 * 3 + 1 * 0) / 36
    assert figures["kappa"] == round((4 / 6 - chance) / (1 - chance), 4)
    assert figures["by_label"]["b"] == {"n": 2, "predicted": 3, "precision": 0.6667, "recall": 1.0, "f1": 0.8}
    assert figures["by_label"]["c"]["precision"] is None


def test_several_labels_count_by_box_and_accuracy_by_passage() -> None:
    figures = evaluate(rows("ab", "b", "", "c"), said("a", "b", "", "ac"))
    assert figures["accuracy"] == 0.5
    assert figures["micro_f1"] == round(2 * 3 / (4 + 4), 4)
    expected, predicted = (truth(part, NAMES).ravel() for part in (rows("ab", "b", "", "c"), rows("a", "b", "", "ac")))
    assert figures["kappa"] == pytest.approx(cohen_kappa_score(expected, predicted), abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), min_size=4, max_size=30))
def test_they_equal_those_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    expected, predicted = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    figures = evaluate(rows(*expected), said(*predicted))
    assert figures["accuracy"] == pytest.approx(accuracy_score(expected, predicted), abs=1e-4)
    assert figures["macro_f1"] == pytest.approx(f1_score(expected, predicted, average="macro"), abs=1e-4)
    assert figures["micro_f1"] == pytest.approx(f1_score(expected, predicted, average="micro"), abs=1e-4)
    if len({*expected, *predicted}) > 1:
        assert figures["kappa"] == pytest.approx(cohen_kappa_score(expected, predicted), abs=1e-4)


def test_kappa_without_variation_is_not_defined() -> None:
    figures = evaluate(rows("a", "a"), said("a", "a"))
    assert (figures["kappa"], figures["kappa_interval"], figures["accuracy"]) == (None, None, 1.0)


def test_intervals_hold_the_value_and_repeat() -> None:
    given_labels, predicted = rows(*"abc" * 20), said(*("abc" * 15 + "aaa" * 5))
    first, second = (evaluate(given_labels, predicted, seed=seed) for seed in (1, 1))
    low, high = first["accuracy_interval"]
    assert low < first["accuracy"] < high
    assert first == second
    assert evaluate(given_labels, predicted, seed=2)["accuracy_interval"] != first["accuracy_interval"]


def test_groups_are_drawn_whole() -> None:
    grouped = [Labelled(f"t{i}", frozenset("a" if i < 20 else "b"), f"g{i // 20}") for i in range(40)]
    figures = evaluate(grouped, said(*"a" * 40))
    assert figures["groups"] == 2
    assert figures["accuracy_interval"] == [0.0, 1.0]  # both groups may be of one kind


def test_twins_are_one_group() -> None:
    twins = [Labelled("The  same words", frozenset("a")), Labelled("the same Words", frozenset("b"))]
    assert group_numbers([*twins, Labelled("others", frozenset("a"))]).tolist() == [0, 0, 1]
    assert np.unique(group_numbers([Labelled("x", frozenset("a"), g) for g in "pqp"])).tolist() == [0, 1]
