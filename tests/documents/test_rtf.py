"""RTF: characters of all code pages, lists, tables, notes, headings, and files that are cut short."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.limits import Limits
from extractor.documents.mail_lzfu import unpack_rtf
from extractor.documents.rtf import read_rtf, words_of_rtf
from extractor.errors import DocumentError
from extractor.model import Document
from tests.documents.open_formats import rtf_words

HEAD = (
    "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset238 Arial CE;}"
    "{\\f2\\fcharset128 MS Mincho;}{\\f3\\fcharset2 Symbol;}}{\\stylesheet{\\s1\\b heading 2;}{\\s2 Title;}"
    "{\\s3\\outlinelevel0 Chapter;}{\\s4 toc 1;}}"
)


def read(tmp_path: Path, body: str, head: str = HEAD) -> Document:
    path = tmp_path / "a.rtf"
    path.write_bytes(f"{head}{body}}}".encode("latin-1"))
    return read_rtf(path, Limits())


def blocks(document: Document) -> list[tuple[str, str, int, str]]:
    return [(block.kind, document.text(block.span), block.level, block.number) for block in document.blocks]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("caf\\'e9", "café"),
        ("\\f1 Kr\\'e1l \\'e8esk\\'fd", "Král český"),
        ("\\f2 \\'83\\'65\\'83\\'58\\'83\\'67", "テスト"),
        ("a\\u8211?b", "a–b"),
        ("\\uc2 a\\u233\\'c3\\'a9b", "aéb"),
        ("\\uc0 \\u233x", "éx"),
        ("\\u-10179?\\u-8704?", "😀"),
        ("one\\tab two\\line three", "one\ttwo\nthree"),
        ("\\ldblquote x\\rdblquote  \\emdash  y", "“x” — y"),
        ("\\{a\\\\b\\}", "{a\\b}"),
        ("opti\\-onal", "optional"),
        ("non\\_breaking\\~space", "non-breaking space"),
        ("a{\\v hidden}b", "ab"),
        ("a{\\deleted gone}b", "ab"),
        ("a{\\*\\unknown gone}b", "ab"),
        ("a{\\pict\\wmetafile8 ffff}b", "ab"),
        ("a{\\pict\\bin4 }}}}}b", "ab"),
        ('{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt shown}}', "shown"),
        ("{\\b0\\*\\cs7 a slip}", "a slip"),
        ("line\r\n goes on", "line goes on"),
    ],
)
def test_characters(tmp_path: Path, body: str, text: str) -> None:
    assert read(tmp_path, f"\\pard {body}\\par").pages[0].text == text


def test_headings_by_style_and_outline(tmp_path: Path) -> None:
    body = (
        "\\pard\\plain\\s2 The title\\par\\pard\\plain\\s3 1. Chapter\\par\\pard\\plain\\s1 Section\\par"
        "\\pard\\plain Running text that is long enough.\\par"
        "\\pard\\plain\\outlinelevel2 Deep\\par\\pard\\plain More.\\par\\pard\\plain\\s4 Chapter\\tab 3\\par"
    )
    assert [(kind, level, number) for kind, _, level, number in blocks(read(tmp_path, body))] == [
        ("title", 0, ""), ("heading", 1, "1"), ("heading", 2, ""), ("paragraph", 0, ""), ("heading", 3, ""),
        ("paragraph", 0, ""), ("toc", 0, ""),
    ]  # fmt: skip


def test_list_labels_are_part_of_the_text(tmp_path: Path) -> None:
    body = (
        "\\pard{\\listtext\\tab 2.\\tab}\\ilvl1 Second\\par\\pard{\\pntext\\f3\\'b7\\tab}Point\\par"
        "\\pard{\\listtext \\u-3913 ?\\tab}Round\\par"
    )
    assert blocks(read(tmp_path, body)) == [
        ("list_item", "2. Second", 1, "2."),
        ("list_item", "• Point", 0, "•"),
        ("list_item", "• Round", 0, "•"),
    ]


def test_tables(tmp_path: Path) -> None:
    body = (
        "\\trowd\\trhdr\\cellx1\\cellx2\\pard\\intbl Name\\cell Value\\cell\\row"
        "\\trowd\\cellx1\\cellx2\\pard\\intbl a\\par b\\cell {\\b c}\\cell\\row"
        "\\pard After.\\par\\trowd\\pard\\intbl x\\cell y\\cell\\row \\trowd\\pard\\intbl framed text\\cell\\row"
    )
    document = read(tmp_path, body)
    rows = [(b.table, b.header_row, [document.text(cell) for cell in b.cells]) for b in document.blocks if b.cells]
    assert rows == [(0, True, ["Name", "Value"]), (0, False, ["a\nb", "c"]), (1, False, ["x", "y"])]
    assert blocks(document)[-1][:2] == ("paragraph", "framed text")


def test_notes_headers_and_boxes(tmp_path: Path) -> None:
    body = (
        "{\\header Project X\\par}{\\footer Page \\chpgn\\par}{\\headerl Project X\\par}"
        "\\pard A statement{\\super\\chftn{\\footnote\\pard\\plain {\\super\\chftn} Its source.}} goes on.\\par"
        "\\pard Next{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 1}}{\\shptxt \\pard In a box.\\par}}{\\shprslt old}}.\\par"
    )
    assert blocks(read(tmp_path, body)) == [
        ("header", "Project X", 0, ""),
        ("footer", "Page", 0, ""),
        ("paragraph", "A statement goes on.", 0, ""),
        ("footnote", "1 Its source.", 0, "1"),
        ("paragraph", "Next.", 0, ""),
        ("paragraph", "In a box.", 0, ""),
    ]


def test_properties(tmp_path: Path) -> None:
    info = "{\\info{\\title End report}{\\author A. B.}{\\creatim\\yr2012\\mo3\\dy9}{\\operator nobody}}"
    found = read(tmp_path, f"{info}\\pard x\\par").properties
    assert (found.title, found.author, found.created) == ("End report", "A. B.", "2012-03-09")


def test_a_file_that_is_cut_short_gives_what_there_is() -> None:
    assert words_of_rtf(b"{\\rtf1{\\b one\\par two {\\i three") == "one\n\ntwo three"


def test_what_is_no_rtf_is_damaged() -> None:
    with pytest.raises(DocumentError):
        words_of_rtf(b"plain")
    with pytest.raises(DocumentError, match="deeply"):
        words_of_rtf(b"{\\rtf1" + b"{" * 5000)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_characters="\\{}"), max_size=60))
def test_spans_hold_their_words(text: str) -> None:
    path_free = words_of_rtf(f"{{\\rtf1\\uc1 before\\par {rtf_words(text)}\\par after}}".encode("ascii"))
    assert path_free.startswith("before")
    assert path_free.endswith("after")


@given(st.binary(max_size=300))
def test_any_bytes_end_in_a_document_or_an_outcome(data: bytes) -> None:
    document = read_bytes(b"{\\rtf1 " + data)
    if document is not None:
        for block in document.blocks:
            assert document.text(block.span)


def read_bytes(data: bytes) -> Document | None:
    from extractor.documents.rtf import RtfReader

    try:
        return RtfReader().read(data)
    except DocumentError:
        return None


def test_packed_rtf() -> None:
    plain = b"{\\rtf1 words}"
    head = (len(plain) + 12).to_bytes(4, "little") + len(plain).to_bytes(4, "little")
    assert unpack_rtf(head + b"MELA" + bytes(4) + plain) == plain
    # The example of the format's specification: literals and two references into the window.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpack_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpack_rtf(b"short") == b""
    assert unpack_rtf(packed[:8] + b"XXXX" + packed[12:]) == b""
