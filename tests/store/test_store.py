"""The store: what is kept is given back; what is not its database is refused; what fails leaves nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import WorkspaceError
from extractor.model import Block, Coding, Description, Document, LedgerRow, Page, Properties, Span, Vote
from extractor.store import DocumentRow, ReviewRow, Store, open_store
from extractor.store.serial import pack, unpack
from extractor.store.store import DATABASE, NEWEST_REVISION
from extractor.store.tables import metadata

SHA, READER = "a" * 64, "7"
DOCUMENT = Document(
    "pdf",
    (Page(1, "Número uno\nA\tB\n", "i", False), Page(2, "𝒳 und “so”", None, True), Page(None, "")),
    (
        Block("heading", Span(0, 0, 10), 2, "3.2"),
        Block("table_row", Span(0, 11, 14), table=1, cells=(Span(0, 11, 12), Span(0, 13, 14)), header_row=True),
        Block("paragraph", Span(1, 0, 9)),
    ),
    Properties("Title", "Ā. Author", "2009-04-01", "es"),
    "partial",
    "page 3 could not be read",
)
ROW = DocumentRow(DOCUMENT, "t" * 64, "w" * 64, 1.25)
LEDGER = (
    LedgerRow("b/two.pdf", "b", "ok", sha256=SHA, type="proposal", pages=3, language="en", seconds=0.5),
    LedgerRow("a/one.pdf", "a", "damaged", "cut off", sha256="b" * 64),
    LedgerRow("a/copy.pdf", "a", "duplicate", of="a/one.pdf", sha256="b" * 64),
)
CODING = Coding(
    Description("final_report", "Title", ("A", "B"), "2009-04", "en", Span(0, 0, 5), None, Span(1, 2, 3)),
    (
        Vote("start_date", "", "dates", 0.75, "a/one.pdf", Span(0, 0, 5), "“from … to”", "2007-01", {"x": 0.1}),
        Vote("budget", "", "money", 0.5, "a/one.pdf", Span(1, 0, 2), "why", {"amount": 5, "currency": "EUR"}),
        Vote("kind", "group.option", "rules", 1.0, "a/one.pdf", Span(0, 0, 5), "cue"),
    ),
    42,
    0.125,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def reopened(folder: Path, store: Store) -> Store:
    store.close()
    return open_store(folder)


# ------------------------------------------------------------------ what is kept is given back


def test_meta(store: Store) -> None:
    assert store.get("archive") is None
    store.put("archive", "/one")
    store.put("archive", "/two")
    assert store.get("archive") == "/two"


def test_a_document_is_given_back_as_it_was_read(tmp_path: Path, store: Store) -> None:
    assert not store.has_document(SHA, READER)
    store.save_document(SHA, READER, ROW)
    again = reopened(tmp_path, store)
    assert again.has_document(SHA, READER)
    assert again.document(SHA, READER) == DOCUMENT
    assert again.pages(SHA, READER) == DOCUMENT.pages
    assert again.page_count(SHA, READER) == 3
    assert again.hashes(SHA, READER) == replace(ROW, document=replace(DOCUMENT, pages=(), blocks=()))
    again.close()


def test_a_document_of_other_bytes_or_readers_is_not_there(store: Store) -> None:
    store.save_document(SHA, READER, ROW)
    for sha256, reader in (("b" * 64, READER), (SHA, "8")):
        assert not store.has_document(sha256, reader)
        assert store.document(sha256, reader) is None
        assert store.hashes(sha256, reader) is None
        assert store.pages(sha256, reader) == ()
        assert store.page_count(sha256, reader) == 0


def test_a_document_that_is_read_again_replaces_its_pages(store: Store) -> None:
    store.save_document(SHA, READER, ROW)
    shorter = Document("txt", (Page(None, "all of it"),), ())
    store.save_document(SHA, READER, DocumentRow(shorter, "x", "y", 0.0))
    assert store.document(SHA, READER) == shorter


def test_the_ledger_comes_by_project_and_file(store: Store) -> None:
    store.save_ledger(LEDGER)
    assert [row.file for row in store.ledger()] == ["a/copy.pdf", "a/one.pdf", "b/two.pdf"]
    assert set(store.ledger()) == set(LEDGER)
    store.save_ledger([replace(LEDGER[1], outcome="ok", reason="")])
    store.forget_files(["a/copy.pdf", "never/there.pdf"])
    assert [(row.file, row.outcome) for row in store.ledger()] == [("a/one.pdf", "ok"), ("b/two.pdf", "ok")]


def test_a_coding_is_given_back_under_the_file_that_asks(store: Store) -> None:
    assert not store.has_coding("k")
    assert store.coding("k", "a/one.pdf") is None
    store.save_coding("k", CODING)
    assert store.has_coding("k")
    assert store.coding("k", "a/one.pdf") == CODING
    moved = store.coding("k", "b/elsewhere.pdf")
    assert moved is not None
    assert {vote.file for vote in moved.votes} == {"b/elsewhere.pdf"}


def test_forms_come_by_project_and_are_dropped(store: Store) -> None:
    for project in ("b", "a", "ä"):
        store.save_form(project, f"key of {project}", {"project": project, "items": {}})
    store.save_form("a", "newer", {"project": "a", "items": {"x": {"value": None}}})
    assert store.form_keys() == {"a": "newer", "b": "key of b", "ä": "key of ä"}
    store.forget_forms(["b", "none"])
    assert store.forms() == [{"project": "a", "items": {"x": {"value": None}}}, {"project": "ä", "items": {}}]


def test_of_a_project_and_coder_the_newest_review_counts(tmp_path: Path, store: Store) -> None:
    def row(project: str, coder: str, value: str) -> ReviewRow:
        return ReviewRow(
            project, coder, {"items": {"x": value}}, f"{project}.{coder}.json", SHA, "2010-01-01T00:00:00Z"
        )

    store.add_reviews([])
    assert store.reviews() == []
    store.add_reviews([row("b", "A", "old"), row("a", "B", "ä"), row("b", "A", "new")])
    store.add_reviews([row("a", "A", "x")])
    again = reopened(tmp_path, store)
    assert again.reviews() == [row("a", "A", "x"), row("a", "B", "ä"), row("b", "A", "new")]
    again.close()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(JSON)
def test_packing_loses_nothing_and_is_the_same_each_time(data: object) -> None:
    assert unpack(pack(data)) == data
    assert pack(data) == pack(data)


# ------------------------------------------------------------------ tables and migrations


def revision(folder: Path) -> str:
    with sqlite3.connect(folder / DATABASE) as connection:
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return str(found)


def test_an_empty_folder_gets_the_newest_tables(tmp_path: Path, store: Store) -> None:
    store.close()
    assert revision(tmp_path) == NEWEST_REVISION
    connection = sqlite3.connect(tmp_path / DATABASE)
    for table in metadata.tables.values():
        made = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
        assert made == [column.name for column in table.columns], table.name
    connection.close()


def test_opening_again_changes_nothing(tmp_path: Path, store: Store) -> None:
    store.put("archive", "/one")
    again = reopened(tmp_path, store)
    assert again.get("archive") == "/one"
    again.close()
    assert revision(tmp_path) == NEWEST_REVISION


def test_the_database_survives_a_power_cut(tmp_path: Path, store: Store) -> None:
    store.put("archive", "/one")
    connection = sqlite3.connect(tmp_path / DATABASE)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path, store: Store) -> None:
    store.close()
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(WorkspaceError, match="newer deskreview"):
        open_store(tmp_path)
    assert revision(tmp_path) == "9999"


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database at all, but long enough to be one" * 50)
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(WorkspaceError, match="not a workspace's database"):
        open_store(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="none"):
        open_store(tmp_path / "none")


# ------------------------------------------------------------------ transactions


class Fault(Exception):
    """What happens half way."""


def test_what_fails_half_way_is_not_kept(tmp_path: Path, store: Store) -> None:
    store.put("archive", "/one")
    with pytest.raises(Fault), store.transaction():
        store.put("archive", "/two")
        store.save_document(SHA, READER, ROW)
        store.save_ledger(LEDGER)
        store.save_form("a", "k", {})
        raise Fault
    for held in (store, reopened(tmp_path, store)):
        assert held.get("archive") == "/one"
        assert not held.has_document(SHA, READER)
        assert held.ledger() == []
        assert held.forms() == []
        held.close()


def test_after_a_failure_the_store_goes_on(store: Store) -> None:
    with pytest.raises(Fault), store.transaction():
        raise Fault
    store.put("archive", "/one")
    assert store.get("archive") == "/one"


def test_a_transaction_sees_what_it_has_written_and_keeps_it_at_its_end(tmp_path: Path, store: Store) -> None:
    with store.transaction():
        store.save_ledger(LEDGER[:1])
        assert store.ledger() == [LEDGER[0]]
        reader = open_store(tmp_path)
        assert reader.ledger() == []
        reader.close()
    again = reopened(tmp_path, store)
    assert again.ledger() == [LEDGER[0]]
    again.close()


def test_a_database_that_cannot_be_written_is_a_workspace_error(tmp_path: Path, store: Store) -> None:
    store.close()
    connection = sqlite3.connect(tmp_path / DATABASE)
    connection.execute("CREATE TRIGGER full BEFORE INSERT ON meta BEGIN SELECT raise(ABORT, 'x'); END")
    connection.execute("DROP TABLE files")
    connection.commit()
    connection.close()
    again = open_store(tmp_path)
    with pytest.raises(WorkspaceError, match="no such table"):
        again.save_ledger(LEDGER)
    again.close()
