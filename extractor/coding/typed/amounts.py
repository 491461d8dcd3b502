"""Amounts of money as people write them: "US$ 1.2 million", "EUR 450,000", "NOK 12 mill.", "1 200 000 euros"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractor.coding.typed.gazetteers import currencies, iso_currencies

_MULTIPLIERS = (
    (re.compile(r"^(?:mil\s+millones)$", re.IGNORECASE), 1_000_000_000),
    (re.compile(r"^(?:million|millions|millones|milhões|mill|mio|mln|mn|m)$", re.IGNORECASE), 1_000_000),
    (re.compile(r"^(?:billion|billions|bn|milliards?)$", re.IGNORECASE), 1_000_000_000),
    (re.compile(r"^(?:trillions?|tn|trn)$", re.IGNORECASE), 1_000_000_000_000),
    (re.compile(r"^crores?$", re.IGNORECASE), 10_000_000),
    (re.compile(r"^(?:lakhs?|lacs?)$", re.IGNORECASE), 100_000),
    (re.compile(r"^(?:thousand|k|mil|mille|000s?|['’]000)$", re.IGNORECASE), 1_000),
)
_NUMBER = (
    r"\d{1,2}(?:,\d\d)+,\d{3}(?![\d,])|"
    r"\d{1,3}(?:(?:[ \u00a0\u202f,.'’]\d{3})+)(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,3})?(?!\d)"
)
_MULTIPLIER = (
    r"(?:mil\s+millones|millions?|millones|milhões|mill\b|mio\b|mln\b|mn\b|trillions?|trn\b|tn\b|crores?\b|"
    r"lakhs?\b|lacs?\b|billions?|bn\b|milliards?|thousand|mil(?:le)?\b|[mk]\b)"
)
_DECIMAL_DIGITS = 2
_GROUP_DIGITS = 3
CENTS = 2


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount in a text: its place, value and currency ("$" where a bare dollar sign stands, "" where none)."""

    start: int
    end: int
    amount: float
    currency: str


_NUMBER_ALONE = re.compile(rf"(?<![\d,])(?:(?<!\.)|(?<=[A-Za-z]\.))(?P<number>{_NUMBER})")
_TAIL = re.compile(rf"\s?(?P<multiplier>{_MULTIPLIER})\.?", re.IGNORECASE)
BEFORE_CHARS = 28
"""How far before a number its currency may begin."""


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$€£])(?P<written>{_written()}|\$)\s?\.?:?\s*$", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    words = rf"{_written()}|dollars?|euros?|pounds|kroner|dólares"
    return re.compile(rf"\s?(?:of\s+|de\s+|d['’])?(?P<written>{words})(?!\w)", re.IGNORECASE)


@cache
def _written() -> str:
    words = [re.escape(word) for word in sorted(currencies(), key=len, reverse=True)]
    return "|".join([*words, f"(?-i:{'|'.join(sorted(iso_currencies()))})"])


_PLAIN_WORDS = {
    "dollar": "$",
    "dollars": "$",
    "dólares": "$",
    "euro": "EUR",
    "euros": "EUR",
    "pounds": "GBP",
    "kroner": "NOK",
}


def find_amounts(text: str, bare: bool = False) -> Iterator[FoundAmount]:
    """The amounts in a text that have a currency; with `bare`, also plain numbers with thousands' marks."""
    taken = 0
    for match in _NUMBER_ALONE.finditer(text):
        start, end = match.span()
        before = _before().search(text, max(taken, start - BEFORE_CHARS), start)
        if before is None and start and (text[start - 1].isalnum() or text[start - 1] in "$€£_"):
            continue
        tail = _TAIL.match(text, end)
        end = tail.end() if tail else end
        after = _after().match(text, end) if before is None else None
        named = before or after
        currency = _currency(named["written"]) if named else ""
        if not currency and not (bare and (_is_grouped(match["number"]) or match["number"].isdigit())):
            continue
        amount = parse_number(match["number"]) * _multiplier(tail["multiplier"] if tail else None)
        if amount > 0:
            taken = after.end() if after else end
            yield FoundAmount(before.start() if before else start, taken, _tidy(amount), currency)


def parse_number(written: str) -> float:
    """A number with thousands' marks and decimals in any usual way: "1.200.000,50" and "1,200,000.50" are the same."""
    digits = re.sub(r"[ \u00a0\u202f'’]", "", written)
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return float(digits)
    last = max(digits.rfind("."), digits.rfind(","))
    tail = len(digits) - last - 1
    mixed = len(set(marks)) > 1
    if (
        mixed
        and tail != _GROUP_DIGITS
        or mixed
        and tail <= _DECIMAL_DIGITS
        or len(marks) == 1
        and tail != _GROUP_DIGITS
    ):
        return float(re.sub(r"[.,]", "", digits[:last]) + "." + digits[last + 1 :])
    return float(re.sub(r"[.,]", "", digits))


def _currency(written: str) -> str:
    if written == "$" or written in iso_currencies():
        return written
    written = written.lower()
    return currencies().get(written) or _PLAIN_WORDS.get(written, "")


def _multiplier(written: str | None) -> int:
    if not written:
        return 1
    return next((factor for pattern, factor in _MULTIPLIERS if pattern.match(written)), 1)


def _is_grouped(number: str) -> bool:
    return bool(re.match(r"\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+", number))


def _tidy(amount: float) -> float:
    return int(amount) if amount == int(amount) else round(amount, CENTS)
