"""What a document is: its type, title, authors, date and language, each with its place."""

from __future__ import annotations

from extractor.documents.describe_people import find_authors, find_date
from extractor.documents.describe_title import find_title
from extractor.documents.describe_type import find_type
from extractor.documents.language import detect_language
from extractor.model import Description, Document

LANGUAGE_SKIP_CHARS = 1_500
"""The title page and the contents say little of the language."""


def describe(document: Document, file: str) -> Description:
    """The description of a document that was read from `file`, whose name is weak evidence of its type."""
    title, title_span = find_title(document)
    kind, type_span = find_type(document, title, file)
    date, date_span = find_date(document)
    return Description(
        type=kind,
        title=title,
        authors=find_authors(document),
        date=date,
        language=_language(document),
        type_span=type_span,
        title_span=title_span,
        date_span=date_span,
    )


def _language(document: Document) -> str:
    texts = [page.text for page in document.pages]
    total = sum(len(text) for text in texts)
    if total > 4 * LANGUAGE_SKIP_CHARS:
        return detect_language([*texts[1:], texts[0][LANGUAGE_SKIP_CHARS:]])
    return detect_language(texts)
