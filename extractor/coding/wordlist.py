"""Word lists as they are best read: in a row."""

from __future__ import annotations


def words(row: str) -> tuple[str, ...]:
    """The words of a row, in order."""
    return tuple(row.split())
