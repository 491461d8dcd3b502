from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.datewords import find_dates, find_ranges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 March 2005", ["2005-03-01"]),
        ("1st of March 2005", ["2005-03-01"]),
        ("March 1, 2005", ["2005-03-01"]),
        ("in March 2005.", ["2005-03"]),
        ("01/03/2005", ["2005-03-01"]),
        ("03/25/2005", ["2005-03-25"]),
        ("28.02.2008", ["2008-02-28"]),
        ("2005-03-01", ["2005-03-01"]),
        ("1er mars 2005", ["2005-03-01"]),
        ("1 de marzo de 2005", ["2005-03-01"]),
        ("Septiembre. 2018", ["2018-09"]),
        ("2 de março de 2011", ["2011-03-02"]),
        ("since 1998", ["1998"]),
        ("ISBN 978-2012-3", []),
        ("2005.5 tonnes", []),
        ("2020 per cent", []),
        ("41/13/2005", []),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert [found.value for found in find_dates(text)] == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from March 2005 to February 2008", "2005-03", "2008-02"),
        ("01/03/2005 - 28/02/2008", "2005-03-01", "2008-02-28"),
        ("01 September 2018 – 31 August 2019", "2018-09-01", "2019-08-31"),
        ("between February and April 2024", "2024-02", "2024-04"),
        ("du 1er mars 2005 au 31 décembre 2007", "2005-03-01", "2007-12-31"),
        ("del 1 de marzo de 2005 al 30 de junio de 2007", "2005-03-01", "2007-06-30"),
        ("the current 2000-2003 project", "2000", "2003"),
        ("fiscal years 2009-10 to 2013-14", "2009", "2014"),
        ("(2009-2010 to 2013-2014)", "2009", "2014"),
        ("1998-99", "1998", "1999"),
    ],
)
def test_ranges(text: str, first: str, last: str) -> None:
    assert [(found.first, found.last) for found in find_ranges(text)] == [(first, last)]


@pytest.mark.parametrize("text", ["March 2008 to February 2005", "1860-2005", "May 2005 was warm. June 2006 was not."])
def test_no_range(text: str) -> None:
    assert find_ranges(text) == []


@given(st.text(alphabet="0123456789 -–/.,abcdeMarchyun\n", max_size=60))
def test_places_lie_in_the_text(text: str) -> None:
    for date in find_dates(text):
        assert 0 <= date.start < date.end <= len(text)
    for found in find_ranges(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.first[:4] <= found.last[:4]
