"""What the command line shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from extractor import console
from extractor.model import Answer, Evidence, Form, LedgerRow
from extractor.rubric import Item, Option, Rubric

HOSTILE = "\x1b[31mred\x1b[0m [bold]not bold[/bold] \\[x] :warning: \x07\x9b2J \u202eback\\"
SHOWN = " [31mred [0m [bold]not bold[/bold] \\[x] :warning:   2J  back\\"
ITEM = Item("type", "Type", "multi", no="II.E", section="Attributes", options=(Option("a", "Option A"),))
ROW = LedgerRow("p/a.pdf", "p", "ok", "", "", "12", "proposal", 3, "en", 0.5)


def evidence(quote: str = "a quote", **changes: Any) -> Evidence:
    return replace(Evidence("a", "p/a.pdf", 3, "ii", 0, 7, quote, 0.9, "rules", "why"), **changes)


def form(answer: Answer | None = None, project: str = "p") -> Form:
    return Form(project, (), {"type": answer or Answer("found", ["a"], 0.9, {"a": 0.9}, (evidence(),))})


def rubric(item: Item = ITEM) -> Rubric:
    return Rubric("r", "1", "R", "hash", (item,))


# ------------------------------------------------------------------ harmless


@pytest.mark.parametrize(
    "show",
    [
        lambda: console.say(HOSTILE),
        lambda: console.ShownProgress().step(HOSTILE, HOSTILE),
        lambda: console.ShownProgress().begin(HOSTILE, 1),
        lambda: console.show_ledger([replace(ROW, file=HOSTILE, reason=HOSTILE)], [form(project=HOSTILE)]),
        lambda: console.show_outputs({HOSTILE: HOSTILE}),
        lambda: console.show_form(form(project=HOSTILE), rubric()),
        lambda: console.show_form(
            form(Answer("found", [{"other": HOSTILE}], 0.9, {}, (evidence(HOSTILE, file=HOSTILE),))), rubric()
        ),
        lambda: console.show_form(form(), rubric(replace(ITEM, label=HOSTILE, no=HOSTILE, section=HOSTILE))),
    ],
    ids=["say", "step", "begin", "ledger", "outputs", "project", "answer", "labels"],
)
def test_hostile_words_are_shown_as_they_are(show: Callable[[], None], capsys: pytest.CaptureFixture[str]) -> None:
    show()
    captured = capsys.readouterr()
    output = captured.out + captured.err
    assert "[bold]not bold[/bold] \\[x] :warning:" in output
    assert "back\\" in output
    assert not [char for char in output if not char.isprintable() and char != "\n"]


def test_visible_keeps_lines_and_tabs() -> None:
    assert console.visible(HOSTILE) == SHOWN
    assert console.visible("a\tb\nc\fd\r\x00e") == "a\tb\nc\fd  e"
    assert console.visible("Café “x” – ½ 你好") == "Café “x” – ½ 你好"


@pytest.mark.parametrize(("tty", "shown"), [(True, "a [31m"), (False, "a\x1b[31m")])
def test_stored_text_is_exact_in_a_file_and_tame_on_a_terminal(
    tty: bool, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: tty)
    console.print_text("a\x1b[31m")
    assert capsys.readouterr().out == shown + "\n"


def test_json_is_exact_and_tame(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"a": HOSTILE + "\x7f\ud800\u2028 é", "b": [1, None, True]}
    console.print_json(data)
    output = capsys.readouterr().out
    assert json.loads(output) == data
    assert "é" in output
    assert not [char for char in output if not char.isprintable() and char != "\n"]
    output.encode("utf-8")


# ------------------------------------------------------------------ ledger


def test_the_ledger_as_data() -> None:
    data = console.ledger_to_dict([ROW], [form()])
    assert data == {
        "schema": 1,
        "files": [
            {
                "file": "p/a.pdf",
                "project": "p",
                "outcome": "ok",
                "reason": "",
                "of": "",
                "sha256": "12",
                "type": "proposal",
                "pages": 3,
                "language": "en",
                "seconds": 0.5,
            }
        ],
        "projects": [{"project": "p", "items_found": 1, "items": 1, "status": "machine"}],
    }


def test_the_ledger_as_tables(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ROW,
        replace(ROW, file="p/b.pdf", outcome="duplicate", of="p/a.pdf"),
        replace(ROW, file="p/c", outcome="ok"),
    ]
    console.show_ledger(rows, [form()])
    output = capsys.readouterr().out
    assert "same as p/a.pdf" in output
    assert "1 of 1" in output
    assert "1 duplicate, 2 ok" in output


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"a": Answer("unreadable"), "b": Answer("unreadable")}, "unreadable"),
        ({"a": Answer("unreadable"), "b": Answer("found")}, "machine"),
        ({}, "machine"),
    ],
)
def test_a_form_is_unreadable_when_all_of_it_is(answers: Mapping[str, Answer], status: str) -> None:
    assert console.form_status(Form("p", (), answers)) == status


# ------------------------------------------------------------------ forms


def test_a_form_shows_answer_and_best_quote_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    quotes = (evidence("the best"), evidence("the second"))
    console.show_form(form(Answer("found", ["a"], 0.9, {"a": 0.9}, quotes)), rubric())
    output = capsys.readouterr().out
    assert "Attributes" in output
    assert "II.E     Type: Option A  (0.90)" in output
    assert "“the best” p/a.pdf, p. ii" in output
    assert "the second" not in output


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, "p/a.pdf, p. ii"),
        ({"printed_page": None}, "p/a.pdf, p. 3"),
        ({"printed_page": None, "page": None}, "p/a.pdf"),
    ],
)
def test_a_place_is_the_printed_page_else_the_files(
    changes: dict[str, Any], place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    console.show_form(form(Answer("found", ["a"], 0.9, {}, (evidence(**changes),))), rubric())
    assert capsys.readouterr().out.rstrip().endswith(f"” {place}")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (Answer("not_found"), "not found"),
        (Answer("not_applicable"), "not applicable"),
        (Answer("unreadable"), "no document could be read"),
        (Answer("found", "a", 0.5), "Option A  (0.50)"),
        (Answer("found", True, 0.5), "yes  (0.50)"),
        (Answer("found", False, 0.5), "no  (0.50)"),
        (Answer("found", 24, 0.5), "24  (0.50)"),
        (Answer("found", {"amount": 450000, "currency": "EUR"}, 0.5), "450,000 EUR  (0.50)"),
        (Answer("found", {"amount": 450000.5, "currency": None}, 0.5), "450,000.5  (0.50)"),
        (Answer("found", {"other": "Albania", "iso3166": "ALB"}, 0.5), "Albania  (0.50)"),
        (Answer("found", ["a", {"other": "hotel", "group": "x"}], 0.5), "Option A; hotel  (0.50)"),
        (Answer("found", {"general": ["x", "y"], "training": ["z"]}, 0.5), "general: 2; training: 1  (0.50)"),
        (
            Answer("found", [{"name": "A"}, {"title": "B"}, {"statement": "C"}, {"what": "D"}], 0.5),
            "A; B; C; D  (0.50)",
        ),
        (Answer("found", "x " * 200, 0.5), "x " * 79 + "x…  (0.50)"),
        (
            Answer("found", list("abcdefghijklmnop"), 0.5),
            "; ".join(["Option A", *"bcdefghijkl"]) + "; and 4 more  (0.50)",
        ),
    ],
)
def test_an_answer_in_a_line(answer: Answer, shown: str) -> None:
    assert console.describe_answer(ITEM, answer) == shown


# ------------------------------------------------------------------ progress


def test_progress_without_a_terminal_is_a_line_a_stage_and_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    with console.ShownProgress() as progress:
        progress.begin("documents", 2)
        progress.step("a.pdf")
        progress.step("b.pdf", "damaged: no PDF")
        progress.begin("forms", 0)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "documents: 2\n  b.pdf: damaged: no PDF\n"


def test_quiet_progress_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with console.ShownProgress(quiet=True) as progress:
        progress.begin("documents", 2)
        progress.step("b.pdf", "damaged: no PDF")
    assert capsys.readouterr() == ("", "")
