"""Answers and documents of a project -> its form; and forms as plain data for the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.model import Answer, DocumentFacts, Form, FormSet, LedgerRow
from extractor.rubric import Rubric


def unanswered(rubric: Rubric, searched: Sequence[str]) -> dict[str, Answer]:
    """A form's items with nothing found."""
    return {
        item.id: Answer("not_found", options=dict.fromkeys((o.id for o in item.options), 0.0), searched=tuple(searched))
        for item in rubric.items
    }


def only_projects(forms: FormSet, projects: Iterable[str]) -> FormSet:
    """The forms of some projects."""
    wanted = set(projects)
    return replace(forms, forms=tuple(form for form in forms.forms if form.project in wanted))


def count_found(form: Form) -> tuple[int, int]:
    """(items found, items asked): those not applicable are not asked."""
    asked = [answer for answer in form.items.values() if answer.status != "not_applicable"]
    return sum(answer.status == "found" for answer in asked), len(asked)


def facts_of(row: LedgerRow, title: str, authors: tuple[str, ...], date: str) -> DocumentFacts:
    """A document as the form names it."""
    return DocumentFacts(row.file, row.sha256, row.type, row.outcome, row.pages, row.language, title, authors, date)
