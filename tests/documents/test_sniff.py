"""The format of a file is told by its bytes, whatever its name says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractor.documents.sniff import sniff
from extractor.errors import DocumentError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def utf16(name: str) -> bytes:
    return f"{name}\0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.docx", b"%PDF-1.7\n", "pdf"),
        ("a.txt", b"\n\n junk %PDF-1.4", "pdf"),
        ("a.docx", OLE + utf16("EncryptedPackage"), "ooxml-encrypted"),
        ("a.pdf", OLE + utf16("WordDocument"), "doc"),
        ("a.doc", OLE + utf16("Workbook"), "xls"),
        ("a.doc", OLE, "ole"),
        ("a.doc", b"{\\rtf1 text}", "rtf"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n\0\0", "image"),
        ("a.pdf", b"\xff\xd8\xff\xe0", "image"),
        ("a.tif", b"II*\0\x08\0", "image"),
        ("a.txt", b"<!DOCTYPE html><html><body>x</body></html>", "html"),
        ("a.html", b"<p>A paragraph</p>", "html"),
        ("a.htm", b"<!-- long preamble --><html><body>x</body></html>", "html"),
        ("a.xml", b"<?xml version='1.0'?><data/>", "xml"),
        ("a.txt", b"The report of 2012.\n", "text"),
        ("a.pdf", "Évaluation finale".encode("cp1252"), "text"),
        ("a.txt", "\ufeffwide".encode("utf-16-le"), "text"),
        ("a.txt", "no mark but wide".encode("utf-16-be"), "text"),
        ("a.md", b"# Report\n", "markdown"),
        ("a.MD", b"# Report\n", "markdown"),
        ("a.md", b"\0\x01\x02\x03" * 20, "binary"),
        ("a.eml", b"From: a@b\nTo: c@d\nSubject: x\nDate: today\n\nHello", "mail"),
        ("a.tgz", b"\x1f\x8b\x08\0", "archive"),
    ],
)
def test_by_bytes(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert sniff(path) == expected


def types(main: str) -> str:
    return f'<Types><Override PartName="/m.xml" ContentType="application/vnd.{main}.main+xml"/></Types>'


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"[Content_Types].xml": types("openxmlformats-officedocument.wordprocessingml.document")}, "docx"),
        ({"[Content_Types].xml": types("ms-word.document.macroEnabled")}, "docx"),
        ({"[Content_Types].xml": types("openxmlformats-officedocument.spreadsheetml.sheet")}, "xlsx"),
        ({"[Content_Types].xml": types("openxmlformats-officedocument.presentationml.presentation")}, "pptx"),
        ({"word/document.xml": "<x/>"}, "docx"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "odt"),
        ({"a/report.pdf": "x"}, "zip"),
    ],
)
def test_packages_by_what_they_declare(tmp_path: Path, parts: dict[str, str], expected: str) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert sniff(path) == expected


@pytest.mark.parametrize(("data", "reason"), [(b"", "empty file"), (b"PK\x03\x04 cut short", "cut short")])
def test_empty_and_truncated_files_are_damaged(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=reason) as caught:
        sniff(path)
    assert caught.value.outcome == "damaged"
