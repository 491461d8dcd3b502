"""The shape of forms.json: what a file of forms is checked against, and the JSON schema that is published of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema

from extractor.errors import Problem
from extractor.model import Outcome, Status

DRAFT = "https://json-schema.org/draft/2020-12/schema"
UNKNOWN_KEY = "extra_forbidden"
"""Files of later versions may hold more; reading passes over it, the published schema does not."""

_NUMBER_OR_NULL = {"type": ["number", "null"]}
_TEXT = {"type": "string"}
_OTHER = {
    "type": "object",
    "required": ["other"],
    "properties": {"other": _TEXT, "group": _TEXT, "iso3166": {"type": "string", "pattern": "^[A-Z]{3}$"}},
    "additionalProperties": False,
}
_MONEY = {
    "type": "object",
    "required": ["amount", "currency"],
    "properties": {
        "amount": {"type": "number"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "delivery_rate": {"type": "number"},
        "as_of": _TEXT,
    },
}
_RESULT_ANSWER = {
    "type": "object",
    "required": ["result", "value"],
    "properties": {"result": {"type": ["number", "string"]}, "value": {}},
    "additionalProperties": False,
}
_PERSON = {"type": "object", "required": ["name"], "properties": {"name": _TEXT}}
_DOCUMENT = {
    "type": "object",
    "anyOf": [{"required": ["file"]}, {"required": ["title"]}],
    "properties": {
        "file": _TEXT,
        "title": _TEXT,
        "authors": {"type": "array", "items": _TEXT},
        "date": {"type": "string", "pattern": r"^(\d{4}(-\d{2}){0,2})?$"},
    },
}
_RESULT = {
    "type": "object",
    "required": ["level", "statement"],
    "properties": {
        "level": {"enum": ["objective", "outcome", "output"]},
        "no": _TEXT,
        "statement": _TEXT,
        "indicator": _TEXT,
        "baseline": _NUMBER_OR_NULL,
        "target": _NUMBER_OR_NULL,
        "achieved": _NUMBER_OR_NULL,
        "unit": _TEXT,
        "note": _TEXT,
    },
    "additionalProperties": False,
}
_EVIDENCE_ENTRY = {
    "type": "object",
    "required": ["what"],
    "properties": {"what": _TEXT, "source": _TEXT, "year": _TEXT},
    "additionalProperties": False,
}
_FINDING = {
    "type": "object",
    "required": ["finding"],
    "properties": {"heading": _TEXT, "finding": _TEXT, "source_given": {"type": "boolean"}, "source": _TEXT},
    "additionalProperties": False,
}
_VALUE_SCHEMA: dict[str, Any] = {
    "description": "By the item's type; null where nothing was found.",
    "anyOf": [
        {"type": ["null", "boolean", "number", "string"]},
        _OTHER,
        _MONEY,
        {
            "type": "array",
            "items": {
                "anyOf": [_TEXT, _OTHER, _RESULT_ANSWER, _PERSON, _DOCUMENT, _RESULT, _EVIDENCE_ENTRY],
            },
        },
        {
            "description": "Findings and recommendations, by project type or criterion.",
            "type": "object",
            "not": {"anyOf": [{"required": ["other"]}, {"required": ["amount"]}]},
            "additionalProperties": {"type": "array", "items": {"anyOf": [_TEXT, _FINDING]}},
        },
    ],
}

Value = Annotated[Any, WithJsonSchema(_VALUE_SCHEMA)]
"""Read as it is: the values of reviewers are looser than those that deskreview writes."""
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]
PageNumber = Annotated[int, Field(ge=1)]
Place = Annotated[int, Field(ge=-1, description="Unicode code points in the page's stored text; -1: not known.")]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class EvidenceShape(_Shape):
    """A quote that supports an answer, and its place."""

    for_: Annotated[str, Field(alias="for", description="The option it supports; empty: the item as a whole.")]
    file: str
    page: PageNumber | None
    printed_page: str | None
    start: Place
    end: Place
    quote: str
    confidence: Confidence
    coder: str
    why: str


class ConflictValueShape(_Shape):
    """One side of a contradiction."""

    value: Value
    file: str
    page: PageNumber | None
    quote: str


class ConflictShape(_Shape):
    """Documents that say different things of one item."""

    values: list[ConflictValueShape]
    note: str


class AnswerShape(_Shape):
    """What was found for one item."""

    value: Value
    status: Status
    confidence: Confidence
    options: Annotated[dict[str, Confidence], Field(description="Single and multi items: every option.")]
    evidence: Annotated[list[EvidenceShape], Field(description="Best first.")]
    searched: Annotated[list[str], Field(description="The documents that were searched.")]
    conflicts: list[ConflictShape]
    comment: str


class DocumentShape(_Shape):
    """A document of a project."""

    file: str
    sha256: str
    type: Annotated[str, Field(description="One of the form's document types, or other.")]
    outcome: Outcome
    pages: Annotated[int, Field(ge=0)]
    language: str
    title: str
    authors: list[str]
    date: str


class ProjectShape(_Shape):
    """A project's form."""

    project: str
    documents: list[DocumentShape]
    items: dict[str, AnswerShape]


class RubricShape(_Shape):
    """The rubric that the forms were filled by."""

    name: str
    version: str
    hash: str


class ModelShape(_Shape):
    """The model that took part."""

    name: str
    hash: str


class FormsShape(_Shape):
    """Forms of projects, with what made them."""

    schema_: Literal[1] = Field(alias="schema")
    deskreview: str
    created: str
    coder: str
    rubric: RubricShape
    model: ModelShape
    projects: list[ProjectShape]


def forms_schema() -> dict[str, Any]:
    """The JSON schema of forms.json."""
    schema = FormsShape.model_json_schema(by_alias=True)
    return {"$schema": DRAFT, **schema, "title": "forms.json of deskreview"}


def find_problems(data: Any, file: str) -> list[Problem]:
    """All that is wrong with the shape of a forms.json, each with its path; keys that nobody knows are passed over."""
    try:
        FormsShape.model_validate(data)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        known = (fault for fault in faults if fault["type"] != UNKNOWN_KEY)
        return [Problem(file, None, _path(fault["loc"]), fault["msg"]) for fault in known]
    return list(_repeated(data["projects"], file))


def _repeated(projects: Sequence[Any], file: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, project in enumerate(projects):
        if project["project"] in seen:
            yield Problem(file, None, f"projects[{index}].project", "this project stands in the file already")
        seen.add(project["project"])


def _path(location: tuple[int | str, ...]) -> str:
    """The way to a value, as one would write it: projects[0].items.budget.status."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).removeprefix(".")
