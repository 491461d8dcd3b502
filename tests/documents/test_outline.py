"""Levels follow from how a document numbers its headings."""

from __future__ import annotations

import pytest

from extractor.documents.outline import heading_levels


@pytest.mark.parametrize(
    ("headings", "levels"),
    [
        (["Foreword", "1. Introduction", "1.1 Scope", "2. Findings", "2.1.1 Shelters", "Annex 1: Terms"],
         (1, 1, 2, 1, 3, 1)),
        (["I. SUMMARY", "II. RESULTS", "1. Overview", "2. Analysis", "A. By donor", "B. By year", "i. Early years",
          "3. Outlook", "III. ANNEXES"],
         (1, 1, 2, 2, 3, 3, 4, 2, 1)),
        (["3. Analysis", "A. One part", "G. Another part", "H. Later part", "I. Last part", "J. More parts"],
         (1, 2, 2, 2, 2, 2)),
        (["EXECUTIVE SUMMARY", "Overall Results", "Next Steps", "RECOMMENDATIONS"], (1, 2, 2, 1)),
        (["1. Results", "Summary", "2. Costs", "References"], (1, 2, 1, 1)),
        (["I. RESULTS", "1. Costs", "SUSTAINABILITY", "II. OUTLOOK", "ANNEXES"], (1, 2, 3, 1, 1)),
        (["RECOMMENDATIONS", "1. For donors", "CONCLUSIONS"], (1, 1, 1)),
        (["1. Design", "1.1 Purpose", "Scope of the Study", "1.2 Team"], (1, 2, 3, 2)),
    ],
)  # fmt: skip
def test_levels(headings: list[str], levels: tuple[int, ...]) -> None:
    assert heading_levels(headings) == levels
