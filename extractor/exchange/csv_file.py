"""Tables as CSV that Excel opens as it should: marked UTF-8, and nothing in it is run."""

from __future__ import annotations

import csv
from pathlib import Path

from extractor.exchange.cells import Cell, Table, clean, looks_like_formula

ENCODING = "utf-8-sig"
"""With the mark at the start by which Excel knows UTF-8."""
TEXT_MARK = "'"
"""Before a text that a spreadsheet would take for a formula."""


def write_csv(table: Table, path: Path) -> None:
    """Write a table with its column names."""
    with path.open("w", encoding=ENCODING, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(table.columns)
        writer.writerows([as_text(cell) for cell in row] for row in table.rows)


def as_text(cell: Cell) -> Cell:
    """A cell as CSV holds it: numbers as they are, texts without control characters and never a formula.

    >>> as_text("=SUM(A1)"), as_text(-5), as_text("-5")
    ("'=SUM(A1)", -5, "'-5")
    """
    if not isinstance(cell, str):
        return cell
    return TEXT_MARK + clean(cell) if looks_like_formula(cell) else clean(cell)
