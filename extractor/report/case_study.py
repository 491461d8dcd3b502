"""The draft of a case study: one case is a country or a regional programme, of one or more projects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from extractor.errors import ProjectUnknown, UsageError
from extractor.model import FormSet
from extractor.report import tables
from extractor.report.acronyms import acronyms_of
from extractor.report.case import Case
from extractor.report.citations import references
from extractor.report.facts import Metadata, ReportFacts
from extractor.report.places import code_of
from extractor.report.project import ProjectView
from extractor.report.templating import environment, render, tidy
from extractor.report.values import as_list, value_words
from extractor.report.wording import counted, listing
from extractor.rubric import Rubric

Outline = Literal["five", "four"]
FOLDER = "case_study"
MOST_NAMED = 4
PROJECT_TYPES = ("prevention", "direct_assistance", "research", "technical_cooperation")


class CountryUnknown(UsageError):
    """No project of the workspace is about this country."""

    def __init__(self, country: str, known: Sequence[str]) -> None:
        super().__init__(f"No project in {country!r}. Countries found: {', '.join(known) or 'none'}.")


def case_study(
    formset: FormSet, rubric: Rubric, facts: ReportFacts, projects: Sequence[str], country: str | None, outline: Outline
) -> str:
    """The case study as Markdown, each statement with its footnote. No projects and no country: all projects."""
    case = Case(formset, rubric, facts, selected(formset, rubric, facts, projects, country))
    env = environment(FOLDER, facts.templates)
    context = _context(case, country)
    body = render(env, outline, context)
    context["references"] = references(_cited(case))
    searched = render(env, "end", {**context, "acronyms": []})
    listed = acronyms_of(f"{body}\n{searched}", facts.acronyms)
    ending = render(env, "end", {**context, "acronyms": listed})
    return case.notes.numbered(tidy(f"{body}\n\n{ending}"))


def case_study_metadata(
    formset: FormSet, rubric: Rubric, facts: ReportFacts, projects: Sequence[str], country: str | None
) -> Metadata:
    """Title page and properties of a case study."""
    case = Case(formset, rubric, facts, selected(formset, rubric, facts, projects, country))
    number = counted(case.total, "project")
    about = country or (case.projects[0].title if case.single else number)
    few = case.total <= MOST_NAMED and not case.single
    subtitle = (
        f"Document review: {listing([project.id for project in case.projects])}"
        if few
        else f"Document review of {number}"
    )
    return Metadata(
        title=facts.title or f"Case study: {about}", subtitle=subtitle, date=facts.today,
        organisation=facts.organisation,
        subject=rubric.title, generator=f"deskreview {facts.version}",
    )  # fmt: skip


def _context(case: Case, country: str | None) -> dict[str, Any]:
    return {
        "case": case,
        "country": country,
        "facts": case.facts,
        "rubric": case.rubric,
        "provenance": case.provenance,
        "types": PROJECT_TYPES,
        "date_range": tables.date_range(case),
        **{name: _bound(function, case) for name, function in tables.TABLES.items()},
    }


def _bound(function: Any, case: Case) -> Any:
    return lambda *arguments: function(case, *arguments)


def _cited(case: Case) -> list[Any]:
    used = set(case.notes.used)
    return [document for document in case.documents if document.file in used]


def selected(
    formset: FormSet, rubric: Rubric, facts: ReportFacts, projects: Sequence[str], country: str | None
) -> tuple[str, ...]:
    """The ids of the projects that the case is made of."""
    known = [form.project for form in formset.forms]
    for project in projects:
        if project not in known:
            raise ProjectUnknown(project, known)
    chosen = tuple(project for project in known if project in projects) if projects else tuple(known)
    if country is None:
        return chosen
    case = Case(formset, rubric, facts, chosen)
    return tuple(project.id for project in case.projects if is_in(project, country)) or _no_country(case, country)


def is_in(project: ProjectView, country: str) -> bool:
    """Whether the project's country, or one of them, is this one, by name or code."""
    wanted = code_of(country, country) or country.casefold()
    return wanted in {code for code, _ in countries_of(project)}


def countries_of(project: ProjectView) -> list[tuple[str, str]]:
    """The countries of a project, as (code, name)."""
    item = project.item("country")
    values = as_list(project.answer("country").value) if item and project.found("country") else []
    names = [(value, value_words(item, value)) for value in values if item]
    return [(code_of(value, name) or name.casefold(), name) for value, name in names]


def _no_country(case: Case, country: str) -> tuple[str, ...]:
    names = {name for project in case.projects for _, name in countries_of(project)}
    raise CountryUnknown(country, sorted(names))
