"""Reads plain text: stored as it is, with headings, lists, tables and contents recognised by their form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from extractor.documents.decode import clean, decode
from extractor.documents.limits import DEFAULT_LIMITS, Limits, read_text_bytes
from extractor.documents.outline import heading_levels
from extractor.documents.text_lines import line_blocks
from extractor.documents.text_transcript import transcript_blocks
from extractor.model import Block, Document, Page

FORM_FEED = "\f"


def read_text(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The text of a file; form feeds, where there are any, part it into numbered pages."""
    return document_of_text(clean(decode(read_text_bytes(path, limits))))


def document_of_text(text: str) -> Document:
    """The document that a plain text is."""
    texts = text.split(FORM_FEED)
    if len(texts) == 1:
        return _document((Page(None, text),), transcript_blocks(text) or line_blocks(text, 0))
    if not texts[-1].strip():
        texts.pop()
    pages = tuple(Page(number, page) for number, page in enumerate(texts, 1))
    return _document(pages, [block for index, page in enumerate(texts) for block in line_blocks(page, index)])


def _document(pages: tuple[Page, ...], blocks: Iterable[Block]) -> Document:
    """The document, its headings given their levels and its tables their numbers over all pages."""
    plain = Document("text", pages, tuple(blocks))
    headings = [plain.text(block.span) for block in plain.blocks if _is_open(block)]
    levels = iter(heading_levels(headings))
    leveled = [replace(block, level=next(levels)) if _is_open(block) else block for block in plain.blocks]
    return replace(plain, blocks=tuple(_number_tables(leveled)))


def _is_open(block: Block) -> bool:
    """Whether a heading's level is still to be found: Markdown's marks give theirs."""
    return block.kind == "heading" and block.level == 0


def _number_tables(blocks: Iterable[Block]) -> Iterable[Block]:
    """Tables are counted through a page; count them through the document."""
    count, last = -1, (-1, -1)
    for block in blocks:
        if block.table is None:
            yield block
            continue
        if (block.span.page, block.table) != last:
            count, last = count + 1, (block.span.page, block.table)
        yield replace(block, table=count)
