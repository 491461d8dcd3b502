"""Counting the words of a report's Markdown, as a reader sees them."""

from __future__ import annotations

import re

MARKUP = re.compile(
    r"^:::.*$|^\|[-:|]+\|$|^\[\^\d+\]:.*$|\[\^\d+\]|\]\(#[^)]*\)|\{[.#][^}]*\}|[|#>*_\[\]\\]", re.MULTILINE
)


def plain(markdown: str) -> str:
    """The words without the markup, footnotes left out."""
    return MARKUP.sub(" ", markdown)


def word_count(markdown: str) -> int:
    """How many words a reader reads, without footnotes."""
    return sum(1 for word in plain(markdown).split() if any(letter.isalnum() for letter in word))
