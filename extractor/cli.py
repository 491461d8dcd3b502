"""The command line: options and one call each. Heavy modules are imported when a command needs them."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from extractor import __version__
from extractor.errors import (
    EXIT_FAULT,
    EXIT_FILES_FAILED,
    EXIT_INTERRUPTED,
    EXIT_INVALID,
    EXIT_USAGE,
    DeskreviewError,
    UsageError,
)

HELP = "Desk reviews of aid projects: an archive of documents in, filled forms with evidence and reports out."

WORKERS_LOAD = ("extractor.coding.engine", "extractor.documents.pdf")
"""What takes workers longest to load."""
GARBAGE_AFTER = 50_000
"""Objects that are made before garbage is looked for: forms and votes are many, stay, and hold few cycles."""

app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
rubric_app = typer.Typer(help="List, check and describe rubrics.", no_args_is_help=True)
report_app = typer.Typer(help="Draft reports from the forms.", no_args_is_help=True)
app.add_typer(rubric_app, name="rubric")
app.add_typer(report_app, name="report")

Folder = Annotated[Path, typer.Argument(help="The workspace.", metavar="WS", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable, on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Jobs = Annotated[int, typer.Option(min=1, help="Worker processes.", metavar="N")]


class Outline(StrEnum):
    """The outlines of a case study."""

    five = "five"
    four = "four"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"deskreview {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Desk reviews of aid projects: an archive of documents in, filled forms with evidence and reports out."""


@app.command()
def demo(
    to: Annotated[Path, typer.Option(help="Folder for the outputs.", metavar="FOLDER")] = Path("demo-output"),
    jobs: Jobs = 2,
) -> int:
    """Run the main job over the shipped samples and show what came out."""
    from extractor.demo import run_demo

    run_demo(to, jobs)
    return 0


@app.command()
def extract(  # noqa: PLR0913  # options of a command
    archive: Annotated[
        Path, typer.Argument(help="Folder with one folder a project.", metavar="ARCHIVE", show_default=False)
    ],
    workspace: Annotated[
        Path, typer.Option(help="Where all is kept; made if it is not there.", metavar="WS", show_default=False)
    ],
    rubric: Annotated[
        list[str] | None, typer.Option(help="A shipped rubric's name or a path; may be repeated.", metavar="NAME|PATH")
    ] = None,
    jobs: Jobs = 2,
    cluster: Annotated[
        str, typer.Option(help="Work on the Dask cluster at this address; see docs/cluster.md.", metavar="ADDR")
    ] = "",
    confidence: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help="Mark what a person must look at, so that of the other answers this share is right, as measured on "
            "coded projects.",
            metavar="SHARE",
        ),
    ] = 0.0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Read an archive and fill each project's form. Run it again after a change: only what is new is done."""
    from extractor.documents.isolation import started_early

    is_first = archive.is_dir() and not cluster and not any(workspace.glob("*.sqlite"))
    with started_early(jobs if is_first else 0, WORKERS_LOAD):
        from extractor import console
        from extractor.workspace import DEFAULT_RUBRIC, Workspace, check_archive

        check_archive(archive, workspace)
        with Workspace.create(workspace) as opened:
            with console.ShownProgress(quiet or as_json) as progress:
                run = opened.extract(
                    archive,
                    tuple(rubric or [DEFAULT_RUBRIC]),
                    jobs,
                    progress=progress,
                    cluster=cluster,
                    confidence=confidence,
                )
            if as_json:
                console.print_json(console.ledger_to_dict(opened.store.ledger(), opened.forms().forms))
            elif not quiet:
                console.show_projects(opened.forms().forms)
                console.say(
                    f"{run.files} files of {run.projects} projects; {run.read} read now, {run.coded} coded now."
                )
                if confidence:
                    console.say(console.describe_checks(opened.forms().forms, confidence))
                console.say(f"Next: deskreview status {workspace}   deskreview export {workspace} --to forms.xlsx")
        if run.failed:
            console.say(f"{len(run.failed)} files could not be read; see: deskreview status {workspace}")
        return EXIT_FILES_FAILED if run.failed else 0


@app.command()
def status(workspace: Folder, as_json: Json = False) -> int:
    """How each file ended, and how full the forms are."""
    from extractor import console
    from extractor.workspace import Workspace

    with Workspace.open(workspace) as opened:
        rows, forms = opened.store.ledger(), opened.forms().forms
    if as_json:
        console.print_json(console.ledger_to_dict(rows, forms))
    else:
        console.show_ledger(rows, forms)
    return 0


@app.command()
def show(
    workspace: Folder,
    project: Annotated[str, typer.Argument(help="The project's id.", metavar="PROJECT", show_default=False)],
    as_json: Json = False,
) -> int:
    """One project's form, with the best quote of each answer."""
    from extractor import console
    from extractor.exchange.forms_json import form_to_dict
    from extractor.workspace import Workspace

    with Workspace.open(workspace) as opened:
        form = opened.form(project)
        if as_json:
            console.print_json(form_to_dict(form))
        else:
            console.show_form(form, opened.rubric())
    return 0


@app.command()
def text(
    workspace: Folder,
    file: Annotated[
        str, typer.Argument(help="The document's path in the archive.", metavar="FILE", show_default=False)
    ],
    page: Annotated[int | None, typer.Option(help="Only this page of the file.", metavar="N")] = None,
    as_json: Json = False,
) -> int:
    """The stored text of a document, in which every quote stands verbatim."""
    from extractor import console
    from extractor.workspace import Workspace

    with Workspace.open(workspace) as opened:
        pages = [entry for entry in opened.pages(file) if page is None or entry.number == page]
    if page is not None and not pages:
        raise UsageError(f"{file} has no page {page}.")
    if as_json:
        shown = [
            {"page": entry.number, "printed_page": entry.printed, "ocr": entry.ocr, "text": entry.text}
            for entry in pages
        ]
        console.print_json({"file": file, "pages": shown})
    else:
        console.print_text("\f".join(entry.text for entry in pages))
    return 0


@app.command()
def search(
    workspace: Folder,
    query: Annotated[
        str, typer.Argument(help='Words; "a phrase" in quotes; traffick* for any ending.', show_default=False)
    ],
    as_json: Json = False,
) -> int:
    """Find words in the text of all documents, with file, page and sentence."""
    from extractor import console
    from extractor.workspace import Workspace

    with Workspace.open(workspace) as opened:
        found = opened.search(query)
    if as_json:
        console.print_json([asdict(entry) for entry in found])
    else:
        console.show_found(found)
    return 0


@app.command()
def export(
    workspace: Folder,
    to: Annotated[
        Path, typer.Option(help="The file to write: .json, .xlsx or .csv.", metavar="FILE", show_default=False)
    ],
    coder: Annotated[
        str,
        typer.Option(
            help="Whose forms: machine, a reviewer's name, or final: of each project the adjudicated form, else the "
            "single reviewer's, else the machine's.",
            metavar="machine|final|NAME",
        ),
    ] = "final",
) -> int:
    """Write the forms to a file that others work with."""
    from extractor import console
    from extractor.exchange import write_export
    from extractor.reviewing import forms_of
    from extractor.workspace import Workspace

    with Workspace.open(workspace) as opened:
        counted = forms_of(opened, coder)
        opened.verify_all(counted.forms)
        write_export(counted.forms, opened.rubric(), __version__, to)
    for line in counted.lines():
        console.say(line)
    return 0


@app.command("import")
def import_(
    workspace: Folder,
    file: Annotated[
        Path,
        typer.Argument(
            help="A review: .json, either forms.json or PROJECT.CODER.json.", metavar="FILE", show_default=False
        ),
    ],
    coder: Annotated[
        str, typer.Option(help="Whose review it is; else as the file says.", metavar="NAME", show_default=False)
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be taken.")] = False,
) -> int:
    """Take in manual reviews and corrected forms; their quotes are looked up in the documents."""
    from extractor import console
    from extractor.reviewing import import_reviews
    from extractor.workspace import Workspace

    with Workspace.open(workspace) if dry_run else Workspace.change(workspace) as opened:
        imported = import_reviews(opened, file, coder, dry_run)
    console.show_imported(imported.coder, imported.rows(), [str(note) for note in imported.notes], dry_run)
    return 0


@app.command()
def train(  # noqa: PLR0913  # options of a command
    workspace: Annotated[
        Path | None,
        typer.Argument(
            help="Learn from this workspace's reviews, and code its documents anew.", metavar="WS", show_default=False
        ),
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Option(
            help="Labelled passages: a CSV with the columns text and label, several labels separated by a semicolon.",
            metavar="FILE.csv",
        ),
    ] = None,
    test: Annotated[
        Path | None, typer.Option(help="Evaluate on this CSV; else by cross-validation.", metavar="FILE.csv")
    ] = None,
    group: Annotated[
        str, typer.Option(help="Passages with the same in this column stay on one side.", metavar="COLUMN")
    ] = "",
    seed: Annotated[int, typer.Option(min=0, help="Of folds and intervals.", metavar="N")] = 0,
    to: Annotated[Path | None, typer.Option(help="Where to keep the model.", metavar="MODEL")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Of a workspace: only show what learning from its reviews would change.")
    ] = False,
    jobs: Jobs = 2,
    as_json: Json = False,
) -> int:
    """Train the classifier on a workspace's reviews, or one on labelled passages of your own; show how well it does."""
    from extractor import console
    from extractor.training import train_from_csv

    if (labels is None) == (workspace is None):
        raise UsageError("Say what to learn from: a workspace with reviews, or --labels FILE.csv.")
    if workspace is not None:
        if test or to or group:
            raise UsageError("--test, --group and --to belong to --labels; a workspace keeps its model itself.")
        return _train_workspace(workspace, jobs, dry_run, as_json)
    if labels is None or dry_run:
        raise UsageError("--dry-run belongs to a workspace.")
    figures = train_from_csv(labels, test, group, seed, to, console.say)
    if as_json:
        console.print_json(figures)
    else:
        console.show_label_figures(figures)
    return 0


def _train_workspace(workspace: Path, jobs: int, dry_run: bool, as_json: bool) -> int:
    from extractor import console
    from extractor.retraining import train_from_reviews
    from extractor.workspace import Workspace

    with Workspace.change(workspace) as opened, console.ShownProgress(as_json) as progress:
        figures = train_from_reviews(opened, jobs, dry_run, progress)
    if as_json:
        console.print_json(figures)
    else:
        console.show_learning(figures)
    return 0


@app.command()
def classify(
    model: Annotated[
        Path, typer.Argument(help="A model of `deskreview train --labels`.", metavar="MODEL", show_default=False)
    ],
    file: Annotated[Path, typer.Argument(help="A CSV with the column text.", metavar="FILE.csv", show_default=False)],
    to: Annotated[
        Path, typer.Option(help="The CSV to write, with predicted and confidence.", metavar="FILE", show_default=False)
    ],
) -> int:
    """Label passages with a trained model."""
    from extractor import console
    from extractor.training import classify_csv

    console.say(f"{classify_csv(model, file, to)} passages labelled: {to}")
    return 0


@rubric_app.command("list")
def rubric_list(as_json: Json = False) -> int:
    """The rubrics that ship with deskreview."""
    from extractor import console
    from extractor.rubric_yaml import list_rubrics, load_rubric

    rubrics = [load_rubric(path) for path in list_rubrics()]
    if as_json:
        console.print_json([{"name": r.name, "version": r.version, "title": r.title, "hash": r.hash} for r in rubrics])
    for rubric in [] if as_json else rubrics:
        options = sum(len(item.options) for item in rubric.items)
        typer.echo(f"{rubric.name} {rubric.version}: {rubric.title} ({len(rubric.items)} items, {options} options)")
    return 0


@rubric_app.command("check")
def rubric_check(
    path: Annotated[
        str,
        typer.Argument(
            help="A rubric's folder, its rubric.yaml, or a shipped name.", metavar="PATH", show_default=False
        ),
    ],
) -> int:
    """List all that is wrong with a rubric, with file, line and what is allowed."""
    from extractor.rubric_yaml import load_rubric

    rubric = load_rubric(path)
    options = sum(len(item.options) for item in rubric.items)
    typer.echo(
        f"{rubric.name} {rubric.version} is in order: {len(rubric.items)} items, {options} options, "
        f"{len(rubric.examples)} examples."
    )
    return 0


@rubric_app.command("schema")
def rubric_schema() -> int:
    """The JSON schema of rubric.yaml, for your editor."""
    from extractor import console
    from extractor.rubric_spec import rubric_schema

    console.print_json(rubric_schema())
    return 0


Target = Annotated[
    Path, typer.Option(help="The file to write: .docx, .html, .md or .pdf.", metavar="FILE", show_default=False)
]
Templates = Annotated[
    Path | None,
    typer.Option("--template", help="A folder with your own section templates.", metavar="FOLDER", show_default=False),
]


@report_app.command("case-study")
def report_case_study(
    workspace: Folder,
    to: Target,
    project: Annotated[
        list[str] | None, typer.Option(help="A project's id; may be repeated.", metavar="PROJECT")
    ] = None,
    country: Annotated[str | None, typer.Option(help="All projects of this country.", metavar="COUNTRY")] = None,
    outline: Annotated[Outline, typer.Option(help="Five sections to analyse, four for the write-up.")] = Outline.five,
    template: Templates = None,
) -> int:
    """Draft a case study of some projects or of a country's, each statement with its source."""
    from extractor.drafting import draft_case_study
    from extractor.workspace import Workspace

    with Workspace.open(workspace) as opened:
        draft_case_study(opened, tuple(project or ()), country, outline.value, to, _templates(template))
    return _written(to)


@report_app.command("final")
def report_final(workspace: Folder, to: Target, template: Templates = None) -> int:
    """Draft the final report over all projects, each statement with its source."""
    from extractor.drafting import draft_final_report
    from extractor.workspace import Workspace

    with Workspace.open(workspace) as opened:
        draft_final_report(opened, to, _templates(template))
    return _written(to)


@report_app.command("check")
def report_check(
    file: Annotated[Path, typer.Argument(help="A report: .docx or .md.", metavar="FILE", show_default=False)],
) -> int:
    """Check a report against the rules for final reports that a program can check."""
    from extractor.report.check import check_report

    findings = check_report(file)
    for finding in findings:
        typer.echo(str(finding))
    return EXIT_INVALID if findings else 0


def _templates(folder: Path | None) -> Path | None:
    if folder is not None and not folder.is_dir():
        raise UsageError(f"{folder} is no folder. Templates are Markdown files in a folder; Word templates come later.")
    return folder


def _written(to: Path) -> int:
    from extractor import console

    console.say(f"Wrote {to}. It is a machine's draft: read it against its sources before you use it.")
    return 0


# ------------------------------------------------------------------ errors


def main() -> NoReturn:
    """The command `deskreview`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    gc.set_threshold(GARBAGE_AFTER)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command line; gives the exit code. Any foreseen fault is a message, never a traceback."""
    try:
        code = typer.main.get_command(app).main(arguments, prog_name="deskreview", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        _explain_usage(error)
        return EXIT_USAGE
    except (KeyboardInterrupt, typer.Abort):
        code = EXIT_INTERRUPTED
    except DeskreviewError as error:
        _complain(str(error))
        return error.exit_code
    except SystemExit as exit_:  # typer and rich turn a broken pipe into this
        if not isinstance(exit_.__context__, BrokenPipeError):
            raise
        return _stop_writing()
    except BrokenPipeError:
        return _stop_writing()
    except OSError as error:
        return _explain_os_error(error)
    except Exception as error:  # noqa: BLE001  # the edge: no traceback reaches a user
        if os.environ.get("DESKREVIEW_DEBUG"):
            raise
        _complain(f"An internal fault: {type(error).__name__}. What was saved is kept. DESKREVIEW_DEBUG=1 shows more.")
        return EXIT_FAULT
    if code == EXIT_INTERRUPTED:  # typer gives Ctrl-C this code, too
        _complain("Interrupted. What was done is kept: run the same command again to go on.")
    return code if isinstance(code, int) else 0


def _explain_usage(error: typer.TyperException) -> None:
    """What was wrong with the command line, with its usage where typer knows it."""
    show = getattr(error, "show", None)
    if show is None:
        _complain(error.format_message())
    else:
        show()


def _stop_writing() -> int:
    """Whoever read our output has gone: what is still to be written goes nowhere, quietly."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _explain_os_error(error: OSError) -> int:
    if os.environ.get("DESKREVIEW_DEBUG"):
        raise error
    if error.errno == errno.ENOSPC:
        _complain("The disk is full. What was saved is kept: make room and run the same command again.")
    else:
        _complain(f"{error.filename or 'A file'}: {error.strerror or type(error).__name__}.")
    return EXIT_FAULT


def _complain(message: str) -> None:
    shown = "".join(char if char.isprintable() or char == "\n" else " " for char in message)
    sys.stderr.write(f"deskreview: {shown}\n")


if __name__ == "__main__":
    main()
