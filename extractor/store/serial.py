"""Model objects <-> compact JSON for the database."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, astuple
from typing import Any

from extractor.model import Block, Description, Member, OcrWord, Page, Properties, Span, Vote


def pack(data: Any) -> bytes:
    """JSON, compressed; the same data gives the same bytes."""
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 6)


def unpack(content: bytes) -> Any:
    """What `pack` was given."""
    return json.loads(zlib.decompress(content))


def block_to_list(block: Block) -> list[Any]:
    """A block as a list, its spans as triples."""
    cells = [_triple(cell) for cell in block.cells]
    return [block.kind, _triple(block.span), block.level, block.number, block.table, cells, block.header_row]


def block_from_list(data: list[Any]) -> Block:
    """The block that `block_to_list` was given."""
    kind, span, level, number, table, cells, header_row = data
    return Block(kind, Span(*span), level, number, table, tuple(Span(*cell) for cell in cells), header_row)


def page_to_dict(page: Page) -> dict[str, Any]:
    """A page as the columns of its row; the words of an OCR page packed."""
    words = [[word.start, word.end, *word.box, word.confidence] for word in page.words]
    return {
        "number": page.number,
        "text": page.text,
        "printed": page.printed,
        "ocr": page.ocr,
        "words": pack(words) if words else None,
    }


def page_from_dict(row: Any) -> Page:
    """The page that `page_to_dict` was given."""
    words = (
        OcrWord(start, end, (left, top, right, bottom), confidence)
        for start, end, left, top, right, bottom, confidence in (unpack(row["words"]) if row["words"] else ())
    )
    return Page(row["number"], row["text"], row["printed"], row["ocr"], tuple(words))


def members_to_bytes(members: tuple[Member, ...]) -> bytes:
    """The files inside a container, packed."""
    return pack([astuple(member) for member in members])


def members_from_bytes(content: bytes) -> tuple[Member, ...]:
    """The members that `members_to_bytes` was given."""
    return tuple(Member(*member) for member in unpack(content))


def vote_to_list(vote: Vote) -> list[Any]:
    """A vote as a list; its file is kept by the coding it belongs to."""
    return [
        vote.item, vote.option, vote.coder, vote.score, _triple(vote.span), vote.why, vote.value, dict(vote.features)
    ]  # fmt: skip


def vote_from_list(data: list[Any], file: str) -> Vote:
    """The vote that `vote_to_list` was given, of this file."""
    item, option, coder, score, span, why, value, features = data
    return Vote(item, option, coder, score, file, Span(*span), why, value, features)


def description_to_dict(description: Description) -> dict[str, Any]:
    """A description as plain data."""
    return asdict(description)


def description_from_dict(data: Mapping[str, Any]) -> Description:
    """The description that `description_to_dict` was given."""
    spans = {name: Span(**data[name]) if data.get(name) else None for name in ("type_span", "title_span", "date_span")}
    return Description(data["type"], data["title"], tuple(data["authors"]), data["date"], data["language"], **spans)


def properties_to_json(properties: Properties) -> str:
    """Properties as JSON."""
    return json.dumps(asdict(properties), ensure_ascii=False)


def properties_from_json(text: str) -> Properties:
    """The properties that `properties_to_json` was given."""
    return Properties(**json.loads(text))


def _triple(span: Span) -> tuple[int, int, int]:
    return span.page, span.start, span.end
