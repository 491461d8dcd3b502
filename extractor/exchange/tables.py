"""Forms as tables: one row an answer, a quote, a document, a side of a contradiction. docs/exports.md explains them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.agreement import STOPWORDS, words
from extractor.exchange.cells import Cell, Table
from extractor.exchange.values import Entry, entries
from extractor.model import Answer, Evidence, Form, FormSet
from extractor.rubric import CODED_TYPES, Item, Rubric

ANSWER_COLUMNS = (
    "project", "item", "no", "label", "option", "value", "status", "confidence", "file", "page", "quote", "coder",
)  # fmt: skip
EVIDENCE_COLUMNS = (
    "project", "item", "no", "label", "for", "file", "page", "printed_page", "start", "end", "quote", "confidence",
    "coder", "why",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "project", "file", "type", "title", "authors", "date", "language", "pages", "outcome", "sha256",
)  # fmt: skip
CONFLICT_COLUMNS = ("project", "item", "no", "label", "side", "value", "file", "page", "quote", "note")
MISSING = Answer("not_found")
"""What a form says of an item that it does not hold."""
MIN_MARK = 8
"""A shorter mark of evidence must be the whole name: "IOM" is not the beginning of "IOM Development Fund"."""
ALIKE = 0.5
"""A quote that is for several entries is taken for one when they share this part of the shorter one's words."""


def asked_items(forms: FormSet, rubric: Rubric) -> tuple[Item, ...]:
    """The rubric's items in its order, then what the forms hold beyond them (of an older rubric, say)."""
    known = {item.id for item in rubric.items}
    more = dict.fromkeys(item for form in forms.forms for item in form.items if item not in known)
    return rubric.items + tuple(Item(item, item, "text") for item in more)


# ------------------------------------------------------------------ answers


def answers_table(forms: FormSet, rubric: Rubric) -> Table:
    """One row an answer: a ticked option, a value, a row of a list; one row for an item without any."""
    items = asked_items(forms, rubric)
    coder = forms.provenance.coder
    rows = (row for form in forms.forms for item in items for row in _answer_rows(form, item, coder))
    return Table("answers", ANSWER_COLUMNS, tuple(rows))


def _answer_rows(form: Form, item: Item, coder: str) -> Iterator[tuple[Cell, ...]]:
    answer = form.items.get(item.id, MISSING)
    given = entries(item, answer.value) if answer.status == "found" else []
    for index, entry in enumerate(given or [Entry("", None)]):
        evidence = _best_evidence(answer, item, given, index) if given else next(iter(answer.evidence), None)
        yield (
            form.project,
            item.id,
            item.no,
            item.label,
            entry.option,
            entry.value,
            answer.status,
            _confidence(answer, entry),
            evidence.file if evidence else entry.file,
            evidence.page if evidence else None,
            evidence.quote if evidence else "",
            answer.coder or coder,
        )


def _confidence(answer: Answer, entry: Entry) -> float | None:
    """An option's own confidence, else the answer's; none where nothing was found."""
    return answer.options.get(entry.option, answer.confidence) if answer.status == "found" else None


def _best_evidence(answer: Answer, item: Item, given: Sequence[Entry], index: int) -> Evidence | None:
    """The best quote for one entry: what is marked as for it, else what is for several and is most like it."""
    entry = given[index]
    if entry.option and item.type not in CODED_TYPES:
        return _keyed_evidence(answer, given, index)
    of_file = [piece for piece in answer.evidence if entry.file in ("", piece.file)]
    names = (entry.option, entry.name)
    marked = next((piece for piece in of_file if any(_is_for(piece.for_, name) for name in names)), None)
    if marked or (item.option(entry.option) and len(given) > 1):
        return marked
    rivals = [other for other in given if not item.option(other.option)]
    return _most_like(entry, [piece for piece in of_file if not piece.for_], alone=len(rivals) <= 1)


def _is_for(mark: str, name: str) -> bool:
    """Evidence for a value of a list is marked with the value's beginning."""
    return bool(mark) and (name == mark or len(mark) >= MIN_MARK and name.startswith(mark))


def _keyed_evidence(answer: Answer, given: Sequence[Entry], index: int) -> Evidence | None:
    """Findings and recommendations: one quote each in their order, or fewer or more that are for their key."""
    key = given[index].option
    own = [piece for piece in answer.evidence if piece.for_ == key]
    under_key = [position for position, entry in enumerate(given) if entry.option == key]
    if len(own) == len(under_key):
        return own[under_key.index(index)]
    return _most_like(given[index], own, alone=len(under_key) == 1)


def _most_like(entry: Entry, evidence: Sequence[Evidence], alone: bool) -> Evidence | None:
    """The quote that shares most words with an entry; no quote is better than another entry's."""
    if alone:
        return next(iter(evidence), None)
    shares = [_shared(entry.text, piece.quote) for piece in evidence]
    best = max(shares, default=0.0)
    return evidence[shares.index(best)] if best >= ALIKE else None


def _shared(first: str, second: str) -> float:
    """Share of the words of the shorter text that stand in the other."""
    one, two = (frozenset(words(text)) - STOPWORDS for text in (first, second))
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


# ------------------------------------------------------------------ evidence, documents, contradictions


def evidence_table(forms: FormSet, rubric: Rubric) -> Table:
    """All evidence, with its place in the stored text and why it counts."""
    rows = []
    for form, item, answer in _answers(forms, rubric):
        for piece in answer.evidence:
            facts = (form.project, item.id, item.no, item.label, piece.for_, piece.file, piece.page)
            place = (piece.printed_page or "", piece.start, piece.end, piece.quote)
            rows.append((*facts, *place, piece.confidence, piece.coder, piece.why))
    return Table("evidence", EVIDENCE_COLUMNS, tuple(rows))


def documents_table(forms: FormSet) -> Table:
    """All documents of the projects, with how reading them ended."""
    rows: list[tuple[Cell, ...]] = [
        (form.project, d.file, d.type, d.title, "; ".join(d.authors), d.date, d.language, d.pages, d.outcome, d.sha256)
        for form in forms.forms
        for d in form.documents
    ]
    return Table("documents", DOCUMENT_COLUMNS, tuple(rows))


def conflicts_table(forms: FormSet, rubric: Rubric) -> Table:
    """What documents of a project contradict each other on, one row a side."""
    rows: list[tuple[Cell, ...]] = []
    for form, item, answer in _answers(forms, rubric):
        for conflict in answer.conflicts:
            for side, held in enumerate(conflict.values, start=1):
                value = "; ".join(entry.text for entry in entries(item, held.value))
                facts = (form.project, item.id, item.no, item.label, side, value)
                rows.append((*facts, held.file, held.page, held.quote, conflict.note))
    return Table("conflicts", CONFLICT_COLUMNS, tuple(rows))


def _answers(forms: FormSet, rubric: Rubric) -> Iterator[tuple[Form, Item, Answer]]:
    items = asked_items(forms, rubric)
    for form in forms.forms:
        for item in items:
            if item.id in form.items:
                yield form, item, form.items[item.id]


# ------------------------------------------------------------------ what the files mean

STATUS_WORDS = {
    "found": "The documents give an answer; it stands in the row with its best quote.",
    "not_found": "The project's documents that could be read (ok, partial) were searched and give no answer.",
    "not_applicable": "The item is not asked, given the answers to others (or the reviewer says it cannot apply).",
    "unreadable": "No document of the project could be read, so that nothing could be searched.",
}
SHEETS = {
    "answers": "One row an answer: a ticked option, a value or an entry of a list; items without an answer too.",
    "forms": "One row a project. ITEM/OPTION is 1 where the option is ticked and 0 where it is not.",
    "evidence": "Every quote that supports an answer, best first, with its place in the stored text.",
    "documents": "Every document of the projects, with its type, title, date and how reading it ended.",
    "about": "This page: what made the workbook, and what its words mean.",
    "codebook": "Every column of the sheet forms, with the question and option that it stands for.",
    "conflicts": "What documents of one project contradict each other on, one row a side (only if there is any).",
    "long texts": "Texts that are too long for a cell, in parts (only if there is any).",
}
CONFIDENCE = "0 to 1: how sure the coder is that the answer is right. A reviewer's answers have 1."


def about_table(forms: FormSet, version: str) -> Table:
    """What made a set of forms, and what the words of its tables mean."""
    made = forms.provenance
    facts: list[tuple[Cell, ...]] = [
        ("deskreview", version),
        ("created", made.created),
        ("coder", made.coder),
        ("rubric", f"{made.rubric_name} {made.rubric_version}".strip()),
        ("rubric hash", made.rubric_hash),
        ("model", made.model_name),
        ("model hash", made.model_hash),
        ("projects", len(forms.forms)),
        ("documents", sum(len(form.documents) for form in forms.forms)),
    ]
    facts += [(f"status: {word}", meaning) for word, meaning in STATUS_WORDS.items()]
    facts += [(f"sheet: {name}", meaning) for name, meaning in SHEETS.items()]
    return Table("about", ("what", "says"), (*facts, ("confidence", CONFIDENCE)))
