"""Tables of what was reached in each country, region or year: "Country | Children vaccinated | Nurses trained"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.coding.typed.numbered import cell_figure
from extractor.coding.typed.results_headlines import ELSEWHERE, VERBS
from extractor.coding.typed.results_lists import is_foreign
from extractor.coding.typed.results_rows import TABLE, Row, tidy_statement, unit_of
from extractor.model import Block, Document

PLACE_SCORE = 0.6
MAX_HEAD_CHARS = 80
MIN_ROWS = 2

_FIRST = re.compile(
    r"^\W*(?:countr(?:y|ies)|regions?|districts?|provinces?|states?|locations?|count(?:y|ies)|sites?|offices?|"
    r"camps?|municipalit(?:y|ies)|year|fiscal year|quarter|partners?|pays|régions?|départements?|communes?|année|"
    r"país(?:es)?|regi[oó]n(?:es)?|departamentos?|municipios?|provincias?|año)\b.{0,25}$",
    re.IGNORECASE,
)
_NOT_RESULTS = re.compile(
    r"interview|respond|sampl|survey|population|budget|cost|spent|spend|expend|fund|amount|grant|US ?\$|[€$£]|"
    r"\b(?:USD|EUR|GBP)\b|target|planned|questionnaire|rank|per ?cent|%|échantillon|enquêt|muestra|encuest|presupuesto",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"^\W*(?:grand |sub-?)?total\w*\W*$", re.IGNORECASE)


def is_by_place(heads: Sequence[str], path: Sequence[str]) -> bool:
    """Whether a table's head names places or years first, and then things that were done."""
    if not heads or not _FIRST.match(heads[0]) or any(map(_NOT_RESULTS.search, heads)):
        return False
    about = any(ELSEWHERE.search(heading) or _NOT_RESULTS.search(heading) for heading in path[-2:])
    return not about and not is_foreign(tuple(path)) and bool(_counted(heads))


def _counted(heads: Sequence[str]) -> list[int]:
    """The columns whose head says what was done with what: "Nurses trained"."""
    return [
        column
        for column, head in enumerate(heads)
        if column and len(head) <= MAX_HEAD_CHARS and len(head.split()) > 1
        if any(word.strip("(),.:").lower() in VERBS for word in head.split())
    ]


def place_rows(document: Document, heads: Sequence[str], blocks: Sequence[Block], weight: float) -> list[Row]:
    """The rows of such a table: one for each place and column."""
    columns = _counted(heads)
    bodies = [block for block in blocks if not block.header_row and len(block.cells) == len(heads)]
    rows = [row for block in bodies for row in _of_block(document, heads, columns, block, PLACE_SCORE * weight)]
    return rows if len(bodies) >= MIN_ROWS else []


def _of_block(
    document: Document, heads: Sequence[str], columns: Sequence[int], block: Block, score: float
) -> Iterator[Row]:
    texts = [" ".join(document.text(cell).split()) for cell in block.cells]
    if not texts[0] or texts[0] == heads[0]:
        return
    place = "total" if _TOTAL.match(texts[0]) else texts[0]
    for column in columns:
        figure, unit, note = cell_figure(texts[column])
        if figure is not None:
            yield Row(
                block.span, f"{tidy_statement(heads[column])}, {place}", achieved=figure, note=note,
                unit=unit or unit_of(heads[column]), score=score, why="a row of a table of what was reached, by place",
                planned=False, kind=TABLE,
            )  # fmt: skip
