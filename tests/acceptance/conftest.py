"""One run of the real command over `samples/archive`, shared by all acceptance tests."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extractor import cli
from extractor.resources import shipped
from tests.archives import snapshot

SAMPLES = shipped("samples")
SECONDS = 600
HELPERS = "tesseract,soffice,libreoffice"
"""Left unused: what the samples' scan reads as differs from one Tesseract to the next."""
DATE = "1262304000"
"""SOURCE_DATE_EPOCH: the first of January 2010."""


@dataclass(frozen=True)
class Samples:
    """The workspace of the samples, and what its run said."""

    workspace: Path
    out: str
    err: str

    def run(self, *arguments: str) -> str:
        """What a command on the workspace writes to stdout; run in this process, which spares a second each."""
        command, *rest = arguments
        written = io.StringIO()
        with contextlib.redirect_stdout(written):
            assert cli.run([command, str(self.workspace), *rest]) == 0
        return written.getvalue()

    def json(self, *arguments: str) -> Any:
        """The same, as data."""
        return json.loads(self.run(*arguments, "--json"))


def run(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return subprocess.run(
        [sys.executable, "-m", "extractor.cli", *arguments],
        capture_output=True,
        check=check,
        encoding="utf-8",
        env={**os.environ, "SOURCE_DATE_EPOCH": DATE, "DESKREVIEW_WITHOUT": HELPERS},
        timeout=SECONDS,
    )


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Extract the sample archive once. Were it to fail, no golden file must be written from what it leaves."""
    folder, before = tmp_path_factory.mktemp("acceptance") / "ws", snapshot(SAMPLES / "archive")
    done = run("extract", str(SAMPLES / "archive"), "--workspace", str(folder), check=False)
    assert snapshot(SAMPLES / "archive") == before
    assert done.returncode == 0, done.stderr
    return Samples(folder, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def exported(samples: Samples, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The content of forms.json."""
    path = tmp_path_factory.mktemp("exported") / "forms.json"
    run("export", str(samples.workspace), "--to", str(path))
    return json.loads(path.read_text(encoding="utf-8"))
