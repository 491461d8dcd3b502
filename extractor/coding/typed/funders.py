"""Who funded a project: donors named in fields, after "funded by", in acknowledgements, by the kinds of the form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractor.coding.typed.fields import find_fields, read_lines
from extractor.coding.typed.gazetteers import Mention, country_finder, country_name, donor_finder
from extractor.coding.typed.scopes import best_votes, block_weights, passage_weights
from extractor.model import Passage, Source, Span, Vote

CODER = "funders"
FIELD_SCORE = 0.93
FUNDED_BY_SCORE = 0.74
STATE_SCORE = 0.5
"""A state's own ministry is paid from the state's budget, where its accounts speak of one."""
MIN_STATE_CUES = 3
COLUMN_ROWS = 12
ENGAGED_WEIGHT = 0.85
REACH_CHARS = 150
MAX_DONORS = 8
STATE_CHARS = 20_000
MAX_NAME_CHARS = 90
PRIVATE = "private"
UNKNOWN_WEIGHT = 0.75
IMPLEMENTERS = frozenset(
    {
        "IOM",
        "UNDP",
        "UNHCR",
        "UNICEF",
        "ILO",
        "WHO",
        "FAO",
        "WFP",
        "UNFPA",
        "UNODC",
        "WWF",
        "UNESCO",
        "UNAIDS",
        "UNOPS",
        "OCHA",
    }
)
"""Bodies that mostly carry projects out: "support from IOM" is rarely money."""
IMPLEMENTER_WEIGHT = 0.5

_LABEL = re.compile(
    r"(?:(?:project|main|primary|principal|lead)\s+)?(?:donors?(?:\s+(?:name|agency|agencies|organi[sz]ation|government)s?)?|funders?|funding\s+(?:source|agency|organi[sz]ation|body|partner)s?|"
    r"source(?:s)?\s+of\s+fund(?:s|ing)|fund(?:ed|ing)\s+by|financed\s+by|sponsors?|financial\s+support|budget\s+source|bailleurs?(?:\s+de\s+fonds)?|"
    r"donateurs?|source\s+de\s+financement|donantes?|financiador(?:es)?|fuentes?\s+de\s+financiamiento|financed\s+by|contracting\s+authority)(?:\(s\))?",
    re.IGNORECASE,
)
_LABEL_WORDS = (
    "donor",
    "fund",
    "sponsor",
    "financ",
    "bailleur",
    "donateur",
    "donante",
    "source",
    "contracting authority",
)
_FUNDED_BY = re.compile(
    r"\b(?:(?:co-?)?(?:funded|financed|sponsored)\s+(?:and\s+\w+\s+)?(?:by|through|under|from)|(?:fund(?:ing|s)|financing|grants?|contributions?|donation)\s+(?:from|by|of|provided\s+by|received\s+from)|"
    r"(?:financial|generous|donor|core)\s+(?:support|assistance|contribution)s?\s+(?:of|from|by|for)|with\s+(?:the\s+)?(?:\w+\s+){0,2}support\s+(?:of|from)|"
    r"(?:main|primary|principal|major|lead)\s+donors?\b|donors?\s+(?:is|are|was|were|include[sd]?)|resources\s+(?:were\s+)?(?:raised\s+)?from|"
    r"received\s+(?:[\w$€£.,]+\s+){1,4}from|supported\s+(?:financially\s+)?by|commissioned\s+and\s+funded\s+by|donors\s+(?=[A-Z])|for\s+sponsoring|"
    r"(?:co-?)?financé(?:e|s|es)?\s+par|avec\s+(?:l['’]appui|le\s+soutien)(?:\s+financier)?\s+(?:du|des|de\s+la|de\s+l['’]|de)|(?:co-?)?financiad[oa]s?\s+por|con\s+(?:el\s+)?(?:apoyo|financiamiento)(?:\s+financiero)?\s+de|"
    r"produced\s+for\s+review\s+by|reflect\s+the\s+(?:official\s+)?(?:views?|opinions?|positions?)\s+(?:(?:or|and)\s+polic(?:y|ies)\s+)?of|"
    r"(?:made\s+possible|financially\s+supported|underwritten|bankrolled)\s+(?:by|through|with|thanks\s+to)|"
    r"(?:thanks|grateful|gratitude|indebted|appreciation)\s+to\s+(?:the\s+)?(?=Governments?\b|Embass|European|World\s+Bank|[A-Z]\w+\s+(?:Foundation|Fund|Agency))|"
    r"the\s+donor,|(?:application|proposal|report)\s+to|contribution\s+(?:du|de)|will\s+provide\s+co-?financing)\b",
    re.IGNORECASE,
)
_PAID_BY = re.compile(r"financé|financiad", re.IGNORECASE)
_ARTICLE = re.compile(r"^\s*(?:(?:les?|la|el|los|las)\s+|l['’])?", re.IGNORECASE)
_FUNDED_ADJECTIVE = re.compile(
    r"^[-\s]?(?:funded|financed|sponsored)\b|^['’]?s?\s+(?:has\s+)?(?:approved|provided|contributed|funded|financed|granted|awarded)\b|^\s+will\s+provide\s+co-?financing",
    re.I,
)  # noqa: E501
_GOVERNMENTS = re.compile(
    r"\b(?:Governments|[Gg]ouvernements|[Gg]obiernos)\s+(?:of|du|des|de\s+la|de\s+l['’]|de)\s+(?P<list>(?:the\s+)?[A-ZÀ-Þ][^.;:()]{3,140})"
)
_ENGAGED = re.compile(
    r"^\s+(?:\([^)]*\)\s*)?(?:has\s+|had\s+)?(?:engaged|contracted|commissioned|hired|tasked)\s+(?:the\s+)?[A-Z].{0,120}?\bto\s+(?:implement|"
    r"carry\s+out|guide|deliver|run|design|manage|undertake)\b",
    re.DOTALL,
)
_STATE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bAccounting Officer|Permanent Secretary\b",
        r"\b[Ww]arrants?|[Aa]ppropriat(?:ion|ed)\b",
        r"\bConsolidated [Ff]und\b",
        r"\b(?:National )?Treasury\b",
        r"\bAuditor[- ]General\b",
        r"\bapproved (?:annual )?estimates|[Ss]upplementary (?:budget|estimates)|[Mm]inisterial [Ss]tatement\b",
    )
)
_STATE_BODY = re.compile(
    r"\b(?:Ministry|Department|Directorate|District|County|Municipal\w*|Ministère|Ministerio)\b", re.IGNORECASE
)
_ABOUT_PROJECT = re.compile(
    r"\b(?:projects?|programmes?|programs?|initiative|action|grant|portfolio|study|fund|projets?|proyectos?|programa)\b",
    re.IGNORECASE,
)
_OTHERS_MONEY = re.compile(
    r"\b(?:other\s+(?:projects?|programmes?|initiatives?|donors?|actors?|organi[sz]ations?)|another\s+(?:project|programme)|previous(?:ly)?|former|similar\s+projects?|"
    r"also\s+funds?|parallel|potential\s+(?:donors?|funding)|future\s+fund\w*|seek\w*\s+fund\w*|apply\s+for|look\w*\s+for\s+fund\w*|currently\s+funded|sister\s+project)\b",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(
    r"\b(?:Government|[Gg]ouvernement|[Gg]obierno)\s+(?:of|du|des|de\s+la|de\s+l['’]|de\s+los|del|de|d['’])\s*(?:the\s+)?"
    r"(?P<of>[A-ZÀ-Þ][\w-]+(?:\s+[A-ZÀ-Þ][\w-]+)*)"
)
_NAMED = re.compile(r"(?P<name>(?:the\s+)?[A-Z][\w’'&.-]+(?:\s+(?:of|for|and|de|du|&|the)?\s*[A-Z(][\w’'&.()-]*){0,7})")
_KIND_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("norwegian_embassy", r"\bNorw(?:egian|ay)\b.*\bEmbassy\b|\bEmbassy of Norway\b"),
        ("norad_mfa", r"\bNorw(?:egian|ay)\b.*\b(?:Ministry|Government|Agency)\b|\b(?:Ministry|"
                r"Government)\b.*\bNorw(?:ay|egian)\b"),
        ("norwegian_ngo", r"\b(?:Norwegian|Norsk|Norges)\b"),
        ("other_government", r"\b(?:Embassy|Ministry|Government|Ministère|Ministerio|State Department|"
                r"Department of State|Home Office|"
                             r"Agency for International \w+|Development (?:Cooperation )?Agency|"
                             r"State Secretariat|Ambassade|Embajada)\b"),
        ("other_igo", r"\b(?:United Nations|UN|European|World Bank|Development Bank|Development Fund|"
                r"Trust Fund|Multi-Donor|Commonwealth)\b"),
        ("other_ngo", r"\b(?:NGO|Church|Caritas|Red Cross|Red Crescent|Save the|Refugee Council|Aid|Relief|"
                r"Without Borders|Sans Frontières)\b"),
    )
)  # fmt: skip
_FOUNDATION = re.compile(
    r"\b(?:Foundation|Fondation|Fundación|Trust|Company|Corporation|Bank|Inc|Ltd|Fund|Ministry|Embassy|Government|Agency)\b"
)


def extract(source: Source) -> list[Vote]:
    """Votes for funders: an option of the form with the funder's name as value, or {"other": name}."""
    votes = [*_from_fields(source), *_from_passages(source), *_from_state(source)]
    return best_votes(votes, limit=MAX_DONORS)


def _vote(source: Source, kind: str, name: str, score: float, span: Span, why: str) -> Vote:
    option = "" if kind == PRIVATE else kind
    value: object = {"other": name} if kind == PRIVATE else name
    return Vote("funders", option, CODER, round(min(score, 0.98), 4), source.file, span, why, value)


def _from_fields(source: Source) -> Iterator[Vote]:
    lines = read_lines(source.document)
    weights = block_weights(source)
    for field in find_fields(source, lines, _LABEL, _LABEL_WORDS):
        if not field.explicit or not field.values:
            continue
        value = (
            field.values[1]
            if len(field.values) > 1 and field.values[1].where == "same line and next"
            else field.values[0]
        )
        score = FIELD_SCORE * weights.get(field.line.block, 0.8)
        why = f"the field “{field.label.strip()}”"
        donors = list(donors_in(value.text[: 2 * REACH_CHARS]))
        for kind, name in donors[:MAX_DONORS]:
            yield _vote(source, kind, name, score, value.span, why)
        for entry in field.values[1:COLUMN_ROWS] if value.where == "below" and field.line.row >= 0 else ():
            for kind, name in _donor_of_row(entry.text) if entry.where == "below" else ():
                yield _vote(source, kind, name, score, entry.span, why)
        name = value.text.strip(" .")
        if not donors and 3 <= len(name) <= MAX_NAME_CHARS and name[0].isupper() and not name.endswith(":"):  # noqa: PLR2004
            yield _vote(source, kind_of(name), name, score * UNKNOWN_WEIGHT, value.span, why)


def _donor_of_row(text: str) -> list[tuple[str, str]]:
    """The donor that a cell opens with; "Swedish Committee for X" is neither Sweden nor X."""
    first = next(donor_finder().find(text), None)
    if first is not None and first.start == 0 and not text[first.end :].strip()[:1].isalpha():
        return [first.entry]
    country = next(country_finder().find(text), None)
    if country is None or country.start or country.end < len(text.strip()) or country.entry.kind != "name":
        return []
    return [("other_government", f"Government of {country_name(country.entry.iso3166)}")]


def _from_state(source: Source) -> Iterator[Vote]:
    """The country whose ministry's accounts these are: they speak of votes, warrants and the treasury."""
    facts = source.description
    text = "\n".join(page.text for page in source.document.pages)
    if not _STATE_BODY.search(facts.title) or sum(bool(cue.search(text)) for cue in _STATE) < MIN_STATE_CUES:
        return
    named = [m.entry.iso3166 for m in country_finder().find(text[:STATE_CHARS]) if m.entry.kind == "name"]
    span = facts.title_span or next((passage.span for passage in source.passages), None)
    if named and span is not None:
        name = f"Government of {country_name(Counter(named).most_common(1)[0][0])}"
        yield _vote(source, "other_government", name, STATE_SCORE, span, "the accounts of a state's own body")


def donors_in(text: str) -> Iterator[tuple[str, str]]:
    """The donors of the gazetteer that a text names, and governments by their country: (kind, name)."""
    seen: set[str] = set()
    for mention in donor_finder().find(text):
        kind, name = mention.entry
        if name not in seen and not _inside_place(text, mention):
            seen.add(name)
            yield kind, name
    for match in _GOVERNMENTS.finditer(text):
        for code in (m.entry.iso3166 for m in country_finder().find(match["list"]) if m.entry.kind == "name"):
            name = f"Government of {country_name(code)}"
            if name not in seen:
                seen.add(name)
                yield ("norad_mfa" if code == "NOR" else "other_government"), name
    for match in _GOVERNMENT.finditer(text):
        country = _country_in(match["of"]) or match["of"]
        name = match.group() if match.group().startswith("Government") else f"Government of {country}"
        if country != "Norway" and not any(country in known for known in seen):
            seen.add(name)
            yield "other_government", name


def _country_in(text: str) -> str:
    """The usual English name of the country that a text begins with, "" if it begins with none."""
    first = next(country_finder().find(text), None)
    is_name = first is not None and first.start == 0 and first.entry.kind == "name"
    return country_name(first.entry.iso3166) if first and is_name else ""


def kind_of(name: str) -> str:
    """The kind of a funder that the gazetteer does not know, by the words of its name."""
    return next((kind for kind, pattern in _KIND_WORDS if pattern.search(name)), PRIVATE)


def _inside_place(text: str, mention: Mention) -> bool:
    """ "in Sweden", "to Norway": a place, not a donor."""
    name = text[mention.start : mention.end]
    return (
        " " not in name
        and name.istitle()
        and bool(re.search(r"\b(?:in|to|within|across|between|via)\s+(?:the\s+)?$", text[: mention.start]))
    )


def _from_passages(source: Source) -> Iterator[Vote]:
    for passage, weight in zip(source.passages, passage_weights(source), strict=True):
        lower = passage.text.lower()
        if not any(
            word in lower
            for word in (
                "fund",
                "financ",
                "donor",
                "grant",
                "contribut",
                "support",
                "sponsor",
                "received",
                "resources",
                "approved",
                "thank",
                "grat",
                "indebted",
                "appreciation",
                "views of",
                "opinions of",
                "for review",
                "possible",
                "engaged",
                "contracted",
                "commissioned",
                "apoyo",
                "appui",
            )
        ):
            continue
        yield from _after_cues(source, passage, weight)
        yield from _before_cues(source, passage, weight)


def _doubt(text: str, position: float) -> float:
    doubt = 0.45 if _OTHERS_MONEY.search(text) else 1.0
    doubt *= 1.0 if _ABOUT_PROJECT.search(text) else 0.6
    return doubt * (1.0 - 0.35 * position)


def _after_cues(source: Source, passage: Passage, weight: float) -> Iterator[Vote]:
    """ "funded by X and Y": the donors close behind the cue."""
    text = passage.text
    for cue in _FUNDED_BY.finditer(text):
        tail = re.split(
            r"[;.]\s|\bwhich\b|\bwho\b|\bto\s+(?:implement|support|provide)\b|\bimplemented\b",
            text[cue.end() : cue.end() + REACH_CHARS],
        )[0]
        score = FUNDED_BY_SCORE * weight * _doubt(text, passage.position)
        score *= 0.75 if re.search(r"support(?:ed)?\b", cue.group(), re.IGNORECASE) else 1.0
        donors = list(donors_in(tail)) or _bare_country(cue.group(), tail)
        for kind, name in donors:
            sure = score * (IMPLEMENTER_WEIGHT if name in IMPLEMENTERS else 1.0)
            yield _vote(source, kind, name, sure, passage.span, f"“{' '.join(cue.group().split()).lower()}”")
        if not donors:
            named = _NAMED.match(tail.lstrip())
            if named and _FOUNDATION.search(named["name"]) and len(named["name"]) <= MAX_NAME_CHARS:
                name = re.sub(r"^the ", "", named["name"]).strip(" .,(")
                yield _vote(source, kind_of(name), name, score * UNKNOWN_WEIGHT, passage.span, "named as the funder")


def _bare_country(cue: str, tail: str) -> list[tuple[str, str]]:
    """ "financé par les Pays-Bas", "financiado por Suiza": a country that pays, which English names by its people."""
    country = _country_in(_ARTICLE.sub("", tail)) if _PAID_BY.search(cue) else ""
    kind = "norad_mfa" if country == "Norway" else "other_government"
    return [(kind, f"Government of {country}")] if country else []


def _before_cues(source: Source, passage: Passage, weight: float) -> Iterator[Vote]:
    """ "X-funded", "X approved a grant": the donor just before the cue."""
    for mention in donor_finder().find(passage.text):
        engaged = _ENGAGED.match(passage.text[mention.end : mention.end + REACH_CHARS])
        if not engaged and not _FUNDED_ADJECTIVE.match(passage.text[mention.end : mention.end + 40]):
            continue
        kind, name = mention.entry
        if name in IMPLEMENTERS:
            continue
        score = FUNDED_BY_SCORE * weight * _doubt(passage.text, passage.position) * 0.95
        score *= ENGAGED_WEIGHT if engaged else 1.0
        yield _vote(source, kind, name, score, passage.span, "named as the one who funded")
