"""Full-text search over an archive: a person's words -> a query, and the places in a page that answer it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.model import Page
from extractor.passages import split_sentences

MAX_TERMS = 20
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that holds words of the query."""

    file: str
    project: str
    page: int | None
    printed_page: str | None
    start: int
    end: int
    quote: str


def terms(query: str) -> list[str]:
    """The words and "phrases" of a query; a star at the end stands for any ending."""
    found = [(phrase or word) for phrase, word in _TERM.findall(query)]
    return [term for term in found if _WORD.search(term)][:MAX_TERMS]


def fts_query(query: str) -> str:
    """The query for SQLite FTS5: each term quoted, so that no sign in it is an operator."""
    parts = []
    for term in terms(query):
        words = " ".join(_WORD.findall(term))
        parts.append(f'"{words}"' + ("*" if term.endswith("*") else ""))
    return " ".join(parts)


def places(query: str, file: str, project: str, page: Page) -> Iterator[Found]:
    """The sentences of a page that hold a term of the query; those with most terms first."""
    patterns = [_pattern(term) for term in terms(query)]
    scored = []
    for start, end in split_sentences(page.text):
        hits = sum(bool(pattern.search(page.text, start, end)) for pattern in patterns)
        if hits:
            scored.append((-hits, start, end))
    for _, start, end in sorted(scored):
        yield Found(file, project, page.number, page.printed, start, end, page.text[start:end])


def _pattern(term: str) -> re.Pattern[str]:
    words = r"\W+".join(re.escape(word) for word in _WORD.findall(term))
    return re.compile(rf"\b{words}" + ("" if term.endswith("*") else r"\b"), re.IGNORECASE)
