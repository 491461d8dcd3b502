"""Fitting the combiner on coded projects. Only training needs it, so that forms are made without scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from extractor.coding.combine import DEFAULT_RATE, FEATURES, Combiner, ProjectContext, option_features
from extractor.model import Vote
from extractor.rubric import Item, Option

PRIOR_STRENGTH = 4.0
"""Projects that the rate of an option's item (or of all options) counts for against its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One option of one coded project: its votes and whether the reviewer ticked it."""

    project: str
    item: Item
    option: Option
    votes: tuple[Vote, ...]
    context: ProjectContext
    field_share: float
    ticked: bool


def fit(rows: Sequence[Row], fitted_on: str = "", strength: float = 0.3) -> Combiner:
    """A combiner of coded projects. The rate of an option leaves its own project out, as it will be in use."""
    others = {project: rates(row for row in rows if row.project != project) for project in {r.project for r in rows}}
    data = [
        option_features(
            row.votes,
            others[row.project].get(f"{row.item.id}.{row.option.id}", DEFAULT_RATE),
            row.context,
            row.field_share,
        )
        for row in rows
    ]
    matrix = np.array([[features[name] for name in FEATURES] for features in data])
    target = np.array([row.ticked for row in rows], dtype=np.int32)
    means, scales = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=1_000).fit((matrix - means) / scales, target)
    combiner = Combiner(
        _named(model.coef_[0]), _named(means), _named(scales), round(float(model.intercept_[0]), 6), 0.5, {}, fitted_on
    )
    confidences = [combiner.confidence(features) for features in data]
    threshold = best_threshold(confidences, [row.ticked for row in rows])
    return Combiner(
        combiner.weights, combiner.means, combiner.scales, combiner.intercept, threshold, rates(rows), fitted_on
    )


def best_threshold(confidences: Sequence[float], ticked: Sequence[bool]) -> float:
    """The threshold with the best F1, in hundredths."""

    def f1(threshold: float) -> float:
        hits = sum(t for c, t in zip(confidences, ticked, strict=True) if c >= threshold)
        proposed = sum(c >= threshold for c in confidences)
        return 2 * hits / max(1, proposed + sum(ticked))

    return max((step / 100 for step in range(15, 71)), key=f1)


def rates(rows: Iterable[Row]) -> dict[str, float]:
    """Rates by address, by item and over all (""), each shrunk to the next wider."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        for key in ("", row.item.id, f"{row.item.id}.{row.option.id}"):
            count = counts.setdefault(key, [0, 0])
            count[0] += row.ticked
            count[1] += 1
    overall = counts[""][0] / counts[""][1] if counts else DEFAULT_RATE
    result = {"": round(overall, 4)}
    for key in sorted(counts):
        if key:
            wider = result.get(key.partition(".")[0], overall) if "." in key else overall
            ticks, total = counts[key]
            result[key] = round((ticks + PRIOR_STRENGTH * wider) / (total + PRIOR_STRENGTH), 4)
    return result


def _named(values: Iterable[Any]) -> dict[str, float]:
    return {name: round(float(value), 6) for name, value in zip(FEATURES, values, strict=True)}
