from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.pdf_lines import clean, printed_lines, split_at
from extractor.documents.pdf_source import Box, RawLine, Word

CHAR = 5.0
"""Width of each character of the fake page."""


class FakePage:
    """A page whose characters are all equally wide and whose lines stand 12 points apart."""

    def __init__(self, rows: dict[int, tuple[float, float]]) -> None:
        self.rows = rows

    def box(self, start: int, length: int) -> Box:
        row = max(first for first in self.rows if first <= start)
        x, y = self.rows[row]
        return Box(x + (start - row) * CHAR, y - 8, x + (start - row + length) * CHAR, y)

    def words(self, line: RawLine) -> tuple[Word, ...]:
        words, place = [], 0
        for word in line.text.split(" "):
            words.append(Word(place, place + len(word), self.box(line.start + place, len(word))))
            place += len(word) + 1
        return tuple(words)

    def part(self, line: RawLine, start: int, end: int, hyphen: bool) -> RawLine:
        box = self.box(line.start + start, end - start)
        return RawLine(line.text[start:end], line.start + start, (box,), box.y1, 10, False, hyphen=hyphen, spaced=True)


def raw(text: str, start: int, boxes: list[Box], size: float = 10, spaced: bool = True) -> RawLine:
    return RawLine(text, start, tuple(boxes), boxes[0].y1, size, False, spaced=spaced)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tra\ufb03cking o\ufb03ce \ufb01nal", "trafficking office final"),
        ("US$\xa01.2\u2009million", "US$ 1.2 million"),
        ("data\t\r \xa0 questions", "data questions"),
        ("soft\u00adware\u200b", "software"),
        ("bell\x07 nul\x00 lone\ud800", "bell nul lone"),
        ("\uf0b7 first item", "• first item"),
        ("\U0001d44c = 3", "\U0001d44c = 3"),
        ("\x02", ""),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters(codec=None)))
def test_clean_leaves_nothing_unprintable(text: str) -> None:
    cleaned = clean(text)
    assert not {unicodedata.category(c) for c in cleaned} & {"Cc", "Cs"}
    assert cleaned == cleaned.strip() and "  " not in cleaned
    assert clean(cleaned) == cleaned


def test_a_raised_number_does_not_end_the_line() -> None:
    page = FakePage({0: (50, 100)})
    parts = [
        raw("framework6", 0, [Box(50, 92, 100, 100), Box(100, 90, 103, 95)]),
        raw("and against", 11, [Box(106, 92, 160, 100)]),
    ]
    assert [line.text for line in printed_lines(parts, page)] == ["framework6 and against"]


def test_pieces_of_a_word_are_joined_without_a_space() -> None:
    page = FakePage({0: (50, 100)})
    parts = [raw("A", 0, [Box(50, 92, 58, 100)]), raw("CRONYMS", 1, [Box(58, 92, 100, 100)], spaced=False)]
    assert [line.text for line in printed_lines(parts, page)] == ["ACRONYMS"]


def test_what_stands_far_apart_stays_apart() -> None:
    page = FakePage({0: (50, 100)})
    parts = [raw("Left", 0, [Box(50, 92, 70, 100)]), raw("Right", 5, [Box(300, 92, 330, 100)])]
    assert [line.text for line in printed_lines(parts, page)] == ["Left", "Right"]


def test_a_stretch_that_wraps_is_cut() -> None:
    page = FakePage({0: (50, 100), 12: (50, 112)})
    stretch = raw("first note. 2 Second note.", 0, [page.box(0, 11), page.box(12, 14)])
    assert [line.text for line in printed_lines([stretch], page)] == ["first note.", "2 Second note."]


def test_split_at_a_gutter() -> None:
    page = FakePage({0: (50, 100), 10: (300, 100)})
    line = printed_lines([raw("left words right words", 0, [page.box(0, 10), page.box(11, 11)])], page)[0]
    assert [part.text for part in split_at(line, 200, page)] == ["left words", "right words"]
