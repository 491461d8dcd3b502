from __future__ import annotations

import pytest

from extractor.coding.typed.title import tidy, unframe
from tests.coding.typed.asking import best, votes


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Evaluation Report: Green Harbour Initiative", "Green Harbour Initiative"),
        ("EVALUATION OF THE ILO PROJECT FOR THE PROTECTION OF DOMESTIC WORKERS", "PROTECTION OF DOMESTIC WORKERS"),
        ("Final External Evaluation: Safe Roads Programme Phase III", "Safe Roads Programme Phase III"),
        ("Mid-term evaluation of the project: Mixed Flows in the North", "Mixed Flows in the North"),
        ("Independent Country Programme Evaluation: Nepal", "Country Programme Nepal"),
        ("EVALUACIÓN FINAL DEL PROYECTO: VOCES DEL VALLE", "VOCES DEL VALLE"),
        ("Évaluation finale du projet Routes sûres", "Routes sûres"),
        ("Proposal for Python Software Foundation: Better Notebooks", "Better Notebooks"),
        ("Safe Roads for Migrants: Final Report", "Safe Roads for Migrants"),
        ("Safe Roads for Migrants", "Safe Roads for Migrants"),
        ("Out of the Flood: an impact evaluation of the Dyke Builders Scheme", "Dyke Builders Scheme"),
        ("Roads and Rights: A Review", "Roads and Rights: A Review"),
    ],
)
def test_unframe(title: str, expected: str) -> None:
    assert unframe(title) == expected


@pytest.mark.parametrize(("title", "expected"), [("“Safe Roads”", "Safe Roads"), ("*Safe  Roads*.", "Safe Roads")])
def test_tidy(title: str, expected: str) -> None:
    assert tidy(title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("! Progress report\n\nProject title: Safe Roads for Migrants\nDonor: Norad", "Safe Roads for Migrants"),
        ("! Full application form\n\nTitle of the action\tSafe Roads for Migrants", "Safe Roads for Migrants"),
        ("! Cuadernos de la Red\n\n# Evaluación de efectos del programa Caminos Seguros\n\nTexto.", "Caminos Seguros"),
        (
            "! Audit report on the financial statements of Harbour Trust for the year ended 30 June 2014\n\nText.",
            "Harbour Trust",
        ),
        (
            "! The harbour programme\n\nProject name: Wells\n\nA.\n\nProject name: Roads\n\nB.\n\nProject name: Dyke",
            "The harbour programme",
        ),
        ("! Informe final\n\nTítulo del proyecto: Caminos seguros", "Caminos seguros"),
        ("! Final evaluation of the project “Safe Roads for Migrants”\n\nText.", "Safe Roads for Migrants"),
        (
            "! Evaluation report\n\n# Summary\n\nThe project entitled “Safe Roads for Migrants” ran for two years.",
            "Safe Roads for Migrants",
        ),
        (
            "! Evaluation report\n\n# Summary\n\nThe project *Safe Roads for Migrants* ran for two years.",
            "Safe Roads for Migrants",
        ),
        (
            "! Safe Roads for Migrants\n\nWe will train officers. This proposal asks for funds.",
            "Safe Roads for Migrants",
        ),
    ],
)
def test_title(text: str, expected: str) -> None:
    assert best("title", text, "project_title") == expected


def test_a_title_under_other_projects_counts_less() -> None:
    text = "! Report\n\n# Summary\n\nText.\n\n# Experience of similar actions\n\nProject title: Another Harbour\n"
    assert all(vote.score < 0.5 for vote in votes("title", text, "project_title") if vote.value == "Another Harbour")


def test_the_head_of_a_column_is_no_title() -> None:
    text = "! Report on Safe Roads\n\nProject title\tStart\tDonor\nOther One\t2003\tNorad\nOther Two\t2004\tSida"
    assert best("title", text, "project_title") != "Start"
