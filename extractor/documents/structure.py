"""What a line of print is, told from its words alone: a heading, list item, contents entry, caption, page number.

Pure functions on one line, for every reader whose format does not say so itself. They look at form, not at
meaning, and each may answer None: not recognised.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from extractor.documents.structure_words import (
    CAPTIONS,
    CONTENTS_TITLES,
    DIVISIONS,
    HYPHEN_PREFIXES,
    MONTHS,
    SECTION_TITLES,
    SMALL_WORDS,
    STATEMENTS,
)

MAX_HEADING_CHARS = 160
MAX_HEADING_WORDS = 18
MAX_PLAIN_HEADING_WORDS = 12
MAX_CAPTION_CHARS = 300
MAX_SECTION_NUMBER = 40
MIN_CAPITALS_WORD = 8
"""A shorter word in capitals that stands alone is rather an abbreviation."""
TITLE_CASE_SHARE = 0.6
LETTER_SHARE = 0.55
STATEMENT_DEPTH = 2

BULLETS = "•‣▪▫◦●○■□➢➤➔→►▶◆◇✓✔✗✘❖·∙⁃*–—-☐☑☒"
_BULLET = re.compile(rf"(?:[{re.escape(BULLETS)}\uf000-\uf0ff]|o(?=\s+[^\W\d_a-zà-ÿ]))(?=[\s]|\Z)|[•▪●■➢\uf000-\uf0ff]")
_ENUMERATOR = re.compile(
    r"\((?:\d{1,3}|[A-Za-z]|[ivxl]{1,6}|[IVXL]{1,6})\)(?=\s)"
    r"|(?:\d{1,3}|[A-Za-z]|[ivxl]{1,6}|[IVXL]{1,6})\)(?=\s)"
    r"|(?:\d{1,2}|[a-z]|[A-Z]|[ivxl]{1,6})\.(?=\s)"
)
_ROMAN = re.compile(r"(?=[IVXLC])(?:X[LC]|L?X{0,3})(?:IX|IV|V?I{0,3})\Z")
_VALUE = r"(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[A-Z]\.?\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,6}|[A-Z])"
_LABELLED = re.compile(
    rf"(?P<label>{DIVISIONS}|{STATEMENTS})\s+(?:no\.?\s*|n[°º]\s*)?(?P<value>{_VALUE})(?P<end>\s*[.:)–—-]|\s*\Z|\s+)",
    re.IGNORECASE,
)
_DIVISION = re.compile(rf"(?:{DIVISIONS})\b", re.IGNORECASE)
_DECIMAL = re.compile(r"(?P<value>\d{1,2}(?:\.\d{1,2}){0,5})(?P<end>\.?(?:\s*[–—:-])?)\s+(?=\S)")
_MIXED = re.compile(r"(?P<value>(?:[A-Z]\.?|[IVX]{2,4}\.)\d{1,2}(?:\.\d{1,2}){0,4})[.:]?\s+(?=\S)")
_LETTER = re.compile(r"(?P<value>[IVXLC]{1,6}|[A-Z])(?:\.|\s*[–—:])\s+(?=\S)")
_LOWER_ROMAN = re.compile(r"(?P<value>[ivxl]{1,6})\.\s+(?=\S)")
_DATE_REST = re.compile(rf"(?:{MONTHS})\b\.?(?:,?\s*(?:de\s+)?\d{{4}}\b|\s*\Z)|\d{{4}}\b", re.IGNORECASE)
_DATE_LINE = re.compile(
    rf"(?:\d{{1,2}}\s+(?:de\s+)?)?(?:{MONTHS})\b[.,]?\s+(?:de\s+)?(?:\d{{1,2}},\s*)?\d{{4}}\Z", re.IGNORECASE
)
_LEADER = re.compile(
    r"(?P<title>.*?[^\s._…·])\s*(?P<leader>\.{3,}|(?:\.\s){3,}\.?|…+|_{3,}|(?:·\s?){3,}|\t+|\s{3,})[\s.]*"
    r"(?P<page>\d{1,4}|[ivxlc]{1,7})\s*\Z"
)
_CAPTION = re.compile(
    rf"(?P<label>(?:{CAPTIONS})\s*(?:no\.?\s*|n[°º]\s*)?(?:\d{{1,3}}(?:[.\-–]\d{{1,3}})*[a-z]?|[A-Z]\.?\d{{1,2}}|[IVXLC]{{1,5}}|[A-Z]))"
    r"(?P<end>\s*[.:–—-]|\s*\Z|\s+)",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"[-–—|\[(~\s]*(?:(?:page|pág\.?|página|seite|p\.)\s*)?(?P<number>\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}|[A-Z]-\d{1,3})"
    r"(?:\s*(?:of|de|sur|/|von)\s*\d{1,4})?[-–—|\])~\s]*\Z",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"@|https?://|www\.|\b(?:tel|fax|phone|tél|e-?mail|telephone|teléfono|p\.?\s?o\.?\s?box|c\.p\.)\b|\bisbn\b|\bissn\b|©",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:sources?|notes?|fuentes?|notas?|n\.?b\.?)\s*:", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")

# What lets most lines pass without any of the above.
_LABEL_STARTS = frozenset(word[:3].casefold() for word in f"{DIVISIONS}|{STATEMENTS}".split("|"))
_CAPTION_STARTS = frozenset(word[:3].casefold() for word in CAPTIONS.split("|"))
_LOWER_ROMAN_DIGITS = frozenset("ivxl")
_BULLET_STARTS = frozenset({*BULLETS, *map(chr, range(0xF000, 0xF100)), "o"})
_MARK_ENDS = frozenset(".)")
MAX_MARK = 8
"""Characters of the longest mark without a bullet, "(lxviii)"."""


class TocEntry(NamedTuple):
    """A line of a table of contents: its title (number included), the page it names, whether dots lead there."""

    title: str
    page: str
    dotted: bool


def is_roman(value: str) -> bool:
    """Whether capitals are a Roman numeral as it is properly written, up to 89 and C."""
    return bool(_ROMAN.match(value)) or value == "C"


def heading_number(line: str) -> tuple[str, int] | None:
    """The number that opens a heading, as printed, and its depth from 1: "3.2 Findings" -> ("3.2", 2)."""
    text = line.strip()
    first = text[:1]
    if first.isdecimal():
        return _decimal_number(text)
    if first.isupper():
        return _labelled_number(text) or _mixed_number(text) or _letter_number(text)
    return _lower_roman_number(text) if first in _LOWER_ROMAN_DIGITS else None


def _labelled_number(text: str) -> tuple[str, int] | None:
    match = _LABELLED.match(text) if text[:3].casefold() in _LABEL_STARTS else None
    if match is None:
        return None
    value, rest = match["value"], text[match.end() :]
    if value.isalpha() and not value.isupper():
        return None
    if not match["end"].strip() and rest and not _opens_title(rest):
        return None  # "Annex 2 shows ..." is running text
    base = 1 if _DIVISION.match(match["label"]) else STATEMENT_DEPTH
    return text[: match.end("value")], base + value.rstrip(".").count(".")


def _decimal_number(text: str) -> tuple[str, int] | None:
    match = _DECIMAL.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    parts = [int(part) for part in match["value"].split(".")]
    if not _opens_title(rest) or _DATE_REST.match(rest) or parts[0] > MAX_SECTION_NUMBER:
        return None
    return match["value"], len(parts)


def _mixed_number(text: str) -> tuple[str, int] | None:
    match = _MIXED.match(text)
    if match is None or not _opens_title(text[match.end() :]):
        return None
    value = match["value"]
    return value, 1 + value.count(".") + (0 if "." in value[:5] and not value[1].isdigit() else 1)


def _letter_number(text: str) -> tuple[str, int] | None:
    match = _LETTER.match(text)
    if match is not None and _opens_title(text[match.end() :]):
        value = match["value"]
        if len(value) > 1:
            return (value, 1) if is_roman(value) else None
        return value, 1 if value in "IVX" else 2
    return None


def _lower_roman_number(text: str) -> tuple[str, int] | None:
    match = _LOWER_ROMAN.match(text)
    if match is not None and is_roman(match["value"].upper()) and _opens_title(text[match.end() :]):
        return match["value"], 3
    return None


def _opens_title(rest: str) -> bool:
    first = rest.lstrip("\"'“‘«¿¡([*_ ")[:1]
    return first.isupper() or bool(first and unicodedata.category(first) == "Lo")


def list_marker(line: str) -> str | None:
    """What marks a list item, as printed ("•", "1)", "(iv)", "- 2."), or None."""
    text = line.strip()
    if text[:1] not in _BULLET_STARTS and _MARK_ENDS.isdisjoint(text[:MAX_MARK]):
        return None
    bullet = _BULLET.match(text)
    start = 0
    if bullet is not None:
        rest = text[bullet.end() :]
        start = bullet.end() + len(rest) - len(rest.lstrip())
        if not text[start:]:
            return None
    number = _ENUMERATOR.match(text, start)
    if number is not None and _is_enumerator(number.group()):
        return text[: number.end()]
    return bullet.group() if bullet is not None else None


def _is_enumerator(marker: str) -> bool:
    value = marker.strip("().")
    return value.isdigit() or len(value) == 1 or is_roman(value.upper())


def toc_entry(line: str) -> TocEntry | None:
    """A line of a table of contents that ends in its page; a tab or wide gap alone is weaker than dots."""
    match = _LEADER.match(line.strip())
    if match is None or not _WORD.search(match["title"]):
        return None
    return TocEntry(" ".join(match["title"].split()), match["page"], bool(match["leader"].strip()))


def is_contents_title(line: str) -> bool:
    """Whether a line is the heading of a table of contents or of a list of tables."""
    return len(line) <= MAX_HEADING_CHARS // 2 and _bare(line) in CONTENTS_TITLES


def is_section_title(line: str) -> bool:
    """Whether a line is one of the usual names of a report's sections, in English, French, Spanish or Portuguese."""
    return _bare(line) in SECTION_TITLES


def _bare(line: str) -> str:
    return " ".join(line.strip("#*_ \t:.").casefold().split())


def caption(line: str) -> str | None:
    """The label of a table's or figure's caption ("Table 3"), or None; "Table 3 shows" is running text."""
    text = line.strip().lstrip("*_")
    if text[:3].casefold() not in _CAPTION_STARTS or not text[0].isupper() or len(text) > MAX_CAPTION_CHARS:
        return None
    match = _CAPTION.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    if not match["end"].strip() and rest and not _opens_title(rest):
        return None
    return match["label"].strip()


def page_number_line(line: str) -> str | None:
    """The page number that is all a line holds ("12", "- 12 -", "Page 3 of 10", "iii"), or None."""
    match = _PAGE_NUMBER.match(line.strip())
    if match is None:
        return None
    number = match["number"]
    if number.isalpha() and not (is_roman(number.upper()) and (number.islower() or number.isupper())):
        return None
    return number


def looks_like_heading(line: str, following: str = "", preceding: str = "") -> bool:
    """Whether a line that stands alone is a heading. `following` and `preceding` are the next printed lines, if any.

    For formats without styles. Numbered lines, capitals and usual section names need little more than to be
    short; a line in title case must also lead somewhere: to longer text, a list, a table or a numbered heading.
    """
    text = line.strip().strip("*_")
    if not could_be_heading(text):
        return False
    if preceding.rstrip().endswith(",") or is_section_title(text) or is_contents_title(text):
        return not preceding.rstrip().endswith(",")
    number = heading_number(text)
    if number is not None:
        return _numbered_heading(text, number[0])
    marker = list_marker(text)
    if marker is not None:
        return False
    if _is_capitals(text):
        return not _is_acronym_entry(text) and (" " in text or len(text) >= MIN_CAPITALS_WORD)
    return _plain_heading(text, following.strip())


def could_be_heading(text: str) -> bool:
    """Whether a line has the form of a heading at all; one that stands out in print needs no more."""
    words = text.split()
    if not words or len(text) > MAX_HEADING_CHARS or len(words) > MAX_HEADING_WORDS or "\t" in text.strip():
        return False
    if text[-1] in ".,;" and not re.search(r"\b(?:etc|inc|ltd|no|U\.S|U\.N)\.\Z", text):
        return False
    if (
        caption(text)
        or toc_entry(text)
        or page_number_line(text)
        or _DATE_LINE.match(text)
        or _SOURCE.match(text)
        or _ADDRESS.search(text)
    ):
        return False
    if words[-1].lower() in SMALL_WORDS:
        return False
    letters = sum(character.isalpha() or character.isspace() for character in text)
    return bool(_WORD.search(text)) and letters >= LETTER_SHARE * len(text)


def _numbered_heading(text: str, number: str) -> bool:
    title = text[len(number) :].strip(" .:–—-")
    words = _WORD.findall(title)
    if len(number) == 1 and number.isalpha():
        return len(words) >= 2 or (bool(words) and number in "ABCDI" and len(words[0]) > 5)
    return bool(words) or number[:1].isalpha()


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and sum(character.isupper() for character in letters) >= 0.85 * len(letters)


def _is_acronym_entry(text: str) -> bool:
    """Whether a line explains an abbreviation: "ILO International Labour Organization"."""
    first, _, rest = text.partition(" ")
    letters = [character for character in first if character.isalpha()]
    if not rest or not 2 <= len(letters) <= 12 or sum(letter.isupper() for letter in letters) < len(letters) - 1:
        return False
    initials = Counter(word[0].upper() for word in _WORD.findall(rest))
    matched = sum((Counter(letter.upper() for letter in letters) & initials).values())
    return matched >= 2 and matched * 2 >= len(letters)


def _plain_heading(text: str, following: str) -> bool:
    words = _WORD.findall(text)
    if len(words) > MAX_PLAIN_HEADING_WORDS or not text[0].isupper() or _is_acronym_entry(text):
        return False
    if not following or len(following) <= len(text) and not _leads_on(following):
        return False
    if text.endswith("?") and len(words) > 6:
        return False
    big = [word for word in words if word.lower() not in SMALL_WORDS]
    titled = sum(word[0].isupper() for word in big) / max(len(big), 1)
    if text.endswith(":"):  # a label, unless it introduces what follows in a sentence
        return len(words) <= 3 and titled == 1
    return titled >= TITLE_CASE_SHARE or len(words) <= 5


def _leads_on(following: str) -> bool:
    return bool(list_marker(following) or heading_number(following) or caption(following) or "\t" in following)


def join_hyphen(first: str, second: str, vocabulary: Collection[str]) -> str:
    """Join a line that ends in a hyphen with the next one; `vocabulary` holds the document's words in lower case.

    The hyphen goes when the joined word is known, stays when the hyphenated one is, or when both halves are
    words by themselves ("awareness-raising"); a capital or digit after it keeps it.
    """
    head = re.search(r"([\w'’]+(?:-[\w'’]+)*)[-\u00ad\u2010\ufffe]\s*\Z", first)
    tail = re.match(r"\s*([\w'’]+(?:-[\w'’]+)*)", second)
    if head is None or tail is None:
        return first + second
    stem, rest = first[: head.end(1)], second.lstrip()
    return stem + rest if _drops_hyphen(head[1], tail[1], vocabulary) else f"{stem}-{rest}"


def _drops_hyphen(left: str, right: str, vocabulary: Collection[str]) -> bool:
    if not right[0].islower() or left[-1].isdigit():
        return False
    low, high = left.lower(), right.lower()
    if low + high in vocabulary:
        return True
    if f"{low}-{high}" in vocabulary or low in HYPHEN_PREFIXES:
        return False
    return not (low in vocabulary and high in vocabulary)
