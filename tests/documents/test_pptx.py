"""Presentations: a page a slide, its title first, lists, tables, groups, diagrams and notes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from extractor.documents import read_document
from extractor.documents.sniff import sniff
from extractor.errors import DocumentError
from extractor.model import Document

SPACE = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPAN, COVERED = ' gridSpan="2"', ' hMerge="1"'
TYPES = (
    '<Types><Override PartName="/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'presentationml.presentation.main+xml"/></Types>'
)


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{KIND}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'
    )


def paragraphs(*texts: str, look: str = "") -> str:
    return "".join(f"<a:p>{look}<a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)


def shape(body: str, place: str = "") -> str:
    placeholder = f"<p:ph {place}/>" if place else ""
    return f"<p:sp><p:nvSpPr><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:txBody>{body}</p:txBody></p:sp>"


def slide(*shapes: str) -> str:
    return f"<p:sld {SPACE}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def presentation(folder: Path, slides: list[str], extra: Mapping[str, str] | None = None) -> Path:
    path = folder / "a.pptx"
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="rId{n}"/>' for n in range(len(slides)))
    named = {f"rId{n}": ("slide", f"slides/slide{n}.xml") for n in range(len(slides))}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relations({"r": ("officeDocument", "ppt/presentation.xml")}))
        archive.writestr(
            "ppt/presentation.xml", f"<p:presentation {SPACE}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
        )
        archive.writestr("ppt/_rels/presentation.xml.rels", relations(named))
        for number, content in enumerate(slides):
            archive.writestr(f"ppt/slides/slide{number}.xml", content)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def blocks(document: Document) -> list[tuple[int, str, str]]:
    return [(block.span.page, block.kind, document.text(block.span)) for block in document.blocks]


def test_slides_are_pages_with_their_title_first(tmp_path: Path) -> None:
    path = presentation(
        tmp_path,
        [
            slide(shape(paragraphs("By A. B."), 'type="subTitle"'), shape(paragraphs("End review"), 'type="ctrTitle"')),
            slide(
                shape(paragraphs("3"), 'type="sldNum"'),
                shape(paragraphs("Forty officers trained", "Twenty women sheltered"), 'idx="1"'),
                shape(paragraphs("2. Results"), 'type="title"'),
                shape(paragraphs("A box")),
            ),
        ],
    )
    assert sniff(path) == "pptx"
    document = read_document(path)
    assert [(page.number, page.printed) for page in document.pages] == [(1, None), (2, None)]
    assert blocks(document) == [
        (0, "title", "End review"),
        (0, "paragraph", "By A. B."),
        (1, "heading", "2. Results"),
        (1, "list_item", "• Forty officers trained"),
        (1, "list_item", "• Twenty women sheltered"),
        (1, "paragraph", "A box"),
    ]


def test_tables_groups_alternatives_diagrams_and_notes(tmp_path: Path) -> None:
    cell = "<a:tc{}><a:txBody>{}</a:txBody></a:tc>"
    table = (
        "<p:graphicFrame><p:nvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl>"
        f'<a:tblPr firstRow="1"/><a:tr>{cell.format("", paragraphs("A"))}{cell.format("", paragraphs("B"))}</a:tr>'
        f"<a:tr>{cell.format(SPAN, paragraphs('wide'))}{cell.format(COVERED, paragraphs(''))}</a:tr>"
        "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    diagram = (
        '<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds r:dm="rId9"/></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )
    numbered = paragraphs("First", look='<a:pPr lvl="1"><a:buAutoNum/></a:pPr>')
    group = f"<p:grpSp>{shape(numbered)}</p:grpSp>"
    choice = (
        f"<mc:AlternateContent><mc:Choice>{shape(paragraphs('new'))}</mc:Choice>"
        f"<mc:Fallback>{shape(paragraphs('old'))}</mc:Fallback></mc:AlternateContent>"
    )
    extra = {
        "ppt/slides/_rels/slide0.xml.rels": relations(
            {"rId9": ("diagramData", "../diagrams/data1.xml"), "rId8": ("notesSlide", "../notesSlides/n.xml")}
        ),
        "ppt/diagrams/data1.xml": f"<dgm:dataModel {SPACE}><dgm:ptLst><dgm:pt>"
        f"<dgm:t>{paragraphs('Step')}</dgm:t></dgm:pt>"
        "</dgm:ptLst></dgm:dataModel>",
        "ppt/notesSlides/n.xml": slide(shape(paragraphs("Say why."), 'type="body"')),
    }
    document = read_document(presentation(tmp_path, [slide(table, group, choice, diagram)], extra))
    assert [(kind, text) for _, kind, text in blocks(document)] == [
        ("table_row", "A\tB"),
        ("table_row", "wide\t"),
        ("list_item", "• First"),
        ("paragraph", "new"),
        ("paragraph", "Step"),
        ("footnote", "Say why."),
    ]
    assert [block.header_row for block in document.blocks[:2]] == [True, False]
    assert document.blocks[2].level == 1


def test_a_presentation_without_words_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(presentation(tmp_path, [slide()]))
    assert caught.value.outcome == "no_text"


def test_a_slide_that_is_missing_is_an_empty_page_and_a_broken_one_damage(tmp_path: Path) -> None:
    good = slide(shape(paragraphs("words")))
    path = presentation(tmp_path, [good, "<broken"])
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.outcome == "damaged"
