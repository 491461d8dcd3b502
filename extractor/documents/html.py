"""Reads HTML: the words of its main part with headings, lists and tables; menus, scripts and banners are left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lxml import etree, html

from extractor.documents.assemble import Assembler
from extractor.documents.decode import decode
from extractor.documents.html_tables import table_rows
from extractor.documents.html_visible import MAX_DEPTH, fold, is_hidden, is_note_mark
from extractor.documents.limits import DEFAULT_LIMITS, Limits, read_text_bytes
from extractor.documents.structure import caption, could_be_heading, heading_number, is_contents_title, list_marker
from extractor.errors import DocumentError
from extractor.model import BlockKind, Document, Properties

Element = Any
"""An lxml element; lxml ships no types."""

FRAME_TAGS = frozenset({"header", "footer", "aside"})
"""Around the page they are menus and imprint; inside the article they are its own."""
CONTENT_TAGS = frozenset({"main", "article"})
INLINE_TAGS = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "img", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
        "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr",
    }
)  # fmt: skip
MIN_MAIN_SHARE = 0.25
"""A `main` with less than this share of the page's words was marked up wrongly."""
META_SNIFF_BYTES = 8192
MAX_HEADING_LEVEL = 9

_NOTES_CLASS = re.compile(r"(?:^|[\s_-])(?:footnotes?|endnotes?|fnote|fn-list)(?:$|[\s_-])", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DIGITS = re.compile(r"\d+")
_HEADING = re.compile(r"h([1-6])\Z")


def read_html(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The text of an HTML page, as one page without number."""
    root = _parse(read_text_bytes(path, limits))
    out = Assembler()
    if root is None:
        return out.document("html", Properties())
    _HtmlWalker(out).read(root)
    return out.document("html", _properties(root))


def add_html(data: bytes, out: Assembler) -> None:
    """Add the blocks of a piece of HTML to a document of another format."""
    root = _parse(data)
    if root is not None:
        _HtmlWalker(out).read(root)


def _parse(data: bytes) -> Element | None:
    found = _CHARSET.search(data[:META_SNIFF_BYTES])
    declared = (found[1] or found[2]).decode("ascii", "replace") if found else ""
    text = _XML_DECLARATION.sub("", decode(data, declared).replace("\x00", ""))
    if not text.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise DocumentError("damaged", "the HTML holds nothing that can be read") from error


def _properties(root: Element) -> Properties:
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or ""
        metas.setdefault(name.lower(), fold(meta.get("content") or ""))
    title = next((fold(element.text_content()) for element in root.iter("title")), "")
    return Properties(
        title=_first(metas, "dcterms.title", "dc.title", "citation_title", "og:title") or title,
        author=_first(metas, "author", "dcterms.creator", "dc.creator", "citation_author", "article:author"),
        created=_first(
            metas, "dcterms.issued", "dcterms.date", "dc.date", "date", "citation_publication_date",
            "article:published_time", "dcterms.created",
        ),
        language=(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip(),
    )  # fmt: skip


def _first(metas: Mapping[str, str], *names: str) -> str:
    return next((metas[name] for name in names if metas.get(name)), "")


def _main(root: Element) -> Element:
    """The one `main` (or `role="main"`, or single `article`) of a page, if it holds a fair share of its words."""
    body = next(iter(root.iter("body")), root)
    mains = list(body.iter("main")) or body.xpath('.//*[@role="main"]') or list(body.iter("article"))
    total = len(body.text_content())
    if len(mains) == 1 and len(mains[0].text_content()) >= MIN_MAIN_SHARE * total:
        return mains[0]
    return body


class _HtmlWalker:
    """Walks the tree; words collect in a buffer that each block element empties."""

    def __init__(self, out: Assembler) -> None:
        self._out = out
        self._buffer: list[str] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._marker = ""
        self._lists = 0
        self._in_content = False
        self._depth = 0
        self._last_level = 0
        self._title_heading: Element | None = None

    def read(self, root: Element) -> None:
        """Add the blocks of a page."""
        main = _main(root)
        self._in_content = main.tag in CONTENT_TAGS or main.get("role") == "main"
        tops = list(main.iter("h1"))
        self._title_heading = tops[0] if len(tops) == 1 else None
        self._children(main)
        self._flush()

    def _children(self, element: Element) -> None:
        if element.text:
            self._buffer.append(element.text)
        for child in element:
            self._element(child)
            if child.tail:
                self._buffer.append(child.tail)

    def _element(self, element: Element) -> None:
        tag = element.tag
        if not isinstance(tag, str) or self._depth > MAX_DEPTH or self._is_skipped(element, tag):
            return
        self._depth += 1
        handler = HANDLERS.get(tag)
        match = _HEADING.match(tag)
        if match is not None or element.get("role") == "heading":
            level = int(match[1]) if match else _aria_level(element)
            self._last_level = level
            self._heading(element, level)
        elif handler is not None:
            handler(self, element)
        elif tag in INLINE_TAGS:
            self._children(element)
        else:
            self._section(element)
        self._depth -= 1

    def _is_skipped(self, element: Element, tag: str) -> bool:
        return is_hidden(element) or (tag in FRAME_TAGS and not self._in_content and not _is_notes(element))

    def _section(self, element: Element) -> None:
        """Any block element: what came before ends, and so does what is inside."""
        before = self._in_content, self._kind
        self._flush()
        self._in_content = self._in_content or element.tag in CONTENT_TAGS
        if _is_notes(element):
            self._kind = "footnote"
        self._children(element)
        self._flush()
        self._in_content, self._kind = before

    def _heading(self, element: Element, level: int) -> None:
        self._flush()
        before = self._kind
        self._kind, self._level = ("title", 0) if element is self._title_heading else ("heading", level)
        self._children(element)
        self._flush()
        self._kind, self._level = before, 0

    def _caption(self, element: Element) -> None:
        self._flush()
        before, self._kind = self._kind, "caption"
        self._children(element)
        self._flush()
        self._kind = before

    def _break(self, _element: Element) -> None:
        self._buffer.append("\x1f")

    def _preformatted(self, element: Element) -> None:
        self._flush()
        for line in element.text_content().splitlines():
            self._buffer.append(line)
            self._flush()

    def _superscript(self, element: Element) -> None:
        if not is_note_mark(element):
            self._children(element)

    def _list(self, element: Element) -> None:
        self._flush()
        before = self._kind
        if _is_notes(element):
            self._kind = "footnote"
        elif _is_contents(element) or self._after_contents_title():
            self._kind = "toc"
        elif self._kind not in {"footnote", "toc"}:
            self._kind = "list_item"
        self._lists += 1
        start = element.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        for item in element:
            if item.tag == "li" and not self._is_skipped(item, "li"):
                self._item(item, f"{number}." if element.tag == "ol" else "•")
                number += 1
            elif isinstance(item.tag, str):
                self._element(item)
        self._lists -= 1
        self._kind = before

    def _after_contents_title(self) -> bool:
        blocks = self._out.blocks
        if not blocks or blocks[-1].kind not in {"heading", "toc"}:
            return False
        return blocks[-1].kind == "toc" or is_contents_title(self._out.text_of(-1))

    def _item(self, item: Element, marker: str) -> None:
        kind, self._level = self._kind, self._lists - 1
        self._marker = marker if kind in {"list_item", "footnote"} else ""
        self._children(item)
        self._flush()
        self._marker, self._level, self._kind = "", 0, kind

    def _definitions(self, element: Element) -> None:
        """A list of terms: each term with its definition is a row of two cells; of notes, one note."""
        self._flush()
        if not _is_notes(element) and self._kind != "footnote":
            self._out.table(table_rows(element))
            return
        for row in table_rows(element):
            found = _DIGITS.search(row.cells[0])
            number = found.group() if found else row.cells[0]
            self._out.block("footnote", f"{number} {row.cells[1]}", 0, number)

    def _paragraph(self, element: Element) -> None:
        """A paragraph; one that is in bold from end to end, and short, is a heading by its look."""
        self._flush()
        strong = [child for child in element if child.tag in {"strong", "b"}]
        text = fold(element.text_content())
        is_bold = sum(len(fold(child.text_content())) for child in strong) >= len(text) > 0
        if is_bold and self._kind == "paragraph" and could_be_heading(text) and text[-1] != ":":
            self._heading(element, min(self._last_level + 1, MAX_HEADING_LEVEL))
        else:
            self._section(element)

    def _table(self, element: Element) -> None:
        self._flush()
        if _is_layout(element):
            self._section(element)
            return
        for child in element:
            if child.tag == "caption":
                self._caption(child)
        self._out.table(table_rows(element))

    def _flush(self) -> None:
        text = "\n".join(fold(line) for line in "".join(self._buffer).split("\x1f"))
        self._buffer.clear()
        if not text.strip():
            return
        text = text.strip()
        kind, number = self._kind, ""
        if kind == "list_item" and not self._marker:
            kind = "paragraph"  # the second paragraph of an item
        elif self._marker:
            typed = list_marker(text)
            number = typed or self._marker
            text = text if typed else f"{number} {text}"
            self._marker = ""
        elif kind == "heading":
            found = heading_number(text)
            number = found[0] if found else ""
        elif kind == "paragraph" and caption(text):
            kind, number = "caption", caption(text) or ""
        elif kind == "paragraph" and (typed := list_marker(text)):
            kind, number = "list_item", typed
        self._out.block(kind, text, self._level if kind != "paragraph" else 0, number)


Handler = Callable[[_HtmlWalker, Element], None]
HANDLERS: Mapping[str, Handler] = {
    "br": _HtmlWalker._break,
    "p": _HtmlWalker._paragraph,
    "pre": _HtmlWalker._preformatted,
    "sup": _HtmlWalker._superscript,
    "ul": _HtmlWalker._list,
    "ol": _HtmlWalker._list,
    "menu": _HtmlWalker._list,
    "dl": _HtmlWalker._definitions,
    "table": _HtmlWalker._table,
    "caption": _HtmlWalker._caption,
    "figcaption": _HtmlWalker._caption,
}


def _is_notes(element: Element) -> bool:
    role = element.get("role") or ""
    marked = role in {"doc-footnote", "doc-endnotes", "note"}
    return marked or any(_NOTES_CLASS.search(element.get(name) or "") for name in ("class", "id"))


def _is_contents(element: Element) -> bool:
    """Whether a list holds nothing but links into the same page: a table of contents."""
    items = list(element.iter("li"))
    links = [link for link in element.iter("a") if (link.get("href") or "").startswith("#")]
    linked = sum(len(fold(link.text_content())) for link in links)
    return len(items) > 1 and len(links) >= len(items) and linked >= 0.8 * len(fold(element.text_content()))


def _is_layout(table: Element) -> bool:
    """Whether a table only lays out the page: it holds headings, tables or paragraphs by the dozen, or one column."""
    if next(table.iter("th"), None) is not None:
        return False
    inner = sum(1 for child in table.iter("h1", "h2", "h3", "h4", "table")) - 1
    widest = max((sum(1 for cell in row if cell.tag == "td") for row in table.iter("tr")), default=0)
    return inner > 0 or widest <= 1


def _aria_level(element: Element) -> int:
    value = element.get("aria-level") or "2"
    return int(value) if value.isdigit() and 1 <= int(value) <= 9 else 2
