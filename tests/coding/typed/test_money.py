from __future__ import annotations

from typing import Any

import pytest

from tests.coding.typed.asking import best, votes

USD = "USD"
BUDGETS = [
    ("Total budget: US$ 1.2 million", 1_200_000, "USD"),
    ("Project budget\tEUR 450,000", 450_000, "EUR"),
    ("Requested grant amount (USD): 2850", 2_850, "USD"),
    (
        "Total eligible cost of the action (A)\tAmount requested (B)\tShare\nEURO 457,923\tEURO 343,442\t75%",
        457_923,
        "EUR",
    ),
    ("The total budget of the project is NOK 12 million.", 12_000_000, "NOK"),
    ("Between 2000 and 2010, the office received NOK 89 million from Norway to carry out projects.", 89_000_000, "NOK"),
    ("Presupuesto total del proyecto: USD 120.000", 120_000, "USD"),
    ("Budget total : 1 200 000 euros", 1_200_000, "EUR"),
    ("# Budget in USD\n\nStaff\t20,000\nTravel\t5,500\nTotal\t25,500", 25_500, ""),
    ("# Budget\n\nStaff\tUSD 20,000\nTravel\tUSD 5,500\nTotal\tUSD 25,500", 25_500, "USD"),
]


@pytest.mark.parametrize(("text", "amount", "currency"), BUDGETS)
def test_budget(text: str, amount: float, currency: str) -> None:
    assert best("money", text, "budget") == {"amount": amount, "currency": currency}


BUDGETS_ELSEWHERE = [
    ("The Department had an approved budget of KES 4.2 billion for the programme.", 4_200_000_000, "KES"),
    ("The scheme was given a total budget of INR 12 crore.", 120_000_000, "INR"),
    ("Of the total budget of BRL 900,000, BRL 640,000 was disbursed.", 900_000, "BRL"),
]


@pytest.mark.parametrize(("text", "amount", "currency"), BUDGETS_ELSEWHERE)
def test_budget_in_other_currencies(text: str, amount: float, currency: str) -> None:
    assert best("money", text, "budget") == {"amount": amount, "currency": currency}


SPENT_ELSEWHERE = [
    ("Out of the total releases of ETB 50.4 million, ETB 41.2 million was spent.", 41_200_000, "ETB"),
    ("In its second year the Fund incurred EUR 3.1 million.", 3_100_000, "EUR"),
    ("Expenditure of the project stood at NGN 80 million.", 80_000_000, "NGN"),
    (
        "! Final evaluation of the project\n\n# Cost\n\nTable 4: programme expenditure (in GBP)\n\n"
        "Item\tGBP\nStaff\t40,100\nTotal programme cost\t95,300",
        95_300,
        "GBP",
    ),
]


@pytest.mark.parametrize(("text", "amount", "currency"), SPENT_ELSEWHERE)
def test_expenditure_in_other_words(text: str, amount: float, currency: str) -> None:
    assert best("money", text, "expenditure") == {"amount": amount, "currency": currency}


def test_what_a_country_gives_to_multilaterals_is_no_budget() -> None:
    text = "The ministry contributed EUR 3 million to climate multilaterals."
    assert all(vote.score < 0.4 for vote in votes("money", text, "budget"))


SPENT: list[tuple[str, dict[str, Any]]] = [
    ("Total expenditure: US$ 980,000", {"amount": 980_000, "currency": "USD"}),
    ("By the end the project had spent EUR 432,100 in total.", {"amount": 432_100, "currency": "EUR"}),
    ("Expenditure of the project amounted to USD 90,500 as of 31 March 2014, a delivery rate of 86.8 per cent.",
     {"amount": 90_500, "currency": "USD", "delivery_rate": 86.8, "as_of": "2014-03-31"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SPENT)
def test_expenditure(text: str, value: dict[str, Any]) -> None:
    assert best("money", text, "expenditure") == value


@pytest.mark.parametrize(
    "text",
    [
        "The poverty line is USD 1,900 per person.",
        "Remittances of US$ 3 billion reached the country.",
        "Each trainee of the programme got a stipend of USD 1,200.",
    ],
)
def test_other_money_is_weak(text: str) -> None:
    assert all(vote.score < 0.4 for vote in votes("money", text, "budget"))


def test_the_exact_amount_goes_before_its_rounding() -> None:
    text = (
        "The project spent USD 13 million over five years.\n\nProject expenses amounting to USD "
        "13,016,769 are set out below."
    )
    assert best("money", text, "expenditure")["amount"] == 13_016_769


def test_parts_add_up_where_no_total_is_printed() -> None:
    text = "\n\n".join(f"Outcome {n} Expenditure: US$ {n}00,000" for n in (1, 2, 3))
    assert best("money", text, "expenditure") == {"amount": 600_000, "currency": "USD"}


def test_a_bare_dollar_is_of_the_government_that_writes() -> None:
    text = "Government of Canada\n\n" + "Canada gave. " * 6 + "\n\nThe total budget of the project is $15 million."
    assert best("money", text, "budget") == {"amount": 15_000_000, "currency": "CAD"}
    assert best("money", "The total budget of the project is $15 million.", "budget")["currency"] == USD


@pytest.mark.parametrize(
    "text",
    [
        "Total cost\tEUR 771,460 of EUR 780,000",
        "Expenditure was EUR 771,460 of a budget of EUR 780,000 for the project.",
    ],
)
def test_spent_of_budget(text: str) -> None:
    assert best("money", text, "expenditure") == {"amount": 771_460, "currency": "EUR"}
    assert best("money", text, "budget") == {"amount": 780_000, "currency": "EUR"}


def test_columns_are_read_at_the_row_of_totals() -> None:
    text = "Line\tBudget (EUR)\tSpent (EUR)\nStaff\t410,000\t431,900\nTravel\t90,000\t60,000\nTotal\t500,000\t491,900"
    assert best("money", text, "budget") == {"amount": 500_000, "currency": "EUR"}
    assert best("money", text, "expenditure") == {"amount": 491_900, "currency": "EUR"}
