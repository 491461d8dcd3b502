"""The same text in two formats gives the same blocks, passages, values and statuses."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from extractor import workspace as workspace_module
from extractor.documents import read_document
from extractor.documents.fingerprint import hash_words
from extractor.documents.helpers import WRITER
from extractor.model import Document, Form
from extractor.passages import make_passages
from extractor.workspace import Workspace
from tests.archives import in_process
from tests.coding import tiny
from tests.documents.open_formats import WRITERS
from tests.documents.test_office import as_word_97

STYLED = ("docx", "odt", "rtf", "html")
"""Formats that say what is a title and a heading; plain text has to be guessed at."""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    folder = tmp_path_factory.mktemp("formats")
    return {name: read_document(write(folder / f"report.{name}")) for name, write in WRITERS.items()}


def blocks(document: Document) -> list[tuple[object, ...]]:
    return [
        (block.kind, document.text(block.span), block.number, block.table, block.header_row,
         tuple(document.text(cell) for cell in block.cells))
        for block in document.blocks
    ]  # fmt: skip


@pytest.mark.parametrize("pair", list(combinations(STYLED, 2)), ids="-".join)
def test_two_formats_give_the_same_blocks(documents: dict[str, Document], pair: tuple[str, str]) -> None:
    first, second = (blocks(documents[name]) for name in pair)
    assert first == second
    assert [kind for kind, *_ in first] == [
        "title", "heading", "paragraph", "list_item", "list_item", "table_row", "table_row", "table_row", "heading",
        "paragraph",
    ]  # fmt: skip


@pytest.mark.parametrize("pair", list(combinations(WRITERS, 2)), ids="-".join)
def test_two_formats_give_the_same_words_and_passages(documents: dict[str, Document], pair: tuple[str, str]) -> None:
    first, second = (documents[name] for name in pair)
    assert hash_words(first) == hash_words(second)
    assert [passage.text for passage in make_passages(first)] == [passage.text for passage in make_passages(second)]


def plain(form: Form) -> dict[str, tuple[object, ...]]:
    """The answers without where they stand: statuses, values, quotes; not the list of the files themselves."""
    return {
        item: (answer.status, answer.value, answer.confidence, [entry.quote for entry in answer.evidence])
        for item, answer in form.items.items()
        if item != "document_files"
    }


def test_two_formats_give_the_same_values_and_statuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace_module, "run_isolated", in_process)
    archive = tmp_path / "archive"
    for name in STYLED:  # a project each, so that none is a duplicate of another
        (archive / name).mkdir(parents=True)
        WRITERS[name](archive / name / f"report.{name}")
    with Workspace.create(tmp_path / "ws") as workspace:
        workspace.extract(archive, (str(tiny.write_rubric(tmp_path / "rubric")),))
        forms = {form.project: plain(form) for form in workspace.forms("2026-01-01T00:00:00Z").forms}
    assert any(status == "found" for status, *_ in forms["docx"].values())
    for name in STYLED[1:]:
        assert forms[name] == forms["docx"]


@pytest.mark.skipif(WRITER.path() is None, reason="LibreOffice Writer is not installed")
def test_word_97_gives_the_same_passages(documents: dict[str, Document], tmp_path: Path) -> None:
    old = read_document(as_word_97(WRITERS["docx"](tmp_path / "report.docx"), tmp_path))
    assert old.format == "doc"
    assert [p.text for p in make_passages(old)] == [p.text for p in make_passages(documents["docx"])]
