"""The layout rules of Word reports: the body's font and size, the margins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

EQUAL_FONTS = frozenset({"times new roman", "liberation serif", "tinos", "tex gyre termes", "nimbus roman", "times"})
"""Times New Roman and the fonts made to its measure."""
BODY_POINTS = 12.0
MARGIN_CM = 2.5
MARGIN_TOLERANCE_CM = 0.05
CM = 360_000
BODY_SHARE = 0.9
"""Share of the body's letters that must be in the font and size: a table or a title may differ."""
SIDES = ("top", "right", "bottom", "left")
NOT_BODY = (
    "heading",
    "title",
    "subtitle",
    "caption",
    "toc",
    "header",
    "footer",
    "footnote",
    "author",
    "date",
    "table",
    "draft",
)


def layout_problems(document: Any) -> Iterator[tuple[str, str, str]]:
    """What is wrong with margins and fonts, as (rule, place, message)."""
    yield from _margins(document)
    yield from _fonts(document)


def _margins(document: Any) -> Iterator[tuple[str, str, str]]:
    for number, section in enumerate(document.sections, 1):
        for side in SIDES:
            margin = getattr(section, f"{side}_margin")
            if margin is None or abs(margin / CM - MARGIN_CM) > MARGIN_TOLERANCE_CM:
                shown = "not set" if margin is None else f"{margin / CM:.2f} cm"
                yield "margins", f"Section {number}", f"the {side} margin is {shown}; {MARGIN_CM} cm is asked for"


def _fonts(document: Any) -> Iterator[tuple[str, str, str]]:
    letters: Counter[tuple[str, float]] = Counter()
    for paragraph in document.paragraphs:
        style = paragraph.style
        if style is None or any(style.name.casefold().startswith(name) for name in NOT_BODY):
            continue
        for run in paragraph.runs:
            letters[(_font(document, run, style), _size(document, run, style))] += len(run.text)
    whole = sum(letters.values())
    right = sum(
        count for (font, size), count in letters.items() if font.casefold() in EQUAL_FONTS and size == BODY_POINTS
    )
    if whole and right < BODY_SHARE * whole:
        (font, size), _ = letters.most_common(1)[0]
        share = f"{right / whole:.0%} of the body text"
        message = f"{share} is in Times New Roman {BODY_POINTS:g} or its equal; most is {font} {size:g}"
        yield "font", "Body text", message


def _chain(style: Any) -> Iterator[Any]:
    while style is not None:
        yield style
        style = style.base_style


def _font(document: Any, run: Any, style: Any) -> str:
    """The font that applies: the run's, else its style's and what that is based on, else the document's."""
    for properties in _properties(document, run, style):
        fonts = properties.find(qn("w:rFonts")) if properties is not None else None
        if fonts is not None:
            name = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
            theme = fonts.get(qn("w:asciiTheme"))
            if name or theme:
                return str(name or _theme_font(document, str(theme)))
    return "unknown"


def _size(document: Any, run: Any, style: Any) -> float:
    for properties in _properties(document, run, style):
        size = properties.find(qn("w:sz")) if properties is not None else None
        if size is not None:
            return int(size.get(qn("w:val"))) / 2
    return 10.0  # Word's own default where a file says nothing


def _properties(document: Any, run: Any, style: Any) -> Iterator[Any]:
    yield run._r.rPr
    for link in _chain(style):
        yield link.element.find(qn("w:rPr"))
    yield document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")


def _theme_font(document: Any, theme: str) -> str:
    """The font that a theme's name stands for."""
    kind = "majorFont" if theme.startswith("major") else "minorFont"
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme"):
            root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            name = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
            latin = next(root.iter(f"{name}{kind}")).find(f"{name}latin")
            return str(latin.get("typeface")) if latin is not None else theme
    return theme
