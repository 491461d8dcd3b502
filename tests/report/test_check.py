from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Cm, Pt

from extractor.model import FormSet
from extractor.report.case_study import case_study, case_study_metadata
from extractor.report.check import NotCheckable, check_report
from extractor.report.facts import ReportFacts
from extractor.report.final_report import final_report, final_report_metadata
from extractor.report.write import write_report
from extractor.rubric import Rubric

SWAPPED = "Shut (finding 2).\n\nOpen (finding 1).\n\nFor"
THANKS = "# Acknowledgements\n\nThanks.\n\n"
WORDS = "Shelters were open all year and staff were there. " * 12
GOOD = f"""# Acknowledgements

Thanks.

# Acronyms

| Acronym | Meaning |
|---|---|
| UN | United Nations |

# Executive summary

Short, for the UN.

# 1 Introduction

{WORDS}

# 2 Methodology

{WORDS}

# 3 Findings

Finding 1. Shelters were open.

# 4 Conclusions

Conclusion 1. Shelters work. It follows from finding 1.

# 5 Recommendations

Recommendation 1. Keep them open (finding 1).

# Annex 1

More.

# References

Author (2001). *Title*.
"""


def _rules(path: Path) -> list[tuple[str, str]]:
    return [(finding.rule, finding.place) for finding in check_report(path)]


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "report.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_report_has_no_findings(tmp_path: Path) -> None:
    assert check_report(_written(tmp_path, GOOD)) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text.replace("Short, for the UN.", WORDS), ("summary", "Executive summary")),
        (lambda text: text.replace("Short, for", "Short, QQX, for"), ("acronyms", "Acronyms and abbreviations")),
        (lambda text: text.replace("It follows from finding 1.", ""), ("links", "Conclusion 1")),
        (lambda text: text.replace("(finding 1)", "(finding 9)"), ("links", "Recommendation 1")),
        (lambda text: text.replace("# Annex 1\n\nMore.\n", ""), ("order", "the whole report")),
        (lambda text: text.replace(THANKS, "") + THANKS, ("order", "Acronyms")),
        (lambda text: text.replace("Short, for", SWAPPED), ("summary", "Executive summary")),
        (lambda text: text.replace("# 2 Methodology", "# 2 Methodology\n\n" + WORDS * 400), ("length", "Main report")),
        (lambda text: text.replace("Recommendation 1. Keep", "We say: keep it\n\nKeep"), ("links", "Recommendations")),
    ],
)  # fmt: skip
def test_each_rule_is_seen(tmp_path: Path, change: Callable[[str], str], expected: tuple[str, str]) -> None:
    assert expected in _rules(_written(tmp_path, change(GOOD)))


def test_a_persons_own_word_file_is_checked_for_font_and_margins(tmp_path: Path) -> None:
    document = Document()
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    document.sections[0].left_margin = Cm(3)
    document.add_paragraph("Plain words of a report.")
    path = tmp_path / "own.docx"
    document.save(str(path))
    found = {finding.rule: finding.message for finding in check_report(path)}
    assert "most is Arial 11" in found["font"]
    assert "margin is 2.54 cm" in found["margins"] or "margin is 3.00 cm" in found["margins"]


def test_a_theme_font_is_followed(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Plain words of a report.")
    path = tmp_path / "own.docx"
    document.save(str(path))
    message = next(finding.message for finding in check_report(path) if finding.rule == "font")
    assert "minor" not in message


def test_the_tools_own_files_keep_the_rules(
    tmp_path: Path, formset: FormSet, rubric: Rubric, facts: ReportFacts
) -> None:
    final, case = tmp_path / "final.docx", tmp_path / "case.docx"
    write_report(final_report(formset, rubric, facts), final_report_metadata(formset, rubric, facts), final)
    write_report(
        case_study(formset, rubric, facts, [], None, "five"),
        case_study_metadata(formset, rubric, facts, [], None),
        case,
    )
    assert check_report(final) == []
    assert check_report(case) == []


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", b""), ("a.docx", b"no zip"), ("a.md", b"\xff\xfe\xff"), ("gone.docx", None)]
)
def test_what_cannot_be_checked_is_named(tmp_path: Path, name: str, data: bytes | None) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(NotCheckable, match=name):
        check_report(path)
