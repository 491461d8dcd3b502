"""Results from sentences: "1,215 teachers were trained, against 900 planned", "brought the number from 252 to 16,999"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.coding.typed.numbered import NUMBER, tidy, to_number
from extractor.coding.typed.results_rows import Row, percent_note, tidy_statement, unit_of
from extractor.model import Passage, Source

MAX_SENTENCE = 600
MAX_BARE = 12
"""Figures without a target that a document may give at most; the best placed ones."""
TARGET_SCORE, CHANGE_SCORE, BARE_SCORE = 0.65, 0.5, 0.45
PLAN_SCORE = 0.45

_DOING = (
    r"trained|assisted|supported|reached|returned|repatriated|reintegrated|sheltered|counsel+ed|identified|referred|organi[sz]ed|held|"
    r"conducted|carried out|completed|established|created|set up|built|rehabilitated|renovated|constructed|distributed|provided|delivered|"
    r"produced|published|printed|adopted|signed|registered|equipped|installed|planted|replanted|enrolled|interviewed|certified|drafted|"
    r"strengthened|formed|opened|recruited|sensiti[sz]ed|informed|served|treated|vaccinated|benefit+ed|participated|attended|graduated|"
    r"launched|funded|awarded|disbursed|monitored|visited|resolved|adjudicated|answered|developed|implemented|formés?|formées?|assistés?|"
    r"organisés?|organisées?|distribués?|réalisés?|capacitad[oa]s|asistid[oa]s|realizad[oa]s|atendid[oa]s|formad[oa]s|entregad[oa]s"
)
_DONE = re.compile(
    rf"(?<![\w.,/-])(?P<number>{NUMBER})(?!\s?(?:%|per ?cent))\s(?P<what>[^\W\d][^.;:()]{{2,70}}?)\s(?:(?:have|has|had)\sbeen|were|was|ont été|"
    rf"fueron|se)?\s?(?:\w+ly\s)?(?P<verb>{_DOING})\b",
    re.IGNORECASE,
)
_DID = re.compile(
    rf"\b(?P<verb>{_DOING})\s(?:(?:a total of|about|around|over|more than|some|nearly|almost|no less than|at least|the|with)\s)*"
    rf"(?P<number>{NUMBER})(?!\s?(?:%|per ?cent))\s(?P<what>[^\W\d][^.;:()\d]{{2,80}}?)(?=[.,;:()]|\s(?:in|from|by|at|to|with|who|which|between|during|for|on|through|across|since|under|against|and|throughout|within)\b|$)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(
    rf"\bof (?:the )?(?P<target>{NUMBER})\s(?P<what>[^.;:,()]{{3,60}}?)(?:,| that (?:were|was) (?:due|planned|foreseen)[^.;]{{0,30}}?,?)?\s"
    rf"(?P<number>{NUMBER})\s(?P<verb>took place|were \w+|was \w+|{_DOING})",
    re.IGNORECASE,
)
_TARGETS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\((?:the )?target(?: was| of|:| =)?\s(?P<target>{NUMBER})",
        rf"(?:against|exceed\w*|surpass\w*|compared (?:with|to)|out of|versus|short of|below|above|beyond|met|reached)\s(?:the |a |an |its )?"
        rf"(?:initial |original |overall |planned |project )?(?:(?:target|goal|plan|objective)\sof\s)?(?P<target>{NUMBER})(?=\s(?:planned|targeted|"
        rf"foreseen|expected|originally)|[.,;)\s]|$)",
        rf"(?P<target>{NUMBER})\s(?:were|was|had been|being)\s(?:planned|foreseen|targeted|expected|due|aimed at)",
        rf"\b(?:target|planned|planned figure|goal)\s(?:was|of|:|=)\s(?P<target>{NUMBER})",
        rf"(?:cible|objectif|prévus?|meta|previst[oa]s?)\s(?:de|:|était de|fue de)?\s?(?P<target>{NUMBER})",
    )
)
_SAYS_TARGET = re.compile(r"\btarget|\bplanned\b|\bforeseen\b|\bexpected\b|\bgoal of\b|\bagainst\b|cible|prévu|\bmeta\b|previst", re.IGNORECASE)
_PERCENT = re.compile(rf"(?P<share>{NUMBER})\s?(?:%|per ?cent)\s(?:of\s)?(?:the\s|its\s)?(?:target|planned|plan|achiev)|\((?P<bare>{NUMBER})\s?(?:%|per ?cent) of", re.IGNORECASE)
_CHANGE = re.compile(
    rf"(?P<what>[^.;:()]{{8,140}}?)(?:\s\([^()]{{1,30}}\))?\s(?:increased|rose|grew|went up|fell|decreased|dropped|declined|was reduced|has increased|"
    rf"has risen|expanded)\sfrom\s(?P<baseline>{NUMBER})(?P<unit>\s?(?:%|per ?cent))?(?:\s[^.;\d]{{0,25}}?)?(?:\s(?:in|at)\s(?:\w+\s)?\d{{4}})?\sto\s"
    rf"(?P<number>{NUMBER})(?P<unit2>\s?(?:%|per ?cent))?(?!\s?-)",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"result|achiev|perform|effective|output|outcome|progress|impact|activit|implementation|summary|overview|key facts|finding|conclusion|"
    r"component|training|assistance|workshop|résultat|réalis|resultado|logro|actividad|work performed|explanation of the work",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"background|context|situation|methodolog|limitation|literature|terms of reference|\btor\b|recommend|budget|financ|expenditure|staff|"
    r"questionnaire|references|bibliograph|introduction|about (?:this|the) |interview|survey design|sample|lessons",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:will|would|should|could|may|might|plans? to|planned to|aims? to|is to|are to|if|interviewe[de]|respondents?|were asked|evaluat(?:or|ion team)|"
    r"this (?:evaluation|report|study|review)|sample of|surveyed|key informant|budget|US\$|USD|EUR|million)\b|[€$£]",
    re.IGNORECASE,
)
_PLANS = re.compile(r"\b(?:will|aims? to|plans? to|intends? to|is expected to|expects? to|propose[sd]? to|shall)\b", re.IGNORECASE)
_WILL_DO = re.compile(
    r"\b(?P<verb>train|assist|support|reach|organi[sz]e|hold|conduct|establish|create|set up|build|rehabilitate|distribute|provide|produce|publish|"
    r"install|plant|enrol|interview|equip|form|open|recruit|sensiti[sz]e|write|train(?:ing)? of|target)\s(?:(?:directly|a total of|about|around|over|more than|"
    rf"some|at least|a minimum of|up to)\s)*(?P<number>{NUMBER})(?!\s?(?:%|per ?cent))\s(?P<what>[^\W\d][^.;:()\d]{{2,80}}?)"
    r"(?=[.,;:()]|\s(?:in|from|by|at|to|with|who|which|between|during|for|on|through|across|under|and|within)\b|$)",
    re.IGNORECASE,
)  # fmt: skip
_NO_COUNT = re.compile(
    r"^(?:years?|months?|weeks?|days?|hours?|pages?|times|percent|per cent|st|nd|rd|th|euros?|dollars?|million|billion|of (?:the|these|them)\b|points?|and|or|to)\b", re.IGNORECASE
)  # fmt: skip


def prose_rows(source: Source, plans: bool) -> list[Row]:
    """Rows that sentences state. `plans`: the document plans, so its figures are targets."""
    if plans:
        return list(_planned(source))
    rows = list(_reported(source))
    bare = [row for row in rows if row.target is None and row.baseline is None]
    dropped = set(map(id, sorted(bare, key=lambda row: -row.score)[MAX_BARE:]))
    return [row for row in rows if id(row) not in dropped]


def _planned(source: Source) -> Iterator[Row]:
    for passage in source.passages:
        if passage.kind not in ("paragraph", "list_item") or len(passage.text) > MAX_SENTENCE:
            continue
        if not any(char.isdigit() for char in passage.text) and not _PLANS.search(passage.text):
            continue
        weight = _weight(passage)
        match = _WILL_DO.search(passage.text) if weight and _PLANS.search(passage.text) else None
        if match and not _NO_COUNT.match(match["what"]) and (number := to_number(match["number"])) and number > 1:
            statement = tidy_statement(f"{match['number']} {match['what']} ({match['verb'].lower()})")
            yield Row(
                passage.span, statement, target=number, unit=unit_of(match["what"]), score=PLAN_SCORE * weight,
                why="a sentence that plans a number",
            )  # fmt: skip


def _reported(source: Source) -> Iterator[Row]:
    for passage in source.passages:
        if passage.kind not in ("paragraph", "list_item", "footnote") or len(passage.text) > MAX_SENTENCE:
            continue
        weight = _weight(passage)
        if weight and (row := _row(passage, weight)) is not None:
            yield row


def _weight(passage: Passage) -> float:
    """How much a sentence counts by its headings: reports of results fully, background and method not at all."""
    if any(_ELSEWHERE.search(heading) for heading in passage.headings[-2:]):
        return 0.0
    if passage.kind == "footnote":
        return 0.6
    return 1.0 if any(_REPORTS.search(heading) for heading in passage.headings) else 0.85


def _row(passage: Passage, weight: float) -> Row | None:
    text = passage.text
    if not any(char.isdigit() for char in text) and not re.match(r"[A-Z][a-z]+(?:-| )", text):
        return None
    return _against(passage, weight) or _changed(passage, weight) or _bare(passage, weight)


# ------------------------------------------------------------------ with a target


@dataclass(frozen=True, slots=True)
class _Count:
    """What a sentence counts: a number of things and what was done with them."""

    value: float
    what: str
    verb: str
    start: int

    @property
    def statement(self) -> str:
        return tidy_statement(f"{self.what} {self.verb}")


def _against(passage: Passage, weight: float) -> Row | None:
    """A count with its target in the same sentence."""
    text = passage.text
    if not _SAYS_TARGET.search(text) and not text.lower().startswith("of "):
        return None
    if (match := _OUT_OF.search(text)) and (found := _pair(match)):
        statement = tidy_statement(match["what"])
        return Row(
            passage.span, statement, target=found[0], achieved=found[1], unit=unit_of(match["what"]),
            score=TARGET_SCORE * weight, why="a sentence that gives what was due and what took place", planned=False,
        )  # fmt: skip
    count = _count(text)
    target = _target(text, count.value) if count else None
    if count is None or target is None:
        return None
    share = _PERCENT.search(text)
    stated = to_number(share["share"] or share["bare"]) if share else None
    return Row(
        passage.span, count.statement, target=target, achieved=count.value, unit=unit_of(count.what),
        note=percent_note(target, count.value, stated), score=TARGET_SCORE * weight,
        why="a sentence that gives a number with its target", planned=False,
    )  # fmt: skip


def _pair(match: re.Match[str]) -> tuple[float, float] | None:
    target, number = to_number(match["target"]), to_number(match["number"])
    return (target, number) if target is not None and number is not None and not _NO_COUNT.match(match["what"]) else None


def _target(text: str, achieved: float) -> float | None:
    for pattern in _TARGETS:
        for match in pattern.finditer(text):
            value = to_number(match["target"])
            if value is not None and value > 0 and (value != achieved or "target" in match[0].lower()):
                return tidy(value)
    return None


def _count(text: str) -> _Count | None:
    """The first count of a sentence, in either order of words."""
    found = []
    for pattern in (_DONE, _DID):
        for match in pattern.finditer(text):
            value = to_number(match["number"])
            if value is None or value <= 1 or _year(match["number"]) or _NO_COUNT.match(match["what"]):
                continue
            found.append(_Count(value, match["what"], match["verb"].lower(), match.start("number")))
            break
    return min(found, key=lambda count: count.start) if found else None


def _year(written: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", written))


# ------------------------------------------------------------------ without


def _changed(passage: Passage, weight: float) -> Row | None:
    """"Cases rose from 252 in 2020 to 16,999 in 2023": a baseline and what it came to."""
    match = _CHANGE.search(passage.text)
    if match is None:
        return None
    baseline, number = to_number(match["baseline"]), to_number(match["number"])
    if baseline is None or number is None or _year(match["baseline"]) or _year(match["number"]):
        return None
    words = re.split(r",\s|\b(?:that|while|and|where)\s(?=the\b)", match["what"])[-1]
    percent = bool(match["unit"] or match["unit2"])
    return Row(
        passage.span, tidy_statement(words), "outcome", baseline=baseline, achieved=number,
        unit="per cent" if percent else "", score=CHANGE_SCORE * weight,
        why="a sentence that gives where it began and what it came to", planned=False,
    )  # fmt: skip


def _bare(passage: Passage, weight: float) -> Row | None:
    """A count of what was done, without a target."""
    if _NOT_DONE.search(passage.text):
        return None
    count = _count(passage.text)
    if count is None or len(count.what.split()) > 9:
        return None
    return Row(
        passage.span, count.statement, achieved=count.value, unit=unit_of(count.what), score=BARE_SCORE * weight,
        why="a sentence that counts what was done", planned=False,
    )  # fmt: skip


