"""The sheet `forms`: one row a project, columns that follow from the rubric, and the codebook that explains them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from extractor.agreement import ticked
from extractor.exchange.cells import Cell, Table
from extractor.exchange.tables import MISSING, asked_items
from extractor.exchange.values import JOINT, MONEY_PARTS, OTHER, entries, number, option_label, plain
from extractor.model import Answer, FormSet
from extractor.rubric import Item, Rubric

PROJECT = "project"
STATUSES = ("found", "not_found", "not_applicable", "unreadable")
COUNT_COLUMNS = tuple(f"items_{status}" for status in STATUSES)
ANSWERED = frozenset({"found", "not_found"})
"""Statuses in which an option that is not ticked is a 0; in the others nobody looked, and the cell is empty."""
KEYED_TYPES = frozenset({"findings", "recommendations"})
MONEY_ALWAYS = MONEY_PARTS[:2]
CODEBOOK_COLUMNS = ("column", "item", "no", "section", "label", "type", "option", "option_label")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet `forms`: what it is called, what it stands for, and what an answer puts there."""

    name: str
    item: Item
    option: str
    label: str
    cell: Callable[[Answer], Cell]


def forms_table(forms: FormSet, rubric: Rubric) -> Table:
    """One row a project: how its items ended, then its answers."""
    columns = form_columns(forms, rubric)
    items = asked_items(forms, rubric)
    rows = []
    for form in forms.forms:
        ended = Counter[str](form.items.get(item.id, MISSING).status for item in items)
        counts = [ended[status] for status in STATUSES]
        cells = [column.cell(form.items.get(column.item.id, MISSING)) for column in columns]
        rows.append((form.project, *counts, *cells))
    return Table("forms", (PROJECT, *COUNT_COLUMNS, *(column.name for column in columns)), tuple(rows))


def codebook_table(forms: FormSet, rubric: Rubric) -> Table:
    """What each column of the sheet `forms` stands for."""
    rows: list[tuple[Cell, ...]] = []
    for column in form_columns(forms, rubric):
        item = column.item
        rows.append((column.name, item.id, item.no, item.section, item.label, item.type, column.option, column.label))
    return Table("codebook", CODEBOOK_COLUMNS, tuple(rows))


def form_columns(forms: FormSet, rubric: Rubric) -> list[Column]:
    """The columns that hold answers. Those that hold seldom-used extras are there when a form has one."""
    columns: list[Column] = []
    for item in asked_items(forms, rubric):
        answers = [form.items[item.id] for form in forms.forms if item.id in form.items]
        columns += _item_columns(item, answers)
        if any(answer.comment for answer in answers):
            columns.append(Column(f"{item.id}/comment", item, "", "Comment", _comment))
    return columns


def _item_columns(item: Item, answers: Sequence[Answer]) -> Iterator[Column]:
    if item.type == "multi":
        for option in item.options:
            name = f"{item.id}/{option.id}"
            yield Column(name, item, option.id, option_label(item, option.id), partial(_box, option.id))
        if item.other or any(_other_texts(item, answer) for answer in answers):
            yield Column(f"{item.id}/{OTHER}", item, OTHER, "Other, in words", partial(_other_texts, item))
    elif item.type == "money":
        for part in MONEY_PARTS:
            if part in MONEY_ALWAYS or any(_money_part(part, answer) is not None for answer in answers):
                yield Column(f"{item.id}/{part}", item, part, part, partial(_money_part, part))
    else:
        yield Column(item.id, item, "", "", partial(_readable, item))


def _box(option: str, answer: Answer) -> Cell:
    return int(option in ticked(answer)) if answer.status in ANSWERED else None


def _other_texts(item: Item, answer: Answer) -> str:
    """What was written beside "other"; in a grouped item with the group's name behind it."""
    texts = []
    for entry in entries(item, answer.value):
        group, _, last = entry.option.rpartition(".")
        if last == OTHER and item.option(entry.option) is None:
            texts.append(f"{entry.text} ({item.groups.get(group, group)})" if group else entry.text)
    return JOINT.join(texts)


def _money_part(part: str, answer: Answer) -> Cell:
    values: list[Any] = answer.value if isinstance(answer.value, list) else [answer.value]
    held = [value[part] for value in values if isinstance(value, dict) and value.get(part) is not None]
    if len(held) == 1:
        exact = number(held[0])
        return plain(held[0]) if exact is None else exact
    return JOINT.join(map(plain, held)) or None


def _readable(item: Item, answer: Answer) -> Cell:
    """The answer as a person reads it: a number stays one, entries of a list are joined."""
    given = entries(item, answer.value)
    if len(given) == 1 and not isinstance(given[0].value, str):
        return given[0].value
    keyed = item.type in KEYED_TYPES
    return JOINT.join(f"{entry.option}: {entry.text}" if keyed else entry.text for entry in given) or None


def _comment(answer: Answer) -> Cell:
    return answer.comment or None
