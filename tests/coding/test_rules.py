"""The rules coder: which options a passage is a vote for, and how much it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.coding.coders import CLEAR_CUE
from extractor.coding.rules import (
    ADVISED,
    ASKED,
    AVOIDED,
    CANCELLED,
    DEFINED,
    EVALUATOR,
    HEADING,
    HINT_SCORE,
    INSTRUMENT,
    NEGATED,
    NO_ACTOR,
    OTHER,
    PREFERRED,
    SECOND_CUE_SCORE,
    RulesCoder,
    ScopeFinder,
)
from extractor.model import Vote
from tests import factory
from tests.coding import tiny

HEAD = tiny.HEAD.partition("- id: shelter_services")[0]


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> RulesCoder:
    return RulesCoder(tiny.rubric(tmp_path_factory.mktemp("rubric"), HEAD, ""))


def votes_on(coder: RulesCoder, passage: str, heading: str = "Results") -> dict[str, Vote]:
    source = factory.source(f"# {heading}\n\n{passage}\n")
    return {vote.option: vote for vote in coder.vote(source) if source.document.text(vote.span) != heading}


TRAINED = CLEAR_CUE


@pytest.mark.parametrize(
    ("passage", "heading", "scores"),
    [
        # cues and hints
        ("The project trained many police.", "Results", {"training": TRAINED}),
        ("The project trained police in police workshops.", "Results", {"training": SECOND_CUE_SCORE}),
        ("The police were visited.", "Results", {"training": HINT_SCORE}),
        ("Rain fell.", "Results", {}),
        ("The shelter was opened and police were trained.", "Results", {"shelter": CLEAR_CUE, "training": HINT_SCORE}),
        # excluded
        ("The project trained police in keeping police records.", "Results", {}),
        # scopes
        ("The project trained police.", "Background", {"training": TRAINED * AVOIDED}),
        ("The project trained police.", "Activities", {"training": TRAINED * PREFERRED}),
        ("The project trained police.", "Recommendations", {"training": TRAINED * AVOIDED}),
        ("The shelter was opened.", "Background", {"shelter": CLEAR_CUE * AVOIDED}),
        # the doer
        ("Training of the police.", "Results", {"training": TRAINED * NO_ACTOR}),
        ("The police workshops.", "Results", {"training": TRAINED * NO_ACTOR}),
        ("The project will train police.", "Results", {"training": TRAINED}),
        ("The shelter.", "Results", {"shelter": CLEAR_CUE}),
        # polarity
        ("The project trained police but did not reach judges.", "Results", {"training": TRAINED * NEGATED}),
        ("IOM should see that police who are trained were supported.", "Results", {"training": HINT_SCORE * ADVISED}),
        ("Shelters should be monitored.", "Results", {"shelter": CLEAR_CUE * ADVISED}),
        ("No funding for the shelter was received.", "Results", {"shelter": CLEAR_CUE * NEGATED}),
        # of others, definitions, questions
        ("Other projects supported the shelter.", "Results", {"shelter": CLEAR_CUE * OTHER}),
        ("A shelter is defined as a house.", "Results", {"shelter": CLEAR_CUE * DEFINED}),
        ("Was the shelter opened?", "Results", {"shelter": CLEAR_CUE * ASKED}),
        # cancelled, of a form, of the evaluators
        ("The shelter was not opened.", "Results", {"shelter": CLEAR_CUE * CANCELLED}),
        ("The shelter was postponed.", "Results", {"shelter": CLEAR_CUE * CANCELLED}),
        ("The shelter (please specify)", "Results", {"shelter": CLEAR_CUE * INSTRUMENT}),
        ("The evaluation team visited the shelter.", "Results", {"shelter": CLEAR_CUE * EVALUATOR}),
        # an option about advice looks for what is asked for
        ("Training of judges should follow.", "Recommendations", {"advice": CLEAR_CUE * PREFERRED}),
        ("Training of judges should follow.", "Results", {"advice": CLEAR_CUE}),
    ],
)
def test_scores(coder: RulesCoder, passage: str, heading: str, scores: dict[str, float]) -> None:
    found = {option: vote.score for option, vote in votes_on(coder, passage, heading).items()}
    assert found == {option: pytest.approx(score, abs=1e-4) for option, score in scores.items()}


def test_several_reasons_multiply(coder: RulesCoder) -> None:
    vote = votes_on(coder, "Should no such shelter be opened?", "Background")["shelter"]
    assert vote.score == pytest.approx(CLEAR_CUE * AVOIDED * ADVISED * NEGATED * ASKED, abs=1e-4)
    assert "in context" in vote.why
    assert "asked for, not done" in vote.why
    assert "a negation in it" in vote.why
    assert "a question" in vote.why


def test_a_reason_names_the_matched_words(coder: RulesCoder) -> None:
    assert votes_on(coder, "The project trained many police.")["training"].why.startswith("cue “trained many police”")
    assert votes_on(coder, "The police were visited.")["training"].why.startswith("hint “police”")


def test_features_count_cues_hints_and_scopes(coder: RulesCoder) -> None:
    vote = votes_on(coder, "The project trained police in police workshops.", "Activities")["training"]
    assert (vote.features["cues"], vote.features["hints"]) == (2.0, 1.0)
    assert vote.features["preferred"] == 1.0
    assert "avoided" not in vote.features
    assert votes_on(coder, "The shelter.", "Background")["shelter"].features["avoided"] == 1.0


def test_a_heading_names_a_subject_only(coder: RulesCoder) -> None:
    votes = coder.vote(factory.source("# The shelter\n\nRain fell.\n"))
    assert [(vote.option, vote.score) for vote in votes] == [("shelter", round(CLEAR_CUE * HEADING, 4))]
    assert votes[0].why.endswith("a heading")


def test_a_vote_names_the_place_of_its_passage(coder: RulesCoder) -> None:
    source = factory.source("# Results\n\nRain fell. The shelter was opened. Snow fell.\n\fThe shelter closed.\n")
    votes = coder.vote(source)
    assert [source.document.text(vote.span) for vote in votes] == ["The shelter was opened.", "The shelter closed."]
    assert [vote.span.page for vote in votes] == [0, 1]
    assert {vote.file for vote in votes} == {source.file}


def test_a_row_with_a_figure_needs_no_verb(coder: RulesCoder) -> None:
    source = factory.source("# Results\n\nTraining of police\t150\t171\n")
    assert [vote.score for vote in coder.vote(source)] == [pytest.approx(TRAINED)]


def test_the_scopes_of_a_path_are_those_of_its_headings(tmp_path: Path) -> None:
    finder = ScopeFinder(tiny.rubric(tmp_path, HEAD, ""))
    assert finder.of(("Background", "Planned activities")) == {"context", "activities"}
    assert finder.of(("Results",)) == frozenset()
    assert finder.of(()) == frozenset()


def test_no_votes_without_coded_items(tmp_path: Path) -> None:
    head = HEAD.partition("- id: project_type")[0]
    assert RulesCoder(tiny.rubric(tmp_path, head, "")).vote(factory.source("# A\n\nThe shelter was opened.\n")) == []
