"""Writes a report in the format that its file name asks for; the file appears whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from extractor.errors import UsageError
from extractor.report.facts import Metadata
from extractor.report.html import html_bytes
from extractor.report.markdown import md
from extractor.report.pdf import pdf_bytes
from extractor.report.word import docx_bytes


class FormatUnknown(UsageError):
    """The file name ends in nothing that a report can be."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"A report cannot be written as {path.name!r}. Use a name that ends in {', '.join(WRITERS)}.")


class ReportNotWritten(UsageError):
    """The report's file cannot be written."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(f"The report could not be written to {path}: {cause}.")


def markdown_bytes(markdown: str, metadata: Metadata) -> bytes:
    """The report as Markdown, with title and date before it as pandoc reads them."""
    fields = {
        "title": str(md(metadata.title)), "subtitle": str(md(metadata.subtitle)),
        "author": str(md(metadata.organisation)),
        "date": metadata.date, "lang": metadata.language, "subject": str(md(metadata.subject)),
    }  # fmt: skip
    head = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items() if value)
    return f"---\n{head}---\n\n{markdown}".encode()


WRITERS: dict[str, Callable[[str, Metadata], bytes]] = {
    ".docx": docx_bytes,
    ".html": html_bytes,
    ".md": markdown_bytes,
    ".pdf": pdf_bytes,
}


def write_report(markdown: str, metadata: Metadata, to: Path) -> None:
    """Write the report to a file; its suffix names the format."""
    write = WRITERS.get(to.suffix.casefold())
    if write is None:
        raise FormatUnknown(to)
    data = write(markdown, metadata)
    try:
        _replace(to, data)
    except OSError as fault:
        raise ReportNotWritten(to, fault.strerror or type(fault).__name__) from fault


def _replace(to: Path, data: bytes) -> None:
    """Write beside the file and put it in place in one step, so that a full disk leaves the old one."""
    to.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(to)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
