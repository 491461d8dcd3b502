"""The main job over `samples/`, held to golden files and to the contract.

What is found changes as extraction improves: look at the difference, then accept it with `pytest --update-golden`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor import __version__
from extractor.rubric import CODED_TYPES
from extractor.rubric_yaml import load_rubric
from tests.acceptance.conftest import SAMPLES, Samples, run

GOLDEN = Path(__file__).parent / "golden"
PROJECT = "albania-shelters-2006"
MASK = "(masked)"
ITEM_KEYS = ["value", "status", "confidence", "options", "evidence", "searched", "conflicts", "comment"]
EVIDENCE_KEYS = ["for", "file", "page", "printed_page", "start", "end", "quote", "confidence", "coder", "why"]
DOCUMENT_KEYS = ["file", "sha256", "type", "outcome", "pages", "language", "title", "authors", "date"]
STATUSES = {"found", "not_found", "not_applicable", "unreadable"}


def hold(name: str, text: str, update: bool) -> None:
    """Compare with the golden file of this name, or write it."""
    path = GOLDEN / name
    if update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{name} differs; look at it, then run pytest --update-golden"


def as_lines(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def coarse(data: Any) -> Any:
    """Confidences in two places: the last of four depends on the processor's arithmetic."""
    if isinstance(data, dict):
        return {key: coarse(value) for key, value in data.items()}
    if isinstance(data, list):
        return [coarse(value) for value in data]
    return round(data, 2) if isinstance(data, float) else data


def form_lines(exported: Any) -> Iterator[str]:
    """The whole export with a line for each piece of evidence, so that a difference shows what it is about."""
    yield json.dumps({key: value for key, value in exported.items() if key != "projects"})
    for form in exported["projects"]:
        yield from (f"{form['project']} {json.dumps(document, ensure_ascii=False)}" for document in form["documents"])
        for item, answer in form["items"].items():
            rest = {key: value for key, value in answer.items() if key not in {"evidence", "searched"}}
            yield f"{form['project']} {item} {json.dumps(rest, ensure_ascii=False)}"
            yield from (f"    {json.dumps(entry, ensure_ascii=False)}" for entry in answer["evidence"])


# ------------------------------------------------------------------ golden files


def test_status(samples: Samples, update_golden: bool) -> None:
    data = samples.json("status")
    for entry in data["files"]:
        assert entry["seconds"] > 0
        entry["seconds"] = MASK
    hold("status.json", as_lines(data), update_golden)


def test_forms(exported: Any, update_golden: bool) -> None:
    assert exported["created"] == "2010-01-01T00:00:00Z"
    masked = {**exported, "created": MASK, "deskreview": MASK, "model": {**exported["model"], "hash": MASK}}
    hold("forms.txt", "\n".join(form_lines(coarse(masked))) + "\n", update_golden)


def test_one_form_shown(samples: Samples, update_golden: bool) -> None:
    hold("show.txt", samples.run("show", PROJECT), update_golden)


def test_case_study(samples: Samples, update_golden: bool, tmp_path: Path) -> None:
    path = tmp_path / "case-study.md"
    run("report", "case-study", str(samples.workspace), "--project", PROJECT, "--to", str(path))
    hold("case-study.md", path.read_text(encoding="utf-8").replace(__version__, MASK), update_golden)


# ------------------------------------------------------------------ the run


def test_the_run_ends_well(samples: Samples) -> None:
    assert "Traceback" not in samples.err
    assert all(folder.name in samples.out for folder in (SAMPLES / "archive").iterdir())


def test_a_second_run_does_nothing(samples: Samples) -> None:
    again = run("extract", str(SAMPLES / "archive"), "--workspace", str(samples.workspace))
    assert "0 read now, 0 coded now" in again.stderr


def test_every_file_has_an_outcome(samples: Samples) -> None:
    archive = SAMPLES / "archive"
    files = {path.relative_to(archive).as_posix() for path in archive.rglob("*") if path.is_file()}
    entries = {entry["file"]: entry for entry in samples.json("status")["files"]}
    assert set(entries) == files
    assert all(entry["reason"] for entry in entries.values() if entry["outcome"] not in {"ok", "duplicate"})


# ------------------------------------------------------------------ the contract


def answers(exported: Any) -> Iterator[tuple[str, str, Any]]:
    for form in exported["projects"]:
        for item, answer in form["items"].items():
            yield form["project"], item, answer


def test_keys(exported: Any) -> None:
    assert list(exported) == ["schema", "deskreview", "created", "coder", "rubric", "model", "projects"]
    assert (exported["schema"], exported["coder"]) == (1, "machine")
    assert list(exported["rubric"]) == ["name", "version", "hash"]
    assert list(exported["model"]) == ["name", "hash"]
    for form in exported["projects"]:
        assert list(form) == ["project", "documents", "items"]
        assert all(list(document) == DOCUMENT_KEYS for document in form["documents"])
    for _, _, answer in answers(exported):
        assert list(answer) == ITEM_KEYS
        assert all(list(evidence) == EVIDENCE_KEYS for evidence in answer["evidence"])


def test_every_project_has_every_item_and_option(exported: Any) -> None:
    rubric = load_rubric("counter_trafficking")
    assert [form["project"] for form in exported["projects"]] == sorted(p.name for p in (SAMPLES / "archive").iterdir())
    for form in exported["projects"]:
        assert list(form["items"]) == [item.id for item in rubric.items]
        for item in rubric.items:
            options = [option.id for option in item.options] if item.type in CODED_TYPES else []
            assert list(form["items"][item.id]["options"]) == options


def test_statuses_fit_values(exported: Any) -> None:
    for project, item, answer in answers(exported):
        assert answer["status"] in STATUSES, (project, item)
        assert (answer["value"] is not None) is (answer["status"] == "found"), (project, item)
        assert answer["evidence"] == [] or answer["status"] == "found", (project, item)


def test_what_is_found_has_evidence_and_what_is_not_names_what_was_searched(exported: Any) -> None:
    for project, item, answer in answers(exported):
        if answer["status"] == "found":
            assert answer["evidence"] or answer["comment"], (project, item)
        if answer["status"] == "not_found":
            assert answer["searched"], (project, item)


def test_confidences_are_probabilities_of_four_places(exported: Any) -> None:
    for project, item, answer in answers(exported):
        numbers = [answer["confidence"], *answer["options"].values(), *(e["confidence"] for e in answer["evidence"])]
        assert all(0 <= number <= 1 and round(number, 4) == number for number in numbers), (project, item)


def test_the_best_evidence_comes_first(exported: Any) -> None:
    for project, item, answer in answers(exported):
        confidences = [evidence["confidence"] for evidence in answer["evidence"]]
        assert confidences == sorted(confidences, reverse=True), (project, item)


def test_ticked_options_are_the_forms(exported: Any) -> None:
    rubric = load_rubric("counter_trafficking")
    for project, name, answer in answers(exported):
        item = rubric.item(name)
        if item is None or item.type not in {"single", "multi"} or answer["value"] is None:
            continue
        values = answer["value"] if isinstance(answer["value"], list) else [answer["value"]]
        for value in values:
            known = isinstance(value, dict) and "other" in value if not isinstance(value, str) else item.option(value)
            assert known, (project, name, value)
        assert {e["for"] for e in answer["evidence"]} <= {v for v in values if isinstance(v, str)} | {""}


def test_every_quote_stands_verbatim_in_the_text(samples: Samples, exported: Any) -> None:
    quotes: dict[str, list[Any]] = {}
    for _, _, answer in answers(exported):
        for evidence in answer["evidence"]:
            quotes.setdefault(evidence["file"], []).append(evidence)
    assert sum(map(len, quotes.values())) > 300
    for file, entries in quotes.items():
        pages = {page["page"]: page for page in samples.json("text", file)["pages"]}
        for entry in entries:
            page = pages[entry["page"]]
            assert page["text"][entry["start"] : entry["end"]] == entry["quote"]
            assert page["printed_page"] == entry["printed_page"]


@pytest.mark.parametrize("project", ["albania-shelters-2006", "gulf-of-guinea-return-2010"])
def test_show_is_the_same_form(samples: Samples, exported: Any, project: str) -> None:
    (form,) = (entry for entry in exported["projects"] if entry["project"] == project)
    assert samples.json("show", project) == form
