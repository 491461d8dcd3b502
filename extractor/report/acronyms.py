"""Acronyms: those a report uses, each with the words it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from babel import Locale

EXPLAINED = re.compile(r"((?:[^\W\d_][\w’'/-]*[ ,]+){1,14})\(([A-Z][A-Za-z&-]{1,9}?)s?\)")
ACRONYM = re.compile(r"(?<![\w./#])(?<!\d-)([A-Z][A-Z&]{1,6}|[A-Z]{2,4}[a-z]?[A-Z]?|[A-Z]o[A-Z])s?(?!\w|-\d|\.\w|/\w)")
SMALL_WORDS = frozenset({"and", "of", "the", "for", "on", "in", "to", "against", "de", "der", "für", "a", "with", "by"})
ROMAN = re.compile(r"^[IVXLC]+$")
CAPITALS_RUN = re.compile(r"\b[A-Z]{2,}(?:[\s,:;-]+[A-Z]{2,}){2,}\b")
HIDDEN = re.compile(r"\]\([^)]*\)|\{[^}]*\}|\[[^\]\n]*\]\{\.file\}")
NOT_ACRONYMS = frozenset({"OK", "NO", "AM", "PM", "ID"})

COMMON: Mapping[str, str] = {
    "AIDS": "Acquired immunodeficiency syndrome",
    "CEDAW": "Convention on the Elimination of All Forms of Discrimination against Women",
    "CSO": "Civil society organisation",
    "CT": "Counter-trafficking",
    "DAC": "Development Assistance Committee (of the OECD)",
    "DFID": "Department for International Development (United Kingdom)",
    "EC": "European Commission",
    "ECOWAS": "Economic Community of West African States",
    "EU": "European Union",
    "HIV": "Human immunodeficiency virus",
    "IDF": "IOM Development Fund",
    "IDP": "Internally displaced person",
    "IGO": "Intergovernmental organisation",
    "ILO": "International Labour Organization",
    "INGO": "International non-governmental organisation",
    "IOM": "International Organization for Migration",
    "MFA": "Ministry of Foreign Affairs",
    "MOU": "Memorandum of understanding",
    "MoU": "Memorandum of understanding",
    "NGO": "Non-governmental organisation",
    "NRM": "National referral mechanism",
    "OECD": "Organisation for Economic Co-operation and Development",
    "OSCE": "Organization for Security and Co-operation in Europe",
    "SOP": "Standard operating procedure",
    "TOR": "Terms of reference",
    "ToR": "Terms of reference",
    "UK": "United Kingdom",
    "UN": "United Nations",
    "UNDP": "United Nations Development Programme",
    "UNHCR": "United Nations High Commissioner for Refugees",
    "UNICEF": "United Nations Children's Fund",
    "UNODC": "United Nations Office on Drugs and Crime",
    "US": "United States",
    "USA": "United States of America",
    "USAID": "United States Agency for International Development",
    "VOT": "Victim of trafficking",
    "VoT": "Victim of trafficking",
    "WHO": "World Health Organization",
}


def explained(text: str) -> dict[str, str]:
    """The acronyms that a text explains itself, as "Full Name (FN)".

    >>> explained("run by the National Referral Mechanism (NRM) since 2005")
    {'NRM': 'National Referral Mechanism'}
    """
    found: dict[str, str] = {}
    for match in EXPLAINED.finditer(text):
        name = _name_for(match[1].split(), match[2])
        if name:
            found.setdefault(match[2], name)
    return found


def _name_for(words: list[str], acronym: str) -> str:
    """The last words before the bracket whose initials make the acronym; "" where none do."""
    letters = [letter.casefold() for letter in acronym if letter.isalpha()]
    for length in range(1, len(words) + 1):
        name = words[-length:]
        if name[0].casefold() in SMALL_WORDS or len(name) < 2:
            continue
        if _initials(name, skip=True) == letters or _initials(name, skip=False) == letters:
            return " ".join(name).strip(" ,")
    return ""


def _initials(words: Iterable[str], skip: bool) -> list[str]:
    parts = (part for word in words for part in re.split(r"[-/]", word) if part)
    return [part[0].casefold() for part in parts if not (skip and part.casefold() in SMALL_WORDS)]


def used(text: str) -> set[str]:
    """The acronyms that stand in a text; headings in capitals, file names and numerals are none."""
    plain = CAPITALS_RUN.sub(" ", HIDDEN.sub(" ", text.replace("\\", "")))
    found = {match[1] for match in ACRONYM.finditer(plain)}
    return {name for name in found if not ROMAN.match(name) and name not in NOT_ACRONYMS}


def currency_name(code: str) -> str:
    """The name of a currency by its ISO 4217 code; "" where it is none."""
    return str(Locale("en").currencies.get(code, ""))


def acronyms_of(text: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """The acronyms of a report in order, each with its words; "" where neither the report nor `known` has them."""
    plain = text.replace("\\", "")
    words = {**COMMON, **known, **explained(plain)}
    return [
        (name, words.get(name) or currency_name(name))
        for name in sorted(used(text), key=lambda name: (name.casefold(), name))
    ]
