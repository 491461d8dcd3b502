"""Where each statement comes from: footnotes to document and page, the list of references, one citation style.

A footnote is only made of evidence that verifies; anything else ends the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from extractor.errors import EvidenceStale
from extractor.model import DocumentFacts, Evidence
from extractor.report.markdown import Md, emphasis, file_name, inline, joined, md, quoted, stopped
from extractor.report.wording import capital, counted, date_words

NOTE = re.compile(r"(?<!\\)\[\^(\d+)\](?!:)")
NOTE_QUOTE_WORDS = 60
DEFAULT_SOURCES = 3
TYPE_NAMES = {
    "proposal": "Project proposal",
    "mou": "Memorandum of understanding",
    "service_contract": "Service contract",
    "provider_data_tool": "Data collection tool",
    "interim_report": "Progress report",
    "final_report": "Final report",
    "external_evaluation": "External evaluation",
    "internal_evaluation": "Internal evaluation",
    "evaluation": "Evaluation",
    "questionnaire": "Questionnaire",
}
NO_DATE = "n.d."
NO_PASSAGE = "Entered in the form without a passage of a document."


def type_name(document_type: str) -> str:
    """A document type as words."""
    return TYPE_NAMES.get(document_type, "Document")


def place(evidence: Evidence) -> str:
    """The page as printed with the file's own page where they differ: "p. 12 (file page 15)"."""
    printed, page = evidence.printed_page, evidence.page
    if printed and page is not None and printed != str(page):
        return f"p. {printed} (file page {page})"
    if printed or page is not None:
        return f"p. {printed or page}"
    return ""


class Notes:
    """The footnotes of one report, in the order in which they are asked for."""

    def __init__(self, documents: Mapping[str, DocumentFacts], verify: Callable[[Evidence], bool]) -> None:
        self._documents = documents
        self._verify = verify
        self._texts: list[Md] = []
        self._used: dict[str, None] = {}

    def note(
        self, evidence: Sequence[Evidence], limit: int = DEFAULT_SOURCES, quote: bool = True, compare: bool = False
    ) -> Md:
        """A footnote mark for the evidence of a statement. `quote` off: the quotation stands in the text."""
        chosen, more = list(evidence)[:limit], len(evidence) - limit
        sources = joined((self.source(piece, quote) for piece in chosen), " ") or md(NO_PASSAGE)
        rest = md(f" {capital(counted(more, 'further passage'))} in the forms.") if more > 0 and limit > 1 else Md("")
        self._texts.append(Md("Cf. " if compare else "") + sources + rest)
        return Md(f"[^{len(self._texts)}]")

    def source(self, evidence: Evidence, quote: bool) -> Md:
        """One source in the style of all: type, date, page, file, and the quotation."""
        self.check(evidence)
        self._used[evidence.file] = None
        parts = [*self._names(evidence.file), *([inline(place(evidence))] if place(evidence) else [])]
        head = joined([*parts, file_name(evidence.file)], ", ")
        return stopped(head + Md(": ") + quoted(evidence.quote, NOTE_QUOTE_WORDS)) if quote else head + Md(".")

    def check(self, evidence: Evidence) -> None:
        """Stop the report where a quote does not stand at its place."""
        if not self._verify(evidence):
            raise EvidenceStale("", "", evidence.file, evidence.page)

    def short(self, evidence: Evidence) -> Md:
        """A source for a table cell: type and page."""
        self.check(evidence)
        self._used[evidence.file] = None
        names = self._names(evidence.file)[:1]
        return joined([*names, *([inline(place(evidence))] if place(evidence) else [])], ", ")

    def _names(self, file: str) -> list[Md]:
        document = self._documents.get(file)
        if document is None:
            return [md("Document")]
        return [md(type_name(document.type)), md(document.date or NO_DATE)]

    @property
    def used(self) -> tuple[str, ...]:
        """The files that were cited, in order."""
        return tuple(self._used)

    def numbered(self, text: str) -> str:
        """The text with its notes numbered as they appear, and the notes themselves below."""
        order: dict[str, int] = {}
        for match in NOTE.finditer(text):
            order.setdefault(match[1], len(order) + 1)
        body = NOTE.sub(lambda match: f"[^{order[match[1]]}]", text)
        notes = [f"[^{number}]: {self._texts[int(label) - 1]}" for label, number in order.items()]
        return body.rstrip() + "\n\n" + "\n\n".join(notes) + "\n" if notes else body.rstrip() + "\n"


def author_of(document: DocumentFacts) -> str:
    """Who wrote a document, as references name them."""
    return "; ".join(document.authors) or "Author not stated"


def reference(document: DocumentFacts) -> Md:
    """A document in the list of references: author (year), title, type, file."""
    year = document.date[:4] or NO_DATE
    title = emphasis(document.title) if document.title else md("[Untitled]")
    kind = md(f"{type_name(document.type)}{f', {date_words(document.date)}' if len(document.date) > 4 else ''}.")
    return (
        md(f"{author_of(document)} ({year}). ") + title + Md(". ") + kind + Md(" ") + file_name(document.file) + Md(".")
    )


def references(documents: Iterable[DocumentFacts]) -> list[Md]:
    """The list of references, by author and year."""
    ordered = sorted(documents, key=lambda document: (author_of(document).casefold(), document.date, document.file))
    return [reference(document) for document in ordered]
