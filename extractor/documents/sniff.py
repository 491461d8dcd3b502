"""What format a file has, by its bytes; its name is only a hint between kinds of text."""

from __future__ import annotations

import mmap
import re
import struct
import zipfile
from pathlib import Path

import olefile

from extractor.documents.decode import SAMPLE_BYTES, decode, is_text
from extractor.documents.limits import open_zip
from extractor.errors import DocumentError

PDF_WITHIN_BYTES = 1024
CONTENT_TYPES_MAX_BYTES = 4 * 1024 * 1024
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC: tuple[tuple[bytes, str], ...] = (
    (OLE_MAGIC, "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x00\x00\x00\x0cjP  ", "image"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\xffWPC", "wpd"),
)
OLE_STREAMS = (
    ("__properties_version1.0", "msg"),
    ("EncryptedPackage", "ooxml-encrypted"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
PACKAGE_TYPES = (
    ("wordprocessingml", "docx"),
    ("ms-word.", "docx"),
    ("spreadsheetml", "xlsx"),
    ("ms-excel.", "xlsx"),
    ("presentationml", "pptx"),
    ("ms-powerpoint.", "pptx"),
)
MIMETYPES = (
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.sun.xml.writer", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
    ("application/epub+zip", "epub"),
)
WORD_2003 = 'progid="Word.Document"'
XML_HEAD_CHARS = 1_000
MAIL_LINES = 40
MIN_MAIL_HEADERS = 4
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|frameset|title)\b", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(?:p|div|h[1-6]|table|ul|ol|br|span|a|meta|script|font)\b[^<>]*>", re.IGNORECASE)
_MAIN_PART = re.compile(r'ContentType="([^"]+\.main\+xml)"', re.IGNORECASE)
_ANY_HEADER = re.compile(r"[A-Za-z][\w-]*:|From ")
_MAIL_HEADER = re.compile(
    r"(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+): ?",
    re.IGNORECASE,
)


def sniff(path: Path) -> str:
    """The format of a file: "pdf", "docx", "html", "text", "image", ...; "binary" when nothing is recognised."""
    with path.open("rb") as stream:
        head = stream.read(SAMPLE_BYTES)
    if not head:
        raise DocumentError("damaged", "empty file")
    if b"%PDF-" in head[:PDF_WITHIN_BYTES]:
        return "pdf"
    found = _by_magic(head)
    if found == "zip":
        return _zip_format(path)
    if found == "ole":
        return _ole_format(path)
    return found or _text_format(head, path.suffix.lower())


def _by_magic(head: bytes) -> str:
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP" or head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:
        return "image"
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "image"
    return "archive" if head[257:262] == b"ustar" else ""


def _zip_format(path: Path) -> str:
    with open_zip(path) as archive:
        names = set(archive.namelist())
        declared = _small_part(archive, "mimetype").strip()
        for mimetype, name in MIMETYPES:
            if declared.startswith(mimetype):
                return name
        types = _small_part(archive, "[Content_Types].xml")
    for main in _MAIN_PART.findall(types):
        for part, name in PACKAGE_TYPES:
            if part in main:
                return name
    return "docx" if "word/document.xml" in names else "zip"


def _small_part(archive: zipfile.ZipFile, name: str) -> str:
    try:
        info = archive.getinfo(name)
        if info.file_size > CONTENT_TYPES_MAX_BYTES or info.flag_bits & 0x1:
            return ""
        return decode(archive.read(info))
    except KeyError:
        return ""
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise DocumentError("damaged", "the ZIP package is cut short or broken") from error


def _ole_format(path: Path) -> str:
    """By the names of the streams at the top of the compound file; what is embedded has the same names further down."""
    try:
        with olefile.OleFileIO(str(path)) as file:
            tops = {entry[0].lower() for entry in file.listdir()}
    except (OSError, ValueError, IndexError, TypeError, struct.error):
        return _broken_ole_format(path)
    return next((found for name, found in OLE_STREAMS if name.lower() in tops), "ole")


def _broken_ole_format(path: Path) -> str:
    """By names anywhere in a file whose directory is broken, where they stand in UTF-16."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for name, found in OLE_STREAMS:
            if data.find(f"{name}\0".encode("utf-16-le")) >= 0:
                return found
    return "ole"


def _text_format(head: bytes, suffix: str) -> str:
    if not is_text(head):
        return "html" if suffix in HTML_SUFFIXES and b"<html" in head.lower() else "binary"
    text = decode(head).lstrip("\ufeff \t\r\n")
    if _is_mail(text):
        return "mail"
    if _HTML.search(text) and (text.startswith("<") or suffix in HTML_SUFFIXES):
        return "html"
    if suffix in HTML_SUFFIXES and _HTML_TAG.search(text):
        return "html"
    if text.startswith("<?xml"):
        return "wordml" if WORD_2003 in text[:XML_HEAD_CHARS] else "xml"
    return "markdown" if suffix in MARKDOWN_SUFFIXES else "text"


def _is_mail(text: str) -> bool:
    """Whether the first lines are those of a mail message, its own or the mailbox's."""
    lines = text.split("\n", MAIL_LINES)[:MAIL_LINES]
    headers = sum(bool(_MAIL_HEADER.match(line)) for line in lines)
    return bool(_ANY_HEADER.match(lines[0])) and headers >= MIN_MAIL_HEADERS
