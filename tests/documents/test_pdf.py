from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.documents import pdf_pages
from extractor.documents.pdf import read_pdf, read_pdf_places
from extractor.errors import DocumentError
from extractor.model import Block, Document
from tests.documents.pdf_making import BOLD, IMAGE, column, handwrite, put, typeset

PROSE = "The project ran in three districts and reached more people than planned. "


def prose(sentences: int, subject: str) -> str:
    """A paragraph whose sentences all differ."""
    return " ".join(
        f"In {subject} {n} the project reached more people than had been planned." for n in range(sentences)
    )


def of_kind(document: Document, *kinds: str) -> list[Block]:
    return [block for block in document.blocks if block.kind in kinds]


def texts(document: Document, *kinds: str) -> list[str]:
    return [document.text(block.span).replace("\n", " ") for block in of_kind(document, *kinds)]


def rows(document: Document) -> list[list[str]]:
    return [[document.text(cell) for cell in block.cells] for block in of_kind(document, "table_row")]


def check(document: Document) -> None:
    """What must hold of every document: blocks stand in order, cover the text, and cells lie in their row."""
    for index, page in enumerate(document.pages):
        blocks = [block for block in document.blocks if block.span.page == index]
        assert "\n".join(document.text(block.span) for block in blocks) == page.text
        assert all(before.span.end < after.span.start for before, after in pairwise(blocks))
        for block in blocks:
            if block.cells:
                assert "\t".join(document.text(cell) for cell in block.cells) == document.text(block.span)


def test_a_report_as_it_is_typeset(tmp_path: Path) -> None:
    document = read_pdf(
        typeset(
            tmp_path,
            f"""#set document(title: "Safe Return", author: "A. Mora", date: datetime(year: 2019, month: 3, day: 7))
#set page(header: [Safe Return Programme], footer: context align(center, counter(page).display()))
#set heading(numbering: "1.1")
#text(size: 24pt)[Safe Return for Workers]

#outline()
#pagebreak()
= Findings
{prose(4, "district")}

== Relevance
{prose(3, "province")}#footnote[See the annexes for all sources used.]

- first matter of importance
- second matter, which is told at such length that it needs two lines of print in this narrow page
  - a nested matter
+ one in a numbered list
+ two in a numbered list

#figure(caption: [Coverage by district], table(columns: 2, [District], [People], [North], [120], [South], [75]))
#pagebreak()
= Conclusions
{prose(9, "village")}
""",
        )
    )
    check(document)
    assert document.outcome == "ok" and document.format == "pdf"
    properties = document.properties
    assert (properties.title, properties.author, properties.created) == ("Safe Return", "A. Mora", "2019-03-07")
    assert texts(document, "title") == ["Safe Return for Workers"]
    assert [page.printed for page in document.pages] == ["1", "2", "3"]
    assert texts(document, "header") == ["Safe Return Programme"] * 3
    assert texts(document, "footer") == ["1", "2", "3"]
    headings = [(block.level, block.number, document.text(block.span)) for block in of_kind(document, "heading")]
    assert headings[1:] == [(1, "1", "1 Findings"), (2, "1.1", "1.1 Relevance"), (1, "2", "2 Conclusions")]
    assert [text.split(" .")[0] for text in texts(document, "toc")] == ["1 Findings", "1.1 Relevance", "2 Conclusions"]
    assert texts(document, "footnote") == ["1See the annexes for all sources used."]
    assert [block.number for block in of_kind(document, "footnote")] == ["1"]
    items = of_kind(document, "list_item")
    assert [(block.number, block.level) for block in items] == [("•", 0), ("•", 0), ("‣", 1), ("1.", 0), ("2.", 0)]
    assert document.text(items[1].span).count("\n") == 1
    assert rows(document) == [["District", "People"], ["North", "120"], ["South", "75"]]
    assert [block.header_row for block in of_kind(document, "table_row")] == [True, False, False]
    assert texts(document, "caption") == ["Figure 1: Coverage by district"] or texts(document, "caption") == [
        "Table 1: Coverage by district"
    ]
    assert texts(document, "paragraph")[-1] == prose(9, "village")


def test_two_columns_and_a_heading_across(tmp_path: Path) -> None:
    source = f"""#set par(justify: true)
= Across the page
#columns(2)[first {PROSE * 4} second {PROSE * 4} #colbreak() third {PROSE * 4} fourth {PROSE * 4}]
= Across again
Last words.
"""
    document = read_pdf(typeset(tmp_path, source))
    check(document)
    whole = document.pages[0].text
    places = [
        whole.index(word) for word in ("Across the", "first", "second", "third", "fourth", "Across again", "Last")
    ]
    assert places == sorted(places)


def test_a_sentence_runs_on_over_the_column(tmp_path: Path) -> None:
    left = ["The reintegration unit had no staff in the south and"] * 5
    right = ["the reintegration unit had no staff in the north and"] * 4 + ["it never opened."]
    document = read_pdf(handwrite(tmp_path, [column(right, 320, 700) + column(left, 40, 700)]))
    assert texts(document, "paragraph") == [" ".join(left + right)]


def test_columns_written_row_by_row_in_one_stretch(tmp_path: Path) -> None:
    left, right = "the left column goes on and on here and {n}", "{n} over there the right one goes on too"
    row = f"BT /F1 10 Tf 1 0 0 1 40 {{y}} Tm ({left}) Tj 280 0 Td ({right}) Tj ET\n"
    document = read_pdf(handwrite(tmp_path, ["".join(row.format(y=700 - 12 * n, n=n) for n in range(9))]))
    lines = document.pages[0].text.split("\n")
    assert [line[:8] for line in lines] == ["the left"] * 9 + [f"{n} over t" for n in range(9)]


def test_line_end_hyphens(tmp_path: Path) -> None:
    lines = ["Survivors of traf-", "ficking and the counter-", "trafficking unit, a counter-trafficking body,", "met."]
    document = read_pdf(handwrite(tmp_path, [column(lines, 50, 700)]))
    assert document.pages[0].text.split("\n") == [
        "Survivors of trafficking",
        "and the counter-trafficking",
        "unit, a counter-trafficking body,",
        "met.",
    ]


def test_headings_without_bookmarks_by_size_weight_and_number(tmp_path: Path) -> None:
    content = (
        put("Final Report", 50, 750, 26)
        + put("Findings", 50, 700, 16)
        + column([PROSE.strip()] * 3, 50, 670)
        + put("Relevance", 50, 600, 10, BOLD)
        + column([PROSE.strip()] * 3, 50, 580)
        + put("Effectiveness", 50, 520, 10, BOLD)
        + column([PROSE.strip()] * 3, 50, 500)
        + put("Conclusions", 50, 440, 16)
        + column([PROSE.strip()] * 3, 50, 410)
    )
    document = read_pdf(handwrite(tmp_path, [content]))
    assert texts(document, "title") == ["Final Report"]
    assert [(block.level, document.text(block.span)) for block in of_kind(document, "heading")] == [
        (1, "Findings"),
        (2, "Relevance"),
        (2, "Effectiveness"),
        (1, "Conclusions"),
    ]


def test_a_table_goes_on_over_the_page(tmp_path: Path) -> None:
    cells = ", ".join(f"[Output {n}], [{n * 7}], []" for n in range(1, 60))
    source = f"""#table(columns: 3, table.header([*Result*], [*Target*], [*Note*]), {cells},
table.cell(colspan: 2)[A merged cell of words], [end])"""
    document = read_pdf(typeset(tmp_path, source))
    check(document)
    found = of_kind(document, "table_row")
    assert len(document.pages) > 1
    assert {block.table for block in found} == {1}
    assert [block.header_row for block in found].count(True) == len(document.pages)
    assert rows(document)[1] == ["Output 1", "7", ""]
    assert rows(document)[-1] == ["A merged cell of words", "", "end"]


def test_a_cell_of_several_lines_is_joined_by_spaces(tmp_path: Path) -> None:
    source = f"#table(columns: (4cm, 2cm), [Result], [Target], [{PROSE}], [12], [Other], [13])"
    assert rows(read_pdf(typeset(tmp_path, source))) == [["Result", "Target"], [PROSE.strip(), "12"], ["Other", "13"]]


@pytest.mark.parametrize(
    "source",
    [
        f"#rect[{PROSE * 3}]\n{PROSE}",
        f"#grid(columns: 2, stroke: 1pt, inset: 6pt, [{PROSE * 12}], [{PROSE * 12}], [{PROSE * 9}], [{PROSE * 9}])",
    ],
    ids=["a box", "a page laid out in frames"],
)
def test_boxes_are_no_tables(tmp_path: Path, source: str) -> None:
    assert not of_kind(read_pdf(typeset(tmp_path, source)), "table_row")


@pytest.mark.parametrize(
    ("extra", "matrix"),
    [
        ("", "0 1 -1 0 {down} 60"),
        ("/Rotate 90", "0 1 -1 0 {down} 60"),
        ("/Rotate 270", "0 1 -1 0 {down} 60"),
        ("", "0 -1 1 0 {up} 500"),
        ("", "-1 0 0 -1 500 {down}"),
        ("/Rotate 180", "-1 0 0 -1 500 {down}"),
        ("/Rotate 90", "1 0 0 1 60 {up}"),
    ],
)
def test_turned_pages_read_in_order(tmp_path: Path, extra: str, matrix: str) -> None:
    words = [f"line {name} of the page" for name in ("one", "two", "three", "four")]
    places = [matrix.format(down=100 + 15 * index, up=700 - 15 * index) for index in range(4)]
    content = "".join(
        f"BT /F1 10 Tf {place} Tm ({text}) Tj ET\n" for place, text in reversed(list(zip(places, words, strict=True)))
    )
    assert read_pdf(handwrite(tmp_path, [content], extra)).pages[0].text.split("\n") == words


def test_a_note_mark_and_small_type_at_the_foot(tmp_path: Path) -> None:
    content = column([PROSE.strip()] * 5, 50, 700) + column(["1 See the annex.", "2 Ibid., page 4."], 50, 60, 7)
    document = read_pdf(handwrite(tmp_path, [content]))
    assert [(block.number, document.text(block.span)) for block in of_kind(document, "footnote")] == [
        ("1", "1 See the annex."),
        ("2", "2 Ibid., page 4."),
    ]


def test_filled_fields_are_read(tmp_path: Path) -> None:
    field = (
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (place) /V (Kampala) /Rect [50 600 250 620] /F 4 "
        "/AP << /N 51 0 R >> >>"
    )
    drawn = put("Kampala, Uganda", 2, 5)
    shown = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 "
        f"/BaseFont /Helvetica >> >> >> /Length {len(drawn)} >>\nstream\n{drawn}\nendstream"
    )
    path = handwrite(
        tmp_path,
        [put("Where did the project take place?", 50, 650)],
        "/Annots [50 0 R]",
        objects={50: field, 51: shown},
        catalog="/AcroForm << /Fields [50 0 R] >>",
    )
    assert "Kampala, Uganda" in read_pdf(path).pages[0].text


def test_page_labels_where_nothing_is_printed(tmp_path: Path) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 5 >>] >>"
    document = read_pdf(handwrite(tmp_path, [column([PROSE], 50, 500)] * 4, catalog=labels))
    assert [page.printed for page in document.pages] == ["i", "ii", "5", "6"]


def test_scans_say_that_ocr_is_needed(tmp_path: Path) -> None:
    document = read_pdf(handwrite(tmp_path, [IMAGE, IMAGE + put("stamp", 10, 10)]))
    assert document.outcome == "no_text"
    assert "OCR" in document.reason and "2 pages" in document.reason


def test_some_scanned_pages_are_named(tmp_path: Path) -> None:
    document = read_pdf(handwrite(tmp_path, [column([PROSE], 50, 700), IMAGE, column([PROSE], 50, 700), IMAGE, ""]))
    assert document.outcome == "partial"
    assert "2 of 5 pages (2, 4)" in document.reason and "OCR" in document.reason
    assert [bool(page.text) for page in document.pages] == [True, False, True, False, False]


def test_a_font_without_a_map_counts_as_no_text(tmp_path: Path) -> None:
    garbage = "BT /F1 10 Tf 50 700 Td (\\001\\002\\003\\004\\005\\006\\007 ab) Tj ET"
    document = read_pdf(handwrite(tmp_path, [column([PROSE], 50, 700), garbage]))
    assert (document.outcome, document.pages[1].text) == ("partial", "")


def damage() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "not a PDF", b"hello" * 50
    yield "only its head", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<"


@pytest.mark.parametrize("content", [content for _, content in damage()], ids=[name for name, _ in damage()])
def test_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as raised:
        read_pdf(path)
    assert raised.value.outcome == "damaged"


def test_password(tmp_path: Path) -> None:
    owner, user, identity = "11" * 32, "22" * 32, "33" * 16
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{owner}> /U <{user}> /P -4 >> /ID [<{identity}> <{identity}>]"
    with pytest.raises(DocumentError) as raised:
        read_pdf(handwrite(tmp_path, [put("secret", 50, 700)], trailer=lock))
    assert raised.value.outcome == "password"
    assert "secret" not in raised.value.reason


@pytest.mark.parametrize(("limit", "value"), [("MAX_PAGES", 2), ("MAX_CHARS", 20)])
def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    path = handwrite(tmp_path, [put("some words", 50, 700)] * 3)
    assert read_pdf(path).outcome == "ok"
    monkeypatch.setattr(pdf_pages, limit, value)
    with pytest.raises(DocumentError) as raised:
        read_pdf(path)
    assert raised.value.outcome == "too_large"


def test_origins_lead_back_to_the_file(tmp_path: Path) -> None:
    reading = read_pdf_places(typeset(tmp_path, f"= Heading\n{PROSE * 5}\n#table(columns: 2, [a], [b c], [d], [e f])"))
    page = reading.document.pages[0].text
    for origin in reading.origins[0]:
        raw = "".join(source.text for source in origin.sources)
        assert page[origin.start : origin.end].replace(" ", "") == raw.replace(" ", "")
    assert sum(o.end - o.start for o in reading.origins[0]) == len(page) - page.count("\n") - page.count("\t")


def test_the_same_file_gives_the_same_document(tmp_path: Path) -> None:
    path = typeset(tmp_path, f"= Heading\n{PROSE * 30}")
    assert read_pdf(path) == read_pdf(path)


WORDS = st.lists(st.text("abcdeéñçßояж0123456789", min_size=1, max_size=9), min_size=1, max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paragraphs=st.lists(WORDS, min_size=1, max_size=4))
def test_every_word_is_kept_and_every_span_holds(tmp_path: Path, paragraphs: list[list[str]]) -> None:
    # PDFium takes a page of nothing but single characters for upright writing: there is a line of prose on it.
    paragraphs = [PROSE.split(), *paragraphs]
    source = "\n\n".join(" ".join(f'#"{word}"' for word in words) for words in paragraphs)
    document = read_pdf(typeset(tmp_path, source))
    check(document)
    assert "\n".join(page.text for page in document.pages).split() == [word for words in paragraphs for word in words]
