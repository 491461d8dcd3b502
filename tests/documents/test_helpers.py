"""Helper programs: found or advised, run without a shell, stopped in time with all that they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.documents import helpers
from extractor.documents.helpers import CALC, TESSERACT, WRITER, HelperFailed, missing_in, run_helper, worth_retrying

PYTHON = sys.executable
posix = pytest.mark.skipif(sys.platform == "win32", reason="process groups and signals are POSIX")


def put_program(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@posix
def test_a_helper_is_found_on_the_path_or_its_installation_is_advised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(helpers, "TESSERACT", helpers.Helper("Tesseract", ("tesseract",), (), TESSERACT.install))
    assert helpers.TESSERACT.path() is None
    assert "install Tesseract (" in TESSERACT.advice
    program = put_program(tmp_path / "bin", "tesseract")
    assert helpers.TESSERACT.path() == str(program)


@posix
def test_a_part_of_libreoffice_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    soffice = put_program(tmp_path, "soffice")
    assert CALC.path() == str(soffice)  # nothing beside it tells which parts there are
    put_program(tmp_path, "soffice.bin")
    put_program(tmp_path, "libswlo.so")
    assert WRITER.path() == str(soffice)
    assert CALC.path() is None


@posix
def test_a_file_is_worth_a_second_try_once_its_helper_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    reason = f"2 of 9 pages (3, 4) without text: for OCR, {TESSERACT.advice}; 1 of 9 pages (5) damaged"
    assert missing_in(reason) == (TESSERACT,)
    assert not worth_retrying(reason)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name == "soffice" else None)
    assert not worth_retrying(reason)
    assert worth_retrying(f"a workbook: {CALC.advice}")
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    assert worth_retrying(reason)
    assert not worth_retrying("the PDF cannot be opened")


def test_a_helper_gets_bytes_and_gives_bytes(tmp_path: Path) -> None:
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"
    assert run_helper([PYTHON, "-c", code], tmp_path, 20, b"abc") == b"cba"


def test_a_helper_has_its_home_in_the_given_folder(tmp_path: Path) -> None:
    code = "import os; print(os.getcwd(), os.environ['HOME'], os.environ['TMPDIR'])"
    assert run_helper([PYTHON, "-c", code], tmp_path, 20).decode().split() == [str(tmp_path)] * 3


@pytest.mark.parametrize("command", [["no such program"], [PYTHON, "-c", "raise SystemExit(3)"]])
def test_a_helper_that_fails_says_so(tmp_path: Path, command: list[str]) -> None:
    with pytest.raises(HelperFailed, match="failed") as caught:
        run_helper(command, tmp_path, 20)
    assert not caught.value.timed_out


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_dead(pid: int) -> bool:
    for _ in range(100):
        if not is_alive(pid):
            return True
        time.sleep(0.1)
    return False


NESTED = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("child").write_text(str(child.pid))
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_helper_that_takes_too_long_ends_with_its_children(tmp_path: Path) -> None:
    with pytest.raises(HelperFailed, match="too long") as caught:
        run_helper([PYTHON, "-c", NESTED], tmp_path, 3)
    assert caught.value.timed_out
    assert wait_until_dead(int((tmp_path / "child").read_text()))


WORKER = """
import sys
from pathlib import Path
from extractor.documents.helpers import run_helper
print("ready", flush=True)
run_helper([sys.executable, "-c", sys.argv[2]], Path(sys.argv[1]), 60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_worker_that_is_told_to_stop_takes_its_helper_along(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)}
    with subprocess.Popen(
        [PYTHON, "-c", WORKER, str(tmp_path), NESTED], stdout=subprocess.PIPE, env=environment
    ) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        child = tmp_path / "child"
        for _ in range(200):
            if child.is_file() and child.read_text():
                break
            time.sleep(0.05)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == -signal.SIGTERM
    assert wait_until_dead(int(child.read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="files are limited on Linux only")
def test_a_helper_may_not_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helpers, "MAX_WRITTEN_BYTES", 1000)
    code = "import time, pathlib; time.sleep(0.5); pathlib.Path('large').write_bytes(b'x' * 100_000)"
    with pytest.raises(HelperFailed):
        run_helper([PYTHON, "-c", code], tmp_path, 20)
    assert (tmp_path / "large").stat().st_size <= 1000
