"""Markdown to PDF: pandoc writes Typst, Typst sets it with the shipped font. Tagged, offline, the same bytes each time."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typst

from extractor.report.facts import Metadata, PandocFailed
from extractor.report.pandoc import epoch, filter_argument, run_pandoc, variable
from extractor.report.wording import date_words
from extractor.resources import shipped

LAYOUT = "layout"
FONTS = "fonts"
HEADING_PAGES = "<heading-pages>"
COVERED = re.compile(r"^[\x00-\u058f\u1e00-\u20bf\u2100-\u22ff\u25a0-\u25ff\ufb00-\ufb04\ufeff\ufffd]*$")
"""Latin, Greek, Cyrillic and punctuation, which the shipped font has; other scripts need a font of the machine."""


def typst_source(markdown: str, metadata: Metadata) -> str:
    """The report as Typst source."""
    layout = shipped("templates") / LAYOUT
    language, _, region = metadata.language.partition("-")
    year, month, day = metadata.date.split("-")
    arguments = [
        "--to=typst", "--standalone", f"--template={layout / 'report.typ'}", filter_argument(layout / "report.lua"),
        f"--metadata=title:{metadata.title}", f"--metadata=subtitle:{metadata.subtitle}",
        f"--metadata=author:{metadata.organisation}", f"--metadata=date:{date_words(metadata.date)}",
        f"--metadata=footer:{metadata.generator}", variable("lang", language), variable("region", region),
        variable("year", year), variable("month", str(int(month))), variable("day", str(int(day))),
    ]  # fmt: skip
    return run_pandoc(markdown, arguments, metadata.date).decode("utf-8")


@contextmanager
def _written(source: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="deskreview-") as folder:
        path = Path(folder) / "report.typ"
        path.write_text(source, encoding="utf-8")
        yield path


def _fonts(source: str) -> dict[str, object]:
    return {"font_paths": [str(shipped("templates") / FONTS)], "ignore_system_fonts": bool(COVERED.match(source))}


def pdf_bytes(markdown: str, metadata: Metadata) -> bytes:
    """The report as a tagged PDF."""
    source = typst_source(markdown, metadata)
    with _written(source) as path:
        try:
            made = typst.compile(str(path), format="pdf", timestamp=epoch(metadata.date), **_fonts(source))
        except typst.TypstError as fault:
            raise PandocFailed("Typst", fault.message) from fault
    return bytes(made)


def heading_pages(markdown: str, metadata: Metadata) -> Sequence[int]:
    """The page of each heading as Typst sets it: what a Word file's contents show until Word counts for itself."""
    source = typst_source(markdown, metadata)
    with _written(source) as path:
        try:
            answer = typst.query(str(path), HEADING_PAGES, field="value", one=True, **_fonts(source))
        except typst.TypstError as fault:
            raise PandocFailed("Typst", fault.message) from fault
    return [int(page) for page in re.findall(r"\d+", answer)]
