"""What a trained model was made from, told without loading it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from extractor.cue_parser import Cue, parsed_cues
from extractor.rubric import Example, Rubric

TRAINING_VERSION = 3
"""Raise it when training changes, so that models are made anew."""
MODEL_NAME = "tfidf-ridge"
SCORER_SUFFIX = ".npz"
"""Of what scores passages, beside the model's own file: the same, without what only training needs."""


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """What names an engine: the rubric, without the examples, which the model has learnt, and the model's file."""

    rubric: Rubric = field(compare=False, repr=False)
    rubric_hash: str
    model: str = ""
    cues: tuple[Cue, ...] = field(default=(), compare=False, repr=False)
    """Those that are parsed already: each worker would need as long for them as a document takes."""

    @classmethod
    def of(cls, rubric: Rubric, model: Path | None = None) -> EngineSpec:
        """The engine of a rubric and of the model that was trained on its examples."""
        return cls(replace(rubric, examples=()), rubric.hash, str(model) if model else "", parsed_cues())


def data_hash(examples: Sequence[Example]) -> str:
    """Identifies what a model is made from: the examples, the training's version, the library's version."""
    rows = [[e.kind, e.heading, e.text, list(e.yes), list(e.no)] for e in examples]
    content = json.dumps([TRAINING_VERSION, version("scikit-learn"), rows], ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def stored_hash(path: Path) -> str:
    """The hash of what a model was made from, read from beside it without loading it; "" if these are other bytes."""
    try:
        note = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return str(note["data_hash"]) if note["sha256"] == file_hash(path) else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def file_hash(path: Path) -> str:
    """Identifies the bytes of a model's file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
