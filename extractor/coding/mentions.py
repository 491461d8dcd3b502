"""What is mentioned in English but is no evidence of doing: forms, the evaluators' own work, what was cancelled.

And its opposite: the project, its implementer or partners as the subject of a verb of doing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.coding.grammar import Mark, either, forms, word_set

_DONE_BY = word_set(
    "held ran taught gave built wrote brought made set took drew met led paid sent began undertook oversaw chose "
    "continues continued carried identified referred referring refers identifies carries"
) | forms(
    "train conduct develop establish support assist implement deliver complet reach strengthen collaborat cooperat "
    "help publish offer receiv attend participat review design host record collect counsel facilitat integrat "
    "coordinat promot pilot refurbish renovat install financ rais visit provid organiz organis distribut produc "
    "creat launch contribut work involv introduc includ cover fund equipp",
    "ed es s",
)
_PLAIN = (
    r"train|provide|organi[sz]e|support|assist|conduct|deliver|develop|establish|implement|run|offer|help|strengthen|"
    r"promote|distribute|publish|produce|coordinate|cooperate|collaborate|facilitate|refer|receive|fund|host|visit|counsel"
)
_SUBJECT = (
    r"iom|undp|unicef|unodc|unhcr|ilo|ngos?|partners?|grantees?|implementers?|we|consortium|mission|missions|"
    r"(?:the|this|our|its|each)\s+(?:\w+\s+)?(?:project|programme|program|initiative|organi[sz]ation|agency|team|component|"
    r"centre|center|campaign|staff|foundation)|project\s+(?:staff|team|partners|activities|funds?)"
)

INSTRUMENT = (
    Mark(
        frozenset(),
        word_set("please tick choose select check circle specify apply yes interviewee scale strongly skip your you"),
        re.compile(
            r"\bplease\s+(?:specify|choose|select|list|indicate|describe|explain|tick|check|circle|state|rate|answer|"
            r"comment|provide\s+(?:details|examples|your|any|the\s+following)|write|attach|elaborate|enter|fill|share)\b"
            r"|\b(?:tick|choose|select|check|mark|circle)\s+(?:all|one|the\s+box|as\s+many)\b|\ball\s+that\s+appl(?:y|ies)\b"
            r"|\(specify\b|\bspecify\s*\)|\bspecify\s*:|\bspecify\s+(?:types?|which|other|below)\b"
            r"|\bif\s+(?:yes|no|not|other|so)\s*[,:(]?\s*(?:please|what|how|which|why|when|who|specify|go\s+to|skip)\b"
            r"|\byes\s*(?:/|\||\[|\(|_|☐|□)\s*no\b|\bskip\s+to\b|\bstrongly\s+(?:agree|disagree)\b"
            r"|\bon\s+a\s+scale\s+(?:of|from)\b"
            r"|\b(?:do|did|have|has|are|were|would|could|can|will|how|what|why|in)\s+(?:\w+\s+){0,4}?you(?:r)?\b[^.]*\?"
        ),
    ),
)
"""The words of a form, questionnaire or interview guide that a document prints."""

_EVALUATORS = (
    r"evaluators?|evaluation\s+team|review\s+team|reviewers|assessment\s+team|researchers|enumerators|consultants"
)
EVALUATOR = (
    Mark(
        word_set("interviewees enumerators triangulated triangulation"),
        word_set(
            "evaluator evaluators evaluation review reviewers assessment researchers study survey consultants "
            "interviews questionnaire questionnaires interviewed respondents informants informant focus data"
        ),
        re.compile(
            rf"\b(?:{_EVALUATORS})\s+(?:\w+\s+)?(?:interviewed|visited|met|conducted|held|reviewed|collected|used|asked|"
            r"analy[sz]ed|found|noted|observed|examined|considered|assessed|developed|selected|spoke|organi[sz]ed|"
            r"recommends?|believes?|carried)\b"
            r"|\b(?:this|the|our)\s+(?:evaluation|review|study|assessment|survey|desk\s+review|report)\s+(?:\w+ly\s+|also\s+)?"
            r"(?:is\s+based|was\s+based|used|uses|draws|drew|examines?|assesse[sd]|seeks|sought|aims|aimed|covers|covered|"
            r"focuse[sd]|was\s+(?:carried|conducted|commissioned|undertaken)|looked|looks|relied|relies|found|adopted|"
            r"employed|applied|applies)\b"
            r"|\b(?:respondents|interviewees|informants|participants)\s+were\s+(?:\w+\s+)?(?:asked|selected|interviewed|"
            r"sampled|contacted|invited\s+to\s+(?:answer|complete|respond))\b"
            r"|\b(?:key\s+informant|semi-?\s?structured|in-?\s?depth|face-?\s?to-?\s?face|telephone|stakeholder)\s+interviews?\b"
            r"|\binterviews?\s+(?:were|was|with|and\s+(?:focus|group|site|field))\b"
            r"|\bfocus\s+group(?:s|\s+discussions?)?\s+(?:were|was|with|and\s+interviews)\b"
            r"|\bwere\s+interviewed\b|\b(?:of|by)\s+(?:the\s+)?(?:survey\s+)?respondents\b|\bsurvey\s+respondents?\b"
            r"|\bquestionnaires?\s+(?:was|were)\s+(?:\w+\s+)?(?:sent|distributed|administered|returned|completed|designed)\b"
            r"|\bsurvey\s+(?:was|were)\s+(?:\w+\s+)?(?:sent|administered|conducted|completed|distributed)\b"
            r"|\bdata\s+(?:was|were)\s+(?:\w+\s+)?(?:analy[sz]ed|coded|triangulated|cleaned|collected\s+(?:through|from|by))\b"
        ),
    ),
)
"""The evaluation's own work: its interviews, surveys and samples."""

CANCELLED = (
    Mark(
        word_set(
            "canceled cancelled cancellation postponed postponement abandoned shelved discontinued aborted suspended "
            "rescheduled scrapped"
        ),
        word_set("dropped withdrawn not never instead failed yet hold t"),
        re.compile(
            r"\b(?:was|were|been|had\s+to\s+be|is|are)\s+(?:\w+ly\s+|also\s+|then\s+)?(?:dropped|withdrawn)\b"
            r"|\bdropped\s+(?:from\s+the|for\s+lack|because|due)\b"
            r"|\b(?:not|never|yet\s+to\s+be|n't)\s+(?:yet\s+)?(?:be\s+|been\s+|been\s+fully\s+)?(?:carried\s+out|held|conducted|"
            r"implemented|done|completed|undertaken|established|achieved|delivered|reali[sz]ed|take\s+place|taken\s+place|"
            r"took\s+place|started|begun|begin|launched|materiali[sz]ed?|set\s+up|organi[sz]ed|produced|published|opened|"
            r"provided|trained|built|developed|signed|approved|adopted|funded|used|go\s+ahead|happen(?:ed)?)\b"
            r"|\binstead\s+of\b|\bfailed\s+to\s+(?:take\s+place|materiali[sz]e|start|deliver)\b|\b(?:put|placed)\s+on\s+hold\b"
        ),
    ),
)
"""Planned, and then not done, or not yet."""

SAID = (
    Mark(
        frozenset(),
        word_set(
            "respondents respondent interviewees interviewee informants informant stakeholder stakeholders "
            "said says words felt perceived reportedly allegedly"
        ),
        re.compile(
            r"\b(?:respondents?|interviewees?|informants?|stakeholders?)\s+(?:\w+\s+){0,2}?(?:said|felt|thought|believed?|"
            r"reported|mentioned|noted|stated|stressed|indicated|perceived?|suggested|complained|agreed|expressed|"
            r"considered|pointed|emphasi[sz]ed|highlighted)\b"
            r"|\bin\s+the\s+words\s+of\b|\b(?:reportedly|allegedly)\b|[,”\"]\s*(?:said|says)\s+(?:a|an|one|the)\b"
        ),
    ),
)
"""What people whom the evaluation asked said."""

CONTINUING = Mark(
    frozenset(),
    word_set("continue continues continued remain remains still keeps kept goes"),
    re.compile(
        r"\bcontinue[sd]?\s+to\s+(?!be\b|need|lack|face|suffer|experience|exist|remain|become|grow|increase|rise)\w{3,}"
        r"|\bcontinue[sd]?\s+to\s+be\s+(?!trafficked|exploited|needed)\w{3,}ed\b"
        r"|\b(?:continue[sd]?|keeps|kept|goes)\s+(?:on\s+)?(?!during|being|growing|increasing|rising)\w{3,}ing\b"
        r"|\b(?:remain(?:s|ed)?|(?:is|are|was|were)\s+still)\s+(?:\w+ly\s+)?(?:in\s+(?:use|place|operation|force|service)|"
        r"used|operational|operated|active|functional|functioning|open|available|running|maintained|run)\b"
        r"|\bstill\s+(?:operates?|runs?|uses?|works?|functions?|offers?|provides?|trains?|meets?)\b"
    ),
)
"""What was done and still is."""

SUBJECT = (
    Mark(
        frozenset(),
        word_set(
            "iom undp unicef unodc unhcr ilo ngo ngos partner partners grantee grantees implementer implementers we "
            "consortium mission missions project programme program initiative organization organisation agency team "
            "component centre center campaign staff foundation"
        ),
        re.compile(
            rf"\b(?:{_SUBJECT})(?:\s+(?!to\b|should\b|will\b|would\b|must\b|not\b|may\b|might\b|could\b|shall\b|by\b|of\b|"
            rf"that\b|which\b|on\b)[\w-]+){{0,3}}?\s+(?:{either(_DONE_BY)})\b"
            rf"|\b(?:we|partners|ngos|grantees|implementers|missions|staff)\s+(?:also\s+|now\s+|\w+ly\s+)?(?:{_PLAIN})\b"
        ),
    ),
)
"""A doer of the project with its verb within four words."""

MENTIONS: Mapping[str, tuple[Mark, ...]] = {
    "instrument": INSTRUMENT,
    "evaluator": EVALUATOR,
    "cancelled": CANCELLED,
    "said": SAID,
    "subject": SUBJECT,
}
