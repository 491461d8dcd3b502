"""Heading levels for formats without styles, from the numbers and the shape of the headings in their order.

Each way of numbering ("IV", "2", "2.1", "B", "a") gets the level at which it first appears below the others, so
a report that counts "III. / 2. / A. / i." and one that counts "2. / 2.1 / a." both come out right.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractor.documents.structure import heading_number, is_contents_title, is_roman, is_section_title

TOP_STYLES = frozenset({"division", "capitals", "section"})
MAX_LEVEL = 9
END_MATTER = frozenset(
    {
        "references", "bibliography", "annex", "annexes", "appendix", "appendices", "endnotes", "glossary",
        "works cited", "acknowledgements", "acknowledgments", "bibliographie", "références", "anexos", "bibliografía",
        "referencias", "list of appendices", "list of annexes",
    }
)  # fmt: skip


def heading_levels(headings: Iterable[str]) -> tuple[int, ...]:
    """The level of each heading of a document (1 = highest), in the document's order."""
    outline = _Outline()
    return tuple(outline.place(heading) for heading in headings)


class _Outline:
    """What has been seen so far: the level of each style, the last level, the last letter of lettered headings."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self.current = 0
        self.last_letter = ""
        self.numbered = 0
        self.capital_chapters = False

    def place(self, heading: str) -> int:
        number = heading_number(heading)
        style = self._style(heading, number)
        level = self._level(style)
        self.current = level
        if style != "plain":
            self.numbered = level
        return level

    def _style(self, heading: str, number: tuple[str, int] | None) -> str:
        if number is None:
            return self._unnumbered_style(heading)
        self.capital_chapters = self.capital_chapters or (number[1] == 1 and _shape(heading) == "capitals")
        value, depth = number
        if " " in value:
            return "division" if depth == 1 else f"statement{depth}"
        if value[0].isdigit():
            return f"decimal{depth}"
        return self._letter_style(value, depth)

    def _unnumbered_style(self, heading: str) -> str:
        """Once chapters are numbered, "Summary" is a part of one of them, but "References" still comes after all."""
        shape = _shape(heading)
        chapters = any(level == 1 for style, level in self.levels.items() if style not in TOP_STYLES)
        if not chapters or heading.strip().strip("*_:. ").casefold() in END_MATTER:
            return shape
        return "plain" if shape == "section" or (shape == "capitals" and self.capital_chapters) else shape

    def _letter_style(self, value: str, depth: int) -> str:
        if len(value) > 1 and not is_roman(value.upper()):
            return f"mixed{depth}"
        if value.islower():
            return "lower"
        follows = len(value) == 1 and self.last_letter and ord(value) == ord(self.last_letter) + 1
        if len(value) == 1 and (follows or not is_roman(value) or value in "CL"):
            self.last_letter = value
            return "letter"
        return "roman"

    def _level(self, style: str) -> int:
        if style == "plain":
            return min(self.numbered + 1, MAX_LEVEL)
        if style not in self.levels:
            self.levels[style] = 1 if style in TOP_STYLES else self._first_level(style)
        if self.levels[style] == 1 or style == "roman":
            self.last_letter = ""
        return self.levels[style]

    def _first_level(self, style: str) -> int:
        """Below what stands open, unless it is a deeper decimal whose upper levels have their place."""
        if style.startswith("decimal") and style != "decimal1":
            above = self.levels.get(f"decimal{int(style[-1]) - 1}")
            if above is not None:
                return min(above + 1, MAX_LEVEL)
        if self._opens_the_body(style):
            return 1
        return min(self.numbered + 1, MAX_LEVEL)

    def _opens_the_body(self, style: str) -> bool:
        """Front matter ("FOREWORD", "Acronyms") is not above the first numbered chapter."""
        return style in {"decimal1", "roman", "letter"} and set(self.levels) <= TOP_STYLES - {"division"}


def _shape(heading: str) -> str:
    text = heading.strip().strip("*_")
    letters = [character for character in text if character.isalpha()]
    if letters and sum(character.isupper() for character in letters) >= 0.85 * len(letters):
        return "capitals"
    return "section" if is_section_title(text) or is_contents_title(text) else "plain"
