"""Kinds of tables, lists and sentences that results stand in, and what looks like them but is none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.coding.typed.numbered import find_figures
from extractor.coding.typed.results import extract
from extractor.coding.typed.results_columns import read_columns
from extractor.coding.typed.units import without_bullet
from tests.factory import source

GIVEN = 0.4
Row = tuple[str, float | None, float | None]


def found(text: str, file: str = "final_report.pdf") -> list[dict[str, Any]]:
    """Each row that is given, once, in the order of the document."""
    votes = sorted(extract(source(text, file=file)), key=lambda vote: (vote.span.page, vote.span.start))
    rows = {str(vote.value): vote.value for vote in votes if vote.score >= GIVEN}
    return [*rows.values()]


def figures(text: str, file: str = "final_report.pdf") -> list[Row]:
    return [(row["statement"], row["target"], row["achieved"]) for row in found(text, file)]


# ------------------------------------------------------------------ tables


@pytest.mark.parametrize(
    ("kind", "table", "expected"),
    [
        (
            "a label alone in its row holds for the indicators below it",
            "Indicator\tTarget\tAchieved\nOutput 1.1: Courses held\t\t\nNumber of courses\t12\t14\n"
            "Number of nurses\t300\t280\nOutput 1.2: Wards painted\t\t\nNumber of wards\t8\t8\n",
            [("Courses held", 12, 14), ("Courses held", 300, 280), ("Wards painted", 8, 8)],
        ),
        (
            "a label that nothing stands below is a result by itself",
            "Output\tIndicator\tTarget\nOutcome 1: Nurses know the protocol\t\t\n"
            "Output 1.1: Courses held\tCourses\t12\n",
            [("Nurses know the protocol", None, None), ("Courses held", 12, None)],
        ),
        (
            "a head of two rows, years above; the last year counts",
            "Result\tIndicator\tYear 1\t\tYear 2\t\n\t\tTarget\tActual\tTarget\tActual\n"
            "Output 1 Wells dug\tWells\t10\t9\t40\t36\n",
            [("Wells dug", 40, 36)],
        ),
        (
            "a head of two rows of which the first says nothing",
            "\t\tValues\t\n\t\tPlanned\tReached\nOutput 1: Wells dug\tWells\t40\t36\n",
            [("Wells dug", 40, 36)],
        ),
        (
            "milestones before the target",
            "Output\tIndicator\tBaseline (2015)\tMilestone 1 (2016)\tTarget (2018)\n"
            "Output 1: Wells dug\tNumber of wells\t2\t10\t40\n",
            [("Wells dug", 40, None)],
        ),
        (
            "one cell for both figures",
            "Output\tIndicator\tProgress against target\n"
            "1.1 Wells dug\tWells\t36 of 40\n1.2 Pumps kept\tPumps\t12/10\n",
            [("Wells dug", 40, 36), ("Pumps kept", 10, 12)],
        ),
        (
            "a first column with any head",
            "Type of course\tPlanned\tActual\nCourses for nurses\t12\t14\n",
            [("Courses for nurses", 12, 14)],
        ),
        (
            "a column headed Result beside the target",
            "Indicator\tTarget\tResult\nNumber of wells dug\t40 wells\t36 wells were dug in two districts\n",
            [("Number of wells dug", 40, 36)],
        ),
        (
            "French",
            "Résultats\tIndicateurs\tCible\tValeur atteinte\nProduit 1.1 : Puits creusés\tNombre de puits\t40\t36\n",
            [("Puits creusés", 40, 36)],
        ),
        (
            "Spanish",
            "Resultados\tIndicadores\tMeta\tLogrado\nProducto 1.1: Pozos construidos\tNúmero de pozos\t40\t36\n",
            [("Pozos construidos", 40, 36)],
        ),
        (
            "an outcome and its output in one cell: the indicator is the output's",
            "Results\tIndicator\tTarget\nOutcome 3.1: People drink clean water. Output 3.1.2: Wells kept\tWells\t40\n",
            [("Wells kept", 40, None)],
        ),
    ],
)
def test_kinds_of_tables(kind: str, table: str, expected: list[Row]) -> None:
    assert figures(f"# Results\n{table}") == expected, kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "money by its heading",
            "# Financial performance\nComponent\tPlanned\tActual\nTraining of nurses\t1,200\t900\n",
        ),
        ("money by its cells", "# Results\nOutput\tPlanned\tActual\nOutput 1 Courses held\tUSD 1,200\t$900\n"),
        ("a sample", "# Survey\nDistrict\tTarget sample\tActual sample\nNorth of the country\t120\t110\n"),
        ("interviews", "# Results\nGroup\tPlanned interviews\tActual interviews\nNurses of the clinics\t6\t5\n"),
        ("the study's plan", "# Methodology\nGroup\tPlanned\tActual\nNurses of the clinics\t6\t5\n"),
        ("a population", "# Results\nDistrict\tPopulation\tHouseholds\nNorth of the river\t12,000\t2,400\n"),
        ("questions", "# Results\nEvaluation question\tIndicator\tSource\nDoes it fit the plan\tFit\tFiles\n"),
    ],
)
def test_tables_that_hold_no_results(kind: str, text: str) -> None:
    assert figures(text) == [], kind


def test_a_percentage_that_contradicts_the_figures_is_noted_under_a_head_of_two_rows() -> None:
    text = "# Results\nOutput\tIn figures\t\t\n\tTarget\tAchieved\t% achieved\nOutput 1: Wells dug\t40\t36\t75%\n"
    assert "36 of 40 is 90 per cent" in found(text)[0]["note"]


@pytest.mark.parametrize(
    ("total", "note"),
    [
        ("Total\t50\t48\n", ""),
        ("Total\t50\t47\n", "The document says 47 in all (achieved); the rows add up to 48."),
        ("Total\t-\t96%\n", ""),
        ("Sub-total\t50\t48\n", ""),
    ],
)
def test_a_total_that_contradicts_its_rows_is_noted(total: str, note: str) -> None:
    rows = found(f"# Results\nOutput\tTarget\tAchieved\n1.1 Wells dug\t40\t36\n1.2 Pumps kept\t10\t12\n{total}")
    assert [row["note"] for row in rows] == ["", note]


def test_totals_of_parts_and_of_all_are_told_apart() -> None:
    part = "1.1 Wells dug\t40\n1.2 Pumps kept\t10\nSub-total\t50\n"
    other = "2.1 Nurses trained\t30\n2.2 Courses held\t5\nSub-total\t35\n"
    rows = found(f"# Results\nOutput\tTarget\n{part}{other}Total\t85\n")
    assert {row["note"] for row in rows} == {""}


def test_a_total_over_a_row_without_a_figure_says_nothing() -> None:
    rows = found("# Results\nOutput\tTarget\n1.1 Wells dug\t40\n1.2 Pumps kept\tnone stated\nTotal\t50\n")
    assert {row["note"] for row in rows} == {""}


def test_a_head_of_figures_is_no_head() -> None:
    assert read_columns([["Output", "12", "14"], ["Wells dug", "40", "36"]]) == (None, 0)


# ------------------------------------------------------------------ tables without rules


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            "lines of one paragraph",
            "Indicator Target Achieved\nNumber of wells dug 40 36\nNumber of nurses trained 1,200 1,215\n",
            [("Number of wells dug", 40, 36), ("Number of nurses trained", 1200, 1215)],
        ),
        (
            "lines that are paragraphs, with a baseline and a share",
            "Result Baseline Target Achieved %\n\n1.1 Wells dug 0 40 36 90%\n\n1.2 Pumps kept 2 10 n/a -\n",
            [("Wells dug", 40, 36), ("Pumps kept", 10, None)],
        ),
        (
            "statements over two lines",
            "Indicator Planned Actual\nNumber of wells dug in the\nnorth of the country 40 36\nPumps kept 10 12\n",
            [("Number of wells dug in the north of the country", 40, 36), ("Pumps kept", 10, 12)],
        ),
        (
            "text after the table",
            "Indicator Target Achieved\nWells dug 40 36\nPumps kept 10 12\nThe wells are deep.\nIn 2015 2016\n",
            [("Wells dug", 40, 36), ("Pumps kept", 10, 12)],
        ),
    ],
)
def test_tables_that_are_lines_of_text(kind: str, text: str, expected: list[Row]) -> None:
    assert figures(f"# Results\n{text}") == expected, kind


@pytest.mark.parametrize(
    "text",
    [
        "Budget line Planned Spent\nStaff of the office 1,200 900\nCourses for nurses 40 36\n",
        "The target was achieved in 2015.\nWells in the north 40 36\nWells in the south 12 10\n",
        "Indicator Target Achieved\nNumber of wells dug 40 36\n",
        "Group Target sample Actual sample\nNurses of the north 40 36\nNurses of the south 12 10\n",
    ],
)
def test_lines_that_are_no_table_of_results(text: str) -> None:
    assert figures(f"# Results\n{text}") == []


@given(st.lists(st.sampled_from(["Indicator", "Target", "Achieved", "wells", "40", "36%", "-", "\n", "\n\n", "."])))
def test_rows_of_plain_lines_lie_in_the_text(words: list[str]) -> None:
    read = source("# Results\nIndicator Target Achieved\n" + " ".join(words) + "\n", file="final_report.pdf")
    for vote in extract(read):
        assert 0 <= vote.span.start < vote.span.end <= len(read.document.pages[vote.span.page].text)


# ------------------------------------------------------------------ numbers of results


def test_the_stage_is_part_of_an_outcomes_number() -> None:
    text = (
        "# Results\nImmediate Outcome 1: Nurses gain new skills.\n\n"
        "Intermediate Outcome 1: Nurses use new skills with patients.\n"
    )
    assert [(row["no"], row["statement"]) for row in found(text)] == [
        ("Immediate 1", "Nurses gain new skills"),
        ("Intermediate 1", "Nurses use new skills with patients"),
    ]


NUMBERED = "".join(
    f"Objective {no}: To {what} in all clinics of the district.\n\n"
    for no, what in enumerate(("train nurses", "dig wells", "repair the wards"), 1)
)


@pytest.mark.parametrize(
    "more",
    [
        "The overall objective of the project is to give everybody in the district a place to go.\n",
        "The objectives are:\n- Open the office of the project in town\n- Write the reports of the project\n",
    ],
)
def test_where_results_of_a_level_are_numbered_others_of_that_level_are_not_given(more: str) -> None:
    assert len(found(f"# Design\n{NUMBERED}{more}", "proposal.pdf")) == 3


def test_a_mention_of_a_numbered_result_is_not_given_twice() -> None:
    text = f"# Design\n{NUMBERED}The course (see Objective 2: Safe water) is held each year.\n"
    assert [row["no"] for row in found(text, "proposal.pdf")] == ["1", "2", "3"]


# ------------------------------------------------------------------ lists

MAIN = "# Expected results\n- 300 nurses trained in two courses\n- A network of clinics\n"


def test_milestones_of_an_activity_are_no_results_beside_the_projects_own() -> None:
    text = (
        f"{MAIN}# Organise the courses\n## Expected results\n"
        "- Agreement signed with the school\n- 300 nurses attended the courses\n- 12 course books printed\n"
    )
    assert [row["statement"] for row in found(text, "proposal.pdf")] == [
        "300 nurses trained in two courses",
        "A network of clinics",
        "12 course books printed",
    ]


def test_lists_of_activities_alone_are_the_results() -> None:
    text = "# Organise the courses\n## Expected results\n- Agreement signed with the school\n- A course book\n"
    assert len(found(text, "proposal.pdf")) == 2


def test_a_heading_holds_for_a_list_below_a_neutral_lead_only() -> None:
    items = "- keep the wards of the clinics clean\n- teach the nurses of the clinics\n"
    assert len(found(f"# Goals\nThis proposal asks for support in order to:\n{items}", "proposal.pdf")) == 2
    assert found(f"# Goals\nThe main risks of the work are:\n{items}", "proposal.pdf") == []


def test_items_strung_together_after_their_head() -> None:
    text = "# Logic model\nOutputs -Manuals for nurses -Plans of the clinics -Course books\n"
    rows = found(text)
    assert [row["statement"] for row in rows] == ["Manuals for nurses", "Plans of the clinics", "Course books"]
    assert {row["level"] for row in rows} == {"output"}


# ------------------------------------------------------------------ sentences


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It trained 427 nurses and 4,000 midwives.", [("nurses", 427), ("midwives", 4000)]),
        ("It was glad of the training of 427 nurses by the school.", []),
        ("The fund grew much, supporting 47 clinics across seven districts.", []),
        ("In all 304 jobs were created in the north, and 70 in the south.", [("jobs", 304), ("jobs", 70)]),
        ("We co-organised 24 (7 in 2015) courses for nurses.", [("courses", 24)]),
        ("In 12 districts, the project held 30 courses.", [("courses", 30)]),
        ("Courses were held in each of the 12 districts.", []),
        ("The 2013-14 report was produced in May.", []),
    ],
)
def test_counts(sentence: str, expected: list[tuple[str, int]]) -> None:
    rows = found(f"# Results\n{sentence}\n")
    assert [(row["statement"].split()[0], row["achieved"]) for row in rows] == expected


def test_several_targets_in_a_sentence() -> None:
    text = "# Results\nIt trained 280 nurses (target 300) and 45 midwives (target 40).\n"
    assert [(target, achieved) for _, target, achieved in figures(text)] == [(300, 280), (40, 45)]


def test_a_target_alone() -> None:
    assert figures("# Results\nThe plan set a target of eight clinics.\n") == [("clinics", 8, None)]


def test_several_changes_of_indicators() -> None:
    text = (
        "# Relevance\nThe courts work better.\n"
        "The number of cases closed (indicator 1) rose from 252 in 2020 to 16,999 in 2023; and the number of visits "
        "(indicator 2) rose from 0 in 2020 to 1,254 in 2023.\n"
    )
    assert [(row["baseline"], row["achieved"]) for row in found(text)] == [(252, 16999), (0, 1254)]


@pytest.mark.parametrize(
    ("text", "statement", "target"),
    [
        ("# 2.3 Organise two visits from the north to the south\nThey come in May.\n", "visits from the north", 2),
        ("# Plan\n- Training of at least 100 PhD students\n- Talks with the ministry\n", "PhD students", 100),
        ("# Plan\nGoal\tMethod\nSkills\tWhite papers; organise at least 8 courses; 5 films\n", "courses", 8),
        ("# Plan\nGoal\tMethod\nSkills\tWhite papers; organise at least 8 courses; 5 films\n", "films", 5),
        ("# Activities\nIn the second year 120 nurses will be trained.\n", "nurses trained", 120),
        ("# Activities\nThe project will train 120 nurses and others.\n", "nurses", 120),
    ],
)
def test_what_plans_promise(text: str, statement: str, target: int) -> None:
    rows = found(f"! Project proposal\n{text}", "proposal.pdf")
    assert (statement, target) in [(row["statement"][: len(statement)], row["target"]) for row in rows]


def test_a_promise_made_twice_is_one_result() -> None:
    text = (
        "! Project proposal\n# 2.1 Organise three round tables of nurses\n# Activities\n"
        "In all, three round tables will be held.\n"
    )
    assert [row["target"] for row in found(text, "proposal.pdf")] == [3]


def test_a_budget_promises_no_results() -> None:
    text = "# Budget\nItem\tSum\tWhat\nOther goods\t34,000\t2 developer courses, audits\n"
    assert found(text, "proposal.pdf") == []


def test_years_after_a_year_are_no_figures() -> None:
    assert [figure.value for figure in find_figures("In 2013-14 and 2015/16 it held 20 courses.")] == [20]


@pytest.mark.parametrize(("text", "body"), [("organise a visit", "organise a visit"), ("o first item", "first item")])
def test_a_word_is_no_bullet(text: str, body: str) -> None:
    assert without_bullet(text) == body
