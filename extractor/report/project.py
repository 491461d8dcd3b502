"""One project's form as a report sees it: what was found, in words, with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extractor.model import Answer, Conflict, DocumentFacts, Evidence, Form
from extractor.report.citations import Notes, type_name
from extractor.report.markdown import Md, emphasis, md, quoted
from extractor.report.support import supporting, verbatim
from extractor.report.values import as_list, entries, label_of, others, ticked, value_words
from extractor.report.wording import small
from extractor.rubric import Item, Rubric

NOT_FOUND = "not found"
STATUS_WORDS = {"not_found": NOT_FOUND, "not_applicable": "not applicable", "unreadable": "could not be read"}
PLANNING_TYPES = frozenset({"proposal", "mou", "service_contract"})
REPORTING_TYPES = frozenset(
    {"interim_report", "final_report", "external_evaluation", "internal_evaluation", "evaluation", "questionnaire"}
)
QUOTE_WORDS = 60
NO_ANSWER = Answer(status="not_found")


@dataclass(frozen=True)
class Box:
    """A ticked option of one project, or a free-text "other"."""

    option: str
    label: str
    group: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Entry:
    """A text that a project's answer holds, with what stands behind it."""

    project: ProjectView
    text: str
    evidence: tuple[Evidence, ...]
    heading: str = ""
    key: str = ""
    close: bool = True
    """Whether the evidence holds this very entry, or only the answer as a whole."""

    @property
    def words(self) -> Md:
        """The text, in quotation marks where it is the documents' own."""
        return quoted(self.text) if self.verbatim else md(self.text)

    @property
    def verbatim(self) -> bool:
        """Whether the text is the documents' own words."""
        return verbatim(self.text, self.evidence)

    @property
    def from_whom(self) -> str:
        """The kind of document that says it."""
        return type_name(self.project.type_of(self.evidence[0].file)).lower() if self.evidence else "document"

    def note(self) -> Md:
        """Its footnote; the quotation is left out where the text is the quotation."""
        return self.project.notes.note(self.evidence, quote=not self.verbatim, compare=not self.close)


@dataclass(frozen=True)
class Quotation:
    """Words of a document, to be quoted in the text."""

    project: ProjectView
    evidence: Evidence

    @property
    def words(self) -> Md:
        """The quotation in quotation marks."""
        return quoted(self.evidence.quote, QUOTE_WORDS)

    @property
    def source(self) -> Md:
        """Who says it: "The final report of *Title*"."""
        kind = type_name(self.project.type_of(self.evidence.file)).lower()
        return md(f"{'A' if kind == 'document' else 'The'} {kind} of ") + self.project.name

    def note(self) -> Md:
        """Its footnote, which names the place alone."""
        return self.project.notes.note([self.evidence], quote=False)


@dataclass(frozen=True)
class ProjectView:
    """A project with its answers; every statement can be asked for its footnote."""

    form: Form
    rubric: Rubric
    notes: Notes
    coder: str

    @property
    def id(self) -> str:
        """The project's id."""
        return self.form.project

    @cached_property
    def title(self) -> str:
        """The project's title as found, else its id."""
        answer = self.answer("project_title")
        return str(answer.value) if self.found("project_title") and answer.value else self.id

    @property
    def name(self) -> Md:
        """The title in italics, as it stands in a sentence."""
        return emphasis(self.title)

    @property
    def documents(self) -> tuple[DocumentFacts, ...]:
        """The project's documents."""
        return self.form.documents

    @cached_property
    def _types(self) -> Mapping[str, str]:
        return {document.file: document.type for document in self.form.documents}

    def type_of(self, file: str) -> str:
        """The type of one of its documents."""
        return self._types.get(file, "other")

    def item(self, item_id: str) -> Item | None:
        """The rubric's item of this id."""
        return self.rubric.item(item_id)

    def answer(self, item_id: str) -> Answer:
        """The answer to an item; "not found" where the form has none."""
        return self.form.items.get(item_id, NO_ANSWER)

    def found(self, item_id: str) -> bool:
        """Whether the item has an answer."""
        answer = self.answer(item_id)
        return answer.status == "found" and answer.value not in (None, "", [], {})

    def words(self, item_id: str) -> str:
        """The answer as words, or what there is instead of one."""
        item, answer = self.item(item_id), self.answer(item_id)
        if item is None or not self.found(item_id):
            return STATUS_WORDS.get(answer.status, NOT_FOUND)
        return value_words(item, answer.value)

    def note(self, item_id: str) -> Md:
        """The footnote of an answer as a whole: its best passage."""
        return self.notes.note(self.answer(item_id).evidence, limit=1) if self.found(item_id) else Md("")

    def says(self, item_id: str) -> Md:
        """The answer as words with its footnote."""
        return md(self.words(item_id)) + self.note(item_id)

    def amount(self, item_id: str) -> Mapping[str, Any] | None:
        """A money value whose amount is a number."""
        value = self.answer(item_id).value if self.found(item_id) else None
        return value if isinstance(value, Mapping) and isinstance(value.get("amount"), (int, float)) else None

    def boxes(self, item_id: str, groups: Sequence[str] = ()) -> tuple[Box, ...]:
        """The ticked options, absences left out; of the named groups only where some are named."""
        item = self.item(item_id)
        if item is None or not self.found(item_id):
            return ()
        answer = self.answer(item_id)
        coded = [_box(item, option, answer) for option in ticked(answer.value) if not _is_absence(item, option)]
        free = [_other_box(group, text, answer) for group, text in others(answer.value)]
        return tuple(box for box in coded + free if not groups or box.group in groups)

    def entries(self, item_id: str) -> tuple[Entry, ...]:
        """The texts of a list answer, each with the evidence that holds it."""
        if not self.found(item_id):
            return ()
        answer = self.answer(item_id)
        return tuple(self.entry(text, answer) for text in entries(answer.value))

    def entry(self, text: str, answer: Answer, heading: str = "", key: str = "") -> Entry:
        """One text of an answer with its own evidence, else with the answer's best."""
        close = supporting(text, answer.evidence)
        return Entry(self, text, close or answer.evidence[:1], heading, key, bool(close))

    def keyed(self, item_id: str) -> tuple[Entry, ...]:
        """The entries of findings or recommendations, each with its project type or criterion as `key`."""
        answer = self.answer(item_id)
        if not self.found(item_id) or not isinstance(answer.value, Mapping):
            return self.entries(item_id)
        return tuple(
            self._keyed_entry(str(key), part, answer) for key, parts in answer.value.items() for part in as_list(parts)
        )

    def _keyed_entry(self, key: str, part: Any, answer: Answer) -> Entry:
        heading, text = _finding_parts(part)
        return self.entry(text, answer, heading, key)

    def quotations(self, item_id: str, groups: Sequence[str] = ()) -> tuple[Quotation, ...]:
        """What the documents say on an item, each passage once, surest first."""
        wanted = {box.option for box in self.boxes(item_id, groups)} if groups else set()
        seen: dict[str, Evidence] = {}
        for piece in self.answer(item_id).evidence if self.found(item_id) else ():
            if not groups or piece.for_ in wanted:
                seen.setdefault(piece.quote, piece)
        return tuple(Quotation(self, piece) for piece in sorted(seen.values(), key=lambda piece: -piece.confidence))

    def conflicts(self, item_id: str) -> tuple[Conflict, ...]:
        """Contradictions between its documents on an item."""
        return self.answer(item_id).conflicts

    def stage(self, evidence: Evidence) -> str:
        """ "planned" for what a plan says, "reported" for what a report or an evaluation says, else ""."""
        kind = self.type_of(evidence.file)
        return "planned" if kind in PLANNING_TYPES else "reported" if kind in REPORTING_TYPES else ""


def _finding_parts(part: Any) -> tuple[str, str]:
    if not isinstance(part, Mapping):
        return "", str(part)
    return str(part.get("heading") or ""), str(part.get("finding") or part.get("text") or part.get("heading") or "")


def _is_absence(item: Item, option_id: str) -> bool:
    option = item.option(option_id)
    return bool(option and option.absence)


def _box(item: Item, option_id: str, answer: Answer) -> Box:
    option = item.option(option_id)
    group = option.group if option else option_id.rpartition(".")[0]
    return Box(option_id, label_of(item, option_id), group, _own_evidence(answer, option_id))


def _own_evidence(answer: Answer, *options: str) -> tuple[Evidence, ...]:
    """The evidence given for an option; where none is, that given for the answer as a whole."""
    named = tuple(piece for piece in answer.evidence if piece.for_ in options)
    return named or tuple(piece for piece in answer.evidence if not piece.for_)


def _other_box(group: str, text: str, answer: Answer) -> Box:
    named = _own_evidence(answer, "other", f"{group}.other")
    return Box(f"{group}.other" if group else "other", small(text), group, supporting(text, answer.evidence) or named)
