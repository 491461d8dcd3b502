"""Parts put together keep their words at their places."""

from __future__ import annotations

from extractor.documents.assemble import Assembler, Row
from extractor.documents.paged import as_one_page, as_pages
from extractor.model import Document, Properties


def part(title: str) -> Document:
    out = Assembler()
    out.block("heading", title, 1)
    out.table([Row((title, "x")), Row(("", "y"))])
    return out.document("part", Properties())


def texts(document: Document) -> list[str]:
    return [document.text(block.span) for block in document.blocks]


def test_pages_are_numbered_and_tables_counted_on() -> None:
    document = as_pages("parts", [("Sheet one", part("one")), ("", part("two"))], Properties())
    assert [(page.number, page.printed) for page in document.pages] == [(1, "Sheet one"), (2, None)]
    assert texts(document) == ["one", "one\tx", "\ty", "two", "two\tx", "\ty"]
    assert [block.table for block in document.blocks] == [None, 0, 0, None, 1, 1]
    assert [document.text(cell) for cell in document.blocks[-2].cells] == ["two", "x"]


def test_one_page_holds_all_parts_and_leaves_empty_ones_out() -> None:
    empty = Assembler().document("part", Properties())
    document = as_one_page("parts", [part("one"), empty, part("two")], Properties(title="T"))
    assert document.pages[0].number is None
    assert document.pages[0].text == "one\n\none\tx\n\ty\n\ntwo\n\ntwo\tx\n\ty"
    assert texts(document) == ["one", "one\tx", "\ty", "two", "two\tx", "\ty"]
