"""Hand-made documents for tests.

The markup: "! " a title line, "# " to "#### " a heading, "- " a list item, "~ " a footer, a tab a table row,
a form feed a page break, a blank line between paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.documents.describe import describe
from extractor.model import Block, BlockKind, Document, Page, Properties, Source, Span
from extractor.passages import make_passages

_MARKS: tuple[tuple[str, BlockKind, int], ...] = (
    ("#### ", "heading", 4),
    ("### ", "heading", 3),
    ("## ", "heading", 2),
    ("# ", "heading", 1),
    ("! ", "title", 1),
    ("- ", "list_item", 0),
    ("~ ", "footer", 0),
)


def document(text: str, *, format: str = "pdf", properties: Properties | None = None) -> Document:
    """A document from the markup."""
    pages: list[Page] = []
    blocks: list[Block] = []
    table = 0
    for index, page in enumerate(text.split("\f")):
        stored = ""
        was_row = False
        for kind, level, body in _parts(page):
            is_row = kind == "table_row"
            table += is_row and not was_row
            start = len(stored)
            cells = _cells(body, index, start) if is_row else ()
            span = Span(index, start, start + len(body))
            blocks.append(Block(kind, span, level, table=table if is_row else None, cells=cells))
            stored += body + "\n"
            was_row = is_row
        pages.append(Page(index + 1, stored))
    return Document(format, tuple(pages), tuple(blocks), properties or Properties())


def source(text: str, *, file: str = "report.pdf", properties: Properties | None = None) -> Source:
    """A document of the markup, described and cut into passages."""
    read = document(text, properties=properties)
    return Source(file, "0" * 64, read, describe(read, file), make_passages(read))


def _parts(page: str) -> Iterator[tuple[BlockKind, int, str]]:
    paragraph: list[str] = []
    for line in [*page.split("\n"), ""]:
        part = _marked(line)
        if part or not line.strip():
            if paragraph:
                yield "paragraph", 0, "\n".join(paragraph)
                paragraph = []
            if part:
                yield part
        else:
            paragraph.append(line)


def _marked(line: str) -> tuple[BlockKind, int, str] | None:
    if "\t" in line:
        return "table_row", 0, line
    for mark, kind, level in _MARKS:
        if line.startswith(mark):
            return kind, level, line.removeprefix(mark)
    return None


def _cells(row: str, page: int, start: int) -> tuple[Span, ...]:
    spans: list[Span] = []
    for cell in row.split("\t"):
        spans.append(Span(page, start, start + len(cell)))
        start += len(cell) + 1
    return tuple(spans)
