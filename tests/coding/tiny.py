"""A tiny rubric with examples, and votes and projects made by hand, for the tests of coding and of the workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.coding.coders import RULES
from extractor.coding.combine import ProjectContext
from extractor.coding.decide import ProjectVotes
from extractor.model import Page, Span, Vote
from extractor.rubric import Rubric
from extractor.rubric_yaml import load_rubric

HEAD = """\
schema: 1
name: tiny
version: "1"
title: A tiny rubric
domain: ["traffick*", "victim*", "shelter*"]
scopes:
  recommendations: ["recommendation*"]
  context: [background]
  activities: ["activit*"]
items:
- {id: project_title, label: Title, type: text, extractor: title}
- {id: document_files, label: Files, type: documents, extractor: documents}
- {id: start_date, label: Start, type: date_my, extractor: dates}
- {id: end_date, label: End, type: date_my, extractor: dates}
- {id: budget, label: Budget, type: money, extractor: money}
- id: project_type
  label: Type
  type: multi
  options:
    training: {label: Training, cues: ["train* .. police", "police (course*|workshop*)"], hints: [police],
      avoid: [recommendations, context], prefer: [activities], actor: true, exclude: ["police record*"]}
    shelter: {label: Shelter, cues: ["shelter*"], avoid: [context]}
    advice: {label: Advice, cues: ["training of judges"], prefer: [recommendations]}
    none_given: {label: None given, absence: true}
- id: shelter_services
  label: Services
  type: multi
  relevant: project_type has shelter
  groups:
    care:
      label: Care
      options:
        medical: {label: Medical care, cues: ["medical care"]}
        legal: {label: Legal aid, cues: ["legal aid"]}
"""
_PASSAGES = {
    "project_type.training": (
        "The project trained forty police officers in interviewing.",
        "Police officers took part in a training on identification.",
        "Two trainings for police were held in the capital.",
        "A training of police trainers ran for five days.",
        "Border police were trained to recognise victims.",
        "The training for police investigators closed with a test.",
    ),
    "project_type.shelter": (
        "The shelter took in twenty women last year.",
        "Rent and food of the shelter were paid by the project.",
        "A second shelter for children opened in May.",
        "Women stayed in the shelter for three months.",
        "The shelter employed two social workers.",
        "Victims were brought to the shelter by the project.",
    ),
    "shelter_services.care.medical": (
        "A doctor gave medical care to the women.",
        "Medical care was offered on two days a week.",
        "The clinic provided medical care and medicine.",
        "Medical care for victims was free.",
    ),
    "": (
        "The budget was revised by the donor in spring.",
        "The report was handed in two weeks late.",
        "The office moved to a new building.",
        "Rainfall was heavy in the north of the country.",
    ),
}


def examples_yaml() -> str:
    """Labelled passages, enough to train on."""
    entries = []
    for address, texts in _PASSAGES.items():
        labels = f"yes: [{address}]" if address else "no: [project_type.training]"
        for number, text in enumerate(texts):
            frame = f"{address.replace('.', '-') or 'none'}-{number}"
            entries.append(f"- {{frame: {frame}, kind: final_report, heading: Results, text: {text!r}, {labels}}}\n")
    return "".join(entries)


def write_rubric(folder: Path, head: str = HEAD, examples: str | None = None) -> Path:
    """The tiny rubric as a folder."""
    (folder / "examples").mkdir(parents=True, exist_ok=True)
    (folder / "rubric.yaml").write_text(head, encoding="utf-8")
    text = examples_yaml() if examples is None else examples
    if text:
        (folder / "examples" / "all.yaml").write_text(text, encoding="utf-8")
    return folder


def rubric(folder: Path, head: str = HEAD, examples: str | None = None) -> Rubric:
    """The tiny rubric, loaded."""
    return load_rubric(write_rubric(folder, head, examples))


FIRST_WORD = Span(0, 0, 5)


def vote(
    item: str,
    option: str = "",
    score: float = 0.9,
    *,
    value: Any = None,
    coder: str = RULES,
    file: str = "a.txt",
    span: Span = FIRST_WORD,
    cues: int = 1,
) -> Vote:
    """A vote; of the rules with a cue, unless told otherwise."""
    features = {"cues": float(cues), "hints": 0.0} if coder == RULES else {}
    return Vote(item, option, coder, score, file, span, f"{coder} says so", value, features)


TEXT = "Alpha beta gamma delta epsilon zeta eta theta iota kappa."


def project(
    votes: Sequence[Vote],
    *,
    types: Mapping[str, str] | None = None,
    searched: Sequence[str] = ("a.txt", "b.txt", "c.txt"),
    density: float = 0.5,
    passages: int = 100,
) -> ProjectVotes:
    """A project of these votes; each of its documents has two pages of the same text."""
    return ProjectVotes(
        tuple(votes),
        ProjectContext(density, passages),
        tuple(searched),
        types or {},
        lambda file, index: Page(index + 1, TEXT, printed=f"p{index + 1}"),
    )
