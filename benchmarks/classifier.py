"""How fast the classifier of a rubric is trained and scores passages, and how large it is.

    python benchmarks/classifier.py [RUBRIC] [--rounds N] [--json]

Prints figures beside what they should be; the median of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from extractor.coding import classifier
from extractor.coding.model_files import SCORER_SUFFIX
from extractor.coding.scoring import heading_text, read_scorer
from extractor.cues import fold_case
from extractor.rubric import Example
from extractor.rubric_yaml import load_rubric

RUBRIC = "counter_trafficking"
ROUNDS = 3
PASSAGES_A_SECOND = 2_500
TRAINING_SECONDS = 300
MOST_MB = 50
MB = 1_000_000
CPU_INFO = Path("/proc/cpuinfo")


@dataclass(frozen=True)
class Speed:
    """What training and scoring took, and what the model takes on the disk.

    Seconds of the processor do not grow when others use the machine; with two processors they may exceed the clock's.
    """

    options: int
    examples: int
    training_seconds: float
    training_cpu_seconds: float
    passages: int
    passages_a_second: float
    passages_a_cpu_second: float
    model_mb: float
    scorer_mb: float
    processor: str

    @property
    def mb(self) -> float:
        """Model and scorer together."""
        return self.model_mb + self.scorer_mb


def measure(examples: Sequence[Example], folder: Path, rounds: int = ROUNDS) -> Speed:
    """Train and keep a model, read its scorer as a worker does, and score the passages that it was trained on."""
    start, cpu = time.perf_counter(), time.process_time()
    model = classifier.train_on(examples)
    took, took_cpu = time.perf_counter() - start, time.process_time() - cpu
    if model is None:
        raise SystemExit("There are too few examples to train on.")
    path = folder / "model.skops"
    classifier.save(model, path)
    rates = [scoring_rate(path, examples) for _ in range(rounds)]
    return Speed(
        options=len(model.labels),
        examples=len(examples),
        training_seconds=took,
        training_cpu_seconds=took_cpu,
        passages=len(examples),
        passages_a_second=statistics.median(rate for rate, _ in rates),
        passages_a_cpu_second=statistics.median(rate for _, rate in rates),
        model_mb=path.stat().st_size / MB,
        scorer_mb=path.with_suffix(SCORER_SUFFIX).stat().st_size / MB,
        processor=processor(),
    )


def scoring_rate(model: Path, examples: Sequence[Example]) -> tuple[float, float]:
    """Passages a second by the clock and by the processor, with a scorer that has seen none of their words yet."""
    scorer = read_scorer(model)
    if scorer is None:
        raise SystemExit("The scorer cannot be read.")
    start, cpu = time.perf_counter(), time.process_time()
    texts = [fold_case(example.text) for example in examples]
    scorer.scores(texts, [heading_text((example.heading,), example.kind) for example in examples])
    return len(texts) / (time.perf_counter() - start), len(texts) / (time.process_time() - cpu)


def processor() -> str:
    """The kind of processor, as the system calls it."""
    try:
        lines = CPU_INFO.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def against_targets(speed: Speed) -> list[tuple[str, float, str, float, bool]]:
    """Each figure: its name, value, the sign and size of what is wanted, and whether it is reached."""
    rows = [
        ("passages a second", speed.passages_a_second, ">=", float(PASSAGES_A_SECOND)),
        ("training, seconds", speed.training_seconds, "<=", float(TRAINING_SECONDS)),
        ("model and scorer, MB", speed.mb, "<=", float(MOST_MB)),
    ]
    return [
        (name, value, sign, wanted, value >= wanted if sign == ">=" else value <= wanted)
        for name, value, sign, wanted in rows
    ]


def lines(speed: Speed) -> list[str]:
    """The figures as they are printed."""
    head = f"{speed.options} options, {speed.examples} examples; {speed.processor}"
    cpu = (
        f"by the processor's own clock: training {speed.training_cpu_seconds:.1f} s, "
        f"{speed.passages_a_cpu_second:,.0f} passages a second"
    )
    size = f"model {speed.model_mb:.1f} MB, scorer {speed.scorer_mb:.1f} MB"
    rows = [
        f"{name:24}{value:>10,.1f}   wanted {sign} {wanted:,.0f}   {'reached' if reached else 'MISSED'}"
        for name, value, sign, wanted, reached in against_targets(speed)
    ]
    return [head, *rows, cpu, size]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rubric", nargs="?", default=RUBRIC)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        speed = measure(load_rubric(options.rubric).examples, Path(folder), options.rounds)
    print(json.dumps(asdict(speed), indent=1) if options.json else "\n".join(lines(speed)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
