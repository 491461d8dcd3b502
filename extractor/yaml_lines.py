"""YAML as plain data that knows on which line each part stands, for messages that name the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from extractor.errors import Problem

MAX_FILE_BYTES = 5_000_000
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Loaded:
    """A YAML file as plain data, with the line of each path."""

    file: str
    data: Any
    lines: Mapping[tuple[str | int, ...], int]

    def problem(self, path: Sequence[str | int], message: str) -> Problem:
        """A problem at a path, with the line of the nearest part that there is."""
        place: tuple[str | int, ...] = tuple(path)
        while place and place not in self.lines:
            place = place[:-1]
        return Problem(self.file, self.lines.get(place), ".".join(map(str, path)), message)


def load_yaml(path: Path) -> tuple[Loaded | None, list[Problem]]:
    """A YAML file as plain data with lines, and what is wrong with it; no data where it cannot be read."""
    try:
        content = path.read_bytes()
        if len(content) > MAX_FILE_BYTES:
            raise yaml.YAMLError(f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB")
        node = yaml.compose(content, Loader=_LOADER)
    except OSError as error:
        return None, [Problem(str(path), None, "", f"cannot be read: {error.strerror}")]
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        message = getattr(error, "problem", None) or str(error) or "not YAML"
        return None, [Problem(str(path), mark.line + 1 if mark else None, "", message)]
    lines: dict[tuple[str | int, ...], int] = {}
    problems: list[tuple[tuple[str | int, ...], str]] = []
    data = _plain(node, (), lines, set(), problems) if node is not None else None
    loaded = Loaded(str(path), data, lines)
    return loaded, [loaded.problem(place, message) for place, message in problems]


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTRUCT: Callable[[yaml.Node], Any] = yaml.constructor.SafeConstructor().construct_object


def _plain(
    node: yaml.Node,
    path: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    seen: set[int],
    problems: list[tuple[tuple[str | int, ...], str]],
) -> Any:
    """The node as lists, dicts and scalars. Anchors are refused: a rubric from elsewhere must not blow up."""
    lines[path] = node.start_mark.line + 1
    if id(node) in seen or len(path) > MAX_DEPTH:
        problems.append((path, "anchors, aliases and deep nesting are not allowed"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), lines, seen, problems) for index, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value)
            if key in result:
                problems.append(((*path, key), f"{key!r} stands twice"))
            result[key] = _plain(child, (*path, key), lines, seen, problems)
        return result
    try:
        return _CONSTRUCT(node)
    except (yaml.YAMLError, ValueError) as error:
        problems.append((path, f"cannot be read: {getattr(error, 'problem', None) or error}"))
        return None
