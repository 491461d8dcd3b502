"""What stored votes are keyed by."""

from __future__ import annotations

import hashlib

CODERS_VERSION = "8"
"""Raise it when a coder's answers change, so that stored votes are made anew."""


FORMS_VERSION = "2"
"""Raise it when votes are put together otherwise, so that stored forms are made anew."""


def coding_key(text_hash: str, file: str, rubric_hash: str, model_hash: str) -> str:
    """What a document's votes depend on. The file's name counts: it is weak evidence of the document's type."""
    parts = "\n".join([CODERS_VERSION, text_hash, file, rubric_hash, model_hash])
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()
