"""The classifier: trained on a tiny rubric, kept without pickle, the same each time."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest
from skops.io import dump

from extractor.coding import classifier
from extractor.coding.classifier import MIN_EXAMPLES, Classifier
from extractor.coding.coders import CLASSIFIER
from extractor.coding.model_files import data_hash, stored_hash
from extractor.coding.scoring import BEST_PASSAGES, MIN_VOTE, heading_text, tokens
from extractor.errors import WorkspaceError
from extractor.rubric import Example, Rubric
from tests import factory
from tests.coding import tiny

POLICE = "the project trained thirty police officers in the capital"
SHELTER = "eleven women stayed in the shelter"


@pytest.fixture(scope="module")
def rubric(tmp_path_factory: pytest.TempPathFactory) -> Rubric:
    return tiny.rubric(tmp_path_factory.mktemp("rubric"))


@pytest.fixture(scope="module")
def model(rubric: Rubric) -> Classifier:
    trained = classifier.train(rubric)
    assert trained is not None
    return trained


def scores(model: Classifier, *texts: str) -> np.ndarray[Any, Any]:
    return model.scores(texts, ["kind_final_report"] * len(texts))


def test_options_with_enough_examples_are_learnt(model: Classifier) -> None:
    assert model.labels == ("project_type.shelter", "project_type.training", "shelter_services.care.medical")


def test_a_passage_like_the_examples_scores_highest_on_its_option(model: Classifier) -> None:
    best = scores(model, POLICE, SHELTER).argmax(axis=1)
    assert [model.labels[column] for column in best] == ["project_type.training", "project_type.shelter"]


def test_scores_are_probabilities_one_row_a_passage(model: Classifier) -> None:
    found = scores(model, POLICE, SHELTER, "", "zzz qqq")
    assert found.shape == (4, 3)
    assert ((found > 0) & (found < 1)).all()


def test_votes_name_option_place_and_score(model: Classifier) -> None:
    source = factory.source(f"# Results\n\n{POLICE.capitalize()}. Rain fell in the north.\n")
    votes = model.vote(source)
    best = max(votes, key=lambda vote: vote.score)
    assert (best.item, best.option, best.coder) == ("project_type", "training", CLASSIFIER)
    assert source.document.text(best.span).startswith("The project trained")
    assert all(MIN_VOTE <= vote.score <= 1 for vote in votes)


def test_an_option_of_a_group_keeps_its_group(model: Classifier) -> None:
    votes = model.vote(factory.source("A doctor gave medical care to women.\n"))
    assert ("shelter_services", "care.medical") in {(vote.item, vote.option) for vote in votes}


def test_headings_and_scraps_get_no_votes(model: Classifier) -> None:
    assert model.vote(factory.source("# The project trained police officers\n\nPolice training.\n")) == []
    assert model.vote(factory.source("")) == []


def test_only_the_best_passages_are_voted_for(model: Classifier) -> None:
    text = "\n\n".join(f"The project trained {number} police officers in town {number}." for number in range(20))
    votes = [vote for vote in model.vote(factory.source(text)) if vote.option == "training"]
    assert len(votes) == BEST_PASSAGES
    assert [vote.score for vote in votes] == sorted((vote.score for vote in votes), reverse=True)


def test_the_place_of_a_passage_counts() -> None:
    assert heading_text(("Results", "Café"), "mou") == "results cafe kind_mou"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trained training trains", ["train", "train", "train"]),
        ("12 of 1,204 women", ["#", "of", "#", "#", "women"]),
        ("bed", ["bed"]),
        ("80% a b", ["#"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


# ------------------------------------------------------------------ files


def test_a_kept_model_gives_the_same_scores(model: Classifier, tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    classifier.save(model, path)
    kept = classifier.read(path)
    assert (kept.labels, kept.data_hash) == (model.labels, model.data_hash)
    assert np.array_equal(scores(kept, POLICE, SHELTER), scores(model, POLICE, SHELTER))
    assert stored_hash(path) == model.data_hash


def test_a_kept_model_is_a_few_files_however_many_its_terms(model: Classifier, tmp_path: Path) -> None:
    """An integer of NumPy is kept in a file of its own; a term's number is to be a plain one."""
    classifier.save(model, tmp_path / "m.skops")
    with ZipFile(tmp_path / "m.skops") as kept:
        assert len(kept.namelist()) < len(model.words.vocabulary_)
        assert all(entry.compress_type == ZIP_DEFLATED for entry in kept.infolist())


def test_a_pickle_under_the_name_of_a_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    path.write_bytes(pickle.dumps({"labels": []}))
    with pytest.raises(WorkspaceError, match="cannot be read"):
        classifier.read(path)


@dataclass
class Stranger:
    """A type of no known library."""

    name: str = "x"


def test_a_type_that_is_not_trusted_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    dump({"labels": Stranger()}, path)
    with pytest.raises(WorkspaceError, match="not trusted.*Stranger"):
        classifier.read(path)


def test_a_model_without_its_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    dump({"labels": ["a.b"]}, path)
    with pytest.raises(WorkspaceError, match="cannot be read"):
        classifier.read(path)


@pytest.mark.parametrize("note", ["", "not JSON", "[]", "{}"])
def test_a_broken_note_is_no_note(tmp_path: Path, note: str) -> None:
    (tmp_path / "model.json").write_text(note, encoding="utf-8")
    assert stored_hash(tmp_path / "model.skops") == ""


def test_a_note_does_not_vouch_for_other_bytes(model: Classifier, tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    classifier.save(model, path)
    path.write_bytes(path.read_bytes()[:-10])
    assert stored_hash(path) == ""


# ------------------------------------------------------------------ the same each time


def test_training_twice_gives_the_same(rubric: Rubric, model: Classifier) -> None:
    again = classifier.train(rubric)
    assert again is not None
    assert np.array_equal(again.weights, model.weights)
    assert np.array_equal(again.intercepts, model.intercepts)


def test_the_hash_changes_with_any_part_of_an_example(rubric: Rubric) -> None:
    first, *rest = rubric.examples
    hashes = {
        data_hash([changed, *rest])
        for changed in (
            first,
            replace(first, text=first.text + "!"),
            replace(first, heading="Other"),
            replace(first, kind="mou"),
            replace(first, yes=()),
            replace(first, no=("project_type.shelter",)),
        )
    }
    assert len(hashes) == 6
    assert data_hash(rest) not in hashes
    assert data_hash(rubric.examples) == data_hash(list(rubric.examples))


# ------------------------------------------------------------------ odd sets of examples


def of_examples(rubric: Rubric, examples: list[Example]) -> Classifier | None:
    return classifier.train(replace(rubric, examples=tuple(examples)))


def test_too_few_examples_give_no_model(rubric: Rubric) -> None:
    assert of_examples(rubric, []) is None
    few = [example for example in rubric.examples if "project_type.shelter" in example.yes][: MIN_EXAMPLES - 1]
    assert of_examples(rubric, few) is None


def test_a_label_on_every_example_teaches_nothing(rubric: Rubric) -> None:
    same = [example for example in rubric.examples if "project_type.shelter" in example.yes]
    assert of_examples(rubric, same) is None


def examples_of(texts: list[str]) -> list[Example]:
    """All but the first are of the shelter."""
    return [
        Example(f"f{number}", f"k{number}", "", text, ("project_type.shelter",) if number else ())
        for number, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ["alpha", "bravo", "delta", "golf"],
        ["дождь шёл весь день", "приют принял женщин", "женщины жили в приюте", "приют открылся в мае"],
    ],
    ids=["no word comes twice", "not in Latin script"],
)
def test_odd_words_are_learnt_all_the_same(rubric: Rubric, texts: list[str]) -> None:
    model = of_examples(rubric, examples_of(texts))
    assert model is not None
    assert model.scores(texts, [""] * 4).argmin() == 0


def test_examples_without_words_give_no_model(rubric: Rubric) -> None:
    assert of_examples(rubric, examples_of(["?", "!", "...", "-"])) is None


def test_more_than_128_labels_are_kept_apart(rubric: Rubric) -> None:
    """Past 127 labels an 8-bit label matrix would rotate them."""
    words = [f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(140)]
    examples = [
        Example(f"f{i}-{n}", "other", "", f"{word} {word}x {other}", (f"item.o{i:03}",))
        for i, word in enumerate(words)
        for n, other in enumerate(("und", "oder", "aber"))
    ]
    model = of_examples(rubric, examples)
    assert model is not None
    assert len(model.labels) == 140
    best = model.scores(words, ["kind_other"] * len(words)).argmax(axis=1)
    assert best.tolist() == list(range(140))


def test_a_note_says_what_made_the_model(model: Classifier, tmp_path: Path) -> None:
    classifier.save(model, tmp_path / "m.skops")
    note = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    assert note["labels"] == 3
    assert note["data_hash"] == model.data_hash
    assert note["sklearn"]
