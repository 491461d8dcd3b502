"""DOCX as Word shows it: what other readers miss (tables, boxes, notes, controls), and what must not be read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractor.documents.docx import read_docx
from extractor.documents.docx_numbering import format_number
from extractor.documents.docx_symbols import bullet_symbol, translate
from extractor.errors import DocumentError
from extractor.model import Document

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="Titre1"/></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Own sub"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="Numbered"/><w:pPr><w:outlineLvl w:val="0"/>
<w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/>
<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Numbered"/>
<w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def relationships(targets: dict[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def write(path: Path, body: str, parts: dict[str, str] | None = None) -> Path:
    """A DOCX with a body and further parts by kind ("footnotes", "header", ...)."""
    extra = {"styles": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>"}
    extra["numbering"] = f"<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>"
    extra.update(parts or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr(
            "_rels/.rels", relationships({"officeDocument": "word/document.xml", "core-properties": "c.xml"})
        )
        archive.writestr("word/_rels/document.xml.rels", relationships({kind: f"{kind}.xml" for kind in extra}))
        for kind, xml in extra.items():
            archive.writestr(f"word/{kind}.xml", xml)
        archive.writestr("c.xml", "<p><title>A plan</title><creator>A. Writer</creator></p>")
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
    return path


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, style: str = "", more: str = "") -> str:
    inner = content if content.startswith("<") or not content else run(content)
    chosen = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{chosen}{more}</w:pPr>{inner}</w:p>"


def listed(text: str, num_id: int, level: int = 0) -> str:
    return paragraph(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def cell(content: str, more: str = "") -> str:
    inner = content if content.startswith("<w:p>") else paragraph(content)
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, more: str = "") -> str:
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field(instruction: str, result: str, data: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def shape(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block, after a check that all spans are sound."""
    position = 0
    for block in document.blocks:
        assert position <= block.span.start < block.span.end <= len(document.pages[0].text)
        position = block.span.end
        inside = block.span.start
        for span in block.cells:
            assert inside <= span.start <= span.end <= block.span.end
            inside = span.end
        if block.cells:
            assert document.text(block.span) == "\t".join(document.text(span) for span in block.cells)
    return [(block.kind, document.text(block.span)) for block in document.blocks]


def read(tmp_path: Path, body: str, parts: dict[str, str] | None = None) -> Document:
    return read_docx(write(tmp_path / "a.docx", body, parts))


def test_headings_come_from_outline_levels_through_inheritance_in_any_language(tmp_path: Path) -> None:
    styles = [
        ("Programme", "Titel"),
        ("Contexte", "Titre1"),
        ("Ergebnisse", "Kapitel"),
        ("Detail", "Sub"),
        ("Body.", ""),
    ]
    document = read(tmp_path, "".join(paragraph(text, style) for text, style in styles))
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("title", 0), ("heading", 1), ("heading", 1), ("heading", 2), ("paragraph", 0),
    ]  # fmt: skip
    assert document.pages[0].number is None
    assert document.properties.title == "A plan"
    assert document.properties.author == "A. Writer"


def test_numbers_are_counted_and_stored_as_word_shows_them(tmp_path: Path) -> None:
    body = listed("One", 1) + listed("Sub", 1, 1) + listed("Sub", 1, 1) + listed("Two", 1) + listed("Sub", 1, 1)
    body += listed("Again", 4) + listed("Dot", 2) + paragraph("Results", "Numbered") + paragraph("Costs", "Numbered")
    document = read(tmp_path, body)
    assert [text for _, text in shape(document)] == [
        "1. One", "1.a) Sub", "1.b) Sub", "2. Two", "2.a) Sub", "1. Again", "• Dot", "I. Results", "II. Costs",
    ]  # fmt: skip
    assert [block.number for block in document.blocks][-3:] == ["•", "I", "II"]
    assert [block.level for block in document.blocks][:3] == [0, 1, 1]


def test_bold_paragraphs_are_headings_below_styled_ones(tmp_path: Path) -> None:
    bold = "<w:b/>"
    body = paragraph("Findings", "Titre1") + paragraph(run("Shelter services", bold)) + paragraph("They were used.")
    body += paragraph(run("Amount: ", bold) + run("450 euros", bold)) + paragraph(run("A sentence in bold.", bold))
    kinds = [(block.kind, block.level) for block in read(tmp_path, body).blocks]
    assert kinds == [("heading", 1), ("heading", 2), ("paragraph", 0), ("paragraph", 0), ("paragraph", 0)]


def test_deletions_are_out_insertions_in_and_instructions_unseen(tmp_path: Path) -> None:
    body = paragraph(
        run("We ") + f"<w:del><w:r><w:delText>did</w:delText></w:r></w:del><w:ins>{run('will')}</w:ins>"
        + run(" see ") + field("REF x", "section 3") + run(" hidden", "<w:vanish/>") + "<w:r><w:softHyphen/></w:r>"
        + "<w:r><w:noBreakHyphen/><w:t>x</w:t><w:br/><w:t>y</w:t></w:r>" + run("tra\u00adde")
    )  # fmt: skip
    assert shape(read(tmp_path, body)) == [("paragraph", "We will see section 3-x\nytrade")]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    inner = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    alternate = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx>'
        "</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = paragraph(run("Anchor") + f"<w:r>{alternate}</w:r>")
    assert shape(read(tmp_path, body)) == [("paragraph", "Anchor"), ("paragraph", "In the box")]


def test_tables_with_merged_and_nested_cells(tmp_path: Path) -> None:
    nested = f"<w:p/>{table(row(cell('n1'), cell('n2')))}<w:p/>"
    body = table(
        row(cell("Result"), cell("Target", '<w:gridSpan w:val="2"/>'), more="<w:tblHeader/>"),
        row(cell("Training", '<w:vMerge w:val="restart"/>'), cell("10"), cell("12")),
        row(cell("", "<w:vMerge/>"), cell("20"), f"<w:tc>{nested}</w:tc>"),
    )
    document = read(tmp_path, body)
    assert [text for _, text in shape(document)] == ["Result\tTarget\t", "Training\t10\t12", "\t20\tn1 n2"]
    assert [block.header_row for block in document.blocks] == [True, False, False]
    assert {block.table for block in document.blocks} == {0}


def test_a_table_of_one_column_is_running_text(tmp_path: Path) -> None:
    body = table(row(cell(paragraph("Findings", "Titre1") + paragraph("It worked."))))
    assert shape(read(tmp_path, body)) == [("heading", "Findings"), ("paragraph", "It worked.")]


def test_notes_headers_and_footers(tmp_path: Path) -> None:
    body = paragraph(run("A claim") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + paragraph("Next.")
    body += '<w:sectPr><w:headerReference r:id="r3"/><w:footerReference r:id="r4"/>'
    body += '<w:headerReference r:id="r3"/></w:sectPr>'
    parts = {
        "footnotes": f"<w:footnotes {NAMESPACES}><w:footnote w:type='separator' w:id='0'/>"
        f"<w:footnote w:id='2'>{paragraph('Its source')}</w:footnote></w:footnotes>",
        "header": f"<w:hdr {NAMESPACES}>{paragraph('Draft report')}</w:hdr>",
        "footer": f"<w:ftr {NAMESPACES}>{paragraph(field('PAGE', '1'))}</w:ftr>",
    }
    assert shape(read(tmp_path, body, parts)) == [
        ("header", "Draft report"), ("paragraph", "A claim"), ("footnote", "1 Its source"), ("paragraph", "Next."),
    ]  # fmt: skip


def test_check_boxes_of_all_kinds(tmp_path: Path) -> None:
    box = "<w14:checkbox><w14:checked w14:val='{}'/></w14:checkbox>"
    control = f"<w:sdt><w:sdtPr>{box}</w:sdtPr><w:sdtContent>{{}}</w:sdtContent></w:sdt>"
    body = paragraph(control.format(1, run("X")) + run(" Yes ") + control.format(0, run("O")) + run(" No"))
    data = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    body += paragraph(field("FORMCHECKBOX", "", data) + run(" Agreed"))
    body += paragraph("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>" + run(" Final"))
    body += paragraph(run("o", "<w:rFonts w:ascii='Wingdings'/>") + run(" Draft"))
    assert [text for _, text in shape(read(tmp_path, body))] == ["☒ Yes ☐ No", "☒ Agreed", "☑ Final", "☐ Draft"]


def test_prompts_of_empty_controls_are_no_answers(tmp_path: Path) -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('2014')}</w:sdtContent></w:sdt>"
    assert shape(read(tmp_path, paragraph(run("Year: ") + filled + prompt))) == [("paragraph", "Year: 2014")]


def test_contents_by_control_by_field_and_by_style(tmp_path: Path) -> None:
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('Contents')}</w:sdtContent></w:sdt>"
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    open_field = paragraph(begin + run("Scope 3")) + paragraph("Costs 4")
    closed = paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + paragraph("Body.")
    body = control + open_field + closed + paragraph("Relevance 9", "Verzeichnis1")
    kinds = [kind for kind, _ in shape(read(tmp_path, body))]
    assert kinds == ["toc", "toc", "toc", "paragraph", "toc"]


def test_a_field_that_never_ends_swallows_nothing(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    body = paragraph(begin) + paragraph("Scope", "Titre1") + paragraph("Body.")
    assert shape(read(tmp_path, body)) == [("heading", "Scope"), ("paragraph", "Body.")]


def test_entities_and_document_types_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:styles {NAMESPACES}>&e;</w:styles>'
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, paragraph("a"), {"styles": evil})
    assert caught.value.outcome == "damaged"
    assert "canary" not in str(caught.value)


def test_a_broken_part_is_damage(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, "<w:p>")
    assert caught.value.outcome == "damaged"


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [(4, "decimal", "4"), (4, "lowerRoman", "iv"), (49, "upperRoman", "XLIX"), (2, "upperLetter", "B"),
     (28, "lowerLetter", "bb"), (7, "decimalZero", "07"), (0, "upperRoman", "0")],
)  # fmt: skip
def test_format_number(value: int, style: str, expected: str) -> None:
    assert format_number(value, style) == expected


def test_symbol_fonts() -> None:
    assert bullet_symbol("\uf0a7", "Wingdings") == "▪"
    assert bullet_symbol("–", "") == "–"
    assert bullet_symbol("\uf099", "Unknown") == "•"
    assert translate("\uf0fe yes", "Calibri") == "☑ yes"
