"""The draft of a final report, in the order that final evaluation reports have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractor.model import FormSet
from extractor.report import tables
from extractor.report.acronyms import acronyms_of
from extractor.report.case import Case
from extractor.report.citations import references
from extractor.report.facts import Metadata, ReportFacts
from extractor.report.register import Numbered, Register, distinct
from extractor.report.templating import environment, render, tidy
from extractor.report.text import word_count
from extractor.report.wording import counted
from extractor.rubric import Rubric

FOLDER = "final_report"
MAIN_SECTIONS = (
    "1_introduction", "2_methodology", "3_design", "4_activities", "5_results", "6_challenges", "7_conclusions",
    "8_recommendations",
)  # fmt: skip
"""The main report: what the executive summary may be a tenth of. Rendered in this order, since later ones link back."""
ANNEX_SECTIONS = ("annex_1_instruments", "annex_2_projects", "annex_3_documents", "references")
SUMMARY_SHARE = 0.095
"""A little less than the tenth that is allowed."""
MAX_RECOMMENDATIONS = 20


@dataclass(frozen=True)
class Summary:
    """What fits into the executive summary, in the order of the report."""

    findings: tuple[Numbered, ...] = ()
    conclusions: tuple[Numbered, ...] = ()
    recommendations: tuple[Numbered, ...] = ()


def final_report(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> str:
    """The final report as Markdown: each statement with its footnote, each conclusion and recommendation linked."""
    case = Case(formset, rubric, facts, [form.project for form in formset.forms])
    register = Register(case)
    env = environment(FOLDER, facts.templates)
    context = _context(case, register)
    main = [render(env, name, context) for name in MAIN_SECTIONS]
    summary = _summary(env, context, register, int(SUMMARY_SHARE * sum(map(word_count, main))))
    cited = [document for document in case.documents if document.outcome != "duplicate"]
    annexes = [render(env, name, {**context, "references": references(cited)}) for name in ANNEX_SECTIONS]
    acknowledged = render(env, "acknowledgements", context)
    listed = acronyms_of("\n".join([summary, *main, *annexes[:1]]), facts.acronyms)
    acronyms = render(env, "acronyms", {**context, "acronyms": listed})
    parts = [render(env, "mark", context), acknowledged, acronyms, summary, *main, *annexes]
    return case.notes.numbered(tidy("\n\n".join(parts)))


def final_report_metadata(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> Metadata:
    """Title page and properties of a final report."""
    number = counted(len(formset.forms), "project")
    return Metadata(
        title=facts.title or rubric.title, subtitle=f"Final report on {number}", date=facts.today,
        organisation=facts.organisation, subject=f"Desk review of {number}", generator=f"deskreview {facts.version}",
    )  # fmt: skip


def _context(case: Case, register: Register) -> dict[str, Any]:
    return {
        "case": case,
        "report": register,
        "facts": case.facts,
        "rubric": case.rubric,
        "provenance": case.provenance,
        "date_range": tables.date_range(case),
        "recommended": distinct(case.keyed("recommendations"))[:MAX_RECOMMENDATIONS],
        "asked": len(case.rubric.items),
        "answered": sum(1 for project in case.projects for item in case.rubric.items if project.found(item.id)),
        **{name: _bound(function, case) for name, function in tables.TABLES.items()},
    }


def _bound(function: Any, case: Case) -> Any:
    return lambda *arguments: function(case, *arguments)


NOTE_MARK = re.compile(r"\[\^\d+\]")


def _summary(env: Any, context: dict[str, Any], register: Register, limit: int) -> str:
    """The executive summary, as full as a tenth of the main report allows: conclusions first, then the rest."""
    chosen = Summary()
    text = _render_summary(env, context, chosen)
    for candidate in _candidates(register):
        fuller = _with(chosen, candidate)
        longer = _render_summary(env, context, fuller)
        if word_count(longer) <= limit:
            chosen, text = fuller, longer
    return text


def _render_summary(env: Any, context: dict[str, Any], summary: Summary) -> str:
    """The summary without footnotes: each sentence links to the finding that has them."""
    return NOTE_MARK.sub("", render(env, "summary", {**context, "summary": summary}))


def _candidates(register: Register) -> list[Numbered]:
    pairs: list[Sequence[Numbered]] = [register.findings, register.recommendations]
    longest = max(map(len, pairs), default=0)
    turns = [group[place] for place in range(longest) for group in pairs if place < len(group)]
    return [*register.conclusions, *turns]


def _with(summary: Summary, added: Numbered) -> Summary:
    """The summary with one more, everything in the order of the report."""
    groups = {"finding": summary.findings, "conclusion": summary.conclusions, "recommendation": summary.recommendations}
    groups[added.kind] = tuple(sorted((*groups[added.kind], added), key=lambda numbered: numbered.number))
    return Summary(groups["finding"], groups["conclusion"], groups["recommendation"])
