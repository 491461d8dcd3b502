"""Checks that all parts of a rubric share: can a cue be read, and what was probably meant by a name."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

from extractor.cues import CueError, parse_cue
from extractor.errors import Problem
from extractor.yaml_lines import Loaded

MAX_LISTED = 20
"""Allowed names are listed in a message when there are no more than this."""

Report = Callable[[Problem], None]
Place = tuple[str | int, ...]


def check_cue(cue: str, loaded: Loaded, path: Place, report: Report) -> None:
    """Report a cue that cannot be read."""
    try:
        parse_cue(cue)
    except CueError as error:
        report(loaded.problem(path, f"cue {cue!r}: {error}"))


def check_cues(cues: Iterable[str], loaded: Loaded, path: Place, report: Report) -> None:
    """Report each cue of a list that cannot be read."""
    for index, cue in enumerate(cues):
        check_cue(cue, loaded, (*path, index), report)


def suggest(name: str, allowed: Iterable[str]) -> str:
    """The end of a message on an unknown name: the one that was probably meant, else a short list of all."""
    names = sorted(allowed)
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; allowed: {', '.join(names)}" if len(names) <= MAX_LISTED else ""
