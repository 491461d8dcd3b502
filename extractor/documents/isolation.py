"""Runs a pure function on many items in worker processes with a time and a memory limit each.

A worker that hangs or dies is replaced and its item gets an outcome; the others go on. Native readers crash, and
files are built to exhaust memory: nothing of the kind may end a batch.

A worker is a child that a plain `subprocess` starts, so that whoever may start programs may have one: the command
line here, and on a cluster Dask's workers, which may have no `multiprocessing` children.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.documents.worker import Reply, Setup, pack, read_message, unpack, write_message
from extractor.errors import DocumentError, WorkspaceError

TASKS_A_WORKER = 200
"""A worker is replaced after so many items: native readers leak a little."""
QUEUED_A_WORKER = 2
START_SECONDS = 120.0
GRACE_SECONDS = 1.0
"""Between asking a process to end, so that it takes helper programs along, and killing it."""
MAX_CAUSE_CHARS = 300
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""A worker's libraries start no threads of their own: there is one worker a processor."""

_spare: queue.SimpleQueue[tuple[subprocess.Popen[bytes], BinaryIO]] = queue.SimpleQueue()
"""Processes that were started before there was work for them, and where each complains."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def run_isolated(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int = 1,
    limits: Limits = DEFAULT_LIMITS,
) -> Generator[tuple[Item, Result | DocumentError], None, None]:
    """Yield (item, result or error) as they are done. `function` is a module's own: workers import it."""
    workers = [Worker(function, limits) for _ in range(max(jobs, 1))]
    idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def run(item: Item) -> Result | DocumentError:
        with _taken(idle) as worker:
            result: Result | DocumentError = worker.run(item)
            return result

    threads = concurrent.futures.ThreadPoolExecutor(len(workers), thread_name_prefix="worker")
    try:
        yield from in_turn(lambda item: threads.submit(run, item), items, lambda: len(workers) * QUEUED_A_WORKER)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        stop_all(workers)
        threads.shutdown()


def in_turn(
    submit: Callable[[Item], concurrent.futures.Future[Any]],
    items: Iterable[Item],
    room: Callable[[], int],
    result: Callable[[concurrent.futures.Future[Any]], Any] = concurrent.futures.Future.result,
) -> Generator[tuple[Item, Any], None, None]:
    """Yield (item, result) as they are done; items are taken only when there is room for them."""
    pending = iter(items)
    running: dict[concurrent.futures.Future[Any], Item] = {}
    while True:
        for item in islice(pending, max(room() - len(running), 0)):
            running[submit(item)] = item
        if not running:
            return
        done, _ = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
        for future in sorted(done, key=list(running).index):
            yield running.pop(future), result(future)


@contextlib.contextmanager
def _taken(idle: queue.SimpleQueue[Worker]) -> Iterator[Worker]:
    worker = idle.get()
    try:
        yield worker
    finally:
        idle.put(worker)


class Worker:
    """One worker process at a time, kept warm from item to item and replaced when it dies. Used by one thread."""

    def __init__(self, function: Callable[[Any], Any], limits: Limits = DEFAULT_LIMITS) -> None:
        self._setup = Setup(function, limits.seconds, limits.memory_bytes)
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._stopped = False
        self._lock = threading.Lock()

    def run(self, item: Any) -> Any:
        """What the function makes of an item, or the DocumentError that says how it ended."""
        process = self._ready()
        self._done += 1
        reply, timed_out = _ask(process, pack(item), self._setup.seconds)
        if reply is None or reply.kind == "memory" or self._done >= TASKS_A_WORKER:
            self._retire()
        if timed_out or (reply is None and process.returncode == -getattr(signal, "SIGALRM", 0)):
            return DocumentError("timed_out", f"reading took longer than {self._setup.seconds:g} seconds")
        if reply is None:
            return DocumentError("crashed", f"the reader stopped with {_exit_name(process.returncode)}")
        return _outcome(reply)

    def ask_to_stop(self) -> None:
        """Tell the process to end; from any thread. No other is started."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.terminate()

    def stop(self) -> None:
        """End the process."""
        self.ask_to_stop()
        if self._process is not None:
            end(self._process)

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            with self._lock:
                if self._stopped:
                    raise WorkspaceError("The workers were stopped.")
                process, complaints = _start()
                self._process = process
            with complaints:
                reply, _ = _ask(process, pack(self._setup), START_SECONDS)
                if reply is None:
                    self._retire()
                    raise WorkspaceError(f"Worker processes cannot start ({_cause(complaints)}).")
        return self._process

    def _retire(self) -> None:
        with self._lock:
            process, self._process, self._done = self._process, None, 0
        if process is not None:
            end(process)


@contextlib.contextmanager
def started_early(count: int, modules: Sequence[str]) -> Iterator[None]:
    """So many processes that load modules while the parent gets the work ready; workers take them as they start."""
    try:
        for _ in range(count):
            _spare.put(_new_process(modules))
        yield
    finally:
        with contextlib.suppress(queue.Empty):
            while True:
                process, complaints = _spare.get_nowait()
                complaints.close()
                end(process)


def stop_all(workers: Sequence[Worker]) -> None:
    """End the processes of workers, all at the same time."""
    for worker in workers:
        worker.ask_to_stop()
    for worker in workers:
        worker.stop()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process: asked first, then killed."""
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout):  # last, because a thread that reads one holds it until the end
        with contextlib.suppress(OSError):
            if stream is not None:
                stream.close()


def _start() -> tuple[subprocess.Popen[bytes], BinaryIO]:
    """A process that waits for work, and where it complains should it fail to start."""
    try:
        return _spare.get_nowait()
    except queue.Empty:
        return _new_process()


def _new_process(modules: Sequence[str] = ()) -> tuple[subprocess.Popen[bytes], BinaryIO]:
    complaints = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the caller
    folders = [folder or str(Path.cwd()) for folder in sys.path]
    process = subprocess.Popen(  # noqa: S603  # this Python on a module of our own
        [sys.executable, "-P", "-m", "extractor.documents.worker", *modules],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(folders)},
        start_new_session=True,  # Ctrl-C is for the parent, which stops its workers
    )
    return process, complaints


def _ask(process: subprocess.Popen[bytes], content: bytes, seconds: float) -> tuple[Reply | None, bool]:
    """The reply of a worker, none when it died; and whether it was ended for taking too long."""
    timed_out = threading.Event()

    def out_of_time() -> None:
        timed_out.set()
        process.terminate()
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()

    timer = threading.Timer(seconds, out_of_time)
    timer.daemon = True
    timer.start()
    try:
        reply = _exchange(process, content)
    finally:
        timer.cancel()
    if reply is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
    return reply, reply is None and timed_out.is_set()


def _exchange(process: subprocess.Popen[bytes], content: bytes) -> Reply | None:
    assert process.stdin is not None  # noqa: S101  # both are pipes
    assert process.stdout is not None  # noqa: S101
    try:
        write_message(process.stdin, content)  # type: ignore[arg-type]
        answer = read_message(process.stdout)  # type: ignore[arg-type]
    except (OSError, ValueError):  # the pipe is broken, or was closed because the work was stopped
        return None
    if answer is None:
        return None
    reply: Reply = unpack(answer)
    return reply


def _outcome(reply: Reply) -> Any:
    """The result, or the error that says how the item ended. No document text: only the kind of a fault is named."""
    if reply.kind == "memory":
        return DocumentError("too_large", "more memory is needed than one file may take")
    if reply.kind == "fault":
        return DocumentError("crashed", f"the reader failed with {reply.value}")
    return reply.value


def _cause(complaints: BinaryIO) -> str:
    """The last line that a process that failed to start has printed."""
    complaints.seek(0)
    lines = complaints.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:MAX_CAUSE_CHARS] if lines else "they end at once and say nothing"


def _exit_name(code: int | None) -> str:
    if not code:
        return "no exit code" if code is None else "exit code 0"
    if code > 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
