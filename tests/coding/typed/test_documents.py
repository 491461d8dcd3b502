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
