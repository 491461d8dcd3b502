"""Compound files (OLE) for the tests: streams of any size, storages one inside the other."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
CUTOFF = 4096
"""Shorter streams would stand in sectors of their own kind; here they are filled up with zeros instead."""


@dataclass
class Entry:
    """A stream or storage of the directory."""

    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    start: int = END


Tree = Mapping[str, "bytes | Tree"]


def compound_file(tree: Tree) -> bytes:
    """A compound file of streams (bytes) and storages (mappings)."""
    entries = [Entry("Root Entry", 5)]
    _add(entries, 0, tree)
    sectors: list[bytes] = []
    chain: list[int] = []
    for entry in entries[1:]:
        if entry.kind == 2:
            entry.start = _store(entry.data, sectors, chain)
    directory = b"".join(_directory_entry(entry, entries) for entry in entries)
    directory_start = _store(directory, sectors, chain)
    count = 1
    while count * SECTOR // 4 < len(sectors) + count:
        count += 1
    fat_places = [len(sectors) + number for number in range(count)]
    table = chain + [FAT] * count
    table += [FREE] * (count * SECTOR // 4 - len(table))
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, count, directory_start, 0, CUTOFF, END, 0, END, 0, 0,
    )[:76]  # fmt: skip
    places = fat_places + [FREE] * (109 - count)
    return head + struct.pack("<109I", *places) + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _add(entries: list[Entry], parent: int, tree: Tree) -> None:
    for name, content in tree.items():
        number = len(entries)
        entries[parent].children.append(number)
        if isinstance(content, bytes):
            entries.append(Entry(name, 2, content.ljust(CUTOFF, b"\0")))
        else:
            entries.append(Entry(name, 1))
            _add(entries, number, content)


def _store(data: bytes, sectors: list[bytes], chain: list[int]) -> int:
    first = len(sectors)
    pieces = [data[place : place + SECTOR].ljust(SECTOR, b"\0") for place in range(0, len(data), SECTOR)]
    for number, piece in enumerate(pieces):
        sectors.append(piece)
        chain.append(first + number + 1 if number + 1 < len(pieces) else END)
    return first


def _directory_entry(entry: Entry, entries: list[Entry]) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    child = entry.children[0] if entry.children else FREE
    parent = next((other for other in entries if entries.index(entry) in other.children), None)
    right = FREE
    if parent is not None:  # the siblings as a list that only goes to the right
        place = parent.children.index(entries.index(entry))
        right = parent.children[place + 1] if place + 1 < len(parent.children) else FREE
    size = len(entry.data) if entry.kind == 2 else 0
    return struct.pack(
        "<64sHBBIII16sIQQIII",
        name, len(name), entry.kind, 1, FREE, right, child, bytes(16), 0, 0, 0,
        entry.start if entry.kind == 2 else END if entry.kind == 5 else 0, size, 0,
    )  # fmt: skip
