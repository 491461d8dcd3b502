"""Manual reviews in the gold format: one project and coder a file, values as the reviewer wrote them, quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractor.errors import FormInvalid, Problem
from extractor.model import Answer, Evidence, Form, FormSet, Provenance

NAME_SUFFIXES = 2
"""`iom-mekong.A.json`: what is before the last two suffixes is the project, the second last the coder."""
UNNAMED_CODER = "reviewer"
NOT_APPLICABLE = ("N/A", "n/a", "NA", "not_applicable", "not applicable")
EMPTY: tuple[Any, ...] = (None, "", [], {})
"""Values that say that nothing was found."""
MONEY_EXTRAS = {"delivery_rate": "delivery_rate", "delivery_rate_percent": "delivery_rate", "as_of": "as_of"}
"""What reviewers write beside an amount of money -> its key in the value."""
BESIDE = frozenset({"evidence", "note", "specify", "also_acceptable"})
"""What stands beside a value, where it is not its own mapping."""
NO_PLACE = -1
"""Start and end of a quote whose place in the stored text is not known."""
QUOTE_SHAPE = 'each piece of evidence must be a text, or a mapping with "quote"'


def read_gold(data: Mapping[str, Any], path: Path) -> FormSet:
    """The review in a file of the gold format; FormInvalid lists what cannot be understood."""
    problems = list(_problems(data, str(path)))
    if problems:
        raise FormInvalid(str(path), problems)
    project, named = name_parts(path)
    coder = named or str(data.get("coder") or UNNAMED_CODER)
    items = {str(item): _answer(_entry(answer), coder) for item, answer in data["items"].items()}
    return FormSet(Provenance("", coder), (Form(project, (), items),))


def name_parts(path: Path) -> tuple[str, str]:
    """(project, coder) that a file's name says; no coder where the name has one suffix only.

    >>> name_parts(Path("iom-mekong.A.json")), name_parts(Path("review.json"))
    (('iom-mekong', 'A'), ('review', ''))
    """
    parts = path.name.split(".")
    if len(parts) <= NAME_SUFFIXES:
        return parts[0], ""
    return ".".join(parts[:-NAME_SUFFIXES]), parts[-NAME_SUFFIXES]


def _problems(data: Mapping[str, Any], file: str) -> Iterator[Problem]:
    if not isinstance(data["items"], dict):
        yield Problem(file, None, "items", "must be a mapping of items to answers")
        return
    for item, answer in data["items"].items():
        evidence = _entry(answer).get("evidence") or []
        if not isinstance(evidence, list):
            yield Problem(file, None, f"items.{item}.evidence", "must be a list")
            continue
        for index, piece in enumerate(evidence):
            if not (isinstance(piece, str) or isinstance(piece, dict) and isinstance(piece.get("quote", ""), str)):
                yield Problem(file, None, f"items.{item}.evidence[{index}]", QUOTE_SHAPE)


def _entry(answer: Any) -> Mapping[str, Any]:
    """An answer with its evidence; a bare value, or money without "value" around it, is understood too."""
    if not isinstance(answer, dict):
        return {"value": answer}
    if "value" in answer or answer.keys() <= BESIDE:
        return answer
    bare = {key: part for key, part in answer.items() if key not in BESIDE}
    return {"value": bare, **{key: part for key, part in answer.items() if key in BESIDE}}


def _answer(entry: Mapping[str, Any], coder: str) -> Answer:
    value = _value(entry)
    evidence = tuple(_evidence(piece, coder) for piece in entry.get("evidence") or [])
    acceptable = entry.get("also_acceptable")
    acceptable = tuple(acceptable) if isinstance(acceptable, list) else () if acceptable is None else (acceptable,)
    comment = _comment(entry)
    if value in NOT_APPLICABLE or value in [[word] for word in NOT_APPLICABLE]:
        return Answer("not_applicable", None, 1.0, {}, evidence, comment=comment, acceptable=acceptable)
    if value in EMPTY:
        return Answer("not_found", None, 1.0, {}, evidence, comment=comment, acceptable=acceptable)
    return Answer("found", value, 1.0, {}, evidence, comment=comment, acceptable=acceptable)


def _value(entry: Mapping[str, Any]) -> Any:
    """The value; what a reviewer wrote beside an amount of money belongs to it."""
    value = entry.get("value")
    if not (isinstance(value, dict) and "amount" in value):
        return value
    extras = {key: entry[name] for name, key in MONEY_EXTRAS.items() if name in entry}
    return {**extras, **value}


def _comment(entry: Mapping[str, Any]) -> str:
    """The reviewer's note, and the names that were asked beside an option."""
    specify = entry.get("specify")
    names = list(specify.values()) if isinstance(specify, dict) else specify if isinstance(specify, list) else [specify]
    parts = [*(str(name) for name in names if name), str(entry.get("note") or "")]
    return "; ".join(part for part in parts if part)


def _evidence(data: Any, coder: str) -> Evidence:
    entry = data if isinstance(data, dict) else {"quote": data}
    return Evidence(
        for_=str(entry.get("for") or ""),
        file=str(entry.get("file") or ""),
        page=_page(entry.get("page")),
        printed_page=None,
        start=NO_PLACE,
        end=NO_PLACE,
        quote=str(entry.get("quote") or ""),
        confidence=1.0,
        coder=coder,
        why="",
    )


def _page(value: Any) -> int | None:
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
