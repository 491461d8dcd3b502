"""Values of a form as a person reads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.exchange.values import Entry, entries, number, option_label, plain
from extractor.rubric import Item
from tests.exchange.invented import RUBRIC


def item(name: str) -> Item:
    asked = RUBRIC.item(name)
    assert asked is not None
    return asked


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("project_title", "Shelter", [("", "Shelter")]),
        ("project_title", None, []),
        ("partners", ["A", "B"], [("", "A"), ("", "B")]),
        ("partners", "A alone", [("", "A alone")]),
        ("partners", [], []),
        ("country", "albania", [("albania", "Albania")]),
        ("country", {"other": "Moldova", "iso3166": "MDA"}, [("other", "Moldova")]),
        ("country", ["albania", {"other": "Kosovo", "iso3166": "XKX"}], [("albania", "Albania"), ("other", "Kosovo")]),
        ("funders", ["norad", {"other": "A fund"}], [("norad", "Norad"), ("other", "A fund")]),
        ("funders", ["no_such_option"], [("no_such_option", "no_such_option")]),
        ("activities", ["design.needs"], [("design.needs", "Project design: Needs")]),
        ("activities", [{"other": "hotel", "group": "services"}], [("services.other", "hotel")]),
        ("duration_clear", False, [("", "no")]),
        ("result_maintained", [{"result": 2, "value": False}], [("", "Result 2: no")]),
        ("result_category", [{"result": "Manual", "value": "policy"}], [("policy", "Result Manual: Policy")]),
        ("start_date", "2014", [("", "2014")]),
        ("length_months", 24, [("", 24)]),
        ("length_months", 17.7, [("", 17.7)]),
        ("length_months", "about 24", [("", "about 24")]),
        ("budget", {"amount": 450000, "currency": "EUR"}, [("", "450000 EUR")]),
        ("budget", {"amount": 2.5e6, "currency": "NOK", "delivery_rate": 93}, [("", "2500000 NOK; delivery_rate: 93")]),
        ("budget", "unclear", [("", "unclear")]),
        ("reviewer", [{"name": "J. M."}, "P. O."], [("", "J. M."), ("", "P. O.")]),
        ("documents", [{"title": "Plan", "authors": ["A", "B"], "date": "2006"}], [("", "Plan (A; B; 2006)")]),
        ("documents", [{"file": "x.pdf", "type": "proposal"}], [("", "x.pdf (proposal)")]),
        (
            "results_achieved",
            [{"level": "output", "no": "2.1", "statement": "Trained", "target": 40, "achieved": None, "unit": "men"}],
            [("", "output 2.1: Trained; target: 40; unit: men")],
        ),
        ("results_achieved", ["a loose row"], [("", "a loose row")]),
        ("key_findings", {"relevance": [{"finding": "Needed."}]}, [("relevance", "Needed.")]),
        ("key_findings", {"relevance": [None]}, [("relevance", None)]),
        ("recommendations", {"general": ["Go on."]}, [("general", "Go on.")]),
        ("recommendations", ["Go on."], [("general", "Go on.")]),
        ("extensions", [{"what": "Half a year", "source": "mail", "year": 2008}], [("", "Half a year (mail, 2008)")]),
    ],
)  # fmt: skip
def test_entries(name: str, value: Any, expected: list[tuple[str, Any]]) -> None:
    assert [(entry.option, entry.value) for entry in entries(item(name), value)] == expected


def test_an_entry_of_documents_names_its_file() -> None:
    value = [{"file": "vela/plan.pdf", "title": "Plan"}]
    assert entries(item("documents"), value) == [Entry("", "Plan", "Plan", "vela/plan.pdf")]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, None), ("5", None), (float("nan"), None), (float("inf"), None), (5.0, 5), (5.5, 5.5), (-3, -3)],
)
def test_number(value: Any, expected: Any) -> None:
    assert number(value) == expected
    assert type(number(value)) is type(expected)


def test_a_label_has_its_groups_name_before_it() -> None:
    assert option_label(item("activities"), "services.shelter") == "Services: Shelter"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["other", "group", "result", "value", "amount", "name", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(RUBRIC.items), JSON)
def test_any_value_is_shown_and_none_refused(asked: Item, value: Any) -> None:
    for entry in entries(asked, value):
        assert entry.value is None or isinstance(entry.value, str | int | float)
        assert not isinstance(entry.value, bool)
    assert isinstance(plain(value), str)
