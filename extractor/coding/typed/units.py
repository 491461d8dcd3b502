"""A document as units: a whole paragraph, list item, table row or heading, with its headings and what leads in to it.

Passages are sentences; lists want the whole item. A unit's `text` has its white space folded; its `span` is its place
on the page where it starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.coding.latest import of_latest
from extractor.model import BlockKind, Document, Passage, Source, Span
from extractor.passages import fold

LEAD_CHARS = 300
FULL_CHARS = 140
"""A paragraph this long that ends without a full stop was broken in two, whatever the rest begins with."""
BOUND_CHARS = 70
"""A paragraph this short that ends without a full stop, or in a colon, heads what follows it."""
_ENDS = (".", ":", ";", "!", "?", "”", '"')
_OPEN_END = re.compile(
    r"(?:,|\b(?:a|an|the|of|to|and|or|in|for|with|by|on|at|from|le|la|les|de|des|du|et|el|los|y|en))$"
)
_BULLET = re.compile(
    r"^(?:(?:[-–—•▪◦●·*>✓➢]|o(?=\s))+\s*)?(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-z]|[ivx]{1,4})[.)]+\s+)?(?:[-–—•▪◦●·*]+\s+)?"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, list item, table row or heading. `lead` is the line that leads in to a list ("The outputs are:")."""

    text: str
    span: Span
    kind: BlockKind
    level: int
    headings: tuple[str, ...]
    lead: str
    block: int
    position: float
    sentences: tuple[Passage, ...]

    @property
    def body(self) -> str:
        """The text without its bullet or number."""
        return without_bullet(self.text)


def without_bullet(text: str) -> str:
    """A text without the bullet, number or emphasis marks it begins with.

    >>> without_bullet("- 2. Additional staff")
    'Additional staff'
    """
    return _BULLET.sub("", text, count=1).strip().strip("*").strip()


@of_latest
def read_units(source: Source) -> list[Unit]:
    """The units of a document in reading order; halves of a broken list item are one unit."""
    units: list[Unit] = []
    lead = ""
    for block, group in groupby(source.passages, key=lambda passage: passage.block):
        unit = _unit(source.document, block, tuple(group), lead)
        previous = units[-1] if units else None
        if previous is not None and _carries_on(previous, unit):
            units[-1] = _joined(previous, unit)
            continue
        if unit.kind not in ("list_item", "table_row", "footnote", "caption"):
            lead = _lead(unit)
            unit = _with_lead(unit, "") if unit.kind == "heading" else unit
        units.append(unit)
    return units


def split_at(document: Document, unit: Unit, pattern: re.Pattern[str]) -> list[Unit]:
    """The parts of a unit that each begin with a match; the whole unit where there are fewer than two."""
    raw = document.text(unit.span)
    starts = [match.start() for match in pattern.finditer(raw)]
    if len(starts) < 2:
        return [unit]
    parts = []
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        stretch = raw[start:end].rstrip()
        span = Span(unit.span.page, unit.span.start + start, unit.span.start + start + len(stretch))
        text = fold(stretch)
        if end == len(raw):
            text = fold(text + " " + unit.text[len(fold(raw)) :]) if unit.text.startswith(fold(raw)) else text
        parts.append(_part(unit, text, span))
    return parts


def cut(unit: Unit, start: int, end: int) -> Span:
    """The place of the stretch from start to end of a unit's own stored text."""
    return Span(unit.span.page, unit.span.start + start, min(unit.span.end, unit.span.start + end))


def _unit(document: Document, block: int, passages: Sequence[Passage], lead: str) -> Unit:
    first = passages[0]
    here = [span for passage in passages for span in passage.spans if span.page == first.spans[0].page]
    span = Span(here[0].page, here[0].start, here[-1].end)
    text = " ".join(passage.text for passage in passages)
    layout = document.blocks[block]
    return Unit(
        text, span, first.kind, layout.level, first.headings, lead, block, first.position, tuple(passages)
    )  # fmt: skip


def _carries_on(previous: Unit, unit: Unit) -> bool:
    """A list item or paragraph that a reader broke in two: the rest begins with a small letter."""
    return (
        unit.kind == "paragraph"
        and previous.kind in ("list_item", "paragraph")
        and not previous.text.endswith(_ENDS)
        and (unit.text[:1].islower() or _breaks_off(previous))
        and unit.headings == previous.headings
    )


def _breaks_off(unit: Unit) -> bool:
    """Whether a long paragraph ends in the middle of a sentence: on a word in small letters, or a comma."""
    return unit.kind == "paragraph" and len(unit.text) >= FULL_CHARS and bool(_OPEN_END.search(unit.text))


def _joined(first: Unit, second: Unit) -> Unit:
    after = second.span.page == first.span.page and second.span.start >= first.span.end
    span = Span(first.span.page, first.span.start, second.span.end) if after else first.span
    return Unit(
        f"{first.text} {second.text}", span, first.kind, first.level, first.headings, first.lead, first.block,
        first.position, (*first.sentences, *second.sentences),
    )  # fmt: skip


def _part(unit: Unit, text: str, span: Span) -> Unit:
    inside = tuple(
        passage
        for passage in unit.sentences
        if passage.span.page == span.page and span.start <= passage.span.start < span.end
    )
    return Unit(
        text, span, unit.kind, unit.level, unit.headings, unit.lead, unit.block, unit.position, inside or unit.sentences
    )


def _with_lead(unit: Unit, lead: str) -> Unit:
    return Unit(
        unit.text, unit.span, unit.kind, unit.level, unit.headings, lead, unit.block, unit.position, unit.sentences
    )


def _lead(unit: Unit) -> str:
    """What this unit says of the list below it: its last sentence where that ends in a colon, or a short line."""
    if unit.kind == "heading":
        return ""
    last = unit.sentences[-1].text if unit.sentences else unit.text
    if unit.text.endswith(":"):
        return last[-LEAD_CHARS:]
    bare = len(unit.text) <= BOUND_CHARS and not unit.text.endswith(_ENDS)
    return unit.text if bare else ""


def sections(units: Sequence[Unit], pattern: re.Pattern[str]) -> Iterator[Unit]:
    """The units that stand under a heading or a lead-in that matches."""
    cache: dict[tuple[str, ...], bool] = {}
    for unit in units:
        if unit.headings not in cache:
            cache[unit.headings] = any(pattern.search(heading) for heading in unit.headings)
        if cache[unit.headings] or unit.lead and pattern.search(unit.lead):
            yield unit
