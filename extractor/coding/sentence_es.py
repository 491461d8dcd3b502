"""What a Spanish sentence says of doing; see `sentence`. All over folded text: lower case, without accents."""

from __future__ import annotations

import re

from extractor.coding.grammar import Grammar, Mark, either, forms, word_set

_AR = (
    "abord acompan adopt alberg alcanz aplic apoy aprob asesor aument beneficia benefici brind busc capacit coordin "
    "cre contrat desarroll destin difund disen distribu document dot ejecut elabor emple entreg entrevist equip "
    "facilit financi finaliz form fortalec gener gestion identific implement impuls inaugur incorpor inform inici "
    "instal instaur integr lanz levant logr llev moviliz ofreci organiz orient otorg particip pilote prepar present "
    "proporcion proteg public realiz recopil refer reforz registr rehabilit reintegr remit renov repatri report "
    "sensibiliz suministr tom trabaj traslad valid visit"
)
_AR += (
    " actualiz administr agrup ajust aprovech alert analiz asign atac capt cofinanci compil comunic conform "
    "consolid contact "
    "cuantific cubri detect deriv dict distribuy don dur edit educ encarg ensen entren escolariz estudi evalu explic "
    "fabric firm grab graduad inform inscrib inspeccion involucr monitore nombr ocup perfil pilotear profundiz program "
    "prolong reconoci recuper redact reemplaz registr regulariz remiti rescat respald respet retorn reun revis "
    "seleccion socializ supervis termin traz transport transfiri ubic utiliz"
)
_ER_IR = (
    "atend recib promov difund ofrec establec fortalec constru produc distribu conclu part contribu suscrib "
    "proteg abr admit cubr escog recog inscrib transmit "
    "reun asist compart impart adquir acog dirig traduc cumpl"
)
_IRREGULAR = word_set(
    "hizo hicieron tuvo tuvieron obtuvo obtuvieron puso pusieron dio dieron condujo condujeron produjo produjeron "
    "tradujo sostuvo sostuvieron impartio impartieron mantuvo mantuvieron intervino intervinieron"
)
_PARTICIPLES = (
    forms(_AR, "ado ada ados adas")
    | forms(_ER_IR, "ido ida idos idas")
    | word_set("abierto abierta hecho hecha escrito escrita puesto puesta dado dada suscrito suscrita impreso impresa")
)
_NOUNS = (
    "apoyo desarrollo diseno empleo equipo registro trabajo logro publico reporto refuerzo trabajos equipos beneficio"
)
_SUBJECTS = (
    r"proyecto|programa|oim|mision|agencia|iniciativa|consorcio|equipo|componente|campana|pnud|unicef|onudd|ong|"
    r"asociacion|cruz\s+roja|albergue|centro|socios|equipos|talleres|actividades|facilitadores|promotores|promotoras"
)
_PRESENT = (
    forms(_AR, "a an", "forma form cred busca logra cre crea toma")
    | forms(_ER_IR, "e en", "parte parten")
    | word_set("atiende atienden dirige dirigen")
)
_PRESENT |= word_set("forma crea logra fortalece ofrece establece brinda provee proveen")
_FUTURE_STEMS = (
    forms(_AR, "ar", "") | forms(_ER_IR, "er ir", "") | word_set("ser habr tendr har dar permitir pondr brindar")
)
_FUTURE = frozenset(stem + ending for stem in _FUTURE_STEMS for ending in ("a", "an"))
_AUXILIARIES = r"ha|han|habia|habian|fue|fueron|haber|sido|siendo|es|son|era|eran|esta|estan|estuvo|estuvieron"

MARKS: dict[str, tuple[Mark, ...]] = {
    "done": (
        Mark(
            forms(_AR, "o aron", _NOUNS + " formo creo tomo busco form lleno llevo")
            | forms(_ER_IR, "io ieron")
            | forms(_AR, "ados adas", "empleados empleadas publicados formados")
            | _IRREGULAR
            | word_set("formaron crearon tomaron llevaron formados"),
            word_set(_AUXILIARIES),
            re.compile(
                rf"\b(?:{_AUXILIARIES})\s+(?:(?:sido|tambien|ya|\w+mente)\s+){{0,2}}(?:{either(_PARTICIPLES)})\b"
                r"|\b(?:han?|fue|fueron|habian?)\s+(?:\w+mente\s+|sido\s+)?\w{3,}[ai]d[oa]s?\b"
            ),
            ("aron", "ieron", "jeron", "yeron"),
        ),
        Mark(
            frozenset(),
            word_set(_NOUNS, "se le les lo formo creo tomo llevo busco estan esta"),
            re.compile(
                rf"\b(?:se\s+(?:les?\s+)?\w{{3,}}o(?<!\bcomo)(?<!\bcuando)|(?:les?|lo)\s+(?:apoyo|formo|llevo|creo)|"
                rf"(?:{_SUBJECTS})\s+(?:se\s+)?(?:apoyo|desarrollo|diseno|logro|formo|creo|trabajo|llevo)|"
                r"(?:se\s+)?estan?\s+\w+(?:ando|iendo))\b"
            ),
        ),
        Mark(
            frozenset(),
            _PRESENT,
            re.compile(rf"\b(?:{_SUBJECTS})\s+(?:(?:se|les?|tambien|\w+mente)\s+)?(?:{either(_PRESENT)})\b"),
        ),
    ),
    "planned": (
        Mark(
            _FUTURE | word_set("preve preven previsto prevista previstos previstas planea planean planificado"),
            word_set("va van objetivo pretende pretenden busca buscan espera propone esperados finalidad"),
            re.compile(
                r"\b(?:vana?\s+a\s+\w+r|va\s+a\s+\w+r|tiene\s+(?:como|por)\s+(?:objetivo|finalidad)|pretenden?|"
                r"(?:proyecto|programa|iniciativa|accion)\s+(?:busca|propone)|buscan?\s+\w+(?:ar|er|ir)|"
                r"se\s+(?:espera|propone)|resultados?\s+esperados?|objetivo\s+(?:general|especifico|del\s+proyecto))\b"
            ),
        ),
    ),
    "advised": (
        Mark(
            word_set("deberia deberian convendria aconsejable insta exhorta sugiere sugerimos"),
            word_set(
                "debe deben debera deberan necesario necesaria importante podria podrian hay conviene invita aconseja"
            ),
            re.compile(
                r"\b(?:deben?|deberan?|es\s+(?:\w+mente\s+)?(?:necesari[oa]|importante|preciso|imprescindible|urgente)|"
                r"podrian?|hay\s+que|conviene|se\s+(?:invita|sugiere|aconseja)\b)\b"
            ),
        ),
    ),
    "negated": (
        Mark(
            word_set(
                "nunca ningun ninguna ninguno jamas tampoco cancelado cancelada cancelaron cancelo suspendido "
                "suspendida "
                "suspendio pospuesto pospuesta postergado postergada insuficiente insuficientes limitado limitada "
                "limitados limitadas inexistente carece carecen"
            ),
            word_set("no sin falta ausencia"),
            re.compile(
                r"\b(?:no(?!\s+(?:solo|solamente|obstante|gubernamental|gubernamentales|menos))|"
                r"sin(?!\s+(?:embargo|duda|fronteras|distincion|fines|animo|empleo|hogar|recursos|riesgos?))|(?:falta|ausencia)\s+de)\b"
            ),
        ),
    ),
    "other": (
        Mark(
            frozenset(),
            word_set("otro otra otros otras similar similares anterior anteriores previos previas existentes"),
            re.compile(
                r"\botr[oa]s?\s+(?:proyectos?|programas?|organizaciones|organismos|donantes|agencias|paises|"
                r"iniciativas?|actores|cooperantes)\b"
                r"|\b(?:proyectos?|programas?|iniciativas?|acciones)\s+(?:similar(?:es)?|anterior(?:es)?|previ[oa]s?|"
                r"existentes|paralel[oa]s?|futur[oa]s?)\b"
                r"|\b(?:anterior(?:es)?|futur[oa]s?)\s+(?:proyectos?|programas?|fases?)\b"
            ),
        ),
    ),
    "actor": (
        Mark(
            word_set(
                "proyecto programa oim socio socios contraparte contrapartes mision agencia iniciativa nosotros "
                "nuestro "
                "nuestra consorcio equipo equipos actividades componente campana taller talleres pnud unicef "
                "onudd acnur "
                "ong asociacion beneficiario"
            )
        ),
    ),
    "defined": (
        Mark(
            frozenset(),
            word_set(
                "definicion "
                "define definida definido entiende entendera articulo protocolo convencion convenio segun acuerdo"
            ),
            re.compile(
                r"\b(?:definicion\s+(?:juridica|legal|internacional|del\s+protocolo)|"
                r"se\s+(?:define|entiende|entendera)|(?:es|esta)\s+definid[oa]|articulo\s+\d|"
                r"protocolo\s+(?:de\s+palermo|para\s+prevenir|contra)|(?:convencion|convenio)\s+(?:sobre|de|contra)|"
                r"(?:segun|de\s+acuerdo\s+(?:con|a))\s+(?:la|el)\s+(?:ley|protocolo|codigo|convencion|articulo))\b"
            ),
        ),
    ),
}

SPANISH = Grammar(
    marks=MARKS,
    advice_stems=("recom",),
    advice=re.compile(r"\brecom(?:iend|end)\w*"),
    followed=re.compile(
        r"\b(?:siguiendo|conforme\s+a|de\s+acuerdo\s+(?:con|a)|en\s+(?:respuesta|atencion)\s+a|a\s+partir\s+de|como|segun|"
        r"con\s+base\s+en|tras)\s+(?:se\s+)?(?:l[ao]s?\s+)?(?:\w+\s+)?recom(?:iend|end)\w*"
    ),
    question=re.compile(r"\s*(?:¿|en\s+que\s+medida|cual(?:es)?\s+(?:es|son|fue|fueron|ha|han)\b)"),
)
