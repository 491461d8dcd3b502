"""Trends in trafficking and migration that a project found: numbers, routes, profiles, what rises or falls."""

from __future__ import annotations

import re

from extractor.coding.wordlist import words
from extractor.model import Passage, Source, Vote

CODER = "trends"
ITEM = "trends"
BASE, OWN_DATA, FIGURE, HEADED = 0.3, 0.15, 0.08, 0.1
MAX_TRENDS = 12
MIN_WORDS, MAX_CHARS = 8, 450
BACKGROUND_WEIGHT = 0.75
"""What a background chapter says of trends is known already, unless the project counted it itself."""

_FIELD = re.compile(
    r"\btraffick|\bvictims?\b|\bmigrants?\b|\bmigration\b|\bsmuggl|\bexploit|forced labou?r|\bbegging\b|\breturnees\b|"
    r"\brecruit(?:ment|ers?)\b|"
    r"\btraite\b|\btrata\b|\bmigrant|\bvíctimas?\b|\bvictimes?\b|\bpassports?\b",
    re.IGNORECASE,
)
_STEMS = words("traffick victim migra smuggl exploit forced begging returnee recruit traite trata víctima passport")
"""What a sentence of the field must hold; a cheap first look at it."""
_TREND = re.compile(
    r"\b(?:increas\w+|decreas\w+|ris(?:e|en|ing)|rose|fell|fall(?:en|ing)?|declin\w+|grow(?:n|ing|th)|grew|"
    r"more than (?:half|a (?:third|quarter))|majority|"
    r"(?:one|two|three|four) (?:in|out of) (?:three|four|five|six|ten)|(?:two|three)[- ](?:thirds|quarters|fifths)|"
    r"per ?cent of|% of|most of (?:the|them)|"
    r"new (?:and different )?(?:forms?|routes?|patterns?|trends?)|routes?|country of (?:origin|destination|transit)|"
    r"countries of (?:origin|destination|transit)|"
    r"internal(?:ly)? traffick\w+|trafficked (?:for|in|into|to|from|onto|within)|profiles?|age group|aged between|"
    r"tens of thousands|thousands of|estimated|"
    r"identified in \d{4}|augment\w+|diminu\w+|aument\w+|disminu\w+|growing numbers?|large number|small minority)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:survey|respondents?|interviewed|interviews?|case files?|files|database|hotline|records?|registered|"
    r"the (?:study|assessment|research|project)|"
    r"identified|recorded|questionnaires?|sample|focus groups?|reported|noted|highlighted|enquête|encuesta)\b",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"trend|situation|profile|data on|findings|results of the (?:study|survey|research|assessment)|tendances|"
    r"tendencias",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"background|context|introduction|situation analysis|problem|justification|contexte|contexto|needs", re.IGNORECASE
)
_NOT_OWN = re.compile(
    r"terms of reference|\btor\b|questionnaire|methodolog|references|bibliograph|recommend|lessons|budget|financ|"
    r"abbreviation|literature|sources|"
    r"capacity|training|staff|objectives",
    re.IGNORECASE,
)
_NOT_TREND = re.compile(
    r"\b(?:should|must|shall|will|would|aims? to|in order to|to (?:increase|reduce|decrease|prevent|combat|raise)|"
    r"increas\w+ (?:the )?(?:awareness|capacit\w+|"
    r"knowledge|cooperation|access|coordination|interest|effort\w*|understanding|participation|skills|outreach|"
    r"number of (?:partners|staff|ngos|participants))|"
    r"(?:trained|training|workshops?|courses?|capacity|awareness|funding|budget|donors?|projects?|results?|visits?|"
    r"participants?|database (?:was|is))\b|"
    r"satisf\w+|shelters? (?:was|were))",
    re.IGNORECASE,
)


def extract(source: Source) -> list[Vote]:
    """Votes for trends, the best of a document."""
    found = [(score, passage) for passage in source.passages if (score := _score(passage)) > BASE]
    best = sorted(found, key=lambda pair: -pair[0])[:MAX_TRENDS]
    best.sort(key=lambda pair: (pair[1].span.page, pair[1].span.start))
    why = "says how trafficking or migration develops, or whom it concerns"
    return [
        Vote(ITEM, "", CODER, round(score, 4), source.file, passage.span, why, passage.text) for score, passage in best
    ]


def _score(passage: Passage) -> float:
    text = passage.text
    if passage.kind not in ("paragraph", "list_item") or not len(text.split()) >= MIN_WORDS or len(text) > MAX_CHARS:
        return 0.0
    lower = text.lower()
    if (
        not any(stem in lower for stem in _STEMS)
        or not (_FIELD.search(text) and _TREND.search(text))
        or _NOT_TREND.search(text)
        or text.endswith(("?", ":"))
        or "☐" in text
    ):
        return 0.0
    if any(_NOT_OWN.search(heading) for heading in passage.headings):
        return 0.0
    own = bool(_OWN.search(text))
    score = BASE + OWN_DATA * own + FIGURE * any(char.isdigit() for char in text)
    score += HEADED * any(_HEADED.search(heading) for heading in passage.headings)
    return score * (
        BACKGROUND_WEIGHT if any(_KNOWN.search(heading) for heading in passage.headings) and not own else 1.0
    )
