"""Reports of a workspace: its forms, rubric and facts handed to the report's stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from extractor import __version__
from extractor.model import READ_OUTCOMES, Coder, LedgerRow
from extractor.report.acronyms import explained
from extractor.report.case_study import Outline, case_study, case_study_metadata
from extractor.report.facts import ReportFacts
from extractor.report.final_report import final_report, final_report_metadata
from extractor.report.write import write_report
from extractor.reviewing import forms_of
from extractor.workspace import Workspace, now


def report_facts(
    workspace: Workspace, templates: Path | None = None, coders: Mapping[str, Coder] | None = None
) -> ReportFacts:
    """What a report says of how its forms were made; `coders`: whose form of each project it is."""
    ledger = tuple(workspace.store.ledger())
    return ReportFacts(
        workspace=workspace.folder.name,
        today=now()[:10],
        version=__version__,
        verify=workspace.verify,
        ledger=ledger,
        acronyms=_acronyms(workspace, ledger),
        templates=templates,
        coders=coders or {},
    )


def _acronyms(workspace: Workspace, ledger: Sequence[LedgerRow]) -> dict[str, str]:
    """The acronyms that the documents explain, the first explanation of each."""
    found: dict[str, str] = {}
    for row in ledger:
        if row.outcome in READ_OUTCOMES:
            for page in workspace.pages(row.file):
                found = {**explained(page.text), **found}
    return found


def draft_case_study(
    workspace: Workspace,
    projects: Sequence[str],
    country: str | None,
    outline: Outline,
    to: Path,
    templates: Path | None = None,
) -> None:
    """Write the case study of some projects, or of a country's, in the format that the file's name asks for.

    The projects' final forms count: adjudicated, else the single reviewer's, else the machine's.
    """
    counted = forms_of(workspace)
    forms, rubric, facts = counted.forms, workspace.rubric(), report_facts(workspace, templates, counted.coders)
    for project in projects:
        workspace.form(project)
    text = case_study(forms, rubric, facts, projects, country, outline)
    write_report(text, case_study_metadata(forms, rubric, facts, projects, country), to)


def draft_final_report(workspace: Workspace, to: Path, templates: Path | None = None) -> None:
    """Write the final report over all projects' final forms, in the format that the file's name asks for."""
    counted = forms_of(workspace)
    forms, rubric, facts = counted.forms, workspace.rubric(), report_facts(workspace, templates, counted.coders)
    write_report(final_report(forms, rubric, facts), final_report_metadata(forms, rubric, facts), to)
