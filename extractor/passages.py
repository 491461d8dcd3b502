"""Document -> passages: sentences, list items, table rows and headings, each with its heading path and place.

Running headers, footers and tables of contents are no passages. A paragraph that runs on over a page break is
read as one, so that its sentences stay whole; such a sentence has a span on each page it touches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.model import Block, Document, Passage, Span

MAX_PASSAGE_CHARS = 1_000
"""A longer sentence is cut at a semicolon, comma or space: it is text without full stops, not a sentence."""

MAX_ABBREVIATION = 12
HEADING_MARKS = " .:)–—-"
"""What stands between a heading's number and its words."""
SKIPPED_KINDS = frozenset({"header", "footer", "toc"})
BETWEEN_KINDS = frozenset({"header", "footer", "footnote", "caption"})
"""May stand between the two halves of a paragraph that a page break divides."""
PAGE_MARKS = frozenset({"header", "footer"})
MAX_BETWEEN = 12
"""Blocks looked at for the other half of a paragraph."""
RUNNING_KINDS = frozenset({"paragraph", "list_item"})
SENTENCE_ENDS = (".", "!", "?", ":", ";", "”", '"', ")", "]")

_BOUNDARY = re.compile(
    r"[.!?…][\"'”’)\]]*[\s]+(?=[\"'“‘(\[«¿¡]*[A-ZÀ-ÞΑ-ΩА-Я0-9•–])"
    r"|[.!?][\"”’)]*\d{1,3}\s+(?=[A-ZÀ-Þ])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:[A-Za-z]|[A-Z]\.(?:[A-Z]\.)*[A-Z]?|(?i:mr|mrs|ms|dr|prof|st|no|nos|nr|vol|pp?|ed|eds|fig|figs|tab|"
    r"approx|est|inc|ltd|co|corp|dept|govt|min|gen|col|sgt|rev|hon|art|arts|sec|sect|ch|chap|para|paras|annex|cf|vs|"
    r"e\.g|i\.e|etc|al|viz|ibid|op|cit|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mill?|mio|u\.s|u\.n|us|ph\.d|ref|"
    r"ext|tel|resp|incl|excl|ca|núm|núms|art|sr|sra|mme|m|env))\.$"
)
_CONTENT = re.compile(r"\w", re.UNICODE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of one page inside a joined paragraph: its place, and where it starts in the joined text."""

    span: Span
    offset: int


def make_passages(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in reading order."""
    starts = _page_starts(document)
    total = max(1, starts[-1])
    path: list[tuple[int, str]] = []
    passages: list[Passage] = []
    for index, run in _runs(document):
        block = document.blocks[index]
        headings = tuple(text for _, text in path)
        for spans, text in _split(document, block, run):
            position = (starts[spans[0].page] + spans[0].start) / total
            passages.append(Passage(text, spans, block.kind, headings, index, round(position, 4)))
        if block.kind == "heading":
            path = [(level, text) for level, text in path if level < block.level]
            path.append((block.level, _heading_text(document, block)))
    return tuple(passages)


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each sentence in a text, without the white space around it."""
    start = 0
    for match in _BOUNDARY.finditer(text):
        end = match.end()
        before = text[max(start, match.start() - MAX_ABBREVIATION) : match.start() + 1]
        if before.endswith(".") and _ABBREVIATION.search(before):
            continue
        yield from _cut(text, start, end)
        start = end
    yield from _cut(text, start, len(text))


def fold(text: str) -> str:
    """A text with each run of white space as one space."""
    return " ".join(text.split())


def _page_starts(document: Document) -> list[int]:
    starts = [0]
    for page in document.pages:
        starts.append(starts[-1] + len(page.text))
    return starts


def _heading_text(document: Document, block: Block) -> str:
    text = fold(document.text(block.span))
    return text.removeprefix(block.number).lstrip(HEADING_MARKS) if block.number else text


def _runs(document: Document) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Each block that is read, with the spans of the blocks that carry it on over page breaks."""
    blocks = document.blocks
    taken: set[int] = set()
    for index, block in enumerate(blocks):
        if index in taken or block.kind in SKIPPED_KINDS:
            continue
        spans = [block.span]
        last = index
        while block.kind in RUNNING_KINDS and (following := _continuation(document, last)) is not None:
            taken.add(following)
            spans.append(blocks[following].span)
            last = following
        yield index, tuple(spans)


def _continuation(document: Document, index: int) -> int | None:
    """The block behind a page break that goes on in mid-sentence where block `index` stops.

    A format without pages marks a break by the running header or footer that stands there.
    """
    blocks = document.blocks
    text = document.text(blocks[index].span).rstrip()
    if not text or text.endswith(SENTENCE_ENDS):
        return None
    broken = False
    for following in range(index + 1, min(index + MAX_BETWEEN, len(blocks))):
        block = blocks[following]
        broken = broken or block.kind in PAGE_MARKS or block.span.page == blocks[index].span.page + 1
        if block.kind in BETWEEN_KINDS:
            continue
        goes_on = broken and block.kind == "paragraph" and block.span.page <= blocks[index].span.page + 1
        return following if goes_on and document.text(block.span).lstrip()[:1].islower() else None
    return None


def _split(document: Document, block: Block, run: Sequence[Span]) -> Iterator[tuple[tuple[Span, ...], str]]:
    """The sentences of a run of spans; headings, captions, table rows and titles stay whole."""
    joined, pieces = _join(document, run)
    if block.kind in RUNNING_KINDS or block.kind == "footnote":
        places: Iterable[tuple[int, int]] = split_sentences(joined)
    else:
        places = _cut(joined, 0, len(joined))
    for start, end in places:
        spans = tuple(_locate(pieces, start, end))
        text = fold(joined[start:end])
        if spans and _CONTENT.search(text):
            yield spans, text


def _join(document: Document, run: Sequence[Span]) -> tuple[str, list[_Piece]]:
    texts: list[str] = []
    pieces: list[_Piece] = []
    offset = 0
    for span in run:
        text = document.text(span)
        pieces.append(_Piece(span, offset))
        texts.append(text)
        offset += len(text) + 1
    return "\n".join(texts), pieces


def _locate(pieces: Sequence[_Piece], start: int, end: int) -> Iterator[Span]:
    """The places in page text of joined[start:end]; the newline that joins two pieces belongs to none."""
    for piece in pieces:
        length = piece.span.end - piece.span.start
        first = max(start - piece.offset, 0)
        last = min(end - piece.offset, length)
        if first < last:
            yield Span(piece.span.page, piece.span.start + first, piece.span.start + last)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without white space around it, in pieces of at most MAX_PASSAGE_CHARS."""
    while start < end:
        stop = end if end - start <= MAX_PASSAGE_CHARS else _cut_point(text, start, start + MAX_PASSAGE_CHARS)
        stretch = text[start:stop]
        left = len(stretch) - len(stretch.lstrip())
        right = len(stretch.rstrip())
        if left < right:
            yield start + left, start + right
        start = stop


def _cut_point(text: str, start: int, limit: int) -> int:
    for mark in ("; ", ", ", " ", "\n"):
        found = text.rfind(mark, start + MAX_PASSAGE_CHARS // 3, limit)
        if found > 0:
            return found + len(mark)
    return limit
