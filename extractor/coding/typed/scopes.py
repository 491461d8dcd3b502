"""How much a place in a document counts: a project's own facts stand in its first pages, not in annexes or context."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from extractor.coding.latest import of_latest
from extractor.model import Source, Vote

FRONT = 0.06
"""The first part of a document (title page, data sheet, summary)."""
FRONT_CHARS = 3_500
FRONT_WEIGHT = 0.95
MIN_FIELD_WEIGHT = 0.5
MIN_WEIGHT = 0.15
REPEAT_BONUS = 0.03
MAX_REPEAT_BONUS = 0.12
MIN_EXACT_SHARE = 0.5
BEHIND = 0.98

_SCOPES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), weight)
    for pattern, weight in (
        (r"\b(?:references?|bibliograph|bibliograf|works cited|abbreviations|acronyms|glossary|"
         r"list of (?:tables|figures))", 0.15),
        (r"\b(?:other (?:projects|initiatives|actions|grants)|track record|past experience|"
         r"previous (?:projects|experience|actions)|"
         r"experience (?:of|in)|similar actions|related (?:work|projects)|management of .{0,30}projects|"
         r"reports published)", 0.15),
        (r"\b(?:terms of reference|tor\b|annex|annexe|anexo|appendix|appendices|questionnaire|"
         r"interview guide|survey form)", 0.4),
        (r"\b(?:recommendation|recommandation|recomendaci|way forward|lessons)", 0.4),
        (r"\b(?:methodolog|limitations|evaluation (?:scope|questions|criteria|approach)|data collection)", 0.55),
        (r"\b(?:background|context\b|contexte|contexto|situation analysis|literature|country context|trends)", 0.65),
        (r"\b(?:summary|résumé|resumen|overview|at a glance|introduction|project (?:description|information|"
         r"data|profile|identification|"
         r"summary|background)|description of the (?:project|action|programme)|the (?:project|action|"
         r"programme)$|general information|"
         r"basic data|key facts|fact ?sheet|budget|funding|resources|financ)", 1.0),
    )
)  # fmt: skip
DEFAULT_WEIGHT = 0.8


def heading_weight(headings: Sequence[str]) -> float:
    """The weight of a place by its heading path: the lowest of what the headings say, 0.8 if they say nothing."""
    found = [weight for heading in headings for pattern, weight in _SCOPES if pattern.search(heading)]
    return min(found) if found else DEFAULT_WEIGHT


@of_latest
def passage_weights(source: Source) -> list[float]:
    """The weight of each passage of a source, in order: by its headings, and by how early it stands."""
    return _weights(source, heading_weight)


@of_latest
def block_weights(source: Source) -> dict[int, float]:
    """The weight of each block for the fields in it: that of its first passage."""
    weights: dict[int, float] = {}
    for passage, weight in zip(source.passages, _weights(source, _field_weight), strict=True):
        weights.setdefault(passage.block, weight)
    return weights


def _field_weight(headings: Sequence[str]) -> float:
    """A field says by its label what it is: standing in a background chapter takes nothing from it."""
    weight = heading_weight(headings)
    return DEFAULT_WEIGHT if MIN_FIELD_WEIGHT <= weight < DEFAULT_WEIGHT else weight


def _weights(source: Source, of_headings: Callable[[Sequence[str]], float]) -> list[float]:
    cache: dict[tuple[str, ...], float] = {}
    front = _front(source)
    weights: list[float] = []
    for passage in source.passages:
        if passage.headings not in cache:
            cache[passage.headings] = of_headings(passage.headings)
        weights.append(_with_position(cache[passage.headings], passage.position, front))
    return weights


def _front(source: Source) -> float:
    """Up to where a document's front reaches: a share of it, and at least a page or two of text."""
    total = sum(len(page.text) for page in source.document.pages)
    return max(FRONT, FRONT_CHARS / max(1, total))


def _with_position(weight: float, position: float, front: float) -> float:
    if position <= front:
        return max(weight, FRONT_WEIGHT) if weight >= DEFAULT_WEIGHT else weight
    return max(MIN_WEIGHT, weight * (1.0 - 0.2 * position))


def best_votes(votes: Sequence[Vote], limit: int = 6) -> list[Vote]:
    """One vote a value, best first: the best place of each, a little surer with every repetition."""
    groups: dict[tuple[str, str, str], list[Vote]] = {}
    for vote in votes:
        groups.setdefault((vote.item, vote.option, repr(vote.value)), []).append(vote)
    best = [_merged(group) for group in groups.values()]
    best.sort(key=lambda vote: (-vote.score, vote.span.page, vote.span.start, repr(vote.value)))
    return best[:limit]


def prefer_exact(votes: list[Vote], is_rounding_of: Callable[[Any, Any], bool]) -> list[Vote]:
    """Where the best value is a rounding of another ("2014" of "2014-03"), the exact one goes first with its score."""
    if not votes:
        return votes
    best = votes[0]
    exact = next((vote for vote in votes[1:] if is_rounding_of(best.value, vote.value)), None)
    if exact is None or exact.score < best.score * MIN_EXACT_SHARE:
        return votes
    first = replace(exact, score=best.score)
    lower = replace(best, score=round(best.score * BEHIND, 4))
    rest = [vote for vote in votes if vote is not exact and vote is not best]
    return sorted([first, lower, *rest], key=lambda vote: -vote.score)


def _merged(group: Sequence[Vote]) -> Vote:
    first = max(group, key=lambda vote: (vote.score, -vote.span.page, -vote.span.start))
    bonus = min(MAX_REPEAT_BONUS, REPEAT_BONUS * (len(group) - 1))
    return Vote(
        first.item, first.option, first.coder, round(min(0.99, first.score + bonus), 4), first.file, first.span,
        first.why, first.value, first.features,
    )  # fmt: skip
