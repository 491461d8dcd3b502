"""What French and Spanish sentences say of doing."""

from __future__ import annotations

import pytest

from extractor.coding.mentions import MENTIONS
from extractor.coding.sentence import GRAMMARS, sentence_marks
from extractor.cues import fold_case

# Each sentence with the marks that it must bear and those that it must not.
FRENCH = [
    ("Le projet a formé 114 policiers.", {"done", "actor"}, {"planned", "advised", "negated"}),
    ("Deux foyers ont été réhabilités à Lomé.", {"done"}, {"planned", "advised"}),
    ("Neuf ateliers ont également été organisés.", {"done", "actor"}, {"planned"}),
    ("Les animateurs organisèrent douze causeries.", {"done"}, {"planned"}),
    ("L’OIM fournit des kits aux familles.", {"done", "actor"}, {"planned"}),
    ("Les partenaires orientent les victimes vers la clinique.", {"done", "actor"}, {"planned"}),
    ("L’État protège les mineurs.", set(), {"done", "planned"}),
    ("Les formes de traite sont multiples.", set(), {"done", "planned"}),
    ("La formation à distance comporte des risques.", set(), {"done"}),
    ("Le projet formera 150 policiers.", {"planned", "actor"}, {"done", "advised"}),
    ("Il est prévu d’ouvrir deux foyers.", {"planned"}, {"advised"}),
    ("Le projet vise à renforcer les capacités.", {"planned", "actor"}, {"advised"}),
    ("Le gouvernement devrait former ses magistrats.", {"advised"}, {"done"}),
    ("Il est recommandé que les foyers soient financés.", {"advised"}, set()),
    ("Il faut réviser le manuel.", {"advised"}, {"done"}),
    ("Suite aux recommandations, deux bureaux ont été ouverts.", {"done"}, {"advised"}),
    ("L’atelier n’a pas été tenu.", {"negated"}, set()),
    ("La seconde session a été annulée.", {"negated"}, set()),
    ("Le manque de données a gêné le suivi.", {"negated"}, set()),
    ("Non pas seulement les policiers ont été formés.", {"done"}, {"negated"}),
    ("Médecins sans frontières a appuyé le centre.", {"done"}, {"negated"}),
    ("D’autres bailleurs ont soutenu les foyers.", {"other", "done"}, set()),
    ("Un projet similaire a formé des enseignants.", {"other"}, set()),
    ("La traite est définie à l’article 3 du protocole.", {"defined"}, set()),
    ("Dans quelle mesure le projet est-il pertinent", {"asked"}, set()),
]
SPANISH = [
    ("El proyecto capacitó a 114 policías.", {"done", "actor"}, {"planned", "advised", "negated"}),
    ("Dos albergues fueron rehabilitados en Asunción.", {"done"}, {"planned", "advised"}),
    ("Se realizaron nueve talleres.", {"done", "actor"}, {"planned"}),
    ("Se brindó asesoría a 94 mujeres.", {"done"}, {"planned"}),
    ("La OIM ofrece apoyo a las familias.", {"done", "actor"}, {"planned"}),
    ("Se están probando los módulos.", {"done"}, {"planned"}),
    ("El Estado protege a los menores.", set(), {"done", "planned"}),
    ("El apoyo psicosocial es de todos.", set(), {"done"}),
    ("El proyecto capacitará a 150 policías.", {"planned", "actor"}, {"done", "advised"}),
    ("Está previsto abrir dos albergues.", {"planned"}, {"advised"}),
    ("El proyecto busca fortalecer las capacidades.", {"planned", "actor"}, {"advised"}),
    ("El gobierno debería capacitar a sus fiscales.", {"advised"}, {"done"}),
    ("Se recomienda que los albergues reciban fondos.", {"advised"}, set()),
    ("Es necesario revisar el manual.", {"advised"}, {"done"}),
    ("Siguiendo las recomendaciones, se abrieron dos oficinas.", {"done"}, {"advised"}),
    ("El taller no se realizó.", {"negated"}, set()),
    ("La segunda sesión fue cancelada.", {"negated"}, set()),
    ("La falta de datos afectó el seguimiento.", {"negated"}, set()),
    ("No solo policías sino también jueces fueron capacitados.", {"done"}, {"negated"}),
    ("Las organizaciones no gubernamentales capacitaron a jóvenes.", {"done"}, {"negated"}),
    ("Otros donantes apoyaron los albergues.", {"other", "done"}, set()),
    ("Un proyecto similar capacitó a docentes.", {"other"}, set()),
    ("La trata se define en el artículo 3 del protocolo.", {"defined"}, set()),
    ("¿En qué medida es pertinente el proyecto", {"asked"}, set()),
]


@pytest.mark.parametrize(
    ("language", "text", "borne", "not_borne"),
    [(code, *case) for code, cases in (("fr", FRENCH), ("es", SPANISH)) for case in cases],
)
def test_marks(language: str, text: str, borne: set[str], not_borne: set[str]) -> None:
    marks = sentence_marks(fold_case(text), "paragraph", language)
    assert (borne - marks, not_borne & marks) == (set(), set())


def test_each_language_has_every_mark_but_those_of_mentions() -> None:
    assert {code: set(grammar.marks) - set(MENTIONS) for code, grammar in GRAMMARS.items()} == dict.fromkeys(
        GRAMMARS, set(GRAMMARS["en"].marks) - set(MENTIONS)
    )


def test_a_language_without_a_grammar_is_marked_by_english_words() -> None:
    assert "done" in sentence_marks("the project trained police.", "paragraph", "sw")


@pytest.mark.parametrize("language", ["fr", "es"])
def test_a_row_with_a_figure_counts_in_every_language(language: str) -> None:
    assert "done" in sentence_marks("xxxx 88", "table_row", language)
