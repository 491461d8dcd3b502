"""Cells of tables that others open: what may stand in them, and what a spreadsheet would run as a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet or file: its name, its columns, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
"""A spreadsheet may take a text that starts with one of these for a formula."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold; other programs stumble over them as well."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """A text without the characters that no file for others can hold; line ends are newlines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub(REPLACEMENT, _ILLEGAL.sub("", text))


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula.

    >>> looks_like_formula("=1+1"), looks_like_formula("1+1")
    (True, False)
    """
    return text.startswith(FORMULA_STARTS) or clean(text).startswith(FORMULA_STARTS)
