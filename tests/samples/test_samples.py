"""The shipped samples: the archive is what its sources give, and the manual reviews quote what stands in it."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest
import yaml
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
ARCHIVE = SAMPLES / "archive"
ITEM_FILES = sorted((ROOT / "rubrics").glob("*/items/*.yaml"))
REVIEWS = sorted((SAMPLES / "reviews").glob("*.json"))
MAX_BYTES = 6_000_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LINE_END_HYPHEN = "\ufffe"
SHORTEST_QUOTE = 2  # words

Pages = dict[int | None, str]


def load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("samples_build", SAMPLES / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = load_build()
SOURCES = build.sources()


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def pdf_pages(data: bytes) -> Pages:
    with pypdfium2.PdfDocument(data) as pdf:
        return {number: page.get_textpage().get_text_range() for number, page in enumerate(pdf, start=1)}


def word_pages(data: bytes) -> Pages:
    paragraphs = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in ("word/document.xml", "word/footnotes.xml"):
            root = etree.fromstring(package.read(part))
            for fallback in list(root.iter(FALLBACK)):
                fallback.getparent().remove(fallback)
            paragraphs += ["".join(text.text or " " for text in p.iter(f"{WORD}t")) for p in root.iter(f"{WORD}p")]
    return {None: "\n".join(paragraphs)}


def read_pages(data: bytes, suffix: str) -> Pages:
    if suffix == ".pdf":
        return pdf_pages(data)
    return word_pages(data) if suffix == ".docx" else {None: data.decode("utf-8")}


@cache
def archive_pages(file: str) -> Pages:
    path = ARCHIVE / file
    return {number: fold(text) for number, text in read_pages(path.read_bytes(), path.suffix).items()}


def is_scan(file: str) -> bool:
    return file in {source.target for source in SOURCES if source.header.get("scan")}


def load_review(path: Path) -> dict[str, Any]:
    review = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(review, dict)
    return review


def evidence_of(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for item, answer in load_review(path)["items"].items():
        for evidence in answer["evidence"]:
            yield item, evidence


def source_of(file: str) -> Any:
    return next(source for source in SOURCES if source.target == file)


def test_archive_holds_what_the_sources_say_and_nothing_else() -> None:
    built = {path.relative_to(ARCHIVE).as_posix() for path in ARCHIVE.rglob("*") if path.is_file()}
    assert built == {source.target for source in SOURCES}


def test_archive_has_the_formats_and_the_size_of_a_sample() -> None:
    files = [path for path in ARCHIVE.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".pdf", ".docx", ".txt", ".md", ".html"}
    assert sum(path.stat().st_size for path in files) < MAX_BYTES
    assert len(list(ARCHIVE.iterdir())) >= 6
    assert len(files) >= 16


@pytest.mark.parametrize(
    "file",
    [
        "mongolia-policy-2011/fund-application.pdf",
        "gulf-of-guinea-return-2010/final-report-2013.pdf",
        "mongolia-policy-2011/sustainability-questionnaire-filled.docx",
        "colombia-justice-2013/progress-report-2.txt",
        "bangladesh-campaign-2012/web/campaign-update-2013-06.html",
    ],
)
def test_rebuilding_gives_the_same_text(file: str, tmp_path: Path) -> None:
    (path,) = build.build_all([source_of(file)], tmp_path)
    assert path == tmp_path / file
    again = {number: fold(text) for number, text in read_pages(path.read_bytes(), path.suffix).items()}
    assert again == archive_pages(file)


def test_scan_has_no_text_layer() -> None:
    (scan,) = [source.target for source in SOURCES if source.header.get("scan")]
    assert "".join(archive_pages(scan).values()).strip() == ""


def test_long_report_breaks_words_and_numbers_its_front_matter_in_roman() -> None:
    pages = archive_pages("gulf-of-guinea-return-2010/final-report-2013.pdf")
    assert any(LINE_END_HYPHEN in text for text in pages.values())
    assert pages[2].rstrip().endswith("ii")
    assert pages[3].rstrip().endswith(" 1") or " 1 " in pages[3]


def test_questionnaire_has_ticked_and_empty_boxes() -> None:
    text = archive_pages("mongolia-policy-2011/sustainability-questionnaire-filled.docx")[None]
    assert "☒ Yes ☐ No" in text
    assert "☐ Yes ☒ No" in text


def test_three_projects_are_reviewed_and_one_of_them_twice() -> None:
    coded = [path.name.split(".")[:2] for path in REVIEWS]
    projects = [project for project, _ in coded]
    assert len(set(projects)) == 3
    assert len(projects) == 4
    assert {(ARCHIVE / project).is_dir() for project in projects} == {True}
    assert [load_review(path)["coder"] for path in REVIEWS] == [coder for _, coder in coded]


@pytest.mark.parametrize("path", REVIEWS, ids=lambda path: path.name)
def test_every_quote_stands_on_its_page(path: Path) -> None:
    missing = [
        (item, evidence["quote"])
        for item, evidence in evidence_of(path)
        if not is_scan(evidence["file"])
        and fold(evidence["quote"]) not in archive_pages(evidence["file"]).get(evidence.get("page"), "")
    ]
    assert missing == []


@pytest.mark.parametrize("path", REVIEWS, ids=lambda path: path.name)
def test_every_ticked_option_has_a_quote(path: Path) -> None:
    bare = [
        (item, option)
        for item, answer in load_review(path)["items"].items()
        if item not in {"documents", "document_files"} and isinstance(answer["value"], list)
        for option in answer["value"]
        if isinstance(option, str) and answer["evidence"] and answer["evidence"][0]["for"]
        if option not in {evidence["for"] for evidence in answer["evidence"]}
    ]
    assert bare == []
    assert all(len(evidence["quote"].split()) >= SHORTEST_QUOTE for _, evidence in evidence_of(path))


def options_of(item: dict[str, Any]) -> set[str]:
    grouped = {f"{group}.{option}" for group, part in item.get("groups", {}).items() for option in part["options"]}
    return set(item.get("options", {})) | grouped


def ticked(value: Any) -> Iterator[str]:
    """The option ids in a value: "x", ["x", ...], or one a result: [{"result", "value"}, ...]."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and "result" in value:
        yield from ticked(value["value"])
    elif isinstance(value, list):
        for part in value:
            yield from ticked(part)


@pytest.mark.skipif(not ITEM_FILES, reason="the rubric's items are not there")
@pytest.mark.parametrize("path", REVIEWS, ids=lambda path: path.name)
def test_options_are_those_of_the_form(path: Path) -> None:
    items = {item["id"]: item for file in ITEM_FILES for item in yaml.safe_load(file.read_text(encoding="utf-8"))}
    answers = load_review(path)["items"]
    assert set(answers) <= set(items)
    unknown = [
        (name, option)
        for name, answer in answers.items()
        if items[name]["type"] in {"single", "multi"}
        for option in ticked(answer["value"])
        if option not in options_of(items[name])
    ]
    assert unknown == []
