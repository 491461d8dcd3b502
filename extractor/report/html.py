"""Markdown to one self-contained, accessible HTML file."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from extractor.report.facts import Metadata
from extractor.report.pandoc import filter_argument, run_pandoc
from extractor.report.pdf import LAYOUT
from extractor.report.wording import date_words
from extractor.resources import shipped

STYLES_MARK = "STYLES"
CONTENTS_DEPTH = 2
HEAD_CELL = re.compile(r"<th(?=[\s>])")


def html_bytes(markdown: str, metadata: Metadata) -> bytes:
    """The report as HTML, styles and all in the one file."""
    templates = shipped("templates")
    layout = (templates / LAYOUT / "report.html").read_text(encoding="utf-8")
    styles = (templates / "report.css").read_text(encoding="utf-8").replace("$", "$$")
    with tempfile.TemporaryDirectory(prefix="deskreview-") as folder:
        template = Path(folder) / "report.html"
        template.write_text(layout.replace(STYLES_MARK, styles), encoding="utf-8")
        made = run_pandoc(markdown, _arguments(template, metadata), metadata.date)
    return HEAD_CELL.sub('<th scope="col"', made.decode("utf-8")).encode("utf-8")


def _arguments(template: Path, metadata: Metadata) -> list[str]:
    return [
        "--to=html5", "--standalone", f"--template={template}", "--number-sections", "--toc",
        f"--toc-depth={CONTENTS_DEPTH}",
        "--section-divs", "--wrap=none", "--email-obfuscation=none",
        filter_argument(shipped("templates") / LAYOUT / "report.lua"),
        f"--metadata=title:{metadata.title}", f"--metadata=subtitle:{metadata.subtitle}",
        f"--metadata=author:{metadata.organisation}",
        f"--metadata=date:{date_words(metadata.date)}", f"--metadata=iso:{metadata.date}",
        f"--metadata=lang:{metadata.language}", f"--metadata=generator:{metadata.generator}",
    ]  # fmt: skip
