"""How much memory reading a file takes, in a module of its own because worker processes import it."""

from __future__ import annotations

from pathlib import Path

from extractor.documents import read_document

KIB_A_MIB = 1024


def read_and_measure(path: Path) -> float:
    """The most memory (MiB) that this process held while it read a file."""
    Path("/proc/self/clear_refs").write_text("5")  # Linux then counts the peak anew
    read_document(path)
    return status_mib("self", "VmHWM")


def status_mib(process: str, name: str) -> float:
    """A figure of a process's memory (MiB); 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / KIB_A_MIB for line in lines if line.startswith(f"{name}:")), 0.0)
