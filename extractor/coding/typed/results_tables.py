"""Results from tables: logframes, results matrices, tables of target against achieved.

The header row gives each column its part. A table that goes on over a page has no header of its own and takes the one
before it. A merged statement cell stands for the indicator rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.coding.typed.numbered import (
    Label,
    called_off,
    cell_figure,
    is_figure_cell,
    level_of,
    read_label,
    read_number,
)  # fmt: skip
from extractor.coding.typed.results_rows import TABLE, Row, percent_note, tidy_statement
from extractor.coding.typed.scopes import heading_weight
from extractor.model import Block, Document, Source, Span

HEADER_ROWS = 2
"""How many rows a header may take."""
MAX_HEAD_CHARS = 70
MIN_WORDS = 2
TABLE_SCORE = 0.85
FIGURELESS_SCORE = 0.6
TOOL_WEIGHT = 0.3
"""Of tables in terms of reference and annexed tools, which plan the evaluation and not the project."""

_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (part, re.compile(pattern, re.IGNORECASE))
    for part, pattern in (
        ("other", r"question|criteri|data source|collection|method\b|sources?\b|verification|vérification|"
              r"verificación|assumption|risk|"
                  r"hypoth|supuestos|respons|budget|cost|amount|\beur\b|\busd\b|expenditure|payment|spent|timeline|"
                  r"^\W*dates?\b|comment|remark|explan"),
        ("percent", r"^\W*(?:%|per ?cent)|% ?(?:achiev|of target|réalis|complet|of plan)|achievement rate|"
                    r"rate of (?:achiev|complet)|"
                    r"taux de réalisation|(?:in )?per ?cent(?:age)? (?:achiev|of target)"),
        ("baseline", r"base ?-?line|starting (?:value|point)|situation de (?:départ|référence)|valeur (?:de départ|"
                     r"initiale)|"
                     r"l[ií]nea (?:de )?base|valor inicial|référence"),
        ("target", r"target|planned|\bplan\b|goal value|cibles?\b|prévue?s?\b|\bmetas?\b|previst[oa]s?|planificad|"
                   r"milestone|valeur cible"),
        ("achieved", r"achiev|actual|reached|reported|result(?:s)? to date|progress|realis|réalis|atteint|obtenu|"
                     r"logrado|alcanzad|"
                     r"avance|verified|end ?-?line|status|cumulative|delivered|completed|current value|final value"),
        ("unit", r"^\W*(?:unit|unité|unidad)"),
        ("indicator", r"indicat|indicador|\bovi\b|\bmeasure"),
        ("number", r"^\W*(?:no\.?|n[°º]|#|s/n|ref\.?|code|id)\W*$"),
        ("statement", r"result|outcome|output|objective|goal|purpose|intervention logic|logique d.intervention|"
                      r"hierarchy|résultat|objectif|"
                      r"produit|resultado|objetivo|producto|component|deliverable|description|activit|impact|"
                      r"narrative|summary"),
    )
)  # fmt: skip
_DONE = re.compile(r"^\W*\w+(?:ed|és?|ées?|ad[oa]s?|id[oa]s?)\W*$|^\W*(?:year|total|année|año)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"^\w+(?:ed|és?|ées?|ad[oa]s?|id[oa]s?)$", re.IGNORECASE)
_DETAIL = re.compile(r"^\W*(?:[–—-]\s|of (?:whom|which|these|them)\b|dont\b|de (?:los|las) cuales)", re.IGNORECASE)
_BARE_LABEL = re.compile(
    r"\W*(?:overall|general|specific|main|project)?\s?(?:objective|goal|purpose|outcome|output|result)s?\W*",
    re.IGNORECASE,
)
_LABEL_AT = re.compile(
    r"(?:^|(?<=[.;] ))(?:\w+[ -]){0,2}(?:outcome|output|objective|résultat|produit|objectif|resultado|producto|"
    r"objetivo)\s[\dA-Z][\w.]{0,8}\s?:", re.IGNORECASE
)  # fmt: skip
_SUM = re.compile(r"^\W*(?:sub-?)?total\W*$", re.IGNORECASE)
_TOOL = re.compile(
    r"terms of reference|evaluation (?:matrix|questions|framework)|methodolog|questionnaire|tool\b|"
    r"track record", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table holds: part -> column, best first; and the level that the statement's head names."""

    places: Mapping[str, int]
    level: str
    count: int
    has_figures: bool
    done: str = ""
    """What a guessed column of achievements says was done: "Trained"."""


def table_rows(source: Source) -> Iterator[Row]:
    """The rows of all results tables of a document."""
    document = source.document
    headings = {passage.block: passage.headings for passage in source.passages}
    previous: Columns | None = None
    last_page = -1
    for rows in _tables(document):
        columns, body = _read_header(document, [block for _, block in rows])
        carried = columns is None and previous is not None and _goes_on(document, rows[0][1], previous, last_page)
        columns = previous if carried else columns
        if columns is not None:
            path = headings.get(rows[0][0], ())
            weight = TOOL_WEIGHT if any(_TOOL.search(heading) for heading in path) else _weight(path)
            yield from _read_body(document, columns, [block for _, block in rows[0 if carried else body :]], weight)
        previous, last_page = columns, rows[-1][1].span.page


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


# ------------------------------------------------------------------ header


def _read_header(document: Document, rows: Sequence[Block]) -> tuple[Columns | None, int]:
    """The columns of a table and where its body starts; None where its head is not one of results."""
    for index, row in enumerate(rows[:HEADER_ROWS]):
        columns = _columns(document, row, rows[index + 1 :])
        if columns is not None:
            return columns, index + 1
    return None, 0


def _columns(document: Document, row: Block, body: Sequence[Block]) -> Columns | None:
    heads = [" ".join(document.text(cell).split()) for cell in row.cells]
    if any(len(head) > MAX_HEAD_CHARS for head in heads) or sum(is_figure_cell(head) for head in heads) > 1:
        return None
    parts = [part_of(head) for head in heads]
    places: dict[str, int] = {}
    for column, part in enumerate(parts):
        if part in ("target", "statement") and part in places and not _better(part, heads, places[part], column):
            continue
        if part and part != "other" and (part not in places or part in ("target", "statement")):
            places[part] = column
    done = ""
    if "target" in places and "achieved" not in places:
        done = _guess_achieved(document, heads, parts, places, body)
    if not ("statement" in places or "indicator" in places) or not places.keys() & {"target", "achieved", "indicator"}:
        return None
    has_figures = bool(places.keys() & {"target", "achieved", "baseline"})
    if "indicator" in places and not has_figures and "statement" not in places:
        return None
    if any(re.search(r"question|collection|criteri", head, re.IGNORECASE) for head in heads):
        return None
    statement = heads[places["statement"]] if "statement" in places else ""
    return Columns(places, level_of(statement), len(row.cells), has_figures, done)


def part_of(head: str) -> str:
    """The part of a results table that a column head names; "" when it names none.

    >>> part_of("Target 2014"), part_of("Résultats attendus"), part_of("Sources of verification")
    ('target', 'statement', 'other')
    """
    if re.search(r"expected|attendu|esperad", head, re.IGNORECASE) and level_of(head):
        return "statement"
    return next((part for part, pattern in _PARTS if head and pattern.search(head)), "")


def _better(part: str, heads: Sequence[str], chosen: int, column: int) -> bool:
    """Of several targets the last or final one; of several statements the one that names a lower level."""
    if part == "target":
        return True
    order = ("", "objective", "outcome", "output")
    return order.index(level_of(heads[column])) > order.index(level_of(heads[chosen]))


def _guess_achieved(
    document: Document, heads: Sequence[str], parts: Sequence[str], places: dict[str, int], body: Sequence[Block]
) -> str:
    """What a column of figures beside the target says was done ("Target | Trained"); it becomes the achievements."""
    for column in (places["target"] + 1, places["target"] - 1):
        if 0 < column < len(heads) and not parts[column] and _DONE.match(heads[column]):
            cells = [document.text(row.cells[column]) for row in body if column < len(row.cells)]
            if cells and sum(map(is_figure_cell, cells)) >= len(cells) / 2:
                places["achieved"] = column
                places.setdefault("statement", 0)
                return heads[column].lower() if _PARTICIPLE.match(heads[column]) else ""
    return ""


# ------------------------------------------------------------------ body


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row's texts by part."""

    texts: Mapping[str, str]
    first: str
    span: Span

    def __getitem__(self, part: str) -> str:
        return self.texts.get(part, "")


def _read_body(document: Document, columns: Columns, rows: Sequence[Block], weight: float) -> Iterator[Row]:
    carried = ""
    for block in rows:
        cells = _cells(document, columns, block)
        if (
            _SUM.match(cells.first)
            or _DETAIL.match(cells["statement"] or cells.first)
            or part_of(cells.first) == "other"
        ):
            continue
        if cells["statement"]:
            carried = cells["statement"]
        row = _row(cells, columns, carried, weight)
        if row is not None:
            yield row


def _cells(document: Document, columns: Columns, block: Block) -> _Cells:
    texts = [" ".join(document.text(cell).split()) for cell in block.cells]
    by_part = {part: texts[place] for part, place in columns.places.items() if place < len(texts)}
    return _Cells(by_part, texts[0] if texts else "", block.span)


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
    target, achieved = figures["target"][0], figures["achieved"][0]
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


def _bare_level(written: str) -> str:
    return level_of(written) if _BARE_LABEL.fullmatch(written) else ""
