"""Forms as tables: rows and columns as the contract names them."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.exchange.cells import Cell, Table
from extractor.exchange.tables import (
    about_table,
    answers_table,
    asked_items,
    conflicts_table,
    documents_table,
    evidence_table,
)
from extractor.model import Answer
from tests.exchange.invented import DOCUMENTS, END, FORMS, PLAN, RUBRIC, VERSION, found, quote, with_answer


def rows_of(table: Table, **wanted: Cell) -> list[dict[str, Cell]]:
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


def answers(item: str, project: str = "vela") -> list[dict[str, Cell]]:
    return rows_of(answers_table(FORMS, RUBRIC), item=item, project=project)


def test_the_columns_of_the_contract() -> None:
    wanted = "project, item, no, label, option, value, status, confidence, file, page, quote, coder"
    assert answers_table(FORMS, RUBRIC).columns == tuple(wanted.split(", "))


def test_every_item_of_every_project_has_a_row() -> None:
    rows = rows_of(answers_table(FORMS, RUBRIC))
    pairs = {(row["project"], row["item"]) for row in rows}
    assert pairs == {(form.project, item.id) for form in FORMS.forms for item in RUBRIC.items}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("project_title", [("", "Support to the Vela shelter", 0.8, END, "Vela shelter")]),
        ("funders", [("norad", "Norad", 0.91, END, "paid by Norad"),
                     ("other", "Fund for Regional Cooperation", 0.8, END, "a grant of the Fund")]),
        ("country", [("other", "Moldova", 0.8, END, "in Moldova")]),
        ("duration_clear", [("", "yes", 0.8, END, "January to March")]),
        ("activities", [("design.gender", "Project design: Gender", 0.7, PLAN, "a gender analysis"),
                        ("services.shelter", "Services: Shelter", 0.9, END, "the shelter had 20 beds"),
                        ("services.other", "hotel", 0.8, "", "")]),
        ("motivation", [("none_given", "None given", 0.8, "", "")]),
        ("partners", [("", "Border police", 0.8, "", ""), ("", "Vela Women", 0.8, END, "with Vela Women")]),
        ("budget", [("", "450000 EUR", 0.8, END, "EUR 450,000")]),
        ("length_months", [("", 24, 0.8, END, "24 months")]),
        ("documents", [("", "Support to the Vela shelter (Vela Women; 2006-10)", 0.8, PLAN, "Support to the"),
                       ("", "Final report", 0.8, END, "Final report")]),
        ("results_achieved",
         [("", "output 1.1: Police trained; target: 40; achieved: 52; unit: persons", 0.8, END, "52 police officers"),
          ("", "outcome 1: Victims are referred", 0.8, "", "")]),
        ("key_findings", [("relevance", "Need: No other. (source: p. 3)", 0.8, END, "no other service existed"),
                          ("efficiency", "Late.", 0.8, END, "came late")]),
        ("recommendations", [("general", "Fund the rent.", 0.8, END, "rent should be funded"),
                             ("general", "Train teachers.", 0.8, END, "teachers should be trained")]),
        ("extensions", [("", "No-cost extension (amendment, 2008)", 0.8, END, "extended")]),
        ("result_category", [("training", "Result 1: Training", 0.8, "", ""),
                             ("policy", "Result 2: Policy", 0.8, "", "")]),
    ],
)  # fmt: skip
def test_rows_of_answers(item: str, expected: list[tuple[Any, ...]]) -> None:
    keys = ("option", "value", "confidence", "file", "quote")
    assert [tuple(row[key] for key in keys) for row in answers(item)] == expected


@pytest.mark.parametrize(
    ("project", "item", "status"),
    [
        ("orava", "project_title", "not_found"),
        ("orava", "country", "not_applicable"),
        ("orava", "budget", "not_found"),  # the form does not hold it
        ("scans", "activities", "unreadable"),
    ],
)
def test_an_item_without_an_answer_has_one_empty_row(project: str, item: str, status: str) -> None:
    (row,) = answers(item, project)
    assert (row["status"], row["option"], row["value"], row["confidence"]) == (status, "", None, None)
    assert row["coder"] == "machine"


def test_found_with_an_empty_list_has_a_row_too() -> None:
    (row,) = rows_of(answers_table(with_answer("partners", found([])), RUBRIC), item="partners")
    assert (row["status"], row["value"]) == ("found", None)


def test_a_short_mark_of_evidence_is_not_a_beginning() -> None:
    forms = with_answer("partners", found(["IOM Development Fund", "IOM"], quote("IOM did", "IOM")))
    rows = rows_of(answers_table(forms, RUBRIC), item="partners")
    assert [row["quote"] for row in rows] == ["", "IOM did"]


def test_items_beyond_the_rubric_come_last() -> None:
    forms = with_answer("of_old", found("kept"))
    assert asked_items(forms, RUBRIC)[-1].id == "of_old"
    assert rows_of(answers_table(forms, RUBRIC), item="of_old")[0]["value"] == "kept"


def test_all_evidence_is_in_its_table() -> None:
    rows = rows_of(evidence_table(FORMS, RUBRIC))
    assert len(rows) == sum(len(a.evidence) for form in FORMS.forms for a in form.items.values())
    (second,) = [row for row in rows if row["quote"] == "shelter again"]
    assert (second["for"], second["page"], second["printed_page"], second["start"], second["end"]) == (
        "services.shelter", 4, "2", 10, 23
    )  # fmt: skip
    assert (second["coder"], second["why"]) == ("rules", "cue")


def test_documents() -> None:
    rows = rows_of(documents_table(FORMS))
    assert [row["file"] for row in rows] == [facts.file for facts in DOCUMENTS]
    assert (rows[0]["authors"], rows[0]["pages"], rows[1]["outcome"]) == ("Vela Women", 12, "partial")


def test_a_contradiction_has_a_row_a_side() -> None:
    rows = rows_of(conflicts_table(FORMS, RUBRIC))
    assert [(row["item"], row["side"], row["value"], row["file"]) for row in rows] == [
        ("start_date", 1, "2007-01", PLAN),
        ("start_date", 2, "2007-03", END),
    ]


def test_about_says_what_made_the_forms_and_what_each_status_means() -> None:
    about = {str(row[0]): row[1] for row in about_table(FORMS, VERSION).rows}
    assert about["deskreview"] == VERSION
    assert about["rubric hash"] == FORMS.provenance.rubric_hash
    assert about["model hash"] == FORMS.provenance.model_hash
    statuses = {answer.status for form in FORMS.forms for answer in form.items.values()}
    assert {f"status: {status}" for status in statuses} <= about.keys()
    assert Answer("not_found").status in statuses


def test_documents_of_the_same_title_have_their_own_files_quotes() -> None:
    value = [{"file": PLAN, "title": "Annual report"}, {"file": END, "title": "Annual report"}]
    evidence = [quote("Annual report 2", "Annual report", END), quote("Annual report 1", "Annual report", PLAN)]
    forms = with_answer("documents", found(value, *evidence))
    rows = rows_of(answers_table(forms, RUBRIC), item="documents")
    assert [(row["file"], row["quote"]) for row in rows] == [(PLAN, "Annual report 1"), (END, "Annual report 2")]


RECOMMENDED = {"general": ["Fund the rent of shelters.", "Train teachers.", "Open an office in each country."]}


@pytest.mark.parametrize(
    ("value", "evidence", "expected"),
    [
        (RECOMMENDED, [quote("to train teachers", "general")], ["", "to train teachers", ""]),
        (
            RECOMMENDED,
            [quote("an office open in each country", "general"), quote("fund rent", "general")],
            ["fund rent", "", "an office open in each country"],
        ),
        ({"general": ["Go on."]}, [quote("one", "general"), quote("two", "general")], ["one"]),
        ({"general": ["Go on."]}, [quote("of another key", "prevention")], [""]),
    ],
)
def test_a_quote_for_several_is_not_given_to_the_wrong_one(
    value: Any, evidence: list[Any], expected: list[str]
) -> None:
    forms = with_answer("recommendations", found(value, *evidence))
    rows = rows_of(answers_table(forms, RUBRIC), item="recommendations")
    assert [row["quote"] for row in rows] == expected


def test_quotes_for_the_item_go_to_the_values_that_stand_in_them() -> None:
    evidence = [quote("carried out with World Vision and Save the Children")]
    forms = with_answer("partners", found(["World Vision", "Border police", "Save the Children"], *evidence))
    rows = rows_of(answers_table(forms, RUBRIC), item="partners")
    assert [bool(row["quote"]) for row in rows] == [True, False, True]
