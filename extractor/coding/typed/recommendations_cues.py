"""The words that recommendations are told by: headings, labels, lead-ins, verbs; and what speaks against them."""

from __future__ import annotations

import re

from extractor.coding.wordlist import words

CHAPTER = re.compile(
    r"recommend(?!ed (?:reading|citation))|recommand|recomend|way forward|^suggestions?\b|areas? for improvement|"
    r"necessary improvements|pistes d.am[ée]lioration|^propositions?\b|^sugerencias?\b|^propuestas?\b|"
    r"(?:pasos a seguir|pr[óo]ximos pasos)",
    re.IGNORECASE,
)
NOT_OWN = re.compile(
    r"terms of reference|\btor\b|termes de référence|términos de referencia|questionnaire|interview guide|methodolog|"
    r"references|"
    r"bibliograph|previous|earlier|précédente|anterior(?:es)?\b|background|abbreviations|acronyms|tool\b|checklist|guidance|sources",
    re.IGNORECASE,
)
OF_OTHERS = re.compile(
    r"(?:recommendations?|recommandations?|recomendaciones)\b.{0,30}\b(?:of|from|de|del)\s(?:the\s|la\s)?"
    r"(?:last|past|19\d\d|20\d\d)\b",
    re.IGNORECASE,
)
"""A heading of what an earlier document recommended."""
LEAD = re.compile(r"\b(?:recommendations|recommandations|recomendaciones)\b|\brecommends?\b", re.IGNORECASE)
RESPONSE = re.compile(
    r"management response|follow[- ]?up (?:of|on|to)|implementation of|key actions?|status", re.IGNORECASE
)
_LABEL_WORD = (
    r"(?:(?:evaluation|key|main|overall|general|specific|strategic)\s)?"
    r"(?:recommendation|recommandation|recomendaci[óo]n)"
)
LABEL = re.compile(
    rf"^\W*{_LABEL_WORD}s?\s*(?:or issue\s*)?(?:#|no\.?|n[°º]\.?)?\s*(?P<no>[A-Z]?\d{{1,2}}(?:\.\d{{1,2}})?|"
    rf"[IVX]{{1,4}}|[A-H])?(?:(?:,|\s(?:and|&|to|et|y|à|a))\s\d{{1,2}})*\s*"
    r"(?P<to>\([^)]{2,60}\))?\s*(?P<mark>[:.–—-]|$)+\s*",
    re.IGNORECASE,
)
LABEL_AT = re.compile(rf"(?:^|(?<=\n)|(?<=[.)] )){_LABEL_WORD}s?\s*(?:#|no\.?|n[°º]\.?)?\s*\d{{1,2}}\b", re.IGNORECASE)
SHORT_CODE = re.compile(r"^\W*R\.?\s?\d{1,2}\s?[:.)–-]\s*")
RUN_IN = re.compile(
    r"^\W*(?:main|key|principal)?\s?(?:recommendations?|recommandations?|recomendaciones)\s?[.:–]\s+(?=\w)",
    re.IGNORECASE,
)
PRESCRIBES = re.compile(
    r"\b(?:should|shall|must|needs? to|needed|ought to|has to|have to|recommend(?:s|ed)?|necessary|required|crucial|"
    r"essential|"
    r"would benefit|encouraged? to|advis(?:e[sd]?|able)|worth|better to|could be|be (?:considered|strengthened|"
    r"improved|established|developed)|"
    r"devra(?:it|ient|ont)?|doit|doivent|convient|recommand(?:e|ons|ent|é|ée)|debe(?:n|ría|rían|rá|rán)?|"
    r"recomienda\w*|recomendamos|conviene|es (?:necesario|importante|recomendable)|se sugiere|hay que|il (?:faut|"
    r"importe)|est (?:nécessaire|souhaitable|recommandé)|endorses|supports)\b",
    re.IGNORECASE,
)
_OPENERS = (
    r"^(?:\W*(?:to [^:]{3,80}|[A-Z][^:.]{2,60}):\s*)?(?:also |further |actively |proactively |clearly |regularly |"
    r"gradually |better |to |de |d’|d')?"
)
_VERBS = frozenset(
    words(
        "abolish accelerate acknowledge activate adapt add address adjust adopt advocate agree align allocate "
        "analyse analyze anchor apply appoint arrange assess assign assist attract avoid begin bring broaden "
        "build capitalise capitalize carry clarify clear close collect combine communicate compare complete "
        "conduct confirm consider consolidate consult continue contract convene cooperate coordinate count "
        "create decide dedicate deepen define delegate deliver demonstrate design determine develop devote "
        "differentiate disseminate diversify document draft draw elaborate embed emphasise emphasize empower "
        "enable encourage engage enhance ensure equip establish evaluate examine expand explain explore "
        "extend facilitate fill finalise finalize fix focus follow formalise formalize formulate foster fund "
        "gather generate give guarantee guide harmonise harmonize help hire hold identify implement improve "
        "include incorporate increase inform initiate insist install institutionalise institutionalize "
        "integrate intensify introduce invest invite involve join keep launch leverage liaise limit link "
        "listen lobby look mainstream maintain make map maximise maximize measure meet merge mobilise "
        "mobilize monitor motivate move negotiate nominate oblige obtain offer open organise organize pay "
        "pilot plan position prepare preserve prevent prioritise prioritize produce promote protect provide "
        "publish put raise reach recognise recognize reconsider recruit reduce refine refocus refrain "
        "register reinforce reorganise reorganize replicate report request require respect respond "
        "restructure resume retain rethink review revise reward rotate safeguard scale secure seek select "
        "send sensitise sensitize separate set share show simplify solicit specify speed standardise "
        "standardize start stop streamline strengthen structure study supplement support sustain systematise "
        "systematize tailor take target test track train transfer translate turn undertake update upgrade use "
        "utilise utilize verify widen work "
        "accompagner accroître accélérer adapter adopter allouer améliorer appuyer associer assurer augmenter "
        "capitaliser clarifier collecter compléter concevoir consolider continuer coordonner créer documenter "
        "définir développer diffuser diversifier doter élaborer élargir encourager établir étendre évaluer "
        "faciliter favoriser finaliser former formaliser formuler garantir harmoniser identifier impliquer "
        "inclure instaurer institutionnaliser intégrer intensifier investir maintenir mettre mobiliser "
        "multiplier organiser planifier poursuivre préparer prévoir privilégier promouvoir proposer recruter "
        "réduire renforcer revoir réviser sensibiliser simplifier soutenir suivre veiller "
        "actualizar adaptar adoptar ampliar apoyar aprovechar articular asegurar asignar aumentar brindar "
        "capacitar clarificar completar consolidar continuar contratar coordinar crear definir desarrollar "
        "difundir dar diseñar diversificar documentar elaborar establecer evaluar facilitar finalizar "
        "fomentar formalizar formular fortalecer garantizar identificar implementar impulsar incluir "
        "incorporar incrementar institucionalizar integrar invertir involucrar mantener mejorar monitorear "
        "movilizar organizar preparar priorizar promover realizar reducir reforzar revisar seguir "
        "sensibilizar simplificar sistematizar vincular "
    )
)
"""What recommendations begin with, in three languages."""
IMPERATIVE = re.compile(rf"{_OPENERS}(?:{'|'.join(sorted(_VERBS))})\b", re.IGNORECASE)
SENTENCE = re.compile(
    r"\b(?:it is (?:strongly |therefore |also )?recommended (?:that|to)|(?:the )?(?:evaluation(?: team)?|evaluators?|"
    r"evaluator|team|consultants?|review|"
    r"authors?|auditors?|mission|we) (?:therefore |strongly |also |would )*(?:recommends?|advises?|suggests? that)\b|"
    r"(?:is|are) recommended to\b|nous recommandons|il est recommandé|l’équipe recommande|se recomienda|recomendamos|"
    r"future (?:projects|programmes|phases|interventions) should)",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:recommendations?|they|report|paragraph|section|chapter) (?:should|will|must|are to|is to|shall) (?:be|"
    r"contain|include|specify|follow|address)|"
    r"had (?:been )?recommended|was recommended (?:at|by|in)|previously recommended|recommendations? (?:of|from|"
    r"made by|by) the (?:previous|\d{4}|mid)|"
    r"this recommendation (?:responds|considers|relates|is based|builds)|following (?:key |main )?recommendations|"
    r"recommendations? (?:below|above|"
    r"are|is|were|was|have|follow|for \w+ with)|responsible unit|management response|"
    r"implementation (?:monitoring )?status|"
    r"comments on implementation|accept/partially|following activit|activities should be (?:considered|implemented)",
    re.IGNORECASE,
)  # fmt: skip
GROUP_TITLE = re.compile(r"\b(?:recommendations|recommandations|recomendaciones)\W*$", re.IGNORECASE)
HEAD_CELL = re.compile(
    r"^\W*(?:(?:key|main|evaluation|specific|proposed|principales) )?(?:recommendations?|"
    r"recommended (?:actions?|measures?)|recommandations?|recomendaci[óo]n(?:es)?|"
    r"(?:mesures?|actions?) recommandées?|acci[óo]n(?:es)? recomendadas?)\b",
    re.IGNORECASE,
)
OTHER_LEAD = re.compile(
    r"response to|following (?:activit|up)|follow-up|previous|participants|respondents|interviewe|should include",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\b(?:should|must|needs? to|ought to|recommend(?:s|ed)?|would benefit|(?:is|are) encouraged|advis(?:es|ed|able)|"
    r"could (?:also )?(?:be|consider)|clearly supports|devra(?:it|ient|ont)?|doit|doivent|convient|il faut|"
    r"recommand(?:e|ons|ent|é|ée)|debe(?:n|ría|rían|rá|rán)?|recomienda\w*|recomendamos|conviene|hay que|se sugiere)\b",
    re.IGNORECASE,
)
"""The verbs of a sentence that asks for something, not only finds it needed."""
OPINION = re.compile(
    r"^\W*(?:the (?:evaluat\w+|team|author|consultant)s? (?:feels?|believes?|thinks?|considers?|finds?|notes?)\b|"
    r"(?:this|these|such|there (?:is|are|were|was)|it (?:is|was) (?:clear|noted|found))\b(?!.{0,40}\brecommend))",
    re.IGNORECASE,
)
"""Sentences that explain, judge or point back to what was said."""
FORM = re.compile(
    r"^\W*(?:please\b|if (?:yes|so|no)\b|(?:what|which|how|who|why|do you|did you)\b.*\?)|\?\W*$", re.IGNORECASE
)
"""What a questionnaire asks."""
ACTOR = re.compile(
    r"^.{0,160}?\b(?:should|shall|must|needs? to|ought to|(?:is|are) (?:recommended|encouraged|advised) to|"
    r"devra(?:it|ient)?|doit|doivent|debe(?:n|ría|rían)?)\s(?:also |therefore |further |consider |continue to )?",
    re.IGNORECASE,
)
"""Who is to do it, up to what is to be done."""
