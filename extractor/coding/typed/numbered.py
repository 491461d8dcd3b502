"""Figures and labels as people write them: "1,215", "85 per cent", "Six hundred and twelve"; "Output 1.2: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.coding.typed.amounts import parse_number
from extractor.coding.wordlist import words

FIRST_YEAR, LAST_YEAR = 1900, 2100
_UNITS = {
    word: value
    for value, word in enumerate(
        words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
MAX_SCALED = 1_000_000
"""From here on a scale word is a slip: "1,450,000 million people" are not more than all there are."""
_WORDS = "|".join([*_UNITS, *_TENS, *_SCALES])
_SMALL = "|".join([*_UNITS, *_TENS])
DIGITS = r"(?:\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+(?![\d])|\d+(?:[.,]\d{1,2})?)(?:\s(?:billion|million|thousand)\b)?"
NUMBER = rf"(?:{DIGITS}|(?:a |one )?(?:{_SMALL}|hundred|thousand|million|billion)(?:(?:[- ]|\sand\s)(?:{_WORDS}))*)"
"""A number in digits or in English words, as part of a pattern (with IGNORECASE)."""

_MEASURE = r"(?:kgs?|kms?|ha|mt|[kmg]w[hp]?|lts?|ltrs?|m[23²³]|acres?|doses|tonn?e?s?)\b"
"""Units that are written to the number without a space."""
_NUMBER = re.compile(
    rf"(?<![\w.,/])(?<![A-Za-z][-–])(?P<number>{NUMBER})(?:(?!\w)(?![.,]\d)|(?={_MEASURE}))"
    r"(?P<percent>\s?(?:%|per ?cent\b|p\. ?100))?",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?$")
_NOTHING = re.compile(
    r"^\W*(?:n/?a\.?|tbd|tbc|not? (?:known|stated|available|applicable|specified|set|data)|none stated|unknown|nd|"
    r"sans objet)?\W*$",
    re.IGNORECASE,
)
_CALLED_OFF = re.compile(r"cancel|annul|not (?:carried out|held|implemented|achieved|done)|dropped", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text: its place, its value, and whether it is a percentage."""

    start: int
    end: int
    value: float
    percent: bool = False


def find_figures(text: str) -> Iterator[Figure]:
    """The numbers in a text; years are left out."""
    for match in _NUMBER.finditer(text):
        value = to_number(match["number"])
        if value is None or _is_year(match["number"], value) and not match["percent"] or _ends_years(text, match):
            continue
        yield Figure(match.start(), match.end(), value, bool(match["percent"]))


def _ends_years(text: str, match: re.Match[str]) -> bool:
    """Whether a number closes a span of years: the 14 of "2013-14"."""
    return bool(_YEAR_BEFORE.search(text[max(0, match.start() - 7) : match.start()]))


def cell_figure(text: str) -> tuple[float | None, str, str]:
    """The number a table cell states, its unit if it is a percentage, and what else it says as a note.

    >>> cell_figure("0 (cancelled)"), cell_figure("85%"), cell_figure("-")
    ((0, '', 'cancelled'), (85, 'per cent', ''), (None, '', ''))
    """
    folded = " ".join(text.split())
    if _NOTHING.match(folded):
        return None, "", ""
    figure = next(find_figures(folded), None) or next(_years(folded), None)
    if figure is None:
        return None, "", folded if len(folded) <= 80 else ""
    rest = (folded[: figure.start] + folded[figure.end :]).strip(" ()[],;:.~<>≥≤+-–*")
    return figure.value, "per cent" if figure.percent else "", rest if len(rest) <= 80 else ""


def is_figure_cell(text: str) -> bool:
    """Whether a cell holds a number and little else."""
    folded = " ".join(text.split())
    figure = next(find_figures(folded), None)
    return figure is not None and figure.end - figure.start >= len(folded) / 2


def called_off(text: str) -> bool:
    """Whether a cell says that something did not take place."""
    return bool(_CALLED_OFF.search(text))


def to_number(written: str) -> float | None:
    """The value of a number in digits or English words; None when it is not one.

    >>> to_number("Two hundred and eighty-four"), to_number("1,215")
    (284, 1215)
    """
    if written[:1].isdigit():
        scale = next((scale for scale in _SCALES if written.lower().endswith(scale)), "")
        value = parse_number(written[: len(written) - len(scale)].strip())
        return tidy(value if value >= MAX_SCALED else value * _SCALES.get(scale, 1))
    total = current = 0
    for word in re.split(r"[-\s]+", written.lower()):
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
        elif word not in ("and", "a"):
            return None
    return total + current


def tidy(value: float) -> float:
    """A whole number as an int, so that it is written without a decimal point."""
    return int(value) if value == int(value) else round(value, 4)


def _is_year(written: str, value: float) -> bool:
    return len(written) == 4 and written.isdigit() and FIRST_YEAR <= value <= LAST_YEAR


def _years(text: str) -> Iterator[Figure]:
    match = re.fullmatch(r"\D{0,3}(\d{4})\D{0,12}", text)
    if match:
        yield Figure(match.start(1), match.end(1), int(match[1]))


# ------------------------------------------------------------------ labels

LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        ("output", r"\b(?:outputs?|deliverables?|products?|produits?|productos?|extrants?)\b"),
        ("outcome", r"\b(?:outcomes?|expected results?|results?|purpose|effets?|efectos?|résultats?|resultados?)\b"),
        ("objective", r"\b(?:objectives?|goals?|aims?|impacts?|objectifs?|objetivos?|but|finalit[ée]|finalidad)\b"),
    )
)
_ADJECTIVE = (
    r"(?:overall|general|specific|immediate|intermediate|ultimate|final|expected|project|programme|program|development|"
    r"strategic|main|key|short[- ]term|medium[- ]term|long[- ]term|cpd|cdp|global|général|générale|spécifique|attendu|"
    r"specific|general|específico|esperado)"
)
_NOUN = (
    r"(?:outcome|output|objective|goal|aim|purpose|result|impact|deliverable|objectif|résultat|produit|effet|extrant|"
    r"objetivo|resultado|producto|efecto)"
)
_NO = r"(?:[A-Z]{0,3}\.?\d{1,2}[a-z]?\d{0,2}(?:\.\d{1,2}[a-z]?){0,3}[a-z]?|[IVX]{1,4})"
_LABEL = re.compile(
    rf"^\W*(?P<name>(?:{_ADJECTIVE}\s+){{0,2}}{_NOUN}(?:\s+{_ADJECTIVE})?)s?"
    rf"(?:\s*(?:#|no\.?|n[°º]\.?)?\s*(?P<no>{_NO}))?(?P<mark>(?:\s\*)?\s*[:.]\s*[–-]?\s*|\s+[–—-]\s+|,\s+|\s+(?=[A-ZÀ-Þ]))?",
    re.IGNORECASE,
)
_STAGE = re.compile(r"immediate|intermediate|ultimate|final|(?:short|medium|long)[- ]term", re.IGNORECASE)
"""Frameworks number the outcomes of each stage anew: the stage is part of such a number."""
_BARE_NO = re.compile(r"^\W*(?P<no>\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+(?=[^\W\d])")


@dataclass(frozen=True, slots=True)
class Label:
    """What a result is called: its level, number, and where its statement starts. `mark`: it is set off by a sign."""

    level: str
    no: str
    start: int
    mark: str


def read_label(text: str) -> Label | None:
    """The label that a result's statement begins with.

    >>> read_label("Output 1.2: Officials trained")
    Label(level='output', no='1.2', start=12, mark=':')
    """
    match = _LABEL.match(text)
    if match is None or not (match["no"] or (match["mark"] or "").strip(" *\t\n") in (":", ".")):
        return None
    mark = (match["mark"] or "").strip(" *\t\n")
    return Label(level_of(match["name"]), _staged(match["name"], match["no"] or ""), match.end(), mark)


def _staged(name: str, no: str) -> str:
    """The number, with the stage that it counts in: "Immediate Outcome #3" is "Immediate 3"."""
    stage = _STAGE.search(name) if no.isdigit() else None
    return f"{stage[0].capitalize()} {no}" if stage else no


def read_number(text: str) -> Label | None:
    """The bare number that a result's statement begins with ("1.1 Shelters supported"); its depth is its level."""
    match = _BARE_NO.match(text)
    if match is None:
        return None
    return Label("output" if "." in match["no"] else "", match["no"], match.end(), "")


def level_of(text: str) -> str:
    """The level that a label or a column head names; "" when it names none."""
    return next((level for level, pattern in LEVELS if pattern.search(text)), "")
