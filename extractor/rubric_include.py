"""Where the parts of a rubric lie that it shares with others: files of items, their examples, scopes."""

from __future__ import annotations

from pathlib import Path

from extractor.resources import shipped

ITEMS, EXAMPLES, LANGUAGES = "items", "examples", "languages"


def find_included(folder: Path, name: str) -> Path | None:
    """The file of that name, seen from a rubric's folder, or among the shipped rubrics; None where there is none.

    A copy of a shipped rubric lies elsewhere, and still finds there what it shares with the others.
    """
    for start in (folder, shipped("rubrics") / folder.name):
        path = (start / name).resolve()
        if path.is_file() and path.is_relative_to(start.parent.resolve()):
            return path
    return None


def leaves(folder: Path, name: str) -> bool:
    """Whether the name leads out of the folder that holds the rubrics."""
    return not (folder / name).resolve().is_relative_to(folder.parent.resolve())


def beside(path: Path, name: str) -> Path | None:
    """The folder of examples, or of languages, that belongs to a file of items."""
    folder = path.parent.parent / name
    return folder if path.parent.name == ITEMS and folder.is_dir() else None
