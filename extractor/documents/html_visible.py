"""What of an HTML page a reader sees, and the words of an element that are seen."""

from __future__ import annotations

import re
from typing import Any

Element = Any
"""An lxml element; lxml ships no types."""

SKIPPED_TAGS = frozenset(
    {
        "script", "style", "nav", "noscript", "template", "svg", "iframe", "object", "embed", "button", "select",
        "textarea", "head", "audio", "video", "canvas", "map", "dialog", "form-menu", "input", "datalist",
    }
)  # fmt: skip
SKIPPED_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar", "dialog", "alertdialog", "tablist"}
)
BLOCK_TAGS = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dl",
        "dt",
        "dd",
        "blockquote",
    }
)
MAX_DEPTH = 220

_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:cookie|cookies|consent|gdpr|breadcrumbs?|visually-?hidden|sr-only|screen-reader-text|wb-inv|noprint|"
    r"share-buttons?|social-share|skip-link|pagedetails|fn-rtn|footnote-back\w*|backlink)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?\Z")


def is_hidden(element: Element) -> bool:
    """Whether an element is no part of what is read: code, menus, banners, what is not displayed."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED_TAGS:
        return True
    if (element.get("role") or "").lower() in SKIPPED_ROLES or "hidden" in element.attrib:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    return any(_HIDDEN_CLASS.search(element.get(name) or "") for name in ("class", "id"))


def is_note_mark(element: Element) -> bool:
    """Whether this is a raised mark that links to its note: it is no part of the sentence."""
    if element.tag != "sup" or not any((link.get("href") or "").startswith("#") for link in element.iter("a")):
        return False
    return bool(_NOTE_MARK.match("".join(_words(element, 0)).strip()))


def visible_text(element: Element) -> str:
    """The words of an element that are seen, one line a block inside it."""
    lines = (fold(line) for line in "".join(_words(element, 0)).split("\x1f"))
    return "\n".join(line for line in lines if line)


def _words(element: Element, depth: int) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if depth < MAX_DEPTH and not is_hidden(child) and (child.tag != "sup" or not is_note_mark(child)):
            edge = "\x1f" if child.tag in BLOCK_TAGS else " " if child.tag in {"td", "th"} else ""
            parts += [edge, *_words(child, depth + 1), edge]
        parts.append(child.tail or "")
    return parts


def fold(text: str) -> str:
    """A text with each run of white space as one space."""
    return _SPACES.sub(" ", text).strip()
