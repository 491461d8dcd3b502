"""Whatever happens to a worker, each item gets one outcome and the others go on."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.documents import isolation
from extractor.documents.isolation import run_isolated, started_early
from extractor.documents.limits import MIB, Limits
from extractor.errors import DocumentError, WorkspaceError

LIMITS = Limits(seconds=3, memory_bytes=1024 * MIB)


def work(item: str) -> str:
    """Stand in for a reader: each name is one way to end."""
    if item == "hangs":
        time.sleep(60)
    if item == "sleeps":
        time.sleep(1)
    if item == "prints":
        os.write(1, b"a word of the document")
        os.write(2, b"a word of the document")
    if item == "aborts":
        os.abort()
    if item == "exits":
        os._exit(7)
    if item == "eats":
        return "x" * (4096 * MIB)
    if item == "refuses":
        raise DocumentError("password", "locked")
    if item == "fails":
        raise KeyError("a word of the document")
    return item.upper()


@pytest.mark.skipif(sys.platform == "win32", reason="signals and memory limits are POSIX")
def test_each_fault_is_one_outcome_and_the_rest_goes_on() -> None:
    items = ["one", "hangs", "aborts", "two", "exits", "eats", "refuses", "fails", "three"]
    results = dict(run_isolated(work, items, jobs=2, limits=LIMITS))
    assert set(results) == set(items)
    assert [results[item] for item in ("one", "two", "three")] == ["ONE", "TWO", "THREE"]
    errors = {item: result for item, result in results.items() if isinstance(result, DocumentError)}
    assert {item: error.outcome for item, error in errors.items()} == {
        "hangs": "timed_out", "aborts": "crashed", "exits": "crashed", "eats": "too_large",
        "refuses": "password", "fails": "crashed",
    }  # fmt: skip
    assert "SIGABRT" in errors["aborts"].reason
    assert "exit code 7" in errors["exits"].reason
    assert "KeyError" in errors["fails"].reason
    assert "word" not in errors["fails"].reason


def test_items_are_taken_as_they_are_needed() -> None:
    taken: list[str] = []

    def items() -> Iterator[str]:
        for number in range(50):
            taken.append(str(number))
            yield str(number)

    running = run_isolated(work, items(), jobs=1, limits=LIMITS)
    assert next(running)[1] == "0"
    assert len(taken) < 10
    running.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for children in /proc")
def test_stopping_leaves_no_worker() -> None:
    running = run_isolated(work, ["one", "hangs"], jobs=2, limits=Limits(seconds=60))
    assert next(running) == ("one", "ONE")
    start = time.perf_counter()
    running.close()
    assert time.perf_counter() - start < 10
    assert children() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no alarm signal")
def test_an_interrupt_stops_all_workers() -> None:
    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 2)
        with pytest.raises(KeyboardInterrupt):
            list(run_isolated(work, ["hangs"], jobs=1, limits=Limits(seconds=60)))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert children() == []


def test_a_worker_that_cannot_start_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "__module__", "tests.documents.no_such_module")
    monkeypatch.setitem(sys.modules, "tests.documents.no_such_module", sys.modules[__name__])
    with pytest.raises(WorkspaceError, match=r"cannot start \(ModuleNotFoundError: .*no_such_module"):
        list(run_isolated(work, ["one", "two"], jobs=2, limits=LIMITS))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for children in /proc")
def test_a_worker_that_is_killed_from_outside_costs_one_item() -> None:
    running = run_isolated(work, ["one", "sleeps", "two", "three"], jobs=1, limits=Limits(seconds=30))
    assert next(running) == ("one", "ONE")
    (child,) = children()
    os.kill(child, signal.SIGKILL)
    results = dict(running)
    assert [results[item] for item in ("two", "three")] == ["TWO", "THREE"]
    assert isinstance(results["sleeps"], DocumentError)
    assert "SIGKILL" in results["sleeps"].reason


def test_what_a_reader_prints_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert dict(run_isolated(work, ["prints"], limits=LIMITS)) == {"prints": "PRINTS"}
    assert capfd.readouterr() == ("", "")


OTHERS: set[int] = set()
"""Children that tests of other modules have left: a cluster's resource tracker stays as long as its process."""


@pytest.fixture(autouse=True)
def know_others() -> None:
    OTHERS.clear()
    OTHERS.update(children())


def children() -> list[int]:
    """The processes that this one has started since the test began."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                after_name = (folder / "stat").read_text().rpartition(")")[2].split()
                mine = int(after_name[1]) == os.getpid() and int(folder.name) not in OTHERS
                if mine and after_name[0] != "Z":
                    found.append(int(folder.name))
    return found


def test_nothing_to_do() -> None:
    assert list(run_isolated(work, [], jobs=2)) == []


def test_workers_take_processes_that_were_started_early_and_the_rest_end() -> None:
    with started_early(2, ["extractor.documents.worker", "extractor.no_such_module"]):
        early = [process for process, _ in _spare_processes()]
        results = dict(run_isolated(work, ["one"], jobs=1, limits=LIMITS))
        assert not any(isinstance(result, DocumentError) for result in results.values())
        assert [process.poll() is None for process in early] == [False, True]
    assert early[1].poll() is not None
    assert _spare_processes() == []


def _spare_processes() -> list[Any]:
    """The processes that wait for work; they go on waiting."""
    held = []
    while not isolation._spare.empty():
        held.append(isolation._spare.get())
    for one in held:
        isolation._spare.put(one)
    return held
