"""forms.json: forms as the contract writes them, and back; manual reviews in the gold format are read too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractor.errors import FormInvalid, Problem
from extractor.model import Answer, Conflict, ConflictValue, DocumentFacts, Evidence, Form, FormSet, Provenance

SCHEMA = 1
CONFIDENCE_PLACES = 4
NOT_APPLICABLE = ("N/A", "n/a", "not_applicable")
GOLD_SUFFIXES = 2
"""`iom-mekong.A.json`: what is before the last two suffixes is the project, the second last the coder."""


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
    """Write a forms.json."""
    text = json.dumps(forms_to_dict(forms, version), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def read_forms(path: Path) -> FormSet:
    """The forms of a forms.json or of a manual review in the gold format."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise FormInvalid(str(path), [Problem(str(path), line, "", f"cannot be read as JSON: {error}")]) from None
    if isinstance(data, dict) and "projects" in data:
        return _read_forms(data, path)
    if isinstance(data, dict) and isinstance(data.get("items"), dict):
        return _read_gold(data, path)
    raise FormInvalid(str(path), [Problem(str(path), None, "", "neither forms nor a manual review: no 'items' in it")])


def _read_forms(data: Mapping[str, Any], path: Path) -> FormSet:
    try:
        forms = tuple(form_from_dict(project) for project in data["projects"])
        rubric, model = data.get("rubric") or {}, data.get("model") or {}
        provenance = Provenance(
            created=str(data.get("created", "")),
            coder=str(data.get("coder", "machine")),
            rubric_name=str(rubric.get("name", "")),
            rubric_version=str(rubric.get("version", "")),
            rubric_hash=str(rubric.get("hash", "")),
            model_name=str(model.get("name", "")),
            model_hash=str(model.get("hash", "")),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FormInvalid(
            str(path), [Problem(str(path), None, "projects", f"not in the shape of forms.json ({error})")]
        ) from None
    return FormSet(provenance, forms)


def form_from_dict(data: Mapping[str, Any]) -> Form:
    """The form that `form_to_dict` was given."""
    documents = tuple(DocumentFacts(**{**facts, "authors": tuple(facts["authors"])}) for facts in data["documents"])
    return Form(data["project"], documents, {item: _answer_from_dict(a) for item, a in data["items"].items()})


def _answer_from_dict(data: Mapping[str, Any]) -> Answer:
    return Answer(
        status=data["status"],
        value=data["value"],
        confidence=data["confidence"],
        options=data["options"],
        evidence=tuple(_evidence_from_dict(evidence) for evidence in data["evidence"]),
        searched=tuple(data["searched"]),
        conflicts=tuple(
            Conflict(tuple(ConflictValue(**value) for value in conflict["values"]), conflict["note"])
            for conflict in data["conflicts"]
        ),
        comment=data["comment"],
    )


def _evidence_from_dict(data: Mapping[str, Any]) -> Evidence:
    rest = {key: value for key, value in data.items() if key != "for"}
    return Evidence(for_=data["for"], **rest)


def _read_gold(data: Mapping[str, Any], path: Path) -> FormSet:
    """A manual review: one project, its values as they are, its quotes without places."""
    parts = path.name.split(".")
    project = ".".join(parts[:-GOLD_SUFFIXES]) or parts[0]
    coder = str(data.get("coder") or (parts[-GOLD_SUFFIXES] if len(parts) > GOLD_SUFFIXES else "reviewer"))
    items: dict[str, Answer] = {}
    for item, answer in data["items"].items():
        entry = answer if isinstance(answer, dict) else {"value": answer}
        value = {**entry} if "amount" in entry and "value" not in entry else entry.get("value")
        evidence = tuple(_gold_evidence(quote, coder) for quote in entry.get("evidence") or [])
        acceptable = tuple(entry.get("also_acceptable") or ())
        if value in NOT_APPLICABLE:
            items[item] = Answer("not_applicable", None, 1.0, {}, evidence, acceptable=acceptable)
        else:
            items[item] = Answer("found", value, 1.0, {}, evidence, acceptable=acceptable)
    return FormSet(Provenance("", coder), (Form(project, (), items),))


def _gold_evidence(data: Any, coder: str) -> Evidence:
    entry = data if isinstance(data, dict) else {"quote": str(data)}
    page = entry.get("page")
    return Evidence(
        for_=str(entry.get("for", "")),
        file=str(entry.get("file", "")),
        page=page if isinstance(page, int) else None,
        printed_page=None,
        start=-1,
        end=-1,
        quote=str(entry.get("quote", "")),
        confidence=1.0,
        coder=coder,
        why="",
    )
