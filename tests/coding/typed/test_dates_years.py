from __future__ import annotations

import pytest

from extractor.coding.typed.dates_years import first_month
from tests.coding.typed.asking import best, votes
from tests.factory import source

YEARS = [
    ("Our financial year ended on 30 June 2019.", 7),
    ("Accounts for the fiscal year ending 31 March 2015.", 4),
    ("The fiscal year (October to September) starts late.", 10),
    ("L'exercice clos le 31 décembre 2018 fut calme.", 1),
    ("El ejercicio terminado el 30 de septiembre de 2016.", 10),
    ("Many years ended badly.", None),
]


@pytest.mark.parametrize(("text", "month"), YEARS)
def test_the_month_that_a_financial_year_begins_with(text: str, month: int | None) -> None:
    assert first_month(source(text)) == month


PERIODS = [
    (
        "The books close with the financial year ending 31 March 2018.\n\n"
        "The programme was implemented from FY 2015/16 to FY 2017/18 in nine districts.",
        "2015-04",
        "2018-03",
    ),
    ("The programme was implemented from FY 2015/16 to FY 2017/18 in nine districts.", "2015", "2018"),
    (
        "# Audit report on the financial statements of the Roads Fund for the year ended 30 June 2014\n\nText.",
        "2013-07",
        "2014-06",
    ),
    ("The fund finances a four-year programme for rural clinics (2011–2014).", "2011", "2014"),
    ("A 36-month grant to the clinics (January 2017 to December 2019) paid for midwives.", "2017-01", "2019-12"),
    (
        "The pilot began in May 2012 with a fair; seed deliveries started in August 2013 and ended in October 2013.\n\n"
        "The implementation of the pilot was completed in all four districts in July 2014.",
        "2012-05",
        "2014-07",
    ),
]


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_start_and_end(text: str, start: str, end: str) -> None:
    assert (best("dates", text, "start_date"), best("dates", text, "end_date")) == (start, end)


WEAK = [
    "The endline survey of the programme took place between May 2011 and July 2011.",
    "Coaching sessions of the second cohort took place between May 2011 and July 2011.",
    "The project met many delays between 2011 and 2012.",
    "# Progress report for the year ended 30 June 2014\n\nThe clinics opened.",
]


@pytest.mark.parametrize("text", WEAK)
def test_what_is_not_the_projects_time(text: str) -> None:
    assert all(vote.score < 0.4 for vote in votes("dates", text, "start_date"))


def test_a_column_of_dates_is_of_many_projects() -> None:
    text = "Project\tStart date\tEnd date\nRoads\t1 May 2011\t2 June 2012\nWells\t1 July 2011\t2 July 2012"
    assert all(vote.score < 0.5 for vote in votes("dates", text, "start_date"))


def test_no_project_ends_before_it_begins() -> None:
    text = "Start date: 1 May 2015\n\nThe project ended in March 2012."
    assert votes("dates", text, "end_date")[0].score < 0.4
