"""Packages of Office Open XML other than DOCX: parts, and the parts that they relate to."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote

from extractor.documents.limits import Limits, Package
from extractor.documents.safe_xml import Element, local, parse
from extractor.model import Properties

CORE_FIELDS = {"title": "title", "creator": "author", "created": "created", "language": "language"}


class OpcPackage:
    """A package whose parts are found by their relationships."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._package = Package(path, limits)

    def __enter__(self) -> OpcPackage:
        return self

    def __exit__(self, *exit_info: object) -> None:
        self._package.__exit__(None, None, None)

    def part(self, name: str) -> Element | None:
        """The root of a part; None where the package lacks it."""
        return parse(self._package.read(name)) if name in self._package else None

    def names(self) -> tuple[str, ...]:
        """The names of all parts, in lower case."""
        return self._package.names()

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a part."""
        return self._package.read(name)[:size]

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part: id -> (kind, target); what lies outside the package is left out."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in () if root is None else root:
            if local(relation) != "Relationship" or relation.get("TargetMode") == "External":
                continue
            target = unquote(relation.get("Target", "")).replace("\\", "/")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], place)
        return found

    def related(self, part: str, kind: str) -> str:
        """The name of the part of a kind that a part relates to; "" for none."""
        return next((target for found, target in self.relations(part).values() if found == kind), "")

    def properties(self) -> Properties:
        """The core properties: title, author, date of creation, language."""
        name = self.related("", "core-properties")
        root = self.part(name) if name else None
        values = {} if root is None else {local(child): (child.text or "").strip() for child in root}
        return Properties(**{field: values.get(name, "") for name, field in CORE_FIELDS.items()})
