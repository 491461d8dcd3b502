"""Scoring passages with a trained classifier. Needs no scikit-learn, which takes a worker seconds to load.

The features are those of the vectorisers that the model was trained with (`classifier`), term for term: what they
work out anew for each passage is kept here for each word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from extractor.coding.coders import CLASSIFIER
from extractor.coding.model_files import SCORER_SUFFIX, file_hash
from extractor.cues import fold_case
from extractor.model import Source, Vote

MIN_VOTE = 0.08
BEST_PASSAGES = 5
"""Votes a document and option: the combiner looks at its best, best three and best five passages."""
MIN_WORDS = 4
"""Words of three letters or more; a passage with fewer is a label or a table's remains."""
BATCH = 4_000
CHARACTER_GRAM = 4
WORD_GRAMS = (1, 2)
HEADING_WEIGHT = 0.5
MAX_KEPT = 200_000
"""Words whose terms are kept: what a language has, not what an archive's misprints add to it."""

_TOKEN = re.compile(r"[^\W\d_]{2,}|\d+%?")
_SUFFIX = re.compile(r"(?:ations?|ments?|ings?|ions?|ities|ity|ies|ers?|ors?|ed|es|ly|s|e|y)$")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_DIGITS = re.compile(r"\d+")
_MIN_STEM = 4

_Array = np.ndarray[Any, Any]


def tokens(text: str) -> list[str]:
    """The stems of a text's words; figures are all one token."""
    return [_stem(token) for token in _TOKEN.findall(text)]


@lru_cache(maxsize=MAX_KEPT)
def _stem(token: str) -> str:
    if token[0].isdigit():
        return "#"
    stem = _SUFFIX.sub("", token)
    return stem if len(stem) >= _MIN_STEM else token


def without_figures(text: str) -> str:
    """The text whose characters are looked at: figures are all one sign."""
    return _DIGITS.sub("#", text)


def heading_text(headings: Iterable[str], kind: str) -> str:
    """What the model sees of a passage's place: the words of its heading path and the type of its document."""
    return fold_case(" ".join(headings)) + " kind_" + kind


@dataclass(frozen=True)
class Terms:
    """The terms that a vectoriser has learnt, and how telling each is."""

    numbers: Mapping[str, int]
    idf: _Array
    is_damped: bool = True
    """Whether a term that comes twice counts less than twice."""
    kept: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    """Word -> the numbers of its terms."""

    def features(self, rows: Iterable[Sequence[int]]) -> csr_matrix:
        """Rows of terms as vectors of length one: how often a term stands there times how telling it is."""
        indices: list[int] = []
        ends = [0]
        for row in rows:
            indices += row
            ends.append(len(indices))
        shape = (len(ends) - 1, len(self.idf))
        counts = csr_matrix((np.ones(len(indices), dtype=np.float32), np.array(indices, dtype=np.int32), ends), shape)
        counts.sum_duplicates()
        often = np.log(counts.data) + np.float32(1.0) if self.is_damped else counts.data
        counts.data = often * self.idf[counts.indices]
        squares = np.concatenate([[0.0], np.cumsum(np.square(counts.data), dtype=np.float64)])
        norms = np.sqrt(squares[counts.indptr[1:]] - squares[counts.indptr[:-1]])
        counts.data = (counts.data / np.repeat(norms, np.diff(counts.indptr))).astype(np.float32)
        return counts

    def of_words(self, stems: Sequence[str]) -> list[int]:
        """The terms of a text's stems: the stems and each two in a row."""
        get = self.numbers.get
        pairs = (f"{first} {second}" for first, second in zip(stems, stems[1:], strict=False))
        return [number for term in (*stems, *pairs) if (number := get(term)) is not None]

    def of_characters(self, text: str) -> list[int]:
        """The terms of a text's words: each four characters in a row, blanks at the words' ends among them."""
        found: list[int] = []
        kept = self.kept
        for word in text.split():
            numbers = kept.get(word)
            if numbers is None:
                if len(kept) >= MAX_KEPT:
                    kept.clear()
                numbers = kept[word] = self._grams(f" {word} ")
            found += numbers
        return found

    def _grams(self, word: str) -> tuple[int, ...]:
        starts = range(max(len(word) - CHARACTER_GRAM, 0) + 1)
        terms = (self.numbers.get(word[start : start + CHARACTER_GRAM]) for start in starts)
        return tuple(number for number in terms if number is not None)


@dataclass(frozen=True)
class Scorer:
    """A trained model, ready to score: its labels and terms, and the stacked weights (features x labels)."""

    labels: tuple[str, ...]
    words: Terms
    characters: Terms
    headings: Terms
    weights: _Array
    intercepts: _Array

    def features(self, texts: Sequence[str], places: Sequence[str]) -> csr_matrix:
        """One row a passage: the terms of its words, of their characters, and of its place."""
        words = self.words.features(self.words.of_words(tokens(text.lower())) for text in texts)
        characters = self.characters.features(
            self.characters.of_characters(without_figures(text).lower()) for text in texts
        )
        known = lru_cache(maxsize=None)(_single_terms(self.headings))
        headings = self.headings.features(known(place) for place in places)
        return hstack([words, characters, headings * HEADING_WEIGHT], format="csr")

    def scores(self, texts: Sequence[str], places: Sequence[str]) -> _Array:
        """Probabilities, one row a passage, one column a label."""
        margins = self.features(texts, places) @ self.weights + self.intercepts
        return np.asarray(expit(margins))

    def vote(self, source: Source) -> list[Vote]:
        """The best passages of a document for each option."""
        candidates = [p for p in source.passages if p.kind != "heading" and len(_WORDS.findall(p.text)) >= MIN_WORDS]
        votes: list[Vote] = []
        if not candidates:
            return votes
        texts = [fold_case(passage.text) for passage in candidates]
        place_of = lru_cache(maxsize=None)(heading_text)
        places = [place_of(passage.headings, source.description.type) for passage in candidates]
        batches = [slice(start, start + BATCH) for start in range(0, len(candidates), BATCH)]
        scores = np.vstack([self.scores(texts[batch], places[batch]) for batch in batches])
        for column, label in enumerate(self.labels):
            item, _, option = label.partition(".")
            for row in _best(scores[:, column]):
                score = float(scores[row, column])
                why = f"model {score:.2f}"
                votes.append(Vote(item, option, CLASSIFIER, round(score, 4), source.file, candidates[row].span, why))
        return votes


def _single_terms(terms: Terms) -> Callable[[str], list[int]]:
    get = terms.numbers.get
    return lambda text: [number for token in tokens(text) if (number := get(token)) is not None]


def _best(column: _Array) -> Iterator[int]:
    count = min(BEST_PASSAGES, len(column))
    top = np.argpartition(-column, count - 1)[:count]
    for row in sorted(top.tolist(), key=lambda row: (-column[row], row)):
        if column[row] >= MIN_VOTE:
            yield row


# ------------------------------------------------------------------ files

_PARTS = ("words", "characters", "headings")


def save_scorer(scorer: Scorer, model: Path) -> None:
    """Keep a scorer beside the file of the model that it was made from."""
    terms = {part: getattr(scorer, part) for part in _PARTS}
    about = {
        "of": file_hash(model),
        "labels": scorer.labels,
        "terms": [
            (part, sorted(kept.numbers, key=kept.numbers.__getitem__), kept.is_damped) for part, kept in terms.items()
        ],
    }
    packed = np.frombuffer(json.dumps(about).encode("utf-8", "surrogatepass"), dtype=np.uint8)
    idfs = {part: terms[part].idf for part in _PARTS}
    path = model.with_suffix(SCORER_SUFFIX)
    np.savez(path, about=packed, weights=scorer.weights, intercepts=scorer.intercepts, **idfs)


def read_scorer(model: Path) -> Scorer | None:
    """The scorer that was kept beside a model; None where there is none, or one of another model."""
    try:
        with np.load(model.with_suffix(SCORER_SUFFIX), allow_pickle=False) as content:
            about = json.loads(content["about"].tobytes().decode("utf-8", "surrogatepass"))
            if about["of"] != file_hash(model):
                return None
            words, characters, headings = (
                Terms(dict(zip(terms, range(len(terms)), strict=True)), content[part], is_damped)
                for part, terms, is_damped in about["terms"]
            )
            labels = tuple(about["labels"])
            return Scorer(labels, words, characters, headings, content["weights"], content["intercepts"])
    except (OSError, BadZipFile, KeyError, TypeError, ValueError):
        return None
