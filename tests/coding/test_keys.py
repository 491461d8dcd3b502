"""What stored votes are keyed by."""

from __future__ import annotations

import pytest

from extractor.coding import keys
from extractor.coding.keys import coding_key

PARTS = ("text", "a.pdf", "rubric", "model")


@pytest.mark.parametrize("index", range(4))
def test_every_part_counts(index: int) -> None:
    changed = [part + "x" if place == index else part for place, part in enumerate(PARTS)]
    assert coding_key(*changed) != coding_key(*PARTS)


def test_the_same_parts_give_the_same_key() -> None:
    assert coding_key(*PARTS) == coding_key(*PARTS)


def test_a_new_version_of_the_coders_gives_new_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    before = coding_key(*PARTS)
    monkeypatch.setattr(keys, "CODERS_VERSION", "new")
    assert coding_key(*PARTS) != before


def test_a_name_that_is_no_text_has_a_key() -> None:
    assert coding_key("text", "a\udcff.pdf", "rubric", "") != coding_key("text", "a?.pdf", "rubric", "")
