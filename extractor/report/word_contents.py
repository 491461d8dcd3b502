"""A table of contents for Word that is filled when the file opens: real entries, links and page fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

CONTENTS_DEPTH = 2
TITLE = "Contents"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the report: its level, printed number ("" where it has none), words, bookmark and page."""

    level: int
    number: str
    title: str
    bookmark: str
    page: int


def _run(xml: str) -> str:
    return f"<w:r>{xml}</w:r>"


def text_run(text: str) -> str:
    """A run with this text."""
    return _run(f'<w:t xml:space="preserve">{escape(text)}</w:t>')


def field_start(code: str) -> str:
    """The beginning of a field; its shown result and FIELD_END follow."""
    begin = _run('<w:fldChar w:fldCharType="begin"/>')
    return (
        begin
        + _run(f'<w:instrText xml:space="preserve"> {code} </w:instrText>')
        + _run('<w:fldChar w:fldCharType="separate"/>')
    )


FIELD_END = _run('<w:fldChar w:fldCharType="end"/>')
TAB = _run("<w:tab/>")


def _entry(heading: Heading, before: str, after: str) -> str:
    number = text_run(f"{heading.number}  ") if heading.number else ""
    page = field_start(f"PAGEREF {heading.bookmark} \\h") + text_run(str(heading.page)) + FIELD_END
    shown = f"{number}{text_run(heading.title)}{TAB}{page}"
    link = f'<w:hyperlink w:anchor="{heading.bookmark}" w:history="1">{shown}</w:hyperlink>'
    return f'<w:p><w:pPr><w:pStyle w:val="TOC{heading.level}"/></w:pPr>{before}{link}{after}</w:p>'


def contents_block(headings: Sequence[Heading]) -> Any:
    """The contents as Word keeps them: a field, so that "Update table" works, holding its entries already."""
    listed = [heading for heading in headings if heading.level <= CONTENTS_DEPTH]
    last = len(listed) - 1
    start = field_start(f'TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u')
    entries = "".join(
        _entry(heading, start if place == 0 else "", FIELD_END if place == last else "")
        for place, heading in enumerate(listed)
    )
    title = (
        '<w:p><w:pPr><w:pStyle w:val="TOCHeading"/><w:pageBreakBefore/>'
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        f'<w:outlineLvl w:val="9"/></w:pPr>{text_run(TITLE)}</w:p>'
    )
    part = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr>{part}</w:sdtPr><w:sdtContent>{title}{entries}</w:sdtContent></w:sdt>"
    )
