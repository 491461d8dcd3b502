"""The blocks of a PDF and the stored text of its pages, from its pages' lines and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from extractor.documents.furniture import EdgeLine, Furniture, find_furniture
from extractor.documents.pdf_headings import Outline, find_title, is_heading, levels_of, outline_of
from extractor.documents.pdf_layout import Placed, in_reading_order
from extractor.documents.pdf_lines import Line
from extractor.documents.pdf_notes import find_contents, find_notes, note_number
from extractor.documents.pdf_pages import PdfPage, PdfPages
from extractor.documents.pdf_paragraphs import Body, TextBlock, find_body, gather, is_dotted
from extractor.documents.pdf_tables import Table, TableRow
from extractor.documents.pdf_text import Joined, Origin, PageText, join_lines, vocabulary
from extractor.documents.structure import caption, heading_number, list_marker, page_number_line
from extractor.model import Block, BlockKind, Page, Span

TITLE_PAGES = 2
NEST = 4.0
"""Points: a list item this much further in is nested."""
SAME_EDGE = 6.0
"""Points: columns of a table that goes on on the next page stand this close to where they stood."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The pages with their stored text, the blocks in reading order, and where each page's lines come from."""

    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    origins: tuple[tuple[Origin, ...], ...]


@dataclass(slots=True)
class _Draft:
    """A block before its place in the text is known."""

    kind: BlockKind
    source: TextBlock | Table
    level: int = 0
    number: str = ""


@dataclass(slots=True)
class _Sheet:
    """A page on its way: furniture and drafts in reading order."""

    headers: list[Line]
    footers: list[Line]
    drafts: list[_Draft] = field(default_factory=list)


def compose(pdf: PdfPages) -> Composed:
    """The stored text and blocks of a PDF."""
    furniture = find_furniture([_edges(page) for page in pdf.pages])
    lines = [[item for item in page.items if isinstance(item, Line)] for page in pdf.pages]
    body = find_body(lines)
    sheets = _sheets(pdf, furniture, body)
    _name_headings(sheets, body, outline_of(pdf.outline))
    _nest_lists(sheets)
    broken = any(line.hyphen or line.text.endswith("-") for found in lines for line in found)
    words = vocabulary(lines) if broken else frozenset()
    printed = _printed(pdf.pages, furniture)
    return _Writer(words).write(sheets, printed)


def _edges(page: PdfPage) -> list[EdgeLine]:
    """All items, so that indices hold; a table stands in no edge."""
    height = page.height or 1.0
    return [
        EdgeLine(item.text, (item.box.y0 + item.box.y1) / 2 / height) if isinstance(item, Line) else EdgeLine("", 0.5)
        for item in page.items
    ]


def _printed(pages: Sequence[PdfPage], furniture: Furniture) -> tuple[str | None, ...]:
    """Printed page numbers, or the file's own labels where it prints none."""
    if any(furniture.printed):
        return furniture.printed
    return tuple(page_number_line(page.label) if page.label else None for page in pages)


def _sheets(pdf: PdfPages, furniture: Furniture, body: Body) -> list[_Sheet]:
    sheets = []
    contents = False
    for index, page in enumerate(pdf.pages):
        headers, footers = furniture.headers[index], furniture.footers[index]
        sheet = _Sheet(_furniture_lines(page, headers), _furniture_lines(page, footers))
        kept = [item for number, item in enumerate(page.items) if number not in headers | footers]
        placed = in_reading_order(kept)
        toc, contents = find_contents(placed, contents)
        sheet.drafts = list(_drafts(placed, body, toc))
        sheets.append(sheet)
    return sheets


def _furniture_lines(page: PdfPage, indices: frozenset[int]) -> list[Line]:
    lines = [item for index, item in enumerate(page.items) if index in indices and isinstance(item, Line)]
    return sorted(lines, key=lambda line: (round(line.base), line.box.x0))


def _drafts(placed: Sequence[Placed], body: Body, toc: frozenset[int]) -> Iterator[_Draft]:
    notes, starts = find_notes(placed, body)
    for block in gather(placed, body, starts | toc):
        if isinstance(block, Table):
            yield _Draft("table_row", block)
        elif id(block.first) in toc or is_dotted(block.lines[-1].text):
            yield _Draft("toc", block)
        elif id(block.first) in notes:
            yield _Draft("footnote", block, number=note_number(block.first.text))
        elif caption(block.first.text) is not None:
            yield _Draft("caption", block, number=caption(block.first.text) or "")
        else:
            yield _Draft("paragraph", block)


def _name_headings(sheets: Sequence[_Sheet], body: Body, outline: Outline) -> None:
    """Tell title, headings and list items from paragraphs."""
    title = _title(sheets, body)
    headings: list[tuple[_Draft, TextBlock, int]] = []
    for page, sheet in enumerate(sheets):
        for draft, following in zip_longest(sheet.drafts, sheet.drafts[1:]):
            block = draft.source
            if draft.kind != "paragraph" or not isinstance(block, TextBlock):
                continue
            after = following.source.first.text if following and isinstance(following.source, TextBlock) else ""
            if block is title:
                draft.kind = "title"
            elif is_heading(block, body, outline, page, after):
                draft.kind = "heading"
                headings.append((draft, block, page))
            elif (marker := list_marker(block.first.text)) is not None:
                draft.kind, draft.number = "list_item", marker
    levels = levels_of([(block, page) for _, block, page in headings], outline)
    for (draft, block, _), level in zip(headings, levels, strict=True):
        number = heading_number(block.text)
        draft.level, draft.number = level, number[0] if number is not None else ""


def _title(sheets: Sequence[_Sheet], body: Body) -> TextBlock | None:
    for sheet in sheets[:TITLE_PAGES]:
        blocks = [d.source for d in sheet.drafts if d.kind == "paragraph" and isinstance(d.source, TextBlock)]
        if blocks:
            return find_title(blocks, body)
    return None


def _nest_lists(sheets: Sequence[_Sheet]) -> None:
    """The nesting of list items, from how far in they stand under the last heading."""
    edges: list[float] = []
    column = 0
    for draft in (draft for sheet in sheets for draft in sheet.drafts):
        if draft.kind in ("heading", "table_row") or not isinstance(draft.source, TextBlock):
            edges.clear()
        elif draft.kind == "list_item":
            left = draft.source.first.box.x0
            if draft.source.column != column:
                edges.clear()
            column = draft.source.column
            while edges and left < edges[-1] - NEST:
                edges.pop()
            if not edges or left > edges[-1] + NEST:
                edges.append(left)
            draft.level = len(edges) - 1


class _Writer:
    """Writes the pages' texts and the blocks with their places."""

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words
        self.blocks: list[Block] = []
        self.tables = 0
        self.open_table: tuple[Table, tuple[str, ...]] | None = None
        """The table at the foot of the last page, and its header row's cells."""

    def write(self, sheets: Sequence[_Sheet], printed: Sequence[str | None]) -> Composed:
        pages: list[Page] = []
        origins: list[tuple[Origin, ...]] = []
        for index, sheet in enumerate(sheets):
            text = PageText()
            self._lines(text, index, "header", sheet.headers)
            self._body(text, index, sheet.drafts)
            self._lines(text, index, "footer", sheet.footers)
            pages.append(Page(index + 1, text.text(), printed[index]))
            origins.append(tuple(text.origins))
        return Composed(tuple(pages), tuple(self.blocks), tuple(origins))

    def _lines(self, text: PageText, page: int, kind: BlockKind, lines: Sequence[Line]) -> None:
        for line in lines:
            start, end = text.add(join_lines([line], self.words))
            self.blocks.append(Block(kind, Span(page, start, end)))

    def _body(self, text: PageText, page: int, drafts: Sequence[_Draft]) -> None:
        main = [draft for draft in drafts if draft.kind not in ("footnote", "caption")]
        for draft in drafts:
            if isinstance(draft.source, Table):
                self._table(text, page, draft.source, first=draft is main[0])
                continue
            start, end = text.add(join_lines(draft.source.lines, self.words))
            self.blocks.append(Block(draft.kind, Span(page, start, end), draft.level, draft.number))
        if not main or not isinstance(main[-1].source, Table):
            self.open_table = None

    def _table(self, text: PageText, page: int, table: Table, first: bool) -> None:
        header = self._continued(table) if first else None
        if header is None:
            self.tables += 1
            header = _words(table.rows[0]) if table.rows[0].header else ()
        for index, row in enumerate(table.rows):
            spans = text.add_row([self._cell(cell.lines) for cell in row.cells])
            cells = tuple(Span(page, start, end) for start, end in spans)
            names = (row.header and index == 0) or (bool(header) and _words(row) == header)
            span = Span(page, cells[0].start, cells[-1].end)
            self.blocks.append(Block("table_row", span, table=self.tables, cells=cells, header_row=names))
        self.open_table = table, header

    def _continued(self, table: Table) -> tuple[str, ...] | None:
        """The header cells of the table that goes on here, None when none does."""
        if self.open_table is None:
            return None
        before, header = self.open_table
        same = len(before.edges) == len(table.edges) and all(
            abs(a - b) <= SAME_EDGE for a, b in zip(before.edges, table.edges, strict=True)
        )
        if not same or (table.rows[0].header and header and _words(table.rows[0]) != header):
            return None
        return header or (_words(table.rows[0]) if table.rows[0].header else ())

    def _cell(self, lines: Sequence[Line]) -> Joined:
        return join_lines(lines, self.words)


def _words(row: TableRow) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)
