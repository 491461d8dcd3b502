"""What a machine lacks is named with the command that installs it, and nothing is installed twice."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a lock and no environment."""
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "requirements.lock").write_text("a==1\n", encoding="utf-8")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(sys, "argv", ["setup.py"])
    return tmp_path


def pretend(monkeypatch: pytest.MonkeyPatch, *version: int) -> None:
    monkeypatch.setattr(sys, "version_info", version)


def pretend_without(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in modules else real(name))


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 0), (3, 14, 2)])
def test_nothing_is_missing_on_a_suitable_python(version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, *version)
    assert setup.missing() == ""


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 9, 2), (3, 10, 13)])
def test_a_python_that_is_too_old_is_named(version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, *version)
    message = setup.missing()
    assert ".".join(map(str, version)) in message
    assert "3.11" in message
    assert "apt install python3" in message
    assert "brew install python@3.14" in message


def test_a_python_without_published_packages_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, 3, 15, 0)
    assert "3.15.0" in setup.missing()
    assert "3.14" in setup.missing()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_the_missing_venv_module_is_named_with_its_package(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, 3, 12, 3)
    pretend_without(monkeypatch, module)
    assert "apt install python3.12-venv" in setup.missing()


def test_what_is_missing_is_said_and_fails(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend(monkeypatch, 3, 10, 0)
    monkeypatch.setattr(setup, "other_python", lambda: "")
    assert setup.main() == 1
    assert "deskreview: Python 3.11 or newer is needed" in capsys.readouterr().err
    assert not (project / ".venv").exists()


def test_another_python_on_the_machine_is_used(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []

    def call(command: list[str]) -> int:
        calls.append(command)
        return 7

    pretend(monkeypatch, 3, 10, 0)
    monkeypatch.setattr(setup, "other_python", lambda: "/opt/python3.13")
    monkeypatch.setattr(subprocess, "call", call)
    assert setup.main() == 7
    assert calls[0][0] == "/opt/python3.13"


def test_a_suitable_python_is_tried_before_it_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name on the path may stand for nothing, as a version manager's do: it has to run."""
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name in {"python3.14", "python3.12"} else None)
    monkeypatch.setattr(subprocess, "call", lambda command, **_: 0 if "3.12" in command[0] else 127)
    assert setup.other_python() == "/bin/python3.12"
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    assert setup.other_python() == ""


def test_the_check_of_another_python_knows_this_one() -> None:
    assert subprocess.run([sys.executable, "-c", setup.SUITABLE]).returncode == 0


def test_what_is_done_is_not_done_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    python = setup.python_of(project / ".venv")

    def install(lock: Path) -> None:
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()
        installed.append(lock.name)

    monkeypatch.setattr(setup, "install", install)
    assert [setup.main(), setup.main()] == [0, 0]
    assert installed == ["requirements.lock"]
    (project / "requirements.lock").write_text("a==2\n", encoding="utf-8")
    assert setup.main() == 0
    assert len(installed) == 2
    python.unlink()
    assert setup.main() == 0
    assert len(installed) == 3


def test_a_failed_install_is_said_and_not_taken_for_done(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(lock: Path) -> None:
        raise subprocess.CalledProcessError(1, "pip")

    monkeypatch.setattr(setup, "install", fail)
    assert setup.main() == 1
    assert "could not be installed" in capsys.readouterr().err
    assert not (project / ".venv" / setup.STAMP).exists()


def test_the_script_is_readable_to_an_old_python() -> None:
    """Else a Python that is too old would show a syntax error in place of the message."""
    text = Path(setup.__file__).read_text(encoding="utf-8")
    compile(text, "setup.py", "exec", dont_inherit=True)
    assert "from __future__ import annotations" not in text
    for too_new in (r"\bmatch .*:$", r":=", r"-> \w+\[", r": (?:list|dict|tuple)\[", r" \| None\b", r"removeprefix"):
        assert not re.search(too_new, text, re.MULTILINE), too_new
