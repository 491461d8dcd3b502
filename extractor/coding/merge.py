"""Lists from several documents as one: what says the same appears once, with the evidence of each place.

Texts are the same when most words of the shorter one stand in the other. Rows of results are joined by number and
statement: the plan gives target and baseline, the report what was achieved; what else the documents say is noted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractor.coding.similar import content_words, opening_words, same_opening, share
from extractor.model import Vote

SAME_TEXT = 0.7
MIN_WORDS = 3
SAME_STATEMENT, SAME_NUMBERED = 0.75, 0.34
"""Share of words from which rows are one result; less is asked of rows of the same number."""
SAME_INDICATOR = 0.5
EMPTY_ROW: Mapping[str, Any] = {
    "level": "",
    "no": "",
    "statement": "",
    "indicator": "",
    "baseline": None,
    "target": None,
    "achieved": None,
    "unit": "",
    "note": "",
}
TELLING_FIGURE = 20
"""From here on two results of one project hardly have the same figure by chance, if they also share a word."""
FIGURES = ("baseline", "target", "achieved")
_PLANS_FIRST = ("proposal", "mou", "service_contract", "interim_report", "final_report")
_REPORTS_FIRST = ("final_report", "external_evaluation", "internal_evaluation", "interim_report", "other")
PRECEDENCE: Mapping[str, Sequence[str]] = {
    "baseline": _PLANS_FIRST,
    "target": _PLANS_FIRST,
    "achieved": _REPORTS_FIRST,
}
"""Whose figure stands in the row where documents differ: types of document, the first first."""


def merge_texts(votes: Sequence[Vote]) -> list[Vote]:
    """The votes, those that say the same with the option and value of the surest of them."""
    leaders: list[tuple[Vote, tuple[frozenset[str], frozenset[str]]]] = []
    merged: dict[int, Vote] = {}
    for index in sorted(range(len(votes)), key=lambda index: -votes[index].score):
        vote = votes[index]
        if isinstance(vote.value, list):
            merged[index] = vote
            continue
        text = text_of(vote.value)
        words = content_words(text), opening_words(text)
        leader = next(
            (one for one, other in leaders if _alike(words[0], other[0]) or same_opening(words[1], other[1])), None
        )
        if leader is None:
            leaders.append((vote, words))
        merged[index] = vote if leader is None else replace(vote, option=leader.option, value=leader.value)
    return [merged[index] for index in range(len(votes))]


def _alike(words: frozenset[str], other: frozenset[str]) -> bool:
    """Whether texts say the same; of a few words, only when they are the same words."""
    return words == other or min(len(words), len(other)) >= MIN_WORDS and share(words, other) >= SAME_TEXT


def text_of(value: Any) -> str:
    """The words of a listed value that say what it is."""
    if isinstance(value, dict):
        return str(
            next((value[key] for key in ("finding", "what", "statement", "name", "title") if value.get(key)), "")
        )
    return str(value)


# ------------------------------------------------------------------ results


def merge_rows(votes: Sequence[Vote], others: Sequence[Vote], types: Mapping[str, str]) -> list[Vote]:
    """The item's votes with joined rows; votes of the sister item complete them and become evidence.

    `types`: file -> type of document.
    """
    groups: list[list[Vote]] = []
    for vote, own in [*((vote, True) for vote in votes), *((vote, False) for vote in others)]:
        group = _group_of(vote, groups)
        if group is None:
            if own:
                groups.append([vote])
        else:
            group.append(vote)
    item = votes[0].item if votes else ""
    joined = ((group, _joined(group, types)) for group in groups)
    return [replace(vote, item=item, value=row) for group, row in joined for vote in group]


def _group_of(vote: Vote, groups: Sequence[list[Vote]]) -> list[Vote] | None:
    """The group that holds a row of the same result and is most like it; none with another row of its document.

    An extractor gives each result of a document once: two rows of one document are two results.
    """
    fitting = [
        group
        for group in groups
        if any(_same(vote, other) for other in group)
        and not any(other.file == vote.file and other.value != vote.value for other in group)
    ]
    return max(fitting, key=lambda group: max(_likeness(vote, other) for other in group), default=None)


def _likeness(vote: Vote, other: Vote) -> float:
    """How like two rows are: the same row, else the share of their words that both have."""
    if vote.value == other.value:
        return 2.0
    row, given = (_all_words({**EMPTY_ROW, **one.value}) for one in (vote, other))
    return len(row & given) / max(1, len(row | given))


def _same(vote: Vote, other: Vote) -> bool:
    """Whether two rows are of one result. Of one document only the very same row is, in its two lists."""
    if vote.file == other.file:
        return bool(vote.value == other.value)
    row, given = ({**EMPTY_ROW, **one.value} for one in (vote, other))
    alike = share(content_words(row["statement"]), content_words(given["statement"]))
    numbered = bool(row["no"]) and row["no"] == given["no"] and row["level"] == given["level"]
    if _counted_alike(row, given) and share(_all_words(row), _all_words(given)) > 0:
        return True
    if alike < (SAME_NUMBERED if numbered else SAME_STATEMENT):
        return False
    if row["no"] and given["no"] and row["no"] != given["no"] and row["level"] == given["level"]:
        return False
    if row["indicator"] and given["indicator"] and not numbered:
        return share(content_words(row["indicator"]), content_words(given["indicator"])) >= SAME_INDICATOR
    return True


def _all_words(row: Mapping[str, Any]) -> frozenset[str]:
    return content_words(f"{row['statement']} {row['indicator']}")


def _counted_alike(row: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether a bare count repeats the telling figure of a row: "it trained 1,215" beside the table's 1,215."""
    bare = any(one["target"] is None and not one["no"] for one in (row, given))
    return bare and row["achieved"] == given["achieved"] is not None and row["achieved"] >= TELLING_FIGURE


def _joined(votes: Sequence[Vote], types: Mapping[str, str]) -> dict[str, Any]:
    """One row of all: the surest row's words, each figure from the document that knows it best, a note of others."""
    if len(votes) == 1:
        return dict(votes[0].value)
    best = max(votes, key=lambda vote: vote.score)
    row = {**EMPTY_ROW, **best.value}
    for key in ("no", "indicator", "unit", "note"):
        row[key] = row[key] or next((vote.value[key] for vote in votes if vote.value.get(key)), "")
    notes = [row["note"]]
    for part in FIGURES:
        order = PRECEDENCE[part]
        stated = [vote for vote in votes if vote.value.get(part) is not None]
        stated.sort(key=lambda vote: _rank(types.get(vote.file, ""), order))
        if stated:
            row[part] = stated[0].value[part]
            others = dict.fromkeys(vote.value[part] for vote in stated if vote.value[part] != row[part])
            notes += [f"{part} elsewhere: {', '.join(map(str, others))}"] * bool(others)
    row["note"] = "; ".join(dict.fromkeys(note for note in notes if note))
    return row


def _rank(kind: str, order: Sequence[str]) -> int:
    return order.index(kind) if kind in order else len(order)
