"""forms.json: written as the contract says, read back as it was, refused with all that is wrong."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import FormInvalid
from extractor.exchange.forms_json import forms_to_dict, read_forms, write_forms
from extractor.model import Answer, Conflict, ConflictValue, DocumentFacts, Evidence, Form, FormSet, Provenance
from tests.exchange.invented import FORMS, VERSION, titled

TEXT = st.text(max_size=12)
NAME = st.text("abcdefghij_.", min_size=1, max_size=6)
CONFIDENCE = st.integers(0, 10_000).map(lambda n: n / 10_000)
PAGE = st.none() | st.integers(1, 5_000)
PLACE = st.integers(-1, 100_000)
LEAF = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
VALUE = st.recursive(
    LEAF | TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=5
)
EVIDENCE = st.builds(Evidence, TEXT, TEXT, PAGE, st.none() | TEXT, PLACE, PLACE, TEXT, CONFIDENCE, NAME, TEXT)
CONFLICT = st.builds(Conflict, st.lists(st.builds(ConflictValue, VALUE, TEXT, PAGE, TEXT), max_size=2).map(tuple), TEXT)
ANSWER = st.builds(
    Answer,
    st.sampled_from(["found", "not_found", "not_applicable", "unreadable"]),
    VALUE,
    CONFIDENCE,
    st.dictionaries(NAME, CONFIDENCE, max_size=3),
    st.lists(EVIDENCE, max_size=2).map(tuple),
    st.lists(TEXT, max_size=2).map(tuple),
    st.lists(CONFLICT, max_size=1).map(tuple),
    TEXT,
)
FACTS = st.builds(
    DocumentFacts,
    TEXT, TEXT, TEXT, st.sampled_from(["ok", "partial", "password", "duplicate"]), st.integers(0, 9_999), TEXT, TEXT,
    st.lists(TEXT, max_size=2).map(tuple), TEXT,
)  # fmt: skip
FORM = st.builds(Form, TEXT, st.lists(FACTS, max_size=2).map(tuple), st.dictionaries(NAME, ANSWER, max_size=3))
FORMSET = st.builds(
    FormSet,
    st.builds(Provenance, TEXT, NAME, NAME, TEXT, TEXT, TEXT, TEXT),
    st.lists(FORM, max_size=2, unique_by=lambda form: form.project).map(tuple),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FORMSET)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, forms: FormSet) -> None:
    path = tmp_path_factory.mktemp("forms") / "forms.json"
    write_forms(forms, VERSION, path)
    assert read_forms(path) == forms


def test_the_shape_of_the_contract(tmp_path: Path) -> None:
    data = forms_to_dict(FORMS, VERSION)
    assert list(data) == ["schema", "deskreview", "created", "coder", "rubric", "model", "projects"]
    assert (data["schema"], data["deskreview"], data["coder"]) == (1, VERSION, "machine")
    project = data["projects"][0]
    assert list(project) == ["project", "documents", "items"]
    assert list(project["documents"][0]) == [
        "file", "sha256", "type", "outcome", "pages", "language", "title", "authors", "date"
    ]  # fmt: skip
    answer = project["items"]["funders"]
    assert list(answer) == [
        "value", "status", "confidence", "options", "evidence", "searched", "conflicts", "comment"
    ]  # fmt: skip
    assert list(answer["evidence"][0]) == [
        "for", "file", "page", "printed_page", "start", "end", "quote", "confidence", "coder", "why"
    ]  # fmt: skip
    conflict = project["items"]["start_date"]["conflicts"][0]
    assert list(conflict) == ["values", "note"]
    assert list(conflict["values"][0]) == ["value", "file", "page", "quote"]


def test_confidences_have_four_places() -> None:
    answer = Answer("found", "x", 2 / 3, {"a": 1 / 3})
    forms = FormSet(FORMS.provenance, (Form("p", (), {"i": answer}),))
    written = forms_to_dict(forms, VERSION)["projects"][0]["items"]["i"]
    assert (written["confidence"], written["options"]) == (0.6667, {"a": 0.3333})


def test_the_same_forms_give_the_same_bytes_apart_from_created(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    write_forms(FORMS, VERSION, one)
    later = replace(FORMS, provenance=replace(FORMS.provenance, created="2030-01-01T00:00:00Z"))
    write_forms(later, VERSION, two)
    assert one.read_bytes().replace(FORMS.provenance.created.encode(), b"2030-01-01T00:00:00Z") == two.read_bytes()


def test_half_a_character_is_written_escaped(tmp_path: Path) -> None:
    path = tmp_path / "forms.json"
    write_forms(titled("a\ud800b"), VERSION, path)
    assert json.loads(path.read_text(encoding="utf-8"))["projects"][0]["items"]["project_title"]["value"] == "a\ud800b"


def test_a_key_of_a_later_version_is_passed_over(tmp_path: Path) -> None:
    data = forms_to_dict(FORMS, VERSION)
    data["more"] = 1
    data["projects"][0]["documents"][0]["more"] = 1
    data["projects"][0]["items"]["funders"]["evidence"][0]["more"] = 1
    data["projects"][0]["items"]["start_date"]["conflicts"][0]["values"][0]["more"] = 1
    path = tmp_path / "forms.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert read_forms(path) == FORMS


def problems_of(data: Any, folder: Path) -> list[tuple[str, str]]:
    path = folder / "forms.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(FormInvalid) as caught:
        read_forms(path)
    assert all(problem.file == str(path) for problem in caught.value.problems)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def test_all_that_is_wrong_is_listed_with_its_path(tmp_path: Path) -> None:
    data = copy.deepcopy(forms_to_dict(FORMS, VERSION))
    items = data["projects"][0]["items"]
    items["budget"]["status"] = "perhaps SECRET"
    del items["country"]["value"]
    items["funders"]["evidence"][1]["page"] = "SECRET"
    items["funders"]["options"]["norad"] = 1.5
    data["projects"][0]["documents"] = {}
    found = problems_of(data, tmp_path)
    assert sorted(path for path, _ in found) == [
        "projects[0].documents",
        "projects[0].items.budget.status",
        "projects[0].items.country.value",
        "projects[0].items.funders.evidence[1].page",
        "projects[0].items.funders.options.norad",
    ]
    assert not any("SECRET" in message for _, message in found)
    status = dict(found)["projects[0].items.budget.status"]
    assert all(word in status for word in ("found", "not_found", "not_applicable", "unreadable"))


def test_a_project_stands_in_a_file_once(tmp_path: Path) -> None:
    data = forms_to_dict(FORMS, VERSION)
    data["projects"].append(data["projects"][0])
    assert [path for path, _ in problems_of(data, tmp_path)] == ["projects[3].project"]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b'{"projects": [\n}', 2, "is not JSON"),
        (b"", 1, "is not JSON"),
        (b'{"projects": "\xff"}', None, "UTF-8"),
        (b"[" * 100_000, None, "nested too deep"),
        (b'{"items": {"length_months": NaN}}', None, "JSON"),
        (b"[1, 2]", None, "neither forms"),
        (b'{"title": "x"}', None, "neither forms"),
        (b'{"projects": 5}', None, "valid list"),
        (b'{"projects": null}', None, "valid list"),
    ],
)
def test_other_files_are_refused(content: bytes, line: int | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(FormInvalid, match=message) as caught:
        read_forms(path)
    assert caught.value.problems[0].line == line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FormInvalid, match="No such file"):
        read_forms(tmp_path / "none.json")
