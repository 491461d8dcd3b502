"""Formats: HTML in one file, PDF with the shipped font, Markdown; and clear messages where a file cannot be written."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from extractor.model import FormSet
from extractor.report.facts import Metadata, PandocFailed, ReportFacts
from extractor.report.final_report import final_report, final_report_metadata
from extractor.report.html import html_bytes
from extractor.report.pandoc import run_pandoc
from extractor.report.pdf import heading_pages, pdf_bytes
from extractor.report.write import FormatUnknown, ReportNotWritten, write_report
from extractor.rubric import Rubric

METADATA = Metadata('A "title" *with* #signs $x$', "2026-01-06", "Sub_title", "Unit", "Subject")
TEXT = """::: draft-mark
Machine-drafted.
:::

# One {#one}

Text \\<b\\> “Čo”.[^1]

| A | B |
|---|---|
| 1 | 2 |

: Cap

[^1]: Note.
"""


@pytest.fixture(scope="module")
def page() -> str:
    return html_bytes(TEXT, METADATA).decode("utf-8")


def test_html_stands_alone(page: str) -> None:
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "<link" not in page and "<script" not in page and "@import" not in page


@pytest.mark.parametrize(
    "part",
    [
        '<html lang="en-GB">', 'class="skip" href="#main"', '<main id="main">', '<nav id="contents"', '<th scope="col"',
        "<caption>", "Table 1. Cap", 'role="doc-noteref"', 'role="doc-backlink"',
        '<div class="draft-mark" role="note">',
        "Text &lt;b&gt; “Čo”.", '<title>A "title" *with* #signs $x$</title>',
    ],
)  # fmt: skip
def test_html_is_accessible_and_escaped(page: str, part: str) -> None:
    assert part in page


def test_html_needs_no_style_left_over(page: str) -> None:
    assert "STYLES" not in page
    assert "--ink: #1f3a5f" in page


def test_pdf_has_the_text_the_font_and_tags(tmp_path: Path) -> None:
    data = pdf_bytes(TEXT, METADATA)
    assert data == pdf_bytes(TEXT, METADATA)
    assert b"LiberationSerif" in data
    assert b"/MarkInfo" in data or b"StructTreeRoot" in data
    document = pypdfium2.PdfDocument(data)
    words = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    assert len(words) == 3
    assert 'A "title" *with* #signs $x$' in words[0] and "Machine-drafted." in words[0]
    assert "Contents" in words[1]
    assert "Text <b> “Čo”." in words[2] and "Page 3 of 3" in words[2]


def test_pages_of_headings_are_those_of_the_pdf() -> None:
    long = "# One\n\n" + "Many words to fill the page. " * 600 + "\n\n# Two\n\nText.\n"
    first, second = heading_pages(long, METADATA)
    assert first == 3
    assert second > first


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md", ".pdf"])
def test_each_format_is_written_whole(
    suffix: str, tmp_path: Path, formset: FormSet, rubric: Rubric, facts: ReportFacts
) -> None:
    to = tmp_path / "new" / f"report{suffix}"
    write_report(final_report(formset, rubric, facts), final_report_metadata(formset, rubric, facts), to)
    assert to.stat().st_size > 10_000
    assert [path.name for path in to.parent.iterdir()] == [to.name]


def test_markdown_has_its_title_before_it(tmp_path: Path) -> None:
    to = tmp_path / "a.md"
    write_report("Text.\n", METADATA, to)
    assert to.read_text(encoding="utf-8").startswith('---\ntitle: "A \\"title\\" \\\\*with\\\\* #signs \\\\$x\\\\$"\n')


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatUnknown, match=r"report\.odt.*\.docx, \.html, \.md, \.pdf"):
        write_report("x", METADATA, tmp_path / "report.odt")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ReportNotWritten, match="could not be written"):
        write_report("x", METADATA, tmp_path / "file" / "report.md")


def test_a_fault_of_pandoc_is_named() -> None:
    with pytest.raises(PandocFailed, match="pandoc"):
        run_pandoc("x", ["--to=nothing-like-it"], "2026-01-01")


def test_other_scripts_do_not_stop_the_pdf() -> None:
    assert pdf_bytes("# বাংলা\n\nText ไทย.\n", METADATA).startswith(b"%PDF")
