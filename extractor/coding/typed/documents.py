"""What the source itself is: its entry among the documents, its type, its file."""

from __future__ import annotations

import re

from extractor.model import Source, Vote

CODER = "documents"
TYPE_SCORE = 0.9
SURE = 0.95
TITLE_CHARS = 1_500
_QUESTIONNAIRE = re.compile(r"\bquestionnaires?\b", re.IGNORECASE)
_REVIEW_ASKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bmaintain\w*|\bsustainab\w*",
        r"\bfollow[- ]?up activit\w*",
        r"\bchallenges\b",
        r"\b(?:outcome|output|result)s?\b",
        r"\bbeneficiar\w*|\bwho (?:uses|utili[sz]e)",
        r"\bnot reali[sz]ed\b|\bmonitoring\b",
    )
)
"""What the questionnaire of a review of results asks; a provider's form asks about a person."""
REVIEW_TOPICS = 4
_FORMS = frozenset({"provider_data_tool", "other"})
"""What a questionnaire is taken for by a form that has no box for it."""


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
    if facts.type in _FORMS and _asks_about_results(source):
        why = "a questionnaire about what became of a project's results"
        votes.append(Vote("document_types", "questionnaire", CODER, TYPE_SCORE, source.file, place, why))
    return votes


def _asks_about_results(source: Source) -> bool:
    """Whether the document is a review's questionnaire: it says so on top, and asks what such a review asks."""
    texts = [page.text for page in source.document.pages]
    named = _QUESTIONNAIRE.search("\n".join(texts)[:TITLE_CHARS])
    return named is not None and sum(any(map(asks.search, texts)) for asks in _REVIEW_ASKS) >= REVIEW_TOPICS
