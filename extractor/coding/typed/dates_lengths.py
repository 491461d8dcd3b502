"""A project's length in months as the documents say it, and what follows from two of start, end and length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.coding.typed.scopes import passage_weights
from extractor.documents.datewords import find_ranges
from extractor.model import Passage, Source, Vote

CODER = "dates"
SAID_SCORE = 0.75
FIELD_SCORE = 0.9
NUMBERED_SCORE = 0.78
DERIVED_SCORE = 0.8
"""How far what follows from two dates is as sure as the less sure of them."""
LATE_LOSS = 0.3
FRONT = 0.05
FIRST_PASSAGES = 12
FRONT_PASSAGES = 60
MAX_MONTHS = 240
MONTHS_A_YEAR = 12

_TO_EIGHTEEN = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
)
_NUMBER_WORDS = {word: number for number, word in enumerate(_TO_EIGHTEEN, start=1)} | {
    "twenty-four": 24,
    "thirty-six": 36,
    "thirty": 30,
    "forty-eight": 48,
    "sixty": 60,
    "un": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "douze": 12,
    "quinze": 15,
    "dix-huit": 18,
    "vingt-quatre": 24,
    "trente": 30,
    "trente-six": 36,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "doce": 12,
    "quince": 15,
    "dieciocho": 18,
    "veinticuatro": 24,
    "treinta": 30,
    "treinta y seis": 36,
}
NUMBER = r"(?P<number>\d{1,3}|" + "|".join(sorted(map(re.escape, _NUMBER_WORDS), key=len, reverse=True)) + ")"
_UNIT = r"(?P<unit>months?|mois|meses|years?|ans|años)"
_SAID = (
    re.compile(
        r"\b(?:durations?|project\s+(?:length|duration)|period|durée|duración|a\s+duré|duró|plazo\s+de(?:l\s+proyecto|\s+ejecución)|délai\s+d['’]exécution|(?:ejecut|implement)\w+\s+durante|"
        r"(?:exécuté|[œo]+uvre)\w*\s+pendant|implemented|last(?:ed|s)|runs?|running)\b[^.;|]{0,60}?"
        rf"\b{NUMBER}\s*(?:\([^)]{{1,12}}\)\s*)?[- ]?{_UNIT}\b(?!\s+(?:old|of\s+age|ago|after|later))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{NUMBER}[- ]?\s?{_UNIT}[- ](?:long\s+)?(?:project|programme|program|initiative|action|"
        rf"grant|pilot)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:projet|programme|proyecto|programa)\s+(?:d['’]une\s+durée\s+)?de\s+"
        rf"{NUMBER}\s*(?:\([^)]{{1,12}}\)\s*)?{_UNIT}\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bdurations?\s*\(\s*(?P<unit>months?|years?)\s*\)\s*[:|\s]\s*(?P<number>\d{1,3})\b", re.IGNORECASE),
)
_FIELD_START = re.compile(
    r"^\W*(?:project\s+|total\s+|planned\s+)?(?:duration|durée|duración|length|period|plazo|délai)\b", re.IGNORECASE
)
_OF_PROJECT = re.compile(
    r"\b(?:duration|length|durée|duración)\s+(?:of|de|del|du)\s+(?:the|la|l['’])?\s*(?:project|action|programme|program|proyecto|projet|grant)",
    re.IGNORECASE,
)
_NOT_PROJECT = re.compile(
    r"\b(?:training|course|workshop|stay|shelter|reflection|sentence|imprisonment|contract of|per|every|"
    r"monitoring visits?|internship|"
    r"evaluation (?:was|is|will|period)|interview|review|visa|aged?)\b",
    re.IGNORECASE,
)
_MONTHS_OF_PROJECT = re.compile(r"\bmonths?\s+(?P<first>\d{1,3})\s?(?:[-–—]|to)\s?(?P<last>\d{1,3})\b", re.IGNORECASE)


def find_lengths(source: Source) -> list[Vote]:
    """Votes for length_months by what sentences and fields say."""
    votes: list[Vote] = []
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        lower = passage.text.lower()
        if "month" not in lower and "year" not in lower and not re.search(r"\b(?:mois|meses|ans|años)\b", lower):
            continue
        votes.extend(_said(source, passage, weight))
    return votes


def _said(source: Source, passage: Passage, weight: float) -> Iterator[Vote]:
    for pattern in _SAID:
        match = pattern.search(passage.text)
        if match is None or _NOT_PROJECT.search(passage.text[max(0, match.start() - 40) : match.end() + 20]):
            continue
        months = in_months(match)
        if not 1 <= months <= MAX_MONTHS:
            continue
        sure = _FIELD_START.match(passage.text) or _OF_PROJECT.search(match.group())
        score = (FIELD_SCORE if sure else SAID_SCORE) * weight * (1.0 - LATE_LOSS * passage.position)
        yield Vote(
            "length_months", "", CODER, round(score, 4), source.file, passage.span, "the length is stated", months
        )
        return


def in_months(match: re.Match[str]) -> int:
    """The months that a match of a number and a unit names."""
    number = match["number"].lower()
    count = int(number) if number.isdigit() else _NUMBER_WORDS[number]
    return count if match["unit"].lower().startswith(("mo", "me")) else count * MONTHS_A_YEAR


def derive_dates(
    source: Source, starts: Sequence[Vote], ends: Sequence[Vote], lengths: Sequence[Vote]
) -> Iterator[Vote]:
    """What follows: the length from start and end; a start or an end from the other and the length."""
    if starts and ends:
        months = months_between(starts[0].value, ends[0].value)
        if months is not None:
            score = DERIVED_SCORE * min(starts[0].score, ends[0].score)
            yield _derived(source, "length_months", months, score, starts[0], "counted from start and end")
    best = max(lengths, key=lambda vote: vote.score, default=None)
    if best is not None and starts and len(starts[0].value) > 4:  # noqa: PLR2004
        score = DERIVED_SCORE * min(starts[0].score, best.score) * 0.8
        yield _derived(source, "end_date", shift(starts[0].value, best.value - 1), score, best, "start and length")
    if best is not None and ends and len(ends[0].value) > 4:  # noqa: PLR2004
        score = DERIVED_SCORE * min(ends[0].score, best.score) * 0.8
        yield _derived(source, "start_date", shift(ends[0].value, 1 - best.value), score, best, "end and length")
    yield from _from_numbered_months(source)


def months_between(start: str, end: str) -> int | None:
    """The months from start to end, both counted: 2009-04 to 2014-03 are 60; of years, 12 each; None if they mix."""
    if len(start) != len(end) or start > end:
        return None
    years = int(end[:4]) - int(start[:4])
    if len(start) == 4:  # noqa: PLR2004
        return (years + 1) * MONTHS_A_YEAR
    return years * MONTHS_A_YEAR + int(end[5:7]) - int(start[5:7]) + 1


def shift(month: str, by: int) -> str:
    """A month that many months later: shift("2015-09", 47) is "2019-08"."""
    count = int(month[:4]) * MONTHS_A_YEAR + int(month[5:7]) - 1 + by
    return f"{count // MONTHS_A_YEAR}-{count % MONTHS_A_YEAR + 1:02}"


def _derived(source: Source, item: str, value: object, score: float, place: Vote, why: str) -> Vote:
    return Vote(item, "", CODER, round(score, 4), source.file, place.span, why, value)


def _from_numbered_months(source: Source) -> Iterator[Vote]:
    """A report on "months 37-48" that covers September 2018 to August 2019 tells when month 1 was."""
    front = [p for n, p in enumerate(source.passages[:FRONT_PASSAGES]) if n < FIRST_PASSAGES or p.position < FRONT]
    numbered = next((match for passage in front if (match := _MONTHS_OF_PROJECT.search(passage.text))), None)
    if numbered is None:
        return
    first, last = int(numbered["first"]), int(numbered["last"])
    for passage in front:
        for found in find_ranges(passage.text):
            if months_between(found.first[:7], found.last[:7]) == last - first + 1 and len(found.first) > 4:  # noqa: PLR2004
                yield Vote(
                    "start_date",
                    "",
                    CODER,
                    NUMBERED_SCORE,
                    source.file,
                    passage.span,
                    f"month {first} of the project is {found.first[:7]}",
                    shift(found.first[:7], 1 - first),
                )
                yield Vote(
                    "end_date",
                    "",
                    CODER,
                    NUMBERED_SCORE - 0.05,
                    source.file,
                    passage.span,
                    f"month {last} of the project is {found.last[:7]}",
                    found.last[:7],
                )
                return
