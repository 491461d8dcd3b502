"""All coders of a rubric over one document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractor.coding import classifier
from extractor.coding.coders import ALONE, CLASSIFIER, RULES
from extractor.coding.engine import SHORT_QUOTE_WORDS, Engine, load_engine, widen
from extractor.coding.model_files import EngineSpec
from extractor.coding.scoring import Scorer, read_scorer
from extractor.model import Coding, Span
from extractor.rubric import Rubric
from extractor.rubric_yaml import load_rubric, load_rubrics
from tests import factory
from tests.coding import tiny

TEXT = """\
! Support to Shelters in the North

Project period: March 2010 to May 2012

# Background

Victims of trafficking are many in the north of the country.

# Results

The project trained forty police officers in interviewing. Rain fell.
The shelter took in twenty women.
\f# Annexes

Rain fell again in the north of the country.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.write_rubric(tmp_path_factory.mktemp("rubric"))


@pytest.fixture(scope="module")
def spec(folder: Path) -> EngineSpec:
    model = classifier.train(load_rubrics((str(folder),)))
    assert model is not None
    classifier.save(model, folder / "model.skops")
    return EngineSpec.of(load_rubrics((str(folder),)), folder / "model.skops")


@pytest.fixture(scope="module")
def coding(spec: EngineSpec) -> Coding:
    return load_engine(spec).code(factory.document(TEXT), "p/final-report.pdf", "0" * 64)


def test_every_coder_votes(coding: Coding) -> None:
    assert {vote.coder for vote in coding.votes} >= {RULES, CLASSIFIER, "dates", "title", "documents"}
    assert {vote.file for vote in coding.votes} == {"p/final-report.pdf"}


def test_votes_are_on_items_of_the_rubric_only(coding: Coding, spec: EngineSpec) -> None:
    """The dates' extractor also proposes a length in months, which this form does not ask for."""
    items = {item.id for item in load_engine(spec).rubric.items}
    assert {vote.item for vote in coding.votes} <= items
    assert "duration_clear" not in items


def test_votes_stand_in_the_text(coding: Coding) -> None:
    document = factory.document(TEXT)
    assert all(document.text(vote.span).strip() for vote in coding.votes)


def test_the_document_is_described(coding: Coding) -> None:
    assert coding.description.title == "Support to Shelters in the North"


def test_density_is_the_share_of_passages_with_a_word_of_the_field(coding: Coding) -> None:
    """Three of them: the title, the victims of trafficking, the women of the shelter."""
    assert coding.density == pytest.approx(3 / coding.passages, abs=1e-4)


def test_the_same_document_is_coded_the_same(coding: Coding, spec: EngineSpec) -> None:
    load_engine.cache_clear()
    assert load_engine(spec).code(factory.document(TEXT), "p/final-report.pdf", "0" * 64) == coding


def test_without_a_model_rules_and_extractors_vote(folder: Path) -> None:
    engine = load_engine(EngineSpec.of(load_rubrics((str(folder),))))
    votes = engine.code(factory.document(TEXT), "a.pdf", "").votes
    assert CLASSIFIER not in {vote.coder for vote in votes}
    assert RULES in {vote.coder for vote in votes}


def test_an_empty_document_has_no_votes(folder: Path) -> None:
    coding = load_engine(EngineSpec.of(load_rubrics((str(folder),)))).code(factory.document(""), "a.pdf", "")
    assert (coding.votes, coding.passages, coding.density) == ((), 0, 0.0)


@pytest.mark.parametrize("scope", ["lists", "instruments"])
def test_lists_and_forms_are_left_to_typed_extractors(tmp_path: Path, scope: str) -> None:
    head = tiny.HEAD.replace("scopes:\n", f"scopes:\n  {scope}: [abbreviation*]\n")
    engine = Engine(tiny.rubric(tmp_path, head, ""), None)
    listed = factory.document("# Abbreviations\n\nThe shelter of the north.\n\n# Results\n\nRain fell.\n")
    running = factory.document("# Results\n\nThe shelter of the north.\n\n# Weather\n\nRain fell.\n")
    sentence_votes = [
        [vote for vote in engine.code(document, "a.pdf", "").votes if vote.coder == RULES]
        for document in (listed, running)
    ]
    assert [len(votes) for votes in sentence_votes] == [0, 1]


def test_the_votes_of_the_model_bear_the_marks_of_their_sentences(coding: Coding) -> None:
    marked = {mark for vote in coding.votes if vote.coder == CLASSIFIER for mark in vote.features}
    assert {"done", "subject"} <= marked


# ------------------------------------------------------------------ quotes


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (6, 10, "Alpha beta gamma delta epsilon zeta eta."),  # a word: the sentence it stands in
        (0, 34, "Alpha beta gamma delta epsilon zeta"),  # words enough: as they are
    ],
)
def test_a_vote_on_a_few_words_quotes_their_sentence(start: int, end: int, quote: str) -> None:
    source = factory.source("Alpha beta gamma delta epsilon zeta eta. Theta iota kappa.\n")
    vote = replace(tiny.vote("a", file=source.file), span=Span(0, start, end + (1 if end == 34 else 0)))
    assert source.document.text(widen(vote, source).span) == quote
    assert quote.count(" ") + 1 >= SHORT_QUOTE_WORDS


def test_a_vote_outside_every_passage_stays_where_it_is() -> None:
    source = factory.source("Alpha beta.\n")
    vote = replace(tiny.vote("a"), span=Span(0, 500, 501))
    assert widen(vote, source) == vote


# ------------------------------------------------------------------ languages

FRENCH = """\
! Appui aux foyers du nord

# Activités

Le projet a formé quarante policiers pour la protection des enfants de la région du nord. La pluie est tombée sur les
champs, et les routes de la région ont été coupées par les eaux pendant un mois. Training police is an English title.
"""
FRENCH_CUES = """\
domain: [policier*]
scopes: {activities: ["activité*"], context: [contexte]}
options:
  project_type.training: {cues: ["form* .. policier*"]}
"""


def french_rubric(folder: Path, head: str = tiny.HEAD) -> Rubric:
    tiny.write_rubric(folder, head)
    (folder / "languages").mkdir()
    (folder / "languages" / "fr.yaml").write_text(FRENCH_CUES, encoding="utf-8")
    return load_rubric(folder)


def trained(spec: EngineSpec) -> Scorer | None:
    scorer = read_scorer(Path(spec.model))
    assert scorer is not None
    return scorer


def test_a_french_document_is_read_with_french_cues_only(tmp_path: Path) -> None:
    coded = Engine(french_rubric(tmp_path / "fr"), None).code(factory.document(FRENCH), "a.pdf", "")
    votes = [vote for vote in coded.votes if vote.coder == RULES]
    assert coded.description.language == "fr"
    assert {vote.option: vote.score for vote in votes} == pytest.approx({"training": 0.84})
    assert coded.density == pytest.approx(1 / coded.passages, abs=1e-4)


def test_a_language_without_cues_is_read_with_the_rubrics_own(folder: Path) -> None:
    coded = Engine(load_rubric(folder), None).code(factory.document(FRENCH), "a.pdf", "")
    assert [vote.option for vote in coded.votes if vote.coder == RULES] == ["training"]


def test_the_model_is_silent_on_a_language_that_it_has_not_learnt(tmp_path: Path, spec: EngineSpec) -> None:
    model = trained(spec)
    coded = Engine(french_rubric(tmp_path / "a"), model).code(factory.document(FRENCH), "a.pdf", "")
    assert {vote.coder for vote in coded.votes} & {RULES, CLASSIFIER} == {RULES}
    assert [vote.features[ALONE] for vote in coded.votes if vote.coder == RULES] == [1.0]
    head = tiny.HEAD.replace("domain:", "languages: [en, fr]\ndomain:")
    learnt = Engine(french_rubric(tmp_path / "b", head), model).code(factory.document(FRENCH + TEXT), "a.pdf", "")
    assert not any(ALONE in vote.features for vote in learnt.votes)
