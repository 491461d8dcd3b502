"""Lines of plain text -> blocks, whether paragraphs are wrapped, stand in one long line each, or were cut apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.documents.structure import (
    caption,
    heading_number,
    is_contents_title,
    list_marker,
    looks_like_heading,
    page_number_line,
    toc_entry,
)
from extractor.model import Block, BlockKind, Span

LONG_LINE_CHARS = 200
LONG_LINE_SHARE = 0.02
MIN_WRAP_CHARS = 40
FULL_LINE_SHARE = 0.6
FRAGMENT_CHARS = 80
MAX_FRAGMENTS = 3
LEADS_ON_CHARS = 60
MAX_CONTENTS_LINES = 400
MAX_CONTENTS_CHARS = 180
INDENT_CHARS = 2
MAX_INDENT = 8

_LINE = re.compile(r"[^\n]+")
_RULE = re.compile(r"\s*([-=_*~#+])(?:\s*\1){2,}\s*\Z")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_NOTE = re.compile(r"\s*([¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]*|\[\^?\d{1,3}\]:?)\s*(?=\w|[\"“(])")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]*_]*\s*\Z")
_PIPE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\Z")
_NUMERIC = re.compile(r"\W*\d[\d.,%\s]*\W*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: its place, its words, and whether a blank line stands before and after it."""

    start: int
    end: int
    text: str
    blank_before: bool
    blank_after: bool
    indent: int


def line_blocks(text: str, page: int) -> list[Block]:
    """The blocks of one page of text; headings without marks have level 0, to be set over the whole document."""
    return _Reader(list(split_lines(text)), page).blocks()


def split_lines(text: str) -> Iterator[Line]:
    """The lines that hold something, without the white space around them."""
    matches = [match for match in _LINE.finditer(text) if match.group().strip()]
    for index, match in enumerate(matches):
        raw = match.group()
        start = match.start() + len(raw) - len(raw.lstrip(" \u3000"))
        words = text[start : match.end()].rstrip(" \u3000")
        if not words.strip():
            continue
        before = index == 0 or text.count("\n", matches[index - 1].end(), match.start()) > 1
        after = index + 1 == len(matches) or text.count("\n", match.end(), matches[index + 1].start()) > 1
        indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        yield Line(start, start + len(words), words, before, after, indent)


def wrap_width(lines: Sequence[Line]) -> int:
    """The width to which paragraphs are wrapped; 0 where each paragraph is one line."""
    long_lines = sum(len(line.text) > LONG_LINE_CHARS for line in lines)
    running = sorted(len(line.text) for line in lines if not line.blank_after and "\t" not in line.text)
    if not running or long_lines > LONG_LINE_SHARE * len(lines):
        return 0
    width = running[int(0.9 * (len(running) - 1))]
    return width if width >= MIN_WRAP_CHARS else 0


class _Reader:
    """Goes through the lines of a page once, block by block."""

    def __init__(self, lines: Sequence[Line], page: int) -> None:
        self._lines = lines
        self._page = page
        self._wrap = wrap_width(lines)
        self._has_blanks = sum(line.blank_before for line in lines) > len(lines) / 10
        self._found: list[Block] = []
        self._tables = 0

    def blocks(self) -> list[Block]:
        """All blocks of the page."""
        index = 0
        while index < len(self._lines):
            index = self._next(index)
        return self._found

    def _next(self, index: int) -> int:
        """Read the block that starts at a line; gives the line after it."""
        line = self._lines[index]
        if _RULE.match(line.text) and list_marker(line.text) is None:
            return index + 1
        if is_contents_title(line.text) and index + 2 < len(self._lines):
            return self._contents(index)
        table_end = self._table_end(index)
        if table_end > index + 1:
            return self._table(index, table_end)
        return self._plain(index)

    def _plain(self, index: int) -> int:
        line = self._lines[index]
        text = line.text
        if (mark := _MARKDOWN_HEADING.match(text)) is not None:
            return self._marked_heading(index, mark)
        if page_number_line(text) and line.blank_before and line.blank_after:
            return self._add("footer", index, index + 1)
        if (label := caption(text)) is not None:
            return self._add("caption", index, index + 1, number=label)
        if (note := _NOTE.match(text)) is not None and line.blank_before:
            return self._add("footnote", index, self._paragraph_end(index), number=note[1])
        if self._is_heading(index):
            number = heading_number(text)
            return self._add("heading", index, index + 1, number=number[0] if number else "")
        marker = list_marker(text)
        if marker is not None:
            level = min(-(-line.indent // INDENT_CHARS), MAX_INDENT)
            return self._add("list_item", index, self._paragraph_end(index), level, marker)
        return self._add("paragraph", index, self._paragraph_end(index))

    def _add(self, kind: BlockKind, first: int, end: int, level: int = 0, number: str = "") -> int:
        opening, closing = self._lines[first], self._lines[end - 1]
        start = opening.start + len(opening.text) - len(opening.text.lstrip())
        stop = closing.end - len(closing.text) + len(closing.text.rstrip())
        self._found.append(Block(kind, Span(self._page, start, stop), level, number))
        return end

    def _marked_heading(self, index: int, mark: re.Match[str]) -> int:
        line = self._lines[index]
        number = heading_number(line.text[mark.end() :])
        span = Span(self._page, line.start + mark.end(), line.start + len(line.text.rstrip()))
        self._found.append(Block("heading", span, len(mark[1]), number[0] if number else ""))
        return index + 1

    def _text(self, index: int) -> str:
        return self._lines[index].text if 0 <= index < len(self._lines) else ""

    def _is_heading(self, index: int) -> bool:
        line = self._lines[index]
        following, preceding = self._text(index + 1), self._text(index - 1)
        if not looks_like_heading(line.text, following, preceding if not line.blank_before else ""):
            return False
        if preceding.rstrip().endswith(","):
            return False
        if self._has_blanks or self._wrap:
            return self._stands_alone(index) and not self._among_items(index)
        return self._leads_on(index) and not self._among_items(index)

    def _stands_alone(self, index: int) -> bool:
        line = self._lines[index]
        before = line.blank_before or (bool(self._found) and self._found[-1].kind in {"heading", "caption"})
        numbered = heading_number(line.text) is not None
        return before and (line.blank_after or numbered or len(self._text(index + 1)) > LONG_LINE_CHARS)

    def _among_items(self, index: int) -> bool:
        """Whether a numbered line has a neighbour that is numbered in the same way: then both are list items."""
        line = self._lines[index]
        marker = list_marker(line.text)
        if marker is None:
            return False
        neighbours = [] if line.blank_before else [self._text(index - 1)]
        neighbours += [] if line.blank_after else [self._text(index + 1)]
        return any(list_marker(text) is not None for text in neighbours)

    def _leads_on(self, index: int) -> bool:
        """Without blank lines, a heading is told by what it leads to: a long line, or another sure heading."""
        following = self._text(index + 1)
        number = heading_number(self._text(index))
        next_number = heading_number(following)
        if number is not None and (next_number is None or next_number[1] > number[1]):
            return True
        return len(following) > LEADS_ON_CHARS or bool(_SENTENCE_END.search(following)) or next_number is not None

    def _paragraph_end(self, index: int) -> int:
        """The line after the paragraph or item that starts at a line."""
        end = index + 1
        while end < len(self._lines) and not self._lines[end].blank_before:
            step = self._continues(end)
            if not step:
                break
            end += step
        return end

    def _continues(self, index: int) -> int:
        """How many lines from this one on carry on the paragraph before it."""
        previous, text = self._text(index - 1), self._text(index)
        if _RULE.match(text) or list_marker(text) or caption(text) or _MARKDOWN_HEADING.match(text) or "\t" in text:
            return 0
        if self._wrap:
            fills = len(previous) >= FULL_LINE_SHARE * self._wrap
            return int(fills or text[:1].islower())
        if _SENTENCE_END.search(previous):
            return 0
        return self._fragments(index)

    def _fragments(self, index: int) -> int:
        """Lines that inline marks cut apart: short pieces until one that starts in mid-sentence."""
        for step in range(MAX_FRAGMENTS + 1):
            text = self._text(index + step)
            if not text or (step and self._lines[index + step].blank_before):
                return 0
            if text[0].islower() or text[0] in ",.;:)(%’'":
                return step + 1
            if len(text) > FRAGMENT_CHARS or heading_number(text) or list_marker(text):
                return 0
        return 0

    def _table_end(self, index: int) -> int:
        """The line after the run of lines with tabs or pipes that starts here; the same line where there is none."""
        end = index
        while (
            end < len(self._lines) and _cells(self._text(end)) and (end == index or not self._lines[end].blank_before)
        ):
            end += 1
        return end

    def _table(self, index: int, end: int) -> int:
        rows = [row for row in range(index, end) if not _PIPE_RULE.match(self._text(row))]
        for row in rows:
            line = self._lines[row]
            cells = tuple(Span(self._page, line.start + a, line.start + b) for a, b in _cells(line.text))
            header = row == index and len(rows) > 1 and _is_header([line.text[a:b] for a, b in _cells(line.text)])
            span = Span(self._page, line.start, line.end)
            self._found.append(Block("table_row", span, table=self._tables, cells=cells, header_row=header))
        self._tables += 1
        return end

    def _contents(self, index: int) -> int:
        """A table of contents: from its title until an entry comes again as a heading, or running text starts."""
        entries: set[str] = set()
        paged = 0
        end = index + 1
        while end < len(self._lines) and end - index < MAX_CONTENTS_LINES:
            line = self._lines[end]
            entry = toc_entry(line.text)
            key = contents_key(entry.title if entry else line.text)
            if key in entries or len(line.text) > MAX_CONTENTS_CHARS or _ends_contents(line, entry is None, paged):
                break
            entries.add(key)
            paged += entry is not None
            end += 1
        if end - index < 3:
            return self._plain(index)
        for place in range(index, end):
            self._add("toc", place, place + 1)
        return end


def _ends_contents(line: Line, unpaged: bool, paged: int) -> bool:
    """Whether a line is no entry: a sentence; or, where entries name pages, a heading that names none."""
    if not unpaged:
        return False
    text = line.text
    if text.endswith(".") and len(text) > LEADS_ON_CHARS and not re.search(r"\.{2,}\Z", text):
        return True
    return paged > 2 and line.blank_before and "\t" not in text and not is_contents_title(text)


def contents_key(title: str) -> str:
    """A title as it is compared between the contents and the text."""
    return " ".join(re.sub(r"[^\w\s]", " ", title).casefold().split())


def _cells(text: str) -> tuple[tuple[int, int], ...]:
    """The places of the cells of a line that is a table row; none for any other line."""
    if "\t" in text:
        return tuple(_parts(text, "\t", 0, len(text)))
    bare = text.strip()
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 2:
        return tuple(_parts(text, "|", text.index("|") + 1, text.rindex("|")))
    return ()


def _parts(text: str, mark: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for part in text[start:end].split(mark):
        left = start + len(part) - len(part.lstrip())
        yield (left, left + len(part.strip())) if part.strip() else (start, start)
        start += len(part) + 1


def _is_header(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and all(cells[1:]) and not any(_NUMERIC.match(cell) or len(cell) > 80 for cell in cells)
