"""Quotes are found where they stand, whatever their white space and hyphens, and nothing else is taken for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model import Page
from extractor.quotes import MAX_QUOTE, Place, Text, fold_quote

PAGE = "Annual report\n\nThe project re-\nturned 1,215 “well-known” people\tin 12-13 boats. Café costs.\nSee Fig. 3."


def find(page: str, quote: str) -> str | None:
    """The stored words that a quote is found as."""
    places = Text([Page(1, page)]).find(quote)
    return page[places[0].start : places[0].end] if places else None


@pytest.mark.parametrize(
    ("quote", "stored"),
    [
        ("The project returned 1,215", "The project re-\nturned 1,215"),
        ('1,215 "well-known" people in', "1,215 “well-known” people\tin"),
        ("wellknown", "well-known"),
        ("well-\nknown", "well-known"),
        ("in 12\u201313 boats", "in 12-13 boats"),
        ("  Annual   report ", "Annual report"),
        ("Cafe\u0301 costs.", "Café costs."),
        ("Fig. 3", "Fig. 3"),
        ("re\u00adturned", "re-\nturned"),
    ],
)
def test_a_quote_is_found_as_it_stands(quote: str, stored: str) -> None:
    assert find(PAGE, quote) == stored


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "  ",
        "turned",
        "The project turn",
        "12 13 boats",
        "1213 boats",
        "1,21",
        "215 well",
        "the project",
        "Cafe costs",
    ],
)
def test_what_does_not_stand_there_is_not_found(quote: str) -> None:
    assert find(PAGE, quote) is None


def test_a_quote_that_is_too_long_is_none() -> None:
    words = "word " * MAX_QUOTE
    assert find(words, words) is None


def test_the_named_page_is_looked_at_first() -> None:
    pages = [
        Page(1, "Police were trained.", "i"),
        Page(2, "Police were trained.", "1"),
        Page(3, "Police were trained."),
    ]
    assert Text(pages).find("Police were trained", 3) == (Place(2, 0, 19),)
    assert Text(pages[1:]).find("Police were trained", 1) == (Place(0, 0, 19),)
    assert Text(pages).find("Police were trained", 9) == (Place(0, 0, 19),)


def test_a_quote_over_a_page_break_has_a_place_on_each() -> None:
    pages = [Page(1, "A. The shelter in the south\nwas opened by\n12"), Page(2, "Report 2010\nthe project in May.")]
    (one, two) = Text(pages).find("The shelter in the south was opened by the project in May.")
    assert pages[0].text[one.start : one.end] == "The shelter in the south\nwas opened by"
    assert pages[1].text[two.start : two.end] == "the project in May."
    assert (one.page, two.page) == (0, 1)


def test_parts_far_from_the_break_are_no_quote() -> None:
    pages = [Page(1, "The shelter was opened by" + " and so on" * 400), Page(2, "the project in May.")]
    assert Text(pages).find("The shelter was opened by the project in May.") == ()


SIGNS = st.text("abcÉé \n\t-–“”'\u00ad.,12½ﬁ\u0301", max_size=60)


@given(SIGNS, st.data())
def test_what_is_found_folds_to_the_quote(page: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(page)))
    quote = page[start : data.draw(st.integers(start, len(page)))]
    found = find(page, quote)
    assert found is None or fold_quote(found).text == fold_quote(quote).text != ""


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=12), st.data())
def test_words_of_a_page_are_found_however_they_are_broken(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    gaps = st.sampled_from([" ", "\n", "  ", "\t"])
    page = "".join(word + data.draw(gaps) for word in words)
    found = find(page, "\n ".join(words[start:end]))
    assert found is not None
    assert found.split() == words[start:end]
