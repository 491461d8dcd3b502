"""Classifiers of any labels: what they learn, that they are judged on what they have not seen, their files."""

from __future__ import annotations

import itertools
import pickle
from pathlib import Path

import numpy as np
import pytest
from skops.io import dump, load

from extractor.coding import classifier
from extractor.coding.label_figures import Labelled, evaluate
from extractor.coding.labels import cross_validate, read_labels, save_labels, train_labels
from extractor.errors import DeskreviewError, UsageError

PLACES = ("Accra", "Dakar", "Hanoi", "Lima", "Minsk", "Quito", "Skopje", "Tirana")
SAYINGS = {
    "training": ("Officers in {} were trained to interview", "The course in {} taught officers new skills"),
    "shelter": ("Women in {} stayed in the shelter at night", "A shelter in {} gave beds to women"),
    "radio": ("Listeners in {} heard the radio spots", "The radio in {} sent out warnings"),
}
SINGLE = [
    Labelled(saying.format(place), frozenset([label]), place)
    for label, sayings in SAYINGS.items()
    for saying, place in itertools.product(sayings, PLACES)
]
SEVERAL = [
    *SINGLE,
    *(
        Labelled(
            f"In {place} officers were trained and women stayed in the shelter", frozenset(["training", "shelter"])
        )
        for place in PLACES
    ),
    *(Labelled(f"It rained in {place} on all days of the week", frozenset()) for place in PLACES),
]


def test_passages_like_those_learnt_get_their_label() -> None:
    model = train_labels(SINGLE)
    found = model.predict(["Officers in Oslo were trained to interview", "The radio in Oslo sent out warnings"])
    assert [prediction.labels for prediction in found] == [("training",), ("radio",)]
    assert all(0.5 < prediction.confidence <= 1 for prediction in found)


def test_several_labels_and_none() -> None:
    model = train_labels(SEVERAL)
    found = model.predict(
        ["In Oslo officers were trained and women stayed in the shelter", "It rained in Oslo on all days of the week"]
    )
    assert [set(prediction.labels) for prediction in found] == [{"training", "shelter"}, set()]


def test_cross_validation_finds_what_is_there_to_be_found() -> None:
    figures = evaluate(SINGLE, cross_validate(SINGLE))
    assert (figures["n"], figures["groups"]) == (48, 8)
    assert figures["accuracy"] > 0.9


def test_no_group_is_on_both_sides() -> None:
    """Each group has words of its own, so a label that follows the group cannot be told from other groups."""
    rows = [
        Labelled(f"{word} {word} {index}", frozenset([label]), word) for word, label in GROUPS for index in range(5)
    ]
    figures = evaluate(rows, cross_validate(rows))
    assert figures["accuracy"] < 0.8
    loose = [Labelled(row.text, row.labels) for row in rows]
    assert evaluate(loose, cross_validate(loose))["accuracy"] > figures["accuracy"]


GROUPS = tuple(zip(("alpha", "bravo", "charlie", "delta", "echo", "foxtrot"), "xyxyxy", strict=True))


@pytest.mark.parametrize(
    "rows",
    [
        [Labelled("one text", frozenset("a")), Labelled("another text", frozenset("a"))],
        [Labelled("one text", frozenset("a")), Labelled("another text", frozenset("b"))],
        [Labelled("...", frozenset("a"))] * 3 + [Labelled("!!", frozenset("b"))] * 3,
    ],
)
def test_too_little_to_learn_from_is_said(rows: list[Labelled]) -> None:
    with pytest.raises(UsageError, match="nothing to learn"):
        train_labels(rows)


def test_the_same_rows_give_the_same_model(tmp_path: Path) -> None:
    texts = [row.text for row in SINGLE]
    assert train_labels(SINGLE, 3).predict(texts) == train_labels(SINGLE, 3).predict(texts)


def test_many_passages_are_fitted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    dual = train_labels(SINGLE).scores([row.text for row in SINGLE])
    monkeypatch.setattr(classifier, "MAX_DUAL", 10)
    folds = train_labels(SINGLE).scores([row.text for row in SINGLE])
    assert (dual.argmax(axis=1) == folds.argmax(axis=1)).all()


def test_a_kept_model_predicts_the_same(tmp_path: Path) -> None:
    model = train_labels(SEVERAL)
    save_labels(model, tmp_path / "model.skops")
    again = read_labels(tmp_path / "model.skops")
    texts = [row.text for row in SEVERAL]
    assert again.predict(texts) == model.predict(texts)
    assert (again.is_single, again.threshold) == (False, model.threshold)


@pytest.mark.parametrize(
    "change", [{"words": None}, {"labels": ["a"]}, {"intercepts": np.zeros(1)}, {"weights": "many"}, {"labels": 5}]
)
def test_models_whose_parts_do_not_fit_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    save_labels(train_labels(SINGLE), tmp_path / "model.skops")
    content = load(tmp_path / "model.skops")
    dump(content | change, tmp_path / "model.skops")
    with pytest.raises(DeskreviewError, match="cannot be read"):
        read_labels(tmp_path / "model.skops")


def test_files_that_are_no_models_are_refused(tmp_path: Path) -> None:
    pickled, other = tmp_path / "pickled.skops", tmp_path / "other.skops"
    pickled.write_bytes(pickle.dumps({"labels": []}))
    dump({"labels": [], "words": Path}, other)
    for path in (pickled, other):
        with pytest.raises(DeskreviewError):
            read_labels(path)
