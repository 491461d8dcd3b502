"""How much time, memory and space reading one file may take, and ZIP packages held to it before they are parsed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from extractor.errors import DocumentError

MIB = 1024 * 1024
XML_SUFFIXES = (".xml", ".rels", ".vml")
SMALL_PART_BYTES = 100 * 1024
"""A part that unpacks to less than this may have any ratio: it can do no harm."""
CHUNK_BYTES = MIB
ENCRYPTED_FLAG = 0x1


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may take. The sizes refuse none of 314 real DOCX and every bomb known to us."""

    seconds: float = 120
    memory_bytes: int = 2048 * MIB
    max_file_bytes: int = 1024 * MIB
    max_text_bytes: int = 50 * MIB
    max_xml_part: int = 50 * MIB
    max_total: int = 500 * MIB
    max_unpacked: int = 2048 * MIB
    max_entries: int = 5_000
    max_ratio: int = 100
    ocr: bool = True
    """Whether pages that are images are read; it takes seconds a page."""


DEFAULT_LIMITS = Limits()


def check_file_size(path: Path, limits: Limits) -> int:
    """The size of a file, which must be neither empty nor beyond the limit."""
    size = path.stat().st_size
    if size == 0:
        raise DocumentError("damaged", "empty file")
    if size > limits.max_file_bytes:
        raise DocumentError("too_large", f"the file has {_mib(size)}; at most {_mib(limits.max_file_bytes)} are read")
    return size


def read_text_bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a text file (plain text, Markdown, HTML), which must not be larger than text ever is."""
    size = check_file_size(path, limits)
    if size > limits.max_text_bytes:
        raise DocumentError("too_large", f"{_mib(size)} of text; at most {_mib(limits.max_text_bytes)} are read")
    return path.read_bytes()


def check_zip(path: Path, limits: Limits) -> None:
    """Refuse a ZIP package that says of itself that it unpacks to too much; nothing is unpacked."""
    with open_zip(path) as archive:
        _check_entries(archive.infolist(), limits)


def open_zip(path: Path) -> zipfile.ZipFile:
    """A ZIP file, opened; one that is cut short or broken is damaged."""
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise DocumentError("damaged", "the ZIP package is cut short or broken") from error


def _check_entries(entries: Iterable[zipfile.ZipInfo], limits: Limits) -> None:
    entries = list(entries)
    if len(entries) > limits.max_entries:
        raise DocumentError("too_large", f"{len(entries)} parts in the package; at most {limits.max_entries} are read")
    total = sum(entry.file_size for entry in entries)
    if total > limits.max_total:
        raise DocumentError("too_large", f"the package unpacks to {_mib(total)}; at most {_mib(limits.max_total)}")
    for entry in entries:
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise DocumentError("password", "the package is encrypted; save a copy without a password")
        _check_xml_part(entry, limits)


def _check_xml_part(entry: zipfile.ZipInfo, limits: Limits) -> None:
    if not entry.filename.lower().endswith(XML_SUFFIXES) or entry.file_size <= SMALL_PART_BYTES:
        return
    if entry.file_size > limits.max_xml_part:
        reason = f"an XML part of {_mib(entry.file_size)}; at most {_mib(limits.max_xml_part)} are read"
        raise DocumentError("too_large", reason)
    if entry.file_size > limits.max_ratio * max(entry.compress_size, 1):
        raise DocumentError("too_large", f"an XML part is packed more than {limits.max_ratio}:1, as in a ZIP bomb")


class Package:
    """A ZIP package that was checked; its parts are read through a counter, whatever they declare."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        self._read = 0
        self._archive = open_zip(path)
        try:
            _check_entries(self._archive.infolist(), limits)
        except DocumentError:
            self._archive.close()
            raise
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in self._archive.namelist()}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def names(self) -> tuple[str, ...]:
        """The names of the parts, in lower case."""
        return tuple(self._names)

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        chunks: list[bytes] = []
        part = 0
        try:
            with self._archive.open(self._names[name.lower()]) as stream:
                while chunk := stream.read(CHUNK_BYTES):
                    part += len(chunk)
                    self._count(len(chunk), part)
                    chunks.append(chunk)
        except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, OSError, KeyError, ValueError) as error:
            raise DocumentError("damaged", "a part of the package is missing, cut short or broken") from error
        return b"".join(chunks)

    def _count(self, size: int, part: int) -> None:
        self._read += size
        if part > self._limits.max_xml_part or self._read > self._limits.max_total:
            raise DocumentError("too_large", "the package unpacks to more than it says")


def _mib(size: int) -> str:
    return f"{size / MIB:.1f} MiB"
