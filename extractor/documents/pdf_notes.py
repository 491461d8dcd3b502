"""Where a page's footnotes begin, and which of its lines are a table of contents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.documents.pdf_layout import Item, Placed
from extractor.documents.pdf_lines import Line
from extractor.documents.pdf_paragraphs import SMALLER, Body, is_dotted
from extractor.documents.structure import is_contents_title

_NOTE = re.compile(
    r"(?:(?P<number>\d{1,3})[.)]?\s*|(?P<symbol>[*†‡§]{1,3})\s*)"
    r"(?=[\"“‘'«(\[¿¡]*(?:[^\W\d_a-zß-ÿ]|https?:|www\.|see\b|ibid|idem\b|cf\b|op\.|voir\b|véase\b|ver\b))"
)
_ENDS_IN_PAGE = re.compile(r"(?:\s|\.|…)(?:\d{1,3}|[ivxl]{1,6})\Z")
MIN_TOC_LINES = 3
MIN_TOC_SHARE = 0.4
MAX_TOC_CHARS = 200
MAX_STEP = 2
"""A note's number may be this much ahead of the one before it: one may stand in a table."""


def note_number(text: str) -> str:
    """The mark that opens a footnote ("12", "*"), "" when none does."""
    match = _NOTE.match(text)
    return (match["number"] or match["symbol"]) if match else ""


def find_notes(placed: Sequence[Placed], body: Body) -> tuple[frozenset[int], frozenset[int]]:
    """The ids of the lines of a page's footnotes, and of those that begin one."""
    notes: set[int] = set()
    starts: set[int] = set()
    if any(isinstance(entry.item, Line) and entry.item.size > SMALLER * body.size for entry in placed):
        for tail in _tails(placed, body):
            begins = _note_starts(tail)
            if begins and _at_foot(tail, placed):
                notes.update(id(line) for line in tail)
                starts.update(begins)
                starts.add(id(tail[0]))
    return frozenset(notes), frozenset(starts)


def _tails(placed: Sequence[Placed], body: Body) -> list[list[Line]]:
    """The small type at the foot of each column, from its first line that looks like a note."""
    tails: list[list[Line]] = []
    tail: list[Line] = []
    for index, entry in enumerate(placed):
        line = entry.item
        small = isinstance(line, Line) and line.size < SMALLER * body.size and not line.bold
        if isinstance(line, Line) and small and (tail or note_number(line.text)):
            tail.append(line)
        elif not small:
            tail = []
        last = index + 1 == len(placed) or placed[index + 1].item.box.y0 < line.box.y0 - body.size
        if last and tail:
            tails.append(tail)
            tail = []
    return tails


def _at_foot(tail: Sequence[Line], placed: Sequence[Placed]) -> bool:
    """Whether nothing but the tail stands below its first line in its column."""
    inside = {id(line) for line in tail}
    first = tail[0].box
    return not any(
        entry.item.box.y0 > first.y1 and entry.item.box.x0 < first.x1 and entry.item.box.x1 > first.x0
        for entry in placed
        if id(entry.item) not in inside and not _is_note(entry.item)
    )


def _is_note(item: Item) -> bool:
    return isinstance(item, Line) and bool(note_number(item.text))


def _note_starts(tail: Sequence[Line]) -> set[int]:
    """The lines of a tail that begin a note: their numbers count up."""
    starts: set[int] = set()
    last = 0
    for line in tail:
        number = note_number(line.text)
        if number.isdigit() and (not last or last < int(number) <= last + MAX_STEP):
            last = int(number)
            starts.add(id(line))
        elif number and not number.isdigit():
            starts.add(id(line))
    return starts


def find_contents(placed: Sequence[Placed], contents_go_on: bool) -> tuple[frozenset[int], bool]:
    """The ids of a page's lines that are a table of contents, and whether it may go on on the next page."""
    lines = [entry.item for entry in placed if isinstance(entry.item, Line)]
    title = next((index for index, line in enumerate(lines) if is_contents_title(line.text)), None)
    entries = [index for index, line in enumerate(lines) if _is_entry(line.text)]
    begin = title + 1 if title is not None and not contents_go_on else 0
    inside = [index for index in entries if index >= begin]
    while inside and len(inside) < MIN_TOC_SHARE * (inside[-1] + 1 - begin):
        inside.pop()  # a line of text below the contents that happens to end in a number
    if (title is not None or contents_go_on) and len(inside) >= MIN_TOC_LINES:
        region = lines[begin : inside[-1] + 1]
        return frozenset(id(line) for line in region if not is_contents_title(line.text)), True
    dotted = [index for index in entries if is_dotted(lines[index].text)]
    if len(dotted) < MIN_TOC_LINES:
        return frozenset(), False
    region = lines[dotted[0] : dotted[-1] + 1]
    found = region if len(dotted) >= MIN_TOC_SHARE * len(region) else [lines[index] for index in dotted]
    return frozenset(id(line) for line in found), len(found) > len(lines) / 2


def _is_entry(text: str) -> bool:
    if len(text) > MAX_TOC_CHARS or not (text[-1].isdigit() or text[-1] in "ivxl"):
        return False
    return is_dotted(text) or (_ENDS_IN_PAGE.search(text) is not None and text[:1].isalnum())
