from __future__ import annotations

import pytest

from extractor.documents.furniture import EdgeLine, find_furniture

BODY = [EdgeLine(f"Body {n} of this page says something else.", 0.2 + n / 20) for n in range(8)]


def pages(top: list[str | None], foot: list[str | None]) -> list[list[EdgeLine]]:
    """Pages with a line at the top, a body, and a line at the foot."""
    return [
        [*([EdgeLine(first, 0.05)] if first else []), *BODY, *([EdgeLine(last, 0.95)] if last else [])]
        for first, last in zip(top, foot, strict=True)
    ]


def test_a_line_that_returns_is_a_header_and_the_body_is_not() -> None:
    found = find_furniture(pages(["Safe Return Programme"] * 5, [None] * 5))
    assert found.headers == (frozenset({0}),) * 5
    assert found.footers == (frozenset(),) * 5
    assert found.printed == (None,) * 5


def test_left_and_right_pages_may_differ() -> None:
    found = find_furniture(pages(["Left head", "Right head"] * 3, [None] * 6))
    assert all(found.headers)


@pytest.mark.parametrize(
    ("foot", "printed"),
    [
        (["1", "2", "3", "4"], ["1", "2", "3", "4"]),
        (["Page 1 of 4", "Page 2 of 4", "Page 3 of 4", "Page 4 of 4"], ["1", "2", "3", "4"]),
        ([None, "i", "ii", "iii", "iv"], [None, "i", "ii", "iii", "iv"]),
        (["i", "ii", "iii", "1", "2", "3"], ["i", "ii", "iii", "1", "2", "3"]),
        (["Findings 11", "Findings 12", "14 | Annual report", "Annexes 14"], ["11", "12", None, "14"]),
        (["12 Final report", "Safe Return 13", "14 Final report", "Safe Return 15"], ["12", "13", "14", "15"]),
        (["Annual report 2014", "Annual report 2015", "Annual report 2016", None], [None, None, None, None]),
        (["Annex 1", "Annex 2", "Annex 3", "Annex 4"], [None, None, None, None]),
        (["3", "7", "4", "9"], [None, None, None, None]),
    ],
)
def test_printed_numbers_count_along_with_the_pages(foot: list[str | None], printed: list[str | None]) -> None:
    found = find_furniture(pages([None] * len(foot), foot))
    assert list(found.printed) == printed
    assert [bool(indices) for indices in found.footers] == [number is not None for number in printed]


def test_what_returns_in_the_middle_of_the_page_stays() -> None:
    lines = [[*BODY, EdgeLine("The same sentence on every page.", 0.5)] for _ in range(5)]
    assert not any(find_furniture(lines).headers) and not any(find_furniture(lines).footers)


def test_a_line_with_text_beyond_it_is_no_furniture() -> None:
    tops = [[EdgeLine(f"Sentence {n} runs over from the page before.", 0.04), EdgeLine("We advised the", 0.09), *BODY]
            for n in range(5)]  # fmt: skip
    assert not any(find_furniture(tops).headers)


def test_a_line_far_apart_is_a_heading_and_no_header() -> None:
    tops: list[str | None] = [None] * 30
    tops[2] = tops[12] = tops[25] = "Recommendations"
    assert not any(find_furniture(pages(tops, [None] * 30)).headers)


def test_no_pages_and_empty_pages() -> None:
    assert find_furniture([]).printed == ()
    assert find_furniture([[], []]).printed == (None, None)
