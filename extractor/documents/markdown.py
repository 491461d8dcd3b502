"""Reads Markdown: the words without their marks, with headings, lists, tables and the front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from lxml import etree, html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from extractor.documents.assemble import Assembler, Row
from extractor.documents.decode import clean, decode
from extractor.documents.html_visible import visible_text
from extractor.documents.limits import DEFAULT_LIMITS, Limits, read_text_bytes
from extractor.documents.structure import caption, heading_number
from extractor.model import BlockKind, Document, Properties

MAX_FRONT_MATTER_CHARS = 20_000

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)


def read_markdown(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The text of a Markdown file, as one page without number."""
    source = clean(decode(read_text_bytes(path, limits)))
    front = _FRONT_MATTER.match(source[:MAX_FRONT_MATTER_CHARS])
    out = Assembler()
    _MarkdownWalker(out).read(source[front.end() :] if front else source)
    return out.document("markdown", _properties(front["yaml"]) if front else Properties())


def _properties(front_matter: str) -> Properties:
    """What the front matter says; one that is no YAML says nothing."""
    try:
        values = yaml.safe_load(front_matter)
    except (yaml.YAMLError, ValueError, RecursionError):
        return Properties()
    if not isinstance(values, dict):
        return Properties()

    def value(*names: str) -> str:
        return next((_as_text(values[name]) for name in names if values.get(name)), "")

    return Properties(value("title"), value("author", "authors"), value("date"), value("lang", "language"))


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_as_text(part) for part in value)
    if isinstance(value, dict):
        return _as_text(value.get("name", ""))
    return str(value)


@dataclass(slots=True)
class _List:
    """An open list: whether it counts, and the number of its next item."""

    ordered: bool
    number: int
    mark: str = ""


class _MarkdownWalker:
    """Turns the flat run of tokens into blocks."""

    def __init__(self, out: Assembler) -> None:
        self._out = out
        self._lists: list[_List] = []
        self._marker = ""
        self._tokens: Sequence[Token] = ()
        self._only_top = False

    def read(self, source: str) -> None:
        """Add the blocks of a Markdown text."""
        self._tokens = MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(source)
        self._only_top = sum(token.type == "heading_open" and token.tag == "h1" for token in self._tokens) == 1
        index = 0
        while index < len(self._tokens):
            index = self._block(index)

    def _block(self, index: int) -> int:
        """Handle the token at an index; gives the index of the next one to handle."""
        token = self._tokens[index]
        if token.type == "heading_open":
            self._heading(token, self._tokens[index + 1])
            return index + 3
        if token.type == "table_open":
            return self._table(index)
        if token.type == "paragraph_open":
            self._text(inline_text(self._tokens[index + 1]))
            return index + 3
        if token.type in {"fence", "code_block"}:
            self._text(token.content)
        elif token.type == "html_block":
            self._text(_html_text(token.content))
        else:
            self._list_mark(token)
        return index + 1

    def _list_mark(self, token: Token) -> None:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            start = token.attrGet("start")
            self._lists.append(_List(token.type.startswith("ordered"), int(start) if start is not None else 1))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif token.type == "list_item_open":
            current = self._lists[-1]
            self._marker = f"{current.number}{token.markup}" if current.ordered else "•"
            current.number += 1
        elif token.type == "list_item_close":
            self._marker = ""

    def _heading(self, token: Token, inline: Token) -> None:
        text = inline_text(inline).replace("\n", " ")
        level = int(token.tag[1])
        if level == 1 and self._only_top and not any(block.kind == "heading" for block in self._out.blocks):
            self._out.block("title", text)
            return
        number = heading_number(text)
        self._out.block("heading", text, level, number[0] if number else "")

    def _text(self, text: str) -> None:
        if self._marker and text.strip():
            self._out.block("list_item", f"{self._marker} {text.strip()}", len(self._lists) - 1, self._marker)
            self._marker = ""
            return
        label = caption(text.strip()) or ""
        kind: BlockKind = "caption" if label and "\n" not in text.strip() else "paragraph"
        self._out.block(kind, text, 0, label if kind == "caption" else "")

    def _table(self, index: int) -> int:
        rows: list[Row] = []
        cells: list[str] = []
        header = False
        while self._tokens[index].type != "table_close":
            token = self._tokens[index]
            if token.type == "tr_open":
                cells, header = [], False
            elif token.type in {"th_open", "td_open"}:
                header = header or token.type == "th_open"
                cells.append(inline_text(self._tokens[index + 1]))
            elif token.type == "tr_close":
                rows.append(Row(tuple(cells), header))
            index += 1
        self._out.table(rows)
        return index + 1


def inline_text(token: Token) -> str:
    """The words of an inline token, without emphasis, links' addresses and images."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK.match(child.content)):
            parts.append("\n")
    return "".join(parts)


def _html_text(source: str) -> str:
    source = _COMMENT.sub("", source)
    if not source.strip():
        return ""
    try:
        return visible_text(html.fragment_fromstring(source, create_parent="div"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
