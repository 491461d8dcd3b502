"""How far two forms say the same: the contract's rules of comparison, item by item.

Units of single and multi items are boxes: each option of each project, ticked or not. Typed values are the same or
not by the rule of their type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.cues import fold_case
from extractor.model import Answer, Form
from extractor.rubric import Item

TITLE_SHARE = 0.8
"""Titles are the same when they share this part of the shorter one's words."""
QUOTE_SHARE = 0.5
"""A recommendation is found when its text covers this part of the words of the reference's quote."""
SAME_PASSAGE_WORDS = 6
ROW_SHARE = 0.5
"""Rows of results are candidates for one another when they share this part of the shorter statement's words."""

_WORD = re.compile(r"[^\W_]+")
STOPWORDS = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"]
)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold_case(text))


# ------------------------------------------------------------------ boxes


@dataclass(frozen=True, slots=True)
class Box:
    """One option of one project: whether reference and test tick it, and how sure the test is."""

    project: str
    item: str
    option: str
    reference: bool
    test: bool
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """A two-by-two table of boxes."""

    both: int
    only_reference: int
    only_test: int
    neither: int

    @property
    def n(self) -> int:
        """How many boxes."""
        return self.both + self.only_reference + self.only_test + self.neither


def ticked(answer: Answer | None) -> frozenset[str]:
    """The options that an answer ticks; free-text "other" is left out."""
    if answer is None or answer.status != "found":
        return frozenset()
    return frozenset(_options_in(answer.value))


def _options_in(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _options_in(entry)
    elif isinstance(value, dict) and "result" in value:
        yield from _options_in(value.get("value"))


def boxes(items: Iterable[Item], reference: Form, test: Form) -> list[Box]:
    """The boxes of some items of one project. What the reference names as acceptable counts as right either way."""
    result = []
    for item in items:
        answer, other = reference.items.get(item.id), test.items.get(item.id)
        ours, theirs = ticked(answer), ticked(other)
        lenient = frozenset(_options_in(list(answer.acceptable))) if answer else frozenset()
        for option in item.options:
            proposed = option.id in theirs
            expected = proposed if option.id in lenient else option.id in ours
            confidence = other.options.get(option.id, 0.0) if other else 0.0
            result.append(Box(reference.project, item.id, option.id, expected, proposed, confidence))
    return result


def count(units: Iterable[Box]) -> Counts:
    """The two-by-two table of boxes."""
    cells = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    for unit in units:
        cells[unit.reference, unit.test] += 1
    return Counts(cells[True, True], cells[True, False], cells[False, True], cells[False, False])


def precision(counts: Counts) -> float | None:
    """Share of the test's ticks that the reference has; None when it ticks nothing.

    >>> precision(Counts(8, 4, 2, 10))
    0.8
    """
    proposed = counts.both + counts.only_test
    return counts.both / proposed if proposed else None


def recall(counts: Counts) -> float | None:
    """Share of the reference's ticks that the test has; None when it has none.

    >>> recall(Counts(8, 2, 4, 10))
    0.8
    """
    wanted = counts.both + counts.only_reference
    return counts.both / wanted if wanted else None


def f1(counts: Counts) -> float | None:
    """Harmonic mean of precision and recall; None when neither ticks anything.

    >>> f1(Counts(8, 2, 2, 10))
    0.8
    """
    total = 2 * counts.both + counts.only_reference + counts.only_test
    return 2 * counts.both / total if total else None


def cohen_kappa(counts: Counts) -> float | None:
    """Agreement beyond chance (Cohen 1960); None where it is not defined: both coders used one category throughout.

    >>> round(cohen_kappa(Counts(20, 5, 10, 15)), 4)
    0.4
    """
    n = counts.n
    if not n:
        return None
    observed = (counts.both + counts.neither) / n
    reference, test = (counts.both + counts.only_reference) / n, (counts.both + counts.only_test) / n
    expected = reference * test + (1 - reference) * (1 - test)
    return None if expected == 1 else (observed - expected) / (1 - expected)


# ------------------------------------------------------------------ typed values


def same_title(first: Any, second: Any) -> bool:
    """Whether two titles share enough words of the shorter one.

    >>> same_title("Return in the Mekong", "Evaluation of the return project in the Mekong Region")
    True
    """
    one, two = (frozenset(words(str(text))) - STOPWORDS for text in (first, second))
    return bool(one and two) and len(one & two) >= TITLE_SHARE * min(len(one), len(two))


def same_date(reference: Any, test: Any) -> bool:
    """Same month, or same year where the reference says only the year.

    >>> same_date("2014", "2014-03"), same_date("2014-03", "2014")
    (True, False)
    """
    expected, given = str(reference), str(test)
    return given[: len(expected)] == expected if len(expected) in (4, 7) else given == expected


def same_money(reference: Any, test: Any) -> bool:
    """Same amount and currency."""
    if not (isinstance(reference, dict) and isinstance(test, dict)):
        return False
    try:
        amounts = float(reference["amount"]), float(test["amount"])
    except (KeyError, TypeError, ValueError):
        return False
    return amounts[0] == amounts[1] and reference.get("currency") == test.get("currency")


def same_code(first: Any, second: Any) -> bool:
    """Same letters and digits.

    >>> same_code("CT.0123", "ct 0123")
    True
    """
    one, two = ("".join(words(str(code))) for code in (first, second))
    return bool(one) and one == two


def same_countries(item: Item | None, reference: Any, test: Any) -> bool:
    """Same set of ISO codes."""
    expected = _country_codes(item, reference)
    return bool(expected) and expected == _country_codes(item, test)


def _country_codes(item: Item | None, value: Any) -> frozenset[str]:
    entries = value if isinstance(value, list) else [value]
    return frozenset(code for entry in entries if (code := country_code(entry, item)))


def country_code(value: Any, item: Item | None = None) -> str:
    """The alpha-3 code of a form's country: an option's id, or {"other": name, "iso3166": code}; "" if unknown."""
    if isinstance(value, dict):
        return str(value.get("iso3166") or "").upper() or _code_of_name(str(value.get("other") or ""))
    option = item.option(str(value)) if item is not None else None
    return _code_of_name(option.label if option else str(value).replace("_", " ").title())


def _code_of_name(name: str) -> str:
    from extractor.coding.typed.gazetteers import country_finder  # the extractors take long to load

    mention = next(iter(country_finder().find(name)), None)
    return str(mention.entry.iso3166) if mention else ""


# ------------------------------------------------------------------ lists


def match_rows(reference: Sequence[Any], test: Sequence[Any]) -> list[tuple[int, int]]:
    """Rows of results matched one to one by statement, best matches first: (index in reference, index in test)."""
    pairs = []
    for i, expected in enumerate(reference):
        for j, given in enumerate(test):
            share = _overlap(_statement(expected), _statement(given))
            if share >= ROW_SHARE:
                pairs.append((-share, i, j))
    matched: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(pairs):
        if i not in used[0] and j not in used[1]:
            matched.append((i, j))
            used[0].add(i)
            used[1].add(j)
    return matched


def same_row(reference: Any, test: Any) -> bool:
    """Whether two matched rows have the same target and the same achievement."""
    return all(_number(reference.get(key)) == _number(test.get(key)) for key in ("target", "achieved"))


def covers(text: str, quote: str) -> bool:
    """Whether a text holds at least half of the words of a quote."""
    wanted = words(quote)
    given = frozenset(words(text))
    return bool(wanted) and sum(word in given for word in wanted) >= QUOTE_SHARE * len(wanted)


def same_passage(first: str, second: str) -> bool:
    """Whether two quotes share six words in a row."""
    return bool(_runs(words(first)) & _runs(words(second)))


def _runs(tokens: Sequence[str]) -> frozenset[tuple[str, ...]]:
    size = SAME_PASSAGE_WORDS
    return frozenset(tuple(tokens[start : start + size]) for start in range(len(tokens) - size + 1))


def _statement(row: Any) -> str:
    return str(row.get("statement") or row.get("indicator") or "") if isinstance(row, dict) else ""


def _overlap(first: str, second: str) -> float:
    one, two = (frozenset(words(text)) - STOPWORDS for text in (first, second))
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def _number(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError):
        return None
