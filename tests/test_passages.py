"""Passages: sentences with heading path and place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model import Block, Document, Page, Span
from extractor.passages import MAX_PASSAGE_CHARS, fold, make_passages, split_sentences
from tests.factory import document

SENTENCES = [
    ("The shelter closed. It reopened in May.", ["The shelter closed.", "It reopened in May."]),
    ("See Fig. 3 and p. 12 for U.N. data.", ["See Fig. 3 and p. 12 for U.N. data."]),
    ("It cost US$ 1.2 million. Dr. Smith agreed.", ["It cost US$ 1.2 million.", "Dr. Smith agreed."]),
    ("Women (e.g. mothers) came. “Why?” They asked.", ["Women (e.g. mothers) came.", "“Why?”", "They asked."]),
    ("It ended in 2009.12 Another began.", ["It ended in 2009.12", "Another began."]),
    ("No stop at the end", ["No stop at the end"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == expected


@given(st.text(max_size=3_000))
def test_sentences_lose_no_words_and_stay_in_order(text: str) -> None:
    places = list(split_sentences(text))
    assert fold("".join(text[start:end] + " " for start, end in places)).replace(" ", "") == "".join(text.split())
    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in zip(places, places[1:], strict=False))
    assert all(end - start <= MAX_PASSAGE_CHARS for start, end in places)


def test_heading_path() -> None:
    made = make_passages(document("# 1 Results\nIt ran.\n\n## 1.1 Outputs\nIt grew.\n\n# 2 Lessons\nIt taught."))
    assert [(p.text, p.headings) for p in made if p.kind == "paragraph"] == [
        ("It ran.", ("1 Results",)),
        ("It grew.", ("1 Results", "1.1 Outputs")),
        ("It taught.", ("2 Lessons",)),
    ]


def test_number_is_stripped_from_the_heading_path() -> None:
    text = "3. Findings.\nIt ran."
    blocks = (Block("heading", Span(0, 0, 12), level=1, number="3"), Block("paragraph", Span(0, 13, 20)))
    made = make_passages(Document("txt", (Page(None, text),), blocks))
    assert made[1].headings == ("Findings.",)


def test_sentence_over_a_page_break_is_one_passage_with_two_places() -> None:
    read = document("The project trained forty\n~ page 1\n\fpolice officers. Then it ended.")
    made = make_passages(read)
    assert [p.text for p in made] == ["The project trained forty police officers.", "Then it ended."]
    assert [read.text(span) for span in made[0].spans] == ["The project trained forty", "police officers."]
    assert read.text(made[0].span) == "The project trained forty"


def test_sentence_around_a_header_in_a_format_without_pages_is_one() -> None:
    assert [p.text for p in make_passages(document("It trained\n~ 12\nforty officers."))] == [
        "It trained forty officers."
    ]


def test_new_sentence_on_the_next_page_is_not_joined() -> None:
    made = make_passages(document("A list of partners\n\fThe second chapter."))
    assert [p.text for p in made] == ["A list of partners", "The second chapter."]


def test_headers_and_footers_are_no_passages() -> None:
    assert [p.text for p in make_passages(document("It ran.\n~ Report, page 3"))] == ["It ran."]


@given(st.lists(st.text(alphabet="ab .A\n\t", max_size=60), min_size=1, max_size=4))
def test_every_place_quotes_its_passage(pages: list[str]) -> None:
    blocks = tuple(Block("paragraph", Span(i, 0, len(text))) for i, text in enumerate(pages) if text)
    read = Document("txt", tuple(Page(i + 1, text) for i, text in enumerate(pages)), blocks)
    for passage in make_passages(read):
        assert fold(" ".join(read.text(span) for span in passage.spans)) == passage.text
        assert 0.0 <= passage.position <= 1.0
