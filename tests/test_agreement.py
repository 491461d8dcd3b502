"""The contract's rules of comparison, and figures against hand-counted and published values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.agreement import (
    Box,
    Counts,
    boxes,
    cohen_kappa,
    count,
    country_code,
    covers,
    f1,
    match_rows,
    precision,
    recall,
    same_code,
    same_countries,
    same_date,
    same_money,
    same_passage,
    same_row,
    same_title,
    ticked,
    words,
)
from extractor.model import Answer, Form
from extractor.rubric import Item, Option

LISTED = (Option("bosnia_herzegovina", "Bosnia and Herzegovina"), Option("kosovo", "Kosovo"))
COUNTRY = Item("country", "Country", "single", options=LISTED)
ITEM = Item("kind", "Kind", "multi", options=tuple(Option(name, name) for name in ("a", "b", "c", "d")))


def test_words_are_folded() -> None:
    assert words("Durrës – ÉTUDE no. 3_b") == ["durres", "etude", "no", "3", "b"]


# ------------------------------------------------------------------ typed values


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Return and Reintegration in the Mekong", "Evaluation: return and reintegration, Mekong region", True),
        ("Shelters for Victims of Trafficking in Albania", "SHELTERS FOR VICTIMS OF TRAFFICKING IN ALBANIA", True),
        ("one two three four five", "one two three four six", True),  # 4 of 5 words
        ("one two three four", "one two three six", False),  # 3 of 4
        ("The of and", "the of and", False),  # nothing but small words
        ("", "Shelters", False),
        (None, None, True),  # the word None twice; nobody asks without a value
        ("Shelters in Albania", "Justice in Colombia", False),
    ],
)
def test_same_title(first: Any, second: Any, same: bool) -> None:
    assert same_title(first, second) is same
    assert same_title(second, first) is same


@pytest.mark.parametrize(
    ("reference", "test", "same"),
    [
        ("2014-03", "2014-03", True),
        ("2014-03", "2014-04", False),
        ("2014", "2014-03", True),
        ("2014", "2014", True),
        ("2014", "2015-01", False),
        ("2014-03", "2014", False),
        ("2014-03", "2014-03-15", True),
        ("2014-03-15", "2014-03-16", False),
        (2014, "2014-03", True),
        ("2014-03", None, False),
    ],
)
def test_same_date(reference: Any, test: Any, same: bool) -> None:
    assert same_date(reference, test) is same


@pytest.mark.parametrize(
    ("reference", "test", "same"),
    [
        ({"amount": 450000, "currency": "EUR"}, {"amount": 450000.0, "currency": "EUR", "as_of": "2014"}, True),
        ({"amount": "450000", "currency": "EUR"}, {"amount": 450000, "currency": "EUR"}, True),
        ({"amount": 450000, "currency": "EUR"}, {"amount": 450001, "currency": "EUR"}, False),
        ({"amount": 450000, "currency": "EUR"}, {"amount": 450000, "currency": "USD"}, False),
        ({"amount": None, "currency": "EUR"}, {"amount": None, "currency": "EUR"}, False),
        ({"currency": "EUR"}, {"amount": 1, "currency": "EUR"}, False),
        ("450000 EUR", {"amount": 450000, "currency": "EUR"}, False),
        (None, None, False),
    ],
)
def test_same_money(reference: Any, test: Any, same: bool) -> None:
    assert same_money(reference, test) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("CT.0123", "ct 0123", True),
        ("NMFA/05-PO.0066", "NMFA05PO0066", True),
        ("CT.0123", "CT.0124", False),
        ("", "", False),
        ("---", "...", False),
        (676541, "676541", True),
    ],
)
def test_same_code(first: Any, second: Any, same: bool) -> None:
    assert same_code(first, second) is same


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"other": "Moldova", "iso3166": "MDA"}, "MDA"),
        ({"other": "Moldova", "iso3166": "mda"}, "MDA"),
        ({"other": "Moldova"}, "MDA"),
        ("bosnia_herzegovina", "BIH"),  # by the option's label
        ("sri_lanka", "LKA"),  # no option: its id as words
        ({"other": "Atlantis"}, ""),
        ({}, ""),
        ("", ""),
    ],
)
def test_country_code(value: Any, code: str) -> None:
    assert country_code(value, COUNTRY) == code


@pytest.mark.parametrize(
    ("reference", "test", "same"),
    [
        ("bosnia_herzegovina", {"other": "Bosnia-Herzegovina", "iso3166": "BIH"}, True),
        (["bosnia_herzegovina", {"other": "Moldova"}], [{"iso3166": "MDA"}, {"iso3166": "BIH"}], True),
        (["bosnia_herzegovina", {"other": "Moldova"}], "bosnia_herzegovina", False),
        ({"other": "Atlantis"}, {"other": "Atlantis"}, False),  # no country at all
        (None, None, False),
    ],
)
def test_same_countries(reference: Any, test: Any, same: bool) -> None:
    assert same_countries(COUNTRY, reference, test) is same


# ------------------------------------------------------------------ lists


def row(statement: str, **more: Any) -> dict[str, Any]:
    return {"statement": statement, **more}


def test_rows_are_matched_one_to_one_best_first() -> None:
    reference = [row("Police officers trained in two districts"), row("Police officers equipped")]
    test = [row("Police officers equipped with radios"), row("Trained police officers in districts"), row("Shelter")]
    assert match_rows(reference, test) == [(0, 1), (1, 0)]


def test_a_row_is_matched_once_only() -> None:
    assert match_rows([row("Shelter opened")], [row("Shelter opened"), row("Shelter opened")]) == [(0, 0)]


@pytest.mark.parametrize(
    ("first", "second", "matched"),
    [
        (row("Teachers trained"), row("Teachers met"), True),  # half of the shorter one's words
        (row("Teachers trained twice"), row("Teachers met often"), False),
        ({"indicator": "number of leaflets"}, row("Number of leaflets printed"), True),
        (row(""), row(""), False),
        ("no row", row("no row"), False),
    ],
)
def test_rows_are_matched_by_their_words(first: Any, second: Any, matched: bool) -> None:
    assert bool(match_rows([first], [second])) is matched


@pytest.mark.parametrize(
    ("reference", "test", "same"),
    [
        (row("x", target=40, achieved=52), row("y", target=40.0, achieved="52"), True),
        (row("x", target=40, achieved=52), row("x", target=40, achieved=51), False),
        (row("x", target=40, achieved=52), row("x", target=None, achieved=52), False),
        (row("x"), row("x", target=None, achieved=None), True),
    ],
)
def test_same_row(reference: Any, test: Any, same: bool) -> None:
    assert same_row(reference, test) is same


@pytest.mark.parametrize(
    ("text", "quote", "held"),
    [
        ("The ministry should fund the rent of shelters.", "should fund shelters", True),
        ("one two", "one two three four", True),  # exactly half
        ("one", "one two three", False),
        ("anything", "", False),
    ],
)
def test_covers(text: str, quote: str, held: bool) -> None:
    assert covers(text, quote) is held


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("a b c d e f", "x a b c d e f y", True),
        ("a b c d e f", "a b c d e x f", False),  # six words, not in a row
        ("A, b; C\nd - e (f)", "a b c d e f", True),
        ("a b c d e", "a b c d e", False),  # too short to tell
    ],
)
def test_same_passage(first: str, second: str, same: bool) -> None:
    assert same_passage(first, second) is same


# ------------------------------------------------------------------ boxes


def form(answer: Answer | None) -> Form:
    return Form("p", (), {} if answer is None else {"kind": answer})


def cells(reference: Answer | None, test: Answer | None) -> list[tuple[str, bool, bool]]:
    return [(box.option, box.reference, box.test) for box in boxes([ITEM], form(reference), form(test))]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, set()),
        (Answer("found", ["a", "b"]), {"a", "b"}),
        (Answer("found", "a"), {"a"}),
        (Answer("found", ["a", {"other": "b"}]), {"a"}),
        (Answer("found", [{"result": 1, "value": "a"}, {"result": 2, "value": ["b", "c"]}]), {"a", "b", "c"}),
        (Answer("not_applicable", ["a"]), set()),
        (Answer("not_found"), set()),
        (Answer("found", True), set()),
    ],
)
def test_ticked(answer: Answer | None, expected: set[str]) -> None:
    assert ticked(answer) == expected


def test_every_option_is_a_box_and_a_missing_item_ticks_nothing() -> None:
    assert cells(Answer("found", ["a", "b"]), Answer("found", ["b", "c"])) == [
        ("a", True, False),
        ("b", True, True),
        ("c", False, True),
        ("d", False, False),
    ]
    assert cells(None, Answer("found", ["a"]))[0] == ("a", False, True)
    assert cells(Answer("found", ["a"]), None)[0] == ("a", True, False)


@pytest.mark.parametrize("proposed", [["a"], ["a", "b"], []])
def test_an_acceptable_option_is_right_ticked_or_not(proposed: list[str]) -> None:
    reference = Answer("found", ["a"], acceptable=("b",))
    (_, box_b, *_) = cells(reference, Answer("found", proposed))
    assert box_b[1] == box_b[2]


def test_boxes_carry_the_tests_confidence() -> None:
    test = Answer("found", ["a"], options={"a": 0.7})
    assert boxes([ITEM], form(None), form(test))[0] == Box("p", "kind", "a", False, True, 0.7)


def test_count() -> None:
    units = [Box("p", "i", "o", *pair) for pair in [(True, True), (True, False), (True, False), (False, True)]]
    assert count([*units, Box("p", "i", "o", False, False)]) == Counts(1, 2, 1, 1)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counts(0, 0, 0, 0), (None, None, None, None)),
        (Counts(0, 0, 0, 9), (None, None, None, None)),  # nobody ticks anything
        (Counts(9, 0, 0, 0), (1.0, 1.0, 1.0, None)),  # both tick everything: agreement beyond chance is not defined
        (Counts(0, 3, 0, 7), (None, 0.0, 0.0, 0.0)),  # the test ticks nothing
        (Counts(0, 0, 3, 7), (0.0, None, 0.0, 0.0)),
        (Counts(5, 0, 0, 5), (1.0, 1.0, 1.0, 1.0)),
        (Counts(0, 5, 5, 0), (0.0, 0.0, 0.0, -1.0)),
        (Counts(20, 5, 10, 15), (20 / 30, 20 / 25, 40 / 55, 0.4)),
        (Counts(45, 15, 25, 15), (45 / 70, 45 / 60, 90 / 130, 0.1304)),  # a known example, as is the next
        (Counts(25, 35, 5, 35), (25 / 30, 25 / 60, 50 / 90, 0.2593)),
    ],
)
def test_figures(counts: Counts, expected: tuple[float | None, ...]) -> None:
    given_ = (precision(counts), recall(counts), f1(counts), cohen_kappa(counts))
    assert given_ == tuple(None if value is None else pytest.approx(value, abs=5e-5) for value in expected)


COUNT = st.integers(0, 50)


@given(st.builds(Counts, COUNT, COUNT, COUNT, COUNT))
def test_figures_stay_in_their_range_and_do_not_care_who_is_first(counts: Counts) -> None:
    swapped = Counts(counts.both, counts.only_test, counts.only_reference, counts.neither)
    kappa = cohen_kappa(counts)
    assert kappa is None or -1.0 - 1e-9 <= kappa <= 1.0 + 1e-9
    assert (kappa is None) == (cohen_kappa(swapped) is None)
    assert kappa is None or kappa == pytest.approx(cohen_kappa(swapped))
    assert f1(counts) == f1(swapped)
    assert precision(counts) == recall(swapped)
