"""Stakeholders by type of organisation, never by name."""

from __future__ import annotations

import re
from collections.abc import Iterable

UNKNOWN_KIND = "Type not established"
NGO = "Non-governmental organisation"
GOVERNMENT = "Government"
INTERGOVERNMENTAL = "Intergovernmental organisation"
LAW_ENFORCEMENT = "Law enforcement and justice"
DONOR = "Donor government or agency"

_KINDS: tuple[tuple[str, str], ...] = (
    (DONOR, r"embass(?:y|ies)|norad|usaid|sida|danida|dfid|giz|gtz|jica|cida|swiss agency|donor|development agency|"
            r"ministry of foreign affairs of"),
    (LAW_ENFORCEMENT, r"police|prosecut\w*|courts?|judg\w*|judiciary|border (?:guards?|service|police)|immigration|"
                      r"customs|law enforcement|interpol|europol|interior|ministry of justice|lawyers?"),
    (INTERGOVERNMENTAL, r"united nations|un|unicef|unhcr|unodc|undp|unfpa|unesco|iom|ilo|who|osce|ecowas|asean|"
                        r"world bank|"
                        r"european (?:commission|union)|eu|council of europe|intergovernmental|igos?|"
                        r"international organi[sz]ation for migration|international labour organi[sz]ation"),
    (GOVERNMENT, r"ministr(?:y|ies)|government\w*|departments?|authorit(?:y|ies)|municipal\w*|provinc\w+|commission|"
                 r"state|"
                 r"federal|national (?:agency|committee|council|coordinator)|local council|parliament|agency for"),
    ("Academic or research organisation", r"universit(?:y|ies)|institutes?|academ\w+|research (?:centre|center)|"
                                          r"faculty|school"),
    ("Religious organisation", r"church\w*|caritas|diocese|mosque|imams?|faith\W?based|religious|jesuit"),
    ("Private sector", r"ltd|gmbh|inc|plc|compan(?:y|ies)|private sector|hotels?|banks?|chamber of commerce|"
                       r"employers?|business\w*"),
    ("Media", r"media|radio|television|tv|newspapers?|journalists?|broadcast\w*"),
    (NGO, r"ngos?|ingos?|non\W?governmental|associations?|foundations?|societ(?:y|ies)|red cross|red crescent|"
          r"save the children|la strada|civil society|centres?|centers?|network|women'?s|shelters?|trust|charit\w+"),
    ("Communities and community leaders", r"communit(?:y|ies)|traditional leaders?|chiefs?|elders|village\w*"),
)  # fmt: skip
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _KINDS)
_ACRONYMS = re.compile(r"\b(?:un|who|eu)\b")


def kind_of_organisation(name: str) -> str:
    """The type of an organisation, from the words of its name; "Type not established" where they do not say.

    >>> kind_of_organisation("Ministry of Social Welfare"), kind_of_organisation("Women's Aid Association")
    ('Government', 'Non-governmental organisation')
    """
    text = _ACRONYMS.sub("", name)  # "who" and "un" in small letters are words
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), UNKNOWN_KIND)


def kinds_of(names: Iterable[str]) -> tuple[str, ...]:
    """The types of several organisations, each once, in order."""
    return tuple(dict.fromkeys(map(kind_of_organisation, names)))


OPTION_KINDS: dict[str, str] = {
    "norad_mfa": DONOR, "norwegian_embassy": DONOR, "norwegian_ngo": NGO, "other_igo": INTERGOVERNMENTAL,
    "other_government": DONOR, "other_ngo": NGO, "police": LAW_ENFORCEMENT, "lawyers": LAW_ENFORCEMENT,
    "border_guards": LAW_ENFORCEMENT, "medical": "Health services", "government_staff": GOVERNMENT, "ngo_staff": NGO,
    "experts": "Experts", "technical_staff": "Technical services (police, courts, schools, health)",
    "government": GOVERNMENT, "intergovernmental": INTERGOVERNMENTAL, "law_enforcement": LAW_ENFORCEMENT, "ngo": NGO,
    "community_leaders": "Communities and community leaders", "civil_society": "Civil society",
    "media": "Media", "academia": "Academic or research organisation", "donor": DONOR,
}  # fmt: skip
"""What an option of the form says of a stakeholder's type."""

ROLES: tuple[tuple[str, str], ...] = (
    ("funders", "Funds the work"),
    ("partners", "Implements together with the project"),
    ("network_partners", "Takes part in networks"),
    ("technical_cooperation_focus", "Is trained or strengthened"),
    ("target_groups", "Is addressed by the project"),
    ("beneficiaries", "Uses the results"),
    ("maintaining_organisation", "Keeps results going"),
)
"""Items that name stakeholders, with the role that they give them."""
