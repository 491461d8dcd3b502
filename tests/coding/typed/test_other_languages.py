"""Typed facts in French and Spanish documents."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.coding.typed.amounts import find_amounts
from extractor.coding.typed.places import find_countries
from extractor.documents.datewords import find_dates, find_ranges
from extractor.documents.describe import describe
from tests.coding.typed.asking import best, votes
from tests.factory import document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mars 2014", "2014-03"),
        ("le 1er février 2015", "2015-02-01"),
        ("juill. 2014", "2014-07"),
        ("DÉCEMBRE 2016", "2016-12"),
        ("15 de agosto de 2012", "2012-08-15"),
        ("1º de mayo de 2011", "2011-05-01"),
        ("setiembre de 2010", "2010-09"),
        ("1 de enero del año 2013", "2013-01-01"),
    ],
)
def test_dates(text: str, value: str) -> None:
    assert [found.value for found in find_dates(text)] == [value]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("de janvier 2012 à juin 2013", "2012-01", "2013-06"),
        ("de enero de 2012 a junio de 2013", "2012-01", "2013-06"),
        ("du 1er mars 2014 au 28 février 2016", "2014-03-01", "2016-02-28"),
        ("del 1 de marzo de 2014 al 28 de febrero de 2016", "2014-03-01", "2016-02-28"),
        ("d’avril 2011 jusqu’à fin mars 2014", "2011-04", "2014-03"),
        ("desde enero de 2012 hasta fines de junio de 2013", "2012-01", "2013-06"),
        ("de janvier à juin 2013", "2013-01", "2013-06"),
        ("entre marzo y mayo de 2012", "2012-03", "2012-05"),
    ],
)
def test_ranges(text: str, first: str, last: str) -> None:
    assert [(found.first, found.last) for found in find_ranges(text)] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1,2 million d’euros", 1_200_000, "EUR"),
        ("USD 450.000", 450_000, "USD"),
        ("450 000 EUR", 450_000, "EUR"),
        ("€ 350.000,50", 350_000.5, "EUR"),
        ("US$ 1,5 millones", 1_500_000, "USD"),
        ("500 mil dólares", 500_000, "$"),
        ("3 mil millones de pesos colombianos", 3_000_000_000, "COP"),
        ("1 milliard de FCFA", 1_000_000_000, "XOF"),
        ("12 millions de francs CFA", 12_000_000, "XOF"),
        ("75 000 dollars américains", 75_000, "USD"),
        ("800.000 francos suizos", 800_000, "CHF"),
        ("2 millions de couronnes norvégiennes", 2_000_000, "NOK"),
        ("90.000 libras esterlinas", 90_000, "GBP"),
    ],
)
def test_amounts(text: str, amount: float, currency: str) -> None:
    assert [(found.amount, found.currency) for found in find_amounts(text)] == [(amount, currency)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("au Bénin, au Togo et en Côte d’Ivoire", ["BEN", "TGO", "CIV"]),
        ("en Haïti, en Guinée équatoriale et au Tchad", ["HTI", "GNQ", "TCD"]),
        ("la République centrafricaine", ["CAF"]),
        ("aux Etats-Unis", ["USA"]),
        ("en el Perú, la República Dominicana y México", ["PER", "DOM", "MEX"]),
        ("de Etiopía a Arabia Saudí", ["ETH", "SAU"]),
    ],
)
def test_countries(text: str, codes: list[str]) -> None:
    assert [code for _, code in find_countries(text)] == codes


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Rapport final du projet d’appui aux foyers", "final_report"),
        ("Rapport narratif final du projet", "final_report"),
        ("Rapport d’achèvement du projet", "final_report"),
        ("Informe final del proyecto de apoyo", "final_report"),
        ("Informe de cierre del proyecto", "final_report"),
        ("Évaluation externe du projet d’appui aux foyers", "external_evaluation"),
        ("Informe de evaluación final del proyecto", "external_evaluation"),
        ("Evaluación interna del proyecto contra la trata", "internal_evaluation"),
        ("Proposition de projet contre la traite", "proposal"),
        ("Note conceptuelle", "proposal"),
        ("Propuesta de proyecto contra la trata", "proposal"),
        ("Documento de proyecto: lucha contra la trata", "proposal"),
        ("Rapport d’avancement n° 3 du projet", "interim_report"),
        ("Informe de avance del proyecto", "interim_report"),
        ("Protocole d’accord entre l’OIM et le ministère", "mou"),
        ("Convention de partenariat entre l’OIM et l’État", "mou"),
        ("Convenio de cooperación entre la OIM y el gobierno", "mou"),
        ("Contrato de servicios con el centro", "service_contract"),
        ("Formulaire d’entretien des victimes", "provider_data_tool"),
    ],
)
def test_types_of_document(title: str, kind: str) -> None:
    assert describe(document(f"! {title}\n\nTexte.\n"), "a.pdf").type == kind


STARTED = "Le projet a démarré en avril 2010 et s’est achevé en mai 2012.\n"
INICIADO = "El proyecto se inició en abril de 2010 y concluyó en mayo de 2012.\n"


@pytest.mark.parametrize(
    ("extractor", "item", "text", "value"),
    [
        ("dates", "start_date", STARTED, "2010-04"),
        ("dates", "end_date", STARTED, "2012-05"),
        ("dates", "start_date", INICIADO, "2010-04"),
        ("dates", "end_date", INICIADO, "2012-05"),
        ("dates", "start_date", "Date de début : mars 2014\nDate de fin : février 2016\n", "2014-03"),
        ("dates", "end_date", "Fecha de inicio: marzo de 2014\nFecha de finalización: febrero de 2016\n", "2016-02"),
        ("dates", "end_date", "Le projet a été prolongé jusqu’en décembre 2015.\n", "2015-12"),
        ("dates", "end_date", "El proyecto fue prorrogado hasta diciembre de 2015.\n", "2015-12"),
        ("dates", "length_months", "Durée du projet : 24 mois\n", 24),
        ("dates", "length_months", "Le projet a duré dix-huit mois.\n", 18),
        ("dates", "length_months", "Duración: 18 meses\n", 18),
        ("dates", "length_months", "Plazo de ejecución: 12 meses\n", 12),
        ("dates", "length_months", "El proyecto se ejecutó durante 30 meses.\n", 30),
        ("money", "budget", "Budget total du projet : 450 000 EUR\n", (450_000, "EUR")),
        ("money", "budget", "Le projet dispose d’un budget total de 1,2 million d’euros.\n", (1_200_000, "EUR")),
        ("money", "budget", "Costo total del proyecto: 300.000 dólares\n", (300_000, "USD")),
        ("money", "budget", "El proyecto contó con un presupuesto total de 1,5 millones de dólares.\n",
         (1_500_000, "USD")),
        ("money", "expenditure", "Au total, 420 000 EUR ont été dépensés par le projet.\n", (420_000, "EUR")),
        ("money", "expenditure", "El proyecto gastó en total USD 420.000 hasta el cierre.\n", (420_000, "USD")),
        ("title", "project_title", "Intitulé de l’action : Appui aux foyers du Bénin\n", "Appui aux foyers du Bénin"),
        ("title", "project_title", "Nombre del proyecto: Apoyo a los albergues\n", "Apoyo a los albergues"),
        ("title", "project_title", "! Informe final: Apoyo a los albergues del norte\n\nTexto.\n",
         "Apoyo a los albergues del norte"),
        ("parties", "implementer", "Agence d’exécution : Croix-Rouge togolaise\n", "Croix-Rouge togolaise"),
        ("parties", "implementer", "Le projet a été exécuté par la Croix-Rouge togolaise.\n", "Croix-Rouge togolaise"),
        ("parties", "implementer",
         "Le projet a été mis en œuvre par l’Organisation internationale pour les migrations (OIM).\n",
         "Organisation internationale pour les migrations (OIM)"),
        ("parties", "implementer", "El proyecto fue implementado por Cruz Roja Colombiana.\n", "Cruz Roja Colombiana"),
    ],
)  # fmt: skip
def test_values(extractor: str, item: str, text: str, value: Any) -> None:
    found = best(extractor, text, item)
    assert ((found["amount"], found["currency"]) if isinstance(found, dict) else found) == value


@pytest.mark.parametrize(
    ("text", "option", "name"),
    [
        ("Le projet a été financé par l’Union européenne.", "other_igo", "European Union"),
        ("El proyecto fue financiado por el Banco Mundial.", "other_igo", "World Bank"),
        ("Le projet est cofinancé par le gouvernement du Canada.", "other_government", "Government of Canada"),
        ("Proyecto cofinanciado por el Gobierno de España.", "other_government", "Government of Spain"),
        ("Projet financé par les Pays-Bas.", "other_government", "Government of Netherlands"),
        ("Financiador: AECID", "other_government", "Government of Spain"),
    ],
)
def test_funders(text: str, option: str, name: str) -> None:
    assert [(vote.option, vote.value) for vote in votes("funders", f"{text}\n", "funders")] == [(option, name)]


@pytest.mark.parametrize(
    "text",
    [
        "El proyecto se desarrolló en los Países Bajos y en Suiza.",
        "Le projet a été réalisé en Suisse par trois associations.",
        "La formation a été financée par les participants.",
    ],
)
def test_a_place_is_no_funder(text: str) -> None:
    assert votes("funders", f"{text}\n", "funders") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Le projet travaille en partenariat avec le Ministère de la Justice et la Police nationale.",
         {"Ministère de la Justice", "Police nationale"}),
        ("El proyecto trabaja en coordinación con el Ministerio de Justicia y la Policía Nacional.",
         {"Ministerio de Justicia", "Policía Nacional"}),
        ("Socios: Ministerio de Justicia, Cruz Roja Colombiana", {"Ministerio de Justicia", "Cruz Roja Colombiana"}),
    ],
)  # fmt: skip
def test_partners(text: str, names: set[str]) -> None:
    assert {vote.value for vote in votes("parties", f"{text}\n", "partners")} == names
