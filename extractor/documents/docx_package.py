"""A DOCX package: its parts as XML, found by their relationships; no DTD, no external entity, no network."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from extractor.documents.limits import Limits, Package
from extractor.errors import DocumentError
from extractor.model import Properties

Element = Any
"""An lxml element; lxml ships no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT = b"http://purl.oclc.org/ooxml/"
STRICT_TO_TRANSITIONAL = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
CORE_FIELDS = {"title": "title", "creator": "author", "created": "created", "language": "language"}


def parse_xml(data: bytes) -> Element:
    """The root of an XML part; a document type declaration is refused, since no Office file has one."""
    if STRICT in data:
        for strict, transitional in STRICT_TO_TRANSITIONAL:
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError("damaged", "an XML part of the document is broken") from error
    if root.getroottree().docinfo.doctype:
        raise DocumentError("damaged", "an XML part declares a document type, which Office files never do: refused")
    return root


def local(element: Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str = "val") -> str:
    """A `w:` attribute of an element that may be missing."""
    return "" if element is None else str(element.get(W + name, ""))


def is_on(element: Element | None) -> bool:
    """Whether an on-off property is set: present, and not switched off by its value."""
    return element is not None and attribute(element) not in {"0", "false", "off", "none"}


class DocxPackage:
    """The parts of a DOCX by their roles."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._package = Package(path, limits)
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self.main = self._main_part()

    def __enter__(self) -> DocxPackage:
        return self

    def __exit__(self, *exit_info: object) -> None:
        self._package.__exit__(None, None, None)

    def _main_part(self) -> str:
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        if "word/document.xml" in self._package:
            return "word/document.xml"
        raise DocumentError("damaged", "the package holds no main document")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part: id -> (kind, name of the target part); external targets are left out."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            self._relations[part] = self._read_relations(posixpath.join(folder, "_rels", f"{name}.rels"), folder)
        return self._relations[part]

    def _read_relations(self, name: str, folder: str) -> dict[str, tuple[str, str]]:
        if name not in self._package:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in parse_xml(self._package.read(name)):
            if local(relation) != "Relationship" or relation.get("TargetMode") == "External":
                continue
            target = unquote(relation.get("Target", "")).replace("\\", "/")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], place)
        return found

    def part(self, name: str) -> Element | None:
        """The root of a part, or None where the package lacks it."""
        return parse_xml(self._package.read(name)) if name in self._package else None

    def raw(self, name: str) -> bytes:
        """The bytes of a part; none where the package lacks it."""
        return self._package.read(name) if name in self._package else b""

    def related(self, kind: str) -> Element | None:
        """The root of the main document's part of a kind ("styles", "numbering", "footnotes", ...)."""
        for found, target in self.relations(self.main).values():
            if found == kind:
                return self.part(target)
        return None

    def properties(self) -> Properties:
        """The core properties: title, author, date of creation, language."""
        name = next((target for kind, target in self.relations("").values() if kind == "core-properties"), "")
        root = self.part(name) if name else None
        values = {} if root is None else {local(child): (child.text or "").strip() for child in root}
        return Properties(**{field: values.get(name, "") for name, field in CORE_FIELDS.items()})
