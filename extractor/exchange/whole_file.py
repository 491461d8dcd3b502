"""Writes a file whole or not at all: beside its target first, then in its place."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractor.errors import UsageError

NEW_FILE_MODE = 0o666
"""Before the umask, as for any new file."""


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path to write to; it takes the target's place when the block ends well and is removed when it does not."""
    target = target.resolve()  # a link stays one: the file it points to is replaced
    if target.is_dir():
        raise UsageError(f"{target} is a folder. Name a file.")
    if not target.parent.is_dir():
        raise UsageError(f"No folder {target.parent}. Make it, or name another file.")
    part = target.parent / f".deskreview-{secrets.token_hex(8)}.part"
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, NEW_FILE_MODE))
        if target.exists():
            shutil.copymode(target, part)
        yield part
        _flush(part)
        part.replace(target)
    except PermissionError:
        raise UsageError(f"{target} cannot be written. Is it open in another program, or the folder locked?") from None
    finally:
        part.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Have the disk hold it before it takes the old file's place: a full disk is noticed here at the latest."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
