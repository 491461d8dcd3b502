"""Results from sentences: "1,215 teachers were trained, against 900 planned", "the number rose from 252 to 16,999"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.coding.typed.numbered import NUMBER, Figure, find_figures, to_number
from extractor.coding.typed.results_rows import COUNT, PLAN, Row, percent_note, tidy_statement, unit_of
from extractor.coding.wordlist import words
from extractor.model import Passage, Source

MAX_SENTENCE = 600
MAX_BARE = 10
"""Figures without a target that a document may give at most; the best placed ones."""
MIN_BARE = 5
MAX_WHAT = 9
NEAR = 110
"""A target stands at most so many characters after the figure it is the target of."""
TARGET_SCORE, CHANGE_SCORE, BARE_SCORE, PLAN_SCORE = 0.65, 0.5, 0.45, 0.42
FOOTNOTE_WEIGHT, ANYWHERE_WEIGHT, VAGUE_WEIGHT = 0.6, 0.85, 0.7

DOING = frozenset(
    words(
        "trained assisted supported reached returned repatriated reintegrated sheltered counselled counseled "
        "referred organized organised held conducted carried completed established created built rehabilitated "
        "renovated constructed distributed delivered produced published printed adopted signed registered "
        "equipped installed planted replanted enrolled certified strengthened formed opened recruited sensitized "
        "sensitised informed served treated vaccinated benefited benefitted attended graduated launched awarded "
        "visited resolved adjudicated answered trained formés formées assistés assistées organisés organisées "
        "distribués distribuées réalisés réalisées capacitados capacitadas asistidos asistidas realizados "
        "realizadas atendidos atendidas formados formadas entregados"
    )
)
_AUXILIARY = frozenset(words("were was have has had been be being also already ont été fueron han sido are is"))
_FILLERS = frozenset(
    words(
        "a total of about around over more than some nearly almost no less fewer at least the with altogether "
        "only up to"
    )
)
_STOPS = frozenset(
    words(
        "that which who whom whose where when while because although in from by at to with between during for on "
        "through across since under against throughout within into after before as if but is are was were has "
        "have had will qui que dans par avec pour lors en con por"
    )
)
_NOT_COUNTED = frozenset(
    words(
        "year years month months week weeks day days hour hours minute minutes page pages time times percent per "
        "cent st nd rd th euro euros dollar dollars million billion points point of and or to other different "
        "main key the this these it they"
    )
)
_TOKEN = re.compile(r"[^\s]+")
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
    rf"\b(?:increased?|rose|grew|went up|fell|decreased?|dropped|declined|reduced|risen|"
    rf"expanded)\s(?:\w+\s){{0,2}}from\s(?P<baseline>{NUMBER})"
    rf"(?P<unit>\s?(?:%|per ?cent))?(?:\s[^.;\d]{{0,25}})?(?:\s?\d{{4}})?,?\sto\s"
    rf"(?P<number>{NUMBER})(?P<unit2>\s?(?:%|per ?cent))?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s?\([^()]{0,80}\)")
_ASIDE = re.compile(r"^\s?\([^()]{1,40}\)")
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
_PLANS = re.compile(r"\b(?:will|aims? to|plans? to|intends? to|expected to|propose[sd]? to|shall)\b", re.IGNORECASE)
_WILL_DO = re.compile(
    r"\b(?P<verb>train|assist|support|reach|organi[sz]e|hold|conduct|establish|create|build|rehabilitate|distribute|"
    r"produce|publish|install|"
    r"plant|enrol|equip|open|recruit|sensiti[sz]e|target|include)\s(?:(?:directly|a total of|about|around|over|"
    r"more than|some|at least|"
    rf"a minimum of|up to)\s)*(?P<number>{NUMBER})\s(?P<what>[^\W\d][^.;:()\d]{{2,80}})",
    re.IGNORECASE,
)

_TELLING = DOING | frozenset(
    words(
        "target targets planned foreseen expected goal against took due cible prévu prévus prévues meta previsto "
        "previstos rose increased increase grew went fell decreased dropped declined reduced risen expanded decrease"
    )
)
"""A sentence without any of these words states no result."""
_PLANNING = frozenset(words("will aims aim plans plan intends intend expected propose proposes proposed shall"))


@dataclass(frozen=True, slots=True)
class Count:
    """What a sentence counts: a figure, of what, and what was done with them ("" where it is not said)."""

    figure: Figure
    what: str
    verb: str

    @property
    def statement(self) -> str:
        """The result in words: "police officers trained"."""
        return tidy_statement(f"{self.what} {self.verb}")


def prose_rows(source: Source, plans: bool) -> list[Row]:
    """Rows that sentences state. `plans`: the document plans, so its figures are targets."""
    read = _planned if plans else _reported
    told = _PLANNING if plans else _TELLING
    weights = {headings: _weight(headings) for headings in {passage.headings for passage in source.passages}}
    rows = [
        row
        for passage in source.passages
        if passage.kind in ("paragraph", "list_item", "footnote")
        and len(passage.text) <= MAX_SENTENCE
        and weights[passage.headings]
        and not told.isdisjoint(_bare_words(passage.text))
        for row in read(passage, weights[passage.headings] * (FOOTNOTE_WEIGHT if passage.kind == "footnote" else 1.0))
    ]
    bare = sorted((row for row in rows if row.target is None and row.baseline is None), key=lambda row: -row.score)
    dropped = set(map(id, bare[MAX_BARE:]))
    return [row for row in rows if id(row) not in dropped]


def _bare_words(text: str) -> list[str]:
    """The words of a text in small letters, without the marks around them; a cheap first look at it."""
    return text.lower().replace(",", " ").replace(".", " ").replace("(", " ").replace(")", " ").split()


def _planned(passage: Passage, weight: float) -> Iterator[Row]:
    match = _WILL_DO.search(passage.text) if _PLANS.search(passage.text) else None
    number = to_number(match["number"]) if match else None
    if match is None or number is None or number <= 1 or re.fullmatch(r"(?:19|20)\d\d", match["number"]):
        return
    what = _what(match["what"])
    if what:
        statement = tidy_statement(f"{match['verb'].lower()} {match['number']} {what}")
        yield Row(
            passage.span, statement, target=number, unit=unit_of(what), score=PLAN_SCORE * weight,
            why="a sentence that plans a number", kind=PLAN,
        )  # fmt: skip


def _reported(passage: Passage, weight: float) -> Iterator[Row]:
    if _SAYS_TARGET.search(passage.text) is None and not any(char.isdigit() for char in passage.text):
        return
    figures = [*find_figures(passage.text)]
    if figures:
        row = _against(passage, figures, weight) or _changed(passage, weight)
        yield from [row] if row is not None else _bare(passage, figures, weight)


def _weight(headings: tuple[str, ...]) -> float:
    """How much sentences count by their headings: reports of results fully, background and method not at all."""
    if any(_ELSEWHERE.search(heading) for heading in headings[-2:]):
        return 0.0
    return 1.0 if any(_REPORTS.search(heading) for heading in headings) else ANYWHERE_WEIGHT


# ------------------------------------------------------------------ with a target


def _against(passage: Passage, figures: list[Figure], weight: float) -> Row | None:
    """A count with its target in the same sentence."""
    text = passage.text
    if not _SAYS_TARGET.search(text) and " took place" not in text and not text.startswith("Of "):
        return None
    match = _OUT_OF.search(text)
    if match is not None:
        what = tidy_statement(match["what"])
        return _target_row(passage, what, unit_of(what), to_number(match["target"]), to_number(match["number"]), weight)
    for pattern in _TARGETS:
        for match in pattern.finditer(text):
            if re.match(r"\s?(?:%|per ?cent)", text[match.end() :]):
                continue
            count = _before(text, figures, match.start())
            if count is not None:
                target = to_number(match["target"])
                return _target_row(passage, count.statement, unit_of(count.what), target, count.figure.value, weight)
    return None


def _target_row(
    passage: Passage, statement: str, unit: str, target: float | None, achieved: float | None, weight: float
) -> Row | None:
    if not target or achieved is None or not statement:
        return None
    share = _SHARE_OF_TARGET.search(passage.text)
    return Row(
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
        what = _what(between, commas=True)
        if what:
            return Count(figure, what, _verb_before(text[: figure.start]) or _verb_after(between))
    return None


# ------------------------------------------------------------------ without


def _changed(passage: Passage, weight: float) -> Row | None:
    """ "Cases rose from 252 in 2020 to 16,999 in 2023": a baseline and what it came to."""
    match = _CHANGE.search(passage.text)
    if match is None:
        return None
    baseline, number = to_number(match["baseline"]), to_number(match["number"])
    years = any(re.fullmatch(r"(?:19|20)\d\d", match[name]) for name in ("baseline", "number"))
    clause = re.split(r"[.;:]\s|\bthat\s|, (?=\w+ing\b)", _BRACKETS.sub("", passage.text[: match.start()]).rstrip())[-1]
    if baseline is None or number is None or years or len(clause.split()) < 2:
        return None
    score = CHANGE_SCORE * weight * (VAGUE_WEIGHT if len(clause.split()) < 3 else 1.0)
    return Row(
        passage.span, tidy_statement(clause), "outcome", baseline=baseline, achieved=number,
        unit="per cent" if match["unit"] or match["unit2"] else "", score=score,
        why="a sentence that gives where it began and what it came to", planned=False, kind=COUNT,
    )  # fmt: skip


def _bare(passage: Passage, figures: list[Figure], weight: float) -> Iterator[Row]:
    """Counts of what was done, without a target."""
    text = passage.text
    if _NOT_DONE.search(text):
        return
    for figure in figures:
        if figure.percent or figure.value < MIN_BARE or figure.start == 0 and passage.kind == "footnote":
            continue
        count = _count(text, figure)
        if count is not None:
            yield Row(
                passage.span, count.statement, achieved=figure.value, unit=unit_of(count.what),
                score=BARE_SCORE * weight, why="a sentence that counts what was done", planned=False, kind=COUNT,
            )  # fmt: skip


def _count(text: str, figure: Figure) -> Count | None:
    """What a figure counts and what was done; a list with commas only where nothing simpler fits."""
    before, after = text[: figure.start], _ASIDE.sub("", text[figure.end :], count=1)
    for commas in (False, True):
        what = _what(after, commas)
        verb = _verb_before(before) or _verb_after(after, commas)
        if what and verb:
            return Count(figure, what, verb)
    return None


# ------------------------------------------------------------------ words


def _what(after: str, commas: bool = False) -> str:
    """The counted things after a figure, up to a verb, a preposition of place or the end of the phrase."""
    found: list[str] = []
    for match in _TOKEN.finditer(after[:160]):
        token = match[0]
        bare = token.strip('.,;:()"”').lower()
        if bare in _STOPS or bare in DOING or bare in _AUXILIARY or token[:1] in "(;:" or bare[:1].isdigit():
            break
        found.append(token)
        if token[-1] in ".;:)" or token[-1] == "," and not commas:
            break
    if not found or len(found) > MAX_WHAT or not _is_counted(found[0]):
        return ""
    return " ".join(found).strip(" ,.;:()")


def _is_counted(word: str) -> bool:
    """Whether a word may name what is counted: no unit of time or money, no sentence that begins anew."""
    bare = word.strip(".,;:()").lower()
    begins = word[:1].isupper() and word[1:2].islower()
    return bool(bare) and bare not in _NOT_COUNTED and bare[:1].isalpha() and not begins


def _verb_before(before: str) -> str:
    """What was done, where it stands before the figure: "trained a total of 120"."""
    for token in reversed(before.split()[-6:]):
        bare = token.lower()
        if bare in DOING:
            return bare
        if bare not in _FILLERS and bare != "out":
            return ""
    return ""


def _verb_after(after: str, commas: bool = False) -> str:
    """What was done, where it stands after what is counted: "120 officers were trained"."""
    for token in after.split()[: MAX_WHAT + 3]:
        bare = token.strip(".,;:()").lower()
        if bare in DOING:
            return bare
        if bare in _STOPS and bare not in _AUXILIARY or token[-1] in (".;:)" if commas else ".;:,)"):
            return ""
    return ""
