"""The project's own title: from fields, quoted or "entitled" titles, or the report's title without its frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.coding.typed.fields import find_fields, read_lines
from extractor.coding.typed.gazetteers import donor_finder
from extractor.coding.typed.scopes import best_votes, block_weights, passage_weights
from extractor.model import Source, Span, Vote

CODER = "title"
FIELD_SCORE = 0.95
NAME_FIELD_SCORE = 0.8
ENTITLED_SCORE = 0.8
QUOTED_IN_TITLE_SCORE = 0.85
UNFRAMED_SCORE = 0.75
UNFRAMED_BARE_SCORE = 0.62
PLAIN_SCORE = 0.55
PROPOSAL_SCORE = 0.75
COVER_SCORE = 0.7
AUDITED_SCORE = 0.52
"""Who was audited is the best that an audit says of a project's name."""
MANY_NAMES = 3
LIST_WEIGHT = 0.5
"""Three or more names under one label are a list of projects, none of them this one."""
MIN_CHARS = 6
MAX_CHARS = 300
MIN_WORDS = 2
DONOR_TAIL_CHARS = 10

_LABEL = re.compile(
    r"(?:(?:full|official|complete)\s+)?(?:(?:project|programme|program|action|grant|proposal|intervention|initiative|event)(?:['’]s)?\s+(?P<noun>title|name)"
    r"|(?:title|name)\s+of\s+(?:the\s+)?(?:project|programme|program|action|proposal|intervention|initiative|grant)(?:\(s\))?(?:\s+evaluated)?"
    r"|(?:intitulé|titre|nom)\s+(?:du\s+(?:projet|programme)|de\s+l['’]action)|(?:título|nombre)\s+(?:del\s+(?:proyecto|programa)|de\s+la\s+acción)"
    r"|project\(s\)\s+evaluated|project\s+evaluated|projet|proyecto|project|programme|long\s+title)",
    re.IGNORECASE,
)
_LABEL_WORDS = (
    "title",
    "name",
    "titre",
    "intitulé",
    "nom ",
    "título",
    "nombre",
    "project",
    "projet",
    "proyecto",
    "programme",
)
_BARE_LABELS = frozenset({"project", "projet", "proyecto", "programme"})
_FRAME = re.compile(
    r"^\W*(?:(?:final|mid-?term|midterm|ex[- ]?post|external|internal|independent|terminal|interim|impact|"
    r"joint|thematic|summative|formative|draft|"
    r"evaluation|project|combined|baseline|endline|periodic|technical|narrative|progress|annual|completion|inception|quarterly|summary|donor|grant)[\s:,/-]+){0,6}"
    r"(?:evaluation|review|assessment|report|proposal|audit|study)s?(?:\s+(?:report|brief|summary|study|form))?"
    r"(?:\s+(?:\(?(?:no\.?\s*)?[IVX\d]+\)?))?\s*(?:\s*[:–—-]\s*|\s+(?:of|on|for|to)\s+|\s+)"
    r"(?:(?:the|an?)\s+)?"
    r"(?:(?:[A-Z]{2,7}(?:['’]s)?\s+)?(?:(?:regional|national|pilot)\s+)?(?:project|programme|program|initiative|action)s?\s*[:–—,-]?\s+"
    r"(?:(?:on|for|entitled|titled|called|named)\s+)?)?(?:the\s+)?",
    re.IGNORECASE,
)  # fmt: skip
_FRAME_FR_ES = re.compile(
    r"^\W*(?:rapport\s+(?:final\s+)?(?:d['’])?)?(?:évaluation|evaluation|evaluaci[oó]n|informe|rapport|meta-?evaluation)"
    r"(?:\s+(?:finale?|ex[- ]?post|externa|externe|interna|interne|independiente|intermedia|intermédiaire|"
    r"de\s+(?:impacto|efectos)))*"
    r"\s*(?:[:–—-]\s*)?(?:du|de\s+la|de\s+l['’]|del|de|des)?\s*(?:(?:projet|programme|proyecto|programa)\s*[:–—-]?\s*)?",
    re.IGNORECASE,
)
_COVER_FRAME = re.compile(
    r"^(?:(?:final|mid-?term|external|independent|impact|joint)\s+)*evaluation\s+of\b|^(?:évaluation|evaluation|evaluaci[oó]n)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:du|de\s+la|de\s+l['’]|del)\b",
    re.IGNORECASE,
)
_FRENCH_OR_SPANISH = re.compile(
    r"\b(?:du|de|del|projet|proyecto|évaluation|evaluaci[oó]n|informe|rapport)\b", re.IGNORECASE
)
_FRAMED_REST = re.compile(
    r"(?:an?\s+|the\s+)?(?:(?:final|mid-?term|external|independent|impact|rapid|summative|formative|joint|endline|"
    r"process|qualitative|randomi[sz]ed)\s+)*(?:evaluation|review|assessment|audit)\s+(?:report\s+)?(?:of|on)\s+(?=\S+\s+\S)"
    r"|(?:évaluation|evaluaci[oó]n)\s+(?:[\w-]+\s+){0,3}?(?:du|de\s+la|de\s+l['’]|del|de)\s*(?=\S+\s+\S)",
    re.IGNORECASE,
)
"""What stands behind the colon of "A way out: impact evaluation of the project X"."""
_AUDIT_FRAME = re.compile(
    r"^\W*(?:(?:annual|final|independent|management)\s+)*(?:(?:report|opinion)\s+(?:of|by)\s+(?:the\s+)?)?"
    r"(?:auditor(?:s|['’]s|s['’])?(?:[\s-]+general)?(?:['’]s)?|audit)(?:\s+report)?\s+(?:of|on|to)\s+(?:the\s+)?"
    r"(?:(?:audit|review)\s+of\s+(?:the\s+)?)?(?:(?:(?:annual|consolidated|special\s+purpose|project)\s+)*"
    r"(?:financial\s+statements?|accounts)\s+(?:of|for)\s+(?:the\s+)?)?"
    r"|^\W*(?:audited\s+)(?:annual\s+|consolidated\s+)?(?:financial\s+statements?|accounts)\s+(?:of|for)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_YEAR_TAIL = re.compile(
    r"[\s,–-]*\b(?:for|as\s+(?:at|of))\s+(?:the\s+)?(?:(?:financial|fiscal|accounting)\s+)?(?:years?|periods?|FY)\b.*$",
    re.IGNORECASE,
)
_SAYS_PROJECT = re.compile(
    r"\b(?:project|programme|program|initiative|action|projet|proyecto|programa)\b|:", re.IGNORECASE
)
_CODE_BEHIND = re.compile(r"\s*[(\[](?=[^)\]]*\d)[A-Z]{1,5}[\w./-]*[)\]]$")
_CODE_BEFORE = re.compile(r"^(?=\S*\d)[A-Z]{2,5}[./-][\w./-]*\s*[:,–—-]\s+")
_TAIL = re.compile(
    r"\s*(?:[-–—:,]\s*)?(?:(?:final\s+)?(?:evaluation|narrative|progress|project|interim|"
    r"completion)\s+report|evaluation report|final report|evaluation)\W*$",
    re.I,
)  # noqa: E501
_REPORT_NUMBER = re.compile(r"\s*\breport\s+\d+/\d{4}.*$", re.IGNORECASE)
_QUOTED = re.compile(
    r"[“«\"‘]\s*(?P<title>[^“”«»\"]{10,260}?)\s*[”»\"](?!\w)|(?<!\w)[‘'](?P<single>[A-Z][^‘’'\n]{14,260}?)[’'](?!\w)"
)
_ENTITLED = re.compile(
    r"\b(?:projects?|programmes?|programs?|initiative|action|projet|proyecto)\s*(?:\([^)]{1,40}\)\s*)?"
    r"(?:,?\s*(?:which\s+is\s+|was\s+)?(?:entitled|titled|called|named|known\s+as|intitulé|titulado|denominado)|[:,]?)\s*"
    r"(?:[“«\"‘']\s*(?P<quoted>[^“”«»\"]{8,260}?)\s*[”»\"’'](?!\w)|\*{1,2}(?P<italic>[^*]{10,260}?)\*{1,2}|(?<=_)(?P<under>[^_]{10,200})_)",
    re.IGNORECASE,
)
_EVALUATION_OF = re.compile(
    r"\bevaluat(?:ion|e|ed|es|ing)\s+(?:of\s+)?(?P<title>(?:the\s+)?(?:[A-Z][\w’'-]*\s+(?:s\s+)?)(?:[\w’'/,-]+\s+){0,8}?(?:programmes?|projects?|initiative))\b"
)
_PRESENTS = re.compile(
    r"\b(?:evaluation|results|report)\b[^.]{0,40}\b(?:for|of|on)\s+the\s+(?P<title>(?:[A-Z][\w’'-]+\s+){1,7}(?:Initiative|Programme|Program|Project|Fund)(?:\s+\([A-Z]{2,8}\))?)"
)
_COUNTRY_PROGRAMME = re.compile(r"country programme evaluation", re.IGNORECASE)
_DOCUMENT_NAME = re.compile(
    r"^(?:part\s+[a-z]\b.*|.*\bapplication form\b.*|.*\b(?:logical framework|work\s?plan|budget)\b.*|"
    r"evaluation|management response.*|"
    r"periodic technical report.*|proposal evaluation form.*|.*request for proposals?.*|memorandum of understanding.*|"
    r"(?:final|progress|interim|annual|narrative) report\b.{0,25}|(?:final |mid-?term |external |"
    r"independent )*evaluation(?: report)?|informe final|rapport final|terms of reference.*|questionnaire.*|"
    r"report.*auditor.*|.*financial statements.*)$",
    re.IGNORECASE,
)
_NOT_VALUE = re.compile(
    r"^(?:n/?a|none|title|of the|please|insert|\W*)$|"
    r"^(?:the\s+(?:project|programme|program|action|grant|present|following)|this|that|is|was|were|has|will|and|or|in)\b|@|https?:",
    re.I,
)


def extract(source: Source) -> list[Vote]:
    """Votes for project_title."""
    votes = [*_demote_lists(list(_from_fields(source))), *_from_document_title(source), *_from_cover(source)]
    votes.extend(_from_sentences(source))
    return best_votes([vote for vote in votes if _plausible(vote.value)])


def _plausible(title: str) -> bool:
    return (
        MIN_CHARS <= len(title) <= MAX_CHARS and any(char.isalpha() for char in title) and not _NOT_VALUE.search(title)
    )


def _vote(source: Source, value: str, score: float, span: Span, why: str) -> Vote:
    return Vote("project_title", "", CODER, round(min(score, 0.98), 4), source.file, span, why, tidy(value))


def tidy(title: str) -> str:
    """A title without the quotation marks, emphasis and punctuation around it."""
    title = " ".join(title.replace("*", "").split()).strip(" _:;,.-–—|")
    title = _CODE_BEFORE.sub("", _CODE_BEHIND.sub("", title))
    if title[:1] in "“«\"‘'" and title.count(title[0]) <= 1:
        title = title[1:].strip()
    if title[-1:] in "”»\"’'" and not re.search(r"[“«\"‘']", title[:-1]):
        title = title[:-1].strip()
    return title.strip('“”«»" ')


def _from_fields(source: Source) -> Iterator[Vote]:
    lines = read_lines(source.document)
    weights = block_weights(source)
    for field in find_fields(source, lines, _LABEL, _LABEL_WORDS):
        label = field.label.strip().lower()
        bare = label in _BARE_LABELS
        if not field.explicit or bare and "\n" in field.rest:
            continue
        value = next(
            (v for v in (field.values[1:2] if _continues(field.values) else field.values[:1])), field.values[0]
        )
        if bare and (len(value.text.split()) < 3 or value.where == "below"):  # noqa: PLR2004
            continue
        score = (0.6 if bare else NAME_FIELD_SCORE if "name" in label else FIELD_SCORE) * weights.get(
            field.line.block, 0.8
        )
        yield _vote(source, value.text, score, value.span, f"the field “{label}”")


def _continues(values: tuple[object, ...]) -> bool:
    return len(values) > 1 and getattr(values[1], "where", "") == "same line and next"


def _from_document_title(source: Source) -> Iterator[Vote]:
    """The document's title without "evaluation of the project ..."; of a proposal it is the project's."""
    title = source.description.title
    span = source.description.title_span or _first_span(source)
    if not title or span is None:
        return
    quoted = _QUOTED.search(title)
    if quoted:
        yield _vote(
            source, quoted["title"] or quoted["single"], QUOTED_IN_TITLE_SCORE, span, "quoted in the document's title"
        )
    audited = _AUDIT_FRAME.match(title)
    if audited:
        yield _vote(source, _YEAR_TAIL.sub("", title[audited.end() :]), AUDITED_SCORE, span, "what was audited")
        return
    if _DOCUMENT_NAME.match(title):
        return
    bare = unframe(title)
    if bare != tidy(title) and len(bare.split()) >= MIN_WORDS:
        score = UNFRAMED_SCORE if _SAYS_PROJECT.search(title) else UNFRAMED_BARE_SCORE
        yield _vote(source, bare, score, span, "the document's title without its frame")
    elif source.description.type == "proposal":
        yield _vote(source, title, PROPOSAL_SCORE, span, "the proposal's title")
    else:
        yield _vote(source, title, PLAIN_SCORE, span, "the document's title")


def _from_cover(source: Source) -> Iterator[Vote]:
    """A heading of the first page that names what is evaluated, below the name of a series or a platform."""
    for block in source.document.blocks:
        if block.span.page > 0:
            return
        text = " ".join(source.document.text(block.span).split())
        if block.kind not in {"title", "heading"} or text == source.description.title or not _SAYS_PROJECT.search(text):
            continue
        if _COVER_FRAME.match(text) and len(text) <= MAX_CHARS and len(unframe(text).split()) >= MIN_WORDS:
            yield _vote(source, unframe(text), COVER_SCORE, block.span, "the first page names what is evaluated")


def _demote_lists(votes: list[Vote]) -> list[Vote]:
    names: dict[str, set[str]] = {}
    for vote in votes:
        names.setdefault(vote.why, set()).add(str(vote.value).lower())
    return [
        replace(vote, score=round(vote.score * LIST_WEIGHT, 4)) if len(names[vote.why]) >= MANY_NAMES else vote
        for vote in votes
    ]


def unframe(title: str) -> str:
    """A report's title without what says that it is a report: "Final evaluation of the project X" -> "X"."""
    title = _REPORT_NUMBER.sub("", tidy(title))
    if _COUNTRY_PROGRAMME.search(title):
        return tidy(re.sub(r"\b(?:independent|evaluation)\b:?", " ", title, flags=re.IGNORECASE))
    _, colon, rest = title.partition(": ")
    framed = _FRAMED_REST.match(rest) if colon else None
    if framed:
        return unframe(f"Evaluation of {rest[framed.end() :]}")
    frame = _FRAME_FR_ES if _FRENCH_OR_SPANISH.search(title) else _FRAME
    bare = frame.sub("", title, count=1)
    shorter = _TAIL.sub("", bare)
    bare = shorter if len(shorter.split()) >= MIN_WORDS else bare
    bare = _without_donor(tidy(bare))
    return bare if len(bare.split()) >= MIN_WORDS or len(bare) >= MIN_CHARS else title


def _without_donor(title: str) -> str:
    """ "Proposal for DONOR: X" leaves X."""
    head, colon, rest = title.partition(":")
    named = next(donor_finder().find(head), None) if colon else None
    is_donor = named is not None and named.start == 0 and named.end >= len(head) - DONOR_TAIL_CHARS
    return tidy(rest) if is_donor and len(rest.strip()) >= MIN_CHARS else title


def _from_sentences(source: Source) -> Iterator[Vote]:
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        text = passage.text
        lower = text.lower()
        if (
            "project" not in lower
            and "program" not in lower
            and "initiative" not in lower
            and "proje" not in lower
            and "action" not in lower
        ):
            continue
        for match in _ENTITLED.finditer(text):
            value = match["quoted"] or match["italic"] or match["under"]
            words = re.search(
                r"entitled|titled|called|named|intitulé|titulado|denominado", match.group(), re.IGNORECASE
            )
            if len(value.split()) >= MIN_WORDS and value[:1].isupper():
                score = (ENTITLED_SCORE if words else 0.6) * weight * (1.0 - passage.position)
                yield _vote(source, value, score, passage.span, "a sentence names the project")
        if passage.position > 0.1 or passage.kind in {"heading", "title"}:  # noqa: PLR2004
            continue
        for pattern, score in ((_EVALUATION_OF, 0.66), (_PRESENTS, 0.72)):
            named = pattern.search(text)
            if named:
                yield _vote(
                    source,
                    re.sub(r"^the ", "", named["title"]),
                    score * weight,
                    passage.span,
                    "a sentence says what is evaluated",
                )


def _first_span(source: Source) -> Span | None:
    return source.passages[0].span if source.passages else None
