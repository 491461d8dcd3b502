"""Tables of a DOCX: merged and nested cells, header rows, and tables that only lay out the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from extractor.documents.assemble import Assembler, Row
from extractor.documents.docx_package import Element, W, attribute, is_on, local
from extractor.documents.docx_text import ParagraphText, is_prompt

MAX_SPAN = 63
"""Word allows no more columns."""
LONG_BAND_CHARS = 160
"""A cell over the whole width with more text than this is running text, not a heading row."""
TRANSPARENT = frozenset({"customXml", "ins", "moveTo", "sdtContent", "smartTag"})


class Printed(Protocol):
    """A paragraph as the body reader gives it."""

    @property
    def printed(self) -> str:
        """Its words with the automatic number."""
        ...

    @property
    def read(self) -> ParagraphText:
        """Its words, notes and boxes."""
        ...


class Stories(Protocol):
    """What a table needs of the reader of the body."""

    out: Assembler

    def story(self, element: Element) -> None:
        """Read block content into the document."""

    def paragraph(self, element: Element) -> Printed:
        """Read one paragraph."""
        ...

    def note_references(self, notes: tuple[tuple[str, str], ...]) -> None:
        """Keep notes for later."""

    def notes(self) -> None:
        """Place the notes that were kept."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: the columns it spans, whether it only goes on from the row above."""

    element: Element
    span: int
    covered: bool


class TableReader:
    """Reads tables into rows; a row that is one cell over the whole width is read as running text."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories

    def read(self, table: Element) -> None:
        """Add a table to the document."""
        rows = list(_children(table, "tr"))
        grid = [(row, list(_cells(row))) for row in rows]
        columns = max((len(cells) for _, cells in grid), default=0)
        number: int | None = None
        bold_rows: list[bool] = []
        for row, cells in grid:
            if columns <= 1 or len(cells) == 1 and _is_long(cells[0]):
                for cell in cells:
                    self._stories.story(cell.element)
                continue
            number = self._stories.out.open_table() if number is None else number
            texts, bold = self._row_texts(cells, _before(row))
            bold_rows.append(bold)
            header = is_on(row.find(f"{W}trPr/{W}tblHeader")) or (len(bold_rows) == 1 and bold and len(cells) > 1)
            self._stories.out.row(Row(tuple(texts), header and len(grid) > 1), number)
            self._stories.notes()

    def _row_texts(self, cells: Sequence[Cell], before: int) -> tuple[list[str], bool]:
        """The text of each column, and whether all that is written in the row is bold."""
        texts = [""] * before
        bold: list[bool] = []
        for cell in cells:
            lines = [] if cell.covered else list(self._cell_lines(cell.element))
            bold += [is_bold for line, is_bold in lines if line.strip()]
            texts += ["\n".join(line for line, _ in lines), *[""] * (cell.span - 1)]
        return texts, bool(bold) and all(bold)

    def _cell_lines(self, element: Element) -> Iterator[tuple[str, bool]]:
        for child in element:
            name = local(child)
            if name == "p":
                paragraph = self._stories.paragraph(child)
                self._stories.note_references(paragraph.read.notes)
                yield paragraph.printed, paragraph.read.bold
                for box in paragraph.read.boxes:
                    yield from self._cell_lines(box)
            elif name == "tbl":
                yield from self._nested(child)
            elif name == "sdt" and not is_prompt(child.find(f"{W}sdtPr")) or name in TRANSPARENT:
                yield from self._cell_lines(child)

    def _nested(self, table: Element) -> Iterator[tuple[str, bool]]:
        """A table inside a cell: one line a row."""
        for row in _children(table, "tr"):
            lines = [line for cell in _cells(row) for line in self._cell_lines(cell.element)]
            yield " ".join(line for line, _ in lines if line.strip()), all(bold for _, bold in lines)


def _children(element: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also where content controls wrap them; deleted rows are left out."""
    for child in element:
        name = local(child)
        if name == wanted:
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif name == "sdt" or name in TRANSPARENT:
            yield from _children(child, wanted)


def _cells(row: Element) -> Iterator[Cell]:
    for element in _children(row, "tc"):
        properties = element.find(f"{W}tcPr")
        span = "" if properties is None else attribute(properties.find(f"{W}gridSpan"))
        merge = None if properties is None else properties.find(f"{W}vMerge")
        covered = merge is not None and attribute(merge) != "restart"
        yield Cell(element, min(int(span), MAX_SPAN) if span.isdigit() and int(span) else 1, covered)


def _before(row: Element) -> int:
    value = attribute(row.find(f"{W}trPr/{W}gridBefore"))
    return min(int(value), MAX_SPAN) if value.isdigit() else 0


def _is_long(cell: Cell) -> bool:
    return sum(len(text.text or "") for text in cell.element.iter(f"{W}t")) > LONG_BAND_CHARS
