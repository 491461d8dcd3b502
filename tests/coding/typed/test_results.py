"""Results frameworks and achievements: tables, labels, lists, sentences."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.coding.typed.numbered import cell_figure, find_figures, read_label, to_number
from extractor.coding.typed.results import extract
from extractor.coding.typed.results_columns import part_of
from extractor.coding.typed.results_rows import percent_note
from extractor.model import Vote
from tests.factory import source


def votes(text: str, item: str, file: str = "final_report.pdf") -> list[Vote]:
    return [vote for vote in extract(source(text, file=file)) if vote.item == item]


def rows(text: str, item: str = "results_framework", file: str = "final_report.pdf") -> list[dict[str, Any]]:
    return [vote.value for vote in votes(text, item, file)]


LOGFRAME = (
    "! Proposal\n"
    "# Logical framework\n"
    "Result\tIndicator\tBaseline\tTarget\n"
    "Outcome 1: Nurses know the protocol\tShare who pass the test\t20%\t80%\n"
    "Output 1.1: Nurses trained\tNurses\t0\t1,200\n"
    "\tMidwives\t0\tnot stated\n"
)


def test_a_logframe_gives_level_number_indicator_and_figures() -> None:
    outcome, output, _ = sorted(rows(LOGFRAME), key=lambda row: (row["no"], row["indicator"] != "Nurses"))
    assert (outcome["level"], outcome["no"], outcome["statement"]) == ("outcome", "1", "Nurses know the protocol")
    assert (outcome["baseline"], outcome["target"], outcome["unit"]) == (20, 80, "per cent")
    assert (output["level"], output["no"], output["indicator"], output["target"]) == ("output", "1.1", "Nurses", 1200)


def test_a_merged_statement_stands_for_the_indicators_below_it() -> None:
    midwives = next(row for row in rows(LOGFRAME) if row["indicator"] == "Midwives")
    assert midwives["statement"] == "Nurses trained"
    assert midwives["target"] is None
    assert midwives["baseline"] == 0


def test_a_row_with_an_achieved_figure_is_in_both_lists() -> None:
    text = (
        "# Results\nOutput\tTarget\tAchieved\tPer cent\n1.1 Wells dug\t40\t36\t90\n"
        "1.2 Pumps repaired\t10\t0 (cancelled)\t0\n"
    )
    assert [row["achieved"] for row in rows(text, "results_achieved")] == [36, 0]
    assert [row["target"] for row in rows(text)] == [40, 10]


def test_a_percentage_that_contradicts_the_figures_is_noted() -> None:
    text = "# Results\nOutput\tTarget\tAchieved\tPer cent\n1.1 Wells dug\t40\t36\t75\n"
    assert "36 of 40 is 90 per cent" in rows(text)[0]["note"]
    assert percent_note(40, 36, 90) == ""
    assert percent_note(None, 36, 90) == ""


def test_a_table_goes_on_over_a_page() -> None:
    text = "Output\tTarget\tAchieved\n1.1 Wells dug\t40\t36\n~ 1\f1.2 Pumps repaired\t10\t12\n"
    assert {row["statement"] for row in rows(text)} == {"Wells dug", "Pumps repaired"}


def test_a_table_of_money_or_questions_is_no_results_table() -> None:
    assert rows("Budget line\tBudget\tSpent\nStaff of the office\t100\t90\n") == []
    assert (
        rows("Evaluation question\tIndicator\tData source\nIs the project relevant?\tFit with the plan\tFiles\n") == []
    )


def test_the_evidence_of_a_row_is_its_place() -> None:
    read = source(LOGFRAME, file="proposal.pdf")
    quotes = [read.document.text(vote.span) for vote in extract(read)]
    assert any(quote.startswith("Output 1.1: Nurses trained") for quote in quotes)


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("Expected results", "statement"),
        ("Intervention logic", "statement"),
        ("Objectively verifiable indicators", "indicator"),
        ("Target 2014", "target"),
        ("Cible", "target"),
        ("Línea de base", "baseline"),
        ("Actual", "achieved"),
        ("Results to date", "achieved"),
        ("Budget (EUR)", "other"),
        ("Sources of verification", "other"),
        ("Colour", ""),
    ],
)
def test_column_heads_are_told_apart(head: str, part: str) -> None:
    assert part_of(head) == part


@pytest.mark.parametrize(
    ("text", "level", "no", "statement"),
    [
        ("Output 2.1: Clinics equipped with fridges", "output", "2.1", "Clinics equipped with fridges"),
        ("Immediate Outcome #3: Nurses apply the protocol", "outcome", "Immediate 3", "Nurses apply the protocol"),
        (
            "Specific objective: to vaccinate all children under five",
            "objective",
            "",
            "to vaccinate all children under five",
        ),
        ("Résultat attendu 1 : Les centres sont équipés", "outcome", "1", "Les centres sont équipés"),
    ],
)
def test_labelled_statements(text: str, level: str, no: str, statement: str) -> None:
    (row,) = rows(f"# Results\n{text}.\n", file="proposal.pdf")
    assert (row["level"], row["no"], row["statement"]) == (level, no, statement)


@pytest.mark.parametrize("text", ["Outcome 1 was achieved in the second year.", "Output was high in both years."])
def test_a_mention_of_a_result_is_no_statement(text: str) -> None:
    assert rows(f"# Results\n{text}\n") == []


def test_items_of_a_list_of_expected_outputs() -> None:
    text = (
        "! Project proposal\n# Design\nThe expected outputs are:\n"
        "- Four training modules on hygiene\n- 300 nurses trained in two courses\n"
        "- A network of clinics in six districts\n"
    )
    found = rows(text, file="proposal.pdf")
    assert [row["target"] for row in found] == [4, 300, None]
    assert {row["level"] for row in found} == {"output"}


def test_what_an_evaluation_is_to_deliver_is_no_result() -> None:
    text = (
        "# Terms of reference\nThe expected outputs are:\n- An inception report of ten pages\n"
        "- A final report of forty pages\n"
    )
    assert rows(text) == []


@pytest.mark.parametrize(
    ("sentence", "target", "achieved", "statement"),
    [
        ("The project trained 1,215 nurses, against 900 planned.", 900, 1215, "nurses trained"),
        ("In all 1,215 nurses were trained, exceeding the target of 900.", 900, 1215, "nurses trained"),
        ("It trained 1,215 nurses of the region (target 900).", 900, 1215, "nurses of the region trained"),
        ("Two hundred and eighty-four nurses (target 300) were trained.", 300, 284, "nurses"),
        ("Of 30 visits that were due, 17 took place.", 30, 17, "visits"),
    ],
)
def test_figures_with_their_target_in_a_sentence(sentence: str, target: int, achieved: int, statement: str) -> None:
    (row,) = rows(f"# Results\n{sentence}\n", "results_achieved")
    assert (row["target"], row["achieved"], row["statement"]) == (target, achieved, statement)


def test_a_baseline_and_what_it_came_to() -> None:
    (row,) = rows("# Results\nThe share of trained nurses rose from 22 to 57 per cent.\n", "results_achieved")
    assert (row["baseline"], row["achieved"], row["unit"], row["target"]) == (22, 57, "per cent", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "The team interviewed 46 persons in five towns.",
        "In 2014 schools were built by others.",
        "The plan should train 300 nurses.",
        "About 40 per cent were trained.",
    ],
)
def test_what_counts_no_result(sentence: str) -> None:
    assert rows(f"# Results\n{sentence}\n", "results_achieved") == []


def test_background_figures_are_no_results() -> None:
    assert rows("# Background\nThe ministry trained 300 nurses.\n", "results_achieved") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,215", 1215), ("24 000", 24000), ("Six hundred and twelve", 612), ("12.5", 12.5), ("1.2 million", 1_200_000)],
)
def test_numbers_as_people_write_them(text: str, value: float) -> None:
    assert to_number(text) == value


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("–", (None, "", "")), ("n/a", (None, "", "")), ("yes", (None, "", "yes")), ("24 of 24", (24, "", "of 24"))],
)
def test_cells(cell: str, expected: tuple[float | None, str, str]) -> None:
    assert cell_figure(cell) == expected


def test_years_are_no_figures() -> None:
    assert [figure.value for figure in find_figures("In 2014 it reached 2,014 people.")] == [2014]
    assert list(find_figures("From May 2014 on.")) == []


@given(st.text(alphabet="Output 12.:–- abcéÉ\n", max_size=60))
def test_labels_lie_inside_the_text(text: str) -> None:
    label = read_label(text)
    assert label is None or 0 < label.start <= len(text)


@given(
    st.lists(
        st.sampled_from(["120", "nurses", "were", "trained", "target", "of", "(", "300", ".", "Output 1:"]), max_size=25
    )
)
def test_every_vote_has_a_place_in_the_text(words: list[str]) -> None:
    read = source("# Results\n" + " ".join(words) + "\n", file="final_report.pdf")
    for vote in extract(read):
        page = read.document.pages[vote.span.page]
        assert 0 <= vote.span.start < vote.span.end <= len(page.text)
        assert 0.0 <= vote.score <= 1.0
