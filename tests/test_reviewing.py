"""`import`, `export --coder` and `train WS`: reviews come in, count, and teach."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from extractor import workspace as workspace_module
from extractor.cli import run
from extractor.errors import EXIT_INVALID, EXIT_USAGE
from extractor.workspace import Workspace
from tests.archives import in_process, make_archive
from tests.coding import tiny

PLAN = "The project will train police officers in April 2010."
REVIEW = {
    "items": {
        "project_type": {
            "value": ["training"],
            "evidence": [
                {"for": "training", "quote": PLAN, "file": "alpha/proposal.docx"},
                {"for": "training", "quote": "It rained all day.", "page": 3},
            ],
        },
        "start_date": {"value": "2010-04"},
        "weather": {"value": "fine"},
    }
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    archive = make_archive(folder / "archive")
    rubric = tiny.write_rubric(folder / "rubric")
    with pytest.MonkeyPatch.context() as patch, Workspace.create(folder / "ws") as workspace:
        patch.setattr(workspace_module, "run_isolated", in_process)
        workspace.extract(archive, (str(rubric),))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace, to be changed at will; its rubric and archive stay where they are."""
    monkeypatch.setattr(workspace_module, "run_isolated", in_process)
    shutil.copytree(made / "ws", tmp_path / "ws")
    return tmp_path


def write(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def review(folder: Path, data: Any = REVIEW, name: str = "alpha.A.json") -> Path:
    return write(folder / name, data)


def command(*arguments: str | Path) -> int:
    return run([str(argument) for argument in arguments])


def exported(folder: Path, *options: str) -> Any:
    path = folder / "forms.json"
    assert command("export", folder / "ws", "--to", path, *options) == 0
    return json.loads(path.read_text(encoding="utf-8"))


def items(forms: Any, project: str = "alpha") -> Any:
    return next(form["items"] for form in forms["projects"] if form["project"] == project)


# ------------------------------------------------------------------ import


def test_a_review_is_taken_in_and_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("import", folder / "ws", review(folder)) == 0
    said = capsys.readouterr()
    assert "alpha" in said.out
    assert said.err.splitlines() == [
        'alpha, project_type: a quote for "training" was not found in the documents (page 3)',
        "alpha, weather: no such item in the rubric",
    ]
    forms = exported(folder)
    assert "A 1, machine 3 projects" in capsys.readouterr().err
    assert forms["coder"] == "final"
    answer = items(forms)["project_type"]
    assert (answer["value"], answer["confidence"]) == (["training"], 1.0)
    (evidence,) = answer["evidence"]
    assert (evidence["quote"], evidence["coder"]) == (PLAN, "A")
    assert answer["comment"] == "1 quote was not found in the documents."
    assert items(forms)["start_date"]["value"] == "2010-04"
    assert items(forms)["budget"]["comment"].endswith("the answer is the machine's.")


def test_exports_by_coder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = exported(folder)
    assert before["coder"] == "machine"
    assert command("import", folder / "ws", review(folder)) == 0
    machine, own = exported(folder, "--coder", "machine"), exported(folder, "--coder", "A")
    assert {**machine, "created": ""} == {**before, "created": ""}
    assert [form["project"] for form in own["projects"]] == ["alpha"]
    assert list(items(own)) == ["start_date", "project_type"]
    assert own["projects"][0]["documents"] == machine["projects"][0]["documents"]
    assert command("export", folder / "ws", "--to", folder / "x.json", "--coder", "Zoe") == EXIT_USAGE
    assert "There are: machine, final, A." in capsys.readouterr().err
    assert command("export", folder / "ws", "--to", folder / "x.csv") == 0
    rows = (folder / "x.csv").read_text(encoding="utf-8-sig").splitlines()
    assert {row.rsplit(",", 1)[1] for row in rows if row.startswith("alpha,")} == {"A", "machine"}


def test_a_dry_run_keeps_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("import", folder / "ws", review(folder), "--dry-run") == 0
    assert "Would be taken as the forms of A" in capsys.readouterr().out
    with Workspace.open(folder / "ws") as workspace:
        assert workspace.store.reviews() == []


def test_the_newest_review_counts_and_the_same_is_not_kept_twice(folder: Path) -> None:
    changed = {"items": {"project_type": {"value": ["shelter"]}}}
    for data in (REVIEW, REVIEW, changed, REVIEW):
        assert command("import", folder / "ws", review(folder, data)) == 0
    with Workspace.open(folder / "ws") as workspace:
        (row,) = workspace.store.reviews()
        with workspace.store._begin() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM reviews").scalar() == 3
    assert row.content["items"]["project_type"]["value"] == ["training"]
    assert (row.project, row.coder, row.source, len(row.sha256)) == ("alpha", "A", "alpha.A.json", 64)


def test_two_reviewers_need_an_adjudicated_form(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("alpha.A.json", "alpha.B.json"):
        assert command("import", folder / "ws", review(folder, name=name)) == 0
    exported(folder)
    assert "Several reviewers and no adjudicated form, so the machine's counts: alpha." in capsys.readouterr().err
    assert command("import", folder / "ws", review(folder), "--coder", "final") == 0
    assert items(exported(folder))["project_type"]["value"] == ["training"]


def test_a_corrected_export_needs_a_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forms = exported(folder)
    answer = items(forms)["project_type"]
    quotes = [piece for piece in answer["evidence"] if piece["for"] == "training"]
    answer["value"] = ["training"]
    path = write(folder / "corrected.json", forms)
    assert command("import", folder / "ws", path) == EXIT_USAGE
    assert "--coder NAME" in capsys.readouterr().err
    assert command("import", folder / "ws", path, "--coder", "Anna B") == 0
    kept = items(exported(folder))["project_type"]
    assert [piece["quote"] for piece in kept["evidence"]] == [piece["quote"] for piece in quotes]
    assert kept["options"]["shelter"] == 0.0


def test_a_report_says_whose_form_it_is(folder: Path) -> None:
    assert command("import", folder / "ws", review(folder)) == 0
    assert command("report", "case-study", folder / "ws", "--project", "alpha", "--to", folder / "case.md") == 0
    assert "alpha (A)" in (folder / "case.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".qdpx"])
def test_other_formats_come_later(folder: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    path = folder / f"review{suffix}"
    path.write_bytes(b"x")
    assert command("import", folder / "ws", path) == EXIT_USAGE
    assert "come with a later version" in capsys.readouterr().err


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


HOSTILE = {
    "no JSON": "{",
    "deep": deep(100_000),
    "deep in an answer": f'{{"items": {{"project_title": {{"value": {deep(90)}}}}}}}',
    "deep in a name": f'{{"coder": {deep(500)}, "items": {{"project_title": "x"}}}}',
    "list": "[]",
    "items a list": '{"items": []}',
    "items a number": '{"items": 3}',
    "no items": '{"items": {}}',
    "forms wrong": '{"projects": 3}',
    "project wrong": '{"schema": 1, "projects": [3]}',
    "evidence wrong": '{"items": {"project_type": {"value": ["training"], "evidence": 7}}}',
    "quote wrong": '{"items": {"project_type": {"value": ["training"], "evidence": [{"quote": []}]}}}',
    "number": '{"items": {"budget": {"value": {"amount": 1e999, "currency": "EUR"}}}}',
    "long number": '{"items": {"budget": %s}}' % ("9" * 10_000),
    "not a number": '{"items": {"budget": NaN}}',
    "half a character": '{"items": {"project_title": "\\ud800"}}',
    "wrong types": '{"items": {"project_type": {"value": {"a": {}}}, "start_date": 7, "document_files": true}}',
    "huge": '{"items": {"project_title": "%s"}}' % ("x" * 2_000_000),
    "many": json.dumps({"items": {f"item{number}": "x" for number in range(3_000)}}),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_reviews_are_refused_with_a_message(
    folder: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    path = folder / "alpha.A.json"
    path.write_text(content, encoding="utf-8")
    assert command("import", folder / "ws", path) == EXIT_INVALID
    said = capsys.readouterr()
    assert "alpha.A.json" in said.err
    assert "internal fault" not in said.err
    assert said.out == ""


def test_an_unknown_project_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("import", folder / "ws", review(folder, name="omega.A.json")) == EXIT_INVALID
    assert "omega: no such project in this workspace (there are: alpha, beta, delta, gamma)" in capsys.readouterr().err


@pytest.mark.parametrize("coder", ["machine", "a@b", " x", "x" * 101, "a\x1bb"])
def test_names_that_no_reviewer_has(folder: Path, capsys: pytest.CaptureFixture[str], coder: str) -> None:
    assert command("import", folder / "ws", review(folder), "--coder", coder) == EXIT_USAGE
    assert "--coder NAME" in capsys.readouterr().err


# ------------------------------------------------------------------ train


def test_without_a_review_there_is_nothing_to_learn(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("train", folder / "ws") == EXIT_USAGE
    assert "deskreview import" in capsys.readouterr().err
    assert command("train") == EXIT_USAGE
    assert "--labels FILE.csv" in capsys.readouterr().err


def teach(folder: Path) -> None:
    """Say of the machine's shelter in gamma that it is none, and of alpha that it is training."""
    assert command("import", folder / "ws", review(folder)) == 0
    assert (
        command("import", folder / "ws", review(folder, {"items": {"project_type": {"value": None}}}, "gamma.A.json"))
        == 0
    )


def test_training_moves_the_machines_form_and_lasts(
    made: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    teach(folder)
    before = exported(folder, "--coder", "machine")
    models = {*(folder / "ws" / "models").iterdir()}
    capsys.readouterr()
    assert command("train", folder / "ws", "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["passages"]["new_by_item"]["project_type"] == {"for": 1, "against": 4}
    assert figures["micro_f1"]["cross_validated"] is None
    assert figures["model"]["before"] != figures["model"]["after"]
    after = exported(folder, "--coder", "machine")
    assert after["model"]["hash"] == figures["model"]["after"]
    options = [items(forms, "gamma")["project_type"]["options"]["shelter"] for forms in (before, after)]
    assert options[1] < options[0]
    assert models < {*(folder / "ws" / "models").iterdir()}
    with Workspace.create(folder / "ws") as workspace:
        run_again = workspace.extract(made / "archive", (str(made / "rubric"),))
    assert (run_again.read, run_again.coded) == (0, 0)
    assert {**exported(folder, "--coder", "machine"), "created": ""} == {**after, "created": ""}


def test_training_twice_learns_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teach(folder)
    results = []
    for _ in range(2):
        capsys.readouterr()
        assert command("train", folder / "ws", "--json") == 0
        results.append(json.loads(capsys.readouterr().out))
    assert results[1]["passages"] == {"all": results[0]["passages"]["all"], "new": 0, "new_by_item": {}}
    assert results[1]["changes"] == []
    assert results[1]["model"]["before"] == results[1]["model"]["after"]


def test_a_dry_run_of_training_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teach(folder)
    before = exported(folder, "--coder", "machine")
    assert command("train", folder / "ws", "--dry-run") == 0
    said = capsys.readouterr()
    assert "which flatters" in said.out
    assert "nothing changes" in said.err
    assert {**exported(folder, "--coder", "machine"), "created": ""} == {**before, "created": ""}
    with Workspace.open(folder / "ws") as workspace:
        assert workspace.learnt() == ()


def test_three_projects_are_cross_validated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    teach(folder)
    assert (
        command(
            "import", folder / "ws", review(folder, {"items": {"project_type": {"value": ["training"]}}}, "beta.A.json")
        )
        == 0
    )
    capsys.readouterr()
    assert command("train", folder / "ws", "--dry-run", "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["projects_reviewed"] == 3
    assert 0 <= figures["micro_f1"]["cross_validated"] <= 1
    assert not (folder / "ws" / "tmp").exists()


def test_a_rubric_that_has_changed_asks_for_extract_first(
    made: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(folder)
    with Workspace.open(folder / "ws") as workspace:
        workspace.store.put("rubric", json.dumps(["tiny", "1", "another"]))
    assert command("train", folder / "ws") == EXIT_USAGE
    assert "Run deskreview extract again first" in capsys.readouterr().err
