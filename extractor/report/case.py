"""Several projects taken together: what templates ask of a case or of a whole portfolio.

Every public method of `Case` may be used in a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.model import ConflictValue, DocumentFacts, Evidence, FormSet
from extractor.report.citations import Notes, type_name
from extractor.report.facts import ReportFacts
from extractor.report.markdown import Md, block, emphasis, file_name, joined, link, md
from extractor.report.project import Entry, ProjectView, Quotation
from extractor.report.support import behind
from extractor.report.values import value_words
from extractor.report.wording import Share, capital, counted, listing, number_word, plural, small
from extractor.rubric import Item, Option, Rubric

LISTED_DOCUMENTS = 12
"""Up to so many searched documents are named in the sentence; beyond, the annex that lists them is named."""
MOST_IDS = 6
READ = frozenset({"ok", "partial"})


@dataclass(frozen=True)
class Tally:
    """An option with the projects that have it."""

    case: Case
    item: Item
    option: str
    text: str
    group: str
    projects: tuple[ProjectView, ...]
    evidence: tuple[Evidence, ...]

    @property
    def label(self) -> Md:
        """The option in italics, as it stands in a sentence."""
        return emphasis(small(self.text))

    @property
    def share(self) -> Share:
        """How many of the projects have it."""
        return Share(len(self.projects), self.case.total)

    @property
    def who(self) -> Md:
        """To go after the option: "two of three projects (67%), a and b"; empty where there is one project."""
        if self.case.single:
            return Md("")
        names = listing([project.id for project in self.projects])
        return md(f"{self.share.words}, {names}" if len(self.projects) <= MOST_IDS else self.share.words)

    def note(self, limit: int = 0) -> Md:
        """Its footnote: the best passage of each project, or of the first `limit`."""
        return self.case.notes.note(self.evidence, limit=limit or len(self.evidence) or 1)


class Case:
    """The projects that a report is about."""

    def __init__(self, formset: FormSet, rubric: Rubric, facts: ReportFacts, projects: Sequence[str]) -> None:
        wanted = set(projects)
        forms = [form for form in formset.forms if form.project in wanted]
        documents = {document.file: document for form in forms for document in form.documents}
        self.rubric = rubric
        self.facts = facts
        self.provenance = formset.provenance
        self.notes = Notes(documents, facts.verify)
        coder = formset.provenance.coder
        self.projects = tuple(
            ProjectView(form, rubric, self.notes, facts.coders.get(form.project, coder)) for form in forms
        )

    @property
    def total(self) -> int:
        """How many projects there are."""
        return len(self.projects)

    @property
    def single(self) -> bool:
        """Whether it is one project."""
        return self.total == 1

    @property
    def noun(self) -> str:
        """ "project" or "projects"."""
        return plural(self.total, "project")

    @property
    def verb_have(self) -> str:
        """ "has" or "have", for the projects as subject."""
        return plural(self.total, "has", "have")

    def plural(self, one: str, many: str) -> str:
        """The first for one project, the second for several."""
        return plural(self.total, one, many)

    @cached_property
    def documents(self) -> tuple[DocumentFacts, ...]:
        """All documents of the projects, in order of project and file."""
        return tuple(document for project in self.projects for document in project.documents)

    @property
    def read(self) -> tuple[DocumentFacts, ...]:
        """The documents that were read, wholly or in part."""
        return tuple(document for document in self.documents if document.outcome in READ)

    @property
    def unread(self) -> tuple[DocumentFacts, ...]:
        """The documents that could not be read, duplicates left out."""
        return tuple(document for document in self.documents if document.outcome not in READ | {"duplicate"})

    def has(self, item_id: str) -> bool:
        """Whether the rubric asks this."""
        return self.rubric.item(item_id) is not None

    def any(self, *items: str) -> bool:
        """Whether any project has an answer to any of these items, absences left out."""
        return any(self._says(project, item) for project in self.projects for item in items)

    def any_of(self, item_id: str, *groups: str) -> bool:
        """Whether any project has an option of these groups ticked."""
        return bool(self.tallies(item_id, *groups))

    def _says(self, project: ProjectView, item_id: str) -> bool:
        item = project.item(item_id)
        return project.found(item_id) and (
            item is None or not item.options or bool(project.boxes(item_id) or project.keyed(item_id))
        )

    def having(self, item_id: str, option: str = "") -> tuple[ProjectView, ...]:
        """The projects that have an answer, or this option."""
        if not option:
            return tuple(project for project in self.projects if self._says(project, item_id))
        return tuple(project for project in self.projects if option in {box.option for box in project.boxes(item_id)})

    def share(self, part: int, one: str = "project", many: str = "projects", whole: int | None = None) -> Share:
        """So many of all projects (or of `whole`), as words with a percentage."""
        return Share(part, self.total if whole is None else whole, one, many)

    def tallies(self, item_id: str, *groups: str) -> tuple[Tally, ...]:
        """The options with the projects that have them, most frequent first, then in the order of the form."""
        item = self.rubric.item(item_id)
        if item is None:
            return ()
        found: dict[tuple[str, str], list[tuple[ProjectView, tuple[Evidence, ...]]]] = {}
        texts: dict[tuple[str, str], str] = {}
        for project in self.projects:
            for box in project.boxes(item_id, groups):
                key = (box.option, box.label if box.option.endswith("other") else "")
                found.setdefault(key, []).append((project, box.evidence))
                texts[key] = box.label
        order = {option.id: place for place, option in enumerate(item.options)}
        tallies = [
            Tally(self, item, key[0], texts[key], key[0].rpartition(".")[0], tuple(view for view, _ in pairs),
                  tuple(pieces[0] for _, pieces in pairs if pieces))
            for key, pairs in found.items()
        ]  # fmt: skip
        return tuple(sorted(tallies, key=lambda tally: (-len(tally.projects), order.get(tally.option, len(order)))))

    def option(self, item_id: str, *options: str) -> tuple[Tally, ...]:
        """The tallies of these options alone."""
        return tuple(tally for tally in self.tallies(item_id) if tally.option in options)

    def groups(self, item_id: str) -> tuple[tuple[str, str], ...]:
        """The groups of an item that have something ticked, as (id, label)."""
        item = self.rubric.item(item_id)
        return tuple((key, label) for key, label in item.groups.items() if self.any_of(item_id, key)) if item else ()

    def entries(self, item_id: str) -> tuple[Entry, ...]:
        """The texts of a list item, of all projects."""
        return tuple(entry for project in self.projects for entry in project.entries(item_id))

    def keyed(self, item_id: str, *keys: str) -> tuple[Entry, ...]:
        """The findings or recommendations of all projects, of these project types or criteria where some are named."""
        every = (entry for project in self.projects for entry in project.keyed(item_id))
        return tuple(entry for entry in every if not keys or entry.key in keys)

    def keys(self, item_id: str) -> tuple[str, ...]:
        """The project types or criteria under which findings or recommendations stand, in order."""
        return tuple(dict.fromkeys(entry.key for entry in self.keyed(item_id)))

    def key_label(self, key: str) -> str:
        """A project type or criterion as words."""
        labels = {
            option.id: option.label for item in ("project_type", "dac_criteria") for option in self._options(item)
        }
        return labels.get(key, capital(key.replace("_", " ")) or "General")

    def _options(self, item_id: str) -> Sequence[Option]:
        item = self.rubric.item(item_id)
        return item.options if item else ()

    def quotations(self, item_id: str, *groups: str, limit: int = 2) -> tuple[Quotation, ...]:
        """Up to so many passages on an item, from as many projects as possible."""
        by_project = [project.quotations(item_id, groups) for project in self.projects]
        rounds = max((len(own) for own in by_project), default=0)
        turns = (own[turn] for turn in range(rounds) for own in by_project if turn < len(own))
        return tuple(quotation for quotation, _ in zip(turns, range(limit), strict=False))

    def silent(self, item_id: str) -> tuple[ProjectView, ...]:
        """The projects for which the item was searched and not found."""
        return tuple(
            project
            for project in self.projects
            if not self._says(project, item_id) and project.answer(item_id).status in {"not_found", "found"}
        )

    def gaps(self, item_id: str) -> Md:
        """A sentence on the projects for which nothing was found; empty where there is none, or nothing but gaps."""
        missing = self.silent(item_id)
        if not missing or len(missing) == self.total:
            return Md("")
        names = (
            listing([project.id for project in missing])
            if len(missing) <= MOST_IDS
            else counted(len(missing), "project")
        )
        return md(f"Nothing on this was found in the documents of {names}.")

    def nothing(self, about: str, *items: str) -> Md:
        """The paragraph of a section for which the documents hold nothing: what was searched."""
        if not any(self.has(item) for item in items):
            text = md(f"The form “{self.rubric.title}” has no question on {about}, so nothing was extracted. ")
            return block("nothing-found", text + md("The documents at hand: ") + self.documents_sentence(self.read))
        files = {file for project in self.projects for item in items for file in self._searched(project, item)}
        searched = tuple(document for document in self.read if document.file in files)
        text = md(f"Nothing was found in the documents on {about}. Searched: ")
        return block("nothing-found", text + self.documents_sentence(searched))

    def _searched(self, project: ProjectView, item_id: str) -> tuple[str, ...]:
        """The files searched for an item: those that the answer names, else all of the project that were read."""
        named = project.answer(item_id).searched
        return named or tuple(document.file for document in project.documents if document.outcome in READ)

    def documents_sentence(self, documents: Sequence[DocumentFacts]) -> Md:
        """Documents named in a sentence, with a link to the list where they are many."""
        if not documents:
            return md("no document could be read.")
        if len(documents) > LISTED_DOCUMENTS:
            return (
                md(f"{counted(len(documents), 'document')}, ")
                + link("listed one by one", "documents-searched")
                + md(".")
            )
        return joined((self._named(document) for document in documents), "; ") + md(".")

    def _named(self, document: DocumentFacts) -> Md:
        kind = small(type_name(document.type))
        return md(f"{kind}, {document.date}, " if document.date else f"{kind}, ") + file_name(document.file)

    def conflicts(self, *items: str) -> list[Md]:
        """Where documents of one project contradict each other, a sentence each."""
        asked = items or tuple(item.id for item in self.rubric.items)
        return [sentence for item in asked for sentence in self._conflicts(item)]

    def _conflicts(self, item_id: str) -> Iterator[Md]:
        item = self.rubric.item(item_id)
        if item is None:
            return
        for project in self.projects:
            for conflict in project.conflicts(item_id):
                sides = [self._side(project, item, side) for side in conflict.values]
                yield md(f"{item.label}, {project.id}: ") + joined(sides, " against ") + md(".")

    def _side(self, project: ProjectView, item: Item, side: ConflictValue) -> Md:
        """One side of a contradiction; where no checked passage is kept for it, its place stands without a quote."""
        evidence = behind(side, project.answer(item.id).evidence)
        page = "" if side.page is None else f", p. {side.page}"
        kind = small(type_name(project.type_of(side.file)))
        words = md(f"{value_words(item, side.value)} ({kind}{'' if evidence else page})")
        return words + self.notes.note(evidence) if evidence else words

    def number(self, count: int) -> str:
        """A small number as a word."""
        return number_word(count)

    def count(self, count: int, one: str, many: str = "") -> str:
        """A number with its noun."""
        return counted(count, one, many)

    def listing(self, parts: Iterable[object]) -> Md:
        """Parts as in a sentence: "a, b and c"."""
        pieces = [md(part) for part in parts]
        if len(pieces) < 2:
            return joined(pieces, "")
        return joined(pieces[:-1], ", ") + Md(" and ") + pieces[-1]
