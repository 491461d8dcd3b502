"""Transcripts that put each page in one line after its number, as document-sharing sites print them.

Headings stand inside the running text there. They are found again by the table of contents, which holds their
words; what a transcript has no contents for stays running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from extractor.documents.structure import is_contents_title, is_section_title
from extractor.documents.structure_words import DIVISIONS, STATEMENTS
from extractor.documents.text_lines import Line, split_lines
from extractor.model import Block, BlockKind, Span

MIN_PAGES = 5
MIN_SHARE = 0.5
MIN_MEAN_CHARS = 300
MAX_CONTENTS_PAGE = 30
MAX_TITLE_WORDS = 22
MAX_SECTION_WORDS = 6
MIN_CONTENTS_WORDS = 2

ALONE_NO_TITLE = frozenset({"Annex", "Appendix", "Annexe", "Anexo"})
"""Before a letter or number these open a numbered title."""

_PAGE = re.compile(r"(\d{1,4})(?:\s+|\Z)")
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(
    rf"(?<!\S)(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?|\d{{1,2}}\.|(?:{DIVISIONS})\s+(?:\d+|[A-Z])\b[:.]?)\s+"
    r"(?=[A-Z“\"])"
)
_DIVISION = re.compile(rf"(?:{DIVISIONS})\Z")
_STATEMENT = re.compile(rf"(?<!\S)(?P<number>(?:{STATEMENTS})\s+\d{{1,3}}):\s")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place in a page's line where a block starts; `end` is where a heading ends."""

    start: int
    end: int
    kind: BlockKind
    number: str


def transcript_blocks(text: str) -> list[Block]:
    """The blocks of a transcript with a page a line; none where the text is anything else."""
    lines = list(split_lines(text))
    pages = _page_lines(lines)
    if not pages:
        return []
    contents = _contents(pages)
    blocks = list(_furniture(lines[: lines.index(pages[0])], "header"))
    for line in pages:
        blocks.extend(_page_blocks(line, contents))
    return blocks + list(_furniture(lines[lines.index(pages[-1]) + 1 :], "footer"))


def _page_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines that count up from the first page, if they hold most of the text."""
    found: list[Line] = []
    for line in lines:
        match = _PAGE.match(line.text)
        if match is not None and int(match[1]) == len(found) + 1:
            found.append(line)
    size = sum(len(line.text) for line in found)
    total = sum(len(line.text) for line in lines)
    if len(found) < MIN_PAGES or size < MIN_SHARE * total or size < MIN_MEAN_CHARS * len(found):
        return []
    return found


def _furniture(lines: Sequence[Line], kind: BlockKind) -> Iterator[Block]:
    """What the site prints around the transcript; the first line of all is the document's title."""
    for place, line in enumerate(lines):
        is_title = place == 0 and kind == "header"
        yield Block("title" if is_title else kind, Span(0, line.start, line.end))


def _contents(pages: Sequence[Line]) -> str:
    """The words of the table of contents, of the pages that it takes up at the front."""
    bodies = [line.text[_number_end(line) :] for line in pages[: max(MAX_CONTENTS_PAGE, 1)]]
    return f" {' '.join(' '.join(body.split()) for body in bodies if _contents_words(body))} "


def _contents_words(body: str) -> int:
    """How many words at the top of a page say that it is a table of contents or a list of annexes."""
    words = body.split(maxsplit=4)[:4]
    for count in range(len(words), 0, -1):
        title = " ".join(words[:count])
        if is_contents_title(title) or (title == "Annexes" and "List of" in body[: len(title) + 9]):
            return count
    return 0


def _number_end(line: Line) -> int:
    match = _PAGE.match(line.text)
    return match.end() if match else 0


def _page_blocks(line: Line, contents: str) -> Iterator[Block]:
    """The page number as a header, then headings, statements and running text."""
    start = _number_end(line)
    number = line.text[:start].rstrip()
    yield Block("header", Span(0, line.start, line.start + len(number)), number=number)
    body = line.text[start:]
    if not body:
        return
    offset = line.start + start
    if number.isdigit() and int(number) <= MAX_CONTENTS_PAGE and _contents_words(body):
        yield Block("toc", Span(0, offset, offset + len(body)))
        return
    position = 0
    opening: BlockKind = "paragraph"
    label = ""
    for mark in [*_marks(body, contents), _Mark(len(body), len(body), "paragraph", "")]:
        if mark.start < position:
            continue
        yield from _stretch(body, position, mark.start, offset, opening, label)
        opening, label, position = "paragraph", "", mark.start
        if mark.kind == "heading":
            yield Block("heading", Span(0, offset + mark.start, offset + mark.end), number=mark.number)
            position = mark.end
        else:
            opening, label = mark.kind, mark.number


def _stretch(body: str, start: int, end: int, offset: int, kind: BlockKind, number: str) -> Iterator[Block]:
    piece = body[start:end]
    left = start + len(piece) - len(piece.lstrip())
    if piece.strip():
        yield Block(kind, Span(0, offset + left, offset + left + len(piece.strip())), number=number)


def _marks(body: str, contents: str) -> list[_Mark]:
    marks = [*_opening_section(body), *_numbered(body, contents)]
    marks += [
        _Mark(match.start("number"), match.end(), "list_item", match["number"]) for match in _STATEMENT.finditer(body)
    ]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _opening_section(body: str) -> Iterator[_Mark]:
    """A usual section title at the top of a page: "Executive Summary The programme ..."."""
    words = list(islice(_WORD.finditer(body), MAX_SECTION_WORDS + 1))
    for count in range(min(len(words) - 1, MAX_SECTION_WORDS), 0, -1):
        end = words[count - 1].end()
        if (
            is_section_title(body[:end])
            and body[:end] not in ALONE_NO_TITLE
            and body[0].isupper()
            and words[count].group()[0].isupper()
        ):
            yield _Mark(0, end, "heading", "")
            return


def _numbered(body: str, contents: str) -> Iterator[_Mark]:
    """Numbers followed by words that the contents hold too: the longest such run of words is the title."""
    for match in _NUMBER.finditer(body) if contents else ():
        words = _title_words(body, match.end())
        for count in range(len(words), 0, -1):
            title = " ".join(word.group() for word in words[:count])
            if f" {title} " not in contents:
                continue
            if count >= MIN_CONTENTS_WORDS or is_section_title(title):
                yield _Mark(match.start("number"), words[count - 1].end(), "heading", match["number"].rstrip(".:"))
            break


def _title_words(body: str, start: int) -> list[re.Match[str]]:
    """The words that a title may be made of: not beyond the next division ("... Annex B")."""
    words = list(islice(_WORD.finditer(body, start), MAX_TITLE_WORDS))
    stop = next((place for place, word in enumerate(words) if _DIVISION.match(word.group())), len(words))
    return words[:stop]
