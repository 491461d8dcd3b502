"""Reads DOCX by walking its XML: paragraphs, tables, text boxes, notes, headers and footers, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.documents.assemble import Assembler
from extractor.documents.docx_headings import Candidate, mark_headings
from extractor.documents.docx_numbering import Numbering, format_number
from extractor.documents.docx_package import DocxPackage, Element, R, W, attribute, is_on, local
from extractor.documents.docx_styles import Style, Styles, outline_level
from extractor.documents.docx_tables import TableReader
from extractor.documents.docx_text import ParagraphText, TextReader, is_prompt
from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.documents.structure import (
    caption,
    heading_number,
    is_contents_title,
    list_marker,
    page_number_line,
    toc_entry,
)
from extractor.errors import DocumentError
from extractor.model import BlockKind, Document

MAX_HEADING_CHARS = 250
TRANSPARENT = frozenset({"ins", "moveTo", "customXml", "smartTag", "Choice", "Fallback", "sdtContent"})
NO_LIST = "0"
_LOST_MARK = re.compile(r"\A\?\s+")
"""What LibreOffice makes of the mark at the start of a note of Word 97."""


def read_docx(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The text of a DOCX as Word shows it, as one page without number."""
    with DocxPackage(path, limits) as package:
        root = package.part(package.main)
        body = None if root is None else root.find(f"{W}body")
        if body is None:
            raise DocumentError("damaged", "the main document has no body")
        reader = BodyReader(package)
        reader.running_parts(body, "header")
        reader.story(body)
        reader.running_parts(body, "footer")
        mark_headings(reader.out, reader.candidates, reader.sizes)
        return reader.out.document("docx", package.properties())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as read, with its style and automatic number; `outlined`: it has an outline level of its own."""

    read: ParagraphText
    style: Style
    outlined: bool
    label: str
    depth: int

    @property
    def printed(self) -> str:
        """Its words with the automatic number before them."""
        return f"{self.label} {self.read.text}" if self.label else self.read.text


class BodyReader:
    """Walks the stories of a package and puts their blocks together."""

    def __init__(self, package: DocxPackage) -> None:
        self.out = Assembler()
        self.candidates: list[Candidate] = []
        self.sizes: Counter[int] = Counter()
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._text = TextReader()
        self._tables = TableReader(self)
        self._note_parts: dict[str, dict[str, Element]] = {}
        self._pending: list[tuple[str, str]] = []
        self._seen_notes: dict[str, int] = {"footnote": 0, "endnote": 0}
        self._contents = 0

    def story(self, element: Element) -> None:
        """The blocks of a body, a text box or a cell."""
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child)
                self.notes()
            elif name == "tbl":
                self._tables.read(child)
            elif name == "sdt":
                self._control(child)
            elif name == "AlternateContent":
                self.story(next(iter(child), ()))
            elif name == "altChunk":
                self._foreign(child)
            elif name in TRANSPARENT:
                self.story(child)

    def _control(self, element: Element) -> None:
        properties = element.find(f"{W}sdtPr")
        content = element.find(f"{W}sdtContent")
        if content is None or is_prompt(properties):
            return
        gallery = None if properties is None else properties.find(f"{W}docPartObj/{W}docPartGallery")
        is_contents = attribute(gallery) == "Table of Contents"
        self._contents += is_contents
        self.story(content)
        self._contents -= is_contents

    def paragraph(self, element: Element) -> Paragraph:
        """A paragraph read; it is counted in its list, so each is read once."""
        properties = element.find(f"{W}pPr")
        style_id = "" if properties is None else attribute(properties.find(f"{W}pStyle"))
        style = self._styles.paragraph(style_id)
        read = self._text.read(element, style)
        outline = None if properties is None else properties.find(f"{W}outlineLvl")
        outlined = outline_level(attribute(outline)) > 0
        label, depth = self._label(properties, style, style_id)
        return Paragraph(read, style, outlined, label, depth)

    def _label(self, properties: Element | None, style: Style, style_id: str) -> tuple[str, int]:
        """The automatic number of a paragraph, and its level in the list (-1 for no list)."""
        direct = None if properties is None else properties.find(f"{W}numPr")
        if properties is not None and is_on(properties.find(f"{W}rPr/{W}del")):
            return "", -1
        num_id = (attribute(direct.find(f"{W}numId")) if direct is not None else "") or style.num_id
        if not num_id or num_id == NO_LIST:
            return "", -1
        ilvl = (attribute(direct.find(f"{W}ilvl")) if direct is not None else "") or style.ilvl
        depth = int(ilvl) if ilvl.isdigit() else self._numbering.level_of_style(num_id, style_id)
        return self._numbering.label(num_id, depth), depth

    def _paragraph(self, element: Element) -> None:
        paragraph = self.paragraph(element)
        text = paragraph.read.text.strip()
        self._pending.extend(paragraph.read.notes)
        if text:
            kind, level, number = self._kind(paragraph, text)
            self._add(kind, paragraph.printed, level, number, paragraph)
        for box in paragraph.read.boxes:
            self.story(box)

    def _add(self, kind: BlockKind, text: str, level: int, number: str, paragraph: Paragraph) -> None:
        before = len(self.out.blocks)
        self.out.block(kind, text, level, number)
        if len(self.out.blocks) == before:
            return
        if kind in {"paragraph", "list_item"}:
            sizes = paragraph.read.sizes
            self.sizes.update(sizes)
            largest = max(sizes, default=0)
            look = Candidate(before, paragraph.read.bold, largest, bool(paragraph.label), paragraph.outlined)
            self.candidates.append(look)

    def _kind(self, paragraph: Paragraph, text: str) -> tuple[BlockKind, int, str]:
        style, read = paragraph.style, paragraph.read
        is_heading = style.level > 0 and len(text) <= MAX_HEADING_CHARS
        in_field = read.in_toc and not is_heading
        if self._contents or in_field or style.role in {"toc", "toc heading"} or self._typed_contents(text):
            return "toc", 0, ""
        if style.role == "title":
            return "title", 0, ""
        if is_heading:
            self._text.leave_contents()
            return "heading", style.level, paragraph.label.rstrip(".:") or _typed_number(text)
        if style.role == "caption" or (caption(text) and not paragraph.label):
            return "caption", 0, caption(text) or ""
        if paragraph.label or style.role == "list":
            return "list_item", max(paragraph.depth, 0), paragraph.label
        marker = list_marker(text)
        return ("list_item", 0, marker) if marker else ("paragraph", 0, "")

    def _typed_contents(self, text: str) -> bool:
        """A contents entry typed by hand: dots lead to a page, or it follows another or their heading."""
        entry = toc_entry(text)
        if entry is None or not self.out.blocks:
            return False
        last = self.out.blocks[-1]
        return entry.dotted or last.kind == "toc" or is_contents_title(self.out.text_of(-1))

    def note_references(self, notes: tuple[tuple[str, str], ...]) -> None:
        """Keep the notes that a table's cell refers to until its row is placed."""
        self._pending.extend(notes)

    def notes(self) -> None:
        """Place the notes that were referred to since the last call."""
        pending, self._pending = self._pending, []
        for kind, note_id in pending:
            self._note(kind, note_id)

    def _note(self, kind: str, note_id: str) -> None:
        if kind not in self._note_parts:
            root = self._package.related(f"{kind}s")
            found = (
                {} if root is None else {attribute(note, "id"): note for note in root if not attribute(note, "type")}
            )
            self._note_parts[kind] = found
        note = self._note_parts[kind].pop(note_id, None)
        if note is None:
            return
        self._seen_notes[kind] += 1
        number = format_number(self._seen_notes[kind], "decimal" if kind == "footnote" else "lowerRoman")
        text = _LOST_MARK.sub("", "\n".join(self.plain_lines(note)).strip())
        self.out.block("footnote", f"{number} {text}" if text else "", 0, number)

    def plain_lines(self, element: Element) -> Iterator[str]:
        """The words of a part where only words count: one string a paragraph, tables and boxes included."""
        for paragraph in element.iter(f"{W}p"):
            if any(local(parent) in {"txbxContent", "Fallback"} for parent in paragraph.iterancestors()):
                continue
            read = self.paragraph(paragraph)
            self._pending.extend(read.read.notes)
            if read.printed.strip():
                yield read.printed
            for box in read.read.boxes:
                yield from (self.paragraph(inner).printed for inner in box.iter(f"{W}p"))

    def running_parts(self, body: Element, kind: BlockKind) -> None:
        """The headers or footers of all sections, each text once; a page number alone is left out."""
        relations = self._package.relations(self._package.main)
        seen: set[str] = set()
        for reference in body.iter(f"{W}{kind}Reference"):
            relation = reference.get(f"{R}id", "")
            part = self._package.part(relations[relation][1]) if relation in relations else None
            for line in () if part is None else self.plain_lines(part):
                text = " ".join(line.split())
                if text not in seen and page_number_line(text) is None:
                    seen.add(text)
                    self.out.block(kind, text)

    def _foreign(self, element: Element) -> None:
        """A part in another format that Word shows in place: HTML is read, also as a web archive."""
        relations = self._package.relations(self._package.main)
        relation = element.get(f"{R}id", "")
        name = relations.get(relation, ("", ""))[1]
        if name.lower().endswith((".html", ".htm", ".xhtml")):
            from extractor.documents.html import add_html

            add_html(self._package.raw(name), self.out)
        elif name.lower().endswith((".mht", ".mhtml", ".eml")):
            from extractor.documents.html import add_html
            from extractor.documents.mail_eml import parse_eml

            add_html(parse_eml(self._package.raw(name)).html, self.out)


def _typed_number(text: str) -> str:
    found = heading_number(text)
    return found[0] if found else ""
