"""Files that others work with: forms.json, workbooks, CSV, manual reviews."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from extractor.errors import UsageError
from extractor.exchange.whole_file import whole_file
from extractor.model import FormSet
from extractor.rubric import Rubric


def write_export(forms: FormSet, rubric: Rubric, version: str, to: Path) -> None:
    """Write forms to a file, in the format that its suffix names; an existing file is replaced, whole or not at all."""
    writer = WRITERS.get(to.suffix.lower())
    if writer is None:
        raise UsageError(f"{to.name}: no export to files that end so. Known: {', '.join(WRITERS)}.")
    with whole_file(to) as path:
        writer(forms, rubric, version, path)


def _write_json(forms: FormSet, _rubric: Rubric, version: str, path: Path) -> None:
    from extractor.exchange.forms_json import write_forms

    write_forms(forms, version, path)


def _write_workbook(forms: FormSet, rubric: Rubric, version: str, path: Path) -> None:
    from extractor.exchange.workbook import write_workbook  # openpyxl is slow to load

    write_workbook(forms, rubric, version, path)


def _write_csv(forms: FormSet, rubric: Rubric, _version: str, path: Path) -> None:
    from extractor.exchange.csv_file import write_csv
    from extractor.exchange.tables import answers_table

    write_csv(answers_table(forms, rubric), path)


Writer = Callable[[FormSet, Rubric, str, Path], None]
WRITERS: Mapping[str, Writer] = {".json": _write_json, ".xlsx": _write_workbook, ".csv": _write_csv}
"""Suffix -> what writes it."""
