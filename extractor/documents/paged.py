"""One document out of several parts that were put together one by one: slides, sheets, the head and body of a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.model import Block, Document, Page, Properties, Span

PRINTED_CHARS = 20
"""What stands for a printed page number may be this long."""
PART_GAP = "\n\n"


def as_pages(format_: str, parts: Iterable[tuple[str, Document]], properties: Properties) -> Document:
    """Documents of one page each as the numbered pages of one; the words before each are its printed number."""
    pages: list[Page] = []
    blocks: list[Block] = []
    for printed, part in parts:
        page = replace(part.pages[0], number=len(pages) + 1, printed=printed[:PRINTED_CHARS] or None)
        blocks.extend(_moved(part.blocks, len(pages), 0, _tables(blocks)))
        pages.append(page)
    return Document(format_, tuple(pages), tuple(blocks), properties)


def as_one_page(format_: str, parts: Sequence[Document], properties: Properties) -> Document:
    """Documents of one page each, one after the other on one page without number."""
    text = ""
    blocks: list[Block] = []
    for part in parts:
        if not part.pages[0].text:
            continue
        text += PART_GAP if text else ""
        blocks.extend(_moved(part.blocks, 0, len(text), _tables(blocks)))
        text += part.pages[0].text
    return Document(format_, (Page(None, text),), tuple(blocks), properties)


def _tables(blocks: Iterable[Block]) -> int:
    """How many tables there are so far."""
    return max((block.table + 1 for block in blocks if block.table is not None), default=0)


def _moved(blocks: Iterable[Block], page: int, offset: int, tables: int) -> Iterator[Block]:
    for block in blocks:
        cells = tuple(_shifted(cell, page, offset) for cell in block.cells)
        table = None if block.table is None else block.table + tables
        yield replace(block, span=_shifted(block.span, page, offset), cells=cells, table=table)


def _shifted(span: Span, page: int, offset: int) -> Span:
    return Span(page, span.start + offset, span.end + offset)
