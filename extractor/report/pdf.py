"""Markdown to PDF: pandoc writes Typst, Typst sets it with the shipped font. Tagged, offline, same bytes."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import typst

from extractor.report.facts import Metadata, PandocFailed
from extractor.report.pandoc import epoch, filter_argument, run_pandoc, variable
from extractor.report.wording import date_words
from extractor.resources import shipped

LAYOUT = "layout"
FONTS = "fonts"
HEADING_PAGES = "<heading-pages>"
TAGGING_FAULT = "internal error"
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


def _covered(source: str) -> bool:
    return bool(COVERED.match(source))


def _font_paths() -> list[Path]:
    return [shipped("templates") / FONTS]


def pdf_bytes(markdown: str, metadata: Metadata) -> bytes:
    """The report as a tagged PDF, to the rules of PDF/UA-1 where Typst can keep them."""
    source = typst_source(markdown, metadata)
    with _written(source) as path:
        try:
            return _compiled(path, source, metadata, "ua-1")
        except typst.TypstError:
            return _compiled_or_fail(path, source, metadata)


def _compiled(
    path: Path, source: str, metadata: Metadata, standard: Literal["ua-1"] | None, tags: bool = True
) -> bytes:
    return typst.compile(
        path,
        format="pdf",
        timestamp=epoch(metadata.date),
        font_paths=_font_paths(),
        ignore_system_fonts=_covered(source),
        pdf_standards=standard,
        pdf_tags=tags,
    )


def _compiled_or_fail(path: Path, source: str, metadata: Metadata) -> bytes:
    """Without the rules of PDF/UA, and without tags where Typst fails in making them."""
    try:
        return _compiled(path, source, metadata, None)
    except typst.TypstError as first:
        if TAGGING_FAULT not in first.message:
            raise PandocFailed("Typst", first.message) from first
    try:
        return _compiled(path, source, metadata, None, tags=False)
    except typst.TypstError as fault:
        raise PandocFailed("Typst", fault.message) from fault


def heading_pages(markdown: str, metadata: Metadata) -> Sequence[int]:
    """The page of each heading as Typst sets it: what a Word file's contents show until Word counts for itself."""
    source = typst_source(markdown, metadata)
    with _written(source) as path:
        try:
            answer = typst.query(
                path,
                HEADING_PAGES,
                field="value",
                one=True,
                font_paths=_font_paths(),
                ignore_system_fonts=_covered(source),
            )
        except typst.TypstError as fault:
            raise PandocFailed("Typst", fault.message) from fault
    return [int(page) for page in re.findall(r"\d+", answer)]
