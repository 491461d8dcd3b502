"""Three invented projects, their rubric and the facts around them, for all report tests."""

from __future__ import annotations

import pytest

from extractor.model import FormSet
from extractor.report.facts import ReportFacts
from extractor.rubric import Rubric
from tests.report import fixture


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return fixture.rubric()


@pytest.fixture(scope="session")
def formset() -> FormSet:
    return fixture.formset()


@pytest.fixture(scope="session")
def facts() -> ReportFacts:
    return fixture.facts()
