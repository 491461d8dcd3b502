"""The words by which headings, captions and contents are known, in English, French, Spanish and Portuguese."""

from __future__ import annotations

DIVISIONS = (
    "Chapter|Part|Section|Annex|Annexe|Appendix|Attachment|Schedule|Chapitre|Partie|Titre|"
    "Capítulo|Parte|Sección|Secção|Anexo|Apéndice|Apêndice"
)
STATEMENTS = (
    "Recommendation|Finding|Conclusion|Lesson|Lesson learned|Objective|Specific objective|Goal|Outcome|Output|Result|"
    "Component|Phase|Step|Module|Activity|Pillar|Priority|Case study|Question|Issue|"
    "Recommandation|Constat|Leçon|Objectif|Objectif spécifique|Résultat|Produit|Composante|Étape|Activité|"
    "Recomendación|Hallazgo|Conclusión|Lección|Objetivo|Resultado|Producto|Componente|Fase|Etapa|Actividad|"
    "Recomendação|Constatação|Conclusão|Lição|Atividade"
)
CAPTIONS = (
    "Table|Figure|Fig\\.|Box|Exhibit|Chart|Graph|Map|Diagram|Photo|Picture|Plate|Image|"
    "Tableau|Encadré|Graphique|Carte|Tabla|Cuadro|Recuadro|Gráfico|Gráfica|Mapa|Ilustración|Figura|Quadro|Caixa|Tabela"
)
MONTHS = (
    "jan(?:uary|vier|v)?|feb(?:ruary)?|févr?(?:ier)?|mar(?:ch|s|zo|ço)?|apr(?:il)?|avr(?:il)?|abr(?:il)?|ma[yi]o?|"
    "june?|juin|jun(?:io|ho)|july?|juil(?:let)?|jul(?:io|ho)|aug(?:ust)?|août|ago(?:sto)?|sept?(?:ember|embre|iembre)?|"
    "set(?:embro)?|oct(?:ober|obre|ubre)?|out(?:ubro)?|nov(?:ember|embre|iembre|embro)?|"
    "dec(?:ember)?|déc(?:embre)?|dic(?:iembre)?|dez(?:embro)?|ene(?:ro)?|jan(?:eiro)?|feb(?:rero)?|fev(?:ereiro)?"
)

CONTENTS_TITLES = frozenset(
    {
        "contents", "table of contents", "list of contents", "list of tables", "list of figures", "list of boxes",
        "list of tables and figures", "list of figures and tables", "list of exhibits", "list of annexes",
        "list of appendices", "tables", "figures", "tables and figures", "index",
        "sommaire", "table des matières", "liste des tableaux", "liste des figures", "liste des annexes",
        "índice", "tabla de contenido", "tabla de contenidos", "contenido", "contenidos", "índice de contenidos",
        "lista de tablas", "lista de cuadros", "lista de figuras", "índice de tablas", "sumário", "inhalt",
        "inhaltsverzeichnis",
    }
)  # fmt: skip
SECTION_TITLES = frozenset(
    {
        "abstract", "abbreviations", "abbreviations and acronyms", "acronyms", "acronyms and abbreviations",
        "acknowledgement", "acknowledgements", "acknowledgment", "acknowledgments", "annex", "annexes", "appendices",
        "appendix", "background", "bibliography", "budget", "conclusion", "conclusions", "disclaimer", "endnotes",
        "conclusions and recommendations", "executive summary", "findings", "foreword", "glossary", "introduction",
        "key findings", "lessons learned", "lessons learnt", "limitations", "list of abbreviations",
        "list of abbreviations and acronyms", "list of acronyms", "list of acronyms and abbreviations", "methodology",
        "objectives", "preface", "recommendations", "references", "relevance", "effectiveness", "efficiency", "impact",
        "sustainability", "coherence", "results", "summary", "terms of reference", "works cited",
        "abréviations", "sigles et acronymes", "sigles et abréviations", "remerciements", "avant-propos", "préface",
        "contexte", "introduction générale", "résumé", "résumé exécutif", "résumé analytique", "méthodologie",
        "constats", "recommandations", "bibliographie", "références", "leçons apprises", "pertinence", "efficacité",
        "efficience", "durabilité", "termes de référence",
        "siglas", "siglas y acrónimos", "acrónimos", "agradecimientos", "prólogo", "prefacio", "antecedentes",
        "introducción", "resumen", "resumen ejecutivo", "metodología", "hallazgos", "conclusiones", "recomendaciones",
        "bibliografía", "referencias", "lecciones aprendidas", "anexos", "pertinencia", "eficacia", "eficiencia",
        "sostenibilidad", "términos de referencia", "resumo executivo", "introdução", "conclusões", "recomendações",
    }
)  # fmt: skip
HYPHEN_PREFIXES = frozenset(
    {
        "anti", "co", "counter", "cross", "ex", "follow", "full", "high", "inter-agency", "long", "low", "mid", "multi",
        "no", "non", "one", "part", "post", "pre", "pro", "self", "semi", "short", "socio", "sub", "two", "three",
        "vice", "well",
    }
)  # fmt: skip
SMALL_WORDS = frozenset(
    {
        "a", "an", "and", "as", "at", "au", "aux", "but", "by", "con", "d'", "da", "dans", "das", "de", "del",
        "des", "do", "dos", "du", "e", "el", "en", "et", "for", "from", "in", "into", "its", "l'", "la",
        "las", "le", "les", "los", "nor", "o", "of", "off", "on", "onto", "or", "over", "par", "para", "per",
        "por", "pour", "que", "según", "sin", "sobre", "su", "sur", "sus", "than", "the", "their", "to", "um",
        "uma", "un", "under", "une", "up", "upon", "via", "vs", "with", "within", "without", "y", "à",
    }
)  # fmt: skip
