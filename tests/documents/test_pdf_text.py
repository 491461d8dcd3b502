from __future__ import annotations

import pytest

from extractor.documents.pdf_text import PageText, join_lines, vocabulary
from tests.documents.pdf_making import line

WORDS = frozenset({"trafficking", "counter-trafficking", "counter", "awareness", "raising", "and", "opendesk"})


@pytest.mark.parametrize(
    ("lines", "soft", "expected"),
    [
        (["victims of traf", "ficking in persons"], True, ("victims of trafficking", "in persons")),
        (["the counter", "trafficking unit"], True, ("the counter-trafficking", "unit")),
        (["awareness", "raising events"], True, ("awareness-raising", "events")),
        (["a rather pre", "dictable end"], True, ("a rather predictable", "end")),
        (["the Open", "Desk centre"], True, ("the OpenDesk", "centre")),
        (["COVID", "19 came"], True, ("COVID-19", "came")),
        (["short", "and long-term"], True, ("short-", "and long-term")),
        (["2012-", "2014 only"], False, ("2012-2014", "only")),
        (["ends in trafficking", "and goes on"], False, ("ends in trafficking", "and goes on")),
        (["a traf", "ficking"], True, ("a trafficking",)),
        (["the last line is cut traf"], True, ("the last line is cut traf-",)),
    ],
)
def test_broken_words_are_mended_on_the_first_line(lines: list[str], soft: bool, expected: tuple[str, ...]) -> None:
    made = [line(text, y=100 + 12 * index) for index, text in enumerate(lines)]
    if soft:
        made[0] = made[0]._replace(hyphen=True)
    assert join_lines(made, WORDS).lines == expected


def test_the_vocabulary_leaves_out_the_halves_of_broken_words() -> None:
    lines = [line("found some traf")._replace(hyphen=True), line("ficking here"), line("well-being counts")]
    assert vocabulary([lines]) == {"found", "some", "here", "well-being", "counts"}


def test_page_text_gives_places() -> None:
    text = PageText()
    words = frozenset[str]()
    first = text.add(join_lines([line("One line"), line("and another")], words))
    cells = text.add_row(
        [join_lines([line("a"), line("b")], words), join_lines([], words), join_lines([line("c")], words)]
    )
    whole = text.text()
    assert whole == "One line\nand another\na b\t\tc"
    assert whole[slice(*first)] == "One line\nand another"
    assert [whole[slice(*cell)] for cell in cells] == ["a b", "", "c"]
    assert [whole[o.start : o.end] for o in text.origins] == ["One line", "and another", "a", "b", "c"]
