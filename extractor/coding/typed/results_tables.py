"""Results from tables: logframes, results matrices, tables of target against achieved.

The header row gives each column its part. A table that goes on over a page has no header of its own and takes the one
before it. A merged statement cell stands for the indicator rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.coding.typed.numbered import (
    NUMBER,
    Label,
    called_off,
    cell_figure,
    is_figure_cell,
    level_of,
    read_label,
    read_number,
    to_number,
)
from extractor.coding.typed.results_columns import FIGURES, Columns, part_of, read_columns
from extractor.coding.typed.results_pairs import is_worded, paired_rows
from extractor.coding.typed.results_places import is_by_place, place_rows
from extractor.coding.typed.results_rows import TABLE, Row, percent_note, sum_note, tidy_statement
from extractor.coding.typed.scopes import heading_weight
from extractor.model import Block, Document, Source, Span

MIN_WORDS = 2
MIN_SUMMED = 2
TABLE_SCORE = 0.85
FIGURELESS_SCORE = 0.6
TOOL_WEIGHT = 0.3
"""Of tables in terms of reference and annexed tools, which plan the evaluation and not the project."""

_DETAIL = re.compile(r"^\W*(?:[–—-]\s|of (?:whom|which|these|them)\b|dont\b|de (?:los|las) cuales)", re.IGNORECASE)
_BARE_LABEL = re.compile(
    r"\W*(?:overall|general|specific|main|project)?\s?(?:objective|goal|purpose|outcome|output|result)s?\W*",
    re.IGNORECASE,
)
_LABEL_AT = re.compile(
    r"(?:^|(?<=[.;] ))(?:\w+[ -]){0,2}(?:outcome|output|objective|résultat|produit|objectif|resultado|producto|"
    r"objetivo)\s[\dA-Z][\w.]{0,8}\s?:", re.IGNORECASE
)  # fmt: skip
_NOT_RESULTS = re.compile(
    r"\b(?:budgets?|financ\w+|expenditures?|sampl\w+|dépenses|presupuesto|gastos)\b", re.IGNORECASE
)
_MONEY = re.compile(r"US ?\$|[€$£]|\b(?:USD|EUR|GBP|NOK|CHF|SEK|DKK|CAD|XOF|XAF)\b")
_OF = re.compile(rf"^\W*({NUMBER})\s?(?:out of|of|/|sur|de)\s?({NUMBER})(?![\w/])", re.IGNORECASE)
_SUM = re.compile(r"^\W*(?:sub-?)?total\W*$", re.IGNORECASE)
_TOOL = re.compile(
    r"terms of reference|evaluation (?:matrix|questions|framework)|methodolog|questionnaire|tool\b|"
    r"track record", re.IGNORECASE
)  # fmt: skip


def table_rows(source: Source) -> Iterator[Row]:
    """The rows of all results tables of a document."""
    document = source.document
    headings = {passage.block: passage.headings for passage in source.passages}
    previous: Columns | None = None
    last_page = -1
    for rows in _tables(document):
        texts = [_texts(document, block) for _, block in rows]
        columns, body = read_columns(texts)
        carried = columns is None and previous is not None and _goes_on(document, rows[0][1], previous, last_page)
        columns = previous if carried else columns
        path = headings.get(rows[0][0], ())
        if columns is None and is_by_place(texts[0], path):
            yield from place_rows(document, texts[0], [block for _, block in rows[1:]], _weight(path))
        if columns is not None and not _of_other(document, rows, columns, path):
            weight = TOOL_WEIGHT if any(_TOOL.search(heading) for heading in path) else _weight(path)
            blocks = [block for _, block in rows[0 if carried else body :]]
            worded = is_worded(document, columns, blocks)
            yield from (paired_rows if worded else _read_body)(document, columns, blocks, weight)
        previous, last_page = columns, rows[-1][1].span.page


def _of_other(document: Document, rows: Sequence[tuple[int, Block]], columns: Columns, path: Sequence[str]) -> bool:
    """Whether a table sets plans against what came of them, but of money or of a survey."""
    if any(_NOT_RESULTS.search(heading) for heading in path[-2:]):
        return True
    places = [columns.places[part] for part in ("target", "achieved") if part in columns.places]
    cells = [texts[place] for texts in (_texts(document, block) for _, block in rows) for place in places
             if place < len(texts) and any(map(str.isdigit, texts[place]))]  # fmt: skip
    return bool(cells) and sum(bool(_MONEY.search(cell)) for cell in cells) > len(cells) / 2


def _texts(document: Document, block: Block) -> list[str]:
    return [" ".join(document.text(cell).split()) for cell in block.cells]


def _weight(path: Sequence[str]) -> float:
    """Annexes often hold the logframe: only what is no project's own counts less."""
    return 1.0 if heading_weight(path) >= 0.4 else TOOL_WEIGHT


def _tables(document: Document) -> Iterator[list[tuple[int, Block]]]:
    table: list[tuple[int, Block]] = []
    for index, block in enumerate(document.blocks):
        if block.kind != "table_row" or not block.cells:
            continue
        if table and table[-1][1].table != block.table:
            yield table
            table = []
        table.append((index, block))
    if table:
        yield table


def _goes_on(document: Document, first: Block, previous: Columns, last_page: int) -> bool:
    """A table on the next page with as many columns and no head of its own: its first row has a figure or a label."""
    if first.header_row or len(first.cells) != previous.count or first.span.page != last_page + 1:
        return False
    texts = [document.text(cell) for cell in first.cells]
    return any(map(is_figure_cell, texts)) or any(read_label(text) for text in texts)


# ------------------------------------------------------------------ body


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row's texts by part."""

    texts: Mapping[str, str]
    first: str
    span: Span
    alone: str = ""
    """What the row says where one cell holds all of it."""

    def __getitem__(self, part: str) -> str:
        return self.texts.get(part, "")


def _read_body(document: Document, columns: Columns, blocks: Sequence[Block], weight: float) -> list[Row]:
    """The rows below the head. A row of a label alone is the result of the indicators below it, or one by itself."""
    rows: list[Row] = []
    carried = ""
    summed = 0
    section: _Cells | None = None
    for block in blocks:
        cells = _cells(document, columns, block)
        if _is_beside(cells):
            if rows and _SUM.match(cells.first):
                rows[-1] = _checked(rows, rows[summed:], cells)
                summed = len(rows)
            continue
        if cells.alone and read_label(cells.alone):
            rows += _section_row(section, columns, weight)
            section, carried = cells, cells.alone
            continue
        if cells["statement"]:
            rows += _section_row(section, columns, weight)
            carried = cells["statement"]
        section = None
        row = _row(cells, columns, carried, weight)
        rows += [row] if row is not None else []
    return [*rows, *_section_row(section, columns, weight)]


def _checked(rows: Sequence[Row], latest: Sequence[Row], total: _Cells) -> Row:
    """The last row above a total, with a note where neither all rows nor the latest ones add up to it."""
    notes = [rows[-1].note]
    for part in ("target", "achieved"):
        stated, percent, _ = cell_figure(total[part])
        sums = [_sum(rows, part), _sum(latest, part)]
        if stated is not None and not percent and None not in sums:
            contradictions = [sum_note(part, stated, added) for added in sums if added is not None]
            notes += contradictions[-1:] if all(contradictions) else []
    return replace(rows[-1], note="; ".join(note for note in notes if note))


def _sum(rows: Sequence[Row], part: str) -> float | None:
    """What the rows add up to; None where one says nothing, or there are too few to be sure."""
    figures = [row.target if part == "target" else row.achieved for row in rows]
    added = [figure for figure in figures if figure is not None]
    return sum(added) if len(added) == len(figures) >= MIN_SUMMED else None


def _is_beside(cells: _Cells) -> bool:
    """Whether a row is a sum, a detail of the row above, or a head that says nothing of results."""
    text = cells["statement"] or cells.first
    return bool(_SUM.match(cells.first) or _DETAIL.match(text)) or part_of(cells.first) == "other"


def _section_row(section: _Cells | None, columns: Columns, weight: float) -> Iterator[Row]:
    """A label that no indicator stands below as a result of its own."""
    label = read_label(section.alone) if section else None
    statement = tidy_statement(section.alone[label.start :]) if section and label else ""
    if section is not None and label is not None and len(statement.split()) >= MIN_WORDS:
        figures: dict[str, tuple[float | None, str, str]] = dict.fromkeys(FIGURES, (None, "", ""))
        bare = _Cells({}, section.first, section.span)
        yield _with_figures(bare, columns, label, statement, figures, weight)


def _cells(document: Document, columns: Columns, block: Block) -> _Cells:
    texts = _texts(document, block)
    by_part = {part: texts[place] for part, place in columns.places.items() if place < len(texts)}
    filled = {text for text in texts if text}
    return _Cells(by_part, texts[0] if texts else "", block.span, filled.pop() if len(filled) == 1 else "")


def _row(cells: _Cells, columns: Columns, carried: str, weight: float) -> Row | None:
    """A row of the table as a result; None where it states none."""
    written = _lowest(carried) or cells["indicator"]
    label = read_label(written) or read_label(cells.first) or read_number(written)
    statement = _statement(written, cells, label)
    if columns.done and columns.done not in statement.lower():
        statement = f"{statement} {columns.done}"
    if len(statement.split()) < MIN_WORDS and not label or not statement:
        return None
    figures = {part: cell_figure(cells[part]) for part in ("baseline", "target", "achieved")}
    if columns.has_figures and all(figure[0] is None for figure in figures.values()) and not cells["indicator"]:
        return None
    return _with_figures(cells, columns, label, statement, figures, weight)


def _lowest(written: str) -> str:
    """The last labelled statement of a cell that holds an outcome with its output: the indicator is that one's."""
    starts = [match.start() for match in _LABEL_AT.finditer(written)]
    return written[starts[-1] :] if len(starts) > 1 else written


def _statement(written: str, cells: _Cells, label: Label | None) -> str:
    """The statement without its label; the indicator where the row is only a label."""
    if label is None or cells.first != written and not read_label(written) and read_label(cells.first):
        bare = _BARE_LABEL.fullmatch(written)
        return tidy_statement(cells["indicator"] if bare and cells["indicator"] else written)
    return tidy_statement(written[label.start :]) or tidy_statement(cells["indicator"])


def _with_figures(
    cells: _Cells,
    columns: Columns,
    label: Label | None,
    statement: str,
    figures: Mapping[str, tuple[float | None, str, str]],
    weight: float,
) -> Row:
    target, achieved = _both(cells, figures["target"][0], figures["achieved"][0])
    if achieved is None and called_off(cells["achieved"]):
        achieved = 0
    indicator = tidy_statement(cells["indicator"]) if cells["statement"] or cells["indicator"] != statement else ""
    unit = cells["unit"] or next((figure[1] for figure in figures.values() if figure[1]), "")
    notes = [f"{part}: {figure[2]}" for part, figure in figures.items() if figure[2] and figure[2] != unit]
    notes.append(percent_note(target, achieved, cell_figure(cells["percent"])[0]))
    stated = any(figure[0] is not None for figure in figures.values())
    return Row(
        span=cells.span,
        statement=statement,
        level=(label.level if label else "") or _bare_level(cells["statement"]) or columns.level or "output",
        no=(label.no if label else "") or cells["number"],
        indicator=indicator if indicator != statement else "",
        baseline=figures["baseline"][0],
        target=target,
        achieved=achieved,
        unit=unit,
        note="; ".join(note for note in notes if note),
        score=(TABLE_SCORE if stated else FIGURELESS_SCORE) * weight,
        why="a row of a table of results",
        planned=target is not None or figures["baseline"][0] is not None or achieved is None,
        kind=TABLE,
    )


def _both(cells: _Cells, target: float | None, achieved: float | None) -> tuple[float | None, float | None]:
    """Target and achievement; of one cell "36 of 40" or "36/40" both, where the other has none."""
    if (target is None) == (achieved is None):
        return target, achieved
    match = _OF.match(cells["target"] or cells["achieved"])
    first, second = (to_number(match[1]), to_number(match[2])) if match else (None, None)
    return (target, achieved) if first is None or second is None else (second, first)


def _bare_level(written: str) -> str:
    return level_of(written) if _BARE_LABEL.fullmatch(written) else ""
