"""What the source itself is: its entry among the documents, its type, its file."""

from __future__ import annotations

from extractor.model import Source, Vote

CODER = "documents"
TYPE_SCORE = 0.9
SURE = 0.95


def extract(source: Source) -> list[Vote]:
    """Votes for documents, document_types and document_files."""
    facts = source.description
    place = facts.title_span or next((passage.span for passage in source.passages), None)
    if place is None:
        return []
    entry = {"file": source.file, "title": facts.title, "authors": list(facts.authors), "date": facts.date}
    votes = [
        Vote("documents", "", CODER, SURE, source.file, place, "the document's title page", entry),
        Vote("document_files", "", CODER, SURE, source.file, place, "the file", {**entry, "type": facts.type}),
    ]
    if facts.type != "other":
        span = facts.type_span or place
        votes.append(
            Vote("document_types", facts.type, CODER, TYPE_SCORE, source.file, span, "what the document calls itself")
        )
    return votes
