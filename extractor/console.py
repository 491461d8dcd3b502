"""What the command line shows: progress, tables, forms. Data goes to stdout, messages to stderr."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.progress import Task as RichTask
from rich.table import Table
from rich.text import Text

from extractor.coding.check import is_marked
from extractor.form import count_found
from extractor.model import Answer, Form, LedgerRow
from extractor.rubric import Item, Rubric
from extractor.search import Found

MAX_QUOTE = 160
WIDE = 120
"""Columns assumed when the output is no terminal."""


_STEERING = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON lets stand though a terminal or a decoder may stumble over it: these are escaped."""


def _plain() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def _console(stream: Any) -> Console:
    width = None if stream.isatty() else WIDE
    return Console(file=stream, no_color=_plain() or None, highlight=False, soft_wrap=width is not None, width=width)


def out() -> Console:
    """The console for data."""
    return _console(sys.stdout)


def err() -> Console:
    """The console for messages."""
    return _console(sys.stderr)


def print_json(data: Any) -> None:
    """Data as JSON on stdout."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    sys.stdout.write(_STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n")


def say(message: str) -> None:
    """A message to the user, on stderr; its text is shown as it is."""
    err().print(visible(message), markup=False, emoji=False)


def print_text(text: str) -> None:
    """A document's text on stdout: as stored, but on a terminal without what would steer it."""
    sys.stdout.write((visible(text) if sys.stdout.isatty() else text) + "\n")


def visible(text: str) -> str:
    """A text without control characters, which would steer a terminal; line ends and tabs stay."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in "\n\t\f" else " " for char in text)


class PageRate(ProgressColumn):
    """How many pages are done, and how many a second; nothing where a stage counts none."""

    def render(self, task: RichTask) -> Text:
        """The column of a stage."""
        pages = int(task.fields.get("pages", 0))
        if not pages:
            return Text("")
        seconds = task.finished_time or task.elapsed or 0.0
        rate = f", {pages / seconds:.1f}/s" if seconds >= 1 else ""
        return Text(f"{pages} pages{rate}")


class ShownProgress:
    """A bar on a terminal, else a line for each failure; on stderr."""

    def __init__(self, quiet: bool = False) -> None:
        self._console = err()
        self._quiet = quiet
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._pages = 0

    def __enter__(self) -> ShownProgress:
        if self._console.is_terminal and not self._quiet and os.environ.get("TERM") != "dumb":
            self._bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                PageRate(),
                TimeRemainingColumn(),
                TextColumn("left"),
                console=self._console,
                transient=True,
            )
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, stage: str, total: int) -> None:
        """A stage of so many steps begins."""
        self._pages = 0
        if self._bar is None:
            if total and not self._quiet:
                self._console.print(_text(f"{stage}: {total}"))
            return
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(stage, total=total)

    def step(self, what: str, failure: str = "", pages: int = 0) -> None:
        """One step is done, of so many pages; a failure gets a line of its own."""
        self._pages += pages
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, pages=self._pages)
        if failure and not self._quiet:
            self._console.print(_text(f"  {what}: {failure}"))


# ------------------------------------------------------------------ ledger


def ledger_to_dict(rows: Sequence[LedgerRow], forms: Sequence[Form]) -> dict[str, Any]:
    """`status --json`: the ledger as the contract writes it."""
    files = [
        {
            "file": row.file,
            "project": row.project,
            "outcome": row.outcome,
            "reason": row.reason,
            "of": row.of,
            "sha256": row.sha256,
            "type": row.type,
            "pages": row.pages,
            "language": row.language,
            "seconds": row.seconds,
        }
        for row in rows
    ]
    projects = []
    for form in forms:
        found, asked = count_found(form)
        projects.append({"project": form.project, "items_found": found, "items": asked, "status": form_status(form)})
    return {"schema": 1, "files": files, "projects": projects}


def form_status(form: Form) -> str:
    """Whose form it is: the machine's, or unreadable when no document could be read."""
    unreadable = all(answer.status == "unreadable" for answer in form.items.values())
    return "unreadable" if unreadable and form.items else "machine"


def show_ledger(rows: Sequence[LedgerRow], forms: Sequence[Form]) -> None:
    """The ledger as tables: files, then projects."""
    table = Table("file", "outcome", "type", "pages", "language", "note", title="Files", title_justify="left")
    for row in rows:
        note = row.reason or (f"same as {row.of}" if row.of else "")
        table.add_row(*map(_text, (row.file, row.outcome, row.type, str(row.pages or ""), row.language, note)))
    out().print(table)
    show_projects(forms)
    counts = Counter(row.outcome for row in rows)
    out().print(_text(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))))


def show_projects(forms: Sequence[Form]) -> None:
    """The projects with how much of their forms was found."""
    table = Table("project", "documents", "items found", "status", title="Projects", title_justify="left")
    for form in forms:
        found, asked = count_found(form)
        row = (form.project, str(len(form.documents)), f"{found} of {asked}", form_status(form))
        table.add_row(*map(_text, row))
    out().print(table)


def show_outputs(outputs: Mapping[str, str]) -> None:
    """Where each output lies, and what it is."""
    table = Table("output", "what it is", title="Outputs", title_justify="left")
    for path, what in outputs.items():
        table.add_row(_text(path), _text(what))
    out().print(table)


def show_found(found: Sequence[Found]) -> None:
    """What a search found: a line for the place, a line for the sentence."""
    console = out()
    for entry in found:
        page = entry.printed_page or entry.page
        console.print(Text.assemble(_text(entry.file, "bold"), _text(f", p. {page}" if page is not None else "")))
        console.print(_text(f"    {_shorten(entry.quote)}"))
    if not found:
        say("Nothing found.")


# ------------------------------------------------------------------ a form


MEASURES = {"accuracy": "accuracy", "macro_f1": "macro F1", "micro_f1": "micro F1", "kappa": "Cohen's kappa"}


def show_label_figures(figures: Mapping[str, Any]) -> None:
    """How well a classifier of labels does, as tables."""
    table = Table("measure", "value", "95 % interval")
    for key, name in MEASURES.items():
        interval = figures[f"{key}_interval"]
        table.add_row(name, _figure(figures[key]), "to".join(f" {_figure(end)} " for end in interval or ()).strip())
    labels = Table("label", "n", "predicted", "precision", "recall", "F1")
    for name, entry in figures["by_label"].items():
        parts = (_figure(entry[key]) for key in ("precision", "recall", "f1"))
        labels.add_row(_text(name), str(entry["n"]), str(entry["predicted"]), *parts)
    console = out()
    console.print(table)
    console.print(labels)
    console.print(
        f"n = {figures['n']} passages, by {figures['evaluated_by']}; trained on {figures['trained_on']}.", markup=False
    )


def show_learning(figures: Mapping[str, Any]) -> None:
    """What learning from reviews added and changed."""
    passages, f1 = figures["passages"], figures["micro_f1"]
    console = out()
    table = Table("item", "for", "against", title="New passages", title_justify="left")
    for item, entry in passages["new_by_item"].items():
        table.add_row(_text(item), str(entry["for"]), str(entry["against"]))
    if passages["new"]:
        console.print(table)
    console.print(f"{passages['all']} passages from {figures['projects_reviewed']} reviewed projects, ", end="")
    console.print(f"{passages['new']} of them new.", markup=False)
    boxes = Table("project", "box", "now", "before", "after", title="Boxes that change", title_justify="left")
    for change in figures["changes"]:
        box, now = f"{change['item']}: {change['option']}", "ticked" if change["ticked"] else "no longer ticked"
        confidences = (f"{change[key]:.2f}" for key in ("before", "after"))
        boxes.add_row(_text(change["project"]), _text(box), now, *confidences)
    if figures["changes"]:
        console.print(boxes)
    else:
        console.print("No box changes.")
    console.print(
        f"Micro F1 over {f1['boxes']} boxes of the reviews: {_figure(f1['before'])} before, {_figure(f1['after'])} "
        "after, on the very projects that it was trained on, which flatters.",
        markup=False,
    )
    if f1["cross_validated"] is None:
        say(
            "With three reviewed projects or more you will also see how it does on projects that it was not trained on."
        )
    else:
        console.print(
            f"On each reviewed project by a model of the others (cross-validated): {f1['cross_validated']:.3f}."
        )
    say("The model is used from now on; the old one is kept." if figures["kept"] else "A dry run: nothing changes.")


def _figure(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"


def describe_checks(forms: Sequence[Form], wanted: float) -> str:
    """How many answers a person must look at, and what is said of the others."""
    found = [answer for form in forms for answer in form.items.values() if answer.status == "found"]
    look = sum(map(is_marked, found))
    return (
        f"To check: {look} of {len(found)} answers, marked in their comments. Of the boxes and values that are left, "
        f"{wanted:.0%} or more were right in coded projects."
    )


def show_imported(
    coder: str, rows: Sequence[tuple[str, int, int, int, bool]], notes: Sequence[str], dry_run: bool
) -> None:
    """What was taken of a reviewer's forms, project by project; on stderr, what could not be."""
    title = f"{'Would be taken' if dry_run else 'Taken'} as the forms of {visible(coder)}"
    table = Table("project", "answers", "quotes found", "quotes not found", "note", title=title, title_justify="left")
    for project, answers, found, missing, is_new in rows:
        note = "" if is_new else "as it was"
        table.add_row(_text(project), str(answers), str(found), str(missing), note)
    out().print(table)
    for note in notes:
        say(note)
    if dry_run:
        say("Nothing was kept: a dry run.")


def show_form(form: Form, rubric: Rubric) -> None:
    """One form: each item with its answer, confidence and best quote."""
    console = out()
    console.print(_text(form.project, "bold"))
    section = ""
    for item in rubric.items:
        answer = form.items.get(item.id)
        if answer is None:
            continue
        if item.section and item.section != section:
            section = item.section
            console.print()
            console.print(_text(section, "bold"))
        _show_line(console, item.no, _text(f"{item.label}: ", "bold"), _text(describe_answer(item, answer)))
        if is_marked(answer):
            _show_line(console, "", _text(answer.comment, "yellow"))
        for evidence in answer.evidence[:1]:
            page = evidence.printed_page or evidence.page
            place = evidence.file if page is None else f"{evidence.file}, p. {page}"
            _show_line(console, "", _text(f"“{_shorten(evidence.quote)}” ", "italic"), _text(place, "cyan"))


NUMBER_COLUMNS = 8


def _show_line(console: Console, number: str, *parts: Text) -> None:
    """A line with its number before it: wrapped beside the number on a terminal, else in one piece."""
    if not console.is_terminal:
        console.print(Text.assemble(_text(f"{number:{NUMBER_COLUMNS}} "), *parts))
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=NUMBER_COLUMNS)
    grid.add_column()
    grid.add_row(_text(number), Text.assemble(*parts))
    console.print(grid)


def describe_answer(item: Item, answer: Answer) -> str:
    """An answer in a line: labels of options, values, or why there is none."""
    if answer.status != "found":
        words = {
            "not_found": "not found",
            "not_applicable": "not applicable",
            "unreadable": "no document could be read",
        }
        return words[answer.status]
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    parts = [_describe_value(item, value) for value in values]
    shown = "; ".join(parts[:MAX_VALUES]) + (f"; and {len(parts) - MAX_VALUES} more" if len(parts) > MAX_VALUES else "")
    return f"{shown}  ({answer.confidence:.2f})"


MAX_VALUES = 12


def _describe_value(item: Item, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    option = item.option(value) if isinstance(value, str) else None
    if option is not None:
        return option.label
    if isinstance(value, dict) and "amount" in value:
        return f"{value['amount']:,} {value.get('currency') or ''}".strip()
    if isinstance(value, dict):
        for key in ("other", "name", "title", "statement", "what"):
            if value.get(key):
                return _shorten(str(value[key]))
        return _shorten("; ".join(f"{key}: {len(part)}" for key, part in value.items() if isinstance(part, list)))
    return _shorten(str(value))


def _shorten(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= MAX_QUOTE else folded[: MAX_QUOTE - 1] + "…"


def _text(text: str, style: str = "") -> Text:
    """A document's words in a line, shown as they are: no markup, no control characters."""
    return Text(" ".join(visible(text).splitlines()).replace("\t", " "), style)
