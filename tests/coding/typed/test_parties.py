from __future__ import annotations

import pytest

from extractor.coding.typed.parties import is_organisation, split_names
from tests.coding.typed.asking import best, votes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Implementing agency: International Organization for Migration", "International Organization for Migration"),
        ("Name of the applicant\tHarbour Trust", "Harbour Trust"),
        ("The project was implemented by the Ministry of Labour in two towns.", "Ministry of Labour"),
        ("Organismo ejecutor: Ministerio de Trabajo", "Ministerio de Trabajo"),
    ],
)
def test_implementer(text: str, name: str) -> None:
    assert best("parties", text, "implementer") == name


def test_the_evaluator_is_not_the_implementer() -> None:
    assert (
        best("parties", "The evaluation of the project was carried out by Lind Consulting Group.", "implementer")
        is None
    )


def test_partners() -> None:
    text = (
        "Implementing partners: Ministry of Labour and Youth, World Vision\n\nIt was done in "
        "partnership with Harbour Trust and Save the Children."
    )
    names = {vote.value for vote in votes("parties", text, "partners")}
    assert {"Ministry of Labour and Youth", "World Vision", "Harbour Trust", "Save the Children"} <= names


def test_kinds_of_network_partners() -> None:
    text = "The project built a network of NGOs, the police and government authorities in each town."
    kinds = {vote.value for vote in votes("parties", text, "network_partners")}
    assert {"NGOs", "Law enforcement", "Government authorities"} <= kinds


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ministry of Labour and Youth, UNICEF", ["Ministry of Labour and Youth", "UNICEF"]),
        ("UNICEF and UNHCR", ["UNICEF", "UNHCR"]),
        ("Harbour Trust; the Red Cross", ["Harbour Trust", "Red Cross"]),
    ],
)
def test_split_names(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("name", "is_one"), [("Ministry of Labour", True), ("UNICEF", True), ("March", False), ("Anna", False)]
)
def test_is_organisation(name: str, is_one: bool) -> None:
    assert is_organisation(name) is is_one
