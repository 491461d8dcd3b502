"""A person's form, held against the rubric and the documents: what is kept of it, and which form of a project counts.

Nothing is dropped silently: what cannot be used is told, with project and item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from extractor.model import Answer, Coder, Evidence, Form, Page
from extractor.quotes import Text
from extractor.review_values import check_value, shown
from extractor.rubric import CODED_TYPES, Item, Rubric

MACHINE = "machine"
FINAL = "final"
"""The coder of an adjudicated form."""
NO_PLACE = -1
"""Start and end of a quote that was not found."""
MAX_QUOTES = 1_000
"""Quotes of one answer that are looked for."""
LEFT_TO_MACHINE = "The reviewer left this item out; the answer is the machine's."


@dataclass(frozen=True, slots=True)
class Note:
    """Something of a review that could not be taken as it is."""

    project: str
    item: str
    message: str

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.project, self.item))) + f": {self.message}"


@dataclass(frozen=True, slots=True)
class Taken:
    """What is kept of one project's review."""

    form: Form
    located: int
    not_located: int
    notes: tuple[Note, ...]


class ProjectText:
    """The text of a project's documents, in which a review's quotes are looked for."""

    def __init__(self, files: Sequence[str], pages: Callable[[str], Sequence[Page]]) -> None:
        self.files = tuple(files)
        self._pages = pages
        self._texts: dict[str, Text] = {}

    def text(self, file: str) -> Text:
        """A document's text."""
        if file not in self._texts:
            self._texts[file] = Text(self._pages(file))
        return self._texts[file]

    def named(self, file: str) -> str:
        """The document that a reviewer means: by its path, or by the end of it if only one ends so; "" if none."""
        if file in self.files:
            return file
        parts = PurePosixPath(file.replace("\\", "/")).parts
        ending = [known for known in self.files if parts and PurePosixPath(known).parts[-len(parts) :] == parts]
        return ending[0] if len(ending) == 1 else ""

    def find(self, piece: Evidence) -> tuple[Evidence, ...]:
        """The evidence with the place where its quote stands; the document and page that it names come first."""
        named = self.named(piece.file) if piece.file else ""
        for file in sorted(self.files, key=lambda known: known != named):
            text = self.text(file)
            places = text.find(piece.quote, piece.page)
            if places:
                return tuple(_placed(piece, file, text.pages[p.page], p.start, p.end) for p in places)
        return ()

    def stands(self, piece: Evidence) -> bool:
        """Whether a quote stands verbatim at the place that it comes with."""
        if piece.start < 0 or piece.file not in self.files:
            return False
        pages = (page for page in self.text(piece.file).pages if page.number == piece.page)
        return any(page.text[piece.start : piece.end] == piece.quote != "" for page in pages)


def _placed(piece: Evidence, file: str, page: Page, start: int, end: int) -> Evidence:
    quote = page.text[start:end]
    return replace(piece, file=file, page=page.number, printed_page=page.printed, start=start, end=end, quote=quote)


# ------------------------------------------------------------------ taking a review


def take_review(form: Form, rubric: Rubric, text: ProjectText, coder: Coder, named: Coder) -> Taken:
    """What of a person's form can be kept as this coder's; the file itself names the coder `named`."""
    answers: dict[str, Answer] = {}
    notes: list[Note] = []
    for name, answer in form.items.items():
        item = rubric.item(name)
        if item is None:
            notes.append(Note(form.project, name, "no such item in the rubric"))
            continue
        taken, faults = _take_answer(item, answer, text, coder, named)
        notes += [Note(form.project, name, fault) for fault in faults]
        if taken is not None:
            answers[name] = taken
    pieces = [piece for answer in answers.values() for piece in answer.evidence]
    not_located = sum(piece.start == NO_PLACE for piece in pieces)
    ordered = {item.id: answers[item.id] for item in rubric.items if item.id in answers}
    return Taken(Form(form.project, (), ordered), len(pieces) - not_located, not_located, tuple(notes))


def _take_answer(
    item: Item, answer: Answer, text: ProjectText, coder: Coder, named: Coder
) -> tuple[Answer | None, list[str]]:
    """An answer as it is kept, None if it cannot be, and what is wrong with it."""
    value: Any = None
    faults: list[str] = []
    if answer.status == "found":
        value, faults = check_value(item, answer.value)
        if value is None:
            return None, faults
    ticks = _ticks(value)
    evidence: list[Evidence] = []
    for piece in answer.evidence[:MAX_QUOTES]:
        piece = replace(piece, coder=coder if piece.coder == named else _sound(piece.coder), why=_sound(piece.why))
        found, fault = _take_piece(item, piece, ticks, text)
        evidence += found
        faults += [fault] if fault else []
    if len(answer.evidence) > MAX_QUOTES:
        faults.append(f"{len(answer.evidence):,} quotes, of which the first {MAX_QUOTES:,} are taken")
    options = {o.id: float(o.id in ticks) for o in item.options} if item.type in CODED_TYPES else {}
    acceptable = tuple(part for part in answer.acceptable if check_value(item, part)[0] is not None)
    kept = Answer(
        status=answer.status if answer.status != "unreadable" else "not_found",
        value=value,
        confidence=1.0,
        options=options,
        evidence=tuple(evidence),
        comment=_sound(answer.comment),
        acceptable=acceptable,
    )
    return kept, faults


def _take_piece(item: Item, piece: Evidence, ticks: frozenset[str], text: ProjectText) -> tuple[list[Evidence], str]:
    """A quote with its place, in one piece or two, and what is to be said of it."""
    about = f" for {shown(piece.for_)}" if piece.for_ else ""
    if item.type in CODED_TYPES and item.option(piece.for_) and piece.for_ not in ticks:
        return [], f"a quote{about}, which is not ticked, was left out"
    if not piece.quote.strip():
        return [], f"evidence{about} without a quote was left out" if piece.file else ""
    piece = replace(piece, for_=_sound(piece.for_))
    if text.stands(piece):
        return [piece], ""
    found = text.find(piece)
    if not found:
        where = ", ".join(filter(None, (_sound(piece.file), f"page {piece.page}" if piece.page else "")))
        unplaced = replace(piece, quote=_sound(piece.quote), file=_sound(piece.file), start=NO_PLACE, end=NO_PLACE)
        return [unplaced], f"a quote{about} was not found in the documents" + (f" ({where})" if where else "")
    return [*found], _elsewhere(piece, found[0], text, about)


def _elsewhere(asked: Evidence, found: Evidence, text: ProjectText, about: str) -> str:
    """What is to be said of a quote that stands in another place than the review says."""
    stands = f"a quote{about} stands in {found.file}" + (f", page {found.page}" if found.page else "")
    if asked.file and text.named(asked.file) != found.file:
        return f"{stands}, not in {_sound(asked.file)}"
    if asked.page and found.page and asked.page != found.page and str(asked.page) != found.printed_page:
        return f"{stands}, not on page {asked.page}"
    return ""


def _ticks(value: object) -> frozenset[str]:
    """The options that a value ticks."""
    if isinstance(value, str):
        return frozenset([value])
    if isinstance(value, list):
        return frozenset().union(*map(_ticks, value))
    return _ticks(value.get("value")) if isinstance(value, dict) and "result" in value else frozenset()


def _sound(text: str) -> str:
    """A text without halves of characters, which cannot be kept."""
    return text.encode("utf-8", "replace").decode("utf-8")


# ------------------------------------------------------------------ which form counts


@dataclass(frozen=True, slots=True)
class Chosen:
    """The form of a project that counts, and whose it is."""

    form: Form
    coder: Coder


def final_form(machine: Form, reviews: Mapping[Coder, Form]) -> Chosen:
    """The adjudicated form, else the single reviewer's, else the machine's.

    What a reviewer left out is the machine's, and says so.
    """
    coder = FINAL if FINAL in reviews else next(iter(reviews)) if len(reviews) == 1 else MACHINE
    if coder == MACHINE:
        return Chosen(machine, MACHINE)
    given = reviews[coder].items
    items = {
        name: replace(given[name], coder=coder) if name in given else _left(answer)
        for name, answer in machine.items.items()
    }
    return Chosen(replace(machine, items=items), coder)


def _left(answer: Answer) -> Answer:
    comment = " ".join(filter(None, (answer.comment, LEFT_TO_MACHINE)))
    return replace(answer, comment=comment, coder=MACHINE)


def placed_only(form: Form) -> Form:
    """The form with the quotes that were found; an answer says how many of its were not."""
    return replace(form, items={name: _placed_answer(answer) for name, answer in form.items.items()})


def _placed_answer(answer: Answer) -> Answer:
    placed = tuple(piece for piece in answer.evidence if piece.start >= 0)
    missing = len(answer.evidence) - len(placed)
    if not missing:
        return answer
    note = "1 quote was" if missing == 1 else f"{missing} quotes were"
    comment = " ".join(filter(None, (answer.comment, f"{note} not found in the documents.")))
    return replace(answer, evidence=placed, comment=comment)


def teaching(reviews: Mapping[Coder, Form]) -> tuple[Form, ...]:
    """The forms of a project from which is learnt: the adjudicated one, else all reviewers'."""
    return (reviews[FINAL],) if FINAL in reviews else tuple(reviews.values())


def by_project(forms: Iterable[tuple[Coder, Form]]) -> dict[str, dict[Coder, Form]]:
    """Project -> coder -> form."""
    found: dict[str, dict[Coder, Form]] = {}
    for coder, form in forms:
        found.setdefault(form.project, {})[coder] = form
    return found


def coders(reviews: Mapping[str, Mapping[Coder, Form]]) -> Iterator[Coder]:
    """Who has reviewed anything, by name."""
    yield from sorted({coder for forms in reviews.values() for coder in forms})
