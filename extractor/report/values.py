"""Values of answers as words, by the shapes of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from extractor.report.wording import capital, date_words, number_text
from extractor.rubric import Item

YES_NO = {True: "yes", False: "no"}


def ticked(value: Any) -> tuple[str, ...]:
    """The ids of the options in a value of a single or multi item."""
    return tuple(entry for entry in as_list(value) if isinstance(entry, str))


def others(value: Any) -> tuple[tuple[str, str], ...]:
    """The free-text answers in a value, as (group, text)."""
    entries = (entry for entry in as_list(value) if isinstance(entry, dict) and entry.get("other"))
    return tuple((str(entry.get("group", "")), str(entry["other"])) for entry in entries)


def as_list(value: Any) -> list[Any]:
    """A value as a list of its parts; nothing is the empty list."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def label_of(item: Item, option_id: str) -> str:
    """The label of an option; of an unknown one its id, readable."""
    option = item.option(option_id)
    return option.label if option else capital(option_id.rsplit(".", 1)[-1].replace("_", " "))


def money_words(value: Any) -> str:
    """An amount with its currency, and what an expenditure adds: "EUR 450,000 (62% of the budget, as of 2009-03)"."""
    if not isinstance(value, Mapping):
        return str(value)
    amount = value.get("amount")
    words = f"{value.get('currency', '')} {number_text(amount) if isinstance(amount, (int, float)) else amount}".strip()
    notes = [f"{number_text(value['delivery_rate'])}% of the budget"] if value.get("delivery_rate") else []
    notes += [f"as of {date_words(str(value['as_of']))}"] if value.get("as_of") else []
    return f"{words} ({', '.join(notes)})" if notes else words


def _coded_words(item: Item, value: Any) -> str:
    labels = [label_of(item, option) for option in ticked(value)] + [text for _, text in others(value)]
    return "; ".join(labels)


def _entry_words(entry: Any) -> str:
    """An entry of a list: a text, or the first of the fields in which its text stands.

    Evidence adds the institution and year it cites; whoever is the source of a finding is not named.
    """
    if not isinstance(entry, Mapping):
        return str(entry)
    text = next(
        (entry[key] for key in ("what", "statement", "finding", "name", "title", "other") if entry.get(key)), ""
    )
    details = [str(entry[key]) for key in ("source", "year") if entry.get("what") and entry.get(key)]
    return f"{text} ({', '.join(details)})" if details else str(text)


def entries(value: Any) -> tuple[str, ...]:
    """The entries of a list value as texts."""
    return tuple(text for text in map(_entry_words, as_list(value)) if text)


def _list_words(_: Item, value: Any) -> str:
    """The entries in a row; findings and recommendations one project type after the other."""
    if isinstance(value, Mapping):
        keyed = ((str(key).replace("_", " "), "; ".join(entries(parts))) for key, parts in value.items())
        return "; ".join(f"{capital(key)}: {text}" for key, text in keyed if text)
    return "; ".join(entries(value))


def _number_words(_: Item, value: Any) -> str:
    return number_text(value) if isinstance(value, (int, float)) else str(value)


WORDS_BY_TYPE: dict[str, Callable[[Item, Any], str]] = {
    "text": lambda _, value: str(value),
    "date_my": lambda _, value: date_words(str(value)),
    "yes_no": lambda _, value: YES_NO.get(value, str(value)) if isinstance(value, bool) else str(value),
    "single": _coded_words,
    "multi": _coded_words,
    "number": _number_words,
    "money": lambda _, value: money_words(value),
}


def value_words(item: Item, value: Any) -> str:
    """A value as words, plain text."""
    return WORDS_BY_TYPE.get(item.type, _list_words)(item, value)
