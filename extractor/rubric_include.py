"""Where the parts of a rubric lie that it shares with others: files of items, their examples, scopes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.resources import shipped

ITEMS, EXAMPLES, LANGUAGES = "items", "examples", "languages"


def find_included(folder: Path, name: str) -> Path | None:
    """The file of that name, seen from a rubric's folder, or among the shipped rubrics; None where there is none.

    A copy of a shipped rubric lies elsewhere, and still finds there what it shares with the others.
    """
    return next((path for path in included_places(folder, name) if path.is_file()), None)


def included_places(folder: Path, name: str) -> Iterator[Path]:
    """Where an included file may lie, the first first; never outside the folders that hold rubrics."""
    for start in (folder, shipped("rubrics") / folder.name):
        path = (start / name).resolve()
        if path.is_relative_to(start.parent.resolve()):
            yield path


def leaves(folder: Path, name: str) -> bool:
    """Whether the name leads out of the folder that holds the rubrics."""
    return not (folder / name).resolve().is_relative_to(folder.parent.resolve())


def beside(path: Path, name: str) -> Path | None:
    """The folder of examples, or of languages, that belongs to a file of items."""
    folder = path.parent.parent / name
    return folder if path.parent.name == ITEMS and folder.is_dir() else None
