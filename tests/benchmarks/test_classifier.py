"""What the benchmark of the classifier prints; how long things take is not tested."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import classifier
from benchmarks.classifier import Speed
from tests.coding import tiny

GOOD = Speed(
    options=2,
    examples=20,
    training_seconds=8,
    training_cpu_seconds=9,
    passages=20,
    passages_a_second=5_000,
    passages_a_cpu_second=6_000,
    model_mb=20,
    scorer_mb=18,
    processor="a processor",
)


def test_what_is_measured(tmp_path: Path) -> None:
    examples = tiny.rubric(tmp_path / "rubric").examples
    speed = classifier.measure(examples, tmp_path, rounds=1)
    assert (speed.options, speed.examples, speed.passages) == (3, len(examples), len(examples))
    assert speed.training_seconds > 0
    assert speed.passages_a_second > 0
    assert 0 < speed.scorer_mb < 1
    assert speed.processor


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, []),
        ({"passages_a_second": 2_499.0}, ["passages a second"]),
        ({"training_seconds": 301.0}, ["training, seconds"]),
        ({"model_mb": 33.0}, ["model and scorer, MB"]),
    ],
)
def test_what_is_missed_is_said(change: dict[str, float], missed: list[str]) -> None:
    speed = replace(GOOD, **change)  # type: ignore[arg-type]
    assert [name for name, *_, reached in classifier.against_targets(speed) if not reached] == missed
    assert sum("MISSED" in line for line in classifier.lines(speed)) == len(missed)


def test_no_examples_are_no_model(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="too few"):
        classifier.measure((), tmp_path)
