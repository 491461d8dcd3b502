"""A classifier of any labelled passages: trained, evaluated on passages that it was not trained on, and applied.

It sees the words and characters of a passage as the classifier of a rubric's options does, without headings and types
of documents, and parts the labels by large margins (`margins`), weighed so that rare labels are not lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from extractor.coding import classifier
from extractor.coding.classifier import Classifier
from extractor.coding.label_figures import PLACES, Labelled, Prediction, group_numbers, is_single, truth
from extractor.coding.margins import fit_margins
from extractor.coding.scoring import heading_text
from extractor.cues import fold_case
from extractor.errors import UsageError
from extractor.passages import fold
from extractor.rubric import Example

AT_LEAST = 2
"""Passages of a label from which it is learnt."""
MAX_MARGINS = 50
"""Labels up to which each gets a machine of its own; more, with fewer passages each, are fitted at once by ridge."""
MOST_FOLDS = 5
THRESHOLDS = tuple(step / 100 for step in range(5, 96))

_Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class LabelModel:
    """A trained model: one label a passage, or any number of those at or above the threshold."""

    classifier: Classifier
    is_single: bool
    threshold: float = 0.5

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """The labels of each text."""
        names = self.classifier.labels
        return [_predict(names, row, self.is_single, self.threshold) for row in self.scores(texts)]

    def scores(self, texts: Sequence[str]) -> _Array:
        """Probabilities, one row a text, one column a label."""
        return self.classifier.scores([fold_case(fold(text)) for text in texts], [_NO_PLACE] * len(texts))


_NO_PLACE = heading_text((), "")


def train_labels(rows: Sequence[Labelled], seed: int = 0) -> LabelModel:
    """A model of labelled passages; where they have several labels each, with the threshold of the best micro F1."""
    model = _train(rows)
    if model.is_single:
        return model
    scores, _ = _left_out(rows, model.classifier.labels, seed)
    return LabelModel(model.classifier, False, best_threshold(scores, truth(rows, model.classifier.labels)))


def cross_validate(rows: Sequence[Labelled], seed: int = 0) -> list[Prediction]:
    """What a model says of each passage that was trained without it, its group and its twins.

    The threshold of a fold is that of the other folds' passages, so nothing of a passage is in its own prediction.
    """
    names = tuple(sorted({label for row in rows for label in row.labels}))
    scores, fold_of = _left_out(rows, names, seed)
    single, expected = is_single(rows), truth(rows, names)
    said: list[Prediction] = [Prediction((), 0.0)] * len(rows)
    for number in range(int(fold_of.max()) + 1):
        inside, outside = np.flatnonzero(fold_of == number), fold_of != number
        threshold = 0.5 if single else best_threshold(scores[outside], expected[outside])
        for index in inside:
            said[index] = _predict(names, scores[index], single, threshold)
    return said


# ------------------------------------------------------------------ training


def _train(rows: Sequence[Labelled]) -> LabelModel:
    examples = [Example("", "", "", fold(row.text), tuple(sorted(row.labels))) for row in rows]
    few = len({label for row in rows for label in row.labels}) <= MAX_MARGINS
    model = classifier.train_on(examples, AT_LEAST, fit_margins if few else None)
    if model is None:
        raise UsageError(
            f"There is nothing to learn: at least two labels with {AT_LEAST} passages each, with words in them, are "
            "needed."
        )
    return LabelModel(model, is_single(rows))


def _left_out(rows: Sequence[Labelled], names: Sequence[str], seed: int) -> tuple[_Array, _Array]:
    """The probabilities of each passage by a model trained without its group, and its fold."""
    groups = group_numbers(rows)
    count = min(MOST_FOLDS, int(groups.max()) + 1)
    if count < 2:
        raise UsageError("Cross-validation needs passages of at least two groups; give a file with --test.")
    scores, folds = np.zeros((len(rows), len(names))), np.zeros(len(rows), dtype=np.int32)
    column = {name: index for index, name in enumerate(names)}
    split = GroupKFold(count, shuffle=True, random_state=seed).split(rows, groups=groups)
    for number, (learnt, kept_out) in enumerate(split):
        model = _train([rows[i] for i in learnt])
        known = [label for label in model.classifier.labels if label in column]
        found = model.scores([rows[i].text for i in kept_out])
        places = [model.classifier.labels.index(label) for label in known]
        scores[np.ix_(kept_out, [column[label] for label in known])] = found[:, places]
        folds[kept_out] = number
    return scores, folds


def _predict(names: Sequence[str], row: _Array, is_single: bool, threshold: float) -> Prediction:
    """Probabilities -> labels. The least sure of several labels counts; of none, how sure it is that none fits."""
    order = np.argsort(-row, kind="stable")
    best = order[:1] if is_single else order[row[order] >= threshold]
    sure = row[best[-1]] if len(best) else 1.0 - row.max()
    return Prediction(tuple(names[i] for i in best), round(float(sure), PLACES))


def best_threshold(scores: _Array, expected: _Array) -> float:
    """The threshold at which the boxes at or above it have the best micro F1."""

    def micro_f1(threshold: float) -> float:
        predicted = scores >= threshold
        return 2 * float((predicted & expected).sum()) / max(1, int(predicted.sum() + expected.sum()))

    return max(THRESHOLDS, key=micro_f1)


# ------------------------------------------------------------------ files


def save_labels(model: LabelModel, path: Path) -> None:
    """Keep a model as a skops file."""
    extra = {"is_single": model.is_single, "threshold": model.threshold}
    classifier.dump_model(model.classifier, path, extra)


def read_labels(path: Path) -> LabelModel:
    """A model from a skops file; one that holds anything else is refused."""
    model, extra = classifier.load_model(path)
    if set(extra) != {"is_single", "threshold"}:
        raise UsageError(f"{path} is no model of `deskreview train --labels`.")
    return LabelModel(model, bool(extra["is_single"]), float(extra["threshold"]))
