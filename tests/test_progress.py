"""The bar of a run: files, pages, rate, time left; a line for each failure; silence where it was asked for."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.progress import Progress

from extractor import console


def shown(monkeypatch: pytest.MonkeyPatch, terminal: bool = True, quiet: bool = False) -> str:
    """What a run of three files shows, one of which fails."""
    stream = io.StringIO()
    made = Console(file=stream, force_terminal=terminal, width=100, no_color=True)
    monkeypatch.setattr(console, "err", lambda: made)
    monkeypatch.setenv("TERM", "xterm")
    with console.ShownProgress(quiet) as progress:
        progress.begin("documents", 3)
        progress.step("p/a.pdf", pages=40)
        progress.step("p/b.pdf", "damaged: cut short")
        progress.step("p/c.pdf", pages=2)
        if progress._bar is not None:
            progress._bar.refresh()
    return stream.getvalue()


def test_the_bar_counts_files_and_pages_and_tells_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    output = shown(monkeypatch)
    assert "3/3" in output
    assert "42 pages" in output
    assert "left" in output
    assert "p/b.pdf: damaged: cut short" in output


def test_without_a_terminal_there_is_a_line_for_the_stage_and_each_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, terminal=False).splitlines() == ["documents: 3", "  p/b.pdf: damaged: cut short"]


@pytest.mark.parametrize("terminal", [True, False])
def test_quiet_is_quiet(monkeypatch: pytest.MonkeyPatch, terminal: bool) -> None:
    assert shown(monkeypatch, terminal, quiet=True) == ""


@pytest.mark.parametrize(
    ("pages", "seconds", "expected"), [(0, 10.0, ""), (42, 0.5, "42 pages"), (42, 10.0, "42 pages, 4.2/s")]
)
def test_the_rate_is_in_pages_a_second(pages: int, seconds: float, expected: str) -> None:
    clock = [0.0]
    bar = Progress(get_time=lambda: clock[0])
    task = bar.add_task("documents", total=3, pages=pages)
    clock[0] = seconds
    assert console.PageRate().render(bar.tasks[task]).plain == expected
