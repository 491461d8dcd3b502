"""How usual an option is among coded projects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.coding.usual import DEFAULT, Tick, usual, usual_rates

boxes = st.lists(
    st.builds(
        lambda project, option, density, ticked: Tick(f"p{project}", "item", f"item.{option}", density, ticked),
        st.integers(0, 9),
        st.sampled_from("abc"),
        st.floats(0, 1),
        st.booleans(),
    ),
    max_size=40,
)


def ticks(option: str, density: float, *ticked: bool) -> list[Tick]:
    return [Tick(f"p{density}{n}", "item", f"item.{option}", density, value) for n, value in enumerate(ticked)]


def test_what_many_projects_have_is_usual() -> None:
    rates = usual_rates(ticks("a", 0.0, *[True] * 8) + ticks("b", 0.0, *[False] * 8))
    assert rates["item.a"][0] > 0.7 > 0.3 > rates["item.b"][0]


def test_field_and_outside_are_told_apart() -> None:
    rates = usual_rates(ticks("a", 1.0, *[True] * 8) + ticks("a", 0.0, *[False] * 8))
    assert usual(rates, "item.a", 0.0) < usual(rates, "item.a", 0.5) < usual(rates, "item.a", 1.0)
    assert usual(rates, "item.a", 0.0) < 0 < usual(rates, "item.a", 1.0)


def test_few_projects_say_little() -> None:
    once, often = (usual_rates(ticks("a", 0.0, *[True] * n))["item.a"][0] for n in (1, 12))
    assert once < often < 1


def test_an_unknown_option_has_the_default() -> None:
    assert usual({}, "item.z", 0.0) == pytest.approx(-2.944, abs=1e-3)
    assert DEFAULT == (0.05, 0.25)


@given(boxes)
def test_rates_are_probabilities_neither_nought_nor_one(given_boxes: list[Tick]) -> None:
    rates = usual_rates(given_boxes)
    assert set(rates) == {box.address for box in given_boxes}
    assert all(0.0 < rate < 1.0 for pair in rates.values() for rate in pair)


@given(boxes)
def test_the_order_of_projects_does_not_count(given_boxes: list[Tick]) -> None:
    forth, back = usual_rates(given_boxes), usual_rates(given_boxes[::-1])
    assert {key: pytest.approx(forth[key], abs=1e-3) for key in forth} == back
