"""A project's total budget and what was spent of it: from fields, rows of totals and sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from extractor.coding.typed import money_cues as cues
from extractor.coding.typed.amounts import FoundAmount, find_amounts
from extractor.coding.typed.fields import Field, Line, find_fields, read_lines
from extractor.coding.typed.gazetteers import country_finder, country_name, currencies, dollar_currencies
from extractor.coding.typed.scopes import best_votes, block_weights, passage_weights, prefer_exact
from extractor.documents.datewords import find_dates
from extractor.model import Passage, Source, Span, Vote

CODER = "money"
FIELD_SCORE = 0.93
SENTENCE_SCORE = 0.7
TOTAL_ROW_SCORE = 0.6
SUM_SCORE = 0.5
FAR_LOSS = 0.2
SPENT_OF_SCORE = 0.8
ROUNDING_SHARE = 0.01
LATE_LOSS = 0.2
SAID_SPENT_WEIGHT = 1.1
"""The verb stands at the amount: "spent X", "X was spent"."""
OUT_OF_SCORE = 0.82
HARD_CURRENCIES = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "$", ""})
SOFT_WEIGHT = 1_000
"""How much more of another currency a sum may have before it is no project's."""
CAPTION_REACH_LINES = 40
RECEIVED_WEIGHT = 1.05
SENTENCE_BONUS = 0.06
OTHER_TOTAL_WEIGHT = 0.5
MANY_TOTALS = 6
"""With more rows of totals than this a document adds up parts all over; none is the whole."""
MIN_PARTS = 3
MAX_PARTS = 8
PART_WEIGHT = 0.5
MIN_AMOUNT = 1_000
"""Less is a fee or a price, not a project's budget."""
SMALL_AMOUNT = 10_000
HUGE_AMOUNT = 2_000_000_000
REACH_CHARS = 75
DEFAULT_DOLLAR = "USD"
MIN_DOLLAR_MENTIONS = 5
DOLLAR_SAMPLE_CHARS = 40_000
CURRENCY_SAMPLE_CHARS = 100_000
DOLLAR_PAGES = 60


TOTAL_REACH_LINES = 60


def extract(source: Source) -> list[Vote]:
    """Votes for budget and expenditure."""
    dollar, usual = _dollar(source), _usual_currency(source)
    votes = [
        *_demote_parts(list(_from_fields(source, dollar, usual))),
        *_often(list(_from_passages(source, dollar))),
        *_spent_of(source, dollar),
        *_out_of(source, dollar),
        *_largest(list(_from_totals(source, dollar, usual))),
    ]
    summed = list(_sums(source, votes))
    budgets = best_votes([vote for vote in [*votes, *summed] if vote.item == "budget"])
    spent = best_votes([vote for vote in [*votes, *summed] if vote.item == "expenditure"])
    return [*prefer_exact(budgets, _is_rounding), *prefer_exact(spent, _is_rounding)]


def _often(votes: list[Vote]) -> list[Vote]:
    """An amount that several sentences repeat is surer."""
    counts = Counter((vote.item, vote.value["amount"]) for vote in votes)
    return [
        replace(
            vote,
            score=round(
                min(0.95, vote.score + SENTENCE_BONUS * min(3, counts[vote.item, vote.value["amount"]] - 1)), 4
            ),
        )
        for vote in votes
    ]


def _largest(votes: list[Vote]) -> list[Vote]:
    """Of several rows of totals the largest is the whole; the others are of parts."""
    most = {
        item: max((v.value["amount"] for v in votes if v.item == item), default=0) for item in ("budget", "expenditure")
    }
    many = len(votes) > MANY_TOTALS
    return [
        vote
        if vote.value["amount"] == most[vote.item] and not many
        else replace(vote, score=round(vote.score * OTHER_TOTAL_WEIGHT, 4))
        for vote in votes
    ]


def _is_rounding(rounded: dict[str, Any], exact: dict[str, Any]) -> bool:
    """ "$13 million" of "$13,016,769": the same currency, near, and with more figures."""
    near = abs(rounded["amount"] - exact["amount"]) <= ROUNDING_SHARE * exact["amount"]
    return near and rounded["currency"] == exact["currency"] and _figures(rounded) < _figures(exact)


def _figures(value: dict[str, Any]) -> int:
    return len(str(value["amount"]).rstrip("0").rstrip("."))


def _dollar(source: Source) -> str:
    """What a bare "$" means: the dollar of a country whose government's document this is, else the US dollar."""
    mentions: Counter[str] = Counter()
    length = 0
    for passage in source.passages:
        mentions.update(found.entry.iso3166 for found in country_finder().find(passage.text))
        length += len(passage.text)
        if length > DOLLAR_SAMPLE_CHARS:
            break
    text = " ".join(page.text for page in source.document.pages[:DOLLAR_PAGES])
    for country, currency in dollar_currencies().items():
        written = (currency, f"{currency[:2]}$", f"Government of {country_name(country)}")
        if mentions[country] >= MIN_DOLLAR_MENTIONS and any(word in text for word in written):
            return currency
    return DEFAULT_DOLLAR


def _value(found: FoundAmount, dollar: str, currency: str = "") -> dict[str, Any]:
    code = found.currency or currency
    return {"amount": found.amount, "currency": dollar if code == "$" else code}


def _vote(source: Source, item: str, value: dict[str, Any], score: float, span: Span, why: str) -> Vote:
    amount = float(value["amount"])
    huge = HUGE_AMOUNT * (1 if value["currency"] in HARD_CURRENCIES else SOFT_WEIGHT)
    size = 0.6 if amount < SMALL_AMOUNT else 0.3 if amount > huge else 1.0
    known = 1.0 if value["currency"] else 0.6
    return Vote(item, "", CODER, round(min(0.98, score * size * known), 4), source.file, span, why, value)


def _from_fields(source: Source, dollar: str, usual: str) -> Iterator[Vote]:
    lines = read_lines(source.document)
    weights = block_weights(source)
    for item, label, words in (
        ("budget", cues.BUDGET_LABEL, cues.LABEL_WORDS),
        ("expenditure", cues.SPENT_LABEL, cues.SPENT_WORDS),
    ):
        for field in find_fields(source, lines, label, words):
            found = _field_amount(field)
            if found is None:
                continue
            amount, span = found
            if item == "budget" and cues.SPENT_OF.match(source.document.text(span)):
                continue
            kind = "expenditure" if item == "budget" and _are_actual_costs(source, lines, field) else item
            strong = bool(
                re.search(
                    r"total|project|programme|grant|overall|action|amount requested|eligible", field.label + field.rest
                )
            )
            score = (
                FIELD_SCORE
                * weights.get(field.line.block, 0.8)
                * (1.0 if strong else 0.85)
                * (0.9 if cues.ASK.search(field.line.text) else 1.0)
            )
            if not field.explicit or cues.GENERIC_LABEL.fullmatch(field.label.strip()):
                score *= 0.7
            if cues.NOT_THIS.search(field.line.text[: REACH_CHARS * 2]):
                score *= 0.5
            currency = _label_currency(field) or _head_currency(source, lines, field) or usual
            value = _value(amount, dollar, currency)
            if amount.amount >= MIN_AMOUNT:
                yield _vote(source, kind, value, score, span, f"the field “{field.label.strip()}”")


def _are_actual_costs(source: Source, lines: list[Line], field: Field) -> bool:
    """Whether costs in a table of a report or an evaluation are what was spent: the lines above say so, and no plan."""
    if field.line.row < 0 or source.description.type == "proposal" or not cues.COST_LABEL.search(field.label):
        return False
    above = _above(source, lines, field.line)
    return bool(cues.ACTUAL_COSTS.search(above)) and not cues.PLANS.search(above) and _looks_back(source)


def _looks_back(source: Source) -> bool:
    return source.description.type.endswith(("evaluation", "report"))


def _above(source: Source, lines: list[Line], line: Line) -> str:
    """The text of the table above a cell, with the line before the table, which names it."""
    table = source.document.blocks[line.block].table
    texts: list[str] = []
    for other in reversed(lines[: lines.index(line)][-CAPTION_REACH_LINES:]):
        texts.append(other.text)
        if source.document.blocks[other.block].table != table:
            break
    return "\n".join(reversed(texts))


def _head_currency(source: Source, lines: list[Line], field: Field) -> str:
    """The currency that a table's caption or the head of a column names."""
    above = _above(source, lines, field.line) if field.line.row >= 0 else ""
    units = {
        currencies().get((match["unit"] or match["alone"]).lower(), "")
        for text in above.split("\n")
        for match in cues.HEAD_UNIT.finditer(text)
    } - {""}
    return units.pop() if len(units) == 1 else ""


def _field_amount(field: Field) -> tuple[FoundAmount, Span] | None:
    """The first amount at a place of the field's value; plain numbers count where the label says it is money."""
    if re.search(r"\((?:%|per)|rate|%", field.rest):
        return None
    totals = [value for value in field.values if value.where == "total"]
    column = [value for value in field.values if value.where == "below"]
    if field.line.row >= 0 and field.values[0].where == "below" and len(column) > 1 and not totals:
        return None
    for value in totals or field.values:
        if value.where == "same line and next" or len(value.text) > 220:  # noqa: PLR2004
            continue
        for bare in (False, True):
            found = next(find_amounts(value.text[:160], bare=bare), None)
            if found and (found.start < REACH_CHARS // 2 or found.currency):
                if bare and (_is_year(found) or not field.explicit):
                    break
                return found, value.span if value.where != "same line" else field.line.span
        if value.where == "same line":
            return None
    return None


def _is_year(found: FoundAmount) -> bool:
    return 1945 <= found.amount <= 2049 and found.end - found.start == 4  # noqa: PLR2004


def _label_currency(field: Field) -> str:
    match = cues.IN_LABEL.search(field.rest + field.line.text)
    return currencies().get(match["unit"].strip().lower(), "") if match else ""


def _usual_currency(source: Source) -> str:
    """The currency that the document writes most, for numbers that name none."""
    counts: Counter[str] = Counter()
    left = CURRENCY_SAMPLE_CHARS
    for page in source.document.pages:
        text = page.text[:left]
        left -= len(text)
        if text and cues.names_money(text):
            counts.update(found.currency for found in find_amounts(text) if found.currency != "$")
    if counts:
        return counts.most_common(1)[0][0]
    front = " ".join(page.text[:6000] for page in source.document.pages[:3])
    return "EUR" if re.search(r"\b(?:European Commission|Horizon 2020|H2020|EuropeAid)\b", front, re.IGNORECASE) else ""


def _from_passages(source: Source, dollar: str) -> Iterator[Vote]:
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        if passage.kind in {"table_row", "footnote", "caption"} or not cues.names_money(passage.text):
            continue
        yield from _in_passage(source, passage, weight, dollar)


def _in_passage(source: Source, passage: Passage, weight: float, dollar: str) -> Iterator[Vote]:
    text = passage.text
    rate = cues.RATE.search(text)
    for found in find_amounts(text):
        if found.amount < MIN_AMOUNT:
            continue
        before, after = text[max(0, found.start - REACH_CHARS) : found.start], text[found.end : found.end + REACH_CHARS]
        spent, budget = _strength(cues.SPENT_CUE, before, after), _strength(cues.BUDGET_CUE, before, after)
        if cues.SPENT_BEFORE.search(before) or cues.SPENT_AFTER.match(after):
            spent = SAID_SPENT_WEIGHT
        if not spent and not budget:
            continue
        score = (
            SENTENCE_SCORE
            * weight
            * max(spent, budget)
            * (1.0 - LATE_LOSS * passage.position)
            * _aboutness(passage, before, after)
        )
        value = _value(found, dollar)
        if spent >= budget:
            yield _vote(
                source,
                "expenditure",
                _with_rate(value, rate, text),
                score,
                passage.span,
                "a sentence says what was spent",
            )
        else:
            yield _vote(source, "budget", value, score, passage.span, "a sentence says what the project was given")


def _spent_of(source: Source, dollar: str) -> Iterator[Vote]:
    """ "EUR 771,460 of EUR 780,000": what was spent, and the budget that it is part of."""
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        if " of " not in passage.text or not cues.names_money(passage.text):
            continue
        found = list(find_amounts(passage.text))
        for spent, budget in zip(found, found[1:], strict=False):
            if (
                not cues.OF.fullmatch(passage.text[spent.end : budget.start])
                or not MIN_AMOUNT <= spent.amount <= budget.amount
            ):
                continue
            if not (
                cues.SPENT_CUE.search(passage.text)
                or cues.BUDGET_CUE.search(passage.text)
                or cues.COSTS.search(passage.text)
            ):
                continue
            score = SPENT_OF_SCORE * weight
            value = _with_rate(_value(spent, dollar), cues.RATE.search(passage.text), passage.text)
            yield _vote(source, "expenditure", value, score, passage.span, "an amount of a larger one was spent")
            yield _vote(
                source,
                "budget",
                _value(budget, dollar),
                score * 0.9,
                passage.span,
                "the amount of which a part was spent",
            )


def _out_of(source: Source, dollar: str) -> Iterator[Vote]:
    """ "Out of the approved budget of A, B was spent": both, where the second is the smaller."""
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        text = passage.text
        if " of " not in text or not cues.names_money(text):
            continue
        found = list(find_amounts(text))
        for budget, spent in zip(found, found[1:], strict=False):
            before, between = text[max(0, budget.start - REACH_CHARS) : budget.start], text[budget.end : spent.start]
            said = cues.SPENT_AFTER.match(text[spent.end :]) or cues.SPENT_BEFORE.search(between)
            if not said or not cues.OUT_OF.search(before):
                continue
            if MIN_AMOUNT <= spent.amount <= budget.amount and not cues.NOT_THIS.search(before):
                score = OUT_OF_SCORE * weight
                value = _with_rate(_value(spent, dollar), cues.RATE.search(text), text)
                yield _vote(source, "expenditure", value, score, passage.span, "so much of a larger amount was spent")
                yield _vote(
                    source, "budget", _value(budget, dollar), score * 0.6, passage.span, "of this a part was spent"
                )


def _strength(cue: re.Pattern[str], before: str, after: str) -> float:
    """How near a cue stands: 1 just before the amount, less behind it."""
    ends = [match.end() for match in cue.finditer(before)]
    if ends:
        return 1.0 - FAR_LOSS * (len(before) - ends[-1]) / REACH_CHARS
    match = cue.search(after[: REACH_CHARS // 2])
    return 0.8 if match else 0.0


def _aboutness(passage: Passage, before: str, after: str) -> float:
    """How much an amount is the project's as a whole: totals count more, parts and other people's money less."""
    score = 1.12 if cues.TOTAL_CUE.search(before[-55:]) or cues.TOTAL_CUE.search(after[:25]) else 0.8
    near = before + after
    if cues.RECEIVED.search(before) and cues.FROM.match(after):
        score = max(score, RECEIVED_WEIGHT)
    if not cues.PROJECT_CUE.search(near):
        score *= 0.9 if cues.PROJECT_CUE.search(passage.text) else 0.8
    if cues.NOT_THIS.search(near):
        score *= 0.45
    return score


def _with_rate(value: dict[str, Any], rate: re.Match[str] | None, text: str) -> dict[str, Any]:
    if rate:
        value["delivery_rate"] = float((rate["before"] or rate["after"]).replace(",", "."))
    as_of = cues.AS_OF.search(text)
    dates = find_dates(text[as_of.end() :][:40]) if as_of else []
    if dates:
        value["as_of"] = dates[0].value
    return value


def _from_totals(source: Source, dollar: str, usual: str) -> Iterator[Vote]:
    """Rows of totals: the largest amount of the row, in a table on the budget or on what was spent."""
    lines = read_lines(source.document)
    weights = block_weights(source)
    for index, line in enumerate(lines):
        row, span = _total_row(source, line)
        if not row:
            continue
        amounts = [
            found for found in find_amounts(row, bare=True) if found.amount >= MIN_AMOUNT and not _is_year(found)
        ]
        item = _kind_of_total(source, lines, index) if amounts else ""
        if item:
            best = max(amounts, key=lambda found: found.amount)
            score = TOTAL_ROW_SCORE * weights.get(line.block, 0.8)
            yield _vote(source, item, _value(best, dollar, usual), score, span, "a row of totals")


def _total_row(source: Source, line: Line) -> tuple[str, Span]:
    """The row that a line or cell opens with "Total", or the stretch after "Total:" in a long cell."""
    if cues.TOTAL_ROW.match(line.text) and len(line.text) <= 2 * REACH_CHARS:
        span = line.span if line.row < 0 else source.document.blocks[line.block].span
        return source.document.text(span)[: 4 * REACH_CHARS], span
    inner = cues.TOTAL_INSIDE.search(line.text) if len(line.text) > 2 * REACH_CHARS else None
    if inner is None:
        return "", line.span
    end = min(len(line.text), inner.end() + REACH_CHARS)
    return line.text[inner.start() : end], Span(line.span.page, line.span.start + inner.start(), line.span.start + end)


def _kind_of_total(source: Source, lines: list[Line], index: int) -> str:
    """Whether a total is of a budget or of what was spent, by the lines above it, the nearest first."""
    line = lines[index]
    above = reversed(lines[max(0, index - TOTAL_REACH_LINES) : index + 1])
    for other in above:
        row = source.document.blocks[other.block].span
        text = (other.text if other.row < 0 else source.document.text(row))[: 4 * REACH_CHARS]
        if cues.SPENT_CUE.search(text) and not cues.BUDGET_CUE.search(text):
            return "expenditure"
        if cues.BUDGET_CUE.search(text) or cues.COSTS.search(text):
            return "budget"
    weights = [passage.headings for passage in source.passages if passage.block == line.block][:1]
    return "budget" if any(cues.BUDGET_CUE.search(heading) for path in weights for heading in path) else ""


def _parts(votes: list[Vote]) -> Iterator[list[Vote]]:
    """Fields of one label that stand side by side with different amounts: the parts of a programme."""
    groups: dict[tuple[str, str, str, int], list[Vote]] = {}
    for vote in votes:
        if vote.why.startswith("the field"):
            groups.setdefault((vote.item, vote.why, vote.value["currency"], vote.span.page), []).append(vote)
    for group in groups.values():
        if MIN_PARTS <= len({vote.value["amount"] for vote in group}) == len(group) <= MAX_PARTS:
            yield group


def _demote_parts(votes: list[Vote]) -> list[Vote]:
    parts = {id(vote) for group in _parts(votes) for vote in group}
    return [replace(vote, score=round(vote.score * PART_WEIGHT, 4)) if id(vote) in parts else vote for vote in votes]


def _sums(source: Source, votes: list[Vote]) -> Iterator[Vote]:
    """The parts of a programme add up, where no total is printed."""
    for group in _parts(votes):
        first = group[0]
        value = {"amount": round(sum(vote.value["amount"] for vote in group), 2), "currency": first.value["currency"]}
        yield _vote(source, first.item, value, SUM_SCORE, first.span, f"the sum of {len(group)} parts in {first.why}")
