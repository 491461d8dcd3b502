"""How each file of some folders ends: a table of outcomes by folder, and what is not read, with its reason.

    python benchmarks/outcomes.py FOLDER... [--jobs N] [--seconds N] [--floor 0.97] [--csv FILE]

Every file is read as `deskreview extract` reads it, in worker processes with the same limits, and so is every file
inside a package or a mail message. Files that are locked or damaged cannot be read by anybody; of the others, the
share that ends `ok` or `partial` is what counts. A file that holds no text (a picture, an empty document) is counted
apart: nothing is to be read in it. Exit code 1 if the share is below the floor, or a file has no outcome.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from extractor.archive import ArchiveFile, list_archive, member_file
from extractor.documents import read_step
from extractor.documents.isolation import run_isolated
from extractor.documents.limits import Limits
from extractor.documents.members import open_member
from extractor.documents.ocr import OcrDone, OcrUnfinished
from extractor.errors import DocumentError
from extractor.model import FAILED_OUTCOMES, READ_OUTCOMES, Member, Outcome

FLOOR = 0.97
OUTCOMES: tuple[str, ...] = get_args(Outcome)
UNREADABLE = frozenset({"password", "damaged"})
"""Locked or damaged: nobody can read them."""
NOT_DOCUMENTS = (
    "not a document that can be read here", "XML data, not a document", "packed archive", "packed more than",
    "a link or device",
)  # fmt: skip
"""Reasons of files that are no documents by nature: programs, data, links."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read; `done`: the pages of a long scan that were read before."""

    entry: ArchiveFile
    limits: Limits
    done: OcrDone | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How reading a file ended, as small as can be sent."""

    outcome: str
    reason: str = ""
    format: str = ""
    pages: int = 0
    ocr_pages: int = 0
    characters: int = 0
    members: tuple[Member, ...] = ()
    seconds: float = 0.0


def read(task: Task) -> Ended | OcrDone:
    """Read a file: what runs in a worker."""
    started = time.perf_counter()
    try:
        with open_member(task.entry.path, task.entry.inside, task.limits, task.entry.file) as path:
            document = read_step(path, task.limits, task.done)
    except OcrUnfinished as unfinished:
        return unfinished.done
    return Ended(
        document.outcome,
        document.reason,
        document.format,
        len(document.pages),
        sum(page.ocr for page in document.pages),
        sum(len(page.text) for page in document.pages),
        document.members,
        time.perf_counter() - started,
    )


def read_all(tasks: Sequence[Task], jobs: int, limits: Limits) -> Iterator[tuple[ArchiveFile, Ended]]:
    """Each file with how it ended, the files inside files too."""
    while tasks:
        more: list[Task] = []
        for task, result in run_isolated(read, tasks, jobs, limits):
            if isinstance(result, DocumentError):
                yield task.entry, Ended(result.outcome, result.reason)
            elif isinstance(result, Ended):
                yield task.entry, result
                for member in result.members:
                    entry = member_file(task.entry, member.name, member.index)
                    if member.outcome == "ok":
                        more.append(Task(entry, limits))
                    else:
                        yield entry, Ended(member.outcome, member.reason)
            else:
                more.append(replace(task, done=result))
        tasks = more


def table(rows: Iterable[tuple[str, Ended]]) -> str:
    """Outcomes by folder."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for folder, ended in rows:
        counts[folder][ended.outcome] += 1
        counts["all"][ended.outcome] += 1
    used = [outcome for outcome in OUTCOMES if counts["all"][outcome]]
    lines = [f"{'folder':40}{'files':>8}" + "".join(f"{outcome:>13}" for outcome in used)]
    for folder in [*sorted(set(counts) - {"all"}), "all"]:
        found = counts[folder]
        lines.append(f"{folder:40}{found.total():8}" + "".join(f"{found[outcome] or '':>13}" for outcome in used))
    return "\n".join(lines)


def is_readable(ended: Ended) -> bool:
    """Whether a file is neither locked nor damaged nor without words by nature."""
    if ended.outcome in UNREADABLE or ended.reason.startswith(NOT_DOCUMENTS):
        return False
    return not (ended.outcome == "no_text" and "install" not in ended.reason and "failed" not in ended.reason)


def share(rows: Iterable[Ended]) -> tuple[int, int]:
    """How many of the readable files were read, and how many there are."""
    readable = [ended for ended in rows if is_readable(ended)]
    return sum(ended.outcome in READ_OUTCOMES for ended in readable), len(readable)


def report(found: Sequence[tuple[str, ArchiveFile, Ended]], floor: float) -> int:
    """Print the table, what was not read and the share; the exit code."""
    print(table((folder, ended) for folder, _, ended in found))
    print("\nNot read, or not in full:")
    for folder, entry, ended in found:
        if ended.outcome != "ok":
            top = folder.partition("/")[0]
            print(f"  {ended.outcome:12}{top}/{entry.file}: {ended.reason}")
    rows = [ended for _, _, ended in found]
    own = [ended for _, entry, ended in found if not entry.inside]
    pages, ocr = sum(ended.pages for ended in rows), sum(ended.ocr_pages for ended in rows)
    print(
        f"\n{len(own)} files, {len(rows) - len(own)} inside them; {pages} pages, {ocr} by OCR; {_failed(rows)} failed"
    )
    for what, chosen in (("files", own), ("with those inside packages and mail", rows)):
        open_ = [ended for ended in chosen if ended.outcome not in UNREADABLE]
        opened = sum(ended.outcome in READ_OUTCOMES for ended in open_)
        read_, readable = share(chosen)
        print(f"{what}: of those neither locked nor damaged, {_share(opened, len(open_))} are ok or partial")
        print(f"    of those that hold words, {_share(read_, readable)}")
    read_, readable = share(own)
    unknown = [ended.outcome for ended in rows if ended.outcome not in OUTCOMES]
    return int(bool(unknown) or (readable > 0 and read_ / readable < floor))


def _failed(rows: Iterable[Ended]) -> int:
    return sum(ended.outcome in FAILED_OUTCOMES for ended in rows)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part} of {whole})" if whole else "none"


def write_csv(path: Path, found: Sequence[tuple[str, ArchiveFile, Ended]]) -> None:
    """All rows, to compare two runs."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["folder", "file", "outcome", "reason", "format", "pages", "ocr", "characters", "seconds"])
        for folder, entry, ended in found:
            writer.writerow(
                [
                    folder, entry.file, ended.outcome, ended.reason, ended.format, ended.pages, ended.ocr_pages,
                    ended.characters, f"{ended.seconds:.2f}",
                ]
            )  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the folders that are named and print how their files end."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=Limits().seconds)
    parser.add_argument("--floor", type=float, default=FLOOR)
    parser.add_argument("--csv", type=Path)
    options = parser.parse_args(arguments)
    limits = Limits(seconds=options.seconds)
    found: list[tuple[str, ArchiveFile, Ended]] = []
    for folder in options.folders:
        tasks = [Task(entry, limits) for entry in list_archive(folder)]
        for entry, ended in read_all(tasks, options.jobs, limits):
            top = f"{folder.name}/{entry.project}" if "/" in entry.file.partition("!/")[0] else folder.name
            found.append((top, entry, ended))
    found.sort(key=lambda row: (row[0], row[1].file))
    if options.csv:
        write_csv(options.csv, found)
    return report(found, options.floor)


if __name__ == "__main__":
    # Under the name by which the workers find `read`; "__main__" is another module there.
    sys.exit(importlib.import_module(Path(__file__).stem).main())
