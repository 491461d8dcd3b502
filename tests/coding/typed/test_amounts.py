from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.coding.typed.amounts import find_amounts, parse_number


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("US$ 1.2 million", 1_200_000, "USD"),
        ("US$1,250", 1_250, "USD"),
        ("EUR 450,000", 450_000, "EUR"),
        ("EURO 457.923", 457_923, "EUR"),
        ("€1.5 million", 1_500_000, "EUR"),
        ("NOK 12 mill.", 12_000_000, "NOK"),
        ("£35m", 35_000_000, "GBP"),
        ("1 200 000 euros", 1_200_000, "EUR"),
        ("USD 35,000.00", 35_000, "USD"),
        ("CHF 120'000", 120_000, "CHF"),
        ("2.5 millones de dólares", 2_500_000, "$"),
        ("1,5 million d'euros", 1_500_000, "EUR"),
        ("$13,016,769", 13_016_769, "$"),
        ("89 million Norwegian kroner", 89_000_000, "NOK"),
        ("CA$278,073", 278_073, "CAD"),
        ("EUR 28,198.55", 28_198.55, "EUR"),
        ("RWF 1.2 billion", 1_200_000_000, "RWF"),
        ("UGX.12.5Bn", 12_500_000_000, "UGX"),
        ("ETB 40 mln", 40_000_000, "ETB"),
        ("INR 3.5 crore", 35_000_000, "INR"),
        ("INR 12,34,567", 1_234_567, "INR"),
        ("20 lakh Nepalese rupees", 2_000_000, "NPR"),
        ("₦450 million", 450_000_000, "NGN"),
        ("IDR 2.1 trillion", 2_100_000_000_000, "IDR"),
        ("R$ 300 mil", 300_000, "BRL"),
    ],
)
def test_amount(text: str, amount: float, currency: str) -> None:
    assert [(found.amount, found.currency) for found in find_amounts(f"it was {text} in all")] == [(amount, currency)]


@pytest.mark.parametrize(
    "text", ["in 2014 about 300 people", "12 per cent", "no money", "page 3", "TOP 10", "ALL 500", "v.5"]
)
def test_no_amount(text: str) -> None:
    assert list(find_amounts(text)) == []


def test_bare_numbers_only_where_asked() -> None:
    assert list(find_amounts("7,633,847")) == []
    assert [found.amount for found in find_amounts("7,633,847", bare=True)] == [7_633_847]


@pytest.mark.parametrize("written", ["1,200,000.50", "1.200.000,50", "1 200 000,50", "1'200'000.50"])
def test_parse_number(written: str) -> None:
    assert parse_number(written) == 1_200_000.5


@given(st.integers(1_000, 999_999_999))
def test_english_grouping_round_trips(number: int) -> None:
    assert [found.amount for found in find_amounts(f"USD {number:,}")] == [number]
