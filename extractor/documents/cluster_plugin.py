"""What registers a desk with each of Dask's workers. Apart, because it cannot be imported without Dask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from distributed import WorkerPlugin

if TYPE_CHECKING:
    from distributed import Worker

    from extractor.documents.cluster import Desk


class DeskPlugin(WorkerPlugin):  # type: ignore[misc]  # Dask is half annotated
    """Opens a desk when a worker of the cluster is made ready, and closes it at the end of the run."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def setup(self, worker: Worker) -> None:
        """Open the desk in the worker's own folder."""
        self.desk.open(Path(worker.local_directory) / f"deskreview-{worker.name}-{id(self):x}")

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002
        """Close the desk."""
        self.desk.close()
