"""RTF as Outlook packs it into a message (LZFu)."""

from __future__ import annotations

import struct

LZFU_COMPRESSED, LZFU_PLAIN = 0x75465A4C, 0x414C454D
LZFU_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
"""What every packed RTF body of an Outlook message takes as read before it begins."""


def unpack_rtf(data: bytes) -> bytes:
    """The RTF that an Outlook message holds packed (LZFu); nothing when it is broken."""
    if len(data) < 16:
        return b""
    _, size, kind, _ = struct.unpack("<IIII", data[:16])
    if kind == LZFU_PLAIN:
        return data[16 : 16 + size]
    if kind != LZFU_COMPRESSED:
        return b""
    window = bytearray(LZFU_START.ljust(4096, b" "))
    write, out, position = len(LZFU_START), bytearray(), 16
    while position < len(data) and len(out) < size:
        flags = data[position]
        position += 1
        for bit in range(8):
            if position >= len(data) or len(out) >= size:
                break
            run = bytearray()
            if not flags >> bit & 1:
                run += data[position : position + 1]
                position += 1
            else:
                offset, length = divmod(int.from_bytes(data[position : position + 2], "big"), 16)
                position += 2
                if offset == write:  # the mark of the end
                    return bytes(out)
                for step in range(length + 2):
                    byte = window[(offset + step) % 4096]
                    window[(write + step) % 4096] = byte
                    run.append(byte)
            for byte in run:
                window[write] = byte
                write = (write + 1) % 4096
            out += run
    return bytes(out)
