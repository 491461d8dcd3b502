"""Running headers and footers, and the page numbers that are printed in them.

Works on the lines of pages alone, for any reader that knows how high on the page a line stands: what returns at
the same height page after page is furniture, and so is a number that counts along with the pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractor.documents.structure import heading_number, page_number_line

EDGE = 0.13
"""Share of the page's height at its top and foot in which furniture stands."""
EDGE_LINES = 6
"""Lines looked at, at each edge."""
MIN_PAGES = 3
"""Pages on which a line must return; in documents of fewer than `SHORT` pages, on all but one."""
PAGES_A_RETURN = 15
"""In a long document a line must return once in so many pages."""
STRAY_CHARS = 12
"""A line this short may stand farther out than furniture without being any."""
SHORT = 4
NEAR_PAGES = 2
"""Left and right pages differ, so the next time may be two pages on."""
NEAR_SHARE = 0.5
HEIGHTS = 60
"""Steps of height in a page; lines in the same or the next step stand equally high."""
MAX_CHARS = 200
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NUMBER = r"(\d{1,3}|1[0-8]\d\d|[ivxl]{1,6})"
"""A page number among other words: not a year."""
_NUMBER_NAMED = re.compile(rf"\b(?:page|página|pág\.|p\.)\s*{_NUMBER}\b", re.IGNORECASE)
_NUMBER_OF = re.compile(rf"(?:\A|[\s|]){_NUMBER}\s*(?:/|of|de|sur|von)\s*\d{{1,4}}\W*\Z", re.IGNORECASE)
_NUMBER_AT_END = re.compile(rf"[\s|•·–—-]{_NUMBER}\W*\Z", re.IGNORECASE)
_NUMBER_AT_START = re.compile(rf"\A\W*{_NUMBER}(?=[\s|•·–—-])", re.IGNORECASE)


class EdgeLine(NamedTuple):
    """A line of a page and how high it stands: 0.0 at the top, 1.0 at the foot."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Furniture:
    """For each page: which of its lines are running headers, which footers, and the page number printed there."""

    headers: tuple[frozenset[int], ...]
    footers: tuple[frozenset[int], ...]
    printed: tuple[str | None, ...]


class _Candidate(NamedTuple):
    page: int
    line: int
    text: str
    top: bool
    height: int


class _Numbered(NamedTuple):
    candidate: _Candidate
    number: str
    offset: tuple[str, int]
    """The way of counting, and by how much the number is ahead of the page's own count."""


def find_furniture(pages: Sequence[Sequence[EdgeLine]]) -> Furniture:
    """Running headers, footers and printed page numbers of a document."""
    candidates = [found for page, lines in enumerate(pages) for found in _candidates(page, lines)]
    least = MIN_PAGES if len(pages) >= SHORT else max(len(pages) - 1, 2)
    repeated = _returning(candidates, max(least, len(pages) // PAGES_A_RETURN))
    numbered = _counting(candidates, least)
    found = {(c.page, c.line) for c in [*repeated, *(entry.candidate for entry in numbered)]}
    outer = list(_outermost(candidates, found))
    printed: dict[int, str] = {}
    for entry in numbered:
        printed.setdefault(entry.candidate.page, entry.number)
    return Furniture(
        _by_page(len(pages), (c for c in outer if c.top)),
        _by_page(len(pages), (c for c in outer if not c.top)),
        tuple(printed.get(page) for page in range(len(pages))),
    )


def _outermost(candidates: Sequence[_Candidate], found: set[tuple[int, int]]) -> Iterator[_Candidate]:
    """Of what was found, the lines beyond which no text stands: candidates come from the edge inwards."""
    blocked: dict[tuple[int, bool], int] = {}
    for candidate in candidates:
        edge = candidate.page, candidate.top
        if (candidate.page, candidate.line) in found:
            if blocked.get(edge, candidate.height) == candidate.height:
                yield candidate
        elif len(candidate.text) > STRAY_CHARS:
            blocked.setdefault(edge, candidate.height)


def _by_page(count: int, candidates: Iterable[_Candidate]) -> tuple[frozenset[int], ...]:
    indices: list[set[int]] = [set() for _ in range(count)]
    for candidate in candidates:
        indices[candidate.page].add(candidate.line)
    return tuple(map(frozenset, indices))


def _candidates(page: int, lines: Sequence[EdgeLine]) -> Iterator[_Candidate]:
    """The lines at a page's edges, the outermost first."""
    heights = sorted((line.at, index) for index, line in enumerate(lines) if line.text and len(line.text) <= MAX_CHARS)
    top = [index for at, index in heights[:EDGE_LINES] if at < EDGE]
    foot = [index for at, index in heights[-EDGE_LINES:] if at > 1 - EDGE]
    for index in [*top, *reversed(foot)]:
        text = " ".join(lines[index].text.split())
        height = int(lines[index].at * HEIGHTS)
        yield _Candidate(page, index, text, lines[index].at < EDGE, height)


def _returning(candidates: Iterable[_Candidate], least: int) -> list[_Candidate]:
    """The lines that return at the same height on enough pages that are near each other."""
    groups: dict[tuple[bool, str], list[_Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.top, candidate.text.casefold()].append(candidate)
    found: list[_Candidate] = []
    for group in groups.values():
        if len(group) >= least:
            found.extend(_level(group, least))
    return found


def _level(group: list[_Candidate], least: int) -> list[_Candidate]:
    heights = Counter(candidate.height for candidate in group)
    kept = []
    for candidate in group:
        near = sum(heights[candidate.height + step] for step in (-1, 0, 1))
        if near >= least:
            kept.append(candidate)
    pages = sorted({candidate.page for candidate in kept})
    if len(pages) < least:
        return []
    close = sum(after - before <= NEAR_PAGES for before, after in pairwise(pages))
    return kept if close >= NEAR_SHARE * (len(pages) - 1) else []


def _counting(candidates: list[_Candidate], least: int) -> list[_Numbered]:
    """The lines whose number counts along with the pages, one a page."""
    numbered = [entry for candidate in candidates for entry in _numbers(candidate)]
    pages: dict[tuple[str, int], set[int]] = defaultdict(set)
    for entry in numbered:
        pages[entry.offset].add(entry.candidate.page)
    support = {offset: len(found) for offset, found in pages.items()}
    heights = Counter((e.candidate.top, e.candidate.height) for e in numbered if support[e.offset] >= least)
    best: dict[int, tuple[int, int, _Numbered]] = {}
    for entry in numbered:
        place = sum(heights[entry.candidate.top, entry.candidate.height + step] for step in (-1, 0, 1))
        rank = support[entry.offset]
        if rank < least or place < least or not _has_neighbour(entry.candidate.page, pages[entry.offset]):
            continue
        if entry.candidate.page not in best or (rank, place) > best[entry.candidate.page][:2]:
            best[entry.candidate.page] = rank, place, entry
    return [entry for _, _, entry in best.values()]


def _has_neighbour(page: int, pages: set[int]) -> bool:
    return any(page + step in pages for step in (-2, -1, 1, 2))


def _numbers(candidate: _Candidate) -> Iterator[_Numbered]:
    """The page numbers a line may hold: all of it, or its first or last word. "Annex 3" numbers no page."""
    alone = page_number_line(candidate.text)
    options = [alone] if alone is not None else _outer_numbers(candidate.text)
    for option in options:
        value = _value(option)
        if value is not None:
            yield _Numbered(candidate, option, (value[0], value[1] - candidate.page))


def _outer_numbers(text: str) -> list[str]:
    named = _NUMBER_NAMED.search(text) or _NUMBER_OF.search(text)
    if named is not None:
        return [named[1]]
    found = heading_number(text)
    label = len(found[0]) if found is not None and found[0][0].isalpha() else 0
    first, last = _NUMBER_AT_START.search(text), _NUMBER_AT_END.search(text)
    options = [last[1]] if last is not None and last.start(1) >= label else []
    return [*options, first[1]] if first is not None and not label else options


def _value(number: str) -> tuple[str, int] | None:
    """A page number's way of counting and value: "12" -> ("arabic", 12), "iv" -> ("roman", 4)."""
    if number.isdigit():
        return "arabic", int(number)
    digits = [_ROMAN_DIGITS.get(letter) for letter in number.lower()]
    if not digits or None in digits:
        return None
    values = [digit or 0 for digit in digits]
    total = sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return "roman", total
