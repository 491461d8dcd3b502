"""Finds what ships with deskreview: `rubrics/`, `templates/`, `samples/`, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_shipped"
_CHECKOUT = _PACKAGE.parent


def shipped(folder: str) -> Path:
    """The shipped folder of this name ("rubrics", "templates", "samples")."""
    installed = _SHIPPED / folder
    return installed if installed.is_dir() else _CHECKOUT / folder
