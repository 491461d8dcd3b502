"""Reads PPTX: one page a slide, its title as a heading, text, tables, diagrams, the notes as a footnote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.documents.assemble import Assembler, Row
from extractor.documents.docx_symbols import DEFAULT_BULLET
from extractor.documents.limits import Limits
from extractor.documents.opc import OpcPackage
from extractor.documents.paged import as_pages
from extractor.documents.safe_xml import Element, attribute, child, children, local
from extractor.documents.structure import heading_number, list_marker
from extractor.errors import DocumentError
from extractor.model import Document, Properties

MAX_SLIDES = 2_000
MAX_GROUPS = 30
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
TITLES = frozenset({"title", "ctrTitle"})
FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})


def read_pptx(path: Path, limits: Limits) -> Document:
    """The text of a presentation, a page a slide."""
    with OpcPackage(path, limits) as package:
        main = package.related("", "officeDocument") or "ppt/presentation.xml"
        root = package.part(main)
        if root is None:
            raise DocumentError("damaged", "the package holds no presentation")
        relations = package.relations(main)
        names = [relations[relation][1] for relation in _slide_ids(root) if relation in relations]
        if len(names) > MAX_SLIDES:
            raise DocumentError("too_large", f"{len(names)} slides; at most {MAX_SLIDES} are read. Split the file.")
        slides = [("", _Slide(package, name, first=not index).read()) for index, name in enumerate(names)]
        return as_pages("pptx", slides, package.properties())


def _slide_ids(root: Element) -> list[str]:
    found = children(child(root, "sldIdLst"), "sldId")
    return [slide.get(f"{RELATION}id") or slide.get(f"{RELATION_STRICT}id") or "" for slide in found]


class _Slide:
    """One slide as it is read."""

    def __init__(self, package: OpcPackage, name: str, first: bool) -> None:
        self._package = package
        self._name = name
        self._first = first
        self._out = Assembler()

    def read(self) -> Document:
        """The slide's text as a document of one page."""
        root = self._package.part(self._name)
        tree = child(root, "cSld", "spTree")
        shapes = list(_shapes(tree, 0))
        for shape in sorted(shapes, key=lambda shape: _placeholder(shape) not in TITLES):  # stable: the title first
            self._shape(shape)
        self._notes()
        return self._out.document("pptx", Properties())

    def _shape(self, shape: Element) -> None:
        name = local(shape)
        if name == "graphicFrame":
            self._frame(shape)
            return
        kind = _placeholder(shape)
        body = child(shape, "txBody")
        if body is None or kind in FURNITURE:
            return
        if kind in TITLES:
            text = " ".join(" ".join(words for words, _ in _paragraphs(body)).split())
            number = heading_number(text)
            main = kind == "ctrTitle" and self._first
            self._out.block("title" if main else "heading", text, 0 if main else 1, number[0] if number else "")
            return
        listed = kind in {"body", "obj"} and sum(bool(words.strip()) for words, _ in _paragraphs(body)) > 1
        for words, paragraph in _paragraphs(body):
            self._paragraph(words.strip(), paragraph, listed)

    def _paragraph(self, text: str, paragraph: Element, listed: bool) -> None:
        look = child(paragraph, "pPr")
        level = attribute(look, "lvl")
        marker = list_marker(text)
        if marker:
            self._out.block("list_item", text, int(level) if level.isdigit() else 0, marker)
        elif text and _is_item(look, listed):
            depth = int(level) if level.isdigit() else 0
            self._out.block("list_item", f"{DEFAULT_BULLET} {text}", depth, DEFAULT_BULLET)
        else:
            self._out.block("paragraph", text)

    def _frame(self, frame: Element) -> None:
        """A table, or a diagram whose words stand in a part of their own."""
        data = child(frame, "graphic", "graphicData")
        table = child(data, "tbl")
        if table is not None:
            self._table(table)
            return
        diagram = child(data, "relIds")
        relation = attribute(diagram, "dm")
        target = self._package.relations(self._name).get(relation, ("", ""))[1]
        root = self._package.part(target) if target else None
        for point in children(child(root, "ptLst"), "pt"):
            for words, _ in _paragraphs(child(point, "t")):
                self._out.block("paragraph", words.strip())

    def _table(self, table: Element) -> None:
        named = attribute(child(table, "tblPr"), "firstRow") in {"1", "true"}
        rows = []
        for index, row in enumerate(children(table, "tr")):
            cells = tuple(_cell(cell) for cell in children(row, "tc"))
            rows.append(Row(cells, named and not index))
        self._out.table(rows)

    def _notes(self) -> None:
        name = self._package.related(self._name, "notesSlide")
        root = self._package.part(name) if name else None
        for shape in _shapes(child(root, "cSld", "spTree"), 0):
            if _placeholder(shape) == "body":
                lines = [words.strip() for words, _ in _paragraphs(child(shape, "txBody"))]
                self._out.block("footnote", "\n".join(filter(None, lines)))


def _shapes(tree: Element | None, depth: int) -> Iterator[Element]:
    """The shapes of a slide in their order, groups and alternatives opened."""
    for shape in () if tree is None or depth > MAX_GROUPS else tree:
        name = local(shape)
        if name in {"sp", "graphicFrame", "cxnSp"}:
            yield shape
        elif name == "grpSp":
            yield from _shapes(shape, depth + 1)
        elif name == "AlternateContent":
            yield from next((found for branch in shape if (found := list(_shapes(branch, depth + 1)))), [])


def _placeholder(shape: Element) -> str:
    """What place of the layout a shape fills: "title", "body", ...; "" for a shape of its own."""
    place = next((part for part in shape if local(part).startswith("nv")), None)
    found = child(place, "nvPr", "ph")
    return "" if found is None else attribute(found, "type") or "obj"


def _paragraphs(body: Element | None) -> Iterator[tuple[str, Element]]:
    for paragraph in children(body, "p"):
        yield "".join(_words(paragraph)), paragraph


def _words(paragraph: Element) -> Iterator[str]:
    for run in paragraph:
        if local(run) in {"r", "fld"}:
            yield from (text.text or "" for text in children(run, "t"))
        elif local(run) == "br":
            yield "\n"


def _is_item(look: Element | None, listed: bool) -> bool:
    marks = {local(mark) for mark in look} if look is not None else set()
    if "buNone" in marks:
        return False
    return listed or bool(marks & {"buChar", "buAutoNum", "buBlip"})


def _cell(cell: Element) -> str:
    covered = attribute(cell, "hMerge") in {"1", "true"} or attribute(cell, "vMerge") in {"1", "true"}
    if covered:
        return ""
    return "\n".join(words.strip() for words, _ in _paragraphs(child(cell, "txBody")) if words.strip())
