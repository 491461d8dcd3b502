"""The workspace: the one module that knows all stages. Archive in, forms kept, nothing done twice.

Work is keyed by content: what was read by the bytes and the readers' version, what was coded by the text, the
rubric and the model, a form by what was coded. Interrupt it anywhere and run again: only what is missing is done.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from extractor.archive import ArchiveFile, list_archive
from extractor.coding.check import cuts, marked
from extractor.coding.combine import FITTED, ProjectContext, field_shares, read_combiner
from extractor.coding.decide import ProjectVotes, decide
from extractor.coding.keys import CODERS_VERSION, FORMS_VERSION, coding_key
from extractor.coding.model_files import MODEL_NAME, EngineSpec, data_hash, stored_hash
from extractor.coding.work import Done, Refused, Task, Unfinished, Work
from extractor.documents import READER_VERSION
from extractor.documents.fingerprint import hash_file
from extractor.documents.isolation import run_isolated
from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.errors import (
    ArchiveMissing,
    DocumentError,
    EvidenceStale,
    ProjectUnknown,
    UsageError,
    WorkspaceError,
)
from extractor.exchange.forms_json import form_from_dict, form_to_dict
from extractor.form import facts_of
from extractor.learning import fitting
from extractor.ledger import Ledger
from extractor.model import (
    FAILED_OUTCOMES,
    READ_OUTCOMES,
    Coding,
    Evidence,
    Form,
    FormSet,
    LedgerRow,
    Page,
    Provenance,
)
from extractor.resources import shipped
from extractor.rubric import Example, Rubric
from extractor.rubric_kept import rubric_from_text, rubric_to_text
from extractor.search import Found, fts_query, places
from extractor.store import Store, open_store
from extractor.store.store import DATABASE

DEFAULT_RUBRIC = "counter_trafficking"
CONFIDENCE = "confidence"
"""The fact of the workspace that says which share of unmarked answers shall be right."""
PRIVATE = 0o700
SECONDS_PLACES = 3
SCRATCH = "tmp"
LEARNT = "learnt_passages"
KEPT_RUBRIC = "kept_rubric"
MAX_FOUND = 50
"""Pages that a search gives."""


class Progress(Protocol):
    """Told what goes on, so that the command line and the pages can show it."""

    def begin(self, stage: str, total: int) -> None:
        """A stage of so many steps begins."""

    def step(self, what: str, failure: str = "", pages: int = 0) -> None:
        """One step is done, of so many pages; `failure` says what went wrong with it."""


class Silence:
    """A progress that says nothing."""

    def begin(self, stage: str, total: int) -> None:
        """Say nothing."""

    def step(self, what: str, failure: str = "", pages: int = 0) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where work is done: in processes of this machine, or on a cluster."""

    jobs: int = 1
    cluster: str = ""

    def run(self, work: Work, tasks: Iterable[Task]) -> Iterator[tuple[Task, Any]]:
        """Each task with its result or error, as they are done."""
        if not self.cluster:
            return run_isolated(work, tasks, self.jobs, work.limits)
        from extractor.documents.cluster import run_on_cluster

        return run_on_cluster(work, tasks, self.cluster, self.jobs, work.limits)


@dataclass(frozen=True, slots=True)
class Run:
    """How an extraction ended."""

    files: int
    read: int
    coded: int
    projects: int
    failed: tuple[LedgerRow, ...]


class Workspace:
    """A folder in which all is kept."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.store = store

    # ------------------------------------------------------------------ open

    @classmethod
    @contextmanager
    def create(cls, folder: Path) -> Iterator[Workspace]:
        """Open a workspace for writing, making it if need be; one writer at a time."""
        with ExitStack() as stack:
            try:
                folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
                stack.enter_context(FileLock(folder / ".lock").acquire(timeout=0))
                workspace = stack.enter_context(_opened(cls, folder))
            except Timeout:
                raise WorkspaceError(f"Another deskreview is writing to {folder}; wait until it is done.") from None
            except OSError as error:
                raise _unwritable(folder, error) from None
            yield workspace

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Workspace]:
        """Open a workspace that is there."""
        if not (folder / DATABASE).is_file():
            raise UsageError(
                f"No workspace at {folder}. Make one with: deskreview extract ARCHIVE --workspace {folder}"
            )
        with _opened(cls, folder) as workspace:
            yield workspace

    @classmethod
    @contextmanager
    def change(cls, folder: Path) -> Iterator[Workspace]:
        """Open a workspace that is there for writing; one writer at a time."""
        with cls.open(folder):
            pass
        with cls.create(folder) as workspace:
            yield workspace

    # ------------------------------------------------------------------ extract

    def extract(
        self,
        archive: Path,
        rubrics: Sequence[str] = (DEFAULT_RUBRIC,),
        jobs: int = 1,
        limits: Limits = DEFAULT_LIMITS,
        progress: Progress | None = None,
        cluster: str = "",
        confidence: float = 0.0,
    ) -> Run:
        """Read, code and fill the forms of an archive; what is done already is not done again.

        With a `confidence`, answers that a person must look at are marked, so that of the others this share is right.
        """
        progress = progress or Silence()
        check_archive(archive, self.folder)
        entries = list_archive(archive)
        names = tuple(_absolute(name) for name in rubrics)
        rubric = self._rubric(names)
        model_path, model_hash = self._model(rubric, progress)
        ledger = Ledger(self.store, rubric.hash, model_hash)
        files, hashes, unopened = _hash_files(entries)
        found = [*entries]
        first: set[tuple[str, str]] = set()
        inside: Counter[Path] = Counter()
        read = coded = 0
        stage = "documents"
        with self._scratch() as scratch:
            while files or unopened:  # the archive's files, then what is inside them, level by level
                self.store.save_ledger(unopened)
                tasks, ready = ledger.plan(files, hashes, first)
                progress.begin(stage, len(unopened) + len(ready) + len(tasks))
                for row in (*unopened, *ready):
                    progress.step(row.file, _failure(row))
                if tasks:
                    work = Work(EngineSpec.of(rubric, model_path), limits, scratch)
                    read += self._run(work, tasks, Where(jobs, cluster), ledger, progress)
                coded += len(tasks)
                files, unopened = ledger.members(files, hashes, inside)
                found += [*files, *(ArchiveFile(row.file, row.project, archive) for row in unopened)]
                stage = "documents in packages"
        ledger.forget_gone(found)
        ledger.link_duplicates([entry for entry in found if entry.file in hashes], hashes)
        ledger.settle()
        self.store.put(CONFIDENCE, str(confidence))
        self._fill_forms(rubric, model_hash, self._facts(archive, names, rubric, model_hash), progress)
        rows = self.store.ledger()
        failed = tuple(row for row in rows if row.outcome in FAILED_OUTCOMES)
        return Run(len(rows), read, coded, len({row.project for row in rows}), failed)

    def _rubric(self, names: Sequence[str]) -> Rubric:
        """The rubric of these names, kept for the next time."""
        rubric = rubric_from_text(self.store.get(KEPT_RUBRIC) or "{}", names)
        if rubric is None:
            asked: set[Path] = set()
            rubric = _load(names, asked)
            self.store.put(KEPT_RUBRIC, rubric_to_text(rubric, names, asked))
        return rubric

    @staticmethod
    def _facts(archive: Path, names: Sequence[str], rubric: Rubric, model_hash: str) -> dict[str, str]:
        """What the forms were made from."""
        return {
            "archive": str(archive.resolve()),
            "rubrics": json.dumps(list(names)),
            "rubric": json.dumps([rubric.name, rubric.version, rubric.hash]),
            "model": json.dumps([MODEL_NAME if model_hash else "", model_hash]),
        }

    def _model(self, rubric: Rubric, progress: Progress) -> tuple[Path | None, str]:
        """The model that documents are coded with: of the rubric's examples and of what was learnt from reviews."""
        return self.model_of(rubric, self.learnt(), progress)

    def model_of(self, rubric: Rubric, learnt: Sequence[Example], progress: Progress) -> tuple[Path | None, str]:
        """The file and hash of the model of the rubric's examples and more, trained now if it was not before."""
        rubric = replace(rubric, examples=(*rubric.examples, *fitting(rubric, learnt)))
        wanted = data_hash(rubric.examples)
        if not rubric.examples:
            return None, ""
        trained = self.folder / "models" / f"{wanted[:16]}.skops"
        if trained.is_file() and stored_hash(trained) == wanted:
            return trained, wanted
        return (trained, wanted) if self._train(rubric, trained, progress) else (None, "")

    @contextmanager
    def passing_model(self, rubric: Rubric, learnt: Sequence[Example], progress: Progress) -> Iterator[Path | None]:
        """A model of the rubric's examples and more that is not kept: to see what it would do."""
        rubric = replace(rubric, examples=(*rubric.examples, *fitting(rubric, learnt)))
        with self._scratch() as scratch:
            path = scratch / "passing.skops"
            yield path if self._train(rubric, path, progress) else None

    def _train(self, rubric: Rubric, path: Path, progress: Progress) -> bool:
        """Train a model of a rubric's examples and keep it; False when there are too few."""
        from extractor.coding import classifier  # scikit-learn is slow to load

        progress.begin(f"training the classifier on {len(rubric.examples):,} passages", 1)
        model = classifier.train(rubric)
        if model is None:
            return False
        try:
            path.parent.mkdir(mode=PRIVATE, exist_ok=True)
            classifier.save(model, path)
        except OSError as error:
            raise _unwritable(self.folder, error) from None
        progress.step("trained")
        return True

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        """A folder for what is only needed while files are read; an interrupted run may have left one."""
        scratch = self.folder / SCRATCH
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=PRIVATE)
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _run(self, work: Work, tasks: Sequence[Task], where: Where, ledger: Ledger, progress: Progress) -> int:
        """Do the work, keeping each file's result as soon as it is there. Gives how many files were read."""
        read = 0
        unfinished: list[Task] = []
        for task, done in where.run(work, self._with_documents(tasks)):
            if isinstance(done, Refused):
                raise WorkspaceError(done.message)
            if isinstance(done, Unfinished):
                unfinished.append(replace(task, recognised=done.recognised))
                continue
            if isinstance(done, DocumentError):
                row = ledger.fail(task, done)
            else:
                read += done.read is not None
                with self.store.transaction():
                    row = ledger.keep(task, done)
            progress.step(row.file, _failure(row), row.pages)
        if unfinished:  # long scans go on, a step at a time
            return read + self._run(work, unfinished, where, ledger, progress)
        self.store.put("reader", READER_VERSION)
        return read

    def _with_documents(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """The tasks one by one, each with what was read before: an archive's text is more than memory holds."""
        for task in tasks:
            document = self.store.document(task.sha256, READER_VERSION) if task.is_read else None
            yield replace(task, document=document)

    # ------------------------------------------------------------------ forms

    def _fill_forms(self, rubric: Rubric, model_hash: str, facts: Mapping[str, str], progress: Progress) -> None:
        """Make the forms whose documents, rubric or model changed; all of them and what made them, or none."""
        projects: dict[str, list[LedgerRow]] = {}
        for row in self.store.ledger():
            projects.setdefault(row.project, []).append(row)
        known = self.store.form_keys()
        wanted = self.store.get(CONFIDENCE) or "0.0"
        keys = {project: _form_key(rows, rubric.hash, model_hash, wanted) for project, rows in projects.items()}
        stale = [project for project in projects if known.get(project) != keys[project]]
        progress.begin("forms", len(stale))
        shares = field_shares(rubric) if stale else {}
        self._page_texts.cache_clear()
        with self.store.transaction():
            self.store.forget_forms(set(known) - set(projects))
            for project in stale:
                form = self._fill_form(project, projects[project], rubric, model_hash, shares)
                self.store.save_form(project, keys[project], form_to_dict(form))
                progress.step(project)
            for key, value in facts.items():
                self.store.put(key, value)

    def _fill_form(
        self, project: str, rows: Sequence[LedgerRow], rubric: Rubric, model_hash: str, shares: Mapping[str, float]
    ) -> Form:
        return self.form_of(project, rows, rubric, self.project_codings(rows, rubric.hash, model_hash), shares)

    def form_of(
        self,
        project: str,
        rows: Sequence[LedgerRow],
        rubric: Rubric,
        codings: Mapping[str, Coding],
        shares: Mapping[str, float],
    ) -> Form:
        """The form that follows from what was proposed for a project's documents."""
        facts = []
        for row in rows:
            found = codings.get(row.of or row.file)
            description = found.description if found else None
            facts.append(
                facts_of(row, description.title, description.authors, description.date)
                if description
                else facts_of(row, "", (), "")
            )
        votes = self.project_votes(codings)
        combiner = read_combiner()
        answers = decide(rubric, votes, combiner, shares)
        wanted = float(self.store.get(CONFIDENCE) or 0)
        if wanted > 0:
            limits = cuts(combiner.reliability, wanted)
            answers = {item.id: marked(item, answers[item.id], limits) for item in rubric.items}
        return Form(project, tuple(facts), answers)

    def project_codings(self, rows: Iterable[LedgerRow], rubric_hash: str, model_hash: str) -> dict[str, Coding]:
        """File -> what was proposed for it, of the files that were read; duplicates are left out."""
        codings: dict[str, Coding] = {}
        for row in rows:
            is_read = row.outcome in READ_OUTCOMES and row.pages > 0  # a package has no pages
            read = self.store.hashes(row.sha256, READER_VERSION) if is_read else None
            key = coding_key(read.text_hash, row.file, rubric_hash, model_hash) if read else ""
            coding = self.store.coding(key, row.file) if key else None
            if coding is not None:
                codings[row.file] = coding
        return codings

    def project_votes(self, codings: Mapping[str, Coding]) -> ProjectVotes:
        """All that was proposed for a project's documents, ready to be decided on."""
        passages = sum(coding.passages for coding in codings.values())
        of_field = sum(coding.density * coding.passages for coding in codings.values())
        return ProjectVotes(
            votes=tuple(vote for coding in codings.values() for vote in coding.votes),
            context=ProjectContext(of_field / passages if passages else 0.0, passages),
            searched=tuple(codings),
            types={file: coding.description.type for file, coding in codings.items()},
            page=lambda file, index: self._page_texts(file)[index],
        )

    # ------------------------------------------------------------------ learning

    def learnt(self) -> tuple[Example, ...]:
        """The passages that `deskreview train` added from reviews; a passage's frame is its project."""
        rows = json.loads(self.store.get(LEARNT) or "[]")
        return tuple(Example(**{**row, "yes": tuple(row["yes"]), "no": tuple(row["no"])}) for row in rows)

    def adopt(self, learnt: Sequence[Example], rubric: Rubric, model_hash: str, progress: Progress) -> None:
        """From now on code with the model of these passages, too. The documents are coded with it already."""
        facts = {
            LEARNT: json.dumps([asdict(example) for example in learnt], ensure_ascii=False),
            "model": json.dumps([MODEL_NAME if model_hash else "", model_hash]),
        }
        self._fill_forms(rubric, model_hash, facts, progress)

    def code_anew(
        self, rows: Sequence[LedgerRow], rubric: Rubric, model: Path | None, where: Where, progress: Progress
    ) -> Iterator[tuple[LedgerRow, str, Coding]]:
        """What the coders with this model propose for files that are read: row, hash of its text, proposal.

        The archive is not needed. A file that cannot be coded stops it: the forms would be without it.
        """
        by_file = {row.file: row for row in rows}
        tasks = [Task(ArchiveFile(row.file, row.project, Path()), row.sha256, is_read=True) for row in rows]
        progress.begin("documents, coded anew", len(tasks))
        work = Work(EngineSpec.of(rubric, model), DEFAULT_LIMITS)
        for task, done in where.run(work, self._with_documents(tasks)) if tasks else ():
            if not isinstance(done, Done):
                raise WorkspaceError(f"{task.entry.file} could not be coded anew; nothing was changed. Run it again.")
            read = self.store.hashes(task.sha256, READER_VERSION)
            progress.step(task.entry.file)
            yield by_file[task.entry.file], read.text_hash if read else "", done.coding

    # ------------------------------------------------------------------ asking

    def forms(self, created: str = "") -> FormSet:
        """The machine's forms, with what made them."""
        name, version, rubric_hash = json.loads(self.store.get("rubric") or '["", "", ""]')
        model_name, model_hash = json.loads(self.store.get("model") or '["", ""]')
        provenance = Provenance(created or now(), "machine", name, version, rubric_hash, model_name, model_hash)
        return FormSet(provenance, tuple(form_from_dict(data) for data in self.store.forms()))

    def form(self, project: str) -> Form:
        """One project's form."""
        forms = {form.project: form for form in self.forms().forms}
        if project not in forms:
            raise ProjectUnknown(project, list(forms))
        return forms[project]

    def rubric(self) -> Rubric:
        """The rubric that the workspace was extracted with, as it is now."""
        names = json.loads(self.store.get("rubrics") or f'["{DEFAULT_RUBRIC}"]')
        return rubric_from_text(self.store.get(KEPT_RUBRIC) or "{}", names) or _load(names)

    def row(self, file: str) -> LedgerRow:
        """The ledger's row of a file."""
        rows = {row.file: row for row in self.store.ledger()}
        if file not in rows:
            raise UsageError(f"No file {file!r} in this workspace. See: deskreview status {self.folder}")
        return rows[file]

    def pages(self, file: str) -> tuple[Page, ...]:
        """The stored text of a file, page by page."""
        row = self.row(file)
        if self.store.hashes(row.sha256, READER_VERSION) is None:
            raise UsageError(f"{file} was not read: {row.outcome}, {row.reason}.")
        return self.store.pages(row.sha256, READER_VERSION)

    def search(self, query: str, limit: int = MAX_FOUND) -> list[Found]:
        """The best sentence of each page that holds the query's words; best pages first."""
        wanted = fts_query(query)
        if not wanted:
            raise UsageError("The query has no word to search for.")
        files = {row.sha256: row for row in self.store.ledger() if row.outcome in READ_OUTCOMES}
        found: list[Found] = []
        for sha256, position in self.store.find_pages(wanted, limit):
            row = files.get(sha256)
            if row is not None:
                page = self._page_texts(row.file)[position]
                found += list(places(query, row.file, row.project, page))[:1]
        return found

    def verify(self, evidence: Evidence) -> bool:
        """Whether a quote stands verbatim at its place."""
        with suppress(UsageError):
            for page in self._page_texts(evidence.file):
                if page.number == evidence.page:
                    return page.text[evidence.start : evidence.end] == evidence.quote
        return False

    def verify_all(self, forms: FormSet) -> None:
        """Block forms of which a quote does not stand at its place; EvidenceStale names it."""
        for form in forms.forms:
            for item, answer in form.items.items():
                for evidence in answer.evidence:
                    if not self.verify(evidence):
                        raise EvidenceStale(form.project, item, evidence.file, evidence.page)

    @lru_cache(maxsize=64)  # noqa: B019  # a workspace lives as long as its command
    def _page_texts(self, file: str) -> tuple[Page, ...]:
        return self.pages(file)


@contextmanager
def _opened(cls: type[Workspace], folder: Path) -> Iterator[Workspace]:
    store = open_store(folder)
    try:
        yield cls(folder, store)
    finally:
        store.close()


def _load(names: Sequence[str], asked: set[Path] | None = None) -> Rubric:
    """Rubrics from their YAML; seldom, because they are kept."""
    from extractor.rubric_yaml import load_rubrics

    return load_rubrics(names, asked)


def now() -> str:
    """The time in UTC; SOURCE_DATE_EPOCH, where it is set, makes output reproducible."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def check_archive(archive: Path, folder: Path) -> None:
    """Refuse an archive that is not there, and a workspace inside the archive, which is never written to."""
    if not archive.is_dir():
        raise ArchiveMissing(archive)
    if folder.resolve().is_relative_to(archive.resolve()):
        raise UsageError(
            f"The workspace {folder} lies in the archive {archive}, which is never written to. Name another."
        )


def _hash_files(entries: Iterable[ArchiveFile]) -> tuple[list[ArchiveFile], dict[str, str], list[LedgerRow]]:
    """The files that can be opened with their hashes, and the ledger's rows of those that cannot."""
    opened: list[ArchiveFile] = []
    hashes: dict[str, str] = {}
    unopened: list[LedgerRow] = []
    for entry in entries:
        try:
            hashes[entry.file] = hash_file(entry.path)
            opened.append(entry)
        except OSError as error:
            reason = f"the file cannot be opened ({error.strerror or 'read error'})"
            unopened.append(LedgerRow(entry.file, entry.project, "damaged", reason))
    return opened, hashes, unopened


def _unwritable(folder: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(f"{folder} cannot be written: {error.strerror or error}. What was saved is kept.")


def _absolute(name: str) -> str:
    """A rubric's path made absolute, so that it is found again from elsewhere; a shipped name as it is."""
    path = Path(name)
    return str(path.resolve()) if path.exists() and not (shipped("rubrics") / name).is_dir() else name


def _failure(row: LedgerRow) -> str:
    return "" if row.outcome in READ_OUTCOMES or row.outcome == "duplicate" else f"{row.outcome}: {row.reason}"


def _form_key(rows: Sequence[LedgerRow], rubric_hash: str, model_hash: str, confidence: str) -> str:
    """What a form depends on: its files with their outcomes, the rubric, the model, the combiner, what is marked."""
    files = [[row.file, row.sha256, row.outcome, row.of, row.type] for row in rows]
    combiner = hashlib.sha256(FITTED.read_bytes()).hexdigest()
    versions = [READER_VERSION, CODERS_VERSION, FORMS_VERSION]
    content: list[Any] = [files, rubric_hash, model_hash, combiner, versions, confidence]
    return hashlib.sha256(json.dumps(content).encode("utf-8")).hexdigest()
