"""Countries and the sub-regions they lie in (UN M49), for tables that compare cases."""

from __future__ import annotations

from typing import Any

import pycountry

FORMER_NAMES = {"macedonia": "MK", "turkey": "TR", "swaziland": "SZ", "cape verde": "CV", "burma": "MM"}
KOSOVO = "XK"  # in use, though ISO 3166 has not assigned it

SUB_REGIONS: dict[tuple[str, str], str] = {
    ("Africa", "Northern Africa"): "DZ EG LY MA SD TN EH",
    ("Africa", "Eastern Africa"): "BI KM DJ ER ET KE MG MW MU YT MZ RE RW SC SO SS UG TZ ZM ZW",
    ("Africa", "Middle Africa"): "AO CM CF TD CG CD GQ GA ST",
    ("Africa", "Southern Africa"): "BW SZ LS NA ZA",
    ("Africa", "Western Africa"): "BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG",
    ("Americas", "Caribbean"): "AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI",
    ("Americas", "Central America"): "BZ CR SV GT HN MX NI PA",
    ("Americas", "South America"): "AR BO BR CL CO EC FK GF GY PY PE SR UY VE",
    ("Americas", "Northern America"): "BM CA GL PM US",
    ("Asia", "Central Asia"): "KZ KG TJ TM UZ",
    ("Asia", "Eastern Asia"): "CN HK MO TW KP JP MN KR",
    ("Asia", "South-eastern Asia"): "BN KH ID LA MY MM PH SG TH TL VN",
    ("Asia", "Southern Asia"): "AF BD BT IN IR MV NP PK LK",
    ("Asia", "Western Asia"): "AM AZ BH CY GE IQ IL JO KW LB OM QA SA PS SY TR AE YE",
    ("Europe", "Eastern Europe"): "BY BG CZ HU PL MD RO RU SK UA",
    ("Europe", "Northern Europe"): "AX DK EE FO FI IS IE LV LT NO SE GB",
    ("Europe", "Southern Europe"): f"AL AD BA HR GI GR IT MT ME MK PT SM RS SI ES {KOSOVO}",
    ("Europe", "Western Europe"): "AT BE FR DE LI LU MC NL CH",
    ("Oceania", "Australia and New Zealand"): "AU NZ",
    ("Oceania", "Melanesia"): "FJ NC PG SB VU",
    ("Oceania", "Micronesia"): "GU KI MH FM NR MP PW",
    ("Oceania", "Polynesia"): "AS CK PF NU PN WS TK TO TV WF",
}  # fmt: skip
_PLACE_OF = {code: place for place, codes in SUB_REGIONS.items() for code in codes.split()}


def country_code(name: str) -> str:
    """The ISO 3166 two-letter code of a country by name or code; "" where it is none."""
    if name.casefold() in FORMER_NAMES:
        return FORMER_NAMES[name.casefold()]
    if name.casefold() == "kosovo":
        return KOSOVO
    try:
        return str(pycountry.countries.lookup(name).alpha_2)
    except LookupError:
        return ""


def code_of(value: Any, label: str) -> str:
    """The code of a country as a form gives it: its own code where it is there, else from the name."""
    given = value.get("iso3166", "") if isinstance(value, dict) else ""
    return country_code(str(given)) or country_code(label)


def region_of(code: str) -> tuple[str, str]:
    """Region and sub-region of a two-letter code; empty where unknown."""
    return _PLACE_OF.get(code, ("", ""))
