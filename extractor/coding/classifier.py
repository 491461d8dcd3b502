"""The classifier: word and character n-grams of a passage, with its heading and document type, one-vs-rest.

Trained on a rubric's examples (and later on reviewers' decisions); kept with skops, never pickle. All estimators
are stacked into one matrix, which predicts many times faster than asking them one by one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile

import numpy as np
import sklearn
from scipy.sparse import csr_matrix, hstack
from scipy.special import logit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold
from skops.io import dump, get_untrusted_types, load

from extractor.coding.model_files import data_hash, file_hash
from extractor.coding.scoring import (
    CHARACTER_GRAM,
    HEADING_WEIGHT,
    WORD_GRAMS,
    Scorer,
    Terms,
    heading_text,
    save_scorer,
    tokens,
    without_figures,
)
from extractor.cues import fold_case
from extractor.errors import WorkspaceError
from extractor.model import Source, Vote
from extractor.rubric import Example, Rubric

MIN_EXAMPLES = 3
"""An option with fewer positive examples is left to the rules."""
RIDGE = 1.0
"""Strength of the ridge penalty."""
BIAS = 1.0
HARD_NEGATIVE = -0.2
"""What is learnt of a passage that only looks like the option. Further below 0, fewer of them are taken, but many more
of the passages that do show it are missed."""
CALIBRATION = 100.0
"""Inverse strength of the calibration's penalty: nothing among thousands of passages, and holds back a few dozen,
which a line may part wholly."""
SPLIT = r"\S+"
MAX_WORD_TERMS = 60_000
MAX_CHARACTER_TERMS = 30_000
"""The most frequent terms are kept, so that a model of many passages stays small."""
MAX_DUAL = 6_000
"""Passages up to which all labels are fitted by one factorisation of n x n; with more, step by step."""
FOLDS = 5

_Array = np.ndarray[Any, Any]
Solver = Callable[[csr_matrix, _Array], tuple[_Array, _Array, _Array]]
"""Features and targets -> weights, intercepts, and what passages score that were left out."""


@dataclass(frozen=True)
class Classifier:
    """A trained model: two vectorisers, the headings' one, and the stacked weights (features x labels)."""

    labels: tuple[str, ...]
    words: TfidfVectorizer
    characters: TfidfVectorizer
    headings: TfidfVectorizer
    weights: _Array
    intercepts: _Array
    data_hash: str

    @cached_property
    def scorer(self) -> Scorer:
        """The model without the vectorisers: what scores passages."""
        parts = (self.words, self.characters, self.headings)
        words, characters, headings = (_terms(part) for part in parts)
        return Scorer(self.labels, words, characters, headings, self.weights, self.intercepts)

    def scores(self, texts: Sequence[str], headings: Sequence[str]) -> _Array:
        """Probabilities, one row a passage, one column a label."""
        return self.scorer.scores(texts, headings)

    def vote(self, source: Source) -> list[Vote]:
        """The best passages of a document for each option."""
        return self.scorer.vote(source)


def _terms(vectoriser: TfidfVectorizer) -> Terms:
    numbers = {term: int(number) for term, number in vectoriser.vocabulary_.items()}
    return Terms(numbers, vectoriser.idf_, vectoriser.sublinear_tf)


def train(rubric: Rubric) -> Classifier | None:
    """A model of the rubric's examples; None when it has too few."""
    return train_on(rubric.examples)


def train_on(
    examples: Sequence[Example], at_least: int = MIN_EXAMPLES, solve: Solver | None = None
) -> Classifier | None:
    """A model of labelled passages, of the labels that have so many positive ones; None when there is no such label.

    `solve` fits all labels at once; without it, ridge regression does.
    """
    labels = learnt_labels(examples, at_least)
    if not labels:
        return None
    words = TfidfVectorizer(
        token_pattern=SPLIT,
        ngram_range=WORD_GRAMS,
        sublinear_tf=True,
        min_df=2,
        max_features=MAX_WORD_TERMS,
        dtype=np.float32,
    )
    characters = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(CHARACTER_GRAM, CHARACTER_GRAM),
        sublinear_tf=True,
        min_df=3,
        max_features=MAX_CHARACTER_TERMS,
        dtype=np.float32,
    )
    headings = TfidfVectorizer(token_pattern=SPLIT, min_df=2, dtype=np.float32)
    texts = [fold_case(example.text) for example in examples]
    places = [heading_text((example.heading,), example.kind) for example in examples]
    if not any(map(tokens, texts)):
        return None
    _fit_terms(words, [" ".join(tokens(text)) for text in texts])
    _fit_terms(characters, [without_figures(text) for text in texts])
    _fit_terms(headings, [" ".join(tokens(place)) for place in places])
    features = _vectorise(words, characters, headings, texts, places)
    weights, intercepts = _fit(features, examples, labels, solve)
    return Classifier(labels, words, characters, headings, weights, intercepts, data_hash(examples))


def _vectorise(
    words: TfidfVectorizer,
    characters: TfidfVectorizer,
    headings: TfidfVectorizer,
    texts: Sequence[str],
    places: Sequence[str],
) -> csr_matrix:
    return hstack(
        [
            words.transform([" ".join(tokens(text)) for text in texts]),
            characters.transform([without_figures(text) for text in texts]),
            headings.transform([" ".join(tokens(place)) for place in places]) * HEADING_WEIGHT,
        ],
        format="csr",
    )


def _fit_terms(vectoriser: TfidfVectorizer, texts: Sequence[str]) -> None:
    """Learn the terms of texts; where no term comes often enough, all of them."""
    try:
        vectoriser.fit(texts)
    except ValueError:
        vectoriser.set_params(min_df=1).fit(texts)
    # each of NumPy's integers would be kept in a file of its own, which takes ten times as long
    vectoriser.vocabulary_ = {term: int(number) for term, number in vectoriser.vocabulary_.items()}


def learnt_labels(examples: Sequence[Example], at_least: int = MIN_EXAMPLES) -> tuple[str, ...]:
    """The addresses with examples enough to learn, and with at least one to tell them from."""
    counts: dict[str, int] = {}
    for example in examples:
        for address in example.yes:
            counts[address] = counts.get(address, 0) + 1
    return tuple(sorted(address for address, count in counts.items() if at_least <= count < len(examples)))


def _fit(
    features: csr_matrix, examples: Sequence[Example], labels: Sequence[str], solve: Solver | None
) -> tuple[_Array, _Array]:
    """Weights and intercepts of all labels at once.

    What passages score that were left out of training calibrates the scores (Platt 1999), one slope for all labels.
    """
    targets = np.array([[_target(label, example) for label in labels] for example in examples])
    solve = solve or (_fit_dual if len(examples) <= MAX_DUAL else _fit_folds)
    weights, intercepts, left_out = solve(features, targets)
    slope, offset = _platt(left_out, targets == 1.0)
    return (weights * slope).astype(np.float32), (intercepts * slope + offset).astype(np.float32)


def _fit_dual(features: csr_matrix, targets: _Array) -> tuple[_Array, _Array, _Array]:
    """Ridge regression of all labels in its dual form: weights, intercepts, and what leave-one-out predicts.

    With fewer passages than features, one factorisation of their Gram matrix serves all labels (Saunders, Gammerman
    and Vovk 1998), and leaving one out follows from it in closed form.
    """
    gram = (features @ features.T).toarray() + BIAS**2
    inverse = np.linalg.inv(gram + RIDGE * np.eye(len(targets)))
    dual = inverse @ targets
    left_out = targets - dual / np.diag(inverse)[:, None]
    return np.asarray(features.T @ dual), dual.sum(axis=0) * BIAS**2, left_out


def _fit_folds(features: csr_matrix, targets: _Array) -> tuple[_Array, _Array, _Array]:
    """The same for passages too many for the dual form: left out in folds."""
    left_out = np.zeros(targets.shape)
    for learnt, kept_out in KFold(FOLDS, shuffle=True, random_state=0).split(targets):
        left_out[kept_out] = _ridge(features[learnt], targets[learnt]).predict(features[kept_out])
    whole = _ridge(features, targets)
    return whole.coef_.T, np.asarray(whole.intercept_), left_out


def _ridge(features: csr_matrix, targets: _Array) -> Ridge:
    return Ridge(alpha=RIDGE, solver="sparse_cg", tol=1e-4).fit(features, targets)


def _target(label: str, example: Example) -> float:
    """1 for a positive passage, less than nothing for a hard negative, 0 for one that says nothing of the label."""
    if label in example.yes:
        return 1.0
    return HARD_NEGATIVE if label in example.no else 0.0


def _platt(scores: _Array, ticked: _Array) -> tuple[float, float]:
    """Slope and offset from scores to log odds; never a slope that turns the scores round, as chance may among few."""
    model = LogisticRegression(C=CALIBRATION).fit(scores.reshape(-1, 1), ticked.reshape(-1).astype(np.int32))
    slope, offset = float(model.coef_[0, 0]), float(model.intercept_[0])
    return (slope, offset) if slope > 0 else (1.0, float(logit(ticked.mean())))


# ------------------------------------------------------------------ files


_PARTS = ("labels", "words", "characters", "headings", "weights", "intercepts", "data_hash")


def save(model: Classifier, path: Path) -> None:
    """Keep a model as a skops file, with a note beside it of what it was made from, and what scores with it."""
    dump_model(model, path, {})
    note = {
        "data_hash": model.data_hash,
        "sha256": file_hash(path),
        "labels": len(model.labels),
        "sklearn": sklearn.__version__,
    }
    save_scorer(model.scorer, path)
    path.with_suffix(".json").write_text(json.dumps(note, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Classifier:
    """A model from a skops file; one that names a type of no known library is refused."""
    return load_model(path)[0]


def dump_model(model: Classifier, path: Path, extra: Mapping[str, Any]) -> None:
    """Write a model and plain values that belong to it as a skops file."""
    content = {part: getattr(model, part) for part in _PARTS} | {"labels": list(model.labels)} | dict(extra)
    dump(content, path, compression=ZIP_DEFLATED)


def load_model(path: Path) -> tuple[Classifier, dict[str, Any]]:
    """A model and the plain values with it; a file that names a type of no known library is refused."""
    try:
        untrusted = get_untrusted_types(file=path)
        if untrusted:
            raise WorkspaceError(
                f"The model {path} holds types that are not trusted ({', '.join(untrusted)}); remove it."
            )
        content = dict(load(path))
        parts = {part: content.pop(part) for part in _PARTS}
        model = Classifier(**parts | {"labels": tuple(parts["labels"])})
        if not _fits(model):
            raise ValueError
        return model, content
    except (AttributeError, BadZipFile, KeyError, TypeError, ValueError) as error:
        raise WorkspaceError(f"The model {path} cannot be read ({type(error).__name__}); remove it.") from None


def _fits(model: Classifier) -> bool:
    """Whether the parts of a model belong together: a weight for each term and label, an intercept for each label."""
    parts = (model.scorer.words, model.scorer.characters, model.scorer.headings)
    shape = (sum(len(part.idf) for part in parts), len(model.labels))
    return bool(model.weights.shape == shape and model.intercepts.shape == shape[1:])
