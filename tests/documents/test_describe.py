from __future__ import annotations

import pytest

from extractor.documents.describe import describe
from extractor.model import Description, Properties
from tests.factory import document


def described(text: str, file: str = "scan001.pdf", properties: Properties | None = None) -> Description:
    return describe(document(text, properties=properties), file)


TYPES = [
    (
        "! External evaluation of the Harbour Lights project\n\nAn external consultant was recruited for it.",
        "external_evaluation",
    ),
    ("! Final evaluation\n\nIndependent evaluation by a team of consultants.", "external_evaluation"),
    (
        "! Mid-term review of the project\n\nThis internal review was carried out by our own staff.",
        "internal_evaluation",
    ),
    ("! Self-evaluation report\n\nThe office reviewed its own work.", "internal_evaluation"),
    ("! Project proposal: Safe Roads\n\nThe project will train 40 officers.", "proposal"),
    ("! Full application form\n\nName of the applicant\tHarbour Trust\n\nThe action will last 24 months.", "proposal"),
    ("! Memorandum of Understanding\n\nThe parties agree as follows.", "mou"),
    ("! Service contract\n\nThe contractor shall provide counselling.", "service_contract"),
    ("! Intake form\n\nInterviewer code:\n\nPlease tick one box.", "provider_data_tool"),
    ("! Interim report\n\nReporting period: January to June 2014.", "interim_report"),
    ("! Second quarterly progress report\n\nActivities planned for the next quarter follow.", "interim_report"),
    ("! Final narrative report to the donor\n\nThe project ended in May.", "final_report"),
    ("! Informe final del proyecto\n\nEl proyecto terminó.", "final_report"),
    ("! Management response to the evaluation\n\nThe office accepts it.", "other"),
    ("! Request for proposals\n\nBidders will send a proposal for the evaluation.", "other"),
    ("! Minutes of a meeting\n\nTea was served.", "other"),
]


TYPES += [
    ("! Clean Water Trust Fund 2021\n\nOur partners gave more than before.", "interim_report"),
    ("! Annual results of the basket fund\n\nText.", "interim_report"),
    ("! A randomized controlled trial of village banks: impact study\n\nEndline report.", "external_evaluation"),
    ("! Audit of the Harbour Trust\n\nWe audited the accounts of the project.", "other"),
]


@pytest.mark.parametrize(("text", "kind"), TYPES)
def test_type(text: str, kind: str) -> None:
    assert described(text).type == kind


def test_the_file_name_is_weak_evidence() -> None:
    assert described("! Safe Roads\n\nWe will train officers.", "project-proposal.pdf").type == "proposal"
    assert (
        described("! Final evaluation of Safe Roads\n\nAn independent evaluation.", "proposal.pdf").type
        == "external_evaluation"
    )


TITLES = [
    (
        "HARBOUR TRUST\n\n! Evaluation of the Safe\n! Roads Project\n\nSeptember 2003\n\n# Table of contents",
        "Evaluation of the Safe Roads Project",
    ),
    ("# Table of contents\n\n# Evaluation of the Safe Roads Project", "Evaluation of the Safe Roads Project"),
    ("# Understanding Migration Data Use\n\n! in Nepal", "Understanding Migration Data Use in Nepal"),
    ("# EXECUTIVE SUMMARY\n\nThe office asked for this.\n\n# Background", ""),
    (
        "OFFICE OF THE INSPECTOR GENERAL\n\nEVALUATION OF THE PROJECT ON SAFE ROADS BETWEEN\nTWO COUNTRIES\n\nMay 2004",
        "EVALUATION OF THE PROJECT ON SAFE ROADS BETWEEN TWO COUNTRIES",
    ),
    ("# Safe Roads: Final Report, 12 May 2004\n\nText.", "Safe Roads: Final Report"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_title(text: str, title: str) -> None:
    assert described(text).title == title


def test_title_span_holds_the_title() -> None:
    doc = document("Harbour Trust\n\n! Evaluation of the Safe\n! Roads Project\n\nMay 2004")
    found = describe(doc, "x.pdf")
    assert found.title_span is not None
    assert " ".join(doc.text(found.title_span).split()) == found.title == "Evaluation of the Safe Roads Project"


@pytest.mark.parametrize(
    ("property_", "title"),
    [
        ("Review of the Safe Roads Project", "Review of the Safe Roads Project"),
        ("Microsoft Word - draft3.doc", ""),
        ("Untitled", ""),
    ],
)
def test_title_property_only_if_it_looks_real(property_: str, title: str) -> None:
    assert described("ok", properties=Properties(title=property_)).title == title


DATES = [
    ("! Report\n\nSeptember 2003", "2003-09"),
    ("! Report\n\nDate of publication: 12 May 2004", "2004-05-12"),
    ("! Report\n\nProject period: March 2001 to April 2004\n\nMay 2005", "2005-05"),
    ("! Report\n\nProject period: March 2001 to April 2004", ""),
    ("! Report\n\n2014", "2014"),
    ("! Report\n\nThe workshop of the year 2014 drew many.", ""),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_date(text: str, date: str) -> None:
    assert described(text).date == date


AUTHORS = [
    ("! Evaluation report\n\nPrepared by: Ana Lind and Omar Diallo\n\nMay 2004", ("Ana Lind", "Omar Diallo")),
    ("! Evaluation report\n\nPrepared by\nAna Lind\n\nfor Harbour Trust", ("Ana Lind",)),
    ("! Evaluation report\n\nAn external consultant, Ms. Ana Lind, was recruited.", ("Ms. Ana Lind",)),
    ("! Evaluation report\n\nAna Lind\nOmar Diallo\n\nMay 2004", ("Ana Lind", "Omar Diallo")),
    ("! Evaluation report\n\nExecutive Summary", ()),
]


@pytest.mark.parametrize(("text", "authors"), AUTHORS)
def test_authors(text: str, authors: tuple[str, ...]) -> None:
    assert described(text).authors == authors


def test_author_property_needs_the_name_on_the_pages() -> None:
    assert described("! Report\n\nText.", properties=Properties(author="Ana Lind")).authors == ()
    assert described("! Report\n\nContact Ana Lind for more.", properties=Properties(author="Ana Lind")).authors == (
        "Ana Lind",
    )


def test_empty_document() -> None:
    assert described("") == Description()
