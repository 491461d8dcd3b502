"""Mail: head and body as text, attachments as members, whichever program wrote it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents import read_document
from extractor.documents.limits import Limits
from extractor.documents.mail import Attachment, Message, as_eml
from extractor.documents.mail_eml import parse_eml
from extractor.documents.members import open_member
from extractor.errors import DocumentError
from extractor.model import Document
from tests.documents.ole_making import Tree, compound_file


def message(**parts: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = parts.get("subject", "Évaluation finale")
    made["From"] = "Ana <ana@example.org>"
    made["To"] = "team@example.org"
    made["Date"] = "Tue, 11 Mar 2014 09:00:00 +0100"
    made["Message-ID"] = "<1@example.org>"
    made.set_content(parts.get("body", "Dear all,\n\nThe shelter took in twenty women.\n\nAna\n"))
    return made


def write(folder: Path, made: EmailMessage, name: str = "mail.eml") -> Path:
    path = folder / name
    path.write_bytes(made.as_bytes())
    return path


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text(block.span)) for block in document.blocks]


def test_a_message_is_read(tmp_path: Path) -> None:
    document = read_document(write(tmp_path, message()))
    assert (document.format, document.outcome, document.pages[0].number) == ("mail", "ok", None)
    assert blocks(document)[:5] == [
        ("title", "Évaluation finale"),
        ("paragraph", "From: Ana <ana@example.org>"),
        ("paragraph", "To: team@example.org"),
        ("paragraph", "Date: Tue, 11 Mar 2014 09:00:00 +0100"),
        ("paragraph", "Dear all,"),
    ]
    found = document.properties
    assert (found.title, found.author, found.created) == ("Évaluation finale", "Ana <ana@example.org>", "2014-03-11")


def test_plain_text_goes_before_html_and_html_alone_is_read(tmp_path: Path) -> None:
    both = message()
    both.add_alternative("<p>The same in HTML.</p>", subtype="html")
    assert "in HTML" not in read_document(write(tmp_path, both)).pages[0].text
    alone = message()
    alone.set_content("<h2>Results</h2><p>Twenty women.</p>", subtype="html")
    assert blocks(read_document(write(tmp_path, alone)))[-2:] == [
        ("heading", "Results"),
        ("paragraph", "Twenty women."),
    ]


def test_attachments_are_members_that_can_be_opened(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(b"%PDF-1.4 ...", maintype="application", subtype="pdf", filename="rapport é.pdf")
    made.add_attachment(b"logo", maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<1>")
    made.add_attachment(b"scan", maintype="image", subtype="png", filename="scan.png")
    made.add_attachment("notes of the visit", filename="../notes.txt")
    made.add_attachment(message(subject="The first message"))
    path = write(tmp_path, made)
    members = read_document(path).members
    names = [member.name for member in members]
    assert names == ["rapport é.pdf", "scan.png", "notes.txt", "The first message.eml"]
    with open_member(path, (members[2].index,), Limits(), names[2]) as opened:
        assert opened.read_text().strip() == "notes of the visit"
    with open_member(path, (members[3].index,), Limits(), names[3]) as opened:
        assert blocks(read_document(opened))[0] == ("title", "The first message")


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        (b"Subject: =?iso-8859-1?Q?R=E9sultats?=", "Résultats"),
        (b"Subject: =?unknown-charset?Q?R=E9sultats?=", "Résultats"),
        (b"Subject: =?utf-8?B?not base64?=", "=?utf-8?B?not base64?="),
        (b"Subject: one\r\n two", "one\r\n two"),
        (b"X: y", ""),
    ],
)
def test_heads_as_they_come(head: bytes, subject: str) -> None:
    assert parse_eml(head + b"\r\nFrom: a@b\r\n\r\nbody").subject == subject


def test_the_first_message_of_a_mailbox_file(tmp_path: Path) -> None:
    path = tmp_path / "box"
    path.write_bytes(b"From ana@example.org Tue Mar 11 09:00:00 2014\n" + message().as_bytes())
    assert read_document(path).properties.title == "Évaluation finale"


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Disposition: attachment; filename==?utf-8?B?x?=\n",
        b"Content-Type: text/plain; charset=\x00\n\n\x80",
        b"Content-Type: text/plain; charset=utf-7\nContent-Transfer-Encoding: base64\n\n=",
        b"Content-Type: message/rfc822\n\nContent-Type: text/plain; charset=\xff\n\n\xff",
    ],
)
def test_broken_parts_are_read_as_far_as_they_can_be(data: bytes) -> None:
    parse_eml(data)
    parse_eml(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" + data)


@given(st.binary(max_size=400))
def test_any_bytes_are_some_message(data: bytes) -> None:
    parse_eml(b"Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + data)


def test_a_message_made_again_gives_the_same_bytes() -> None:
    inner = Message(
        "Subject", (("From", "a"), ("Date", "2014")), "words", b"<p>words</p>", "", (Attachment("a.txt", b"x"),)
    )
    assert as_eml(inner) == as_eml(inner)
    back = parse_eml(as_eml(inner))
    assert (back.subject, back.plain.strip(), [a.name for a in back.attachments]) == ("Subject", "words", ["a.txt"])


# ------------------------------------------------------------------ Outlook


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def fixed(header: int, *values: tuple[int, int, int]) -> bytes:
    """A stream of properties of fixed size: type, number, value."""
    entries = b"".join(
        kind.to_bytes(2, "little") + number.to_bytes(2, "little") + bytes(4) + value.to_bytes(8, "little")
        for kind, number, value in values
    )
    return bytes(header) + entries


SENT = 130_389_987_000_000_000
"""2014-03-11 in steps of 100 nanoseconds since 1601."""


def outlook(**more: bytes | Tree) -> Tree:
    return {
        "__properties_version1.0": fixed(32, (0x40, 0x39, SENT)),
        "__substg1.0_0037001F": wide("Évaluation"),
        "__substg1.0_0C1A001F": wide("Ana"),
        "__substg1.0_0C1F001F": wide("ana@example.org"),
        "__substg1.0_0E04001F": wide("team"),
        **more,
    }


def read_msg(folder: Path, tree: Tree) -> Document:
    path = folder / "mail.msg"
    path.write_bytes(compound_file(tree))
    return read_document(path)


def test_an_outlook_message_is_read(tmp_path: Path) -> None:
    document = read_msg(tmp_path, outlook(**{"__substg1.0_1000001F": wide("The shelter took in twenty women.")}))
    assert (document.format, document.outcome) == ("mail", "ok")
    assert blocks(document) == [
        ("title", "Évaluation"),
        ("paragraph", "From: Ana <ana@example.org>"),
        ("paragraph", "To: team"),
        ("paragraph", "Date: 2014-03-11 08:05"),
        ("paragraph", "The shelter took in twenty women."),
    ]


def test_the_body_may_be_html_or_packed_rtf(tmp_path: Path) -> None:
    html = read_msg(tmp_path, outlook(**{"__substg1.0_10130102": b"<p>Twenty women.</p>"}))
    assert blocks(html)[-1] == ("paragraph", "Twenty women.")
    rtf = b"{\\rtf1 Eleven women.}"
    packed = (len(rtf) + 12).to_bytes(4, "little") + len(rtf).to_bytes(4, "little") + b"MELA" + bytes(4) + rtf
    assert blocks(read_msg(tmp_path, outlook(**{"__substg1.0_10090102": packed})))[-1] == ("paragraph", "Eleven women.")


def test_attachments_and_messages_in_messages(tmp_path: Path) -> None:
    inner: Tree = {
        "__properties_version1.0": fixed(24),
        "__substg1.0_0037001F": wide("The first message"),
        "__substg1.0_1000001F": wide("Words of the first message."),
    }
    parts: dict[str, bytes | Tree] = {
        "__substg1.0_1000001F": wide("See attached."),
        "__attach_version1.0_#00000000": {
            "__properties_version1.0": fixed(8),
            "__substg1.0_3707001F": wide("report.txt"),
            "__substg1.0_37010102": b"words " * 1000,
        },
        "__attach_version1.0_#00000001": {
            "__properties_version1.0": fixed(8, (3, 0x3705, 5)),
            "__substg1.0_3701000D": inner,
        },
        "__attach_version1.0_#00000002": {
            "__properties_version1.0": fixed(8),
            "__substg1.0_3707001F": wide("logo.png"),
            "__substg1.0_3712001F": wide("image001"),
            "__substg1.0_37010102": b"picture",
        },
    }
    document = read_msg(tmp_path, outlook(**parts))
    assert [member.name for member in document.members] == ["report.txt", "The first message.eml"]
    with open_member(tmp_path / "mail.msg", (document.members[1].index,), Limits(), "x.eml") as opened:
        assert blocks(read_document(opened))[-1] == ("paragraph", "Words of the first message.")


def test_a_broken_outlook_message_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "mail.msg"
    data = compound_file(outlook(**{"__substg1.0_1000001F": wide("words")}))
    path.write_bytes(data[:1500] + wide("__properties_version1.0\0"))
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert caught.value.outcome == "damaged"
