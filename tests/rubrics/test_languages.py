"""Documents in French and Spanish: cues of their own find what their sentences say, and no English cue speaks there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.coding.coders import ALONE
from extractor.coding.combine import ProjectContext, field_shares, option_features, read_combiner
from extractor.coding.engine import Engine
from extractor.coding.rules import RulesCoder
from extractor.model import Coding, Vote
from extractor.rubric import Rubric, in_language
from extractor.rubric_yaml import list_rubrics, load_rubric
from tests import factory
from tests.coding import tiny

LANGUAGES = ("es", "fr")
USUAL_PASSAGES = 150
"""Of a short report: these documents are shorter than any that the combiner was fitted on."""
CLEAR = 0.55
"""A vote that nothing much speaks against."""
MAIN_ITEMS = ("project_type", "activities", "target_groups")
WORDED_ITEMS = (
    *MAIN_ITEMS, "prevention_focus", "research_focus", "direct_assistance_focus", "technical_cooperation_focus",
    "objectives", "evaluation_data", "follow_up", "challenges",
)  # fmt: skip


@cache
def rubric() -> Rubric:
    return load_rubric("counter_trafficking")


@cache
def coder(language: str) -> RulesCoder:
    return RulesCoder(in_language(rubric(), language), language)


def sentences(language: str) -> list[Any]:
    path = Path(__file__).with_name(f"sentences_{language}.yaml")
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


CASES = [
    pytest.param(code, entry, id=f"{code}-{entry['text'][:40]}") for code in LANGUAGES for entry in sentences(code)
]


def votes_on(language: str, heading: str, text: str) -> dict[str, Vote]:
    source = factory.source(f"# {heading}\n\n{text}\n")
    votes = [vote for vote in coder(language).vote(source) if source.document.text(vote.span) != heading]
    return {f"{vote.item}.{vote.option}": vote for vote in votes if vote.features["cues"]}


@pytest.mark.parametrize(("language", "entry"), CASES)
def test_a_sentence_speaks_for_its_options_and_for_no_others(language: str, entry: dict[str, Any]) -> None:
    votes = votes_on(language, entry["heading"], entry["text"])
    unclear = {name for name in entry.get("for", ()) if name not in votes or votes[name].score < CLEAR}
    assert (unclear, votes.keys() & set(entry.get("not", ()))) == (set(), set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_of_the_main_items_has_a_sentence(language: str) -> None:
    spoken_for = {name for entry in sentences(language) for name in entry.get("for", ())}
    items = [item for item in rubric().items if item.id in MAIN_ITEMS]
    assert {f"{i.id}.{o.id}" for i in items for o in i.options if not o.absence} <= spoken_for


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("item_id", WORDED_ITEMS)
def test_every_option_is_worded(language: str, item_id: str) -> None:
    item = in_language(rubric(), language).item(item_id)
    assert item is not None
    assert [option.id for option in item.options if not option.cues and not option.absence] == []


@pytest.mark.parametrize(
    "path", [path for path in list_rubrics() if load_rubric(path).domain], ids=lambda path: path.name
)
def test_a_rubric_with_words_of_its_field_has_them_in_each_language(path: Path) -> None:
    wordings = load_rubric(path).wordings
    assert {code for code in LANGUAGES if wordings[code].domain and wordings[code].scopes} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scope_is_worded(language: str) -> None:
    assert rubric().wordings[language].scopes.keys() == rubric().scopes.keys()


# ------------------------------------------------------------------ a document as a whole

FRENCH = """\
! Rapport final du projet de lutte contre la traite des enfants au Togo

# Contexte

La traite des enfants est un problème dans la sous-région et touche surtout les familles pauvres.

# Activités

Le projet a formé 120 policiers et gendarmes à l'identification des victimes de traite. Des séances de sensibilisation
contre la traite ont été organisées dans douze villages. Les policiers formés ont ensuite formé leurs collègues.

# Recommandations

Le gouvernement devrait former les médecins à la prise en charge des victimes.
"""
SPANISH = """\
! Informe final del proyecto contra la trata de personas en el Paraguay

# Antecedentes

La trata de personas es un problema en la región y afecta sobre todo a las familias pobres del país.

# Actividades

El proyecto capacitó a 120 policías en la identificación de víctimas de trata. Se realizaron charlas de sensibilización
contra la trata en doce municipios. Los policías capacitados enseñaron después a sus colegas.

# Recomendaciones

El gobierno debería capacitar a los médicos en la atención a las víctimas.
"""
DOCUMENTS = pytest.mark.parametrize(("language", "text"), [("fr", FRENCH), ("es", SPANISH)])


def coding(text: str) -> Coding:
    return Engine(rubric(), None).code(factory.document(text), "rapport.pdf", "0" * 64)


def confidence(coded: Coding, item: str, option: str) -> float:
    votes = [vote for vote in coded.votes if (vote.item, vote.option) == (item, option)]
    share = field_shares(rubric())[f"{item}.{option}"]
    context = ProjectContext(coded.density, USUAL_PASSAGES)
    return read_combiner().confidence(option_features(votes, context, share))


@DOCUMENTS
def test_clear_sentences_tick_the_box(language: str, text: str) -> None:
    coded = coding(text)
    assert coded.description.language == language
    assert confidence(coded, "technical_cooperation_focus", "police") >= read_combiner().threshold
    assert confidence(coded, "prevention_focus", "awareness") >= read_combiner().threshold


@DOCUMENTS
def test_what_is_asked_for_does_not_tick_it(language: str, text: str) -> None:
    coded = coding(text)
    asked = confidence(coded, "technical_cooperation_focus", "medical")
    assert asked < confidence(coded, "technical_cooperation_focus", "police")
    assert asked < read_combiner().threshold


@DOCUMENTS
def test_density_counts_words_of_the_language(language: str, text: str) -> None:
    assert coding(text).density > 0.5


def test_where_the_model_is_silent_a_cue_stands_in_for_it() -> None:
    """Silence of a model that does not know the language is no doubt; a hint does not stand in."""
    context = ProjectContext(0.4, USUAL_PASSAGES)
    vote = tiny.vote("item", "option", 0.7)
    alone = replace(vote, features={**vote.features, ALONE: 1.0})
    hint = replace(tiny.vote("item", "option", 0.25, cues=0), features={"hints": 1.0, "cues": 0.0, ALONE: 1.0})
    best = [option_features([one], context, 0.5)["model_best"] for one in (vote, hint, alone)]
    assert best[0] == best[1] < best[2] < 0.0
