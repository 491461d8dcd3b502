"""Lists of several documents as one."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.coding.merge import merge_rows, merge_texts
from extractor.coding.similar import overlap
from extractor.model import Span, Vote


def vote(
    value: Any, file: str = "a.pdf", score: float = 0.6, option: str = "", item: str = "results_framework"
) -> Vote:
    return Vote(item, option, "test", score, file, Span(0, 0, 5), "because", value)


def row(statement: str, **parts: Any) -> dict[str, Any]:
    empty = {"level": "output", "no": "", "indicator": "", "baseline": None, "target": None, "achieved": None}
    return {**empty, "unit": "", "note": "", "statement": statement, **parts}


def test_near_duplicates_take_the_surest_text_and_option() -> None:
    one = vote("The clinic should keep one register of patients", score=0.9, option="general")
    two = vote("Clinic should keep one register of its patients in town", "b.pdf", option="prevention")
    merged = merge_texts([two, one])
    assert {(entry.value, entry.option) for entry in merged} == {(one.value, "general")}
    assert [entry.file for entry in merged] == ["b.pdf", "a.pdf"]


@pytest.mark.parametrize(
    ("first", "second"), [("Train judges", "Train more"), ("Keep one register", "Pay nurses in time")]
)
def test_unlike_or_short_texts_stay_apart(first: str, second: str) -> None:
    assert [entry.value for entry in merge_texts([vote(first), vote(second, "b.pdf")])] == [first, second]


TYPES = {"a.pdf": "proposal", "b.pdf": "final_report", "c.pdf": "external_evaluation"}


def test_target_and_achievement_of_two_documents_are_one_row() -> None:
    planned = vote(row("Nurses trained", no="1.1", target=900, baseline=0))
    reached = vote(row("Nurses trained in the region", no="1.1", achieved=1215), "b.pdf")
    merged = merge_rows([planned], [reached], TYPES)
    assert {entry.file for entry in merged} == {"a.pdf", "b.pdf"}
    assert all(entry.value["target"] == 900 and entry.value["achieved"] == 1215 for entry in merged)
    assert all(entry.item == "results_framework" for entry in merged)


def test_the_sister_items_rows_alone_are_not_taken_over() -> None:
    assert merge_rows([], [vote(row("Nurses trained", achieved=5))], TYPES) == []


def test_another_documents_figure_is_noted() -> None:
    reported = vote(row("Nurses trained", no="1.1", achieved=1215), "b.pdf")
    verified = vote(row("Nurses trained", no="1.1", achieved=1140), "c.pdf", score=0.9)
    (first, _) = merge_rows([reported, verified], [], TYPES)
    assert first.value["achieved"] == 1215
    assert first.value["note"] == "achieved elsewhere: 1140"


def test_rows_of_one_document_with_other_figures_are_other_results() -> None:
    votes = [vote(row("Nurses trained", target=10)), vote(row("Nurses trained", target=20))]
    assert [entry.value["target"] for entry in merge_rows(votes, [], TYPES)] == [10, 20]


def test_other_numbers_are_other_results() -> None:
    votes = [vote(row("Nurses trained", no="1.1")), vote(row("Nurses trained", no="2.1"), "b.pdf")]
    assert len({entry.value["no"] for entry in merge_rows(votes, [], TYPES)}) == 2


def test_overlap_is_of_the_shorter_text() -> None:
    assert overlap("nurses trained", "the nurses were trained in two towns") == 1.0
    assert overlap("", "nurses") == 0.0
