"""Styles and lists of an OpenDocument text: what a paragraph's style makes of it, how a list counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from extractor.documents.docx_numbering import format_number
from extractor.documents.docx_symbols import bullet_symbol
from extractor.documents.safe_xml import Element, attribute, child, local

MAX_PARENTS = 30
FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
MAX_LEVELS = 10


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list is numbered."""

    format: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    bullet: str = ""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """What counts of a style: the names along its parents, whether it is bold, its size in half points."""

    names: tuple[str, ...] = ()
    bold: bool | None = None
    size: int = 0
    outline: int = 0
    list: str = ""


@dataclass(slots=True)
class Styles:
    """All styles of a document's parts by name."""

    _elements: dict[str, Element] = field(default_factory=dict)
    lists: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    outline: dict[int, ListLevel] = field(default_factory=dict)
    _known: dict[str, TextStyle] = field(default_factory=dict)

    def load(self, root: Element | None) -> None:
        """Take the styles of a part."""
        for group in () if root is None else root:
            if local(group) not in {"styles", "automatic-styles"}:
                continue
            for element in group:
                name = local(element)
                if name == "style" and attribute(element, "family") in {"paragraph", "text"}:
                    self._elements[attribute(element, "name")] = element
                elif name == "list-style":
                    self.lists[attribute(element, "name")] = _levels(element)
                elif name == "outline-style":
                    self.outline = _levels(element)

    def get(self, name: str) -> TextStyle:
        """A style with what it takes from its parents."""
        if name not in self._known:
            self._known[name] = self._resolve(name)
        return self._known[name]

    def _resolve(self, name: str) -> TextStyle:
        names: list[str] = []
        bold: bool | None = None
        size = outline = 0
        listed = ""
        while name and name in self._elements and len(names) < MAX_PARENTS:
            element = self._elements[name]
            names += [name, attribute(element, "display-name")]
            look = child(element, "text-properties")
            if look is None:
                look = child(element, "properties")
            weight = attribute(look, "font-weight")
            bold = weight in {"bold", "600", "700", "800", "900"} if bold is None and weight else bold
            size = size or _half_points(attribute(look, "font-size"))
            level = attribute(element, "default-outline-level")
            outline = outline or (int(level) if level.isdigit() else 0)
            listed = listed or attribute(element, "list-style-name")
            name = attribute(element, "parent-style-name")
        if name:
            names.append(name)  # a style that every program has and no file spells out
        return TextStyle(
            tuple(entry.replace("_20_", " ").lower() for entry in names if entry), bold, size, outline, listed
        )


def _half_points(size: str) -> int:
    try:
        return round(float(size.removesuffix("pt")) * 2) if size.endswith("pt") else 0
    except ValueError:
        return 0


def _levels(element: Element) -> dict[int, ListLevel]:
    levels: dict[int, ListLevel] = {}
    for level in element:
        depth = attribute(level, "level")
        if depth.isdigit():
            levels[int(depth)] = _level(level)
    return levels


def _level(element: Element) -> ListLevel:
    if local(element) == "list-level-style-bullet":
        font = attribute(child(element, "text-properties"), "font-name")
        return ListLevel(bullet=bullet_symbol(attribute(element, "bullet-char"), font))
    start, shown = attribute(element, "start-value"), attribute(element, "display-levels")
    return ListLevel(
        format=FORMATS.get(attribute(element, "num-format"), ""),
        before=attribute(element, "num-prefix"),
        after=attribute(element, "num-suffix"),
        start=int(start) if start.isdigit() else 1,
        shown=int(shown) if shown.isdigit() else 1,
    )


@dataclass(slots=True)
class Counter:
    """How far a list has counted, level by level (1 = outermost)."""

    levels: dict[int, ListLevel]
    values: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> str:
        """What is printed before the next item of a level."""
        level = self.levels.get(depth, ListLevel())
        self.values[depth] = self.values.get(depth, level.start - 1) + 1
        for deeper in [known for known in self.values if known > depth]:
            del self.values[deeper]
        if level.bullet or not level.format:
            return level.bullet
        numbers = self._numbers(range(max(depth - level.shown + 1, 1), depth + 1))
        return f"{level.before}{'.'.join(numbers)}{level.after}".strip()

    def _numbers(self, depths: Iterable[int]) -> list[str]:
        found = []
        for depth in depths:
            level = self.levels.get(depth, ListLevel("decimal"))
            if level.format:
                found.append(format_number(self.values.get(depth, level.start), level.format))
        return found
