"""The published JSON schemas: what is exported keeps them, what is broken does not, and they are the code's."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from extractor.exchange.forms_json import forms_to_dict
from extractor.exchange.schema import forms_schema
from extractor.rubric_spec import rubric_schema
from tests.exchange.invented import FORMS, VERSION
from tools.build_schemas import SCHEMAS, build

VALIDATOR = Draft202012Validator(forms_schema())
Break = Callable[[dict[str, Any]], object]


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(forms_schema())
    Draft202012Validator.check_schema(rubric_schema())


def test_the_export_keeps_its_schema() -> None:
    assert list(VALIDATOR.iter_errors(forms_to_dict(FORMS, VERSION))) == []


def project(data: dict[str, Any]) -> Any:
    return data["projects"][0]


def answer(data: dict[str, Any], item: str) -> Any:
    return project(data)["items"][item]


BREAKS: dict[str, Break] = {
    "schema 2": lambda d: d.update(schema=2),
    "no coder": lambda d: d.pop("coder"),
    "unknown key": lambda d: d.update(more=1),
    "unknown key of a project": lambda d: project(d).update(more=1),
    "unknown key of an answer": lambda d: answer(d, "country").update(more=1),
    "unknown key of evidence": lambda d: answer(d, "country")["evidence"][0].update(more=1),
    "unknown key of a document": lambda d: project(d)["documents"][0].update(more=1),
    "status": lambda d: answer(d, "country").update(status="maybe"),
    "outcome": lambda d: project(d)["documents"][0].update(outcome="fine"),
    "confidence over 1": lambda d: answer(d, "country").update(confidence=1.01),
    "confidence as text": lambda d: answer(d, "country").update(confidence="0.9"),
    "option confidence": lambda d: answer(d, "funders")["options"].update(norad=-0.1),
    "page 0": lambda d: answer(d, "country")["evidence"][0].update(page=0),
    "no quote": lambda d: answer(d, "country")["evidence"][0].pop("quote"),
    "place": lambda d: answer(d, "country")["evidence"][0].update(start=-2),
    "searched": lambda d: answer(d, "country").update(searched="all"),
    "no conflicts": lambda d: answer(d, "country").pop("conflicts"),
    "side of a conflict": lambda d: answer(d, "start_date")["conflicts"][0]["values"][0].pop("value"),
    "money without currency": lambda d: answer(d, "budget")["value"].pop("currency"),
    "currency": lambda d: answer(d, "budget")["value"].update(currency="euro"),
    "country code": lambda d: answer(d, "country")["value"].update(iso3166="Moldova"),
    "level of a result": lambda d: answer(d, "results_achieved")["value"][0].update(level="impact"),
    "target as text": lambda d: answer(d, "results_achieved")["value"][0].update(target="forty"),
    "empty finding": lambda d: answer(d, "key_findings")["value"].update(relevance=[None]),
    "list in a list": lambda d: answer(d, "partners").update(value=[["a"]]),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_does_not_keep_it(name: str) -> None:
    data = copy.deepcopy(forms_to_dict(FORMS, VERSION))
    BREAKS[name](data)
    assert not VALIDATOR.is_valid(data)


@pytest.mark.parametrize(("name", "text"), build().items())
def test_the_published_schemas_are_what_the_code_gives(name: str, text: str) -> None:
    published: Path = SCHEMAS / name
    assert published.read_text(encoding="utf-8") == text, "run: make schema"
