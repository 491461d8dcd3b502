"""The command itself: exit codes, what goes to stdout and what to stderr, and how it ends when it is stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extractor import __version__, cli
from extractor.errors import (
    EXIT_FAULT,
    EXIT_FILES_FAILED,
    EXIT_INTERRUPTED,
    EXIT_INVALID,
    EXIT_USAGE,
    EXIT_WORKSPACE,
)
from extractor.workspace import Workspace
from tests.archives import OUTCOMES, PROJECTS, heed_interrupts, make_archive, snapshot
from tests.coding import tiny

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and pipes")
COMMAND = (sys.executable, "-m", "extractor.cli")
SECONDS = 120
HOSTILE = "[bold]x[bold] \x1b[31mred.txt"
"""The name of a file that would steer a terminal, or be taken for markup."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


def deskreview(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Ended:
    """Run the real command in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, env={**os.environ, **(env or {})}, timeout=SECONDS
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, a rubric, and their workspace."""
    folder = tmp_path_factory.mktemp("made")
    archive = make_archive(folder / "archive")
    (archive / "gamma").mkdir()
    (archive / "gamma" / HOSTILE).write_text(f"The shelter {HOSTILE} was opened by the project.\n")
    tiny.write_rubric(folder / "rubric")
    before = snapshot(archive)
    ended = deskreview("extract", archive, "--workspace", folder / "ws", "--rubric", folder / "rubric")
    assert ended.code == EXIT_FILES_FAILED, ended.err
    (folder / "stdout").write_text(ended.out)
    (folder / "stderr").write_text(ended.err)
    assert snapshot(archive) == before
    return folder


class Run:
    """Commands in this process, which spares half a second each."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Ended:
        self._capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        captured = self._capsys.readouterr()
        return Ended(code, captured.out, captured.err)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


# ------------------------------------------------------------------ extract


def test_extract_tells_what_it_did(made: Path) -> None:
    out, err = (made / "stdout").read_text(), (made / "stderr").read_text()
    assert all(project in out for project in PROJECTS)
    assert f"{len(OUTCOMES) + 1} files of 4 projects; " in err
    assert "alpha/broken.pdf: damaged" in err
    assert "3 files could not be read; see: deskreview status" in err
    assert "Next: deskreview status" in err
    assert "\x1b" not in out + err


def test_extract_again_does_nothing_again(made: Path) -> None:
    ended = deskreview("extract", made / "archive", "--workspace", made / "ws", "--rubric", made / "rubric", "--json")
    assert ended.code == EXIT_FILES_FAILED
    assert ended.json() == deskreview("status", made / "ws", "--json").json()
    assert "3 files could not be read" in ended.err


def test_extract_quietly(made: Path, run: Run) -> None:
    ended = run("extract", made / "archive", "--workspace", made / "ws", "--rubric", made / "rubric", "--quiet")
    assert (ended.code, ended.out) == (EXIT_FILES_FAILED, "")


def test_a_batch_in_which_every_file_is_read_ends_well(made: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    assert run("extract", tmp_path / "archive", "--workspace", tmp_path / "ws", "--rubric", made / "rubric").code == 0


# ------------------------------------------------------------------ exit codes and messages


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["extract", "nowhere", "--workspace", "new"], EXIT_USAGE, ["No archive at nowhere", "one folder a project"]),
        (["extract", "{made}/archive", "--workspace", "{made}/archive/ws"], EXIT_USAGE, ["never written to"]),
        (["extract", "{made}/archive", "--workspace", "{made}/ws", "--rubric", "nope"], EXIT_USAGE, ["'nope'"]),
        (["extract", "{made}/archive"], EXIT_USAGE, ["--workspace"]),
        (["status", "nowhere"], EXIT_USAGE, ["No workspace at nowhere", "deskreview extract"]),
        (["show", "{made}/ws", "omega"], EXIT_USAGE, ["'omega'", "alpha, beta, delta, gamma"]),
        (["text", "{made}/ws", "omega.txt"], EXIT_USAGE, ["'omega.txt'", "deskreview status"]),
        (["text", "{made}/ws", "gamma.txt", "--page", "9"], EXIT_USAGE, ["gamma.txt has no page 9"]),
        (["text", "{made}/ws", "alpha/empty.txt"], EXIT_USAGE, ["alpha/empty.txt was not read: damaged, empty file"]),
        (["export", "{made}/ws", "--to", "forms.odt"], EXIT_USAGE, ["forms.odt", ".json"]),
        (["report", "final", "{made}/ws", "--to", "report.odt"], EXIT_USAGE, [".docx"]),
        (["report", "case-study", "{made}/ws", "--project", "omega", "--to", "a.md"], EXIT_USAGE, ["'omega'"]),
        (["report", "final", "{made}/ws", "--to", "a.md", "--template", "nowhere"], EXIT_USAGE, ["nowhere is no"]),
        (["rubric", "check", "nowhere"], EXIT_USAGE, ["No rubric 'nowhere'"]),
        (["frobnicate"], EXIT_USAGE, ["frobnicate"]),
        (["status", "{made}/ws", "--frobnicate"], EXIT_USAGE, ["--frobnicate"]),
        (["extract", "a", "--workspace", "b", "--jobs", "0"], EXIT_USAGE, ["--jobs"]),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    made: Path,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: Sequence[str],
    code: int,
    words: Sequence[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(*(argument.format(made=made) for argument in arguments))
    assert ended.code == code
    assert ended.out == ""
    assert [word for word in words if word not in ended.err] == []
    assert "Traceback" not in ended.err
    assert list(tmp_path.iterdir()) == []


BROKEN = tiny.HEAD.replace("type: date_my", "type: day").replace('cues: ["shelter*"]', 'cues: ["shelter* (open"]')


def test_a_broken_rubric_is_told_in_full(made: Path, tmp_path: Path) -> None:
    folder = tiny.write_rubric(tmp_path / "rubric", BROKEN)
    checked = deskreview("rubric", "check", folder)
    assert (checked.code, checked.out) == (EXIT_INVALID, "")
    assert "has 3 problems" in checked.err
    lines = [line for line in checked.err.splitlines() if "rubric.yaml:" in line]
    assert len(lines) == 3
    assert "date_my" in checked.err  # what is allowed
    extracted = deskreview("extract", made / "archive", "--workspace", tmp_path / "ws", "--rubric", folder)
    assert (extracted.code, extracted.out, extracted.err) == (EXIT_INVALID, "", checked.err)
    assert not (tmp_path / "ws" / "models").exists()


def test_a_rubric_in_order_is_said_to_be(made: Path, run: Run) -> None:
    ended = run("rubric", "check", made / "rubric")
    assert ended.code == 0
    assert ended.out.startswith("tiny 1 is in order: 7 items, 6 options, 20 examples.")


def test_a_locked_workspace(made: Path) -> None:
    with Workspace.create(made / "ws"):
        ended = deskreview("extract", made / "archive", "--workspace", made / "ws", "--rubric", made / "rubric")
        assert ended.code == EXIT_WORKSPACE
        assert "Another deskreview is writing to" in ended.err
        assert deskreview("status", made / "ws").code == 0


def test_a_database_that_is_none(tmp_path: Path, run: Run) -> None:
    (tmp_path / "deskreview.sqlite").write_text("no database at all, but long enough to be looked at\n" * 40)
    ended = run("status", tmp_path)
    assert ended.code == EXIT_WORKSPACE
    assert "is not a workspace's database" in ended.err


def test_an_internal_fault_is_no_traceback(made: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Workspace) -> None:
        raise LookupError("what stands in a document")

    monkeypatch.setattr(Workspace, "forms", fail)
    monkeypatch.delenv("DESKREVIEW_DEBUG", raising=False)
    ended = run("status", made / "ws")
    assert ended.code == EXIT_FAULT
    assert ended.err.startswith("deskreview: An internal fault: LookupError.")
    assert "what stands in a document" not in ended.err
    monkeypatch.setenv("DESKREVIEW_DEBUG", "1")
    with pytest.raises(LookupError):
        run("status", made / "ws")


# ------------------------------------------------------------------ data on stdout

FILE_KEYS = ["file", "project", "outcome", "reason", "of", "sha256", "type", "pages", "language", "seconds"]
ITEM_KEYS = ["value", "status", "confidence", "options", "evidence", "searched", "conflicts", "comment"]
EVIDENCE_KEYS = ["for", "file", "page", "printed_page", "start", "end", "quote", "confidence", "coder", "why"]
DOCUMENT_KEYS = ["file", "sha256", "type", "outcome", "pages", "language", "title", "authors", "date"]


def test_status_as_data(made: Path) -> None:
    ended = deskreview("status", made / "ws", "--json")
    assert (ended.code, ended.err) == (0, "")
    data = ended.json()
    assert list(data) == ["schema", "files", "projects"]
    assert data["schema"] == 1
    assert all(list(entry) == FILE_KEYS for entry in data["files"])
    assert all(list(entry) == ["project", "items_found", "items", "status"] for entry in data["projects"])
    assert {entry["file"]: entry["outcome"] for entry in data["files"]} == {**OUTCOMES, f"gamma/{HOSTILE}": "ok"}


def test_show_as_data(made: Path, run: Run) -> None:
    ended = run("show", made / "ws", "alpha", "--json")
    assert (ended.code, ended.err) == (0, "")
    form = ended.json()
    assert list(form) == ["project", "documents", "items"]
    assert all(list(entry) == DOCUMENT_KEYS for entry in form["documents"])
    assert all(list(answer) == ITEM_KEYS for answer in form["items"].values())
    evidence = [entry for answer in form["items"].values() for entry in answer["evidence"]]
    assert evidence
    assert all(list(entry) == EVIDENCE_KEYS for entry in evidence)


def test_text_as_data_holds_every_quote(made: Path, run: Run) -> None:
    form = run("show", made / "ws", "alpha", "--json").json()
    evidence = [entry for answer in form["items"].values() for entry in answer["evidence"]]
    for file in {entry["file"] for entry in evidence}:
        data = run("text", made / "ws", file, "--json").json()
        assert list(data) == ["file", "pages"]
        assert all(list(page) == ["page", "printed_page", "ocr", "text"] for page in data["pages"])
        texts = {page["page"]: page["text"] for page in data["pages"]}
        quotes = [entry for entry in evidence if entry["file"] == file]
        assert all(texts[entry["page"]][entry["start"] : entry["end"]] == entry["quote"] for entry in quotes)


def test_text_is_the_stored_text(made: Path, run: Run) -> None:
    ended = run("text", made / "ws", "gamma.txt")
    assert ended.code == 0
    assert "The shelter in the south was opened" in ended.out


def test_export_writes_the_forms(made: Path, run: Run, tmp_path: Path) -> None:
    ended = run("export", made / "ws", "--to", tmp_path / "forms.json")
    assert (ended.code, ended.out) == (0, "")
    data = json.loads((tmp_path / "forms.json").read_text(encoding="utf-8"))
    assert list(data) == ["schema", "deskreview", "created", "coder", "rubric", "model", "projects"]
    assert [entry["project"] for entry in data["projects"]] == PROJECTS
    assert data["projects"][0] == run("show", made / "ws", "alpha", "--json").json()


def test_the_shipped_rubrics_are_listed(run: Run) -> None:
    data = run("rubric", "list", "--json").json()
    assert "counter_trafficking" in [entry["name"] for entry in data]
    assert run("rubric", "schema").json()["$schema"].startswith("https://json-schema.org/")


def test_tables_name_everything(made: Path, run: Run) -> None:
    shown = run("status", made / "ws").out
    assert "alpha/locked.docx" in shown
    assert "same as alpha/a report.txt" in shown
    assert "Training" in run("show", made / "ws", "alpha").out


def test_the_version(run: Run) -> None:
    assert run("--version") == Ended(0, f"deskreview {__version__}\n", "")


COMMANDS = [
    "demo", "extract", "status", "show", "text", "search", "export", "import", "train", "classify",
    "rubric", "rubric list", "rubric check", "rubric schema",
    "report", "report case-study", "report final", "report check",
]  # fmt: skip


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(run: Run, command: str) -> None:
    ended = run(*command.split(), "--help")
    assert (ended.code, ended.err) == (0, "")
    assert "Usage: deskreview " + command in " ".join(ended.out.split())
    assert len(ended.out.split()) > 20


def test_no_command_is_left_out_above() -> None:
    groups: list[tuple[str, Any]] = [("", cli.app), ("rubric ", cli.rubric_app), ("report ", cli.report_app)]
    names = {
        prefix + (entry.name or entry.callback.__name__.replace("_", "-"))
        for prefix, group in groups
        for entry in group.registered_commands
    }
    assert names | {"rubric", "report"} == set(COMMANDS)


# ------------------------------------------------------------------ terminals, pipes, signals


def test_hostile_names_and_quotes_are_shown_harmlessly(made: Path) -> None:
    for ended in (deskreview("status", made / "ws"), deskreview("show", made / "ws", "gamma")):
        assert "[bold]x[bold]" in ended.out
        assert "[31mred" in ended.out
        assert "\x1b" not in ended.out
    refused = deskreview("show", made / "ws", "\x1b[31momega")
    assert refused.code == EXIT_USAGE
    assert "\x1b" not in refused.err


def test_output_is_utf_8_wherever_it_goes(made: Path) -> None:
    ended = deskreview("show", made / "ws", "gamma", env={"PYTHONIOENCODING": "ascii"})
    assert ended.code == 0
    assert "“" in ended.out


@posix
@pytest.mark.parametrize(
    ("env", "coloured", "steered"),
    [
        ({"TERM": "xterm"}, True, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False, True),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_colours_only_where_they_are_wanted(made: Path, env: dict[str, str], coloured: bool, steered: bool) -> None:
    import pty

    parent, child = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "FORCE_COLOR", "COLORTERM"}}
    process = subprocess.Popen([*COMMAND, "show", str(made / "ws"), "gamma"], stdout=child, env={**clean, **env})
    os.close(child)
    output = b""
    while chunk := _read(parent):
        output += chunk
    os.close(parent)
    assert process.wait(SECONDS) == 0
    assert (b"\x1b[36m" in output) is coloured
    assert (b"\x1b[" in output) is steered
    assert b"\x1b[31mred" not in output


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # the other end has closed
        return b""


@posix
@pytest.mark.parametrize("command", [["status", "{made}/ws"], ["status", "{made}/ws", "--json"], ["rubric", "schema"]])
def test_a_reader_that_leaves_early_is_no_fault(made: Path, command: Sequence[str]) -> None:
    process = subprocess.Popen(
        [*COMMAND, *(part.format(made=made) for part in command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(SECONDS) == 0


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_stdout_is_said(made: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "status", str(made / "ws"), "--json"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == EXIT_FAULT
    assert b"The disk is full" in done.stderr
    assert b"Traceback" not in done.stderr


@posix
def test_ctrl_c_ends_with_its_code_and_the_next_run_goes_on(made: Path, tmp_path: Path) -> None:
    extract = ["extract", str(made / "archive"), "--workspace", str(tmp_path / "ws"), "--rubric", str(made / "rubric")]
    process = subprocess.Popen(
        [*COMMAND, *extract],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    assert process.stderr is not None
    said = b""
    for line in _lines(process.stderr):
        said += line
        if b"documents:" in line:
            time.sleep(0.2)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers, too
    assert process.wait(SECONDS) == EXIT_INTERRUPTED
    assert process.stdout is not None
    process.stdout.close()
    process.stderr.close()
    assert b"Interrupted. What was done is kept" in said
    assert b"Traceback" not in said
    again = deskreview(*extract)
    assert again.code == EXIT_FILES_FAILED
    shown = [deskreview("show", folder, "alpha", "--json").json() for folder in (tmp_path / "ws", made / "ws")]
    assert shown[0] == shown[1]


def _lines(stream: Any) -> Iterator[bytes]:
    yield from iter(stream.readline, b"")


@posix
def test_a_disk_that_fills_up_loses_nothing(made: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: writes beyond it fail."""
    extract = ["extract", str(made / "archive"), "--workspace", str(tmp_path / "ws"), "--rubric", str(made / "rubric")]
    limited = (
        "import resource, runpy, sys\n"
        "limit = int(sys.argv.pop(1))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))\n"
        "runpy.run_module('extractor.cli', run_name='__main__', alter_sys=True)\n"
    )
    for limit in (60_000, 150_000):
        done = subprocess.run(
            [sys.executable, "-c", limited, str(limit), *extract], capture_output=True, timeout=SECONDS, text=True
        )
        assert done.returncode == EXIT_WORKSPACE, done.stderr
        assert "Traceback" not in done.stderr
        assert "disk I/O error" in done.stderr
    again = deskreview(*extract)
    assert again.code == EXIT_FILES_FAILED
    shown = [deskreview("show", folder, "alpha", "--json").json() for folder in (tmp_path / "ws", made / "ws")]
    assert shown[0] == shown[1]
