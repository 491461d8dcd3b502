"""First tables: meta, documents, pages with their index, files, codings, forms, reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

PAGE_INDEX = (
    "CREATE VIRTUAL TABLE page_index USING fts5(text, content='pages', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER pages_added AFTER INSERT ON pages BEGIN "
    "INSERT INTO page_index(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER pages_removed AFTER DELETE ON pages BEGIN "
    "INSERT INTO page_index(page_index, rowid, text) VALUES ('delete', old.id, old.text); END",
)
"""The words of all pages, kept in step with them (SQLite FTS5; the text itself is not stored again)."""


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "meta", sa.Column("key", sa.String(80), primary_key=True), sa.Column("value", sa.Text, nullable=False)
    )
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("reader", sa.String(20), primary_key=True),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("properties", sa.Text, nullable=False),
        sa.Column("blocks", sa.LargeBinary, nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False, index=True),
        sa.Column("words_hash", sa.String(64), nullable=False),
        sa.Column("members", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("reader", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("printed", sa.String(20)),
        sa.Column("ocr", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("words", sa.LargeBinary),
        sa.UniqueConstraint("sha256", "reader", "position"),
    )
    for statement in PAGE_INDEX:
        op.execute(statement)
    op.create_table(
        "files",
        sa.Column("file", sa.String(1000), primary_key=True),
        sa.Column("project", sa.String(300), nullable=False, index=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("of", sa.String(1000), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
    )
    op.create_table(
        "codings",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "forms",
        sa.Column("project", sa.String(300), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("project", sa.String(300), nullable=False, index=True),
        sa.Column("coder", sa.String(100), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("source", sa.String(1000), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("imported", sa.String(30), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.execute("DROP TABLE page_index")
    for table in ("reviews", "forms", "codings", "files", "pages", "documents", "meta"):
        op.drop_table(table)
