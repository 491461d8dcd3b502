"""The rules coder: a rubric's cues over passages, weighed by scope, actor and polarity. It may abstain.

A vote's score says how much the one passage supports the option; several passages and documents are put
together by `combine`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.coding.coders import CLEAR_CUE, RULES
from extractor.coding.sentence import sentence_marks
from extractor.cues import CueSet, fold_case
from extractor.model import Passage, Source, Vote
from extractor.rubric import Option, Rubric

SECOND_CUE_SCORE = 0.85
HINT_SCORE = 0.25
AVOIDED = 0.3
"""In a scope that the option avoids."""
PREFERRED = 1.2
NO_ACTOR = 0.5
"""Where the option wants a doer and the passage names none."""
ADVISED = 0.45
NEGATED = 0.6
OTHER = 0.7
DEFINED = 0.5
ASKED = 0.3
INSTRUMENT = 0.3
"""The words of a form or an interview guide."""
EVALUATOR = 0.7
"""The evaluation's own work, where the option does not look for that."""
CANCELLED = 0.5
HEADING = 0.6
"""A heading names a subject; it does not say what was done."""
METHOD = "method"
"""Where an option prefers this scope, the evaluators' work is what it looks for."""
FORWARD_SCOPES = frozenset({"recommendations", "future"})
"""Where an option prefers these, what is asked for is what it looks for."""

MAX_SHOWN = 80
"""Characters of matched words that a reason shows."""

_ROLES = ("cues", "hints", "exclude")


@dataclass(frozen=True, slots=True)
class _Hits:
    """The words of a passage that an option's cues match."""

    cues: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    excluded: bool = False


class RulesCoder:
    """Votes on a rubric's options by its cues, in documents of one language."""

    def __init__(self, rubric: Rubric, language: str = "en") -> None:
        self._language = language
        cues: dict[str, list[tuple[int, str]]] = {}
        self._options: list[tuple[str, Option]] = []
        for item in rubric.coded_items:
            for option in item.options:
                for role in _ROLES:
                    for cue in getattr(option, role):
                        cues.setdefault(cue, []).append((len(self._options), role))
                self._options.append((item.id, option))
        self._roles = list(cues.values())
        self._cues = CueSet(list(cues))
        self.scopes = ScopeFinder(rubric)

    def vote(self, source: Source) -> list[Vote]:
        """The votes of all passages of a document, in reading order."""
        return [vote for passage in source.passages for vote in self._vote_passage(source.file, passage)]

    def _vote_passage(self, file: str, passage: Passage) -> Iterator[Vote]:
        folded = fold_case(passage.text)
        found = self._cues.matches(folded)
        if not found:
            return
        scopes = self.scopes.of(passage.headings)
        marks = sentence_marks(folded, passage.kind, self._language)
        for index, hits in self._by_option(found).items():
            item, option = self._options[index]
            if hits.excluded:
                continue
            score, reasons = weigh(option, hits.cues, hits.hints, scopes, marks)
            if passage.kind == "heading":
                score, reasons = score * HEADING, [*reasons, "a heading"]
            features = _features(option, hits, scopes, marks)
            yield Vote(item, option.id, RULES, round(score, 4), file, passage.span, "; ".join(reasons), None, features)

    def _by_option(self, found: Sequence[tuple[int, str]]) -> dict[int, _Hits]:
        collected: dict[int, dict[str, list[str]]] = {}
        for cue, words in found:
            for index, role in self._roles[cue]:
                collected.setdefault(index, {}).setdefault(role, []).append(words)
        return {
            index: _Hits(tuple(roles.get("cues", ())), tuple(roles.get("hints", ())), "exclude" in roles)
            for index, roles in collected.items()
        }


class ScopeFinder:
    """Which named parts of a document a heading path lies in."""

    def __init__(self, rubric: Rubric) -> None:
        pairs = [(name, cue) for name, cues in rubric.scopes.items() for cue in cues]
        self._names = [name for name, _ in pairs]
        self._cues = CueSet([cue for _, cue in pairs])
        self._known: dict[str, frozenset[str]] = {}

    def of(self, headings: Sequence[str]) -> frozenset[str]:
        """The scopes of a heading path: those of each heading on it."""
        return frozenset().union(*(self._of_heading(heading) for heading in headings))

    def _of_heading(self, heading: str) -> frozenset[str]:
        scopes = self._known.get(heading)
        if scopes is None:
            scopes = frozenset(self._names[index] for index in self._cues.hits(fold_case(heading)))
            self._known[heading] = scopes
        return scopes


def weigh(
    option: Option, cues: Sequence[str], hints: Sequence[str], scopes: frozenset[str], marks: frozenset[str]
) -> tuple[float, list[str]]:
    """How much a passage with these hits supports the option, and why."""
    if cues:
        score = CLEAR_CUE if len(cues) == 1 else SECOND_CUE_SCORE
        reasons = [_named("cue", cues)]
    else:
        score, reasons = HINT_SCORE, [_named("hint", hints)]
    for applies, factor, reason in _modifiers(option, scopes, marks):
        if applies:
            score *= factor
            reasons.append(reason)
    return min(score, 1.0), reasons


def _named(role: str, words: Sequence[str]) -> str:
    shown = (f"“{text[:MAX_SHOWN]}”" for text in list(dict.fromkeys(words))[:2])
    return f"{role} {', '.join(shown)}"


def _modifiers(option: Option, scopes: frozenset[str], marks: frozenset[str]) -> Iterator[tuple[bool, float, str]]:
    forward = bool(FORWARD_SCOPES & set(option.prefer))
    avoided, preferred = scopes & set(option.avoid), scopes & set(option.prefer)
    yield bool(avoided), AVOIDED, "in " + ", ".join(sorted(avoided))
    yield bool(preferred), PREFERRED, "in " + ", ".join(sorted(preferred))
    yield option.actor and not marks & {"done", "planned"}, NO_ACTOR, "no verb of doing"
    yield "advised" in marks and not forward, ADVISED, "asked for, not done"
    yield "cancelled" in marks, CANCELLED, "cancelled or not carried out"
    yield "negated" in marks and "cancelled" not in marks, NEGATED, "a negation in it"
    yield "other" in marks and not forward, OTHER, "of others"
    yield "defined" in marks, DEFINED, "a definition"
    yield "asked" in marks, ASKED, "a question"
    yield "instrument" in marks, INSTRUMENT, "the words of a form"
    yield "evaluator" in marks and METHOD not in option.prefer, EVALUATOR, "the evaluators' own work"


def _features(option: Option, hits: _Hits, scopes: frozenset[str], marks: frozenset[str]) -> dict[str, float]:
    features = dict.fromkeys(sorted(marks), 1.0)
    features["cues"] = float(len(hits.cues))
    features["hints"] = float(len(hits.hints))
    if scopes & set(option.avoid):
        features["avoided"] = 1.0
    if scopes & set(option.prefer):
        features["preferred"] = 1.0
    return features
