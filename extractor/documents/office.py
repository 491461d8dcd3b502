"""Old and open Office formats by LibreOffice: converted to a format that has a reader, in a folder of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from extractor.documents.helpers import LIBREOFFICE, HelperFailed, run_helper
from extractor.documents.limits import Limits
from extractor.errors import DocumentError

TIME_SHARE = 0.75
"""Of a file's time, what the conversion may take; the rest is for reading what it gives."""


class Conversion(NamedTuple):
    """What a format is called, what LibreOffice makes of it and by which of its filters."""

    called: str
    target: str
    filter: str


CONVERSIONS: Mapping[str, Conversion] = {
    "doc": Conversion("a Word 97-2003 document", "docx", "MS Word 2007 XML"),
    "xls": Conversion("an Excel 97-2003 workbook", "xlsx", "Calc MS Excel 2007 XML"),
    "ods": Conversion("an OpenDocument spreadsheet", "xlsx", "Calc MS Excel 2007 XML"),
    "ppt": Conversion("a PowerPoint 97-2003 presentation", "pptx", "Impress MS PowerPoint 2007 XML"),
    "odp": Conversion("an OpenDocument presentation", "pptx", "Impress MS PowerPoint 2007 XML"),
}
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
    program = LIBREOFFICE.path()
    if program is None:
        raise DocumentError("unsupported", f"{conversion.called}: {LIBREOFFICE.advice}, or save it as PDF")
    with TemporaryDirectory(prefix="office-") as folder:
        yield _convert(path, found, conversion, program, Path(folder), limits)


def _convert(path: Path, found: str, conversion: Conversion, program: str, home: Path, limits: Limits) -> Path:
    """Convert a copy with a plain name: the name of a file of the archive is never an argument."""
    source = home / f"document.{found}"
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
        raise DocumentError("damaged", f"{conversion.called} that LibreOffice cannot open: damaged, or with a password")
    return target


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
