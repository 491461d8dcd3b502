"""Results that a document sets out: "Outcome 1: ...", lists under "The outputs are:" or "Expected results"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from extractor.coding.typed.numbered import Figure, find_figures, level_of, read_label
from extractor.coding.typed.results_rows import LABEL, LIST, MILESTONE, Row, tidy_statement, unit_of
from extractor.coding.typed.units import Unit, cut, read_units
from extractor.model import Source, Span

MIN_WORDS, MAX_WORDS = 3, 60
MIN_LABEL_WORDS = 2
MIN_LIST = 2
MAX_LIST = 12
MAX_RUN_IN = 20
HEADINGS_KEPT = 512
MAX_LEAD_WORDS = 25
LABEL_SCORE, LIST_SCORE = 0.7, 0.6
FOREIGN = 0.4
"""Weight under headings of what is not this project's: terms of reference, track record, an evaluation's purpose."""
MILESTONE_WEIGHT = 0.9
LEADING_CHARS = 40

_NOT_OWN = re.compile(
    r"terms of reference|\btor\b|track record|experience of|similar actions|evaluation (?:questions|objectives|scope|"
    r"approach|methods?|criteria|matrix|purpose)|"
    r"(?:about|objectives?|purpose|scope|aims?) (?:and scope )?(?:of )?(?:this|the) (?:evaluation|review|study)|"
    r"methodolog|questionnaire|annex(?:e|o)? .*guide|"
    r"other projects|literature|references|recommend|lessons|theory of change diagram|work plan|"
    r"^\W*(?:[\d.]+\s*)?(?:\w+ ){0,3}activit|"
    r"research objectives",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\b(?P<what>(?:specific |overall |general |main |key |project |programme |strategic |immediate |"
    r"expected )*(?:objectives|goals|aims|"
    r"outcomes|outputs|results)|expected (?:outcomes?|outputs?|results?)|deliverables|objectifs?(?: spécifiques?)?|"
    r"résultats attendus|"
    r"produits|objetivos?(?: específicos?)?|resultados esperados|productos)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_WHOLE_HEAD = re.compile(rf"\W*(?:the |project )?{_HEAD.pattern.removesuffix('(?P<rest>.*)$')}.{{0,40}}", re.IGNORECASE)
"""A heading that says little more than what is listed below it."""
_OTHER_LIST = re.compile(
    r"\b(?:partners?|risks?|assumptions?|questions?|criteria|principles|problems?|issues?|steps|members?|tasks?|"
    r"lessons|factors|barriers|examples?|such as|for instance|following (?:persons|people|documents))\b", re.IGNORECASE
)  # fmt: skip
"""A lead-in to something else, though the heading names results."""
_PART = re.compile(
    r"^\W*(?:[\d.]+\s*)?(?:(?:activity|action|task|phase|step|stage|work ?package|wp|component|activité|tâche|lot|"
    r"actividad|tarea|fase)\s?[\dA-Z]|(?:organi[sz]e|develop|establish|set up|build|prepare|implement|conduct|carry|"
    r"elaborate|train|produce|create|map|design|launch|hold|deliver|[a-z]+ing of)\b)", re.IGNORECASE
)  # fmt: skip
"""The heading of a part of the work: an activity, phase or package."""
_RUN_IN_HEAD = re.compile(
    r"^\W*(?P<what>(?:(?:immediate|intermediate|ultimate|final|expected|specific|overall|short-term|long-term|key|main)"
    r"\s)?(?:outputs?|outcomes?|results?|objectives?|goals?|extrants?|produits?|résultats?|objectifs?|productos?|"
    r"resultados?|objetivos?))\s?:?\s+[-–•]\s?[^\W\d]", re.IGNORECASE
)  # fmt: skip
_DASH = re.compile(r"(?:^|\s)[-–•]\s?(?=[A-ZÀ-Þ])")
_NO_HEAD = re.compile(
    r"\b(?:achieve[sd]?|against|of the (?:evaluation|review|study|research)|survey|indicator|measur|communicat|"
    r"monitor|contribut|"
    r"activities|budget|financ|challenge|show|figure|table|towards|in relation|to (?:assess|evaluate|review))",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s?[-–]\s?\d+\b")
"""Of "4-5" the lower figure is what is promised."""
_OF_PLACE = re.compile(r"\b(?:in|of|for|by|from|each|every|during|within|the|all|to|over|after|per)\s+$", re.IGNORECASE)
"""Before a figure that says where or when, not how many are to be reached: "in six districts"."""
_REVIEWS = re.compile(
    r"\W*(?:to )?(?:assess|evaluat|analy[sz]|review|examin|identify (?:lessons|good)|document lessons)|"
    r".{0,40}\b(?:inception|draft|final) report\b",
    re.IGNORECASE,
)
"""What an evaluation is to do or hand in."""
INNER_END = re.compile(
    r"[,;]? (?:(?:and|with|linked to|closely|CPD)\b[^.;]{0,40}?)?\b(?:outcome|output|objective) \d.*|,? closely .*|"
    r"[,;]? (?:and|CPD) ?$",
    re.IGNORECASE | re.DOTALL,
)
CROSS_REFERENCE = re.compile(
    r"^\W*(?:(?:was|were|is|are|has|have|had|will|and|or|of|in|see|focus\w*|relates?|covers?|aims?|which|seeks?|"
    r"concerns?|through|by|now|also)\b|\d)", re.IGNORECASE
)  # fmt: skip


def listed_rows(source: Source, achieved_document: bool) -> list[Row]:
    """Rows that labels and lists of a document state. `achieved_document`: it reports, it does not plan."""
    units = read_units(source)
    return [
        *_labelled(source, units, achieved_document),
        *_run_in_lists(source, units),
        *_lists(units, achieved_document),
    ]


# ------------------------------------------------------------------ labels


def _labelled(source: Source, units: Sequence[Unit], achieved_document: bool) -> Iterator[Row]:
    """ "Output 1.2: ..." at the beginning of a paragraph, item or heading; a bare label takes the line below it."""
    for index, unit in enumerate(units):
        if unit.kind not in ("paragraph", "list_item", "heading") or is_foreign(unit.headings[:-1]):
            continue
        text = unit.body
        label = read_label(text)
        if label is None or CROSS_REFERENCE.match(text[label.start :]):
            continue
        if (
            not label.mark
            and unit.kind != "heading"
            or not label.no
            and label.mark != ":"
            and label.level != "objective"
        ):
            continue
        statement = _first_part(text[label.start :])
        following = units[index + 1] if index + 1 < len(units) else None
        bare = not statement and (label.no or label.mark == ":" and label.level == "objective")
        if bare and following is not None and following.kind == "paragraph":
            statement, unit = _first_part(following.body), following
        if not MIN_LABEL_WORDS <= len(statement.split()) <= MAX_WORDS and not (
            statement and label.no and label.mark == ","
        ):
            continue
        weight = FOREIGN if is_foreign(unit.headings) else 1.0
        figure = None if achieved_document or label.level == "objective" else _leading(statement)
        yield Row(
            _statement_span(source, unit, statement), statement, label.level or "output", label.no,
            target=figure.value if figure else None, unit=unit_of(statement[figure.end :]) if figure else "",
            score=LABEL_SCORE * weight, why=f"stands after the label of {_article(label.level)}",
            kind=LABEL,
        )  # fmt: skip


def _first_part(text: str) -> str:
    """The statement up to the end of its sentence, without footnote marks and closing words in brackets."""
    text = text.strip()
    inner = INNER_END.search(text)
    text = text[: inner.start()] if inner else text
    end = re.search(r"(?<=[\w)”%])\.(?:\d{1,3})?(?:\s+(?=[A-ZÀ-Þ“\"(])|$)|;|\n", text)
    return tidy_statement(text[: end.start()] if end else text)


def _statement_span(source: Source, unit: Unit, statement: str) -> Span:
    """Where the statement's sentence ends, so that the quote is the label with its statement."""
    raw = source.document.text(unit.span)
    words = statement.split()
    last = raw.find(words[-1]) if words else -1
    while 0 <= last < len(raw) and len(raw[:last].split()) < len(words) - 1:
        following = raw.find(words[-1], last + 1)
        if following < 0:
            break
        last = following
    return cut(unit, 0, last + len(words[-1])) if last >= 0 else unit.span


def _article(level: str) -> str:
    return f"an {level}" if level else "a result"


# ------------------------------------------------------------------ lists


def _run_in_lists(source: Source, units: Sequence[Unit]) -> Iterator[Row]:
    """Items that a paragraph strings together after the word for them: "Outputs -Manuals -Training plans"."""
    for unit in units:
        head = _RUN_IN_HEAD.match(unit.text) if unit.kind == "paragraph" and not is_foreign(unit.headings) else None
        if head is None:
            continue
        raw = source.document.text(unit.span)
        starts = [match.end() for match in _DASH.finditer(raw)]
        if not MIN_LIST <= len(starts) <= MAX_RUN_IN:
            continue
        for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
            statement = tidy_statement(raw[start:end])
            if MIN_LABEL_WORDS <= len(statement.split()) <= MAX_WORDS:
                level = level_of(head["what"])
                stop = start + len(raw[start:end].rstrip(" \n-–•"))
                yield Row(
                    cut(unit, start, stop), statement, level or "output", score=LIST_SCORE,
                    why=f"is in the list of {level or 'result'}s", kind=LIST,
                )  # fmt: skip


def _lists(units: Sequence[Unit], achieved_document: bool) -> Iterator[Row]:
    """Items under a heading or lead-in that names objectives, outcomes, outputs or expected results.

    A plan that lists its results and then those of each activity says the milestones of an activity in the second
    place: of these only what has a figure is a result of the project.
    """
    groups = [(head, items) for head, items in _groups(units) if MIN_LIST <= len(items) <= MAX_LIST]
    whole = any(not _of_part(items[0]) for _, items in groups)
    for head, items in groups:
        match = _HEAD.search(head)
        if match is None:
            continue
        planned = not achieved_document or bool(
            re.search(r"expected|attendu|esperad|objecti|goal|aim", head, re.IGNORECASE)
        )
        for item in items:
            row = _item(item, level_of(match["what"]), planned)
            if row is not None:
                yield _milestone(row) if whole and _of_part(item) else row


def _milestone(row: Row) -> Row:
    figureless = row.target is None and row.achieved is None
    return replace(row, kind=MILESTONE, score=row.score * (FOREIGN if figureless else MILESTONE_WEIGHT))


def _of_part(unit: Unit) -> bool:
    """Whether a heading above the list is that of an activity, a phase or a work package."""
    return any(_PART.match(heading) for heading in unit.headings)


def _groups(units: Sequence[Unit]) -> Iterator[tuple[str, list[Unit]]]:
    """Runs of list items with the words that head them: the lead-in, else the nearest heading. Sub-items are left."""
    run: list[Unit] = []
    head = ""
    for unit in units:
        own = _head_of(unit) if unit.kind == "list_item" else ""
        if run and own == head and unit.level > run[0].level:
            continue
        if run and (own != head or unit.level < run[0].level):
            yield head, run
            run = []
        if own:
            head = own
            run.append(unit)
    if run:
        yield head, run


def _head_of(unit: Unit) -> str:
    """The words that head a list of results; "" where they head something else."""
    if is_foreign(unit.headings):
        return ""
    last = unit.headings[-1] if unit.headings else ""
    if unit.lead and _HEAD.search(unit.lead):
        return unit.lead if not _NO_HEAD.search(unit.lead) and len(unit.lead.split()) <= MAX_LEAD_WORDS else ""
    if _WHOLE_HEAD.fullmatch(last) is None or _NO_HEAD.search(last):
        return ""
    return "" if unit.lead and (_NO_HEAD.search(unit.lead) or _OTHER_LIST.search(unit.lead)) else last


def _item(unit: Unit, level: str, planned: bool) -> Row | None:
    label = read_label(unit.body)
    text = unit.body[label.start :] if label else unit.body
    statement = _first_part(text)
    if (
        not MIN_WORDS <= len(statement.split()) <= MAX_WORDS
        or text.rstrip().endswith((":", "?"))
        or _REVIEWS.match(text)
    ):
        return None
    objective = level == "objective"
    figure = None if objective else _leading(statement) or (_only(statement) if planned else None)
    if figure is None and not planned and not objective:
        return None
    unit_words = unit_of(statement[figure.end :]) if figure else ""
    target = figure.value if figure and planned else None
    achieved = figure.value if figure and not planned else None
    return Row(
        unit.span, statement, (label.level if label else "") or level or "output", label.no if label else "",
        target=target, achieved=achieved, unit="per cent" if figure and figure.percent else unit_words,
        score=LIST_SCORE, why=f"is in the list of {level or 'result'}s", planned=planned, kind=LIST,
    )  # fmt: skip


def _leading(statement: str) -> Figure | None:
    """The figure that a statement begins with: "15 well governed NGOs", "At least four pilot actions"."""
    match = re.match(
        r"(?:(?:at least|a minimum of|over|more than|up to|some|about|minimum|all|the)\s+)?", statement, re.IGNORECASE
    )
    start = match.end() if match else 0
    figure = next(find_figures(statement[: start + LEADING_CHARS]), None)
    return figure if figure and figure.start == start and figure.value > 1 else None


def _only(statement: str) -> Figure | None:
    """The one figure of a planned statement: "a hotline answers 15,000 calls"; none of several, and no percentage."""
    figures = [figure for figure in find_figures(_RANGE.sub(r"\1", statement)) if figure.value > 1]
    alone = len(figures) == 1 and not figures[0].percent
    return figures[0] if alone and not _OF_PLACE.search(statement[: figures[0].start]) else None


@lru_cache(maxsize=HEADINGS_KEPT)
def is_foreign(headings: tuple[str, ...]) -> bool:
    """Whether a place is not about this project's own results. Asked of every line, so answers are kept."""
    return any(_NOT_OWN.search(heading) for heading in headings)
