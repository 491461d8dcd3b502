"""Several rubrics as one: an item that two share counts once, with the options of both; so does an example."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.rubric import Example, Item, Rubric
from extractor.rubric_wording import merge_languages


def merge_rubrics(rubrics: Sequence[Rubric]) -> Rubric:
    """The rubrics as one, items in the order of the first, then those that only later ones have."""
    first, *others = rubrics
    for other in others:
        first = _merge(first, other)
    return first


def _merge(first: Rubric, second: Rubric) -> Rubric:
    return replace(
        first,
        name=f"{first.name}+{second.name}",
        version=f"{first.version}+{second.version}",
        title=f"{first.title}; {second.title}",
        hash=hashlib.sha256((first.hash + second.hash).encode()).hexdigest(),
        items=_merge_items(first.items, second.items),
        languages=tuple(dict.fromkeys(first.languages + second.languages)),
        domain=tuple(dict.fromkeys(first.domain + second.domain)),
        scopes={**second.scopes, **first.scopes},
        examples=_merge_examples([*first.examples, *second.examples]),
        wordings=merge_languages(first.wordings, second.wordings),
    )


def _merge_items(first: Sequence[Item], second: Sequence[Item]) -> tuple[Item, ...]:
    later = {item.id: item for item in second}
    own = tuple(_with_options(item, later[item.id]) if item.id in later else item for item in first)
    known = {item.id for item in first}
    return own + tuple(item for item in second if item.id not in known)


def _with_options(item: Item, other: Item) -> Item:
    """The item as the first rubric defines it, with the options that only the other has."""
    known = {option.id for option in item.options}
    new = tuple(option for option in other.options if option.id not in known)
    return replace(item, options=item.options + new, groups={**other.groups, **item.groups}) if new else item


def _merge_examples(examples: Iterable[Example]) -> tuple[Example, ...]:
    """Each passage once: rubrics that share it may each know some of its labels only."""
    merged: dict[tuple[str, str, str], Example] = {}
    for example in examples:
        key = (example.frame, example.heading, example.text)
        known = merged.get(key)
        merged[key] = _with_labels(known, example) if known else example
    return tuple(merged.values())


def _with_labels(example: Example, other: Example) -> Example:
    yes, no = (dict.fromkeys(a + b) for a, b in ((example.yes, other.yes), (example.no, other.no)))
    return replace(example, yes=tuple(yes), no=tuple(no))
