from __future__ import annotations

import pycountry
import pytest

from extractor.coding.typed.gazetteers import (
    KOSOVO,
    NameFinder,
    country_finder,
    country_name,
    currencies,
    donor_finder,
    region_named,
    region_pattern,
    regions_of,
)

KINDS = {"norad_mfa", "norwegian_embassy", "norwegian_ngo", "other_igo", "other_government", "other_ngo", "private"}


@pytest.mark.parametrize("country", list(pycountry.countries), ids=lambda country: country.alpha_3)
def test_each_country_is_found_by_its_usual_name(country: object) -> None:
    code = getattr(country, "alpha_3")  # noqa: B009
    if code == "JEY":
        return  # left out: "Jersey" is a garment and a state's half
    found = [mention.entry.iso3166 for mention in country_finder().find(country_name(code))]
    assert code in found


def test_aliases_have_codes_that_exist() -> None:
    names = ["Laos", "Burma", "FYR Macedonia", "DRC", "Palestine", "Moldavie", "Zambian"]
    codes = [mention.entry.iso3166 for name in names for mention in country_finder().find(name)]
    assert codes == ["LAO", "MMR", "MKD", "COD", "PSE", "MDA", "ZMB"]
    assert country_name(KOSOVO) == "Kosovo"


def test_donors_have_kinds_of_the_form() -> None:
    assert {
        mention.entry[0]
        for mention in donor_finder().find("Norad, Norwegian Embassy, Caritas Norway, UNDP, Sida, Oxfam, PSF")
    } == KINDS


def test_acronyms_count_only_as_written() -> None:
    assert list(country_finder().find("Car and Uk")) == []
    assert list(donor_finder().find("Eu and Who")) == []


def test_regions() -> None:
    assert regions_of("KHM") == ("southeast_asia",)
    match = region_pattern().search("in the Western Balkans")
    assert match is not None
    assert region_named(match.group()) == "southeastern_europe"


def test_currencies_are_iso_4217() -> None:
    known = {currency.alpha_3 for currency in pycountry.currencies}
    assert set(currencies().values()) <= known


def test_the_longest_name_wins() -> None:
    finder = NameFinder({"Guinea": 1, "Guinea Bissau": 2})
    assert [mention.entry for mention in finder.find("Guinea Bissau, Guinea, guinea")] == [2, 1]
