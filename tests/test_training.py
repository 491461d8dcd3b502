"""Training on a CSV of labelled passages, evaluating, applying: the commands of people with data of their own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from extractor.cli import run
from extractor.coding.label_figures import Labelled
from extractor.errors import EXIT_USAGE
from tests.coding.test_labels import SEVERAL, SINGLE


def write(path: Path, rows: list[Labelled]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["text", "label", "place"])
        writer.writerows([row.text, ";".join(sorted(row.labels)), row.group] for row in rows)
    return path


def figures(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, object]:
    assert run([*map(str, arguments), "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_cross_validation_by_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, "train", "--labels", write(tmp_path / "a.csv", SINGLE), "--group", "place")
    assert (found["n"], found["trained_on"], found["groups"]) == (48, 48, 8)
    assert found["evaluated_by"] == "cross-validation"
    assert {"accuracy", "macro_f1", "micro_f1", "kappa", "accuracy_interval", "kappa_interval"} <= set(found)


def test_a_test_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learnt, judged = write(tmp_path / "a.csv", SINGLE[:-6]), write(tmp_path / "b.csv", SINGLE[-6:])
    found = figures(capsys, "train", "--labels", learnt, "--test", judged)
    assert (found["n"], found["trained_on"], found["accuracy"]) == (6, 42, 1.0)


def test_a_model_is_kept_and_applied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learnt, model, labelled = write(tmp_path / "a.csv", SEVERAL), tmp_path / "m.skops", tmp_path / "out.csv"
    assert run(["train", "--labels", str(learnt), "--to", str(model)]) == 0
    assert "micro F1" in capsys.readouterr().out
    assert run(["classify", str(model), str(learnt), "--to", str(labelled)]) == 0
    with labelled.open(encoding="utf-8-sig", newline="") as stream:
        rows = [*csv.DictReader(stream)]
    right = sum(set(row["predicted"].split(";")) == set(row["label"].split(";")) for row in rows)
    assert right > 0.9 * len(rows)
    assert all(0 <= float(row["confidence"]) <= 1 for row in rows)


def test_rows_without_text_or_label_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [Labelled(" ", frozenset("x")), *SINGLE, Labelled("no label", frozenset())]
    assert run(["train", "--labels", str(write(tmp_path / "a.csv", rows)), "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["n"] == len(SINGLE)
    assert "2 rows have no text or no label and were left out: rows 2, 51." in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train"], "--labels FILE.csv"),
        (["train", "--labels", "none.csv"], "cannot be read"),
        (["train", "--labels", "{csv}", "--group", "nobody"], "no column nobody"),
        (["classify", "none.skops", "{csv}", "--to", "out.csv"], "There is no model"),
    ],
)
def test_faults_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    path = write(tmp_path / "a.csv", SINGLE)
    assert run([argument.format(csv=path) for argument in arguments]) == EXIT_USAGE
    assert words in capsys.readouterr().err
