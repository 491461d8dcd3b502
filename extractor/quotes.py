"""Finding a person's quote in the stored text: what is typed off a page differs in white space, hyphens and marks.

Text and quote are folded alike, with a map from each folded character back to its place. What is found is a span of
the stored text whose words are the quote's, in their order; nothing else is ever taken for it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.model import Page

MAX_QUOTE = 20_000
"""Characters of a quote that is looked for; more is no quote."""
BREAK_BEFORE = 2_500
"""Folded characters at the end of a page in which the first part of a quote over a page break may end: notes follow."""
BREAK_AFTER = 600
"""Folded characters at the start of the next page in which the rest may begin: a running header goes before."""
MIN_PART_WORDS = 2
"""Words of the longer part of such a quote, at least."""

_SAME = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′`´", "'")})
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_GONE = frozenset("\u00ad\ufffe\u200b\u200c\u200d\u2060\ufeff")
"""Marks of where a word may be broken, which are no letters of it."""


@dataclass(frozen=True)
class Folded:
    """A text as it is compared, and for each of its characters where it begins and ends in the text."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of a stretch of the folded one, which is not empty."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote, or the part of it that one page holds, stands: index of the page, start and end in its text."""

    page: int
    start: int
    end: int


def fold_quote(text: str) -> Folded:
    """A text without what differs between a page and what is typed off it.

    White space is one space, marks of quotation and dashes are plain, a hyphen between letters is left out, also at a
    line's end.

    >>> fold_quote("re-\\nturn of “well-known”  people").text
    'return of "wellknown" people'
    """
    signs: list[tuple[str, int, int]] = []
    for place, char in enumerate(text):
        if char in _GONE:
            continue
        plain = "-" if char in _DASHES else unicodedata.normalize("NFKD", char.translate(_SAME))
        signs += ((" " if sign.isspace() else sign, place, place + 1) for sign in plain)
    kept = [sign for index, sign in enumerate(signs) if not _is_folded(signs, index)]
    while kept and kept[0][0] == " ":
        kept.pop(0)
    while kept and kept[-1][0] == " ":
        kept.pop()
    return Folded("".join(k[0] for k in kept), tuple(k[1] for k in kept), tuple(k[2] for k in kept))


def _is_folded(signs: Sequence[tuple[str, int, int]], index: int) -> bool:
    """Whether a sign is left out: a space after a space, a hyphen within a word, and the space at a broken line."""
    sign = signs[index][0]
    before = signs[index - 1][0] if index else " "
    if sign == "-":
        return before.isalpha() and _joins(signs, index)
    if sign != " ":
        return False
    if before == " ":
        return True
    return before == "-" and index > 1 and signs[index - 2][0].isalpha() and _joins(signs, index - 1)


def _joins(signs: Sequence[tuple[str, int, int]], hyphen: int) -> bool:
    """Whether what follows a hyphen goes on with the word: a letter at once, or a small letter after white space."""
    after = hyphen + 1
    while after < len(signs) and signs[after][0] == " ":
        after += 1
    if after == len(signs):
        return False
    follows = signs[after][0]
    return follows.isalpha() if after == hyphen + 1 else follows.islower()


class Text:
    """The pages of a document, in which quotes are looked for; each page is folded once."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self._folded: dict[int, Folded] = {}

    def folded(self, index: int) -> Folded:
        """A page as it is compared."""
        if index not in self._folded:
            self._folded[index] = fold_quote(self.pages[index].text)
        return self._folded[index]

    def find(self, quote: str, page: int | None = None) -> tuple[Place, ...]:
        """Where a quote stands: on one page, or in two parts on two; nowhere is no place.

        The page that the reviewer names is looked at first: by the file's count, then as it is printed.
        """
        wanted = _Wanted(quote)
        if not wanted.text or len(quote) > MAX_QUOTE:
            return ()
        order = self._order(page)
        for index in order:
            found = self._on_page(wanted.text, index)
            if found is not None:
                return (found,)
        for index in order:
            parts = self._over_break(wanted, index)
            if parts:
                return parts
        return ()

    def _order(self, page: int | None) -> list[int]:
        def distance(index: int) -> int:
            one = self.pages[index]
            return 0 if page is None or one.number == page else 1 if one.printed == str(page) else 2

        return sorted(range(len(self.pages)), key=distance)

    def _on_page(self, wanted: str, index: int) -> Place | None:
        page = self.folded(index)
        places = (self._place(index, start, wanted) for start in _whole(page.text, wanted))
        return next(filter(None, places), None)

    def _place(self, index: int, start: int, wanted: str) -> Place | None:
        """The place of a stretch of a folded page, if the text there, by itself, is what is wanted."""
        place = Place(index, *self.folded(index).span(start, start + len(wanted)))
        return place if fold_quote(self.pages[index].text[place.start : place.end]).text == wanted else None

    def _over_break(self, wanted: _Wanted, index: int) -> tuple[Place, ...]:
        """A quote that begins near the end of a page and goes on near the start of the next: a place on each."""
        if index + 1 >= len(self.pages):
            return ()
        here, there = self.folded(index), self.folded(index + 1)
        if wanted.text.partition(" ")[0] not in here.text[-BREAK_BEFORE - len(wanted.text) :]:
            return ()
        for split in reversed(wanted.splits):
            first, rest = wanted.text[:split].rstrip(), wanted.text[split:].lstrip()
            if max(first.count(" "), rest.count(" ")) + 1 < MIN_PART_WORDS:
                continue
            begin = here.text.rfind(first)
            if begin + len(first) < max(len(first), len(here.text) - BREAK_BEFORE) or not _is_whole(
                here.text, begin, first
            ):
                continue
            go_on = next(_whole(there.text, rest, BREAK_AFTER), None)
            one = self._place(index, begin, first)
            two = None if go_on is None else self._place(index + 1, go_on, rest)
            if one and two:
                return one, two
        return ()


@dataclass(frozen=True)
class _Wanted:
    """A quote that is looked for."""

    quote: str

    @cached_property
    def text(self) -> str:
        return fold_quote(self.quote).text

    @cached_property
    def splits(self) -> tuple[int, ...]:
        """Where it can be parted: at its spaces."""
        return tuple(place for place, sign in enumerate(self.text) if sign == " ")


def _whole(text: str, wanted: str, within: int | None = None) -> Iterator[int]:
    """Where whole words of a text are those wanted."""
    end = len(text) if within is None else within + len(wanted)
    start = text.find(wanted, 0, end)
    while start >= 0:
        if _is_whole(text, start, wanted):
            yield start
        start = text.find(wanted, start + 1, end)


def _is_whole(text: str, start: int, wanted: str) -> bool:
    """Whether a stretch begins and ends where words do."""
    end = start + len(wanted)
    cut_before = start > 0 and text[start - 1].isalnum() and wanted[0].isalnum()
    cut_after = end < len(text) and _goes_on(text[end]) and wanted[-1].isalnum()
    return not (cut_before or cut_after)


def _goes_on(sign: str) -> bool:
    """Whether a sign belongs to the letter or figure before it; a note's figure after a word is none of it."""
    return sign.isalnum() or unicodedata.combining(sign) > 0
