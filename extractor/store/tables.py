"""The tables. docs/store.md describes them; migrations make them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
    comment="Facts of the workspace: archive, rubrics, when it was made.",
)

documents = Table(
    "documents",
    metadata,
    Column("sha256", String(64), primary_key=True, comment="of the file's bytes"),
    Column("reader", String(20), primary_key=True, comment="version of the readers"),
    Column("format", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("seconds", Float, nullable=False, comment="time that reading took"),
    Column("properties", Text, nullable=False, comment="JSON: what the file says of itself"),
    Column("blocks", LargeBinary, nullable=False, comment="zlib of JSON: layout units with their spans"),
    Column("text_hash", String(64), nullable=False, index=True, comment="of page texts and blocks"),
    Column("words_hash", String(64), nullable=False, comment="of the words alone: same text in another format"),
    Column("members", LargeBinary, nullable=False, comment="zlib of JSON: the files inside a container"),
    comment="What was read from a file, by content.",
)

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("reader", String(20), nullable=False),
    Column("position", Integer, nullable=False, comment="0-based"),
    Column("number", Integer, comment="the file's page, from 1; null where the format has none"),
    Column("printed", String(20)),
    Column("ocr", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", LargeBinary, comment="zlib of JSON: an OCR page's words with boxes and confidence, else null"),
    UniqueConstraint("sha256", "reader", "position"),
    comment="The text of each page, once, as read. page_index finds words in it.",
)

files = Table(
    "files",
    metadata,
    Column("file", String(1000), primary_key=True, comment="path relative to the archive"),
    Column("project", String(300), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("of", String(1000), nullable=False, comment="the file that this one duplicates"),
    Column("type", String(40), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("language", String(8), nullable=False),
    Column("seconds", Float, nullable=False),
    comment="The ledger: how each file of the archive ended.",
)

codings = Table(
    "codings",
    metadata,
    Column("key", String(64), primary_key=True, comment="hash of text, file name, rubric, model, coder version"),
    Column("content", LargeBinary, nullable=False, comment="zlib of JSON: description and votes"),
    comment="What the coders propose for a document.",
)

forms = Table(
    "forms",
    metadata,
    Column("project", String(300), primary_key=True),
    Column("key", String(64), nullable=False, comment="hash of what the form was made from"),
    Column("content", LargeBinary, nullable=False, comment="zlib of JSON, in the shape of forms.json"),
    comment="The machine's form of each project.",
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", String(300), nullable=False, index=True),
    Column("coder", String(100), nullable=False),
    Column("content", LargeBinary, nullable=False, comment="zlib of JSON, in the shape of forms.json"),
    Column("source", String(1000), nullable=False, comment="name of the file that it came from"),
    Column("sha256", String(64), nullable=False, comment="of that file's bytes"),
    Column("imported", String(30), nullable=False, comment="when, in UTC"),
    comment="What people answered. Rows are only added; the newest of a project and coder counts.",
)
