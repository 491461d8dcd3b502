"""A line of print is told by its form: tables of (line, expected)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.structure import (
    TocEntry,
    caption,
    heading_number,
    is_contents_title,
    is_section_title,
    join_hyphen,
    list_marker,
    looks_like_heading,
    page_number_line,
    toc_entry,
)

LONG = "The project trained two hundred officers of the border police in the identification of victims in 2012."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("3.2 Findings", ("3.2", 2)),
        ("10.1. Partnerships", ("10.1", 2)),
        ("1. Objective", ("1", 1)),
        ("1 Introduction", ("1", 1)),
        ("IV. Results", ("IV", 1)),
        ("A. Project category", ("A", 2)),
        ("i. Shelter stays", ("i", 3)),
        ("A.1 Scope", ("A.1", 2)),
        ("Annex 2", ("Annex 2", 1)),
        ("ANNEX B: Questionnaire", ("ANNEX B", 1)),
        ("Chapter 3", ("Chapter 3", 1)),
        ("ÉTAPE 2: Protéger", ("ÉTAPE 2", 2)),
        ("Annexe 3 : Liste des entretiens", ("Annexe 3", 1)),
        ("Recommendation 4: Train the trainers", ("Recommendation 4", 2)),
        ("Output 1.2: Shelters are equipped", ("Output 1.2", 3)),
        ("Annex 2 shows the budget", None),
        ("12 months later", None),
        ("5 January 2010", None),
        ("2.5 million people", None),
        ("2003 Report", None),
        ("Findings", None),
        ("", None),
    ],
)
def test_heading_number(line: str, expected: tuple[str, int] | None) -> None:
    assert heading_number(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("• training", "•"),
        ("•training", "•"),
        ("\uf0b7\ttraining", "\uf0b7"),
        ("– training", "–"),
        ("- training", "-"),
        ("* training", "*"),
        ("o Training of police", "o"),
        ("☒ Yes", "☒"),
        ("1) training", "1)"),
        ("12. training", "12."),
        ("a. training", "a."),
        ("(iv) training", "(iv)"),
        ("(lxviii) training", "(lxviii)"),
        ("- 2. Additional staff", "- 2."),
        ("-5%", None),
        ("o clock", None),
        ("*title* in stars", None),
        ("e.g. this", None),
        ("mix) not Roman", None),
        ("*", None),
        ("Training", None),
    ],
)
def test_list_marker(line: str, expected: str | None) -> None:
    assert list_marker(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("I.\tExecutive Summary\t3", TocEntry("I. Executive Summary", "3", False)),
        ("1. Objective.....6", TocEntry("1. Objective", "6", True)),
        ("Foreword . . . . . ii", TocEntry("Foreword", "ii", True)),
        ("Introduction      5", TocEntry("Introduction", "5", False)),
        ("Participants numbered 5", None),
        ("........ 5", None),
    ],
)
def test_toc_entry(line: str, expected: TocEntry | None) -> None:
    assert toc_entry(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Table 3: Budget", "Table 3"),
        ("Figure 2.1 – Trend", "Figure 2.1"),
        ("Tableau 2 : Les partenaires", "Tableau 2"),
        ("Box A", "Box A"),
        ("Table 3 shows the budget", None),
        ("Map of the region", None),
    ],
)
def test_caption(line: str, expected: str | None) -> None:
    assert caption(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("12", "12"), ("- 12 -", "12"), ("Page 3 of 10", "3"), ("iii", "iii"), ("3/10", "3"), ("A-3", "A-3"),
     ("page iv", "iv"), ("mix", None), ("12 3", None), ("12 people", None), ("", None)],
)  # fmt: skip
def test_page_number_line(line: str, expected: str | None) -> None:
    assert page_number_line(line) == expected


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("EXECUTIVE SUMMARY", LONG, True),
        ("Overall Conclusions", LONG, True),
        ("2. Methodology", LONG, True),
        ("Lessons learned", "", True),
        ("Annex 3: List of interviews", "", True),
        ("The project ended in March.", LONG, False),
        ("- Lessons for the next phase", LONG, False),
        ("Cambodia", "Laos", False),
        ("ILO International Labour Organization", LONG, False),
        ("17 route des Lilas, Tel: 55 12 34", LONG, False),
        ("Table 2: Results by country", LONG, False),
        ("September 2003", "TABLE OF CONTENTS", False),
        ("Province\tVictims\tYear", LONG, False),
    ],
)
def test_looks_like_heading(line: str, following: str, expected: bool) -> None:
    assert looks_like_heading(line, following) is expected


def test_a_line_after_a_comma_goes_on_and_is_no_heading() -> None:
    assert not looks_like_heading("Regional Office", LONG, preceding="Ministry of Labour,")


def test_names_of_sections_are_known_in_other_languages() -> None:
    assert is_contents_title("Table des matières")
    assert is_contents_title("CONTENTS:")
    assert is_section_title("Resumen Ejecutivo")
    assert not is_contents_title("Contents of the training kit")


@pytest.mark.parametrize(
    ("first", "second", "vocabulary", "expected"),
    [
        ("the coun-", "ter is", {"counter"}, "the counter is"),
        ("counter-", "trafficking work", set(), "counter-trafficking work"),
        ("awareness-", "raising", {"awareness", "raising"}, "awareness-raising"),
        ("under-", "standing", {"under", "standing", "understanding"}, "understanding"),
        ("multi-", "country", set(), "multi-country"),
        ("victim-", "centred", {"victim-centred"}, "victim-centred"),
        ("2008-", "2013", set(), "2008-2013"),
        ("Guinea-", "Bissau", set(), "Guinea-Bissau"),
        ("inter\ufffe", "national", set(), "international"),
        ("no hyphen", "here", set(), "no hyphenhere"),
    ],
)
def test_join_hyphen(first: str, second: str, vocabulary: set[str], expected: str) -> None:
    assert join_hyphen(first, second, vocabulary) == expected


@given(st.text(max_size=200))
def test_any_line_is_answered(line: str) -> None:
    marker = list_marker(line)
    assert marker is None or line.strip().startswith(marker)
    number = heading_number(line)
    assert number is None or (line.strip().startswith(number[0]) and number[1] >= 1)
    assert isinstance(looks_like_heading(line), bool)
    page_number_line(line), caption(line), toc_entry(line)
