"""Files inside files: what a ZIP package holds, and opening one of its members as a file of its own.

A member is opened by its place in the container's order, never by its name; it is written to a temporary file with a
name of our own. Sizes are counted while unpacking, whatever the container says of itself.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor.archive import MEMBER_MARK
from extractor.documents.limits import ENCRYPTED_FLAG, MIB, SMALL_PART_BYTES, Limits, open_zip
from extractor.documents.sniff import sniff
from extractor.errors import DocumentError
from extractor.model import Document, Member, Properties

MAX_DEPTH = 3
"""Containers in containers; what lies deeper is not opened."""
MAX_NAME_CHARS = 300
CHUNK = MIB
IGNORED_STARTS = (".", "~$", "__MACOSX")
IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
ATTACHMENT_LIMIT = 500
UNIX = 3
UTF8_FLAG = 0x800
FILE_TYPE, LINK, REGULAR = 0o170000, 0o120000, 0o100000
LEADS_OUT = "its name leads out of the package, as in an attack: not opened"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_DRIVE = re.compile(r"[A-Za-z]:")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, EOFError, zlib.error, OSError, ValueError, RuntimeError)


def read_zip(path: Path, limits: Limits) -> Document:
    """A ZIP package as a document without pages, and its members with their hashes."""
    with open_zip(path) as archive:
        entries = _checked(archive, path, limits)
        members = tuple(_member(archive, info, index, name, limits) for index, name, info in _named(entries))
    if not members:
        raise DocumentError("no_text", "a ZIP package without files")
    refused = sum(member.outcome != "ok" for member in members)
    if refused == len(members):
        raise DocumentError(members[0].outcome, f"none of its {refused} files can be opened: {members[0].reason}")
    reason = f"{refused} of {len(members)} files in it are not opened" if refused else ""
    return Document("zip", (), (), Properties(), "partial" if refused else "ok", reason, members)


def _checked(archive: zipfile.ZipFile, path: Path, limits: Limits) -> list[zipfile.ZipInfo]:
    """The entries of a package that is no bomb by what it says of itself."""
    entries = archive.infolist()
    if len(entries) > limits.max_entries:
        raise DocumentError("too_large", f"{len(entries)} files in the package; at most {limits.max_entries} are read")
    total = sum(entry.file_size for entry in entries)
    if total > limits.max_unpacked:
        raise DocumentError(
            "too_large", f"the package unpacks to {total // MIB} MiB; unpack it in the project's folder"
        )
    if total > SMALL_PART_BYTES and total > limits.max_ratio * path.stat().st_size:
        raise DocumentError("too_large", f"packed more than {limits.max_ratio}:1, as in a ZIP bomb")
    return entries


def _named(entries: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[int, str, zipfile.ZipInfo]]:
    """The files among a package's entries with names to show, each once."""
    seen: set[str] = set()
    for index, info in enumerate(entries):
        name = label(_spelled(info))
        if info.is_dir() or is_ignored(name):
            continue
        shown = name.replace("..", "__").lstrip("/") if leads_out(name) else name
        yield index, unique(shown, seen), info


def _spelled(info: zipfile.ZipInfo) -> str:
    """An entry's name; many programs write UTF-8 without saying so."""
    if info.flag_bits & UTF8_FLAG:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def label(name: str) -> str:
    """A name from a container as it is shown: slashes forward, no control or direction character, not too long."""
    name = _CONTROL.sub("", name.replace("\\", "/").encode("utf-8", "replace").decode("utf-8"))
    return name.replace(MEMBER_MARK, "!_")[-MAX_NAME_CHARS:] or "unnamed"


def unique(name: str, seen: set[str]) -> str:
    """A name that none before it has: the second "a.pdf" is "a (2).pdf"."""
    found = _SUFFIX.search(name)
    suffix = found[0] if found else ""
    stem, count = name.removesuffix(suffix), 1
    while name in seen:
        count += 1
        name = f"{stem} ({count}){suffix}"
    seen.add(name)
    return name


def is_ignored(name: str) -> bool:
    """Whether a file is left out as in a folder: hidden, or made by the system."""
    parts = name.split("/")
    hidden = any(part.startswith(IGNORED_STARTS) for part in parts if part not in {".", ".."})
    return hidden or parts[-1].lower() in IGNORED_NAMES


def leads_out(name: str) -> bool:
    """Whether a name would lead out of the folder that it is unpacked to, or to a device."""
    parts = name.split("/")
    return name.startswith("/") or ".." in parts or bool(_DRIVE.match(name)) or any(map(_DEVICE.match, parts))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, index: int, name: str, limits: Limits) -> Member:
    mode = info.external_attr >> 16 & FILE_TYPE if info.create_system == UNIX else 0
    if leads_out(info.filename.replace("\\", "/")):
        return Member(name, index, outcome="unsupported", reason=LEADS_OUT)
    if mode not in {0, REGULAR}:
        return Member(name, index, outcome="unsupported", reason="a link or device in a ZIP package: not opened")
    if info.flag_bits & ENCRYPTED_FLAG:
        return Member(
            name, index, outcome="password", reason="encrypted in its ZIP package; unpack it with its password"
        )
    digest = hashlib.sha256()
    try:
        _unpack(archive, info, limits, digest.update)
    except DocumentError as error:
        return Member(name, index, outcome=error.outcome, reason=error.reason)  # type: ignore[arg-type]
    return Member(name, index, digest.hexdigest())


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, take: Callable[[bytes], object]) -> None:
    """Unpack an entry piece by piece; it may not be larger than it says, nor than any file."""
    allowed = min(info.file_size, limits.max_file_bytes)
    size = 0
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > allowed:
                    raise DocumentError("too_large", "it unpacks to more than it says")
                take(chunk)
    except NotImplementedError as error:
        raise DocumentError("unsupported", "packed by a method that is not read here; unpack it") from error
    except _BROKEN as error:
        raise DocumentError("damaged", "its ZIP package is cut short or broken there") from error


@contextmanager
def open_member(path: Path, inside: Sequence[int], limits: Limits, name: str = "") -> Iterator[Path]:
    """A file of the archive, or the member of a container at the places `inside`, as a file for the block's time.

    `name` gives the file only its suffix, which tells kinds of text apart.
    """
    if not inside:
        yield path
        return
    if len(inside) > MAX_DEPTH:
        raise DocumentError("unsupported", f"packed more than {MAX_DEPTH} deep: unpack it in the project's folder")
    with TemporaryDirectory(prefix="member-") as folder:
        current = path
        for step, index in enumerate(inside):
            found = _SUFFIX.search(name) if step == len(inside) - 1 else None
            target = Path(folder) / f"member-{step}{found[0] if found else ''}"
            OPENERS.get(sniff(current), _not_a_container)(current, index, target, limits)
            current = target
        yield current


def _open_in_zip(path: Path, index: int, target: Path, limits: Limits) -> None:
    with open_zip(path) as archive:
        entries = _checked(archive, path, limits)
        if index >= len(entries):
            raise DocumentError("damaged", "the package does not hold this file any more")
        with target.open("wb") as stream:
            _unpack(archive, entries[index], limits, stream.write)


def _open_in_mail(path: Path, index: int, target: Path, limits: Limits) -> None:
    from extractor.documents.mail import read_message

    attachments = read_message(path, limits).attachments
    if index >= len(attachments):
        raise DocumentError("damaged", "the message does not hold this attachment any more")
    target.write_bytes(attachments[index].data)


def _not_a_container(path: Path, index: int, target: Path, limits: Limits) -> None:  # noqa: ARG001
    raise DocumentError("damaged", "the file that held this one is no package any more")


Opener = Callable[[Path, int, Path, Limits], None]
OPENERS: Mapping[str, Opener] = {"zip": _open_in_zip, "mail": _open_in_mail, "msg": _open_in_mail}
