"""Results from text that names them: "Outcome 1: ...", lists under "The outputs are:", "The objective is to ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractor.coding.typed.numbered import Figure, find_figures, level_of, read_label
from extractor.coding.typed.results_rows import Row, tidy_statement, unit_of
from extractor.coding.typed.units import Unit, cut, read_units
from extractor.model import Source, Span

MIN_WORDS, MAX_WORDS = 3, 60
MIN_LABEL_WORDS = 2
MIN_LIST = 2
MAX_LIST = 12
LABEL_SCORE, LIST_SCORE, SENTENCE_SCORE, INNER_SCORE = 0.7, 0.6, 0.55, 0.6
FOREIGN = 0.4
"""Weight under headings of what is not this project's: terms of reference, track record, an evaluation's purpose."""
LEADING_CHARS = 40

_NOT_OWN = re.compile(
    r"terms of reference|\btor\b|track record|experience of|similar actions|evaluation (?:questions|objectives|scope|"
    r"approach|methods?|criteria|matrix|purpose)|"
    r"(?:about|objectives?|purpose|scope|aims?) (?:and scope )?(?:of )?(?:this|the) (?:evaluation|review|study)|"
    r"methodolog|questionnaire|annex(?:e|o)? .*guide|"
    r"other projects|literature|references|recommend|lessons|theory of change diagram|activit|work plan|"
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
_NO_HEAD = re.compile(
    r"\b(?:achieve[sd]?|against|of the (?:evaluation|review|study|research)|survey|indicator|measur|communicat|"
    r"monitor|contribut|"
    r"activities|budget|financ|challenge|show|figure|table|towards|in relation|to (?:assess|evaluate|review))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:the |its |our |main |this )?(?P<what>(?:overall|general|specific|main|development|immediate|principal|"
    r"primary|ultimate|long-term)?\s?"
    r"(?:objective|goal|aim|purpose)s?)(?: of (?:the|this|our) (?:project|action|programme|program|initiative|grant|"
    r"intervention|work|proposal))?"
    r"\*{0,2}\s?(?:is|was|are|were|:)\s?\*{0,2}to (?P<rest>[^.;]{20,400})",
    re.IGNORECASE,
)
_OBJECTIVE_NOUNS = ("objective", "goal", "aim", "purpose")
_OF_PROJECT = re.compile(
    r"overall|general|specific|main|development|immediate|principal|primary|ultimate|of (?:the|this|our) ",
    re.IGNORECASE,
)
_EVALUATES = re.compile(
    r"\b(?:evaluat|assess|review|survey|study|stud(?:y|ies)|interview|report|analysis|research question)", re.IGNORECASE
)
_OF_PLACE = re.compile(r"\b(?:in|of|for|by|from|each|every|during|within|the|all|to|over|after|per)\s+$", re.IGNORECASE)
"""Before a figure that says where or when, not how many are to be reached: "in six districts"."""
_REVIEWS = re.compile(
    r"\W*(?:to )?(?:assess|evaluat|analy[sz]|review|examin|identify (?:lessons|good)|document lessons)|"
    r".{0,40}\b(?:inception|draft|final) report\b",
    re.IGNORECASE,
)
"""What an evaluation is to do or hand in."""
_INNER = re.compile(
    r"(?<![\w-])(?:(?P<name>(?:immediate |intermediate |ultimate |final |short-term |specific )?(?:outcome|output|"
    r"objective|résultat|produit|objetivo|"
    r"resultado|producto)))\s(?P<no>\d{1,2}(?:\.\d{1,2}){0,3})(?:\s?:\s?|\s[–—-]\s)(?P<text>[A-ZÀ-Þ](?:(?!(?:outcome|"
    r"output|objective)\s\d)[^.;])*)",
    re.IGNORECASE,
)
_INNER_END = re.compile(
    r"[,;]? (?:(?:and|with|linked to|closely|CPD)\b[^.;]{0,40}?)?\b(?:outcome|output|objective) \d.*|,? closely .*|"
    r"[,;]? (?:and|CPD) ?$",
    re.IGNORECASE | re.DOTALL,
)
_CROSS = re.compile(
    r"^\W*(?:(?:was|were|is|are|has|have|had|will|and|or|of|in|see|focus\w*|relates?|covers?|aims?|which|seeks?|"
    r"concerns?|through|by|now|also)\b|\d)", re.IGNORECASE
)  # fmt: skip


def listed_rows(source: Source, achieved_document: bool) -> list[Row]:
    """Rows that labels, lists and sentences of a document state. `achieved_document`: it reports, it does not plan."""
    units = read_units(source)
    return [
        *_labelled(source, units, achieved_document),
        *_lists(units, achieved_document),
        *_sentences(units),
        *_inner(source, units),
    ]


# ------------------------------------------------------------------ labels


def _labelled(source: Source, units: Sequence[Unit], achieved_document: bool) -> Iterator[Row]:
    """ "Output 1.2: ..." at the beginning of a paragraph, item or heading; a bare label takes the line below it."""
    for index, unit in enumerate(units):
        if unit.kind not in ("paragraph", "list_item", "heading") or _foreign(unit.headings[:-1]):
            continue
        text = unit.body
        label = read_label(text)
        if label is None or _CROSS.match(text[label.start :]):
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
        weight = FOREIGN if _foreign(unit.headings) else 1.0
        figure = None if achieved_document or label.level == "objective" else _leading(statement)
        yield Row(
            _statement_span(source, unit, statement), statement, label.level or "output", label.no,
            target=figure.value if figure else None, unit=unit_of(statement[figure.end :]) if figure else "",
            score=LABEL_SCORE * weight, why=f"stands after the label of {_article(label.level)}",
        )  # fmt: skip


def _first_part(text: str) -> str:
    """The statement up to the end of its sentence, without footnote marks and closing words in brackets."""
    text = text.strip()
    inner = _INNER_END.search(text)
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


def _lists(units: Sequence[Unit], achieved_document: bool) -> Iterator[Row]:
    """Items under a heading or lead-in that names objectives, outcomes, outputs or expected results."""
    for head, items in _groups(units):
        match = _HEAD.search(head)
        if match is None or not MIN_LIST <= len(items) <= MAX_LIST:
            continue
        planned = not achieved_document or bool(
            re.search(r"expected|attendu|esperad|objecti|goal|aim", head, re.IGNORECASE)
        )
        for item in items:
            row = _item(item, level_of(match["what"]), planned)
            if row is not None:
                yield row


def _groups(units: Sequence[Unit]) -> Iterator[tuple[str, list[Unit]]]:
    """Runs of list items with the words that head them: the lead-in, else the nearest heading."""
    run: list[Unit] = []
    head = ""
    for unit in units:
        own = _head_of(unit) if unit.kind == "list_item" and unit.level == 0 else ""
        if run and own != head:
            yield head, run
            run = []
        if own:
            head = own
            run.append(unit)
    if run:
        yield head, run


def _head_of(unit: Unit) -> str:
    """The words that head a list of results; "" where they head something else."""
    if _foreign(unit.headings):
        return ""
    last = unit.headings[-1] if unit.headings else ""
    if unit.lead:
        fits = _HEAD.search(unit.lead) and not _NO_HEAD.search(unit.lead) and len(unit.lead.split()) <= 25
        return unit.lead if fits else ""
    whole = re.fullmatch(
        rf"\W*(?:the |project )?{_HEAD.pattern.removesuffix('(?P<rest>.*)$')}.{{0,40}}", last, re.IGNORECASE
    )
    return last if whole and not _NO_HEAD.search(last) else ""


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
        score=LIST_SCORE, why=f"is in the list of {level or 'result'}s", planned=planned,
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
    figures = [figure for figure in find_figures(statement) if figure.value > 1]
    alone = len(figures) == 1 and not figures[0].percent
    return figures[0] if alone and not _OF_PLACE.search(statement[: figures[0].start]) else None


# ------------------------------------------------------------------ sentences


def _sentences(units: Sequence[Unit]) -> Iterator[Row]:
    """ "The overall objective of the project is to ...", once each."""
    for unit in units:
        if unit.kind not in ("paragraph", "list_item") or _foreign(unit.headings):
            continue
        lower = unit.text.lower()
        if not any(noun in lower for noun in _OBJECTIVE_NOUNS):
            continue
        for passage in unit.sentences:
            match = _SENTENCE.search(passage.text)
            if match is None or not _OF_PROJECT.search(match[0]) or _EVALUATES.search(match[0][:160]):
                continue
            statement = tidy_statement(match["rest"])
            if MIN_WORDS < len(statement.split()) <= MAX_WORDS:
                level = "outcome" if "purpose" in match["what"].lower() else "objective"
                yield Row(passage.span, statement, level, score=SENTENCE_SCORE, why="is called the project's objective")


def _inner(source: Source, units: Iterable[Unit]) -> Iterator[Row]:
    """ "(linked to Output 1.2: Capacities ...)": a labelled statement in the middle of a text or in a footnote."""
    for unit in units:
        raw = source.document.text(unit.span)
        if not re.search(r"\d\s?[:–—-]", raw) or _foreign(unit.headings):
            continue
        for match in _INNER.finditer(raw):
            if match.start() <= 2 and unit.kind != "footnote" or not match["text"][:1].isupper():
                continue
            text = match["text"]
            end = _INNER_END.search(text)
            statement = tidy_statement(text[: end.start()] if end else text)
            if MIN_LABEL_WORDS <= len(statement.split()) <= MAX_WORDS and not _CROSS.match(statement):
                stop = match.start("text") + (end.start() if end else len(text))
                yield Row(
                    cut(unit, match.start(), stop), statement, level_of(match["name"]) or "output",
                    match["no"], score=INNER_SCORE, why="is named with its number",
                )  # fmt: skip


def _foreign(headings: Sequence[str]) -> bool:
    return any(_NOT_OWN.search(heading) for heading in headings)
