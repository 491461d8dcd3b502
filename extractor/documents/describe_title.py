"""The title of a document: the best block or line of its first pages, over as many lines as it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.model import Block, Document, Span

TITLE_PAGES = 3
MAX_CANDIDATES = 40
MAX_TITLE_CHARS = 320
MIN_TITLE_CHARS = 8
LONG_LINE_CHARS = 35
SHORT_WORDS = 3
MAX_WORD_HITS = 3
MIN_CAPITAL_SHARE = 0.7

NOT_TITLES = re.compile(
    r"^(?:table of contents?|contents?|sommaire|table des matières|índice|contenido|"
    r"(?:list of )?(?:acronyms|abbreviations).*|"
    r"foreword|preface|acknowledge?ments?|executive summary|summary|abstract|introduction|background|"
    r"disclaimer|copyright.*|"
    r"electronic copy.*|page \d.*|annex.*|appendix.*|draft|confidential|final|version.*|figures?.*|"
    r"list of .*|general information|"
    r"résumé( exécutif)?|resumen( ejecutivo)?|remerciements|agradecimientos|form|isbn.*|issn.*|photos?:.*|"
    r"cover photo.*|©.*|"
    r"downloads?.*|transcription|size:?|start display.*|documentos?|evaluation|results?|resultados|"
    r"equipo de trabajo)\W*$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"^(?:the )?(?:(?:office|ministry|department|government|republic|embassy|university|faculty|institute|"
    r"centre|center|agency|"
    r"bureau|division|delegation|commission|secretariat|international organi[sz]ation|united nations|"
    r"european (?:commission|union)|"
    r"organisation internationale|ministère|ministerio|universidad|université)\b[^.:]{0,70}|[A-Z]{2,8}|"
    r"[\w ,.&’'-]{0,60}\b(?:inc|ltd|llc|gmbh|development fund|organi[sz]ation|foundation|associates|"
    r"consulting|agency|evaluation division|"
    r"central evaluation|trust|university|limited)\.?(?:,? \([A-Z]+\))?(?:, headquarters)?)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:@|www\.|https?:|\btel\b|\bfax\b|p\.?o\.? box|\bisbn\b|\bissn\b|\+\d\d|\bstreet\b|\bavenue\b|electronic copy)",
    re.I,
)
_FIELD = re.compile(r"^[A-Z][\w /()’']{1,28}:\s")
_TITLE_FIELD = re.compile(r"^(?:report |document )?title\b[^:]{0,12}:\s*", re.I)
_NOT_TITLE_FIELD = re.compile(
    r"^(?:call|topic|funding scheme|(?:prepared|submitted|written|presented|produced) (?:by|for|to)|for|by|"
    r"date|author|authors|"
    r"coordinator|acronym|keywords?|e-?mail|contact|reference|version|evaluators?|donor|duration|activity|(?:proposal|project|contract|"
    r"grant) (?:number|no|code|acronym|id))\b", re.I
)  # fmt: skip
_WORDS = re.compile(
    r"\b(?:evaluation|évaluation|evaluación|evaluacion|report|rapport|informe|project|projet|proyecto|programme|program|proposal|review|"
    r"study|assessment|initiative|strengthening|support|memorandum|agreement|application|questionnaire|plan|analysis|towards?|"
    r"combat\w*|counter|prevention|trafficking|migration|development|management response|brief|toolkit)\b",
    re.IGNORECASE,
)
_DATE_ONLY = re.compile(
    r"^\W*(?:(?:date:?\s*)?(?:\d{1,2}(?:st|nd|rd|th)?[\s./-]*)?(?:[A-Za-zÀ-ÿ]{3,10}[\s.,/-]*)?(?:\d{1,2},?\s*)?(?:19|20)\d\d)\W*$"
)
_DATE_TAIL = re.compile(
    r"[\s,.;–—-]+(?:(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december)\s+(?:\d{1,2},\s*)?(?:19|20)\d\d)\W*$", re.I
)  # fmt: skip
_RUNS_ON_END = re.compile(
    r"(?:\b(?:of|the|for|and|in|on|to|from|with|by|at|a|an|de|des|du|la|le|les|del|los|en|el|y|et|para|pour|sur|dans|au|aux|à)|[,:–—-])$",
    re.I,
)  # noqa: E501
_RUNS_ON_START = re.compile(r"^[a-zà-ÿ(“‘\"']")
_GENERIC_PROPERTY = re.compile(
    r"(?:microsoft word|untitled|document\d*$|\.docx?$|\.pdf$|\.indd|powerpoint|template|^report$|slide \d)", re.I
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    span: Span
    kind: str
    level: int
    order: int
    row: bool = False


def find_title(document: Document) -> tuple[str, Span | None]:
    """The document's title and its place; the file's own property only where the pages show none."""
    lines = list(_candidates(document))
    joined = [_run_on(document, lines, index) for index in range(len(lines))]
    scored = [(score, -found.order, found) for found in joined if (score := _score(found, document)) > 0]
    if scored:
        best = max(scored, key=lambda entry: entry[:2])[2]
        text = _DATE_TAIL.sub("", _TITLE_FIELD.sub("", best.text))
        return _clean(text), best.span
    prop = fold(document.properties.title)
    return (prop, None) if looks_real(prop) else ("", None)


def looks_real(title: str) -> bool:
    """Whether a file's title property is a title, not a file name or an empty phrase."""
    return MIN_TITLE_CHARS <= len(title) <= MAX_TITLE_CHARS and " " in title and not _GENERIC_PROPERTY.search(title)


def fold(text: str) -> str:
    """A text with each run of white space as one space, without the marks of emphasis."""
    return " ".join(text.replace("￾", "").split()).strip("*_# ")


def _clean(text: str) -> str:
    text = fold(text)
    half = len(text) // 2
    if len(text) > 2 * MIN_TITLE_CHARS and text[:half].strip() == text[half:].strip():
        return text[:half].strip()
    return text


def _candidates(document: Document) -> Iterator[_Candidate]:
    """Titles, headings and single lines of the first pages."""
    order = 0
    for block in document.blocks:
        if block.span.page >= TITLE_PAGES or order >= MAX_CANDIDATES:
            return
        if block.kind in {"toc", "footer", "footnote", "header", "caption"}:
            continue
        for span in _lines(document, block):
            text = fold(document.text(span))
            if text:
                yield _Candidate(text, span, block.kind, block.level, order, block.kind == "table_row")
                order += 1


def _lines(document: Document, block: Block) -> Sequence[Span]:
    """Headings and titles whole; of a paragraph its lines, of a table row its cells."""
    if block.kind in {"title", "heading"}:
        return (block.span,)
    if block.cells:
        return block.cells
    spans: list[Span] = []
    start = block.span.start
    for line in document.text(block.span).split("\n")[:8]:
        spans.append(Span(block.span.page, start, start + len(line)))
        start += len(line) + 1
    return spans


def _run_on(document: Document, lines: Sequence[_Candidate], index: int) -> _Candidate:
    """A candidate with the lines that carry it on: of the same kind, and open at the join or all in capitals."""
    first = last = lines[index]
    text = first.text
    for following in lines[index + 1 : index + 7]:
        if not _joins(last, following, text):
            break
        last = following
        text = fold(f"{text} {following.text}")
    if last is first:
        return first
    span = Span(first.span.page, first.span.start, last.span.end)
    return _Candidate(fold(document.text(span)), span, first.kind, first.level, first.order)


def _joins(last: _Candidate, following: _Candidate, text: str) -> bool:
    if following.span.page != last.span.page or _is_display(following) != _is_display(last) or last.row:
        return False
    if len(text) > MAX_TITLE_CHARS or _is_no_title(following.text) or text.endswith((".", "?")):
        return False
    if _DATE_ONLY.match(following.text) or _FIELD.match(following.text):
        return False
    if _RUNS_ON_END.search(text) or _RUNS_ON_START.match(following.text):
        return True
    if _is_display(last):
        return following.kind == "title" and len(following.text.split()) <= SHORT_WORDS
    return text.isupper() and following.text.isupper() and len(last.text) > LONG_LINE_CHARS


def _is_display(found: _Candidate) -> bool:
    return found.kind in {"title", "heading"}


def _is_no_title(text: str) -> bool:
    return bool(
        NOT_TITLES.match(text) or _ADDRESS.search(text) or _ORGANISATION.match(text) or _NOT_TITLE_FIELD.match(text)
    )


def _score(found: _Candidate, document: Document) -> float:
    text = found.text
    if not MIN_TITLE_CHARS <= len(text) <= MAX_TITLE_CHARS or _is_no_title(text) or _DATE_ONLY.match(text):
        return 0.0
    letters = sum(char.isalpha() for char in text)
    if letters < len(text) * 0.5 or len(text.split()) < 2:  # noqa: PLR2004
        return 0.0
    if _TITLE_FIELD.match(text):
        return 9.0 if found.span.page == 0 else 4.0
    score = 1.0 + 0.6 * min(MAX_WORD_HITS, len({word.lower() for word in _WORDS.findall(text)}))
    score += {"title": 3.0, "heading": 1.5 if found.level <= 1 else 0.5}.get(found.kind, 0.0)
    score += min(len(text), 120) / 60
    score -= 0.12 * found.order + 1.2 * found.span.page
    score -= 1.5 if found.row or text[:1].islower() else 0.0
    score -= 2.5 if _is_sentence(text) else 0.0
    score -= 1.5 if _FIELD.match(text) and found.kind not in {"title", "heading"} else 0.0
    prop = fold(document.properties.title).lower()
    if looks_real(prop) and (prop in text.lower() or text.lower() in prop):
        score += 2.0
    return score


def _is_sentence(text: str) -> bool:
    """Running text: a full stop at its end, or long and mostly in small letters."""
    words = [word for word in text.split() if word[:1].isalpha()]
    small = sum(word[0].islower() for word in words)
    return text.endswith((".", ";", ",")) or (len(words) > 14 and small > MIN_CAPITAL_SHARE * len(words))  # noqa: PLR2004
