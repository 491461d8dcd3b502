"""People's forms in a workspace: taking them in, and which form of each project counts."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractor.documents import READER_VERSION
from extractor.errors import FormInvalid, Problem, UsageError
from extractor.exchange.forms_json import form_from_dict, form_to_dict, read_forms
from extractor.model import READ_OUTCOMES, Coder, Form, FormSet, LedgerRow
from extractor.review import (
    FINAL,
    MACHINE,
    Chosen,
    Note,
    ProjectText,
    Taken,
    by_project,
    coders,
    final_form,
    placed_only,
    take_review,
)
from extractor.store import ReviewRow
from extractor.workspace import Workspace, now

READABLE = ".json"
LATER = (".xlsx", ".csv", ".qdpx")
"""Formats of which reviews will be read by a later version."""
MAX_CODER = 100
ACCEPTABLE = "also_acceptable"
"""What a kept review holds beyond a forms.json."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file of reviews: what was taken of each project, and what could not be."""

    coder: Coder
    taken: tuple[Taken, ...]
    notes: tuple[Note, ...]
    unchanged: frozenset[str]
    """Projects of which this coder's newest form is the same already."""

    def rows(self) -> list[tuple[str, int, int, int, bool]]:
        """Of each project: answers taken, quotes found, quotes not found, and whether it is new."""
        return [
            (t.form.project, len(t.form.items), t.located, t.not_located, t.form.project not in self.unchanged)
            for t in self.taken
        ]


def import_reviews(workspace: Workspace, path: Path, coder: str = "", dry_run: bool = False) -> Imported:
    """Take a file of reviews in: its answers that fit the rubric, its quotes where they stand in the documents.

    FormInvalid when nothing in it can be used. With `dry_run` nothing is kept.
    """
    forms = _read(path)
    named = forms.provenance.coder
    by = _coder(coder, named, path)
    rubric, files = workspace.rubric(), _documents(workspace)
    known = {row.project for row in workspace.store.ledger()}
    notes = [Note(form.project, "", _unknown(known)) for form in forms.forms if form.project not in known]
    taken = []
    for form in forms.forms:
        if form.project in known:
            text = ProjectText(files.get(form.project, ()), workspace.pages)
            taken.append(take_review(form, rubric, text, by, named))
    notes += [note for one in taken for note in one.notes]
    usable = tuple(one for one in taken if one.form.items)
    if not usable:
        reasons = notes or [Note("", "", "there is no answer in it")]
        problems = [Problem(str(path), None, "", str(note)) for note in reasons]
        raise FormInvalid(f"{path}: nothing in it can be used. It", problems)
    before = {row.project: row.content for row in workspace.store.reviews() if row.coder == by}
    contents = {one.form.project: review_to_dict(one.form) for one in usable}
    unchanged = frozenset(project for project, content in contents.items() if before.get(project) == content)
    if not dry_run:
        sha256, moment = hashlib.sha256(path.read_bytes()).hexdigest(), now()
        workspace.store.add_reviews(
            ReviewRow(project, by, content, path.name, sha256, moment)
            for project, content in contents.items()
            if project not in unchanged
        )
    return Imported(by, usable, tuple(notes), unchanged)


def _read(path: Path) -> FormSet:
    suffix = path.suffix.lower()
    if suffix in LATER:
        raise UsageError(
            f"{path.name}: reviews in {suffix} files come with a later version. Reviews that can be taken in now are "
            "JSON: a forms.json (deskreview export WS --to forms.json, corrected), or one file a project and reviewer "
            "named PROJECT.CODER.json; see docs/import.md."
        )
    if suffix != READABLE:
        raise UsageError(
            f"{path.name}: no reviews in files that end so. Known: {READABLE}; later also {', '.join(LATER)}."
        )
    return read_forms(path)


def _coder(asked: str, named: str, path: Path) -> Coder:
    """Whose the forms are to be: as asked, else as the file says."""
    if not asked and named in (MACHINE, FINAL):
        raise UsageError(
            f'{path.name} says that its forms are by "{named}". Say whose they are: --coder NAME'
            + (f" (--coder {FINAL} for the adjudicated form)." if named == FINAL else ".")
        )
    coder = asked or named
    if coder == MACHINE or not 0 < len(coder) <= MAX_CODER or "@" in coder or coder.strip() != coder:
        raise UsageError(f'A reviewer cannot be called "{coder[:MAX_CODER]}". Name another: --coder NAME.')
    if not coder.isprintable():
        raise UsageError("The reviewer's name holds signs that cannot be shown. Name another: --coder NAME.")
    return coder


def _unknown(known: set[str]) -> str:
    names = ", ".join(sorted(known)[:10]) + (", ..." if len(known) > 10 else "")
    return f"no such project in this workspace (there are: {names or 'none yet'})"


def _documents(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """Project -> its files whose text is stored; copies come after what they are copies of."""
    found: dict[str, list[LedgerRow]] = {}
    for row in workspace.store.ledger():
        is_text = row.outcome in {*READ_OUTCOMES, "duplicate"} and row.pages > 0
        if is_text and workspace.store.hashes(row.sha256, READER_VERSION) is not None:
            found.setdefault(row.project, []).append(row)
    return {
        project: tuple(row.file for row in sorted(rows, key=lambda row: bool(row.of)))
        for project, rows in found.items()
    }


# ------------------------------------------------------------------ as they are kept


def review_to_dict(form: Form) -> dict[str, Any]:
    """A person's form as it is kept: a project of a forms.json, and what else is right beside each answer."""
    data = form_to_dict(form)
    for item, answer in form.items.items():
        if answer.acceptable:
            data["items"][item][ACCEPTABLE] = list(answer.acceptable)
    # as it will be read back, so that it can be compared with what was kept before
    kept: dict[str, Any] = json.loads(json.dumps(data))
    return kept


def review_from_dict(data: Mapping[str, Any]) -> Form:
    """The form that `review_to_dict` was given."""
    form = form_from_dict(data)
    more = {item: tuple(entry.get(ACCEPTABLE, ())) for item, entry in data["items"].items()}
    return replace(form, items={item: replace(a, acceptable=more[item]) for item, a in form.items.items()})


def reviews(workspace: Workspace) -> dict[str, dict[Coder, Form]]:
    """Project -> reviewer -> the newest form."""
    rows = workspace.store.reviews()
    return by_project((row.coder, review_from_dict(row.content)) for row in rows)


# ------------------------------------------------------------------ which form counts


@dataclass(frozen=True, slots=True)
class Counted:
    """Forms with whose each is."""

    forms: FormSet
    coders: Mapping[str, Coder]
    several: tuple[str, ...] = ()
    """Projects with several reviewers and no adjudicated form."""

    def lines(self) -> Iterator[str]:
        """Which forms these are, in words."""
        counts = Counter(self.coders.values())
        yield (
            "Forms: "
            + ", ".join(
                f"{'adjudicated' if coder == FINAL else coder} {count}" for coder, count in sorted(counts.items())
            )
            + " projects."
        )
        if self.several:
            yield (
                f"Several reviewers and no adjudicated form, so the machine's counts: {', '.join(self.several)}. "
                f"Adjudicate with: deskreview import WS FILE --coder {FINAL}"
            )


def forms_of(workspace: Workspace, coder: Coder = FINAL) -> Counted:
    """The forms of the machine, of a reviewer, or the final ones; UsageError for one who has reviewed nothing.

    As long as nothing is reviewed, the final forms are the machine's and are called so.
    """
    machine = workspace.forms()
    given = reviews(workspace) if coder != MACHINE else {}
    if coder == MACHINE or coder == FINAL and not given:
        return Counted(machine, {form.project: MACHINE for form in machine.forms})
    if coder == FINAL:
        chosen = [final_form(form, given.get(form.project, {})) for form in machine.forms]
        several = tuple(
            one.form.project for one in chosen if one.coder == MACHINE and len(given.get(one.form.project, {})) > 1
        )
    else:
        chosen = [Chosen(_with_documents(forms[coder], machine), coder) for forms in given.values() if coder in forms]
        several = ()
        if not chosen:
            names = ", ".join([MACHINE, FINAL, *(name for name in coders(given) if name != FINAL)])
            raise UsageError(f'No forms by "{coder}" in this workspace. There are: {names}.')
    made = replace(machine.provenance, coder=coder)
    placed = tuple(placed_only(one.form) for one in chosen)
    return Counted(FormSet(made, placed), {one.form.project: one.coder for one in chosen}, several)


def _with_documents(form: Form, machine: FormSet) -> Form:
    """A reviewer's form with what is known of the project's documents."""
    return replace(form, documents=next((m.documents for m in machine.forms if m.project == form.project), ()))
