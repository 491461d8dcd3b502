from __future__ import annotations

from tests.coding.typed.asking import best, votes

REPORT = "! Final narrative report: Safe Roads\n\nMay 2014\n\nPrepared by: Ana Lind\n\nThe project ended."


def test_entry() -> None:
    entry = {
        "file": "report.pdf",
        "title": "Final narrative report: Safe Roads",
        "authors": ["Ana Lind"],
        "date": "2014-05",
    }
    assert best("documents", REPORT, "documents") == entry
    assert best("documents", REPORT, "document_files") == {**entry, "type": "final_report"}
    assert best("documents", REPORT, "document_types") == "final_report"


def test_another_kind_of_document_ticks_no_box() -> None:
    assert votes("documents", "! Minutes of a meeting\n\nTea was served.", "document_types") == []


QUESTIONNAIRE = """! Sustainability review: questionnaire for missions

Outcome or output: 74 officials trained. Maintained after the end? No.

Follow-up activities after the project: none. Main challenges: lack of funding."""


def test_a_review_s_questionnaire_is_told_from_a_provider_s_form() -> None:
    found = {vote.option for vote in votes("documents", QUESTIONNAIRE, "document_types")}
    assert "questionnaire" in found
    form = QUESTIONNAIRE.split("\n\n")[0] + "\n\nName of the client, date of birth, nationality, date of arrival."
    assert "questionnaire" not in {vote.option for vote in votes("documents", form, "document_types")}
