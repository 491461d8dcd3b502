"""Typed facts of a project: each extractor reads one document and proposes values with their places."""

from __future__ import annotations

from collections.abc import Callable

from extractor.coding.typed import (
    code,
    dates,
    documents,
    findings,
    funders,
    lists,
    money,
    motivation,
    parties,
    places,
    recommendations,
    results,
    title,
    trends,
)  # fmt: skip
from extractor.model import Source, Vote

Extractor = Callable[[Source], list[Vote]]

EXTRACTORS: dict[str, Extractor] = {
    "title": title.extract,
    "documents": documents.extract,
    "dates": dates.extract,
    "money": money.extract,
    "places": places.extract,
    "parties": parties.extract,
    "funders": funders.extract,
    "code": code.extract,
    "results": results.extract,
    "recommendations": recommendations.extract,
    "findings": findings.extract,
    "lists": lists.extract,
    "trends": trends.extract,
    "motivation": motivation.extract,
}
"""By the name that a rubric's item gives as its `extractor`."""
