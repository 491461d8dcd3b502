"""Loads rubrics from YAML, and says all that is wrong with one at once, with file, line and what is allowed."""

from __future__ import annotations

import gc
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from extractor.errors import Problem, RubricInvalid, UsageError
from extractor.resources import shipped
from extractor.rubric import CODED_TYPES, Condition, Example, Item, Option, Rubric
from extractor.rubric_checks import Report, check_cues, suggest
from extractor.rubric_include import EXAMPLES, LANGUAGES, beside, find_included, included_places, leaves
from extractor.rubric_merge import merge_rubrics
from extractor.rubric_spec import (
    ExampleSpec,
    ExtendSpec,
    GroupSpec,
    IncludeSpec,
    ItemSpec,
    OptionSpec,
    RubricSpec,
    ScopesSpec,
    WordingSpec,
)
from extractor.rubric_wording import ROLES, WordingFile, build_wordings, check_wording, is_language
from extractor.yaml_lines import Loaded, load_yaml

RUBRIC_FILE = "rubric.yaml"

_CONDITION = re.compile(r"^\s*([a-z][a-z0-9_]*)\s+(?:has|is)\s+([a-z][a-z0-9_.]*)\s*$")


@dataclass
class _Reading:
    """What has been read so far, and what was wrong with it."""

    asked: set[Path] = field(default_factory=set)
    """The files and folders that were read or looked for."""
    problems: list[Problem] = field(default_factory=list)
    items: list[tuple[ItemSpec, Loaded, tuple[str | int, ...]]] = field(default_factory=list)
    examples: list[tuple[ExampleSpec, Loaded, int]] = field(default_factory=list)
    extensions: list[tuple[ExtendSpec, Loaded, tuple[str | int, ...]]] = field(default_factory=list)
    scopes: dict[str, list[str]] = field(default_factory=dict)
    """Those of the shared file, which the rubric's own add to."""
    wordings: list[WordingFile] = field(default_factory=list)
    shared_examples: list[Path] = field(default_factory=list)
    """Folders of examples that belong to included items."""
    shared_languages: list[Path] = field(default_factory=list)
    """Folders of cues in other languages that belong to included items."""
    broken_items: bool = False
    """An item could not be read: what names it is not complained about as well."""


def list_rubrics() -> list[Path]:
    """The folders of the shipped rubrics."""
    return sorted(path.parent for path in shipped("rubrics").glob(f"*/{RUBRIC_FILE}"))


def load_rubric(name_or_path: str | Path, asked: set[Path] | None = None) -> Rubric:
    """A rubric by its shipped name, its folder or its rubric.yaml; RubricInvalid lists all that is wrong.

    `asked` takes in the files and folders that were read or looked for.
    """
    path = _find(name_or_path)
    reading = _Reading(set() if asked is None else asked)
    reading.asked.update(_places(name_or_path))
    head = _read_head(path, reading)
    if head is not None:
        spec, loaded = head
        _read_shared_scopes(path.parent, spec, loaded, reading)
        _read_items(path.parent, loaded, reading)
        _read_examples(path.parent / EXAMPLES, reading)
        for folder in reading.shared_examples:
            _read_examples(folder, reading, shared=True)
        _read_wordings(path.parent / LANGUAGES, reading)
        for folder in reading.shared_languages:
            _read_wordings(folder, reading, shared=True)
        _check(spec, loaded, reading)
    if reading.problems or head is None:
        raise RubricInvalid(f"Rubric {path}", reading.problems)
    return _build(head[0], reading)


def load_rubrics(names: Sequence[str], asked: set[Path] | None = None) -> Rubric:
    """Several rubrics as one; an item that two share counts once, as the first defines it."""
    with _garbage_kept():
        return merge_rubrics([load_rubric(name, asked) for name in names])


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """While many small things are made that stay, looking for garbage among them takes most of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()  # a rubric stays: it need not be looked through again
            gc.enable()


def _find(name_or_path: str | Path) -> Path:
    for path in _places(name_or_path):
        if path.is_file():
            return path
    names = ", ".join(path.name for path in list_rubrics())
    raise UsageError(f"No rubric {str(name_or_path)!r}. Name one of {names}, or a folder with a {RUBRIC_FILE}.")


def _places(name_or_path: str | Path) -> Iterator[Path]:
    """Where a rubric of that name may lie, the first first."""
    for path in (shipped("rubrics") / str(name_or_path), Path(name_or_path)):
        yield path / RUBRIC_FILE
        yield path


def _read_head(path: Path, reading: _Reading) -> tuple[RubricSpec, Loaded] | None:
    loaded = _load(path, reading)
    if loaded is None:
        return None
    data = loaded.data if isinstance(loaded.data, dict) else {}
    spec = _validate(RubricSpec, {**data, "items": []}, loaded, (), reading)
    return (spec, loaded) if spec is not None else None


def _read_shared_scopes(folder: Path, spec: RubricSpec, head: Loaded, reading: _Reading) -> None:
    if not spec.shared_scopes:
        return
    path = _included(folder, spec.shared_scopes, head, ("shared_scopes",), reading)
    loaded = _load(path, reading) if path else None
    shared = _validate(ScopesSpec, loaded.data, loaded, (), reading) if loaded else None
    if loaded and shared:
        _check_scope_cues(shared.root, loaded, (), reading.problems.append)
        reading.scopes = shared.root


def _read_items(folder: Path, loaded: Loaded, reading: _Reading) -> None:
    for index, entry in enumerate(_as_list(loaded, ("items",), loaded.data.get("items"), reading)):
        where = ("items", index)
        if isinstance(entry, dict) and "include" in entry:
            _read_included(folder, entry, loaded, where, reading)
        elif isinstance(entry, dict) and "extend" in entry:
            spec = _validate(ExtendSpec, entry, loaded, where, reading)
            reading.extensions += [(spec, loaded, where)] if spec else []
        else:
            _read_item(entry, loaded, where, reading)


def _read_included(folder: Path, entry: Any, loaded: Loaded, where: tuple[str | int, ...], reading: _Reading) -> None:
    spec = _validate(IncludeSpec, entry, loaded, where, reading)
    path = _included(folder, spec.include, loaded, (*where, "include"), reading) if spec else None
    included = _load(path, reading) if path else None
    if spec is None or path is None or included is None:
        return
    for inner, item in enumerate(_as_list(included, (), included.data, reading)):
        _read_item(item, included, (inner,), reading, spec.section)
    for name, shared in ((EXAMPLES, reading.shared_examples), (LANGUAGES, reading.shared_languages)):
        reading.asked.add(path.parent.parent / name)
        found = beside(path, name)
        if found and found not in ((folder / name).resolve(), *shared):
            shared.append(found)


def _included(folder: Path, name: str, loaded: Loaded, where: tuple[str | int, ...], reading: _Reading) -> Path | None:
    reading.asked.update(included_places(folder, name))
    path = find_included(folder, name)
    if path is None:
        outside = leaves(folder, name)
        message = "the file must lie inside the folder that holds the rubrics" if outside else f"no file {name}"
        reading.problems.append(loaded.problem(where, message))
    return path


def _read_item(data: Any, loaded: Loaded, path: tuple[str | int, ...], reading: _Reading, section: str = "") -> None:
    """Read an item; with a section of the rubric's own, the number on the form it was written for is left out."""
    spec = _validate(ItemSpec, data, loaded, path, reading)
    if spec is None:
        reading.broken_items = True
    else:
        spec = spec.model_copy(update={"section": section, "no": ""}) if section else spec
        reading.items.append((spec, loaded, path))


def _read_examples(folder: Path, reading: _Reading, *, shared: bool = False) -> None:
    """The examples of a folder; of shared ones, what they say of items that this rubric has."""
    known = {item.id for item, _, _ in reading.items}
    reading.asked.add(folder)
    for path in sorted(folder.glob("*.yaml")):
        loaded = _load(path, reading)
        if loaded is None:
            continue
        for index, entry in enumerate(_as_list(loaded, (), loaded.data, reading)):
            spec = _validate(ExampleSpec, entry, loaded, (index,), reading)
            if spec is not None and shared:
                spec = _of_items(spec, known)
            if spec is not None:
                reading.examples.append((spec, loaded, index))


def _read_wordings(folder: Path, reading: _Reading, *, shared: bool = False) -> None:
    """The cues in other languages of a folder, one file a language."""
    reading.asked.add(folder)
    for path in sorted(folder.glob("*.yaml")):
        loaded = _load(path, reading)
        if loaded is None:
            continue
        if not is_language(path.stem):
            message = "name the file by the two letters of its language, as fr.yaml"
            reading.problems.append(loaded.problem((), message))
        spec = _validate(WordingSpec, loaded.data, loaded, (), reading)
        if spec is not None:
            reading.wordings.append(WordingFile(path.stem, spec, loaded, shared))


def _of_items(spec: ExampleSpec, items: Set[str]) -> ExampleSpec | None:
    """The example with the labels that are of these items; None where none is left of those that it had."""
    yes, no = ([one for one in labels if one.partition(".")[0] in items] for labels in (spec.yes, spec.no))
    return spec.model_copy(update={"yes": yes, "no": no}) if yes or no or not (spec.yes or spec.no) else None


def _as_list(loaded: Loaded, path: tuple[str | int, ...], data: Any, reading: _Reading) -> list[Any]:
    if isinstance(data, list):
        return data
    reading.problems.append(loaded.problem(path, "a list is expected"))
    return []


# ------------------------------------------------------------------ shape


def _load(path: Path, reading: _Reading) -> Loaded | None:
    reading.asked.add(path)
    loaded, problems = load_yaml(path)
    reading.problems += problems
    return loaded


_Spec = TypeVar("_Spec", bound=BaseModel)


def _validate(
    model: type[_Spec], data: Any, loaded: Loaded, path: tuple[str | int, ...], reading: _Reading
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
        return f"{name!r} is not known here{suggest(name, _fields(_model_at(fault['loc'], model)))}"
    if fault["type"] == "string_pattern_mismatch":
        return f"{fault['input']!r} must be lower-case letters, digits and underscores"
    return str(fault["msg"])


def _model_at(path: Sequence[str | int], model: type[BaseModel]) -> type[BaseModel]:
    """The model that a path inside an item leads to."""
    holder = path[-3] if len(path) > 2 else ""  # noqa: PLR2004
    holders: dict[str, type[BaseModel]] = {"options": OptionSpec, "groups": GroupSpec}
    return holders.get(str(holder), model)


def _fields(model: type[BaseModel]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}


# ------------------------------------------------------------------ meaning


def _check(spec: RubricSpec, head: Loaded, reading: _Reading) -> None:
    """Checks that need the whole rubric: names that must exist, names that must be unique, cues."""
    report = reading.problems.append
    scopes = {*spec.scopes, *reading.scopes}
    _check_scope_cues(spec.scopes, head, ("scopes",), report)
    check_cues(spec.domain, head, ("domain",), report)
    _check_extensions(reading, scopes)
    addresses = {item.id: set(_addresses(item)) for item in _whole_items(reading)}
    seen: set[str] = set()
    for item, loaded, path in reading.items:
        if item.id in seen:
            report(loaded.problem((*path, "id"), f"the item {item.id!r} is defined twice"))
        seen.add(item.id)
        _check_item(item, loaded, path, scopes, report)
        if not reading.broken_items:
            _check_condition(item, loaded, path, addresses, report)
    if not reading.broken_items:
        _check_examples(reading, addresses)
        for file in reading.wordings:
            check_wording(file, _known(addresses), scopes, report)


def _check_scope_cues(
    scopes: Mapping[str, Sequence[str]],
    loaded: Loaded,
    path: tuple[str | int, ...],
    report: Report,
) -> None:
    for name, cues in scopes.items():
        check_cues(cues, loaded, (*path, name), report)


def _check_extensions(reading: _Reading, scopes: set[str]) -> None:
    """An option can be added to an item that is there, has plain options, and none of that name."""
    items = {item.id: item for item, _, _ in reading.items}
    for spec, loaded, path in reading.extensions:
        item = items.get(spec.extend)
        if item is None or not item.options:
            message = f"no item {spec.extend!r} with options{suggest(spec.extend, items)}"
            reading.problems.append(loaded.problem((*path, "extend"), message))
            continue
        for name in spec.options.keys() & item.options.keys():
            message = f"the item {item.id!r} has an option {name!r} already"
            reading.problems.append(loaded.problem((*path, "options", name), message))
        added = item.model_copy(update={"options": spec.options, "avoid": [], "prefer": []})
        _check_item(added, loaded, path, scopes, reading.problems.append)


def _whole_items(reading: _Reading) -> Iterator[ItemSpec]:
    """The items with the options that the rubric adds to them."""
    added: dict[str, dict[str, OptionSpec]] = {}
    for spec, _, _ in reading.extensions:
        added.setdefault(spec.extend, {}).update(spec.options)
    for item, _, _ in reading.items:
        new = added.get(item.id)
        yield item.model_copy(update={"options": {**item.options, **new}}) if new else item


def _check_examples(reading: _Reading, addresses: Mapping[str, set[str]]) -> None:
    known = _known(addresses)
    for example, loaded, number in reading.examples:
        for side in ("yes", "no"):
            for place, address in enumerate(getattr(example, side)):
                if address not in known:
                    message = f"no option {address!r}{suggest(address, known)}"
                    reading.problems.append(loaded.problem((number, side, place), message))


def _known(addresses: Mapping[str, Set[str]]) -> set[str]:
    """The addresses of all options of all items."""
    return {f"{item}.{option}" for item, options in addresses.items() for option in options}


def _check_item(
    item: ItemSpec,
    loaded: Loaded,
    path: tuple[str | int, ...],
    scopes: set[str],
    report: Report,
) -> None:
    options = list(_options(item))
    if item.type in CODED_TYPES and not options:
        report(loaded.problem(path, f"the item {item.id!r} is of type {item.type} and needs options or groups"))
    if item.options and item.groups:
        report(loaded.problem(path, "an item has options or groups, not both"))
    _check_scopes(item, loaded, path, scopes, report)
    for place, option in options:
        _check_scopes(option, loaded, (*path, *place), scopes, report)
        for role in ROLES:
            check_cues(getattr(option, role), loaded, (*path, *place, role), report)


def _check_scopes(
    spec: ItemSpec | OptionSpec,
    loaded: Loaded,
    path: tuple[str | int, ...],
    scopes: set[str],
    report: Report,
) -> None:
    for role in ("prefer", "avoid"):
        for index, name in enumerate(getattr(spec, role) or []):
            if name not in scopes:
                report(loaded.problem((*path, role, index), f"no scope {name!r}{suggest(name, scopes)}"))


def _check_condition(
    item: ItemSpec,
    loaded: Loaded,
    path: tuple[str | int, ...],
    addresses: Mapping[str, set[str]],
    report: Report,
) -> None:
    if not item.relevant:
        return
    condition = _condition(item.relevant)
    if condition is None:
        report(loaded.problem((*path, "relevant"), "write 'ITEM has OPTION' or 'ITEM is OPTION', joined by ' or '"))
        return
    for name, option in condition.any_of:
        if name not in addresses:
            report(loaded.problem((*path, "relevant"), f"no item {name!r}{suggest(name, addresses)}"))
        elif option not in addresses[name]:
            message = f"the item {name!r} has no option {option!r}{suggest(option, addresses[name])}"
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
    items = tuple(_build_item(item) for item in _whole_items(reading))
    known = {f"{item.id}.{option.id}" for item in items for option in item.options}
    scopes = {name: tuple(cues) for name, cues in {**reading.scopes, **spec.scopes}.items()}
    rubric = Rubric(
        name=spec.name,
        version=spec.version,
        title=spec.title,
        hash="",
        items=items,
        unit=spec.unit,
        languages=tuple(spec.languages),
        domain=tuple(spec.domain),
        scopes=scopes,
        examples=tuple(_build_example(example) for example, _, _ in reading.examples),
        wordings=build_wordings(reading.wordings, known, scopes),
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
