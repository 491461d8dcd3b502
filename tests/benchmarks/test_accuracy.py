"""The figures that the benchmark prints, on forms made by hand."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks import accuracy
from benchmarks.accuracy import MIN_PROJECTS, Coded
from extractor import agreement as agree
from extractor import workspace
from extractor.agreement import Box
from extractor.model import Answer, Evidence, Form
from extractor.rubric import Item, Option, Rubric
from tests import factory
from tests.archives import in_process, make_archive
from tests.coding import tiny

TYPE = Item("type", "Type", "multi", options=(Option("training", "Police training"), Option("shelter", "Shelter")))
QUOTE = "The project trained forty police officers in the capital."


def evidence(for_: str, quote: str) -> Evidence:
    return Evidence(for_, "a.pdf", 1, None, 0, len(quote), quote, 0.9, "A", "")


def form(items: Mapping[str, Answer], project: str = "p") -> Form:
    return Form(project, (), items)


def coded(items: Mapping[str, Answer], text: str = "") -> Coded:
    return Coded(form(items), tiny.project([]), factory.source(text).passages)


def box(project: str, reference: bool, test: bool, confidence: float = 0.0) -> Box:
    return Box(project, "type", "training", reference, test, confidence)


# ------------------------------------------------------------------ boxes


def test_figures_of_boxes() -> None:
    units = (
        [box("a", True, True)] * 3
        + [box("a", True, False)]
        + [box("b", False, True)] * 2
        + [box("b", False, False)] * 4
    )
    found = accuracy.figures(units)
    assert (found["n"], found["ticked"], found["proposed"]) == (10, 4, 5)
    assert (found["precision"], found["recall"]) == (0.6, 0.75)
    assert found["f1"] == pytest.approx(0.667)
    assert found["kappa"] == pytest.approx(0.4)
    assert found["f1_interval"] is None


def test_figures_of_nothing_are_undefined() -> None:
    found = accuracy.figures([])
    assert (found["precision"], found["recall"], found["f1"], found["kappa"]) == (None, None, None, None)


def test_an_interval_is_resampled_over_projects() -> None:
    units = [box(f"p{n}", True, n % 3 != 0) for n in range(12)]
    low, high = accuracy.resample(units, agree.recall) or (0.0, 0.0)
    assert low < 8 / 12 < high
    assert accuracy.resample(units, agree.recall) == [low, high]
    assert accuracy.resample(units[: MIN_PROJECTS - 1], agree.recall) is None
    same = [box(f"p{n}", True, True) for n in range(12)]
    assert accuracy.resample(same, agree.recall) == [1.0, 1.0]


def test_the_keyword_coder_ticks_when_all_words_of_a_label_stand_in_a_sentence() -> None:
    text = "The police held a training.\n\nA shelter. The police."
    (training, shelter) = accuracy.keyword_boxes([TYPE], coded({"type": Answer("found", ["training"])}, text))
    assert (training.reference, training.test, shelter.test) == (True, True, True)
    (training, _) = accuracy.keyword_boxes([TYPE], coded({}, "The police came. A training was held."))
    assert (training.reference, training.test) == (False, False)


def test_items_that_are_no_boxes_of_a_project_are_left_out() -> None:
    country = Item("country", "Country", "single", options=(Option("uganda", "Uganda"),))
    rubric = Rubric("r", "1", "R", "hash", (TYPE, country, Item("title", "Title", "text")))
    assert accuracy.box_items(rubric) == [TYPE]


def test_wrong_boxes_are_listed_with_quote() -> None:
    given = {"p": form({"type": Answer("found", ["training"], evidence=(evidence("training", "  a\nquote"),))})}
    units = [box("p", False, True, 0.8), box("p", True, False, 0.2), box("p", True, True, 0.9)]
    rows = accuracy.wrong(units, given)
    assert [(row["kind"], row["quote"]) for row in rows] == [("wrong", "a quote"), ("missed", "a quote")]


# ------------------------------------------------------------------ fields, rows, texts


def test_fields_count_those_that_the_review_has() -> None:
    reference = {
        "project_title": Answer("found", "Support to Shelters"),
        "start_date": Answer("found", "2010", acceptable=("2009-12",)),
        "end_date": Answer("found", None),
        "budget": Answer("found", {"amount": 10, "currency": "EUR"}),
    }
    given = {
        "project_title": Answer("found", "Support to Shelters in the North"),
        "start_date": Answer("found", "2009-12"),
        "end_date": Answer("found", "2012-05"),
        "budget": Answer("found", {"amount": 10, "currency": "USD"}),
    }
    rubric = Rubric("r", "1", "R", "hash", ())
    found = accuracy.fields(rubric, [coded(reference)], {"p": form(given)})
    assert {name: (entry["right"], entry["n"]) for name, entry in found.items()} == {
        "project_title": (1, 1),
        "start_date": (1, 1),
        "end_date": (0, 0),
        "country": (0, 0),
        "budget": (0, 1),
        "expenditure": (0, 0),
        "project_code": (0, 0),
        "all": (2, 3),
    }


def row(statement: str, target: float | None, achieved: float | None) -> dict[str, Any]:
    return {"level": "output", "statement": statement, "target": target, "achieved": achieved}


def test_result_rows_are_right_when_target_and_achieved_are() -> None:
    reference = {
        "results_achieved": Answer("found", [row("Police officers trained", 150, 171), row("Shelters run", 2, 2)])
    }
    given = {
        "results_achieved": Answer(
            "found", [row("Police officers trained", 150, 171), row("Shelters run", 2, 3), row("Desks opened", 1, 1)]
        )
    }
    found = accuracy.results_rows([coded(reference)], {"p": form(given)})
    assert (found["reference"], found["given"], found["right"]) == (2, 3, 1)
    assert (found["recall"], found["precision"]) == (0.5, 0.333)


def test_projects_without_reviewed_rows_do_not_count() -> None:
    given = {"results_achieved": Answer("found", [row("Desks opened", 1, 1)])}
    assert accuracy.results_rows([coded({})], {"p": form(given)})["recall"] is None


def test_recommendations_cover_the_reviews_quotes() -> None:
    quotes = (
        evidence("", "The ministry should train judges."),
        evidence("", "Pay the rent of shelters from the budget."),
    )
    reference = {"recommendations": Answer("found", {"general": ["x"]}, evidence=quotes)}
    given = {
        "recommendations": Answer(
            "found", {"general": ["The ministry should train judges and clerks."], "a": ["Paint walls."]}
        )
    }
    found = accuracy.recommendations([coded(reference)], {"p": form(given)})
    assert (found["reference"], found["given"]) == (2, 2)
    assert (found["recall"], found["precision"]) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("quote", "same"),
    [
        (QUOTE, 1),
        ("It is true that the project trained forty police officers.", 1),
        ("Forty officers were trained.", 0),
    ],
)
def test_the_same_passage_shares_six_words_in_a_row(quote: str, same: int) -> None:
    reference = {"type": Answer("found", ["training"], evidence=(evidence("training", QUOTE),))}
    given = {"type": Answer("found", ["training"], evidence=(evidence("training", quote), evidence("training", QUOTE)))}
    found = accuracy.same_passage([coded(reference)], {"p": form(given)})
    assert (found["n"], found["same"]) == (1, same)


def test_options_that_only_one_ticks_have_no_passage_in_common() -> None:
    reference = {"type": Answer("found", ["shelter"], evidence=(evidence("shelter", QUOTE),))}
    given = {"type": Answer("found", ["training"], evidence=(evidence("training", QUOTE),))}
    assert accuracy.same_passage([coded(reference)], {"p": form(given)}) == {"n": 0, "same": 0, "share": None}


# ------------------------------------------------------------------ calibration


def test_calibration_of_confidences_that_are_right() -> None:
    sure = [box("p", n % 10 != 0, True, 0.9) for n in range(100)]
    found = accuracy.calibration(sure)
    assert found["n"] == 100
    assert found["error"] == pytest.approx(0.0, abs=1e-9)


def test_the_reliability_curve_and_the_error_by_item() -> None:
    boxes = [box("p", n % 2 == 0, True, 0.5 + n / 1000) for n in range(100)]
    found = accuracy.calibration(boxes)
    assert [n for n, _, _ in found["curve"]] == [10] * 10
    assert all(ticked == 0.5 for _, _, ticked in found["curve"])
    assert [entry["n"] for entry in found["by_item"].values()] == [100]
    assert "curve" not in next(iter(found["by_item"].values()))


def test_calibration_of_confidences_that_are_wrong() -> None:
    found = accuracy.calibration([box("p", n % 2 == 0, True, 0.99) for n in range(100)])
    assert found["error"] == pytest.approx(0.49)
    assert found["brier_skill"] < 0


def test_boxes_that_nobody_ticks_do_not_calibrate() -> None:
    assert accuracy.calibration([box("p", False, False, 0.05)] * 10) == {"n": 0}


# ------------------------------------------------------------------ the whole


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Manual reviews of two projects of the small archive."""
    folder = tmp_path / "gold"
    folder.mkdir()
    for project, ticks in (("alpha", ["training", "shelter"]), ("gamma", ["shelter"]), ("beta", ["training"])):
        items = {
            "project_type": {"value": ticks, "evidence": [{"for": ticks[-1], "quote": QUOTE}]},
            "start_date": {"value": "2010-03"},
            "recommendations": {"value": {"general": ["x"]}, "evidence": []},
        }
        review = {"document": project, "coder": "A", "items": items}
        (folder / f"{project}.A.json").write_text(json.dumps(review), encoding="utf-8")
    return folder


def test_the_benchmark_from_archive_to_figures(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "run_isolated", in_process)
    head = tiny.HEAD + "- {id: recommendations, label: Advice, type: recommendations}\n"
    rubric = tiny.write_rubric(tmp_path / "rubric", head)
    options = argparse.Namespace(rubric=str(rubric), jobs=1)
    loaded, projects = accuracy.load(make_archive(tmp_path / "archive"), gold, tmp_path / "ws", options)
    assert sorted(project.gold.project for project in projects) == ["alpha", "beta", "gamma"]
    result = accuracy.measure(loaded, projects[:2], {"more": projects[2:]}, frozenset({projects[0].gold.project}))
    assert result["projects"] == 2
    assert result["boxes"]["both"]["n"] == 2 * 6
    assert {key: entry["both"]["n"] for key, entry in result["apart"].items()} == {
        "in the field": 6,
        "outside it": 6,
        "more": 6,
    }
    assert result["boxes"]["rules"]["recall"] == 1.0
    assert result["typed"]["main"]["fields"]["start_date"]["n"] == 2
    assert result["typed"]["more"]["fields"]["start_date"]["n"] == 1
    json.dumps(result)
    accuracy.show(result)
    assert "Option boxes, pooled" in capsys.readouterr().out
    accuracy.write_combiner(loaded, projects, tmp_path / "combiner.json")
    assert json.loads((tmp_path / "combiner.json").read_text())["fitted_on"].startswith("3 coded projects, 4 ticks")
