"""Reads OpenDocument text (and OpenOffice 1) by walking its XML: headings, lists, tables, notes, text boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.documents.assemble import Assembler, Row
from extractor.documents.docx_headings import Candidate, mark_headings
from extractor.documents.docx_tables import LONG_BAND_CHARS
from extractor.documents.limits import Limits, Package
from extractor.documents.odt_styles import Counter as ListCounter
from extractor.documents.odt_styles import Styles, TextStyle
from extractor.documents.safe_xml import Element, attribute, child, children, local, parse
from extractor.documents.structure import (
    caption,
    heading_number,
    is_contents_title,
    list_marker,
    page_number_line,
    toc_entry,
)
from extractor.errors import DocumentError
from extractor.model import BlockKind, Document, Properties

MAX_HEADING_CHARS = 250
MAX_SPACES = 200
MAX_COLUMNS = 64
MAX_REPEATED_ROWS = 50
USUAL_SIZE = 24
"""Half points: what a style that names no size has."""
TRANSPARENT = frozenset(
    {"section", "index-body", "change-start", "numbered-paragraph", "text-box", "index-title", "g", "page"}
)
CONTENTS = frozenset({"table-of-content", "table-index", "illustration-index", "alphabetical-index", "user-index"})
LEFT_OUT = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "variable-decls", "forms", "ruby-text",
     "user-field-decls", "bibliography-configuration", "event-listeners", "desc", "title"}
)  # fmt: skip


def read_odt(path: Path, limits: Limits) -> Document:
    """The text of an OpenDocument text, as one page without number."""
    with Package(path, limits) as package:
        if "content.xml" not in package:
            raise DocumentError("damaged", "the package holds no content")
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise DocumentError("password", "an OpenDocument file with a password; save a copy without it")
        content = parse(package.read("content.xml"))
        styles = parse(package.read("styles.xml")) if "styles.xml" in package else None
        meta = parse(package.read("meta.xml")) if "meta.xml" in package else None
    return OdtReader(content, styles).document(_properties(meta))


@dataclass(slots=True)
class _Words:
    """What a paragraph has given: its words, notes, text boxes, and how much of it is bold."""

    parts: list[str] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    sizes: Counter[int] = field(default_factory=Counter)
    letters: int = 0
    bold: int = 0


class OdtReader:
    """Walks the body and puts its blocks together."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self.out = Assembler()
        self._content = content
        self._style_part = styles
        self._styles = Styles()
        self._styles.load(styles)
        self._styles.load(content)
        self._outline = ListCounter(self._styles.outline)
        self._lists: dict[str, ListCounter] = {}
        self._candidates: list[Candidate] = []
        self._sizes: Counter[int] = Counter()
        self._contents = 0
        self._notes = {"footnote": 0, "endnote": 0}

    def document(self, properties: Properties) -> Document:
        """The document that the parts hold."""
        body = child(self._content, "body")
        text = child(body, "text")
        if text is None:
            text = body  # OpenOffice 1
        if text is None:
            raise DocumentError("damaged", "the document has no body")
        self._running("header")
        self._story(text)
        self._running("footer")
        mark_headings(self.out, self._candidates, self._sizes)
        return self.out.document("odt", properties)

    # ------------------------------------------------------------------ blocks

    def _story(self, element: Element) -> None:
        for part in element:
            name = local(part)
            if name in {"p", "h"}:
                self._paragraph(part)
            elif name in {"list", "ordered-list", "unordered-list"}:
                self._list(part, "", 1)
            elif name == "table":
                self._table(part)
            elif name in CONTENTS:
                self._contents += 1
                self._story(part)
                self._contents -= 1
            elif name in TRANSPARENT or name == "frame":
                self._story(part)

    def _paragraph(self, element: Element, label: str = "", depth: int = 0) -> None:
        style = self._styles.get(attribute(element, "style-name"))
        words = self._words(element, style)
        text = "".join(words.parts).strip()
        if local(element) == "h" and not label:
            label = self._outline_label(element)
        if text:
            self._add(element, text, style, words, label, depth)
        for note in words.notes:
            self._note(note)
        for box in words.boxes:
            self._story(box)

    def _outline_label(self, element: Element) -> str:
        level = _level(element)
        if not level or attribute(element, "is-list-header") == "true":
            return ""
        return self._outline.next(level)

    def _add(self, element: Element, text: str, style: TextStyle, words: _Words, label: str, depth: int) -> None:
        kind, level, number = self._kind(element, text, style, label, depth)
        before = len(self.out.blocks)
        self.out.block(kind, f"{label} {text}" if label else text, level, number)
        if len(self.out.blocks) > before and kind in {"paragraph", "list_item"}:
            self._sizes.update(words.sizes)
            bold = words.letters > 0 and words.bold >= words.letters
            self._candidates.append(Candidate(before, bold, max(words.sizes, default=0), bool(label)))

    def _kind(
        self, element: Element, text: str, style: TextStyle, label: str, depth: int
    ) -> tuple[BlockKind, int, str]:
        if self._contents or self._is_contents(text):
            return "toc", 0, ""
        if "title" in style.names:
            return "title", 0, ""
        level = _level(element) if local(element) == "h" else 0
        if level and len(text) <= MAX_HEADING_CHARS:
            typed = heading_number(text)
            return "heading", level, label.rstrip(".:") or (typed[0] if typed else "")
        if "caption" in style.names or (caption(text) and not label):
            return "caption", 0, caption(text) or ""
        if label:
            return "list_item", max(depth - 1, 0), label
        marker = list_marker(text)
        return ("list_item", 0, marker) if marker else ("paragraph", 0, "")

    def _is_contents(self, text: str) -> bool:
        entry = toc_entry(text)
        if entry is None or not self.out.blocks:
            return False
        return entry.dotted or self.out.blocks[-1].kind == "toc" or is_contents_title(self.out.text_of(-1))

    def _list(self, element: Element, style: str, depth: int) -> None:
        style = attribute(element, "style-name") or style
        counter = self._counter(element, style, depth)
        for item in element:
            labelled = local(item) != "list-item"
            for part in item:
                name = local(part)
                if name in {"list", "ordered-list", "unordered-list"}:
                    self._list(part, style, depth + 1)
                elif name in {"p", "h"}:
                    label = "" if labelled else counter.next(depth)
                    labelled = True
                    self._paragraph(part, label, depth)
                elif name == "table":
                    self._table(part)

    def _counter(self, element: Element, style: str, depth: int) -> ListCounter:
        """The list's count, which goes on where the list says so; a list begins anew otherwise."""
        goes_on = attribute(element, "continue-numbering") == "true" or attribute(element, "continue-list")
        if style not in self._lists or (depth == 1 and not goes_on):
            self._lists[style] = ListCounter(self._styles.lists.get(style, {}))
        return self._lists[style]

    def _note(self, note: Element) -> None:
        kind = attribute(note, "note-class") or local(note)
        body = next((part for part in note if local(part).endswith("-body")), None)
        mark = next((part for part in note if local(part).endswith("-citation")), None)
        self._notes[kind] = self._notes.get(kind, 0) + 1
        number = "".join(mark.itertext()).strip() if mark is not None else str(self._notes[kind])
        text = "\n".join(self._plain(body)).strip()
        self.out.block("footnote", f"{number} {text}" if text else "", 0, number)

    def _plain(self, element: Element | None) -> Iterator[str]:
        """The words of a part where only words count, one string a paragraph."""
        for part in () if element is None else element:
            if local(part) in {"p", "h"}:
                words = self._words(part, self._styles.get(attribute(part, "style-name")))
                yield "".join(words.parts)
                for box in words.boxes:
                    yield from self._plain(box)
            elif local(part) not in LEFT_OUT:
                yield from self._plain(part)

    def _running(self, kind: BlockKind) -> None:
        """The headers or footers of all kinds of pages, each text once; a page number alone is left out."""
        seen: set[str] = set()
        for page in children(child(self._style_part, "master-styles"), "master-page"):
            for part in page:
                if local(part) not in {kind, f"{kind}-left", f"{kind}-first"}:
                    continue
                for line in self._plain(part):
                    text = " ".join(line.split())
                    if text and text not in seen and page_number_line(text) is None:
                        seen.add(text)
                        self.out.block(kind, text)

    # ------------------------------------------------------------------ tables

    def _table(self, table: Element) -> None:
        rows = list(_rows(table, header=False))
        columns = max((_width(row) for row, _ in rows), default=0)
        number: int | None = None
        for row, header in rows:
            cells = [cell for cell in row if local(cell) in {"table-cell", "covered-table-cell"}]
            if columns <= 1 or self._is_band(cells):
                for cell in cells:
                    self._story(cell)
                continue
            number = self.out.open_table() if number is None else number
            self.out.row(Row(tuple(self._row(cells)), header), number)

    def _is_band(self, cells: Sequence[Element]) -> bool:
        """Whether a row is one cell of running text over the whole width."""
        shown = [cell for cell in cells if local(cell) == "table-cell"]
        return len(shown) == 1 and len("".join(shown[0].itertext())) > LONG_BAND_CHARS

    def _row(self, cells: Iterable[Element]) -> Iterator[str]:
        width = 0
        for cell in cells:
            repeated = _count(cell, "number-columns-repeated", MAX_COLUMNS - width)
            text = "" if local(cell) == "covered-table-cell" else "\n".join(filter(str.strip, self._cell(cell)))
            for _ in range(max(repeated, 0)):
                width += 1
                yield text

    def _cell(self, cell: Element) -> Iterator[str]:
        for part in cell:
            name = local(part)
            if name in {"list", "ordered-list", "unordered-list"}:
                yield from self._cell_list(part, "", 1)
            elif name == "table":
                for row, _ in _rows(part, header=False):
                    yield " ".join(text for text in self._row(children(row, "table-cell")) if text)
            elif name in {"p", "h"}:
                yield "".join(self._words(part, TextStyle()).parts)

    def _cell_list(self, element: Element, style: str, depth: int) -> Iterator[str]:
        style = attribute(element, "style-name") or style
        counter = self._counter(element, style, depth)
        for item in element:
            for part in item:
                if local(part) in {"p", "h"}:
                    yield f"{counter.next(depth)} {''.join(self._words(part, TextStyle()).parts)}".strip()
                else:
                    yield from self._cell_list(part, style, depth + 1)

    # ------------------------------------------------------------------ words

    def _words(self, paragraph: Element, style: TextStyle) -> _Words:
        words = _Words()
        self._walk(paragraph, words, style)
        return words

    def _walk(self, element: Element, words: _Words, style: TextStyle) -> None:
        self._emit(element.text, words, style)
        for part in element:
            self._inline(part, words, style)
            self._emit(part.tail, words, style)

    def _inline(self, part: Element, words: _Words, style: TextStyle) -> None:
        name = local(part)
        if name in SPACES:
            words.parts.append(SPACES[name])
        elif name == "s":
            words.parts.append(" " * _count(part, "c", MAX_SPACES))
        elif name in {"note", "footnote", "endnote"}:
            words.notes.append(part)
        elif name in {"text-box", "frame"}:
            words.boxes.append(part)
        elif name == "span":
            own = self._styles.get(attribute(part, "style-name"))
            look = TextStyle((), style.bold if own.bold is None else own.bold, own.size or style.size)
            self._walk(part, words, look)
        elif name not in LEFT_OUT:
            self._walk(part, words, style)

    def _emit(self, text: str | None, words: _Words, style: TextStyle) -> None:
        if not text:
            return
        folded = " ".join(text.split(" ")) if "\n" not in text and "\t" not in text else " ".join(text.split())
        if text[:1].isspace() and not folded[:1].isspace():
            folded = f" {folded}"
        if text[-1:].isspace() and not folded[-1:].isspace():
            folded = f"{folded} "
        words.parts.append(folded)
        length = len(folded) - folded.count(" ")
        words.letters += length
        words.bold += length if style.bold else 0
        words.sizes[style.size or USUAL_SIZE] += length


SPACES: Mapping[str, str] = {"tab": "\t", "tab-stop": "\t", "line-break": "\n", "soft-page-break": ""}


def _rows(table: Element, header: bool) -> Iterator[tuple[Element, bool]]:
    """The rows of a table and whether each names the columns; empty rows that only fill the page once."""
    for part in table:
        name = local(part)
        if name == "table-row":
            for _ in range(_count(part, "number-rows-repeated", MAX_REPEATED_ROWS) if "".join(part.itertext()) else 1):
                yield part, header
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(part, header or name == "table-header-rows")


def _width(row: Element) -> int:
    cells = [cell for cell in row if local(cell) in {"table-cell", "covered-table-cell"}]
    return sum(_count(cell, "number-columns-repeated", MAX_COLUMNS) for cell in cells)


def _count(element: Element, name: str, most: int) -> int:
    value = attribute(element, name)
    return min(int(value), most) if value.isdigit() else 1


def _level(element: Element) -> int:
    value = attribute(element, "outline-level") or attribute(element, "level")
    return min(int(value), 9) if value.isdigit() else 1


def _properties(meta: Element | None) -> Properties:
    found: dict[str, str] = {}
    for element in () if meta is None else meta.iter():
        found.setdefault(local(element), (element.text or "").strip())
    return Properties(
        title=found.get("title", ""),
        author=found.get("initial-creator", "") or found.get("creator", ""),
        created=found.get("creation-date", ""),
        language=found.get("language", ""),
    )
