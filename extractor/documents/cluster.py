"""Runs the same work as `isolation` on a Dask cluster: bytes are sent, results come back, any machine may be lost.

A cluster's machine needs deskreview and nothing else: no archive, no workspace. What all items share is sent to each
of Dask's workers once; a file goes along with its item. There, each thread keeps a worker process of its own warm,
as here, with the same limits. Dask pickles what goes between this program and the cluster's, so both must be trusted.
"""

from __future__ import annotations

import concurrent.futures
import queue
import re
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from extractor import __version__
from extractor.documents import READER_VERSION
from extractor.documents.isolation import QUEUED_A_WORKER, Worker, in_turn, run_isolated, stop_all
from extractor.documents.limits import DEFAULT_LIMITS, MIB, Limits
from extractor.errors import DeskreviewError, DocumentError, UsageError, WorkspaceError

if TYPE_CHECKING:
    from distributed import Client

MAX_SENT_BYTES = 100 * MIB
"""A larger file is read on this machine."""
CONNECT_SECONDS = 15
WORKERS_SECONDS = 60
COUNT_SECONDS = 5.0
"""How old the count of the cluster's threads may be."""
RETRIES = 3
"""How often Dask tries an item again whose worker was lost."""
LARGE_GRAPH = "1GB"
LIBRARIES = ("pypdfium2", "pdfplumber", "python-docx", "lxml", "google-re2", "numpy", "scipy")
"""Libraries whose version may show in results."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_MAX_NAME = 100


class Portable(Protocol):
    """What says which files it needs from disk, and can be told where they lie elsewhere."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that it needs."""

    def with_files(self, files: Sequence[Path]) -> Self:
        """The same where its files lie elsewhere, in the same order."""


class PortableWork(Portable, Protocol):
    """Work on items, itself portable."""

    def __call__(self, item: Any, /) -> Any:
        """What the work makes of an item."""


Item = TypeVar("Item", bound=Portable)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A portable thing with the bytes of its files."""

    content: Any
    files: tuple[tuple[str, bytes], ...]

    @classmethod
    def of(cls, content: Portable) -> Parcel:
        """A thing as it is sent. Names are kept as far as they are harmless: a suffix tells Markdown from text."""
        return cls(
            content, tuple((_UNSAFE.sub("_", path.name)[-_MAX_NAME:], path.read_bytes()) for path in content.files)
        )

    def open_in(self, folder: Path) -> Any:
        """The thing, its files written to a folder."""
        paths: list[Path] = []
        for number, (name, content) in enumerate(self.files):
            place = folder if number == 0 or name not in {path.name for path in paths} else folder / str(number)
            place.mkdir(exist_ok=True)
            paths.append(place / name)
            paths[-1].write_bytes(content)
        return self.content.with_files(paths) if paths else self.content


def run_on_cluster(
    work: PortableWork,
    items: Iterable[Item],
    address: str,
    jobs: int = 1,
    limits: Limits = DEFAULT_LIMITS,
    max_sent: int = MAX_SENT_BYTES,
) -> Generator[tuple[Item, Any], None, None]:
    """Yield (item, result or error) as they are done, like `run_isolated`. Files too large to send are read here."""
    kept: list[Item] = []
    with _connected(address) as client, _prepared(client, work, limits) as name:
        executor = client.get_executor(pure=False, retries=RETRIES)
        count = _Threads(client)

        def submit(item: Item) -> concurrent.futures.Future[Any]:
            try:
                sent: concurrent.futures.Future[Any] = executor.submit(run_there, name, Parcel.of(item))
                return sent
            except OSError as error:  # the file is gone since it was listed
                failed: concurrent.futures.Future[Any] = concurrent.futures.Future()
                reason = f"the file cannot be opened ({error.strerror or 'read error'})"
                failed.set_result(DocumentError("damaged", reason))
                return failed

        try:
            yield from in_turn(submit, _small_enough(items, max_sent, kept), lambda: count() * QUEUED_A_WORKER, _result)
        finally:
            executor.shutdown(wait=False)
    if kept:
        yield from run_isolated(work, kept, jobs, limits)


def _small_enough(items: Iterable[Item], max_sent: int, kept: list[Item]) -> Iterator[Item]:
    for item in items:
        if sum(_size(path) for path in item.files) > max_sent:
            kept.append(item)
        else:
            yield item


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # it is told of when it is opened


def _result(future: concurrent.futures.Future[Any]) -> Any:
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker:
        return DocumentError("crashed", "the machines that read it were lost, one after the other")
    except concurrent.futures.CancelledError:
        raise WorkspaceError("The cluster is gone. What was saved is kept: run the same command again.") from None


# ------------------------------------------------------------------ on this machine


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise UsageError("--cluster needs Dask. Install it with: pip install 'deskreview[dask]'") from None
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError, TypeError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {address} ({type(error).__name__}). See docs/cluster.md."
        ) from None
    try:
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE_GRAPH}):
            client.wait_for_workers(1, timeout=WORKERS_SECONDS)
            yield client
    except TimeoutError:
        raise UsageError(f"The cluster at {address} has no worker. See docs/cluster.md.") from None
    finally:
        client.close(timeout=CONNECT_SECONDS)


@contextmanager
def _prepared(client: Client, work: PortableWork, limits: Limits) -> Iterator[str]:
    """While it lasts, each worker of the cluster, and each that joins it, has what all items share."""
    name = f"deskreview-{uuid.uuid4().hex}"
    try:
        client.register_plugin(_plugin(Parcel.of(work), limits), name=name)
    except DeskreviewError:
        raise
    except ModuleNotFoundError as error:
        raise UsageError(f"A machine of the cluster lacks the module {error.name}. See docs/cluster.md.") from None
    try:
        yield name
    finally:
        client.unregister_worker_plugin(name)


class _Threads:
    """How many threads the cluster has, asked for now and then: workers come and go."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._asked = float("-inf")
        self._count = 1

    def __call__(self) -> int:
        if time.monotonic() - self._asked > COUNT_SECONDS:
            self._asked = time.monotonic()
            self._count = max(sum(self._client.nthreads().values()), 1)
        return self._count


# ------------------------------------------------------------------ on a cluster's machine


class Desk:
    """What a Dask worker keeps for a run: the work with its files, and warm worker processes."""

    def __init__(self, parcel: Parcel, limits: Limits, made_with: dict[str, str]) -> None:
        self._parcel = parcel
        self._limits = limits
        self._made_with = made_with
        self._folder: Path | None = None
        self._work: Callable[[Any], Any] | None = None
        self._idle: queue.SimpleQueue[Worker] | None = None
        self._workers: list[Worker] = []

    def open(self, folder: Path) -> None:
        """Get ready; refused where deskreview or a library that shows in results is of another version."""
        here = versions()
        other = [
            f"{name} {here[name]} instead of {wanted}"
            for name, wanted in self._made_with.items()
            if here[name] != wanted
        ]
        if other:
            raise UsageError(f"A machine of the cluster has {', '.join(other)}; results would differ.")
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._work = self._parcel.open_in(folder)
        self._idle = queue.SimpleQueue()

    def close(self) -> None:
        """End the worker processes and leave nothing behind."""
        stop_all(self._workers)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def run(self, parcel: Parcel) -> Any:
        """What the work makes of an item, in a worker process."""
        worker = self._take()
        try:
            with TemporaryDirectory(dir=self._folder) as folder:
                return worker.run(parcel.open_in(Path(folder)))
        finally:
            if self._idle is not None:
                self._idle.put(worker)

    def _take(self) -> Worker:
        if self._idle is None or self._work is None:
            raise WorkspaceError("A machine of the cluster was not made ready.")
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            worker = Worker(self._work, self._limits)
            self._workers.append(worker)
            return worker


def _plugin(parcel: Parcel, limits: Limits) -> Any:
    from extractor.documents.cluster_plugin import DeskPlugin

    return DeskPlugin(Desk(parcel, limits, versions()))


def run_there(name: str, parcel: Parcel) -> Any:
    """Do an item's work: what Dask calls on its worker."""
    from distributed import get_worker

    plugin = get_worker().plugins.get(name)
    if plugin is None:
        raise WorkspaceError("A machine of the cluster was not made ready; run the same command again.")
    return plugin.desk.run(parcel)


def versions() -> dict[str, str]:
    """The versions of what shows in results."""
    found = {
        "deskreview": f"{__version__} (readers {READER_VERSION})",
        "Python": ".".join(map(str, sys.version_info[:2])),
    }
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "none"
    return found
