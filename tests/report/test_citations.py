from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.errors import EvidenceStale
from extractor.model import Evidence
from extractor.report.citations import NO_PASSAGE, Notes, place, references
from tests.report import fixture

DOCUMENTS = {document.file: document for documents in fixture.DOCUMENTS.values() for document in documents}


def _notes() -> Notes:
    return Notes(DOCUMENTS, fixture.verifies)


@pytest.mark.parametrize(
    ("page", "printed", "expected"),
    [
        (15, "12", "p. 12 (file page 15)"),
        (15, "15", "p. 15"),
        (15, None, "p. 15"),
        (None, None, ""),
        (4, "iv", "p. iv (file page 4)"),
    ],
)
def test_places(page: int | None, printed: str | None, expected: str) -> None:
    evidence = Evidence("", "f", page, printed, 0, 1, "q", 1.0, "c", "w")
    assert place(evidence) == expected


def test_a_footnote_names_document_date_page_and_quote() -> None:
    notes = _notes()
    mark = notes.note([fixture.evidence(fixture.A_EVAL, 15, 3)])
    text = notes.numbered(f"So it is.{mark}")
    assert text == (
        "So it is.[^1]\n\n[^1]: External evaluation, 2010-02-12, p. 12 (file page 15), "
        "[vela-shelter/evaluation.pdf]{.file}: "
        "“Relevance is high: no other service for returned women existed.”\n"
    )


def test_notes_are_numbered_as_they_appear_and_escaped_marks_are_left() -> None:
    notes = _notes()
    first, second = (notes.note([fixture.evidence(fixture.A_END, 4, line)], quote=False) for line in (0, 1))
    text = notes.numbered(rf"B{second} A{first} \[^1]")
    assert text.startswith(r"B[^1] A[^2] \[^1]")
    assert text.count("[^1]: ") == 1


def test_evidence_that_does_not_verify_stops_the_report() -> None:
    stale = replace(fixture.evidence(fixture.A_END, 4, 0), start=1)
    with pytest.raises(EvidenceStale) as caught:
        _notes().note([stale])
    assert "vela-shelter/final report.pdf, page 4" in str(caught.value)
    assert stale.quote not in str(caught.value)


def test_an_answer_without_a_passage_says_so() -> None:
    notes = _notes()
    assert NO_PASSAGE in notes.numbered(f"x{notes.note([])}")


def test_references_are_in_order_of_author() -> None:
    made = references(DOCUMENTS.values())
    assert [str(entry).split(" (")[0] for entry in made][-3:] == [
        "Marić, J.; Okafor, P.",
        "Orava Forum",
        "Vela Women's Association",
    ]
    assert "*Evaluation of the Vela Shelter \\& training*" in made[-3]
