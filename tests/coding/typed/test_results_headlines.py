"""Counts that are told one after the other: annual reports, donor reports, pages of headline results."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.coding.typed.results import extract
from extractor.coding.typed.results_headlines import told_counts
from tests.factory import source

GIVEN = 0.4
FILLER = (
    "# Achievements\n"
    "- It trained 410 bakers in the delta.\n- It repaired 61 pumps before the rains.\n"
    "- It vaccinated 9,200 goats against plague.\n- It opened 17 reading rooms.\n"
    "- It planted 880 mangroves along the shore.\n- It coached 35 village treasurers.\n"
    "- It screened 5,300 miners for silicosis.\n- It issued 240 land titles to widows.\n"
)
"""A chapter that is full of results."""


def found(text: str, file: str = "annual.pdf") -> list[dict[str, Any]]:
    rows = {str(vote.value): vote.value for vote in extract(source(text, file=file)) if vote.score >= GIVEN}
    return [*rows.values()]


def told(sentence: str, indicator: str = "") -> list[tuple[str, float | None]]:
    passage = source(sentence + "\n").passages[0]
    return [(row.statement, row.achieved) for row in told_counts(passage, indicator)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "In Peru, the Fund supported nearly 8,280 weavers to sell online.",
            [("supported weavers to sell online in Peru", 8280)],
        ),
        (
            "It opened 14 youth clubs that have reached around 50,000 teenagers.",
            [("opened youth clubs", 14), ("reached teenagers", 50_000)],
        ),
        (
            "The visits of 310 foresters and 18 rangers were facilitated by the school.",
            [("foresters facilitated", 310), ("rangers were facilitated by the school", 18)],
        ),
        (
            "3.5 million nomads gained access to clinics, including 1.2 million in mountain valleys.",
            [("nomads gained access to clinics", 3_500_000), ("nomads gained in mountain valleys", 1_200_000)],
        ),
        (
            "Oxen were bought and 26 ploughs repaired, freeing $3,000 a year.",
            [("ploughs repaired", 26)],
        ),
        (
            "By equipping 12 dairies with coolers, the union helped 640 herders.",
            [("equipping dairies with coolers", 12), ("helped herders", 640)],
        ),
        ("L’association a accompagné le village : 85 apiculteurs appuyés.", [("apiculteurs appuyés", 85)]),
    ],
)
def test_each_figure_has_the_words_of_its_clause(sentence: str, expected: list[tuple[str, float]]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The project will have trained 400 bakers by next year.",
        "It needs 300 more classrooms to be repaired.",
        "The team interviewed 120 households who had received seeds.",
        "It received USD 400,000 and £3 million from donors.",
        "Phase 2 helped the union in the year 2014.",
        "About 63 per cent of those trained were women.",
        "Globally, 90 million children received no vaccine.",
        "There are 63 million miners in the region.",
        "Workers aged 15 were released.",
        "That was 41 more than had been trained before.",
    ],
)
def test_what_is_no_result(sentence: str) -> None:
    assert told(sentence) == []


def test_all_results_of_a_document_that_is_full_of_them() -> None:
    reached = {row["achieved"] for row in found(FILLER)}
    assert reached == {410, 61, 9200, 17, 880, 35, 5300, 240}


def test_more_than_the_few_counts_of_other_documents() -> None:
    many = "# What we did\n" + "".join(
        f"- It {verb} {number} {things}.\n"
        for verb, number, things in zip(
            ("trained", "coached", "equipped", "opened", "planted", "repaired", "issued", "screened", "housed",
             "tested", "built", "fed"),
            range(101, 113),
            ("bakers", "divers", "clinics", "wells", "cedars", "roofs", "permits", "miners", "orphans", "seeds",
             "ovens", "horses"),
            strict=True,
        )
    )  # fmt: skip
    assert {row["achieved"] for row in found(many)} == {*range(101, 113)}


@pytest.mark.parametrize(
    "heading", ["Country context", "Budget and staff", "Methodology", "Lessons learned", "Challenges and needs"]
)
def test_none_of_chapters_on_something_else(heading: str) -> None:
    rows = found(f"{FILLER}# {heading}\nThe ministry gained 7,700 recruits and hired 512 clerks.\n")
    assert not {7700, 512} & {row["achieved"] for row in rows}


def test_none_of_an_evaluation_that_counts_little() -> None:
    text = "# Findings\nIt was said that parents gained from 77 lessons which had enabled talk.\n"
    assert found(text, "evaluation-report.pdf") == []


def test_an_indicator_above_belongs_to_the_counts_below() -> None:
    rows = found(
        "# Clean cooking\nNumber of families with a smokeless stove through the Alliance.\n## Results\n"
        "From 2015 to 2018 the Alliance supported 41,000 families to buy a stove. "
        "Most of them live in hill districts (26,500 families).\n"
        "## Context\nSmoke had affected 90,000 families before.\n"
    )
    assert [(row["statement"], row["indicator"], row["achieved"]) for row in rows] == [
        (
            "supported families to buy a stove",
            "Number of families with a smokeless stove through the Alliance",
            41_000,
        ),
        (
            "families in hill districts",
            "Number of families with a smokeless stove through the Alliance",
            26_500,
        ),
    ]


def test_the_title_of_a_chart_is_no_indicator() -> None:
    rows = found(f"{FILLER}Percentage of results by region\n\nThe Alliance helped 512 potters.\n")
    assert [row["indicator"] for row in rows if row["achieved"] == 512] == [""]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The share of wards with soap grew to 40 per cent, from 32 per cent in 2016.", (32, 40, "per cent")),
        ("By 2018, 73 per cent of mines had a nurse, up from 65 per cent in 2017.", (65, 73, "per cent")),
        ("The league opened offices in 91 towns, up from 65 in 2016.", (65, 91, "towns")),
        ("Pass rates in writing jumped from 17 per cent to 50 per cent.", (17, 50, "per cent")),
        ("Complaints fell to 12 cases, down from 48 in 2016.", (48, 12, None)),
    ],
)
def test_where_it_began_and_what_it_came_to(sentence: str, expected: tuple[float, float, str | None]) -> None:
    row = next(row for row in found(f"# Results\n{sentence}\n", "final_report.pdf") if row["baseline"] is not None)
    assert (row["baseline"], row["achieved"]) == expected[:2]
    assert expected[2] in (None, row["unit"])


@pytest.mark.parametrize(
    "sentence",
    [
        "The share of evaluations of good quality rose from 24 per cent to 42 per cent.",
        "The average rating of relevance grew to 3.1, from 2.6 in 2016.",
    ],
)
def test_what_evaluators_rate_is_no_result(sentence: str) -> None:
    assert found(f"# Findings\n{sentence}\n", "evaluation-report.pdf") == []


@given(st.lists(st.sampled_from(["In", "Peru,", "trained", "40", "(", "3.5 million", "and", "women", "to", "%", "$"])))
def test_figures_are_those_of_the_sentence(words: list[str]) -> None:
    for _, achieved in told(" ".join(["It", *words, "helped."])):
        assert achieved in (40, 3_500_000)
