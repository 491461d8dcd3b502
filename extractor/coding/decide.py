"""A project's votes -> its answers, item by item: options by the combiner, typed values by the best-backed vote."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.coding.coders import CLASSIFIER, RULES
from extractor.coding.combine import Combiner, ProjectContext, option_features, passage_scores
from extractor.coding.merge import merge_rows, merge_texts
from extractor.model import Answer, Conflict, ConflictValue, Evidence, Page, Vote
from extractor.rubric import CODED_TYPES, Item, Option, Rubric

SENTENCE_CODERS = frozenset({RULES, CLASSIFIER})
DOCUMENT_EXTRACTORS = frozenset({"documents", "places", "funders"})
"""Items of these are about documents: decided by their extractor alone, not by sentences."""
TYPED_THRESHOLD = 0.4
"""A typed value whose best vote is weaker is not given."""
LIST_THRESHOLD = 0.4
REPEAT_BONUS = 0.05
"""What each further document that says the same adds."""
CONFLICT_SHARE = 0.75
"""Another value counts as a contradiction when its vote is at least this share of the winner's."""
MAX_EVIDENCE = 3
"""Quotes kept for an option or value; best first."""
SENTENCE_CHARS = 80
"""A quote of this length is a sentence that is understood by itself."""
SCRAP_QUALITY = 0.5
MARK_WEIGHTS: Mapping[str, float] = {"instrument": 0.3, "subject": 1.3}
"""How much better or worse a quote is for a mark of its sentence: a form's words are no evidence, a doer with a verb is
the best."""
MAX_CONFIDENCE = 0.99
FIELD_DENSITY = 0.1
"""From this share of passages with words of the field on, silence on an item is an answer of absence."""

_CONTRACTS: Mapping[str, float] = {"service_contract": 0.6, "mou": 0.7, "provider_data_tool": 0.6}
"""They state the dates and sums of a contract, not the project's."""
DOCUMENT_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "project_title": _CONTRACTS,
    "start_date": _CONTRACTS,
    "end_date": {"proposal": 0.85, **_CONTRACTS},
    "length_months": {"proposal": 0.85, **_CONTRACTS},
    "budget": {"interim_report": 0.9, **_CONTRACTS},
    "expenditure": {"proposal": 0.5, **_CONTRACTS},
    "results_achieved": {"proposal": 0.5},
}
"""How much a document of a type is believed on an item, where not fully: proposals plan, reports count."""

MERGED_TYPES = frozenset({"texts", "people", "documents", "results", "evidence_list"})
KEYED_TYPES = frozenset({"findings", "recommendations"})
TEXT_TYPES = frozenset({"texts", "evidence_list"})
SISTER_ITEMS: Mapping[str, str] = {"results_framework": "results_achieved", "results_achieved": "results_framework"}
"""Items whose rows complete each other: what was planned and what was achieved."""
MAX_PER_KEY: Mapping[str, int] = {"key_findings": 5, "dac_criteria": 3, "recommendations": 10}
"""How many entries an item gives for each project type or criterion: the best ones.

The paper form asks for the top five recommendations of each type; ten leave the choice to the reviewer.
"""


@dataclass(frozen=True, slots=True)
class ProjectVotes:
    """All that was proposed for a project, and what is needed to quote it."""

    votes: tuple[Vote, ...]
    context: ProjectContext
    searched: tuple[str, ...]
    types: Mapping[str, str]
    """file -> type of document"""
    page: Callable[[str, int], Page]
    """file, index -> page"""


def decide(rubric: Rubric, project: ProjectVotes, combiner: Combiner, shares: Mapping[str, float]) -> dict[str, Answer]:
    """The answer to each item of the rubric, with skip logic."""
    by_item: dict[str, list[Vote]] = {}
    for vote in project.votes:
        by_item.setdefault(vote.item, []).append(vote)
    answers: dict[str, Answer] = {}
    for item in rubric.items:
        votes = by_item.get(item.id, [])
        if item.type not in CODED_TYPES:  # a sentence coder has no values to give
            votes = [vote for vote in votes if vote.coder not in SENTENCE_CODERS]
        if not project.searched:
            answers[item.id] = Answer("unreadable", options=dict.fromkeys((o.id for o in item.options), 0.0))
        elif item.type in CODED_TYPES:
            answers[item.id] = _decide_options(item, votes, project, combiner, shares)
        elif item.type in KEYED_TYPES:
            answers[item.id] = _decide_keyed(merge_texts(votes), project, MAX_PER_KEY.get(item.id))
        elif item.type in MERGED_TYPES:
            answers[item.id] = _decide_list(_merged(item, votes, by_item, project), project)
        else:
            answers[item.id] = _decide_value(item, votes, project)
    items = {item.id: item for item in rubric.items}
    return {item.id: _skip(item, items, answers) for item in rubric.items}


# ------------------------------------------------------------------ options


def _decide_options(
    item: Item, votes: Sequence[Vote], project: ProjectVotes, combiner: Combiner, shares: Mapping[str, float]
) -> Answer:
    typed = [_listed_vote(item, vote) for vote in votes if vote.coder not in SENTENCE_CODERS]
    by_document = item.extractor in DOCUMENT_EXTRACTORS
    used = typed if by_document else [vote for vote in votes if vote.coder in SENTENCE_CODERS]
    by_option: dict[str, list[Vote]] = {}
    for vote in used:
        by_option.setdefault(vote.option, []).append(vote)
    if by_document:
        confidences = {option.id: _backed(by_option.get(option.id, ()), project) for option in item.options}
    else:
        confidences = _combined(item, by_option, project, combiner, shares)
    threshold = TYPED_THRESHOLD if by_document else combiner.threshold
    others = _others(item, typed, project)
    ticked = _ticked(item, confidences, threshold)
    if item.type == "single" and ticked and others:
        other_is_better = _backed(others[0][1], project) > confidences[ticked[0]]
        ticked, others = ([], others) if other_is_better else (ticked, [])
    ticked += _absent(item, ticked, others, project)
    evidence = [e for option in ticked for e in _evidence(by_option.get(option, ()), option, project)]
    evidence += [e for _, backing in others for e in _evidence(backing, "", project)]
    value = _shape(item, ticked, [value for value, _ in others])
    if value is None:
        return Answer("not_found", options=confidences, searched=project.searched)
    best = max([confidences[option] for option in ticked] + [_backed(backing, project) for _, backing in others])
    for option in value if isinstance(value, list) else ():
        if isinstance(option, str) and option in confidences:
            confidences[option] = max(confidences[option], best if option not in ticked else 0.0)
    comment = "Nothing was found; this answer follows from that." if best == 0.0 else ""
    return Answer("found", value, best, confidences, _best_first(evidence), project.searched, comment=comment)


def _combined(
    item: Item,
    by_option: Mapping[str, Sequence[Vote]],
    project: ProjectVotes,
    combiner: Combiner,
    shares: Mapping[str, float],
) -> dict[str, float]:
    """The combiner's confidence in each option; answers of absence have none of their own."""
    confidences: dict[str, float] = {}
    for option in item.options:
        address = f"{item.id}.{option.id}"
        odds = combiner.usual(address, project.context)
        features = option_features(by_option.get(option.id, ()), project.context, shares[address], odds)
        confidences[option.id] = 0.0 if option.absence else round(combiner.confidence(features), 4)
    return confidences


def _ticked(item: Item, confidences: Mapping[str, float], threshold: float) -> list[str]:
    if item.type == "single":
        best = max(confidences, key=lambda option: confidences[option], default="")
        return [best] if best and confidences[best] >= threshold else []
    return [option for option, confidence in confidences.items() if confidence >= threshold]


def _absent(item: Item, ticked: Sequence[str], others: Sequence[Any], project: ProjectVotes) -> list[str]:
    """Answers of absence follow from nothing else being found, where the text is of the field at all."""
    if ticked or others or project.context.density < FIELD_DENSITY:
        return []
    return [option.id for option in item.options if option.absence]


def _others(item: Item, typed: Sequence[Vote], project: ProjectVotes) -> list[tuple[Any, list[Vote]]]:
    """Values that a typed extractor proposes outside the listed options."""
    groups = _groups(vote for vote in typed if vote.value is not None and vote.option == "")
    strong = [(value, votes) for value, votes in groups if _backed(votes, project) >= TYPED_THRESHOLD]
    strong.sort(key=lambda pair: -_backed(pair[1], project))
    return strong if item.type == "multi" else strong[:1]


def _shape(item: Item, ticked: Sequence[str], others: Sequence[Any]) -> Any:
    """The value in the contract's shape; None when there is none."""
    values: list[Any] = [*ticked]
    for other in others:
        values += [_listed(item, value) for value in (other if isinstance(other, list) else [other])]
    if not values:
        return None
    if item.type == "single" and len(values) == 1:
        return values[0]
    return values


def _listed_vote(item: Item, vote: Vote) -> Vote:
    """A vote whose value names a listed option (a country of the form) as a vote for that option."""
    listed = _listed(item, vote.value)
    return replace(vote, option=listed, value=None) if vote.option == "" and isinstance(listed, str) else vote


def _listed(item: Item, value: Any) -> Any:
    """The option's id where the value names a listed option, else the value."""
    name = _plain(str(value.get("other", ""))) if isinstance(value, dict) else ""
    return next((option.id for option in item.options if name and _plain(option.label) == name), value)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


# ------------------------------------------------------------------ typed values


def _decide_value(item: Item, votes: Sequence[Vote], project: ProjectVotes) -> Answer:
    """The value with the best backing; values of other documents that are nearly as strong are contradictions."""
    ranked = sorted(_groups(votes), key=lambda pair: -_backed(pair[1], project))
    if not ranked or _backed(ranked[0][1], project) < TYPED_THRESHOLD:
        return Answer("not_found", searched=project.searched)
    value, backing = ranked[0]
    confidence = _backed(backing, project)
    evidence = _evidence(backing, "", project)
    conflicts = _conflicts(item, ranked, confidence, project)
    return Answer("found", value, confidence, {}, _best_first(evidence), project.searched, conflicts)


def _conflicts(
    item: Item, ranked: Sequence[tuple[Any, list[Vote]]], confidence: float, project: ProjectVotes
) -> tuple[Conflict, ...]:
    winners = {vote.file for vote in ranked[0][1]}
    sides = [ranked[0]]
    for value, votes in ranked[1:]:
        elsewhere = [vote for vote in votes if vote.file not in winners]
        strong = _backed(elsewhere, project) >= CONFLICT_SHARE * confidence
        if elsewhere and strong and not _compatible(item, ranked[0][0], value):
            sides.append((value, elsewhere))
    if len(sides) == 1:
        return ()
    return (Conflict(tuple(_side(value, votes, project) for value, votes in sides), "The documents differ."),)


def _compatible(item: Item, first: Any, second: Any) -> bool:
    """A year and a month of it agree; so do titles of which one holds the other."""
    if item.type == "date_my":
        return str(first).startswith(str(second)) or str(second).startswith(str(first))
    if item.type == "text":
        words = [set(_plain(str(value)).split()) for value in (first, second)]
        return len(words[0] & words[1]) >= 0.8 * min(map(len, words))
    return bool(first == second)


def _side(value: Any, votes: Sequence[Vote], project: ProjectVotes) -> ConflictValue:
    evidence = _evidence(votes, "", project)[0]
    return ConflictValue(value, evidence.file, evidence.page, evidence.quote)


def _merged(
    item: Item, votes: Sequence[Vote], by_item: Mapping[str, Sequence[Vote]], project: ProjectVotes
) -> Sequence[Vote]:
    """The votes of a list, those that say the same with one value: near-duplicates of texts, rows of one result."""
    if item.type == "results":
        return merge_rows(votes, by_item.get(SISTER_ITEMS.get(item.id, ""), ()), project.types)
    return merge_texts(votes) if item.type in TEXT_TYPES else votes


def _decide_list(votes: Sequence[Vote], project: ProjectVotes, most: int | None = None) -> Answer:
    """All values of enough weight (the `most` best), in the order of documents and places, each once."""
    kept = [(value, backing) for value, backing in _groups(votes) if _backed(backing, project) >= LIST_THRESHOLD]
    comment = ""
    if most is not None and len(kept) > most:
        comment = f"{len(kept) - most} more were found; the best {most} are given."
        best = sorted(range(len(kept)), key=lambda index: -_backed(kept[index][1], project))[:most]
        kept = [kept[index] for index in sorted(best)]
    if not kept:
        return Answer("not_found", searched=project.searched)
    values: dict[str, Any] = {}
    for value, _ in kept:
        for entry in value if isinstance(value, list) else [value]:
            values.setdefault(_identity(entry), entry)
    evidence = [e for value, backing in kept for e in _evidence(_one_a_file(backing), _short(value), project)]
    confidence = max(_backed(backing, project) for _, backing in kept)
    best_first = _best_first(evidence)
    return Answer("found", [*values.values()], confidence, {}, best_first, project.searched, comment=comment)


def _one_a_file(backing: Sequence[Vote]) -> list[Vote]:
    """The best vote of each document."""
    best: dict[str, Vote] = {}
    for vote in backing:
        best.setdefault(vote.file, vote)
    return [*best.values()]


def _decide_keyed(votes: Sequence[Vote], project: ProjectVotes, most: int | None = None) -> Answer:
    """Findings and recommendations: lists by project type or criterion, which a vote gives as its option."""
    result: dict[str, list[Any]] = {}
    evidence: list[Evidence] = []
    confidence = 0.0
    comments: list[str] = []
    for key in dict.fromkeys(vote.option for vote in votes):
        answer = _decide_list([vote for vote in votes if vote.option == key], project, most)
        if answer.status == "found":
            comments += [f"{key or 'general'}: {answer.comment}"] if answer.comment else []
            result[key or "general"] = answer.value
            evidence += [replace(e, for_=key or "general") for e in answer.evidence]
            confidence = max(confidence, answer.confidence)
    if not result:
        return Answer("not_found", searched=project.searched)
    comment = " ".join(comments)
    return Answer("found", result, confidence, {}, _best_first(evidence), project.searched, comment=comment)


# ------------------------------------------------------------------ shared


def _groups(votes: Iterable[Vote]) -> list[tuple[Any, list[Vote]]]:
    """Votes by equal value, each group with its best votes first; groups in the order they were first seen."""
    groups: dict[str, tuple[Any, list[Vote]]] = {}
    for vote in votes:
        groups.setdefault(_identity(vote.value), (vote.value, []))[1].append(vote)
    return [(value, sorted(group, key=lambda vote: -vote.score)) for value, group in groups.values()]


def _identity(value: Any) -> str:
    return json.dumps(_essence(value), sort_keys=True, ensure_ascii=False)


def _essence(value: Any) -> Any:
    """What of a value tells it from another: amount and currency of money, the code of a country, folded text."""
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, dict) and "amount" in value:
        return [float(value["amount"]), value.get("currency")]
    if isinstance(value, dict) and "iso3166" in value:
        return value["iso3166"]
    return value


def _backed(votes: Sequence[Vote], project: ProjectVotes) -> float:
    """The best vote's score, weighed by its document's type, and a little more for each further document."""
    best: dict[str, float] = {}
    for vote in votes:
        weight = DOCUMENT_WEIGHTS.get(vote.item, {}).get(project.types.get(vote.file, ""), 1.0)
        best[vote.file] = max(best.get(vote.file, 0.0), vote.score * weight)
    if not best:
        return 0.0
    return round(min(MAX_CONFIDENCE, max(best.values()) + REPEAT_BONUS * (len(best) - 1)), 4)


def _evidence(votes: Iterable[Vote], for_: str, project: ProjectVotes) -> list[Evidence]:
    """The places that speak for an answer, best first, one a place."""
    backing = list(votes)
    first: dict[tuple[str, int, int, int], list[Vote]] = {}
    for vote in backing:
        first.setdefault((vote.file, vote.span.page, vote.span.start, vote.span.end), []).append(vote)
    scores = {
        place: score * _quality(place) * _telling(first[place]) for place, score in passage_scores(backing).items()
    }
    places = sorted(first, key=lambda place: (-scores[place], place))[:MAX_EVIDENCE]
    return [_quote(first[place], for_, scores[place], project) for place in places]


def _quality(place: tuple[str, int, int, int]) -> float:
    """A scrap of a line says little by itself: longer quotes, up to a sentence, are better evidence."""
    return min(1.0, SCRAP_QUALITY + (1.0 - SCRAP_QUALITY) * (place[3] - place[2]) / SENTENCE_CHARS)


def _telling(votes: Sequence[Vote]) -> float:
    """How much more or less a passage counts as evidence for who does what in it."""
    marks = frozenset().union(*(vote.features for vote in votes))
    return math.prod(weight for mark, weight in MARK_WEIGHTS.items() if mark in marks)


def _quote(votes: Sequence[Vote], for_: str, score: float, project: ProjectVotes) -> Evidence:
    vote = max(votes, key=lambda vote: vote.score)
    page = project.page(vote.file, vote.span.page)
    return Evidence(
        for_=for_,
        file=vote.file,
        page=page.number,
        printed_page=page.printed,
        start=vote.span.start,
        end=vote.span.end,
        quote=page.text[vote.span.start : vote.span.end],
        confidence=round(min(score, MAX_CONFIDENCE), 4),
        coder="+".join(sorted({vote.coder for vote in votes})),
        why="; ".join(dict.fromkeys(vote.why for vote in votes)),
    )


def _best_first(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda e: -e.confidence))


def _short(value: Any) -> str:
    """What a piece of evidence of a list says it is for: a text's first words, a row's statement."""
    if isinstance(value, dict):
        value = value.get("statement") or value.get("name") or value.get("what") or value.get("title") or ""
    return str(value)[:80] if isinstance(value, str) else ""


def _skip(item: Item, items: Mapping[str, Item], answers: Mapping[str, Answer]) -> Answer:
    """Skip logic: an item that is not asked is not applicable. A regional project's countries are kept (contract)."""
    answer = answers[item.id]
    several = item.type == "single" and isinstance(answer.value, list)
    if several or answer.status == "unreadable" or _is_asked(item, items, answers):
        return answer
    return Answer("not_applicable", options=answer.options, searched=answer.searched)


def _is_asked(
    item: Item, items: Mapping[str, Item], answers: Mapping[str, Answer], above: frozenset[str] = frozenset()
) -> bool:
    """Whether one of the options that an item hangs on is ticked, in an item that is asked itself."""
    if item.relevant is None or item.id in above:
        return True
    return any(
        name in answers and _has(answers[name], option) and _is_asked(items[name], items, answers, above | {item.id})
        for name, option in item.relevant.any_of
    )


def _has(answer: Answer, option: str) -> bool:
    values: Iterator[Any] = iter(answer.value if isinstance(answer.value, list) else [answer.value])
    return any(value == option for value in values)


def option_votes(item: Item, option: Option, votes: Iterable[Vote]) -> tuple[Vote, ...]:
    """The sentence coders' votes on one option: what the combiner is fitted on."""
    return tuple(
        vote for vote in votes if vote.item == item.id and vote.option == option.id and vote.coder in SENTENCE_CODERS
    )
