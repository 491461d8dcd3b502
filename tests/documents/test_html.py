"""HTML: the words of the main part, in blocks; what surrounds them is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.documents.html import read_html
from extractor.errors import DocumentError
from extractor.model import Document


def read(tmp_path: Path, source: str | bytes) -> Document:
    path = tmp_path / "a.html"
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return read_html(path)


def shape(document: Document) -> list[tuple[str, int, str]]:
    position = 0
    for block in document.blocks:
        assert position <= block.span.start < block.span.end
        position = block.span.end
        assert block.number == "" or document.text(block.span).startswith(block.number)
    return [(block.kind, block.level, document.text(block.span)) for block in document.blocks]


def page(body: str) -> str:
    return f"<!DOCTYPE html><html lang='en'><head><title>T</title></head><body>{body}</body></html>"


def test_headings_lists_and_paragraphs(tmp_path: Path) -> None:
    body = """<h1>Final report</h1><h2>2. Find<b>ings</b></h2><p>One <i>word</i><br>and more</p>
    <ul><li>First<ol><li>Inner</li></ol></li><li><p>Second</p><p>goes on</p></li></ul>
    <h3>Costs</h3><div>Loose text</div>"""
    assert shape(read(tmp_path, page(body))) == [
        ("title", 0, "Final report"),
        ("heading", 2, "2. Findings"),
        ("paragraph", 0, "One word\nand more"),
        ("list_item", 0, "• First"),
        ("list_item", 1, "1. Inner"),
        ("list_item", 0, "• Second"),
        ("paragraph", 0, "goes on"),
        ("heading", 3, "Costs"),
        ("paragraph", 0, "Loose text"),
    ]


def test_menus_scripts_banners_and_hidden_text_are_left_out(tmp_path: Path) -> None:
    body = """<header>Site</header><nav>Menu</nav><div class="cookie-banner">We use cookies</div>
    <div role="search">Find</div>
    <p>Kept <span class="sr-only">unseen</span>words</p><script>var a = "code";</script><style>p {}</style>
    <p style="display: none">gone</p><p hidden>gone</p><footer>Imprint</footer>"""
    assert shape(read(tmp_path, page(body))) == [("paragraph", 0, "Kept words")]


def test_the_main_part_is_kept_with_its_own_header(tmp_path: Path) -> None:
    body = "<div>Around</div><main><article><header><p>By A. Writer</p></header><p>The text.</p></article></main>"
    assert [text for *_, text in shape(read(tmp_path, page(body)))] == ["By A. Writer", "The text."]


def test_a_main_that_holds_hardly_anything_is_not_believed(tmp_path: Path) -> None:
    body = f"<main>x</main><p>{'All the words stand outside. ' * 9}</p>"
    assert len(shape(read(tmp_path, page(body)))) == 2


def test_tables_with_spans(tmp_path: Path) -> None:
    body = """<table><caption>Table 1: Results</caption><thead><tr><th>Result</th><th colspan=2>People</th></tr></thead>
    <tr><td rowspan=2>Training</td><td>10</td><td>12</td></tr><tr><td>20</td><td>a<ul><li>b</li>
    <li>c</li></ul></td></tr>
    </table>"""
    document = read(tmp_path, page(body))
    assert [text for *_, text in shape(document)] == [
        "Table 1: Results",
        "Result\tPeople\t",
        "Training\t10\t12",
        "\t20\ta\nb\nc",
    ]
    assert [block.header_row for block in document.blocks] == [False, True, False, False]
    assert [document.text(cell) for cell in document.blocks[3].cells] == ["", "20", "a\nb\nc"]


def test_terms_are_rows_and_layout_tables_are_text(tmp_path: Path) -> None:
    body = "<dl><dt>IDF</dt><dd>A fund</dd></dl><table><tr><td><h2>Scope</h2><p>All.</p></td></tr></table>"
    assert shape(read(tmp_path, page(body))) == [
        ("table_row", 0, "IDF\tA fund"),
        ("heading", 2, "Scope"),
        ("paragraph", 0, "All."),
    ]


def test_notes_and_their_marks(tmp_path: Path) -> None:
    body = """<p>A claim<sup><a href="#n1">1</a></sup> on CO<sub>2</sub> and m<sup>2</sup></p>
    <aside class="footnotes"><dl><dt>Footnote 1</dt><dd>Its source</dd></dl></aside>"""
    assert shape(read(tmp_path, page(body))) == [
        ("paragraph", 0, "A claim on CO2 and m2"),
        ("footnote", 0, "1 Its source"),
    ]


def test_contents_and_headings_by_look(tmp_path: Path) -> None:
    body = """<h2>Contents</h2><ul><li><a href="#a">Scope</a></li><li><a href="#b">Costs</a></li></ul>
    <h2>Scope</h2><p><strong>Shelter services</strong></p><p>They <strong>were</strong> used.</p>"""
    assert [kind for kind, *_ in shape(read(tmp_path, page(body)))] == [
        "heading", "toc", "toc", "heading", "heading", "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        '<html><meta charset="windows-1252"><p>Évalué'.encode("cp1252"),
        "<html><p>Évalué".encode("cp1252"),
        "<html><p>Évalué".encode("utf-16"),
        '<html><meta charset="utf-16"><p>Évalué'.encode(),
        '<?xml version="1.0" encoding="utf-8"?><html><body><p>Évalué</p></body></html>'.encode(),
    ],
)
def test_encodings(tmp_path: Path, source: bytes) -> None:
    assert shape(read(tmp_path, source)) == [("paragraph", 0, "Évalué")]


def test_properties(tmp_path: Path) -> None:
    source = """<html lang="fr"><head><title>Page - Site</title><meta name="author" content="A. Writer">
    <meta name="dcterms.title" content="Rapport"><meta name="dcterms.issued" content="2014-12-31"></head><body><p>x"""
    found = read(tmp_path, source).properties
    assert (found.title, found.author, found.created, found.language) == ("Rapport", "A. Writer", "2014-12-31", "fr")


def test_no_words_are_no_blocks_and_deep_nesting_is_survived(tmp_path: Path) -> None:
    assert read(tmp_path, "<html><body></body></html>").blocks == ()
    try:
        document = read(tmp_path, f"<html><body>{'<div>' * 5000}deep")
    except DocumentError as error:
        assert error.outcome == "damaged"  # noqa: PT017
    else:
        assert len(document.blocks) <= 1
