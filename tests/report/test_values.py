from __future__ import annotations

from typing import Any

import pytest

from extractor.report.values import value_words
from extractor.rubric import Item, Option

OPTIONS = (Option("region", "Region"), Option("design.gender", "Gender perspectives", "design"))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("text", "A title", "A title"),
        ("texts", ["a", "b"], "a; b"),
        ("single", "region", "Region"),
        ("single", {"other": "Moldova", "iso3166": "MDA"}, "Moldova"),
        ("multi", ["design.gender", {"other": "hotel", "group": "design"}], "Gender perspectives; hotel"),
        ("multi", ["gone.old_option"], "Old option"),
        ("yes_no", False, "no"),
        ("date_my", "2014-03", "March 2014"),
        ("number", 24.0, "24"),
        ("money", {"amount": 450000, "currency": "EUR"}, "EUR 450,000"),
        ("money", {"amount": 9.5, "currency": "USD", "delivery_rate": 93, "as_of": "2009-03"},
         "USD 9.5 (93% of the budget, as of March 2009)"),
        ("evidence_list", [{"what": "More cases", "source": "Police", "year": "2004"}], "More cases (Police, 2004)"),
        ("findings", {"prevention": [{"heading": "H", "finding": "F", "source_given": False}]}, "Prevention: F"),
        ("recommendations", {"general": ["Keep it", "Pay it"]}, "General: Keep it; Pay it"),
    ],
)  # fmt: skip
def test_every_shape_of_the_contract_has_words(kind: Any, value: Any, expected: str) -> None:
    assert value_words(Item("it", "It", kind, options=OPTIONS), value) == expected
