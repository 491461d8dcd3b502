"""PDFs for the tests: typeset by Typst, or written by hand where the file's own order and faults matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import typst

from extractor.documents.pdf_lines import Line
from extractor.documents.pdf_source import Box

PLAIN, BOLD = "F1", "F2"


def typeset(folder: Path, source: str, name: str = "made.pdf") -> Path:
    """A PDF from Typst markup, on A5 unless the markup says otherwise."""
    written = folder / f"{name}.typ"
    written.write_text(f'#set page(paper: "a5")\n#set text(size: 10pt, hyphenate: false)\n{source}', encoding="utf-8")
    target = folder / name
    typst.compile(str(written), output=str(target))
    return target


def put(text: str, x: float, y: float, size: float = 10, font: str = PLAIN) -> str:
    """A line of print, `y` from the foot of the page."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def column(lines: Sequence[str], x: float, top: float, size: float = 10, font: str = PLAIN) -> str:
    """Lines of print one below the other."""
    return "".join(put(line, x, top - index * size * 1.2, size, font) for index, line in enumerate(lines))


IMAGE = "q 200 0 0 200 100 100 cm /Im1 Do Q\n"


def handwrite(
    folder: Path,
    pages: Sequence[str],
    page_extra: str = "",
    trailer: str = "",
    objects: Mapping[int, str] | None = None,
    catalog: str = "",
) -> Path:
    """A PDF whose pages draw the given content, in that order; further objects from number 50."""
    fonts = "".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >> "
        for name, base in ((PLAIN, "Helvetica"), (BOLD, "Helvetica-Bold"))
    )
    numbers = [10 + 2 * index for index in range(len(pages))]
    made = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{n} 0 R' for n in numbers)}] >>",
        3: _stream("<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
                   "/BitsPerComponent 8", "\x00"),
        **(objects or {}),
    }  # fmt: skip
    for number, content in zip(numbers, pages, strict=True):
        made[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {number + 1} 0 R {page_extra} "
            f"/Resources << /Font << {fonts} >> /XObject << /Im1 3 0 R >> >> >>"
        )
        made[number + 1] = _stream("<<", content)
    target = folder / "written.pdf"
    target.write_bytes(_serialised(made, trailer))
    return target


def _stream(opening: str, content: str) -> str:
    return f"{opening} /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream"


def _serialised(objects: Mapping[int, str], trailer: str) -> bytes:
    written = bytearray(b"%PDF-1.6\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(written)
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(written)
    written += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        written += f"{number} 1\n{place:010} 00000 n \n".encode()
    written += f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(written)


def line(text: str, x0: float = 50, y: float = 100, width: float = 200, size: float = 10, bold: bool = False) -> Line:
    """A printed line as the reader makes it, `y` from the top."""
    return Line(text, Box(x0, y - size, x0 + width, y), y, size, bold, italic=False, hyphen=False, sources=())
