"""Plain text is stored as it is; its blocks are found by form, whatever way its lines were made."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.text import document_of_text, read_text
from extractor.model import Document

LONG = "The project trained officers of the border police to identify victims, and its shelters took in families. "


def shape(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, document.text(block.span)) for block in document.blocks]


def kinds(text: str) -> list[tuple[str, int]]:
    return [(block.kind, block.level) for block in document_of_text(text).blocks]


def test_paragraphs_of_one_long_line_under_headings() -> None:
    text = f"EXECUTIVE SUMMARY\n\n{LONG * 3}\n\n1. Background\n\n{LONG * 3}\n\n1.1 Partners\n\n{LONG * 3}\n"
    assert kinds(text) == [("heading", 1), ("paragraph", 0), ("heading", 1), ("paragraph", 0), ("heading", 2),
                           ("paragraph", 0)]  # fmt: skip


def test_wrapped_paragraphs_and_items_stay_whole() -> None:
    text = (
        "Findings\n\nThe shelters took in more families than had been planned for\nthe first year, and stayed open.\n\n"
        "- training of the border police in three of the provinces of\n  the north of the country\n- a hotline\n"
    )
    document = document_of_text(text)
    assert [kind for kind, *_ in shape(document)] == ["heading", "paragraph", "list_item", "list_item"]
    assert document.text(document.blocks[1].span).endswith("stayed open.")
    assert document.blocks[2].number == "-"


def test_numbered_neighbours_are_items_and_a_lone_one_is_a_heading() -> None:
    text = f"2. Train the trainers\n3. Fund the shelters\n\n4. Outlook\n\n{LONG}"
    assert [kind for kind, _ in kinds(text)] == ["list_item", "list_item", "heading", "paragraph"]


def test_fragments_that_inline_marks_cut_apart_are_joined() -> None:
    text = (
        f"1. Introduction\n{LONG}It is part of the\nModel Forest Network\n(a programme of the ministry), as the\n"
        f"Policy on Evaluation\nsays.\n1.1 Scope\n{LONG * 3}\nAMF\nAfrican Model Forests\nCAR\n"
    )
    found = shape(document_of_text(text))
    assert [kind for kind, *_ in found] == ["heading", "paragraph", "heading", "paragraph", *["paragraph"] * 3]
    assert found[1][2].endswith("the\nPolicy on Evaluation\nsays.")


def test_tables_by_tabs_and_by_pipes() -> None:
    text = "Table 1. Funding\n\nYear\tProjects\n2008\t7\n2009\t\n\n| Who | What |\n|---|---|\n| IDF | funds |\n"
    document = document_of_text(text)
    rows = [block for block in document.blocks if block.kind == "table_row"]
    assert [[document.text(cell) for cell in row.cells] for row in rows] == [
        ["Year", "Projects"], ["2008", "7"], ["2009", ""], ["Who", "What"], ["IDF", "funds"],
    ]  # fmt: skip
    assert [row.header_row for row in rows] == [True, False, False, True, False]
    assert [row.table for row in rows] == [0, 0, 0, 1, 1]
    assert document.blocks[0].kind == "caption"


@pytest.mark.parametrize(
    "entries",
    [
        ["Foreword\tii", "1. Scope\t3", "2. Costs\t5"],
        ["Foreword ........ ii", "1. Scope ........ 3", "2. Costs ........ 5"],
        ["Foreword", "1. Scope", "2. Costs"],
    ],
)
def test_contents_end_where_their_first_entry_comes_again(entries: list[str]) -> None:
    text = "\n".join(["TABLE OF CONTENTS", "", *entries, "", "FOREWORD", "", LONG])
    assert [kind for kind, _ in kinds(text)] == ["toc"] * 4 + ["heading", "paragraph"]


def test_notes_page_numbers_and_marked_headings() -> None:
    text = f"## Findings\n\n{LONG}\n\n12\n\n¹ Source of the figure.\n\n{LONG}\n"
    document = document_of_text(text)
    assert shape(document)[0] == ("heading", 2, "Findings")
    assert [kind for kind, *_ in shape(document)] == ["heading", "paragraph", "footer", "footnote", "paragraph"]


def test_form_feeds_make_numbered_pages() -> None:
    document = document_of_text(f"{LONG}\f{LONG}\n\na\tb\nc\td\n\f")
    assert [page.number for page in document.pages] == [1, 2]
    assert [block.span.page for block in document.blocks] == [0, 1, 1, 1]


def test_a_transcript_with_a_page_a_line() -> None:
    contents = "3 Contents Executive Summary 5 1. Scope Terms of the Study Partners and Donors 2. Costs Annexes"
    pages = [
        "1 Evaluation of Shelters",
        "2",
        contents,
        f"4 Executive Summary The study found this. {LONG * 9}",
        f"5 1. Scope 1.1 Terms of the Study In 2010 it began. {LONG * 9} 1.2 Partners and Donors They paid. {LONG}",
        f"6 went on. Recommendation 1: Train staff. {LONG * 9} Recommendation 2: Fund shelters. See 1.3 Cost.",
    ]
    text = "\n\n".join(["Evaluation of Shelters", "Size: px", *pages, "More information", "Another report"])
    found = shape(document_of_text(text))
    assert [text for kind, _, text in found if kind == "heading"] == [
        "Executive Summary", "1.1 Terms of the Study", "1.2 Partners and Donors",
    ]  # fmt: skip
    assert [text for kind, _, text in found if kind == "header"] == ["Size: px", "1", "2", "3", "4", "5", "6"]
    assert [text[:16] for kind, _, text in found if kind == "list_item"] == ["Recommendation 1", "Recommendation 2"]
    assert found[0][0] == "title"
    assert [text for kind, _, text in found if kind == "footer"] == ["More information", "Another report"]
    assert [text[:10] for kind, _, text in found if kind == "toc"] == ["Contents E"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Évaluation\r\n\r\nl’année\u00a02012\r".encode(encoding))
    assert read_text(path).pages[0].text == "Évaluation\n\nl’année 2012\n"


LINES = st.lists(
    st.sampled_from(
        ["", "", "Findings", "1. Scope", "1.1 More", LONG, LONG * 4, "- item", "Contents", "  a) item", "A\tB", "1\t2",
         "| a | b |", "Table 1: x", "12", "¹ note", "# Mark", "\f", "----", "cut off", "𝔘nicode, ", "AMF"]
    )
    | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    max_size=40,
)  # fmt: skip


@given(LINES)
def test_every_span_lies_in_its_page_in_order(lines: list[str]) -> None:
    document = document_of_text("\n".join(lines))
    position = (0, 0)
    tables: list[int] = []
    for block in document.blocks:
        page = document.pages[block.span.page]
        assert position <= (block.span.page, block.span.start)
        assert block.span.start < block.span.end <= len(page.text)
        assert document.text(block.span).strip()
        position = (block.span.page, block.span.end)
        inside = block.span.start
        for cell in block.cells:
            assert inside <= cell.start <= cell.end <= block.span.end
            inside = cell.end
        if block.table is not None:
            tables.append(block.table)
    assert tables == sorted(tables)
