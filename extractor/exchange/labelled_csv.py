"""Labelled passages as CSV (columns `text`, `label`, perhaps one of groups), and predictions added to such a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import UsageError
from extractor.exchange.cells import Cell, Table
from extractor.exchange.csv_file import ENCODING, write_csv

TEXT = "text"
LABEL = "label"
SEPARATOR = ";"
PREDICTED = "predicted"
CONFIDENCE = "confidence"
MAX_CELL = 10_000_000
"""Characters of one cell; Python's own limit of 131,072 is too short for whole documents."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file: its columns, and its rows as texts, one a column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> list[str]:
        """The cells of a column."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]


def read_sheet(path: Path, needed: Iterable[str]) -> Sheet:
    """A CSV file (UTF-8, with or without its mark) that has the columns that are needed."""
    csv.field_size_limit(MAX_CELL)
    try:
        with path.open(encoding=ENCODING, newline="") as stream:
            lines = [line for line in csv.reader(stream) if any(cell.strip() for cell in line)]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or type(error).__name__}.") from None
    except (UnicodeDecodeError, csv.Error):
        raise UsageError(f"{path} is no CSV file in UTF-8. In Excel, save it as \u201cCSV UTF-8\u201d.") from None
    columns = tuple(name.strip() for name in lines[0]) if lines else ()
    missing = [name for name in needed if name not in columns]
    if missing:
        raise UsageError(f"{path} has no column {' and no column '.join(missing)}; it has: {', '.join(columns)}.")
    width = len(columns)
    return Sheet(columns, tuple(tuple([*line, *([""] * width)][:width]) for line in lines[1:]))


def labels_of(cell: str) -> frozenset[str]:
    """The labels of a cell.

    >>> sorted(labels_of("training; shelter ;"))
    ['shelter', 'training']
    """
    return frozenset(label.strip() for label in cell.split(SEPARATOR) if label.strip())


def write_predictions(sheet: Sheet, predictions: Sequence[tuple[Sequence[str], float]], path: Path) -> None:
    """Write a sheet again with the labels and the confidence of each row beside it."""
    kept = [place for place, name in enumerate(sheet.columns) if name not in (PREDICTED, CONFIDENCE)]
    columns = (*(sheet.columns[place] for place in kept), PREDICTED, CONFIDENCE)
    rows: list[tuple[Cell, ...]] = [
        (*(row[place] for place in kept), SEPARATOR.join(labels), confidence)
        for row, (labels, confidence) in zip(sheet.rows, predictions, strict=True)
    ]
    write_csv(Table("predictions", columns, tuple(rows)), path)
