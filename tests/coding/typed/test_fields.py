from __future__ import annotations

import re

import pytest

from extractor.coding.typed.fields import find_fields, read_lines
from tests.factory import source

LABEL = re.compile(r"(?:project\s+)?title|donor", re.IGNORECASE)
WORDS = ("title", "donor")


@pytest.mark.parametrize(
    ("text", "label", "value", "where"),
    [
        ("Title: Safe Roads", "title", "Safe Roads", "same line"),
        ("**Title** \\*: Safe Roads", "title", "Safe Roads", "same line"),
        ("1.2 Project title - Safe Roads", "project title", "Safe Roads", "same line"),
        ("Title (in English): Safe Roads", "title", "Safe Roads", "same line"),
        ("Title\tSafe Roads", "title", "Safe Roads", "right"),
        ("Title:\n\nSafe Roads", "title", "Safe Roads", "below"),
        ("Title\tDonor\tYear\nSafe Roads\tNorad\t2004", "title", "Safe Roads", "below"),
        ("- Kind: pilot Donor: Norad Year: 2004", "donor", "Norad", "inside"),
    ],
)
def test_field(text: str, label: str, value: str, where: str) -> None:
    read = source(text)
    found = next(iter(find_fields(read, read_lines(read.document), LABEL, WORDS)))
    first = found.values[0]
    assert (found.label, first.text, first.where) == (label, value, where)
    assert " ".join(read.document.text(first.span).split()) == value


@pytest.mark.parametrize(
    "text",
    ["The title of this book is long and has no colon, so that it is no field at all.", "Titles: none", "Entitled"],
)
def test_no_field(text: str) -> None:
    read = source(text)
    assert [field for field in find_fields(read, read_lines(read.document), LABEL, WORDS) if field.explicit] == []


def test_a_value_runs_over_lines_up_to_the_next_label() -> None:
    read = source("Title: Safe Roads\nfor Migrants\nDonor: Norad")
    found = next(iter(find_fields(read, read_lines(read.document), LABEL, WORDS)))
    assert [value.text for value in found.values] == ["Safe Roads", "Safe Roads for Migrants"]
