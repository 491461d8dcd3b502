"""Countries, regions, donors and currencies, read once from the data files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pycountry
import yaml
from babel import Locale

DATA_PACKAGE = "extractor.coding.typed.data"
OTHER_LANGUAGES = ("fr", "es")
"""Languages beside English in which countries are known by name."""
ACCENTED_CAPITALS = str.maketrans("ÀÂÉÈÊÎÔÙÛÍÓÚÁ", "AAEEEIOUUIOUA")
KOSOVO = "XKX"
"""Not in ISO 3166; the code that international organisations use for it."""

INVERTED_ADJECTIVES = frozenset({"British", "U.S.", "Province of China"})
MIN_CAPITALS = 3
WORDS_NOT_CURRENCIES = frozenset(
    {"ALL", "TOP", "CUP", "MOP", "TRY", "BAM", "ANG", "SOS", "GEL", "SDG", "CVE", "CDF", "STD", "STN"}
)
AMBIGUOUS_NAMES = frozenset({"Jersey", "Saint Martin", "Jordan River"})
_FIRST_WORD = re.compile(r"[^\W_]+")
_CAPITAL_WORD = re.compile(r"[^\W_a-zß-ÿ](?<![^\W_].)[^\W_]*", re.DOTALL)
"""A word that begins with a capital letter or a digit. What may begin one stands first: it is looked for quickly."""
_SPACES = re.compile(r"\s+")


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Country:
    """A country as it is named somewhere: its alpha-3 code, and whether by name, adjective or old name."""

    iso3166: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a gazetteer found in a text."""

    start: int
    end: int
    entry: Any


class NameFinder:
    """Finds names of one or more words in a text by their first words: linear in the text."""

    def __init__(self, names: Mapping[str, Any], as_written: Set[str] = frozenset()) -> None:
        self._as_written: dict[str, set[str]] = {}
        for name in as_written:
            self._as_written.setdefault(self._key(name), set()).add(name)
        self._by_first: dict[str, list[tuple[str, Any]]] = {}
        for name, entry in names.items():
            key = self._key(name)
            first = _FIRST_WORD.search(key)
            if first and first.start() == 0:
                self._by_first.setdefault(first.group(), []).append((key, entry))
        for found in self._by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def _key(self, text: str) -> str:
        return text.replace("’", "'").lower()

    def find(self, text: str) -> Iterator[Mention]:
        """The names in a text, the longest at each place; each must begin with a capital letter or a digit."""
        key = self._key(text)
        if len(key) != len(text):
            return
        taken = 0
        by_first = self._by_first
        for word in _CAPITAL_WORD.finditer(text):
            start, stop = word.span()
            names = by_first.get(key[start:stop])
            if names is None or start < taken or (stop - start == 1 and text[start].isdigit()):
                continue
            for name, entry in names:
                end = start + len(name)
                if (
                    key.startswith(name, start)
                    and not key[end : end + 1].isalnum()
                    and self._fits(name, text[start:end])
                ):
                    taken = end
                    yield Mention(start, end, entry)
                    break

    def _fits(self, name: str, written: str) -> bool:
        """Acronyms count only as they are written."""
        allowed = self._as_written.get(name)
        return allowed is None or written in allowed


def _lines(name: str) -> list[dict[str, str]]:
    text = resources.files(DATA_PACKAGE).joinpath(name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _yaml(name: str) -> dict[str, Any]:
    content = resources.files(DATA_PACKAGE).joinpath(name).read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(content, Loader=_LOADER)  # noqa: S506  # a safe loader, the quick one if there
    return loaded


def usual_order(name: str) -> str:
    """The standard's inverted names as people write them: "Iran, Islamic Republic of" is "Islamic Republic of Iran"."""
    head, comma, tail = name.partition(", ")
    if not comma or not (tail.endswith((" of", " of the")) or tail in INVERTED_ADJECTIVES):
        return name
    return f"{tail.removeprefix('The ')} {head}"


@cache
def country_finder() -> NameFinder:
    """Finds countries by their names, short and former names and adjectives."""
    names: dict[str, Country] = {}
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            name = getattr(country, attribute, None)
            if name and name not in AMBIGUOUS_NAMES:
                names[usual_order(name)] = Country(country.alpha_3, "name")
    for name, code in _names_elsewhere():
        names.setdefault(name, Country(code, "name"))
    for row in _lines("country_aliases.csv"):
        names[row["name"]] = Country(row["iso3166"], row["kind"])
    return NameFinder(names, as_written={name for name, entry in names.items() if entry.kind == "acronym"})


def _names_elsewhere() -> Iterator[tuple[str, str]]:
    """Countries in other languages, also with bare capitals as French prints them: name and alpha-3 code."""
    for language in OTHER_LANGUAGES:
        territories = Locale(language).territories
        for country in pycountry.countries:
            name = territories.get(country.alpha_2)
            if name and name not in AMBIGUOUS_NAMES:
                yield name, country.alpha_3
                yield name[0].translate(ACCENTED_CAPITALS) + name[1:], country.alpha_3


@cache
def country_name(iso3166: str) -> str:
    """The usual English name of a country."""
    if iso3166 == KOSOVO:
        return "Kosovo"
    country = pycountry.countries.get(alpha_3=iso3166)
    if country is None:
        return iso3166
    return str(getattr(country, "common_name", None) or usual_order(country.name))


@cache
def regions_of(iso3166: str) -> tuple[str, ...]:
    """The regions of the form in which a country lies."""
    return tuple(region for region, entry in _yaml("regions.yaml").items() if iso3166 in entry["countries"].split())


@cache
def region_pattern() -> re.Pattern[str]:
    """Matches the words for regions; `region_named` tells which."""
    words = sorted(_region_words(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b", re.IGNORECASE)


def region_named(words: str) -> str:
    """The region of the form that the words name."""
    return _region_words()[_SPACES.sub(" ", words.lower())]


@cache
def _region_words() -> dict[str, str]:
    return {word: region for region, entry in _yaml("regions.yaml").items() for word in entry["words"]}


@cache
def donor_finder() -> NameFinder:
    """Finds donors; the entry is (kind, name). Names of one word count only as written or all in capitals."""
    names: dict[str, tuple[str, str]] = {}
    single: set[str] = set()
    for kind, donors in _yaml("donors.yaml").items():
        for donor in donors:
            for written in donor:
                names[written] = (kind, donor[0])
                if " " not in written:
                    single |= {written, written.upper()} if len(written) > MIN_CAPITALS else {written}
    return NameFinder(names, as_written=single)


@cache
def currencies() -> dict[str, str]:
    """How currencies are written, in lower case, and their ISO 4217 codes."""
    return {row["written"].lower(): row["currency"] for row in _lines("currencies.csv")}


@cache
def iso_currencies() -> frozenset[str]:
    """The ISO 4217 codes in use, which count as written; those that are English words in capitals left out."""
    return frozenset(
        currency.alpha_3
        for currency in pycountry.currencies
        if not currency.alpha_3.startswith("X") and currency.alpha_3 not in WORDS_NOT_CURRENCIES
    )


@cache
def dollar_currencies() -> dict[str, str]:
    """The currency that a bare dollar sign means in a document of a country's own government."""
    return {row["country"]: row["currency"] for row in _lines("dollar_countries.csv")}
