"""The workspace's database: keeps model objects through SQLAlchemy; SQL stands nowhere else."""

from extractor.store.store import DocumentRow, ReviewRow, Store, open_store

__all__ = ["DocumentRow", "ReviewRow", "Store", "open_store"]
