"""A small archive with every kind of end, made anew for the tests that run the pipeline."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

from docx import Document

from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.errors import DocumentError

REPORT = """\
Final report

Support to Shelters in the North

Project period: March 2010 to May 2012
Total budget: EUR 450,000

Results

The project trained forty police officers in interviewing victims of trafficking.
The shelter took in twenty women and paid for medical care.

Recommendations

The ministry should train more police officers.
"""
NOTES = """\
# Interim report

## Results

- The shelter in the east was opened in June 2010.
- Two trainings for police were held.
"""
PAGE = """\
<html><head><title>Update</title></head><body><h1>Update</h1>
<p>Legal aid was given to eleven women of the shelter.</p></body></html>
"""
EVALUATION = """\
External evaluation

Project period: January 2011 to December 2013

Findings

The project ran police workshops in two towns. Victims were questioned once instead of three times.
"""
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)

OUTCOMES = {
    "alpha/a report.txt": "ok",
    "alpha/broken.pdf": "damaged",
    "alpha/copy of report.txt": "duplicate",
    "alpha/deep/er/page.html": "ok",
    "alpha/empty.txt": "damaged",
    "alpha/locked.docx": "password",
    "alpha/notes.md": "ok",
    "alpha/proposal.docx": "ok",
    "alpha/report again.docx": "duplicate",
    "alpha/table.xlsx": "unsupported",
    "beta/evaluation.txt": "ok",
    "delta/broken.pdf": "damaged",
    "gamma.txt": "ok",
}
"""File -> how it ends."""
PROJECTS = ["alpha", "beta", "delta", "gamma"]


def make_archive(folder: Path) -> Path:
    """Write the archive."""
    for file, content in _files().items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    write_docx(folder / "alpha" / "report again.docx", REPORT.splitlines())
    write_docx(
        folder / "alpha" / "proposal.docx",
        ["Project proposal", "Activities", "The project will train police officers in April 2010."],
    )
    return folder


def _files() -> dict[str, bytes]:
    return {
        "alpha/a report.txt": REPORT.encode(),
        "alpha/copy of report.txt": REPORT.encode(),
        "alpha/notes.md": NOTES.encode(),
        "alpha/deep/er/page.html": PAGE.encode(),
        "alpha/broken.pdf": b"%PDF-1.4\nno more than this",
        "alpha/empty.txt": b"",
        "alpha/locked.docx": OLE + "EncryptedPackage\0".encode("utf-16-le"),
        "alpha/table.xlsx": b"MZ\x90\0\x03\0\0\0\x04",
        "alpha/.hidden": b"not to be read",
        "beta/evaluation.txt": EVALUATION.encode(),
        "delta/broken.pdf": b"%PDF-1.7\nnothing",
        "gamma.txt": b"A note. The shelter in the south was opened by the project in May 2011.\n",
    }


def write_docx(path: Path, paragraphs: list[str]) -> None:
    """A Word document of plain paragraphs."""
    document = Document()
    for text in paragraphs:
        if text:
            document.add_paragraph(text)
    document.save(str(path))


def snapshot(folder: Path) -> dict[str, tuple[int, int, int]]:
    """All that would change if a folder were written to: names, times, sizes, modes."""
    states = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        state = path.stat()
        states[path.relative_to(folder).as_posix()] = (state.st_mtime_ns, state.st_size, state.st_mode)
    return states


def in_process(
    function: Callable[[Any], Any], items: Iterable[Any], jobs: int = 1, limits: Limits = DEFAULT_LIMITS
) -> Generator[tuple[Any, Any], None, None]:
    """What `run_isolated` does, without its worker processes, which take a second each to start."""
    for item in items:
        try:
            yield item, function(item)
        except DocumentError as error:
            yield item, error


def heed_interrupts() -> None:
    """In a new process, before its program: tests run in a shell's background ignore SIGINT, and would hand that on."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
