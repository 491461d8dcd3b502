"""Runs pandoc: no shell, a time limit, sandboxed, and with a fixed clock so that the same text gives the same bytes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pypandoc

from extractor.report.facts import PandocFailed

TIMEOUT_SECONDS = 120
MAX_CAUSE = 400
READER = (
    "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-latex_macros-citations-example_lists"
    "-markdown_in_html_blocks-native_divs-native_spans-smart-emoji-implicit_figures-yaml_metadata_block-pandoc_title_block"
)
"""Markdown without what can carry code or be set off by the words of a document."""


def epoch(date: str) -> int:
    """Seconds since 1970 of a date's midnight, UTC."""
    return int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp())


def run_pandoc(markdown: str, arguments: Sequence[str], date: str) -> bytes:
    """What pandoc makes of a Markdown text, from its standard output."""
    command = [pypandoc.get_pandoc_path(), "--sandbox", f"--from={READER}", *arguments, "--output=-"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch(date))}
    try:
        done = subprocess.run(  # noqa: S603 - fixed program, arguments are ours, the text goes in by stdin
            command,
            input=markdown.encode("utf-8"),
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            check=True,
            env=environment,
        )
    except subprocess.TimeoutExpired as fault:
        raise PandocFailed("pandoc", f"it took longer than {TIMEOUT_SECONDS} seconds") from fault
    except subprocess.CalledProcessError as fault:
        cause = fault.stderr.decode("utf-8", "replace").strip()[:MAX_CAUSE]
        raise PandocFailed("pandoc", cause or f"exit code {fault.returncode}") from fault
    return done.stdout


def variable(name: str, value: str) -> str:
    """A template variable as an argument."""
    return f"--variable={name}:{value}"


def filter_argument(path: Path) -> str:
    """A Lua filter as an argument."""
    return f"--lua-filter={path}"
