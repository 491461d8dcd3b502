"""Forms: counting, choosing, describing documents."""

from __future__ import annotations

from pathlib import Path

from extractor.form import count_found, facts_of, only_projects, unanswered
from extractor.model import Answer, DocumentFacts, Form, FormSet, LedgerRow, Provenance, Status
from tests.coding import tiny


def form(project: str, *statuses: Status) -> Form:
    return Form(project, (), {f"i{number}": Answer(status) for number, status in enumerate(statuses)})


def test_items_that_are_not_applicable_are_not_asked() -> None:
    assert count_found(form("a", "found", "not_found", "not_applicable", "found", "unreadable")) == (2, 4)
    assert count_found(form("a")) == (0, 0)


def test_an_unanswered_form_has_every_item_and_option(tmp_path: Path) -> None:
    rubric = tiny.rubric(tmp_path)
    answers = unanswered(rubric, ["a.pdf"])
    assert list(answers) == [item.id for item in rubric.items]
    assert {(answer.status, answer.value, answer.searched) for answer in answers.values()} == {
        ("not_found", None, ("a.pdf",))
    }
    assert answers["shelter_services"].options == {"care.medical": 0.0, "care.legal": 0.0}


def test_only_some_projects_in_their_order() -> None:
    forms = FormSet(Provenance("now"), (form("a"), form("b"), form("c")))
    kept = only_projects(forms, ["c", "a", "x"])
    assert [entry.project for entry in kept.forms] == ["a", "c"]
    assert kept.provenance == forms.provenance


def test_the_facts_of_a_document_are_those_of_its_row() -> None:
    row = LedgerRow("p/a.pdf", "p", "ok", "", "", "12ab", "proposal", 7, "en", 0.5)
    assert facts_of(row, "Title", ("A", "B"), "2010-03") == DocumentFacts(
        "p/a.pdf", "12ab", "proposal", "ok", 7, "en", "Title", ("A", "B"), "2010-03"
    )
