"""The implementer's project code; numbers of grants and contracts as second choice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.coding.typed.fields import find_fields, read_lines
from extractor.coding.typed.scopes import best_votes, block_weights, passage_weights
from extractor.model import Source, Span, Vote

CODER = "code"
PROJECT_SCORE = 0.94
GRANT_SCORE = 0.72
REFERENCE_SCORE = 0.5
PATTERN_SCORE = 0.62
FRONT_POSITION = 0.12

_PROJECT_LABEL = re.compile(
    r"(?:[A-Z]{2,6}\s+)?(?:project|proposal|programme|program|action|award)(?:\(s\))?\s+(?:code(?:\(s\))?s?|no|nr|number|id|identification(?:\s+(?:code|number))?|ref(?:erence)?(?:\s+(?:code|number|no))?|symbol|#)\b\.?"
    r"|code\s+(?:du\s+projet|projet|of\s+the\s+project)|código\s+(?:del\s+proyecto|de\s+proyecto|do\s+projeto)|n[°ºo]\.?\s+(?:du\s+projet|de\s+proyecto)"
    r"|(?:IOM|UNDP|implementer(?:['’]s)?)\s+(?:project\s+)?code",
    re.IGNORECASE,
)
_GRANT_LABEL = re.compile(
    r"(?:grant(?:\s+agreement)?|contract|agreement|award|funding|cooperative\s+agreement|contribution\s+agreement)\s+"
    r"(?:no|nr|number|id|ref(?:erence)?(?:\s+number)?|code|#)\b\.?|contrat\s+n[°º]|n[°º]\s+(?:du\s+contrat|de\s+contrato)",
    re.IGNORECASE,
)
_REFERENCE_LABEL = re.compile(
    r"(?:reference|ref|référence|referencia|no\.?\s+of\s+the\s+proposal)\b\.?(?:\s+(?:no|number)\.?)?", re.IGNORECASE
)
_WORDS = (
    "code",
    "código",
    "no",
    "nr",
    "number",
    "id",
    "ref",
    "symbol",
    "n°",
    "nº",
    "#",
    "award",
    "contrat",
    "identification",
)
_VALUE = re.compile(
    r"(?:(?:reference|no|nr|number)\b\.?\s*:?\s*)?(?P<code>(?:[A-Z]{1,6}[ .:/_-]?)?[A-Z0-9]+(?:[./_-][A-Z0-9]+){0,6})",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"\b(?:project|grant\s+agreement|grant|contract|award|agreement)\s+(?:code|no\.?|nr\.?|number|n°|ref\.?)\s*:?\s*(?P<code>[A-Z0-9]+(?:[./_-]?[A-Z0-9]+){0,6})(?![\w-])",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\b(?P<code>[A-Z]{2}\.(?:[A-Z]{2,4}\.)?\d{4}|[A-Z]{2,4}(?P<mark>[/-])[A-Z]{2,4}(?P=mark)\d{2,5}(?:[/-]\d{2,5})?|PRJ-\d{4}-\d{2,6})\b(?![/-]\w)"
)
_OF_AGENCIES = re.compile(
    r"(?<![\w/-])(?P<code>(?:TA|Loan|Grant)[ -]\d{4}(?:\s?-\s?| )[A-Z]{3}"  # Asian Development Bank
    r"|AID-[A-Z0-9]{2,4}-[A-Z]{1,4}-\d{2}-\d{5}|72[0-9A-Z]{4}\d{2}[A-Z]{2}\d{5}"  # USAID
    r"|(?:GCP|UTF|TCP|OSRO) ?/[A-Z]{3} ?/\d{3}/[A-Z]{2,4}"  # FAO
    r"|[A-Z]{2,8}/20\d\d/\d{3}[-/]\d{3}"  # European Commission
    r"|[A-Z]{3}/\d{2}/\d{2,3}/[A-Z]{3}"  # ILO
    r"|[A-Z]{3}-\d{2}/\d{4}"  # Norad
    r"|\d{2}\.\d{4}\.\d-\d{3}\.\d{2}"  # GIZ
    r"|P\d{6})(?![\w/-])"  # World Bank
)
"""Numbers that are written as an agency writes those of its projects and grants."""
AGENCY_SCORE = 0.6
LATE_LOSS = 0.25
_INTERNAL_CODE = re.compile(r"^[A-Z]{2}[. -]?\d{4}$")
_DATE_LIKE = re.compile(r"^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d\d(?:[-/]\d{2,4})?)$")
_NOT_CODE = re.compile(
    r"^(?:tel|fax|isbn|issn|page|annex|www|http|article|table|figure|version|resolution)", re.IGNORECASE
)
MIN_DIGITS = 2
MAX_CODE_CHARS = 40


def extract(source: Source) -> list[Vote]:
    """Votes for project_code."""
    return best_votes([*_from_fields(source), *_from_passages(source)])


def _vote(source: Source, code: str, score: float, why: str, span: Span) -> Iterator[Vote]:
    if is_code(code):
        yield Vote("project_code", "", CODER, round(score, 4), source.file, span, why, code.strip(" .,;:"))


def is_code(text: str) -> bool:
    """Whether a word can be a code: at least two digits, no date, not a phone number's or a book's label."""
    text = text.strip(" .,;:")
    digits = sum(char.isdigit() for char in text)
    return (
        digits >= MIN_DIGITS
        and len(text) <= MAX_CODE_CHARS
        and not _DATE_LIKE.match(text)
        and not _NOT_CODE.match(text)
    )


def _from_fields(source: Source) -> Iterator[Vote]:
    lines = read_lines(source.document)
    weights = block_weights(source)
    for label, score in (
        (_PROJECT_LABEL, PROJECT_SCORE),
        (_GRANT_LABEL, GRANT_SCORE),
        (_REFERENCE_LABEL, REFERENCE_SCORE),
    ):
        for field in find_fields(source, lines, label, _WORDS):
            value = field.values[0]
            match = _VALUE.match(value.text)
            if match is None:
                continue
            code = match["code"]
            sure = 1.0 if field.explicit else 0.8
            sure *= 1.04 if _INTERNAL_CODE.match(code) else 1.0
            yield from _vote(
                source,
                code,
                min(0.98, score * sure * weights.get(field.line.block, 0.8)),
                f"the field “{field.label.strip()}”",
                field.line.span,
            )


def _from_passages(source: Source) -> Iterator[Vote]:
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        for match in _MENTION.finditer(passage.text):
            is_project = match.group().lower().startswith("project")
            score = (GRANT_SCORE if is_project else REFERENCE_SCORE) * weight
            yield from _vote(source, match["code"], score, "a sentence names the number", passage.span)
        for match in _OF_AGENCIES.finditer(passage.text):
            score = AGENCY_SCORE * weight * (1.0 - LATE_LOSS * passage.position)
            code = re.sub(r"\s*-\s*", "-", match["code"])
            yield from _vote(source, code, score, "written as an agency numbers its projects", passage.span)
        if passage.position < FRONT_POSITION:
            for match in _PLAIN.finditer(passage.text):
                yield from _vote(
                    source, match["code"], PATTERN_SCORE * weight, "written like a project code", passage.span
                )
