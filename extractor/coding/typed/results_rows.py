"""A row of results, the checks on its figures, and its votes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from extractor.coding.typed.numbered import tidy
from extractor.model import Source, Span, Vote

CODER = "results"
MAX_STATEMENT = 300
PERCENT_SLACK = 1.01
"""A stated percentage may be rounded this far off."""
SUM_SLACK = 0.01
TABLE, LABEL, LIST, MILESTONE, SENTENCE, MENTION, COUNT, PLAN = (
    "table", "label", "list", "milestone", "sentence", "mention", "count", "plan"
)  # fmt: skip
"""What a row was taken from. A mention names in passing a result that is stated elsewhere; a milestone is what one
activity is to come to; a count or plan is a figure of running text."""
FRAMED = frozenset({TABLE, LABEL, LIST})
"""Rows that stand where a framework is set out; their levels are the document's own."""
_TRIM = " \t*_:;,.–—-•"


@dataclass(frozen=True, slots=True)
class Row:
    """What a document says of one result. `score`, `why`: how sure, and what it was taken from."""

    span: Span
    statement: str
    level: str = "output"
    no: str = ""
    indicator: str = ""
    baseline: float | None = None
    target: float | None = None
    achieved: float | None = None
    unit: str = ""
    note: str = ""
    score: float = 0.5
    why: str = ""
    planned: bool = True
    """Whether it belongs to the framework: what was planned; else it only says what was reached."""
    kind: str = ""
    """What it was taken from, see above."""

    @property
    def value(self) -> dict[str, Any]:
        """The row in the shape of the form."""
        return {
            "level": self.level,
            "no": self.no,
            "statement": self.statement,
            "indicator": self.indicator,
            "baseline": self.baseline,
            "target": self.target,
            "achieved": self.achieved,
            "unit": self.unit,
            "note": self.note,
        }


def to_votes(source: Source, row: Row) -> list[Vote]:
    """A vote for the framework where the row plans something, and one for what was achieved where it says that."""
    items = ["results_framework"] * row.planned + ["results_achieved"] * (row.achieved is not None)
    return [
        Vote(item, "", CODER, round(row.score, 4), source.file, row.span, row.why, row.value) for item in items
    ]  # fmt: skip


def tidy_statement(text: str) -> str:
    """A statement without the marks around it, cut at a sentence or word if it is very long."""
    folded = " ".join(text.split()).strip(_TRIM)
    if len(folded) <= MAX_STATEMENT:
        return folded
    stop = folded.rfind(". ", 40, MAX_STATEMENT)
    return folded[: stop if stop > 0 else folded.rfind(" ", 0, MAX_STATEMENT)].rstrip(_TRIM)


def percent_note(target: float | None, achieved: float | None, stated: float | None) -> str:
    """A note where a stated percentage contradicts the figures; "" where it fits or cannot be checked.

    >>> percent_note(900, 1215, 135), percent_note(900, 1215, 120)
    ('', 'The document says 120 per cent; 1215 of 900 is 135 per cent.')
    """
    if not target or achieved is None or stated is None:
        return ""
    worked = achieved / target * 100
    if abs(worked - stated) <= PERCENT_SLACK or abs(worked - 100 - stated) <= PERCENT_SLACK:
        return ""
    return f"The document says {tidy(stated)} per cent; {tidy(achieved)} of {tidy(target)} is {round(worked)} per cent."


def sum_note(part: str, stated: float, added: float) -> str:
    """A note where a stated total contradicts the rows above it; "" where it fits.

    >>> sum_note("target", 50, 50.0), sum_note("achieved", 50, 48)
    ('', 'The document says 50 in all (achieved); the rows add up to 48.')
    """
    if abs(stated - added) <= SUM_SLACK:
        return ""
    return f"The document says {tidy(stated)} in all ({part}); the rows add up to {tidy(added)}."


def unit_of(words: str) -> str:
    """The counted thing in a noun phrase, for the unit: "members of the justice system" -> "members"."""
    head = re.split(r"\b(?:of|from|in|for|to|with|on|at|by|who|that|and)\b|[,;(]", words.strip(), maxsplit=1)[0].strip()
    nouns = [word for word in head.lower().split() if not word.endswith("ed")]
    return " ".join(nouns[-2:])
