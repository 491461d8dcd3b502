"""Kinds of chapters, lists and tables that recommendations stand in, and what surrounds them without being one."""

from __future__ import annotations

import pytest

from extractor.coding.merge import merge_texts
from extractor.coding.similar import opening_words, same_opening
from extractor.coding.typed.recommendations import extract
from extractor.coding.typed.recommendations_cues import ACTOR, IMPERATIVE
from extractor.coding.typed.units import read_units
from tests.factory import source

GIVEN = 0.4
ITEMS = "- The clinic should keep one register\n- Count visits by month and clinic\n- Pay the nurses in time\n"


def texts(text: str, file: str = "evaluation_report.pdf") -> list[str]:
    return [vote.value for vote in extract(source(text, file=file)) if vote.score >= GIVEN]


# ------------------------------------------------------------------ chapters


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("an explanation", "Registers differ from ward to ward, and they must be read by many.\n"),
        ("an opinion", "The evaluator feels that the clinics should have had more time for this.\n"),
        ("what points back", "This would have to be paid for by the ministry, which should plan it.\n"),
        ("a question of a form", "Please write below what the clinic should do.\n"),
        ("a lead-in", "In the next phase the clinic should take the following steps:\n"),
    ],
)
def test_what_stands_beside_a_list_is_not_given(kind: str, more: str) -> None:
    begun = ["The clinic should keep one register", "Count visits by month and clinic", "Pay the nurses in time"]
    explained = "There are many reasons for this. " + more if kind == "an explanation" else more
    assert texts(f"# Recommendations\n{ITEMS}\n{explained}") == begun, kind


def test_a_paragraph_that_begins_by_asking_is_given_whole() -> None:
    text = "# Recommendations\nThe ministry should pay the nurses in time. Late pay has cost the clinics many nurses.\n"
    assert texts(text) == ["The ministry should pay the nurses in time. Late pay has cost the clinics many nurses."]


def test_of_a_paragraph_that_explains_first_the_sentence_that_asks_is_given() -> None:
    text = "# Recommendations\nLate pay has cost the clinics many nurses. The ministry should therefore pay in time.\n"
    assert texts(text) == ["The ministry should therefore pay in time."]


def test_a_question_of_a_questionnaire_is_no_chapter() -> None:
    text = "# Do you have any recommendations to the clinic?\n- Keep one register of all patients\n"
    assert texts(text) == []


def test_a_fragment_of_an_item_is_not_given() -> None:
    text = f"# Recommendations\n{ITEMS}- at the level of the district by its own officer\n"
    assert len(texts(text)) == 3


@pytest.mark.parametrize(
    "heading",
    ["Recommendations of the previous evaluation", "Status of the earlier recommendations", "Recommendations of 2009"],
)
def test_recommendations_of_other_documents_are_not_given(heading: str) -> None:
    assert texts(f"# {heading}\n{ITEMS}") == []


def test_a_year_in_the_title_says_nothing_of_the_recommendations() -> None:
    assert len(texts(f"# Report of 2015\n## Recommendations\n{ITEMS}")) == 3


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("Recommandations", "Renforcer les registres des centres de santé"),
        ("Pistes d’amélioration", "Veiller à la tenue des registres dans les centres"),
        ("Recommandations", "Le ministère devra payer les infirmières à temps"),
        ("Recomendaciones", "Garantizar el registro de todas las visitas"),
        ("Próximos pasos", "El ministerio debería pagar a las enfermeras a tiempo"),
    ],
)
def test_french_and_spanish_chapters(heading: str, item: str) -> None:
    assert texts(f"# {heading}\n- {item}\n") == [item]


# ------------------------------------------------------------------ labels and tables


def test_one_label_for_two_recommendations() -> None:
    text = "# Conclusions\nRecommendations 2 and 3: All links should be written out in full and explained.\n"
    assert texts(text) == ["All links should be written out in full and explained."]


def test_a_table_with_its_head_in_the_second_row() -> None:
    heads = "\tFor the clinics\t\nNo.\tRecommendation\tPriority\n"
    text = f"# Action plan\n{heads}1\tKeep one register of all patients\tHigh\n"
    assert texts(text) == ["Keep one register of all patients"]


def test_a_table_goes_on_over_a_page() -> None:
    text = (
        "# Action plan\nRecommendation\tResponsible\nKeep one register of all patients\tClinic\n"
        "\fCount the visits by month and clinic\tMinistry\n"
    )
    assert texts(text) == ["Keep one register of all patients", "Count the visits by month and clinic"]


@pytest.mark.parametrize("head", ["Recommended actions", "Mesures recommandées", "Acciones recomendadas"])
def test_heads_of_tables(head: str) -> None:
    assert texts(f"# Plan\n{head}\tWho\nKeep one register of all patients\tClinic\n") == [
        "Keep one register of all patients"
    ]


# ------------------------------------------------------------------ once each


def test_of_the_summary_and_the_chapter_the_fuller_text_is_given() -> None:
    text = (
        "# Executive summary\nKey recommendations:\n- Keep one register of the patients of all wards\n"
        "# Recommendations\n- The clinic should keep one register of the patients of all wards, so that nobody "
        "is counted twice, and send it to the ministry\n"
    )
    (given,) = texts(text)
    assert given.endswith("send it to the ministry")


def test_texts_that_begin_alike_are_one_over_documents() -> None:
    short = source("# Recommendations\n- Clarify that the register of patients holds for all wards of the clinic\n")
    full = source(
        "# Recommendations\nRecommendation 1: The ministry should clarify that the register of patients holds for all "
        "wards, tell every nurse how to fill it in, and check each month what came of it.\n",
        file="summary.pdf",
    )
    votes = [vote for read in (short, full) for vote in extract(read)]
    assert len({vote.value for vote in merge_texts(votes)}) == 1


def test_a_few_words_that_begin_alike_say_nothing() -> None:
    assert not same_opening(opening_words("Train the nurses"), opening_words("Train the nurses of the north in May"))


@pytest.mark.parametrize("text", ["Abolish the fees", "To abolish the fees", "Réviser le plan", "Vincular los centros"])
def test_imperatives(text: str) -> None:
    assert IMPERATIVE.match(text)


def test_the_actor_is_cut_up_to_what_is_to_be_done() -> None:
    assert ACTOR.sub("", "The ministry and the clinics should also keep one register", count=1) == "keep one register"


def test_a_paragraph_broken_by_a_page_is_one() -> None:
    first = (
        "The design of the new strategy for all the clinics of the region should be the duty of the ministry, which "
    )
    first += "has known these clinics for many years, together with the"
    read = source(f"# Recommendations\n{first}\n\fRegional Office of the clinics.\n")
    assert [unit.kind for unit in read_units(read)] == ["heading", "paragraph"]
