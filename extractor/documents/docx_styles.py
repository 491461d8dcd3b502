"""Paragraph styles of a DOCX: heading level, role, list and look, through their inheritance and in any language."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from extractor.documents.docx_package import Element, W, attribute, is_on

BODY_TEXT_LEVEL = 9
MAX_INHERITANCE = 20
DEFAULT_HALF_POINTS = 20

_HEADING_NAME = re.compile(r"(?:heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift)\s*(\d)\Z", re.I)
_TOC_NAME = re.compile(r"(?:toc|verzeichnis|tm|tdc|sommario)\s*\d\Z|table of figures\Z", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: `level` is the heading level from 1, 0 for none; `size` is in half points."""

    level: int = 0
    role: str = ""
    num_id: str = ""
    ilvl: str = ""
    bold: bool = False
    caps: bool = False
    size: int = DEFAULT_HALF_POINTS


class Styles:
    """The styles of a document by id, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Style] = {}
        self._base = Style()
        self.default = ""
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz")
        self._base = Style(size=_integer(attribute(defaults), DEFAULT_HALF_POINTS))
        for element in root.iterfind(f"{W}style"):
            style_id = attribute(element, "styleId")
            self._elements[style_id] = element
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in {"1", "true"}:
                self.default = style_id

    def paragraph(self, style_id: str) -> Style:
        """The style of this id; the document's default style where the id is empty or unknown."""
        wanted = style_id if style_id in self._elements else self.default
        if wanted not in self._resolved:
            self._resolved[wanted] = self._resolve(wanted, MAX_INHERITANCE)
        return self._resolved[wanted]

    def _resolve(self, style_id: str, depth: int) -> Style:
        element = self._elements.get(style_id)
        if element is None or depth == 0:
            return self._base
        parent = self._resolve(attribute(element.find(f"{W}basedOn")), depth - 1)
        name = attribute(element.find(f"{W}name"))
        style = replace(parent, role=_role(style_id, name) or parent.role)
        return _with_look(_with_paragraph(style, element, style_id, name), element.find(f"{W}rPr"))


def _role(style_id: str, name: str) -> str:
    if _TOC_NAME.match(name) or _TOC_NAME.match(style_id):
        return "toc"
    folded = name.lower()
    if folded in {"title", "titel", "titre", "título"}:
        return "title"
    if folded in {"caption", "beschriftung", "légende", "leyenda"}:
        return "caption"
    if folded in {"toc heading", "contents heading"}:
        return "toc heading"
    return "list" if folded.startswith(("list bullet", "list number")) else ""


def _with_paragraph(style: Style, element: Element, style_id: str, name: str) -> Style:
    match = _HEADING_NAME.match(name) or _HEADING_NAME.match(style_id)
    if match is not None:
        style = replace(style, level=int(match[1]))
    properties = element.find(f"{W}pPr")
    if properties is None:
        return style
    outline = properties.find(f"{W}outlineLvl")
    if outline is not None and match is None:
        style = replace(style, level=outline_level(attribute(outline)))
    numbering = properties.find(f"{W}numPr")
    if numbering is not None:
        num_id = attribute(numbering.find(f"{W}numId")) or style.num_id
        style = replace(style, num_id=num_id, ilvl=attribute(numbering.find(f"{W}ilvl")) or style.ilvl)
    return style


def _with_look(style: Style, look: Element | None) -> Style:
    if look is None:
        return style
    bold, caps = look.find(f"{W}b"), look.find(f"{W}caps")
    return replace(
        style,
        bold=style.bold if bold is None else is_on(bold),
        caps=style.caps if caps is None else is_on(caps),
        size=_integer(attribute(look.find(f"{W}sz")), style.size),
    )


def outline_level(value: str) -> int:
    """A heading level from an outline level as stored (0 is the highest, 9 is body text)."""
    level = _integer(value, BODY_TEXT_LEVEL)
    return level + 1 if 0 <= level < BODY_TEXT_LEVEL else 0


def _integer(value: str, default: int) -> int:
    try:
        return int(float(value))
    except (ValueError, OverflowError):
        return default


def run_look(run: Element, style: Style) -> tuple[bool, int]:
    """Whether a run is bold, and its size in half points."""
    look = run.find(f"{W}rPr")
    if look is None:
        return style.bold, style.size
    bold = look.find(f"{W}b")
    size = _integer(attribute(look.find(f"{W}sz")), style.size)
    return (style.bold if bold is None else is_on(bold)), size


def commonest_size(sizes: Counter[int]) -> int:
    """The size in which most of the text stands."""
    return max(sizes, key=lambda size: (sizes[size], -size), default=DEFAULT_HALF_POINTS)
