"""Build `samples/archive/` from `samples/sources/`: one Markdown source a document, the header says what it becomes.

python samples/build.py            all documents
python samples/build.py albania    those whose path contains the word
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pypandoc
import pypdfium2
import typst
import yaml
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from PIL import Image

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
ARCHIVE = HERE / "archive"

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
SCAN_DPI = 150
SCAN_JPEG_QUALITY = 42
SCAN_MAX_SKEW = 0.7  # degrees
SCAN_NOISE = 9.0  # standard deviation in grey levels
PAPER_GREY = 246
TEXT_COLUMNS = 76
AUTO_WIDTHS = "--columns=500"  # no line of a source is longer, so pandoc leaves column widths to Typst

TABLE_HEADER = re.compile(r"(?<=    )table\.header\((.*,)\)(?=,$)", re.MULTILINE)

TEXT_BOX_STYLE = "Text Box"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINE = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
BORDERS = f"<w:tblBorders {W}>" + "".join(LINE.format(side=side) for side in SIDES) + "</w:tblBorders>"
HTML_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="author" content="{author}">
<meta name="date" content="{day}">
<style>body {{font-family: sans-serif; max-width: 46em; margin: auto}} td, th {{border: 1px solid #999}}</style>
</head>
<body>
{before}<main>
{main}</main>
{after}</body>
</html>
"""
EMU_PER_LINE = 190_000
BOX_CHARACTERS_PER_LINE = 78


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its place, its header and its Markdown."""

    path: Path
    header: dict[str, Any]
    body: str

    @property
    def target(self) -> str:
        """The built file's path below the archive."""
        return f"{self.path.parent.name}/{self.header['file']}"

    @property
    def day(self) -> date:
        """The document's date: `built` where the printed date is no full day."""
        day = self.header.get("built", self.header["date"])
        assert isinstance(day, date), f"{self.path}: date or built must be a full day"
        return day


def read_source(path: Path) -> Source:
    """A source file parted into header and body."""
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Source(path, yaml.safe_load(header), body)


def sources() -> list[Source]:
    """All sources, by path."""
    return [read_source(path) for path in sorted(SOURCES.glob("*/*.md"))]


# ------------------------------------------------------------------------------------------------ PDF
def typst_value(value: Any) -> str:
    """A Python value as Typst writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "none"
    if isinstance(value, date):
        return f"datetime(year: {value.year}, month: {value.month}, day: {value.day})"
    if isinstance(value, list):
        return "(" + "".join(f"{typst_value(part)}, " for part in value) + ")"
    if isinstance(value, float):
        return f"{value}pt"
    if isinstance(value, int):
        return str(value)
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def typst_meta(source: Source) -> str:
    """What `report.typ` wants to know of the document."""
    header = source.header
    layout = header.get("layout", {})
    meta = {
        "title": header["title"],
        "subtitle": header.get("subtitle", ""),
        "kicker": header.get("kicker", ""),
        "authors": header.get("authors", []),
        "date": source.day,
        "printed_date": str(header.get("printed_date", "")),
        "lang": header.get("language", "en"),
        "region": {"en": "GB", "fr": "FR"}[header.get("language", "en")],
        "cover": layout.get("cover", False),
        "byline": layout.get("byline", True),
        "front": layout.get("front", "1"),
        "columns": layout.get("columns", 1),
        "hyphenate": layout.get("hyphenate", False),
        "header": layout.get("header", ""),
        "footer": layout.get("footer", ""),
        "font": layout.get("font", "Libertinus Serif"),
        "size": float(layout.get("size", 11)),
        "paper": layout.get("paper", "a4"),
    }
    return "#let meta = (\n" + "".join(f"  {key}: {typst_value(value)},\n" for key, value in meta.items()) + ")\n"


def build_pdf(source: Source) -> bytes:
    """A PDF with a text layer."""
    body = pypandoc.convert_text(source.body, "typst", format="markdown", extra_args=["--wrap=none", AUTO_WIDTHS])
    body = TABLE_HEADER.sub(r"table.header(..(\1).map(head))", body)
    whole = typst_meta(source) + (SOURCES / "report.typ").read_text(encoding="utf-8") + body
    stamp = int(datetime(source.day.year, source.day.month, source.day.day, tzinfo=UTC).timestamp())
    return bytes(typst.compile(whole.encode("utf-8"), format="pdf", ignore_system_fonts=True, timestamp=stamp))


def scanned(page: Image.Image, random: np.random.Generator) -> Image.Image:
    """A page as an office scanner gives it: a little askew, grey paper, noise."""
    skewed = page.convert("L").rotate(
        random.uniform(-SCAN_MAX_SKEW, SCAN_MAX_SKEW), resample=Image.Resampling.BICUBIC, fillcolor=255
    )
    grey = np.asarray(skewed, dtype=np.float64) * (PAPER_GREY / 255)
    noisy = grey + random.normal(0.0, SCAN_NOISE, grey.shape)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8), mode=None)


def build_scan(source: Source) -> bytes:
    """A PDF of page images only."""
    random = np.random.default_rng(zlib.crc32(source.target.encode()))
    with pypdfium2.PdfDocument(build_pdf(source)) as pdf:
        pages = [scanned(page.render(scale=SCAN_DPI / 72).to_pil(), random) for page in pdf]
    moment = source.day.timetuple()
    out = io.BytesIO()
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=SCAN_DPI, quality=SCAN_JPEG_QUALITY,
        creationDate=moment, modDate=moment, producer="office scanner",
    )  # fmt: skip
    return out.getvalue()


# ----------------------------------------------------------------------------------------------- Word
def put_in_text_box(paragraphs: list[Paragraph], number: int) -> None:
    """Move a run of paragraphs into a text box, in both the shapes that Word writes."""
    lines = sum(1 + len(paragraph.text) // BOX_CHARACTERS_PER_LINE for paragraph in paragraphs)
    content = "".join(
        f"<w:p><w:r><w:t>{text.replace('&', '&amp;').replace('<', '&lt;')}</w:t></w:r></w:p>"
        for text in (paragraph.text for paragraph in paragraphs)
    )
    shape = (SOURCES / "text-box.xml").read_text(encoding="utf-8")
    run = parse_xml(shape.format(id=number, height=EMU_PER_LINE * (lines + 1), content=content))
    anchor, *rest = paragraphs
    for child in list(anchor._p):
        if child.tag != qn("w:pPr"):
            anchor._p.remove(child)
    anchor._p.append(run)
    for paragraph in rest:
        paragraph._p.getparent().remove(paragraph._p)


def is_boxed(paragraph: Paragraph) -> bool:
    """Whether the source marks the paragraph as text of a box."""
    return paragraph.style is not None and paragraph.style.name == TEXT_BOX_STYLE


def make_text_boxes(word: WordDocument) -> None:
    """Each run of paragraphs in the text box style becomes a text box."""
    runs = groupby(list(word.paragraphs), key=is_boxed)
    for number, paragraphs in enumerate((list(run) for boxed, run in runs if boxed), start=1):
        put_in_text_box(paragraphs, number)


def add_field(paragraph: Paragraph, code: str) -> None:
    """A Word field, such as the page number."""
    paragraph._p.append(parse_xml(f'<w:fldSimple {W} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def set_frame(word: WordDocument, layout: dict[str, Any]) -> None:
    """Margins, running header and footer."""
    section = word.sections[0]
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.2)
    section.header.paragraphs[0].text = layout.get("header", "")
    footer = section.footer.paragraphs[0]
    footer.text = layout.get("footer", "") + "  |  Page "
    add_field(footer, "PAGE")
    for paragraph in (section.header.paragraphs[0], footer):
        for run in paragraph.runs:
            run.font.size = Pt(8.5)


def set_tables(word: WordDocument) -> None:
    """Lines around all cells: pandoc draws none."""
    for table in word.tables:
        table._tbl.tblPr.append(parse_xml(BORDERS))


def set_styles(word: WordDocument, layout: dict[str, Any]) -> None:
    """The house font of whoever wrote it, black headings."""
    for style in word.styles:
        font = getattr(style, "font", None)
        if font is None:
            continue
        for fonts in style.element.iter(qn("w:rFonts")):
            for name in list(fonts.attrib):
                del fonts.attrib[name]
            for name in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{name}"), layout.get("font", "Calibri"))
    word.styles["Normal"].font.name = layout.get("font", "Calibri")
    word.styles["Normal"].font.size = Pt(layout.get("size", 11))


def set_properties(word: WordDocument, source: Source) -> None:
    """Title, author and dates of the file, all from the header."""
    moment = datetime(source.day.year, source.day.month, source.day.day, 9, 0)
    properties = word.core_properties
    properties.title = source.header["title"]
    properties.author = ", ".join(source.header.get("authors", []))
    properties.last_modified_by = ""
    properties.created = properties.modified = moment
    properties.language = {"en": "en-GB", "fr": "fr-FR"}[source.header.get("language", "en")]


def stable_zip(data: bytes) -> bytes:
    """The same archive with its entries sorted and dated alike; the list of content types stays first."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()


def build_docx(source: Source) -> bytes:
    """A Word file: pandoc's, then finished."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "pandoc.docx")
        pypandoc.convert_text(source.body, "docx", format="markdown", outputfile=path)
        word = docx.Document(path)
    layout = source.header.get("layout", {})
    make_text_boxes(word)
    set_frame(word, layout)
    set_tables(word)
    set_styles(word, layout)
    set_properties(word, source)
    out = io.BytesIO()
    word.save(out)
    return stable_zip(out.getvalue())


# ------------------------------------------------------------------------------------------ plain formats
def build_txt(source: Source) -> bytes:
    """Plain text, as saved from a mail."""
    text = pypandoc.convert_text(source.body, "plain", format="markdown", extra_args=[f"--columns={TEXT_COLUMNS}"])
    return str(text).encode("utf-8")


def build_md(source: Source) -> bytes:
    """The Markdown itself, without the header."""
    return source.body.lstrip("\n").encode("utf-8")


def build_html(source: Source) -> bytes:
    """A web page with its usual surroundings."""
    header = source.header
    page = HTML_PAGE.format(
        language=header.get("language", "en"),
        title=header["title"],
        author=", ".join(header["authors"]),
        day=source.day.isoformat(),
        before=header.get("before", ""),
        main=pypandoc.convert_text(source.body, "html", format="markdown", extra_args=["--wrap=none"]),
        after=header.get("after", ""),
    )
    return page.encode("utf-8")


BUILDERS: dict[str, Callable[[Source], bytes]] = {
    ".pdf": build_pdf, ".docx": build_docx, ".txt": build_txt, ".md": build_md, ".html": build_html,
}  # fmt: skip


def build(source: Source) -> bytes:
    """The bytes of one document."""
    if source.header.get("scan"):
        return build_scan(source)
    return BUILDERS[Path(source.header["file"]).suffix](source)


def build_all(chosen: Iterable[Source], archive: Path = ARCHIVE) -> list[Path]:
    """Write the documents below an archive folder and say which."""
    written = []
    for source in chosen:
        path = archive / source.target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(build(source))
        written.append(path)
    return written


def main(words: list[str]) -> None:
    """Build what the words choose, or everything."""
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # pandoc's own time stamp
    chosen = [source for source in sources() if not words or any(word in str(source.path) for word in words)]
    for path in build_all(chosen):
        sys.stdout.write(f"{path.relative_to(HERE)}  {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
