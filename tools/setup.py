"""Makes `.venv` with the locked dependencies and deskreview itself; does nothing when that is done already.

Runs on the system's Python with nothing installed. Says what the machine lacks, and the command that installs it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "deskreview-setup"


def main() -> int:
    """Set up, or say why not."""
    lock = ROOT / (sys.argv[1] if len(sys.argv) > 1 else "requirements.lock")
    lack = missing()
    if lack:
        sys.stderr.write(f"deskreview: {lack}\n")
        return 1
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    done = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.is_file() else []
    if wanted in done:
        return 0
    try:
        install(lock)
    except subprocess.CalledProcessError:
        sys.stderr.write(
            "deskreview: the dependencies could not be installed; the lines above say why. "
            "Is there a connection to your package index, and 1.5 GB of free space?\n"
        )
        return 1
    STAMP.write_text("\n".join([*done, wanted]) + "\n", encoding="utf-8")
    return 0


def missing() -> str:
    """What this machine lacks, with what to do; empty when nothing."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        return (
            f"Python 3.11 or newer is needed; this is {version}. Install one (Debian and Ubuntu: apt install python3; "
            "macOS: brew install python), then: make demo PYTHON=python3.13"
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        return f"Python's venv module is missing. Install it (Debian and Ubuntu: apt install {name}) and run make again."
    return ""


def install(lock: Path) -> None:
    """Make the environment; only what the lock names, with its hashes."""
    python = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    print(f"Installing the dependencies of {lock.name}; the first time takes a few minutes.", flush=True)
    subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", str(lock)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)


if __name__ == "__main__":
    sys.exit(main())
