"""The store: documents, ledger, codings and forms of a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select, text
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DatabaseError, OperationalError

from extractor.errors import WorkspaceError
from extractor.model import Coding, Document, LedgerRow, Page
from extractor.store import serial, tables

DATABASE = "deskreview.sqlite"
NEWEST_REVISION = "0001"
BUSY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as read, with the hashes that later work is keyed by."""

    document: Document
    text_hash: str
    words_hash: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A person's form of a project as plain data, with the file that it came from and when it was taken in."""

    project: str
    coder: str
    content: dict[str, Any]
    source: str
    sha256: str
    imported: str


def open_store(folder: Path) -> Store:
    """The store of a workspace folder, brought to the newest tables; WorkspaceError if it cannot be."""
    engine = create_engine(f"sqlite:///{folder / DATABASE}", connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_durable)
    event.listen(engine, "begin", _begin_at_once)
    try:
        with engine.begin() as connection:
            _migrate(connection, folder)
    except OperationalError as error:
        raise WorkspaceError(f"The workspace {folder} cannot be opened: {error.orig}.") from None
    except DatabaseError:
        raise WorkspaceError(f"{folder / DATABASE} is not a workspace's database.") from None
    return Store(engine)


def _set_durable(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin on its own: it would leave tables out of it
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _begin_at_once(connection: Connection) -> None:
    """Begin before the first statement of any kind, so that a migration that fails half way leaves nothing."""
    connection.exec_driver_sql("BEGIN")


def _migrate(connection: Connection, folder: Path) -> None:
    """Run what is missing. Alembic is only imported when something is: it is slow to load."""
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").first()
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if found else None
    if revision == NEWEST_REVISION:
        return
    if revision is not None and revision > NEWEST_REVISION:
        raise WorkspaceError(f"The workspace {folder} was made by a newer deskreview; update deskreview to open it.")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


class Store:
    """Keeps and gives model objects. Each call is a transaction of its own unless inside `transaction`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All calls inside are kept together or not at all."""
        with self._begin() as connection:
            self._connection = connection
            try:
                yield
            finally:
                self._connection = None

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        if self._connection is not None:
            yield self._connection
            return
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise WorkspaceError(
                f"The workspace's database cannot be used: {error.orig}. What was saved is kept."
            ) from None

    # ------------------------------------------------------------------ meta

    def get(self, key: str) -> str | None:
        """A fact of the workspace."""
        with self._begin() as connection:
            value: str | None = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == key)).scalar()
            return value

    def put(self, key: str, value: str) -> None:
        """Set a fact of the workspace."""
        with self._begin() as connection:
            _replace(connection, tables.meta, {"key": key, "value": value})

    # ------------------------------------------------------------------ documents

    def has_document(self, sha256: str, reader: str) -> bool:
        """Whether these bytes have been read by these readers."""
        with self._begin() as connection:
            return (
                connection.execute(_of(tables.documents, sha256, reader, tables.documents.c.sha256)).first() is not None
            )

    def save_document(self, sha256: str, reader: str, row: DocumentRow) -> None:
        """Keep what was read from a file."""
        document = row.document
        with self._begin() as connection:
            _replace(
                connection,
                tables.documents,
                {
                    "sha256": sha256,
                    "reader": reader,
                    "format": document.format,
                    "outcome": document.outcome,
                    "reason": document.reason,
                    "seconds": row.seconds,
                    "properties": serial.properties_to_json(document.properties),
                    "blocks": serial.pack([serial.block_to_list(block) for block in document.blocks]),
                    "text_hash": row.text_hash,
                    "words_hash": row.words_hash,
                    "members": serial.members_to_bytes(document.members),
                },
            )
            condition = (tables.pages.c.sha256 == sha256) & (tables.pages.c.reader == reader)
            connection.execute(delete(tables.pages).where(condition))
            rows = [
                {"sha256": sha256, "reader": reader, "position": position, **serial.page_to_dict(page)}
                for position, page in enumerate(document.pages)
            ]
            if rows:
                connection.execute(insert(tables.pages), rows)

    def hashes(self, sha256: str, reader: str) -> DocumentRow | None:
        """What was read from a file, without its text and blocks."""
        with self._begin() as connection:
            found = connection.execute(_of(tables.documents, sha256, reader)).mappings().first()
        if found is None:
            return None
        return DocumentRow(_bare(found), found["text_hash"], found["words_hash"], found["seconds"])

    def document(self, sha256: str, reader: str) -> Document | None:
        """A document as read."""
        with self._begin() as connection:
            found = connection.execute(_of(tables.documents, sha256, reader)).mappings().first()
        if found is None:
            return None
        blocks = tuple(serial.block_from_list(block) for block in serial.unpack(found["blocks"]))
        return replace(_bare(found), pages=self.pages(sha256, reader), blocks=blocks)

    def pages(self, sha256: str, reader: str) -> tuple[Page, ...]:
        """The pages of a document, in order."""
        query = _of(tables.pages, sha256, reader).order_by(tables.pages.c.position)
        with self._begin() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(map(serial.page_from_dict, rows))

    def page_count(self, sha256: str, reader: str) -> int:
        """How many pages a document has."""
        with self._begin() as connection:
            return int(connection.execute(_of(tables.pages, sha256, reader, func.count())).scalar_one())

    def find_pages(self, query: str, limit: int) -> list[tuple[str, int]]:
        """(sha256, position) of the pages that hold all words of an FTS5 query, best first."""
        statement = text(
            "SELECT pages.sha256, pages.position FROM page_index JOIN pages ON pages.id = page_index.rowid "
            "WHERE page_index MATCH :query ORDER BY page_index.rank, pages.id LIMIT :limit"
        )
        with self._begin() as connection:
            rows = connection.execute(statement, {"query": query, "limit": limit})
            return [(row.sha256, row.position) for row in rows]

    # ------------------------------------------------------------------ ledger

    def ledger(self) -> list[LedgerRow]:
        """How each file of the archive ended, by project and file."""
        query = select(tables.files).order_by(tables.files.c.project, tables.files.c.file)
        with self._begin() as connection:
            return [LedgerRow(**row) for row in connection.execute(query).mappings()]

    def save_ledger(self, rows: Iterable[LedgerRow]) -> None:
        """Set how files ended."""
        with self._begin() as connection:
            for row in rows:
                _replace(connection, tables.files, asdict(row))

    def forget_files(self, files: Sequence[str]) -> None:
        """Take files that have left the archive off the ledger."""
        with self._begin() as connection:
            for file in files:
                connection.execute(delete(tables.files).where(tables.files.c.file == file))

    # ------------------------------------------------------------------ codings and forms

    def has_coding(self, key: str) -> bool:
        """Whether the coders have been over this text."""
        with self._begin() as connection:
            query = select(tables.codings.c.key).where(tables.codings.c.key == key)
            return connection.execute(query).first() is not None

    def save_coding(self, key: str, row: Coding) -> None:
        """Keep what the coders propose."""
        content = {
            "description": serial.description_to_dict(row.description),
            "votes": [serial.vote_to_list(vote) for vote in row.votes],
            "passages": row.passages,
            "density": row.density,
        }
        with self._begin() as connection:
            _replace(connection, tables.codings, {"key": key, "content": serial.pack(content)})

    def coding(self, key: str, file: str) -> Coding | None:
        """What the coders propose for a document, its votes named as of this file."""
        with self._begin() as connection:
            query = select(tables.codings.c.content).where(tables.codings.c.key == key)
            content = connection.execute(query).scalar()
        if content is None:
            return None
        data = serial.unpack(content)
        votes = tuple(serial.vote_from_list(vote, file) for vote in data["votes"])
        return Coding(serial.description_from_dict(data["description"]), votes, data["passages"], data["density"])

    def form_keys(self) -> dict[str, str]:
        """Project -> what its form was made from."""
        with self._begin() as connection:
            rows = connection.execute(select(tables.forms.c.project, tables.forms.c.key)).all()
        return {row.project: row.key for row in rows}

    def save_form(self, project: str, key: str, form: dict[str, Any]) -> None:
        """Keep a project's form, as plain data in the shape of forms.json."""
        with self._begin() as connection:
            _replace(connection, tables.forms, {"project": project, "key": key, "content": serial.pack(form)})

    def forms(self) -> list[dict[str, Any]]:
        """All forms as plain data, by project."""
        query = select(tables.forms.c.content).order_by(tables.forms.c.project)
        with self._begin() as connection:
            return [serial.unpack(content) for content in connection.execute(query).scalars()]

    def forget_forms(self, projects: Iterable[str]) -> None:
        """Drop the forms of projects that have left the archive."""
        with self._begin() as connection:
            for project in projects:
                connection.execute(delete(tables.forms).where(tables.forms.c.project == project))

    # ------------------------------------------------------------------ reviews

    def add_reviews(self, rows: Iterable[ReviewRow]) -> None:
        """Keep people's forms; earlier ones of the same project and coder stay, but count no more."""
        kept = [{**asdict(row), "content": serial.pack(row.content)} for row in rows]
        with self._begin() as connection:
            if kept:
                connection.execute(insert(tables.reviews), kept)

    def reviews(self) -> list[ReviewRow]:
        """The newest form of each project and coder, by project and coder."""
        table = tables.reviews
        newest = select(func.max(table.c.id)).group_by(table.c.project, table.c.coder)
        query = select(table).where(table.c.id.in_(newest)).order_by(table.c.project, table.c.coder)
        with self._begin() as connection:
            rows = connection.execute(query).mappings().all()
        return [ReviewRow(**{**row, "content": serial.unpack(row["content"])}) for row in map(_without_id, rows)]


def _without_id(row: Any) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "id"}


def _bare(found: Any) -> Document:
    """A document's row without its pages and blocks."""
    return Document(
        format=found["format"],
        pages=(),
        blocks=(),
        properties=serial.properties_from_json(found["properties"]),
        outcome=found["outcome"],
        reason=found["reason"],
        members=serial.members_from_bytes(found["members"]),
    )


def _of(table: Any, sha256: str, reader: str, *columns: Any) -> Any:
    query = select(*columns) if columns else select(table)
    return query.select_from(table).where((table.c.sha256 == sha256) & (table.c.reader == reader))


def _replace(connection: Connection, table: Any, values: dict[str, Any]) -> None:
    """Insert, or overwrite the row of the same key. (PostgreSQL has the same clause under its own dialect.)"""
    statement = sqlite_insert(table).values(values)
    keys = [column.name for column in table.primary_key]
    changes = {name: statement.excluded[name] for name in values if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes))
