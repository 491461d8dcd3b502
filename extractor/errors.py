"""The tree of errors that deskreview raises on purpose.

DeskreviewError
├── UsageError             what was asked for cannot be done (exit code 2)
│   ├── ArchiveMissing
│   └── ProjectUnknown
├── InvalidInput           a rubric, form or review has problems (exit code 3)
│   ├── RubricInvalid
│   └── FormInvalid
├── EvidenceStale          a quote does not stand at its place any more; what would show it is blocked
├── DocumentError          one file could not be read; becomes its outcome, never ends a batch
└── WorkspaceError         the workspace is locked, newer, or cannot be written (exit code 5)

Messages say what, where, and what to do. Document text never stands in a message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EXIT_FAULT = 1
EXIT_USAGE = 2
EXIT_INVALID = 3
EXIT_FILES_FAILED = 4
EXIT_WORKSPACE = 5
EXIT_GATE = 6
EXIT_INTERRUPTED = 130


class DeskreviewError(Exception):
    """Any fault that deskreview foresees and explains."""

    exit_code = EXIT_FAULT


class UsageError(DeskreviewError):
    """What was asked for cannot be done."""

    exit_code = EXIT_USAGE


class ArchiveMissing(UsageError):
    """The archive folder is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"No archive at {path}. Name a folder that holds one folder a project.")


class ProjectUnknown(UsageError):
    """The workspace has no project of this id."""

    def __init__(self, project: str, known: Sequence[str]) -> None:
        super().__init__(f"No project {project!r} in this workspace. Projects: {', '.join(known) or 'none yet'}.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an input file: where it stands and what is allowed."""

    file: str
    line: int | None
    path: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class InvalidInput(DeskreviewError):
    """An input file has problems; all of them are listed."""

    exit_code = EXIT_INVALID

    def __init__(self, what: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        noun = "problem" if len(self.problems) == 1 else "problems"
        super().__init__(f"{what} has {len(self.problems)} {noun}:\n{lines}")


class RubricInvalid(InvalidInput):
    """A rubric has problems."""


class FormInvalid(InvalidInput):
    """A file of forms or reviews has problems."""


class EvidenceStale(DeskreviewError):
    """A quote does not stand at its place any more; what would show it is blocked."""

    def __init__(self, project: str, item: str, file: str, page: int | None) -> None:
        place = f"{file}, page {page}" if page is not None else file
        whose = f"A quote of {project}, item {item}," if project else "A quote"
        super().__init__(
            f"{whose} does not stand in {place} any more. "
            "Run deskreview extract again, so that the forms fit the documents."
        )


class DocumentError(DeskreviewError):
    """One file could not be read: `outcome` is one of the contract's, `reason` says why and what to do."""

    def __init__(self, outcome: str, reason: str) -> None:
        self.outcome = outcome
        self.reason = reason
        super().__init__(f"{outcome}: {reason}")

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str]]:
        return type(self), (self.outcome, self.reason)


class WorkspaceError(DeskreviewError):
    """The workspace is locked, of a newer version, or cannot be written."""

    exit_code = EXIT_WORKSPACE
