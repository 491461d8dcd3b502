"""A report as a program checks it: its parts in order with their paragraphs, from Word or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from extractor.report.text import plain, word_count

MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{[^}]*\})?\s*#*$")
HEADING_NAME = re.compile(r"^heading (\d)$", re.IGNORECASE)
TYPED_NUMBER = re.compile(r"^(?:chapter\s+)?[\dIVX]+(?:\.\d+)*[.):]?\s+", re.IGNORECASE)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
FENCE = re.compile(r"^:::.*$", re.MULTILINE)
NOTES = re.compile(r"^\[\^\d+\]:.*$", re.MULTILINE)


@dataclass
class Part:
    """A part that a top heading opens, with all below it. `rows` are the first two cells of its table rows."""

    title: str
    paragraphs: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def words(self) -> int:
        """How many words it has, tables included."""
        cells = (cell for row in self.rows for cell in row)
        return sum(word_count(text) for text in (*self.paragraphs, *cells))

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join((*self.paragraphs, *(" ".join(row) for row in self.rows)))


def bare(title: str) -> str:
    """A heading without a typed number."""
    return TYPED_NUMBER.sub("", title.strip())


def read_outline(path: Path) -> list[Part]:
    """The parts of a report in a .docx or .md file; the first, without title, is what stands before any heading."""
    return (
        docx_outline(Document(str(path)))
        if path.suffix.casefold() == ".docx"
        else markdown_outline(path.read_text(encoding="utf-8"))
    )


def markdown_outline(text: str) -> list[Part]:
    """The parts of a Markdown report, footnotes left out."""
    parts = [Part("")]
    body = NOTES.sub("", FENCE.sub("", FRONT_MATTER.sub("", text)))
    for paragraph in re.split(r"\n\s*\n", body):
        for line in paragraph.strip().split("\n"):
            heading = MARKDOWN_HEADING.match(line)
            if heading and len(heading[1]) == 1:
                parts.append(Part(bare(plain(heading[2]).strip())))
            elif line.startswith("|"):
                parts[-1].rows.append(tuple(plain(cell).strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]))
            elif line.strip():
                parts[-1].paragraphs.append(re.sub(r"\s+", " ", plain(line)).strip())
    return parts


def docx_outline(document: Any) -> list[Part]:
    """The parts of a Word report in the order of its body."""
    parts = [Part("")]
    levels = {
        style.style_id: int(match[1]) for style in document.styles if (match := HEADING_NAME.match(style.name or ""))
    }
    levels |= {style.style_id: 1 for style in document.styles if (style.name or "").casefold() == "toc heading"}
    for element in _blocks(document.element.body):
        if element.tag == qn("w:tbl"):
            parts[-1].rows.extend(_rows(element))
            continue
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        words = paragraph_text(element)
        if style is not None and levels.get(style.get(qn("w:val"))) == 1 and words:
            parts.append(Part(bare(words)))
        elif words:
            parts[-1].paragraphs.append(words)
    return parts


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables; a content control is opened, and the contents in it are a part by their own heading."""
    for element in body:
        if element.tag == qn("w:sdt"):
            yield from _contents(element)
        elif element.tag in {qn("w:p"), qn("w:tbl")}:
            yield element


def _contents(control: Any) -> Iterator[Any]:
    inner = control.find(qn("w:sdtContent"))
    return iter(()) if inner is None else iter(inner.findall(qn("w:p")))


def paragraph_text(paragraph: Any) -> str:
    """The words of a Word paragraph, tabs as spaces."""
    pieces = (
        node.text or "" if node.tag == qn("w:t") else " " for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
    )
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _rows(table: Any) -> Sequence[tuple[str, ...]]:
    return [
        tuple(" ".join(paragraph_text(p) for p in cell.iter(qn("w:p"))) for cell in row.findall(qn("w:tc")))
        for row in table.findall(qn("w:tr"))
    ]
