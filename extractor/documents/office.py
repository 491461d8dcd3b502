"""Old and open Office formats by LibreOffice: converted to a format that has a reader, in a folder of their own."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import olefile

from extractor.documents.helpers import CALC, IMPRESS, WRITER, Helper, HelperFailed, run_helper
from extractor.documents.limits import Limits, open_zip
from extractor.errors import DocumentError

TIME_SHARE = 0.75
"""Of a file's time, what the conversion may take; the rest is for reading what it gives."""


class Conversion(NamedTuple):
    """What a format is called, which part of LibreOffice opens it, what it makes of it and by which of its filters."""

    called: str
    helper: Helper
    target: str
    filter: str


CONVERSIONS: Mapping[str, Conversion] = {
    "doc": Conversion("a Word 97-2003 document", WRITER, "docx", "MS Word 2007 XML"),
    "wordml": Conversion("a Word 2003 document in XML", WRITER, "docx", "MS Word 2007 XML"),
    "wpd": Conversion("a WordPerfect document", WRITER, "docx", "MS Word 2007 XML"),
    "xls": Conversion("an Excel 97-2003 workbook", CALC, "xlsx", "Calc MS Excel 2007 XML"),
    "ods": Conversion("an OpenDocument spreadsheet", CALC, "xlsx", "Calc MS Excel 2007 XML"),
    "ppt": Conversion("a PowerPoint 97-2003 presentation", IMPRESS, "pptx", "Impress MS PowerPoint 2007 XML"),
    "odp": Conversion("an OpenDocument presentation", IMPRESS, "pptx", "Impress MS PowerPoint 2007 XML"),
}
HEAD_BYTES = 4096
MANIFEST_BYTES = 1024 * 1024
FIB_FLAGS, FIB_ENCRYPTED = 0x0B, 0x01
FILEPASS = 0x002F
PPT_ENCRYPTED = b"\xdf\xc4\xd1\xf3"
SUFFIXES = {"wordml": "xml"}
SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
)
"""A fresh profile's settings: no macro runs, no link is followed."""


@contextmanager
def converted(path: Path, found: str, limits: Limits) -> Iterator[Path]:
    """A file in a format that has a reader, for as long as the block lasts."""
    conversion = CONVERSIONS[found]
    if is_locked(path, found):
        raise DocumentError("password", f"{conversion.called} with a password; save a copy without it")
    program = conversion.helper.path()
    if program is None:
        raise DocumentError("unsupported", f"{conversion.called}: {conversion.helper.advice}, or save it as PDF")
    with TemporaryDirectory(prefix="office-") as folder:
        yield _convert(path, found, conversion, program, Path(folder), limits)


def is_locked(path: Path, found: str) -> bool:
    """Whether a file is encrypted, by the mark that each old Office format has for it."""
    if found in {"odp", "ods"}:
        with open_zip(path) as package:
            name = "META-INF/manifest.xml"
            return name in package.namelist() and b"encryption-data" in package.read(name)[:MANIFEST_BYTES]
    if found not in {"doc", "xls", "ppt"}:
        return False
    try:
        with olefile.OleFileIO(str(path)) as file:
            return _LOCKED[found](file)
    except (OSError, ValueError, IndexError, TypeError, struct.error):
        return False  # broken: the conversion will say so


def _start_of(file: olefile.OleFileIO, *names: str) -> bytes:
    name = next((name for name in names if file.exists(name)), "")
    return bytes(file.openstream(name).read(HEAD_BYTES)) if name else b""


def _is_locked_doc(file: olefile.OleFileIO) -> bool:
    head = _start_of(file, "WordDocument")
    return len(head) > FIB_FLAGS and bool(head[FIB_FLAGS] & FIB_ENCRYPTED)


def _is_locked_xls(file: olefile.OleFileIO) -> bool:
    """Whether a FILEPASS record stands among the first records of the workbook."""
    head, place = _start_of(file, "Workbook", "Book"), 0
    while place + 4 <= len(head):
        kind, size = struct.unpack_from("<HH", head, place)
        if kind == FILEPASS:
            return True
        place += 4 + size
    return False


def _is_locked_ppt(file: olefile.OleFileIO) -> bool:
    return _start_of(file, "Current User")[12:16] == PPT_ENCRYPTED


_LOCKED: Mapping[str, Callable[[olefile.OleFileIO], bool]] = {
    "doc": _is_locked_doc,
    "xls": _is_locked_xls,
    "ppt": _is_locked_ppt,
}


def _convert(path: Path, found: str, conversion: Conversion, program: str, home: Path, limits: Limits) -> Path:
    """Convert a copy with a plain name: the name of a file of the archive is never an argument."""
    source = home / f"document.{SUFFIXES.get(found, found)}"
    target = home / "converted" / f"document.{conversion.target}"
    profile = home / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    shutil.copyfile(path, source)
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nologo", "--nofirststartwizard",
        "--convert-to", f"{conversion.target}:{conversion.filter}", "--outdir", str(target.parent), str(source),
    ]  # fmt: skip
    try:
        run_helper(command, home, limits.seconds * TIME_SHARE)
    except HelperFailed as error:
        outcome = "timed_out" if error.timed_out else "damaged"
        raise DocumentError(outcome, f"{conversion.called} that {error}") from error
    if not target.is_file():  # LibreOffice ends well also when it could not open the file
        raise DocumentError("damaged", f"{conversion.called} that LibreOffice cannot open")
    return target


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
