"""A project's votes -> its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from extractor.coding.coders import CLASSIFIER
from extractor.coding.combine import FEATURES, Combiner
from extractor.coding.decide import MAX_EVIDENCE, REPEAT_BONUS, ProjectVotes, decide, option_votes
from extractor.model import Answer, Span, Vote
from extractor.rubric import Condition, Item, ItemType, Option, Rubric
from tests.coding import tiny
from tests.coding.tiny import project, vote

# The best cue alone decides: 0.5 at a score of 0.5.
COMBINER = Combiner(
    weights={name: 10.0 if name == "cue_best" else 0.0 for name in FEATURES},
    means=dict.fromkeys(FEATURES, 0.5),
    scales=dict.fromkeys(FEATURES, 1.0),
    intercept=0.0,
    threshold=0.5,
)
TRAINING, SHELTER, NONE = Option("training", "Training"), Option("shelter", "Shelter"), Option("none", "", absence=True)
TYPE = Item("type", "Type", "multi", options=(TRAINING, SHELTER, NONE))
KIND = Item("kind", "Kind", "single", options=(TRAINING, SHELTER))
COUNTRY = Item(
    "country", "Country", "single", options=(Option("bangladesh", "Bangladesh"),), other=True, extractor="places"
)
ALBANIA = {"other": "Albania", "iso3166": "ALB"}
GHANA = {"other": "Ghana", "iso3166": "GHA"}
BANGLADESH = {"other": "Bangladesh", "iso3166": "BGD"}


def answers(items: Sequence[Item], votes: ProjectVotes) -> dict[str, Answer]:
    rubric = Rubric("r", "1", "R", "hash", tuple(items))
    shares = {f"{item.id}.{option.id}": 0.5 for item in items for option in item.options}
    return decide(rubric, votes, COMBINER, shares)


def answer(item: Item, votes: ProjectVotes) -> Answer:
    return answers([item], votes)[item.id]


def typed(type: ItemType) -> Item:
    return Item("x", "X", type, extractor="x")


def value_vote(
    value: Any, score: float = 0.9, file: str = "a.txt", span: Span = tiny.FIRST_WORD, option: str = ""
) -> Vote:
    return vote("x", option, score, value=value, coder="x", file=file, span=span)


# ------------------------------------------------------------------ options


def test_options_above_the_threshold_are_ticked() -> None:
    found = answer(TYPE, project([vote("type", "training", 0.8), vote("type", "shelter", 0.2)]))
    assert (found.status, found.value) == ("found", ["training"])
    assert found.confidence == found.options["training"] == pytest.approx(0.9526, abs=1e-4)
    assert found.options["shelter"] < 0.5
    assert set(found.options) == {"training", "shelter", "none"}
    assert found.searched == ("a.txt", "b.txt", "c.txt")


def test_options_stand_in_the_order_of_the_form() -> None:
    votes = [vote("type", "shelter", 0.9), vote("type", "training", 0.8)]
    assert answer(TYPE, project(votes)).value == ["training", "shelter"]


def test_a_single_item_has_its_best_option() -> None:
    found = answer(KIND, project([vote("kind", "training", 0.8), vote("kind", "shelter", 0.9)]))
    assert found.value == "shelter"
    assert [evidence.for_ for evidence in found.evidence] == ["shelter"]


def test_nothing_found_names_what_was_searched() -> None:
    found = answer(KIND, project([vote("kind", "training", 0.1)]))
    assert (found.status, found.value, found.evidence) == ("not_found", None, ())
    assert found.searched == ("a.txt", "b.txt", "c.txt")
    assert found.options["training"] > 0


def test_silence_in_a_text_of_the_field_is_an_answer_of_absence() -> None:
    found = answer(TYPE, project([], density=0.5))
    assert (found.status, found.value) == ("found", ["none"])
    assert found.comment
    assert found.evidence == ()


def test_silence_in_a_text_of_another_field_is_none() -> None:
    assert answer(TYPE, project([], density=0.01)).status == "not_found"


def test_an_absence_is_not_ticked_beside_others() -> None:
    assert answer(TYPE, project([vote("type", "shelter", 0.9), vote("type", "none", 0.9)])).value == ["shelter"]


def test_a_classifier_and_rules_vote_on_sentences_other_coders_do_not() -> None:
    votes = (vote("type", "training"), vote("type", "training", coder=CLASSIFIER), vote("type", "training", coder="x"))
    assert option_votes(TYPE, TRAINING, votes) == votes[:2]
    assert answer(TYPE, project([vote("type", "training", coder="x")], density=0.0)).status == "not_found"


# ------------------------------------------------------------------ options of documents


def test_a_typed_extractor_alone_decides_an_item_of_documents() -> None:
    item = Item("types", "Types", "multi", options=(TRAINING, SHELTER), extractor="documents")
    found = answer(item, project([vote("types", "shelter", 0.6, coder="documents"), vote("types", "training", 0.9)]))
    assert found.value == ["shelter"]
    assert found.options == {"training": 0.0, "shelter": 0.6}


def test_a_country_that_is_not_listed_is_other() -> None:
    found = answer(COUNTRY, project([vote("country", value=ALBANIA, coder="places")]))
    assert found.value == ALBANIA
    assert found.options == {"bangladesh": 0.0}


def test_a_listed_country_becomes_its_option_with_confidence_and_evidence() -> None:
    found = answer(COUNTRY, project([vote("country", score=0.8, value=BANGLADESH, coder="places")]))
    assert found.value == "bangladesh"
    assert found.options == {"bangladesh": 0.8}
    assert [evidence.for_ for evidence in found.evidence] == ["bangladesh"]


def test_the_better_of_a_listed_and_another_country_is_the_answer() -> None:
    votes = [
        vote("country", score=0.9, value=BANGLADESH, coder="places"),
        vote("country", score=0.5, value=ALBANIA, coder="places"),
    ]
    assert answer(COUNTRY, project(votes)).value == "bangladesh"
    assert (
        answer(COUNTRY, project([votes[0], vote("country", score=0.98, value=ALBANIA, coder="places")])).value
        == ALBANIA
    )


def test_the_countries_of_a_regional_project_are_a_list() -> None:
    found = answer(COUNTRY, project([vote("country", score=0.7, value=[GHANA, BANGLADESH], coder="places")]))
    assert found.value == [GHANA, "bangladesh"]
    assert found.options == {"bangladesh": 0.7}


def test_several_others_of_a_multi_item_are_kept_best_first() -> None:
    item = Item("funders", "Funders", "multi", options=(TRAINING,), other=True, extractor="funders")
    votes = [
        vote("funders", score=0.6, value={"other": "A"}, coder="funders"),
        vote("funders", score=0.9, value={"other": "B"}, coder="funders"),
        vote("funders", score=0.2, value={"other": "C"}, coder="funders"),
        vote("funders", "training", 0.7, coder="funders"),
    ]
    assert answer(item, project(votes)).value == ["training", {"other": "B"}, {"other": "A"}]


# ------------------------------------------------------------------ typed values


def test_the_best_backed_value_is_the_answer() -> None:
    found = answer(typed("date_my"), project([value_vote("2010-01", 0.6), value_vote("2011-01", 0.9)]))
    assert (found.value, found.confidence) == ("2011-01", 0.9)


def test_a_weak_value_is_not_given() -> None:
    assert answer(typed("text"), project([value_vote("A title", 0.3)])).status == "not_found"


def test_each_further_document_adds_a_little() -> None:
    votes = [value_vote("2010-01", 0.8, file=file) for file in ("a.txt", "b.txt", "b.txt", "c.txt")]
    assert answer(typed("date_my"), project(votes)).confidence == pytest.approx(0.8 + 2 * REPEAT_BONUS)


def test_two_documents_that_differ_are_a_conflict() -> None:
    votes = [value_vote("2010-01", 0.9, "a.txt", Span(0, 0, 5)), value_vote("2010-06", 0.8, "b.txt", Span(1, 6, 10))]
    found = answer(typed("date_my"), project(votes))
    assert found.value == "2010-01"
    (conflict,) = found.conflicts
    assert [(side.value, side.file, side.page, side.quote) for side in conflict.values] == [
        ("2010-01", "a.txt", 1, "Alpha"),
        ("2010-06", "b.txt", 2, "beta"),
    ]
    assert conflict.note


@pytest.mark.parametrize(
    ("type", "first", "second"),
    [
        ("date_my", "2010-01", "2010"),
        ("date_my", "2010", "2010-01"),
        ("text", "Support to Shelters in Albania", "Support to Shelters in Albania, Phase One"),
        ("money", {"amount": 9600000, "currency": "NOK"}, {"amount": 9600000.0, "currency": "NOK", "as_of": "2008"}),
    ],
)
def test_values_that_agree_are_no_conflict(type: ItemType, first: Any, second: Any) -> None:
    assert answer(typed(type), project([value_vote(first), value_vote(second, file="b.txt")])).conflicts == ()


@pytest.mark.parametrize(
    ("first", "second", "score", "file"),
    [
        ("2010-01", "2010-06", 0.5, "b.txt"),  # much weaker
        ("2010-01", "2010-06", 0.9, "a.txt"),  # of the same document
    ],
)
def test_what_is_no_contradiction(first: str, second: str, score: float, file: str) -> None:
    assert answer(typed("date_my"), project([value_vote(first), value_vote(second, score, file)])).conflicts == ()


def test_a_proposal_is_believed_less_on_what_was_spent() -> None:
    item = Item("expenditure", "Spent", "money")
    planned, spent = {"amount": 10, "currency": "EUR"}, {"amount": 9, "currency": "EUR"}
    votes = [
        vote("expenditure", score=0.9, value=planned, coder="money", file="a.txt"),
        vote("expenditure", score=0.6, value=spent, coder="money", file="b.txt"),
    ]
    found = answer(item, project(votes, types={"a.txt": "proposal", "b.txt": "final_report"}))
    assert found.value == spent


def test_a_value_of_no_is_an_answer() -> None:
    assert answer(typed("yes_no"), project([value_vote(False)])).value is False
    assert answer(typed("number"), project([value_vote(0)])).value == 0


# ------------------------------------------------------------------ lists


def test_lists_of_several_documents_are_merged_once() -> None:
    votes = [
        value_vote(["IOM", "UNICEF"]),
        value_vote(["UNICEF", "Caritas"], file="b.txt"),
        value_vote("iom", file="c.txt"),
    ]
    found = answer(typed("texts"), project(votes))
    assert found.value == ["IOM", "UNICEF", "Caritas"]


def test_weak_values_are_left_out_of_a_list() -> None:
    found = answer(typed("texts"), project([value_vote("one"), value_vote("two", 0.2)]))
    assert found.value == ["one"]
    assert answer(typed("texts"), project([value_vote("two", 0.2)])).status == "not_found"


def test_evidence_of_a_list_names_what_it_is_for_best_first() -> None:
    votes = [value_vote({"statement": "One"}, 0.5), value_vote({"statement": "Two"}, 0.9, span=Span(0, 6, 10))]
    found = answer(typed("results"), project(votes))
    assert [row["statement"] for row in found.value] == ["One", "Two"]
    assert [evidence.for_ for evidence in found.evidence] == ["Two", "One"]


def test_keyed_lists_keep_their_keys_apart() -> None:
    votes = [
        value_vote("Train judges", option="training"),
        value_vote("Fund shelters", option="shelter", span=Span(0, 6, 10)),
        value_vote("Train more", option="training", span=Span(0, 11, 16)),
        value_vote("Report yearly", span=Span(0, 17, 22)),
    ]
    found = answer(typed("recommendations"), project(votes))
    assert found.value == {
        "training": ["Train judges", "Train more"],
        "shelter": ["Fund shelters"],
        "general": ["Report yearly"],
    }
    assert {evidence.for_ for evidence in found.evidence} == {"training", "shelter", "general"}
    assert answer(typed("findings"), project([])).status == "not_found"


# ------------------------------------------------------------------ skip logic


def condition(*pairs: tuple[str, str]) -> Condition:
    return Condition(pairs)


FOCUS = Item(
    "focus", "Focus", "multi", options=(TRAINING,), relevant=condition(("type", "training"), ("kind", "training"))
)


def test_the_best_recommendations_of_a_type_are_given_and_how_many_more_there_are_is_said() -> None:
    item = Item("recommendations", "Advice", "recommendations")
    words = [
        "water",
        "roads",
        "seeds",
        "schools",
        "maps",
        "laws",
        "clinics",
        "boats",
        "radios",
        "fences",
        "bees",
        "wells",
    ]
    votes = [
        vote("recommendations", "training", 0.5 + number / 100, value=f"Advice on {word}", coder="x")
        for number, word in enumerate(words)
    ]
    found = answer(item, project(votes))
    assert found.value is not None
    assert [text.split()[-1] for text in found.value["training"]] == words[2:]
    assert found.comment == "training: 2 more were found; the best 10 are given."


def test_an_item_that_is_not_asked_is_not_applicable() -> None:
    found = answers([TYPE, FOCUS], project([vote("type", "shelter"), vote("focus", "training")]))["focus"]
    assert (found.status, found.value, found.evidence) == ("not_applicable", None, ())
    assert found.options["training"] > 0.5


@pytest.mark.parametrize("asking", ["type", "kind"])
def test_any_of_the_conditions_is_enough(asking: str) -> None:
    votes = [vote(asking, "training"), vote("focus", "training")]
    assert answers([TYPE, KIND, FOCUS], project(votes))["focus"].status == "found"


@pytest.mark.parametrize("backwards", [False, True])
def test_what_depends_on_an_item_that_is_not_asked_is_not_asked_either(backwards: bool) -> None:
    names = Item("names", "Names", "texts", relevant=condition(("focus", "training")))
    items = [TYPE, FOCUS, names]
    votes = [vote("type", "shelter"), vote("focus", "training"), vote("names", value="A", coder="parties")]
    found = answers(items[::-1] if backwards else items, project(votes))
    assert {name: found[name].status for name in ("focus", "names")} == dict.fromkeys(
        ("focus", "names"), "not_applicable"
    )


def test_the_countries_of_a_regional_project_are_kept_though_the_item_is_not_asked() -> None:
    scope = Item("scope", "Scope", "single", options=(Option("country", ""), Option("region", "")), extractor="places")
    country = replace(COUNTRY, relevant=condition(("scope", "country")))
    region = vote("scope", "region", coder="places")
    several = answers([scope, country], project([region, vote("country", value=[GHANA, ALBANIA], coder="places")]))
    assert several["country"].value == [GHANA, ALBANIA]
    one = answers([scope, country], project([region, vote("country", value=GHANA, coder="places")]))
    assert one["country"].status == "not_applicable"


def test_a_project_of_which_nothing_could_be_read() -> None:
    found = answers([TYPE, FOCUS, typed("text")], project([], searched=()))
    assert {entry.status for entry in found.values()} == {"unreadable"}
    assert found["type"].options == {"training": 0.0, "shelter": 0.0, "none": 0.0}


# ------------------------------------------------------------------ evidence


def test_quotes_are_the_words_at_their_places() -> None:
    found = answer(TYPE, project([vote("type", "training", 0.9, span=Span(1, 6, 10), file="b.txt")]))
    (evidence,) = found.evidence
    assert (evidence.file, evidence.page, evidence.printed_page) == ("b.txt", 2, "p2")
    assert evidence.quote == tiny.TEXT[evidence.start : evidence.end] == "beta"
    assert (evidence.for_, evidence.coder, evidence.why) == ("training", "rules", "rules says so")


def test_the_best_evidence_comes_first_and_is_limited() -> None:
    votes = [vote("type", "training", 0.5 + n / 20, span=Span(0, n, n + 5)) for n in range(8)]
    votes += [vote("type", "shelter", 0.99, span=Span(0, 20, 25))]
    evidence = answer(TYPE, project(votes)).evidence
    assert [entry.confidence for entry in evidence] == sorted((entry.confidence for entry in evidence), reverse=True)
    assert evidence[0].for_ == "shelter"
    assert [entry.start for entry in evidence if entry.for_ == "training"] == [7, 6, 5][:MAX_EVIDENCE]


def test_coders_of_one_place_are_named_together() -> None:
    votes = [vote("type", "training", 0.7), vote("type", "training", 0.6, coder=CLASSIFIER)]
    (evidence,) = answer(TYPE, project(votes)).evidence
    assert evidence.coder == "classifier+rules"
    assert evidence.why == "rules says so; classifier says so"


def test_longer_quotes_are_better_evidence() -> None:
    votes = [vote("type", "training", 0.8, span=Span(0, 0, 5)), vote("type", "training", 0.8, span=Span(0, 6, 50))]
    assert [entry.start for entry in answer(TYPE, project(votes)).evidence] == [6, 0]


@pytest.mark.parametrize(("mark", "starts"), [("instrument", [6, 0]), ("subject", [0, 6]), ("done", [0, 6])])
def test_a_form_is_worse_evidence_and_a_doer_with_a_verb_is_better(mark: str, starts: list[int]) -> None:
    first, second = (vote("type", "training", score, span=Span(0, n, n + 5)) for score, n in ((0.8, 0), (0.75, 6)))
    votes = [replace(first, features={**first.features, mark: 1.0}), second]
    assert [entry.start for entry in answer(TYPE, project(votes)).evidence] == starts
    if mark == "subject":  # a little weaker by score, and still the better quote
        votes = [first, replace(second, features={**second.features, mark: 1.0})]
        assert [entry.start for entry in answer(TYPE, project(votes)).evidence] == [6, 0]


def test_confidences_have_four_places() -> None:
    found = answer(TYPE, project([vote("type", "training", 0.777777)]))
    numbers = [found.confidence, *found.options.values(), *(entry.confidence for entry in found.evidence)]
    assert all(round(number, 4) == number for number in numbers)
