"""Loads rubrics from YAML, and says all that is wrong with one at once, with file, line and what is allowed."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from extractor.cues import CueError, parse_cue
from extractor.errors import Problem, RubricInvalid, UsageError
from extractor.resources import shipped
from extractor.rubric import CODED_TYPES, Condition, Example, ExtractorName, Item, ItemType, Option, Rubric

RUBRIC_FILE = "rubric.yaml"
MAX_FILE_BYTES = 5_000_000
MAX_DEPTH = 12
MAX_LISTED = 20
"""Allowed names are listed in a message when there are no more than this."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
Kind = Literal[
    "proposal", "interim_report", "final_report", "evaluation", "external_evaluation", "internal_evaluation", "mou",
    "service_contract", "provider_data_tool", "questionnaire", "other",
]  # fmt: skip

_CONDITION = re.compile(r"^\s*([a-z][a-z0-9_]*)\s+(?:has|is)\s+([a-z][a-z0-9_.]*)\s*$")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OptionSpec(_Strict):
    """A box of an item, and what recognises it."""

    label: Text
    cues: list[Text] = Field([], description="Patterns that say that the passage is about this option.")
    hints: list[Text] = Field([], description="Weak patterns: they support, and are never enough alone.")
    exclude: list[Text] = Field([], description="A passage with one of these does not count.")
    prefer: list[Identifier] | None = Field(None, description="Scopes in which a hit counts more.")
    avoid: list[Identifier] | None = Field(None, description="Scopes in which a hit does not count.")
    actor: bool | None = Field(None, description="The passage must say that someone did or will do it.")
    absence: bool = Field(False, description="An answer of absence: it follows from nothing else being found.")


class GroupSpec(_Strict):
    """A group of options; their ids become "group.option"."""

    label: Text
    options: dict[Identifier, OptionSpec]


class ItemSpec(_Strict):
    """A question of the form."""

    id: Identifier
    label: Text
    type: ItemType
    no: str = Field("", description="Its number on the paper form.")
    section: str = ""
    hint: str = Field("", description="One sentence on how a reviewer decides.")
    relevant: str = Field("", description='Skip logic: "project_type has prevention", several joined by " or ".')
    other: bool = Field(False, description='"Other", with free text, is allowed.')
    na: bool = Field(False, description='"Not applicable" is an answer of the form.')
    specify: bool = Field(False, description="Names are asked beside the options.")
    extractor: ExtractorName | None = Field(None, description="The typed extractor that proposes values.")
    prefer: list[Identifier] = []
    avoid: list[Identifier] = []
    actor: bool = False
    options: dict[Identifier, OptionSpec] = {}
    groups: dict[Identifier, GroupSpec] = {}


class IncludeSpec(_Strict):
    """A file with a list of items, inside the folder that holds the rubrics."""

    include: Text


class ExampleSpec(_Strict):
    """A labelled passage."""

    frame: Text
    kind: Kind
    heading: str = ""
    text: Text
    yes: list[str] = []
    no: list[str] = []


class RubricSpec(_Strict):
    """The head of a rubric: rubric.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    name: Identifier
    version: Text
    title: Text
    unit: str = "project"
    languages: list[str] = ["en"]
    domain: list[Text] = Field([], description="Cues for words that show that a text belongs to the rubric's field.")
    scopes: dict[Identifier, list[Text]] = Field({}, description="Named parts of a document: cues for headings.")
    items: list[ItemSpec | IncludeSpec] = []


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A YAML file as plain data, with the line of each path."""

    file: str
    data: Any
    lines: Mapping[tuple[str | int, ...], int]

    def problem(self, path: Sequence[str | int], message: str) -> Problem:
        place: tuple[str | int, ...] = tuple(path)
        while place and place not in self.lines:
            place = place[:-1]
        return Problem(self.file, self.lines.get(place), ".".join(map(str, path)), message)


@dataclass
class _Reading:
    """What has been read so far, and what was wrong with it."""

    problems: list[Problem] = field(default_factory=list)
    items: list[tuple[ItemSpec, _Loaded, tuple[str | int, ...]]] = field(default_factory=list)
    examples: list[tuple[ExampleSpec, _Loaded, int]] = field(default_factory=list)
    broken_items: bool = False
    """An item could not be read: what names it is not complained about as well."""


def rubric_schema() -> dict[str, Any]:
    """The JSON schema of rubric.yaml, for editors."""
    schema = RubricSpec.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return schema


def list_rubrics() -> list[Path]:
    """The folders of the shipped rubrics."""
    return sorted(path.parent for path in shipped("rubrics").glob(f"*/{RUBRIC_FILE}"))


def load_rubric(name_or_path: str | Path) -> Rubric:
    """A rubric by its shipped name, its folder or its rubric.yaml; RubricInvalid lists all that is wrong."""
    path = _find(name_or_path)
    reading = _Reading()
    head = _read_head(path, reading)
    if head is not None:
        spec, loaded = head
        _read_items(path.parent, loaded, reading)
        _read_examples(path.parent / "examples", reading)
        _check(spec, loaded, reading)
    if reading.problems or head is None:
        raise RubricInvalid(f"Rubric {path}", reading.problems)
    return _build(head[0], reading)


def load_rubrics(names: Sequence[str]) -> Rubric:
    """Several rubrics as one; an item that two share counts once, as the first defines it."""
    first, *others = [load_rubric(name) for name in names]
    for other in others:
        first = _merge(first, other)
    return first


def _merge(first: Rubric, second: Rubric) -> Rubric:
    known = {item.id for item in first.items}
    new = {item.id for item in second.items} - known
    examples = [example for example in second.examples if example not in first.examples]
    return replace(
        first,
        name=f"{first.name}+{second.name}",
        version=f"{first.version}+{second.version}",
        title=f"{first.title}; {second.title}",
        hash=hashlib.sha256((first.hash + second.hash).encode()).hexdigest(),
        items=first.items + tuple(item for item in second.items if item.id in new),
        domain=tuple(dict.fromkeys(first.domain + second.domain)),
        scopes={**second.scopes, **first.scopes},
        examples=first.examples + tuple(examples),
    )


def _find(name_or_path: str | Path) -> Path:
    for path in (shipped("rubrics") / str(name_or_path), Path(name_or_path)):
        if path.is_dir() and (path / RUBRIC_FILE).is_file():
            return path / RUBRIC_FILE
        if path.is_file():
            return path
    names = ", ".join(path.name for path in list_rubrics())
    raise UsageError(f"No rubric {str(name_or_path)!r}. Name one of {names}, or a folder with a {RUBRIC_FILE}.")


def _read_head(path: Path, reading: _Reading) -> tuple[RubricSpec, _Loaded] | None:
    loaded = _load(path, reading)
    if loaded is None:
        return None
    data = loaded.data if isinstance(loaded.data, dict) else {}
    spec = _validate(RubricSpec, {**data, "items": []}, loaded, (), reading)
    return (spec, loaded) if spec is not None else None


def _read_items(folder: Path, loaded: _Loaded, reading: _Reading) -> None:
    for index, entry in enumerate(_as_list(loaded, ("items",), loaded.data.get("items"), reading)):
        if isinstance(entry, dict) and "include" in entry:
            path = _included(folder, entry, loaded, index, reading)
            included = _load(path, reading) if path else None
            if included is not None:
                for inner, item in enumerate(_as_list(included, (), included.data, reading)):
                    _read_item(item, included, (inner,), reading)
        else:
            _read_item(entry, loaded, ("items", index), reading)


def _included(folder: Path, entry: dict[str, Any], loaded: _Loaded, index: int, reading: _Reading) -> Path | None:
    where: tuple[str | int, ...] = ("items", index, "include")
    spec = _validate(IncludeSpec, entry, loaded, ("items", index), reading)
    if spec is None:
        return None
    path = (folder / spec.include).resolve()
    if not path.is_relative_to(folder.parent.resolve()):
        reading.problems.append(loaded.problem(where, "the file must lie inside the folder that holds the rubrics"))
        return None
    if not path.is_file():
        reading.problems.append(loaded.problem(where, f"no file {spec.include}"))
        return None
    return path


def _read_item(data: Any, loaded: _Loaded, path: tuple[str | int, ...], reading: _Reading) -> None:
    spec = _validate(ItemSpec, data, loaded, path, reading)
    if spec is None:
        reading.broken_items = True
    else:
        reading.items.append((spec, loaded, path))


def _read_examples(folder: Path, reading: _Reading) -> None:
    for path in sorted(folder.glob("*.yaml")):
        loaded = _load(path, reading)
        if loaded is None:
            continue
        for index, entry in enumerate(_as_list(loaded, (), loaded.data, reading)):
            spec = _validate(ExampleSpec, entry, loaded, (index,), reading)
            if spec is not None:
                reading.examples.append((spec, loaded, index))


def _as_list(loaded: _Loaded, path: tuple[str | int, ...], data: Any, reading: _Reading) -> list[Any]:
    if isinstance(data, list):
        return data
    reading.problems.append(loaded.problem(path, "a list is expected"))
    return []


# ------------------------------------------------------------------ YAML with lines


def _load(path: Path, reading: _Reading) -> _Loaded | None:
    try:
        content = path.read_bytes()
        if len(content) > MAX_FILE_BYTES:
            raise yaml.YAMLError(f"the file is larger than {MAX_FILE_BYTES // 1_000_000} MB")
        node = yaml.compose(content, Loader=_LOADER)
    except OSError as error:
        reading.problems.append(Problem(str(path), None, "", f"cannot be read: {error.strerror}"))
        return None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        message = getattr(error, "problem", None) or str(error) or "not YAML"
        reading.problems.append(Problem(str(path), mark.line + 1 if mark else None, "", message))
        return None
    lines: dict[tuple[str | int, ...], int] = {}
    problems: list[tuple[tuple[str | int, ...], str]] = []
    data = _plain(node, (), lines, set(), problems) if node is not None else None
    loaded = _Loaded(str(path), data, lines)
    reading.problems.extend(loaded.problem(place, message) for place, message in problems)
    return loaded


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


_Spec = TypeVar("_Spec", bound=BaseModel)


def _validate(
    model: type[_Spec], data: Any, loaded: _Loaded, path: tuple[str | int, ...], reading: _Reading
) -> _Spec | None:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for fault in error.errors():
            place = (*path, *(part for part in fault["loc"] if part != "[key]"))
            reading.problems.append(loaded.problem(place, _explain(fault, model)))
        return None


def _explain(fault: Any, model: type[BaseModel]) -> str:
    if fault["type"] == "extra_forbidden":
        name = str(fault["loc"][-1])
        return f"{name!r} is not known here{_suggest(name, _fields(_model_at(fault['loc'], model)))}"
    if fault["type"] == "string_pattern_mismatch":
        return f"{fault['input']!r} must be lower-case letters, digits and underscores"
    return str(fault["msg"])


def _model_at(path: Sequence[str | int], model: type[BaseModel]) -> type[BaseModel]:
    """The model that a path inside an item leads to."""
    holder = path[-3] if len(path) > 2 else ""  # noqa: PLR2004
    return {"options": OptionSpec, "groups": GroupSpec}.get(str(holder), model)


def _fields(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


def _suggest(name: str, allowed: Iterable[str]) -> str:
    names = sorted(allowed)
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; allowed: {', '.join(names)}" if len(names) <= MAX_LISTED else ""


# ------------------------------------------------------------------ meaning


def _check(spec: RubricSpec, head: _Loaded, reading: _Reading) -> None:
    """Checks that need the whole rubric: names that must exist, names that must be unique, cues."""
    report = reading.problems.append
    for name, cues in spec.scopes.items():
        for index, cue in enumerate(cues):
            _check_cue(cue, head, ("scopes", name, index), report)
    for index, cue in enumerate(spec.domain):
        _check_cue(cue, head, ("domain", index), report)
    addresses = {item.id: set(_addresses(item)) for item, _, _ in reading.items}
    seen: set[str] = set()
    for item, loaded, path in reading.items:
        if item.id in seen:
            report(loaded.problem((*path, "id"), f"the item {item.id!r} is defined twice"))
        seen.add(item.id)
        _check_item(item, loaded, path, set(spec.scopes), report)
        if not reading.broken_items:
            _check_condition(item, loaded, path, addresses, report)
    if not reading.broken_items:
        _check_examples(reading, addresses)


def _check_examples(reading: _Reading, addresses: Mapping[str, set[str]]) -> None:
    known = {f"{item}.{option}" for item, options in addresses.items() for option in options}
    for example, loaded, number in reading.examples:
        for side in ("yes", "no"):
            for place, address in enumerate(getattr(example, side)):
                if address not in known:
                    message = f"no option {address!r}{_suggest(address, known)}"
                    reading.problems.append(loaded.problem((number, side, place), message))


def _check_item(
    item: ItemSpec,
    loaded: _Loaded,
    path: tuple[str | int, ...],
    scopes: set[str],
    report: Callable[[Problem], None],
) -> None:
    options = list(_options(item))
    if item.type in CODED_TYPES and not options:
        report(loaded.problem(path, f"the item {item.id!r} is of type {item.type} and needs options or groups"))
    if item.options and item.groups:
        report(loaded.problem(path, "an item has options or groups, not both"))
    _check_scopes(item, loaded, path, scopes, report)
    for place, option in options:
        _check_scopes(option, loaded, (*path, *place), scopes, report)
        for role in ("cues", "hints", "exclude"):
            for index, cue in enumerate(getattr(option, role)):
                _check_cue(cue, loaded, (*path, *place, role, index), report)


def _check_scopes(
    spec: ItemSpec | OptionSpec,
    loaded: _Loaded,
    path: tuple[str | int, ...],
    scopes: set[str],
    report: Callable[[Problem], None],
) -> None:
    for role in ("prefer", "avoid"):
        for index, name in enumerate(getattr(spec, role) or []):
            if name not in scopes:
                report(loaded.problem((*path, role, index), f"no scope {name!r}{_suggest(name, scopes)}"))


def _check_cue(cue: str, loaded: _Loaded, path: tuple[str | int, ...], report: Callable[[Problem], None]) -> None:
    try:
        parse_cue(cue)
    except CueError as error:
        report(loaded.problem(path, f"cue {cue!r}: {error}"))


def _check_condition(
    item: ItemSpec,
    loaded: _Loaded,
    path: tuple[str | int, ...],
    addresses: Mapping[str, set[str]],
    report: Callable[[Problem], None],
) -> None:
    if not item.relevant:
        return
    condition = _condition(item.relevant)
    if condition is None:
        report(loaded.problem((*path, "relevant"), "write 'ITEM has OPTION' or 'ITEM is OPTION', joined by ' or '"))
        return
    for name, option in condition.any_of:
        if name not in addresses:
            report(loaded.problem((*path, "relevant"), f"no item {name!r}{_suggest(name, addresses)}"))
        elif option not in addresses[name]:
            message = f"the item {name!r} has no option {option!r}{_suggest(option, addresses[name])}"
            report(loaded.problem((*path, "relevant"), message))


def _condition(text: str) -> Condition | None:
    matches = [_CONDITION.match(part) for part in text.split(" or ")]
    if not all(matches):
        return None
    return Condition(tuple((match[1], match[2]) for match in matches if match))


def _options(item: ItemSpec) -> Iterator[tuple[tuple[str, ...], OptionSpec]]:
    """Each option with its path inside the item."""
    for name, option in item.options.items():
        yield ("options", name), option
    for group, spec in item.groups.items():
        for name, option in spec.options.items():
            yield ("groups", group, "options", name), option


def _addresses(item: ItemSpec) -> Iterator[str]:
    for path, _ in _options(item):
        yield path[1] if path[0] == "options" else f"{path[1]}.{path[3]}"


# ------------------------------------------------------------------ specification -> rubric


def _build(spec: RubricSpec, reading: _Reading) -> Rubric:
    rubric = Rubric(
        name=spec.name,
        version=spec.version,
        title=spec.title,
        hash="",
        items=tuple(_build_item(item) for item, _, _ in reading.items),
        unit=spec.unit,
        languages=tuple(spec.languages),
        domain=tuple(spec.domain),
        scopes={name: tuple(cues) for name, cues in spec.scopes.items()},
        examples=tuple(_build_example(example) for example, _, _ in reading.examples),
    )
    content = json.dumps(asdict(rubric), sort_keys=True, ensure_ascii=False)
    return replace(rubric, hash=hashlib.sha256(content.encode()).hexdigest())


def _build_item(spec: ItemSpec) -> Item:
    return Item(
        id=spec.id,
        label=spec.label,
        type=spec.type,
        no=spec.no,
        section=spec.section,
        hint=spec.hint,
        options=tuple(_build_option(spec, path, option) for path, option in _options(spec)),
        groups={name: group.label for name, group in spec.groups.items()},
        relevant=_condition(spec.relevant) if spec.relevant else None,
        other=spec.other,
        na=spec.na,
        specify=spec.specify,
        extractor=spec.extractor or "",
    )


def _build_option(item: ItemSpec, path: tuple[str, ...], spec: OptionSpec) -> Option:
    group = path[1] if path[0] == "groups" else ""
    return Option(
        id=f"{group}.{path[3]}" if group else path[1],
        label=spec.label,
        group=group,
        cues=tuple(spec.cues),
        hints=tuple(spec.hints),
        exclude=tuple(spec.exclude),
        prefer=tuple(item.prefer if spec.prefer is None else spec.prefer),
        avoid=tuple(item.avoid if spec.avoid is None else spec.avoid),
        actor=item.actor if spec.actor is None else spec.actor,
        absence=spec.absence,
    )


def _build_example(spec: ExampleSpec) -> Example:
    return Example(spec.frame, spec.kind, spec.heading, spec.text, tuple(spec.yes), tuple(spec.no))
