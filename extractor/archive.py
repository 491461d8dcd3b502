"""The archive: which files there are, and which project each belongs to. It is read, never changed."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import ArchiveMissing, FormInvalid, Problem

PROJECTS_FILE = "projects.csv"
IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", PROJECTS_FILE})
MEMBER_MARK = "!/"
"""Stands between a container and what is inside it: "a.zip!/b/c.pdf"."""
IGNORED_STARTS = (".", "~$")
"""Hidden files, and the lock files that Word leaves beside an open document."""


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of the archive: `file` is its path relative to the archive with "/".

    A file inside a container has the container's `path`, the places `inside` it, container by container, at which it
    stands, and a `file` like "a.zip!/b/c.pdf".
    """

    file: str
    project: str
    path: Path
    inside: tuple[int, ...] = ()


def list_archive(archive: Path) -> list[ArchiveFile]:
    """All files of an archive with their projects, by path."""
    if not archive.is_dir():
        raise ArchiveMissing(archive)
    listed = _read_projects(archive / PROJECTS_FILE)
    files = []
    for path in _walk(archive):
        file = _as_text(path.relative_to(archive).as_posix())
        files.append(ArchiveFile(file, _project_of(file, listed), path))
    return sorted(files, key=lambda entry: entry.file)


def member_file(container: ArchiveFile, name: str, index: int) -> ArchiveFile:
    """A file inside a container; it belongs to the container's project."""
    return ArchiveFile(
        f"{container.file}{MEMBER_MARK}{name}", container.project, container.path, (*container.inside, index)
    )


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder. Links are not followed: they may lead out of the archive."""
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith(IGNORED_STARTS))
        for name in sorted(names):
            path = Path(root) / name
            if name.lower() in IGNORED_NAMES or name.startswith(IGNORED_STARTS) or path.is_symlink():
                continue
            if path.is_file():
                yield path


def _as_text(name: str) -> str:
    """A name in bytes that are no UTF-8 (from an old disk) with these bytes spelt out, so that it can be written."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _project_of(file: str, listed: Mapping[str, str]) -> str:
    """The project by `projects.csv` (the longest path that holds the file), else the top folder or file name."""
    parts = file.split("/")
    for length in range(len(parts), 0, -1):
        project = listed.get("/".join(parts[:length]))
        if project:
            return project
    return parts[0] if len(parts) > 1 else Path(parts[0]).stem


def _read_projects(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FormInvalid(str(path), [Problem(str(path), None, "", f"cannot be read as CSV: {error}")]) from None
    problems = [
        Problem(str(path), number, "", "each row needs a path and a project")
        for number, row in enumerate(rows, start=2)
        if not (row.get("path") and row.get("project"))
    ]
    if problems:
        raise FormInvalid(str(path), problems)
    return {row["path"].strip().strip("/"): row["project"].strip() for row in rows}
