"""Outlook messages (.msg): a compound file whose streams are properties by number."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import olefile

from extractor.documents.decode import decode
from extractor.documents.limits import Limits
from extractor.documents.mail import Attachment, Message, as_eml
from extractor.errors import DocumentError

SUBJECT, BODY, HTML, RTF = 0x0037, 0x1000, 0x1013, 0x1009
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
TO, CC = 0x0E04, 0x0E03
SENT, DELIVERED, CODE_PAGE, CODE_PAGE_OF_MAIL = 0x0039, 0x0E06, 0x3FFD, 0x3FDE
LONG_NAME, SHORT_NAME, DISPLAY_NAME, DATA, METHOD, HIDDEN = 0x3707, 0x3704, 0x3001, 0x3701, 0x3705, 0x7FFE
CONTENT_ID = 0x3712
WIDE, NARROW, BINARY, OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
EMBEDDED = 5
MAX_EMBEDDED = 3
HEADERS = (32, 24, 8)
"""Bytes before the entries of a property stream: of a message, of one inside another, of an attachment."""
ENTRY = struct.Struct("<HHI8s")
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
DEFAULT_CODE_PAGE = 1252
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emz", ".wmz")

_BROKEN = (OSError, ValueError, IndexError, struct.error, KeyError, TypeError, AttributeError)


def parse_msg(path: Path, limits: Limits) -> Message:
    """A message from its compound file."""
    try:
        with olefile.OleFileIO(str(path)) as file:
            return _Storage(file, (), HEADERS[0], limits).message(0)
    except _BROKEN as error:
        raise DocumentError("damaged", "the Outlook message is cut short or broken") from error


class _Storage:
    """One storage of the file: a message, one inside it, or an attachment."""

    def __init__(self, file: olefile.OleFileIO, place: Sequence[str], header: int, limits: Limits) -> None:
        self._file = file
        self._place = tuple(place)
        self._limits = limits
        self._fixed = self._read_fixed(header)
        page = self._number(CODE_PAGE) or self._number(CODE_PAGE_OF_MAIL) or DEFAULT_CODE_PAGE
        self._encoding = _encoding(page)

    def _stream(self, name: str) -> bytes:
        place = [*self._place, name]
        if not self._file.exists(place) or self._file.get_type(place) != olefile.STGTY_STREAM:
            return b""
        if self._file.get_size(place) > self._limits.max_text_bytes:
            raise DocumentError("too_large", "a part of the Outlook message is too large")
        data = self._file.openstream(place).read()
        return bytes(data)

    def _read_fixed(self, header: int) -> Mapping[int, bytes]:
        """The properties of fixed size, which stand in one stream."""
        data = self._stream("__properties_version1.0")[header:]
        whole = data[: len(data) - len(data) % ENTRY.size]
        return {number: value for _kind, number, _flags, value in ENTRY.iter_unpack(whole)}

    def _number(self, number: int) -> int:
        return int.from_bytes(self._fixed.get(number, b"")[:4], "little")

    def text(self, number: int) -> str:
        """A property that is text."""
        wide = self._stream(f"__substg1.0_{number:04X}{WIDE:04X}")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return decode(self._stream(f"__substg1.0_{number:04X}{NARROW:04X}"), self._encoding).rstrip("\0")

    def data(self, number: int) -> bytes:
        """A property that is bytes, or text as bytes."""
        return self._stream(f"__substg1.0_{number:04X}{BINARY:04X}") or self.text(number).encode("utf-8")

    def _time(self, number: int) -> datetime | None:
        ticks = int.from_bytes(self._fixed.get(number, b""), "little")
        try:
            return EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def message(self, level: int) -> Message:
        """The message that is kept here."""
        sent = self._time(SENT) or self._time(DELIVERED)
        address = self.text(SENDER_SMTP) or self.text(SENDER_ADDRESS)
        name = self.text(SENDER_NAME)
        sender = f"{name} <{address}>" if name and "@" in address and name != address else name or address
        head = (
            ("From", sender),
            ("To", self.text(TO)),
            ("Cc", self.text(CC)),
            ("Date", sent.strftime("%Y-%m-%d %H:%M") if sent else ""),
        )
        plain, html = self.text(BODY), self.data(HTML)
        if not plain.strip() and not html:
            plain = self._rtf_body()
        attachments = tuple(self._attachments(level))
        day = sent.date().isoformat() if sent else ""
        return Message(self.text(SUBJECT), head, plain, html, day, attachments)

    def _rtf_body(self) -> str:
        from extractor.documents.mail_lzfu import unpack_rtf
        from extractor.documents.rtf import words_of_rtf

        packed = self.data(RTF)
        return words_of_rtf(unpack_rtf(packed)) if packed else ""

    def _attachments(self, level: int) -> Iterator[Attachment]:
        depth = len(self._place)
        names = sorted(
            {
                entry[depth]
                for entry in self._file.listdir(streams=False, storages=True)
                if tuple(entry[:depth]) == self._place and len(entry) == depth + 1
                and entry[depth].startswith("__attach_version1.0_")
            }
        )  # fmt: skip
        for number, name in enumerate(names):
            found = _Storage(self._file, (*self._place, name), HEADERS[2], self._limits).attachment(number, level)
            if found is not None:
                yield found

    def attachment(self, number: int, level: int) -> Attachment | None:
        """The attachment that is kept here; None for a picture that only adorns the body."""
        name = self.text(LONG_NAME) or self.text(SHORT_NAME) or self.text(DISPLAY_NAME)
        inner = f"__substg1.0_{DATA:04X}{OBJECT:04X}"
        if self._number(METHOD) == EMBEDDED or self._file.exists([*self._place, inner, "__properties_version1.0"]):
            if level >= MAX_EMBEDDED:
                return None
            message = _Storage(self._file, (*self._place, inner), HEADERS[1], self._limits).message(level + 1)
            return Attachment(f"{message.subject or f'message-{number}'}.eml", as_eml(message))
        hidden = bool(self._number(HIDDEN) & 0xFF) or bool(self.text(CONTENT_ID))
        if hidden and name.lower().endswith(PICTURES):
            return None
        return Attachment(name or f"attachment-{number}", self.data(DATA))


def _encoding(page: int) -> str:
    name = {65001: "utf-8", 20127: "ascii", 28591: "latin-1", 50220: "iso2022_jp"}.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
