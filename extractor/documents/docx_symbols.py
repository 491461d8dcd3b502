"""Characters of symbol fonts as plain Unicode: ticked boxes and bullets of Wingdings and Symbol."""

from __future__ import annotations

PRIVATE_USE = 0xF000
DEFAULT_BULLET = "•"
CHECKED, UNCHECKED = "☒", "☐"

WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖",
    0x77: "◆", 0x78: "☒", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA2: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→",
    0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x4A: "☺",
}  # fmt: skip
WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐", 0x96: "●", 0x97: "●",
    0xA2: "■",
}  # fmt: skip
WEBDINGS = {0x61: "✓", 0x63: "☐", 0x72: "✗", 0x3C: "■", 0x67: "■"}
SYMBOL = {0xB7: "•", 0xA7: "▪", 0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xAE: "→", 0xD7: "·", 0x2D: "-"}
FONTS = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2, "webdings": WEBDINGS, "symbol": SYMBOL}


def symbol(code: int, font: str) -> str:
    """A character of a symbol font as Unicode; "" when it is not known, any other font's character as it is."""
    table = FONTS.get(font.strip().lower())
    low = code - PRIVATE_USE if PRIVATE_USE <= code <= PRIVATE_USE + 0xFF else code
    if table is not None:
        return table.get(low, "")
    if low == code:
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
    return ""


def is_symbol_font(font: str) -> bool:
    """Whether letters in this font are signs ("o" is a box in Wingdings)."""
    return font.strip().lower() in {"wingdings", "wingdings 2", "webdings"}


def translate(text: str, font: str) -> str:
    """A text in a symbol font as Unicode; unknown signs fall away, private-use signs of other fonts too."""
    if is_symbol_font(font):
        return "".join(character if character.isspace() else symbol(ord(character), font) for character in text)
    if any(PRIVATE_USE <= ord(character) <= PRIVATE_USE + 0xFF for character in text):
        guess = "symbol" if font.strip().lower() == "symbol" else "wingdings"
        return "".join(
            symbol(ord(character), guess) if PRIVATE_USE <= ord(character) <= PRIVATE_USE + 0xFF else character
            for character in text
        )
    return text


def bullet_symbol(text: str, font: str) -> str:
    """The sign of a bulleted list."""
    text = text.strip()
    if not text:
        return ""
    if font.strip().lower() in FONTS or PRIVATE_USE <= ord(text[0]) <= PRIVATE_USE + 0xFF:
        return symbol(ord(text[0]), font if font.strip().lower() in FONTS else "symbol") or DEFAULT_BULLET
    return text
