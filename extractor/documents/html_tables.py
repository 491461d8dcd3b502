"""Tables and lists of terms of HTML as rows of cells, with cells that span rows and columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.documents.assemble import Row
from extractor.documents.html_visible import visible_text

Element = Any
"""An lxml element; lxml ships no types."""

MAX_SPAN = 100


def table_rows(element: Element) -> tuple[Row, ...]:
    """The rows of a table, or of a list of terms (term and definitions)."""
    if element.tag == "dl":
        return tuple(_terms(element))
    covered: dict[int, int] = {}
    return tuple(_row(row, covered) for row in _rows(element))


def _rows(element: Element) -> Iterator[Element]:
    """The table's own rows, not those of tables inside it."""
    for child in element:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)


def _row(row: Element, covered: dict[int, int]) -> Row:
    """One row; `covered` counts for each column the rows that a cell from above still covers."""
    texts: list[str] = []
    heads: list[bool] = []

    def skip_covered() -> None:
        while covered.get(len(texts), 0) > 0:
            covered[len(texts)] -= 1
            texts.append("")

    for cell in row:
        if cell.tag not in {"td", "th"}:
            continue
        skip_covered()
        heads.append(cell.tag == "th")
        below, across = _span(cell, "rowspan") - 1, _span(cell, "colspan")
        for column in range(len(texts), len(texts) + across):
            covered[column] = below
        texts += [visible_text(cell), *[""] * (across - 1)]
    skip_covered()
    header = bool(heads) and (all(heads) or row.getparent().tag == "thead")
    return Row(tuple(texts), header)


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), MAX_SPAN) if value.isdecimal() and int(value) else 1


def _terms(element: Element) -> Iterator[Row]:
    term = ""
    for child in element.iter("dt", "dd"):
        text = visible_text(child)
        if child.tag == "dt":
            if term:
                yield Row((term, ""))
            term = text
        else:
            yield Row((term, text))
            term = ""
    if term:
        yield Row((term, ""))
