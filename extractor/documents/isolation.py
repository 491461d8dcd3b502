"""Runs a pure function on many items in worker processes with a time and a memory limit each.

A worker that hangs or dies is replaced and its item gets an outcome; the others go on. Native readers crash, and
files are built to exhaust memory: nothing of the kind may end a batch.
"""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import signal
from collections.abc import Callable, Generator, Iterable
from itertools import islice
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.errors import DocumentError

TASKS_A_WORKER = 200
"""A worker is replaced after so many items: native readers leak a little."""
QUEUED_A_WORKER = 2
GRACE_SECONDS = 5.0

Item = TypeVar("Item")
Result = TypeVar("Result")


def run_isolated(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int = 1,
    limits: Limits = DEFAULT_LIMITS,
) -> Generator[tuple[Item, Result | DocumentError], None, None]:
    """Yield (item, result or error) as they are done. `function` is a module's own: workers are spawned."""
    pending = iter(items)
    running: dict[concurrent.futures.Future[Any], Item] = {}
    pool = _pool(jobs, limits)
    try:
        while True:
            for item in islice(pending, jobs * QUEUED_A_WORKER - len(running)):
                running[pool.schedule(function, args=(item,), timeout=limits.seconds)] = item
            if not running:
                break
            done, _ = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in sorted(done, key=list(running).index):
                yield running.pop(future), _outcome(future, limits)
        pool.close()
    finally:
        if pool.active:
            pool.stop()
        pool.join(GRACE_SECONDS)


def _pool(jobs: int, limits: Limits) -> Any:  # noqa: ANN401  # pebble's methods carry no types
    return ProcessPool(
        max_workers=max(jobs, 1),
        max_tasks=TASKS_A_WORKER,
        initializer=prepare_worker,
        initargs=(limits.memory_bytes,),
        context=multiprocessing.get_context("spawn"),
    )


def prepare_worker(memory_bytes: int) -> None:
    """Limit a worker's memory where the platform can, and leave Ctrl-C to the parent, which stops its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit holds there all the same
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    except (ValueError, OSError):  # macOS knows the name but may refuse to set it
        return


def _outcome(future: concurrent.futures.Future[Any], limits: Limits) -> Any:  # noqa: ANN401
    """The result, or the error that says how the item ended. No document text: only the kind of a fault is named."""
    try:
        return future.result()
    except DocumentError as error:
        return error
    except (TimeoutError, concurrent.futures.TimeoutError):
        return DocumentError("timed_out", f"reading took longer than {limits.seconds:g} seconds")
    except ProcessExpired as error:
        return DocumentError("crashed", f"the reader stopped with {_exit_name(error.exitcode)}")
    except MemoryError:
        return DocumentError("too_large", "more memory is needed than one file may take")
    except Exception as error:  # noqa: BLE001  # the edge of the worker: any fault of a reader is one item's outcome
        return DocumentError("crashed", f"the reader failed with {type(error).__name__}")


def _exit_name(code: int | None) -> str:
    if not code:
        return "no exit code" if code is None else "exit code 0"
    if code > 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
