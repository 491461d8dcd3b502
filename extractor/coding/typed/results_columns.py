"""The columns of a table of results, from its head: which holds the statement, the indicator, the target and so on.

A head may take two rows ("Year 2" above "Target" and "Actual"); a column without a telling head may be told by its
cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.coding.typed.numbered import is_figure_cell, level_of

HEADER_ROWS = 2
"""How many rows a header may take."""
MAX_HEAD_CHARS = 70
FIGURES = frozenset({"baseline", "target", "achieved"})
Cells = Sequence[str]

_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (part, re.compile(pattern, re.IGNORECASE))
    for part, pattern in (
        ("other", r"question|criteri|data source|collection|method\b|sources?\b|verification|vérification|"
              r"verificación|assumption|risk|"
                  r"hypoth|supuestos|respons|budget|cost|amount|\beur\b|\busd\b|expenditure|payment|spent|timeline|"
                  r"^\W*dates?\b|comment|remark|explan|varia(?:nce|tion)|deviation|reasons?\b|écarts?\b|motifs?\b|desviaci"),
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
                     r"avance|implemented|accomplish|performed|carried out|exécuté|ejecutad|cumplid|"
                     r"verified|end ?-?line|status|cumulative|delivered|completed|current value|final value"),
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
_NO_RESULTS = re.compile(r"question|collection|criteri", re.IGNORECASE)
_COUNTS_OTHER = re.compile(
    r"sampl|interview|respond|informant|budget|cost|financ|amount|expend|staff|échantillon|muestra|presupuesto",
    re.IGNORECASE,
)
"""Heads of tables that set a plan of the study or of money against what came of it."""
_RESULT_HEAD = re.compile(r"^\W*(?:results?|résultats?|resultados?)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table holds: part -> column, best first; and the level that the statement's head names."""

    places: Mapping[str, int]
    level: str
    count: int
    has_figures: bool
    done: str = ""
    """What a guessed column of achievements says was done: "Trained"."""


def read_columns(rows: Sequence[Cells]) -> tuple[Columns | None, int]:
    """The columns of a table and where its body starts; None where its head is not one of results."""
    for index, row in enumerate(rows[:HEADER_ROWS]):
        columns = _columns(row, rows[index + 1 :])
        if columns is not None and columns.has_figures:
            return columns, index + 1
        both = _two_rows(row, rows[index + 1]) if index + 1 < len(rows) else None
        joined = _columns(both, rows[index + 2 :]) if both else None
        if joined is not None and joined.has_figures:
            return joined, index + 2
        if columns is not None:
            return columns, index + 1
    return None, 0


def _two_rows(upper: Cells, lower: Cells) -> list[str] | None:
    """The heads of a header of two rows; a cell that is merged over several columns stands for each of them."""
    if len(upper) != len(lower) or any(map(is_figure_cell, lower)):
        return None
    heads: list[str] = []
    above = ""
    for high, low in zip(upper, lower, strict=True):
        above = high if high or not low else above
        heads.append(f"{above} {low}".strip())
    return heads


def _columns(heads: Cells, body: Sequence[Cells]) -> Columns | None:
    if any(len(head) > MAX_HEAD_CHARS for head in heads) or sum(map(is_figure_cell, heads)) > 1:
        return None
    parts = [part_of(head) for head in heads]
    places = _places(heads, parts)
    done = ""
    if "target" in places and "achieved" not in places:
        done = _guess_achieved(heads, parts, places, body)
    if places.keys() >= {"target", "achieved"} and not places.keys() & {"statement", "indicator"}:
        _guess_statement(heads, parts, places, body)
    worded = places.keys() >= {"target", "achieved"} and _is_worded(places["target"], body)
    if not (places.keys() & {"statement", "indicator"} or worded) or not places.keys() & {
        "target",
        "achieved",
        "indicator",
    }:
        return None
    has_figures = bool(places.keys() & FIGURES)
    if "indicator" in places and not has_figures and "statement" not in places:
        return None
    if any(_NO_RESULTS.search(head) for head in heads):
        return None
    statement = heads[places["statement"]] if "statement" in places else ""
    return Columns(places, level_of(statement), len(heads), has_figures, done)


def _is_worded(column: int, body: Sequence[Cells]) -> bool:
    """Whether the column of what was planned says so in words, so that it is the statement as well."""
    cells = [row[column] for row in body if column < len(row) and row[column]]
    return bool(cells) and sum(len(cell.split()) > 2 and not is_figure_cell(cell) for cell in cells) > len(cells) / 2


def _places(heads: Cells, parts: Sequence[str]) -> dict[str, int]:
    """Where each part stands: of several targets the last, and the last achievement where each has its own."""
    several = parts.count("target") > 1 and parts.count("achieved") > 1
    places: dict[str, int] = {}
    for column, part in enumerate(parts):
        if not part or part == "other":
            continue
        last = part == "target" or part == "achieved" and several
        lower = part == "statement" and part in places and _better(heads, places[part], column)
        if part not in places or last or lower:
            places[part] = column
    if places.keys() >= {"statement", "indicator", "target"} and "achieved" not in places:
        if places["statement"] > places["target"] and _RESULT_HEAD.match(heads[places["statement"]]):
            places["achieved"] = places.pop("statement")
    elif places.keys() >= {"statement", "target"} and "indicator" not in places and "achieved" not in places:
        results = [column for column, head in enumerate(heads) if _RESULT_HEAD.match(head)]
        if results and results[-1] > places["target"] and results[-1] != places["statement"]:
            places["achieved"] = results[-1]
    return places


def part_of(head: str) -> str:
    """The part of a results table that a column head names; "" when it names none.

    >>> part_of("Target 2014"), part_of("Résultats attendus"), part_of("Sources of verification")
    ('target', 'statement', 'other')
    """
    if re.search(r"expected|attendu|esperad", head, re.IGNORECASE) and level_of(head):
        return "statement"
    return next((part for part, pattern in _PARTS if head and pattern.search(head)), "")


def _better(heads: Cells, chosen: int, column: int) -> bool:
    """Of several statements the one that names a lower level."""
    order = ("", "objective", "outcome", "output")
    return order.index(level_of(heads[column])) > order.index(level_of(heads[chosen]))


def _guess_achieved(heads: Cells, parts: Sequence[str], places: dict[str, int], body: Sequence[Cells]) -> str:
    """What a column of figures beside the target says was done ("Target | Trained"); it becomes the achievements."""
    for column in (places["target"] + 1, places["target"] - 1):
        if 0 < column < len(heads) and not parts[column] and _DONE.match(heads[column]):
            cells = [row[column] for row in body if column < len(row)]
            if cells and sum(map(is_figure_cell, cells)) >= len(cells) / 2:
                places["achieved"] = column
                places.setdefault("statement", 0)
                return heads[column].lower() if _PARTICIPLE.match(heads[column]) else ""
    return ""


def _guess_statement(heads: Cells, parts: Sequence[str], places: dict[str, int], body: Sequence[Cells]) -> None:
    """A first column of words beside target and achievement says what is counted, whatever its head."""
    if parts[0] or any(_COUNTS_OTHER.search(head) for head in heads):
        return
    cells = [row[0] for row in body if row and row[0]]
    if cells and not any(map(is_figure_cell, cells)):
        places["statement"] = 0
