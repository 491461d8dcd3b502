from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.model import Answer, FormSet
from extractor.report.check import check_report
from extractor.report.facts import ReportFacts
from extractor.report.final_report import final_report, final_report_metadata
from extractor.report.outline import markdown_outline
from extractor.report.write import markdown_bytes
from extractor.rubric import Rubric
from tests.report import fixture
from tests.report.golden import compare

PARTS = [
    "Acknowledgements", "Acronyms and abbreviations", "Executive summary", "Introduction",
    "Methodology and analytical framework", "Findings: why the projects were set up",
    "Findings: what was planned and done",
    "Findings: what was reached, and how it is known", "Findings: challenges, lessons and later work", "Conclusions",
    "Recommendations", "Annex 1. Definitions, data and instruments", "Annex 2. The projects one by one",
    "Annex 3. Documents searched", "References",
]  # fmt: skip


def test_golden(formset: FormSet, rubric: Rubric, facts: ReportFacts, update_golden: bool) -> None:
    compare("final-report.md", final_report(formset, rubric, facts), update_golden)


def test_the_parts_stand_in_the_order_of_final_reports(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    parts = markdown_outline(final_report(formset, rubric, facts))
    assert [part.title for part in parts][1:] == PARTS


def test_every_link_has_its_target(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    text = final_report(formset, rubric, facts)
    targets = set(re.findall(r"\{(?:[^}]* )?#([\w-]+)\}", text))
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= targets


def test_conclusions_and_recommendations_are_linked(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    text = final_report(formset, rubric, facts)
    numbered = [line for line in text.split("\n") if re.match(r"\[\*\*(Conclusion|Recommendation) \d", line)]
    assert len(numbered) == 8
    assert all("](#finding-" in line for line in numbered)


def test_each_finding_has_a_footnote_or_a_list_with_footnotes(
    formset: FormSet, rubric: Rubric, facts: ReportFacts
) -> None:
    text = final_report(formset, rubric, facts)
    chapters = text[text.index("# Findings: why") : text.index("# Conclusions")]
    for piece in re.split(r"(?=\[\*\*Finding \d+)", chapters)[1:]:
        assert "[^" in piece or "Finding 19" in piece


def test_it_keeps_the_rules_that_it_checks(
    formset: FormSet, rubric: Rubric, facts: ReportFacts, tmp_path: Path
) -> None:
    path = tmp_path / "final.md"
    path.write_bytes(
        markdown_bytes(final_report(formset, rubric, facts), final_report_metadata(formset, rubric, facts))
    )
    assert check_report(path) == []


def test_the_same_input_gives_the_same_text(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    assert final_report(formset, rubric, facts) == final_report(formset, rubric, facts)


@pytest.mark.parametrize("keep", [0, 1])
def test_few_or_empty_forms_give_a_whole_report(
    keep: int, formset: FormSet, rubric: Rubric, facts: ReportFacts
) -> None:
    empty = [replace(form, items={key: Answer("not_found") for key in form.items}) for form in formset.forms[:1]]
    forms = tuple(empty) if keep == 0 else formset.forms[:1]
    text = final_report(FormSet(formset.provenance, forms), rubric, facts)
    assert "# Recommendations" in text
    assert "None" not in re.sub(r"None of", "", text)
    if keep == 0:
        assert "No conclusions can be drawn" in text
        assert "Nothing was found in the documents on recommendations. Searched: project proposal" in text


def test_the_method_says_what_was_done(formset: FormSet, rubric: Rubric) -> None:
    text = final_report(formset, rubric, fixture.facts(reviewers=("a", "b"), coders={fixture.A: "final"}))
    assert "Six documents of seven could be read" in text
    assert "The forms of one project were gone over by people" in text
    assert "Two reviewers took part." in text
    assert "hash f00dfeedf00d" in text
    assert "no text: install tesseract to read scans" in text
