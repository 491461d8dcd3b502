"""Numbers that a plan promises: "It will train 120 officers", "Organise two exchange visits"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.coding.typed.numbered import NUMBER, find_figures, to_number
from extractor.coding.typed.results_counts import DOING, count_of, counted_things
from extractor.coding.typed.results_rows import PLAN, Row, tidy_statement, unit_of
from extractor.coding.typed.units import Unit, without_bullet
from extractor.coding.wordlist import words
from extractor.model import Document, Passage, Span

PLAN_SCORE, TO_DO_SCORE = 0.42, 0.5
MIN_PLAIN = 5
"""Fewer things that a plan includes are its parts, not its targets."""
MAX_WORDS = 14
MAX_PIECE = 200
PLANNING = frozenset(words("will aims aim plans plan intends intend expected propose proposes proposed shall"))
"""A sentence without any of these words plans nothing."""

_PLANS = re.compile(r"\b(?:will|aims? to|plans? to|intends? to|expected to|propose[sd]? to|shall)\b", re.IGNORECASE)
_VERB = (
    r"(?P<verb>train|assist|support|reach|organi[sz]e|hold|conduct|establish|create|build|rehabilitate|distribute|"
    r"produce|publish|install|plant|enrol|equip|open|recruit|sensiti[sz]e|target|include|form|launch|deliver|"
    r"former|organiser|créer|construire|installer|distribuer|appuyer|capacitar|organizar|crear|construir|instalar|"
    r"distribuir|apoyar)"
)
_NOUN = (
    r"(?P<noun>(?:organi[sz]ation|training|establishment|creation|construction|rehabilitation|distribution|production|"
    r"publication|installation|planting|delivery|recruitment|formation|organisation|création|capacitación|"
    r"organización|creación|construcción|instalación|distribución)\s(?:of|de|d’|d'))"
)
_FILLERS = (
    r"(?:(?:directly|a total of|about|around|over|more than|some|at least|a minimum of|up to|au moins|environ|"
    r"al menos|unos)\s)*"
)
_THINGS = rf"{_FILLERS}(?P<number>{NUMBER})\s(?P<what>[^\W\d][^.;:()\d]{{2,80}})"
_WILL_DO = re.compile(rf"\b{_VERB}\s{_THINGS}", re.IGNORECASE)
_TO_DO = re.compile(rf"^\W*(?:to\s|[\w ]{{3,40}}\sand\s)?(?:{_VERB}|{_NOUN})\s{_THINGS}", re.IGNORECASE)
_BARE = re.compile(rf"^\W*{_THINGS}", re.IGNORECASE)
_NUMBERED = re.compile(r"^\d+(?:\.\d+)+\.?\s+(?=[^\W\d])")
"""The number of a heading."""
_PLAIN_VERBS = frozenset(words("include target reach"))
"""Verbs that say nothing of what is done: the counted things alone are the statement."""
_IRREGULAR = {"hold": "held", "build": "built"}
_YEAR = re.compile(r"(?:19|20)\d\d")


def planned_rows(passage: Passage, weight: float) -> Iterator[Row]:
    """The row of a sentence that plans a number, in the active or in the passive ("120 will be trained")."""
    match = _WILL_DO.search(passage.text) if _PLANS.search(passage.text) else None
    row = _row(match, passage.span, PLAN_SCORE * weight, "a sentence that plans a number") if match else None
    if row is not None:
        yield row
    elif " will be " in passage.text:
        yield from _passive(passage, weight)


def _passive(passage: Passage, weight: float) -> Iterator[Row]:
    text = passage.text.replace(" will be ", " were ")
    for figure in find_figures(text):
        count = None if figure.percent or figure.value <= 1 else count_of(text, figure)
        if count is not None:
            yield Row(
                passage.span, count.statement, target=figure.value, unit=unit_of(count.what), score=PLAN_SCORE * weight,
                why="a sentence that plans a number", kind=PLAN,
            )  # fmt: skip
            return


def to_do_rows(document: Document, unit: Unit, weight: float) -> Iterator[Row]:
    """The rows of a heading, an item or a table row that says what is to be done: "Organise two exchange visits".

    A bare count ("5 courses") is one where it stands in a cell beside such words.
    """
    for text, span in _texts(document, unit):
        pieces = [without_bullet(_NUMBERED.sub("", piece.strip())) for piece in text.split(";")]
        matches = [_TO_DO.match(piece[:MAX_PIECE]) for piece in pieces]
        if any(matches):
            for piece, match in zip(pieces, matches, strict=True):
                found = match or _BARE.match(piece[:MAX_PIECE])
                row = (
                    _row(found, span, TO_DO_SCORE * weight, "says what is to be done, and how many") if found else None
                )
                if row is not None and found is not None:
                    yield replace(row, statement=_whole(found["what"]) or row.statement)


def _whole(what: str) -> str:
    """The things with what is said of them, where that is not a whole sentence: "visits from one town to another"."""
    return tidy_statement(what) if len(what.split()) <= MAX_WORDS else ""


def _texts(document: Document, unit: Unit) -> Sequence[tuple[str, Span]]:
    """The texts that may each begin with what is to be done: a unit's, or its cells."""
    if unit.kind != "table_row":
        return [(unit.text, unit.span)] if unit.kind in ("heading", "list_item") else []
    return [(" ".join(document.text(cell).split()), cell) for cell in document.blocks[unit.block].cells]


def _row(match: re.Match[str], span: Span, score: float, why: str) -> Row | None:
    number = to_number(match["number"])
    what = counted_things(match["what"])
    if number is None or number <= 1 or _YEAR.fullmatch(match["number"]) or not what:
        return None
    parts = match.groupdict()
    done = (parts.get("verb") or parts.get("noun") or "").lower()
    if done in _PLAIN_VERBS and number < MIN_PLAIN:
        return None
    statement = what if done in _PLAIN_VERBS else f"{what} {_participle(done)}"
    return Row(span, tidy_statement(statement), target=number, unit=unit_of(what), score=score, why=why, kind=PLAN)


def _participle(verb: str) -> str:
    """What will have been done, of an English verb; "" of a noun or a verb of another language.

    >>> _participle("train"), _participle("organise"), _participle("hold"), _participle("training of")
    ('trained', 'organised', 'held', '')
    """
    done = _IRREGULAR.get(verb) or (f"{verb}d" if verb.endswith("e") else f"{verb}ed")
    return done if done in DOING else ""
