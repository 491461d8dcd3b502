"""What kind of project a recommendation or finding is about, where its words or headings say so clearly."""

from __future__ import annotations

import re
from collections.abc import Sequence

GENERAL = "general"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "prevention",
            r"\b(?:awareness|information campaign|campaigns?\b|prevention|prévention|prevención|sensibili|"
            r"safe migration|hotline)",
        ),
        (
            "direct_assistance",
            r"\b(?:victim (?:support|assistance|protection|services?|tracking)|assist\w* (?:to|of|"
            r"for) (?:\w+ )?(?:victims|migrants|returnees)|"
            r"direct assistance|shelters?\b|reintegrat\w+|repatriat\w+|return and |counsell?ing|victims’ |"
            r"beneficiar\w+ of assistance|"
            r"assistance aux victimes|asistencia (?:directa|a las víctimas)|vocational training)",
        ),
        (
            "technical_cooperation",
            r"\b(?:capacity[- ]building|technical (?:co-?operation|assistance)|legislat\w+|law enforcement|police|"
            r"prosecutors?|judges?|"
            r"training (?:of|for) (?:officials|police|government|staff)|national (?:strateg\w+|referral mechanism|"
            r"action plan)|"
            r"renforcement des capacités|cooperación técnica|institutional (?:capacit\w+|strengthening))",
        ),
        (
            "research",
            r"\b(?:research(?! questions?)|studies\b|data collection|information management|knowledge (?:base|"
            r"generation)|recherche|investigación)",
        ),
    )
)


def kind_of(text: str, headings: Sequence[str]) -> str:
    """The one kind of project that the nearest heading or the text names; "general" where none or several do.

    >>> kind_of("Shelters should keep one register.", ())
    'direct_assistance'
    """
    for words in (*reversed(headings[-2:]), text):
        found = [kind for kind, pattern in _KINDS if pattern.search(words)]
        if len(found) == 1:
            return found[0]
    return GENERAL
