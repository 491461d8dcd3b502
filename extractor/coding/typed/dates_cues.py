"""How documents speak of a project's dates: labels, and words near a date that say what it is."""

from __future__ import annotations

import re

START_LABEL = re.compile(
    r"(?:(?:actual|effective|planned|original|project|expected|agreement|contract|grant|programme|program|implementation|official)\s+){0,3}"
    r"(?:start(?:ing)?(?:\s+(?:date|up))?|commencement(?:\s+date)?|begin(?:ning)?(?:\s+date)?|launch\s+date|effective\s+date|inception\s+date|"
    r"date\s+(?:of\s+)?(?:commencement|start|effectiveness)|start[- ]?up\s+date|"
    r"from)(?:\s+of\s+(?:the\s+)?(?:project|action|programme))?"
    r"|date\s+de\s+(?:début|démarrage|commencement)|fecha\s+de\s+(?:inicio|comienzo)|data\s+de\s+início|début",
    re.IGNORECASE,
)
END_LABEL = re.compile(
    r"(?:(?:actual|planned|original|revised|project|expected|agreement|contract|grant|programme|program|implementation|new|extended)\s+){0,3}"
    r"(?:end(?:ing)?(?:\s+date)?|completion(?:\s+date)?|clos(?:ing|ure)\s+date|finish\s+date|expiry\s+date|expiration\s+date|"
    r"date\s+of\s+(?:completion|end|closure)|until)(?:\s+of\s+(?:the\s+)?(?:project|action|programme))?"
    r"|date\s+de\s+(?:fin|clôture|achèvement)|fecha\s+de\s+(?:finalización|fin|cierre|término|terminación)|data\s+de\s+(?:fim|término)",
    re.IGNORECASE,
)
PERIOD_LABEL = re.compile(
    r"(?:(?:project|programme|program|implementation|grant|funding|action|event|activity|evaluated|total|planned|project['’]s)\s+){0,2}"
    r"(?:(?:implementation\s+|project\s+|funding\s+)?(?:period|duration|dates?|time\s?frame|timeline|cycle|lifetime)|duration)"
    r"(?:\s+of\s+(?:the\s+)?(?:project|action|programme|program|implementation|intervention|grant|contract))?"
    r"|implementation|start\s+and\s+end(?:\s+dates?)?(?:\s+of\s+the\s+(?:project|action))?|project\s+dates"
    r"|period\s+of\s+(?:implementation|performance|the\s+project)|years?\s+of\s+implementation|"
    r"(?:durée|période)(?:\s+(?:du\s+projet|de\s+mise\s+en\s+[œo]+uvre|d['’]exécution|de\s+l['’]action))?|"
    r"(?:duración|per[ií]odo)(?:\s+(?:del\s+proyecto|de\s+(?:ejecución|implementación)))?|duração|período",
    re.IGNORECASE,
)
NOT_THE_PROJECT = re.compile(
    r"\b(?:evaluation\s+(?:was|took|period|dates?|team|is|will|mission|covered)|field\s?(?:work|visits?|missions?)|data\s+collection|interviews?|survey(?:ed|s)?\b|"
    r"evaluators?|consultan(?:t|cy)|reporting\s+period|workshops?|training\s+(?:was|took)|conference|meeting|this\s+report|"
    r"baseline|endline|midline|recall\s+period|strategic\s+plan|national\s+(?:action\s+)?plan|national\s+strategy|elections?|civil\s+war|conflict|census|population|"
    r"publish|footnote|accessed|retrieved|MDGs?|sustainable\s+development\s+goals|between\s+\d+\s+and|study\s+(?:was|took|period))",
    re.IGNORECASE,
)
PLAN = re.compile(r"\b(?:strateg\w+|plan)\b", re.IGNORECASE)
REPORTING = re.compile(
    r"\b(?:reporting|this|third|second|first|review)\s+period|\bperiod\s+(?:under|covered)", re.IGNORECASE
)
PROJECT = re.compile(
    r"\b(?:projects?|pilots?|schemes?|programmes?|programs?|initiative|action|grant|intervention|implement\w*|portfolio|phase|funded|funds?|funding|received|"
    r"projets?|programme|proyectos?|programa|mise\s+en\s+[œo]+uvre|ejecución)\b",
    re.IGNORECASE,
)
TROUBLE = re.compile(
    r"\b(?:challenges|delays?|restrictions|lockdowns?|pandemic|epidemic|crisis|drought|suspen\w+)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
"""What befell a project in a time, which is not the project's time."""
WHOLE = re.compile(
    r"\b(?:(?i:projects?|programmes?|programs?|pilots?|initiative|schemes?|interventions?|implementation|phase|grant|fund|action|operation|"
    r"projets?|proyectos?|programas?|piloto)|[A-Z]{3,})\b"
)
"""What may start or end as a whole."""
PART = re.compile(
    r"\b(?:sessions?|deliver(?:y|ies)|distributions?|train\w*|coaching|courses?|class(?:es)?|surveys?|constructions?|works|recruitment|"
    r"procurement|enrol\w*|campaigns?|contracts?|visits?|transfers?|payments?|selection|registration|component|school\s+year|"
    r"reviews?|evaluations?|stud(?:y|ies)|reports?|strateg(?:y|ies)|consultations?|negotiations?|assessments?|broadcasts?|formations?|capacitaci\w+|talleres|ateliers?)",
    re.IGNORECASE,
)
"""What a project does, which starts and ends in between."""
ACCOUNTS = re.compile(
    r"\baudit\w*|\bfinancial\s+statements?\b|\bannual\s+accounts\b|\bcuentas\s+anuales\b", re.IGNORECASE
)
OTHER_PROJECT = re.compile(
    r"\b(?:previous|earlier|other|similar|another|former|next|new|future|follow-?up|sister|related|subsequent|proposed\s+second)\s+(?:\w+\s+)?"
    r"(?:projects?|programmes?|phases?|programs?)\b",
    re.IGNORECASE,
)
NOUN_BEFORE = re.compile(
    r"\b(?:projects?|programmes?|programs?|cycle|initiative|portfolio|projets?|proyectos?|programa|ciclo)[\s(,:–—-]{1,3}$",
    re.IGNORECASE,
)
NAMED_PROJECT = re.compile(
    r"[“«\"‘](?P<name>[^“”«»\"’]{2,120})[”»\"’]\s+(?:project|programme|program|initiative)\b"
    r"|\b(?:project|programme|program)\s+[“«\"‘](?P<other>[^“”«»\"’]{2,120})[”»\"’]",
    re.IGNORECASE,
)
THIS_PROJECT = re.compile(r"\b(?:current|present|this|actual|en\s+cours)\b", re.IGNORECASE)
PHASE = re.compile(r"\bphase\s+(?:one|1|i|two|2|ii|three|3|iii)\b", re.IGNORECASE)
START_CUE = re.compile(
    r"\b(?:start(?:ed|s|ing)?|launched|began|begin(?:s|ning)?|commenced|initiated|inception|"
    r"operational\s+since|effective|kick(?:ed)?[- ]off|"
    r"established|introduced|since|onwards|débuté|démarré|lancé|commencé|inició|comenzó|lanzado|iniciado)\b",
    re.IGNORECASE,
)
END_CUE = re.compile(
    r"\b(?:end(?:ed|s|ing)?|end\s+date|completed|completion|conclud(?:ed|es)|clos(?:ed|es|ing|ure)|finish(?:ed|es)|terminat(?:ed|es)|"
    r"expir(?:ed|es)|until|till|achevé|terminé|finalizó|terminó|concluyó|clôturé)\b",
    re.IGNORECASE,
)
EXTENSION = re.compile(
    r"\b(?:exten(?:d|ds|ded|sions?)|prolong\w*|no[- ]cost|NCE\b|"
    r"avenant|pr[oó]rrog\w*|ampliad[oa]|extendid[oa]|extensión|amendment)\b",
    re.IGNORECASE,
)
UNTIL = re.compile(
    r"\b(?:until|till|to|through|up\s+to|by|jusqu['’](?:au|en|à)|hasta|au|a|end(?:ing|s)?)\s+(?:the\s+)?(?:end\s+(?:of\s+)?)?(?:a\s+period\s+up\s+to\s+)?$",
    re.IGNORECASE,
)
NO_COST = re.compile(r"\bno[- ]cost|\bNCE\b|sans\s+(?:coût|frais)|sin\s+costo", re.IGNORECASE)
NOT_GRANTED = re.compile(
    r"\b(?:requested?|under\s+review|proposed?|consider\w*|not\s+(?:been\s+)?(?:granted|approved)|recommend\w*|should|propos\w+)\b",
    re.I,
)  # noqa: E501
PLANNED_LABEL = re.compile(r"planned|original|expected|initial", re.IGNORECASE)
REVISED_LABEL = re.compile(r"revised|actual|new|extended", re.IGNORECASE)
DIGITS = re.compile(r"(?:19|20)\d\d")
LABEL_WORDS = (
    "start",
    "commenc",
    "begin",
    "launch",
    "effective",
    "inception",
    "from",
    "début",
    "démarrage",
    "inicio",
    "início",
    "comienzo",
    "end",
    "completion",
    "clos",
    "finish",
    "expir",
    "until",
    "fin",
    "cierre",
    "término",
    "termin",
    "achèv",
    "period",
    "duration",
    "date",
    "timeframe",
    "time frame",
    "timeline",
    "cycle",
    "years of",
    "durée",
    "période",
    "duración",
    "duração",
    "período",
    "lifetime",
)
