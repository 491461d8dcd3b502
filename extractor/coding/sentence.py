"""What a sentence says of doing: done, planned, asked for, negated, by whom. Mention is not evidence.

Cheap marks, not grammar: each is a pattern whose presence is a feature of rules and combiner.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MARKS: Mapping[str, re.Pattern[str]] = {
    "done": re.compile(
        r"\b(?:was|were|been|has|have|had)\s+(?:\w+ly\s+|also\s+|been\s+)?"
        r"(?:\w{3,}ed|held|given|built|made|set|run|met|taught|drawn|begun|undertaken|written|brought|sent|shown|taken)\b"
        r"|\b(?:conduct|train|provid|develop|organi[sz]|establish|support|assist|distribut|implement|produc|deliver|"
        r"creat|launch|complet|reach|strengthen|collaborat|cooperat|help|publish|carri|offer|receiv|attend|participat|"
        r"review|design|hir|hosted|record|collect|counsel|referr|return|identifi|involv|facilitat)(?:e?d|ied)\b"
    ),
    "planned": re.compile(
        r"\b(?:will|shall|would|plans?\s+to|planned|intends?|intended|aims?\s+(?:to|at)|seeks?\s+to|expected\s+to|"
        r"proposes?\s+to|is\s+to\s+be|are\s+to\s+be|envisaged|foreseen|anticipated)\b"
    ),
    "advised": re.compile(
        r"\b(?:should|recommend\w*|ought|must|needs?\s+to|advisable|is\s+suggested|it\s+is\s+(?:necessary|important)\s+"
        r"(?:to|that)|could\s+(?:be|usefully|consider)|might\s+consider|encouraged?\s+to|urge[sd]?)\b"
    ),
    "negated": re.compile(
        r"\b(?:not|never|no\s+(?:evidence|information|data|records?|funding|budget|longer|such|formal|specific)|without|"
        r"lack(?:ed|s|ing)?|absence\s+of|cancell?ed|postponed|dropped|abandoned|failed\s+to|neither|nor|instead\s+of|"
        r"unable\s+to|did\s+n't|insufficient|inadequate|limited)\b"
    ),
    "other": re.compile(
        r"\b(?:other|another|similar|parallel|previous|earlier|future|existing)\s+(?:\w+\s+)?"
        r"(?:projects?|programmes?|programs?|organi[sz]ations?|donors?|agenc(?:y|ies)|countries|initiatives?|actors)\b"
    ),
    "actor": re.compile(
        r"\b(?:project|programme|program|iom|implementing|implementers?|partners?|mission|agency|initiative|we|our|"
        r"grantees?|consortium|team|staff|activities|component|campaign|workshops?|undp|unicef|unodc|ngo|ngos)\b"
    ),
    "defined": re.compile(
        r"\b(?:is\s+defined|are\s+defined|definition|defines|refers\s+to|shall\s+mean|article\s+\d|protocol\s+to|"
        r"convention\s+on|according\s+to\s+(?:the\s+)?(?:protocol|act|law))\b"
    ),
    "asked": re.compile(r"\?\s*$|^\s*(?:to\s+what\s+extent|how\s|what\s|which\s|did\s|does\s|has\s+the)"),
}
"""Name of the mark -> pattern over the folded, lower-case text."""


def sentence_marks(folded: str) -> frozenset[str]:
    """The names of the marks that a passage (through `fold_case`) bears."""
    return frozenset(name for name, pattern in MARKS.items() if pattern.search(folded))
