"""Tables of results that a reader gives as plain lines: a head with "Target" and "Achieved", then words and figures.

A line is a row when it ends in as many figures as the head names columns of them; words that stand alone on the lines
before it belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.coding.typed.numbered import DIGITS, cell_figure, read_label, read_number
from extractor.coding.typed.results_columns import part_of
from extractor.coding.typed.results_lists import is_foreign
from extractor.coding.typed.results_rows import TABLE, Row, percent_note, tidy_statement
from extractor.model import Source, Span

PLAIN_SCORE = 0.65
MAX_HEAD_WORDS = 12
MAX_WRAPPED = 3
"""A statement may be broken over so many lines before that of its figures."""
MIN_ROWS = 2
"""Fewer lines with figures below a head are chance."""
MIN_WORDS = 2
FIGURES = ("baseline", "target", "achieved", "percent")

_CELL = rf"(?:{DIGITS}\s?(?:%|per ?cent)?|n/?a|nil|[-–—])"
_HINT = re.compile(r"target|planned|milestone|cible|prévu|\bmeta|previst|planificad", re.IGNORECASE)
"""A cheap first look: every head names a target."""
_WORD = re.compile(r"[^\W\d_]+|%")
_MONEY = re.compile(
    r"budget|cost|spent|expend|US ?\$|[€$£]|\b(?:USD|EUR|GBP)\b|sample|interview|"
    r"respondent",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    span: Span


def plain_rows(source: Source) -> Iterator[Row]:
    """The rows of all tables that stand as lines of text."""
    lines: list[_Line] = []
    headings: tuple[str, ...] | None = None
    for block, path in _paragraphs(source):
        if path != headings:
            yield from _tables(lines)
            lines, headings = [], path
        if not is_foreign(path):
            lines += _lines(source, block)
    yield from _tables(lines)


def _paragraphs(source: Source) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """The places of running text, each once, with their headings."""
    last = -1
    for passage in source.passages:
        if passage.block != last and passage.kind in ("paragraph", "list_item", "caption"):
            yield source.document.blocks[passage.block].span, passage.headings
        last = passage.block


def _lines(source: Source, span: Span) -> Iterator[_Line]:
    start = span.start
    for line in source.document.text(span).split("\n"):
        stripped = line.strip()
        if stripped:
            begin = start + line.index(stripped)
            yield _Line(stripped, Span(span.page, begin, begin + len(stripped)))
        start += len(line) + 1


def _tables(lines: Sequence[_Line]) -> Iterator[Row]:
    index = 0
    while index < len(lines):
        columns = figure_columns(lines[index].text)
        index += 1
        if columns:
            rows, index = _body(lines, index, columns)
            yield from rows if len(rows) >= MIN_ROWS else ()


def figure_columns(head: str) -> tuple[str, ...]:
    """The parts that a line names as columns of figures, in order; none where it is no head of a results table.

    >>> figure_columns("Indicator Baseline Target Achieved %")
    ('baseline', 'target', 'achieved', 'percent')
    """
    if _HINT.search(head) is None:
        return ()
    names = _WORD.findall(head)
    if len(names) > MAX_HEAD_WORDS or head.endswith((".", ";")) or _MONEY.search(head):
        return ()
    parts: list[str] = []
    for before, name in zip(["", *names], names, strict=False):
        part = "percent" if name == "%" else part_of(name)
        if part in FIGURES and not (before == "%" and part != "percent"):
            parts.append(part)
    both = {"target", "achieved"} <= set(parts) or {"baseline", "target"} <= set(parts)
    return tuple(parts) if both and len(set(parts)) == len(parts) else ()


def _body(lines: Sequence[_Line], index: int, columns: Sequence[str]) -> tuple[list[Row], int]:
    """The rows below a head, and where they end."""
    pattern = re.compile(rf"^(?P<words>.*?)\s*(?P<cells>(?:{_CELL}\s+){{{len(columns) - 1}}}{_CELL})$", re.IGNORECASE)
    rows: list[Row] = []
    wrapped: list[_Line] = []
    while index < len(lines):
        line = lines[index]
        match = pattern.match(line.text)
        if match is not None:
            row = _row([*wrapped, line], match, columns)
            rows += [row] if row is not None else []
            wrapped = []
        elif line.text.endswith(".") or len(wrapped) == MAX_WRAPPED or figure_columns(line.text):
            break
        else:
            wrapped.append(line)
        index += 1
    return rows, index


def _row(lines: Sequence[_Line], match: re.Match[str], columns: Sequence[str]) -> Row | None:
    written = " ".join([*(line.text for line in lines[:-1]), match["words"]]).strip()
    label = read_label(written) or read_number(written)
    statement = tidy_statement(written[label.start :] if label else written)
    if len(statement.split()) < MIN_WORDS or statement.lower().startswith("total"):
        return None
    cells = re.findall(rf"(?<!\S){_CELL}(?!\S)", match["cells"], re.IGNORECASE)
    figures = {part: cell_figure(cell) for part, cell in zip(columns, cells, strict=False)}
    values = {part: figure[0] for part, figure in figures.items()}
    if values.get("target") is None and values.get("achieved") is None:
        return None
    span = lines[-1].span if lines[0].span.page != lines[-1].span.page else None
    return Row(
        span=span or Span(lines[0].span.page, lines[0].span.start, lines[-1].span.end),
        statement=statement,
        level=(label.level if label else "") or "output",
        no=label.no if label else "",
        baseline=values.get("baseline"),
        target=values.get("target"),
        achieved=values.get("achieved"),
        unit=next((figure[1] for part, figure in figures.items() if figure[1] and part != "percent"), ""),
        note=percent_note(values.get("target"), values.get("achieved"), values.get("percent")),
        score=PLAIN_SCORE,
        why="a line below a head of targets and achievements",
        planned=values.get("target") is not None or values.get("baseline") is not None,
        kind=TABLE,
    )
