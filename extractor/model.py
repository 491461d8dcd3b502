"""The words of a desk review as frozen data: documents, passages, votes, answers, forms.

No I/O and no conversion here. A `Span` is a place in the stored text of one page; whatever is quoted
anywhere is `text[start:end]` of that page, in Unicode code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal[
    "ok", "partial", "no_text", "password", "damaged", "unsupported", "too_large", "timed_out", "crashed", "duplicate"
]
FAILED_OUTCOMES: frozenset[str] = frozenset({"damaged", "timed_out", "crashed", "too_large"})
READ_OUTCOMES: frozenset[str] = frozenset({"ok", "partial"})

BlockKind = Literal[
    "title", "heading", "paragraph", "list_item", "table_row", "caption", "footnote", "header", "footer", "toc"
]
Status = Literal["found", "not_found", "not_applicable", "unreadable"]
Coder = str
"""Who proposes an answer: "rules", "classifier", a typed extractor's name, or a reviewer's."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place: index of the page in `Document.pages` (0-based), start and end in that page's text."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word that was read from an image: its place in the page's text, its box, how sure the reading is (0 to 1).

    The box is left, top, right, bottom as shares of the page's width and height as it is shown.
    """

    start: int
    end: int
    box: tuple[float, float, float, float]
    confidence: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. `number` counts the file's pages from 1; None where the format has no pages.

    A page that was read from its image is marked `ocr` and keeps its words' boxes.
    """

    number: int | None
    text: str
    printed: str | None = None
    ocr: bool = False
    words: tuple[OcrWord, ...] = ()

    @property
    def confidence(self) -> float | None:
        """How sure the reading of an OCR page is, on average over its words; None for any other page."""
        if not self.words:
            return None
        return sum(word.confidence for word in self.words) / len(self.words)


@dataclass(frozen=True, slots=True)
class Block:
    """A layout unit in reading order.

    `level` is the heading's depth (1 = highest) or the list's nesting (0 = outermost).
    `number` is what is printed before it ("3.2", "Recommendation 4", "b)"), which stays part of the span.
    A table row names its `table` (counted through the document), and `cells` are its cells' spans from left
    to right; an empty cell is an empty span. A merged cell stands once, in the first row and column it covers.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    number: str = ""
    table: int | None = None
    cells: tuple[Span, ...] = ()
    header_row: bool = False


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file itself says of itself (PDF info, DOCX core properties, HTML meta); often wrong or empty."""

    title: str = ""
    author: str = ""
    created: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container (ZIP package, mail message): its name there, its place in the container's order.

    A name is a label only and never used as a path. One that will not be opened has an outcome and a reason.
    """

    name: str
    index: int
    sha256: str = ""
    outcome: Outcome = "ok"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its pages, its blocks in reading order, its own properties, the files inside it."""

    format: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    properties: Properties = Properties()
    outcome: Outcome = "ok"
    reason: str = ""
    members: tuple[Member, ...] = ()

    def text(self, span: Span) -> str:
        """The words at a span, as stored."""
        return self.pages[span.page].text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, list item, table row or heading, with where it stands.

    `text` is for matching: white space folded, a sentence that runs over a page joined.
    `spans` are its places in the stored text, one a page it touches. `headings` is the path from the
    highest heading down; the numbers are stripped. `position` is where it starts in the document, 0.0 to 1.0.
    """

    text: str
    spans: tuple[Span, ...]
    kind: BlockKind
    headings: tuple[str, ...]
    block: int
    position: float

    @property
    def span(self) -> Span:
        """Its longest place, which is the one that is quoted."""
        return max(self.spans, key=lambda span: span.end - span.start)


@dataclass(frozen=True, slots=True)
class Description:
    """What a document is: one of the form's `document_types` or "other", title, authors, date, language."""

    type: str = "other"
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    type_span: Span | None = None
    title_span: Span | None = None
    date_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One document of a project, read: its ledger facts, text and passages."""

    file: str
    sha256: str
    document: Document
    description: Description
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """One coder's proposal for an item, from one place of one document.

    `option` is the option's id ("group.option" for grouped items), "" for items without options.
    `value` is the proposed value of a typed item, in the contract's shape; None for options.
    `score` is the coder's own, 0.0 to 1.0, not yet a confidence.
    """

    item: str
    option: str
    coder: Coder
    score: float
    file: str
    span: Span
    why: str
    value: Any = None
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coding:
    """What the coders propose for one document.

    `density` is the share of its passages that hold a word of the rubric's field.
    """

    description: Description
    votes: tuple[Vote, ...]
    passages: int
    density: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span with its verbatim quote, supporting an answer. `page` and `printed_page` as the reader sees them."""

    for_: str
    file: str
    page: int | None
    printed_page: str | None
    start: int
    end: int
    quote: str
    confidence: float
    coder: Coder
    why: str


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One side of a contradiction between documents."""

    value: Any
    file: str
    page: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Documents that say different things of one item."""

    values: tuple[ConflictValue, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one item of one project.

    `acceptable` holds values that a manual review names as right beside its own; only comparison uses it.
    `coder` says whose answer it is where a form holds answers of several; "" is that of the set of forms.
    """

    status: Status
    value: Any = None
    confidence: float = 0.0
    options: Mapping[str, float] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    searched: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    comment: str = ""
    acceptable: tuple[Any, ...] = ()
    coder: Coder = ""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document as a form names it."""

    file: str
    sha256: str
    type: str
    outcome: str
    pages: int
    language: str
    title: str
    authors: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class Form:
    """All answers of one project under one rubric."""

    project: str
    documents: tuple[DocumentFacts, ...]
    items: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a set of forms: the rubric and the model, by name and hash, and the coder."""

    created: str
    coder: Coder = "machine"
    rubric_name: str = ""
    rubric_version: str = ""
    rubric_hash: str = ""
    model_name: str = ""
    model_hash: str = ""


@dataclass(frozen=True, slots=True)
class FormSet:
    """The forms of a workspace, or of one reviewer, with what made them: the content of a forms.json."""

    provenance: Provenance
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """How one file of the archive ended: the row of `deskreview status`."""

    file: str
    project: str
    outcome: str
    reason: str = ""
    of: str = ""
    sha256: str = ""
    type: str = "other"
    pages: int = 0
    language: str = ""
    seconds: float = 0.0
