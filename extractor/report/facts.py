"""What a report needs besides forms and rubric, and the faults that end a report. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extractor.errors import DeskreviewError
from extractor.model import Evidence, LedgerRow

DEFAULT_LANGUAGE = "en-GB"


class PandocFailed(DeskreviewError):
    """pandoc or Typst ended with an error, or took longer than it may."""

    def __init__(self, step: str, cause: str) -> None:
        super().__init__(f"The report could not be written ({step}): {cause}")


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The circumstances of a report. `today` (YYYY-MM-DD) is passed in, so that the same input gives the same bytes.

    `verify` says whether a quote still stands at its place. `coders` names, per project, whose form was used
    where it is not the form set's own. `acronyms` are those that the documents explain; `templates` is the
    user's own template folder, which goes before the shipped one, file by file.
    """

    workspace: str
    today: str
    version: str
    verify: Callable[[Evidence], bool]
    title: str = ""
    organisation: str = ""
    reviewers: tuple[str, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()
    coders: Mapping[str, str] = field(default_factory=dict)
    acronyms: Mapping[str, str] = field(default_factory=dict)
    templates: Path | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the title page and the document's properties say. Plain text; `date` is YYYY-MM-DD."""

    title: str
    date: str
    subtitle: str = ""
    organisation: str = ""
    subject: str = ""
    language: str = DEFAULT_LANGUAGE
    generator: str = "deskreview"
