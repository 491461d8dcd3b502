"""Tables that set what was planned beside what was done, in words: "Train 180 officers" | "Trained 150 officers".

A cell may hold several activities. Each planned one is paired with the one done that is most like it, and their figures
with each other: each figure is a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.coding.similar import content_words, share
from extractor.coding.typed.numbered import Figure, called_off, find_figures, is_figure_cell, read_label
from extractor.coding.typed.results_columns import Columns
from extractor.coding.typed.results_counts import counted_things, is_of_place
from extractor.coding.typed.results_rows import TABLE, Row, tidy_statement, unit_of
from extractor.model import Block, Document, Span

PAIR_SCORE = 0.75
MIN_CELL_WORDS = 3
MIN_ITEM_WORDS = 2
MIN_LIKE = 0.5
"""Share of words from which something done is what was planned."""
LEAD_WORDS = 6
"""The verb that several figures share stands in so many words before the first: "Buy 100 pumps, 20 ploughs"."""
WHAT_CHARS = 60

_BULLET = re.compile(
    r"(?:^|\s)(?:[>•▪●◦✓➢*]\s*|[-–]\s+(?=[A-ZÀ-Þ0-9])|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=[A-ZÀ-Þ]))"
)
_SENTENCE = re.compile(r";\s+|(?<=[a-zà-ÿ)%])\.\s+(?=[A-ZÀ-Þ0-9])")
_NUMBERED = re.compile(r"^\W*\d+(?:\.\d+)*[.):]?\s+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_JOINS = re.compile(r"(?:[\s,;(]|\b(?:and|et|y|of|at least|over|about|the)\b)+$", re.IGNORECASE)


@dataclass(slots=True)
class _Entry:
    """A row of the table, with what the next page adds to its cells."""

    span: Span
    planned: str
    done: str
    topic: str
    no: str


def is_worded(document: Document, columns: Columns, blocks: Sequence[Block]) -> bool:
    """Whether a table says what was planned and what was done in words, not in figures under an indicator."""
    places = columns.places
    if "indicator" in places or not places.keys() >= {"target", "achieved"}:
        return False
    for part in ("target", "achieved"):
        cells = [document.text(block.cells[places[part]]) for block in blocks if places[part] < len(block.cells)]
        told = [cell for cell in cells if cell.strip()]
        worded = sum(not is_figure_cell(cell) and len(_LETTERS.findall(cell)) >= MIN_CELL_WORDS for cell in told)
        if worded <= len(told) / 2:
            return False
    return True


def paired_rows(document: Document, columns: Columns, blocks: Sequence[Block], weight: float) -> Iterator[Row]:
    """The rows of a table of plans and achievements in words."""
    for entry in _entries(document, columns, blocks):
        yield from _entry_rows(entry, columns.level, PAIR_SCORE * weight)


def _entries(document: Document, columns: Columns, blocks: Sequence[Block]) -> list[_Entry]:
    """The table's rows; one that only goes on with what the row above says is part of it."""
    entries: list[_Entry] = []
    wide = False
    for block in blocks:
        texts = [" ".join(document.text(cell).split()) for cell in block.cells]
        parts = {part: texts[place] for part, place in columns.places.items() if place < len(texts)}
        if block.header_row or not (parts.get("target") or parts.get("achieved")):
            continue
        if entries and _goes_on(texts, parts, wide):
            entries[-1].planned = f"{entries[-1].planned} {parts.get('target', '')}".strip()
            entries[-1].done = f"{entries[-1].done} {parts.get('achieved', '')}".strip()
            continue
        wide = wide or sum(map(bool, texts)) > 2
        entries.append(_entry(block.span, parts))
    return entries


def _entry(span: Span, parts: Mapping[str, str]) -> _Entry:
    topic = parts.get("statement", "")
    label = read_label(topic)
    no = (label.no if label else "") or parts.get("number", "")
    topic = _NUMBERED.sub("", topic[label.start :] if label else topic)
    return _Entry(span, parts.get("target", ""), parts.get("achieved", ""), tidy_statement(topic), no)


def _goes_on(texts: Sequence[str], parts: Mapping[str, str], wide: bool) -> bool:
    """Whether a row has nothing but the rest of the two cells above. `wide`: other rows have further cells."""
    told = [parts[part] for part in ("target", "achieved") if parts.get(part)]
    return sum(map(bool, texts)) == len(told) and (wide or all(text[:1].islower() for text in told))


# ------------------------------------------------------------------ one row of the table


def _entry_rows(entry: _Entry, level: str, score: float) -> Iterator[Row]:
    planned, done = _items(entry.planned), _items(entry.done)
    off = called_off(entry.done)
    found = False
    for plan, actual in _paired(planned, done):
        for statement, target, achieved, unit in _figure_pairs(plan, actual, off):
            found = True
            yield _row(entry, level, score, statement, target, achieved, unit)
    statement = tidy_statement(entry.topic or entry.planned)
    if not found and len(statement.split()) >= MIN_ITEM_WORDS:
        yield _row(entry, level, score, statement, None, 0 if off else None, "")


def _row(
    entry: _Entry, level: str, score: float, statement: str, target: float | None, achieved: float | None, unit: str
) -> Row:
    return Row(
        entry.span, statement, level or "output", entry.no, target=target, achieved=achieved, unit=unit,
        note=f"under: {entry.topic}" if entry.topic not in ("", statement) else "",
        score=score, why="a row of a table of plans and what was done",
        planned=achieved is None or target is not None, kind=TABLE,
    )  # fmt: skip


def _items(cell: str) -> list[str]:
    """The activities that a cell lists: by its bullets or numbers, else its sentences."""
    marks = [*_BULLET.finditer(cell)]
    if marks and marks[0].start() == 0:
        ends = [*(mark.start() for mark in marks[1:]), len(cell)]
        parts = [cell[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    else:
        parts = _SENTENCE.split(cell)
    return [part.strip() for part in parts if len(_LETTERS.findall(part)) >= 1]


def _paired(planned: Sequence[str], done: Sequence[str]) -> list[tuple[str, str]]:
    """Each planned activity with what was done of it ("" where the table does not say), then what else was done."""
    words = [[content_words(_no_digits(item)) for item in items] for items in (planned, done)]
    likeness = [
        (-share(plan, actual), abs(i - j), i, j)
        for i, plan in enumerate(words[0])
        for j, actual in enumerate(words[1])
        if share(plan, actual) >= MIN_LIKE or len(planned) == len(done) and i == j
    ]
    taken: dict[int, int] = {}
    for _, _, i, j in sorted(likeness):
        if i not in taken and j not in taken.values():
            taken[i] = j
    pairs = [(plan, done[taken[i]] if i in taken else "") for i, plan in enumerate(planned)]
    return [*pairs, *(("", item) for j, item in enumerate(done) if j not in taken.values())]


def _no_digits(text: str) -> str:
    return re.sub(r"\d+", " ", text)


# ------------------------------------------------------------------ figures


def _figure_pairs(plan: str, actual: str, off: bool) -> Iterator[tuple[str, float | None, float | None, str]]:
    """Statement, target, achievement and unit of each figure of an activity; what was not planned has no target."""
    figures, reached = telling_figures(plan), telling_figures(actual)
    if not figures:
        for index, figure in enumerate(reached if not plan or len(reached) == 1 else ()):
            yield plan or _statement(actual, reached, index), None, figure.value, _unit(actual, figure)
        return
    matched = _matched(plan, figures, actual, reached)
    kept = [
        (one, matched.get(i)) for i, one in enumerate(figures) if not _is_detail(plan, one, matched.get(i), figures)
    ]
    told = [figure for figure, _ in kept]
    for index, (figure, other) in enumerate(kept):
        achieved = other.value if other else 0 if off else None
        if other is None and figure.value == 1 and actual and not reached and not called_off(actual):
            achieved = 1
        yield _statement(plan, told, index), figure.value, achieved, _unit(plan, figure)


def _is_detail(plan: str, figure: Figure, other: Figure | None, figures: Sequence[Figure]) -> bool:
    """Whether a figure says where or of what kind, while others say how many; not if it came out otherwise."""
    if other is not None and other.value != figure.value:
        return False
    aside = [one.percent or is_of_place(plan, one) for one in figures]
    return aside[figures.index(figure)] and not all(aside)


def telling_figures(text: str) -> list[Figure]:
    """The figures of an activity; one that repeats the words before it in brackets counts once."""
    figures: list[Figure] = []
    for figure in find_figures(text):
        again = figures and figures[-1].value == figure.value and text[figures[-1].end : figure.start].strip() == "("
        if not again:
            figures.append(figure)
    return figures


def _matched(plan: str, figures: Sequence[Figure], actual: str, reached: Sequence[Figure]) -> dict[int, Figure]:
    """Which figure of what was done answers which planned one: in their order, else by what they count."""
    if len(figures) == len(reached):
        return dict(enumerate(reached))
    counted = [content_words(actual[figure.end : figure.end + WHAT_CHARS]) for figure in reached]
    free = [*range(len(reached))]
    matched: dict[int, Figure] = {}
    for index, figure in enumerate(figures):
        wanted = content_words(plan[figure.end : figure.end + WHAT_CHARS])
        best = max(free, key=lambda j: (share(wanted, counted[j]), -j), default=None)
        if best is not None and share(wanted, counted[best]) >= MIN_LIKE:
            matched[index] = reached[best]
            free.remove(best)
    return matched


def _statement(text: str, figures: Sequence[Figure], index: int) -> str:
    """The activity's own words; of several figures the words of this one, after the verb that they share."""
    if len(figures) == 1:
        return tidy_statement(text)
    before = _SENTENCE.split(text[: figures[0].start])[-1]
    lead = " ".join(_JOINS.sub("", before).split()[-LEAD_WORDS:])
    stop = figures[index + 1].start if index + 1 < len(figures) else len(text)
    what = _JOINS.sub("", text[figures[index].end : stop])
    return tidy_statement(f"{lead} {what}")


def _unit(text: str, figure: Figure) -> str:
    if figure.percent:
        return "per cent"
    return unit_of(counted_things(text[figure.end :]))
