"""Old Office formats: converted where LibreOffice is, locked ones told before, and advice where it is not."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from extractor.documents import office, read_document
from extractor.documents.helpers import WRITER, HelperFailed, run_helper
from extractor.documents.limits import Limits
from extractor.documents.office import CONVERSIONS, converted, is_locked
from extractor.errors import DocumentError
from tests.documents.ole_making import compound_file
from tests.documents.open_formats import report_docx

needs_writer = pytest.mark.skipif(WRITER.path() is None, reason="LibreOffice Writer is not installed")


def as_word_97(docx: Path, folder: Path) -> Path:
    """A Word 97 document made of a DOCX."""
    program = WRITER.path()
    assert program is not None
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc:MS Word 97",
               "--outdir", str(folder / "old"), str(docx)]  # fmt: skip
    run_helper(command, folder, 100)
    return folder / "old" / f"{docx.stem}.doc"


def words(size: int, *places: tuple[int, bytes]) -> bytes:
    data = bytearray(size)
    for place, content in places:
        data[place : place + len(content)] = content
    return bytes(data)


@pytest.mark.parametrize(
    ("found", "stream", "data", "locked"),
    [
        ("doc", "WordDocument", words(4096, (0x0A, b"\x00\x01")), True),
        ("doc", "WordDocument", words(4096, (0x0A, b"\xff\xfe")), False),
        ("xls", "Workbook", words(4096, (0, struct.pack("<HH", 0x0809, 16)), (20, struct.pack("<HH", 0x2F, 54))), True),
        ("xls", "Workbook", words(4096, (0, struct.pack("<HH", 0x0809, 16)), (20, b"\x42\0\x02\0")), False),
        ("ppt", "Current User", words(4096, (12, b"\xdf\xc4\xd1\xf3")), True),
        ("ppt", "Current User", words(4096, (12, b"\x5f\xc0\x91\xe3")), False),
    ],
)
def test_locked_files_are_told_by_their_marks(
    tmp_path: Path, found: str, stream: str, data: bytes, locked: bool
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(compound_file({stream: data}))
    assert is_locked(path, found) is locked
    if locked:
        with pytest.raises(DocumentError) as caught, converted(path, found, Limits()):
            pass
        assert caught.value.outcome == "password"


def test_a_broken_file_is_not_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut")
    assert not is_locked(path, "doc")


@pytest.mark.parametrize("found", CONVERSIONS)
def test_without_libreoffice_the_reason_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(office, "is_locked", lambda path, found: False)
    path = tmp_path / "a.bin"
    path.write_bytes(b"words")
    with pytest.raises(DocumentError, match="install LibreOffice") as caught, converted(path, found, Limits()):
        pass
    assert caught.value.outcome == "unsupported"


@pytest.mark.parametrize(("timed_out", "outcome"), [(True, "timed_out"), (False, "damaged")])
def test_a_conversion_that_fails_is_an_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, timed_out: bool, outcome: str
) -> None:
    def fail(*_arguments: object) -> bytes:
        raise HelperFailed("soffice", timed_out)

    monkeypatch.setattr("shutil.which", lambda name: "/bin/soffice")
    monkeypatch.setattr(office, "run_helper", fail)
    path = tmp_path / "a.doc"
    path.write_bytes(b"words")
    with pytest.raises(DocumentError) as caught, converted(path, "doc", Limits()):
        pass
    assert caught.value.outcome == outcome


@needs_writer
def test_what_libreoffice_cannot_open_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(compound_file({"WordDocument": bytes(4096)}))
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.outcome in {"damaged", "no_text"}


@needs_writer
def test_a_word_97_document_is_read(tmp_path: Path) -> None:
    document = read_document(as_word_97(report_docx(tmp_path / "report.docx"), tmp_path))
    assert (document.format, document.outcome) == ("doc", "ok")
    assert "trained forty police officers" in document.pages[0].text
