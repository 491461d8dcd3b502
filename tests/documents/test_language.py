from __future__ import annotations

import pytest

from extractor.documents.language import detect_language

TEXTS = {
    "en": "The project was carried out by the ministry and its partners in the north of the country, and "
    "it will be evaluated.",
    "fr": "Le projet a été mis en œuvre par le ministère et ses partenaires dans le nord du pays, et il sera évalué.",
    "es": "El proyecto fue ejecutado por el ministerio y sus socios en el norte del país, y será evaluado "
    "por una consultora.",
    "pt": "O projeto foi executado pelo ministério e os seus parceiros no norte do país, e não será "
    "avaliado por uma consultora.",
    "de": "Das Projekt wurde von dem Ministerium und seinen Partnern in dem Norden des Landes durchgeführt "
    "und wird nicht geprüft.",
    "ar": "تم تنفيذ المشروع من قبل الوزارة وشركائها في شمال البلاد وسيتم تقييمه في العام المقبل",
    "ru": "Проект был осуществлен министерством и его партнерами на севере страны и будет оценен",
}


@pytest.mark.parametrize("language", TEXTS)
def test_language(language: str) -> None:
    assert detect_language([TEXTS[language]]) == language


@pytest.mark.parametrize("text", ["", "Annex 3", "12 450 33 890 12", "IOM UNDP UNHCR OSCE USAID Norad FCDO GIZ"])
def test_too_little_to_tell(text: str) -> None:
    assert detect_language([text]) == ""
