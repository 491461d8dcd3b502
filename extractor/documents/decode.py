"""Bytes -> text: byte order marks, a declared encoding, UTF-8, and Windows-1252 when nothing else fits."""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE_BYTES = 64 * 1024
NUL_SHARE_UTF16 = 0.3
MAX_CONTROL_SHARE = 0.02

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_REMOVED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def decode(data: bytes, declared: str = "") -> str:
    """The text of some bytes. A declared encoding that does not fit gives way to UTF-8, then Windows-1252."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if guess := utf16_without_bom(data):
        return data.decode(guess, errors="replace")
    for encoding in _candidates(declared):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")


def _candidates(declared: str) -> tuple[str, ...]:
    try:
        name = codecs.lookup(declared.strip()).name if declared else ""
    except (LookupError, ValueError):
        name = ""
    if name in {"", "utf-8", "ascii", "iso8859-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32"}:
        return ("utf-8", "cp1252")  # without their marks the wide ones are a mistake; Latin-1 means cp1252 on the web
    return (name, "utf-8", "cp1252") if name not in {"utf-7", "idna", "punycode"} else ("utf-8", "cp1252")


def utf16_without_bom(data: bytes) -> str:
    """The byte order of UTF-16 text that has no mark, told by its zero bytes; "" for anything else."""
    sample = data[:SAMPLE_BYTES]
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > NUL_SHARE_UTF16 and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > NUL_SHARE_UTF16 and odd < even / 10 else ""


def is_text(data: bytes) -> bool:
    """Whether bytes are text by their look: they decode, with hardly a control character."""
    sample = data[:SAMPLE_BYTES]
    wide = utf16_without_bom(sample) or any(sample.startswith(bom) for bom, _ in BOMS)
    if not wide and b"\x00" in sample:
        return False
    text = decode(sample)
    return len(_CONTROL.findall(text)) <= MAX_CONTROL_SHARE * max(len(text), 1)


def clean(text: str) -> str:
    """A text with plain spaces and `\\n`, without soft hyphens, zero-width and control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _REMOVED.sub("", _SPACES.sub(" ", text))
    return text.encode("utf-8", errors="replace").decode("utf-8")
