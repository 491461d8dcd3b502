"""When a project ran: start, end, length, extensions, and whether the documents say it clearly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.coding.typed import dates_cues as cues
from extractor.coding.typed.dates_lengths import derive_dates, find_lengths, shift
from extractor.coding.typed.dates_years import first_month, term_agrees, with_months, year_reported
from extractor.coding.typed.fields import Field, find_fields, read_lines
from extractor.coding.typed.scopes import best_votes, block_weights, passage_weights, prefer_exact
from extractor.documents.datewords import FoundDate, FoundRange, find_dates, find_ranges
from extractor.model import Passage, Source, Span, Vote

CODER = "dates"
FIELD_SCORE = 0.93
RANGE_SCORE = 0.72
CUE_SCORE = 0.66
EXTENSION_SCORE = 0.86
ADJECTIVE_SCORE = 0.6
REPORTING_SCORE = 0.3
NOT_CLEAR_SCORE = 0.3
CLEAR_FROM = 0.4
"""Start and end at least this sure make the duration clear."""
PERIOD_BONUS = 0.04
MAX_PERIOD_BONUS = 0.24
LATE_LOSS = 0.35
"""A period named at a document's end counts this much less than one at its beginning."""
FUTURE_WEIGHT = 0.3
SINGLE_FISCAL_WEIGHT = 0.5
"""One fiscal year is a column of a budget more often than a project."""
OTHER_NAME_WEIGHT = 0.4
MAX_DATES = 10
PLANNED_WEIGHT = 0.8
PROPOSAL_WEIGHT = 0.9
"""A proposal says when the project should end."""
ROW_WEIGHT = 0.6
"""Rows are read as fields; words in them are weaker."""
MIN_LIST = 3
LIST_WEIGHT = 0.4
LOOKING_BACK = frozenset({"external_evaluation", "internal_evaluation", "final_report"})
"""These documents do not tell of projects that begin after them."""
ACCOUNTS_SCORE = 0.58
"""The year of an audit or of accounts, where nothing says more of the project."""
TERM_SCORE = 0.66
TERM_OF_PLAN_SCORE = 0.48
WHOLE_BONUS = 1.1
CLOSE_BONUS = 1.3
CLOSE_CHARS = 25
OUT_OF_ORDER_WEIGHT = 0.4
PART_WEIGHT = 0.5
COLUMN_WEIGHT = 0.5
"""A column of dates is of many things."""
CLAUSE_CHARS = 80
PART_CHARS = 35
CUE_REACH_CHARS = 70
NOUN_REACH_CHARS = 90


@dataclass(frozen=True, slots=True)
class _Found:
    """A start or end that a place gives, not yet a vote."""

    item: str
    value: str
    score: float
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class _Period:
    """Two joined dates that may be the project's."""

    first: str
    last: str
    score: float
    span: Span


def extract(source: Source) -> list[Vote]:
    """Votes for start_date, end_date, length_months, extensions and duration_clear."""
    found = [*_demote_lists(list(_from_fields(source))), *_from_passages(source), *_from_accounts(source)]
    votes = [_vote(source, entry) for entry in found]
    lengths = find_lengths(source)
    starts = best_votes([vote for vote in votes if vote.item == "start_date"], MAX_DATES)
    ends = best_votes([vote for vote in votes if vote.item == "end_date"], MAX_DATES)
    lengths = best_votes([*lengths, *derive_dates(source, starts, ends, lengths)], limit=12)
    starts = best_votes([*starts, *(vote for vote in lengths if vote.item == "start_date")], MAX_DATES)
    ends = best_votes([*ends, *(vote for vote in lengths if vote.item == "end_date")], MAX_DATES)
    if source.description.type == "proposal":
        ends, lengths = _planned(ends), _planned(lengths)
    starts, ends = prefer_exact(starts, _is_year_of), prefer_exact(ends, _is_year_of)
    starts, ends = _in_order(starts, ends)
    ends = _end_of_fiscal_year(source, starts, ends)
    months = [vote for vote in lengths if vote.item == "length_months"]
    extensions = list(_extensions(source))
    return [*starts, *ends, *months, *extensions, *_clear(source, starts, ends, months)]


def _in_order(starts: list[Vote], ends: list[Vote]) -> tuple[list[Vote], list[Vote]]:
    """No project ends before it begins: what contradicts the surer of the best start and the best end is lowered."""
    if not starts or not ends:
        return starts, ends
    start, end = starts[0], ends[0]
    if start.score >= end.score:
        return starts, _lowered(ends, lambda value: value < start.value[: len(value)])
    return _lowered(starts, lambda value: value[: len(end.value)] > end.value), ends


def _lowered(votes: list[Vote], wrong: Callable[[str], bool]) -> list[Vote]:
    lowered = [
        replace(vote, score=round(vote.score * OUT_OF_ORDER_WEIGHT, 4)) if wrong(vote.value) else vote for vote in votes
    ]
    return sorted(lowered, key=lambda vote: -vote.score)


def _planned(votes: list[Vote]) -> list[Vote]:
    return [replace(vote, score=round(vote.score * PROPOSAL_WEIGHT, 4)) for vote in votes]


def _end_of_fiscal_year(source: Source, starts: list[Vote], ends: list[Vote]) -> list[Vote]:
    """A project that began with a fiscal year in April 2009 and ran to fiscal year 2013-14 ended in March 2014."""
    if not starts or not ends or len(ends[0].value) > 4 or starts[0].value[4:] in {"", "-01"}:  # noqa: PLR2004
        return ends
    start, best = starts[0].value, ends[0]
    text = source.document.text(best.span)
    if any(
        entry.fiscal and entry.last == best.value and entry.first[:4] in {start[:4], str(int(best.value) - 1)}
        for entry in find_ranges(text)
    ):
        value = shift(f"{best.value}-{start[5:7]}", -1)
        return [replace(best, value=value, why=f"{best.why}; the fiscal year ends then"), *ends]
    return ends


def _is_year_of(year: str, month: str) -> bool:
    return len(year) < len(month) and month.startswith(year)


def _vote(source: Source, found: _Found) -> Vote:
    return Vote(
        found.item, "", CODER, round(min(found.score, 0.98), 4), source.file, found.span, found.why, _month(found.value)
    )


def _month(value: str) -> str:
    """A date as the form wants it: month and year, or the year."""
    return value[:7]


def _from_fields(source: Source) -> Iterator[_Found]:
    lines = read_lines(source.document)
    weights = block_weights(source)
    positions = {passage.block: passage.position for passage in reversed(source.passages)}
    for label, item in ((cues.START_LABEL, "start_date"), (cues.END_LABEL, "end_date"), (cues.PERIOD_LABEL, "")):
        for field in find_fields(source, lines, label, cues.LABEL_WORDS):
            if not field.explicit:
                continue
            late = 1.0 - LATE_LOSS * positions.get(field.line.block, 0.5)
            weight = weights.get(field.line.block, 0.8) * FIELD_SCORE * late
            yield from _period_field(field, weight) if not item else _date_field(field, item, weight)


def _demote_lists(found: list[_Found]) -> list[_Found]:
    """Three or more values of one label are a list (of activities, of other projects), not the project's dates."""
    values: dict[tuple[str, str], set[str]] = {}
    for entry in found:
        values.setdefault((entry.item, entry.why), set()).add(entry.value)
    return [
        replace(entry, score=entry.score * LIST_WEIGHT) if len(values[entry.item, entry.why]) >= MIN_LIST else entry
        for entry in found
    ]


def _date_field(field: Field, item: str, weight: float) -> Iterator[_Found]:
    bare = field.label.strip() in {"from", "until", "début", "end", "start", "ending", "starting", "completion"}
    for value in field.values:
        dates = find_dates(value.text)
        if not dates or value.where == "same line and next" or len(value.text) > NOUN_REACH_CHARS:
            continue
        score = weight * (0.7 if bare else 1.0) * (PLANNED_WEIGHT if cues.PLANNED_LABEL.search(field.label) else 1.0)
        if field.line.row >= 0 and [entry.where for entry in field.values].count("below") > 1:
            score *= COLUMN_WEIGHT
        if cues.REVISED_LABEL.search(field.label) and item == "end_date":
            score = min(0.97, score * 1.06)
        yield _Found(
            item,
            dates[0].value,
            score,
            field.line.span if value.where == "same line" else value.span,
            f"the field “{field.label.strip()}”",
        )
        return


def _period_field(field: Field, weight: float) -> Iterator[_Found]:
    for value in field.values:
        text = value.text[:300]
        ranges = find_ranges(text)
        why = f"the field “{field.label.strip()}”"
        if ranges:
            best = max(ranges, key=lambda entry: (len(entry.first), -entry.start))
            span = value.span
            yield _Found("start_date", best.first, weight, span, why)
            yield _Found("end_date", best.last, weight, span, why)
            return
        dates = find_dates(text[:80])
        if len(dates) == 1 and re.search(
            r"\b(?:from|since|onwards?|depuis|desde|à partir)\b", text[:90], re.IGNORECASE
        ):
            yield _Found("start_date", dates[0].value, weight * 0.9, value.span, why)
            return


def _from_passages(source: Source) -> Iterator[_Found]:
    periods: list[_Period] = []
    year = first_month(source)
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        if passage.kind in {"footnote", "caption", "header", "footer"} or not cues.DIGITS.search(passage.text):
            continue
        dates = find_dates(passage.text)
        ranges = [with_months(passage.text, entry, year) for entry in find_ranges(passage.text)]
        if cues.EXTENSION.search(passage.text):
            yield from _extended(passage, passage.text, dates, ranges, weight)
        periods.extend(_periods(source, passage, ranges, weight))
        if passage.kind != "heading":
            for date in dates:
                if not any(entry.start <= date.start < entry.end for entry in ranges):
                    yield from _cued(
                        passage, passage.text, date, weight * (ROW_WEIGHT if passage.kind == "table_row" else 1.0)
                    )
    yield from _repeated(periods)


def _from_accounts(source: Source) -> Iterator[_Found]:
    """Of an audit's or accounts' year, start and end."""
    found = year_reported(source) if cues.ACCOUNTS.search(source.description.title) else None
    if found:
        first, last, span = found
        yield _Found("start_date", first, ACCOUNTS_SCORE, span, "the year that the accounts are of")
        yield _Found("end_date", last, ACCOUNTS_SCORE, span, "the year that the accounts are of")


def _periods(source: Source, passage: Passage, ranges: Sequence[FoundRange], weight: float) -> Iterator[_Period]:
    text = passage.text
    for entry in ranges:
        before = text[max(0, entry.start - NOUN_REACH_CHARS) : entry.start]
        after = text[entry.end : entry.end + NOUN_REACH_CHARS]
        score = _range_score(before, after, entry) * weight * (1.0 - LATE_LOSS * passage.position)
        if source.description.type in LOOKING_BACK and entry.first[:4] > (source.description.date[:4] or "9999"):
            score *= FUTURE_WEIGHT
        score *= OTHER_NAME_WEIGHT if _names_another(source, text) else 1.0
        yield _Period(entry.first, entry.last, score, passage.span)


def _names_another(source: Source, text: str) -> bool:
    """Whether a sentence quotes a project's name that has little to do with the document's title."""
    match = cues.NAMED_PROJECT.search(text)
    if match is None:
        return False
    words = set(re.findall(r"\w{4,}", (match["name"] or match["other"]).lower()))
    title = source.description.title.lower()
    return sum(word in title for word in words) < len(words) / 2 or not words


def _repeated(periods: Sequence[_Period]) -> Iterator[_Found]:
    """Start and end of each period; one that the text comes back to is surer than one named in passing."""
    groups: dict[tuple[str, str], list[_Period]] = {}
    for period in periods:
        groups.setdefault((period.first[:7], period.last[:7]), []).append(period)
    for group in groups.values():
        best = max(group, key=lambda period: period.score)
        often = sum(period.score > best.score * 0.5 for period in group) - 1
        score = best.score * (1.0 + min(MAX_PERIOD_BONUS, PERIOD_BONUS * often))
        why = "two dates in a sentence on the project"
        yield _Found("start_date", best.first, score, best.span, why)
        yield _Found("end_date", best.last, score, best.span, why)


def _range_score(before: str, after: str, entry: FoundRange) -> float:
    """How much two joined dates look like the project's period, by the words around them."""
    near = before[-45:] + " " + after[:40]
    if cues.REPORTING.search(before + after):
        return REPORTING_SCORE
    term = cues.PROJECT.search(before + after) is not None and term_agrees(before, after, entry)
    if cues.NOT_THE_PROJECT.search(before[-60:] + " " + after[:30]):
        return TERM_OF_PLAN_SCORE if term and cues.PLAN.search(before[-60:] + " " + after[:30]) else 0.12
    score = ADJECTIVE_SCORE if cues.PROJECT.search(near) else 0.45 if cues.PROJECT.search(before + after) else 0.1
    if re.search(r"\b(?:project|programme|program|projet|proyecto)\b", after[:22], re.IGNORECASE):
        score = RANGE_SCORE - 0.04
    if re.search(
        r"\b(?:implemented|implementation|duration|runs?|ran|funded|received|period)\b", before[-60:], re.IGNORECASE
    ):
        score = RANGE_SCORE
    if _of_part(before[-PART_CHARS:]) or cues.TROUBLE.search(before[-60:]):
        score *= PART_WEIGHT
    score = max(score, TERM_SCORE * term)
    if cues.NOUN_BEFORE.search(before):
        score = max(score, RANGE_SCORE)
    if len(entry.first) > 4:  # noqa: PLR2004
        score *= 1.1
    if cues.OTHER_PROJECT.search(before[-60:] + after[:30]):
        score *= 0.4
    if cues.THIS_PROJECT.search(before[-30:]):
        score *= 1.2
    elif cues.PHASE.search(before):
        score *= 0.8
    if entry.fiscal and int(entry.last[:4]) - int(entry.first[:4]) == 1:
        score *= SINGLE_FISCAL_WEIGHT
    return score * (0.9 if re.search(r"\bplan(?:ned|s)?\b|scheduled|originally|initially", before[-50:], re.I) else 1.0)


def _cued(passage: Passage, text: str, date: FoundDate, weight: float) -> Iterator[_Found]:
    before = text[max(0, date.start - CUE_REACH_CHARS) : date.start]
    after = text[date.end : date.end + 14]
    if not cues.PROJECT.search(text) and not re.search(r"\b[A-Z]{3,}\b", before):
        return
    doubt = 0.35 if cues.NOT_THE_PROJECT.search(before) or cues.OTHER_PROJECT.search(before) else 1.0
    doubt *= (
        1.0
        if re.search(
            r"\b(?:project|programme|program|pilot|scheme|implementation|initiative|action|projet|proyecto|piloto|[A-Z]{3,})\b",
            before,
        )
        else 0.75
    )
    exact = 1.0 if len(date.value) > 4 else 0.85  # noqa: PLR2004
    start = _last(cues.START_CUE, before)
    end = _last(cues.END_CUE, before)
    doubt *= _subject(text[: date.start - len(before) + max(start, end)]) if max(start, end) >= 0 else 1.0
    if start >= 0 and start >= end or re.match(r"\s*onwards?\b", after):
        yield _Found(
            "start_date",
            date.value,
            CUE_SCORE * weight * doubt * exact * _nearness(before, start),
            passage.span,
            "a sentence says that the project started then",
        )
    elif end >= 0:
        yield _Found(
            "end_date",
            date.value,
            CUE_SCORE * weight * doubt * exact * _nearness(before, end),
            passage.span,
            "a sentence says that the project ended then",
        )


def _subject(text: str) -> float:
    """What begins or ends is said last before the verb: the project as a whole, or a part of it."""
    clause = re.split(r"[;.:](?:\s|$)", text[-CLAUSE_CHARS:])[-1]
    whole, part = _last(cues.WHOLE, clause), _last(cues.PART, clause)
    if whole < 0 and part < 0:
        return 1.0
    if part > whole:
        return PART_WEIGHT
    return CLOSE_BONUS if len(clause) - whole < CLOSE_CHARS else WHOLE_BONUS


def _of_part(before: str) -> bool:
    """Whether a period stands close behind a thing that a project does, not behind the project."""
    return _last(cues.PART, before) > _last(cues.WHOLE, before)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _nearness(before: str, at: int) -> float:
    return 1.0 if at < 0 or len(before) - at < 30 else 0.75  # noqa: PLR2004


def _extended(
    passage: Passage, text: str, dates: Sequence[FoundDate], ranges: Sequence[FoundRange], weight: float
) -> Iterator[_Found]:
    granted = 0.45 if cues.NOT_GRANTED.search(text) else 1.0
    about = 1.0 if cues.PROJECT.search(text) else 0.7
    for match in cues.EXTENSION.finditer(text):
        later = [date for date in dates if 0 <= date.start - match.end() <= CUE_REACH_CHARS + 20]
        ended = next((date for date in later if cues.UNTIL.search(text[match.end() : date.start])), None)
        if ended is not None:
            value = next((entry.last for entry in ranges if entry.start <= ended.start < entry.end), ended.value)
            yield _Found(
                "end_date",
                value,
                EXTENSION_SCORE * max(weight, 0.75) * granted * about,
                passage.span,
                "an extension sets the end",
            )
            return


def _has_time(text: str) -> bool:
    return bool(cues.DIGITS.search(text)) or ("month" in text and bool(re.search(r"\bmonths?\b", text)))


def _extensions(source: Source) -> list[Vote]:
    votes: list[Vote] = []
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        text = passage.text
        if not _has_time(text) or not cues.EXTENSION.search(text):
            continue
        found = list(_extended(passage, text, find_dates(text), find_ranges(text), weight))
        months = re.search(
            r"\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|"
            r"twelve)[- ]months?\b[^.]{0,40}exten|"
            r"exten\w+[^.]{0,40}?\bby (\d{1,2}|one|two|three|four|five|six|nine|"
            r"twelve) months",
            text,
            re.I,
        )
        if not found and not months:
            continue
        kind = "No-cost extension" if cues.NO_COST.search(text) else "Extension"
        by = f" by {months[1] or months[2]} months" if months else ""
        until = f" until {_month(found[0].value)}" if found else ""
        value = {"what": kind + by + until, "source": source.description.title or source.file, "year": ""}
        score = found[0].score if found else 0.5 * weight
        votes.append(
            Vote(
                "extensions",
                "",
                CODER,
                round(min(score, 0.9), 4),
                source.file,
                passage.span,
                "a sentence on an extension",
                value,
            )
        )
    return best_votes(votes, limit=4)


def _clear(source: Source, starts: list[Vote], ends: list[Vote], months: list[Vote]) -> Iterator[Vote]:
    """Whether both ends are known; where they are not, a low vote that they are not."""
    if starts and ends and min(starts[0].score, ends[0].score) >= CLEAR_FROM:
        score = min(starts[0].score, ends[0].score)
        yield Vote("duration_clear", "", CODER, score, source.file, starts[0].span, "start and end are given", True)
        return
    place = next((vote.span for vote in [*months, *starts, *ends]), source.description.title_span)
    if place is not None:
        yield Vote("duration_clear", "", CODER, NOT_CLEAR_SCORE, source.file, place, "start or end is not given", False)
