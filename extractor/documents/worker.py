"""A worker process: takes items from its parent one by one, and gives back what a function makes of each.

Started as `python -m extractor.documents.worker [MODULE]...` by `isolation.Worker`, on this machine and on a
cluster's; the modules are loaded before there is work. It ends with its parent, however that ends; what native
readers print goes nowhere.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle  # noqa: S403  # between a parent and the child that it started, over pipes of their own; never a file
import queue
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

from extractor.errors import DocumentError

ALARM_SECONDS = 5.0
"""How long after the time limit a worker ends itself, should nobody be left to end it."""
LEAVE_SECONDS = 1.0
"""What helper programs get to end with their worker."""
WATCHER_STACK_BYTES = 256 * 1024

GARBAGE_AFTER = 50_000
"""Objects that are made before garbage is looked for: documents have many that stay, and few cycles."""

_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is told once: what to run, within which limits."""

    function: Callable[[Any], Any]
    seconds: float
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Reply:
    """How an item ended in a worker that lived. A fault is told by its kind only: its words may be a document's."""

    kind: Literal["ready", "done", "refused", "memory", "fault"]
    value: Any = None


def write_message(stream: BinaryIO, content: bytes) -> None:
    """Send bytes so that the other side knows where they end."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_message(stream: BinaryIO) -> bytes | None:
    """The bytes that were sent; None when the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    return content if len(content) == length else None


def pack(content: Any) -> bytes:
    """An object as bytes for the other side."""
    return pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)


def unpack(content: bytes) -> Any:
    """The object that the other side packed."""
    return pickle.loads(content)  # noqa: S301  # from the parent or the child only


def main() -> None:
    """Serve the parent until it closes the pipe."""
    tasks, results = _take_pipes()
    for module in sys.argv[1:]:
        with contextlib.suppress(ImportError, SyntaxError):  # said when the module is needed
            importlib.import_module(module)
    first = read_message(tasks)
    if first is None:
        return
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.stack_size(WATCHER_STACK_BYTES)
    threading.Thread(target=_watch, args=(tasks, inbox), daemon=True).start()
    setup: Setup = unpack(first)
    prepare_worker(setup.memory_bytes)
    write_message(results, pack(Reply("ready")))
    _silence()
    gc.set_threshold(GARBAGE_AFTER)
    is_first = True
    while True:
        content = inbox.get()
        _set_alarm(setup.seconds + ALARM_SECONDS)
        reply = _answer(setup.function, content)
        _set_alarm(0)
        write_message(results, reply)
        if is_first:  # what the first item has loaded stays: it need not be looked through again
            gc.collect()
            gc.freeze()
            is_first = False


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of the way of whatever reads standard input or prints."""
    tasks, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return tasks, results


def _silence() -> None:
    """From here on nothing is printed: native readers tell of documents."""
    if os.environ.get("DESKREVIEW_DEBUG"):
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.close(nothing)


def _watch(tasks: BinaryIO, inbox: queue.SimpleQueue[bytes]) -> None:
    """Take in items; when the parent is gone, end at once, with any helper program that is at work."""
    while (content := read_message(tasks)) is not None:
        inbox.put(content)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LEAVE_SECONDS)
    os._exit(1)


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


def _set_alarm(seconds: float) -> None:
    """Have the system end this process then: it needs no help from a reader that hangs in native code."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _answer(function: Callable[[Any], Any], content: bytes) -> bytes:
    try:
        return pack(Reply("done", function(unpack(content))))
    except DocumentError as error:
        return pack(Reply("refused", error))
    except MemoryError:
        return pack(Reply("memory"))
    except Exception as error:  # noqa: BLE001  # the edge of the worker: any fault of a reader is one item's outcome
        return pack(Reply("fault", type(error).__name__))


if __name__ == "__main__":
    from extractor.documents import worker  # under the name that the parent knows it by

    worker.main()
