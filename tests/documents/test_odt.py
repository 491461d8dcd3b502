"""OpenDocument: lists that count, merged cells, notes, changes that are left out, and packages that lie."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractor.documents.limits import Limits
from extractor.documents.odt import read_odt
from extractor.errors import DocumentError
from extractor.model import Document
from tests.documents.open_formats import ODF, odt


def read(tmp_path: Path, body: str, **parts: str) -> Document:
    return read_odt(odt(tmp_path / "a.odt", body, **parts), Limits())


def blocks(document: Document) -> list[tuple[str, str, int]]:
    return [(block.kind, document.text(block.span), block.level) for block in document.blocks]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('a<text:s text:c="3"/>b', "a   b"),
        ("a<text:tab/>b<text:line-break/>c", "a\tb\nc"),
        ("one\n   two", "one two"),
        ("<text:span>bold</text:span> <text:a>link</text:a>", "bold link"),
        ("a<office:annotation><text:p>comment</text:p></office:annotation>b", "ab"),
        ("a<text:bookmark/>b<text:soft-page-break/>c", "abc"),
        ("<text:ruby><text:ruby-base>x</text:ruby-base><text:ruby-text>y</text:ruby-text></text:ruby>", "x"),
    ],
)
def test_words(tmp_path: Path, body: str, text: str) -> None:
    assert read(tmp_path, f"<text:p>{body}</text:p>").pages[0].text == text


def test_lists_count_level_by_level(tmp_path: Path) -> None:
    level = '<text:list-level-style-number text:level="{}" style:num-format="{}" style:num-suffix="." {}/>'
    styles = (
        f'<text:list-style style:name="L">{level.format(1, "1", "")}'
        f"{level.format(2, 'a', '')}{level.format(3, '1', chr(39).join(['text:display-levels=', '2', '']))}"
        "</text:list-style>"
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('inner', '')}{item.format('next', '')}</text:list>"
    items = item.format("one", inner) + item.format("two", "<text:p>more</text:p>")
    one = f'<text:list text:style-name="L">{items}</text:list>'
    on = f'<text:list text:style-name="L" text:continue-numbering="true">{item.format("three", "")}</text:list>'
    new = f'<text:list text:style-name="L">{item.format("anew", "")}</text:list>'
    assert blocks(read(tmp_path, one + on + new, styles=styles)) == [
        ("list_item", "1. one", 0),
        ("list_item", "a. inner", 1),
        ("list_item", "b. next", 1),
        ("list_item", "2. two", 0),
        ("paragraph", "more", 0),
        ("list_item", "3. three", 0),
        ("list_item", "1. anew", 0),
    ]


def test_tables_with_merged_and_repeated_cells(tmp_path: Path) -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    covered = "<table:covered-table-cell/>"
    span, twice = ' table:number-columns-spanned="2"', ' table:number-columns-repeated="2"'
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        f"{cell.format('', 'A')}{cell.format('', 'B')}{cell.format('', 'C')}"
        "</table:table-row></table:table-header-rows>"
        f"<table:table-row>{cell.format(span, 'wide')}{covered}{cell.format('', 'x')}</table:table-row>"
        f"<table:table-row>{cell.format(twice, 'same')}{cell.format('', 'y')}</table:table-row></table:table>"
    )
    document = read(tmp_path, body)
    rows = [([document.text(cell) for cell in block.cells], block.header_row) for block in document.blocks]
    assert rows == [(["A", "B", "C"], True), (["wide", "", "x"], False), (["same", "same", "y"], False)]


def test_notes_boxes_contents_and_changes(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>7</text:note-citation>'
        "<text:note-body><text:p>Its source.</text:p></text:note-body></text:note>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Results 3</text:p></text:index-body></text:table-of-content>"
        f"<text:p>A statement{note} goes on.</text:p>"
        "<text:section><text:p>Boxed<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
        "</text:p></text:section>"
    )
    header = "<style:header><text:p>Project X</text:p></style:header><style:footer><text:p>12</text:p></style:footer>"
    assert blocks(read(tmp_path, body, master=header)) == [
        ("header", "Project X", 0),
        ("toc", "Results 3", 0),
        ("paragraph", "A statement goes on.", 0),
        ("footnote", "7 Its source.", 0),
        ("paragraph", "Boxed", 0),
        ("paragraph", "In a box.", 0),
    ]


def test_properties(tmp_path: Path) -> None:
    meta = (
        "<dc:title>End report</dc:title><meta:initial-creator>A. B.</meta:initial-creator>"
        "<meta:creation-date>2012-03-09T10:00:00</meta:creation-date><dc:language>fr</dc:language>"
    )
    found = read(tmp_path, "<text:p>x</text:p>", meta=meta).properties
    assert (found.title, found.author, found.created[:10], found.language) == (
        "End report",
        "A. B.",
        "2012-03-09",
        "fr",
    )


def with_content(path: Path, content: str, manifest: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return path


@pytest.mark.parametrize(
    ("content", "manifest", "outcome"),
    [
        ("not XML", "", "damaged"),
        (f"<office:document-content {ODF}/>", "", "damaged"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "", "damaged"),
        ("\xff\xfe", "<manifest:encryption-data/>", "password"),
    ],
)
def test_packages_that_cannot_be_read(tmp_path: Path, content: str, manifest: str, outcome: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_odt(with_content(tmp_path / "a.odt", content, manifest), Limits())
    assert caught.value.outcome == outcome


def test_a_document_type_without_declarations_is_fine(tmp_path: Path) -> None:
    content = (
        '<!DOCTYPE office:document-content PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "office.dtd">'
        '<office:document-content xmlns:office="http://openoffice.org/2000/office" '
        'xmlns:text="http://openoffice.org/2000/text"><office:body><text:h text:level="1">Results</text:h>'
        "<text:unordered-list><text:list-item><text:p>point</text:p></text:list-item></text:unordered-list>"
        "</office:body></office:document-content>"
    )
    document = read_odt(with_content(tmp_path / "a.sxw", content), Limits())
    assert [(kind, text) for kind, text, _ in blocks(document)] == [("heading", "Results"), ("paragraph", "point")]
