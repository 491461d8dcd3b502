"""Financial years and stated numbers of years: what they add to the dates that a text joins."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.coding.typed.dates_lengths import NUMBER, in_months, months_between
from extractor.documents.datewords import MONTHS, FoundRange, find_dates
from extractor.model import Source, Span

FRONT_PAGES = 12
REACH_CHARS = 60
YEAR_CHARS = 45
MONTHS_A_YEAR = 12

_MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + ")"
_YEAR_ENDED = re.compile(
    r"\b(?:(?P<financial>financial|fiscal|accounting|budget)\s+)?years?[\s-]+(?:ended|ending|ends|that\s+ended)\s+(?:on\s+)?(?:the\s+)?"
    r"|\b(?:exercice|année\s+fiscale)\s+(?:clos|clôturé|terminé)e?\s+(?:le|au)\s+"
    r"|\b(?:ejercicio|año\s+fiscal)\s+(?:terminado|finalizado|cerrado)\s+(?:el|al)\s+",
    re.IGNORECASE,
)
_YEAR_RUNS = re.compile(
    rf"\b(?:financial|fiscal|budget)\s+years?\b[^.;]{{0,40}}?\b(?P<first>{_MONTH})\b[^.;]{{0,12}}?"
    rf"(?:\bto\b|\bthrough\b|\buntil\b|[-–—])[^.;]{{0,14}}?\b(?P<last>{_MONTH})\b",
    re.IGNORECASE,
)
_SAYS_FINANCIAL = re.compile(
    r"(?:\bF/?Y[s\s.:'’]*|\b(?:financial|fiscal|budget)\s+years?\W*(?:of\s+)?|\bexercices?\s+|\bañ?os?\s+fiscal(?:es)?\s+)$",
    re.IGNORECASE,
)
_TERM_BEFORE = re.compile(
    rf"\b{NUMBER}(?:\s*\(\d+\))?[- ](?P<unit>months?|years?|mois|meses|ans|años)\b", re.IGNORECASE
)


def first_month(source: Source) -> int | None:
    """The month that the financial year begins with, if the document says when it begins or ends."""
    for page in source.document.pages[:FRONT_PAGES]:
        for match in _YEAR_ENDED.finditer(page.text):
            ended = _date_behind(page.text, match.end())
            if len(ended) > 4:  # noqa: PLR2004
                return int(ended[5:7]) % MONTHS_A_YEAR + 1
        runs = _YEAR_RUNS.search(page.text)
        if runs:
            first, last = (MONTHS[runs[name].lower()] for name in ("first", "last"))
            if first == last % MONTHS_A_YEAR + 1:
                return first
    return None


def _date_behind(text: str, at: int) -> str:
    """The date that stands right behind a place, "" where none does."""
    dates = find_dates(text[at : at + YEAR_CHARS].replace("\n", " "))
    return dates[0].value if dates and dates[0].start <= 2 else ""  # noqa: PLR2004


def with_months(text: str, entry: FoundRange, first: int | None) -> FoundRange:
    """A span of financial years with the months that it begins and ends with, where the document tells them.

    >>> with_months("in FY 2020/21", FoundRange(6, 13, "2020", "2021", fiscal=True), 7).first
    '2020-07'
    """
    if not entry.fiscal or first is None or first == 1 or len(entry.first) > 4:  # noqa: PLR2004
        return entry
    if not _SAYS_FINANCIAL.search(text[max(0, entry.start - 20) : entry.start]):
        return entry
    return replace(entry, first=f"{entry.first}-{first:02}", last=f"{entry.last}-{first - 1:02}")


def year_reported(source: Source) -> tuple[str, str, Span] | None:
    """The year that accounts are of: "for the year ended 30 June 2021" on the first page is July 2020 to June 2021."""
    page = source.document.pages[0] if source.document.pages else None
    match = _YEAR_ENDED.search(page.text) if page else None
    ended = _date_behind(page.text, match.end()) if page and match else ""
    if page is None or match is None or len(ended) <= 4:  # noqa: PLR2004
        return None
    year, month = int(ended[:4]), int(ended[5:7])
    start = f"{year}-01" if month == MONTHS_A_YEAR else f"{year - 1}-{month + 1:02}"
    line = page.text.rfind("\n", 0, match.start()) + 1
    end = page.text.find("\n", match.end())
    return start, ended[:7], Span(0, line, end if end > 0 else len(page.text))


def term_agrees(before: str, after: str, entry: FoundRange) -> bool:
    """Whether the words say how long it is, and it is that long: "a four-year programme (2019-2022)"."""
    stated = [in_months(match) for match in _TERM_BEFORE.finditer(before[-REACH_CHARS:] + "\n" + after[:REACH_CHARS])]
    counted = months_between(entry.first[:7], entry.last[:7])
    if counted is None:
        return False
    shorter = counted - MONTHS_A_YEAR if len(entry.first) == 4 else counted - 1  # noqa: PLR2004
    return any(months in {counted, shorter} for months in stated)
