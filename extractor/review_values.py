"""What a reviewer wrote, held against the rubric: what can be used is kept, what cannot is told."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from extractor.rubric import CODED_TYPES, Item

MAX_VALUE = 1_000_000
"""Characters of an answer as JSON."""
MAX_SHOWN = 60
OTHER = "other"

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_CURRENCY = re.compile(r"[A-Z]{3}")

Checked = tuple[Any, list[str]]
"""What of a value can be used, None if nothing, and what is wrong with the rest."""


def check_value(item: Item, value: Any) -> Checked:
    """What of an answer fits its item, and what does not.

    >>> check_value(Item("start_date", "Start", "date_my"), "2014-13")
    (None, ['"2014-13" is not a date (YYYY-MM or YYYY)'])
    """
    fault = _unfit(value)
    if fault:
        return None, [fault]
    if _is_by_result(value):
        return _check_results(item, value)
    if item.type in CODED_TYPES:
        return _check_options(item, value)
    check, wanted = _CHECKS[item.type]
    if item.type not in _LISTS:
        return (value, []) if check(value) else (None, [f"{shown(value)} is not {wanted}"])
    kept: list[Any] = []
    wrong: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        if check(part):
            kept.append(part)
        else:
            wrong.append(f"{shown(part)} is not {wanted}")
    return kept or None, wrong


def shown(value: Any) -> str:
    """A value in a message: its beginning.

    >>> shown({"other": "hotel"})
    '{"other": "hotel"}'
    """
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."


def _unfit(value: Any) -> str:
    """Why a value cannot be kept at all."""
    try:
        size = len(json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8"))
    except UnicodeEncodeError:
        return "the answer holds half a character, which no text can"
    except ValueError:
        return "the answer holds a number that is too large"
    return f"the answer is longer than {MAX_VALUE:,} characters" if size > MAX_VALUE else ""


# ------------------------------------------------------------------ options


def _check_options(item: Item, value: Any) -> Checked:
    kept: list[Any] = []
    wrong: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        fault = _option_fault(item, part)
        if fault:
            wrong.append(fault)
        elif part not in kept:
            kept.append(part)
    if item.type == "multi" or isinstance(value, list):
        return kept or None, wrong
    return (kept[0] if kept else None), wrong


def _option_fault(item: Item, part: Any) -> str:
    if isinstance(part, str):
        return "" if item.option(part) else f"no option {shown(part)} in the rubric"
    if not (isinstance(part, dict) and isinstance(part.get(OTHER), str)):
        return f'{shown(part)} is neither an option\'s id nor {{"other": text}}'
    group = part.get("group")
    known = group is None or isinstance(group, str) and group in item.groups
    return "" if known else f"no group {shown(group)} of options in the rubric"


def _is_by_result(value: Any) -> bool:
    """Whether an answer is given result by result."""
    return isinstance(value, list) and any(isinstance(part, dict) and "result" in part for part in value)


def _check_results(item: Item, value: list[Any]) -> Checked:
    kept: list[Any] = []
    wrong: list[str] = []
    for part in value:
        if not (isinstance(part, dict) and isinstance(part.get("result"), str | int | float) and "value" in part):
            wrong.append(f'{shown(part)} is not {{"result": number or statement, "value": answer}}')
            continue
        inner, faults = (part["value"], []) if part["value"] is None else check_value(item, part["value"])
        if isinstance(inner, list) and not isinstance(part["value"], list):
            (inner,) = inner
        wrong += [f"result {shown(part['result'])}: {fault}" for fault in faults]
        if inner is not None or part["value"] is None:
            kept.append({**part, "value": inner})
    return kept or None, wrong


# ------------------------------------------------------------------ typed values


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_money(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and _is_number(value.get("amount"))
        and isinstance(value.get("currency"), str)
        and bool(_CURRENCY.fullmatch(value["currency"]))
    )


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and bool(_DATE.fullmatch(value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _has(*keys: str) -> Callable[[Any], bool]:
    """Whether an entry is a text, or has one of these keys with a text."""
    return lambda value: _is_text(value) or isinstance(value, dict) and any(_is_text(value.get(key)) for key in keys)


def _is_keyed(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(
            isinstance(parts, list) and all(_has("finding", "text", "heading")(part) for part in parts)
            for parts in value.values()
        )
    )


_LISTS = frozenset({"texts", "people", "documents", "results", "evidence_list"})
_CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "text": (_is_text, "a text"),
    "texts": (_is_text, "a text"),
    "yes_no": (lambda value: isinstance(value, bool), "true or false"),
    "date_my": (_is_date, "a date (YYYY-MM or YYYY)"),
    "number": (_is_number, "a number"),
    "money": (_is_money, 'money ({"amount": number, "currency": three letters})'),
    "people": (_has("name"), 'a person or organisation ({"name": text})'),
    "documents": (_has("file", "title"), 'a document ({"file": path} or {"title": text})'),
    "results": (_has("statement", "indicator"), 'a result ({"level", "statement", ...})'),
    "evidence_list": (_has("what"), 'evidence ({"what": text, ...})'),
    "findings": (_is_keyed, "findings by project type or criterion"),
    "recommendations": (_is_keyed, "recommendations by project type"),
}
"""Type of item -> whether a value is one, and how that is said; of lists, whether an entry is."""
