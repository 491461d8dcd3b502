"""What a sentence says of doing: done, planned, asked for, negated, by whom. Mention is not evidence.

Cheap marks, not grammar: each is a pattern whose presence is a feature of rules and combiner.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.model import BlockKind

_OF_THE_PROJECT = (
    r"project|programme|program|iom|implementers?|mission|agency|initiative|grantees?|consortium|team|component|"
    r"campaign|undp|unicef|unodc|ngo"
)
_MANY_OF_THE_PROJECT = (
    r"we|partners|staff|activities|teams|grantees|implementers|ngos|workshops|trainers|case\s+managers"
)
_SINGULAR = (
    r"train|provide|organi[sz]e|support|assist|conduct|deliver|develop|establishe?|implement|integrate|run|offer|help|"
    r"strengthen|promote|distribute|publishe?|produce|coordinate|cooperate|collaborate|facilitate|refer|receive|monitor|"
    r"maintain|operate|finance|fund|host|build|equip|raise|protect|return|reache?|contribute|work|cover|pay|teache?|"
    r"hold|carrie|identifie|prepare|pilot|create|design|set|bring|give|make|collect|record"
)
_PLURAL = (
    r"train|provide|organi[sz]e|support|assist|conduct|deliver|develop|establish|implement|integrate|run|offer|help|"
    r"strengthen|promote|distribute|publish|produce|coordinate|cooperate|collaborate|facilitate|refer|receive|monitor|"
    r"maintain|operate|finance|fund|host|build|equip|raise|protect|return|reach|contribute|work|cover|pay|teach|"
    r"hold|carry|identify|prepare|pilot|create|design|set|bring|give|make|collect|record|visit|counsel"
)
_ADVERB = r"(?:(?:also|now|currently|\w+ly)\s+)?"

MARKS: Mapping[str, re.Pattern[str]] = {
    "done": re.compile(
        r"\b(?:was|were|been|has|have|had)\s+(?:\w+ly\s+|also\s+|been\s+)?"
        r"(?:\w{3,}ed|held|given|built|made|set|run|met|taught|drawn|begun|undertaken|written|brought|sent|shown|taken)\b"
        r"|\b(?:conduct|train|provid|develop|organi[sz]|establish|support|assist|distribut|implement|produc|deliver|"
        r"creat|launch|complet|reach|strengthen|collaborat|cooperat|help|publish|carri|offer|receiv|attend|participat|"
        r"review|design|hir|hosted|record|collect|counsel|referr|return|identifi|involv|facilitat|integrat|equipp|"
        r"coordinat|promot|pilot|refurbish|renovat|install|financ|rais|visit)(?:e?d|ied)\b"
        r"|\b(?:held|ran|taught|gave|built|wrote|brought|drew\s+up|took\s+part|made\s+available|paid\s+for)\b"
        r"|(?<!\bto\s)\bset\s+up\b"
        rf"|\b(?:{_OF_THE_PROJECT})\s+{_ADVERB}(?:{_SINGULAR})s\b"
        rf"|\b(?:{_MANY_OF_THE_PROJECT})\s+{_ADVERB}(?:{_PLURAL})\b"
        r"|\b(?:is|are)\s+(?:\w+ly\s+)?(?:mandated|responsible\s+for|tasked|in\s+charge\s+of|charged\s+with)\b"
        r"|\b(?:is|are)\s+(?:currently\s+|now\s+)?being\s+\w{3,}ed\b"
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
        r"\b(?:not(?!\s+only)|never|no\s+(?:evidence|information|data|records?|funding|budget|longer|such|formal|"
        r"specific)|without|lack(?:ed|s|ing)?|absence\s+of|cancell?ed|postponed|dropped|abandoned|failed\s+to|neither|"
        r"nor|instead\s+of|unable\s+to|(?:did|was|were|could|has|have|had|does|do|is|are)n't|insufficient|inadequate|"
        r"limited)\b"
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

_FOLLOWED = re.compile(
    r"\b(?:as|following|in\s+line\s+with|in\s+response\s+to|based\s+on|acting\s+on)\s+"
    r"(?:(?:the|a|an|its|earlier)\s+)*recommend\w*"
)
"""Advice that was taken: what follows from it was done."""
_COUNT = re.compile(r"(?<![\d.,/:-])(?!(?:19|20)\d\d\b)\d[\d,]*(?![\d./:-]*\d)(?!\.\d)")
"""A figure that counts something: no year, date, or number of a section."""
_INDICATOR = re.compile(r"^(?:[^\d:]*[a-z]{3,}[^\d:]*)(?::|\s[-–=])\s*(\d[\d,]*)\b(?:\s+\w+){0,3}\s*[.;]?\s*$")
"""A line that is a label and a figure: "victims identified: 88"."""


def sentence_marks(folded: str, kind: BlockKind = "paragraph") -> frozenset[str]:
    """The names of the marks that a passage (through `fold_case`) bears."""
    marks = {name for name, pattern in MARKS.items() if pattern.search(folded)}
    if "advised" in marks and not MARKS["advised"].search(_FOLLOWED.sub(" ", folded)):
        marks.discard("advised")
    if _counts(folded, kind):
        marks.add("done")
    return frozenset(marks)


def _counts(folded: str, kind: BlockKind) -> bool:
    """Whether it is a row of a table or a line of indicators with a figure: what is counted was done or is a target."""
    if kind == "table_row":
        return bool(_COUNT.search(folded))
    indicator = _INDICATOR.match(folded)
    return bool(indicator and _COUNT.search(indicator.group(1)))
