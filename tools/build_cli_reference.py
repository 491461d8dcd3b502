"""Writes docs/cli.md from the help of the commands themselves: `make docs`. A test holds the page equal to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from extractor.cli import app

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
INTRODUCTION = """# Commands

<!-- Written by tools/build_cli_reference.py from the commands' help: change the help, then run `make docs`. -->

`WS` is a workspace: the folder in which `extract` keeps what it read and found. Data goes to standard output and
messages to standard error; `--json` gives data for programs. `NO_COLOR=1` switches colours off. What an exit code means
is told under [troubleshooting](troubleshooting.md#exit-codes). `deskreview --version` shows the version, and `--help`
after any command what you read here.
"""
EXAMPLES = {
    "demo": "deskreview demo --to demo-output",
    "extract": "deskreview extract archive --workspace review",
    "status": "deskreview status review",
    "show": "deskreview show review albania-shelters-2006",
    "text": "deskreview text review albania-shelters-2006/proposal.pdf --page 3",
    "search": 'deskreview search review "shelter traffick*"',
    "export": "deskreview export review --to forms.xlsx",
    "import": "deskreview import review albania-shelters-2006.A.json --dry-run",
    "train": "deskreview train review",
    "classify": "deskreview classify model.skops more.csv --to labelled.csv",
    "rubric list": "deskreview rubric list",
    "rubric check": "deskreview rubric check my-rubric",
    "rubric schema": "deskreview rubric schema > rubric.schema.json",
    "report case-study": "deskreview report case-study review --country Albania --to albania.docx",
    "report final": "deskreview report final review --to final-report.docx",
    "report check": "deskreview report check final-report.docx",
}
"""Each command's path -> a line to start from."""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command that does something, with its path below `deskreview`."""
    yield from _below("", typer.main.get_command(app))


def _below(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield path, command
        return
    for name, child in children.items():
        yield from _below(f"{path} {name}".strip(), child)


def options(command: Any) -> list[tuple[str, str]]:
    """What a command takes: (how it is written, what it means), arguments first."""
    context = typer.Context(command)
    records = [(one.param_type_name, one.get_help_record(context)) for one in command.get_params(context)]
    shown = [(kind, record) for kind, record in records if record and record[0] != "--help"]
    return [
        (record[0].split(" <")[0] if kind == "argument" else record[0], record[1])
        for kind, record in sorted(shown, key=lambda one: one[0] != "argument")
    ]


def usage(path: str, command: Any) -> str:
    """The line that shows what a command takes."""
    names = [written for written, _ in options(command) if not written.startswith("-")]
    optional = any(written.startswith("-") for written, _ in options(command))
    return " ".join(["deskreview", path, *names, *(["[OPTIONS]"] if optional else [])])


def section(path: str, command: Any) -> str:
    """The page's part on one command."""
    rows = [f"| `{_cell(written)}` | {_cell(meaning)} |" for written, meaning in options(command)]
    table = ["", "| | |", "| --- | --- |", *rows] if rows else []
    lines = [f"## deskreview {path}", "", command.help.strip(), "", "```", usage(path, command), "```", *table]
    example = [] if path not in EXAMPLES else ["", f"Example: `{EXAMPLES[path]}`"]
    return "\n".join([*lines, *example]) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *(section(path, command) for path, command in commands())])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
