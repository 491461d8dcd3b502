from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractor.errors import EvidenceStale, ProjectUnknown
from extractor.model import Evidence, FormSet
from extractor.report.case_study import CountryUnknown, Outline, case_study, case_study_metadata, selected
from extractor.report.facts import ReportFacts
from extractor.report.templating import TemplateInvalid
from extractor.rubric import Rubric
from tests.report import fixture
from tests.report.golden import compare

FIVE = [
    "Background and context",
    "Positions of the implementer",
    "Project activities",
    "Stakeholder views",
    "Findings and implications",
]
FOUR = [
    "Background and context",
    "Description of the projects",
    "Analysis of projects and stakeholder views",
    "Overview of case findings",
]


@pytest.mark.parametrize(
    ("name", "projects", "country", "outline"),
    [
        ("case-study-five.md", [], None, "five"),
        ("case-study-four.md", [fixture.A, fixture.B], None, "four"),
        ("case-study-thin.md", [fixture.C], None, "five"),
        ("case-study-country.md", [], "Slovakia", "four"),
    ],
)
def test_golden(
    name: str, projects: list[str], country: str | None, outline: Outline,
    formset: FormSet, rubric: Rubric, facts: ReportFacts,
    update_golden: bool,
) -> None:  # fmt: skip
    compare(name, case_study(formset, rubric, facts, projects, country, outline), update_golden)


@pytest.mark.parametrize(("outline", "titles"), [("five", FIVE), ("four", FOUR)])
def test_the_sections_stand_in_order(
    outline: Outline, titles: list[str], formset: FormSet, rubric: Rubric, facts: ReportFacts
) -> None:
    text = case_study(formset, rubric, facts, [], None, outline)
    places = [text.index(f"\n# {title}") for title in titles]
    assert places == sorted(places)
    assert text.index("draft-mark") < places[0]


def test_every_ticked_option_of_the_case_is_in_it(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    text = case_study(formset, rubric, facts, [], None, "five")
    for item in ("objectives", "motivation", "target_groups", "challenges", "activities"):
        labels = {option.id: option.label for option in (rubric.item(item) or pytest.fail(item)).options}
        for form in formset.forms:
            for option in form.items[item].value or []:
                assert labels[option] in text


def test_sections_with_nothing_say_what_was_searched(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    text = case_study(formset, rubric, facts, [fixture.C], None, "five")
    assert (
        "Nothing was found in the documents on challenges during implementation. Searched: document, [tisa-network.pdf]"
        in text
    )
    assert "has no question on positions of other local actors" in text


def test_no_names_of_partners_or_reviewers(formset: FormSet, rubric: Rubric) -> None:
    facts = fixture.facts(reviewers=("Ada Lovelace",))
    text = case_study(formset, rubric, facts, [fixture.A], None, "four")
    stakeholders = text[text.index("## Stakeholders and their roles") : text.index(": Stakeholders by type")]
    assert "Ministry of Social Welfare" not in stakeholders
    assert "| Government | Implements together" in stakeholders
    assert "Lovelace" not in text


def test_a_stale_quote_stops_it(formset: FormSet, rubric: Rubric) -> None:
    def verify(evidence: Evidence) -> bool:
        return evidence.file != fixture.B_END

    with pytest.raises(EvidenceStale):
        case_study(formset, rubric, fixture.facts(verify=verify), [], None, "five")
    assert case_study(formset, rubric, fixture.facts(verify=verify), [fixture.A], None, "five")


def test_a_country_chooses_its_projects(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    assert selected(formset, rubric, facts, [], "moldova") == (fixture.A,)
    assert selected(formset, rubric, facts, [], "SVK") == (fixture.B,)
    with pytest.raises(CountryUnknown, match="Moldova, Slovakia"):
        selected(formset, rubric, facts, [], "Chad")
    with pytest.raises(ProjectUnknown):
        selected(formset, rubric, facts, ["nowhere"], None)


def test_an_own_template_goes_first_and_a_fault_in_it_has_its_line(
    tmp_path: Path, formset: FormSet, rubric: Rubric
) -> None:
    folder = tmp_path / "case_study"
    folder.mkdir()
    (folder / "part_challenges.md.j2").write_text(
        "Ours: {{ case.total }} <b> {{ '<i>' ~ case.total }}\n", encoding="utf-8"
    )
    facts = fixture.facts(templates=tmp_path)
    text = case_study(formset, rubric, facts, [], None, "five")
    assert "Ours: 3 <b> \\<i\\>3" in text
    assert "## Suggestions and recommendations" in text
    (folder / "part_challenges.md.j2").write_text("line\n{% if %}\n", encoding="utf-8")
    with pytest.raises(TemplateInvalid, match=r"part_challenges\.md\.j2:2"):
        case_study(formset, rubric, facts, [], None, "five")


def test_templates_cannot_reach_out(tmp_path: Path, formset: FormSet, rubric: Rubric) -> None:
    folder = tmp_path / "case_study"
    folder.mkdir()
    (folder / "part_challenges.md.j2").write_text("{{ case.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(TemplateInvalid):
        case_study(formset, rubric, fixture.facts(templates=tmp_path), [], None, "five")


def test_words_in_values_cannot_become_markup(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    form = formset.forms[2]
    title = replace(form.items["project_title"], value="# T <script>x</script> | [^1] ::: \n\n# Own heading")
    hostile = FormSet(formset.provenance, (replace(form, items={**form.items, "project_title": title}),))
    text = case_study(hostile, rubric, facts, [], None, "four")
    assert "<script>" not in text
    assert "\n# Own heading" not in text
    assert r"\<script\>" in text


def test_the_title_names_the_case(formset: FormSet, rubric: Rubric, facts: ReportFacts) -> None:
    assert case_study_metadata(formset, rubric, facts, [], None).title == "Case study: three projects"
    assert case_study_metadata(formset, rubric, facts, [], "Slovakia").title == "Case study: Slovakia"
    one = case_study_metadata(formset, rubric, facts, [fixture.C], None)
    assert one.title == "Case study: Network of border communities along the Tisa"
    assert one.date == "2026-01-06"
