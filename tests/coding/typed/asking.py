"""What an extractor says of a text: helpers of the tests of typed facts."""

from __future__ import annotations

from typing import Any

from extractor.coding.typed import EXTRACTORS
from extractor.model import Vote
from tests.factory import source


def votes(extractor: str, text: str, item: str, file: str = "report.pdf") -> list[Vote]:
    """The votes of an extractor for an item, best first."""
    found = [vote for vote in EXTRACTORS[extractor](source(text, file=file)) if vote.item == item]
    return sorted(found, key=lambda vote: -vote.score)


def best(extractor: str, text: str, item: str) -> Any:
    """The best value (or option) for an item, None if there is none."""
    found = votes(extractor, text, item)
    if not found:
        return None
    return found[0].value if found[0].value is not None else found[0].option
