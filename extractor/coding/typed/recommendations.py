"""Recommendations: labelled ("Recommendation 3: ..."), in chapters and tables of recommendations, and in sentences.

The same recommendation in the summary and in its chapter is given once, at the better place. What a document only
reports of others' recommendations, or asks an evaluator to write, is not given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from extractor.coding.similar import content_words, covered, opening_words, same_opening, share
from extractor.coding.typed.kinds import kind_of
from extractor.coding.typed.recommendations_chapter import MIN_WORDS, UNSURE, Found, of_chapter, trimmed
from extractor.coding.typed.recommendations_cues import (
    ACTOR,
    CHAPTER,
    FORM,
    HEAD_CELL,
    LABEL,
    LABEL_AT,
    LEAD,
    NOT_OWN,
    OF_OTHERS,
    OTHER_LEAD,
    OTHERS,
    RESPONSE,
    SENTENCE,
    SHORT_CODE,
)
from extractor.coding.typed.units import Unit, read_units, split_at, without_bullet
from extractor.model import Source, Vote

CODER = "recommendations"
ITEM = "recommendations"
LABEL_SCORE, SENTENCE_SCORE, TABLE_SCORE = 0.9, 0.45, 0.8
HEADER_ROWS = 2
MAX_HEAD_WORDS = 8
SAME, COVERED = 0.7, 0.75
LONG = 25
KEPT_HEADINGS = 1_000
MIN_COVERING = 3
"""A summary is left out where so many recommendations, taken together, say what it says."""

_NO_SENTENCES_IN = frozenset({"proposal", "mou", "service_contract", "provider_data_tool"})


def extract(source: Source) -> list[Vote]:
    """Votes for recommendations, by kind of project."""
    units = _split(source, read_units(source))
    plans = source.description.type in _NO_SENTENCES_IN
    chapter = [unit for unit in units if _in_chapter(unit) and not (plans and unit.lead)]
    found = [*_labelled(units), *_tables(source, units)]
    labelled = len(found) >= 2
    found += of_chapter(chapter, labelled)
    found += _sentences(source, units, has_chapter=bool(found))
    return [_vote(source, one) for one in distinct(found)]


def _vote(source: Source, found: Found) -> Vote:
    kind = kind_of(found.text, found.headings)
    return Vote(ITEM, kind, CODER, round(found.score, 4), source.file, found.span, found.why, found.text)


def _split(source: Source, units: Iterable[Unit]) -> list[Unit]:
    """Paragraphs that hold several labelled recommendations are cut at each label."""
    cut: list[Unit] = []
    for unit in units:
        several = unit.kind in ("paragraph", "list_item") and len(LABEL_AT.findall(unit.text)) > 1
        cut += split_at(source.document, unit, LABEL_AT) if several else [unit]
    return cut


def _in_chapter(unit: Unit) -> bool:
    """Whether a unit stands in a part of recommendations that are the document's own."""
    if any(map(_of_others, unit.headings)):
        return False
    headed = any(_heads(heading) for heading in unit.headings)
    return headed or bool(LEAD.search(unit.lead) and not OTHER_LEAD.search(unit.lead))


@lru_cache(maxsize=KEPT_HEADINGS)
def _of_others(heading: str) -> bool:
    """Whether what stands under a heading is not the document's own."""
    return NOT_OWN.search(heading) is not None


@lru_cache(maxsize=KEPT_HEADINGS)
def _heads(heading: str) -> bool:
    other = RESPONSE.search(heading) or OF_OTHERS.search(heading) or heading.rstrip().endswith("?")
    return bool(CHAPTER.search(heading)) and not other


# ------------------------------------------------------------------ labelled


def _labelled(units: Sequence[Unit]) -> Iterator[Found]:
    """ "Recommendation 3 (to the donor): ..."; a label alone takes the paragraph below it."""
    for index, unit in enumerate(units):
        label = LABEL.match(unit.text) if unit.kind in ("paragraph", "list_item", "heading") else None
        if label is None and SHORT_CODE.match(unit.text) and _in_chapter(unit):
            label = SHORT_CODE.match(unit.text)
        elif label is not None and not label["no"]:
            continue
        if label is None or any(map(_of_others, unit.headings)):
            continue
        body, place = unit.text[label.end() :], unit
        if (
            len(body.split()) < MIN_WORDS
            and index + 1 < len(units)
            and units[index + 1].kind in ("paragraph", "list_item")
        ):
            place = units[index + 1]
            body = f"{body} {place.text}".strip()
        text = trimmed(body)
        if len(text.split()) >= MIN_WORDS:
            yield Found(text, place.span, unit.headings, LABEL_SCORE, "it is labelled as a recommendation")


# ------------------------------------------------------------------ tables and sentences


def _tables(source: Source, units: Sequence[Unit]) -> Iterator[Found]:
    """The column of a table that is headed "Recommendation"; on the next page it goes on without a head."""
    document = source.document
    table: int | None = None
    column, width, page, row = -1, 0, -1, 0
    for unit in units:
        block = document.blocks[unit.block]
        if unit.kind != "table_row" or not block.cells or any(map(_of_others, unit.headings)):
            continue
        cells = [" ".join(document.text(cell).split()) for cell in block.cells]
        if block.table != table:
            goes_on = column >= 0 and len(cells) == width and unit.span.page == page + 1
            table, row, column = block.table, 0, column if goes_on else -1
        row, width, page = row + 1, len(cells), unit.span.page
        head = _head_column(cells) if row <= HEADER_ROWS else -1
        if head >= 0:
            column = head
            continue
        text = _cell_text(cells[column]) if 0 <= column < len(cells) else ""
        if len(text.split()) >= MIN_WORDS and not FORM.search(text):
            yield Found(trimmed(text), block.cells[column], unit.headings, TABLE_SCORE, "a table of recommendations")


def _head_column(cells: Sequence[str]) -> int:
    """The column that a head of a table calls recommendations; -1 where none is."""
    if len(cells) < 2 and len(cells[0].split()) > MAX_HEAD_WORDS:
        return -1
    return next(
        (i for i, cell in enumerate(cells) if HEAD_CELL.match(cell) and len(cell.split()) <= MAX_HEAD_WORDS), -1
    )


def _cell_text(cell: str) -> str:
    label = LABEL.match(cell)
    return cell[label.end() :] if label and label["no"] else without_bullet(cell)


def _sentences(source: Source, units: Sequence[Unit], has_chapter: bool) -> Iterator[Found]:
    """ "It is recommended that ..." anywhere else."""
    if source.description.type in _NO_SENTENCES_IN:
        return
    score = UNSURE if has_chapter else SENTENCE_SCORE
    for unit in units:
        if unit.kind not in ("paragraph", "list_item") or any(map(_of_others, unit.headings)):
            continue
        if SENTENCE.search(unit.text) is None:
            continue
        for passage in unit.sentences:
            if SENTENCE.search(passage.text) and not OTHERS.search(passage.text):
                yield Found(passage.text, passage.span, unit.headings, score, "a sentence that recommends")


# ------------------------------------------------------------------ once each


def distinct(found: Iterable[Found]) -> list[Found]:
    """Each recommendation once, in the document's order: the surest place, the longer text of equals."""
    kept: list[tuple[Found, frozenset[str], frozenset[str]]] = []
    for one in sorted(found, key=lambda one: (-one.score, -len(one.text))):
        words, opening = content_words(one.text), opening_words(ACTOR.sub("", one.text, count=1))
        if any(share(words, other) >= SAME or same_opening(opening, begun) for _, other, begun in kept):
            continue
        whole = covered(words, (other for _, other, _ in kept)) >= COVERED and len(words) > LONG
        if len(kept) >= MIN_COVERING and whole:
            continue
        kept.append((one, words, opening))
    return sorted((one for one, _, _ in kept), key=lambda one: (one.span.page, one.span.start))
