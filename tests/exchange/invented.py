"""A small rubric with every type of item, and forms of three invented projects under it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extractor.model import Answer, Conflict, ConflictValue, DocumentFacts, Evidence, Form, FormSet, Provenance
from extractor.rubric import Item, Option, Rubric

VERSION = "0.1.0"
PLAN, END = "vela/proposal.docx", "vela/final report.pdf"
MADE = Provenance("2026-01-02T03:04:05Z", "machine", "small", "1", "r" * 64, "tfidf-logistic", "m" * 64)


def options(*names: str, group: str = "") -> tuple[Option, ...]:
    """Options whose labels are their ids in words."""
    prefix = f"{group}." if group else ""
    return tuple(Option(prefix + name, name.replace("_", " ").capitalize(), group) for name in names)


ITEMS = (
    Item("project_title", "Project title", "text", "I.B"),
    Item("funders", "Funders", "multi", "I.E", options=options("norad", "other_igo"), other=True),
    Item("country", "Country", "single", "II.B", options=options("albania", "mongolia"), other=True),
    Item("duration_clear", "Is the duration clear?", "yes_no", "II.D.i"),
    Item("start_date", "Start date", "date_my", "II.D.ii"),
    Item(
        "activities",
        "Activities",
        "multi",
        "II.M",
        options=options("gender", "needs", group="design") + options("shelter", group="services"),
        groups={"design": "Project design", "services": "Services"},
        other=True,
    ),
    Item("motivation", "Motivation", "multi", "II.K", options=options("high_levels", "none_given")),
    Item("partners", "Partners", "texts"),
    Item("budget", "Budget", "money"),
    Item("expenditure", "Spent so far", "money"),
    Item("length_months", "Length in months", "number"),
    Item("reviewer", "Reviewer", "people"),
    Item("documents", "Documents", "documents"),
    Item("results_achieved", "Results", "results"),
    Item("key_findings", "Findings", "findings"),
    Item("recommendations", "Recommendations", "recommendations"),
    Item("extensions", "Extensions", "evidence_list"),
    Item("result_category", "Category of each result", "single", options=options("training", "policy")),
    Item("result_maintained", "Kept up?", "yes_no"),
)
RUBRIC = Rubric("small", "1", "A small rubric", "r" * 64, ITEMS)


def quote(text: str, for_: str = "", file: str = END, page: int | None = 4, confidence: float = 0.9) -> Evidence:
    """A piece of evidence."""
    return Evidence(for_, file, page, "2" if page else None, 10, 10 + len(text), text, confidence, "rules", "cue")


def found(value: Any, *evidence: Evidence, **more: Any) -> Answer:
    """An answer with its evidence."""
    return Answer("found", value, 0.8, evidence=evidence, searched=(PLAN, END), **more)


DOCUMENTS = (
    DocumentFacts(
        PLAN, "a" * 64, "proposal", "ok", 12, "en", "Support to the Vela shelter", ("Vela Women",), "2006-10"
    ),
    DocumentFacts(END, "b" * 64, "final_report", "partial", 31, "en", "Final report", (), "2009"),
)
DIFFERING = Conflict((ConflictValue("2007-01", PLAN, None, "from January"), ConflictValue("2007-03", END, 4, "March")))
VELA = Form(
    "vela",
    DOCUMENTS,
    {
        "project_title": found("Support to the Vela shelter", quote("Vela shelter")),
        "funders": found(
            ["norad", {"other": "Fund for Regional Cooperation"}],
            quote("paid by Norad", "norad"),
            quote("a grant of the Fund"),
            options={"norad": 0.91, "other_igo": 0.12},
        ),
        "country": found({"other": "Moldova", "iso3166": "MDA"}, quote("in Moldova")),
        "duration_clear": found(True, quote("January to March")),
        "start_date": found("2007-01", quote("from January"), conflicts=(DIFFERING,)),
        "activities": found(
            ["design.gender", "services.shelter", {"other": "hotel", "group": "services"}],
            quote("the shelter had 20 beds", "services.shelter", confidence=0.95),
            quote("a gender analysis", "design.gender", PLAN, None),
            quote("shelter again", "services.shelter"),
            options={"design.gender": 0.7, "design.needs": 0.2, "services.shelter": 0.9},
        ),
        "motivation": found(["none_given"], comment="Nothing was found; this answer follows from that."),
        "partners": found(["Border police", "Vela Women"], quote("with Vela Women", "Vela Women")),
        "budget": found({"amount": 450000, "currency": "EUR"}, quote("EUR 450,000")),
        "expenditure": found({"amount": 440000.5, "currency": "EUR", "delivery_rate": 97.8, "as_of": "2009-03"}),
        "length_months": found(24, quote("24 months")),
        "reviewer": found([{"name": "J. Marić"}, {"name": "P. Okafor"}]),
        "documents": found(
            [
                {"file": PLAN, "title": "Support to the Vela shelter", "authors": ["Vela Women"], "date": "2006-10"},
                {"file": END, "title": "Final report", "authors": [], "date": ""},
            ],
            quote("Final report", "Final report", END, 1),
            quote("Support to the", "Support to the Vela shelter", PLAN, None),
        ),
        "results_achieved": found(
            [
                {"level": "output", "no": "1.1", "statement": "Police trained", "target": 40, "achieved": 52,
                 "unit": "persons"},
                {"level": "outcome", "no": "1", "statement": "Victims are referred", "target": None, "achieved": None},
            ],
            quote("52 police officers", "Police trained"),
        ),
        "key_findings": found(
            {
                "relevance": [{"heading": "Need", "finding": "No other.", "source_given": True, "source": "p. 3"}],
                "efficiency": [{"heading": "", "finding": "Late.", "source_given": False, "source": ""}],
            },
            quote("no other service existed", "relevance"),
            quote("came late", "efficiency"),
        ),
        "recommendations": found(
            {"general": ["Fund the rent.", "Train teachers."]},
            quote("rent should be funded", "general"),
            quote("teachers should be trained", "general"),
        ),
        "extensions": found([{"what": "No-cost extension", "source": "amendment", "year": "2008"}], quote("extended")),
        "result_category": found([{"result": 1, "value": "training"}, {"result": 2, "value": "policy"}]),
        "result_maintained": found([{"result": 1, "value": True}, {"result": 2, "value": False}]),
    },
)  # fmt: skip
ORAVA = Form(
    "orava",
    (),
    {
        "project_title": Answer("not_found", searched=("orava.pdf",)),
        "funders": Answer("not_found", options={"norad": 0.1, "other_igo": 0.05}),
        "country": Answer("not_applicable"),
        "activities": Answer("not_applicable", options={"design.gender": 0.3}),
        "duration_clear": found(False),
    },
)
SCANS = Form("scans", (), {item.id: Answer("unreadable") for item in ITEMS})
FORMS = FormSet(MADE, (VELA, ORAVA, SCANS))


def with_answer(item: str, answer: Answer) -> FormSet:
    """One project with one answer."""
    return FormSet(MADE, (Form("vela", DOCUMENTS, {item: answer}),))


def titled(text: str) -> FormSet:
    """One project whose title, quote and file hold this text."""
    return with_answer("project_title", found(text, replace(quote(text), file=text)))
