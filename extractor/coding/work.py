"""What a worker process does with one file: reads what is not read yet, and codes it.

`Work` is told once what all files share (the rubric, the model, the limits); a `Task` is what one file adds. Both say
which files they need from disk, so that they can be carried out where these files lie elsewhere: on a cluster.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.archive import ArchiveFile
from extractor.coding.model_files import SCORER_SUFFIX, EngineSpec
from extractor.documents import read_step
from extractor.documents.fingerprint import hash_text, hash_words
from extractor.documents.limits import Limits
from extractor.errors import DeskreviewError
from extractor.model import Coding, Document

if TYPE_CHECKING:
    from extractor.documents.ocr import OcrDone

SECONDS_PLACES = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One file's work: what is missing of it."""

    entry: ArchiveFile
    sha256: str
    is_read: bool = False
    document: Document | None = None
    """What was read before; fetched only when the task's turn comes."""
    recognised: OcrDone | None = None
    """Pages of a long scan that were read in an earlier step."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files on disk that it needs."""
        return () if self.is_read else (self.entry.path,)

    def with_files(self, files: Sequence[Path]) -> Task:
        """The same task where its files lie elsewhere."""
        return self if self.is_read else replace(self, entry=replace(self.entry, path=files[0]))


@dataclass(frozen=True, slots=True)
class Read:
    """A document as read now, with the hashes that later work is keyed by."""

    document: Document
    text_hash: str
    words_hash: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    """A file's document, if it was read now, and its votes."""

    read: Read | None
    coding: Coding


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A long scan of which a worker has read as many pages as fit into the time of one file."""

    recognised: OcrDone


@dataclass(frozen=True, slots=True)
class Refused:
    """A worker cannot work at all: deskreview's own modules, the rubric or the model cannot be loaded."""

    message: str


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with each task."""

    engine: EngineSpec
    limits: Limits
    scratch: Path | None = None
    """Where helper programs and files from packages may be put for a while."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files on disk that it needs: the model's, and the scorer beside it."""
        if not self.engine.model:
            return ()
        model = Path(self.engine.model)
        return tuple(path for path in (model, model.with_suffix(SCORER_SUFFIX)) if path.is_file())

    def with_files(self, files: Sequence[Path]) -> Work:
        """The same work where its files lie elsewhere; scratch files go to that machine's own place for them."""
        model = str(files[0]) if files else ""
        return replace(self, engine=replace(self.engine, model=model), scratch=None)

    def __call__(self, task: Task) -> Done | Refused | Unfinished:
        """Read what is not read yet, and code it."""
        try:
            from extractor.coding.engine import load_engine

            engine = load_engine(self.engine)
        except DeskreviewError as error:
            return Refused(str(error))
        except (ImportError, SyntaxError) as error:
            return Refused(f"deskreview is not whole: {type(error).__name__}: {error}. Install it again.")
        started = time.perf_counter()
        document = task.document or self._read(task)
        if isinstance(document, Unfinished):
            return document
        read = None
        if task.document is None:
            seconds = round(time.perf_counter() - started, SECONDS_PLACES)
            read = Read(document, hash_text(document), hash_words(document), seconds)
        return Done(read, engine.code(document, task.entry.file, task.sha256))

    def _read(self, task: Task) -> Document | Unfinished:
        from extractor.documents.members import open_member
        from extractor.documents.ocr import OcrUnfinished

        entry = task.entry
        try:
            with (
                _scratch_in(self.scratch),
                open_member(entry.path, entry.inside, self.limits, entry.file) as path,
            ):
                return read_step(path, self.limits, task.recognised)
        except OcrUnfinished as unfinished:
            return Unfinished(unfinished.done)


@contextmanager
def _scratch_in(folder: Path | None) -> Iterator[None]:
    """Temporary files are made in a folder that is cleared whatever becomes of the worker."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder) if folder else tempfile.tempdir
    try:
        yield
    finally:
        tempfile.tempdir = before
