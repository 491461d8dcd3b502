"""Recommendations in a chapter or list of recommendations: its items, its telling paragraphs and sub-headings.

An item that asks for something is a recommendation, and the items below it say how; a paragraph is one when it begins
by asking, else it explains: then its asking sentence is taken, where the chapter has no list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.coding.typed.recommendations_cues import (
    ASKS,
    FORM,
    GROUP_TITLE,
    IMPERATIVE,
    LABEL,
    OPINION,
    OTHERS,
    PRESCRIBES,
    RUN_IN,
)  # fmt: skip
from extractor.coding.typed.units import Unit, without_bullet
from extractor.model import Passage, Span

ITEM_SCORE, PARAGRAPH_SCORE = 0.75, 0.6
VAGUE_ITEM, NESTED = 0.2, 0.15
"""What an item that asks for nothing, or one below another, is less sure by."""
UNSURE = 0.3
"""Below what is given: an explanation beside labelled recommendations, a sentence where there is a chapter."""
MAX_CHARS = 900
MIN_WORDS = 4
MIN_LIST = 3
"""From so many items that ask for something, the recommendations of a chapter are its list."""
WHY = "it stands in a part of recommendations"


@dataclass(frozen=True, slots=True)
class Found:
    """A recommendation: its text and place, and how sure."""

    text: str
    span: Span
    headings: tuple[str, ...]
    score: float
    why: str


def of_chapter(chapter: Sequence[Unit], labelled: bool) -> Iterator[Found]:
    """List items, telling paragraphs and sub-headings. `labelled`: the document labels its recommendations."""
    heads = {unit.text for unit in chapter if unit.kind == "heading"}
    telling = sum(bool(IMPERATIVE.match(without_bullet(head))) for head in heads) >= 2
    listed = sum(unit.kind == "list_item" and _asks(unit.body) for unit in chapter) >= MIN_LIST
    above: Unit | None = None
    for index, unit in enumerate(chapter):
        if unit.kind == "list_item" and unit.level == 0 or unit.kind == "heading":
            above = unit
        if _is_beside(unit):
            continue
        found = _paragraph(unit, listed or telling) if unit.kind == "paragraph" else _item(unit, above, telling)
        if found is not None and unit.kind == "heading":
            found = replace(found, text=_with_next(found.text, chapter[index + 1 : index + 2]))
        if found is not None:
            yield replace(found, score=min(found.score, UNSURE)) if labelled else found


def _is_beside(unit: Unit) -> bool:
    """Whether a unit is labelled (and read as such), a title of a group, a lead-in, a question, or about others."""
    body = unit.body
    leads = body.endswith(":") and unit.kind != "heading"
    label = LABEL.match(unit.text)
    return bool(
        label and label[0].strip()
        or len(body.split()) < MIN_WORDS
        or leads
        or GROUP_TITLE.search(body)
        or FORM.search(body)
        or OTHERS.search(unit.text[:200])
    )  # fmt: skip


def _asks(body: str) -> bool:
    return bool(IMPERATIVE.match(body) or PRESCRIBES.search(body))


def _item(unit: Unit, above: Unit | None, telling_heads: bool) -> Found | None:
    """A list item or a sub-heading; what stands below an item that asks for something says how to do it."""
    body = RUN_IN.sub("", unit.body)
    if unit.kind == "heading":
        asks = telling_heads and bool(IMPERATIVE.match(body))
        return Found(body, unit.span, unit.headings, ITEM_SCORE, WHY) if asks else None
    if unit.kind != "list_item":
        return None
    score = ITEM_SCORE - (0.0 if _asks(body) else VAGUE_ITEM) - (NESTED if unit.level else 0.0)
    if body[:1].islower() and not _asks(body):
        score = UNSURE
    if unit.level and above is not None and above.kind == "list_item" and _is_whole(above):
        score = UNSURE
    return Found(trimmed(body), unit.span, unit.headings, score, WHY)


def _is_whole(unit: Unit) -> bool:
    """Whether an item is a recommendation by itself, not the title of a group."""
    body = unit.body
    return _asks(body) and len(body.split()) >= MIN_WORDS and not body.endswith(":") and not GROUP_TITLE.search(body)


def _paragraph(unit: Unit, beside_list: bool) -> Found | None:
    """A paragraph that begins by asking for something; of one that explains first, the sentence that asks."""
    body = RUN_IN.sub("", unit.body)
    if _begins(unit.sentences[0].text, body):
        score = UNSURE if beside_list and not ASKS.search(unit.sentences[0].text) else PARAGRAPH_SCORE
        return Found(trimmed(body), unit.span, unit.headings, score, WHY)
    asking = next((passage for passage in unit.sentences if _is_asking(passage)), None)
    if asking is None or beside_list:
        return Found(trimmed(body), unit.span, unit.headings, UNSURE, WHY) if asking else None
    return Found(asking.text, asking.span, unit.headings, PARAGRAPH_SCORE, WHY)


def _begins(first: str, body: str) -> bool:
    return bool(IMPERATIVE.match(body) or ASKS.search(first)) and not OPINION.match(first)


def _is_asking(passage: Passage) -> bool:
    return bool(ASKS.search(passage.text)) and not OPINION.match(passage.text) and not OTHERS.search(passage.text)


def _with_next(title: str, following: Sequence[Unit]) -> str:
    """A sub-heading that asks, with the first sentence below it."""
    if not following or following[0].kind != "paragraph":
        return title
    return f"{title.rstrip('.')}. {following[0].sentences[0].text}"


def trimmed(text: str) -> str:
    """The whole text, or its first sentences where a discussion follows."""
    if len(text) <= MAX_CHARS:
        return text.strip()
    stop = max(text.rfind(end, 0, MAX_CHARS) for end in (". ", "; ", "? "))
    return text[: stop + 1 if stop > 0 else text.rfind(" ", 0, MAX_CHARS)].strip()
