"""The worked examples in docstrings are right, in every module that has some."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import extractor

ROOT = Path(extractor.__file__).parent
PROMPT = ">>> "


def modules() -> list[str]:
    """The modules with worked examples, by name; found in the sources, so that no other is loaded."""
    files = (path for path in sorted(ROOT.rglob("*.py")) if PROMPT in path.read_text(encoding="utf-8"))
    return [".".join(path.relative_to(ROOT.parent).with_suffix("").parts) for path in files]


@pytest.mark.parametrize("name", modules())
def test_worked_examples(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name.removesuffix(".__init__")))
    assert result.attempted
    assert not result.failed


def test_there_are_worked_examples() -> None:
    assert "extractor.agreement" in modules()
