"""The sheet with one row a project, and its codebook."""

from __future__ import annotations

from extractor.exchange.cells import Cell
from extractor.exchange.wide import codebook_table, forms_table
from tests.exchange.invented import FORMS, RUBRIC, found, with_answer


def rows() -> dict[str, dict[str, Cell]]:
    table = forms_table(FORMS, RUBRIC)
    return {str(row[0]): dict(zip(table.columns, row, strict=True)) for row in table.rows}


def test_a_row_a_project_and_no_column_twice() -> None:
    table = forms_table(FORMS, RUBRIC)
    assert [row[0] for row in table.rows] == ["vela", "orava", "scans"]
    assert len(set(table.columns)) == len(table.columns)


def test_each_option_of_a_multi_item_has_a_column() -> None:
    columns = set(forms_table(FORMS, RUBRIC).columns)
    wanted = {f"{item.id}/{option.id}" for item in RUBRIC.items if item.type == "multi" for option in item.options}
    assert wanted <= columns
    assert {"activities/design.gender", "funders/other", "activities/other"} <= columns
    assert "motivation/other" not in columns


def test_what_the_documents_say() -> None:
    vela = rows()["vela"]
    expected: dict[str, Cell] = {
        "items_found": 19,
        "project_title": "Support to the Vela shelter",
        "funders/norad": 1,
        "funders/other_igo": 0,
        "funders/other": "Fund for Regional Cooperation",
        "country": "Moldova",
        "duration_clear": "yes",
        "start_date": "2007-01",
        "activities/design.gender": 1,
        "activities/design.needs": 0,
        "activities/other": "hotel (Services)",
        "motivation/none_given": 1,
        "motivation/comment": "Nothing was found; this answer follows from that.",
        "partners": "Border police; Vela Women",
        "budget/amount": 450000,
        "budget/currency": "EUR",
        "expenditure/amount": 440000.5,
        "expenditure/delivery_rate": 97.8,
        "expenditure/as_of": "2009-03",
        "length_months": 24,
        "reviewer": "J. Marić; P. Okafor",
        "key_findings": "relevance: Need: No other. (source: p. 3); efficiency: Late.",
        "result_category": "Result 1: Training; Result 2: Policy",
    }
    assert {name: vela[name] for name in expected} == expected


def test_extras_have_a_column_only_when_a_form_has_them() -> None:
    columns = forms_table(FORMS, RUBRIC).columns
    assert "budget/delivery_rate" not in columns
    assert "funders/comment" not in columns


def test_nothing_ticked_is_not_the_same_as_nobody_looked() -> None:
    orava, scans = rows()["orava"], rows()["scans"]
    assert orava["funders/norad"] == 0  # searched, not found
    assert orava["motivation/high_levels"] == 0  # the form does not hold it: nothing ticked
    assert orava["activities/design.gender"] is None  # not applicable
    assert scans["funders/norad"] is None  # unreadable
    assert (scans["items_unreadable"], scans["items_found"]) == (len(RUBRIC.items), 0)


def test_other_in_words_has_a_column_when_a_form_has_it() -> None:
    forms = with_answer("motivation", found([{"other": "a new law"}]))
    assert "motivation/other" in forms_table(forms, RUBRIC).columns


def test_amounts_in_a_list_are_joined() -> None:
    value = [{"amount": 5, "currency": "EUR"}, {"amount": 7, "currency": "USD"}]
    table = forms_table(with_answer("budget", found(value)), RUBRIC)
    row = dict(zip(table.columns, table.rows[0], strict=True))
    assert (row["budget/amount"], row["budget/currency"]) == ("5; 7", "EUR; USD")


def test_the_codebook_explains_every_column_of_answers() -> None:
    forms = forms_table(FORMS, RUBRIC).columns
    explained = [row[0] for row in codebook_table(FORMS, RUBRIC).rows]
    assert explained == [name for name in forms if name != "project" and not name.startswith("items_")]
    by_name = {row[0]: row for row in codebook_table(FORMS, RUBRIC).rows}
    assert by_name["activities/services.shelter"][-2:] == ("services.shelter", "Services: Shelter")
