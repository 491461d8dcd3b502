"""What the shipped rubrics share is the same in each, and its passages speak of items that there are."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml

from extractor.resources import shipped
from extractor.rubric import Item, Rubric
from extractor.rubric_yaml import load_rubric

NAMES = ("counter_trafficking", "dac_evaluation", "idf_review")
ADDED = {("idf_review", "document_types"): ("questionnaire",)}
"""Options that a rubric adds to an item that it shares."""
SHARED_BY_ALL = {"project_title", "document_types", "funders", "country", "budget", "results_framework", "challenges"}


@cache
def _load(name: str) -> Rubric:
    return load_rubric(name)


def _shared_part(name: str, item: Item) -> Item:
    """The item without what a rubric may have of its own: the section it stands in, and options that it adds."""
    options = tuple(option for option in item.options if option.id not in ADDED.get((name, item.id), ()))
    return replace(item, section="", no="", options=options)


@pytest.mark.parametrize(("first", "second"), [*combinations(NAMES, 2)])
def test_an_item_is_the_same_in_each_rubric(first: str, second: str) -> None:
    ids = {item.id for item in _load(first).items} & {item.id for item in _load(second).items}
    assert ids >= SHARED_BY_ALL
    for item_id in ids:
        one, other = _load(first).item(item_id), _load(second).item(item_id)
        assert one is not None
        assert other is not None
        assert _shared_part(first, one) == _shared_part(second, other)


def test_what_a_rubric_adds_is_its_own() -> None:
    for (name, item_id), options in ADDED.items():
        for other in NAMES:
            item = _load(other).item(item_id)
            assert item is not None
            assert all((item.option(option) is not None) == (other == name) for option in options)


def test_an_item_stands_in_one_file() -> None:
    files: dict[str, list[Path]] = {}
    for path in sorted(shipped("rubrics").glob("*/items/*.yaml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            files.setdefault(item["id"], []).append(path)
    assert {item: paths for item, paths in files.items() if len(paths) > 1} == {}


def test_shared_passages_name_options_that_some_rubric_has() -> None:
    known = {f"{item.id}.{option.id}" for name in NAMES for item in _load(name).items for option in item.options}
    for path in sorted((shipped("rubrics") / "common" / "examples").glob("*.yaml")):
        for example in yaml.safe_load(path.read_text(encoding="utf-8")):
            assert {*example.get("yes", []), *example.get("no", [])} <= known, (path.name, example["frame"])


def test_every_file_of_shared_items_is_used() -> None:
    shared = {path.name for path in (shipped("rubrics") / "common" / "items").glob("*.yaml")}
    heads = [(shipped("rubrics") / name / "rubric.yaml").read_text(encoding="utf-8") for name in NAMES]
    assert {name for name in shared if not any(f"../common/items/{name}" in head for head in heads)} == set()
