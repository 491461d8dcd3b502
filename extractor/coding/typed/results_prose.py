"""Results from sentences: "1,215 teachers were trained, against 900 planned", "the number rose from 252 to 16,999"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from extractor.coding.typed.numbered import NUMBER, Figure, find_figures, to_number
from extractor.coding.typed.results_counts import TELLING, Count, count_of, counted_things, verb_after, verb_before
from extractor.coding.typed.results_lists import is_foreign
from extractor.coding.typed.results_plans import PLANNING, planned_rows, to_do_rows
from extractor.coding.typed.results_rows import COUNT, Row, percent_note, tidy_statement, unit_of
from extractor.coding.typed.units import read_units
from extractor.coding.wordlist import words
from extractor.model import Passage, Source

MAX_SENTENCE = 600
MAX_BARE = 10
"""Figures without a target that a document may give at most; the best placed ones."""
MIN_BARE = 5
NEAR = 110
"""A target stands at most so many characters after the figure it is the target of."""
TARGET_SCORE, CHANGE_SCORE, BARE_SCORE, ONLY_TARGET_SCORE = 0.65, 0.5, 0.45, 0.5
INDICATOR_SCORE = 0.6
"""Of a change that is said of an indicator, wherever it stands."""
REPORT_TYPES = frozenset({"interim_report", "final_report"})
"""Documents that are about what was done from end to end."""
FOOTNOTE_WEIGHT, ANYWHERE_WEIGHT, VAGUE_WEIGHT, PASSING_WEIGHT = 0.6, 0.85, 0.7, 0.85

_TARGETS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\((?:the )?target(?: was| of|:| =)?\s(?P<target>{NUMBER})",
        rf"\b(?:against|exceed\w*|surpass\w*|compared (?:with|to)|versus|short of|below|above|beyond|meeting|"
        rf"met)\s(?:the |a |an |its )?"
        rf"(?:initial |original |overall |planned |project )?(?:target|goal|"
        rf"plan)\s(?:figure )?of\s(?P<target>{NUMBER})",
        rf"\b(?:against|out of|compared (?:with|to)|instead of)\s(?:the )?(?P<target>{NUMBER})\s(?:that (?:were|"
        rf"was) )?(?:planned|targeted|foreseen|expected|originally)",
        rf"(?P<target>{NUMBER})\s(?:were|was|had been)\s(?:planned|foreseen|targeted|expected|due|aimed at)",
        rf"\b(?:target|planned figure|goal)\s(?:was|of|:|=)\s(?P<target>{NUMBER})",
        rf"\b(?:cible|prévus?|prévues?|meta|previst[oa]s?)\s(?:de |: ?|était de |era de |fue de )?(?P<target>{NUMBER})",
    )
)
_SAYS_TARGET = re.compile(
    r"target|planned|foreseen|expected|goal of|were due|cible|prévu|\bmeta\b|previst", re.IGNORECASE
)
_OUT_OF = re.compile(
    rf"\bof (?:the )?(?P<target>{NUMBER})\s(?P<what>[^.;:,()\d]{{3,50}}?)(?:,? that (?:were|was) (?:due|planned|"
    rf"foreseen)[^.;\d]{{0,30}},?)?,?\s"
    rf"(?P<number>{NUMBER})\s(?:took place|were (?:held|carried out|completed|delivered|trained|reached|conducted))",
    re.IGNORECASE,
)
_SHARE_OF_TARGET = re.compile(
    rf"(?P<share>{NUMBER})\s?(?:%|per ?cent)\s(?:of\s)?(?:the\s|its\s)?(?:target|planned|plan\b|achiev)", re.IGNORECASE
)
_CHANGE = re.compile(
    rf"\b(?:increased?|rose|grew|went up|jumped|climbed|improved|fell|decreased?|dropped|declined|reduced|risen|"
    rf"expanded)\s(?:\w+\s){{0,2}}from\s(?P<baseline>{NUMBER})"
    rf"(?P<unit>\s?(?:%|per ?cent))?(?:\s[^.;\d]{{0,25}})?(?:\s?\d{{4}})?,?\sto\s"
    rf"(?P<number>{NUMBER})(?P<unit2>\s?(?:%|per ?cent))?",
    re.IGNORECASE,
)
_CHANGE_TO = re.compile(
    rf"\b(?:increased?|rose|grew|went up|jumped|climbed|improved|expanded|fell|decreased?|dropped|declined)\sto\s"
    rf"(?P<number>{NUMBER})(?P<unit>\s?(?:%|per ?cent))?[^.;\d]{{0,25}}(?:\d{{4}})?\W{{0,3}}(?:up |down )?from\s"
    rf"(?P<baseline>{NUMBER})(?P<unit2>\s?(?:%|per ?cent))?",
    re.IGNORECASE,
)
"""The other way round: "it grew to 40 per cent, from 32 per cent"."""
_UP_FROM = re.compile(
    rf"(?P<number>{NUMBER})(?P<unit>\s?(?:%|per ?cent))?\s(?P<what>[^.;]{{4,200}}?)[,\s(]+(?:up|down)\sfrom\s"
    rf"(?P<baseline>{NUMBER})(?P<unit2>\s?(?:%|per ?cent))?",
    re.IGNORECASE,
)
""" "91 countries, up from 65 in 2023"."""
_RATED = re.compile(r"\b(?:meta-)?evaluat(?:ion|or)s?\b|\brat(?:ing|ings|ed)\b", re.IGNORECASE)
"""What evaluators say of evaluations, or how they rate, is no result of the project."""
_TARGET_OF = re.compile(
    rf"\b(?:target|goal|cible|meta)\s(?:of|was|is|de|était de|era de)\s(?:at least\s|over\s)?(?P<target>{NUMBER})",
    re.IGNORECASE,
)
_INDICATOR = re.compile(r"\bindicat(?:or|eur)|\bindicador", re.IGNORECASE)
_OPENING = re.compile(r"^\W*(?:\d{1,3}\s)?(?:and|while|whereas|et|y)?\s?(?:the\s)?", re.IGNORECASE)
"""A footnote's mark and the joining words that a clause may begin with."""
_MARKS = str.maketrans(",.()", "    ")
_BRACKETS = re.compile(r"\s?\([^()]{0,80}\)")
_REPORTS = re.compile(
    r"result|achiev|perform|effective|output|outcome|progress|impact|activit|implementation|summary|overview|"
    r"key facts|finding|conclusion|"
    r"component|training|assistance|workshop|résultat|réalis|resultado|logro|actividad|work performed|"
    r"explanation of the work",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"background|context|situation|methodolog|limitation|literature|terms of reference|\btor\b|recommend|budget|"
    r"financ|expenditure|staff|"
    r"questionnaire|references|bibliograph|introduction|about (?:this|the) |interview|survey|sample|sampling|lessons|"
    r"data\b|abbreviation",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:will|would|should|could|may|might|plan(?:s|ned)? to|aims? to|is to|are to|interviewe[de]|interviews?|"
    r"respondents?|asked|"
    r"evaluat(?:or|ors|ion)|this (?:report|study|review)|case studies|sample|survey\w*|budget|not|no longer|"
    r"households?|percentage points)\b|"
    r"US\$|[€$£]|\b(?:Table|Figure|Fig|Annex|Section|see)\b",
    re.IGNORECASE,
)
_TELLING = TELLING | frozenset(
    words(
        "target targets planned foreseen expected goal against took due cible prévu prévus prévues meta previsto "
        "previstos rose increased increase grew up jumped climbed improved went fell decreased dropped declined "
        "reduced risen expanded decrease"
    )
)
"""A sentence without any of these words states no result."""


def prose_rows(source: Source, plans: bool) -> list[Row]:
    """Rows that sentences state. `plans`: the document plans, so its figures are targets."""
    anywhere = 1.0 if source.description.type in REPORT_TYPES else ANYWHERE_WEIGHT
    weights = {headings: _weight(headings, anywhere) for headings in {passage.headings for passage in source.passages}}
    if plans:
        return _best([*_sentences(source, planned_rows, PLANNING, weights), *_to_do(source, weights)])
    return _best([*_sentences(source, _reported, _TELLING, weights)])


def _best(rows: Sequence[Row]) -> list[Row]:
    """The rows, of those that only count or only plan the best placed ones."""
    bare = sorted((row for row in rows if _is_bare(row)), key=lambda row: -row.score)
    dropped = set(map(id, bare[MAX_BARE:]))
    return [row for row in rows if id(row) not in dropped]


def _is_bare(row: Row) -> bool:
    return row.baseline is None and (row.target is None or row.achieved is None)


def _sentences(
    source: Source,
    read: Callable[[Passage, float], Iterator[Row]],
    told: frozenset[str],
    weights: Mapping[tuple[str, ...], float],
) -> Iterator[Row]:
    for passage in source.passages:
        weight = weights[passage.headings] * (FOOTNOTE_WEIGHT if passage.kind == "footnote" else 1.0)
        runs = passage.kind in ("paragraph", "list_item", "footnote") and len(passage.text) <= MAX_SENTENCE
        if runs and weight and not told.isdisjoint(_bare_words(passage.text)):
            yield from read(passage, weight)


def _to_do(source: Source, weights: Mapping[tuple[str, ...], float]) -> Iterator[Row]:
    for unit in read_units(source):
        weight = weights.get(unit.headings, 0.0)
        if weight and not is_foreign(unit.headings[:-1]):
            yield from to_do_rows(source.document, unit, weight)


def _bare_words(text: str) -> list[str]:
    """The words of a text in small letters, without the marks around them; a cheap first look at it."""
    return text.lower().replace("co-", "").translate(_MARKS).split()


def _reported(passage: Passage, weight: float) -> Iterator[Row]:
    if _SAYS_TARGET.search(passage.text) is None and not any(char.isdigit() for char in passage.text):
        return
    figures = [*find_figures(passage.text)]
    if figures:
        rows = [*_against(passage, figures, weight)]
        if not rows and not _RATED.search(passage.text):
            rows = [*_changed(passage, weight)] or [*_up_from(passage, weight)]
        rows = rows or [*_only_target(passage, weight)]
        yield from rows or _bare(passage, figures, weight)


def _weight(headings: tuple[str, ...], anywhere: float) -> float:
    """How much sentences count by their headings: reports of results fully, background and method not at all."""
    if headings and _ELSEWHERE.search(headings[-1]):
        return 0.0
    if headings and _REPORTS.search(headings[-1]):
        return 1.0
    if any(_ELSEWHERE.search(heading) for heading in headings[-2:]):
        return 0.0
    return 1.0 if any(_REPORTS.search(heading) for heading in headings) else anywhere


# ------------------------------------------------------------------ with a target


def _against(passage: Passage, figures: list[Figure], weight: float) -> Iterator[Row]:
    """Counts with their targets in the same sentence."""
    text = passage.text
    if not _SAYS_TARGET.search(text) and " took place" not in text and not text.startswith("Of "):
        return
    match = _OUT_OF.search(text)
    if match is not None:
        what = tidy_statement(match["what"])
        yield from _target_row(
            passage, what, unit_of(what), to_number(match["target"]), to_number(match["number"]), weight
        )
        return
    counted: set[int] = set()
    for pattern in _TARGETS:
        for match in pattern.finditer(text):
            if re.match(r"\s?(?:%|per ?cent)", text[match.end() :]):
                continue
            count = _before(text, figures, match.start())
            if count is not None and count.figure.start not in counted:
                counted.add(count.figure.start)
                target = to_number(match["target"])
                yield from _target_row(
                    passage, count.statement, unit_of(count.what), target, count.figure.value, weight
                )


def _target_row(
    passage: Passage, statement: str, unit: str, target: float | None, achieved: float | None, weight: float
) -> Iterator[Row]:
    if not target or achieved is None or not statement:
        return
    share = _SHARE_OF_TARGET.search(passage.text)
    yield Row(
        passage.span, statement, target=target, achieved=achieved, unit=unit,
        note=percent_note(target, achieved, to_number(share["share"]) if share else None), score=TARGET_SCORE * weight,
        why="a sentence that gives a number with its target", planned=False, kind=COUNT,
    )  # fmt: skip


def _before(text: str, figures: list[Figure], target: int) -> Count | None:
    """The count that a target belongs to: the nearest figure before it that counts something."""
    for figure in reversed(figures):
        if figure.percent or figure.end > target or target - figure.end > NEAR:
            continue
        between = re.split(r"[(;:]", text[figure.end : target])[0]
        what = counted_things(between, commas=True)
        if what:
            return Count(figure, what, verb_before(text[: figure.start]) or verb_after(between))
    return None


# ------------------------------------------------------------------ without


def _changed(passage: Passage, weight: float) -> Iterator[Row]:
    """ "Cases rose from 252 in 2020 to 16,999 in 2023": a baseline and what it came to, each such clause."""
    start = 0
    for match in [*_CHANGE.finditer(passage.text), *_CHANGE_TO.finditer(passage.text)]:
        before, start = passage.text[start : match.start()], match.end()
        baseline, number = to_number(match["baseline"]), to_number(match["number"])
        years = any(re.fullmatch(r"(?:19|20)\d\d", match[name]) for name in ("baseline", "number"))
        clause = re.split(r"[.;:]\s|\bthat\s|, (?=\w+ing\b)", _BRACKETS.sub("", before).rstrip())[-1]
        clause = _OPENING.sub("", clause)
        if baseline is None or number is None or years or len(clause.split()) < 2:
            continue
        score = CHANGE_SCORE * weight * (VAGUE_WEIGHT if len(clause.split()) < 3 else 1.0)
        if _INDICATOR.search(before):
            score = max(score, INDICATOR_SCORE)
        yield Row(
            passage.span, tidy_statement(clause), "outcome", baseline=baseline, achieved=number,
            unit="per cent" if match["unit"] or match["unit2"] else "", score=score,
            why="a sentence that gives where it began and what it came to", planned=False, kind=COUNT,
        )  # fmt: skip


def _up_from(passage: Passage, weight: float) -> Iterator[Row]:
    """ "73 per cent of schools have a plan, up from 65 per cent": what it came to, and where it began."""
    if " from " not in passage.text:
        return
    for match in _UP_FROM.finditer(passage.text):
        baseline, number = to_number(match["baseline"]), to_number(match["number"])
        years = any(re.fullmatch(r"(?:19|20)\d\d", match[name]) for name in ("baseline", "number"))
        if baseline is None or number is None or years or bool(match["unit"]) != bool(match["unit2"]):
            continue
        yield Row(
            passage.span, tidy_statement(match["what"].removeprefix("of ")), "outcome", baseline=baseline,
            achieved=number, unit="per cent" if match["unit"] else unit_of(match["what"]),
            score=CHANGE_SCORE * weight, why="a sentence that gives where it began and what it came to",
            planned=False, kind=COUNT,
        )  # fmt: skip


def _only_target(passage: Passage, weight: float) -> Iterator[Row]:
    """ "It set a target of eight banks": a target of which the sentence does not say what came of it."""
    for match in _TARGET_OF.finditer(passage.text):
        target = to_number(match["target"])
        what = counted_things(passage.text[match.end() :])
        if target and target > 1 and what and not re.fullmatch(r"(?:19|20)\d\d", match["target"]):
            yield Row(
                passage.span, what, target=target, unit=unit_of(what), score=ONLY_TARGET_SCORE * weight,
                why="a sentence that names a target", kind=COUNT,
            )  # fmt: skip


def _bare(passage: Passage, figures: list[Figure], weight: float) -> Iterator[Row]:
    """Counts of what was done, without a target."""
    text = passage.text
    if _NOT_DONE.search(text):
        return
    count: Count | None = None
    for figure in figures:
        if figure.percent or figure.start == 0 and passage.kind == "footnote":
            continue
        count = count_of(text, figure, count)
        if count is not None and figure.value >= MIN_BARE:
            yield Row(
                passage.span, count.statement, achieved=figure.value, unit=unit_of(count.what),
                score=BARE_SCORE * weight * (PASSING_WEIGHT if count.aside else 1.0),
                why="a sentence that counts what was done", planned=False, kind=COUNT,
            )  # fmt: skip
