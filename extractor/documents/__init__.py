"""Reads one file: its format by its bytes, one reader a format, and one outcome for whatever goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.documents.limits import DEFAULT_LIMITS, Limits, check_file_size
from extractor.documents.sniff import sniff
from extractor.errors import DocumentError
from extractor.model import Document

if TYPE_CHECKING:
    from extractor.documents.ocr import OcrDone, Recogniser

READER_VERSION = "2"
"""Raise it when what a reader gives changes, so that files are read anew."""

Reader = Callable[[Path, Limits, "Recogniser"], Document]


def _read_pdf(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.pdf import read_pdf

    return read_pdf(path, ocr)


def _read_image(path: Path, limits: Limits, ocr: Recogniser) -> Document:
    from extractor.documents.images import read_image

    return read_image(path, limits, ocr)


def _read_docx(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.docx import read_docx

    return read_docx(path, limits)


def _read_html(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.html import read_html

    return read_html(path, limits)


def _read_markdown(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.markdown import read_markdown

    return read_markdown(path, limits)


def _read_text(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.text import read_text

    return read_text(path, limits)


def _read_rtf(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.rtf import read_rtf

    return read_rtf(path, limits)


def _read_odt(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.odt import read_odt

    return read_odt(path, limits)


def _read_pptx(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.pptx import read_pptx

    return read_pptx(path, limits)


def _read_xlsx(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.xlsx import read_xlsx

    return read_xlsx(path, limits)


def _read_mail(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.mail import read_mail

    return read_mail(path, limits)


def _read_zip(path: Path, limits: Limits, ocr: Recogniser) -> Document:  # noqa: ARG001
    from extractor.documents.members import read_zip

    return read_zip(path, limits)


def _converted(found: str) -> Reader:
    """A reader of what LibreOffice makes of a format; the document keeps the name of the format it came in."""

    def read(path: Path, limits: Limits, ocr: Recogniser) -> Document:
        from extractor.documents.office import CONVERSIONS, converted

        with converted(path, found, limits) as made:
            return replace(READERS[CONVERSIONS[found].target](made, limits, ocr), format=found)

    return read


# Each reader is imported when it is first needed: a worker that reads PDFs never loads the others.
READERS: Mapping[str, Reader] = {
    "pdf": _read_pdf,
    "image": _read_image,
    "docx": _read_docx,
    "html": _read_html,
    "markdown": _read_markdown,
    "text": _read_text,
    "rtf": _read_rtf,
    "odt": _read_odt,
    "pptx": _read_pptx,
    "xlsx": _read_xlsx,
    "mail": _read_mail,
    "msg": _read_mail,
    "zip": _read_zip,
    **{found: _converted(found) for found in ("doc", "wordml", "wpd", "xls", "ods", "ppt", "odp")},
}
REFUSALS: Mapping[str, tuple[str, str]] = {
    "ooxml-encrypted": ("password", "an Office document with a password; save a copy without it"),
    "epub": ("unsupported", "EPUB book: save it as PDF or HTML"),
    "ole": ("unsupported", "an old Office file of unknown kind; save it as .docx or PDF"),
    "archive": ("unsupported", "packed archive: unpack it in the project's folder"),
    "xml": ("unsupported", "XML data, not a document"),
    "binary": ("unsupported", "not a document that can be read here; save it as .docx or PDF"),
}


def read_document(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a file of any format; a `DocumentError` says in one outcome why it cannot be read and what to do."""
    from extractor.documents.ocr import Recogniser

    return _read(path, limits, Recogniser(limits))


def read_step(path: Path, limits: Limits = DEFAULT_LIMITS, done: OcrDone | None = None) -> Document:
    """The same within the time of one file: a scan that takes longer raises `OcrUnfinished`, to be gone on with."""
    from extractor.documents.ocr import Recogniser

    return _read(path, limits, Recogniser(limits, dict(done or {}), stepwise=True))


def _read(path: Path, limits: Limits, ocr: Recogniser) -> Document:
    try:
        check_file_size(path, limits)
        found = sniff(path)
        if found in REFUSALS:
            raise DocumentError(*REFUSALS[found])
        return _with_text(READERS[found](path, limits, ocr))
    except OSError as error:
        raise DocumentError("damaged", f"the file cannot be opened ({error.strerror or 'read error'})") from error
    except MemoryError as error:
        raise DocumentError("too_large", "more memory is needed than one file may take") from error
    except RecursionError as error:
        raise DocumentError("damaged", "the document is nested too deeply") from error


def _with_text(document: Document) -> Document:
    """A document that opens but holds no words is no success."""
    if document.outcome == "ok" and not document.members and not any(page.text.strip() for page in document.pages):
        raise DocumentError("no_text", "the file opens but holds no text")
    return document
