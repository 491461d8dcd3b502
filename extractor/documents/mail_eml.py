"""Mail messages as they travel (RFC 822, MIME): the body that is meant to be read, and what is attached."""

from __future__ import annotations

import email
import email.header
import email.utils
from collections.abc import Callable, Iterator
from email.errors import MessageError
from email.message import Message as MimePart
from functools import partial
from typing import Any, TypeVar

from extractor.documents.decode import decode
from extractor.documents.mail import HEAD, Attachment, Message

T = TypeVar("T")
MAX_PARTS = 2_000
SUFFIXES = {"message/rfc822": ".eml", "application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt"}
NO_DOCUMENTS = frozenset(
    {
        "application/pgp-signature", "application/pgp-keys", "application/pkcs7-signature",
        "application/x-pkcs7-signature", "text/calendar", "text/x-vcard", "text/vcard", "text/rfc822-headers",
        "message/delivery-status", "application/ms-tnef",
    }
)  # fmt: skip


def parse_eml(data: bytes) -> Message:
    """A message from its bytes."""
    if data.startswith(b"From ") and b"\n" in data:  # a mailbox file: its first message
        data = data[data.index(b"\n") + 1 :]
    root = email.message_from_bytes(data)
    plain, html, attachments = _contents(root)
    head = tuple((name, _header(root, name)) for name in HEAD)
    return Message(_header(root, "Subject"), head, plain, html, _day(_header(root, "Date")), tuple(attachments))


def _header(part: MimePart, name: str) -> str:
    """A head line."""
    value = part.get(name)
    return "" if value is None else _spelled(value)


def _spelled(value: Any) -> str:
    """Words of a head with what is encoded in them spelled out; broken ones as they stand."""
    try:
        pieces = email.header.decode_header(value)
        return "".join(_piece(words, charset) for words, charset in pieces)
    except (MessageError, ValueError, LookupError):
        return str(value)


def _try(ask: Callable[[], Any], otherwise: T) -> Any | T:
    """What the email package says of a part, or something else where the part is too broken for it."""
    try:
        return ask()
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        return otherwise


def _piece(words: Any, charset: str | None) -> str:
    if isinstance(words, str):
        return words
    return decode(words, charset or "")


def _day(value: str) -> str:
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _contents(root: MimePart) -> tuple[str, bytes, list[Attachment]]:
    """The body as plain text, as HTML, and the attachments."""
    plain: list[str] = []
    html: list[bytes] = []
    attachments: list[Attachment] = []
    for number, part in enumerate(_leaves(root)):
        if number >= MAX_PARTS:
            break
        kind = part.get_content_type()
        if _is_attached(part):
            attachments.append(Attachment(_name(part, number), _bytes(part)))
        elif kind == "text/html":
            html.append(_bytes(part))
        elif kind == "text/plain":
            plain.append(_text(part))
    return "\n\n".join(plain), html[0] if html else b"", attachments


def _leaves(part: MimePart) -> Iterator[MimePart]:
    """The parts that hold something, in order; an attached message is one part."""
    todo: list[MimePart] = [part]
    while todo:
        part = todo.pop()
        inner = _inner(part)
        if inner and part.get_content_maintype() != "message":
            todo.extend(reversed(inner))
        else:
            yield part


def _inner(part: MimePart) -> list[MimePart]:
    """The parts of a part, or the message that it holds."""
    content: Any = _try(part.get_payload, None)
    return list(content) if isinstance(content, list) else []


def _is_attached(part: MimePart) -> bool:
    """Whether a part is a file to be read by itself; pictures that only adorn the body are not."""
    kind = part.get_content_type()
    if kind in NO_DOCUMENTS:
        return False
    disposition = _try(part.get_content_disposition, None)
    if part.get_content_maintype() == "image" and (disposition == "inline" or part.get("Content-ID")):
        return False
    named = _try(part.get_filename, None) is not None
    if kind in {"text/plain", "text/html"}:
        return disposition == "attachment" or (named and disposition != "inline")
    return True


def _name(part: MimePart, number: int) -> str:
    name = _try(part.get_filename, None)
    if name is None and part.get_content_type() == "message/rfc822":
        inner = _inner(part)
        name = _header(inner[0], "Subject")[:80] + ".eml" if inner else None
    if not name:
        return f"attachment-{number}{SUFFIXES.get(part.get_content_type(), '')}"
    return _spelled(name)


def _bytes(part: MimePart) -> bytes:
    if part.get_content_maintype() == "message":
        inner = _inner(part)
        return bytes(_try(inner[0].as_bytes, b"")) if inner else b""
    content: Any = _try(partial(part.get_payload, decode=True), None)
    return content if isinstance(content, bytes) else b""


def _text(part: MimePart) -> str:
    return decode(_bytes(part), _try(part.get_content_charset, "") or "")
