"""The Word file: real headings that count, contents that are filled, repeated header rows, the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from extractor.model import FormSet
from extractor.report.facts import Metadata, ReportFacts
from extractor.report.final_report import final_report, final_report_metadata
from extractor.report.word import docx_bytes
from extractor.rubric import Rubric


@pytest.fixture(scope="module")
def data(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> bytes:
    return docx_bytes(final_report(formset, rubric, facts), final_report_metadata(formset, rubric, facts))


@pytest.fixture(scope="module")
def document(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def _styled(document: Any, name: str) -> list[Any]:
    return [paragraph for paragraph in document.paragraphs if paragraph.style.name == name]


def test_headings_are_real_and_carry_no_typed_number(document: Any) -> None:
    titles = [paragraph.text for paragraph in _styled(document, "Heading 1")]
    assert "Introduction" in titles and "Executive summary" in titles
    assert document.styles["Heading 1"].element.find(f".//{qn('w:numId')}") is not None
    free = next(paragraph for paragraph in document.paragraphs if paragraph.text == "Executive summary")
    assert free._p.find(f".//{qn('w:numId')}").get(qn("w:val")) == "0"


def test_the_contents_are_filled_with_links_and_pages(document: Any) -> None:
    contents = next(document.element.body.iter(qn("w:sdt")))
    entries = [paragraph for paragraph in contents.iter(qn("w:p")) if paragraph.find(qn("w:hyperlink")) is not None]
    headings = [p for level in (1, 2) for p in _styled(document, f"Heading {level}")]
    assert len(entries) == len(headings)
    bookmarks = {mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))}
    pages = []
    for entry in entries:
        assert entry.find(qn("w:hyperlink")).get(qn("w:anchor")) in bookmarks
        texts = [node.text for node in entry.iter(qn("w:t"))]
        pages.append(int(texts[-1]))
        assert any("PAGEREF" in (code.text or "") for code in entry.iter(qn("w:instrText")))
    assert pages == sorted(pages)
    assert pages[0] > 2


def test_nothing_asks_when_the_file_opens(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"updateFields" not in archive.read("word/settings.xml")


def test_fields_are_balanced(document: Any) -> None:
    kinds = [mark.get(qn("w:fldCharType")) for mark in document.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 40


def test_page_margins_and_font(document: Any) -> None:
    section = document.sections[0]
    sides = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(side.cm, 2) for side in sides] == [2.5] * 4
    assert document.styles["Body Text"].font.name == "Times New Roman"
    assert document.styles["Body Text"].font.size.pt == 12


def test_tables_repeat_their_head_and_are_captioned(document: Any) -> None:
    captions = _styled(document, "Table Caption")
    assert len(captions) == len(document.tables) > 10
    shown = ["".join(node.text for node in caption._p.iter(qn("w:t"))) for caption in captions[:2]]
    assert shown == ["Table\xa01: Acronyms and abbreviations", "Table\xa02: Projects reviewed"]
    for table in document.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)


def test_title_page_header_footer_and_properties(document: Any) -> None:
    assert [paragraph.style.name for paragraph in document.paragraphs[:5]] == [
        "Title",
        "Subtitle",
        "Author",
        "Date",
        "Draft Mark",
    ]
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text == "Counter-trafficking evaluation, document review"
    codes = [code.text.strip() for code in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    properties = document.core_properties
    assert (properties.title, properties.subject, properties.language) == (
        "Counter-trafficking evaluation, document review", "Desk review of three projects", "en-GB",
    )  # fmt: skip


def test_chapters_that_start_a_page_leave_no_mark_behind(document: Any) -> None:
    assert not _styled(document, "New Page Mark")
    starts = [p.text for p in _styled(document, "Heading 1") if p._p.pPr.find(qn("w:pageBreakBefore")) is not None]
    assert starts[:3] == ["Acknowledgements", "Executive summary", "Introduction"]


def test_the_same_report_is_the_same_bytes(data: bytes, formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    again = docx_bytes(final_report(formset, rubric, facts), final_report_metadata(formset, rubric, facts))
    assert again == data


def test_a_report_without_headings_is_written_too() -> None:
    made = Document(io.BytesIO(docx_bytes("Only a line.\n", Metadata("T & <T>", "2026-01-06"))))
    assert [paragraph.text for paragraph in made.paragraphs] == ["T & <T>", "6 January 2026", "Only a line."]
