"""XML of packages that are not DOCX: parsed without entities, network or document type."""

from __future__ import annotations

from typing import Any

from lxml import etree

from extractor.errors import DocumentError

Element = Any
"""An lxml element; lxml ships no types."""


def parse(data: bytes) -> Element:
    """The root of an XML part. A document type may be named (OpenOffice 1 does) but may declare nothing."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError("damaged", "an XML part of the document is broken") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise DocumentError("damaged", "an XML part declares entities, which Office files never do: refused")
    return root


def local(element: Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its name without namespace; "" where it is missing."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def children(element: Element | None, name: str) -> list[Element]:
    """The children of a name, whatever their namespace."""
    return [] if element is None else [child for child in element if local(child) == name]


def child(element: Element | None, *path: str) -> Element | None:
    """The first element along a path of names; None where there is none."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element
