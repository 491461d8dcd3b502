"""Writes NOTICE from requirements.lock and what the installed packages say of themselves: `make notice`.

Says so, and fails, when a package is under a licence that would bind the whole of deskreview (GPL, AGPL).
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
NOTICE = ROOT / "NOTICE"
LINE = re.compile(r"([A-Za-z0-9_.-]+)==(\S+)")
STRONG_COPYLEFT = re.compile(r"(?<!L)\b(?:AGPL|GPL)\b|(?<!Lesser )General Public License", re.IGNORECASE)
WEAK_COPYLEFT = re.compile(r"\bLGPL|Lesser General|\bMPL|Mozilla", re.IGNORECASE)
MAX_STATED = 60
"""A longer `License` field is the licence's text, not its name."""
READ_BY_HAND = {
    "colorama": "BSD-3-Clause",
    "pycountry": "LGPL-2.1-only",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0; holds PDFium (BSD-3-Clause, Apache-2.0) and what PDFium is built from",
    "scipy": "BSD-3-Clause; holds OpenBLAS (BSD-3-Clause) and libgfortran (GPL-3.0 with the GCC runtime exception)",
    "skops": "MIT",
    "pypandoc-binary": "MIT; holds the program pandoc (GPL-2.0-or-later), see above",
}
"""Packages that are silent, unclear or absent on this platform: read from their licence files."""
CALLED_PROGRAMS = frozenset({"pypandoc-binary", "scipy"})
"""Hold something under the GPL that does not bind who uses it: a separate program, a library with an exception."""

HEAD = """deskreview
Copyright deskreview contributors. Licensed under the Apache License, Version 2.0; see LICENSE.

Written by tools/build_notice.py (`make notice`).

FONTS (templates/fonts)

Liberation Serif, Copyright Red Hat, Inc. and Google Corporation, under the SIL Open Font License 1.1: see
templates/fonts/LICENSE-OFL.txt. PDFs are set in it; it has the widths of the usual serif face of word processors.

SEPARATE PROGRAMS

pandoc, Copyright John MacFarlane and others, under the GNU General Public License, version 2 or later. It comes inside
the package pypandoc-binary, is installed beside deskreview, and is started as a program of its own, with files in and
files out. No part of it is in deskreview, and it may be replaced by another pandoc. Its source: https://github.com/jgm/pandoc

PACKAGES THAT ARE INSTALLED WITH DESKREVIEW

None of them is part of this distribution; each is installed from its own. Those under the LGPL or the MPL are imported
unchanged and may be replaced by another version. No package is under the GPL or the AGPL as a whole.

"""


def locked() -> dict[str, list[str]]:
    """Each locked package with its versions: more than one where it differs by Python."""
    found: dict[str, list[str]] = {}
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if match := LINE.match(line):
            found.setdefault(match[1], []).append(match[2])
    return found


def licence(name: str) -> str:
    """A package's licence as it states it, or as read from its files."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    try:
        facts: Any = metadata(name)
    except PackageNotFoundError:
        return ""
    stated = facts.get("License-Expression") or facts.get("License") or ""
    if stated and len(stated) <= MAX_STATED and "\n" not in stated:
        return stated
    classifiers = [str(line) for line in facts.get_all("Classifier") or [] if str(line).startswith("License ::")]
    return ", ".join(line.split(" :: ")[-1] for line in classifiers)


def problems(licences: dict[str, str]) -> list[str]:
    """Packages whose licence is unknown or would bind the whole."""
    unknown = [f"{name}: no licence known; add it to READ_BY_HAND" for name, text in licences.items() if not text]
    strong = [
        f"{name}: {text}"
        for name, text in licences.items()
        if STRONG_COPYLEFT.search(text) and name not in CALLED_PROGRAMS
    ]
    return unknown + strong


def notice(licences: dict[str, str]) -> str:
    """The whole file."""
    versions = locked()
    lines = []
    for name, text in sorted(licences.items()):
        mark = " (weak copyleft)" if WEAK_COPYLEFT.search(text) else ""
        lines.append(f"{name} {' / '.join(versions[name])}: {text}{mark}")
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    """Write NOTICE, or say which licences stand in the way."""
    licences = {name: licence(name) for name in locked()}
    wrong = problems(licences)
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    if not wrong:
        NOTICE.write_text(notice(licences), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
