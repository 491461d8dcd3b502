"""Model objects <-> compact JSON for the database."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from extractor.model import Block, Description, Properties, Span, Vote


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
