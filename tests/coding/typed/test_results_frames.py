"""Whole frameworks as agencies print them: UN results matrix, EU logframe, donor report, cadre logique; by place."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.coding.typed.results import extract
from tests.factory import source

GIVEN = 0.4
Figures = tuple[str, float | None, float | None, float | None]


def found(text: str, file: str = "final_report.pdf") -> list[dict[str, Any]]:
    rows = {str(vote.value): vote.value for vote in extract(source(text, file=file)) if vote.score >= GIVEN}
    return [*rows.values()]


@pytest.mark.parametrize(
    ("kind", "table", "expected"),
    [
        (
            "a UN results matrix with the means of verification",
            "Results\tIndicators\tBaseline\tTarget\tData source\tResults achieved\n"
            "Outcome 1: Prisons respect the rules on cells\tPrisons with a visiting judge\t3\t20\tRegister\t17\n"
            "Output 1.1: Wardens know the rules\tWardens trained\t0\t450\tLists\t512\n",
            [
                ("Prisons respect the rules on cells", 3, 20, 17),
                ("Wardens know the rules", 0, 450, 512),
            ],
        ),
        (
            "an EU logframe with years in the heads",
            "Results chain\tIndicator\tBaseline (2016)\tTarget (2020)\tCurrent value (2019)\tSources of verification\n"
            "Specific objective: Salt farmers earn a living wage\tFarmers above the line\t12%\t60%\t48%\tPanel\n",
            [("Salt farmers earn a living wage", 12, 60, 48)],
        ),
        (
            "a donor report with variance",
            "Indicator\tPlanned\tActual\tVariance\tReason for variance\n"
            "Reading corners set up in prisons\t30\t24\t-6\tTwo prisons were closed\n"
            "Volunteers coached in reading aloud\t90\t101\t+11\tMore came forward\n",
            [
                ("Reading corners set up in prisons", None, 30, 24),
                ("Volunteers coached in reading aloud", None, 90, 101),
            ],
        ),
        (
            "a French cadre logique",
            "Logique d’intervention\tIndicateurs\tSituation de référence\tCible\tValeur atteinte\n"
            "Résultat 2 : Les sages-femmes suivent le protocole\tSages-femmes évaluées\t10\t120\t96\n",
            [("Les sages-femmes suivent le protocole", 10, 120, 96)],
        ),
        (
            "a Spanish marco lógico",
            "Resultados\tIndicador\tLínea base\tMeta\tLogrado\n"
            "Producto 1: Huertos escolares instalados\tHuertos instalados\t0\t45\t41\n",
            [("Huertos escolares instalados", 0, 45, 41)],
        ),
    ],
)
def test_frameworks(kind: str, table: str, expected: list[Figures]) -> None:
    rows = [(row["statement"], row["baseline"], row["target"], row["achieved"]) for row in found(table)]
    assert rows == expected, kind


@pytest.mark.parametrize(
    ("kind", "table", "expected"),
    [
        (
            "a table by country, with its total",
            "Country\tChildren vaccinated\tNurses trained\nTogo\t41,000\t120\nBenin\t38,500\t96\nTotal\t79,500\t216\n",
            [
                ("Children vaccinated, Togo", 41_000),
                ("Nurses trained, Togo", 120),
                ("Children vaccinated, Benin", 38_500),
                ("Nurses trained, Benin", 96),
                ("Children vaccinated, total", 79_500),
                ("Nurses trained, total", 216),
            ],
        ),
        (
            "by year",
            "Year\tWells repaired\n2015\t61\n2016\t84\n",
            [("Wells repaired, 2015", 61), ("Wells repaired, 2016", 84)],
        ),
        (
            "par région",
            "Région\tMénages appuyés\nMaritime\t640\nSavanes\t910\n",
            [("Ménages appuyés, Maritime", 640), ("Ménages appuyés, Savanes", 910)],
        ),
    ],
)
def test_tables_by_place(kind: str, table: str, expected: list[tuple[str, float]]) -> None:
    assert [(row["statement"], row["achieved"]) for row in found(table)] == expected, kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("people, not what was done", "Country\tPopulation\tPoor people\nTogo\t7,800,000\t55\nBenin\t11,000,000\t40\n"),
        ("a sample", "District\tHouseholds interviewed\tWomen reached\nNorth\t120\t60\nSouth\t118\t59\n"),
        ("money", "Country\tFunds distributed (USD)\nTogo\t40,000\nBenin\t61,000\n"),
        ("a chapter of context", "# Country context\nCountry\tCases treated\nTogo\t41,000\nBenin\t38,500\n"),
        ("an annex of respondents", "# Annex 3: Sample of the survey\nRegion\tPeople reached\nNorth\t40\nSouth\t41\n"),
    ],
)
def test_no_results_by_place(kind: str, text: str) -> None:
    assert found(text) == [], kind
