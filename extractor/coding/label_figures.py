"""How far predicted labels of passages agree with the given ones: n, accuracy, F1 and kappa, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from extractor.cues import fold_case
from extractor.passages import fold

RESAMPLES = 2_000
CHUNK = 100
"""Resamples that are worked out at once."""
PLACES = 4

_Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with its labels; passages of one group are never on both sides of training and testing."""

    text: str
    labels: frozenset[str]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The labels that a model gives a passage, the likeliest first, and how sure it is of them."""

    labels: tuple[str, ...]
    confidence: float


def evaluate(
    rows: Sequence[Labelled], said: Sequence[Prediction], known: Sequence[str] = (), seed: int = 0
) -> dict[str, Any]:
    """How far predictions agree with the labels: n, accuracy, macro and micro F1, Cohen's kappa, with 95 % intervals.

    Accuracy is the share of passages with exactly the right labels. Kappa is over the passages where each has one
    label, else over all boxes (passage x label). Macro F1 is over the labels that were given or predicted. Intervals
    are by bootstrap over groups (over passages where there are none).
    """
    given = {label for row in rows for label in row.labels}
    names = tuple(sorted(given | {label for prediction in said for label in prediction.labels} | set(known)))
    expected = truth(rows, names)
    predicted = truth([Labelled("", frozenset(p.labels)) for p in said], names)
    single = is_single(rows)
    counted = _Counted.of(expected, predicted, single)
    groups = group_numbers(rows) if any(row.group for row in rows) else np.arange(len(rows))
    resampled = _resample(counted.by_group(groups), seed)
    result: dict[str, Any] = {"n": len(rows), "labels": len(names), "groups": int(groups.max()) + 1}
    for name, value in counted.measures().items():
        result[name] = _rounded(value)
        result[f"{name}_interval"] = _interval(resampled[name])
    result["by_label"] = _by_label(names, expected, predicted)
    return result


def truth(rows: Sequence[Labelled], names: Sequence[str]) -> _Array:
    """Which labels the passages have: one row a passage, one column a label."""
    return np.array([[name in row.labels for name in names] for row in rows], dtype=bool)


def is_single(rows: Sequence[Labelled]) -> bool:
    """Whether each passage has just one label."""
    return all(len(row.labels) == 1 for row in rows)


def group_numbers(rows: Sequence[Labelled]) -> _Array:
    """A number for each row's group; without groups, passages of the same words are one group."""
    keys = [row.group or fold_case(fold(row.text)) for row in rows]
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int32)


# ------------------------------------------------------------------ counting


@dataclass(frozen=True)
class _Counted:
    """Counts of units (passages, groups or resamples), one row a unit; what all measures follow from."""

    size: _Array
    exact: _Array
    hits: _Array
    given: _Array
    said: _Array
    is_single: bool

    @classmethod
    def of(cls, expected: _Array, predicted: _Array, is_single: bool) -> _Counted:
        """The counts of each passage."""
        exact = (expected == predicted).all(axis=1)
        hits, given, said = (part.astype(np.float64) for part in (expected & predicted, expected, predicted))
        return cls(np.ones(len(exact)), exact.astype(np.float64), hits, given, said, is_single)

    def by_group(self, groups: _Array) -> _Counted:
        """The counts of each group."""
        member = np.zeros((int(groups.max()) + 1, len(groups)))
        member[groups, np.arange(len(groups))] = 1.0
        return self.weighed(member)

    def weighed(self, weights: _Array) -> _Counted:
        """The counts of sums of units, one row a row of weights."""
        size, exact, hits, given, said = (
            weights @ part for part in (self.size, self.exact, self.hits, self.given, self.said)
        )
        return _Counted(size, exact, hits, given, said, self.is_single)

    def measures(self) -> dict[str, float]:
        """The measures over all units together."""
        whole = self.weighed(np.ones((1, len(self.size))))
        return {name: float(values[0]) for name, values in whole.each().items()}

    def each(self) -> Mapping[str, _Array]:
        """The measures of each unit; nan where one is undefined."""
        with np.errstate(divide="ignore", invalid="ignore"):
            per_label = 2 * self.hits / (self.given + self.said)
            micro = 2 * self.hits.sum(axis=1) / (self.given.sum(axis=1) + self.said.sum(axis=1))
            macro = np.nansum(per_label, axis=1) / (~np.isnan(per_label)).sum(axis=1)
            return {
                "accuracy": self.exact / self.size,
                "macro_f1": macro,
                "micro_f1": micro,
                "kappa": self._kappa_of_labels() if self.is_single else self._kappa_of_boxes(),
            }

    def _kappa_of_labels(self) -> _Array:
        agreed = self.exact / self.size
        chance = (self.given * self.said).sum(axis=1) / self.size**2
        return _over_chance(agreed, chance)

    def _kappa_of_boxes(self) -> _Array:
        boxes = self.size * self.given.shape[1]
        given, said, hits = (part.sum(axis=1) for part in (self.given, self.said, self.hits))
        agreed = (boxes - given - said + 2 * hits) / boxes
        chance = (given * said + (boxes - given) * (boxes - said)) / boxes**2
        return _over_chance(agreed, chance)


def _over_chance(agreed: _Array, chance: _Array) -> _Array:
    """Cohen (1960): agreement beyond chance as a share of what there is to gain; nan where chance leaves nothing."""
    kappa: _Array = np.where(chance < 1.0, (agreed - chance) / (1.0 - chance), np.nan)
    return kappa


def _resample(units: _Counted, seed: int) -> dict[str, _Array]:
    """The measures of resamples of the units, drawn with replacement (Efron 1979)."""
    generator = np.random.default_rng(seed)
    count = len(units.size)
    found: dict[str, list[_Array]] = {}
    for _ in range(0, RESAMPLES, CHUNK):
        drawn = generator.multinomial(count, np.full(count, 1.0 / count), size=CHUNK)
        for name, values in units.weighed(drawn.astype(np.float64)).each().items():
            found.setdefault(name, []).append(values)
    return {name: np.concatenate(values) for name, values in found.items()}


def _interval(values: _Array) -> list[float] | None:
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    low, high = np.quantile(defined, [0.025, 0.975])
    return [round(float(low), PLACES), round(float(high), PLACES)]


def _by_label(names: Sequence[str], expected: _Array, predicted: _Array) -> dict[str, dict[str, Any]]:
    hits, given, said = (part.sum(axis=0) for part in (expected & predicted, expected, predicted))
    return {
        name: {
            "n": int(given[i]),
            "predicted": int(said[i]),
            "precision": _share(hits[i], said[i]),
            "recall": _share(hits[i], given[i]),
            "f1": _share(2 * hits[i], given[i] + said[i]),
        }
        for i, name in enumerate(names)
    }


def _share(part: float, whole: float) -> float | None:
    return round(float(part) / float(whole), PLACES) if whole else None


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(value, PLACES)
