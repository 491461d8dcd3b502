"""What a French sentence says of doing; see `sentence`. All over folded text: lower case, without accents."""

from __future__ import annotations

import re

from extractor.coding.grammar import Grammar, Mark, either, forms, word_set

_ER = (
    "accompagn achev accueill accord adapt adopt amelior appuy assist assur assum cibl collect conclu condui cre "
    "coordonn "
    "consult constitu contribu deploy develop diffus distribu document dot elabor effectu encadr engag enquet "
    "enregistr "
    "equip examin experiment facilit financ form heberg identifi implant implement inform initi install institu integr "
    "interview lanc livr loge men mobilis organis orient particip place prepar present prim produi propos proteg "
    "public "
    "publi rapatri realis recrut rehabilit reinser reinsere remun renforc renov repertori repondu sensibilis sign "
    "soign soumis suscit touch train transfer transmis valid vers visit"
)
_ER += (
    " abrit achemin actualis administr agre alert amenag analys anim appliqu apport approuv arret associ attribu "
    "augment boucl cartographi cofinanc compil conform consolid cr design dispens detect donn edit eduqu employ enrol "
    "entrepr entrain etudi evalu expliqu fabriqu fonctionn fond guid implique inaugur incorpor indemnis inspect "
    "intercept install livr mandat mesur modifi nomm not octroy parrain pilot point rassembl recens reconduit redig "
    "refer regularis relog remplac rencontr repar respect restitu retir retrac retourn reuss scolaris seconde "
    "sollicit supervis transport trait transcri utilis"
)
_PARTICIPLES_ER = forms(_ER, "e ee es ees")
_OTHERS = word_set(
    "mis mise mises tenu tenue tenus tenues fourni fournie fournis fournies offert offerte offerts offertes recu recue "
    "recus recues conduit conduite conduits conduites produit produite produits produites construit construite "
    "construits construites etabli etablie etablis etablies ouvert ouverte ouverts ouvertes accueilli accueillie "
    "accueillis accueillies suivi suivie suivis suivies pris prise prises permis soutenu soutenue soutenus soutenues "
    "beneficie reuni reunie reunis reunies rempli remplie remplis atteint atteinte atteints atteintes servi ecrit "
    "ecrite ecrits ecrites retabli inscrit inscrite inscrits inscrites appris obtenu obtenue obtenus obtenues rendu "
    "revu revue revus revues traduit traduite traduits traduites fait faite faits faites admis admise admises remis "
    "remise remises transmis transmise transmises repris reprise introduit introduite introduits introduites "
    "repondu secouru secourue secourus secourues vu vecu"
)
_AUXILIARIES = "a|ont|avait|avaient|ayant|ete|fut|furent|est|sont|etait|etaient|s'est|se\\s+sont"
_BETWEEN = r"(?:(?:egalement|aussi|deja|notamment|ainsi|ensuite|pu|ete|bien|d'abord|par\s+ailleurs|\w+ment)\s+){0,3}"
_NO_PARTICIPLES = r"(?:cette|comme|toute?s?|notre|leurs?|quatre|entre|encore|plusieurs|elles?|les|des|aussi)\b"
_SUBJECTS = (
    r"projet|programme|oim|mission|agence|initiative|consortium|equipe|composante|campagne|pnud|unicef|onudc|ong|"
    r"association|croix-rouge|foyer|centre|nous|partenaires|equipes|ateliers|activites|animateurs|formateurs|agents"
)
_DOING = (
    "accompagn appui assur assist collect contribu coordonn developp diffus distribu effectu elabor facilit "
    "financ form "
    "heberg identifi inform intervien men organis orient prepar produis propos proteg publi realis renforc "
    "sensibilis soutienn touch cibl vis scolaris suivr travaill accueill fournis offr"
)
_PRESENT = forms(_DOING, "e ent ons") | word_set(
    "soutient fournit accueille offre met mettent intervient produit conduit appuie appuient tient suit reçoit"
)
_FUTURE = forms(
    "accompagner appuier assurer assister beneficier collecter contribuer creer developper diffuser distribuer "
    "effectuer elaborer equiper faciliter financer former heberger identifier informer lancer mener organiser orienter "
    "participer preparer produir proposer proteger publier realiser recevr renforcer sensibiliser ser soutiendr "
    "toucher viser travailler accueiller fournir offrir mettr permettr aur fer tiendr",
    "a ont ait aient",
)

MARKS: dict[str, tuple[Mark, ...]] = {
    "done": (
        Mark(
            forms(_ER, "ee es ees a erent", "formes finances livres places publics present presenta offres conduies")
            | word_set("eurent organisa forma tint"),
            word_set("a ont avait avaient ayant ete fut furent est sont etait etaient"),
            re.compile(
                rf"\b(?:{_AUXILIARIES})\s+{_BETWEEN}(?:{either(_PARTICIPLES_ER | _OTHERS)})\b"
                rf"|\b(?:ont|ete|furent)\s+{_BETWEEN}(?!{_NO_PARTICIPLES})\w{{3,}}(?:ees?|es?|ies?|is?|us?|ues?)\b"
            ),
            ("erent",),
        ),
        Mark(
            frozenset(),
            _PRESENT,
            re.compile(
                rf"\b(?:{_SUBJECTS})\s+(?:(?:y|leur|les|lui|egalement|aussi|\w+ment)\s+)?(?:{either(_PRESENT)})\b"
            ),
        ),
        Mark(
            frozenset(),
            word_set("cours charge chargee mandat mandatee"),
            re.compile(r"\b(?:est|sont)\s+(?:en\s+cours|chargee?s?\s+de|mandatee?s?)\b"),
        ),
    ),
    "planned": (
        Mark(
            _FUTURE
            | word_set("prevoit prevoient prevu prevue prevus prevues envisage envisagee envisages planifie planifiee"),
            word_set("va vont vise visent objectif but cherche attendu attendus ambitionne entend"),
            re.compile(
                r"\b(?:(?:va|vont)\s+(?:\w+\s+)?\w{3,}(?:er|ir|re)|vise(?:nt)?\s+a|a\s+pour\s+(?:objectif|but|finalite)|"
                r"cherche(?:nt)?\s+a|resultats?\s+attendus?|ambitionne\s+de|entend\s+\w+(?:er|ir))\b"
            ),
        ),
    ),
    "advised": (
        Mark(
            word_set(
                "devrait devraient faudrait conviendrait souhaitable preconise preconisent exhorte exhorter gagnerait "
                "gagneraient"
            ),
            word_set("faut doit doivent necessaire important pourrait pourraient importe convient invite invites"),
            re.compile(
                r"\b(?:il\s+faut|doit|doivent|il\s+est\s+(?:necessaire|important|essentiel|urgent)|pourrai(?:en)?t|"
                r"il\s+importe|il\s+convient|est\s+invitee?\s+a|sont\s+invitee?s\s+a)\b"
            ),
        ),
    ),
    "negated": (
        Mark(
            word_set(
                "aucun aucune aucuns jamais ni annule annulee annules annulees abandonne abandonnee suspendu suspendue "
                "insuffisant insuffisante insuffisants insuffisantes insuffisamment inexistant inexistante limite "
                "limitee limites limitees"
            ),
            word_set("pas sans manque absence faute reporte reportee reportes reportees echoue n"),
            re.compile(
                r"\b(?:n[e']\s?(?:[\w']+\s+){1,3}?pas(?!\s+(?:seulement|uniquement))|(?:manque|absence|faute)\s+(?:de|d')|"
                r"sans\s+(?!frontiere|papiers?|distinction|cesse|doute|emploi|abri|ressources|risque)\w+|ete\s+reportee?s?|a\s+echoue)\b"
            ),
        ),
    ),
    "other": (
        Mark(
            frozenset(),
            word_set(
                "autre autres similaire similaires precedent precedents precedente existants anterieurs parallele"
            ),
            re.compile(
                r"\bautres?\s+(?:projets?|programmes?|organisations?|bailleurs|partenaires\s+techniques|agences|pays|"
                r"initiatives|acteurs|donateurs)\b"
                r"|\b(?:precedents?|precedentes?|futurs?|futures?)\s+(?:projets?|programmes?|phases?|initiatives?)\b"
                r"|\b(?:projets?|programmes?|initiatives?|actions)\s+(?:similaires?|precedents?|anterieurs?|existants?|"
                r"paralleles?|precedentes)\b"
            ),
        ),
    ),
    "actor": (
        Mark(
            word_set(
                "projet programme oim partenaire partenaires mission agence initiative nous notre nos consortium "
                "equipe "
                "equipes activites composante campagne atelier ateliers pnud unicef onudc hcr ong association "
                "beneficiaire"
            )
        ),
    ),
    "defined": (
        Mark(
            frozenset(),
            word_set("definition defini definie entend designe article protocole convention selon termes"),
            re.compile(
                r"\b(?:(?:est|sont)\s+definie?s?|s'entend|on\s+entend\s+par|definition\s+(?:juridique|legale|internationale|du\s+protocole)|designe(?:nt)?\s+(?:toute?|le|la|l')|"
                r"article\s+\d|protocole\s+(?:de\s+palerme|visant|additionnel)|convention\s+(?:sur|relative|de|des)|"
                r"(?:selon|aux\s+termes\s+de)\s+l(?:a|e|')\s?(?:loi|protocole|code|convention|article))\b"
            ),
        ),
    ),
}

FRENCH = Grammar(
    marks=MARKS,
    advice_stems=("recommand",),
    advice=re.compile(r"\brecommand\w*"),
    followed=re.compile(
        r"\b(?:(?:suite|conformement|en\s+reponse|grace)\s+aux?|comme|selon\s+les?|suivant\s+les?|sur\s+la\s+base\s+des?|"
        r"donnant\s+suite\s+aux?|mise\s+en\s+\w+\s+des)\s+(?:\w+\s+)?recommand\w*"
    ),
    question=re.compile(
        r"\s*(?:dans\s+quelle\s+mesure|quel(?:le)?s?\s|comment\s|est-ce\s+qu|combien\s|en\s+quoi|le\s+projet\s+a-t-il)"
    ),
)
