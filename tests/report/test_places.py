from __future__ import annotations

import pycountry
import pytest

from extractor.report.places import SUB_REGIONS, code_of, country_code, region_of
from extractor.report.stakeholders import kind_of_organisation


@pytest.mark.parametrize(
    ("name", "code"),
    [("Kyrgyz Republic", "KG"), ("Macedonia", "MK"), ("MDA", "MD"), ("Kosovo", "XK"), ("Atlantis", "")],
)
def test_countries(name: str, code: str) -> None:
    assert country_code(name) == code


def test_regions() -> None:
    assert region_of(code_of({"other": "Moldavia", "iso3166": "MDA"}, "Moldavia")) == ("Europe", "Eastern Europe")
    assert region_of("") == ("", "")


def test_each_country_lies_in_one_place_at_most_and_nearly_all_in_one() -> None:
    listed = [code for codes in SUB_REGIONS.values() for code in codes.split()]
    assert len(listed) == len(set(listed))
    missing = {country.alpha_2 for country in pycountry.countries} - set(listed)
    assert missing <= {
        "AQ",
        "BV",
        "TF",
        "HM",
        "IO",
        "UM",
        "GS",
        "CC",
        "CX",
        "NF",
        "SJ",
        "GG",
        "IM",
        "JE",
        "PN",
        "VA",
        "SH",
        "MO",
        "HK",
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Social Welfare", "Government"),
        ("UNICEF", "Intergovernmental organisation"),
        ("border police", "Law enforcement and justice"),
        ("Royal Embassy in Kyiv", "Donor government or agency"),
        ("University of Lund", "Academic or research organisation"),
        ("Vela Women's Association", "Non-governmental organisation"),
        ("people who left", "Type not established"),
    ],
)
def test_organisations_are_shown_by_type(name: str, kind: str) -> None:
    assert kind_of_organisation(name) == kind
