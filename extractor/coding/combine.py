"""The combiner: votes on an option from all passages and documents of a project -> one confidence.

A small regularised logistic regression, shared over all options, over features of the (project, option) row:
the best passages by model and by cues, how many, where they stand, how much the project's text is of the rubric's
field against how much the option presumes that field, and how usual the option is among coded projects in the field and
outside it. Fitted and calibrated on coded projects; one threshold for all.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from extractor.coding.coders import ALONE, CLASSIFIER, CLEAR_CUE, RULES
from extractor.coding.usual import Rates, usual
from extractor.cues import CueSet, fold_case
from extractor.model import Vote
from extractor.rubric import Rubric

FITTED = Path(__file__).parent / "combiner.json"
FLOOR = 0.02
"""Score of a passage that was not voted for."""
STAND_IN = 0.7
"""Share of a cue's score that counts as the model's where the model has not learnt the document's language."""
FULL_DENSITY = 0.35
"""Share of passages with a word of the field at which a text is wholly of the field."""

FEATURES = (
    "model_best", "model_three", "model_five", "model_count", "cue_best", "cue_three", "cue_count", "hint_count",
    "both_best", "cue_clear_share", "density", "field_share", "field", "density_gap", "passages",
    "usual",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProjectContext:
    """What of a project as a whole weighs on each of its options."""

    density: float
    """Share of passages that hold a word of the rubric's field."""
    passages: int

    @property
    def of_field(self) -> float:
        """How far the project's text is of the rubric's field, 0 to 1."""
        return min(1.0, self.density / FULL_DENSITY)


@dataclass(frozen=True)
class Combiner:
    """The fitted weights and the threshold."""

    weights: Mapping[str, float]
    means: Mapping[str, float]
    scales: Mapping[str, float]
    intercept: float
    threshold: float
    fitted_on: str = ""
    rates: Rates = field(default_factory=dict)
    """How usual options are among coded projects."""
    reliability: Mapping[str, Sequence[tuple[float, int, float]]] = field(default_factory=dict)
    """Kind of answer -> how often answers of a confidence and above were right in coded projects: see `check`."""

    def usual(self, address: str, context: ProjectContext) -> float:
        """Log odds of an option before anything of the project is read."""
        return usual(self.rates, address, context.of_field)

    def confidence(self, features: Mapping[str, float]) -> float:
        """The probability that the project has the option."""
        margin = self.intercept
        for name, weight in self.weights.items():
            margin += weight * (features[name] - self.means[name]) / self.scales[name]
        return 1.0 / (1.0 + math.exp(-margin))


@lru_cache(maxsize=2)
def read_combiner(path: Path = FITTED) -> Combiner:
    """The shipped combiner."""
    data = json.loads(path.read_text(encoding="utf-8"))
    rates = {address: (outside, inside) for address, (outside, inside) in data.pop("rates", {}).items()}
    return Combiner(**data, rates=rates)


def field_shares(rubric: Rubric) -> dict[str, float]:
    """For each option's address: how much it presumes the rubric's field (share of its cues with a word of it)."""
    domain = CueSet(rubric.domain)
    shares: dict[str, float] = {}
    for item in rubric.coded_items:
        for option in item.options:
            texts = [*option.cues, option.label]
            texts += [example.text for example in rubric.examples if f"{item.id}.{option.id}" in example.yes]
            shares[f"{item.id}.{option.id}"] = sum(bool(domain.hits(fold_case(text))) for text in texts) / len(texts)
    return shares


UNKNOWN = usual({}, "", 0.0)
"""Log odds of an option of which no coded project tells."""


def option_features(
    votes: Sequence[Vote], context: ProjectContext, field_share: float, odds: float = UNKNOWN
) -> dict[str, float]:
    """The features of one option of one project; `odds` are its log odds before anything is read."""
    model = _ranked([vote.score for vote in votes if vote.coder == CLASSIFIER] + _stand_ins(votes))
    cue_votes = [vote for vote in votes if vote.coder == RULES]
    with_cue = [vote for vote in cue_votes if vote.features.get("cues")]
    cues = _ranked(vote.score for vote in with_cue)
    clear = [vote for vote in with_cue if vote.score >= CLEAR_CUE]
    density = context.of_field
    return {
        "model_best": _logit(_mean(model, 1)),
        "model_three": _logit(_mean(model, 3)),
        "model_five": _logit(_mean(model, 5)),
        "model_count": math.log1p(sum(score >= 0.5 for score in model)),
        "cue_best": _mean(cues, 1),
        "cue_three": _mean(cues, 3),
        "cue_count": math.log1p(len(with_cue)),
        "hint_count": math.log1p(len(cue_votes) - len(with_cue)),
        "both_best": _both_best(votes),
        "cue_clear_share": len(clear) / len(with_cue) if with_cue else 0.0,
        "density": density,
        "field_share": field_share,
        "field": field_share * density,
        "density_gap": field_share * (1.0 - density),
        "passages": math.log1p(context.passages),
        "usual": odds,
    }


def _stand_ins(votes: Iterable[Vote]) -> list[float]:
    """What the model would say, about, of passages with a cue in a language that it has not learnt.

    Its silence there says nothing, and would count as its doubt.
    """
    return [vote.score * STAND_IN for vote in votes if vote.features.get(ALONE) and vote.features.get("cues")]


def passage_scores(votes: Iterable[Vote]) -> dict[tuple[str, int, int, int], float]:
    """How much each passage supports the option, by cue and by model together; for choosing evidence."""
    by_place: dict[tuple[str, int, int, int], dict[str, float]] = {}
    for vote in votes:
        place = (vote.file, vote.span.page, vote.span.start, vote.span.end)
        scores = by_place.setdefault(place, {})
        scores[vote.coder] = max(scores.get(vote.coder, 0.0), vote.score)
    return {
        place: 1.0 - math.prod(1.0 - 0.8 * score for score in scores.values()) for place, scores in by_place.items()
    }


def _both_best(votes: Iterable[Vote]) -> float:
    """The best passage that cue and model both vote for."""
    by_place: dict[tuple[str, int, int], dict[str, float]] = {}
    for vote in votes:
        scores = by_place.setdefault((vote.file, vote.span.page, vote.span.start), {})
        scores[vote.coder] = max(scores.get(vote.coder, 0.0), vote.score)
    return max((min(scores.values()) for scores in by_place.values() if len(scores) > 1), default=0.0)


def _ranked(scores: Iterable[float]) -> list[float]:
    return sorted(scores, reverse=True)


def _mean(ranked: Sequence[float], count: int) -> float:
    padded = [*ranked[:count], *([0.0] * (count - len(ranked)))]
    return sum(padded) / count


def _logit(probability: float) -> float:
    bounded = min(max(probability, FLOOR), 1.0 - FLOOR)
    return math.log(bounded / (1.0 - bounded))
