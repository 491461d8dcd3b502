from __future__ import annotations

import pytest

from extractor.coding.typed.places import find_countries
from tests.coding.typed.asking import best, votes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("in Laos, Vietnam and Burma", ["LAO", "VNM", "MMR"]),
        ("FYR Macedonia and Kosovo", ["MKD", "XKX"]),
        ("Serbia and Montenegro", ["SRB"]),
        ("Côte d’Ivoire and the Ivory Coast", ["CIV", "CIV"]),
        ("the Kyrgyz Republic", ["KGZ"]),
        ("Papua New Guinea, Guinea-Bissau, Guinea", ["PNG", "GNB", "GIN"]),
        ("NIGERIA and Niger", ["NGA", "NER"]),
        ("Libyan NGOs", ["LBY"]),
        ("au Sénégal et au Tchad", ["SEN", "TCD"]),
        ("it was funded by Norway", []),
        ("the Government of Sweden", []),
        ("the Norwegian Embassy", []),
        ("a car and a turkey", []),
    ],
)
def test_find_countries(text: str, codes: list[str]) -> None:
    assert [code for _, code in find_countries(text)] == codes


COUNTRY = [
    ("Country: Moldova", "MDA"),
    ("Location of the action\tLibya", "LBY"),
    ("! Safe Roads in Nepal: final report\n\nText.", "NPL"),
    ("# Summary\n\nThe project works in Nepal. Nepal has many roads. In Nepal, roads matter. Nepalese roads.", "NPL"),
    ("# Summary\n\nThe project was implemented in Albania by two offices.", "ALB"),
    ("País: Colombia", "COL"),
]


@pytest.mark.parametrize(("text", "code"), COUNTRY)
def test_single_country(text: str, code: str) -> None:
    assert best("places", text, "country")["iso3166"] == code
    assert best("places", text, "scope") == "country"


REGION = [
    ("Countries covered: Thailand, Cambodia, Laos", "southeast_asia"),
    (
        "# Summary\n\nThe regional project covers the countries of Thailand, Cambodia, Vietnam and Laos.",
        "southeast_asia",
    ),
    ("! Return across the Western Balkans\n\nThe regional project began in May.", "southeastern_europe"),
    ("# Summary\n\nThe project was implemented in Kenya, Uganda and Rwanda.", "east_africa"),
    ("# Summary\n\nThe project was implemented in Kazakhstan, Kyrgyzstan and Tajikistan.", "central_asia"),
]


@pytest.mark.parametrize(("text", "region"), REGION)
def test_region(text: str, region: str) -> None:
    assert best("places", text, "region") == region
    assert best("places", text, "scope") == "region"


def test_all_countries_of_a_regional_project_are_proposed() -> None:
    found = votes("places", "Countries covered: Thailand, Cambodia, Laos", "country")
    assert {vote.value["iso3166"] for vote in found} == {"THA", "KHM", "LAO"}


def test_the_donors_country_is_not_the_projects() -> None:
    text = (
        "# Summary\n\nThe project in Nepal was funded by Norway. The Norwegian Embassy and the "
        "Government of Norway came to Nepal. Nepal was glad. Nepal thanked them."
    )
    assert best("places", text, "country")["iso3166"] == "NPL"


def test_one_country_behind_including_is_not_the_projects() -> None:
    text = "! Yearbook of the society\n\nThe programme reached many, including 40,000 families in Malawi."
    assert all(vote.score < 0.4 for vote in votes("places", text, "scope"))
