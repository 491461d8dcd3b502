"""What a sentence says of doing: done, planned, asked for, negated, by whom. Mention is not evidence.

Cheap marks, not grammar: each is a pattern whose presence is a feature of rules and combiner. English stands here,
other languages beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.coding.grammar import Grammar, Mark, word_set
from extractor.coding.mentions import CONTINUING, MENTIONS
from extractor.coding.sentence_es import SPANISH
from extractor.coding.sentence_fr import FRENCH
from extractor.model import BlockKind

_OF_THE_PROJECT = (
    r"project|programme|program|iom|implementers?|mission|agency|initiative|grantees?|consortium|team|component|"
    r"campaign|undp|unicef|unodc|ngo"
)
_MANY_OF_THE_PROJECT = (
    r"we|partners|staff|activities|teams|grantees|implementers|ngos|workshops|trainers|case\s+managers"
)
_SINGULAR = (
    r"train|provide|organi[sz]e|support|assist|conduct|deliver|develop|establishe?|implement|integrate|run|offer|help|"
    r"strengthen|promote|distribute|publishe?|produce|coordinate|cooperate|collaborate|facilitate|refer|receive|monitor|"
    r"maintain|operate|finance|fund|host|build|equip|raise|protect|return|reache?|contribute|work|cover|pay|teache?|"
    r"hold|carrie|identifie|prepare|pilot|create|design|set|bring|give|make|collect|record"
)
_PLURAL = (
    r"train|provide|organi[sz]e|support|assist|conduct|deliver|develop|establish|implement|integrate|run|offer|help|"
    r"strengthen|promote|distribute|publish|produce|coordinate|cooperate|collaborate|facilitate|refer|receive|monitor|"
    r"maintain|operate|finance|fund|host|build|equip|raise|protect|return|reach|contribute|work|cover|pay|teach|"
    r"hold|carry|identify|prepare|pilot|create|design|set|bring|give|make|collect|record|visit|counsel"
)
_ADVERB = r"(?:(?:also|now|currently|\w+ly)\s+)?"

_AUXILIARIES = "was|were|been|has|have|had"


_ENDED_STEMS = word_set(
    "conduct train provid develop organiz organis establish support assist distribut implement produc deliver creat "
    "launch complet reach strengthen collaborat cooperat help publish carri offer receiv attend participat review "
    "design hir hosted record collect counsel referr return identifi involv facilitat integrat equipp coordinat "
    "promot pilot refurbish renovat install financ rais visit"
)


def _forms(verbs: str, ending: str) -> frozenset[str]:
    """The words that a pattern of verbs writes: "organi[sz]e" and "reache?" are two each."""
    forms: set[str] = set()
    for verb in verbs.split("|"):
        for spelt in (verb.replace("[sz]", "s"), verb.replace("[sz]", "z")):
            forms |= {spelt.replace("e?", "e") + ending, spelt.replace("e?", "") + ending}
    return frozenset(forms)


MARKS: Mapping[str, tuple[Mark, ...]] = {
    "done": (
        Mark(
            word_set("held ran taught gave built wrote brought")
            | {stem + ending for stem in _ENDED_STEMS for ending in ("d", "ed", "ied")},
            word_set("drew took made paid set"),
            re.compile(
                r"\b(?:drew\s+up|took\s+part|made\s+available|paid\s+for)\b"
                r"|(?<!\bto\s)\bset\s+up\b"
            ),
        ),
        Mark(
            frozenset(),
            word_set(_AUXILIARIES),
            re.compile(
                rf"\b(?:{_AUXILIARIES})\s+(?:\w+ly\s+|also\s+|been\s+)?"
                r"(?:\w{3,}ed|held|given|built|made|set|run|met|taught|drawn|begun|undertaken|written|brought|sent|shown|"
                r"taken)\b"
            ),
        ),
        Mark(
            frozenset(),
            _forms(_SINGULAR, "s"),
            re.compile(rf"\b(?:{_OF_THE_PROJECT})\s+{_ADVERB}(?:{_SINGULAR})s\b"),
        ),
        Mark(
            frozenset(),
            _forms(_PLURAL, ""),
            re.compile(rf"\b(?:{_MANY_OF_THE_PROJECT})\s+{_ADVERB}(?:{_PLURAL})\b"),
        ),
        Mark(
            frozenset(),
            word_set("mandated responsible tasked charge charged being"),
            re.compile(
                r"\b(?:is|are)\s+(?:\w+ly\s+)?(?:mandated|responsible\s+for|tasked|in\s+charge\s+of|charged\s+with)\b"
                r"|\b(?:is|are)\s+(?:currently\s+|now\s+)?being\s+\w{3,}ed\b"
            ),
        ),
        CONTINUING,
    ),
    "planned": (
        Mark(
            word_set("will shall would planned intends intend intended envisaged foreseen anticipated"),
            word_set("plan plans aim aims seek seeks expected propose proposes be"),
            re.compile(
                r"\b(?:plans?\s+to|aims?\s+(?:to|at)|seeks?\s+to|expected\s+to|proposes?\s+to|is\s+to\s+be|"
                r"are\s+to\s+be)\b"
            ),
        ),
    ),
    "advised": (
        Mark(
            word_set("should ought must advisable urge urges urged"),
            word_set("encourage encouraged need needs suggested necessary important could might"),
            re.compile(
                r"\b(?:encouraged?\s+to|needs?\s+to|is\s+suggested|it\s+is\s+(?:necessary|important)\s+(?:to|that)|"
                r"could\s+(?:be|usefully|consider)|might\s+consider)\b"
            ),
        ),
    ),
    "negated": (
        Mark(
            word_set("never without lack lacked lacks lacking neither nor insufficient inadequate limited"),
            word_set("not no absence failed unable t"),
            re.compile(
                r"\b(?:not(?!\s+only)|no\s+(?:evidence|information|data|records?|funding|budget|longer|such|formal|"
                r"specific)|absence\s+of|failed\s+to|unable\s+to|"
                r"(?:did|was|were|could|has|have|had|does|do|is|are)n't)\b"
            ),
        ),
    ),
    "other": (
        Mark(
            frozenset(),
            word_set("other another similar parallel previous earlier future existing"),
            re.compile(
                r"\b(?:other|another|similar|parallel|previous|earlier|future|existing)\s+(?:\w+\s+)?"
                r"(?:projects?|programmes?|programs?|organi[sz]ations?|donors?|agenc(?:y|ies)|countries|initiatives?|"
                r"actors)\b"
            ),
        ),
    ),
    "actor": (
        Mark(
            word_set(
                "project programme program iom implementing implementer implementers partner partners mission agency "
                "initiative we our grantee grantees consortium team staff activities component campaign workshop "
                "workshops undp unicef unodc ngo ngos"
            )
        ),
    ),
    "defined": (
        Mark(
            word_set("definition defines"),
            word_set("defined refers mean article protocol convention according"),
            re.compile(
                r"\b(?:is\s+defined|are\s+defined|refers\s+to|shall\s+mean|article\s+\d|protocol\s+to|convention\s+on|"
                r"according\s+to\s+(?:the\s+)?(?:protocol|act|law))\b"
            ),
        ),
    ),
    **MENTIONS,
}
"""Name of the mark -> what bears it, over the folded, lower-case text. Questions are a mark of their own: "asked"."""

_WORD = re.compile(r"\w+")
_ADVICE = re.compile(r"\brecommend\w*\b")
_QUESTION = re.compile(r"\s*(?:to\s+what\s+extent|how\s|what\s|which\s|did\s|does\s|has\s+the)")
_FOLLOWED = re.compile(
    r"\b(?:as|following|in\s+line\s+with|in\s+response\s+to|based\s+on|acting\s+on)\s+"
    r"(?:(?:the|a|an|its|earlier)\s+)*recommend\w*"
)
"""Advice that was taken: what follows from it was done."""
ENGLISH = Grammar(MARKS, ("recommend",), _ADVICE, _FOLLOWED, _QUESTION)
GRAMMARS: Mapping[str, Grammar] = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH}
_COUNT = re.compile(r"(?<![\d.,/:-])(?!(?:19|20)\d\d\b)\d[\d,]*(?![\d./:-]*\d)(?!\.\d)")
"""A figure that counts something: no year, date, or number of a section."""
_LABEL_END = re.compile(r"(?::|\s[-–=])\s*$")
_LABEL_WORD = re.compile(r"[a-z]{3,}")
_ONE_FIGURE = re.compile(r"(\d[\d,]*)\b(?:\s+\w+){0,3}\s*[.;]?\s*$")
"""What follows the label in a line of indicators: "victims identified: 88"."""
_DIGIT = re.compile(r"\d")


def sentence_marks(folded: str, kind: BlockKind = "paragraph", language: str = "en") -> frozenset[str]:
    """The names of the marks that a passage (through `fold_case`) bears; of an unknown language, by English words."""
    grammar = GRAMMARS.get(language, ENGLISH)
    words = set(_WORD.findall(folded))
    marks = {name for name, ways in grammar.marks.items() if any(mark.is_borne(words, folded) for mark in ways)}
    if _is_advised("advised" in marks, folded, grammar):
        marks.add("advised")
    else:
        marks.discard("advised")
    if folded.rstrip().endswith("?") or grammar.question.match(folded):
        marks.add("asked")
    if "done" not in marks and _counts(folded, kind):
        marks.add("done")
    return frozenset(marks)


def _is_advised(otherwise: bool, folded: str, grammar: Grammar) -> bool:
    """Whether something is asked for; advice that was followed is done, and asks for nothing more."""
    if not any(stem in folded for stem in grammar.advice_stems) or not grammar.advice.search(folded):
        return otherwise
    rest, followed = grammar.followed.subn(" ", folded)
    if not followed:
        return True
    if grammar.advice.search(rest):
        return True
    words = set(_WORD.findall(rest))
    return any(mark.is_borne(words, rest) for mark in grammar.marks["advised"])


def _counts(folded: str, kind: BlockKind) -> bool:
    """Whether it is a row of a table or a line of indicators with a figure: what is counted was done or is a target."""
    if kind == "table_row":
        return bool(_COUNT.search(folded))
    digit = _DIGIT.search(folded)
    if digit is None:
        return False
    figure = _ONE_FIGURE.match(folded, digit.start())
    if figure is None or not _is_label(folded[: digit.start()]):
        return False
    return bool(_COUNT.search(figure.group(1)))


def _is_label(before: str) -> bool:
    """Whether the words before a line's first figure are a label: "victims identified:"."""
    mark = _LABEL_END.search(before)
    if mark is None:
        return False
    label = before[: mark.start()]
    return ":" not in label and _LABEL_WORD.search(label) is not None
