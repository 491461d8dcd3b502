"""Dates as people write them: finds days, months, years and fiscal years in English, French, Spanish and Portuguese.

Values are as exact as the words: "YYYY-MM-DD", "YYYY-MM" or "YYYY".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_YEAR = 1945
LAST_YEAR = 2049
MAX_RANGE_YEARS = 25
"""A longer stretch of years is history, not a project."""
DECEMBER = 12

_MONTHS_BY_LANGUAGE = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago set oct nov dic",
    "x x x x x x juill x setiembre x x x",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "x fevrier x x x x x aout x x x decembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
)
MONTHS: dict[str, int] = {
    name: number
    for language in _MONTHS_BY_LANGUAGE
    for number, name in enumerate(language.split(), start=1)
    if name != "x"
}
_MONTH = "(?:" + "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True)) + ")"
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_OF = r"(?:\s*(?:del?\s+año|de|del|of|d['’])\s*|[\s,./-]+)"

_DATE = re.compile(
    rf"(?<![\w/.-])(?<!\d,)(?:"
    rf"(?P<d1>{_DAY})(?:\s?(?:st|nd|rd|th|er|º|°|ᵉʳ|o))?\s*(?:of\s+|de\s+|[-./])?\s*(?P<m1>{_MONTH})\b\.?{_OF}(?P<y1>{_YEAR})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>{_DAY})(?:st|nd|rd|th)?,?\s+(?P<y2>{_YEAR})"
    rf"|(?P<m3>{_MONTH})\b\.?{_OF}(?P<y3>{_YEAR})"
    rf"|(?P<y4>{_YEAR})-(?P<m4>0[1-9]|1[0-2])-(?P<d4>0[1-9]|[12]\d|3[01])"
    rf"|(?P<a5>\d{{1,2}})\s?[./-]\s?(?P<b5>\d{{1,2}})\s?[./-]\s?(?P<y5>{_YEAR})"
    rf"|(?P<m6>0?[1-9]|1[0-2])[./](?P<y6>{_YEAR})"
    rf"|(?P<y7>{_YEAR})-(?P<m7>0[1-9]|1[0-2])(?!\d)"
    rf"|(?P<y8>{_YEAR})"
    rf")(?![\d%]|[.,]\d|\s?(?:%|per\s?cent))",
    re.IGNORECASE,
)
_SPAN_OF_YEARS = re.compile(
    rf"(?<![\w/.,-])(?P<first>{_YEAR})(?:\s?[-–—/‐]\s?(?P<last>{_YEAR})|[-–—/‐](?P<short>\d\d))(?![\d/]|[.,]\d|-\d)"
)
_JOINT = re.compile(
    r"^[\s,.)*_]*(?:[-–—‐→]+|to|until|till|untill|through|thru|up\s+to|and|au|à|a|al|et|hasta(?:\s+el)?|y|até|e|bis|"
    r"ending|ends?(?:\s+date)?|jusqu['’](?:au|en|à))"
    r"\s*:?\s*(?:the\s+|le\s+|el\s+|F/?Y\s*|(?:financial|fiscal)\s+years?\s+|end\s+of\s+|fin(?:es|ales)?\s+(?:de\s+)?|l['’])*$",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"(?<![\w/.-])(?P<day>{_DAY})?\s?(?:st|nd|rd|th|er)?\s?(?:de\s+|of\s+)?(?P<month>{_MONTH})\b\.?(?:\s+(?P<day2>{_DAY})\b)?"
    r"\s*(?:[-–—‐]|to|and|until|through|till|à|au|a|al|et|y|e)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
HALF_REACH_CHARS = 28


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: its place and its value."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class FoundRange:
    """Two dates that are joined ("from March 2005 to February 2008"): the place of the whole, and both values."""

    start: int
    end: int
    first: str
    last: str
    fiscal: bool = False


def find_dates(text: str) -> list[FoundDate]:
    """All dates in a text, from left to right."""
    return [
        FoundDate(match.start(), match.end(), value)
        for match in _DATE.finditer(text)
        if (value := _value(match)) is not None
    ]


def find_ranges(text: str) -> list[FoundRange]:
    """All pairs of dates that a text joins, and spans of years ("2005-2008", "2009-2010 to 2013-2014")."""
    spans = list(_year_spans(text))
    ranges = list(_joined_spans(text, spans))
    taken = [(found.start, found.end) for found in ranges]
    dates = [d for d in find_dates(text) if not any(s < d.end and d.start < e for s, e in taken)]
    pairs = list(_joined_dates(text, dates))
    starts = {found.start for found in pairs}
    halves = [half for date in dates if (half := _half(text, date)) and half.start not in starts]
    return sorted([*ranges, *pairs, *halves], key=lambda found: found.start)


def _value(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    kind = next(name[1] for name, found in groups.items() if found is not None and name[0] == "y")
    year = groups["y" + kind]
    if kind == "5":
        return _numeric(year, int(groups["a5"]), int(groups["b5"]))
    month = groups.get("m" + kind)
    if month is None:
        return str(year)
    if kind == "7" and _is_fiscal(str(year), month):
        return None
    number = int(month) if month.isdigit() else MONTHS[month.lower()]
    day = groups.get("d" + kind)
    return f"{year}-{number:02}-{int(day):02}" if day else f"{year}-{number:02}"


def _numeric(year: str, first: int, second: int) -> str | None:
    """Day before month, as most of the world writes; month first only where nothing else is possible."""
    day, month = (second, first) if second > DECEMBER >= first else (first, second)
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= DECEMBER and 1 <= day <= 31 else None  # noqa: PLR2004


def _is_fiscal(year: str, month: str) -> bool:
    return int(month) == (int(year) + 1) % 100


def _year_spans(text: str) -> Iterator[FoundRange]:
    for match in _SPAN_OF_YEARS.finditer(text):
        first, last = match["first"], match["last"] or match["short"]
        if len(last) == 2:  # noqa: PLR2004
            if int(last) <= int(first[2:]) and first[2:] != "99":
                continue
            last = str(int(first[:2]) + (first[2:] == "99")) + last
        if 0 < int(last) - int(first) <= MAX_RANGE_YEARS:
            yield FoundRange(match.start(), match.end(), first, last, int(last) - int(first) == 1)


def _joined_spans(text: str, spans: list[FoundRange]) -> Iterator[FoundRange]:
    """Fiscal years that are joined become one range; other spans of years stay as they are."""
    index = 0
    while index < len(spans):
        one = spans[index]
        two = spans[index + 1] if index + 1 < len(spans) else None
        if two and one.fiscal and two.fiscal and _JOINT.match(text[one.end : two.start]):
            yield FoundRange(one.start, two.end, one.first, two.last, True)
            index += 2
        else:
            yield one
            index += 1


def _joined_dates(text: str, dates: list[FoundDate]) -> Iterator[FoundRange]:
    for one, two in zip(dates, dates[1:], strict=False):
        if one.value[:4] > two.value[:4] or int(two.value[:4]) - int(one.value[:4]) > MAX_RANGE_YEARS:
            continue
        between = text[one.end : two.start]
        if _JOINT.match(between) and one.value <= two.value + "-99":
            yield FoundRange(one.start, two.end, one.value, two.value)


def _half(text: str, date: FoundDate) -> FoundRange | None:
    """ "February and April 2024": the first month takes the year of the second."""
    if len(date.value) == 4:  # noqa: PLR2004
        return None
    offset = max(0, date.start - HALF_REACH_CHARS)
    match = _HALF.search(text[offset : date.start])
    if match is None:
        return None
    year = int(date.value[:4])
    month = MONTHS[match["month"].lower()]
    if month > int(date.value[5:7]):
        return None
    return FoundRange(offset + match.start(), date.end, f"{year}-{month:02}", date.value)
