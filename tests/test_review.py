"""What is taken of a review, what is said of the rest, and which form of a project counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.learning import Read, changes, count_labels, fitting, passages_of
from extractor.model import Answer, Block, Document, Evidence, Form, Page, Span
from extractor.passages import make_passages
from extractor.review import (
    LEFT_TO_MACHINE,
    NO_PLACE,
    ProjectText,
    Taken,
    final_form,
    placed_only,
    take_review,
    teaching,
)
from extractor.review_values import check_value
from extractor.rubric import Example, Item, Option, Rubric
from tests.coding import tiny

TEXT = (
    "Activities\nThe project trained forty police officers in May. The shelter was planned by others for next year.\n"
)
FILES = {
    "alpha/report.txt": (Page(None, TEXT),),
    "alpha/deep/notes.pdf": (Page(1, "Legal aid was given."), Page(2, "")),
}


@pytest.fixture(scope="module")
def rubric(tmp_path_factory: pytest.TempPathFactory) -> Rubric:
    return tiny.rubric(tmp_path_factory.mktemp("rubric"))


def quote(text: str, for_: str = "", file: str = "", page: int | None = None, coder: str = "A") -> Evidence:
    return Evidence(for_, file, page, None, NO_PLACE, NO_PLACE, text, 1.0, coder, "")


def answer(value: Any, *evidence: Evidence, **more: Any) -> Answer:
    return Answer("found", value, 1.0, {}, evidence, **more)


def take(rubric: Rubric, **items: Answer) -> Taken:
    return take_review(Form("alpha", (), items), rubric, ProjectText([*FILES], FILES.__getitem__), "Anna", "A")


# ------------------------------------------------------------------ taking


def test_a_quote_gets_its_place(rubric: Rubric) -> None:
    taken = take(rubric, project_type=answer(["training"], quote("trained  forty police", "training")))
    (piece,) = taken.form.items["project_type"].evidence
    assert TEXT[piece.start : piece.end] == piece.quote == "trained forty police"
    assert (piece.file, piece.page, piece.coder) == ("alpha/report.txt", None, "Anna")
    assert taken.form.items["project_type"].options == {
        "training": 1.0, "shelter": 0.0, "advice": 0.0, "none_given": 0.0
    }  # fmt: skip
    assert (taken.located, taken.not_located, taken.notes) == (1, 0, ())


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        (quote("It rained.", "training"), 'a quote for "training" was not found in the documents'),
        (quote("It rained.", file="x.pdf", page=4), "a quote was not found in the documents (x.pdf, page 4)"),
        (quote("Legal aid was given.", page=9), "a quote stands in alpha/deep/notes.pdf, page 1, not on page 9"),
        (quote("Legal aid", file="report.txt"), "a quote stands in alpha/deep/notes.pdf, page 1, not in report.txt"),
        (quote("The shelter", "shelter"), 'a quote for "shelter", which is not ticked, was left out'),
        (quote(" ", "training", file="report.txt"), 'evidence for "training" without a quote was left out'),
        (quote("Legal aid was given.", file="deep\\notes.pdf", page=1), ""),
        (quote("Half \ud800"), "a quote was not found in the documents"),
    ],
)
def test_what_is_said_of_a_quote(rubric: Rubric, piece: Evidence, said: str) -> None:
    notes = take(rubric, project_type=answer(["training"], piece)).notes
    assert [note.message for note in notes] == ([said] if said else [])


def test_a_quote_that_is_not_found_is_kept_apart(rubric: Rubric) -> None:
    taken = take(rubric, project_type=answer(["training"], quote("It rained."), quote("forty police")))
    assert (taken.located, taken.not_located) == (1, 1)
    shown = placed_only(taken.form).items["project_type"]
    assert [piece.quote for piece in shown.evidence] == ["forty police"]
    assert shown.comment == "1 quote was not found in the documents."


def test_what_the_rubric_does_not_know_is_told(rubric: Rubric) -> None:
    taken = take(rubric, weather=answer("fine"), project_type=answer(["training", "dance"]), budget=answer("much"))
    assert [str(note) for note in taken.notes] == [
        "alpha, weather: no such item in the rubric",
        'alpha, project_type: no option "dance" in the rubric',
        'alpha, budget: "much" is not money ({"amount": number, "currency": three letters})',
    ]
    assert list(taken.form.items) == ["project_type"]
    assert taken.form.items["project_type"].value == ["training"]


MULTI = Item("m", "M", "multi", options=(Option("a", "A"), Option("g.b", "B", "g")), groups={"g": "G"})
DEEP: Any = "x"
for _ in range(40):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("item", "value", "kept", "wrong"),
    [
        (MULTI, ["a", "g.b", "a", {"other": "x", "group": "g"}], ["a", "g.b", {"other": "x", "group": "g"}], 0),
        (MULTI, ["b", 3, None, {"other": 1}, {"other": "x", "group": "h"}], None, 5),
        (MULTI, [{"result": "1", "value": "a"}, {"result": 2, "value": "z"}], [{"result": "1", "value": "a"}], 1),
        (replace(MULTI, type="single"), "a", "a", 0),
        (Item("d", "D", "date_my"), "2014-03", "2014-03", 0),
        (Item("d", "D", "date_my"), 2014, None, 1),
        (Item("n", "N", "number"), True, None, 1),
        (Item("n", "N", "number"), float("inf"), None, 1),
        (Item("y", "Y", "yes_no"), False, False, 0),
        (Item("y", "Y", "yes_no"), [{"result": "1.1", "value": True}], [{"result": "1.1", "value": True}], 0),
        (Item("b", "B", "money"), {"amount": 1, "currency": "EUR"}, {"amount": 1, "currency": "EUR"}, 0),
        (Item("b", "B", "money"), {"amount": 1, "currency": "Euro"}, None, 1),
        (Item("t", "T", "text"), "half \ud800", None, 1),
        (Item("t", "T", "text"), "x" * 1_000_001, None, 1),
        (Item("t", "T", "texts"), ["x", 5, ""], ["x"], 2),
        (Item("t", "T", "texts"), DEEP, None, 1),
        (Item("p", "P", "people"), [{"name": "IMAA"}, {"nom": "x"}], [{"name": "IMAA"}], 1),
        (Item("r", "R", "results"), [{"statement": "x", "target": 3}, 7], [{"statement": "x", "target": 3}], 1),
        (Item("f", "F", "findings"), {"shelter": [{"finding": "x"}]}, {"shelter": [{"finding": "x"}]}, 0),
        (Item("f", "F", "recommendations"), {"general": "x"}, None, 1),
        (Item("f", "F", "recommendations"), [], None, 1),
    ],
)
def test_values_are_held_against_their_items(item: Item, value: Any, kept: Any, wrong: int) -> None:
    found, faults = check_value(item, value)
    assert (found, len(faults)) == (kept, wrong)


# ------------------------------------------------------------------ which form counts

MACHINE = Form("alpha", (), {"project_type": answer(["shelter"]), "budget": Answer("not_found", comment="None.")})
REVIEW = Form("alpha", (), {"project_type": answer(["training"])})


def test_the_single_reviewers_form_counts_and_says_what_is_the_machines() -> None:
    chosen = final_form(MACHINE, {"A": REVIEW})
    assert chosen.coder == "A"
    assert chosen.form.items["project_type"].value == ["training"]
    assert chosen.form.items["project_type"].coder == "A"
    assert chosen.form.items["budget"].comment == f"None. {LEFT_TO_MACHINE}"
    assert chosen.form.items["budget"].coder == "machine"


def test_the_adjudicated_form_goes_before_reviewers_and_several_reviewers_need_one() -> None:
    assert final_form(MACHINE, {"A": MACHINE, "B": MACHINE, "final": REVIEW}).coder == "final"
    assert final_form(MACHINE, {"A": REVIEW, "B": REVIEW}).form is MACHINE
    assert final_form(MACHINE, {}).coder == "machine"
    assert teaching({"A": MACHINE, "final": REVIEW}) == (REVIEW,)
    assert teaching({"A": MACHINE, "B": REVIEW}) == (MACHINE, REVIEW)


# ------------------------------------------------------------------ learning


def document() -> Read:
    pages = (Page(None, TEXT),)
    blocks = (Block("heading", Span(0, 0, 10), 1), Block("paragraph", Span(0, 11, len(TEXT) - 1)))
    return Read((None,), make_passages(Document("txt", pages, blocks)), "final_report")


def placed(text: str, for_: str) -> Evidence:
    start = TEXT.index(text)
    return replace(quote(text, for_, "alpha/report.txt"), start=start, end=start + len(text))


def learn(rubric: Rubric, review: Form, machine: Form, before: tuple[Example, ...] = ()) -> tuple[Example, ...]:
    return passages_of(rubric, [review], machine, {"alpha/report.txt": document()}.get, before)


def test_passages_for_and_against(rubric: Rubric) -> None:
    review = Form("alpha", (), {"project_type": answer(["training"], placed("forty police", "training"))})
    machine = Form("alpha", (), {"project_type": answer(["shelter"], placed("The shelter was planned", "shelter"))})
    against, for_ = sorted(learn(rubric, review, machine), key=lambda example: example.yes)
    assert for_ == Example(
        "alpha", "final_report", "Activities", "The project trained forty police officers in May.",
        ("project_type.training",),
    )  # fmt: skip
    assert (against.yes, against.no) == ((), ("project_type.shelter",))
    assert against.text == "The shelter was planned by others for next year."
    assert count_labels([against, for_]) == {"project_type": (1, 1)}


def test_an_item_that_the_reviewer_left_out_says_nothing_against(rubric: Rubric) -> None:
    machine = Form("alpha", (), {"project_type": answer(["shelter"], placed("The shelter was planned", "shelter"))})
    assert learn(rubric, Form("alpha", (), {}), machine) == ()
    lenient = Form("alpha", (), {"project_type": answer(["training"], acceptable=("shelter",))})
    assert learn(rubric, lenient, machine) == ()


def test_what_was_learnt_against_is_kept_while_reviewers_say_so(rubric: Rubric) -> None:
    before = (Example("alpha", "proposal", "", "A shelter may come.", (), ("project_type.shelter",)),)
    nothing = Form("alpha", (), {})
    refused = Form("alpha", (), {"project_type": answer(["training"])})
    assert learn(rubric, refused, nothing, before) == before
    assert learn(rubric, Form("alpha", (), {"project_type": answer(["shelter"])}), nothing, before) == ()


def test_labels_that_the_rubric_has_not_are_no_labels(rubric: Rubric) -> None:
    known = Example("p", "", "", "x", ("project_type.training", "gone.away"), ("gone.b",))
    assert fitting(rubric, [known, Example("p", "", "", "y", ("gone.away",))]) == (
        replace(known, yes=("project_type.training",), no=()),
    )


def test_changes_of_boxes(rubric: Rubric) -> None:
    before = Form(
        "alpha", (), {"project_type": replace(answer(["shelter"]), options={"shelter": 0.6, "training": 0.3})}
    )
    after = Form(
        "alpha", (), {"project_type": replace(answer(["training"]), options={"shelter": 0.2, "training": 0.7})}
    )
    assert [(c.option, c.ticked, c.before, c.after) for c in changes(rubric, before, after)] == [
        ("training", True, 0.3, 0.7),
        ("shelter", False, 0.6, 0.2),
    ]


def test_a_document_that_is_not_there_is_nowhere(tmp_path: Path) -> None:
    assert ProjectText([], FILES.__getitem__).find(quote("forty police")) == ()
    assert ProjectText(["a/x.pdf", "b/x.pdf"], FILES.__getitem__).named("x.pdf") == ""
