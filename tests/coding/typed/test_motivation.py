"""Evidence of the need, with its source and year."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.coding.typed.motivation import extract, source_of, year_of
from tests.factory import source

GIVEN = 0.4


def evidence(text: str, file: str = "proposal.pdf") -> list[dict[str, Any]]:
    return [vote.value for vote in extract(source(text, file=file)) if vote.score >= GIVEN]


def test_a_figure_with_source_and_year() -> None:
    text = "! Project proposal\n# Background\nAccording to the Ministry of Interior, 214 victims were listed in 2005.\n"
    assert evidence(text) == [
        {
            "what": "According to the Ministry of Interior, 214 victims were listed in 2005.",
            "source": "Ministry of Interior",
            "year": "2005",
        }
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Background\nThe project will assist 214 victims in 2005.\n",
        "# Results\nAccording to the Ministry of Interior, 214 victims were listed in 2005.\n",
        "# Background\nThe town lies on a river and has two bridges.\n",
    ],
)
def test_what_is_no_evidence_of_a_need(text: str) -> None:
    assert evidence(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two in three lack papers (National Statistics Office, 2010).", "National Statistics Office, 2010"),
        ("Selon le Ministère de la Santé, 20 % des enfants partent.", "Ministère de la Santé"),
        ("Many children leave the villages.", ""),
    ],
)
def test_sources(text: str, expected: str) -> None:
    assert source_of(text) == expected


def test_years() -> None:
    assert year_of("Between 2000 and 2004 many left.") == "2004"
    assert year_of("Many left.") == ""
