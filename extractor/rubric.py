"""Rubrics: the items and options of a form, and how each is recognised. Pure data here; see `rubric_yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

ItemType = Literal[
    "text", "texts", "date_my", "yes_no", "single", "multi", "number", "money", "people", "documents",
    "results", "findings", "recommendations", "evidence_list",
]  # fmt: skip
ExtractorName = Literal[
    "title", "documents", "dates", "money", "places", "parties", "funders", "code", "motivation", "findings",
    "recommendations", "trends", "results", "lists",
]  # fmt: skip
CODED_TYPES: frozenset[str] = frozenset({"single", "multi"})


@dataclass(frozen=True, slots=True)
class Option:
    """A box of an item. `id` is "group.option" in a grouped item. `absence`: it follows from nothing being found."""

    id: str
    label: str
    group: str = ""
    cues: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    actor: bool = False
    absence: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Skip logic: true when any of (item, option) is ticked."""

    any_of: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the form. `groups` maps a group's id to its label; options keep the form's order."""

    id: str
    label: str
    type: ItemType
    no: str = ""
    section: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    relevant: Condition | None = None
    other: bool = False
    na: bool = False
    specify: bool = False
    extractor: str = ""

    def option(self, option_id: str) -> Option | None:
        """The option of this id, if the item has it."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled passage: `yes` and `no` hold addresses ("item.option", "item.group.option")."""

    frame: str
    kind: str
    heading: str
    text: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What recognises an option in another language, instead of its own cues."""

    cues: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """A rubric's cues in another language: of options by their addresses, of scopes, and of the rubric's field."""

    options: Mapping[str, Recognised] = field(default_factory=dict)
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    domain: tuple[str, ...] = ()


NO_CUES = Recognised()


@dataclass(frozen=True, slots=True)
class Rubric:
    """A form's items with what recognises them. `hash` changes with anything that can change an answer.

    `languages` are those of the items' own cues and of the examples; `wordings` have the cues of others.
    """

    name: str
    version: str
    title: str
    hash: str
    items: tuple[Item, ...]
    unit: str = "project"
    languages: tuple[str, ...] = ("en",)
    domain: tuple[str, ...] = ()
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    wordings: Mapping[str, Wording] = field(default_factory=dict)

    def item(self, item_id: str) -> Item | None:
        """The item of this id, if the rubric has it."""
        return next((item for item in self.items if item.id == item_id), None)

    @property
    def coded_items(self) -> tuple[Item, ...]:
        """The items that are answered by ticking options."""
        return tuple(item for item in self.items if item.type in CODED_TYPES)


def in_language(rubric: Rubric, language: str) -> Rubric:
    """The rubric with its cues in a language that it has a wording of, and with them only; else as it is.

    An option without cues in that language has none: a word of English may mean something else there.
    """
    wording = rubric.wordings.get(language)
    if wording is None:
        return rubric
    items = tuple(replace(item, options=_worded(item, wording)) for item in rubric.items)
    return replace(rubric, items=items, scopes=wording.scopes, domain=wording.domain)


def _worded(item: Item, wording: Wording) -> tuple[Option, ...]:
    """The item's options with the cues of a wording."""
    found = ((option, wording.options.get(f"{item.id}.{option.id}", NO_CUES)) for option in item.options)
    return tuple(replace(option, cues=by.cues, hints=by.hints, exclude=by.exclude) for option, by in found)
