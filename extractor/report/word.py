"""Markdown to Word: pandoc writes it with the house reference document, python-docx finishes what pandoc leaves."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from extractor.report.facts import Metadata
from extractor.report.pandoc import filter_argument, run_pandoc
from extractor.report.pdf import LAYOUT, heading_pages
from extractor.report.word_contents import FIELD_END, TAB, Heading, contents_block, field_start, text_run
from extractor.report.wording import date_words
from extractor.resources import shipped

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
TEXT_WIDTH_TWIPS = 9071  # 16 cm: A4 less two margins of 2.5 cm
HEADING_STYLE = re.compile(r"^Heading(\d)$")
NUMBERED_LEVELS = 4
SPACED = frozenset({"BodyText", "FirstParagraph", "LeadIn", "NothingFound"})
SPACE_TWIPS = 160
NUMBERING_ID = 990
FIRST_BOOKMARK_ID = 900_000
HANGING_TWIPS = (567, 680, 794, 907)


def docx_bytes(markdown: str, metadata: Metadata) -> bytes:
    """The report as a Word file."""
    layout = shipped("templates") / LAYOUT
    arguments = [
        "--to=docx+native_numbering", "--number-sections", f"--reference-doc={layout / 'reference.docx'}",
        filter_argument(layout / "report.lua"), f"--metadata=lang:{metadata.language}",
    ]  # fmt: skip
    document = Document(io.BytesIO(run_pandoc(markdown, arguments, metadata.date)))
    _finish(document, metadata, heading_pages(markdown, metadata))
    out = io.BytesIO()
    document.save(out)
    return _repacked(out.getvalue())


def _finish(document: Any, metadata: Metadata, pages: Sequence[int]) -> None:
    _start_pages(document)
    _number_headings(document)
    headings = list(_headings(document, pages))
    for table in document.tables:
        _set_table(table)
    _space_after(document)
    _open_with_title(document, metadata, headings)
    _running_lines(document, metadata)
    _properties(document, metadata)


def _body_paragraphs(document: Any) -> list[Any]:
    return list(document.element.body.findall(qn("w:p")))


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))


def _start_pages(document: Any) -> None:
    """A mark before a heading becomes the heading's own page break, which leaves no empty line behind."""
    for mark in [paragraph for paragraph in _body_paragraphs(document) if _style(paragraph) == "NewPageMark"]:
        following = mark.getnext()
        while following is not None and following.tag != qn("w:p"):
            following = following.getnext()
        if following is not None:
            properties = following.get_or_add_pPr()
            properties.insert_element_before(OxmlElement("w:pageBreakBefore"), *_AFTER_PAGE_BREAK)
        mark.getparent().remove(mark)


_AFTER_PAGE_BREAK = (
    "w:framePr",
    "w:widowControl",
    "w:numPr",
    "w:pBdr",
    "w:shd",
    "w:tabs",
    "w:spacing",
    "w:ind",
    "w:jc",
)


def _number_headings(document: Any) -> None:
    """Headings count by Word's own list, so that they stay right when an evaluator moves them."""
    numbering = document.part.numbering_part.element
    levels = "".join(_level(level) for level in range(NUMBERED_LEVELS))
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING_ID}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{NUMBERING_ID}"><w:abstractNumId w:val="{NUMBERING_ID}"/></w:num>')
    )
    for level in range(NUMBERED_LEVELS):
        style = document.styles[f"Heading {level + 1}"].element
        _set_number(style.get_or_add_pPr(), level, NUMBERING_ID)


def _level(level: int) -> str:
    text = ".".join(f"%{number + 1}" for number in range(level + 1))
    hanging = HANGING_TWIPS[level]
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{hanging}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


def _set_number(properties: Any, level: int, number: int) -> None:
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    properties.insert_element_before(
        parse_xml(xml), "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _headings(document: Any, pages: Sequence[int]) -> Iterator[Heading]:
    """The headings, each given a bookmark; pandoc's typed numbers are taken out where the list now counts."""
    found = [(paragraph, HEADING_STYLE.match(_style(paragraph))) for paragraph in _body_paragraphs(document)]
    for place, (paragraph, style) in enumerate(pair for pair in found if pair[1]):
        level = int(style[1]) if style else 1
        number = _take_number(paragraph)
        if not number:
            properties = paragraph.get_or_add_pPr()
            _set_number(properties, 0, 0)
            properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:left="0" w:firstLine="0"/>'))
        bookmark = f"_Toc{FIRST_BOOKMARK_ID + place}"
        _bookmark(paragraph, bookmark, FIRST_BOOKMARK_ID + place)
        title = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        yield Heading(level, number, title, bookmark, pages[place] if place < len(pages) else 1)


def _take_number(paragraph: Any) -> str:
    runs = paragraph.findall(qn("w:r"))
    for place, run in enumerate(runs):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        if style is not None and style.get(qn("w:val")) == "SectionNumber":
            number = "".join(node.text or "" for node in run.iter(qn("w:t")))
            paragraph.remove(run)
            paragraph.remove(runs[place + 1])
            return number
    return ""


def _bookmark(paragraph: Any, name: str, identifier: int) -> None:
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{identifier}" w:name="{name}"/>')
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{identifier}"/>'))


def _space_after(document: Any) -> None:
    """Text that follows a table or a list stands off from it."""
    for element in document.element.body:
        before = element.getprevious()
        if element.tag != qn("w:p") or before is None or _style(element) not in SPACED or _is_list(element):
            continue
        if before.tag == qn("w:tbl") or _is_list(before):
            properties = element.get_or_add_pPr()
            spacing = parse_xml(f'<w:spacing {nsdecls("w")} w:before="{SPACE_TWIPS}"/>')
            properties.insert_element_before(spacing, "w:ind", "w:jc", "w:outlineLvl")


def _is_list(element: Any) -> bool:
    return element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None and not HEADING_STYLE.match(_style(element))


def _set_table(table: Any) -> None:
    """Cells in the table's own text style, columns over the whole text width, rows that do not break over pages."""
    grid = table._tbl.tblGrid.findall(qn("w:gridCol"))
    whole = sum(int(column.get(qn("w:w"))) for column in grid) or 1
    widths = [round(int(column.get(qn("w:w"))) * TEXT_WIDTH_TWIPS / whole) for column in grid]
    for column, width in zip(grid, widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table._tbl.tr_lst:
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.tc_lst, widths, strict=False):
            cell.width = width * 635  # twips to English Metric Units
            for paragraph in cell.p_lst:
                paragraph.style = "TableText"


def _open_with_title(document: Any, metadata: Metadata, headings: Sequence[Heading]) -> None:
    """Title page with the mark of a machine's draft, then the contents, then the first chapter on a new page."""
    body = document.element.body
    marks = [paragraph for paragraph in _body_paragraphs(document) if _style(paragraph) == "DraftMark"]
    front = [
        _paragraph("Title", metadata.title),
        *([_paragraph("Subtitle", metadata.subtitle)] if metadata.subtitle else []),
        *([_paragraph("Author", metadata.organisation)] if metadata.organisation else []),
        _paragraph("Date", date_words(metadata.date)),
        *marks,
        *([contents_block(headings)] if headings else []),
    ]
    for place, element in enumerate(front):
        body.insert(place, element)
    first = next((p for p in _body_paragraphs(document) if HEADING_STYLE.match(_style(p))), None)
    if first is not None and first.get_or_add_pPr().find(qn("w:pageBreakBefore")) is None:
        first.get_or_add_pPr().insert_element_before(OxmlElement("w:pageBreakBefore"), *_AFTER_PAGE_BREAK)


def _paragraph(style: str, text: str) -> Any:
    return parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{text_run(text)}</w:p>')


def _running_lines(document: Any, metadata: Metadata) -> None:
    """Title above and page number below, on every page but the first."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.style = document.styles["Header"]
    header.text = metadata.title
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["Footer"]
    page, of = (field_start(code) + text_run("1") + FIELD_END for code in ("PAGE", "NUMPAGES"))
    runs = text_run(metadata.generator) + TAB + text_run("Page ") + page + text_run(" of ") + of
    for run in parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"):
        footer._p.append(run)


def _properties(document: Any, metadata: Metadata) -> None:
    properties = document.core_properties
    moment = datetime.fromisoformat(metadata.date)
    properties.title, properties.subject = metadata.title, metadata.subject
    properties.author, properties.last_modified_by = metadata.organisation, metadata.generator
    properties.language, properties.comments = metadata.language, f"Drafted by {metadata.generator}"
    properties.created = properties.modified = moment
    properties.revision = 1


def _repacked(data: bytes) -> bytes:
    """The same file with fixed times in its archive, so that the same report is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
