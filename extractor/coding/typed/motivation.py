"""Evidence of the need that a project answers: figures and findings with their source and year."""

from __future__ import annotations

import re
from functools import lru_cache

from extractor.model import Passage, Source, Vote

CODER = "motivation"
ITEM = "motivation_evidence"
BASE, FIGURE, NAMED, DATED = 0.3, 0.12, 0.2, 0.05
ELSEWHERE = 0.6
MAX_EVIDENCE = 8
MIN_WORDS, MAX_CHARS = 7, 450

_CHAPTER = re.compile(
    r"background|context|problem|justification|rationale|needs?\b|situation|motivation|why (?:this|the)|"
    r"relevance of the (?:action|project)|contexte|contexto|"
    r"antecedent|problemática|besoins",
    re.IGNORECASE,
)
_NOT_OWN = re.compile(
    r"terms of reference|\btor\b|evaluation (?:background|context|purpose)|background (?:of|to) the evaluation|"
    r"references|bibliograph|organi[sz]ational|"
    r"track record|capacity of|about (?:us|the applicant)|methodolog|budget",
    re.IGNORECASE,
)
_NEED = re.compile(
    r"\b(?:victims?|traffick\w+|migrants?|migration|exploit\w*|unemploy\w*|poverty|poor|lack\w*|insufficient|absence|"
    r"no (?:agreed |national |working |clear )?"
    r"(?:law|system|mechanism|data|procedure|shelter|service|link|strategy)\w*|without|increas\w+|rose|estimated|"
    r"cases?|convict\w+|investigat\w+|"
    r"at risk|vulnerable|weak\w*|limited|only \d|shortage|gap|victimes?|víctimas?|pauvreté|pobreza|manque|falta)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:\b(?:according to|based on|as reported by|reported by|estimates? (?:of|by|from)|estimated by|published by|"
    r"data (?:of|from|by)|statistics (?:of|from)|"
    r"figures (?:of|from)|(?:survey|study|assessment|report|research|census) (?:of|by|from|carried out by|"
    r"conducted by)|selon|d’après|según)\s"
    r"(?:the |an? |la |le |les |l’|el |los )?(?P<after>[^.;()]{3,90}?)(?=[,.;()]|\s(?:there|that|showed|found|shows|"
    r"finds|estimated|in \d{4}|of \d{4}|\d{4})\b|$)|"
    r"\b(?:the|la|le|el)\s(?P<actor>(?:[A-ZÀ-Þ][\w’'-]+|of|for|and|the|de|du|des|on|in)(?:\s(?:[A-ZÀ-Þ][\w’'-]+|of|"
    r"for|and|the|de|du|des|on|in)){0,7})\s"
    r"(?:estimates?|estimated|reports?|reported|registered|counted|recorded|counts?|assisted|identified|found|estime|"
    r"registró)\b)"
)
_IN_BRACKETS = re.compile(r"\((?P<source>[A-ZÀ-Þ][^()]{2,90}?,?\s(?:19|20)\d\d[^()]{0,20})\)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_PLANS = re.compile(
    r"\b(?:the (?:project|action|programme) (?:will|aims|is|was|has|seeks)|will be|objective of|we (?:will|propose|"
    r"plan))\b",
    re.IGNORECASE,
)
KEPT_HEADINGS = 1_000
"""Headings of which is kept what they say: many passages stand under each."""
_REPORTS = frozenset({"final_report", "interim_report"})


def extract(source: Source) -> list[Vote]:
    """Votes for motivation_evidence, the best of a document."""
    found = [(score, passage) for passage in source.passages if (score := _score(passage, source)) > BASE]
    best = sorted(found, key=lambda pair: -pair[0])[:MAX_EVIDENCE]
    best.sort(key=lambda pair: (pair[1].span.page, pair[1].span.start))
    why = "gives evidence for the need in a chapter on the problem"
    return [
        Vote(ITEM, "", CODER, round(score, 4), source.file, passage.span, why, _value(passage.text))
        for score, passage in best
    ]


def _score(passage: Passage, source: Source) -> float:
    """How much a sentence of a chapter on the problem is evidence: a figure, a named source, a year."""
    text = passage.text
    if passage.kind not in ("paragraph", "list_item") or not len(text.split()) >= MIN_WORDS or len(text) > MAX_CHARS:
        return 0.0
    if not any(map(_is_chapter, passage.headings)):
        return 0.0
    if any(map(_is_not_own, passage.headings)) or _PLANS.search(text) or not _NEED.search(text):
        return 0.0
    digits = re.sub(_YEAR, "", text)
    score = BASE + FIGURE * any(char.isdigit() for char in digits) + DATED * bool(_YEAR.search(text))
    score += NAMED * bool(source_of(text))
    plans = source.description.type in ("proposal", "other", "mou")
    return score if plans else score * (ELSEWHERE if source.description.type in _REPORTS else 0.85)


@lru_cache(maxsize=KEPT_HEADINGS)
def _is_chapter(heading: str) -> bool:
    return _CHAPTER.search(heading) is not None


@lru_cache(maxsize=KEPT_HEADINGS)
def _is_not_own(heading: str) -> bool:
    return _NOT_OWN.search(heading) is not None


def _value(text: str) -> dict[str, str]:
    return {"what": text, "source": source_of(text), "year": year_of(text)}


def source_of(text: str) -> str:
    """The institution or publication that a sentence names for what it says; "" if it names none.

    >>> source_of("According to the Ministry of Interior, 214 victims were listed in 2005.")
    'Ministry of Interior'
    """
    match = _IN_BRACKETS.search(text)
    if match:
        return " ".join(match["source"].split())
    match = _SOURCE.search(text) or re.compile(_SOURCE.pattern, re.IGNORECASE).match(text)
    return " ".join((match["after"] or match["actor"] or "").split()).strip(" ,") if match else ""


def year_of(text: str) -> str:
    """The last year that a sentence names, in which its source is most often dated."""
    years = _YEAR.findall(text)
    return str(years[-1]) if years else ""
