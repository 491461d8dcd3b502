"""For the classifier's card: how well a rubric's classifier does on frames that it has not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score

from extractor.coding.label_figures import Labelled, Prediction, evaluate
from extractor.coding.scoring import MIN_VOTE
from extractor.rubric import Example
from tools.card_data import FOLDS, SEED, LeftOut, leave_out

RESAMPLES = 1_000
BINS = 10
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)

_Array = np.ndarray[Any, Any]
Interval = tuple[float, float]


@dataclass(frozen=True)
class Figures:
    """How far the boxes that were taken are those that the passages show, with 95 % intervals over frames."""

    shown: int
    taken: int
    precision: float
    recall: float
    f1: float
    precision_interval: Interval
    recall_interval: Interval
    f1_interval: Interval


def figures(left_out: LeftOut, columns: Sequence[int] | None = None, rows: _Array | None = None) -> Figures:
    """The figures of all boxes together, or of some options or passages."""
    here = slice(None) if columns is None else list(columns)
    there = slice(None) if rows is None else rows
    yes, taken = left_out.yes[there][:, here], left_out.taken[there][:, here]
    counts = np.stack([(yes & taken).sum(axis=1), taken.sum(axis=1), yes.sum(axis=1)], axis=1)
    _, frames = np.unique(left_out.frames[there], return_inverse=True)
    precision, recall, f1 = (float(rate) for rate in rates(counts.sum(axis=0)))
    between = [_interval(column) for column in _resampled(_by_frame(counts, frames)).T]
    return Figures(int(yes.sum()), int(taken.sum()), precision, recall, f1, *between)


def _interval(values: _Array) -> Interval:
    defined = values[~np.isnan(values)]
    if not len(defined):
        return (float("nan"), float("nan"))
    low, high = np.quantile(defined, [0.025, 0.975])
    return (float(low), float(high))


def rates(counts: _Array) -> _Array:
    """Right, taken and shown -> precision, recall and F1; nan where there is nothing to divide by."""
    right, taken, shown = np.moveaxis(np.asarray(counts, dtype=np.float64), -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.stack([right / taken, right / shown, 2 * right / (taken + shown)], axis=-1)


def _by_frame(counts: _Array, frames: _Array) -> _Array:
    """The counts of each frame."""
    summed = np.zeros((int(frames.max()) + 1, counts.shape[1]))
    np.add.at(summed, frames, counts)
    return summed


def _resampled(counts: _Array) -> _Array:
    """The rates of resamples of frames, drawn with replacement (Efron 1979)."""
    generator, number = np.random.default_rng(SEED), len(counts)
    drawn = (generator.multinomial(number, np.full(number, 1.0 / number)) @ counts for _ in range(RESAMPLES))
    return rates(np.stack(list(drawn)))


def overall(left_out: LeftOut) -> Mapping[str, Any]:
    """Micro and macro F1 and kappa of all boxes with intervals, and the figures of each option."""
    rows = [
        Labelled("", frozenset(own), str(frame))
        for own, frame in zip(_own(left_out, left_out.yes), left_out.frames, strict=True)
    ]
    said = [Prediction(tuple(own), 1.0) for own in _own(left_out, left_out.taken)]
    return evaluate(rows, said, left_out.labels, SEED)


def _own(left_out: LeftOut, table: _Array) -> Iterator[list[str]]:
    for row in table:
        yield [left_out.labels[column] for column in np.flatnonzero(row)]


def average_precision(left_out: LeftOut) -> float:
    """Mean precision over all thresholds, weighed by what recall each adds."""
    return float(average_precision_score(left_out.yes.ravel(), left_out.scores.ravel()))


def by_item(left_out: LeftOut) -> dict[str, Figures]:
    """The figures of the options of each item."""
    columns: dict[str, list[int]] = {}
    for column, label in enumerate(left_out.labels):
        columns.setdefault(label.partition(".")[0], []).append(column)
    return {item: figures(left_out, own) for item, own in columns.items()}


def by_register(left_out: LeftOut) -> dict[str, Figures]:
    """The figures of the passages of each register, the most frequent first."""
    kinds = np.array(left_out.registers)
    return {kind: figures(left_out, rows=kinds == kind) for kind, _ in Counter(left_out.registers).most_common()}


def weakest(left_out: LeftOut, number: int) -> list[tuple[str, Mapping[str, Any]]]:
    """The options with the lowest F1."""
    options = overall(left_out)["by_label"].items()
    return sorted(options, key=lambda one: (one[1]["f1"] or 0.0, one[0]))[:number]


# ------------------------------------------------------------------ hard negatives, calibration, learning curve


@dataclass(frozen=True)
class HardNegatives:
    """How often boxes are taken whose passages look like the option but are not, beside the other boxes.

    `told_apart`: how often the passage that shows an option scores higher than one of its hard negatives.
    """

    boxes: int
    taken: float
    silent_taken: float
    told_apart: float


def hard_negatives(left_out: LeftOut) -> HardNegatives:
    """What becomes of hard negatives."""
    silent = ~left_out.yes & ~left_out.no
    apart = [_told_apart(left_out, column) for column in range(len(left_out.labels))]
    return HardNegatives(
        int(left_out.no.sum()),
        _mean(left_out.taken[left_out.no]),
        _mean(left_out.taken[silent]),
        _mean(np.array([share for share in apart if share is not None])),
    )


def _told_apart(left_out: LeftOut, column: int) -> float | None:
    """The share of pairs of an option's passages, for and against, in which the one for it scores higher."""
    scores = left_out.scores[:, column]
    shown, against = scores[left_out.yes[:, column]], scores[left_out.no[:, column]]
    if not len(shown) or not len(against):
        return None
    higher, same = shown[:, None] > against, shown[:, None] == against
    return float(higher.mean() + same.mean() / 2)


def _mean(values: _Array) -> float:
    return float(values.mean()) if len(values) else float("nan")


@dataclass(frozen=True)
class Bin:
    """Boxes of like scores: how many, what the model says on average, and how many of them are shown."""

    boxes: int
    said: float
    shown: float


def calibration(left_out: LeftOut, from_score: float = MIN_VOTE) -> list[Bin]:
    """Bins of equal size of the boxes that the model would vote for."""
    voted = left_out.scores >= from_score
    scores, shown = left_out.scores[voted], left_out.yes[voted]
    order = np.argsort(scores, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return [Bin(len(part), float(scores[part].mean()), float(shown[part].mean())) for part in parts]


def calibration_error(bins: Sequence[Bin]) -> float:
    """How far said and shown lie apart on average."""
    total = sum(one.boxes for one in bins)
    return sum(one.boxes * abs(one.said - one.shown) for one in bins) / total if total else float("nan")


@dataclass(frozen=True)
class Point:
    """A point of the learning curve."""

    share: float
    frames: int
    micro_f1: float
    macro_f1: float


def learning_curve(
    examples: Sequence[Example], whole: LeftOut, shares: Sequence[float] = SHARES, say: Callable[[str], Any] = str
) -> list[Point]:
    """F1 by the share of frames that are learnt from; the whole of them has been measured already."""
    total, points = len(np.unique(whole.frames)), []
    for share in shares:
        say(f"learning from {share:.0%} of the frames")
        found = overall(whole if share == 1.0 else leave_out(examples, share))
        frames = round(share * total * (FOLDS - 1) / FOLDS)
        points.append(Point(share, frames, found["micro_f1"], found["macro_f1"]))
    return points
