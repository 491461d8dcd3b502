"""The ledger: what of an archive is done, what is missing, and how each file ended.

Work is keyed by content: what was read by the bytes and the readers' version, what was coded by the text, the
rubric and the model. Interrupt it anywhere and plan again: only what is missing is planned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extractor.archive import ArchiveFile, member_file
from extractor.coding.keys import CODERS_VERSION, coding_key
from extractor.coding.work import Done, Task
from extractor.documents import READER_VERSION
from extractor.documents.helpers import worth_retrying
from extractor.errors import DocumentError, WorkspaceError
from extractor.model import READ_OUTCOMES, Description, LedgerRow
from extractor.store import DocumentRow, Store

MAX_MEMBERS = 10_000
"""Files inside one file of the archive, at all depths."""
SETTLED = "settled"


class Ledger:
    """The rows of an archive's files under one rubric and model."""

    def __init__(self, store: Store, rubric_hash: str, model_hash: str) -> None:
        self._store = store
        self._rubric_hash = rubric_hash
        self._model_hash = model_hash

    def _key(self, text_hash: str, file: str) -> str:
        return coding_key(text_hash, file, self._rubric_hash, self._model_hash)

    def _state(self) -> str:
        """What the rows of files that were read depend on, beside their bytes."""
        return "\n".join([READER_VERSION, CODERS_VERSION, self._rubric_hash, self._model_hash])

    def settle(self) -> None:
        """Say that all rows are as they should be: the next run need not work them out again."""
        self._store.put(SETTLED, self._state())

    def fail(self, task: Task, error: DocumentError) -> LedgerRow:
        """Keep how a file failed; gives its row."""
        row = LedgerRow(task.entry.file, task.entry.project, error.outcome, error.reason, sha256=task.sha256)
        self._store.save_ledger([row])
        return row

    def forget_gone(self, entries: Iterable[ArchiveFile]) -> None:
        """Drop the rows of files that have left the archive."""
        present = {entry.file for entry in entries}
        self._store.forget_files([row.file for row in self._store.ledger() if row.file not in present])

    def plan(
        self,
        entries: Sequence[ArchiveFile],
        hashes: Mapping[str, str],
        first: set[tuple[str, str]],
    ) -> tuple[list[Task], list[LedgerRow]]:
        """The work that is missing, and the ledger's rows of files that need none. `first`: what is planned so far.

        The largest files come first: the last of them would keep one worker busy while the others have nothing to do.
        """
        with self._store.transaction():
            return self._plan(entries, hashes, first)

    def _plan(
        self, entries: Sequence[ArchiveFile], hashes: Mapping[str, str], first: set[tuple[str, str]]
    ) -> tuple[list[Task], list[LedgerRow]]:
        known = {row.file: row for row in self._store.ledger()}
        is_settled = self._store.get(SETTLED) == self._state()
        if not is_settled:
            self._store.put(SETTLED, "")
        tasks: list[Task] = []
        ready: list[LedgerRow] = []
        for entry in entries:
            sha256 = hashes[entry.file]
            if (entry.project, sha256) in first:
                continue  # the same bytes again: linked as a duplicate afterwards
            first.add((entry.project, sha256))
            row = known.get(entry.file)
            row = row if row is not None and row.sha256 == sha256 else None
            failed_before = row is not None and self._final_failure(row)
            read = self._store.hashes(sha256, READER_VERSION)
            if read is not None and worth_retrying(read.document.reason):
                read = None  # a helper program that was missing is there now
            if failed_before and row is not None:
                ready.append(row)
            elif read is None:
                tasks.append(Task(entry, sha256))
            elif not self._store.has_coding(self._key(read.text_hash, entry.file)):
                tasks.append(Task(entry, sha256, is_read=True))
            elif is_settled and row is not None and row.outcome in READ_OUTCOMES and row.project == entry.project:
                ready.append(row)
            else:
                ready.append(self._note_read(entry, sha256))
        return sorted(tasks, key=_size, reverse=True), ready

    def _final_failure(self, row: LedgerRow) -> bool:
        """A file that these readers refused is refused again; one that timed out, crashed or lacked help is not."""
        return (
            row.outcome not in {*READ_OUTCOMES, "duplicate", "timed_out", "crashed"}
            and not worth_retrying(row.reason)
            and self._store.get("reader") == READER_VERSION
        )

    def members(
        self, entries: Iterable[ArchiveFile], hashes: dict[str, str], counts: Counter[Path]
    ) -> tuple[list[ArchiveFile], list[LedgerRow]]:
        """The files inside containers that were read, and the rows of those that are not opened.

        `counts`: how many there are so far inside each file of the archive.
        """
        files: list[ArchiveFile] = []
        refused: list[LedgerRow] = []
        rows = {row.file: row for row in self._store.ledger()}
        for entry in entries:
            row = rows.get(entry.file)
            if row is None or row.sha256 != hashes[entry.file] or row.outcome not in READ_OUTCOMES:
                continue  # a copy of another file, or not read
            read = self._store.hashes(row.sha256, READER_VERSION)
            members = read.document.members if read is not None else ()
            if counts[entry.path] + len(members) > MAX_MEMBERS:
                reason = f"more than {MAX_MEMBERS:,} files inside one file: unpack it in the project's folder"
                self._store.save_ledger([replace(row, outcome="too_large", reason=reason)])
                continue
            counts[entry.path] += len(members)
            for member in members:
                inside = member_file(entry, member.name, member.index)
                if member.outcome == "ok":
                    files.append(inside)
                    hashes[inside.file] = member.sha256
                else:
                    refused.append(LedgerRow(inside.file, inside.project, member.outcome, member.reason))
        return sorted(files, key=lambda entry: entry.file), refused

    def keep(self, task: Task, done: Done) -> LedgerRow:
        """Keep what was read and coded of a file; gives its row."""
        if done.read is not None:
            row = DocumentRow(done.read.document, done.read.text_hash, done.read.words_hash, done.read.seconds)
            self._store.save_document(task.sha256, READER_VERSION, row)
        kept = self._store.hashes(task.sha256, READER_VERSION)
        if kept is None:
            raise WorkspaceError(f"{task.entry.file} was not kept; run again.")
        self._store.save_coding(self._key(kept.text_hash, task.entry.file), done.coding)
        return self._note(task.entry, task.sha256, kept, done.coding.description)

    def _note_read(self, entry: ArchiveFile, sha256: str) -> LedgerRow:
        """Set the ledger's row of a file that is read and coded."""
        read = self._store.hashes(sha256, READER_VERSION)
        key = self._key(read.text_hash if read else "", entry.file)
        coding = self._store.coding(key, entry.file)
        if read is None or coding is None:
            raise WorkspaceError(f"{entry.file} is not in the workspace; run again.")
        return self._note(entry, sha256, read, coding.description)

    def _note(self, entry: ArchiveFile, sha256: str, read: DocumentRow, description: Description) -> LedgerRow:
        row = LedgerRow(
            file=entry.file,
            project=entry.project,
            outcome=read.document.outcome,
            reason=read.document.reason,
            sha256=sha256,
            type=description.type,
            pages=self._store.page_count(sha256, READER_VERSION),
            language=description.language,
            seconds=read.seconds,
        )
        self._store.save_ledger([row])
        return row

    def link_duplicates(self, entries: Sequence[ArchiveFile], hashes: Mapping[str, str]) -> None:
        """Within a project, a file with the bytes or the words of an earlier one is linked to it."""
        rows = {row.file: row for row in self._store.ledger()}
        first_bytes: dict[tuple[str, str], str] = {}
        first_words: dict[tuple[str, str], str] = {}
        linked: list[LedgerRow] = []
        for entry in entries:
            sha256 = hashes[entry.file]
            of = first_bytes.setdefault((entry.project, sha256), entry.file)
            row = rows.get(of)
            read = self._store.hashes(sha256, READER_VERSION)
            is_read = row is not None and row.outcome in READ_OUTCOMES and row.pages > 0  # a package has no pages
            if of == entry.file and read is not None and is_read:
                of = first_words.setdefault((entry.project, read.words_hash), entry.file)
            if of != entry.file:
                original = rows.get(of) or LedgerRow(of, entry.project, "ok")
                linked.append(replace(original, file=entry.file, outcome="duplicate", reason="", of=of, sha256=sha256))
        self._store.save_ledger(linked)


def _size(task: Task) -> int:
    """How large a task's file is; none that has gone."""
    try:
        return task.entry.path.stat().st_size
    except OSError:
        return 0
