"""Loading rubrics, and saying all that is wrong with one at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from extractor.coding.typed import EXTRACTORS
from extractor.errors import RubricInvalid, UsageError
from extractor.resources import shipped
from extractor.rubric import Condition, in_language
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


SHARED_ITEMS = """\
- id: area
  label: Area
  type: single
  avoid: [annex]
  options:
    health: {label: Health, cues: [clinic*]}
- id: remarks
  label: Remarks
  type: text
"""
SHARED_EXAMPLES = """\
- {frame: clinic, kind: evaluation, text: A clinic was built., yes: [area.health], no: [elsewhere.box]}
- {frame: other, kind: evaluation, text: Of another rubric., yes: [elsewhere.box]}
- {frame: none, kind: evaluation, text: Rain fell all week.}
"""
SHARING = """\
schema: 1
name: sharing
version: "1"
title: A rubric that shares
shared_scopes: ../common/scopes.yaml
scopes:
  advice: ["recommendation*"]
items:
- include: ../common/items/area.yaml
- extend: area
  options:
    roads: {label: Roads, cues: ["road*"], avoid: [annex, advice]}
"""


def write_shared(folder: Path, rubric: str = SHARING, scopes: str = 'annex: ["annex*"]', **parts: str) -> Path:
    common = folder / "common"
    (common / "items").mkdir(parents=True)
    (common / "examples").mkdir()
    (common / "scopes.yaml").write_text(scopes, encoding="utf-8")
    (common / "items" / "area.yaml").write_text(parts.get("items", SHARED_ITEMS), encoding="utf-8")
    (common / "examples" / "area.yaml").write_text(parts.get("examples", SHARED_EXAMPLES), encoding="utf-8")
    (folder / "sharing").mkdir()
    (folder / "sharing" / "rubric.yaml").write_text(rubric, encoding="utf-8")
    return folder / "sharing"


def test_shared_items_bring_their_scopes_and_examples(tmp_path: Path) -> None:
    rubric = load_rubric(write_shared(tmp_path))
    assert rubric.scopes == {"annex": ("annex*",), "advice": ("recommendation*",)}
    assert [(example.frame, example.yes, example.no) for example in rubric.examples] == [
        ("clinic", ("area.health",), ()),
        ("none", (), ()),
    ]


def test_an_option_is_added_to_a_shared_item(tmp_path: Path) -> None:
    area = load_rubric(write_shared(tmp_path)).items[0]
    assert [(option.id, option.avoid) for option in area.options] == [
        ("health", ("annex",)),
        ("roads", ("annex", "advice")),
    ]


def test_a_rubric_puts_shared_items_into_its_own_sections(tmp_path: Path) -> None:
    items = SHARED_ITEMS.replace("type: text", "type: text\n  section: Elsewhere\n  no: II.S")
    plain = load_rubric(write_shared(tmp_path / "a", items=items)).items[1]
    own = SHARING.replace("area.yaml", "area.yaml\n  section: Here")
    moved = load_rubric(write_shared(tmp_path / "b", rubric=own, items=items)).items[1]
    assert (plain.section, plain.no) == ("Elsewhere", "II.S")
    assert (moved.section, moved.no) == ("Here", "")


def test_a_copy_of_a_shipped_rubric_finds_what_it_shares(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(shipped("rubrics") / "idf_review", tmp_path / "mine"))
    assert load_rubric(copy).hash == load_rubric("idf_review").hash


SHARED_PROBLEMS = [
    ({"rubric": SHARING.replace("extend: area", "extend: aera")}, "rubric.yaml:10", "did you mean 'area'"),
    ({"rubric": SHARING.replace("extend: area", "extend: remarks")}, "rubric.yaml:10", "with options"),
    ({"rubric": SHARING.replace("roads:", "health:")}, "rubric.yaml:12", "already"),
    ({"rubric": SHARING.replace('"road*"', '"of"')}, "rubric.yaml:12", "at least 3 letters"),
    ({"rubric": SHARING.replace("[annex, advice]", "[annexes]")}, "rubric.yaml:12", "did you mean 'annex'"),
    ({"rubric": SHARING.replace("common/scopes", "common/scope")}, "rubric.yaml:5", "no file"),
    ({"rubric": SHARING.replace("../common/sc", "../../sc")}, "rubric.yaml:5", "inside the folder"),
    ({"scopes": 'annex: ["of"]'}, "scopes.yaml:1", "at least 3 letters"),
    ({"scopes": "annex: 1"}, "scopes.yaml:1", "valid list"),
    ({"examples": SHARED_EXAMPLES.replace("area.health", "area.heath")}, "area.yaml:1", "did you mean 'area.health'"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "place", "message"), SHARED_PROBLEMS)
def test_problems_of_what_is_shared_name_their_file(
    tmp_path: Path, parts: dict[str, str], place: str, message: str
) -> None:
    with pytest.raises(RubricInvalid) as caught:
        load_rubric(write_shared(tmp_path, **parts))
    assert place in str(caught.value)
    assert message in str(caught.value)


def test_rubrics_as_one_have_the_options_and_labels_of_both(tmp_path: Path) -> None:
    plain = SHARING.split("- extend")[0] + "- {id: elsewhere, label: E, type: multi, options: {box: {label: Box}}}\n"
    first = write_shared(tmp_path / "a", rubric=plain)
    merged = load_rubrics([str(first), str(write_shared(tmp_path / "b"))])
    assert [option.id for option in merged.items[0].options] == ["health", "roads"]
    assert [(example.frame, example.no) for example in merged.examples] == [
        ("clinic", ("elsewhere.box",)),
        ("other", ()),
        ("none", ()),
    ]


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


# ------------------------------------------------------------------ other languages

FRENCH = """\
domain: [traite]
scopes: {advice: ["recommandation*"]}
options:
  kind.training: {cues: ["form* .. policier*"], hints: [police], exclude: [formulaire]}
"""


def with_language(folder: Path, text: str, name: str = "fr.yaml") -> Path:
    write(folder)
    (folder / "languages").mkdir()
    (folder / "languages" / name).write_text(text, encoding="utf-8")
    return folder


def test_cues_in_another_language_take_the_place_of_the_own_ones(tmp_path: Path) -> None:
    rubric = load_rubric(with_language(tmp_path / "small", FRENCH))
    french = in_language(rubric, "fr")
    training, none_given = french.items[1].options
    assert (training.cues, training.hints, training.exclude) == (("form* .. policier*",), ("police",), ("formulaire",))
    assert (training.avoid, none_given.absence) == (("advice",), True)
    assert (french.domain, french.scopes) == (("traite",), {"advice": ("recommandation*",)})
    assert french.items[0].options[0].cues == ()
    assert in_language(rubric, "de") == rubric


def test_cues_in_another_language_are_part_of_the_hash(tmp_path: Path) -> None:
    hashes = {
        load_rubric(write(tmp_path / "none")).hash,
        load_rubric(with_language(tmp_path / "a", FRENCH)).hash,
        load_rubric(with_language(tmp_path / "b", FRENCH.replace("policier*", "gendarme*"))).hash,
        load_rubric(with_language(tmp_path / "c", FRENCH, "es.yaml")).hash,
    }
    assert len(hashes) == 4


def test_all_that_is_wrong_with_a_language_is_said_at_once(tmp_path: Path) -> None:
    text = """\
domain: ["(a"]
scopes: {advise: [avis]}
options:
  kind.trainings: {cues: [formation]}
  kind.training: {cues: ["form* |"], hint: [police]}
colour: red
"""
    with pytest.raises(RubricInvalid) as caught:
        load_rubric(with_language(tmp_path / "a", text, "french.yaml"))
    assert "fr.yaml" in str(caught.value)
    assert "'hint' is not known here; did you mean 'hints'?" in str(caught.value)
    with pytest.raises(RubricInvalid) as caught:
        load_rubric(with_language(tmp_path / "b", text.replace(", hint: [police]", "").replace("colour: red\n", "")))
    problems = [(problem.line, problem.path) for problem in caught.value.problems]
    assert problems == [
        (1, "domain.0"), (2, "scopes.advise"), (4, "options.kind.trainings"), (5, "options.kind.training.cues.0"),
    ]  # fmt: skip


def test_shared_items_bring_their_cues_in_other_languages(tmp_path: Path) -> None:
    """What the rubric does not have is left out, and so are another rubric's words of its field."""
    shared = tmp_path / "shared"
    (shared / "items").mkdir(parents=True)
    (shared / "languages").mkdir()
    (shared / "items" / "more.yaml").write_text(MORE, encoding="utf-8")
    (shared / "languages" / "fr.yaml").write_text(
        "domain: [autre]\nscopes: {advice: [avis], annex: [annexe]}\n"
        "options:\n  activities.design.needs: {cues: [besoins]}\n  elsewhere.option: {cues: [ailleurs]}\n",
        encoding="utf-8",
    )
    own = with_language(tmp_path / "own", FRENCH)
    head = GOOD.replace("items/more.yaml", "../shared/items/more.yaml")
    (own / "rubric.yaml").write_text(head, encoding="utf-8")
    wording = load_rubric(own).wordings["fr"]
    assert set(wording.options) == {"activities.design.needs", "kind.training"}
    assert (wording.domain, wording.scopes) == (("traite",), {"advice": ("recommandation*",)})


def test_rubrics_as_one_keep_their_languages(tmp_path: Path) -> None:
    first = with_language(tmp_path / "first", FRENCH)
    second = with_language(tmp_path / "second", FRENCH.replace("[traite]", "[migra*]"))
    (second / "rubric.yaml").write_text(GOOD.replace("- id: kind", "- id: other"), encoding="utf-8")
    (second / "languages" / "fr.yaml").write_text(
        FRENCH.replace("kind.", "other.").replace("[traite]", "[migra*]"), encoding="utf-8"
    )
    (second / "examples" / "a.yaml").write_text("[]", encoding="utf-8")
    (second / "items" / "more.yaml").write_text(MORE.replace("kind has", "other has"), encoding="utf-8")
    wording = load_rubrics((str(first), str(second))).wordings["fr"]
    assert set(wording.options) == {"kind.training", "other.training"}
    assert wording.domain == ("traite", "migra*")
