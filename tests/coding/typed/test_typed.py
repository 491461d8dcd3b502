"""What holds for every extractor: places are in the text, scores in range, any text is survived, and quickly."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.coding.typed import EXTRACTORS
from tests.factory import source

LINES = st.sampled_from(
    [
        "! Final evaluation of the project “Safe Roads” in Nepal",
        "# Project description",
        "# Annex 2: Terms of reference",
        "Project title: Safe Roads for Migrants",
        "Start date\t1 March 2014",
        "Donor\tGovernment of Norway",
        "Total budget: EUR 450,000",
        "Project code: CT.0123",
        "The project was implemented by the Ministry of Labour in Nepal and Bhutan from March 2014 to May 2016.",
        "It was extended until June 2017 at no cost; by then US$ 1.2 million had been spent (92 per cent "
        "of the budget).",
        "- funded by Norad and the European Union",
        "Total\t\t1 200 000\t",
        "\t\t\t",
        "«",
        "",
        "Duration (months): 36",
    ]
)
LIMIT_SECONDS = 1.5
"""Far above what is needed: catches patterns that take time out of proportion on a busy machine."""


@pytest.mark.parametrize("name", EXTRACTORS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(LINES | st.text(max_size=60).filter(lambda text: "\f" not in text), max_size=10))
def test_votes_point_into_the_text(name: str, lines: list[str]) -> None:
    read = source("\n".join(lines))
    for vote in EXTRACTORS[name](read):
        page = read.document.pages[vote.span.page]
        assert 0 <= vote.span.start < vote.span.end <= len(page.text)
        assert 0.0 <= vote.score <= 1.0
        assert vote.file == "report.pdf"
        assert vote.why
        assert vote.option or vote.value is not None


@pytest.mark.parametrize("name", EXTRACTORS)
def test_an_empty_document_gives_no_votes(name: str) -> None:
    assert EXTRACTORS[name](source("")) == []


@pytest.mark.parametrize("name", EXTRACTORS)
@pytest.mark.parametrize(
    "text",
    ["a " * 20_000, "1 " * 20_000, "A " * 20_000, "1,234." * 7_000, "Total: " * 6_000, "2005-" * 8_000, "Project "
            "" * 6_000, "“" * 30_000, "(" * 30_000],
)  # fmt: skip
def test_time_grows_with_the_text(name: str, text: str) -> None:
    read = source(text)
    start = time.perf_counter()
    EXTRACTORS[name](read)
    assert time.perf_counter() - start < LIMIT_SECONDS
