"""How documents speak of where a project works: labels, and words near a country's name."""

from __future__ import annotations

import re

LABEL = re.compile(
    r"(?:(?:project|benefit(?:t?ing|ed)|beneficiary|target(?:ed)?|partner|implementing|participating|covered|main|host)\s+)?(?:countr(?:y|ies)(?:\s+or\s+region)?"
    r"(?:\s*\(ies\)|\(s\))?|geographic(?:al)?\s+(?:coverage|scope|area|location|focus)|locations?(?:\s+of\s+(?:the\s+)?(?:action|project|programme))?|"
    r"project\s+(?:sites?|areas?|location)|benefit(?:t?ing|ed)\s+states?|states?\s+covered|pays(?:\s+bénéficiaires?|\s+couverts?|\s+concernés?)?|país(?:es)?(?:\s+(?:beneficiarios?|cubiertos?))?|"
    r"couverture\s+géographique|cobertura\s+geográfica|ubicación|countries\s+covered)(?:\(s\)|\(ies\))?",
    re.IGNORECASE,
)
LABEL_WORDS = (
    "countr",
    "geograph",
    "location",
    "sites",
    "site",
    "area",
    "states",
    "pays",
    "país",
    "paises",
    "géograph",
    "ubicación",
    "geográf",
)
WORLDWIDE = re.compile(r"\b(?:global(?:ly)?|worldwide|world-wide|headquarters)\b", re.IGNORECASE)
COVERS = re.compile(
    r"\b(?:covers?|covered|covering|implemented\s+in|carried\s+out\s+in|active\s+in|takes?\s+place\s+in|took\s+place\s+in|in\s+the\s+following\s+countries|"
    r"countries\s+(?:of|are|were|include|including|involved|covered)|project\s+countries|target(?:ed)?\s+countries|participating\s+countries|"
    r"se\s+concentre\s+sur|mis\s+en\s+[œo]+uvre\s+(?:en|au|dans)|implementad[oa]\s+en|ejecutad[oa]\s+en|including|between)\b",
    re.IGNORECASE,
)
NOT_HERE = re.compile(
    r"(?:\b(?:government|governments|embassy|embassies|kingdom|donors?|fund(?:ed|s|ing)?(?:\s+by)?|financed\s+by|supported\s+by|ministry\s+of\s+foreign\s+affairs|"
    r"university|universities|press|headquarters|office\s+in\s+geneva|based\s+in|agency|aid|published\s+in|printed\s+in|tel|fax|contribution|"
    r"born\s+in|compared\s+to|unlike|such\s+as|e\.g\.|copyright|academy|institute|golfe|golfo|gulf)\b(?:\s+(?:of|by|from|in|the|and|to|de|du|del))*\s*(?:the\s+|l['’])?)$",
    re.IGNORECASE,
)
NOT_AFTER = re.compile(
    r"^(?:['’]s)?\s+(?:embassy|government|agency|ministry|university|press|aid|donors?|fund(?:s|ed|ing)?|dollars?|kroner|development\s+cooperation)\b|^\)?[,-]?\s*funded",
    re.I,
)  # noqa: E501
REGIONAL = re.compile(
    r"\b(?:regional\s+(?:\w+\s+)?(?:project|programme|program|initiative|response|approach)|cross-?border\s+project|multi-?country|"
    r"(?:selected|several|participating|partner)\s+countries|sub-?region(?:al)?|projet\s+régional|"
    r"proyecto\s+regional)\b", re.IGNORECASE
)  # fmt: skip
GLOBAL = re.compile(
    r"\b(?:global\s+(?:programme|program|project|fund|evaluation|coverage|framework)|around\s+the\s+(?:globe|world)|worldwide|across\s+the\s+world|"
    r"corporate|institution(?:al)?-wide|meta-?evaluation|all\s+regions)\b", re.IGNORECASE
)  # fmt: skip
SKIPPED_HEADINGS = re.compile(
    r"\b(?:reports published|references|bibliograph|acronyms|abbreviations|other projects|experience|"
    r"list of|terms of reference|annex|appendix|track record)\b",
    re.IGNORECASE,
)
