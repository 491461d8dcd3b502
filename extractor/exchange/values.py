"""Values of a form -> what a person reads in a table: one entry an option, value or row of a list.

Manual reviews are looser than the contract; whatever stands in a value is shown, never refused.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from extractor.exchange.cells import Cell
from extractor.rubric import Item

OTHER = "other"
GENERAL = "general"
JOINT = "; "
MONEY_PARTS = ("amount", "currency", "delivery_rate", "as_of")
ROW_PARTS = ("indicator", "baseline", "target", "achieved", "unit", "note")
NAMING_KEYS = ("name", "title", "statement", "what", "heading", "finding", "text", "file", OTHER)
"""Where an entry of a list keeps what it is called; the first that is there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer of an item as a person reads it.

    `option` is the ticked option, or the key of a finding or recommendation; `name` is what evidence for a
    value of a list is marked with the beginning of; `file` is the document that the entry itself names.
    """

    option: str
    value: Cell
    name: str = ""
    file: str = ""

    @property
    def text(self) -> str:
        """The value as text."""
        return "" if self.value is None else str(self.value)


def entries(item: Item, value: Any) -> list[Entry]:
    """The entries of a value, in its order; none when it is empty."""
    return [] if value is None else list(ENTRIES.get(item.type, _texts)(item, value))


def option_label(item: Item, option_id: str) -> str:
    """What an option says on the form, with its group's name before it; the id where the form has no such option."""
    option = item.option(option_id)
    if option is None:
        return option_id
    return f"{item.groups[option.group]}: {option.label}" if option.group in item.groups else option.label


def number(value: Any) -> int | float | None:
    """A number as a cell holds it; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else value


def plain(value: Any) -> str:
    """Any value as text.

    >>> plain({"what": "a survey", "year": 2008}), plain([True, 2.0, None])
    ('what: a survey; year: 2008', 'yes; 2')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return JOINT.join(filter(None, map(plain, value)))
    if isinstance(value, dict):
        return JOINT.join(f"{key}: {plain(part)}" for key, part in value.items() if plain(part))
    held = number(value)
    return str(value if held is None else held)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# ------------------------------------------------------------------ by type


def _options(item: Item, value: Any) -> Iterator[Entry]:
    for part in _listed(value):
        if isinstance(part, dict) and "result" in part:
            yield from (_of_result(part, entry) for entry in _options(item, part.get("value")))
        elif isinstance(part, dict) and OTHER in part:
            option = f"{part['group']}.{OTHER}" if part.get("group") else OTHER
            yield Entry(option, plain(part[OTHER]), plain(part[OTHER]))
        elif isinstance(part, str):
            yield Entry(part, option_label(item, part))
        elif part is not None:
            yield Entry("", plain(part))


def _of_result(part: Mapping[str, Any], entry: Entry) -> Entry:
    """An answer that is given for one result says for which."""
    return replace(entry, value=f"Result {plain(part['result'])}: {entry.text}", name=plain(part["result"]))


def _texts(_item: Item, value: Any) -> Iterator[Entry]:
    for part in _listed(value):
        if isinstance(part, dict) and "result" in part:
            yield _of_result(part, Entry("", plain(part.get("value"))))
        else:
            yield Entry("", plain(part), _name(part))


def _numbers(_item: Item, value: Any) -> Iterator[Entry]:
    for part in _listed(value):
        held = number(part)
        yield Entry("", plain(part) if held is None else held)


def _money(_item: Item, value: Any) -> Iterator[Entry]:
    for part in _listed(value):
        yield Entry("", money_text(part))


def money_text(value: Any) -> str:
    """Money as text.

    >>> money_text({"amount": 450000, "currency": "EUR", "as_of": "2014-03"})
    '450000 EUR; as_of: 2014-03'
    """
    if not isinstance(value, dict):
        return plain(value)
    sum_ = f"{plain(value.get('amount'))} {plain(value.get('currency'))}".strip()
    rest = {key: part for key, part in value.items() if key not in MONEY_PARTS[:2]}
    return JOINT.join(filter(None, (sum_, plain(rest))))


def _documents(_item: Item, value: Any) -> Iterator[Entry]:
    for part in _listed(value):
        if not isinstance(part, dict):
            yield Entry("", plain(part), plain(part))
            continue
        file = plain(part.get("file"))
        facts = JOINT.join(filter(None, (plain(part.get(key)) for key in ("authors", "date", "type"))))
        title = plain(part.get("title")) or file
        yield Entry("", f"{title} ({facts})" if facts else title, title, file)


def _people(_item: Item, value: Any) -> Iterator[Entry]:
    for part in _listed(value):
        yield Entry("", _name(part), _name(part))


def _results(_item: Item, value: Any) -> Iterator[Entry]:
    for part in _listed(value):
        yield Entry("", result_text(part), _name(part))


def result_text(row: Any) -> str:
    """A row of results as text.

    >>> result_text({"level": "output", "no": "2.1", "statement": "Police trained", "target": 40, "achieved": 52})
    'output 2.1: Police trained; target: 40; achieved: 52'
    """
    if not isinstance(row, dict):
        return plain(row)
    head = " ".join(filter(None, (plain(row.get("level")), plain(row.get("no")))))
    statement = plain(row.get("statement"))
    first = f"{head}: {statement}" if head and statement else head or statement
    return JOINT.join(filter(None, (first, plain({key: row.get(key) for key in ROW_PARTS}))))


def _findings(_item: Item, value: Any) -> Iterator[Entry]:
    yield from _keyed(value, finding_text)


def finding_text(finding: Any) -> str:
    """A finding as text.

    >>> finding_text({"heading": "Shelters", "finding": "Two were kept up.", "source": "evaluation"})
    'Shelters: Two were kept up. (source: evaluation)'
    """
    if not isinstance(finding, dict):
        return plain(finding)
    text = ": ".join(filter(None, (plain(finding.get("heading")), plain(finding.get("finding")))))
    return f"{text} (source: {plain(finding['source'])})" if finding.get("source") else text


def _recommendations(_item: Item, value: Any) -> Iterator[Entry]:
    yield from _keyed(value, plain)


def _keyed(value: Any, show: Callable[[Any], str]) -> Iterator[Entry]:
    for key, parts in (value if isinstance(value, dict) else {GENERAL: value}).items():
        for part in _listed(parts):
            yield Entry(plain(key), show(part) or None, _name(part))


def _evidence_list(_item: Item, value: Any) -> Iterator[Entry]:
    for part in _listed(value):
        if not isinstance(part, dict):
            yield Entry("", plain(part), plain(part))
            continue
        facts = ", ".join(filter(None, (plain(part.get(key)) for key in ("source", "year"))))
        what = plain(part.get("what"))
        yield Entry("", f"{what} ({facts})" if facts else what, what)


def _name(part: Any) -> str:
    if isinstance(part, dict):
        return next((plain(part[key]) for key in NAMING_KEYS if part.get(key)), plain(part))
    return plain(part)


ENTRIES: Mapping[str, Callable[[Item, Any], Iterator[Entry]]] = {
    "single": _options,
    "multi": _options,
    "number": _numbers,
    "money": _money,
    "people": _people,
    "documents": _documents,
    "results": _results,
    "findings": _findings,
    "recommendations": _recommendations,
    "evidence_list": _evidence_list,
}
"""Type of item -> its entries; what is not here is text."""
