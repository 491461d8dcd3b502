"""Reads mail messages (.eml, .msg): head and body as text; attachments that may be documents as members."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from extractor.documents.assemble import Assembler
from extractor.documents.decode import clean
from extractor.documents.html import add_html
from extractor.documents.limits import Limits, read_text_bytes
from extractor.documents.members import ATTACHMENT_LIMIT, is_ignored, label, unique
from extractor.documents.paged import as_one_page
from extractor.documents.sniff import sniff
from extractor.documents.text import document_of_text
from extractor.errors import DocumentError
from extractor.model import Block, Document, Member, Page, Properties, Span

HEAD = ("From", "To", "Cc", "Date")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A mail message, of whichever format: head, body as plain text or as HTML, attachments."""

    subject: str = ""
    head: tuple[tuple[str, str], ...] = ()
    plain: str = ""
    html: bytes = b""
    date: str = ""
    attachments: tuple[Attachment, ...] = ()


def read_message(path: Path, limits: Limits) -> Message:
    """A message, by the format that its bytes show."""
    if sniff(path) == "msg":
        from extractor.documents.mail_msg import parse_msg

        message = parse_msg(path, limits)
    else:
        from extractor.documents.mail_eml import parse_eml

        message = parse_eml(read_text_bytes(path, limits))
    if len(message.attachments) > ATTACHMENT_LIMIT:
        raise DocumentError("too_large", f"a message with more than {ATTACHMENT_LIMIT} attachments")
    return message


def read_mail(path: Path, limits: Limits) -> Document:
    """The text of a message as one page without number: subject, head, body; its attachments are its members."""
    message = read_message(path, limits)
    author = dict(message.head).get("From", "")
    properties = Properties(title=message.subject, author=author, created=message.date)
    document = as_one_page("mail", [_head(message), _body(message)], properties)
    return Document("mail", document.pages, document.blocks, properties, members=tuple(_members(message)))


def _head(message: Message) -> Document:
    out = Assembler()
    out.block("title", " ".join(message.subject.split()))
    for name, value in message.head:
        out.block("paragraph", f"{name}: {' '.join(value.split())}" if value.strip() else "")
    return out.document("mail", Properties())


def _body(message: Message) -> Document:
    if not message.plain.strip() and message.html:
        out = Assembler()
        add_html(message.html, out)
        return out.document("mail", Properties())
    text = clean(message.plain).replace("\f", "\n").strip()
    if not text:
        return Document("mail", (Page(None, ""),), ())
    found = document_of_text(text)
    blocks = found.blocks or (Block("paragraph", Span(0, 0, len(text))),)
    return Document("mail", found.pages, blocks)


def _members(message: Message) -> Iterator[Member]:
    seen: set[str] = set()
    for index, attachment in enumerate(message.attachments):
        name = label(attachment.name).rpartition("/")[2] or "unnamed"
        if not is_ignored(name) and attachment.data:
            yield Member(unique(name, seen), index, hashlib.sha256(attachment.data).hexdigest())


def as_eml(message: Message) -> bytes:
    """A message that was attached to another, as a file; the same message gives the same bytes."""
    made = EmailMessage()
    made["Subject"] = _line(message.subject)
    for name, value in message.head:
        made[name if name != "Date" else "X-Date"] = _line(value)
    made.set_content(message.plain or "", charset="utf-8", cte="base64")
    if message.html:
        made.add_alternative(message.html, maintype="text", subtype="html")
    for attachment in message.attachments:
        made.add_attachment(
            attachment.data, maintype="application", subtype="octet-stream", filename=_line(attachment.name)
        )
    digest = hashlib.sha256(message.plain.encode("utf-8", "replace")).hexdigest()[:16]
    for number, part in enumerate(made.walk()):
        if part.is_multipart():
            part.set_boundary(f"{'=' * 8}{digest}{number}")
    return made.as_bytes()


def _line(value: str) -> str:
    return " ".join(clean(value).split())
