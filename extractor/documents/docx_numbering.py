"""Automatic numbers of a DOCX's lists and headings, counted as Word shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.documents.docx_package import Element, W, attribute, is_on
from extractor.documents.docx_symbols import bullet_symbol

MAX_LEVELS = 9
MAX_ROMAN = 3999
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what is printed ("%1.%2")."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    font: str = ""
    restart: int = -1


@dataclass(slots=True)
class _Count:
    """How far a list has counted; `used` are the numbering instances whose restarts have been done."""

    values: dict[int, int] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


class Numbering:
    """The lists of a document; `label` counts on, so it is asked once a paragraph, in order."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, Element] = {}
        self._instances: dict[str, Element] = {}
        self._style_lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, _Count] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        for element in root.iterfind(f"{W}abstractNum"):
            abstract_id = attribute(element, "abstractNumId")
            self._abstract[abstract_id] = element
            link = attribute(element.find(f"{W}styleLink"))
            if link:
                self._style_lists[link] = abstract_id
        for element in root.iterfind(f"{W}num"):
            self._instances[attribute(element, "numId")] = element

    def level_of_style(self, num_id: str, style_id: str) -> int:
        """The level that a list gives to paragraphs of a style, 0 where it names none."""
        abstract = self._abstract.get(self._abstract_id(num_id))
        if abstract is not None:
            for element in abstract.iterfind(f"{W}lvl"):
                if attribute(element.find(f"{W}pStyle")) == style_id:
                    return _integer(attribute(element, "ilvl"), 0)
        return 0

    def label(self, num_id: str, ilvl: int) -> str:
        """What Word prints before the next paragraph of a list's level; "" where it prints nothing."""
        if num_id not in self._instances or not 0 <= ilvl < MAX_LEVELS:
            return ""
        levels = self._levels_of(num_id)
        level = levels.get(ilvl)
        if level is None:
            return ""
        count = self._counts.setdefault(self._abstract_id(num_id), _Count())
        self._restart(num_id, count)
        count.values[ilvl] = count.values.get(ilvl, level.start - 1) + 1
        _reset_deeper(count, levels, ilvl)
        return _printed(level, levels, count.values)

    def _abstract_id(self, num_id: str) -> str:
        """The definition behind a list, following a link to a list style."""
        instance = self._instances.get(num_id)
        abstract_id = attribute(instance.find(f"{W}abstractNumId")) if instance is not None else ""
        abstract = self._abstract.get(abstract_id)
        link = attribute(abstract.find(f"{W}numStyleLink")) if abstract is not None else ""
        return self._style_lists.get(link, abstract_id)

    def _levels_of(self, num_id: str) -> dict[int, Level]:
        if num_id not in self._levels:
            abstract = self._abstract.get(self._abstract_id(num_id))
            levels = {} if abstract is None else _read_levels(abstract)
            for override in self._instances[num_id].iterfind(f"{W}lvlOverride"):
                levels.update(_read_levels(override))
            self._levels[num_id] = levels
        return self._levels[num_id]

    def _restart(self, num_id: str, count: _Count) -> None:
        if num_id in count.used:
            return
        count.used.add(num_id)
        for override in self._instances[num_id].iterfind(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                ilvl = _integer(attribute(override, "ilvl"), 0)
                count.values[ilvl] = _integer(attribute(start), 1) - 1


def _read_levels(parent: Element) -> dict[int, Level]:
    return {_integer(attribute(element, "ilvl"), 0): _read_level(element) for element in parent.iterfind(f"{W}lvl")}


def _read_level(element: Element) -> Level:
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return Level(
        format=attribute(element.find(f"{W}numFmt")) or "decimal",
        text=attribute(element.find(f"{W}lvlText")),
        start=_integer(attribute(element.find(f"{W}start")), 1),
        legal=is_on(element.find(f"{W}isLgl")),
        font=attribute(fonts, "ascii") or attribute(fonts, "hAnsi"),
        restart=_integer(attribute(element.find(f"{W}lvlRestart")), -1),
    )


def _reset_deeper(count: _Count, levels: dict[int, Level], ilvl: int) -> None:
    for deeper in [level for level in count.values if level > ilvl]:
        restart = levels[deeper].restart if deeper in levels else -1
        if restart == -1 or ilvl < restart:
            del count.values[deeper]


def _printed(level: Level, levels: dict[int, Level], values: dict[int, int]) -> str:
    if level.format == "bullet":
        return bullet_symbol(level.text, level.font)
    if level.format == "none" and "%" in level.text:
        return _PLACE.sub("", level.text).strip()

    def value(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        own = levels.get(place, Level())
        return format_number(values.get(place, own.start), "decimal" if level.legal else own.format)

    return _PLACE.sub(value, level.text).strip()


def format_number(value: int, style: str) -> str:
    """A number as a list prints it: "decimal", "lowerLetter", "upperRoman", ..."""
    if style in {"lowerRoman", "upperRoman"}:
        return _roman(value) if style == "upperRoman" else _roman(value).lower()
    if style in {"lowerLetter", "upperLetter"}:
        return _letters(value) if style == "upperLetter" else _letters(value).lower()
    if style == "decimalZero":
        return f"{value:02d}"
    return "" if style == "none" else str(value)


def _roman(value: int) -> str:
    if not 0 < value <= MAX_ROMAN:
        return str(value)
    text = ""
    for size, letters in ROMAN:
        times, value = divmod(value, size)
        text += letters * times
    return text


def _letters(value: int) -> str:
    """Word counts a ... z, aa, bb ... zz, aaa."""
    if value < 1:
        return str(value)
    times, letter = divmod(value - 1, 26)
    return chr(ord("A") + letter) * (min(times, 9) + 1)


def _integer(value: str, default: int) -> int:
    try:
        return int(value)
    except ValueError:
        return default
