"""Findings: numbered, in chapters, under criteria."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.coding.typed.findings import extract
from tests.factory import source


def findings(
    text: str, item: str = "key_findings", file: str = "evaluation_report.pdf"
) -> list[tuple[str, dict[str, Any]]]:
    return [(vote.option, vote.value) for vote in extract(source(text, file=file)) if vote.item == item]


def test_a_numbered_finding_with_a_title() -> None:
    text = "# Findings\nFinding 3. Use of the register. Nurses use the register every day. It was checked.\n"
    ((_, value),) = findings(text)
    assert value["heading"] == "Finding 3. Use of the register"
    assert value["finding"] == "Nurses use the register every day."


def test_a_heading_may_be_the_finding() -> None:
    text = "# Finding 7. Training was completed by all nurses of the town.\nCourses were short.\n"
    assert findings(text)[0][1]["finding"] == "Training was completed by all nurses of the town."


@pytest.mark.parametrize(
    ("heading", "criterion"),
    [
        ("Relevance", "relevance"),
        ("Effectiveness of the training", "effectiveness"),
        ("Efficience", "efficiency"),
        ("Sostenibilidad", "sustainability"),
        ("Impact", "impact"),
        ("Coherence", "coherence"),
    ],
)
def test_the_chapters_criterion(heading: str, criterion: str) -> None:
    text = f"# Findings\n## {heading}\nThe clinics met most of the needs that they had named. They are small.\n"
    assert findings(text, "dac_criteria") == [
        (
            criterion,
            {
                "heading": heading,
                "finding": "The clinics met most of the needs that they had named.",
                "source_given": False,
                "source": "",
            },
        )
    ]


def test_the_source_that_a_paragraph_names() -> None:
    text = "# Findings\nNurses were content with the courses overall. In interviews they said so more than once.\n"
    ((_, value),) = findings(text)
    assert value["source_given"] is True
    assert value["source"] == "interviews"


@pytest.mark.parametrize(
    "text",
    [
        "# Terms of reference\nFinding 1. The evaluator shall say what was found in the clinics.\n",
        "# Methodology\nThe team visited five clinics and read the files.\n",
        "# Findings\nTo what extent have the clinics met the needs of the town?\n",
        "# Findings\nThis chapter presents what was found in the five clinics.\n",
    ],
)
def test_what_is_no_finding(text: str) -> None:
    assert findings(text) == []


def test_a_proposal_has_no_findings() -> None:
    assert findings("! Project proposal\n# Summary\nThe clinics lack nurses in all towns.\n", file="proposal.pdf") == []


def test_later_findings_of_a_chapter_weigh_less() -> None:
    lines = "The clinics lacked nurses in all years.\n\nWater was not found in either town until May."
    scores = [vote.score for vote in extract(source(f"# Conclusions\n{lines}\n")) if vote.item == "key_findings"]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1]


@pytest.mark.parametrize(
    "text",
    [
        "# Constats\nLes centres de santé sont ouverts, mais les registres restent incomplets.\n",
        "# Conclusions\nLe projet a globalement atteint ses objectifs et les centres sont ouverts.\n",
        "# Points forts\nLes infirmières sont bien formées et les registres sont tenus.\n",
        "# Hallazgos\nLos centros de salud son limitados y la falta de personal es grande.\n",
        "# Fortalezas\nLas enfermeras han mejorado el registro de las visitas.\n",
    ],
)
def test_french_and_spanish_chapters_of_findings(text: str) -> None:
    assert len([vote for vote in extract(source(text)) if vote.item == "key_findings"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "# Termes de référence\nLes centres sont ouverts et les registres sont bien tenus.\n",
        "# Conclusiones\n## Metodología\nLos centros son visitados por el equipo y han dado datos.\n",
        "# Constats\nCe chapitre montre ce qui est ressorti des visites dans les centres.\n",
    ],
)
def test_french_and_spanish_text_that_is_no_finding(text: str) -> None:
    assert [vote for vote in extract(source(text)) if vote.item == "key_findings"] == []
