"""`deskreview train WS`: what reviewers decided joins the rubric's examples, and the documents are coded anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractor.coding.combine import field_shares
from extractor.coding.keys import coding_key
from extractor.documents import READER_VERSION
from extractor.errors import UsageError
from extractor.learning import Read, agreement_with, changes, count_labels, passages_of
from extractor.model import READ_OUTCOMES, Coder, Coding, Form, LedgerRow
from extractor.passages import make_passages
from extractor.review import placed_only, teaching
from extractor.reviewing import reviews
from extractor.rubric import Example, Rubric
from extractor.workspace import Progress, Silence, Where, Workspace

MIN_CROSS = 3
"""Reviewed projects from which on a model is tried on projects that it was not trained on."""
MAX_FOLDS = 5


@dataclass(frozen=True, slots=True)
class _Job:
    """What the parts of a training share."""

    workspace: Workspace
    rubric: Rubric
    where: Where
    progress: Progress


def train_from_reviews(
    workspace: Workspace, jobs: int = 1, dry_run: bool = False, progress: Progress | None = None
) -> dict[str, Any]:
    """Train the workspace's model on its reviews, too, and code the documents anew; gives what that changes.

    With `dry_run` the forms and the model that is used stay as they are.
    """
    job = _Job(workspace, _rubric(workspace), Where(jobs), progress or Silence())
    machine = {form.project: form for form in workspace.forms().forms}
    lessons = _lessons(reviews(workspace), machine)
    if not lessons:
        raise UsageError(
            f"No project of {workspace.folder} has been reviewed, so there is nothing to learn from. Take reviews in "
            f"first: deskreview import {workspace.folder} FILE (docs/import.md says what a review looks like)."
        )
    before = workspace.learnt()
    learnt = tuple(example for p in lessons for example in _passages(job, lessons[p], machine[p], before))
    if not learnt:
        raise UsageError(
            "No quote of a ticked option in the reviews was found in the documents, and the machine ticked nothing "
            "that a reviewer left empty: there is nothing to learn. Reviews teach by their quotes; see docs/import.md."
        )
    model, model_hash = workspace.model_of(job.rubric, learnt, job.progress)
    forms = _forms_with(job, model, model_hash)
    taught = [form for group in lessons.values() for form in group]
    result = {
        "projects_reviewed": len(lessons),
        "passages": _counts(learnt, before),
        "changes": [
            asdict(change)
            for p, form in forms.items()
            if p in machine
            for change in changes(job.rubric, machine[p], form)
        ],
        "micro_f1": _figures(job, taught, machine, forms, _crossed(job, lessons, learnt)),
        "model": {"before": workspace.forms().provenance.model_hash, "after": model_hash},
        "kept": not dry_run,
    }
    if not dry_run:
        workspace.adopt(learnt, job.rubric, model_hash, job.progress)
    return result


def _rubric(workspace: Workspace) -> Rubric:
    """The rubric of the workspace's forms; documents must have been read and coded by it as it is now."""
    rubric, made = workspace.rubric(), workspace.forms().provenance
    if made.rubric_hash != rubric.hash or workspace.store.get("reader") not in (None, READER_VERSION):
        raise UsageError(
            "The rubric or deskreview has changed since the forms were filled. Run deskreview extract again first."
        )
    return rubric


def _lessons(given: Mapping[str, Mapping[Coder, Form]], machine: Mapping[str, Form]) -> dict[str, tuple[Form, ...]]:
    """Project -> the reviews that are learnt from."""
    return {
        project: tuple(placed_only(form) for form in teaching(forms))
        for project, forms in given.items()
        if project in machine
    }


def _passages(job: _Job, lessons: Sequence[Form], machine: Form, before: Iterable[Example]) -> tuple[Example, ...]:
    """The labelled passages of one project."""
    rows = {row.file: row for row in job.workspace.store.ledger() if row.project == machine.project}
    languages = {"", *job.rubric.languages}

    @lru_cache(maxsize=8)
    def read(file: str) -> Read | None:
        row = rows.get(file)
        document = job.workspace.store.document(row.sha256, READER_VERSION) if row else None
        if row is None or document is None or row.language not in languages:
            return None
        return Read(tuple(page.number for page in document.pages), make_passages(document), row.type)

    own = [example for example in before if example.frame == machine.project]
    return passages_of(job.rubric, lessons, machine, read, own)


# ------------------------------------------------------------------ coding anew


def _coded_rows(job: _Job) -> list[LedgerRow]:
    """The files whose votes forms are made of; those that repeat another's words are coded, too, as `extract` does."""
    rows = job.workspace.store.ledger()
    originals = {(row.project, row.sha256) for row in rows if row.outcome in READ_OUTCOMES}
    return [
        row
        for row in rows
        if row.outcome in READ_OUTCOMES or row.outcome == "duplicate" and (row.project, row.sha256) not in originals
        if job.workspace.store.hashes(row.sha256, READER_VERSION) is not None
    ]


def _forms_with(job: _Job, model: Path | None, model_hash: str) -> dict[str, Form]:
    """All projects' forms with this model. What the coders say of a document is kept: it need not be said again."""
    store, rubric = job.workspace.store, job.rubric
    missing = []
    for row in _coded_rows(job):
        read = store.hashes(row.sha256, READER_VERSION)
        if read is not None and not store.has_coding(coding_key(read.text_hash, row.file, rubric.hash, model_hash)):
            missing.append(row)
    for row, text_hash, coding in job.workspace.code_anew(missing, rubric, model, job.where, job.progress):
        store.save_coding(coding_key(text_hash, row.file, rubric.hash, model_hash), coding)
    shares = field_shares(rubric)
    forms = {}
    for project, rows in _by_project(store.ledger()).items():
        codings = job.workspace.project_codings(rows, rubric.hash, model_hash)
        forms[project] = job.workspace.form_of(project, rows, rubric, codings, shares)
    return forms


def _by_project(rows: Iterable[LedgerRow]) -> dict[str, list[LedgerRow]]:
    found: dict[str, list[LedgerRow]] = {}
    for row in rows:
        found.setdefault(row.project, []).append(row)
    return found


# ------------------------------------------------------------------ on projects not trained on


def _crossed(job: _Job, lessons: Mapping[str, Sequence[Form]], learnt: Sequence[Example]) -> dict[str, Form] | None:
    """The reviewed projects' forms, each by a model that learnt nothing from its review; None of too few projects."""
    if len(lessons) < MIN_CROSS:
        return None
    projects = sorted(lessons)
    folds = [projects[start::MAX_FOLDS] for start in range(min(MAX_FOLDS, len(projects)))]
    forms: dict[str, Form] = {}
    for fold in folds:
        forms |= _left_out(job, fold, [example for example in learnt if example.frame not in fold])
    return forms


def _left_out(job: _Job, fold: Sequence[str], learnt: Sequence[Example]) -> dict[str, Form]:
    """The forms of some projects by a model of the others' reviews, which is not kept."""
    rows = [row for row in _coded_rows(job) if row.project in fold]
    codings: dict[str, dict[str, Coding]] = {}
    with job.workspace.passing_model(job.rubric, learnt, job.progress) as model:
        for row, _, coding in job.workspace.code_anew(rows, job.rubric, model, job.where, job.progress):
            if row.outcome in READ_OUTCOMES and row.pages > 0:
                codings.setdefault(row.project, {})[row.file] = coding
    shares = field_shares(job.rubric)
    by_project = _by_project(job.workspace.store.ledger())
    forms = {}
    for project in fold:
        own = codings.get(project, {})
        ordered = {row.file: own[row.file] for row in by_project[project] if row.file in own}
        forms[project] = job.workspace.form_of(project, by_project[project], job.rubric, ordered, shares)
    return forms


# ------------------------------------------------------------------ figures


def _counts(learnt: Sequence[Example], before: Sequence[Example]) -> dict[str, Any]:
    """How many passages there are, how many are new, and what they say, by item."""
    known = {replace(example, frame="") for example in before}
    new = [example for example in learnt if replace(example, frame="") not in known]
    items = {item: {"for": yes, "against": no} for item, (yes, no) in count_labels(new).items()}
    return {"all": len(learnt), "new": len(new), "new_by_item": items}


def _figures(
    job: _Job,
    taught: Sequence[Form],
    machine: Mapping[str, Form],
    forms: Mapping[str, Form],
    crossed: Mapping[str, Form] | None,
) -> dict[str, Any]:
    """Agreement with the reviews, before and after."""
    before, n = agreement_with(job.rubric, taught, machine)
    after, _ = agreement_with(job.rubric, taught, forms)
    apart = agreement_with(job.rubric, taught, crossed)[0] if crossed is not None else None
    return {"boxes": n, "before": before, "after": after, "cross_validated": apart}
