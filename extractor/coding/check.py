"""Which answers a person must look at, so that the others are right as often as wanted.

How often answers of a confidence and above were right is measured on coded projects, each left out of the fit
(`benchmarks/accuracy.py --fit`), and kept with the combiner. Boxes decided by sentences, boxes about documents, and
single values have confidences of different making, so each kind has its own table. Of lists no confidence was
measured: a person looks at them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.coding.decide import DOCUMENT_EXTRACTORS
from extractor.model import Answer
from extractor.rubric import CODED_TYPES, Item

MARK = "To check"
"""What a comment on an answer that a person must look at begins with."""
MIN_MEASURED = 10
"""Fewer answers of a confidence and above say nothing of how often they are right."""
VALUE_TYPES = frozenset({"text", "date_my", "number", "money", "yes_no"})
STEPS = 100
PLACES = 3

Level = tuple[float, int, float]
"""A confidence, how many answers of coded projects had it or more, and the share of these that were right."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Kind of answer -> the confidence from which on answers need not be looked at; None where there is none."""

    wanted: float
    by_kind: Mapping[str, float | None]


def kind_of(item: Item) -> str:
    """The kind of an item's confidences: "boxes", "documents", "values", or "lists"."""
    if item.type in CODED_TYPES:
        return "documents" if item.extractor in DOCUMENT_EXTRACTORS else "boxes"
    return "values" if item.type in VALUE_TYPES else "lists"


def levels(answers: Sequence[tuple[float, bool]]) -> list[Level]:
    """For each hundredth of confidence: how many answers had it or more, and the share of them that was right."""
    found: list[Level] = []
    right = 0
    ranked = sorted(((math.floor(sure * STEPS) / STEPS, is_right) for sure, is_right in answers), reverse=True)
    for count, (confidence, is_right) in enumerate(ranked, start=1):
        right += is_right
        if count == len(ranked) or ranked[count][0] != confidence:
            found.append((confidence, count, round(right / count, PLACES)))
    return found


def cuts(reliability: Mapping[str, Sequence[Level]], wanted: float) -> Cuts:
    """The lowest confidence of each kind from which on the wanted share was right."""
    return Cuts(wanted, {kind: _lowest(table, wanted) for kind, table in reliability.items()})


def _lowest(table: Sequence[Level], wanted: float) -> float | None:
    enough = [confidence for confidence, count, share in table if count >= MIN_MEASURED and share >= wanted]
    return min(enough, default=None)


def marked(item: Item, answer: Answer, limits: Cuts) -> Answer:
    """The answer with a comment where a person must look at it."""
    if answer.status != "found":
        return answer
    cut = limits.by_kind.get(kind_of(item))
    if item.type in CODED_TYPES:
        reason = _boxes_to_check(answer, cut)
    else:
        reason = "" if cut is not None and answer.confidence >= cut else "the answer"
    if not reason:
        return answer
    comment = f"{MARK}: {reason}. {answer.comment}".strip()
    return replace(answer, comment=comment)


def _boxes_to_check(answer: Answer, cut: float | None) -> str:
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    unsure = [
        str(value) if isinstance(value, str) else "the free text"
        for value in values
        if cut is None or (answer.options.get(value, 0.0) if isinstance(value, str) else answer.confidence) < cut
    ]
    return ", ".join(dict.fromkeys(unsure))


def is_marked(answer: Answer) -> bool:
    """Whether a person must look at an answer."""
    return answer.comment.startswith(MARK)
