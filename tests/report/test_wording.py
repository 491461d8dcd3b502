from __future__ import annotations

import pytest

from extractor.report.wording import Share, date_words, listing, months_between, number_text, percent, small


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (3, 7, "three of seven projects (43%)"),
        (10, 18, "10 of 18 projects (56%)"),
        (3, 3, "all three projects (100%)"),
        (2, 2, "both projects (100%)"),
        (1, 1, "the project"),
        (0, 4, "none of four projects (0%)"),
        (1, 8, "one of eight projects (13%)"),
    ],
)
def test_shares_always_have_counts_and_whole_percentages(part: int, whole: int, words: str) -> None:
    assert Share(part, whole).words == words


def test_the_verb_follows_the_count() -> None:
    assert Share(1, 7).verb("reports", "report") == "reports"
    assert Share(3, 7).verb("reports", "report") == "report"
    assert Share(3, 7).start.startswith("Three of")
    assert Share(3, 7).short == "three of seven projects, 43%"


@pytest.mark.parametrize(("part", "whole", "expected"), [(1, 2, "50%"), (5, 1000, "1%"), (4, 1000, "0%"), (1, 0, "-")])
def test_percentages_round_half_up(part: int, whole: int, expected: str) -> None:
    assert percent(part, whole) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2014-03", "March 2014"),
        ("2014", "2014"),
        ("2014-03-09", "9 March 2014"),
        ("soon", "soon"),
        ("2014-13", "2014-13"),
    ],
)
def test_dates(date: str, expected: str) -> None:
    assert date_words(date) == expected


@pytest.mark.parametrize(
    ("start", "end", "months"), [("2007-01", "2009-03", 27), ("2007", "2009-03", None), ("2009-03", "2007-01", None)]
)
def test_lengths(start: str, end: str, months: int | None) -> None:
    assert months_between(start, end) == months


def test_small_words() -> None:
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert listing([]) == ""
    assert (small("Police training"), small("NGO staff")) == ("police training", "NGO staff")
    assert (number_text(1215), number_text(2.5)) == ("1,215", "2.5")
