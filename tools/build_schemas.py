"""Writes the published JSON schemas, docs/schemas/*.json, from the code. Run by `make schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractor.exchange.schema import forms_schema
from extractor.rubric_spec import rubric_schema

SCHEMAS = Path(__file__).parents[1] / "docs" / "schemas"


def build() -> dict[str, str]:
    """File name -> what it holds."""
    return {"forms.schema.json": _text(forms_schema()), "rubric.schema.json": _text(rubric_schema())}


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write them."""
    SCHEMAS.mkdir(parents=True, exist_ok=True)
    for name, text in build().items():
        (SCHEMAS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
