"""The type of a document: an evaluation, proposal, agreement, contract, data tool or report, by weighed cues.

The title tells most, then the first page, the headings and the first pages' sentences; the file name least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.model import Document, Span

OTHER = "other"
THRESHOLD = 1.5
FRONT_PAGES = 8
FRONT_CHARS = 20_000
FIRST_PAGE_CHARS = 3_000
ZONE_WEIGHT = {"title": 3.0, "first": 1.5, "heading": 1.0, "front": 0.8, "file": 0.9}
MAX_HEADINGS = 60


def _cues(*rows: tuple[str, float]) -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE | re.MULTILINE), weight) for pattern, weight in rows)


_EVALUATION = _cues(
    (r"\b(?:evaluation|évaluation|evaluaci[oó]n|avalia[cç][aã]o) (?:report|of|summary|finale?|du|de|del|des|"
     r"expost|ex[- ]post|externe?a?|intermedia)\b", 1.0),
    (r"\b(?:final|mid-?term|ex[- ]?post|external|independent|impact|country programme|project|internal|joint|"
     r"thematic|summative|formative)"
     r"(?: \w+){0,2} (?:evaluation|review)\b", 1.0),
    (r"\b(?:rapport|informe) (?:final )?d[e']\s?(?:l['a] ?)?[ée]valua", 1.0),
    (r"\bmeta-?evaluation\b", 0.8),
    (r"\brandomi[sz]ed (?:controlled?|evaluation) trial\b|\bimpact (?:study|assessment)\b|"
     r"\bendline (?:survey )?report\b|"
     r"\b[ée]tude d['’]impact\b|\bestudio de impacto\b|"
     r"\b(?:evaluación|évaluation) (?:de|d['’]) ?(?:impacto?|efectos)\b", 0.6),
    (r"\bprojects? review\b|\bportfolio review\b|\bmid-?term review\b|\bdesk review of\b", 0.8),
    (r"\bevaluation\b|\bévaluation\b|\bevaluación\b", 0.4),
)  # fmt: skip
_INTERNAL = _cues(
    (r"\binternal (?:\w+ )?(?:evaluation|review|assessment)\b|\bself-?evaluation\b|\bévaluation interne\b|"
     r"\bevaluación interna\b", 3.0),
    (r"\binternal evaluators?\b|\bevaluator[^.]{0,30}\(internal\)|\bauto-?[ée]valuation\b", 2.0),
    (r"\bevaluation (?:division|directorate|branch|project team|unit)\b(?:(?!on behalf|"
     r"commission)[^.]){0,80}\b(?:conducted|directed|headed|carried out|undertook|managed)\b", 1.0),
    (r"\b(?:conducted|directed|headed|carried out|undertaken|managed)\b(?:(?!on behalf|commission|"
     r"for the)[^.]){0,80}\bevaluation (?:division|directorate|branch|project team|unit)\b", 1.0),
    (r"\binformal assessment\b", 1.0),
)  # fmt: skip
_EXTERNAL = _cues(
    (r"\bexternal (?:\w+ ){0,2}evaluation\b|\bindependent (?:\w+ ){0,2}evaluation\b|"
     r"\b[ée]valuation (?:externe|indépendante)\b|"
     r"\bevaluación (?:final )?(?:externa|independiente)\b", 2.5),
    (r"\bexternal (?:consultant|evaluator|evaluation team)|\bindependent (?:consultant|evaluator|"
     r"publication)|\bconsultants? externe", 2.0),
    (r"\bunder contract\b|\bon behalf of\b|\bteam of (?:consultants|researchers|evaluators)\b|\bconsultancy\b", 0.8),
    (r"\b(?:ltd|llc|inc|gmbh|associates|consulting|consultants?|consultoria|universi\w+)\b", 0.4),
)  # fmt: skip
_OTHERS: dict[str, tuple[tuple[re.Pattern[str], float], ...]] = {
    "proposal": _cues(
        (r"\b(?:project|grant|research|full|technical|funding) proposal\b|\bproposal (?:for|to|title|number|"
         r"acronym)\b|\bthis proposal\b", 1.0),
        (r"\b(?:grant|full|project|funding) application(?: form)?\b|\bapplication form\b|\bconcept note\b|"
         r"\bfunding request\b", 1.0),
        (r"\bproject document\b|\bprodoc\b|\bdescription of (?:the )?action\b|\bdocument de projet\b|"
         r"\bproposition de projet\b|"
         r"\bpropuesta de proyecto\b|\bdemande de (?:financement|subvention)\b|\bdocumento de proyecto\b|"
         r"\bsolicitud de (?:financiamiento|financiación|subvención)\b|\bformulación del proyecto\b|"
         r"\bnote conceptuelle\b|\bnota conceptual\b|\bfiche de projet\b|\bperfil (?:de|del) proyecto\b", 1.0),
        (r"\bname of the applicant\b|\bamount requested\b|\brequested (?:grant )?amount\b|"
         r"\bgrant requested\b|\bproposed (?:project|action)\b|"
         r"\bthe project will\b|\bwe will\b|\bthe action will\b", 0.6),
        (r"\bproposal\b|\bpropuesta\b", 0.7),
        (r"\bapplication (?:to|for) (?:the )?(?:\w+ )*(?:fund|grant)|\bfund application\b", 1.0),
        (r"^call:|\bcall (?:identifier|reference)\b|^acronym:|\bproposal acronym\b|\bconsortium\b", 0.5),
    ),
    "mou": _cues(
        (r"\bmemorand(?:um|a) of (?:understanding|cooperation|agreement)\b|\bprotocole d['’]accord\b|"
         r"\bmemorando de entendimiento\b", 1.2),
        (r"\bthe parties (?:agree|have agreed|hereby)\b|\bhereinafter\b|\bin witness whereof\b", 0.5),
        (r"\bletter of (?:agreement|intent|understanding)\b|\bcooperation agreement\b|\bpartnership agreement\b|"
         r"\bconvention de (?:partenariat|coopération|collaboration)\b|\bconvenio (?:marco )?de (?:cooperación|"
         r"colaboración)\b|\blettre d['’](?:accord|entente|intention)\b|\bcarta de (?:acuerdo|entendimiento)\b", 0.9),
    ),
    "service_contract": _cues(
        (r"\b(?:service|consultancy|services) (?:contract|agreement)\b|"
         r"\bcontract for (?:the )?(?:provision of )?\w* ?services?\b|"
         r"\bcontrat de (?:prestation|services?)\b|\bcontrato de (?:prestación de )?servicios\b", 1.2),
        (r"\bservice provider\b.{0,80}\b(?:shall|agrees)\b|\bthe contractor shall\b", 0.7),
    ),
    "provider_data_tool": _cues(
        (r"\b(?:questionnaire|intake form|screening (?:form|interview)|registration form|interview (?:guide|"
         r"form)|data collection (?:form|tool)|"
         r"assessment form|case (?:file|management) form|monitoring form|survey form|cuestionario|"
         r"formulaire d['’]entretien)\b", 1.0),
        (r"\b(?:interviewer|respondent) (?:name|code|id|number)\b|\bdate of interview\b|\btick (?:one|all|"
         r"the)\b|\bplease (?:tick|specify|indicate)\b", 0.6),
    ),
    "interim_report": _cues(
        (r"\b(?:interim|progress|periodic|quarterly|semi-?annual|half-?year\w*|bi-?annual|monthly|mid-?year|"
         r"status) (?:\w+ ){0,2}(?:report|note|update)\b", 1.2),
        (r"\brapport (?:intermédiaire|d['’](?:avancement|étape)|trimestriel|semestriel)\b|"
         r"\binforme (?:de (?:avance|progreso)|intermedio|trimestral|semestral)\b", 1.2),
        (r"\b(?:mid-?term|annual|inception|steering committee|yearly) (?:\w+ )?report\b|\brapport annuel\b|"
         r"\binforme anual\b", 0.9),
        (r"\b(?:annual|yearly) (?:\w+ ){0,2}results\b|\b(?:donors?|consolidated|results) report\b|"
         r"\b(?:thematic|trust|pooled|multi-?(?:partner|donor)|basket)(?: \w+){0,2} fund"
         r"(?: \w+){0,2} (?:19|20)\d\d\b", 0.7),
        (r"\breporting period\b|\bactivities planned for the next\b|\bnext (?:reporting )?(?:period|"
         r"quarter)\b|\bto date\b", 0.4),
    ),
    "final_report": _cues(
        (r"\bfinal (?:\w+ ){0,2}report\b|\b(?:project )?completion report\b|\bend[- ]of[- ]project report\b|"
         r"\bterminal report\b|\bclosure report\b", 1.1),
        (r"\brapport (?:\w+ )?(?:final|de fin|de clôture|d['’]achèvement)\b|\brelatório final\b|"
         r"\binforme (?:\w+ )?(?:final|de cierre|de finalización)\b", 1.1),
        (r"\bgrant report\b|\bfinal project\b|\breport to (?:the )?donor\b|\bnarrative report\b", 0.7),
    ),
}  # fmt: skip
_NOT_A_PROJECT_DOCUMENT = re.compile(
    r"\b(?:management response|evaluation brief|evaluation summary report|proposal evaluation|"
    r"request for proposals?|call for proposals?|"
    r"invitation to (?:tender|bid)|terms of reference|financial statements|unaudited|auditor|audit (?:report|of)|"
    r"financial accounts|"
    r"annual review|guidelines?|manual|handbook|policy brief|guide de l|learning brief)\b",
    re.IGNORECASE,
)
_RFP_FILE = re.compile(
    r"request[-_ ]for|terms[-_ ]of[-_ ]reference|\btor\b|management[-_ ]response|brief", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Zone:
    """A stretch of text to look for cues in; `span` is None for the file name."""

    kind: str
    text: str
    span: Span | None


@dataclass(slots=True)
class _Tally:
    """The score of a type so far, and the place of its strongest cue."""

    score: float = 0.0
    best: float = 0.0
    span: Span | None = None


def find_type(document: Document, title: str, file: str) -> tuple[str, Span | None]:
    """The document's type and the place that shows it best."""
    zones = list(_zones(document, title, file))
    if _is_something_else(zones, title):
        return OTHER, None
    tallies = {kind: _tally(zones, cues) for kind, cues in _OTHERS.items()}
    evaluation = _tally(zones, _EVALUATION)
    in_title = _tally([zone for zone in zones if zone.kind == "title"], _EVALUATION)
    evaluation.score += in_title.score
    kind, best = max(tallies.items(), key=lambda entry: entry[1].score)
    if evaluation.score >= THRESHOLD and evaluation.score >= best.score and in_title.score + _front_score(zones) > 0:
        return _which_evaluation(zones, evaluation)
    return (kind, best.span) if best.score >= THRESHOLD else (OTHER, None)


def _front_score(zones: list[_Zone]) -> float:
    return _tally([zone for zone in zones if zone.kind in {"first", "file"}], _EVALUATION[:-1]).score


def _is_something_else(zones: list[_Zone], title: str) -> bool:
    """A management response, a call, an audit: what its first lines say, unless the title names a type itself."""
    first = next((zone.text for zone in zones if zone.kind == "first"), "")[:400]
    named = any(pattern.search(title) for cues in _OTHERS.values() for pattern, weight in cues if weight >= 1.0)
    file = next((zone.text for zone in zones if zone.kind == "file"), "")
    opening = bool(_NOT_A_PROJECT_DOCUMENT.search(title) or _NOT_A_PROJECT_DOCUMENT.search(first))
    return (
        opening and not named or bool(_NOT_A_PROJECT_DOCUMENT.search(title)) or bool(_RFP_FILE.search(file) and opening)
    )


def _which_evaluation(zones: list[_Zone], evaluation: _Tally) -> tuple[str, Span | None]:
    internal, external = _tally(zones, _INTERNAL), _tally(zones, _EXTERNAL)
    if internal.score > external.score:
        return "internal_evaluation", internal.span or evaluation.span
    return "external_evaluation", external.span or evaluation.span


def _tally(zones: list[_Zone], cues: tuple[tuple[re.Pattern[str], float], ...]) -> _Tally:
    """Each cue counts once a kind of zone."""
    tally = _Tally()
    for pattern, weight in cues:
        seen: set[str] = set()
        for zone in zones:
            if zone.kind in seen or not (match := pattern.search(zone.text)):
                continue
            seen.add(zone.kind)
            points = weight * ZONE_WEIGHT[zone.kind]
            tally.score += points
            if points > tally.best and zone.span is not None:
                tally.best = points
                tally.span = _within(zone.span, match)
    return tally


def _within(span: Span, match: re.Match[str]) -> Span:
    return Span(span.page, span.start + match.start(), span.start + match.end())


def _zones(document: Document, title: str, file: str) -> Iterator[_Zone]:
    """Title, first page, headings, first pages and file name. Texts are as stored, so places hold."""
    yield _Zone("file", re.sub(r"[-_./]+", " ", file), None)
    if document.pages and title:
        start = document.pages[0].text.find(title)
        span = Span(0, start, start + len(title)) if start >= 0 else None
        yield _Zone("title", title, span)
    headings = [block for block in document.blocks if block.kind in {"title", "heading"}][:MAX_HEADINGS]
    for block in headings:
        yield _Zone("heading", document.text(block.span), block.span)
    left = FRONT_CHARS
    for index, page in enumerate(document.pages[:FRONT_PAGES]):
        if index == 0:
            yield _Zone("first", page.text[:FIRST_PAGE_CHARS], Span(0, 0, len(page.text[:FIRST_PAGE_CHARS])))
        text = page.text[:left]
        left -= len(text)
        if text:
            yield _Zone("front", text, Span(index, 0, len(text)))
