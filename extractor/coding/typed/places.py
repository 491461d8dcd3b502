"""Where a project works: country or region, which countries, which region of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractor.coding.typed import places_cues as cues
from extractor.coding.typed.fields import find_fields, read_lines
from extractor.coding.typed.gazetteers import (
    Mention,
    country_finder,
    country_name,
    donor_finder,
    region_named,
    region_pattern,
    regions_of,
)
from extractor.coding.typed.scopes import best_votes, block_weights, passage_weights
from extractor.model import Passage, Source, Span, Vote

CODER = "places"
FIELD_SCORE = 0.93
TITLE_SCORE = 0.85
LIST_SCORE = 0.72
COUNT_SCORE = 0.6
REGION_WORD_SCORE = 0.62
SUMMARY_POSITION = 0.15
MIN_MENTIONS = 4
MIN_LEAD = 0.5
"""A single country has at least this share of all mentions of countries."""
LONG_NAME_CHARS = 12
NO_COUNTRY = "none"
"""Names that hold a country's name and are none: "Gulf of Guinea"."""
SIDE_KINDS = frozenset({"footnote", "caption", "table_row"})
PROJECT_WORDS = ("project", "program", "projet", "proyecto", "initiative")
MAX_FIELDS = 3
LIST_WEIGHT = 0.35
BELOW_WEIGHT = 0.55
GENERIC_WEIGHT = 0.85
GENERIC_LABELS = frozenset({"location", "locations", "site", "sites", "pays", "país", "ubicación"})
LIST_CUES = frozenset({"including", "between"})
"""They name some of many: with one country behind them they say nothing of the whole."""
MANY_COUNTRIES = 3
MAX_COUNTRIES = 15
MAX_LISTED_CHARS = 420
MAX_VOTES = 30

_PUBLISHER_DONORS = frozenset(
    {
        "NOR",
        "SWE",
        "DNK",
        "CHE",
        "USA",
        "GBR",
        "NLD",
        "FIN",
        "DEU",
        "AUS",
        "CAN",
        "JPN",
        "LUX",
        "BEL",
        "IRL",
        "FRA",
        "AUT",
    }
)
"""Countries that give more than they receive: mentioned as donors or seats rather than as the project's place."""
PUBLISHER_WEIGHT = 0.25
KEPT_HEADINGS = 1_000
"""Headings of which is kept what they say: many passages stand under each."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """Countries that a field or a sentence names as the project's."""

    codes: list[str]
    text: str
    score: float
    span: Span
    why: str


def extract(source: Source) -> list[Vote]:
    """Votes for scope, country and region."""
    listed = [*_from_fields(source), *_from_sentences(source)]
    title = _from_title(source)
    counts, first = _count(source)
    votes = [*_listed_votes(source, listed), *_title_votes(source, title)]
    votes.extend(_count_votes(source, counts, first, strong=bool(votes)))
    votes.extend(_region_words(source))
    merged = best_votes(votes, limit=MAX_VOTES)
    return _drop_if_global(source, merged)


def find_countries(text: str) -> list[tuple[Mention, str]]:
    """The countries that a text names, with their places, donors' names and seats left out."""
    named = list(country_finder().find(text))
    if not named:
        return []
    donors = [(m.start, m.end) for m in donor_finder().find(text) if _is_donor_name(text, m)]
    found: list[tuple[Mention, str]] = []
    for mention in named:
        if mention.entry.kind == NO_COUNTRY:
            continue
        if any(start <= mention.start < end for start, end in donors):
            continue
        before, after = text[max(0, mention.start - 60) : mention.start], text[mention.end : mention.end + 30]
        if not cues.NOT_HERE.search(before) and not cues.NOT_AFTER.match(after):
            found.append((mention, mention.entry.iso3166))
    return found


def _is_donor_name(text: str, mention: Mention) -> bool:
    """A name of several words or an acronym; a country's bare name may be a donor or a place."""
    return mention.end - mention.start > LONG_NAME_CHARS or text[mention.start : mention.end].isupper()


def _codes(text: str, adjectives: bool = True) -> list[str]:
    codes = [code for mention, code in find_countries(text) if adjectives or mention.entry.kind != "adjective"]
    return list(dict.fromkeys(codes))


def _from_fields(source: Source) -> list[_Listed]:
    """Each field on countries or location; a label that comes again and again heads a list of other projects."""
    weights = block_weights(source)
    found: list[_Listed] = []
    for field in find_fields(source, read_lines(source.document), cues.LABEL, cues.LABEL_WORDS):
        same = [value for value in field.values[:2] if value.where.startswith("same line")]
        chosen = same[-1] if same else field.values[0]
        codes = _codes(chosen.text[:MAX_LISTED_CHARS], adjectives=False)
        if not field.explicit or not codes or len(chosen.text) >= MAX_LISTED_CHARS:
            continue
        score = FIELD_SCORE * weights.get(field.line.block, 0.8)
        score *= GENERIC_WEIGHT if field.label.strip() in GENERIC_LABELS or chosen.where == "inside" else 1.0
        score *= BELOW_WEIGHT if chosen.where == "below" and field.line.row < 0 else 1.0
        found.append(_Listed(codes, chosen.text, score, chosen.span, f"the field “{field.label.strip()}”"))
    if len({tuple(entry.codes) for entry in found}) > MAX_FIELDS:
        return [replace(entry, score=entry.score * LIST_WEIGHT) for entry in found]
    return found


def _from_sentences(source: Source) -> Iterator[_Listed]:
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        lower = passage.text.lower()
        if passage.kind in SIDE_KINDS or not any(word in lower for word in PROJECT_WORDS):
            continue
        match = cues.COVERS.search(passage.text)
        if match is None:
            continue
        codes = _codes(passage.text[match.start() :][:MAX_LISTED_CHARS], adjectives=False)
        if len(codes) == 1 and match.group().lower() in LIST_CUES:
            continue
        if codes and _tight(passage.text[match.end() :], len(codes)):
            early = 1.0 - 0.5 * passage.position
            score = LIST_SCORE * weight * early
            yield _Listed(codes, passage.text, score, passage.span, "a sentence says where the project works")


def _tight(after: str, count: int) -> bool:
    """The countries follow the cue closely, as a list does."""
    places = [mention.start for mention, _ in find_countries(after[:MAX_LISTED_CHARS])]
    return bool(places) and places[0] < 45 and (count == 1 or places[min(1, len(places) - 1)] < 90)  # noqa: PLR2004


def _from_title(source: Source) -> list[str]:
    return _codes(f"{source.description.title}")


def _listed_votes(source: Source, listed: Sequence[_Listed]) -> Iterator[Vote]:
    for entry in listed:
        if cues.WORLDWIDE.search(entry.text):
            continue
        single = len(entry.codes) == 1
        yield _option(source, "scope", "country" if single else "region", entry.score, entry.span, entry.why)
        if not single:
            yield from _regions_by_countries(source, entry.codes, entry.score, entry.span, entry.why)
        for code in entry.codes[:MAX_COUNTRIES]:
            yield _country(source, code, entry.score if single else entry.score * 0.95, entry.span, entry.why)


def _title_votes(source: Source, codes: Sequence[str]) -> Iterator[Vote]:
    span = source.description.title_span
    if not codes or span is None:
        return
    why = "named in the document's title"
    yield _option(source, "scope", "country" if len(codes) == 1 else "region", TITLE_SCORE, span, why)
    for code in codes:
        yield _country(source, code, TITLE_SCORE, span, why)
    if len(codes) > 1:
        yield from _regions_by_countries(source, codes, TITLE_SCORE, span, why)


def _count(source: Source) -> tuple[Counter[str], dict[str, Span]]:
    """How often each country is named, weighed by place, and where it is named first in running text."""
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        if passage.kind in {"footnote", "caption"} or _skipped(passage):
            continue
        for _, code in find_countries(passage.text):
            factor = PUBLISHER_WEIGHT if code in _PUBLISHER_DONORS else 1.0
            counts[code] += weight * factor * (2.0 if passage.position < SUMMARY_POSITION else 1.0)  # type: ignore[assignment]
            first.setdefault(code, passage.span)
    return counts, first


def _skipped(passage: Passage) -> bool:
    return any(map(_skips, passage.headings))


@lru_cache(maxsize=KEPT_HEADINGS)
def _skips(heading: str) -> bool:
    return cues.SKIPPED_HEADINGS.search(heading) is not None


def _count_votes(source: Source, counts: Counter[str], first: dict[str, Span], strong: bool) -> Iterator[Vote]:
    """A country that is named far more often than all others is the project's; several alike make a region."""
    total = sum(counts.values())
    if total < MIN_MENTIONS:
        return
    (code, top), *others = counts.most_common(MAX_COUNTRIES)
    share = top / total
    doubt = 0.7 if strong else 1.0
    if share >= MIN_LEAD:
        score = COUNT_SCORE * doubt * min(1.0, 0.55 + share / 2)
        yield _option(source, "scope", "country", score, first[code], "the country that the text names most")
        yield _country(source, code, score, first[code], "the country that the text names most")
        return
    several = [code, *(other for other, count in others if count >= 0.35 * top)]
    if len(several) >= MANY_COUNTRIES:
        score = COUNT_SCORE * doubt * 0.75
        yield _option(source, "scope", "region", score, first[code], "several countries are named alike")
        yield from _regions_by_countries(source, several, score, first[code], "the countries that the text names most")
        for each in several:
            yield _country(source, each, score * 0.6, first[each], "one of the countries that the text names most")


def _regions_by_countries(source: Source, codes: Sequence[str], score: float, span: Span, why: str) -> Iterator[Vote]:
    tally = Counter(region for code in codes for region in regions_of(code))
    if not tally:
        return
    region, count = tally.most_common(1)[0]
    share = count / len(codes)
    if share >= MIN_LEAD:
        yield _option(source, "region", region, score * (0.6 + 0.4 * share), span, why)


def _region_words(source: Source) -> Iterator[Vote]:
    """Words for regions in the title, the first pages, and sentences on a regional project."""
    title, span = source.description.title, source.description.title_span
    if span is not None and (match := region_pattern().search(title)):
        yield _option(source, "region", region_named(match.group()), TITLE_SCORE, span, "the title names the region")
        yield _option(source, "scope", "region", TITLE_SCORE * 0.9, span, "the title names a region")
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        if passage.kind in {"footnote", "caption"} or passage.position > 2 * SUMMARY_POSITION or _skipped(passage):
            continue
        lower = passage.text.lower()
        about = any(word in lower for word in PROJECT_WORDS)
        regional = cues.REGIONAL.search(passage.text)
        match = region_pattern().search(passage.text) if about or regional else None
        if match:
            score = REGION_WORD_SCORE * weight * (1.0 if regional else 0.75)
            yield _option(
                source,
                "region",
                region_named(match.group()),
                score,
                passage.span,
                "a sentence on the project names the region",
            )
        if regional and passage.position < SUMMARY_POSITION:
            yield _option(
                source,
                "scope",
                "region",
                REGION_WORD_SCORE * weight,
                passage.span,
                "a sentence calls the project regional",
            )


def _drop_if_global(source: Source, votes: list[Vote]) -> list[Vote]:
    """A global programme has neither country nor region: without a field or title that says so, all votes are low."""
    front = [passage for passage in source.passages if passage.position < 2 * SUMMARY_POSITION]
    hits = sum(1 for passage in front if cues.GLOBAL.search(passage.text))
    if hits < MANY_COUNTRIES or any(vote.score >= COUNT_SCORE * 0.85 for vote in votes if vote.item == "country"):
        return votes
    return [Vote(v.item, v.option, v.coder, round(v.score * 0.4, 4), v.file, v.span, v.why, v.value) for v in votes]


def _option(source: Source, item: str, option: str, score: float, span: Span, why: str) -> Vote:
    return Vote(item, option, CODER, round(min(score, 0.98), 4), source.file, span, why)


def _country(source: Source, code: str, score: float, span: Span, why: str) -> Vote:
    value = {"other": country_name(code), "iso3166": code}
    return Vote("country", "", CODER, round(min(score, 0.98), 4), source.file, span, why, value)
