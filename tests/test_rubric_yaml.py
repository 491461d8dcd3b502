"""Loading rubrics, and saying all that is wrong with one at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.coding.typed import EXTRACTORS
from extractor.errors import RubricInvalid, UsageError
from extractor.rubric import Condition
from extractor.rubric_spec import rubric_schema
from extractor.rubric_yaml import load_rubric, load_rubrics

GOOD = """\
schema: 1
name: small
version: "1"
title: A small rubric
domain: ["traffick*"]
scopes:
  advice: ["recommendation*"]
items:
- include: items/more.yaml
- id: kind
  label: Kind
  type: multi
  avoid: [advice]
  options:
    training: {label: Training, cues: ["train* .. police"], hints: [police]}
    none_given: {label: None given, absence: true}
"""
MORE = """\
- id: activities
  label: Activities
  type: multi
  relevant: kind has training
  groups:
    design:
      label: Design
      options:
        needs: {label: Needs assessment, avoid: []}
"""
EXAMPLES = """\
- frame: workshop
  kind: final_report
  heading: Results
  text: The police were trained.
  yes: [kind.training]
  no: [activities.design.needs]
"""


def write(folder: Path, rubric: str = GOOD, more: str = MORE, examples: str = EXAMPLES) -> Path:
    (folder / "items").mkdir(parents=True)
    (folder / "examples").mkdir()
    (folder / "rubric.yaml").write_text(rubric, encoding="utf-8")
    (folder / "items" / "more.yaml").write_text(more, encoding="utf-8")
    (folder / "examples" / "a.yaml").write_text(examples, encoding="utf-8")
    return folder


def test_good_rubric(tmp_path: Path) -> None:
    rubric = load_rubric(write(tmp_path / "small"))
    assert [item.id for item in rubric.items] == ["activities", "kind"]
    activities, kind = rubric.items
    assert activities.relevant == Condition((("kind", "training"),))
    assert [option.id for option in activities.options] == ["design.needs"]
    assert activities.groups == {"design": "Design"}
    assert kind.options[0].avoid == ("advice",)
    assert activities.options[0].avoid == ()
    assert rubric.examples[0].no == ("activities.design.needs",)


def test_hash_changes_with_a_cue_and_not_with_a_comment(tmp_path: Path) -> None:
    first = load_rubric(write(tmp_path / "a"))
    commented = load_rubric(write(tmp_path / "b", rubric=GOOD + "# a remark\n"))
    changed = load_rubric(write(tmp_path / "c", rubric=GOOD.replace("hints: [police]", "hints: [officer]")))
    assert first.hash == commented.hash != changed.hash


PROBLEMS = [
    ({"rubric": GOOD.replace("type: multi", "type: mutli")}, "rubric.yaml:12", "Input should be"),
    ({"rubric": GOOD.replace("hints:", "hintz:")}, "rubric.yaml:15", "did you mean 'hints'"),
    ({"rubric": GOOD.replace('"train* .. police"', '"of to"')}, "rubric.yaml:15", "at least 3 letters"),
    ({"rubric": GOOD.replace("avoid: [advice]", "avoid: [advise]")}, "rubric.yaml:13", "did you mean 'advice'"),
    ({"rubric": GOOD.replace("items/more.yaml", "items/less.yaml")}, "rubric.yaml:9", "no file"),
    ({"rubric": GOOD.replace("items/more.yaml", "../../../etc/passwd")}, "rubric.yaml:9", "inside the folder"),
    ({"more": MORE.replace("kind has training", "kind has trainings")}, "more.yaml:4", "did you mean 'training'"),
    ({"more": MORE.replace("kind has training", "when kind")}, "more.yaml:4", "ITEM has OPTION"),
    ({"more": MORE.replace("id: activities", "id: kind")}, "rubric.yaml:10", "defined twice"),
    ({"examples": EXAMPLES.replace("kind.training", "kind.trainin")}, "a.yaml:5", "did you mean 'kind.training'"),
    ({"more": MORE + "  label: again\n"}, "more.yaml", "stands twice"),
    ({"rubric": GOOD.replace("title: A small rubric", "title: &t A\nunit: *t")}, "rubric.yaml:4", "anchors"),
    ({"rubric": "a: [b"}, "rubric.yaml", ""),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "place", "message"), PROBLEMS)
def test_problems_name_file_line_and_remedy(tmp_path: Path, parts: dict[str, str], place: str, message: str) -> None:
    with pytest.raises(RubricInvalid) as caught:
        load_rubric(write(tmp_path / "small", **parts))
    assert place in str(caught.value)
    assert message in str(caught.value)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    rubric = GOOD.replace("avoid: [advice]", "avoid: [advise]").replace("name: small", "name: Not Small")
    with pytest.raises(RubricInvalid) as caught:
        load_rubric(write(tmp_path / "x", rubric=GOOD.replace("avoid: [advice]", "avoid: [x]"), more="- id: UP\n"))
    assert len(caught.value.problems) >= 3
    with pytest.raises(RubricInvalid):
        load_rubric(write(tmp_path / "y", rubric=rubric))


def test_unknown_rubric_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="counter_trafficking"):
        load_rubric("no_such_rubric")


def test_two_rubrics_define_a_shared_item_once(tmp_path: Path) -> None:
    other = GOOD.replace("name: small", "name: other").replace("label: Kind", "label: Another kind")
    merged = load_rubrics([str(write(tmp_path / "a")), str(write(tmp_path / "b", rubric=other))])
    assert merged.name == "small+other"
    kind = merged.item("kind")
    assert kind is not None
    assert kind.label == "Kind"
    assert len(merged.items) == 2


def test_schema_names_every_field() -> None:
    schema = rubric_schema()
    assert set(schema["properties"]) >= {"schema", "name", "version", "title", "items", "scopes", "domain"}
    assert "cues" in schema["$defs"]["OptionSpec"]["properties"]


def test_shipped_rubric_is_in_order_and_whole() -> None:
    rubric = load_rubric("counter_trafficking")
    assert len(rubric.items) == 53
    assert sum(len(item.options) for item in rubric.items) == 263
    bare = [
        f"{item.id}.{option.id}"
        for item in rubric.coded_items
        for option in item.options
        if not option.cues and not option.absence and item.id not in {"document_types", "country"}
    ]
    assert bare == []


def test_items_name_extractors_that_there_are() -> None:
    rubric = load_rubric("counter_trafficking")
    wanted = {item.extractor for item in rubric.items if item.extractor}
    assert wanted - {"motivation"} <= set(EXTRACTORS)
