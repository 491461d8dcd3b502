"""forms.json: forms as the contract writes them, and back; manual reviews in the gold format are read too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from extractor.errors import FormInvalid, Problem
from extractor.exchange.gold import read_gold
from extractor.model import Answer, Conflict, ConflictValue, DocumentFacts, Evidence, Form, FormSet, Provenance

SCHEMA = 1
CONFIDENCE_PLACES = 4
MAX_BYTES = 1 << 28
"""Of a file that is read: hundreds of projects fit in."""
MAX_DEPTH = 64
"""Values within values: a form needs a dozen."""
DOCUMENT_KEYS = frozenset(field.name for field in fields(DocumentFacts))
CONFLICT_KEYS = frozenset(field.name for field in fields(ConflictValue))
EVIDENCE_KEYS = frozenset(field.name for field in fields(Evidence)) - {"for_"}


def forms_to_dict(forms: FormSet, version: str) -> dict[str, Any]:
    """The content of a forms.json."""
    made = forms.provenance
    return {
        "schema": SCHEMA,
        "deskreview": version,
        "created": made.created,
        "coder": made.coder,
        "rubric": {"name": made.rubric_name, "version": made.rubric_version, "hash": made.rubric_hash},
        "model": {"name": made.model_name, "hash": made.model_hash},
        "projects": [form_to_dict(form) for form in forms.forms],
    }


def form_to_dict(form: Form) -> dict[str, Any]:
    """One project of a forms.json."""
    return {
        "project": form.project,
        "documents": [{**asdict(facts), "authors": list(facts.authors)} for facts in form.documents],
        "items": {item: _answer_to_dict(answer) for item, answer in form.items.items()},
    }


def _answer_to_dict(answer: Answer) -> dict[str, Any]:
    return {
        "value": answer.value,
        "status": answer.status,
        "confidence": round(answer.confidence, CONFIDENCE_PLACES),
        "options": {option: round(confidence, CONFIDENCE_PLACES) for option, confidence in answer.options.items()},
        "evidence": [_evidence_to_dict(evidence) for evidence in answer.evidence],
        "searched": list(answer.searched),
        "conflicts": [
            {"values": [asdict(value) for value in conflict.values], "note": conflict.note}
            for conflict in answer.conflicts
        ],
        "comment": answer.comment,
    }


def _evidence_to_dict(evidence: Evidence) -> dict[str, Any]:
    data = asdict(evidence)
    return {"for": data.pop("for_"), **data, "confidence": round(evidence.confidence, CONFIDENCE_PLACES)}


def write_forms(forms: FormSet, version: str, path: Path) -> None:
    """Write a forms.json; half a character, which UTF-8 cannot hold, is escaped."""
    text = json.dumps(forms_to_dict(forms, version), ensure_ascii=False, indent=1, allow_nan=False)
    path.write_bytes((text + "\n").encode("utf-8", errors="backslashreplace"))


def read_forms(path: Path) -> FormSet:
    """The forms of a forms.json or of a manual review in the gold format; FormInvalid lists all that is wrong."""
    data = _read_json(path)
    if isinstance(data, dict) and "projects" in data:
        return _read_forms(data, path)
    if isinstance(data, dict) and "items" in data:
        return read_gold(data, path)
    problem = Problem(str(path), None, "", 'neither forms ("projects") nor a manual review ("items")')
    raise FormInvalid(str(path), [problem])


def _read_json(path: Path) -> Any:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FormInvalid(str(path), [Problem(str(path), None, "", f"is larger than {MAX_BYTES >> 20} MiB")])
        data = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_refuse)
        if _is_deep(data):
            raise ValueError
        return data
    except json.JSONDecodeError as error:
        problem = Problem(str(path), error.lineno, "", f"is not JSON: {error.msg}, column {error.colno}")
    except UnicodeDecodeError as error:
        problem = Problem(str(path), None, "", f"is not text in UTF-8 (byte {error.start})")
    except (RecursionError, ValueError):
        problem = Problem(str(path), None, "", "is not JSON that can be read: nested too deep, or a number too large")
    except OSError as error:
        problem = Problem(str(path), None, "", f"cannot be read: {error.strerror}")
    raise FormInvalid(str(path), [problem])


def _is_deep(data: Any) -> bool:
    """Whether values are nested deeper than a form's; what asks one level at a time cannot run out of room."""
    level = [data]
    for _ in range(MAX_DEPTH):
        level = [
            part
            for value in level
            if isinstance(value, list | dict)
            for part in (value.values() if isinstance(value, dict) else value)
        ]
    return bool(level)


def _refuse(constant: str) -> None:
    """NaN and Infinity, which Python would read, are no JSON."""
    raise ValueError(constant)


def _read_forms(data: Mapping[str, Any], path: Path) -> FormSet:
    from extractor.exchange.schema import find_problems

    problems = find_problems(data, str(path))
    if problems:
        raise FormInvalid(str(path), problems)
    rubric, model = data["rubric"], data["model"]
    provenance = Provenance(
        created=data["created"],
        coder=data["coder"],
        rubric_name=rubric["name"],
        rubric_version=rubric["version"],
        rubric_hash=rubric["hash"],
        model_name=model["name"],
        model_hash=model["hash"],
    )
    return FormSet(provenance, tuple(form_from_dict(project) for project in data["projects"]))


def form_from_dict(data: Mapping[str, Any]) -> Form:
    """The form that `form_to_dict` was given."""
    documents = tuple(_facts_from_dict(facts) for facts in data["documents"])
    return Form(data["project"], documents, {item: _answer_from_dict(a) for item, a in data["items"].items()})


def _facts_from_dict(data: Mapping[str, Any]) -> DocumentFacts:
    return DocumentFacts(**{**_known(data, DOCUMENT_KEYS), "authors": tuple(data["authors"])})


def _answer_from_dict(data: Mapping[str, Any]) -> Answer:
    return Answer(
        status=data["status"],
        value=data["value"],
        confidence=data["confidence"],
        options=data["options"],
        evidence=tuple(_evidence_from_dict(evidence) for evidence in data["evidence"]),
        searched=tuple(data["searched"]),
        conflicts=tuple(
            Conflict(tuple(ConflictValue(**_known(v, CONFLICT_KEYS)) for v in conflict["values"]), conflict["note"])
            for conflict in data["conflicts"]
        ),
        comment=data["comment"],
    )


def _evidence_from_dict(data: Mapping[str, Any]) -> Evidence:
    return Evidence(for_=data["for"], **_known(data, EVIDENCE_KEYS))


def _known(data: Mapping[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    """Without keys that this version does not know."""
    return {key: value for key, value in data.items() if key in keys}
