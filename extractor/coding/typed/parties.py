"""Who carried a project out, with whom, and what kinds of partners its networks have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractor.coding.typed.fields import find_fields, read_lines
from extractor.coding.typed.scopes import best_votes, block_weights, passage_weights
from extractor.model import Passage, Source, Span, Vote

CODER = "parties"
FIELD_SCORE = 0.92
SENTENCE_SCORE = 0.66
PUBLISHER_SCORE = 0.35
MAX_NAME_CHARS = 120
MAX_PARTNERS = 12
MAX_KINDS = 6
MIN_PUBLISHER_MENTIONS = 8
REACH_CHARS = 160

_IMPLEMENTER_LABEL = re.compile(
    r"(?:implementing|executing|lead|responsible|managing|applicant|host|coordinating)\s+(?:agency|agencies|organi[sz]ations?|entity|entities|institution|office|mission|body|site|organisation)(?:\(s\))?"
    r"|(?:implementer|implemented\s+by|executed\s+by|applicant(?:\s+name)?|name\s+of\s+(?:the\s+)?(?:applicant|organi[sz]ation|implementing\s+\w+)|organi[sz]ation\s+name|managing\s+(?:office|mission)|"
    r"coordinator(?:\s+organi[sz]ation)?|grantee|recipient(?:\s+organi[sz]ation)?|agences?\s+(?:d['’]exécution|de\s+mise\s+en\s+[œo]+uvre)|"
    r"(?:organisme|structure|organisation)s?\s+(?:d['’]exécution|de\s+mise\s+en\s+[œo]+uvre|responsable)|porteur\s+du\s+projet|mis\s+en\s+[œo]+uvre\s+par|"
    r"(?:organismo|ente)\s+ejecutor|organización\s+(?:ejecutora|implementadora)|entidad\s+implementadora|agencia\s+(?:ejecutora|implementadora)|entidad\s+ejecutora|ejecutad[oa]\s+por)",
    re.IGNORECASE,
)
_PARTNER_LABEL = re.compile(
    r"(?:(?:main|project|implementing|local|national|key|cooperating|collaborating|operational|government)\s+)?(?:partners?(?:\s+organi[sz]ations?)?|counterparts?|sub-?contractors?|co-?applicants?)(?:\(s\))?"
    r"|partenaires?(?:\s+(?:du\s+projet|d['’]exécution|de\s+mise\s+en\s+[œo]+uvre|locaux))?|socios?(?:\s+(?:implementadores|ejecutores|locales))?|contrapartes?",
    re.IGNORECASE,
)
_IMPLEMENTER_WORDS = (
    "implement",
    "execut",
    "lead ",
    "responsible",
    "managing",
    "applicant",
    "organi",
    "coordinat",
    "grantee",
    "recipient",
    "exécution",
    "ejecut",
    "host",
)
_PARTNER_WORDS = ("partner", "counterpart", "contractor", "partenaire", "socio", "contraparte", "applicant")

_CAPITAL = r"[A-ZÀ-Þ][\w’'&/-]*"
_LOWER_NAME = (
    r"(?:Croix-Rouge|Croissant-Rouge|Ministère|Direction|Fondation|Association|Agence|Police|Office|Union|Fédération|"
    r"Conseil|Comité|Centre|Réseau|Organisation|Ministerio|Dirección|Fundación|Asociación|Agencia|Policía|Oficina|"
    rf"Federación|Consejo|Centro|Red|Organización)(?:\s+(?:(?:de|du|des|del|la|les|los|pour|para|et|y)\s+|de\s+l['’]|d['’]"
    rf"|l['’])*(?:{_CAPITAL}|nation\w+|\w+(?:aise?|ienne?|lais|ana|ano|ense|ienn?e|iale?s?|ique)\b)){{1,5}}"
)
_NAME = (
    rf"(?:(?:the|la|le|les|el|los|las)\s+|l['’])?(?P<name>{_CAPITAL}(?:(?:\s+|-)[\w’'-]+){{0,9}}?\s*\([A-Z][\w-]{{1,12}}\)|{_LOWER_NAME}|{_CAPITAL}(?:\s+(?:(?:of|for|and|on|in|the|de|du|des|la|del|to|"
    rf"&)\s+){{0,2}}{_CAPITAL}){{0,9}}(?:\s*\([A-Z][\w-]{{1,12}}\))?)"
)
_IMPLEMENTED_BY = re.compile(
    r"\b(?:exécutée?s?|réalisée?s?|gérée?s?|pilotée?s?|gestionad[oa]|coordinad[oa]|implemented|executed|carried\s+out|managed|administered|run|coordinated|led|developed|mis\s+en\s+[œo]+uvre|ejecutad[oa]|implementad[oa])\s+"
    rf"(?:jointly\s+|directly\s+)?(?:by|under|par|por)\s+{_NAME}",
)  # fmt: skip
_PROJECT_OF = re.compile(
    r"\b(?P<name>[A-Z]{2,7})(?:['’]s)?\s+(?:[a-z-]+\s+){0,3}(?:project|programme|program)s?\b|\bthe\s+(?P<long>[A-Z]{2,7})\s+[Pp]roject\b"
)
_WITH = re.compile(
    r"\b(?:in\s+(?:close\s+)?(?:partnership|collaboration|cooperation|co-operation)\s+with|in\s+association\s+with|partnered\s+with|partnering\s+with|collaborat(?:ed|es|ing|ion)\s+with|"
    r"work(?:ed|s|ing)\s+(?:closely\s+)?with|main\s+partners\s+(?:being|are|were)|local\s+partners?,?|project\s+partners?\s+(?:are|were|include)|partnership\s+with|"
    r"en\s+(?:étroite\s+)?(?:partenariat|collaboration|coopération|coordination)\s+(?:étroit\s+)?avec|"
    r"en\s+(?:estrecha\s+)?(?:colaboración|cooperación|alianza|coordinación|asociación)\s+con)\s+"
)
_ORGANISATION_WORD = re.compile(
    r"\b(?:Ministry|Ministries|Department|Agency|Authority|Organi[sz]ation|Commission|Office|Institute|Institut|University|Université|Universidad|Foundation|Association|Trust|Council|Centre|Center|"
    r"Federation|Network|Society|Committee|Bureau|Service|Fund|Programme|Secretariat|Chamber|Union|Police|Government|Ministère|Ministerio|Vision|Children|Cross|International|Nations|Bank|"
    r"Group|Initiative|Forum|Church|Caritas|Oxfam|Agence|Directorate|Croix-Rouge|Croissant-Rouge|Cruz\s+Roja|Organización|Fundación|Fondation|Asociación|"
    r"Agencia|Policía|Secretaría|Instituto|Comité|Centro|Réseau|Dirección|Direction|Federación|Fédération|"
    r"Consejo|Conseil|Defensoría|Fiscalía|Alcaldía|Municipalidad|Directorate|Division|Board|Corporation|Labs?|School|Women|Unit|Ltd|Inc)\b"
)
_ACRONYM = re.compile(r"^[A-Z][A-Za-z]{0,3}[A-Z]{1,6}(?:[ -][A-Z]\w+)?$")
_NOT_NAME = re.compile(
    r"^(?:The|This|These|It|Its|In|For|As|Part|Section|Annex|Table|Figure|Phase|January|February|March|April|May|June|July|August|September|October|November|December|Project|Programme)\b$"
)
_NAME_LIST = re.compile(rf"\s*(?:,|;|\band\b|\bet\b|\by\b|&)\s*(?=(?:the\s+)?{_CAPITAL})")
_NETWORK = re.compile(
    r"\b(?:network(?:s|ing)?|referral\s+mechanism|coalition|platform|task\s?force|working\s+group|réseaux?|redes?)\b",
    re.IGNORECASE,
)
_NETWORK_STEMS = ("network", "mechanism", "coalition", "platform", "force", "group", "réseau", "rede")
"""One of them is in whatever `_NETWORK` finds."""
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("Government authorities", r"\b(?:government(?:al)?\s+(?:authorit|agenc|counterpart|institution|bod|"
                r"official|stakeholder)\w*|governments?|ministr(?:y|ies)|authorities|state\s+(?:actors|"
                r"institutions))\b"),
        ("NGOs", r"\b(?:NGOs?|non-?governmental\s+organi[sz]ations?|civil\s+society)\b"),
        ("International organisations", r"\b(?:international\s+organi[sz]ations?|UN\s+agencies|IGOs?|"
                r"intergovernmental\s+organi[sz]ations?)\b"),
        ("Law enforcement", r"\b(?:police|law\s+enforcement|prosecutors?|border\s+guards?|judges|judiciary)\b"),
        ("Private sector", r"\b(?:private\s+sector|business(?:es)?|compan(?:y|ies)|employers|"
                r"chambers?\s+of\s+commerce|corporate\s+sector)\b"),
        ("Community groups", r"\b(?:community(?:-based)?\s+(?:groups?|leaders?|organi[sz]ations?)|"
                r"local\s+(?:leaders|communities)|religious\s+leaders)\b"),
        ("Academic institutions", r"\b(?:universit(?:y|ies)|academi\w+|research\s+institut\w+)\b"),
        ("Local partners and authorities", r"\blocal\s+(?:partners|authorities|government)\b"),
        ("Embassies and consulates", r"\b(?:embass(?:y|ies)|consulates?)\b"),
        ("Service providers", r"\b(?:service\s+providers?|shelters?|social\s+workers)\b"),
    )
)  # fmt: skip


def extract(source: Source) -> list[Vote]:
    """Votes for implementer, partners and network_partners."""
    votes = [*_from_fields(source), *_from_passages(source), *_by_mentions(source)]
    implementers = best_votes([vote for vote in votes if vote.item == "implementer"], limit=4)
    partners = best_votes([vote for vote in votes if vote.item == "partners"], limit=MAX_PARTNERS)
    kinds = best_votes([vote for vote in votes if vote.item == "network_partners"], limit=MAX_KINDS)
    return [*implementers, *partners, *kinds]


def _vote(source: Source, item: str, name: str, score: float, span: Span, why: str) -> Vote:
    return Vote(item, "", CODER, round(min(score, 0.98), 4), source.file, span, why, name)


def _from_fields(source: Source) -> Iterator[Vote]:
    lines = read_lines(source.document)
    weights = block_weights(source)
    for item, label, words in (
        ("implementer", _IMPLEMENTER_LABEL, _IMPLEMENTER_WORDS),
        ("partners", _PARTNER_LABEL, _PARTNER_WORDS),
    ):
        for field in find_fields(source, lines, label, words):
            value = field.values[0]
            if not field.explicit or value.where == "below" and len(value.text.split()) > 12:  # noqa: PLR2004
                continue
            score = FIELD_SCORE * weights.get(field.line.block, 0.8)
            names = [value.text] if item == "implementer" else split_names(value.text)
            for name in names[:MAX_PARTNERS]:
                tidy = name.strip(" .;,")
                if _is_field_name(tidy):
                    yield _vote(source, item, tidy, score, value.span, f"the field “{field.label.strip()}”")


def _is_field_name(name: str) -> bool:
    return (
        2 <= len(name) <= MAX_NAME_CHARS and name[:1].isupper() and not name.endswith(":") and len(name.split()) <= 16
    )  # noqa: PLR2004


def split_names(text: str) -> list[str]:
    """The names of a list of organisations; "and" inside a name ("Ministry of Labour and Youth") does not split it."""
    parts = [part.strip() for part in re.split(r"[;\n•]|,\s+(?=(?:the\s+)?[A-ZÀ-Þ])", text) if part.strip()]
    names: list[str] = []
    for part in parts:
        halves = re.split(r"\s+(?:and|et|y|&)\s+(?:(?:the|la|le|les|el|los|las)\s+|l['’])?(?=[A-ZÀ-Þ])", part)
        joined = len(halves) > 1 and not all(is_organisation(half) for half in halves)
        names.extend([part] if joined else halves)
    return [
        re.sub(r"^(?:(?:and|et|y)\s+)?(?:(?:the|la|le|les|el|los|las)\s+|l['’])?", "", name).strip(" .,")
        for name in names
    ]


def is_organisation(name: str) -> bool:
    """Whether words look like an organisation's name: a word such as "Ministry", or an acronym."""
    name = name.strip(" .,()")
    if _NOT_NAME.match(name) or not 2 <= len(name) <= MAX_NAME_CHARS:  # noqa: PLR2004
        return False
    return bool(
        _ORGANISATION_WORD.search(name) and " " in name or _ACRONYM.match(name) or re.search(r"\([A-Z]{2,10}\)", name)
    )


def _from_passages(source: Source) -> Iterator[Vote]:
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        if passage.kind in {"footnote", "caption", "heading", "title"}:
            continue
        lower = passage.text.lower()
        if " by " in lower or " par " in lower or " por " in lower or "under " in lower:
            yield from _implemented_by(source, passage, weight)
        if " with " in lower or "partner" in lower or " avec " in lower or " con " in lower:
            yield from _with_partners(source, passage, weight)
        if any(stem in lower for stem in _NETWORK_STEMS) and _NETWORK.search(lower):
            yield from _networks(source, passage, weight)


def _implemented_by(source: Source, passage: Passage, weight: float) -> Iterator[Vote]:
    for match in _IMPLEMENTED_BY.finditer(passage.text):
        name = match["name"].strip(" .,")
        before = passage.text[: match.start()]
        if not is_organisation(name) or re.search(
            r"\b(?:evaluation|survey|study|review|interviews?|assessment)\b[^.]{0,60}$", before, re.IGNORECASE
        ):
            continue
        about = (
            1.0
            if re.search(
                r"\b(?:projects?|programmes?|programs?|initiative|projet|proyecto)\b[^.]{0,80}$", before, re.IGNORECASE
            )
            else 0.6
        )
        score = SENTENCE_SCORE * weight * about * (1.0 - 0.4 * passage.position)
        yield _vote(source, "implementer", name, score, passage.span, "a sentence says who carried the project out")


def _with_partners(source: Source, passage: Passage, weight: float) -> Iterator[Vote]:
    for match in _WITH.finditer(passage.text):
        tail = re.split(
            r"[;.:]\s|\b(?:to|in\s+order|which|who|that|has|have|will|was|were|during|since|on|in)\b\s",
            passage.text[match.end() : match.end() + REACH_CHARS],
        )[0]
        for name in split_names(tail)[:6]:
            if is_organisation(name) and name[:1].isupper():
                yield _vote(
                    source, "partners", name, SENTENCE_SCORE * weight * 0.85, passage.span, "named as a partner"
                )


def _networks(source: Source, passage: Passage, weight: float) -> Iterator[Vote]:
    if not re.search(
        r"\b(?:partner\w*|network\w*|cooperat\w+|coordinat\w+|member\w*|between|among|of)\b",
        passage.text,
        re.IGNORECASE,
    ):
        return
    found = [kind for kind, pattern in _KINDS if pattern.search(passage.text)]
    if len(found) < 2 and not re.search(r"\bnetwork(?:s)?\s+of\b", passage.text, re.IGNORECASE):  # noqa: PLR2004
        return
    for kind in found:
        yield _vote(
            source,
            "network_partners",
            kind,
            SENTENCE_SCORE * weight * 0.7,
            passage.span,
            "a sentence on a network names them",
        )


def _by_mentions(source: Source) -> Iterator[Vote]:
    """The organisation that the text most often calls the project's ("the X project", "X's programme")."""
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for passage in source.passages:
        if "roject" not in passage.text and "rogram" not in passage.text:
            continue
        for match in _PROJECT_OF.finditer(passage.text):
            name = match["name"] or match["long"]
            counts[name] += 1
            first.setdefault(name, passage.span)
    for name, count in counts.most_common(1):
        if count >= MIN_PUBLISHER_MENTIONS:
            yield _vote(source, "implementer", name, PUBLISHER_SCORE, first[name], "the text calls the project its own")
