"""Manual reviews in the gold format, loose as reviewers write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import FormInvalid
from extractor.exchange.forms_json import read_forms
from extractor.exchange.gold import name_parts
from extractor.model import Answer, FormSet
from extractor.resources import shipped

REVIEWS = sorted((shipped("samples") / "reviews").glob("*.json"))


def read(items: Any, folder: Path, name: str = "vela.B.json", **more: Any) -> FormSet:
    path = folder / name
    path.write_text(json.dumps({"document": "x.pdf", "items": items, **more}), encoding="utf-8")
    return read_forms(path)


def answer(entry: Any, folder: Path) -> Answer:
    return read({"item": entry}, folder).forms[0].items["item"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("iom-mekong.A.json", ("iom-mekong", "A")),
        ("report.v2.A.json", ("report.v2", "A")),
        ("review.json", ("review", "")),
    ],
)
def test_the_files_name_says_project_and_coder(name: str, expected: tuple[str, str]) -> None:
    assert name_parts(Path(name)) == expected


@pytest.mark.parametrize(
    ("name", "inside", "coder"),
    [("vela.B.json", {"coder": "A"}, "B"), ("vela.json", {"coder": "A"}, "A"), ("vela.json", {}, "reviewer")],
)
def test_the_coder_is_the_names_else_the_files(name: str, inside: Any, coder: str, tmp_path: Path) -> None:
    forms = read({}, tmp_path, name, **inside)
    assert (forms.provenance.coder, forms.forms[0].project) == (coder, "vela")


@pytest.mark.parametrize(
    ("entry", "status", "value"),
    [
        ({"value": "x", "evidence": []}, "found", "x"),
        ({"value": False}, "found", False),
        ({"value": 0}, "found", 0),
        ("bare", "found", "bare"),
        (["a", "b"], "found", ["a", "b"]),
        (True, "found", True),
        ({"value": "N/A"}, "not_applicable", None),
        ({"value": ["N/A"]}, "not_applicable", None),
        ({"value": None}, "not_found", None),
        ({"value": []}, "not_found", None),
        ({"note": "nothing in the file"}, "not_found", None),
        ({"amount": 5, "currency": "EUR", "note": "n"}, "found", {"amount": 5, "currency": "EUR"}),
        ({"value": {"amount": 5, "currency": "EUR"}, "delivery_rate": 57.6, "as_of": "2024-03"}, "found",
         {"amount": 5, "currency": "EUR", "delivery_rate": 57.6, "as_of": "2024-03"}),
        ({"relevance": [{"finding": "x"}], "evidence": []}, "found", {"relevance": [{"finding": "x"}]}),
    ],
)  # fmt: skip
def test_values(entry: Any, status: str, value: Any, tmp_path: Path) -> None:
    found = answer(entry, tmp_path)
    assert (found.status, found.value) == (status, value)


@pytest.mark.parametrize(
    ("acceptable", "expected"), [(["a", "b"], ("a", "b")), ("a", ("a",)), ([True], (True,)), (None, ())]
)
def test_what_a_reviewer_accepts_as_well(acceptable: Any, expected: tuple[Any, ...], tmp_path: Path) -> None:
    assert answer({"value": "x", "also_acceptable": acceptable}, tmp_path).acceptable == expected


@pytest.mark.parametrize(
    ("entry", "comment"),
    [
        ({"value": ["norad"], "specify": ["Norad", "Sida"], "note": "by name"}, "Norad; Sida; by name"),
        ({"value": ["norad"], "specify": {"norad": "Norad"}}, "Norad"),
        ({"value": ["norad"], "specify": "Norad"}, "Norad"),
        ({"value": "x"}, ""),
    ],
)
def test_notes_and_names_become_the_comment(entry: Any, comment: str, tmp_path: Path) -> None:
    assert answer(entry, tmp_path).comment == comment


def test_evidence_keeps_quote_file_and_page_and_has_no_place(tmp_path: Path) -> None:
    pieces = [{"for": "a", "quote": "one", "file": "x.pdf", "page": 3}, {"quote": "two", "page": "4"}, "three"]
    evidence = answer({"value": ["a"], "evidence": pieces}, tmp_path).evidence
    assert [(e.for_, e.quote, e.file, e.page) for e in evidence] == [
        ("a", "one", "x.pdf", 3),
        ("", "two", "", 4),
        ("", "three", "", None),
    ]
    assert {(e.start, e.end, e.coder) for e in evidence} == {(-1, -1, "B")}


def test_what_cannot_be_understood_is_listed(tmp_path: Path) -> None:
    items = {"a": {"value": "x", "evidence": "a quote"}, "b": {"value": "x", "evidence": [5, {"quote": ["x"]}]}}
    with pytest.raises(FormInvalid) as caught:
        read(items, tmp_path)
    assert [problem.path for problem in caught.value.problems] == [
        "items.a.evidence",
        "items.b.evidence[0]",
        "items.b.evidence[1]",
    ]


def test_items_must_be_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(FormInvalid, match="items: must be a mapping"):
        read([], tmp_path)


@pytest.mark.parametrize("path", REVIEWS, ids=lambda path: path.name)
def test_the_sample_reviews_are_read(path: Path) -> None:
    forms = read_forms(path)
    held = json.loads(path.read_text(encoding="utf-8"))["items"]
    (form,) = forms.forms
    assert form.items.keys() == held.keys()
    assert sum(len(a.evidence) for a in form.items.values()) == sum(len(a["evidence"]) for a in held.values())


def test_there_are_sample_reviews() -> None:
    assert len(REVIEWS) >= 3
