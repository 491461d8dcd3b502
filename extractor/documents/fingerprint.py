"""Hashes that later work is keyed by: of a file's bytes, of what was read, of the words alone."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import astuple
from pathlib import Path

from extractor.model import Document

CHUNK = 1 << 20
_WORD = re.compile(r"\w+")


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def hash_text(document: Document) -> str:
    """SHA-256 of all that coders see: page texts and blocks."""
    content = [[page.text for page in document.pages], [astuple(block) for block in document.blocks]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode("ascii")).hexdigest()


def hash_words(document: Document) -> str:
    """SHA-256 of the words alone, in lower case: equal for the same text in two formats."""
    words = (" ".join(_WORD.findall(page.text.lower())) for page in document.pages)
    return hashlib.sha256(" ".join(filter(None, words)).encode("utf-8", "surrogatepass")).hexdigest()
