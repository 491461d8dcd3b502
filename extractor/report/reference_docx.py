"""Builds the house reference document of the Word reports: `python -m extractor.report.reference_docx FILE.docx`.

The result is shipped as templates/layout/reference.docx; an evaluator may change that file in Word.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypandoc
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

FONT = "Times New Roman"
BODY_POINTS = 12
MARGIN_CM = 2.5
INK = RGBColor(0x1F, 0x3A, 0x5F)
GREY = RGBColor(0x44, 0x44, 0x44)
TINT = "E8EDF3"
RULE = "8A94A3"
HEADINGS: dict[str, tuple[float, float, float]] = {  # size, space before, space after, in points
    "Heading 1": (16, 20, 8),
    "Heading 2": (13.5, 14, 6),
    "Heading 3": (12, 12, 4),
    "Heading 4": (12, 10, 4),
}
TEXTS: dict[str, tuple[float, float, float]] = {
    "Body Text": (BODY_POINTS, 0, 8),
    "First Paragraph": (BODY_POINTS, 0, 8),
    "Compact": (BODY_POINTS, 0, 3),
    "Block Text": (BODY_POINTS, 2, 8),
    "Footnote Text": (10, 0, 2),
    "Bibliography": (BODY_POINTS, 0, 8),
    "Title": (26, 150, 10),
    "Subtitle": (15, 0, 14),
    "Author": (BODY_POINTS, 14, 2),
    "Date": (BODY_POINTS, 0, 2),
    "Caption": (10.5, 10, 4),
    "Table Caption": (10.5, 12, 4),
}
NEW_STYLES: dict[str, tuple[str, float, float, float]] = {
    "Lead In": ("Body Text", BODY_POINTS, 0, 4),
    "Draft Mark": ("Body Text", 10.5, 12, 12),
    "Nothing Found": ("Body Text", BODY_POINTS, 2, 8),
    "Table Text": ("Normal", 9.5, 2, 2),
    "New Page Mark": ("Normal", 1, 0, 0),
    "TOC 1": ("Normal", 11, 5, 1),
    "TOC 2": ("Normal", 11, 0, 0),
    "Header": ("Normal", 9, 0, 0),
    "Footer": ("Normal", 9, 0, 0),
}
TEXT_WIDTH = Cm(21 - 2 * MARGIN_CM)


def build() -> bytes:
    """The reference document, from pandoc's own."""
    default = subprocess.run(  # noqa: S603 - fixed program and arguments
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"], capture_output=True, check=True
    ).stdout
    document = Document(io.BytesIO(default))
    _page(document)
    _defaults(document)
    for name, (size, before, after) in {**TEXTS, **HEADINGS}.items():
        _set(named(document, name), size, before, after)
    for name, (base, size, before, after) in NEW_STYLES.items():
        _set(_paragraph_style(document, name, base), size, before, after)
    _particulars(document)
    _table_style(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    section.header_distance = section.footer_distance = Cm(1.25)
    for notes in section._sectPr.findall(qn("w:footnotePr")):
        section._sectPr.remove(notes)  # pandoc's restarts the numbers in every section


def named(document: Any, name: str) -> Any:
    """The style of this name, as the file spells it."""
    return next(style for style in document.styles if style.name == name)


def _defaults(document: Any) -> None:
    """Every style falls back to the body font, not to the theme's."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
    normal = document.styles["Normal"]
    _font(normal, BODY_POINTS)
    normal.paragraph_format.space_after = Pt(0)


def _font(style: Any, size: float) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.font.size = Pt(size)


def _set(style: Any, size: float, before: float, after: float) -> None:
    _font(style, size)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.08
    form.widow_control = True


def _paragraph_style(document: Any, name: str, base: str) -> Any:
    names = {style.name for style in document.styles}
    style = document.styles[name] if name in names else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base]
    style.hidden, style.quick_style = False, True
    return style


def _particulars(document: Any) -> None:
    """What single styles have of their own: colours, borders, tabs."""
    styles = document.styles
    for name in HEADINGS:
        _heading(styles[name], italic=name == "Heading 3")
    contents = named(document, "TOC Heading")
    _set(contents, *HEADINGS["Heading 1"])
    _heading(contents, italic=False)
    for name in ("Title", "Subtitle", "Author", "Date"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        styles[name].font.color.rgb = INK if name == "Title" else RGBColor(0, 0, 0)
        styles[name].font.bold = name == "Title"
    for name in ("Caption", "Table Caption"):
        caption = named(document, name)
        caption.font.bold, caption.font.italic, caption.font.color.rgb = True, False, RGBColor(0, 0, 0)
        caption.paragraph_format.keep_with_next = True
    styles["Block Text"].paragraph_format.left_indent = styles["Block Text"].paragraph_format.right_indent = Cm(0.8)
    _border(styles["Block Text"], "left", TINT, 18)
    _border(styles["Nothing Found"], "left", RULE, 18)
    styles["Nothing Found"].font.color.rgb = GREY
    styles["Nothing Found"].paragraph_format.left_indent = Cm(0.3)
    for side in ("top", "left", "bottom", "right"):
        _border(styles["Draft Mark"], side, "B07D00", 6)
    _shade(styles["Draft Mark"], "FFF4D6")
    styles["TOC 1"].font.bold = True
    styles["Lead In"].paragraph_format.keep_with_next = True
    for spacing in styles["Subtitle"].element.rPr.findall(qn("w:spacing")):
        styles["Subtitle"].element.rPr.remove(spacing)
    styles["TOC 2"].paragraph_format.left_indent = Cm(0.8)
    for name in ("TOC 1", "TOC 2"):
        _add_tabs(styles[name], leader="dot")
    for name in ("Header", "Footer"):
        styles[name].font.color.rgb = GREY
        _add_tabs(styles[name], leader="none")
    _border(styles["Header"], "bottom", RULE, 4)
    names = styles.add_style("File Name", WD_STYLE_TYPE.CHARACTER)
    names.font.italic = True
    styles["Hyperlink"].font.color.rgb, styles["Hyperlink"].font.underline = INK, False


def _heading(style: Any, italic: bool) -> None:
    style.font.bold, style.font.italic, style.font.color.rgb = True, italic, INK
    style.paragraph_format.keep_with_next = True


def _add_tabs(style: Any, leader: str) -> None:
    tab = f'<w:tab w:val="right" w:leader="{leader}" w:pos="{TEXT_WIDTH.twips}"/>'
    tabs = parse_xml(f"<w:tabs {nsdecls('w')}>{tab}</w:tabs>")
    style.element.get_or_add_pPr().insert_element_before(tabs, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _border(style: Any, side: str, colour: str, eighths: int) -> None:
    properties = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    borders.append(
        parse_xml(f'<w:{side} {nsdecls("w")} w:val="single" w:sz="{eighths}" w:space="6" w:color="{colour}"/>')
    )


def _shade(style: Any, colour: str) -> None:
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    style.element.get_or_add_pPr().insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _table_style(document: Any) -> None:
    """Rules between rows, a tinted bold head."""
    style = document.styles["Table"].element
    for tag in ("w:tblPr", "w:tblStylePr", "w:trPr", "w:tcPr", "w:pPr", "w:rPr"):
        for old in style.findall(qn(tag)):
            style.remove(old)
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="{colour}"/>'
        for side, width, colour in (("top", 8, INK), ("bottom", 8, INK), ("insideH", 4, RULE))
    )
    margins = '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
    for xml in (
        f'<w:tblPr {nsdecls("w")}><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>",
        f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        '<w:tcPr><w:tcBorders><w:bottom w:val="single" '
        f'w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>'
        "</w:tcPr></w:tblStylePr>",
    ):
        style.append(parse_xml(xml))


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(build())
