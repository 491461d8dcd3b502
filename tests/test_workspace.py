"""The workspace: what is done, what is not done twice, and what is kept when something goes wrong."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from skops.io import dump
from sqlalchemy import create_engine, text

from extractor import workspace as workspace_module
from extractor.coding.check import is_marked
from extractor.coding.engine import load_engine
from extractor.coding.model_files import file_hash
from extractor.documents import fingerprint
from extractor.errors import (
    EXIT_WORKSPACE,
    ArchiveMissing,
    EvidenceStale,
    ProjectUnknown,
    RubricInvalid,
    UsageError,
    WorkspaceError,
)
from extractor.exchange.forms_json import forms_to_dict
from extractor.model import FAILED_OUTCOMES, Coding, LedgerRow
from extractor.store.store import DATABASE, Store
from extractor.workspace import Run, Workspace
from tests.archives import OUTCOMES, PROJECTS, in_process, make_archive, snapshot
from tests.coding import tiny

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace_module, "run_isolated", in_process)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return make_archive(tmp_path / "archive")


@pytest.fixture
def rubric(tmp_path: Path) -> Path:
    return tiny.write_rubric(tmp_path / "rubric")


def extract(folder: Path, archive: Path, rubric: Path, jobs: int = 1, progress: Any = None) -> Run:
    with Workspace.create(folder) as workspace:
        return workspace.extract(archive, (str(rubric),), jobs, progress=progress)


def forms_bytes(folder: Path) -> bytes:
    """The content of forms.json apart from `created`."""
    with Workspace.open(folder) as workspace:
        forms = workspace.forms("2026-01-01T00:00:00Z")
        workspace.verify_all(forms)
    return json.dumps(forms_to_dict(forms, "0"), ensure_ascii=False).encode()


def ledger(folder: Path) -> dict[str, LedgerRow]:
    with Workspace.open(folder) as workspace:
        return {row.file: row for row in workspace.store.ledger()}


# ------------------------------------------------------------------ the whole, with real workers


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, Run]]:
    """An archive and its workspace, extracted once in two worker processes."""
    folder = tmp_path_factory.mktemp("done")
    archive, rubric = make_archive(folder / "archive"), tiny.write_rubric(folder / "rubric")
    before = snapshot(archive)
    run = extract(folder / "ws", archive, rubric, jobs=2)
    assert snapshot(archive) == before
    yield folder / "ws", archive, run


def test_each_file_ends_in_its_outcome(done: tuple[Path, Path, Run]) -> None:
    folder, _, run = done
    rows = ledger(folder)
    assert {file: row.outcome for file, row in rows.items()} == OUTCOMES
    assert run.files == len(OUTCOMES)
    assert run.projects == len(PROJECTS)
    assert {row.file for row in run.failed} == {f for f, outcome in OUTCOMES.items() if outcome in FAILED_OUTCOMES}
    assert all(row.reason for row in rows.values() if row.outcome not in {"ok", "duplicate"})


def test_duplicates_name_what_they_repeat(done: tuple[Path, Path, Run]) -> None:
    rows = ledger(done[0])
    assert rows["alpha/copy of report.txt"].of == "alpha/a report.txt"
    assert rows["alpha/report again.docx"].of == "alpha/a report.txt"
    assert rows["alpha/copy of report.txt"].sha256 == rows["alpha/a report.txt"].sha256


def test_forms_are_of_all_projects_with_quotes_that_stand(done: tuple[Path, Path, Run]) -> None:
    with Workspace.open(done[0]) as workspace:
        forms = workspace.forms()
        workspace.verify_all(forms)
        assert [form.project for form in forms.forms] == PROJECTS
        alpha = forms.forms[0]
    assert alpha.items["project_type"].value == ["training", "shelter"]
    assert alpha.items["start_date"].value == "2010-03"
    assert "alpha/copy of report.txt" not in alpha.items["budget"].searched
    assert [facts.file for facts in alpha.documents] == [file for file in OUTCOMES if file.startswith("alpha/")]


def test_a_project_without_a_readable_file_is_unreadable(done: tuple[Path, Path, Run]) -> None:
    with Workspace.open(done[0]) as workspace:
        form = workspace.form("delta")
    assert {answer.status for answer in form.items.values()} == {"unreadable"}


def test_a_second_run_reads_nothing_and_codes_nothing(done: tuple[Path, Path, Run], tmp_path: Path) -> None:
    folder, archive, _ = done
    before, rows = forms_bytes(folder), ledger(folder)
    run = extract(folder, archive, folder.parent / "rubric")
    assert (run.read, run.coded) == (0, 0)
    assert ledger(folder) == rows
    assert forms_bytes(folder) == before


@pytest.mark.usefixtures("quick")
def test_a_second_run_looks_at_no_rubric_and_at_the_votes_of_copies_only(
    done: tuple[Path, Path, Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, archive, _ = done
    before = ledger(folder)
    looked_at: list[str] = []
    coding = Store.coding

    def noted(store: Store, key: str, file: str) -> Coding | None:
        looked_at.append(file)
        return coding(store, key, file)

    monkeypatch.setattr(workspace_module, "_load", None)
    monkeypatch.setattr(Store, "coding", noted)
    extract(copy := shutil.copytree(folder, tmp_path / "copy"), archive, folder.parent / "rubric")
    assert {before[file].outcome for file in looked_at} <= {"duplicate"}
    assert ledger(copy) == before


@pytest.mark.usefixtures("quick")
def test_the_same_input_gives_the_same_bytes(done: tuple[Path, Path, Run], tmp_path: Path) -> None:
    """In one process here, in two workers there."""
    folder, archive, _ = done
    extract(tmp_path / "ws", archive, folder.parent / "rubric")
    assert forms_bytes(tmp_path / "ws") == forms_bytes(folder)


def test_a_workspace_is_private(done: tuple[Path, Path, Run]) -> None:
    folder = done[0]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "models").stat().st_mode) == 0o700


# ------------------------------------------------------------------ only what is new


@pytest.mark.usefixtures("quick")
def test_one_changed_file_redoes_only_it(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    extract(folder, archive, rubric)
    before = json.loads(forms_bytes(folder))["projects"]
    changed = archive / "beta" / "evaluation.txt"
    changed.write_text(changed.read_text() + "\nThe shelter in the west was opened.\n")
    run = extract(folder, archive, rubric)
    assert (run.read, run.coded) == (1, 1)
    after = json.loads(forms_bytes(folder))["projects"]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True, True]


@pytest.mark.usefixtures("quick")
def test_one_workspace_run_twice_quotes_the_new_text(archive: Path, rubric: Path, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "ws") as workspace:
        workspace.extract(archive, (str(rubric),))
        workspace.verify_all(workspace.forms())
        changed = archive / "gamma.txt"
        changed.write_text("A longer note than before.\n\n" + changed.read_text())
        workspace.extract(archive, (str(rubric),))
        workspace.verify_all(workspace.forms())
        evidence = workspace.form("gamma").items["project_type"].evidence[0]
    assert evidence.quote.startswith("The shelter in the south")


@pytest.mark.usefixtures("quick")
def test_a_changed_rubric_codes_anew_but_reads_nothing(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    first = extract(folder, archive, rubric)
    tiny.write_rubric(rubric, tiny.HEAD.replace('"shelter*"], avoid', '"refuge*"], avoid'))
    second = extract(folder, archive, rubric)
    assert (second.read, second.coded) == (0, first.read)
    with Workspace.open(folder) as workspace:
        forms = workspace.forms()
        assert forms.provenance.rubric_hash == workspace.rubric().hash


@pytest.mark.usefixtures("quick")
def test_changed_examples_train_and_code_anew(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    first = extract(folder, archive, rubric)
    tiny.write_rubric(rubric, examples=tiny.examples_yaml().replace("forty police", "fifty police"))
    second = extract(folder, archive, rubric)
    assert (second.read, second.coded) == (0, first.read)
    assert len(list((folder / "models").glob("*.skops"))) == 2


@pytest.mark.usefixtures("quick")
def test_answers_to_look_at_are_marked_and_nothing_is_coded_anew_for_it(
    archive: Path, rubric: Path, tmp_path: Path
) -> None:
    extract(tmp_path / "ws", archive, rubric)
    plain = forms_bytes(tmp_path / "ws")
    with Workspace.create(tmp_path / "ws") as workspace:
        run = workspace.extract(archive, (str(rubric),), confidence=1.0)
        marked = [answer for form in workspace.forms().forms for answer in form.items.values() if is_marked(answer)]
    assert (run.read, run.coded) == (0, 0)
    assert marked
    assert all(answer.status == "found" for answer in marked)
    extract(tmp_path / "ws", archive, rubric)
    assert forms_bytes(tmp_path / "ws") == plain


@pytest.mark.usefixtures("quick")
def test_what_left_the_archive_leaves_ledger_and_forms(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    extract(folder, archive, rubric)
    (archive / "alpha" / "notes.md").unlink()
    shutil.rmtree(archive / "beta")
    run = extract(folder, archive, rubric)
    assert (run.read, run.coded) == (0, 0)
    assert set(ledger(folder)) == set(OUTCOMES) - {"alpha/notes.md", "beta/evaluation.txt"}
    with Workspace.open(folder) as workspace:
        assert [form.project for form in workspace.forms().forms] == ["alpha", "delta", "gamma"]
        assert "alpha/notes.md" not in workspace.form("alpha").items["project_type"].searched
        with pytest.raises(ProjectUnknown, match="'beta'.*alpha, delta, gamma"):
            workspace.form("beta")


@pytest.mark.usefixtures("quick")
def test_a_duplicate_stands_in_when_its_original_leaves(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    extract(folder, archive, rubric)
    (archive / "alpha" / "a report.txt").unlink()
    run = extract(folder, archive, rubric)
    assert (run.read, run.coded) == (0, 1)
    rows = ledger(folder)
    assert rows["alpha/copy of report.txt"].outcome == "ok"
    assert rows["alpha/report again.docx"].of == "alpha/copy of report.txt"


@pytest.mark.usefixtures("quick")
def test_a_moved_file_is_not_read_again(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    extract(folder, archive, rubric)
    (archive / "gamma.txt").rename(archive / "beta" / "gamma.txt")
    run = extract(folder, archive, rubric)
    assert (run.read, run.coded) == (0, 1)
    assert ledger(folder)["beta/gamma.txt"].project == "beta"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", ["CODERS_VERSION", "FORMS_VERSION"])
def test_new_versions_of_the_coders_make_forms_anew(
    archive: Path, rubric: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "ws"
    extract(folder, archive, rubric)
    seen: list[str] = []
    monkeypatch.setattr(workspace_module, name, "new")
    extract(folder, archive, rubric, progress=Steps(seen.append))
    assert set(PROJECTS) <= set(seen)


# ------------------------------------------------------------------ models


@pytest.mark.usefixtures("quick")
def test_a_model_that_was_spoilt_is_trained_anew(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    shutil.rmtree(archive / "alpha")
    extract(folder, archive, rubric)
    (model,) = (folder / "models").glob("*.skops")
    model.write_bytes(b"spoilt")
    load_engine.cache_clear()
    (archive / "new.txt").write_text("The shelter was opened.\n")
    extract(folder, archive, rubric)
    assert model.read_bytes() != b"spoilt"
    assert ledger(folder)["new.txt"].outcome == "ok"


class Stranger:
    """A type of no known library."""


@pytest.mark.usefixtures("quick")
def test_a_model_of_foreign_types_stops_the_run(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    extract(folder, archive, rubric)
    (model,) = (folder / "models").glob("*.skops")
    dump({"labels": Stranger()}, model)
    note = json.loads(model.with_suffix(".json").read_text())
    model.with_suffix(".json").write_text(json.dumps({**note, "sha256": file_hash(model)}))
    (archive / "new.txt").write_text("The shelter was opened.\n")
    load_engine.cache_clear()
    with pytest.raises(WorkspaceError, match="not trusted"):
        extract(folder, archive, rubric)
    assert set(ledger(folder)) == set(OUTCOMES)


@pytest.mark.usefixtures("quick")
def test_a_rubric_without_examples_needs_no_model(archive: Path, tmp_path: Path) -> None:
    rubric = tiny.write_rubric(tmp_path / "plain", examples="")
    extract(tmp_path / "ws", archive, rubric)
    with Workspace.open(tmp_path / "ws") as workspace:
        assert workspace.forms().provenance.model_name == ""
        assert workspace.form("gamma").items["project_type"].options["shelter"] > 0
    assert not (tmp_path / "ws" / "models").exists()


# ------------------------------------------------------------------ interrupted


class Steps:
    """A progress that calls a function at each step."""

    def __init__(self, act: Callable[[str], None]) -> None:
        self._act = act

    def begin(self, stage: str, total: int) -> None:
        pass

    def step(self, what: str, failure: str = "", pages: int = 0) -> None:
        self._act(what)


def interrupting(after: int) -> Steps:
    """A progress at whose step of that number someone presses Ctrl-C."""
    left = [after]

    def act(what: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    return Steps(act)


@pytest.mark.usefixtures("quick")
def test_an_interrupted_run_goes_on_where_it_stopped(
    archive: Path, rubric: Path, tmp_path: Path, done: tuple[Path, Path, Run]
) -> None:
    """Interrupted at each step in turn, and run again: in the end as if nothing had happened."""
    extract(tmp_path / "whole", archive, rubric)
    expected, steps = forms_bytes(tmp_path / "whole"), 0
    folder = tmp_path / "ws"
    for after in (1, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14):
        with pytest.raises(KeyboardInterrupt):
            extract(folder, archive, rubric, progress=interrupting(after))
        steps += 1
    run = extract(folder, archive, rubric)
    assert steps
    assert run.read < len([outcome for outcome in OUTCOMES.values() if outcome == "ok"])
    assert forms_bytes(folder) == expected
    assert {file: row.outcome for file, row in ledger(folder).items()} == OUTCOMES


@pytest.mark.usefixtures("quick")
def test_an_interruption_leaves_forms_and_what_made_them_together(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    extract(folder, archive, rubric)
    before = forms_bytes(folder)
    tiny.write_rubric(rubric, tiny.HEAD.replace('"shelter*"], avoid', '"refuge*"], avoid'))

    def at_the_second_form(what: str) -> None:
        if what == "beta":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract(folder, archive, rubric, progress=Steps(at_the_second_form))
    assert forms_bytes(folder) == before
    extract(folder, archive, rubric)
    assert forms_bytes(folder) != before


def test_an_interruption_stops_the_workers(archive: Path, rubric: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    with pytest.raises(KeyboardInterrupt):
        extract(folder, archive, rubric, progress=interrupting(4))
    assert len(ledger(folder)) >= 2


# ------------------------------------------------------------------ files and folders in the way


@pytest.mark.usefixtures("quick")
def test_a_read_only_archive_is_enough(archive: Path, rubric: Path, tmp_path: Path) -> None:
    for path in [archive, *archive.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = snapshot(archive)
    try:
        extract(tmp_path / "ws", archive, rubric)
        extract(tmp_path / "ws", archive, rubric)
        assert snapshot(archive) == before
    finally:
        for path in [archive, *archive.rglob("*")]:
            path.chmod(0o755)


@pytest.mark.usefixtures("quick")
def test_a_file_that_cannot_be_opened_does_not_end_the_batch(
    archive: Path, rubric: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fingerprint.hash_file

    def refuse(path: Path) -> str:
        if path.name == "notes.md":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(workspace_module, "hash_file", refuse)
    run = extract(tmp_path / "ws", archive, rubric)
    row = ledger(tmp_path / "ws")["alpha/notes.md"]
    assert (row.outcome, row.reason) == ("damaged", "the file cannot be opened (Permission denied)")
    assert row in run.failed
    assert run.files == len(OUTCOMES)
    monkeypatch.undo()
    monkeypatch.setattr(workspace_module, "run_isolated", in_process)
    extract(tmp_path / "ws", archive, rubric)
    assert ledger(tmp_path / "ws")["alpha/notes.md"].outcome == "ok"


@pytest.mark.parametrize("inside", ["ws", "alpha/ws", ""])
def test_a_workspace_in_the_archive_is_refused(archive: Path, rubric: Path, inside: str) -> None:
    before = snapshot(archive)
    with pytest.raises(UsageError, match="never written to"):
        workspace_module.check_archive(archive, archive / inside)
    assert snapshot(archive) == before


def test_an_archive_that_is_not_there(rubric: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="No archive at"):
        extract(tmp_path / "ws", tmp_path / "nowhere", rubric)


def test_a_broken_rubric_changes_nothing(done: tuple[Path, Path, Run], tmp_path: Path) -> None:
    folder, archive, _ = done
    before = forms_bytes(folder)
    broken = tiny.write_rubric(tmp_path / "rubric", tiny.HEAD.replace("type: date_my", "type: day"))
    with pytest.raises(RubricInvalid, match="2 problems"):
        extract(folder, archive, broken)
    assert forms_bytes(folder) == before


@pytest.mark.usefixtures("quick")
def test_an_empty_archive_is_no_fault(rubric: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = extract(tmp_path / "ws", tmp_path / "empty", rubric)
    assert (run.files, run.projects, run.failed) == (0, 0, ())


@pytest.mark.usefixtures("quick")
@pytest.mark.skipif(os.name == "nt", reason="names on Windows are text")
def test_a_name_that_is_no_text_is_read_all_the_same(rubric: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    odd = os.fsencode(archive) + b"/caf\xe9.txt"
    with open(odd, "wb") as stream:  # noqa: PTH123  # a name in bytes
        stream.write(b"The shelter was opened.\n")
    run = extract(tmp_path / "ws", archive, rubric)
    assert (run.files, run.failed) == (1, ())
    (file,) = ledger(tmp_path / "ws")
    assert file == r"caf\xe9.txt"


# ------------------------------------------------------------------ the workspace itself


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "ws"):
        with (
            pytest.raises(WorkspaceError, match="Another deskreview is writing") as caught,
            Workspace.create(tmp_path / "ws"),
        ):
            pass
        assert caught.value.exit_code == EXIT_WORKSPACE
        with Workspace.open(tmp_path / "ws") as reader:
            assert reader.store.ledger() == []
    with Workspace.create(tmp_path / "ws"):
        pass


def test_a_newer_workspace_is_left_alone(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "ws"):
        pass
    engine = create_engine(f"sqlite:///{tmp_path / 'ws' / DATABASE}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for opening in (Workspace.create, Workspace.open):
        with pytest.raises(WorkspaceError, match="newer deskreview") as caught, opening(tmp_path / "ws"):
            pass
        assert caught.value.exit_code == EXIT_WORKSPACE


def test_a_file_where_the_workspace_should_be(tmp_path: Path) -> None:
    (tmp_path / "ws").write_text("in the way")
    with pytest.raises(WorkspaceError, match="cannot be written"), Workspace.create(tmp_path / "ws"):
        pass


def test_no_database_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No workspace at"), Workspace.open(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_the_work_is_not_blamed_on_the_workspace(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), Workspace.create(tmp_path / "ws"):
        raise BrokenPipeError


# ------------------------------------------------------------------ asking


def test_pages_of_a_file(done: tuple[Path, Path, Run]) -> None:
    with Workspace.open(done[0]) as workspace:
        (page,) = workspace.pages("gamma.txt")
        assert page.number is None
        assert "The shelter in the south" in page.text
        assert workspace.pages("alpha/copy of report.txt") == workspace.pages("alpha/a report.txt")
        with pytest.raises(UsageError, match="No file 'nope.txt'.*deskreview status"):
            workspace.pages("nope.txt")


def test_the_text_of_a_file_that_was_not_read(done: tuple[Path, Path, Run]) -> None:
    with Workspace.open(done[0]) as workspace, pytest.raises(UsageError, match="broken.pdf was not read: damaged, "):
        workspace.pages("alpha/broken.pdf")


@pytest.mark.usefixtures("quick")
def test_a_quote_that_does_not_stand_any_more_is_blocked(archive: Path, rubric: Path, tmp_path: Path) -> None:
    extract(tmp_path / "ws", archive, rubric)
    with Workspace.open(tmp_path / "ws") as workspace:
        forms = workspace.forms()
        engine = create_engine(f"sqlite:///{tmp_path / 'ws' / DATABASE}")
        with engine.begin() as connection:
            connection.execute(text("UPDATE pages SET text = 'x' || text WHERE text LIKE 'A note%'"))
        engine.dispose()
        with pytest.raises(EvidenceStale, match=r"gamma, item \w+, does not stand in gamma.txt"):
            workspace.verify_all(forms)


@pytest.mark.usefixtures("quick")
def test_a_created_time_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert workspace_module.now() == "1970-01-01T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert workspace_module.now() > "2026"


@pytest.mark.parametrize("module", ["extractor.coding.typed", "sklearn", "scipy", "pdfplumber"])
def test_the_workspace_does_not_load_what_only_workers_need(module: str) -> None:
    """A second run is little but start-up: these would double it."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, extractor.workspace; print({module!r} in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"
