"""Headings that a DOCX makes by look instead of by style: a short paragraph in bold or in larger print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.documents.assemble import Assembler
from extractor.documents.docx_styles import commonest_size
from extractor.documents.outline import heading_levels
from extractor.documents.structure import (
    could_be_heading,
    heading_number,
    is_section_title,
    looks_like_heading,
)

LARGER_HALF_POINTS = 3
MAX_FAKE_CHARS = 120
MAX_SIZE_LEVELS = 4
MAX_LEVEL = 9

_LABEL_AND_VALUE = re.compile(r"[^:]{2,60}:\s*\S")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph or list item that may be a heading: how it is printed, whether it has an automatic number.

    `outlined`: Word's outline has it; that is often set by mistake, and never with a sensible level.
    """

    index: int
    bold: bool
    size: int
    labelled: bool
    outlined: bool = False


def mark_headings(out: Assembler, candidates: Sequence[Candidate], sizes: Counter[int]) -> None:
    """Turn the paragraphs that stand out as headings into headings, below those that have a style."""
    body = commonest_size(sizes)
    found = [candidate for candidate in candidates if _stands_out(out, candidate, body)]
    for candidate, level in zip(found, _levels(out, found), strict=True):
        number = heading_number(out.text_of(candidate.index))
        out.change(candidate.index, "heading", level, number[0] if number else out.blocks[candidate.index].number)


def _stands_out(out: Assembler, candidate: Candidate, body: int) -> bool:
    text = out.text_of(candidate.index)
    if len(text) > MAX_FAKE_CHARS or "\n" in text or candidate.index + 1 >= len(out.blocks):
        return False
    if not could_be_heading(text.rstrip(":")):
        return False
    if candidate.outlined:
        return True
    if _LABEL_AND_VALUE.match(text) and heading_number(text) is None:
        return False
    if candidate.labelled and out.blocks[candidate.index].level > 1:
        return False
    numbered = heading_number(text)
    if candidate.labelled or out.blocks[candidate.index].kind == "list_item":
        return candidate.bold and numbered is not None
    if candidate.bold or candidate.size >= body + LARGER_HALF_POINTS:
        return True
    usual = is_section_title(text) or (numbered is not None and numbered[1] > 1)
    return usual and looks_like_heading(text, out.text_of(candidate.index + 1))


def _levels(out: Assembler, found: Sequence[Candidate]) -> list[int]:
    styled = [(index, block.level) for index, block in enumerate(out.blocks) if block.kind == "heading"]
    texts = [out.text_of(candidate.index) for candidate in found]
    if styled:
        numbered = {heading_number(out.text_of(index)): level for index, level in reversed(styled)}
        depths = {number[1]: level for number, level in numbered.items() if number and number[0][0].isdigit()}
        return [_below(styled, candidate.index, depths, text) for candidate, text in zip(found, texts, strict=True)]
    ranks = sorted({candidate.size for candidate in found}, reverse=True)
    if len(ranks) > 1 and not any(heading_number(text) for text in texts):
        return [min(ranks.index(candidate.size) + 1, MAX_SIZE_LEVELS) for candidate in found]
    return list(heading_levels(texts))


def _below(styled: Sequence[tuple[int, int]], index: int, depths: Mapping[int, int], text: str) -> int:
    """The level of styled headings numbered alike, else one below the styled heading that it stands under."""
    number = heading_number(text)
    if number and number[0][0].isdigit() and number[1] in depths and number[1] > 1:
        return depths[number[1]]
    above = [level for place, level in styled if place < index]
    return min(above[-1] + 1, MAX_LEVEL) if above else 1
