"""Invented forms of three projects: full, thin and nearly empty; with text that tries to break out of Markdown."""

# ruff: noqa: E501 - a table of invented words reads better in long lines
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.model import (
    Answer,
    Conflict,
    ConflictValue,
    DocumentFacts,
    Evidence,
    Form,
    FormSet,
    LedgerRow,
    Provenance,
)
from extractor.report.facts import ReportFacts
from extractor.rubric import Item, Option, Rubric

A, B, C = "vela-shelter", "orava-campaign", "tisa-network"
A_PLAN, A_END, A_EVAL = f"{A}/proposal_v2.docx", f"{A}/final report.pdf", f"{A}/evaluation.pdf"
B_MID, B_END, B_SCAN = f"{B}/progress-1.pdf", f"{B}/final.pdf", f"{B}/annex.zip!/scan|1.pdf"
C_END = f"{C}.pdf"

PAGES: dict[tuple[str, int | None], list[str]] = {
    (A_PLAN, None): [
        "Support to the Vela Shelter for Victims of Trafficking",
        "The National Referral Mechanism (NRM) has no shelter south of the river.",
        "The project will pay the rent and staff costs of one shelter, and train 40 police officers.",
        "Women between 20 and 35 who return from abroad are at risk of being trafficked again.",
        "The action runs from January 2007 to December 2008.",
        "Total budget requested: EUR 240,000.",
        "A gender analysis and the human rights principles of the organisation guide the design.",
        "Ministry of Social Welfare, Vela Women's Association and the border police take part.",
    ],
    (A_END, 4): [
        "In total 52 police officers (target: 40) attended the five-day course on victim identification.",
        "The shelter <strong>housed 87 victims</strong>, against 120 planned; *costs* rose by $14_000 | 9%.",
        "Handover was delayed by three changes of minister within 18 months.",
        "Project period: 1 January 2007 - 31 March 2009, after a no-cost extension of three months.",
        "Expenditure reached EUR 222,400 (93 per cent).",
    ],
    (A_END, 5): [
        "It is recommended that the Ministry takes over the shelter's rent from 2010.",
        "Follow-up calls to 41 women six months after return: 33 lived safely, 5 could not be reached.",
    ],
    (A_EVAL, 15): [
        "Police officers who were trained referred three times as many presumed victims as those who were not.",
        "The shelter was the only one of its kind; its rent remains unfunded after March 2009.",
        "The Government should adopt a budget line for victim assistance.",
        "Relevance is high: no other service for returned women existed.",
    ],
    (B_MID, 2): [
        "Information campaign “Čo ťa čaká?” in the Orava region",
        "Orava is a region from which many young people leave for work - often without papers.",
        "By June 2008 we had reached 1,215 pupils in 31 schools (planned: 900 pupils).",
        "A lack of reliable information on irregular agencies made the first leaflets too general.",
    ],
    (B_END, 7): [
        "Between March 2008 and February 2009, posters and a telephone hotline informed on the risks of trafficking.",
        "Pre- and post-tests with 300 pupils show that knowledge of safe routes rose from 41% to 68%.",
        "The teachers' network [see annex] should be kept; `school` inspectors could lead it.",
        "The Ministry of Education did not appoint a focal point until the campaign was over.",
        "The grant of the Norwegian Embassy amounted to NOK 1 350 000.",
        "The radio play was not produced, as the broadcaster withdrew.",
    ],
    (C_END, 1): [
        "Network of border communities along the Tisa",
        "1. Communities of three countries meet twice a year to exchange cases, # and refer victims.",
    ],
}
DOCUMENTS: Mapping[str, tuple[DocumentFacts, ...]] = {
    A: (
        DocumentFacts(A_PLAN, "a1", "proposal", "ok", 12, "en", "Support to the Vela Shelter", ("Vela Women's Association",), "2006-10"),
        DocumentFacts(A_END, "a2", "final_report", "ok", 31, "en", "Final report", (), "2009-04"),
        DocumentFacts(A_EVAL, "a3", "external_evaluation", "partial", 48, "en", "Evaluation of the Vela Shelter & training",
                      ("Marić, J.", "Okafor, P."), "2010-02-12"),
    ),
    B: (
        DocumentFacts(B_MID, "b1", "interim_report", "ok", 9, "en", "Progress report 1", (), "2008-07"),
        DocumentFacts(B_END, "b2", "final_report", "ok", 22, "en", "Final narrative report", ("Orava Forum",), "2009-03"),
        DocumentFacts(B_SCAN, "b3", "other", "no_text", 3, "", "", (), ""),
    ),
    C: (DocumentFacts(C_END, "c1", "other", "ok", 2, "en", "Network of border communities", (), ""),),
}  # fmt: skip
FOCUS = {
    "prevention_focus": "prevention", "research_focus": "research", "direct_assistance_focus": "direct_assistance",
    "technical_cooperation_focus": "technical_cooperation",
}  # fmt: skip
PRINTED = {(A_END, 4): "2", (A_END, 5): "3", (A_EVAL, 15): "12", (B_END, 7): "7"}


def page_text(file: str, page: int | None) -> str:
    """The stored text of a page."""
    return "\n".join(PAGES[file, page])


def evidence(file: str, page: int | None, line: int, option: str = "", confidence: float = 0.9) -> Evidence:
    """Evidence that quotes a whole line of a page."""
    quote = PAGES[file, page][line]
    start = page_text(file, page).index(quote)
    printed = PRINTED.get((file, page)) if page else None
    return Evidence(option, file, page, printed, start, start + len(quote), quote, confidence, "rules", "cue")


def verifies(piece: Evidence) -> bool:
    """Whether a quote stands at its place, as a workspace would check it."""
    return page_text(piece.file, piece.page)[piece.start : piece.end] == piece.quote


def found(value: Any, *pieces: Evidence, conflicts: tuple[Conflict, ...] = ()) -> Answer:
    """An answer with its evidence."""
    return Answer("found", value, 0.9, evidence=pieces, conflicts=conflicts)


def ticked(**places: tuple[Evidence, ...] | Evidence) -> Answer:
    """A multi answer: option (dots as double underscores) = its evidence."""
    named = {key.replace("__", "."): own if isinstance(own, tuple) else (own,) for key, own in places.items()}
    pieces = tuple(
        Evidence(option, p.file, p.page, p.printed_page, p.start, p.end, p.quote, p.confidence, p.coder, p.why)
        for option, own in named.items()
        for p in own
    )
    return found(list(named), *pieces)


def _project_a() -> dict[str, Answer]:
    plan = [evidence(A_PLAN, None, line) for line in range(8)]
    end = [evidence(A_END, 4, line) for line in range(5)]
    late = [evidence(A_END, 5, line) for line in range(2)]
    judged = [evidence(A_EVAL, 15, line) for line in range(4)]
    dates = Conflict(
        (ConflictValue("2008-12", A_PLAN, None, plan[4].quote), ConflictValue("2009-03", A_END, 4, end[3].quote)),
        "extended",
    )
    return {
        "project_title": found("Support to the Vela Shelter for Victims of Trafficking", plan[0]),
        "funders": found(["other_government", {"other": "Fund for Regional Cooperation"}], end[4]),
        "scope": found("country", plan[1]),
        "country": found({"other": "Moldova", "iso3166": "MDA"}, plan[1]),
        "start_date": found("2007-01", plan[4], end[3]),
        "end_date": found("2009-03", end[3], plan[4], conflicts=(dates,)),
        "project_type": ticked(direct_assistance=plan[2], technical_cooperation=(end[0], plan[2])),
        "direct_assistance_focus": ticked(protection=end[1]),
        "technical_cooperation_focus": ticked(police=(end[0], judged[0]), border_guards=plan[7]),
        "objectives": ticked(support_shelters=plan[2], train_technical=(end[0], plan[2])),
        "motivation": ticked(lack_network_assist=plan[1], potential=plan[3]),
        "motivation_evidence": found([{"what": "Women who return from abroad are at risk", "source": "", "year": ""}], plan[3]),
        "target_groups": ticked(female_victims=(end[1], plan[3]), technical_staff=end[0]),
        "activities": ticked(
            design__human_rights=plan[6], design__gender=plan[6], victim_protection__shelter_support=(plan[2], end[1]),
            capacity_building__victim_identification=(end[0], plan[2]),
        ),
        "evaluation_data": ticked(participants__numbers=end[0], outcomes__victim_follow_up=late[1]),
        "key_findings": found(
            {"direct_assistance": [{"heading": "Only shelter", "finding": "The shelter was the only one of its kind", "source_given": False}],
             "technical_cooperation": [{"heading": "", "finding": judged[0].quote, "source_given": True, "source": "Police records"}]},
            judged[0], judged[1],
        ),
        "recommendations": found(
            {"direct_assistance": [late[0].quote, "The Government should adopt a budget line for victim assistance"]}, late[0], judged[2]
        ),
        "budget": found({"amount": 240000, "currency": "EUR"}, plan[5]),
        "expenditure": found({"amount": 222400, "currency": "EUR", "delivery_rate": 93, "as_of": "2009-03"}, end[4]),
        "partners": found(["Ministry of Social Welfare", "Vela Women's Association", "Border police"], plan[7]),
        "results_achieved": found(
            [{"level": "output", "no": "1.1", "statement": "Police officers attended the five-day course", "target": 40, "achieved": 52, "unit": "officers"},
             {"level": "output", "no": "2.1", "statement": "The shelter housed victims", "target": 120, "achieved": 87, "unit": "persons"}],
            end[0], end[1],
        ),
        "challenges": ticked(changing_counterparts=end[2], funding=judged[1]),
        "extensions": found([{"what": "No-cost extension of three months", "source": "", "year": "2009"}], end[3]),
        "dac_criteria": found({"relevance": [{"heading": "", "finding": judged[3].quote}]}, judged[3]),
    }  # fmt: skip


def _project_b() -> dict[str, Answer]:
    mid = [evidence(B_MID, 2, line) for line in range(4)]
    end = [evidence(B_END, 7, line) for line in range(6)]
    return {
        "project_title": found("Information campaign “Čo ťa čaká?” in the Orava region", mid[0]),
        "funders": ticked(norwegian_embassy=end[4]),
        "scope": found("country", mid[0]),
        "country": found({"other": "Slovakia", "iso3166": "SVK"}, mid[0]),
        "start_date": found("2008-03", end[0]),
        "end_date": found("2009-02", end[0]),
        "project_type": ticked(prevention=(end[0], mid[2])),
        "prevention_focus": ticked(awareness=end[0]),
        "objectives": ticked(inform_risks=end[0]),
        "motivation": ticked(potential=mid[1]),
        "target_groups": ticked(female_youth_at_risk=mid[1], male_youth_at_risk=mid[1]),
        "activities": ticked(
            information_campaign__modalities_risks=end[0], information_campaign__migration_hotline=end[0],
            information_campaign__outreach_plan=mid[2],
        ),
        "evaluation_data": ticked(participants__numbers=mid[2], knowledge_tests__prepost_campaigns=end[1]),
        "key_findings": found({"prevention": [{"heading": "", "finding": end[1].quote, "source_given": False}]}, end[1]),
        "recommendations": found({"prevention": ["The teachers' network should be kept; inspectors could lead it."]}, end[2]),
        "budget": found({"amount": 1350000, "currency": "NOK"}, end[4]),
        "results_achieved": found(
            [{"level": "output", "no": "", "statement": "Pupils reached in schools", "target": 900, "achieved": 1215, "unit": "pupils"},
             {"level": "output", "no": "", "statement": "Pupils with knowledge of safe routes", "target": None, "achieved": 68, "unit": "%"}],
            mid[2], end[1],
        ),
        "challenges": ticked(unreliable_information=mid[3], government_buy_in=end[3]),
        "activities_not_achieved": found([end[5].quote], end[5]),
        "follow_up": Answer("not_applicable"),
    }  # fmt: skip


def _project_c() -> dict[str, Answer]:
    first, second = (evidence(C_END, 1, line) for line in range(2))
    return {
        "project_title": found("Network of border communities along the Tisa", first),
        "scope": found("region", second),
        "region": found("eastern_europe", second),
        "project_type": ticked(technical_cooperation=second),
        "technical_cooperation_focus": ticked(network_building=second),
        "network_partners": found(["Communities of three countries"], second),
        "motivation": Answer("unreadable"),
    }


def _form(project: str, answers: Mapping[str, Answer]) -> Form:
    searched = tuple(document.file for document in DOCUMENTS[project] if document.outcome in {"ok", "partial"})
    missing = {item.id: Answer("not_found", searched=searched) for item in rubric().items if item.id not in answers}
    types = answers["project_type"].value
    skipped = {item: Answer("not_applicable") for item, kind in FOCUS.items() if kind not in types}
    return Form(project, DOCUMENTS[project], {**answers, **missing, **skipped})


def formset() -> FormSet:
    """The three forms."""
    made = Provenance(
        "2026-01-05T10:00:00Z", "machine", "small_trafficking", "0.1.0", "f00dfeed" * 8, "combiner", "beef" * 16
    )
    forms = (_form(A, _project_a()), _form(B, _project_b()), _form(C, _project_c()))
    return FormSet(made, forms)


def facts(**changes: Any) -> ReportFacts:
    """What surrounds the forms."""
    ledger = tuple(
        LedgerRow(
            d.file,
            project,
            d.outcome,
            "install tesseract to read scans" if d.outcome == "no_text" else "",
            "",
            d.sha256,
            d.type,
            d.pages,
        )
        for project, documents in DOCUMENTS.items()
        for d in documents
    )
    given: dict[str, Any] = {"workspace": "vela-review", "today": "2026-01-06", "version": "0.1.0", "verify": verifies, "ledger": ledger,
                             "organisation": "Evaluation unit"}  # fmt: skip
    return ReportFacts(**{**given, **changes})


def _multi(no: str, item_id: str, label: str, **options: str) -> Item:
    return _coded("multi", no, item_id, label, options)


def _coded(kind: Any, no: str, item_id: str, label: str, options: Mapping[str, str]) -> Item:
    return Item(item_id, label, kind, no, options=tuple(Option(key, text) for key, text in options.items()), other=True)


def _grouped(no: str, item_id: str, label: str, groups: Mapping[str, tuple[str, Mapping[str, str]]]) -> Item:
    options = tuple(
        Option(f"{group}.{key}", text, group) for group, (_, own) in groups.items() for key, text in own.items()
    )
    return Item(
        item_id,
        label,
        "multi",
        no,
        options=options,
        groups={group: name for group, (name, _) in groups.items()},
        other=True,
    )


def rubric() -> Rubric:
    """A small form with the item ids of the counter-trafficking review."""
    return Rubric("small_trafficking", "0.1.0", "Counter-trafficking evaluation, document review", "f00dfeed" * 8, (
        Item("reviewer", "Reviewer", "people", "I.A"),
        Item("project_title", "Project title", "text", "I.B"),
        _multi("I.E", "funders", "Project funders", norwegian_embassy="Norwegian embassy", other_government="Other national government"),
        _coded("single", "II.A", "scope", "Country or regional project", {"country": "Country", "region": "Region"}),
        _coded("single", "II.B", "country", "Country", {"norway": "Norway"}),
        _coded("single", "II.C", "region", "Region", {"eastern_europe": "Eastern Europe"}),
        Item("start_date", "Start date", "date_my", "II.D.ii"),
        Item("end_date", "End date", "date_my", "II.D.iii"),
        _multi("II.E", "project_type", "Project type", prevention="Prevention", research="Research project",
               direct_assistance="Direct assistance", technical_cooperation="Technical cooperation"),
        _multi("II.F", "prevention_focus", "Prevention focus", awareness="Awareness raising on human trafficking"),
        _multi("II.G", "research_focus", "Research project focus", survey="Survey"),
        _multi("II.H", "direct_assistance_focus", "Direct assistance focus", protection="Protection of victims"),
        _multi("II.I", "technical_cooperation_focus", "Technical cooperation focus", police="Police training or capacity building",
               border_guards="Border guards' training or capacity building", network_building="Network building"),
        Item("network_partners", "Types of partners in network building", "texts", "II.I.i"),
        _multi("II.J", "objectives", "Project purpose and objectives", inform_risks="Inform on risks of trafficking",
               support_shelters="Support shelters for victims", train_technical="Train technical personnel to assist victims"),
        _multi("II.K.i", "motivation", "Project motivation", potential="Factors that make a population vulnerable",
               lack_network_assist="Lack of a network to assist victims"),
        Item("motivation_evidence", "Evidence given for each motivation", "evidence_list", "II.K.ii"),
        _multi("II.L", "target_groups", "Target group", female_youth_at_risk="Female youth at risk", male_youth_at_risk="Male youth at risk",
               female_victims="Female victims (20 and older)", technical_staff="Technical staff (police, teachers and others)"),
        _grouped("II.M", "activities", "Project activities", {
            "design": ("Project design", {"human_rights": "Human rights principles", "gender": "Gender perspectives"}),
            "information_campaign": ("Information and prevention campaigns", {"modalities_risks": "Modalities and risks of trafficking",
                                     "migration_hotline": "Migration hotline", "outreach_plan": "Outreach plan"}),
            "victim_protection": ("Victim protection", {"shelter_support": "Support to shelters"}),
            "capacity_building": ("Training and capacity building", {"victim_identification": "Training in victim identification"}),
        }),
        _grouped("II.N", "evaluation_data", "Evaluation data collected", {
            "participants": ("Participant information", {"numbers": "Numbers of participants"}),
            "knowledge_tests": ("Knowledge tests", {"prepost_campaigns": "Pre- and post-tests of information campaigns"}),
            "satisfaction": ("Satisfaction", {"clients": "Satisfaction of clients"}),
            "outcomes": ("Outcomes", {"victim_follow_up": "Follow-up information on victims"}),
        }),
        Item("key_findings", "Key findings by project type", "findings", "II.O"),
        Item("recommendations", "Recommendations by project type", "recommendations", "II.P"),
        Item("trends", "Trafficking trends", "texts", "II.Q"),
        _multi("II.R", "follow_up", "Plans for follow-up", campaign_same="Additional information campaign"),
        Item("budget", "Budget", "money"),
        Item("expenditure", "Expenditure to date and delivery rate", "money"),
        Item("partners", "Implementing partners", "texts"),
        Item("extensions", "Extensions", "evidence_list"),
        Item("results_achieved", "Each output's target against what was achieved", "results"),
        _multi("", "challenges", "Main challenges during implementation", unreliable_information="Lack of reliable information",
               funding="Lack of funding", government_buy_in="Lack of buy-in by government counterparts",
               changing_counterparts="Changing government counterparts"),
        Item("activities_not_achieved", "Activities that were not realised", "texts"),
        Item("dac_criteria", "Findings by OECD-DAC criterion", "findings"),
    ))  # fmt: skip
