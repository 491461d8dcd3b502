from __future__ import annotations

import pytest

from extractor.coding.typed.dates_lengths import months_between, shift
from tests.coding.typed.asking import best, votes

PERIODS = [
    ("Start date\t1 March 2014\nEnd date\t29 February 2016", "2014-03", "2016-02"),
    ("Project duration: 01/03/2005 - 28/02/2008", "2005-03", "2008-02"),
    ("The project was implemented from March 2005 to February 2008.", "2005-03", "2008-02"),
    ("The current 2000-2003 project follows two others.", "2000", "2003"),
    ("# Summary\n\nThe country programme 2020–2024 had three outcomes.", "2020", "2024"),
    ("Fecha de inicio: 1 de marzo de 2014\nFecha de finalización: 30 de junio de 2016", "2014-03", "2016-06"),
    ("Durée du projet : du 1er mars 2014 au 30 juin 2016", "2014-03", "2016-06"),
    ("Date: 3 May 2017\n\n# Event date\n\nTell us when it was.\n\nFeb 6, 2014 to June 30, 2014.", "2014-02", "2014-06"),
    ("The initiative was launched in April 2009. Funds cover 2009-2010 to 2013-2014.", "2009-04", "2014-03"),
    (
        "Type: pilot Project period: March 2010 to May 2012 Donor: Norad Budget: EUR 3,000,000 and more words "
        "to make it long",
        "2010-03",
        "2012-05",
    ),
]


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_start_and_end(text: str, start: str, end: str) -> None:
    assert best("dates", text, "start_date") == start
    assert best("dates", text, "end_date") == end
    assert best("dates", text, "duration_clear") is True


def test_an_extension_sets_the_end_and_the_former_stays_below() -> None:
    text = "Project period: March 2001 to May 2003\n\nThe project was awarded a no-cost extension until February 2004."
    ends = [vote.value for vote in votes("dates", text, "end_date")]
    assert set(ends[:2]) == {"2004-02", "2003-05"}
    what = best("dates", text, "extensions")["what"]
    assert what == "No-cost extension until 2004-02"


def test_an_extension_that_was_only_asked_for_does_not_beat_the_field() -> None:
    text = "End date: May 2003\n\nThe office requested that the project be extended until February 2004."
    assert best("dates", text, "end_date") == "2003-05"


@pytest.mark.parametrize(
    "text",
    [
        "The evaluation took place from May 2003 to June 2003.",
        "Data collection ran from May 2003 to June 2003 in two towns.",
        "The civil war of 1989-2003 left many without homes.",
    ],
)
def test_other_periods_are_weak(text: str) -> None:
    assert all(vote.score < 0.35 for vote in votes("dates", text, "start_date"))


def test_a_list_of_other_projects_is_weak() -> None:
    rows = "\n".join(f"Project {n}\tStart date\t1 March 200{n}" for n in range(1, 6))
    assert all(vote.score < 0.5 for vote in votes("dates", rows, "start_date"))


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("The duration of the action will be 36 months.", 36),
        ("Duration (months): 48", 48),
        ("A 24-month project with two offices.", 24),
        ("This is a three-year project.", 36),
        ("Project period: March 2005 to February 2008", 36),
        ("Durée du projet : 18 mois", 18),
    ],
)
def test_length(text: str, months: int) -> None:
    assert best("dates", text, "length_months") == months


def test_not_clear_without_an_end() -> None:
    assert best("dates", "! Safe Roads\n\nProject period: from 2020 onwards", "duration_clear") is False
    assert best("dates", "! Safe Roads\n\nProject period: from 2020 onwards", "start_date") == "2020"


def test_numbered_months_tell_when_the_project_began() -> None:
    text = "! Technical report, months 37-48\n\nIt covers the work from September 2018 to August 2019."
    assert best("dates", text, "start_date") == "2015-09"
    assert best("dates", text, "end_date") == "2019-08"


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2009-04", "2014-03", 60),
        ("2020", "2024", 60),
        ("2014-05", "2014-05", 1),
        ("2014", "2015-03", None),
        ("2015", "2014", None),
    ],
)
def test_months_between(start: str, end: str, months: int | None) -> None:
    assert months_between(start, end) == months


def test_shift() -> None:
    assert shift("2015-09", 47) == "2019-08"
    assert shift("2015-01", -1) == "2014-12"
