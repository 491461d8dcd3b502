"""The samples' reviews taken in and learnt from: the machine's form moves towards the review."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import SAMPLES, Samples, run

PROJECT = "colombia-justice-2013"
REVIEW = SAMPLES / "reviews" / f"{PROJECT}.A.json"


@pytest.fixture(scope="module")
def taught(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A copy of the workspace that has learnt from the reviews of reviewer A, and what it said of it."""
    folder = tmp_path_factory.mktemp("taught") / "ws"
    shutil.copytree(samples.workspace, folder)
    for path in sorted((SAMPLES / "reviews").glob("*.A.json")):
        run("import", str(folder), str(path))
    return folder, json.loads(run("train", str(folder), "--json").stdout)


def test_every_quote_of_the_review_stands_at_its_place(taught: tuple[Path, Any], tmp_path: Path) -> None:
    run("export", str(taught[0]), "--coder", "A", "--to", str(tmp_path / "a.json"))
    forms = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["projects"]
    form = next(form for form in forms if form["project"] == PROJECT)
    evidence = [piece for answer in form["items"].values() for piece in answer["evidence"]]
    given = json.loads(REVIEW.read_text(encoding="utf-8"))["items"].values()
    assert len(evidence) >= sum(len(answer.get("evidence") or []) for answer in given)
    for file in {piece["file"] for piece in evidence}:
        pages = json.loads(run("text", str(taught[0]), file, "--json").stdout)["pages"]
        texts = {page["page"]: page["text"] for page in pages}
        for piece in (piece for piece in evidence if piece["file"] == file):
            assert texts[piece["page"]][piece["start"] : piece["end"]] == piece["quote"]


def test_the_machines_form_moves_towards_the_review(taught: tuple[Path, Any]) -> None:
    figures = taught[1]
    assert figures["passages"]["new"] > 20
    assert figures["micro_f1"]["after"] >= figures["micro_f1"]["before"]
    assert figures["kept"] is True
    assert figures["micro_f1"]["cross_validated"] > 0.6


def test_what_was_learnt_lasts(taught: tuple[Path, Any]) -> None:
    again = run("extract", str(SAMPLES / "archive"), "--workspace", str(taught[0]))
    assert "0 read now, 0 coded now" in again.stderr
