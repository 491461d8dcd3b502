"""Fitting the combiner on coded projects. Only training needs it, so that forms are made without scikit-learn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from extractor.coding.combine import FEATURES, Combiner, ProjectContext, option_features
from extractor.coding.usual import Tick, usual, usual_rates
from extractor.model import Vote
from extractor.rubric import Item, Option


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

    @property
    def tick(self) -> Tick:
        """What of it tells how usual the option is."""
        address = f"{self.item.id}.{self.option.id}"
        return Tick(self.project, self.item.id, address, self.context.of_field, self.ticked)


def fit(rows: Sequence[Row], fitted_on: str = "", strength: float = 0.3) -> Combiner:
    """A combiner of coded projects; `strength` is the inverse of the penalty on its weights."""
    ticks = [row.tick for row in rows]
    data = _features(rows, ticks)
    matrix = np.array([[features[name] for name in FEATURES] for features in data])
    target = np.array([row.ticked for row in rows], dtype=np.int32)
    means, scales = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=1_000).fit((matrix - means) / scales, target)
    intercept = round(float(model.intercept_[0]), 6)
    weights = _named(model.coef_[0])
    combiner = Combiner(weights, _named(means), _named(scales), intercept, 0.5, fitted_on, usual_rates(ticks))
    confidences = [combiner.confidence(features) for features in data]
    return replace(combiner, threshold=best_threshold(confidences, [row.ticked for row in rows]))


def _features(rows: Sequence[Row], ticks: Sequence[Tick]) -> list[dict[str, float]]:
    """The features of each row; how usual its option is, is told by the other projects alone."""
    projects = dict.fromkeys(row.project for row in rows)
    rates = {project: usual_rates(tick for tick in ticks if tick.project != project) for project in projects}
    return [
        option_features(
            row.votes,
            row.context,
            row.field_share,
            usual(rates[row.project], tick.address, tick.density),
        )
        for row, tick in zip(rows, ticks, strict=True)
    ]


def best_threshold(confidences: Sequence[float], ticked: Sequence[bool]) -> float:
    """The threshold with the best F1, in hundredths."""

    def f1(threshold: float) -> float:
        hits = sum(t for c, t in zip(confidences, ticked, strict=True) if c >= threshold)
        proposed = sum(c >= threshold for c in confidences)
        return 2 * hits / max(1, proposed + sum(ticked))

    return max((step / 100 for step in range(15, 71)), key=f1)


def _named(values: Iterable[Any]) -> dict[str, float]:
    return {name: round(float(value), 6) for name, value in zip(FEATURES, values, strict=True)}
