"""Writes docs/classifier.md, the card of the classifier, and its learning curve as a picture: `make card`.

    python -m tools.build_card [RUBRIC]

Figures are the same each time, but for those of time. A test holds the counts on the page equal to the examples.
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.classifier import MOST_MB, PASSAGES_A_SECOND, TRAINING_SECONDS, Speed, measure
from extractor.coding import classifier, scoring
from extractor.rubric import Rubric
from extractor.rubric_yaml import list_rubrics, load_rubric
from tools import card_figures
from tools.card_curve import curve_svg
from tools.card_data import FOLDS, Data, LeftOut, data_of, leave_out
from tools.card_figures import Bin, Figures, HardNegatives, Point

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "classifier.md"
PICTURE = Path("pictures") / "learning-curve.svg"
TEMPLATE = Path(__file__).resolve().parent / "card.md"
RUBRIC = "counter_trafficking"
WEAKEST = 15


@dataclass(frozen=True)
class Measured:
    """All that is told of the classifier of one rubric."""

    data: Data
    left_out: LeftOut
    overall: Mapping[str, Any]
    figures: Figures
    hard: HardNegatives
    bins: Sequence[Bin]


def measured(rubric: Rubric) -> Measured:
    """Cross-validate the classifier of a rubric."""
    left_out = leave_out(rubric.examples)
    return Measured(
        data_of(rubric.examples),
        left_out,
        card_figures.overall(left_out),
        card_figures.figures(left_out),
        card_figures.hard_negatives(left_out),
        card_figures.calibration(left_out),
    )


# ------------------------------------------------------------------ pieces of text


def rate(value: float | None) -> str:
    """A share with two places; a dash where there is none."""
    return "–" if value is None or math.isnan(value) else f"{value:.2f}"


def between(interval: Sequence[float] | None) -> str:
    """An interval in words."""
    return "" if interval is None or math.isnan(interval[0]) else f" ({interval[0]:.2f} to {interval[1]:.2f})"


def spread(counts: tuple[int, float, int]) -> str:
    """The fewest, the middle and the most."""
    return f"{counts[0]} / {counts[1]:g} / {counts[2]}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def counts_row(name: str, data: Data) -> str:
    """The line on a rubric's examples: what a test compares with the examples there are."""
    cells = (f"`{name}`", data.options, data.passages, data.frames, spread(data.positive), spread(data.negative))
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def counts_table(rubrics: Mapping[str, Data]) -> str:
    """The examples of all rubrics."""
    head = ("rubric", "options learnt", "passages", "frames", "for an option", "against an option")
    return "\n".join([table(head, []), *(counts_row(name, data) for name, data in rubrics.items())])


def figures_rows(found: Mapping[str, Figures]) -> list[list[object]]:
    """A line of a table for each group of boxes."""
    return [
        [
            f"`{name}`",
            one.shown,
            one.taken,
            rate(one.precision),
            rate(one.recall),
            rate(one.f1) + between(one.f1_interval),
        ]
        for name, one in found.items()
    ]


FIGURES_HEAD = ("shown", "taken", "precision", "recall", "F1 (95 % interval)")


def rubrics_table(found: Mapping[str, Measured]) -> str:
    """The main figures of all rubrics."""
    head = ("rubric", "micro F1", "macro F1", "precision", "recall", "kappa", "average precision")
    return table(
        head,
        [
            [
                f"`{name}`",
                rate(one.overall["micro_f1"]) + between(one.overall["micro_f1_interval"]),
                rate(one.overall["macro_f1"]) + between(one.overall["macro_f1_interval"]),
                rate(one.figures.precision) + between(one.figures.precision_interval),
                rate(one.figures.recall) + between(one.figures.recall_interval),
                rate(one.overall["kappa"]),
                rate(card_figures.average_precision(one.left_out)),
            ]
            for name, one in found.items()
        ],
    )


def registers_table(found: Measured) -> str:
    """The figures of the passages of each type of document."""
    passages, rows = dict(found.data.registers), figures_rows(card_figures.by_register(found.left_out))
    return table(
        ("type of document", "passages", *FIGURES_HEAD),
        [[name, passages[str(name).strip("`")], *rest] for name, *rest in rows],
    )


def weakest_table(left_out: LeftOut) -> str:
    """The options that are recognised worst."""
    rows = [
        [f"`{name}`", one["n"], one["predicted"], rate(one["precision"]), rate(one["recall"]), rate(one["f1"])]
        for name, one in card_figures.weakest(left_out, WEAKEST)
    ]
    return table(("option", "shown", "taken", "precision", "recall", "F1"), rows)


def hard_table(found: Mapping[str, Measured]) -> str:
    """What becomes of hard negatives, rubric by rubric."""
    rows = [
        [
            f"`{name}`",
            one.hard.boxes,
            f"{one.hard.taken:.1%}",
            f"{one.figures.recall:.1%}",
            f"{one.hard.silent_taken:.2%}",
            f"{one.hard.told_apart:.0%}",
        ]
        for name, one in found.items()
    ]
    head = ("rubric", "hard negatives", "of these taken", "of those that show it", "of silent ones", "told apart")
    return table(head, rows)


def bins_table(bins: Sequence[Bin]) -> str:
    """What the scores say beside what is the case."""
    return table(("boxes", "score, mean", "shown"), [[one.boxes, rate(one.said), rate(one.shown)] for one in bins])


def curve_table(points: Sequence[Point]) -> str:
    """The learning curve in figures."""
    rows = [[f"{point.share:.0%}", point.frames, rate(point.micro_f1), rate(point.macro_f1)] for point in points]
    return table(("of the frames", "about", "micro F1", "macro F1"), rows)


def speed_table(speed: Speed) -> str:
    """Size and time beside what is wanted."""
    rows = [
        ["model and scorer on the disk", f"{speed.mb:.1f} MB", f"at most {MOST_MB} MB"],
        ["training", f"{speed.training_seconds:.0f} s", f"at most {TRAINING_SECONDS} s"],
        ["scoring", f"{speed.passages_a_second:,.0f} passages a second", f"at least {PASSAGES_A_SECOND:,}"],
    ]
    return table(("", "measured", "wanted"), rows)


# ------------------------------------------------------------------ the page


def page(name: str, found: Mapping[str, Measured], points: Sequence[Point], speed: Speed) -> str:
    """The card: the text of its template with the figures put in."""
    main = found[name]
    values = {
        "rubric": name,
        "folds": FOLDS,
        "heading_weight": scoring.HEADING_WEIGHT,
        "hard_negative": classifier.HARD_NEGATIVE,
        "ridge": classifier.RIDGE,
        "min_examples": classifier.MIN_EXAMPLES,
        "best_passages": scoring.BEST_PASSAGES,
        "min_vote": scoring.MIN_VOTE,
        "counts": counts_table({rubric: one.data for rubric, one in found.items()}),
        "words": f"{main.data.words:g}",
        "registers": registers_table(main),
        "rubrics": rubrics_table(found),
        "threshold": rate(min(main.left_out.thresholds)) + " to " + rate(max(main.left_out.thresholds)),
        "items": table(("item", *FIGURES_HEAD), figures_rows(card_figures.by_item(main.left_out))),
        "weakest_number": WEAKEST,
        "weakest": weakest_table(main.left_out),
        "hard": hard_table(found),
        "bins": bins_table(main.bins),
        "calibration": f"{card_figures.calibration_error(main.bins):.3f}",
        "voted": f"{sum(one.boxes for one in main.bins):,}",
        "curve": curve_table(points),
        "picture": PICTURE.as_posix(),
        "speed": speed_table(speed),
        "model_mb": f"{speed.model_mb:.1f}",
        "scorer_mb": f"{speed.scorer_mb:.1f}",
        "processor": speed.processor,
        "processors": os.cpu_count(),
        "training_cpu": f"{speed.training_cpu_seconds:.0f}",
        "cpu_rate": f"{speed.passages_a_cpu_second:,.0f}",
        "last_gain": f"{points[-1].micro_f1 - points[-2].micro_f1:+.2f}",
    }
    return TEMPLATE.read_text(encoding="utf-8").format_map(values)


def main(arguments: Sequence[str]) -> int:
    """Measure, and write the page and its picture."""
    name = arguments[0] if arguments else RUBRIC
    rubrics = {rubric.name: rubric for rubric in map(load_rubric, list_rubrics())}
    with tempfile.TemporaryDirectory() as folder:
        speed = measure(rubrics[name].examples, Path(folder))
    found = {}
    for rubric in sorted(rubrics, key=lambda other: (other != name, other)):
        sys.stderr.write(f"cross-validating {rubric}\n")
        found[rubric] = measured(rubrics[rubric])
    points = card_figures.learning_curve(
        rubrics[name].examples, found[name].left_out, say=lambda text: sys.stderr.write(text + "\n")
    )
    (DOCS / PICTURE).write_text(curve_svg(points), encoding="utf-8")
    PAGE.write_text(page(name, found, points, speed), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
