"""Every file ends in one outcome, with a reason that says what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractor.documents import READERS, REFUSALS, read_document
from extractor.documents.limits import Limits
from extractor.errors import DocumentError
from extractor.model import Document, Outcome

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def outcome(path: Path, limits: Limits | None = None) -> tuple[str, str]:
    with pytest.raises(DocumentError) as caught:
        read_document(path, limits or Limits())
    return caught.value.outcome, caught.value.reason


@pytest.mark.parametrize(
    ("name", "data", "expected", "reason"),
    [
        ("a.pdf", b"", "damaged", "empty file"),
        ("a.docx", b"PK\x03\x04 cut", "damaged", "cut short"),
        ("a.docx", OLE + "EncryptedPackage\0".encode("utf-16-le"), "password", "save a copy without it"),
        ("a.doc", OLE + "WordDocument\0".encode("utf-16-le"), "unsupported", "install LibreOffice Writer ("),
        ("a.jpg", b"\xff\xd8\xff\xe0\0", "no_text", "install Tesseract "),
        ("a.txt", b" \n\n \n", "no_text", "no text"),
        ("a.html", b"<html><body><script>x</script></body></html>", "no_text", "no text"),
        ("a.exe", b"MZ\x90\0\x03\0\0\0\x04", "unsupported", "not a document"),
        ("a.xml", b"<?xml version='1.0'?><data/>", "unsupported", "XML data"),
    ],
)
def test_what_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, expected: str, reason: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)  # no helper is on this machine
    path = tmp_path / name
    path.write_bytes(data)
    found, why = outcome(path)
    assert found == expected
    assert reason in why


def test_a_file_that_is_gone_or_a_folder_is_damaged(tmp_path: Path) -> None:
    assert outcome(tmp_path / "gone.txt")[0] == "damaged"
    assert outcome(tmp_path)[0] == "damaged"


def test_limits_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words " * 100)
    assert outcome(path, Limits(max_file_bytes=10))[0] == "too_large"


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [("a.txt", "Words.", "text"), ("a.md", "*Words.*", "markdown"), ("a.pdf", "<html><p>Words.", "html")],
)
def test_each_format_has_its_reader(tmp_path: Path, name: str, text: str, form: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    document = read_document(path)
    assert (document.format, document.pages[0].text) == (form, "Words.") if form != "text" else document.format == form


def test_a_docx_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:document {space}><w:body><w:p><w:r><w:t>Hi</w:t></w:r></w:p></w:body></w:document>",
        )
    document: Document = read_document(path)
    assert (document.format, document.pages[0].text) == ("docx", "Hi")


def test_the_table_of_refusals_names_outcomes_of_the_contract_and_no_reader() -> None:
    assert {found for found, _ in REFUSALS.values()} <= set(Outcome.__args__)  # type: ignore[attr-defined]
    assert not set(REFUSALS) & set(READERS)
    assert all(reason for _, reason in REFUSALS.values())
