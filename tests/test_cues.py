"""The language of cues."""

from __future__ import annotations

import time

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from extractor.cues import CueError, CueSet, fold_case, parse_cue

MATCHES = [
    ("pre test", "The Pre-test was held", True),
    ("pre test", "The pre and post test", False),
    ("traffick*", "victims of TRAFFICKING", True),
    ("traffic", "trafficking", False),
    ("(national )?referral mechanism", "a referral mechanism", True),
    ("(national)? referral mechanism", "the national referral mechanism", True),
    ("shelter (support)?", "the shelter", True),
    ("run by (the )?..3 police", "run by police", True),
    ("run by (the )?..3 police", "run by the police", True),
    ("run by (the )?..3 police", "run by the national police", True),
    ("(re)?integrat*", "reintegrated", True),
    ("organi[sz]ation*", "organizations", True),
    ("train* .. police", "training of the local police", True),
    ("train* ..1 police", "training of the local police", False),
    ("train* & police", "police who were trained", True),
    ("train* & police", "police who were paid", False),
    ("end ?line survey", "an endline survey", True),
    ("end ?line survey", "an end-line survey", True),
    ("colou?r", "the color", True),
    ("# women", "1,215 women", True),
    ("reach* & #", "reached many", False),
    ("knowledge, attitudes", "knowledge attitudes", True),
    ("child's right*", "the child’s rights", True),
    ("éducation", "education", True),
    ("(questionnaire|survey) (form|guide)*", "survey guides", True),
]


@pytest.mark.parametrize(("cue", "text", "expected"), MATCHES)
def test_match(cue: str, text: str, expected: bool) -> None:
    assert bool(CueSet([cue]).hits(fold_case(text))) is expected


BROKEN = [
    ("of & to", "at least 3 letters"),
    ("a* b*", "at least 3 letters"),
    ("(open", "closed"),
    ("police &", "both sides"),
    ("train (|police)", "alternative is empty"),
    ("train ..99 police", "at most 20"),
    ("organi[s-z]ation", "letters to choose from"),
    ("police + court", "no meaning"),
    ("police | court", "unexpected"),
    ("x" * 600, "at most 500"),
]


@pytest.mark.parametrize(("cue", "message"), BROKEN)
def test_broken_cues_are_explained(cue: str, message: str) -> None:
    with pytest.raises(CueError, match=message):
        parse_cue(cue)


def test_many_cues_give_the_same_hits_as_each_alone() -> None:
    cues = [cue for cue, _, _ in MATCHES]
    together = CueSet(cues)
    for _, text, _ in MATCHES:
        folded = fold_case(text)
        alone = [index for index, cue in enumerate(cues) if CueSet([cue]).hits(folded)]
        assert together.hits(folded) == alone


PARTED = [
    *(cue for cue, _, _ in MATCHES),
    "(evaluation team|final review|audit*) & (donor|girls' school*)",
    "(no|not) ..2 (study of the|survey)",
    "# (of the )?(women and girls|boys)",
    "Strømme Foundation",
    "(Digni|Strømme Foundation)",
    "100% of the donor",
]
WORDS = [
    "evaluation", "team", "final", "review", "audits", "donor", "girls'", "schools", "no", "not", "study", "of", "the",
    "survey", "12", "women", "and", "boys", "strømme", "foundation", "digni", "100%", "pre", "test", "forms", "guide",
    "training", "police", "reach", "national", "referral", "mechanism", "end", "line", "x_y", "",
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " ", "-", ", ", "\n", ". ", " (", "é ", "/"]))))
def test_no_match_is_lost_by_looking_for_words_first(parts: list[tuple[str, str]]) -> None:
    folded = fold_case("".join(map("".join, parts)))
    cues = [parse_cue(cue) for cue in PARTED]
    matched = [all(re2.search(pattern, folded) for pattern in cue.patterns) for cue in cues]
    assert CueSet(PARTED).hits(folded) == [index for index, is_hit in enumerate(matched) if is_hit]


LITERALS = [
    ("counter trafficking", {" counter trafficking "}),
    ("traffick*", {" traffick"}),
    ("evaluation (team|plan*)", {" team ", " plan"}),
    ("women's groups", {" women s groups "}),
    ("organi[sz]ation", {" organi"}),
]


@pytest.mark.parametrize(("cue", "expected"), LITERALS)
def test_words_that_must_be_there(cue: str, expected: set[str]) -> None:
    assert frozenset(expected) in parse_cue(cue).literals


def test_no_cues_find_nothing() -> None:
    assert CueSet([]).hits("anything") == []


def test_matching_takes_time_in_proportion_to_the_text() -> None:
    cue = CueSet(["abc* .. abc* .. abc* .. xyz"])
    started = time.perf_counter()
    cue.hits("abc " * 50_000)
    assert time.perf_counter() - started < 5  # backtracking would take years
