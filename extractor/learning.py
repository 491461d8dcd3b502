"""What is learnt from reviews: passages for the classifier, and what a newly trained one changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.agreement import boxes, count, f1, ticked
from extractor.coding.decide import DOCUMENT_EXTRACTORS
from extractor.model import Answer, Evidence, Form, Passage
from extractor.rubric import Example, Item, Rubric

HELD = 0.5
"""A passage holds a quote when they share this part of the shorter one."""
MIN_WORDS = 4
"""A passage of fewer words teaches nothing."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document as the classifier sees it: the numbers of its pages, its passages, its type."""

    numbers: tuple[int | None, ...]
    passages: tuple[Passage, ...]
    kind: str

    def holding(self, piece: Evidence) -> Iterator[Passage]:
        """The passages that hold a quote: its own sentences, never a heading."""
        for passage in self.passages:
            if passage.kind == "heading" or passage.text.count(" ") + 1 < MIN_WORDS:
                continue
            for span in passage.spans:
                shared = min(span.end, piece.end) - max(span.start, piece.start)
                shorter = min(span.end - span.start, piece.end - piece.start)
                if shared >= HELD * shorter and shared > 0 and self.numbers[span.page] == piece.page:
                    yield passage
                    break


Reader = Callable[[str], Read | None]
"""File -> the document; None where the model does not look at it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A box that would be ticked, or no longer, with its confidence before and after."""

    project: str
    item: str
    option: str
    ticked: bool
    before: float
    after: float


def taught_items(rubric: Rubric) -> tuple[Item, ...]:
    """The items whose boxes are ticked by what sentences say."""
    return tuple(item for item in rubric.coded_items if item.extractor not in DOCUMENT_EXTRACTORS)


# ------------------------------------------------------------------ passages


def passages_of(
    rubric: Rubric, reviews: Sequence[Form], machine: Form, read: Reader, before: Iterable[Example] = ()
) -> tuple[Example, ...]:
    """The labelled passages of one project: where reviewers quoted an option that they ticked, and where the machine
    quoted one that none of them ticked though they answered the item.

    `before`: those of an earlier training. The machine does not make a mistake twice that it has learnt from, so what
    it learnt is kept for as long as the reviewers' answers say so.
    """
    labels: dict[tuple[str, str, str], tuple[set[str], set[str]]] = {}

    def note(piece: Evidence, address: str, is_yes: bool) -> None:
        document = read(piece.file) if piece.start >= 0 else None
        for passage in document.holding(piece) if document else ():
            key = (document.kind if document else "", " / ".join(passage.headings), passage.text)
            labels.setdefault(key, (set(), set()))[0 if is_yes else 1].add(address)

    for item in taught_items(rubric):
        answers = [form.items[item.id] for form in reviews if item.id in form.items]
        for answer in answers:
            for piece, option in _quoted(item, answer):
                note(piece, f"{item.id}.{option}", True)
        for piece, option in _quoted(item, machine.items.get(item.id)):
            if _is_refused(option, answers):
                note(piece, f"{item.id}.{option}", False)
    for example in before:
        kept = {address for address in example.no if _still_refused(address, rubric, reviews)}
        if kept:
            labels.setdefault((example.kind, example.heading, example.text), (set(), set()))[1].update(kept)
    return tuple(
        Example(machine.project, *key, tuple(sorted(yes)), tuple(sorted(no - yes)))
        for key, (yes, no) in sorted(labels.items())
    )


def _quoted(item: Item, answer: Answer | None) -> Iterator[tuple[Evidence, str]]:
    """The quotes of ticked options; what is quoted for the item as a whole is for its one ticked option."""
    ticks = ticked(answer)
    for piece in answer.evidence if answer else ():
        option = next(iter(ticks)) if not piece.for_ and len(ticks) == 1 else piece.for_
        known = item.option(option)
        if option in ticks and known is not None and not known.absence:
            yield piece, option


def _is_refused(option: str, answers: Sequence[Answer]) -> bool:
    """Whether reviewers answered an item and none of them ticks an option or lets it pass."""
    passed = [
        ticked(answer) | ticked(replace(answer, status="found", value=[*answer.acceptable])) for answer in answers
    ]
    return bool(passed) and not any(option in options for options in passed)


def _still_refused(address: str, rubric: Rubric, reviews: Sequence[Form]) -> bool:
    name, _, option = address.partition(".")
    answers = [form.items[name] for form in reviews if name in form.items]
    item = rubric.item(name)
    return item is not None and item.option(option) is not None and _is_refused(option, answers)


def fitting(rubric: Rubric, examples: Iterable[Example]) -> tuple[Example, ...]:
    """The passages with those of their labels that the rubric has; without any, a passage says nothing."""
    known = {f"{item.id}.{option.id}" for item in rubric.coded_items for option in item.options}
    kept = (
        replace(e, yes=tuple(a for a in e.yes if a in known), no=tuple(a for a in e.no if a in known)) for e in examples
    )
    return tuple(example for example in kept if example.yes or example.no)


def count_labels(examples: Iterable[Example]) -> dict[str, tuple[int, int]]:
    """Item -> (passages for its options, passages against)."""
    yes: Counter[str] = Counter()
    no: Counter[str] = Counter()
    for example in examples:
        yes.update(address.partition(".")[0] for address in example.yes)
        no.update(address.partition(".")[0] for address in example.no)
    return {item: (yes[item], no[item]) for item in sorted({*yes, *no})}


# ------------------------------------------------------------------ what changes


def changes(rubric: Rubric, before: Form, after: Form) -> list[Change]:
    """The boxes of a project that are ticked in one form only, in the rubric's order."""
    found = []
    for item in rubric.coded_items:
        old, new = (form.items.get(item.id, Answer("not_found")) for form in (before, after))
        for option in item.options:
            is_ticked = option.id in ticked(new)
            if is_ticked != (option.id in ticked(old)):
                confidences = (old.options.get(option.id, 0.0), new.options.get(option.id, 0.0))
                found.append(Change(after.project, item.id, option.id, is_ticked, *confidences))
    return found


def agreement_with(rubric: Rubric, reviews: Iterable[Form], forms: Mapping[str, Form]) -> tuple[float | None, int]:
    """Micro F1 of forms against reviews, and of how many boxes: those of items that the reviewer answered."""
    units = [
        unit
        for review in reviews
        if review.project in forms
        for unit in boxes((i for i in rubric.coded_items if i.id in review.items), review, forms[review.project])
    ]
    return f1(count(units)), len(units)
