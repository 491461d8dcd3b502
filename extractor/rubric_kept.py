"""A rubric as it was loaded, kept as JSON: checking thousands of cues takes a second, and rubrics seldom change.

It counts for as long as nothing has changed that loading asked of the disk: the bytes of each file, the names in
each folder, and what was looked for and not there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from extractor import __version__
from extractor.rubric import Rubric

KEPT_VERSION = 1
"""Raise it when the same files are to give another rubric."""

_Builder = Callable[[Any], Any]


def rubric_to_text(rubric: Rubric, names: Sequence[str], asked: Iterable[Path]) -> str:
    """A rubric with what it was loaded from."""
    seen = {str(path): _seen(path) for path in sorted(asked)}
    return json.dumps({"of": _maker(names), "seen": seen, "rubric": asdict(rubric)}, ensure_ascii=False)


def rubric_from_text(text: str, names: Sequence[str]) -> Rubric | None:
    """The rubric that was kept; None when loading it now might give another."""
    try:
        kept = json.loads(text)
        if kept["of"] != _maker(names) or any(_seen(Path(path)) != seen for path, seen in kept["seen"].items()):
            return None
        rubric = _builder(Rubric)(kept["rubric"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return rubric if isinstance(rubric, Rubric) else None


def _maker(names: Sequence[str]) -> list[Any]:
    """What is asked for, and of which program."""
    return [__version__, KEPT_VERSION, _shape(Rubric), list(names)]


def _shape(kind: Any) -> str:
    """The fields of a dataclass and of those it holds: kept rubrics of other fields are of no use."""
    if not is_dataclass(kind):
        return "".join(filter(None, map(_shape, get_args(kind))))
    hints = get_type_hints(kind)
    inner = ",".join(f"{field.name}{_shape(hints[field.name])}" for field in fields(kind))
    return f"({inner})"


def _seen(path: Path) -> str:
    """What is at a path: a file's bytes, the YAML files of a folder, or nothing."""
    try:
        if path.is_dir():
            return "/".join(sorted(entry.name for entry in path.glob("*.yaml")))
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=64)
def _builder(kind: Any) -> _Builder:
    """What makes a value of a type from plain data."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _builder_of_fields(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _builder_of_tuples(arguments)
    if origin is Mapping:
        build = _builder(arguments[1])
        return lambda data: {key: build(value) for key, value in data.items()}
    if NoneType in arguments:
        build = _builder(next(one for one in arguments if one is not NoneType))
        return lambda data: None if data is None else build(data)
    return _as_it_is


def _builder_of_fields(kind: type) -> _Builder:
    hints = get_type_hints(kind)
    builders = {field.name: _builder(hints[field.name]) for field in fields(kind)}
    return lambda data: kind(**{name: build(data[name]) for name, build in builders.items()})


def _builder_of_tuples(arguments: tuple[Any, ...]) -> _Builder:
    build = _builder(arguments[0])
    if build is _as_it_is:
        return tuple
    return lambda data: tuple(map(build, data))


def _as_it_is(data: Any) -> Any:
    return data
