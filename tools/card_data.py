"""For the classifier's card: what a rubric's examples are, and what models say of frames that they have not seen.

Training is that of `extractor.coding.classifier`; here is only what is measured with it.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold

from extractor.coding import classifier
from extractor.coding.label_figures import Labelled, group_numbers
from extractor.coding.labels import best_threshold
from extractor.coding.scoring import heading_text
from extractor.cues import fold_case
from extractor.rubric import Example

FOLDS = 5
SEED = 0

_Array = np.ndarray[Any, Any]


# ------------------------------------------------------------------ the data


@dataclass(frozen=True)
class Data:
    """Counts of a rubric's examples; of passages for and against an option: the fewest, the middle, the most."""

    options: int
    passages: int
    frames: int
    words: float
    positive: tuple[int, float, int]
    negative: tuple[int, float, int]
    registers: tuple[tuple[str, int], ...]


def data_of(examples: Sequence[Example]) -> Data:
    """Count the examples; only options that are learnt count."""
    labels = classifier.learnt_labels(examples)
    yes = Counter(address for example in examples for address in example.yes)
    no = Counter(address for example in examples for address in example.no)
    return Data(
        options=len(labels),
        passages=len(examples),
        frames=len({example.frame for example in examples}),
        words=statistics.median(len(example.text.split()) for example in examples),
        positive=_spread([yes[label] for label in labels]),
        negative=_spread([no[label] for label in labels]),
        registers=tuple(Counter(example.kind for example in examples).most_common()),
    )


def _spread(counts: Sequence[int]) -> tuple[int, float, int]:
    return (min(counts), statistics.median(counts), max(counts)) if counts else (0, 0, 0)


# ------------------------------------------------------------------ on unseen frames


@dataclass(frozen=True)
class LeftOut:
    """Boxes (passage x option) with the scores that a model gave which had not seen the passage's frame.

    `yes`: the passage shows the option; `no`: it is a hard negative of it; in neither it is silent, and counts as
    not showing it. `taken`: the score is at or above the threshold that was best on the other folds.
    """

    labels: tuple[str, ...]
    yes: _Array
    no: _Array
    scores: _Array
    taken: _Array
    thresholds: tuple[float, ...]
    frames: _Array
    registers: tuple[str, ...]


def leave_out(examples: Sequence[Example], share: float = 1.0, seed: int = SEED) -> LeftOut:
    """Cross-validation by frame, with a share of the other folds' frames to learn from.

    Passages of one frame's name are never on both sides, whatever file they stand in.
    """
    labels = classifier.learnt_labels(examples)
    frames = frame_numbers(examples)
    yes, no = (_table([getattr(example, side) for example in examples], labels) for side in ("yes", "no"))
    scores, fold_of = np.zeros(yes.shape), np.zeros(len(examples), dtype=np.int32)
    split = GroupKFold(FOLDS, shuffle=True, random_state=seed).split(examples, groups=frames)
    for number, (learnt, kept_out) in enumerate(split):
        chosen = some_frames(learnt, frames, share, seed + number)
        scores[kept_out] = _scores([examples[i] for i in chosen], [examples[i] for i in kept_out], labels)
        fold_of[kept_out] = number
    taken, thresholds = take(scores, yes, fold_of)
    return LeftOut(labels, yes, no, scores, taken, thresholds, frames, tuple(example.kind for example in examples))


def frame_numbers(examples: Sequence[Example]) -> _Array:
    """A number for the frame of each example; one without a frame is a frame of its own."""
    return group_numbers([Labelled(example.text, frozenset(), example.frame) for example in examples])


def some_frames(rows: _Array, frames: _Array, share: float, seed: int) -> _Array:
    """The rows of a share of the frames, drawn at random; a larger share holds those of a smaller one."""
    known = np.unique(frames[rows])
    chosen = np.random.default_rng(seed).permutation(known)[: max(1, round(share * len(known)))]
    return rows[np.isin(frames[rows], chosen)]


def take(scores: _Array, yes: _Array, fold_of: _Array) -> tuple[_Array, tuple[float, ...]]:
    """The boxes at or above each fold's threshold, which is that of the best micro F1 of the other folds."""
    taken, thresholds = np.zeros(yes.shape, dtype=bool), []
    for number in range(int(fold_of.max()) + 1):
        inside = fold_of == number
        thresholds.append(best_threshold(scores[~inside], yes[~inside]))
        taken[inside] = scores[inside] >= thresholds[-1]
    return taken, tuple(thresholds)


def _scores(learnt: Sequence[Example], judged: Sequence[Example], labels: Sequence[str]) -> _Array:
    """What a model of some examples says of others; nothing of options that it has too few examples of."""
    scores = np.zeros((len(judged), len(labels)))
    model = classifier.train_on(learnt)
    if model is None:
        return scores
    texts = [fold_case(example.text) for example in judged]
    found = model.scores(texts, [heading_text((example.heading,), example.kind) for example in judged])
    column = {label: index for index, label in enumerate(labels)}
    known = [index for index, label in enumerate(model.labels) if label in column]
    scores[:, [column[model.labels[index]] for index in known]] = found[:, known]
    return scores


def _table(addresses: Sequence[Sequence[str]], labels: Sequence[str]) -> _Array:
    column = {label: index for index, label in enumerate(labels)}
    table = np.zeros((len(addresses), len(labels)), dtype=bool)
    for row, own in enumerate(addresses):
        table[row, [column[address] for address in own if address in column]] = True
    return table
