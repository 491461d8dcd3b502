"""Recommendations: labelled ("Recommendation 3: ..."), in chapters and tables of recommendations, and in sentences.

The same recommendation in the summary and in its chapter is given once, at the better place. What a document only
reports of others' recommendations, or asks an evaluator to write, is not given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.coding.similar import content_words, covered, share
from extractor.coding.typed.kinds import kind_of
from extractor.coding.typed.units import Unit, read_units, split_at, without_bullet
from extractor.model import Source, Span, Vote

CODER = "recommendations"
ITEM = "recommendations"
LABEL_SCORE, ITEM_SCORE, PARAGRAPH_SCORE, SENTENCE_SCORE, TABLE_SCORE = 0.9, 0.75, 0.6, 0.45, 0.8
UNSURE = 0.3
"""Below what is given: an explanation beside labelled recommendations, a sentence where there is a chapter."""
MAX_CHARS = 900
MIN_WORDS = 4
SAME, COVERED = 0.7, 0.75
MIN_COVERING = 3
"""A summary is left out where so many recommendations, taken together, say what it says."""

_CHAPTER = re.compile(
    r"recommend(?!ed (?:reading|citation))|recommand|recomend|way forward|^suggestions?\b|areas? for improvement|"
    r"necessary improvements",
    re.IGNORECASE,
)
_NOT_OWN = re.compile(
    r"terms of reference|\btor\b|termes de référence|términos de referencia|questionnaire|interview guide|methodolog|"
    r"references|"
    r"bibliograph|previous|earlier|background|abbreviations|acronyms|tool\b|checklist|guidance|sources",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\b(?:recommendations|recommandations|recomendaciones)\b|\brecommends?\b", re.IGNORECASE)
_RESPONSE = re.compile(
    r"management response|follow[- ]?up (?:of|on|to)|implementation of|key actions?|status", re.IGNORECASE
)
_LABEL_WORD = (
    r"(?:(?:evaluation|key|main|overall|general|specific|strategic)\s)?"
    r"(?:recommendation|recommandation|recomendaci[óo]n)"
)
_LABEL = re.compile(
    rf"^\W*{_LABEL_WORD}\s*(?:or issue\s*)?(?:#|no\.?|n[°º]\.?)?\s*(?P<no>[A-Z]?\d{{1,2}}(?:\.\d{{1,2}})?|"
    rf"[IVX]{{1,4}}|[A-H])?\s*"
    r"(?P<to>\([^)]{2,60}\))?\s*(?P<mark>[:.–—-]|$)+\s*",
    re.IGNORECASE,
)
_LABEL_AT = re.compile(rf"(?:^|(?<=\n)|(?<=[.)] )){_LABEL_WORD}\s*(?:#|no\.?|n[°º]\.?)?\s*\d{{1,2}}\b", re.IGNORECASE)
_SHORT_CODE = re.compile(r"^\W*R\.?\s?\d{1,2}\s?[:.)–-]\s*")
_RUN_IN = re.compile(
    r"^\W*(?:main|key|principal)?\s?(?:recommendations?|recommandations?|recomendaciones)\s?[.:–]\s+(?=\w)",
    re.IGNORECASE,
)
_PRESCRIBES = re.compile(
    r"\b(?:should|shall|must|needs? to|needed|ought to|has to|have to|recommend(?:s|ed)?|necessary|required|crucial|"
    r"essential|"
    r"would benefit|encouraged? to|advis(?:e[sd]?|able)|worth|better to|could be|be (?:considered|strengthened|"
    r"improved|established|developed)|"
    r"devrai(?:t|ent)|doit|doivent|convient|recommand\w+|debe(?:n|ría|rían)?|recomienda\w*|conviene|es necesario|"
    r"il faut|endorses|supports)\b",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"^(?:\W*(?:to [^:]{3,80}|[A-Z][^:.]{2,60}):\s*)?(?:also |further |actively |proactively |clearly |regularly |"
    r"gradually |better )?"
    r"(?:accelerate|adapt|add|address|adjust|adopt|advocate|align|allocate|analy[sz]e|apply|appoint|arrange|assess|"
    r"assign|assist|avoid|begin|"
    r"bring|broaden|build|capitali[sz]e|carry|clarify|collect|combine|communicate|compare|complete|conduct|consider|"
    r"consolidate|consult|"
    r"continue|coordinate|count|create|deepen|define|delegate|design|determine|develop|disseminate|diversify|document|"
    r"draft|draw|elaborate|"
    r"emphasi[sz]e|empower|enable|encourage|engage|enhance|ensure|establish|evaluate|examine|expand|explore|extend|"
    r"facilitate|finali[sz]e|"
    r"focus|follow|formali[sz]e|formulate|foster|fund|generate|give|harmoni[sz]e|hire|hold|identify|implement|improve|"
    r"include|incorporate|"
    r"increase|initiate|institutionali[sz]e|integrate|intensify|introduce|invest|invite|involve|join|keep|launch|"
    r"leverage|link|listen|look|maintain|"
    r"make|map|maximi[sz]e|measure|meet|mobili[sz]e|monitor|move|negotiate|offer|open|organi[sz]e|pay|pilot|plan|"
    r"position|prepare|prioriti[sz]e|"
    r"produce|promote|provide|publish|put|raise|reach|reconsider|recruit|reduce|reinforce|replicate|report|request|"
    r"require|resume|rethink|"
    r"review|revise|scale|secure|seek|select|send|separate|set|share|show|simplify|speed|standardi[sz]e|start|"
    r"streamline|strengthen|structure|"
    r"study|support|sustain|systemati[sz]e|tailor|take|target|test|track|train|translate|turn|undertake|update|"
    r"upgrade|use|utili[sz]e|work|"
    r"renforcer|poursuivre|assurer|mettre|développer|améliorer|élaborer|appuyer|fortalecer|mejorar|desarrollar|"
    r"asegurar|promover|establecer)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\b(?:it is (?:strongly |therefore |also )?recommended (?:that|to)|(?:the )?(?:evaluation(?: team)?|evaluators?|"
    r"evaluator|team|consultants?|review|"
    r"authors?|auditors?|mission|we) (?:therefore |strongly |also |would )*(?:recommends?|advises?|suggests? that)\b|"
    r"(?:is|are) recommended to\b|nous recommandons|il est recommandé|l’équipe recommande|se recomienda|recomendamos|"
    r"future (?:projects|programmes|phases|interventions) should)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:recommendations?|they|report|paragraph|section|chapter) (?:should|will|must|are to|is to|shall) (?:be|"
    r"contain|include|specify|follow|address)|"
    r"had (?:been )?recommended|was recommended (?:at|by|in)|previously recommended|recommendations? (?:of|from|"
    r"made by|by) the (?:previous|\d{4}|mid)|"
    r"this recommendation (?:responds|considers|relates|is based|builds)|following (?:key |main )?recommendations|"
    r"recommendations? (?:below|above|"
    r"are|is|were|was|have|follow|for \w+ with)|responsible unit|management response|"
    r"implementation (?:monitoring )?status|"
    r"comments on implementation|accept/partially|following activit|activities should be (?:considered|implemented)",
    re.IGNORECASE,
)  # fmt: skip
_GROUP_TITLE = re.compile(r"\b(?:recommendations|recommandations|recomendaciones)\W*$", re.IGNORECASE)
_HEAD_CELL = re.compile(r"^\W*(?:key |main |evaluation )?(?:recommendation|recommandation|recomendaci)", re.IGNORECASE)
_NO_SENTENCES_IN = frozenset({"proposal", "mou", "service_contract", "provider_data_tool"})


@dataclass(frozen=True, slots=True)
class Found:
    """A recommendation: its text and place, and how sure."""

    text: str
    span: Span
    headings: tuple[str, ...]
    score: float
    why: str


def extract(source: Source) -> list[Vote]:
    """Votes for recommendations, by kind of project."""
    units = _split(source, read_units(source))
    plans = source.description.type in _NO_SENTENCES_IN
    chapter = [unit for unit in units if _in_chapter(unit) and not (plans and unit.lead)]
    found = [*_labelled(units), *_tables(source, units)]
    labelled = len(found) >= 2
    found += _of_chapter(chapter, labelled)
    found += _sentences(source, units, has_chapter=bool(found))
    return [_vote(source, one) for one in distinct(found)]


def _vote(source: Source, found: Found) -> Vote:
    kind = kind_of(found.text, found.headings)
    return Vote(ITEM, kind, CODER, round(found.score, 4), source.file, found.span, found.why, found.text)


def _split(source: Source, units: Iterable[Unit]) -> list[Unit]:
    """Paragraphs that hold several labelled recommendations are cut at each label."""
    cut: list[Unit] = []
    for unit in units:
        several = unit.kind in ("paragraph", "list_item") and len(_LABEL_AT.findall(unit.text)) > 1
        cut += split_at(source.document, unit, _LABEL_AT) if several else [unit]
    return cut


def _in_chapter(unit: Unit) -> bool:
    """Whether a unit stands in a part of recommendations that are the document's own."""
    if any(_NOT_OWN.search(heading) for heading in unit.headings):
        return False
    headed = any(_CHAPTER.search(heading) and not _RESPONSE.search(heading) for heading in unit.headings)
    return headed or bool(_LEAD.search(unit.lead) and not _OTHER_LEAD.search(unit.lead))


_OTHER_LEAD = re.compile(
    r"response to|following (?:activit|up)|follow-up|previous|participants|respondents|interviewe|should include",
    re.IGNORECASE,
)


# ------------------------------------------------------------------ labelled


def _labelled(units: Sequence[Unit]) -> Iterator[Found]:
    """ "Recommendation 3 (to the donor): ..."; a label alone takes the paragraph below it."""
    for index, unit in enumerate(units):
        label = _LABEL.match(unit.text) if unit.kind in ("paragraph", "list_item", "heading") else None
        if label is None and _SHORT_CODE.match(unit.text) and _in_chapter(unit):
            label = _SHORT_CODE.match(unit.text)
        elif label is not None and not label["no"]:
            continue
        if label is None or any(_NOT_OWN.search(heading) for heading in unit.headings):
            continue
        body, place = unit.text[label.end() :], unit
        if (
            len(body.split()) < MIN_WORDS
            and index + 1 < len(units)
            and units[index + 1].kind in ("paragraph", "list_item")
        ):
            place = units[index + 1]
            body = f"{body} {place.text}".strip()
        text = _trimmed(body)
        if len(text.split()) >= MIN_WORDS:
            yield Found(text, place.span, unit.headings, LABEL_SCORE, "it is labelled as a recommendation")


def _trimmed(text: str) -> str:
    """The whole text, or its first sentences where a discussion follows."""
    if len(text) <= MAX_CHARS:
        return text.strip()
    stop = max(text.rfind(end, 0, MAX_CHARS) for end in (". ", "; ", "? "))
    return text[: stop + 1 if stop > 0 else text.rfind(" ", 0, MAX_CHARS)].strip()


# ------------------------------------------------------------------ chapters


def _of_chapter(chapter: Sequence[Unit], labelled: bool) -> Iterator[Found]:
    """List items, telling paragraphs and sub-headings of a chapter of recommendations."""
    heads = {unit.text for unit in chapter if unit.kind == "heading"}
    telling = sum(bool(_IMPERATIVE.match(without_bullet(head))) for head in heads) >= 2
    for index, unit in enumerate(chapter):
        if _LABEL.match(unit.text) and (_LABEL.match(unit.text) or [""])[0].strip() or _OTHERS.search(unit.text[:200]):
            continue
        body = _RUN_IN.sub("", unit.body)
        score = _chapter_score(unit, body, telling)
        if score and labelled:
            score = min(score, UNSURE)
        if not score:
            continue
        text = _trimmed(body)
        if unit.kind == "heading" and index + 1 < len(chapter) and chapter[index + 1].kind == "paragraph":
            following = chapter[index + 1].sentences[0].text
            text = f"{text.rstrip('.')}. {following}"
        yield Found(text, unit.span, unit.headings, score, "it stands in a part of recommendations")


def _chapter_score(unit: Unit, body: str, telling_heads: bool) -> float:
    """How sure it is that a unit of such a chapter is a recommendation; 0.0 for what only surrounds them."""
    if len(body.split()) < MIN_WORDS or _GROUP_TITLE.search(body) or body.endswith(":") and unit.kind != "heading":
        return 0.0
    asks = bool(_IMPERATIVE.match(body))
    prescribes = asks or bool(_PRESCRIBES.search(body))
    if unit.kind == "heading":
        return ITEM_SCORE if telling_heads and asks else 0.0
    if unit.kind == "list_item":
        nested = 0.15 if unit.level else 0.0
        return (ITEM_SCORE if prescribes else ITEM_SCORE - 0.2) - nested
    if unit.kind == "paragraph":
        if telling_heads:
            return UNSURE if prescribes else 0.0
        return PARAGRAPH_SCORE if prescribes else 0.0
    return 0.0


# ------------------------------------------------------------------ tables and sentences


def _tables(source: Source, units: Sequence[Unit]) -> Iterator[Found]:
    """The column of a table that is headed "Recommendation"."""
    document = source.document
    table: int | None = None
    column = -1
    for unit in units:
        block = document.blocks[unit.block]
        if unit.kind != "table_row" or not block.cells or any(_NOT_OWN.search(heading) for heading in unit.headings):
            continue
        cells = [" ".join(document.text(cell).split()) for cell in block.cells]
        if block.table != table:
            table = block.table
            column = next((i for i, cell in enumerate(cells) if _HEAD_CELL.match(cell) and len(cell) <= 60), -1)
            if column >= 0:
                continue
        text = cells[column] if 0 <= column < len(cells) else ""
        label = _LABEL.match(text)
        text = text[label.end() :] if label and label["no"] else without_bullet(text)
        if len(text.split()) >= MIN_WORDS:
            yield Found(text[:MAX_CHARS], block.cells[column], unit.headings, TABLE_SCORE, "a table of recommendations")


def _sentences(source: Source, units: Sequence[Unit], has_chapter: bool) -> Iterator[Found]:
    """ "It is recommended that ..." anywhere else."""
    if source.description.type in _NO_SENTENCES_IN:
        return
    score = UNSURE if has_chapter else SENTENCE_SCORE
    for unit in units:
        if unit.kind not in ("paragraph", "list_item") or any(_NOT_OWN.search(heading) for heading in unit.headings):
            continue
        if _SENTENCE.search(unit.text) is None:
            continue
        for passage in unit.sentences:
            if _SENTENCE.search(passage.text) and not _OTHERS.search(passage.text):
                yield Found(passage.text, passage.span, unit.headings, score, "a sentence that recommends")


# ------------------------------------------------------------------ once each


def distinct(found: Iterable[Found]) -> list[Found]:
    """Each recommendation once, in the document's order: the surest place, the longer text of equals."""
    kept: list[tuple[Found, frozenset[str]]] = []
    for one in sorted(found, key=lambda one: -one.score):
        words = content_words(one.text)
        if any(share(words, other) >= SAME for _, other in kept):
            continue
        if len(kept) >= MIN_COVERING and covered(words, (other for _, other in kept)) >= COVERED and len(words) > 25:
            continue
        kept.append((one, words))
    return sorted((one for one, _ in kept), key=lambda one: (one.span.page, one.span.start))
