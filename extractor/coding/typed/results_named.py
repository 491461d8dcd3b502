"""Results that running text names: "The overall objective of the project is to ...", "(Output 1.2: Capacities ...)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.coding.typed.numbered import level_of
from extractor.coding.typed.results_lists import (
    CROSS_REFERENCE,
    INNER_END,
    MAX_WORDS,
    MIN_LABEL_WORDS,
    MIN_WORDS,
    is_foreign,
)
from extractor.coding.typed.results_rows import MENTION, SENTENCE, Row, tidy_statement
from extractor.coding.typed.units import Unit, cut, read_units
from extractor.model import Source

SENTENCE_SCORE, INNER_SCORE = 0.55, 0.6

_SENTENCE = re.compile(
    r"\b(?:the |its |our |main |this )?(?P<what>(?:overall|general|specific|main|development|immediate|principal|"
    r"primary|ultimate|long-term)?\s?"
    r"(?:objective|goal|aim|purpose)s?)(?: of (?:the|this|our) (?:project|action|programme|program|initiative|grant|"
    r"intervention|work|proposal))?"
    r"\*{0,2}\s?(?:is|was|are|were|:)\s?\*{0,2}to (?P<rest>[^.;]{20,400})",
    re.IGNORECASE,
)
_OBJECTIVE_NOUNS = ("objective", "goal", "aim", "purpose")
_OF_PROJECT = re.compile(
    r"overall|general|specific|main|development|immediate|principal|primary|ultimate|of (?:the|this|our) ",
    re.IGNORECASE,
)
_EVALUATES = re.compile(
    r"\b(?:evaluat|assess|review|survey|study|stud(?:y|ies)|interview|report|analysis|research question)", re.IGNORECASE
)
_INNER = re.compile(
    r"(?<![\w-])(?:(?P<name>(?:immediate |intermediate |ultimate |final |short-term |specific )?(?:outcome|output|"
    r"objective|résultat|produit|objetivo|"
    r"resultado|producto)))\s(?P<no>\d{1,2}(?:\.\d{1,2}){0,3})(?:\s?:\s?|\s[–—-]\s)(?P<text>[A-ZÀ-Þ](?:(?!(?:outcome|"
    r"output|objective)\s\d)[^.;])*)",
    re.IGNORECASE,
)


def named_rows(source: Source) -> list[Row]:
    """Rows that sentences of a document name as objectives, or mention with their number."""
    units = read_units(source)
    return [*_sentences(units), *_inner(source, units)]


def _sentences(units: Sequence[Unit]) -> Iterator[Row]:
    """ "The overall objective of the project is to ...", once each."""
    for unit in units:
        if unit.kind not in ("paragraph", "list_item") or is_foreign(unit.headings):
            continue
        lower = unit.text.lower()
        if not any(noun in lower for noun in _OBJECTIVE_NOUNS):
            continue
        for passage in unit.sentences:
            match = _SENTENCE.search(passage.text)
            if match is None or not _OF_PROJECT.search(match[0]) or _EVALUATES.search(match[0][:160]):
                continue
            statement = tidy_statement(match["rest"])
            if MIN_WORDS < len(statement.split()) <= MAX_WORDS:
                level = "outcome" if "purpose" in match["what"].lower() else "objective"
                yield Row(
                    passage.span, statement, level, score=SENTENCE_SCORE, why="is called the project's objective",
                    kind=SENTENCE,
                )  # fmt: skip


def _inner(source: Source, units: Iterable[Unit]) -> Iterator[Row]:
    """ "(linked to Output 1.2: Capacities ...)": a labelled statement in the middle of a text or in a footnote."""
    for unit in units:
        raw = source.document.text(unit.span)
        if not re.search(r"\d\s?[:–—-]", raw) or is_foreign(unit.headings):
            continue
        for match in _INNER.finditer(raw):
            if match.start() <= 2 and unit.kind != "footnote" or not match["text"][:1].isupper():
                continue
            text = match["text"]
            end = INNER_END.search(text)
            statement = tidy_statement(text[: end.start()] if end else text)
            if MIN_LABEL_WORDS <= len(statement.split()) <= MAX_WORDS and not CROSS_REFERENCE.match(statement):
                stop = match.start("text") + (end.start() if end else len(text))
                yield Row(
                    cut(unit, match.start(), stop), statement, level_of(match["name"]) or "output",
                    match["no"], score=INNER_SCORE, why="is named with its number", kind=MENTION,
                )  # fmt: skip
