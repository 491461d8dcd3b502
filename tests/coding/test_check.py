"""Which answers a person must look at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.coding.check import MARK, MIN_MEASURED, Cuts, cuts, is_marked, kind_of, levels, marked
from extractor.coding.combine import read_combiner
from extractor.model import Answer
from extractor.rubric import Item, Option

BOXES = Item("type", "Type", "multi", options=(Option("a", "A"), Option("b", "B")))
MONEY = Item("budget", "Budget", "money")
LIMITS = Cuts(0.9, {"boxes": 0.6, "values": 0.8, "documents": None})


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        (BOXES, "boxes"),
        (Item("scope", "Scope", "single", extractor="places", options=BOXES.options), "documents"),
        (Item("budget", "Budget", "money"), "values"),
        (Item("lessons", "Lessons", "texts"), "lists"),
    ],
)
def test_kinds(item: Item, kind: str) -> None:
    assert kind_of(item) == kind


def test_levels_count_from_the_top() -> None:
    found = levels([(0.5, False), (0.9, True), (0.7, True), (0.7, False)])
    assert found == [(0.9, 1, 1.0), (0.7, 3, 0.667), (0.5, 4, 0.5)]


def test_the_cut_is_the_lowest_confidence_that_was_right_often_enough() -> None:
    table = [(0.9, 5, 1.0), (0.8, MIN_MEASURED, 0.95), (0.7, 30, 0.85), (0.6, 40, 0.9), (0.5, 60, 0.7)]
    assert cuts({"boxes": table}, 0.9).by_kind == {"boxes": 0.6}
    assert cuts({"boxes": table}, 0.96).by_kind == {"boxes": None}  # five answers say nothing


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_a_cut_keeps_its_promise_on_what_it_was_measured_on(answers: list[tuple[float, bool]]) -> None:
    cut = cuts({"boxes": levels(answers)}, 0.8).by_kind["boxes"]
    kept = [right for confidence, right in answers if cut is not None and confidence >= cut]
    assert cut is None or sum(kept) / len(kept) >= 0.8 - 0.001  # the table is rounded


@pytest.mark.parametrize(
    ("item", "answer", "comment"),
    [
        (BOXES, Answer("found", ["a", "b"], 0.9, {"a": 0.9, "b": 0.5}), f"{MARK}: b."),
        (BOXES, Answer("found", ["a"], 0.9, {"a": 0.9, "b": 0.5}), ""),
        (BOXES, Answer("found", ["a", {"other": "x"}], 0.5, {"a": 0.7}), f"{MARK}: the free text."),
        (BOXES, Answer("not_found", None, 0.0, {"a": 0.1}), ""),
        (MONEY, Answer("found", {"amount": 5}, 0.7, comment="Two."), f"{MARK}: the answer. Two."),
        (MONEY, Answer("found", {"amount": 5}, 0.8), ""),
        (Item("lessons", "Lessons", "texts"), Answer("found", ["x"], 0.99), f"{MARK}: the answer."),
        (Item("scope", "S", "single", extractor="places"), Answer("found", "a", 0.99, {"a": 0.99}), f"{MARK}: a."),
    ],
)  # fmt: skip
def test_what_is_marked(item: Item, answer: Answer, comment: str) -> None:
    found = marked(item, answer, LIMITS)
    assert found.comment == comment
    assert is_marked(found) == bool(comment)


def test_the_shipped_numbers_tell_of_boxes_and_values() -> None:
    reliability = read_combiner().reliability
    assert {"boxes", "documents", "values"} <= set(reliability)
    assert all(0 <= share <= 1 and count > 0 for table in reliability.values() for _, count, share in table)
