"""The workspace's database: keeps model objects through SQLAlchemy; SQL stands nowhere else."""

from extractor.store.store import CodingRow, DocumentRow, Store, open_store

__all__ = ["CodingRow", "DocumentRow", "Store", "open_store"]
