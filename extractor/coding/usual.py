"""How usual an option is among coded projects, in the rubric's field and outside it.

A reviewer who has read many projects expects some boxes more than others: nearly every evaluation counts its
participants, hardly one relocates victims to third countries. The combiner weighs that against what the text says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DEFAULT = (0.05, 0.25)
"""Rates (outside the field, in it) of an option of which no coded project tells."""
ITEM_WEIGHT = 5.0
"""Projects' worth of the item's own rate that an option's rate is shrunk by."""
ALL_WEIGHT = 1.0
"""Projects' worth of the rate of all options that an item's rate is shrunk by."""
PLACES = 4

Rates = Mapping[str, tuple[float, float]]
"""Option's address -> share of projects that have it, outside the field and in it."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A box of a coded project: of which option, how far the project is of the field (0 to 1), whether it is ticked."""

    project: str
    item: str
    address: str
    density: float
    ticked: bool


def usual_rates(ticks: Iterable[Tick]) -> dict[str, tuple[float, float]]:
    """The rates of options, each shrunk towards its item's, and that towards all options'."""
    boxes = list(ticks)
    outside = _shrunk(boxes, [1.0 - box.density for box in boxes])
    inside = _shrunk(boxes, [box.density for box in boxes])
    return {address: (outside[address], inside[address]) for address in outside}


def usual(rates: Rates, address: str, density: float) -> float:
    """Log odds of an option for a project that is so far of the field, before anything of it is read."""
    outside, inside = (math.log(rate / (1.0 - rate)) for rate in rates.get(address, DEFAULT))
    return (1.0 - density) * outside + density * inside


def _shrunk(boxes: Iterable[Tick], weights: Iterable[float]) -> dict[str, float]:
    whole: list[float] = [0.0, 0.0]
    items: dict[str, list[float]] = {}
    options: dict[str, list[float]] = {}
    item_of: dict[str, str] = {}
    for box, weight in zip(boxes, weights, strict=True):
        item_of[box.address] = box.item
        for counts in (whole, items.setdefault(box.item, [0.0, 0.0]), options.setdefault(box.address, [0.0, 0.0])):
            counts[0] += weight * box.ticked
            counts[1] += weight
    sizes = {item: sum(1 for other in item_of.values() if other == item) for item in items}
    overall = (whole[0] + ALL_WEIGHT * DEFAULT[0]) / (whole[1] + ALL_WEIGHT)
    of_item = {
        item: (ticked / sizes[item] + ALL_WEIGHT * overall) / (n / sizes[item] + ALL_WEIGHT)
        for item, (ticked, n) in items.items()
    }
    return {
        address: round((ticked + ITEM_WEIGHT * of_item[item_of[address]]) / (n + ITEM_WEIGHT), PLACES)
        for address, (ticked, n) in options.items()
    }
