"""Lessons, good practices, conclusions, activities that did not come about: by headings and by what sentences say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.coding.similar import content_words, share
from extractor.coding.typed.units import Unit, read_units
from extractor.coding.wordlist import words
from extractor.model import Source, Span, Vote

CODER = "lists"
ITEM_SCORE, PARAGRAPH_SCORE, SENTENCE_SCORE, LABEL_SCORE = 0.75, 0.55, 0.45, 0.7
MIN_WORDS, MAX_CHARS = 5, 500
SAME = 0.7
MAX_SENTENCES = 12
"""Sentences found by their words alone, not by a heading, that a document may give."""

KEPT_HEADINGS = 1_000
_NOT_OWN = re.compile(
    r"terms of reference|\btor\b|questionnaire|interview guide|m[ée]thodolog|metodolog|references|bibliograph|"
    r"termes de référence|términos de referencia|annex.*tool|"
    r"survey form|dissemination|"
    r"background|literature|data collection|abbreviation|track record|risk",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """How one of the lists is recognised."""

    item: str
    heading: re.Pattern[str]
    label: re.Pattern[str]
    sentence: re.Pattern[str]
    unless: re.Pattern[str]
    name: str
    stems: tuple[str, ...]
    """What a telling sentence must hold; a cheap first look at it."""


KINDS = (
    Kind(
        "lessons_learnt",
        re.compile(r"lessons?\b|leçons?\b|enseignements|retours? d.expérience|lecciones|aprendizajes|"
        r"what we (?:have )?learn", re.IGNORECASE),
        re.compile(
            r"^\W*(?:lesson|leçon|lección)s?(?: learn(?:ed|t))?\s*(?:#|no\.?)?\s*\d{0,2}\s*[:.–-]\s*", re.IGNORECASE
        ),
        re.compile(
            r"\b(?:we (?:have )?learn(?:ed|t) (?:that|to)|(?:a|one|the|another|main|key|important) lesson|"
            r"lessons? (?:learn(?:ed|t) )?(?:is|was|are|were)\b|"
            r"experience (?:has )?show(?:s|n|ed)? that|in retrospect|with hindsight|(?:is|are|was|were) to be avoided|"
            r"proved (?:to be )?(?:crucial|key|essential|more effective)|nous avons appris|hemos aprendido)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"lessons? (?:learn(?:ed|t) )?(?:will|should|must|to be|can be|could be|workshop|report|section|"
            r"and recommendations)|"
            r"(?:share|document|disseminat|identif|captur|collect|exchang|incorporat|integrat)\w* (?:of |the |its |"
            r"and |project |best practices and )*lessons|"
            r"\?$|english lesson|school lesson",
            re.IGNORECASE,
        ),
        "lesson",
        words("learn lesson experience retrospect hindsight avoided proved appris aprendido"),
    ),
    Kind(
        "good_practices",
        re.compile(r"\b(?:good|best|promising|innovative) practices?|bonnes pratiques|pratiques (?:prometteuses|"
        r"novatrices)|buenas prácticas|prácticas prometedoras", re.IGNORECASE),
        re.compile(r"^\W*(?:good|best|promising) practices?\s*\d{0,2}\s*[:.–-]\s*", re.IGNORECASE),
        re.compile(
            r"\b(?:(?:is|was|are|were|as|considered) (?:a |an )?(?:very )?(?:good|best|promising|"
            r"commendable) (?:practices?|example|"
            r"approach)|(?:good|best|promising) practices? (?:is|was|were|are|in terms|includ\w+|such as)|"
            r"stood out as|"
            r"(?:can|could) serve as (?:a |an )?(?:model|example)|examples? of commendable|replicable (?:model|"
            r"approach)|"
            r"bonne pratique|buena práctica)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:should|must|need\w* to|will|would|to be|plans? to|aim\w* to|share|sharing|shared|exchang\w+|"
            r"disseminat\w+|document\w*|collect\w*|"
            r"identify\w*|replicat\w+ (?:of )?best|lack of|adopt\w*|promot\w+|integration of|international|"
            r"according to|standards? and)\b"
            r"[^.]{0,60}practices?|\?$",
            re.IGNORECASE,
        ),
        "good practice",
        words("practice stood serve commendable replicable example approach pratique práctica"),
    ),
    Kind(
        "activities_not_achieved",
        re.compile(
            r"(?:activit|output|result|task|deliverable)\w* (?:that (?:were|was) |which (?:were|"
            r"was) )?not (?:achieved|realis|realiz|carried|implement|complet|"
            r"accomplish)|activités (?:non|pas) (?:réalisées|exécutées|menées)|actividades no (?:realizadas|"
            r"ejecutadas|cumplidas)|what was not|cancelled activit|"
            r"canceled activit",
            re.IGNORECASE,
        ),
        re.compile(r"(?!)"),
        re.compile(
            r"\b(?:(?:was|were|has been|have been|had been|be) (?:then |later |eventually |"
            r"subsequently )?(?:cancel+ed|abandoned|discontinued|dropped|interrupted|"
            r"suspended|put on hold|called off|vetoed)|(?:has|have) been on hold|"
            r"(?:was|were|has|have|had|could|did|would) (?:been )?not (?:be |been |yet been |fully |"
            r"yet )*(?:carried out|take[n]? place|taken place|held|"
            r"implemented|reali[sz]ed|delivered|completed|achieved|accomplished|met\b|followed through|published|"
            r"conducted|materiali[sz]ed?|undertaken|"
            r"formed|signed|organi[sz]ed|executed|started|established|built)|not (?:carried out|achieved|realised|"
            r"realized|implemented)\.|"
            r"(?:has|have|was|were) (?:not been |not )fully (?:completed|implemented|achieved)|did not (?:take place|"
            r"materiali[sz]e|happen|come about|go ahead)|"
            r"failed to (?:take place|materiali[sz]e)|never (?:took place|held|carried out|materiali[sz]ed|published)|"
            r"no bank was found|"
            r"(?:a|ont|n'a pas|n’a pas|n'ont pas|n’ont pas) été (?:annulé\w*|reporté\w*|réalisé\w*)|"
            r"fue(?:ron)? cancelad\w+|no se (?:realiz|llev)\w+)",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:if|unless|should|would|until|may|might|risk|recommend\w*|evaluat(?:ion|ors?) (?:could|did|was|"
            r"were)|interviews?|respondents?|survey data|"
            r"not (?:been )?(?:possible to )?(?:assess|evaluat|verif|interview)\w*|this (?:report|evaluation)|"
            r"data (?:was|were)|households?|"
            r"questionnaires?)\b|\?$",
            re.IGNORECASE,
        ),
        "activity that did not come about",
        (
            *words("cancel abandon discontinu dropped interrupted suspended hold vetoed not failed never annul report"),
            *("called off", "n’", "n'", "no se"),
        ),
    ),
    Kind(
        "conclusions",
        re.compile(r"\bconclusions?\b|conclusiones", re.IGNORECASE),
        re.compile(r"^\W*(?:conclusion|conclusión)\s*(?:#|no\.?)?\s*\d{0,2}\s*[:.–-]\s*", re.IGNORECASE),
        re.compile(
            r"\b(?:(?:we|the (?:evaluation|review|study|team|evaluators?|mission|report)) (?:therefore |thus |also )?"
            r"concludes?d? that|it (?:is|was|can be|may be) (?:therefore |thus )?concluded that|in conclusion\b|"
            r"(?:main|overall|general|first|second|final) conclusion (?:is|was)\b)",
            re.IGNORECASE,
        ),
        re.compile(
            r"conclusions? (?:of|from) (?:an?|the) (?:contract|agreement|trial)|preliminary conclusions will|\?$",
            re.IGNORECASE,
        ),
        "conclusion",
        words("conclu"),
    ),
)  # fmt: skip
_PLANS = frozenset({"proposal", "mou", "service_contract"})


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of a list: its text and place, and how sure."""

    text: str
    span: Span
    score: float
    why: str


def extract(source: Source) -> list[Vote]:
    """Votes for lessons_learnt, good_practices, activities_not_achieved and conclusions."""
    if source.description.type in _PLANS:
        return []
    units = [unit for unit in read_units(source) if not any(map(_of_others, unit.headings))]
    return [
        Vote(kind.item, "", CODER, round(one.score, 4), source.file, one.span, one.why, one.text)
        for kind in KINDS
        for one in distinct([*_headed(kind, units), *_sentences(kind, units)])
    ]


@lru_cache(maxsize=KEPT_HEADINGS)
def _of_others(heading: str) -> bool:
    """Whether what stands under a heading is not the document's own."""
    return _NOT_OWN.search(heading) is not None


def _headed(kind: Kind, units: Sequence[Unit]) -> Iterator[Found]:
    """Items and paragraphs under a heading or lead-in that names the list."""
    for unit in units:
        if unit.kind not in ("list_item", "paragraph"):
            continue
        label = kind.label.match(unit.body)
        if label:
            yield from _entry(unit, unit.body[label.end() :], LABEL_SCORE, f"is labelled as a {kind.name}")
            continue
        if any(other.label.match(unit.body) for other in KINDS if other is not kind):
            continue
        head = _head(kind, unit)
        if not head or unit.level:
            continue
        score = ITEM_SCORE if unit.kind == "list_item" else PARAGRAPH_SCORE
        if kind.item != "lessons_learnt" and KINDS[0].heading.search(head):
            continue
        if re.search(r"recommend", head, re.IGNORECASE) and _PRESCRIBES.search(unit.body):
            score -= 0.3
        yield from _entry(unit, unit.body, score, f"stands under a heading that names {kind.name}s")


_TICKED = re.compile(r"[☐☒☑]")
"""Boxes of a form, whose words are the form's."""
_PRESCRIBES = re.compile(r"\b(?:should|must|needs? to|is needed|recommend)\b", re.IGNORECASE)


def _head(kind: Kind, unit: Unit) -> str:
    """The heading or lead-in that names the kind; "" where none does."""
    lead = unit.lead if unit.kind == "list_item" else ""
    named = [text for text in (lead, *reversed(unit.headings[-2:])) if text and kind.heading.search(text)]
    return named[0] if named and not kind.unless.search(named[0]) else ""


def _entry(unit: Unit, text: str, score: float, why: str) -> Iterator[Found]:
    if len(text.split()) >= MIN_WORDS and not text.endswith((":", "?")) and not _TICKED.search(text):
        yield Found(_short(text), unit.span, score, why)


def _sentences(kind: Kind, units: Sequence[Unit]) -> Iterator[Found]:
    given = 0
    for unit in units:
        lower = unit.text.lower()
        if unit.kind not in ("paragraph", "list_item") or not any(stem in lower for stem in kind.stems):
            continue
        if not kind.sentence.search(unit.text):
            continue
        if any(re.search(r"recommend", heading, re.IGNORECASE) for heading in unit.headings):
            continue
        for index, passage in enumerate(unit.sentences):
            if (
                given >= MAX_SENTENCES
                or _TICKED.search(passage.text)
                or not kind.sentence.search(passage.text)
                or kind.unless.search(passage.text)
            ):
                continue
            text = passage.text
            if len(text.split()) < MIN_WORDS and index:
                text = f"{unit.sentences[index - 1].text} {text}"
            if len(text.split()) >= MIN_WORDS:
                given += 1
                yield Found(_short(text), passage.span, SENTENCE_SCORE, f"a sentence that tells of a {kind.name}")


def _short(text: str) -> str:
    if len(text) <= MAX_CHARS:
        return text.strip()
    stop = text.rfind(". ", 0, MAX_CHARS)
    return text[: stop + 1 if stop > 0 else text.rfind(" ", 0, MAX_CHARS)].strip()


def distinct(found: Iterable[Found]) -> list[Found]:
    """Each entry once, at its surest place, in the document's order."""
    kept: list[tuple[Found, frozenset[str]]] = []
    for one in sorted(found, key=lambda one: -one.score):
        said = content_words(one.text)
        if not any(share(said, other) >= SAME for _, other in kept):
            kept.append((one, said))
    return sorted((one for one, _ in kept), key=lambda one: (one.span.page, one.span.start))
