"""One small report in every format that has a reader, written here part by part."""

from __future__ import annotations

import zipfile
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

TITLE = "Final report"
HEADING, SECOND = "Results", "Recommendations"
PARAGRAPH = "The project trained forty police officers in interviewing victims – women above all."
ITEMS = ("The shelter took in twenty women.", "Medical care was paid for eleven of them.")
ROWS = (("Indicator", "Target", "Achieved"), ("Police officers trained", "30", "40"), ("Women in shelter", "25", "20"))
LAST = "The ministry should train more police officers."

ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(path: Path, body: str, styles: str = "", master: str = "", meta: str = "") -> Path:
    """An OpenDocument text with a given body."""
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        page = f'<style:master-page style:name="S">{master}</style:master-page>'
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {ODF}><office:master-styles>{page}</office:master-styles>"
            "</office:document-styles>",
        )
        archive.writestr(
            "meta.xml", f"<office:document-meta {ODF}><office:meta>{meta}</office:meta></office:document-meta>"
        )
    return path


def report_odt(path: Path) -> Path:
    """The report as OpenDocument."""
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
        "</text:list-style>"
    )
    items = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in ITEMS)
    rows = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{cell}</text:p></table:table-cell>' for cell in row)}"
        "</table:table-row>"
        for row in ROWS[1:]
    )
    names = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in ROWS[0])
    return odt(
        path,
        f'<text:p text:style-name="P1">{TITLE}</text:p><text:h text:outline-level="1">{HEADING}</text:h>'
        f'<text:p>{PARAGRAPH}</text:p><text:list text:style-name="L1">{items}</text:list>'
        f"<table:table><table:table-header-rows><table:table-row>{names}</table:table-row></table:table-header-rows>"
        f'{rows}</table:table><text:h text:outline-level="1">{SECOND}</text:h><text:p>{LAST}</text:p>',
        styles,
    )


def rtf_words(text: str) -> str:
    """Words as RTF spells them."""
    return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)


def report_rtf(path: Path) -> Path:
    """The report as RTF."""
    items = "".join(
        f"\\pard\\plain {{\\listtext\\f1\\'b7\\tab}}\\ls1\\ilvl0 {rtf_words(item)}\\par\n" for item in ITEMS
    )
    rows = "".join(
        f"\\trowd{'' if number else chr(92) + 'trhdr'}\\cellx3000\\cellx6000\\cellx9000\\pard\\intbl "
        + "".join(f"{cell}\\cell " for cell in row)
        + "\\row\n"
        for number, row in enumerate(ROWS)
    )
    path.write_bytes(
        (
            "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset2 Symbol;}}"
            "{\\stylesheet{\\s1 heading 1;}{\\s2 Title;}}\n"
            f"\\pard\\plain\\s2 {TITLE}\\par\n\\pard\\plain\\s1 {HEADING}\\par\n"
            f"\\pard\\plain {rtf_words(PARAGRAPH)}\\par\n{items}{rows}"
            f"\\pard\\plain\\s1 {SECOND}\\par\n\\pard\\plain {LAST}\\par\n}}"
        ).encode("ascii")
    )
    return path


def report_docx(path: Path) -> Path:
    """The report as DOCX."""
    document = Document()
    document.add_heading(TITLE, 0)
    document.add_heading(HEADING, 1)
    document.add_paragraph(PARAGRAPH)
    for item in ITEMS:
        document.add_paragraph(item, "List Bullet")
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, cells in zip(ROWS, table.rows, strict=True):
        for text, cell in zip(row, cells.cells, strict=True):
            cell.text = text
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    document.add_heading(SECOND, 1)
    document.add_paragraph(LAST)
    document.save(str(path))
    return path


def report_html(path: Path) -> Path:
    """The report as HTML."""
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    names = "".join(f"<th>{cell}</th>" for cell in ROWS[0])
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS[1:])
    path.write_text(
        f"<html><meta charset=utf-8><body><h1>{TITLE}</h1><h2>{HEADING}</h2><p>{PARAGRAPH}</p><ul>{items}</ul>"
        f"<table><tr>{names}</tr>{rows}</table><h2>{SECOND}</h2><p>{LAST}</p></body></html>",
        encoding="utf-8",
    )
    return path


def report_txt(path: Path) -> Path:
    """The report as plain text."""
    items = "\n".join(f"• {item}" for item in ITEMS)
    rows = "\n".join("\t".join(row) for row in ROWS)
    path.write_text(
        f"{TITLE}\n\n{HEADING}\n\n{PARAGRAPH}\n\n{items}\n\n{rows}\n\n{SECOND}\n\n{LAST}\n", encoding="utf-8"
    )
    return path


WRITERS = {
    "docx": report_docx,
    "odt": report_odt,
    "rtf": report_rtf,
    "html": report_html,
    "txt": report_txt,
}
