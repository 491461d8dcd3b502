from __future__ import annotations

import pytest

from tests.coding.typed.asking import votes


@pytest.mark.parametrize(
    ("text", "option", "name"),
    [
        ("Donor: Norad", "norad_mfa", "Norad"),
        ("Donor\tGovernment of Norway", "norad_mfa", "Government of Norway"),
        ("The project was funded by the Royal Norwegian Embassy in Dhaka.", "norwegian_embassy", "Norwegian embassy"),
        ("The project was funded by Norwegian Church Aid.", "norwegian_ngo", "Norwegian Church Aid"),
        ("The project, funded by AUSAID, began in May.", "other_government", "AusAID"),
        ("The project was financed by the European Union.", "other_igo", "European Union"),
        ("This EU-funded project began in May.", "other_igo", "European Union"),
        ("The programme is funded by Oxfam.", "other_ngo", "Oxfam"),
        ("Donor: Government of Iceland", "other_government", "Government of Iceland"),
        ("This study of the project was produced for review by USAID.", "other_government", "USAID"),
        ("The views of the project do not reflect the views of the European Union.", "other_igo", "European Union"),
        ("The project was made possible by the Government of Japan.", "other_government", "Government of Japan"),
        (
            "The project owes thanks to the Governments of Iceland and Italy.",
            "other_government",
            "Government of Iceland",
        ),
        ("Sida commissioned Harbour Trust to implement the project in two districts.", "other_government", "Sida"),
        ("Bailleur de fonds : Union européenne", "other_igo", "European Union"),
        ("El proyecto fue financiado por AECID.", "other_government", "Government of Spain"),
        (
            "With the generous support of the IOM Development Fund, the project trained many.",
            "other_igo",
            "IOM Development Fund",
        ),
    ],
)
def test_funder(text: str, option: str, name: str) -> None:
    first = votes("funders", text, "funders")[0]
    assert (first.option, first.value) == (option, name)


def test_each_row_of_a_column_of_donors() -> None:
    text = "Kind\tDonor\tAmount\nPublic\tSida\t4,000\nPublic\tLuxembourg\t300\nPrivate\tDanish Committee for UNICEF\t20"
    found = {vote.value for vote in votes("funders", text, "funders")}
    assert {"Sida", "Government of Luxembourg"} <= found
    assert "UNICEF" not in found


def test_the_accounts_of_a_ministry_are_paid_by_its_state() -> None:
    text = (
        "! Report on the accounts of the Ministry of Roads, Zambia\n\nThe Auditor General wrote to the "
        "Accounting Officer. Warrants of the Treasury came late in Zambia."
    )
    assert votes("funders", text, "funders")[0].value == "Government of Zambia"


def test_private_donors_have_no_box() -> None:
    first = votes("funders", "The project was funded by the Ford Foundation.", "funders")[0]
    assert (first.option, first.value) == ("", {"other": "Ford Foundation"})


@pytest.mark.parametrize(
    "text",
    [
        "Other projects in the town were funded by Sida.",
        "The office seeks funding from Sida for a future project.",
        "Norway is a country of destination.",
        "Many migrants go to Sweden and Norway.",
    ],
)
def test_others_money_is_weak(text: str) -> None:
    assert all(vote.score < 0.4 for vote in votes("funders", text, "funders"))


def test_the_implementer_is_rarely_the_funder() -> None:
    found = votes("funders", "The project was carried out with the support of IOM and funded by Danida.", "funders")
    assert found[0].value == "Danida"
    assert all(vote.score < 0.5 for vote in found if vote.value == "IOM")
