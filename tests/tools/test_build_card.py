"""The classifier's card: its measures, and that its counts are those of the examples that are shipped now."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from extractor.coding import classifier
from extractor.rubric import Example
from extractor.rubric_yaml import list_rubrics, load_rubric
from tools import build_card, card_curve, card_data, card_figures
from tools.card_data import Data, LeftOut
from tools.card_figures import Bin, Point

Table = Sequence[Sequence[float]]


def example(frame: str, text: str, yes: Sequence[str] = (), no: Sequence[str] = (), kind: str = "proposal") -> Example:
    return Example(frame, kind, "Activities", text, tuple(yes), tuple(no))


def left_out(
    yes: Table, taken: Table, no: Table | None = None, scores: Table | None = None, frames: Sequence[int] = ()
) -> LeftOut:
    shown, chosen = np.array(yes, dtype=bool), np.array(taken, dtype=bool)
    return LeftOut(
        tuple(f"item.{chr(97 + column)}" for column in range(shown.shape[1])),
        shown,
        np.array(no, dtype=bool) if no else np.zeros_like(shown),
        np.array(scores if scores else taken, dtype=float),
        chosen,
        (0.5,),
        np.array(frames or range(len(shown))),
        tuple("proposal" if row % 2 else "evaluation" for row in range(len(shown))),
    )


def trainings(count: int) -> list[Example]:
    police = [example(f"p{n}", f"police officers were trained in town {n}", ["type.police"]) for n in range(count)]
    shelter = [example(f"s{n}", f"women slept in the shelter on night {n}", ["type.shelter"]) for n in range(count)]
    return police + shelter


# ------------------------------------------------------------------ the page is of today's examples


@pytest.mark.parametrize("folder", list_rubrics(), ids=lambda folder: folder.name)
def test_the_card_counts_the_examples_that_are_shipped(folder: Any) -> None:
    row = build_card.counts_row(folder.name, card_data.data_of(load_rubric(folder).examples))
    assert row in build_card.PAGE.read_text(encoding="utf-8").splitlines(), "run: make card"


def test_the_card_has_all_parts_of_its_template() -> None:
    def headings(text: str) -> list[str]:
        return [line.split(" {")[0] for line in text.splitlines() if line.startswith("#")]

    template = build_card.TEMPLATE.read_text(encoding="utf-8").replace("{weakest_number}", str(build_card.WEAKEST))
    assert headings(build_card.PAGE.read_text(encoding="utf-8")) == headings(template), "run: make card"


def test_the_picture_is_drawn() -> None:
    picture = ElementTree.fromstring((build_card.DOCS / build_card.PICTURE).read_text(encoding="utf-8"))  # noqa: S314
    assert picture.tag.endswith("svg")


# ------------------------------------------------------------------ the data


def test_counts_of_examples() -> None:
    examples = [*trainings(3), example("p0", "a police course was called off", ["type.rare"], ["type.police"])]
    assert card_data.data_of(examples) == Data(
        options=2, passages=7, frames=6, words=7, positive=(3, 3, 3), negative=(0, 0.5, 1), registers=(("proposal", 7),)
    )


def test_examples_of_nothing_have_no_spread() -> None:
    assert card_data.data_of([example("a", "rain")]).positive == (0, 0, 0)


@pytest.mark.parametrize(("share", "count"), [(1.0, 10), (0.5, 5), (0.1, 1), (0.01, 1)])
def test_a_share_of_the_frames_is_drawn_whole(share: float, count: int) -> None:
    frames = np.repeat(np.arange(10), 2)
    rows = card_data.some_frames(np.arange(20), frames, share, seed=3)
    assert len(rows) == 2 * count
    assert len(set(frames[rows])) == count


def test_a_larger_share_holds_a_smaller_one() -> None:
    frames = np.arange(20)
    small, large = (set(card_data.some_frames(frames, frames, share, seed=3)) for share in (0.25, 0.5))
    assert small < large


def test_a_frame_is_never_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    sides: list[tuple[set[str], set[str]]] = []

    def watch(learnt: Sequence[Example], judged: Sequence[Example], labels: Sequence[str]) -> Any:
        sides.append(({e.frame for e in learnt}, {e.frame for e in judged}))
        return np.zeros((len(judged), len(labels)))

    monkeypatch.setattr(card_data, "_scores", watch)
    card_data.leave_out([example(f"f{n % 7}", f"text {n}", ["a.b"] if n % 2 else []) for n in range(28)])
    assert len(sides) == card_data.FOLDS
    assert all(not learnt & judged for learnt, judged in sides)
    assert set().union(*(judged for _, judged in sides)) == {f"f{n}" for n in range(7)}


def test_unseen_passages_are_told_apart_and_the_same_each_time() -> None:
    first, second = (card_data.leave_out(trainings(12)) for _ in range(2))
    assert np.array_equal(first.scores, second.scores)
    assert card_figures.figures(first).f1 > 0.9


def test_an_option_that_a_fold_cannot_learn_scores_nothing() -> None:
    fewest = classifier.MIN_EXAMPLES
    rare = [example(f"r{n}", f"rare birds sang {n}", ["type.birds"]) for n in range(fewest)]
    found = card_data.leave_out([*trainings(10), *rare])
    assert found.labels[0] == "type.birds"
    assert not found.scores[found.yes[:, 0], 0].any()


def test_a_threshold_is_that_of_the_other_folds() -> None:
    scores, yes = np.array([[0.9], [0.3], [0.7], [0.6]]), np.array([[True], [False], [True], [False]])
    taken, thresholds = card_data.take(scores, yes, np.array([0, 0, 1, 1]))
    assert thresholds[0] == pytest.approx(0.61)
    assert thresholds[1] == pytest.approx(0.31)
    assert taken[:, 0].tolist() == [True, False, True, True]


# ------------------------------------------------------------------ figures


@pytest.mark.parametrize(
    ("right", "taken", "shown", "expected"),
    [
        (2, 4, 5, (0.5, 0.4, 4 / 9)),
        (0, 3, 2, (0, 0, 0)),
        (0, 0, 2, (math.nan, 0, 0)),
        (0, 0, 0, (math.nan, math.nan, math.nan)),
    ],
)
def test_rates(right: int, taken: int, shown: int, expected: tuple[float, ...]) -> None:
    assert card_figures.rates(np.array([right, taken, shown])) == pytest.approx(np.array(expected), nan_ok=True)


def test_figures_of_all_boxes_and_of_some() -> None:
    found = left_out(yes=[[1, 0], [1, 1], [0, 0]], taken=[[1, 0], [0, 1], [1, 0]])
    whole, first = card_figures.figures(found), card_figures.figures(found, [0])
    assert (whole.shown, whole.taken) == (3, 3)
    assert whole.precision == whole.recall == pytest.approx(2 / 3)
    assert (first.shown, first.taken, first.precision) == (2, 2, 0.5)
    assert whole.f1_interval[0] <= whole.f1 <= whole.f1_interval[1]
    assert card_figures.by_item(found)["item"] == whole
    assert {kind: one.shown for kind, one in card_figures.by_register(found).items()} == {
        "evaluation": 1,
        "proposal": 2,
    }


def test_frames_not_passages_are_drawn_anew() -> None:
    yes, taken = [[1]] * 40, [[1]] * 20 + [[0]] * 20
    alone = card_figures.figures(left_out(yes, taken)).recall_interval
    pairs = card_figures.figures(left_out(yes, taken, frames=[row // 10 for row in range(40)])).recall_interval
    assert pairs[1] - pairs[0] > alone[1] - alone[0]


def test_figures_where_nothing_is_taken() -> None:
    found = card_figures.figures(left_out([[1], [0]], [[0], [0]]))
    assert math.isnan(found.precision)
    assert math.isnan(found.precision_interval[0])
    assert found.recall == 0


def test_the_weakest_options_come_first() -> None:
    found = left_out(yes=[[1, 1, 1], [1, 1, 0]], taken=[[1, 0, 1], [0, 0, 0]])
    assert [name for name, _ in card_figures.weakest(found, 2)] == ["item.b", "item.a"]


def test_hard_negatives() -> None:
    found = left_out(
        yes=[[1], [1], [0], [0], [0], [0]],
        no=[[0], [0], [1], [1], [0], [0]],
        taken=[[1], [0], [1], [0], [0], [0]],
        scores=[[0.9], [0.2], [0.6], [0.2], [0.1], [0.1]],
    )
    hard = card_figures.hard_negatives(found)
    assert (hard.boxes, hard.taken, hard.silent_taken) == (2, 0.5, 0)
    assert hard.told_apart == pytest.approx((1 + 1 + 0 + 0.5) / 4)


def test_calibration() -> None:
    said = [0.2] * 50 + [0.8] * 50 + [0.01] * 30
    shown = [1] * 10 + [0] * 40 + [1] * 40 + [0] * 10 + [0] * 30
    order = np.random.default_rng(0).permutation(len(said))
    found = left_out([[shown[i]] for i in order], [[0]] * len(said), scores=[[said[i]] for i in order])
    bins = card_figures.calibration(found)
    assert sum(one.boxes for one in bins) == 100
    assert {round(one.said, 6) for one in bins} == {0.2, 0.8}
    assert sum(one.boxes * one.shown for one in bins) == pytest.approx(50)


@pytest.mark.parametrize(
    ("bins", "error"),
    [([Bin(10, 0.5, 0.5)], 0), ([Bin(30, 0.2, 0.3), Bin(10, 0.9, 0.6)], 0.15), ([], math.nan)],
)
def test_calibration_error(bins: list[Bin], error: float) -> None:
    assert card_figures.calibration_error(bins) == pytest.approx(error, nan_ok=True)


def test_average_precision_is_one_where_all_shown_boxes_score_highest() -> None:
    found = left_out([[1], [1], [0]], [[0], [0], [0]], scores=[[0.4], [0.3], [0.2]])
    assert card_figures.average_precision(found) == 1.0


def test_a_learning_curve_ends_with_what_was_measured() -> None:
    examples = trainings(20)
    whole = card_data.leave_out(examples)
    points = card_figures.learning_curve(examples, whole, (0.25, 1.0))
    assert [(point.share, point.frames) for point in points] == [(0.25, 8), (1.0, 32)]
    assert points[1].micro_f1 == card_figures.overall(whole)["micro_f1"] >= points[0].micro_f1


# ------------------------------------------------------------------ the picture and the tables


CURVE = [Point(0.1, 10, 0.2, 0.1), Point(1.0, 100, 0.41, 0.3)]


def test_the_curve_is_drawn_within_its_frame_and_told_in_words() -> None:
    text = card_curve.curve_svg(CURVE)
    picture = ElementTree.fromstring(text)  # noqa: S314
    circles = [one for one in picture.iter() if one.tag.endswith("circle")]
    assert len(circles) == 4
    assert all(card_curve.TOP <= float(one.attrib["cy"]) <= card_curve.HEIGHT - card_curve.BOTTOM for one in circles)
    assert "from 0.20 to 0.41" in text
    assert 'role="img"' in text


@pytest.mark.parametrize(("value", "text"), [(0.126, "0.13"), (1, "1.00"), (None, "–"), (math.nan, "–")])
def test_shares_as_text(value: float | None, text: str) -> None:
    assert build_card.rate(value) == text


def test_a_table_has_a_line_a_row() -> None:
    assert build_card.table(("a", "b"), [[1, "x"]]) == "| a | b |\n| --- | --- |\n| 1 | x |"
