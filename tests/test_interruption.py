"""Whatever ends a run: what is done stays, the rest is done by the next run, and no worker is left behind."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extractor import workspace as workspace_module
from extractor.coding.work import Done, Refused, Task, Unfinished, Work
from extractor.errors import EXIT_FILES_FAILED, EXIT_INTERRUPTED, WorkspaceError
from extractor.exchange.forms_json import forms_to_dict
from extractor.store import store as store_module
from extractor.store.store import DATABASE
from extractor.workspace import Workspace
from tests.archives import OUTCOMES, heed_interrupts, in_process, make_archive
from tests.coding import tiny

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kills, and looks for workers in /proc")

KILLS = 3
SEED = 3
STOP_SECONDS = 5.0
"""Two are promised, and less than one is taken, on a machine that does nothing else."""
MARK = "DESKREVIEW_TEST_RUN"
SLOW = (
    "import runpy\n"
    "from extractor import workspace\n"
    "from tests.test_interruption import Dawdling\n"
    "workspace.Work = Dawdling\n"
    "runpy.run_module('extractor.cli', run_name='__main__', alter_sys=True)\n"
)


@dataclass(frozen=True)
class Made:
    """An archive, a rubric, and the forms of a run that nothing interrupted."""

    archive: Path
    rubric: Path
    forms: bytes
    seconds: float


@dataclass
class Command:
    """A run of the real command, its workers known by a mark in their environment."""

    process: subprocess.Popen[bytes]
    mark: str

    def workers(self) -> list[int]:
        """The processes of the run but the first."""
        found = []
        for folder in Path("/proc").iterdir():
            try:
                if folder.name.isdigit() and self.mark.encode() in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
            except OSError:  # it has ended meanwhile, or is another user's
                continue
        return [pid for pid in found if pid != self.process.pid]

    def wait_for_workers(self, seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not self.workers():
            assert time.monotonic() < end, "no worker has started"
            time.sleep(0.05)

    def wait_until_none_is_left(self, seconds: float) -> float:
        """How long it took until the last worker had ended."""
        start = time.monotonic()
        while self.workers():
            assert time.monotonic() - start < seconds, "workers are left"
            time.sleep(0.02)
        return time.monotonic() - start


def start(
    made_or_parts: Made | tuple[Path, Path], folder: Path, code: tuple[str, ...] = ("-m", "extractor.cli")
) -> Command:
    archive, rubric = (
        made_or_parts if isinstance(made_or_parts, tuple) else (made_or_parts.archive, made_or_parts.rubric)
    )
    mark = uuid.uuid4().hex
    process = subprocess.Popen(
        [sys.executable, *code, "extract", str(archive), "--workspace", str(folder), "--rubric", str(rubric)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, MARK: mark},
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    return Command(process, mark)


def forms_of(folder: Path) -> bytes:
    with Workspace.open(folder) as workspace:
        forms = workspace.forms("2026-01-01T00:00:00Z")
        workspace.verify_all(forms)
        assert {row.file: row.outcome for row in workspace.store.ledger()} == OUTCOMES
    return json.dumps(forms_to_dict(forms, "0")).encode()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    archive, rubric = make_archive(folder / "archive"), tiny.write_rubric(folder / "rubric")
    began = time.monotonic()
    command = start((archive, rubric), folder / "ws")
    assert command.process.wait(120) == EXIT_FILES_FAILED
    seconds = time.monotonic() - began
    assert command.workers() == []
    command.process.stderr.close()  # type: ignore[union-attr]
    return Made(archive, rubric, forms_of(folder / "ws"), seconds)


@pytest.fixture
def running(made: Made, tmp_path: Path) -> Iterator[Command]:
    """A run that has got as far as its workers, which take a minute over a file."""
    command = start(made, tmp_path / "ws", ("-c", SLOW))
    command.wait_for_workers()
    time.sleep(1.0)
    yield command
    command.process.kill()
    command.process.wait()
    command.process.stderr.close()  # type: ignore[union-attr]


class Dawdling(Work):
    """Work that takes a minute over every file."""

    def __call__(self, task: Task) -> Done | Refused | Unfinished:
        time.sleep(60)
        return super().__call__(task)


def test_killed_at_any_moment_the_next_run_does_the_rest(made: Made, tmp_path: Path) -> None:
    moments = random.Random(SEED)  # noqa: S311  # the same moments each time
    for _ in range(KILLS):
        command = start(made, tmp_path / "ws")
        time.sleep(moments.uniform(0.2, 1.0) * made.seconds)
        command.process.send_signal(signal.SIGKILL)
        command.process.wait()
        command.process.stderr.close()  # type: ignore[union-attr]
        command.wait_until_none_is_left(5)
    command = start(made, tmp_path / "ws")
    _, said = command.process.communicate(timeout=120)
    assert command.process.returncode == EXIT_FILES_FAILED, said
    assert forms_of(tmp_path / "ws") == made.forms


def test_workers_end_with_a_parent_that_is_killed(running: Command) -> None:
    assert running.workers()
    running.process.kill()
    running.process.wait()
    running.wait_until_none_is_left(5)


def test_ctrl_c_stops_at_once_and_says_how_to_go_on(running: Command) -> None:
    began = time.monotonic()
    os.killpg(running.process.pid, signal.SIGINT)
    _, said = running.process.communicate(timeout=20)
    assert time.monotonic() - began < STOP_SECONDS
    assert running.process.returncode == EXIT_INTERRUPTED
    assert b"run the same command again" in said
    assert b"Traceback" not in said
    running.wait_until_none_is_left(3)


def pages_of(folder: Path) -> int:
    with sqlite3.connect(folder / DATABASE) as connection:
        return int(connection.execute("PRAGMA page_count").fetchone()[0])


def long_texts(folder: Path) -> None:
    """Files of words that no packing makes small."""
    words = random.Random(SEED)  # noqa: S311
    for name in ("one", "two", "three"):
        lines = (f"The project trained {words.getrandbits(160):x} officers." for _ in range(400))
        (folder / f"{name}.txt").write_text("\n\n".join(lines))


@pytest.mark.parametrize("share", [0.0, 0.4, 0.8])
def test_a_full_database_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    """The database may not grow beyond some pages: then with room, the next run does the rest."""
    monkeypatch.setattr(workspace_module, "run_isolated", in_process)
    archive = tmp_path / "archive"
    archive.mkdir()
    long_texts(archive)
    rubric = tiny.write_rubric(tmp_path / "rubric", examples="")

    def extract(folder: Path) -> None:
        with Workspace.create(folder) as workspace:
            workspace.extract(archive, (str(rubric),))

    def forms(folder: Path) -> bytes:
        with Workspace.open(folder) as workspace:
            return json.dumps(forms_to_dict(workspace.forms("2026-01-01T00:00:00Z"), "0")).encode()

    with Workspace.create(tmp_path / "ws"):
        pass
    extract(tmp_path / "whole")
    empty, full = pages_of(tmp_path / "ws"), pages_of(tmp_path / "whole")
    pages = round(empty + share * (full - empty))
    whole = store_module._set_durable

    def small(connection: Any, record: Any) -> None:
        whole(connection, record)
        connection.execute(f"PRAGMA max_page_count={pages}")

    with monkeypatch.context() as patch:
        patch.setattr(store_module, "_set_durable", small)
        with pytest.raises(WorkspaceError, match=r"full.*What was saved is kept"):
            extract(tmp_path / "ws")
    extract(tmp_path / "ws")
    assert forms(tmp_path / "ws") == forms(tmp_path / "whole")
