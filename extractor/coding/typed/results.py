"""The results framework and what was achieved: from tables, labelled statements, lists and sentences, each row once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractor.coding.merge import SAME_NUMBERED, TELLING_FIGURE
from extractor.coding.similar import content_words, share
from extractor.coding.typed.results_headlines import headline_rows, with_headlines
from extractor.coding.typed.results_lists import listed_rows
from extractor.coding.typed.results_named import named_rows
from extractor.coding.typed.results_plain import plain_rows
from extractor.coding.typed.results_prose import prose_rows
from extractor.coding.typed.results_rows import (
    COUNT,
    FRAMED,
    LABEL,
    LIST,
    MENTION,
    MILESTONE,
    PLAN,
    SENTENCE,
    TABLE,
    Row,
    to_votes,
)  # fmt: skip
from extractor.coding.typed.results_tables import table_rows
from extractor.model import Source, Vote

SAME_ROW = 0.75
"""Rows whose statements share this part of their words are the same, unless their indicators differ."""
MIN_SHARED = 0.34
"""A count completes a stated result when they have this part of all their words in common."""
MIN_NUMBERED = 3
"""From so many numbered results of a level on, its results are the numbered ones."""
MAX_TITLE = 6
"""A statement of so few words may be the title of a result that is stated in full elsewhere."""
PLANNING_TYPES = frozenset({"proposal", "mou"})


def extract(source: Source) -> list[Vote]:
    """Votes for results_framework and results_achieved."""
    plans = source.description.type in PLANNING_TYPES
    tables = [*table_rows(source), *plain_rows(source)]
    stated = [*tables, *listed_rows(source, not plans), *named_rows(source)]
    told = [] if plans else headline_rows(source)
    rows = distinct([*settled(stated), *with_headlines(prose_rows(source, plans), told)])
    return [vote for row in rows for vote in to_votes(source, row)]


def settled(rows: Sequence[Row]) -> list[Row]:
    """The rows without what a framework with numbers makes needless.

    Where the results of a level are numbered, statements of that level without a number and a figure say the same in
    other words, or belong to a part of the work; a mention or a title with a number that is stated in full adds
    nothing.
    """
    numbers = Counter((row.level, row.no) for row in rows if row.no and row.kind in (TABLE, LABEL))
    levels = Counter(level for level, _ in numbers)
    return [row for row in rows if not _needless(row, rows, numbers, levels)]


def _needless(row: Row, rows: Sequence[Row], numbers: Mapping[tuple[str, str], int], levels: Mapping[str, int]) -> bool:
    figureless = row.baseline is None and row.target is None and row.achieved is None
    if not figureless or row.kind == TABLE:
        return False
    if not row.no:
        return row.kind in (LIST, LABEL, SENTENCE) and levels.get(row.level, 0) >= MIN_NUMBERED
    if row.kind == MENTION:
        first = next(other for other in rows if (other.kind, other.level, other.no) == (MENTION, row.level, row.no))
        return (row.level, row.no) in numbers or first is not row
    return len(row.statement.split()) <= MAX_TITLE and any(
        row.level == other.level and row.no == other.no and len(other.statement.split()) > MAX_TITLE
        for other in rows
        if other.kind in FRAMED and other.level != "output"
    )


def distinct(rows: Iterable[Row]) -> list[Row]:
    """Each row once: the surest of those that say the same, completed by what the others add."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: -row.score):
        index = next((i for i, other in enumerate(kept) if _same(row, other)), None)
        if index is None:
            kept.append(row)
        else:
            kept[index] = _completed(kept[index], row)
    return kept


def _same(row: Row, other: Row) -> bool:
    if row.no and other.no and row.no != other.no and row.level == other.level:
        return False
    if _words(row.indicator) != _words(other.indicator) and row.indicator and other.indicator:
        return False
    if any(_differ(getattr(row, part), getattr(other, part)) for part in ("target", "achieved", "baseline")):
        return False
    if _counted_alike(row, other):
        return bool(_words(f"{row.statement} {row.indicator}") & _words(f"{other.statement} {other.indicator}"))
    if _restated(row, other) or _restated(other, row):
        return True
    if row.level != other.level and row.kind in FRAMED and other.kind in FRAMED:
        return _words(row.statement) == _words(other.statement)
    if _counts_other(row, other) or _counts_other(other, row):
        return False
    numbered = bool(row.no) and row.no == other.no and row.level == other.level
    enough = SAME_NUMBERED if numbered and not (row.indicator and other.indicator) else SAME_ROW
    return share(_words(row.statement), _words(other.statement)) >= enough


def _restated(row: Row, again: Row) -> bool:
    """Whether a milestone or a sentence promises the same number of the same things."""
    if again.kind not in (MILESTONE, PLAN) or row.target is None or row.target != again.target:
        return False
    return share(_words(row.statement), _words(again.statement)) >= SAME_NUMBERED


def _counts_other(row: Row, bare: Row) -> bool:
    """Whether a figure of running text counts but a part of what a framework states in more words."""
    if row.kind not in FRAMED or bare.kind not in (COUNT, PLAN):
        return False
    stated, counted = _words(f"{row.statement} {row.indicator}"), _words(bare.statement)
    return row.level == "objective" or len(stated & counted) < MIN_SHARED * len(stated | counted)


def _counted_alike(row: Row, other: Row) -> bool:
    """Whether a bare count repeats the telling figure of another row."""
    bare = any(one.target is None and not one.no for one in (row, other))
    return bare and row.achieved == other.achieved and (row.achieved or 0) >= TELLING_FIGURE


def _words(text: str) -> frozenset[str]:
    return content_words(text)


def _differ(first: float | None, second: float | None) -> bool:
    return first is not None and second is not None and first != second


def _completed(row: Row, other: Row) -> Row:
    """A row with what another of the same result adds, if that is as sure."""
    return replace(
        row,
        no=row.no or other.no,
        indicator=row.indicator or other.indicator,
        baseline=other.baseline if row.baseline is None else row.baseline,
        target=other.target if row.target is None else row.target,
        achieved=other.achieved if row.achieved is None else row.achieved,
        planned=row.planned or other.planned,
    )
