"""Reads RTF: the words with their paragraphs, lists, tables, notes and headings, from the stream of its commands."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from extractor.documents.assemble import Assembler, Row
from extractor.documents.docx_headings import Candidate, mark_headings
from extractor.documents.docx_symbols import DEFAULT_BULLET
from extractor.documents.limits import DEFAULT_LIMITS, Limits, read_text_bytes
from extractor.documents.rtf_state import BODY_LEVEL, DEFAULT_SIZE, Group, Story, Style, tokens
from extractor.documents.rtf_words import (
    CHARACTERS,
    CODE_PAGES,
    ENDS_OF_PARAGRAPHS,
    FAMILIES,
    FOOTERS,
    HEADERS,
    INFO,
    LABELS,
    SKIPPED,
    STARRED,
    SYMBOL_CHARSET,
    SYMBOLS,
)
from extractor.documents.structure import (
    caption,
    heading_number,
    is_contents_title,
    list_marker,
    page_number_line,
    toc_entry,
)
from extractor.errors import DocumentError
from extractor.model import BlockKind, Document, Properties

MAX_DEPTH = 2_000
"""Groups within groups; the deepest real ones have some thirty."""
MAX_HEADING_CHARS = 250
_HEADING_STYLE = re.compile(r"(?:heading|titre|t\u00edtulo|\u00fcberschrift) ([1-9])\b", re.IGNORECASE)
_TITLE_STYLE = re.compile(r"title\Z|titre\Z|t\u00edtulo\Z", re.IGNORECASE)


def read_rtf(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The text of an RTF document, as one page without number."""
    return RtfReader().read(read_text_bytes(path, limits))


def words_of_rtf(data: bytes) -> str:
    """The text alone of an RTF document."""
    return RtfReader().read(data).pages[0].text


class RtfReader:
    """Goes through the commands once; groups and stories are kept on stacks."""

    def __init__(self) -> None:
        self.out = Assembler()
        self._groups = [Group()]
        self._opened: list[Callable[[], None]] = []
        self._stories = [Story()]
        self._bytes = bytearray()
        self._half = ""
        self._skip = 0
        self._starred = False
        self._fresh = False
        self._encoding = "cp1252"
        self._fonts: dict[int, int] = {}
        self._default_font = 0
        self._styles: dict[int, Style] = {}
        self._info: dict[str, str] = {}
        self._name: list[str] = []
        self._date: dict[str, int] = {}
        self._table: int | None = None
        self._header_row = False
        self._notes = 0
        self._seen: set[str] = set()
        self._candidates: list[Candidate] = []
        self._sizes: Counter[int] = Counter()

    def read(self, data: bytes) -> Document:
        """The document that some bytes are."""
        if not data.lstrip().startswith(b"{\\rtf"):
            raise DocumentError("damaged", "not an RTF document")
        for word, value, code, sign, brace, text in tokens(data):
            if brace:
                self._brace(brace)
            elif word:
                self._command(word.decode("ascii"), int(value) if value else None)
            elif sign:
                self._symbol(sign)
            else:
                self._characters(bytes.fromhex(code.decode("ascii")) if code else text)
        while len(self._groups) > 1:
            self._brace(b"}")  # a file that is cut short
        self._end_paragraph()
        self._end_row()
        mark_headings(self.out, self._candidates, self._sizes)
        return self.out.document("rtf", self._properties())

    # ------------------------------------------------------------------ groups

    def _brace(self, brace: bytes) -> None:
        self._flush_bytes()
        self._skip = 0
        self._starred, self._fresh = False, brace == b"{"
        if brace == b"{":
            if len(self._groups) > MAX_DEPTH:
                raise DocumentError("damaged", "the document is nested too deeply")
            self._groups.append(replace(self._groups[-1]))
            self._opened.append(_nothing)
        elif len(self._groups) > 1:
            self._opened.pop()()
            self._groups.pop()

    @property
    def _group(self) -> Group:
        return self._groups[-1]

    @property
    def _story(self) -> Story:
        return self._stories[-1]

    def _destination(self, word: str) -> bool:
        """Begin a group's own kind of content, if the word names one."""
        group = self._group
        starred, self._starred, self._fresh = self._starred, False, False
        if group.target == "skip":
            return True
        if word in SKIPPED or (starred and word not in STARRED):
            group.target = "skip"
        elif word in {"fonttbl", "stylesheet", "info"}:
            group.target = word
        elif group.target == "info" and word in INFO:
            self._collect(word, lambda text: self._info.setdefault(INFO[word], text))
        elif word in LABELS and group.target == "body":
            self._collect("label", self._set_label)
        elif word == "footnote":
            self._open_story("footnote")
        elif word in HEADERS or word in FOOTERS:
            self._open_story("header" if word in HEADERS else "footer")
        elif word == "shptxt":
            self._open_story("paragraph")
        else:
            return word in STARRED
        return True

    def _collect(self, target: str, take: Callable[[str], object]) -> None:
        """Take the words of a group for something else than the text."""
        self._group.target = target
        before, self._name = self._name, []

        def done() -> None:
            text = "".join(self._name).strip()
            self._name = before
            take(text)

        self._opened[-1] = done

    def _set_label(self, text: str) -> None:
        label = " ".join(text.split())
        self._story.label = label if any(character.isalnum() for character in label) else DEFAULT_BULLET

    def _open_story(self, kind: BlockKind) -> None:
        story = Story(kind)
        self._stories.append(story)
        self._group.target, self._group.in_table = "body", False

        def done() -> None:
            self._flush_bytes()
            if kind == "paragraph":  # a text box: its paragraphs stand after the one that it hangs on
                story.lines.append("".join(story.parts))
                self._stories.pop()
                self._story.notes.extend(line for line in story.lines if line.strip())
                return
            text = "\n".join([*story.lines, "".join(story.parts)]).strip()
            self._stories.pop()
            self._end_story(kind, text)

        self._opened[-1] = done

    def _end_story(self, kind: BlockKind, text: str) -> None:
        if kind == "footnote":
            self._notes += 1
            self._story.notes.append(f"\0{self._notes}\0{text}" if text else "")
            return
        for line in text.split("\n"):
            line = " ".join(line.split())
            if line and line not in self._seen and page_number_line(line) is None:
                self._seen.add(line)
                self.out.block(kind, line)

    # ------------------------------------------------------------------ commands

    def _command(self, word: str, value: int | None) -> None:
        if word == "u" and value is not None:
            self._unicode(value)
            return
        self._flush_bytes()
        if self._destination(word) or self._group.target == "skip":
            return
        if word in CHARACTERS:
            self._emit(CHARACTERS[word])
        elif word in ENDS_OF_PARAGRAPHS:
            self._end_paragraph()
        elif word in {"cell", "nestcell"}:
            self._end_cell(nested=word == "nestcell")
        elif word == "row":
            self._end_row()
        else:
            handler = HANDLERS.get(word)
            if handler is not None:
                handler(self, value)

    def _unicode(self, value: int) -> None:
        self._flush_bytes(keep_half=True)
        self._skip = self._group.fallback
        if self._group.target == "skip" or not -0x8000 <= value <= 0xFFFF:
            return
        unit = chr(value % 0x10000)
        if "\ud800" <= unit <= "\udbff":
            self._half = unit
        elif self._half:
            pair = (self._half + unit).encode("utf-16-le", "surrogatepass")
            self._half = ""
            self._emit(pair.decode("utf-16-le", "replace"))
        elif not "\udc00" <= unit <= "\udfff":
            self._emit("\u2022" if "\uf000" <= unit <= "\uf0ff" else unit)

    def _symbol(self, sign: bytes) -> None:
        character = sign.decode("latin-1")
        if character == "*":
            self._starred = self._fresh  # anywhere but at a group's start it is a slip
        elif self._skip:
            self._skip -= 1
        elif character in "\r\n":
            self._end_paragraph()
        else:
            self._flush_bytes()
            self._emit(SYMBOLS.get(character, ""))

    def _characters(self, data: bytes) -> None:
        self._starred = self._fresh = False
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if data and self._group.target != "skip":
            self._bytes += data

    def _flush_bytes(self, keep_half: bool = False) -> None:
        if not keep_half:
            self._half = ""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            charset = self._fonts.get(self._group.font, 1)
            if charset == SYMBOL_CHARSET and self._group.target in {"body", "label"}:
                self._emit("".join(DEFAULT_BULLET if byte > 0x20 else " " for byte in data))
            else:
                self._emit(data.decode(CODE_PAGES.get(charset, self._encoding), "replace"))

    def _emit(self, text: str) -> None:
        group = self._group
        if group.target == "body":
            if not group.hidden and text:
                story = self._story
                story.parts.append(text)
                length = len(text) - text.count(" ")
                story.letters += length
                story.bold += length if group.bold else 0
                story.sizes[group.size] += length
        elif group.target == "stylesheet":
            self._style_name(text)
        elif group.target not in {"skip", "fonttbl", "info"}:
            self._name.append(text)

    def _style_name(self, text: str) -> None:
        """A style's name stands after its commands and ends in a semicolon."""
        style = self._group.style if self._group.style >= 0 else 0
        before = self._styles.get(style)
        name = (before.name if before else "") + text
        self._styles[style] = Style(name, self._group.outline)

    # ------------------------------------------------------------------ paragraphs and tables

    def _end_paragraph(self) -> None:
        self._flush_bytes()
        story, group = self._story, self._group
        if group.target != "body":
            return
        text = "".join(story.parts).strip()
        if len(self._stories) > 1 or group.in_table:
            if text or not group.in_table:
                story.lines.append(_labelled(story.label, text))
            story.parts, story.label = [], ""
            return
        if text or story.notes:
            self._table = None
        if text:
            self._place(story, text)
        self._place_notes(story)
        self._stories[-1] = Story(cells=story.cells, lines=story.lines)

    def _place(self, story: Story, text: str) -> None:
        group = self._group
        style = self._styles.get(group.style, Style("", BODY_LEVEL))
        kind, level, number = self._kind(style, min(group.outline, style.outline), story.label, text)
        before = len(self.out.blocks)
        self.out.block(kind, _labelled(story.label, text), level, number)
        if len(self.out.blocks) > before and kind in {"paragraph", "list_item"}:
            bold = story.letters > 0 and story.bold >= story.letters
            self._sizes.update(story.sizes)
            largest = max(story.sizes, default=0)
            self._candidates.append(Candidate(before, bold, largest, bool(story.label), False))

    def _kind(self, style: Style, outline: int, label: str, text: str) -> tuple[BlockKind, int, str]:
        name = style.name.strip(" ;")
        found = _HEADING_STYLE.match(name)
        level = int(found[1]) if found else outline + 1 if outline < BODY_LEVEL else 0
        if level and len(text) <= MAX_HEADING_CHARS:
            typed = heading_number(text)
            return "heading", level, label.rstrip(".:") or (typed[0] if typed else "")
        if name.lower().startswith(("toc ", "tm ")) or self._is_contents(text):
            return "toc", 0, ""
        if _TITLE_STYLE.match(name):
            return "title", 0, ""
        if caption(text) and not label:
            return "caption", 0, caption(text) or ""
        if label:
            return "list_item", self._group.level, label
        marker = list_marker(text)
        return ("list_item", 0, marker) if marker else ("paragraph", 0, "")

    def _is_contents(self, text: str) -> bool:
        entry = toc_entry(text)
        if entry is None or not self.out.blocks:
            return False
        return entry.dotted or self.out.blocks[-1].kind == "toc" or is_contents_title(self.out.text_of(-1))

    def _place_notes(self, story: Story) -> None:
        for note in story.notes:
            if note.startswith("\0"):
                _, number, text = note.split("\0", 2)
                self.out.block("footnote", f"{number} {text}", 0, number)
            else:
                self.out.block("paragraph", note)
        story.notes = []

    def _end_cell(self, nested: bool) -> None:
        story = self._story
        text = _labelled(story.label, "".join(story.parts).strip())
        lines = [line for line in (*story.lines, text) if line.strip()]
        story.parts, story.label = [], ""
        if nested or len(self._stories) > 1:
            story.lines = lines
            return
        story.lines = []
        story.cells.append("\n".join(lines))

    def _end_row(self) -> None:
        story = self._story
        if len(self._stories) > 1:
            return
        cells, story.cells = story.cells, []
        if len(cells) > 1:
            self._table = self.out.open_table() if self._table is None else self._table
            self.out.row(Row(tuple(cells), self._header_row), self._table)
        else:  # a frame around running text
            for line in cells[0].split("\n") if cells else ():
                self.out.block("paragraph", line)
        self._place_notes(story)
        self._stories[-1] = Story()

    # ------------------------------------------------------------------ settings

    def _set_font(self, value: int | None) -> None:
        self._group.font = value or 0

    def _set_charset(self, value: int | None) -> None:
        if self._group.target == "fonttbl":
            self._fonts[self._group.font] = value or 0

    def _set_code_page(self, value: int | None) -> None:
        try:
            self._encoding = codecs.lookup(f"cp{value}").name
        except LookupError:
            return

    def _set_default_font(self, value: int | None) -> None:
        self._groups[0].font = self._group.font = self._default_font = value or 0

    def _plain(self, _value: int | None) -> None:
        group = self._group
        group.bold, group.hidden, group.size, group.font = False, False, DEFAULT_SIZE, self._default_font

    def _paragraph_plain(self, _value: int | None) -> None:
        group = self._group
        group.style, group.outline, group.in_table, group.level = -1, BODY_LEVEL, False, 0

    def _row_begins(self, _value: int | None) -> None:
        self._header_row = False

    def _row_is_header(self, _value: int | None) -> None:
        self._header_row = True

    def _properties(self) -> Properties:
        date = self._date
        day = f"{date['yr']:04d}-{date['mo']:02d}-{date['dy']:02d}" if {"yr", "mo", "dy"} <= set(date) else ""
        return Properties(self._info.get("title", ""), self._info.get("author", ""), day)


Handler = Callable[[RtfReader, int | None], None]


def _setter(name: str, default: int) -> Handler:
    def handle(reader: RtfReader, value: int | None) -> None:
        setattr(reader._group, name, default if value is None else value)

    return handle


def _flag(name: str) -> Handler:
    def handle(reader: RtfReader, value: int | None) -> None:
        setattr(reader._group, name, value != 0)

    return handle


def _family(name: str) -> Handler:
    def handle(reader: RtfReader, _value: int | None) -> None:
        reader._encoding = FAMILIES[name]

    return handle


def _date_part(name: str) -> Handler:
    def handle(reader: RtfReader, value: int | None) -> None:
        if reader._group.target == "info" and value is not None:
            reader._date.setdefault(name, value)

    return handle


HANDLERS: Mapping[str, Handler] = {
    "f": RtfReader._set_font,
    "fcharset": RtfReader._set_charset,
    "ansicpg": RtfReader._set_code_page,
    "deff": RtfReader._set_default_font,
    "plain": RtfReader._plain,
    "pard": RtfReader._paragraph_plain,
    "trowd": RtfReader._row_begins,
    "trhdr": RtfReader._row_is_header,
    "b": _flag("bold"),
    "v": _flag("hidden"),
    "deleted": _flag("hidden"),
    "intbl": _flag("in_table"),
    "fs": _setter("size", DEFAULT_SIZE),
    "uc": _setter("fallback", 1),
    "s": _setter("style", -1),
    "outlinelevel": _setter("outline", BODY_LEVEL),
    "ilvl": _setter("level", 0),
    **{name: _family(name) for name in FAMILIES},
    **{name: _date_part(name) for name in ("yr", "mo", "dy")},
}


def _nothing() -> None:
    return


def _labelled(label: str, text: str) -> str:
    return f"{label} {text}" if label and text else text
