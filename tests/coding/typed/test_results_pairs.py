"""Tables that set what was planned beside what was done, in words."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.coding.typed.results import extract
from extractor.coding.typed.results_pairs import telling_figures
from tests.factory import source

GIVEN = 0.4
Row = tuple[str, float | None, float | None]


def found(text: str, file: str = "final_report.pdf") -> list[dict[str, Any]]:
    rows = {str(vote.value): vote.value for vote in extract(source(text, file=file)) if vote.score >= GIVEN}
    return [*rows.values()]


@pytest.mark.parametrize(
    ("kind", "table", "expected"),
    [
        (
            "an annual performance table: bullets in a cell, the last one done in part",
            "No\tOutput\tPlanned outputs\tActual outputs\tReasons for variance\n"
            "1\tRoads\t> Grade 40 km of feeder roads > Train 12 road gangs in drainage"
            "\t> Graded 31 km of feeder roads > Trained 12 road gangs in drainage\tRain\n",
            [("Grade 40 km of feeder roads", 40, 31), ("Train 12 road gangs in drainage", 12, 12)],
        ),
        (
            "what was done stands in another order",
            "Planned activities\tActivities implemented\n"
            "Vaccinate 900 goats in the valley; Print 300 posters on rabies"
            "\tPrinted 250 posters on rabies; Vaccinated 870 goats in the valley\n",
            [("Vaccinate 900 goats in the valley", 900, 870), ("Print 300 posters on rabies", 300, 250)],
        ),
        (
            "several figures of one activity are rows, with the verb that they share",
            "Planned activity\tAchieved activity\n"
            "Buy 30 incubators, 12 monitors and 4 generators for the wards"
            "\tBought 28 incubators, 12 monitors and 2 generators for the wards\n",
            [
                ("Buy incubators", 30, 28),
                ("Buy monitors", 12, 12),
                ("Buy generators for the wards", 4, 2),
            ],
        ),
        (
            "a figure that says where is none, unless it came out otherwise",
            "Planned activity\tAchieved activity\n"
            "Train 60 midwives in 5 districts\tTrained 60 midwives in 5 districts\n"
            "Test 80 wells in 9 districts\tTested 80 wells in 6 districts\n",
            [
                ("Train 60 midwives in 5 districts", 60, 60),
                ("Test wells in", 80, 80),
                ("Test districts", 9, 6),
            ],
        ),
        (
            "one thing that was done without a figure",
            "Planned activity\tAchieved activity\nBuild one latrine at the border\tThe latrine was built and painted\n",
            [("Build one latrine at the border", 1, 1)],
        ),
        (
            "called off",
            "Planned activity\tStatus of implementation\n"
            "Hold 4 hearings with fishing crews\tNot implemented because of floods\n"
            "Hold 2 fairs with traders\tHeld 2 fairs with traders\n",
            [("Hold 4 hearings with fishing crews", 4, 0), ("Hold 2 fairs with traders", 2, 2)],
        ),
        (
            "a page's end in the middle of an activity",
            "No\tOutput\tPlanned activity\tAchieved activity\n"
            "7\tForests\tPlant 900 seedlings along the\tPlanted 640 seedlings along the\n"
            "\t\tnorthern canal with schools\tnorthern canal with schools\n",
            [("Plant 900 seedlings along the northern canal with schools", 900, 640)],
        ),
        (
            "words alone: the result without figures",
            "Result\tPlanned\tAchieved\n"
            "Output 3: Law on shelters drafted\tDraft law sent to parliament\tDraft law is with the ministry\n",
            [("Law on shelters drafted", None, None)],
        ),
        (
            "French",
            "Activités prévues\tActivités réalisées\n"
            "Former 45 magistrats sur la protection des témoins\tFormer 38 magistrats sur la protection des témoins\n",
            [("Former 45 magistrats sur la protection des témoins", 45, 38)],
        ),
        (
            "a number and its words count once",
            "Planned activity\tAchieved activity\n"
            "Equip four (4) clinics with solar panels\tEquipped three (3) clinics with solar panels\n",
            [("Equip four (4) clinics with solar panels", 4, 3)],
        ),
    ],
)
def test_plans_beside_what_was_done(kind: str, table: str, expected: list[Row]) -> None:
    assert [(row["statement"], row["target"], row["achieved"]) for row in found(table)] == expected, kind


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (
            "an audit's plan of money",
            "Planned expenditure\tActual expenditure\nUSD 400 for the rent of the office\tUSD 380 for the rent of it\n",
        ),
        (
            "questions of an evaluation",
            "Evaluation question\tPlanned source\tProgress\nWere 40 people reached?\tFile of 40 people\tTo be read\n",
        ),
    ],
)
def test_no_results(kind: str, table: str) -> None:
    assert found(table) == [], kind


def test_the_topic_is_noted_and_the_number_kept() -> None:
    row = found(
        "No\tOutput\tPlanned activity\tAchieved activity\n"
        "3\tOutput : 7 Healthy herds\tTreat 500 cattle against ticks\tTreated 420 cattle against ticks\n"
    )[0]
    assert (row["no"], row["note"], row["level"], row["unit"]) == ("3", "under: Healthy herds", "output", "cattle")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Equip four (4) clinics", [4]),
        ("Buy 3,735Kgs of seed and 40kg of salt", [3735, 40]),
        ("After COVID-19 it held 6 fairs in 2021", [6]),
        ("Reach 1.2 billion people", [1_200_000_000]),
    ],
)
def test_figures_of_an_activity(text: str, expected: list[float]) -> None:
    assert [figure.value for figure in telling_figures(text)] == expected
