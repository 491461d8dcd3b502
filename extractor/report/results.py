"""Results with target and achieved: the rows of "planned against realised"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.report.markdown import Md, md
from extractor.report.project import Entry, ProjectView
from extractor.report.support import overlap
from extractor.report.values import as_list
from extractor.report.wording import number_text, percent

NOT_STATED = "not stated"
SAME_STATEMENT = 0.8
RESULT_ITEMS = ("results_achieved", "results_framework")


@dataclass(frozen=True)
class ResultRow:
    """A result of a project; numbers that the documents do not state are None, never 0."""

    entry: Entry
    level: str
    number: str
    indicator: str
    unit: str
    target: float | None
    achieved: float | None
    note_text: str

    @property
    def project(self) -> ProjectView:
        """Its project."""
        return self.entry.project

    @property
    def both(self) -> bool:
        """Whether target and achieved are both stated."""
        return bool(self.target) and self.achieved is not None

    @property
    def reached(self) -> bool:
        """Whether the target was reached or exceeded."""
        return self.target is not None and self.achieved is not None and self.achieved >= self.target

    @property
    def rate(self) -> str:
        """Achieved as a share of the target."""
        return percent(self.achieved, self.target) if self.both and self.achieved is not None and self.target else "-"

    def cells(self) -> tuple[Md, ...]:
        """Result, target, achieved and share, as cells of a table."""
        head = f"{self.number} {self.entry.text}".strip()
        unit = f" ({self.unit})" if self.unit else ""
        return (
            md(f"{head}{unit}") + self.entry.note(),
            md(_stated(self.target)),
            md(_stated(self.achieved)),
            md(self.rate),
        )


def _stated(number: float | None) -> str:
    return NOT_STATED if number is None else number_text(number)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def result_rows(projects: Iterable[ProjectView]) -> tuple[ResultRow, ...]:
    """The results of projects: what was measured first, then what the framework adds to it."""
    return tuple(row for project in projects for row in _rows_of(project))


def _rows_of(project: ProjectView) -> list[ResultRow]:
    rows: list[ResultRow] = []
    for item_id in RESULT_ITEMS:
        answer = project.answer(item_id)
        for part in as_list(answer.value) if project.found(item_id) else []:
            if isinstance(part, Mapping) and not _known(part, rows):
                rows.append(
                    _row(part, project.entry(str(part.get("statement") or part.get("indicator") or ""), answer))
                )
    return rows


def _row(part: Mapping[str, Any], entry: Entry) -> ResultRow:
    texts = {key: str(part.get(key) or "") for key in ("level", "no", "indicator", "unit", "note")}
    return ResultRow(
        entry, texts["level"], texts["no"], texts["indicator"], texts["unit"],
        _number(part.get("target")), _number(part.get("achieved")), texts["note"],
    )  # fmt: skip


def _known(part: Mapping[str, Any], rows: Iterable[ResultRow]) -> bool:
    """Whether a row of the framework is there already, with its figures."""
    statement = str(part.get("statement") or "")
    return any(overlap(statement, row.entry.text) >= SAME_STATEMENT for row in rows)
