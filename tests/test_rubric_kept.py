"""Rubrics kept as JSON: the same rubric, as long as nothing has changed that it was loaded from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.rubric import Rubric
from extractor.rubric_kept import rubric_from_text, rubric_to_text
from extractor.rubric_yaml import list_rubrics, load_rubrics

HEAD = """\
schema: 1
name: small
version: "1"
title: Small
domain: [traffick*]
scopes: {recommendations: [recommend*]}
items:
  - id: focus
    label: Focus
    type: multi
    relevant: focus has training
    options:
      training: {label: Training, cues: [train* .. police], avoid: [recommendations]}
  - include: items/more.yaml
"""
MORE = """\
- id: title
  label: Title
  type: text
  extractor: title
"""
EXAMPLE = '- {frame: "f1", kind: proposal, text: "Police were trained.", yes: [focus.training]}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "rubrics" / "small"
    for name, text in (("rubric.yaml", HEAD), ("items/more.yaml", MORE), ("examples/a.yaml", EXAMPLE)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def kept(*names: str) -> tuple[Rubric, str]:
    asked: set[Path] = set()
    rubric = load_rubrics(names, asked)
    return rubric, rubric_to_text(rubric, names, asked)


def test_a_kept_rubric_is_the_rubric(folder: Path) -> None:
    rubric, text = kept(str(folder))
    assert rubric_from_text(text, [str(folder)]) == rubric


@pytest.mark.parametrize("name", [path.name for path in list_rubrics()])
def test_so_is_each_shipped_one(name: str) -> None:
    rubric, text = kept(name)
    assert rubric_from_text(text, [name]) == rubric


def change(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "the head": lambda folder: change(folder / "rubric.yaml"),
    "an included file": lambda folder: change(folder / "items" / "more.yaml"),
    "an example": lambda folder: change(folder / "examples" / "a.yaml"),
    "a new file of examples": lambda folder: (folder / "examples" / "b.yaml").write_text(EXAMPLE, encoding="utf-8"),
    "a file that is gone": lambda folder: (folder / "examples" / "a.yaml").unlink(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_it_counts_no_more_after_a_change_of(what: str, folder: Path) -> None:
    _, text = kept(str(folder))
    CHANGES[what](folder)
    assert rubric_from_text(text, [str(folder)]) is None


def test_it_counts_for_no_other_names(folder: Path) -> None:
    _, text = kept(str(folder))
    assert rubric_from_text(text, [str(folder), "other"]) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"of": 1}'])
def test_what_cannot_be_read_is_loaded_anew(text: str) -> None:
    assert rubric_from_text(text, ["small"]) is None


def test_fields_of_another_program_are_loaded_anew(folder: Path) -> None:
    _, text = kept(str(folder))
    data = json.loads(text)
    del data["rubric"]["unit"]
    assert rubric_from_text(json.dumps(data), [str(folder)]) is None
