"""Results that a document tells one after the other: "In X it supported 877,280 children to go back to school".

Annual reports, donor reports and pages of headline results state many counts in running text and bullets. They are
read where a document is full of them, or under headings of results; elsewhere a count in a sentence is one of a few
(`results_prose`). A line such as "Number of people with access to finance" above them is their indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.coding.similar import content_words
from extractor.coding.typed.numbered import Figure, find_figures
from extractor.coding.typed.results_counts import COMPARED, DOING, is_counted
from extractor.coding.typed.results_lists import is_foreign
from extractor.coding.typed.results_rows import COUNT, Row, tidy_statement, unit_of
from extractor.coding.wordlist import words
from extractor.model import Passage, Source

HEADLINE_SCORE = 0.5
MIN_COUNTS, CHARS_A_COUNT = 8, 1_400
"""A document that states so many counts, and one in so many letters, is told in counts."""
MIN_FIGURE, MIN_FURTHER = 5, 2
"""Fewer things are not worth a row; of the further ones of a sentence, fewer still."""
MAX_SENTENCE = 600
MAX_BEFORE, MAX_AFTER = 10, 16
"""How many words of a clause before and after a figure are read."""
MAX_NOUN = 7
MAX_INDICATOR_WORDS = 30
EVALUATIONS = frozenset({"external_evaluation", "internal_evaluation"})

VERBS = DOING | frozenset(
    words(
        "gained received enabled helped provided saved prevented averted immunised immunized protected connected "
        "generated engaged covered improved ensured hired featured introduced piloted upgraded procured repaired "
        "drilled screened tested prepared drafted reviewed translated issued granted hosted facilitated mentored "
        "coached employed placed fed housed relocated evacuated rescued identified accessed reunited linked "
        "restored enhanced developed approved uncovered lifted obtained supplied deployed digitised digitized "
        "leveraged expanded secured contributed mobilised mobilized fostered released demined cleared "
        "freed reopened "
        "reçu bénéficié accompagnés appuyés soutenus touchés vaccinés scolarisés recibieron accedieron "
        "beneficiaron beneficiados apoyados alcanzados vacunados"
    )
)
_DONE_BY = {
    f"{stem}ing": verb
    for verb in VERBS
    if verb.endswith("ed")
    for stem in (verb[:-2], verb[:-1])
    if not stem.endswith("ee")
}
_TELLING = VERBS | _DONE_BY.keys()
_PLACE = re.compile(
    r"\b(?:results?|achievements?|accomplishments?|highlights|headlines?|key (?:figures|facts)|in (?:numbers|figures)|"
    r"at a glance|what (?:we|was|has been) (?:did|done|achieved)|progress|impact|réalisations|résultats|"
    r"chiffres[- ]clés|logros|resultados|cifras)\b",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"background|context|situation|methodolog|limitation|literature|terms of reference|recommend|budget|financ|"
    r"expenditure|staff|questionnaire|references|bibliograph|introduction|about (?:this|the|us)|interview|survey|"
    r"sampl|lessons|abbreviation|annex|appendi|challenge|needs?\b|next steps|way forward|looking ahead|outlook|"
    r"data (?:quality|sources|collection)|regression|estimat|treatment|econometric|statistic|contexte|contexto",
    re.IGNORECASE,
)
"""Headings of chapters that tell no results of the project."""
_NOT_DONE = re.compile(
    r"\b(?:will|would|should|could|may|might|plan(?:s|ned)? to|aims? to|is to|are to|intends?|expected to|need(?:s|ed)?"
    r"|in need|lack(?:s|ed)?|pledged?|committed to|interview\w*|respondents?|asked|sampled?|survey\w*|evaluators?|"
    r"responses|questionnaires?|this (?:report|study|review)|case studies|compared|on average|an average|"
    r"million deaths|globally|worldwide|no longer|failed|were not|was not|did not|have not|has not|"
    r"control group|treatment (?:group|arm)|baseline|estimated that|estimates that)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[.;:()“”]\s|[;:()—]|,\s(?=(?:and|while|which|who|with|where|resulting|leading)\b)|,\s(?=\w+ing\b)"
)
_MONEY = re.compile(r"(?:[$€£¥]|\b(?:USD|EUR|GBP|CHF|NOK|SEK|DKK|UGX|KES|XOF|XAF|CFA|Rs)\.?)\s?$")
_MONEY_AFTER = re.compile(
    r"^\s?(?:(?:billion|million|bn|m)\s)?(?:[$€£¥]|(?:USD|EUR|GBP|CHF|euros?|dollars?|pounds?|shillings|francs)\b)",
    re.IGNORECASE,
)
_FILLERS = re.compile(
    r"(?:\s*\b(?:nearly|almost|more than|over|about|around|some|at least|approximately|an estimated|estimated|up to|"
    r"a total of|an additional|a further|another|additional|as many as|close to|roughly|plus de|"
    r"près de|más de|unos)\b)+\s*$",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"(?:[,(]|\b(?:and|including|of (?:which|whom|these|them)|plus|as well as|et|y|dont|incluidos))\s*$", re.IGNORECASE
)
_NEXT = re.compile(r",\s|\s(?:and|that|which|who|et|y|qui|que)\b")
_TAIL = re.compile(
    r"(?:[\s,;(]|\b(?:and|with|including|of|in|to|for|by|the|which|a|an|et|y|nearly|almost|more than|over|about|around|"
    r"some|at least|approximately|further|additional)\b)+$",
    re.IGNORECASE,
)
_NEAR_PLACE = re.compile(r"\b(?P<place>(?:in|across) (?:the )?[A-ZÀ-Þ][\w’-]+(?:\s[A-ZÀ-Þ][\w’-]+)*),?\s$")
_LEADING_PLACE = re.compile(r"^\W*(?P<place>In (?:the )?[A-ZÀ-Þ][^,.;:\d]{2,45}),\s")
_PREPOSITION = frozenset(words("in from at across through via within living on under who that"))
_LABELLED = re.compile(
    r"\b(?:phase|article|section|act|number|class|level|grade|type|quarter|lot|batch|table|figure|annex|chapter|"
    r"output|outcome|activity|step|goal|sdg|component|objective|aged?|age|day|week|month|year|under|top|resolution|"
    r"between)\s?(?:of\s)?$",
    re.IGNORECASE,
)
_INDICATOR_LINE = re.compile(
    r"^\W*(?:indicator\s?[\d.]*\s?:\s?|(?:the )?(?:total )?(?:number|percentage|proportion|share|amount) of |"
    r"nombre (?:de |d[’'])|número de |porcentaje de |pourcentage (?:de |d[’']))",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|par|por) (?:\w+ ){0,2}\w+\W*$", re.IGNORECASE)
"""A title of a chart: "Percentage of results by region"."""
_IN_PLACE = re.compile(r"\b(?P<place>(?:in|from) (?:[\w’-]+\s?){1,5})\s?\($")
_NO_LEVEL = re.compile(r"\b(?:increase|decrease|rise|fall|difference|change|out of every|in every)\b", re.IGNORECASE)
"""A sentence without a verb of doing that has one of these compares figures."""
_PEOPLE = content_words("people person beneficiary beneficiaries woman women girl man men child children boy")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a clause says of a figure: what was counted, and what was done, in its own words."""

    statement: str
    noun: str
    verb: str


def headline_rows(source: Source) -> list[Row]:
    """The counts of a document that is told in counts, or of its chapters of results if these are full of them."""
    if source.description.type in EVALUATIONS:
        return []
    found = [*_all_rows(source)]
    strong = [row for row, is_strong in found if is_strong or row.indicator]
    letters = sum(len(page.text) for page in source.document.pages)
    if len(found) >= max(MIN_COUNTS, letters / CHARS_A_COUNT):
        return [row for row, _ in found]
    return strong if len(strong) >= MIN_COUNTS else [row for row in strong if row.indicator]


def with_headlines(rows: Sequence[Row], told: Sequence[Row]) -> list[Row]:
    """Rows of sentences with those that are told one after the other, which say the same counts in more words."""
    again = {(row.span, row.achieved) for row in told}
    completed = {(row.span, row.achieved) for row in rows if row.target is not None or row.baseline is not None}
    return [
        *(row for row in rows if (row.span, row.achieved) in completed or (row.span, row.achieved) not in again),
        *(row for row in told if (row.span, row.achieved) not in completed),
    ]


def _all_rows(source: Source) -> Iterator[tuple[Row, bool]]:
    indicator = ""
    above: tuple[str, ...] = ()
    for passage in source.passages:
        line = _indicator(passage)
        if line:
            indicator, above = line, _chapter(passage)
        elif _chapter(passage) != above:
            indicator = ""
        if passage.kind not in ("paragraph", "list_item") or len(passage.text) > MAX_SENTENCE or line:
            continue
        if any(ELSEWHERE.search(heading) for heading in passage.headings[-2:]) or is_foreign(passage.headings):
            continue
        strong = any(_PLACE.search(heading) for heading in passage.headings[-1:])
        for row in told_counts(passage, indicator):
            yield row, strong


def _indicator(passage: Passage) -> str:
    """The indicator that a short line above some results names; "" where it is none."""
    if passage.kind not in ("heading", "paragraph") or len(passage.text.split()) > MAX_INDICATOR_WORDS:
        return ""
    match = _INDICATOR_LINE.match(passage.text)
    if match is None or _BY.search(passage.text) or any(char.isdigit() for char in passage.text[match.end() :]):
        return ""
    return tidy_statement(passage.text)


def _chapter(passage: Passage) -> tuple[str, ...]:
    return passage.headings[:1]


# ------------------------------------------------------------------ one sentence


def told_counts(passage: Passage, indicator: str = "") -> Iterator[Row]:
    """The rows of one sentence: each figure with the words of its clause."""
    text = passage.text
    if not any(map(str.isdigit, text)) or not (indicator or _tells(text)) or _NOT_DONE.search(text):
        return
    leading = _LEADING_PLACE.match(text)
    place = leading["place"] if leading else ""
    figures = [*find_figures(text)]
    earlier: _Told | None = None
    for index, figure in enumerate(figures):
        stop = figures[index + 1].start if index + 1 < len(figures) else len(text)
        start = figures[index - 1].end if index else 0
        told = _told(text, figure, start, stop, earlier)
        if told is None and indicator:
            told = _of_indicator(text, figure, stop, content_words(indicator))
        if told is None:
            continue
        least = MIN_FIGURE if earlier is None else MIN_FURTHER
        earlier = told
        if figure.value < least:
            continue
        near = _NEAR_PLACE.search(_FILLERS.sub(" ", text[: figure.start]))
        statement = _placed(told.statement, near["place"] if near else place)
        yield Row(
            passage.span, tidy_statement(statement), indicator=indicator if indicator != statement else "",
            achieved=figure.value, unit=unit_of(told.noun), score=HEADLINE_SCORE,
            why="a sentence that tells what was reached", planned=False, kind=COUNT,
        )  # fmt: skip


def _placed(statement: str, place: str) -> str:
    """A statement with the place that its sentence begins with or that stands before its figure."""
    told = not place or place.split(maxsplit=1)[1] in statement
    return statement if told else f"{statement} {place[:1].lower()}{place[1:]}"


def _tells(text: str) -> bool:
    return any(word.strip(",.()") in _TELLING for word in text.lower().split())


def _is_no_count(text: str, figure: Figure) -> bool:
    before, after = text[: figure.start], text[figure.end :]
    money = _MONEY.search(before) or _MONEY_AFTER.match(after) or COMPARED.match(after)
    return figure.percent or bool(
        money or _LABELLED.search(before) or re.match(r"[-–/]\d|\s?%|\s?per ?cent|st\b|th\b", after)
    )


def _told(text: str, figure: Figure, start: int, stop: int, earlier: _Told | None) -> _Told | None:
    if _is_no_count(text, figure):
        return None
    between = text[start : figure.start]
    before = _FILLERS.sub(" ", _BREAK.split(between)[-1])
    tokens = _own(_clause(text[figure.end : stop]), stop < len(text)).split()[:MAX_AFTER]
    noun = _noun(tokens)
    verb = _last_verb(before)
    if verb and noun:
        return _active(before, verb, noun, tokens)
    done = "" if verb else _verb_after(_clause(text[figure.end :]))
    if done and noun:
        told = " ".join(tokens)
        return _Told(told if done in told.lower() else f"{told} {done}", noun, done)
    if earlier is not None and start and _JOIN.search(_FILLERS.sub(" ", between)):
        return _going_on(earlier, tokens, noun)
    return None


def _own(clause: str, goes_on: bool) -> str:
    """A clause without what is said of the next figure: "clubs that have reached" (50,000) is "clubs"."""
    bare = _TAIL.sub("", clause)
    verb = _last_verb(bare) if goes_on else ""
    joins = [*_NEXT.finditer(bare[: bare.lower().rfind(verb)])] if verb else []
    return bare[: joins[-1].start()] if joins else bare


def _verb_after(clause: str) -> str:
    """What was done with the counted things that a clause begins with: "parents and 150 teachers were trained"."""
    own = (token.strip(",").lower() for token in clause.split()[:MAX_AFTER])
    return next((token for token in own if token in VERBS), "")


def _active(before: str, verb: str, noun: str, tokens: Sequence[str]) -> _Told:
    """ "supported 40 children to read": the words from the verb on, without the figure."""
    own = before.split()
    last = max(i for i, token in enumerate(own) if token.strip(",").lower() == verb)
    return _Told(" ".join([*own[last:], *tokens]), noun, verb)


def _going_on(earlier: _Told, tokens: Sequence[str], noun: str) -> _Told | None:
    """A further count of the same verb: "and 143,000 children", "including 9 million in camps"."""
    if not tokens:
        return None
    own = " ".join(tokens)
    if tokens[0].lower() in _PREPOSITION:
        return _Told(f"{earlier.noun} {_past(earlier.verb)} {own}", earlier.noun, earlier.verb)
    return _Told(f"{own} {_past(earlier.verb)}", noun, earlier.verb) if noun else None


def _of_indicator(text: str, figure: Figure, stop: int, wanted: frozenset[str]) -> _Told | None:
    """A count of what the indicator above counts needs no verb: "in the north (1.2 million people)"."""
    if _is_no_count(text, figure) or _NO_LEVEL.search(text):
        return None
    tokens = _TAIL.sub("", _clause(text[figure.end : stop])).split()[:MAX_AFTER]
    noun = _noun(tokens)
    place = _IN_PLACE.search(text[: figure.start])
    told = [*tokens, *(place["place"].split() if place else ())]
    counts = content_words(noun) & (wanted | _PEOPLE)
    return _Told(" ".join(told), noun, "") if counts and len(told) > 1 else None


def _clause(after: str) -> str:
    found = _BREAK.search(after)
    return after[: found.start()] if found else after.rstrip(".")


def _noun(tokens: Sequence[str]) -> str:
    """The counted things that a clause begins with; "" where it begins with none."""
    if not tokens or not is_counted(tokens[0]):
        return ""
    noun: list[str] = []
    for token in tokens[:MAX_NOUN]:
        bare = token.strip(",.").lower()
        if bare in _STOPS or bare in _TELLING:
            break
        noun.append(token.strip(","))
    return " ".join(noun)


_STOPS = frozenset(
    words(
        "in from at across through via within on under who that which to with for by of and or were was are is have "
        "has had been as per during between qui que dans pour par avec en con por de"
    )
)


def _last_verb(before: str) -> str:
    own = [token.strip(",").lower() for token in before.split()[-MAX_BEFORE:]]
    return next((token for token in reversed(own) if token in _TELLING), "")


def _past(verb: str) -> str:
    return _DONE_BY.get(verb, verb)
