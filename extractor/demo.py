"""The main job over the shipped samples: what `make demo` runs."""

from __future__ import annotations

from pathlib import Path

from extractor import __version__, console
from extractor.drafting import draft_case_study, draft_final_report
from extractor.exchange import write_export
from extractor.resources import shipped
from extractor.workspace import DEFAULT_RUBRIC, Workspace

CASE_STUDY_COUNTRY = "Albania"
"""The sample project with the most documents, an evaluation among them."""
OUTPUTS = {
    "workspace": "all that was read and found, for the other commands",
    "forms.json": "the forms with evidence, for programs",
    "forms.xlsx": "the forms as a workbook",
    "case-study.docx": f"a case study of {CASE_STUDY_COUNTRY}, to go on writing in Word",
    "final-report.docx": "a final report over all projects, for Word",
    "final-report.html": "the same to read in a browser",
    "final-report.pdf": "the same to print",
}
"""Name in the output folder -> what it is."""


def run_demo(to: Path, jobs: int) -> None:
    """Extract the sample archive and write every kind of output."""
    with Workspace.create(to / "workspace") as workspace:
        with console.ShownProgress() as progress:
            workspace.extract(shipped("samples") / "archive", (DEFAULT_RUBRIC,), jobs, progress=progress)
        forms, rubric = workspace.forms(), workspace.rubric()
        workspace.verify_all(forms)
        for name in ("forms.json", "forms.xlsx"):
            write_export(forms, rubric, __version__, to / name)
        draft_case_study(workspace, (), CASE_STUDY_COUNTRY, "five", to / "case-study.docx")
        for name in ("final-report.docx", "final-report.html", "final-report.pdf"):
            draft_final_report(workspace, to / name)
        console.show_projects(forms.forms)
    console.show_outputs({str(to / name): what for name, what in OUTPUTS.items()})
