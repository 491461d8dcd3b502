"""Boxes that someone ticked: a filled questionnaire says by them what it says, and what is not ticked is not said.

The labels of a row of boxes are held against the options of the rubric's items; the item whose options they are
gets a vote for each that is ticked. Sentence coders then read what is left: the questions and other ticked labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractor.coding.coders import RULES
from extractor.cues import fold_case
from extractor.model import Passage, Source, Vote
from extractor.rubric import Item, Rubric

TICKED_BOXES, TICKS, UNTICKED = "☒☑", "✓✔", "☐□"
TICKED = TICKED_BOXES + TICKS
ITEM_SHARE = 0.6
"""How much of its labels a row must share with an item's options."""
LABEL_SHARE = 0.5
MIN_LABELS = 2
MIN_PREFIX, MAX_ENDING = 4, 3
"""Words are alike that begin alike, up to their endings: "assessed", "assessment"."""
TICKED_SCORE = 1.0
MAINTAINED = "result_maintained"
CODER = "questionnaire"

_BOX = re.compile(f"[{TICKED}{UNTICKED}]")
_LABEL = re.compile(f"([{TICKED}{UNTICKED}])([^{TICKED}{UNTICKED}]*)")
_LAST = re.compile(f"[{TICKED}{UNTICKED}]\\s*$")
_WORD = re.compile(r"\w{2,}")
_EMPTY = frozenset(re.findall(r"\w+", "or and of the to in by with was were is are at an on for it not no that still"))
_ASKS_MAINTAINED = re.compile(r"\b(?:maintained|sustained|kept up)\b", re.IGNORECASE)
_RESULT = re.compile(r"^(?:outcome or output|outcomes?|outputs?|results?)\b\W*(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its label, and the passage that it stands in."""

    label: str
    is_ticked: bool
    passage: Passage


class BoxCoder:
    """Reads ticked boxes as answers to a rubric's items."""

    def __init__(self, rubric: Rubric) -> None:
        self._items = [(item, Options.of(item)) for item in rubric.coded_items]
        self._asks_maintained = rubric.item(MAINTAINED) is not None

    def read(self, source: Source) -> tuple[list[Vote], Source]:
        """The votes of ticked boxes, and the source without what the boxes leave unsaid."""
        if not _has_boxes(source.passages):
            return [], source
        groups = list(_groups(source.passages))
        answered = [(boxes, item) for boxes in groups if (item := self._named(boxes))]
        votes = [vote for boxes, item in answered for vote in _votes(boxes, item, source.file)]
        if self._asks_maintained:
            votes += _maintained(source)
        done = {id(box.passage) for boxes, _ in answered for box in boxes}
        left = (replace(p, text=said(p.text)) for p in source.passages if id(p) not in done)
        return votes, replace(source, passages=tuple(passage for passage in left if passage.text))

    def _named(self, boxes: Sequence[Box]) -> Mapping[str, tuple[str, str]]:
        return best_item([box.label for box in boxes], self._items) if len(boxes) >= MIN_LABELS else {}


def said(text: str) -> str:
    """A passage's text without the labels of boxes that are not ticked.

    >>> said("Who uses it? ☒ Government ☐ Students")
    'Who uses it?  Government '
    """
    if len(_BOX.findall(text)) == 1 and _LAST.search(text):
        return _LAST.sub("", text) if text.rstrip()[-1] in TICKED else ""
    return _LABEL.sub(lambda match: match[2] if match[1] in TICKED else "", text)


def _has_boxes(passages: Iterable[Passage]) -> bool:
    """Whether boxes were ticked: by a ticked box, or by a tick beside empty boxes. Either alone may head list items."""
    signs = {sign for passage in passages for sign in _BOX.findall(passage.text)}
    return not signs.isdisjoint(TICKED_BOXES) or not (signs.isdisjoint(TICKS) or signs.isdisjoint(UNTICKED))


def _groups(passages: Sequence[Passage]) -> Iterator[list[Box]]:
    """Boxes that belong together: those of a row, of rows with one box each, of a list."""
    for key, run in groupby(enumerate(passages), key=lambda pair: _run_of(*pair)):
        boxes = [box for _, passage in run for box in _boxes(passage)]
        if key is not None and boxes:
            yield boxes


def _run_of(number: int, passage: Passage) -> tuple[str, object] | None:
    """What passages of one group have alike; None for those without a box."""
    text = passage.text
    if not _BOX.search(text):
        return None
    if len(_BOX.findall(text)) == 1 and _LAST.search(text):
        return "column", passage.headings
    return ("list", passage.headings) if _BOX.match(text) else ("row", number)


def _boxes(passage: Passage) -> list[Box]:
    text = passage.text
    if len(_BOX.findall(text)) == 1 and _LAST.search(text):
        return [Box(_LAST.sub("", text).strip(), text.rstrip()[-1] in TICKED, passage)]
    return [Box(match[2].strip(), match[1] in TICKED, passage) for match in _LABEL.finditer(text) if match[2].strip()]


def _votes(boxes: Iterable[Box], named: Mapping[str, tuple[str, str]], file: str) -> Iterator[Vote]:
    for box in boxes:
        if box.is_ticked and box.label in named:
            item, option = named[box.label]
            why = f"the box “{box.label}” is ticked"
            yield Vote(item, option, RULES, TICKED_SCORE, file, box.passage.span, why, None, {"cues": 1.0})


# ------------------------------------------------------------------ labels and options


@dataclass(frozen=True, slots=True)
class Options:
    """An item's options with the words that name each."""

    words: tuple[tuple[str, frozenset[str]], ...]

    @classmethod
    def of(cls, item: Item) -> Options:
        """The options of an item."""
        return cls(tuple((o.id, _words(o.label) | _words(o.id.replace("_", " "))) for o in item.options))


def best_item(labels: Sequence[str], items: Iterable[tuple[Item, Options]]) -> Mapping[str, tuple[str, str]]:
    """For each label the item and option that it names, where most of the labels name options of one item."""
    best: tuple[float, dict[str, tuple[str, str]]] = (0.0, {})
    for item, options in items:
        named = {label: _best_option(label, options.words) for label in labels}
        total = sum(share for share, _ in named.values()) / len(named)
        if total > best[0]:
            best = (total, {label: (item.id, option) for label, (share, option) in named.items() if share})
    return best[1] if best[0] >= ITEM_SHARE else {}


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold_case(text))) - _EMPTY


def _best_option(label: str, options: Sequence[tuple[str, frozenset[str]]]) -> tuple[float, str]:
    """The option that a label names best, and how much of the label it shares; of equals, the shorter one."""
    words = _words(label)
    ranked = sorted(
        ((_share(words, known), -len(known), option) for option, known in options), key=lambda entry: entry[:2]
    )
    share, _, option = ranked[-1] if ranked else (0.0, 0, "")
    return (share, option) if share >= LABEL_SHARE else (0.0, "")


def _share(words: frozenset[str], known: frozenset[str]) -> float:
    return sum(any(_alike(word, other) for other in known) for word in words) / len(words) if words else 0.0


def _alike(first: str, second: str) -> bool:
    shorter = min(len(first), len(second))
    need = max(MIN_PREFIX, shorter - MAX_ENDING) if shorter > MIN_PREFIX else shorter
    return first[:need] == second[:need]


# ------------------------------------------------------------------ was it maintained


def _maintained(source: Source) -> list[Vote]:
    """For each result that a questionnaire names, whether it was maintained."""
    rows: list[tuple[str, bool, Passage]] = []
    result = ""
    for passage in source.passages:
        named = _RESULT.match(passage.text)
        if named and passage.kind == "table_row" and not _BOX.search(passage.text):
            result = passage.text[named.end() :].strip()
        ticked = [fold_case(box.label) for box in _boxes(passage) if box.is_ticked]
        if _ASKS_MAINTAINED.search(passage.text) and ticked in (["yes"], ["no"]):
            rows.append((result or str(len(rows) + 1), ticked == ["yes"], passage))
    if not rows:
        return []
    value = [{"result": result, "value": kept} for result, kept, _ in rows]
    why = "boxes of a questionnaire, one for each result"
    return [Vote(MAINTAINED, "", CODER, 0.9, source.file, rows[0][2].span, why, value)]
