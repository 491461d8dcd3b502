"""Classifiers of people's own labelled passages: read a CSV, train, evaluate, keep, apply."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractor.coding.label_figures import Labelled, evaluate
from extractor.coding.labels import cross_validate, read_labels, save_labels, train_labels
from extractor.errors import UsageError
from extractor.exchange.labelled_csv import LABEL, TEXT, labels_of, read_sheet, write_predictions

MAX_SHOWN = 10


def train_from_csv(
    labels: Path, test: Path | None, group: str, seed: int, to: Path | None, say: Callable[[str], None]
) -> dict[str, Any]:
    """Train on a CSV, evaluate on another or by grouped cross-validation, keep the model; gives the figures."""
    rows = _read(labels, group, say)
    if test is None:
        judged = rows
        said = cross_validate(rows, seed)
    else:
        judged = _read(test, "", say)
        said = train_labels(rows, seed).predict([row.text for row in judged])
    figures: dict[str, Any] = {
        "trained_on": len(rows),
        "evaluated_by": "test file" if test else "cross-validation",
        **evaluate(judged, said, seed=seed),
    }
    if to is not None:
        save_labels(train_labels(rows, seed), to)
    return figures


def classify_csv(model: Path, file: Path, to: Path) -> int:
    """Add a model's labels to the passages of a CSV; gives how many there are."""
    if not model.is_file():
        raise UsageError(f"There is no model {model}. Make one with: deskreview train --labels FILE.csv --to {model}")
    sheet = read_sheet(file, [TEXT])
    predictions = read_labels(model).predict(sheet.column(TEXT))
    write_predictions(sheet, [(p.labels, p.confidence) for p in predictions], to)
    return len(predictions)


def _read(path: Path, group: str, say: Callable[[str], None]) -> list[Labelled]:
    """The passages of a CSV; those without text, or without the one label that each should have, are named."""
    sheet = read_sheet(path, [TEXT, LABEL, *([group] if group else [])])
    groups = sheet.column(group) if group else [""] * len(sheet.rows)
    labels = [labels_of(cell) for cell in sheet.column(LABEL)]
    may_lack = any(len(entry) > 1 for entry in labels)
    rows, left_out = [], []
    for number, (text, label, key) in enumerate(zip(sheet.column(TEXT), labels, groups, strict=True), start=2):
        if text.strip() and (label or may_lack):
            rows.append(Labelled(text, label, key.strip()))
        else:
            left_out.append(number)
    if left_out:
        shown = ", ".join(map(str, left_out[:MAX_SHOWN])) + (", ..." if len(left_out) > MAX_SHOWN else "")
        say(f"{path}: {len(left_out)} rows have no text or no label and were left out: rows {shown}.")
    if not rows:
        raise UsageError(f"{path} has no row with a text and a label.")
    return rows
