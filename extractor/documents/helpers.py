"""Helper programs: which of them are on this machine, how to install those that are not, and how they are run.

A helper runs without a shell, with a time limit, in a process group of its own that ends with the worker, and with
a home in the temporary folder: it leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from extractor.documents.limits import MIB

WITHOUT = "DESKREVIEW_WITHOUT"
"""Names helpers to leave unused, as in DESKREVIEW_WITHOUT=tesseract,soffice."""
WHOLE_MARK = "soffice.bin"
"""Beside it stand LibreOffice's other libraries."""
MAX_WRITTEN_BYTES = 512 * MIB
"""The largest file that a helper may write, where the platform can limit it."""
KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class Helper:
    """A program that is no part of deskreview: its name, what it is called, where installers put it, how to get it."""

    name: str
    programs: tuple[str, ...]
    places: tuple[str, ...]
    install: Mapping[str, str]
    """How to install it, by platform as Python names it."""
    component: str = ""
    """The file beside the program without which it lacks this part: Linux packages LibreOffice in parts."""

    def path(self) -> str | None:
        """Where it is on this machine; None when it, or the part that is needed, is not, or when it is left unused."""
        if set(self.programs) & set(os.environ.get(WITHOUT, "").split(",")):
            return None
        found = (shutil.which(name) for name in (*self.programs, *self.places))
        path = next((path for path in found if path), None)
        return path if path and self._is_whole(Path(path).resolve().parent) else None

    def _is_whole(self, folder: Path) -> bool:
        return not self.component or not (folder / WHOLE_MARK).exists() or (folder / self.component).exists()

    @property
    def advice(self) -> str:
        """What a reason says when the helper is missing; `missing_in` knows the helper by it."""
        how = self.install.get(sys.platform, self.install["linux"])
        return f"install {self.name} ({how}) and run again"


TESSERACT = Helper(
    "Tesseract",
    ("tesseract",),
    (r"C:\Program Files\Tesseract-OCR\tesseract.exe", "/opt/homebrew/bin/tesseract", "/usr/local/bin/tesseract"),
    {
        "linux": "apt install tesseract-ocr tesseract-ocr-fra tesseract-ocr-spa",
        "darwin": "brew install tesseract tesseract-lang",
        "win32": "tesseract-ocr-w64-setup of UB Mannheim, with French and Spanish ticked",
    },
)


def _libreoffice(name: str, package: str, library: str) -> Helper:
    return Helper(
        name,
        ("soffice", "libreoffice"),
        (r"C:\Program Files\LibreOffice\program\soffice.exe", "/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        {
            "linux": f"apt install {package}",
            "darwin": "brew install --cask libreoffice",
            "win32": "the installer of libreoffice.org",
        },
        library,
    )


WRITER = _libreoffice("LibreOffice Writer", "libreoffice-writer", "libswlo.so")
CALC = _libreoffice("LibreOffice Calc", "libreoffice-calc", "libsclo.so")
IMPRESS = _libreoffice("LibreOffice Impress", "libreoffice-impress", "libsdlo.so")
HELPERS = (TESSERACT, WRITER, CALC, IMPRESS)


class HelperFailed(Exception):
    """A helper ended without doing its work; `timed_out` tells whether it was stopped for taking too long."""

    def __init__(self, name: str, timed_out: bool) -> None:
        self.timed_out = timed_out
        super().__init__(f"{name} {'took too long' if timed_out else 'failed'}")


def missing_in(reason: str) -> tuple[Helper, ...]:
    """The helpers that a file's reason asks for."""
    return tuple(helper for helper in HELPERS if f"install {helper.name} (" in reason)


def worth_retrying(reason: str) -> bool:
    """Whether a helper that a file lacked, by the reason it was given, is there now."""
    return any(helper.path() for helper in missing_in(reason))


def run_helper(command: Sequence[str], home: Path, seconds: float, data: bytes = b"") -> bytes:
    """The output of a helper that is given some bytes; HelperFailed when it fails or takes too long."""
    name = Path(command[0]).stem
    try:
        process = subprocess.Popen(  # noqa: S603  # a program found by its name, arguments of our own, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env=_environment(home),
            start_new_session=True,
        )
    except OSError as error:
        raise HelperFailed(name, timed_out=False) from error
    with process, _ended_with_us(process):
        _limit_files(process.pid)
        try:
            output, _ = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise HelperFailed(name, timed_out=True) from None
        finally:
            _end(process)
    if process.returncode != 0:
        raise HelperFailed(name, timed_out=False)
    return output


def _environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    folders = dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(home))
    # One thread a program: the workers already use every processor that they may.
    return {**kept, **folders, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "SAL_USE_VCLPLUGIN": "svp"}


@contextmanager
def _ended_with_us(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """While the helper runs, a worker that is told to stop takes it along."""
    if threading.current_thread() is not threading.main_thread():  # only the main thread may set signals
        yield
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        _end(process)
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before if before is not None else signal.SIG_DFL)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a helper with all that it started; one that has ended may have left children."""
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _limit_files(pid: int) -> None:
    if sys.platform != "linux":
        return
    import resource

    try:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (MAX_WRITTEN_BYTES, MAX_WRITTEN_BYTES))
    except OSError:  # it has ended already, or a stricter limit holds
        return
