from __future__ import annotations

import pytest

from extractor.report.acronyms import acronyms_of, explained, used


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("run by the National Referral Mechanism (NRM).", {"NRM": "National Referral Mechanism"}),
        ("the Organization for Security and Co-operation in Europe (OSCE) said", {}),
        ("the Ministry of Internal Affairs (MIA)", {"MIA": "Ministry of Internal Affairs"}),
        ("Non-Governmental Organisations (NGOs) met", {"NGO": "Non-Governmental Organisations"}),
        ("something else (XYZ)", {}),
        ("of of of of of of of of of of of of of of of of of of of of of of of of of of of of of (OO", {}),
    ],
)
def test_explanations_in_the_text(text: str, expected: dict[str, str]) -> None:
    assert explained(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The UN and two NGOs", {"UN", "NGO"}),
        ("by OECD-DAC criterion", {"OECD", "DAC"}),
        ("chapter IV of project CT-0123 in a/ABC.pdf", {"CT"} - {"CT"}),
        ("PROTECTION OF VICTIMS OF TRAFFICKING", set()),
        ("see [ABC.pdf]{.file} and M49", set()),
    ],
)
def test_acronyms_in_use(text: str, expected: set[str]) -> None:
    assert used(text) == expected


def test_each_is_listed_with_its_words_or_without() -> None:
    text = "The Vela Aid Fund (VAF), the UN and the QQX."
    assert acronyms_of(text, {"UN": "United Nations"}) == [
        ("QQX", ""),
        ("UN", "United Nations"),
        ("VAF", "Vela Aid Fund"),
    ]
