"""Makes `.venv` with the locked dependencies and deskreview itself; does nothing when that is done already.

Runs on the system's Python with nothing installed, and is written so that a Python that is too old can still say so.
Says what the machine lacks, and the command that installs it.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
NEWEST = (3, 14)
"""The newest Python for which all locked packages are published ready to install."""
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = "deskreview-setup"
SUITABLE = f"import sys, venv, ensurepip; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"


def main() -> int:
    """Set up, or say why not."""
    lock = ROOT / (sys.argv[1] if len(sys.argv) > 1 else "requirements.lock")
    wanted = fingerprint(lock)
    if is_done(wanted):
        return 0
    lack = missing()
    if lack:
        other = other_python()
        if other:
            return subprocess.call([other, str(Path(__file__).resolve()), *sys.argv[1:]])
        sys.stderr.write("deskreview: " + lack + "\n")
        return 1
    try:
        install(lock)
    except subprocess.CalledProcessError:
        sys.stderr.write(
            "deskreview: the dependencies could not be installed; the lines above say why. Is there a connection to "
            "your package index, and 1.5 GB of free space? What is done is kept: run make again to go on.\n"
        )
        return 1
    except OSError as error:
        sys.stderr.write(f"deskreview: {VENV} cannot be written: {error.strerror}.\n")
        return 1
    with (VENV / STAMP).open("a", encoding="utf-8") as stamp:
        stamp.write(wanted + "\n")
    return 0


def fingerprint(lock: Path) -> str:
    """What an environment is made from: the lock, the project's own metadata."""
    return hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def is_done(wanted: str) -> bool:
    """Whether the environment was set up for this fingerprint."""
    stamp = VENV / STAMP
    return stamp.is_file() and python_of(VENV).exists() and wanted in stamp.read_text(encoding="utf-8").splitlines()


def python_of(venv: Path) -> Path:
    """The environment's Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def missing() -> str:
    """What this machine lacks, with what to do; empty when nothing."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    here, newest = tuple(sys.version_info[:2]), f"{NEWEST[0]}.{NEWEST[1]}"
    if here < OLDEST:
        return (
            f"Python 3.11 or newer is needed; this is {version}. Install one (Debian 12, Ubuntu 24.04 or newer: "
            f"apt install python3-venv; Fedora: dnf install python{newest}; macOS: brew install python@{newest}) and "
            f"run make again. A Python of another name: make demo PYTHON=python{newest}"
        )
    if here > NEWEST:
        return (
            f"This is Python {version}, for which not all of the locked packages are published ready to install. "
            f"Install {newest} beside it (Fedora: dnf install python{newest}; macOS: brew install python@{newest}) "
            "and run make again."
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        name = f"python{here[0]}.{here[1]}-venv"
        return (
            f"Python's venv module is missing. Install it (Debian and Ubuntu: apt install {name}) and run make again."
        )
    return ""


def other_python() -> str:
    """A suitable Python of another name on this machine; empty when there is none."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", SUITABLE], stderr=subprocess.DEVNULL) == 0:
            return found
    return ""


def install(lock: Path) -> None:
    """Make the environment; only what the lock names, with its hashes."""
    python = python_of(VENV)
    if not works(python):
        subprocess.check_call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    print(f"Installing the dependencies of {lock.name}; the first time takes a minute or more.", flush=True)
    subprocess.check_call([*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock)])
    subprocess.check_call([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def works(python: Path) -> bool:
    """Whether an environment is there and whole: one that was interrupted while it was made has no pip yet."""
    if not python.exists():
        return False
    return subprocess.call([str(python), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    sys.exit(main())
