"""Puts a document's stored text together block by block, so that every span is exact by construction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.documents.decode import clean
from extractor.model import Block, BlockKind, Document, Page, Properties, Span

TIGHT_KINDS = frozenset({"list_item", "table_row", "toc"})
"""Blocks of these kinds follow each other without a blank line."""

_LINE_SPACE = re.compile(r"[ \t\f\v]*\n[ \t\f\v]*")
_CELL_SPACE = re.compile(r"[ \t\f\v]+")
_BLANK_LINES = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Row:
    """A table row before it is placed: the text of its cells, one a column; a covered cell is empty."""

    cells: tuple[str, ...]
    header: bool = False


class Assembler:
    """Collects blocks into one page without number, the form of every format that has no pages."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._tables = 0
        self.blocks: list[Block] = []

    def block(self, kind: BlockKind, text: str, level: int = 0, number: str = "") -> None:
        """Add a block of text; a blank one is left out."""
        text = tidy(text)
        if not text:
            return
        start = self._place(kind, text)
        self.blocks.append(Block(kind, Span(0, start, start + len(text)), level, number))

    def open_table(self) -> int:
        """The number of the next table."""
        self._tables += 1
        return self._tables - 1

    def table(self, rows: Sequence[Row]) -> None:
        """Add a whole table."""
        if any(any(row.cells) for row in rows):
            number = self.open_table()
            for row in rows:
                self.row(row, number)

    def row(self, row: Row, table: int) -> None:
        """Add a row to a table; one without any text is left out."""
        texts = [tidy_cell(cell) for cell in row.cells]
        if not any(texts):
            return
        offset = start = self._place("table_row", "\t".join(texts))
        cells: list[Span] = []
        for text in texts:
            cells.append(Span(0, offset, offset + len(text)))
            offset += len(text) + 1
        span = Span(0, start, offset - 1)
        self.blocks.append(Block("table_row", span, table=table, cells=tuple(cells), header_row=row.header))

    def _place(self, kind: BlockKind, text: str) -> int:
        if self.blocks:
            last = self.blocks[-1].kind
            gap = "\n" if kind == last and kind in TIGHT_KINDS else "\n\n"
            self._parts.append(gap)
            self._length += len(gap)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def change(self, index: int, kind: BlockKind, level: int, number: str = "") -> None:
        """Say what a block is once more of the document is known."""
        self.blocks[index] = replace(self.blocks[index], kind=kind, level=level, number=number)

    def text_of(self, index: int) -> str:
        """The text of a block, by its index."""
        return self._parts[2 * index]  # parts are block, gap, block, gap, ...

    def document(self, format_: str, properties: Properties) -> Document:
        """The document that was put together."""
        page = Page(None, "".join(self._parts))
        return Document(format_, (page,), tuple(self.blocks), properties)


def tidy(text: str) -> str:
    """A block's text without the white space that only lays it out."""
    return _BLANK_LINES.sub("\n", _LINE_SPACE.sub("\n", clean(text))).strip()


def tidy_cell(text: str) -> str:
    """A cell's text, which holds no tab: tabs stand between cells."""
    return _CELL_SPACE.sub(" ", tidy(text))
