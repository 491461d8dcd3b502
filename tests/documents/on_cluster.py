"""Work for the tests of the cluster: importable by its workers, each name one way to end."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.errors import DocumentError


@dataclass(frozen=True)
class Paper:
    """An item with a file."""

    path: Path

    @property
    def files(self) -> tuple[Path, ...]:
        return (self.path,)

    def with_files(self, files: Sequence[Path]) -> Paper:
        return replace(self, path=files[0])


@dataclass(frozen=True)
class Count:
    """Work that needs a file of its own; tells where it was done."""

    words: Path
    seconds: float = 0.0

    @property
    def files(self) -> tuple[Path, ...]:
        return (self.words,)

    def with_files(self, files: Sequence[Path]) -> Count:
        return replace(self, words=files[0])

    def __call__(self, paper: Paper) -> tuple[str, int, str]:
        text = paper.path.read_text()
        if text == "hangs":
            time.sleep(60)
        if text == "aborts":
            os.abort()
        if text == "refuses":
            raise DocumentError("password", "locked")
        time.sleep(self.seconds)
        return text.upper(), self.words.read_text().count(text), str(paper.path)
