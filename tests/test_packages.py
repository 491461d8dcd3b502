"""The workspace and files inside files: each has its own row, is read once, and is gone with its package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest

from extractor import ledger as ledger_module
from extractor import workspace as workspace_module
from extractor.documents import images, pdf
from extractor.documents.ocr import OcrUnfinished, Recognised, Recogniser
from extractor.model import Document, LedgerRow, Page
from extractor.workspace import Run, Workspace
from tests.archives import REPORT, in_process, snapshot
from tests.coding import tiny

EVALUATION = "External evaluation\n\nFindings\n\nThe project ran police workshops in two towns.\n"
NOTE = "A note. The shelter in the south was opened by the project in May 2011.\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace_module, "run_isolated", in_process)


@pytest.fixture
def rubric(tmp_path: Path) -> Path:
    return tiny.write_rubric(tmp_path / "rubric")


def packed(files: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def extract(tmp_path: Path, rubric: Path) -> Run:
    with Workspace.create(tmp_path / "ws") as workspace:
        return workspace.extract(tmp_path / "archive", (str(rubric),))


def ledger(tmp_path: Path) -> dict[str, LedgerRow]:
    with Workspace.open(tmp_path / "ws") as workspace:
        return {row.file: row for row in workspace.store.ledger()}


def outcomes(tmp_path: Path) -> dict[str, tuple[str, str]]:
    return {file: (row.project, row.outcome) for file, row in ledger(tmp_path).items()}


def fill(tmp_path: Path) -> Path:
    """An archive with a package at the top, a nested one, and a mail with an attachment."""
    archive = tmp_path / "archive"
    (archive / "alpha").mkdir(parents=True)
    inner = packed({"deep.txt": EVALUATION, "copy.txt": REPORT})
    (archive / "pack.zip").write_bytes(packed({"b/report.txt": REPORT, "inner.zip": inner, "../evil.txt": "x"}))
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"], mail["Date"] = (
        "The note",
        "a@b",
        "c@d",
        "Tue, 11 Mar 2014 09:00:00 +0100",
    )
    mail.set_content("See attached.")
    mail.add_attachment(NOTE, filename="note.txt")
    (archive / "alpha" / "mail.eml").write_bytes(mail.as_bytes())
    return archive


def test_files_inside_files_have_rows_of_their_own(tmp_path: Path, rubric: Path) -> None:
    archive = fill(tmp_path)
    before = snapshot(archive)
    run = extract(tmp_path, rubric)
    assert outcomes(tmp_path) == {
        "alpha/mail.eml": ("alpha", "ok"),
        "alpha/mail.eml!/note.txt": ("alpha", "ok"),
        "pack.zip": ("pack", "partial"),
        "pack.zip!/__/evil.txt": ("pack", "unsupported"),
        "pack.zip!/b/report.txt": ("pack", "ok"),
        "pack.zip!/inner.zip": ("pack", "ok"),
        "pack.zip!/inner.zip!/copy.txt": ("pack", "duplicate"),
        "pack.zip!/inner.zip!/deep.txt": ("pack", "ok"),
    }
    assert ledger(tmp_path)["pack.zip!/inner.zip!/copy.txt"].of == "pack.zip!/b/report.txt"
    assert run.files == 8
    assert snapshot(archive) == before
    assert not (tmp_path / "ws" / "tmp").exists()


def test_their_text_is_evidence(tmp_path: Path, rubric: Path) -> None:
    fill(tmp_path)
    extract(tmp_path, rubric)
    with Workspace.open(tmp_path / "ws") as workspace:
        assert workspace.pages("pack.zip!/b/report.txt")[0].text.startswith("Final report")
        forms = workspace.forms()
        workspace.verify_all(forms)
        files = {e.file for form in forms.forms for answer in form.items.values() for e in answer.evidence}
        searched = {file for form in forms.forms for answer in form.items.values() for file in answer.searched}
    assert "pack.zip!/b/report.txt" in files
    assert searched
    assert not any(file.endswith(".zip") for file in searched)


def test_nothing_is_done_twice_and_changes_are_followed(tmp_path: Path, rubric: Path) -> None:
    archive = fill(tmp_path)
    first = extract(tmp_path, rubric)
    assert first.read == 6
    again = extract(tmp_path, rubric)
    assert (again.read, again.coded, again.files) == (0, 0, 8)
    (archive / "pack.zip").write_bytes(packed({"b/report.txt": REPORT, "new.txt": NOTE}))
    changed = extract(tmp_path, rubric)
    assert changed.read == 1  # the package; its report and the note were read before, as files of other names
    assert {file for file in outcomes(tmp_path) if file.startswith("pack")} == {
        "pack.zip", "pack.zip!/b/report.txt", "pack.zip!/new.txt"
    }  # fmt: skip
    (archive / "pack.zip").unlink()
    extract(tmp_path, rubric)
    assert set(outcomes(tmp_path)) == {"alpha/mail.eml", "alpha/mail.eml!/note.txt"}


def test_a_package_that_multiplies_is_stopped(tmp_path: Path, rubric: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    inner = packed({f"{number}.txt": f"{EVALUATION} {number}" for number in range(5)})
    (archive / "pack.zip").write_bytes(packed({f"{number}.zip": inner + bytes(number) for number in range(3)}))
    monkeypatch.setattr(ledger_module, "MAX_MEMBERS", 10)
    extract(tmp_path, rubric)
    found = outcomes(tmp_path)
    assert sum(outcome == "too_large" for _, outcome in found.values()) == 2
    assert len(found) <= 1 + 10


def test_what_lacked_a_helper_is_read_once_it_is_there(
    tmp_path: Path, rubric: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive" / "alpha"
    archive.mkdir(parents=True)
    (archive / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    monkeypatch.setattr("shutil.which", lambda name: None)
    extract(tmp_path, rubric)
    row = ledger(tmp_path)["alpha/scan.png"]
    assert row.outcome == "no_text"
    assert "install Tesseract (" in row.reason
    read: list[Path] = []

    def read_image(path: Path, limits: object, ocr: object) -> Document:
        read.append(path)
        return Document("image", (Page(1, NOTE, ocr=True),), ())

    monkeypatch.setattr(images, "read_image", read_image)
    extract(tmp_path, rubric)
    assert not read  # still not there: not tried again
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    extract(tmp_path, rubric)
    assert len(read) == 1
    assert ledger(tmp_path)["alpha/scan.png"].outcome == "ok"
    extract(tmp_path, rubric)
    assert len(read) == 1


def test_a_long_scan_goes_on_where_it_stopped(tmp_path: Path, rubric: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive" / "alpha"
    archive.mkdir(parents=True)
    (archive / "scan.pdf").write_bytes(b"%PDF-1.4")
    steps: list[int] = []

    def read_pdf(path: Path, reader: Recogniser) -> Document:
        steps.append(len(reader.done))
        if len(reader.done) < 3:
            raise OcrUnfinished({**reader.done, len(reader.done): Recognised(1, 1)})
        return Document("pdf", (Page(1, NOTE, ocr=True),), ())

    monkeypatch.setattr(pdf, "read_pdf", read_pdf)
    run = extract(tmp_path, rubric)
    assert steps == [0, 1, 2, 3]
    assert run.read == 1
    assert ledger(tmp_path)["alpha/scan.pdf"].outcome == "ok"
