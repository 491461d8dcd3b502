"""Findings: numbered ("Finding 3. ..."), in chapters of findings and conclusions, under the DAC criteria's headings.

A finding's heading is its label with its title, its text the sentence that states it, its source what the paragraph
names as such: interviews, a survey, files, a publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.coding.similar import content_words, share
from extractor.coding.typed.kinds import kind_of
from extractor.coding.typed.units import Unit, read_units
from extractor.model import Passage, Source, Span, Vote

CODER = "findings"
LABEL_SCORE, ITEM_SCORE, TOPIC_SCORE, RESULT_SCORE = 0.85, 0.65, 0.55, 0.45
DECAY = 0.02
"""What each further finding of a chapter is worth less: documents put first what matters most."""
MIN_WORDS, MIN_CHARS, MAX_CHARS = 6, 35, 450
JUDGES = 0.1
"""A sentence that judges is likelier a finding, one that only describes less likely."""
MAX_TITLE_WORDS = 9
SAME = 0.7
MAX_KEY, MAX_CRITERION = 12, 6

CRITERIA: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (criterion, re.compile(pattern, re.IGNORECASE))
    for criterion, pattern in (
        ("relevance", r"\b(?:relevance|pertinence|pertinencia|appropriateness)\b"),
        ("coherence", r"\b(?:coherence|cohérence|coherencia|complementarity)\b"),
        ("effectiveness", r"\b(?:effectiveness|efficacité|eficacia|achievement of (?:objectives|outcomes|results))\b"),
        ("efficiency", r"\b(?:efficiency|efficience|eficiencia|value for money|cost-effectiveness)\b"),
        ("impact", r"\b(?:impacts?|impacto)\b"),
        ("sustainability", r"\b(?:sustainability|durabilité|viabilité|sostenibilidad)\b"),
    )
)
_LABEL = re.compile(
    r"^\W*(?:key |main |evaluation )?(?:finding|constat|hallazgo)\s*(?:#|"
    r"no\.?)?\s*(?P<no>\d{1,2}(?:\.\d{1,2})?)\s*[:.–—-]?\s*",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"^\W*(?:(?:key |main |evaluation )?(?:finding|constat|hallazgo)s? \d|recommendation|recommandation|recomendaci|"
    r"(?:\w+ )?(?:outcome|output|objective|"
    r"result|work ?package|question|comment|task)s? ?#?\d)",
    re.IGNORECASE,
)
"""Paragraphs that are labelled as something else, or taken by their own label."""
_CHAPTER = re.compile(
    r"\b(?:(?:key |main )?findings?|conclusions?|overall assessment|constats?|constatations|hallazgos|conclusiones|"
    r"principaux résultats|résultats de l.évaluation|principales (?:hallazgos|resultados)|"
    r"resultados de la evaluaci[óo]n|"
    r"points (?:forts|faibles)|(?:forces|faiblesses)|(?:fortalezas|debilidades)|evaluation results|"
    r"positive results|strengths|weaknesses)\b",
    re.IGNORECASE,
)
_SUMMARY = re.compile(
    r"executive summary|^summary|résumé|synthèse|sommaire exécutif|^\W*resumen\b|evaluation brief|"
    r"main achievements|at a glance",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"\b(?:results|achievements|performance and|outcomes|résultats|resultados)\b", re.IGNORECASE)
_NOT_OWN = re.compile(
    r"terms of reference|\btor\b|questionnaire|interview guide|methodolog|limitation|references|bibliograph|recommend|"
    r"lessons|background|"
    r"context|introduction|annex|appendix|abbreviation|acknowledg|evaluation (?:questions|criteria|matrix|scope|"
    r"approach)|literature|"
    r"objectives? of|scope|good practice|next steps|way forward|budget|financ|expected|"
    r"termes de référence|términos de referencia|méthodolog|metodolog|limitaciones|contexte|contexto|introducci[óo]n|"
    r"anexo|remerciements|agradecimientos|recommand|recomend|leçons|enseignements|lecciones|bonnes pratiques|"
    r"buenas prácticas|attendus|esperados|presupuesto",
    re.IGNORECASE,
)
_ABOUT_TEXT = re.compile(
    r"^(?:this (?:section|chapter|report|part|document|annex|evaluation brief)|the (?:following|next) (?:section|"
    r"chapter|table|figure|list|key)|"
    r"in this (?:section|chapter)|(?:cette|la présente) (?:section|partie)|ce (?:chapitre|rapport)|"
    r"(?:esta|la presente) (?:sección|parte)|este (?:capítulo|informe)|see |table \d|figure \d|"
    r"the evaluation (?:was|aims|team (?:interviewed|visited|"
    r"used)|covered|will)|"
    r".{0,60}(?:was (?:formally )?evaluated|(?:objective|purpose|aim|goal) (?:of|is|was)\b|were asked to|"
    r"is (?:organi[sz]ed|structured)|was conducted|"
    r"section (?:includes|presents|describes))|based on (?:your|these)|we (?:also )?(?:assess|present|describe)|"
    r"below|these findings|for more|note|source|for example|e\.g|to what extent)|\?$|:$|[☐☒]",
    re.IGNORECASE,
)
_JUDGES = re.compile(
    r"\b(?:overall|in general|achiev\w*|success\w*|positive\w*|constrain\w*|lack\w*|limited|weak\w*|strong\w*|"
    r"contribut\w*|improv\w*|however|inadequate|"
    r"effective\w*|efficien\w*|relevan\w*|sustainab\w*|adequate\w*|useful|well|poor\w*|high\w*|low\w*|not|no|only|"
    r"difficult\w*|challeng\w*|ambitious|"
    r"increas\w*|decreas\w*|remain\w*|unclear|clear\w*|gaps?|missing|appropriate\w*|partial\w*|fully|satisf\w*|found|"
    r"met|reached|more|most|less|"
    r"\d+ ?%|per ?cent)\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|do|remain\w*|show\w*|found|reached|contributed|increased|improved|"
    r"lack\w*|provid\w+|allow\w*|"
    r"led|helped|met|made|played|est|sont|était|étaient|reste\w*|montre\w*|permet\w*|"
    r"es|son|fue|fueron|ha|han|hay|queda\w*|muestra\w*|permit\w*|logr\w+|contribuy\w+|can|could|cannot|stayed|"
    r"learnt|rose|fell|kept|took|went|gave|became|changed|worked|owned|used)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?P<source>(?:according to|as reported by|reported by|confirmed by|source:|selon|"
    r"según)\s[^.;,()]{3,80}|"
    r"(?:key informants?|interviewees?|respondents?|interviews?(?: with [^.;,()]{3,50})?|focus groups?|the survey|"
    r"surveys?|questionnaires?|"
    r"desk (?:review|study)|document review|case (?:files|studies)|file review|partners|beneficiaries|staff|"
    r"stakeholders|the data|records|registers)"
    r"(?=[^.]{0,60}\b(?:show|report|confirm|highlight|not|indicat|said|state|reveal|noted|recogni|stress|explain|"
    r"suggest|identif|consider|agree|describe|"
    r"mention|point|felt|believe|observ)\w*)|"
    r"(?:entretiens?|enquêtes?|groupes de discussion|bénéficiaires|partenaires|entrevistas?|encuestas?|grupos focales|"
    r"beneficiari[oa]s|soci[oa]s)(?=[^.]{0,60}\b(?:montr|indiqu|confirm|soulign|estim|indic|señal|muestr|consider|"
    r"afirm)\w*))",
    re.IGNORECASE,
)
_PLANS = frozenset({"proposal", "mou", "service_contract"})
"""Documents that plan have no findings, unless they number them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its heading, place and criterion, and how sure. `key`: it is one of the main ones."""

    heading: str
    text: str
    span: Span
    headings: tuple[str, ...]
    source: str
    criterion: str
    score: float
    why: str
    key: bool


def extract(source: Source) -> list[Vote]:
    """Votes for key_findings and dac_criteria."""
    units = read_units(source)
    found = [*_labelled(units)]
    labelled = len(found) >= 3
    if source.description.type not in _PLANS:
        found += _of_chapters(units, labelled)
    kept = distinct(found)
    key = sorted((one for one in kept if one.key), key=lambda one: -one.score)[:MAX_KEY]
    votes = [_vote(source, one, "key_findings", kind_of(one.text, one.headings)) for one in _in_order(key)]
    for criterion, _ in CRITERIA:
        best = sorted((one for one in kept if one.criterion == criterion), key=lambda one: -one.score)[:MAX_CRITERION]
        votes += [_vote(source, one, "dac_criteria", criterion) for one in _in_order(best)]
    return votes


def _vote(source: Source, found: Found, item: str, option: str) -> Vote:
    value = {
        "heading": found.heading,
        "finding": found.text,
        "source_given": bool(found.source),
        "source": found.source,
    }
    return Vote(item, option, CODER, round(found.score, 4), source.file, found.span, found.why, value)


def _in_order(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda one: (one.span.page, one.span.start))


# ------------------------------------------------------------------ labelled


def _labelled(units: Sequence[Unit]) -> Iterator[Found]:
    """ "Finding 3. Title. The sentence that states it ..."; a heading may be the finding, or its title."""
    for index, unit in enumerate(units):
        label = _LABEL.match(unit.text) if unit.kind in ("paragraph", "list_item", "heading") else None
        if label is None or any(_FOREIGN.search(heading) for heading in unit.headings):
            continue
        title, text = _title_and_text(unit.text[label.end() :])
        place = unit
        if not text and index + 1 < len(units) and units[index + 1].kind == "paragraph":
            place = units[index + 1]
            text = place.sentences[0].text
        if len(text.split()) >= MIN_WORDS - 2:
            heading = f"Finding {label['no']}. {title}".strip(" .")
            yield Found(
                heading, _short(text), place.span, unit.headings, _source_in(place),
                _criterion((*unit.headings, title)), LABEL_SCORE, "it is numbered as a finding", key=True,
            )  # fmt: skip


_FOREIGN = re.compile(r"terms of reference|\btor\b|questionnaire|references|bibliograph|annex.*tool", re.IGNORECASE)


def _title_and_text(text: str) -> tuple[str, str]:
    """The title without a verb, and the sentence that states the finding."""
    parts = re.split(r"(?<=[a-zà-þ)%”0-9])\.(?:\d{1,3})?\s+(?=[A-ZÀ-Þ“\"])", text, maxsplit=2)
    first = parts[0].strip()
    if len(parts) > 1 and len(first.split()) <= MAX_TITLE_WORDS and not _STATES.search(first):
        return first, parts[1].strip() + "."
    if len(parts) == 1 and len(first.split()) <= 5 and not _STATES.search(first):
        return first, ""
    return "", first.rstrip(".") + ("." if first else "")


# ------------------------------------------------------------------ chapters


def _of_chapters(units: Sequence[Unit], labelled: bool) -> Iterator[Found]:
    """First sentences of paragraphs and items in chapters of findings, conclusions, results and criteria."""
    rank: dict[tuple[str, ...], int] = {}
    for unit in units:
        runs = unit.kind in ("paragraph", "list_item") and len(unit.text) >= MIN_CHARS
        if not runs or _OTHER_LABEL.match(unit.text):
            continue
        base, key, why = _place(unit)
        if not base or any(_NOT_OWN.search(heading) for heading in unit.headings[-2:]):
            continue
        heading, sentence = _topic(unit)
        if sentence is None:
            continue
        order = rank[unit.headings] = rank.get(unit.headings, -1) + 1
        criterion = _criterion(unit.headings) or _criterion((heading,))
        score = max(0.2, base - DECAY * order - (0.25 if labelled and not criterion else 0.1 if labelled else 0.0))
        score += JUDGES if _JUDGES.search(sentence.text) else -JUDGES
        yield Found(
            heading or _last(unit.headings), _short(sentence.text), sentence.span, unit.headings, _source_in(unit),
            criterion, score, why, key,
        )  # fmt: skip


def _place(unit: Unit) -> tuple[float, bool, str]:
    """How a unit's place speaks for a finding: base score, whether a main one, and why."""
    path = " > ".join(unit.headings)
    listed = unit.kind == "list_item" and unit.level == 0
    lead = bool(re.search(r"\b(?:key|main) findings\b", unit.lead, re.IGNORECASE))
    if lead or _CHAPTER.search(path):
        key = lead or bool(re.search(r"key findings|main findings|conclusion", path, re.IGNORECASE))
        return (ITEM_SCORE if listed or key else TOPIC_SCORE), True, "it opens a paragraph of findings or conclusions"
    if _SUMMARY.search(path):
        return (ITEM_SCORE - 0.1 if listed else RESULT_SCORE), True, "it stands in the summary"
    if _criterion(unit.headings):
        return TOPIC_SCORE, False, "it opens a paragraph under the criterion's heading"
    if _RESULTS.search(_last(unit.headings)):
        return RESULT_SCORE, True, "it opens a paragraph of results"
    return 0.0, False, ""


def _topic(unit: Unit) -> tuple[str, Passage | None]:
    """The run-in title of a paragraph, and the sentence that states something."""
    heading = ""
    for index, passage in enumerate(unit.sentences[:3]):
        text = passage.text
        titled = re.match(r"^\W*(?P<title>[A-ZÀ-Þ][^.:]{2,60})(?::\*{0,2}|\.)\s*(?P<rest>.*)$", text)
        if (
            index == 0
            and titled
            and len(titled["title"].split()) <= MAX_TITLE_WORDS
            and not _STATES.search(titled["title"])
        ):
            heading = titled["title"].strip(" *")
            if len(titled["rest"].split()) < MIN_WORDS:
                continue
        if len(text.split()) >= MIN_WORDS and not _ABOUT_TEXT.search(text) and _STATES.search(text):
            return heading, passage
    return heading, None


def _criterion(headings: Sequence[str]) -> str:
    """The one DAC criterion that the nearest heading names."""
    for heading in reversed(headings):
        found = [criterion for criterion, pattern in CRITERIA if pattern.search(heading)]
        if len(found) == 1 and len(heading.split()) <= 12:
            return found[0]
        if len(found) > 1:
            return ""
    return ""


def _source_in(unit: Unit) -> str:
    match = _SOURCE.search(unit.text)
    return " ".join(match["source"].split())[:120] if match else ""


def _last(headings: Sequence[str]) -> str:
    return headings[-1].strip(" .:")[:100] if headings else ""


def _short(text: str) -> str:
    text = text.strip().lstrip("-–•*● ").strip()
    return text if len(text) <= MAX_CHARS else text[: text.rfind(" ", 0, MAX_CHARS)] + " …"


def distinct(found: Iterable[Found]) -> list[Found]:
    """Each finding once, at its surest place; a criterion named at another place is kept."""
    kept: list[tuple[Found, frozenset[str]]] = []
    for one in sorted(found, key=lambda one: -one.score):
        words = content_words(one.text)
        if not any(
            share(words, other) >= SAME and (given.criterion == one.criterion or not one.criterion)
            for given, other in kept
        ):
            kept.append((one, words))
    return [one for one, _ in kept]
