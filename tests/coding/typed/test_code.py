from __future__ import annotations

import pytest

from extractor.coding.typed.code import is_code
from tests.coding.typed.asking import best, votes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Project code: CT.0123", "CT.0123"),
        ("Project Code\tPRJ-2014-0123", "PRJ-2014-0123"),
        ("Project No.: TE-KH-103", "TE-KH-103"),
        ("Code du projet : CT.0123", "CT.0123"),
        ("Proposal number: 676541\nDuration (months): 48", "676541"),
        ("Contract No. 519-C-00-97-00153-00", "519-C-00-97-00153-00"),
        ("Project code: CT.0123\nGrant agreement number: 998877", "CT.0123"),
        ("! Final evaluation of Safe Roads (CT.0123)\n\nText.", "CT.0123"),
        ("It was paid under grant agreement number 676541 of that year.", "676541"),
    ],
)
def test_code(text: str, code: str) -> None:
    assert best("code", text, "project_code") == code


@pytest.mark.parametrize(
    "text",
    [
        "CH-1211 Geneva 19",
        "Date: 12/05/2014",
        "Project reference: see annex",
        "Tel. +41 22 717 91 11",
        "Resolution 1244",
    ],
)
def test_no_code(text: str) -> None:
    assert votes("code", text, "project_code") == []


@pytest.mark.parametrize(
    ("text", "is_one"), [("CT.0123", True), ("12/05/2014", False), ("2014", False), ("abc", False), ("A1", False)]
)
def test_is_code(text: str, is_one: bool) -> None:
    assert is_code(text) is is_one


AGENCIES = [
    ("The wells were paid from TA 4321- NEP of the bank.", "TA 4321-NEP"),
    ("Work was done under AID-123-A-17-00045 in four towns.", "AID-123-A-17-00045"),
    ("It was carried out as GCP/SEN/045/ITA by the office.", "GCP/SEN/045/ITA"),
    ("It is known to the bank as P123987 and ended early.", "P123987"),
    ("The ministry files it as ETH-14/0031 since then.", "ETH-14/0031"),
]


@pytest.mark.parametrize(("text", "code"), AGENCIES)
def test_numbers_as_agencies_write_them(text: str, code: str) -> None:
    assert best("code", text, "project_code") == code
