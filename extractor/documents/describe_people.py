"""Who wrote a document and when: named on its title page, or by a label ("Prepared by", "Evaluators")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.documents.datewords import find_dates
from extractor.model import Document, Span

TITLE_PAGE_CHARS = 1_500
DATE_PAGES = 3
MAX_LABEL_CHARS = 48
MAX_AUTHORS = 12
AUTHOR_PAGES = 5
"""A file's author property counts only if these pages name the person too: it is often a typist."""
MAX_DATE_LINE_CHARS = 90
MAX_BYLINE_CHARS = 400

_DATE_LABEL = re.compile(
    r"\b(?:date of (?:publication|issue|report|submission|preparation)|(?:report|publication|submission|"
    r"issue|final report) date|date|"
    r"published|submitted|issued|fecha|prepared in|dated|copyright|©)\b[^\n]{0,30}$",
    re.IGNORECASE,
)
_OTHER_DATE = re.compile(
    r"\b(?:start|end|begin\w*|closing|completion|original|planned|was|were|approval|visits?)\b", re.IGNORECASE
)
_PERIOD = re.compile(
    r"(?:\b(?:period|from|between|until|since|start|end|phase|implementation|duration|project|programme|funded|visit|covering|months?|"
    r"year ended|months ended|appointed|resigned|retired|modified|updated|call)\b|[-–—]\s*$|\bto\s*$)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^\W*(?:(?:report |document |study )?(?:prepared|written|authored|compiled|elaborated|produced|"
    r"conducted) by|authors?(?:\(s\))?|"
    r"lead (?:author|evaluator)|evaluators?(?:\(s\))?|evaluation team|external evaluation team|by|"
    r"consultants?|coordinator|"
    r"préparé par|rédigé par|auteurs?|évaluateurs?|elaborado por|documento elaborado por|autore?s|"
    r"evaluador(?:es|a)?)\b\s*(?::|\n|$)?\s*(?P<names>.*)$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"^(?:(?:Dr|Mr|Mrs|Ms|Prof|M|Sr|Sra)\.? )?(?:[A-ZÀ-Þ][a-zà-ÿ’'-]+|[A-ZÀ-Þ]\.|[A-ZÀ-Þ]{2,})(?: (?:de|da|"
    r"del|van|von|el|al|bin|Mc|O'|Y))?"
    r"(?: (?:[A-ZÀ-Þ][a-zà-ÿA-Z’'-]+|[A-ZÀ-Þ]\.)){1,3}$"
)
_ROLE = re.compile(
    r"\s*(?:\([^)]*\)|,\s*(?:lead|team|senior|evaluator|consultant|director|expert|ph\.?d).*$|\s[-–|]\s.*$)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,|;|\band\b|\bet\b|\by\b|&|\n)\s*")
_RECRUITED = re.compile(
    r"(?:external|independent|international|national)?\s*(?:consultant|evaluator)s?,?\s+(?P<name>(?:(?:Dr|"
    r"Mr|Mrs|Ms|Prof|M)\.? )?"
    r"[A-ZÀ-Þ][a-zà-ÿ'-]+(?: [A-ZÀ-Þ][a-zà-ÿ'-]+){1,2}),? (?:was|were|conducted|carried|undertook)"
)
_NO_PERSON = re.compile(
    r"\b(?:report|evaluation|project|programme|office|organi[sz]ation|department|university|united|nations|international|development|"
    r"executive|summary|table|contents|final|migration|trafficking|version|page|street|government|republic|annex|human|action|title|country|south|north|east|west|"
    r"agency|ministry|call|plan|national|regional|geneva|switzerland|norway|foundation|research|policy|review|response|tel|fax|lessons|learned|forest|initiative|network|fund|partnership|service|commission)\b",
    re.IGNORECASE,
)


def find_date(document: Document) -> tuple[str, Span | None]:
    """The date of the document: labelled, or alone on a line of its first page; never a period of the project."""
    found = list(_date_candidates(document))
    if not found:
        return "", None
    _, _, value, span = max(found, key=lambda entry: (entry[0], entry[1]))
    return value, span


def _date_candidates(document: Document) -> Iterator[tuple[float, int, str, Span]]:
    order = 0
    for page_index, page in enumerate(document.pages[:DATE_PAGES]):
        start = 0
        limit = TITLE_PAGE_CHARS if page_index else 2 * TITLE_PAGE_CHARS
        for line in page.text[:limit].split("\n"):
            for date in find_dates(line) if len(line) <= MAX_DATE_LINE_CHARS else ():
                score = _date_score(line, date.start, date.end, date.value, page_index)
                if score > 0:
                    yield score, -order, date.value, Span(page_index, start + date.start, start + date.end)
                order += 1
            start += len(line) + 1


def _date_score(line: str, start: int, end: int, value: str, page: int) -> float:
    before, after = line[:start], line[end:]
    labelled = len(before) <= MAX_LABEL_CHARS and bool(_DATE_LABEL.search(before)) and not _OTHER_DATE.search(before)
    if _PERIOD.search(before) and not labelled or re.match(r"\s*(?:[-–—/]|to\b|until\b)", after):
        return 0.0
    rest = len((before + after).strip(" .,:;()"))
    if not labelled and len(value) == 4 and rest > 0:  # noqa: PLR2004
        return 0.0
    score = 3.0 if labelled else 2.0 if rest == 0 else 1.0 if rest < 45 else 0.3  # noqa: PLR2004
    return score + (0.5 if len(value) > 4 else 0.0) - 0.8 * page  # noqa: PLR2004


def find_authors(document: Document) -> tuple[str, ...]:
    """The persons or bodies named as authors on the first pages, else by the file's own property."""
    names: list[str] = []
    for page in document.pages[:DATE_PAGES]:
        text = page.text[: 2 * TITLE_PAGE_CHARS]
        names.extend(name for name in _bylines(text) if name not in names)
        if not names:
            names.extend(match["name"] for match in _RECRUITED.finditer(page.text))
    names = names or _person_lines(document)
    author = document.properties.author.strip()
    if not names and _is_person(author) and any(author in page.text for page in document.pages[:AUTHOR_PAGES]):
        names = [author]
    return tuple(dict.fromkeys(names))[:MAX_AUTHORS]


def _bylines(text: str) -> Iterator[str]:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        match = _BYLINE.match(line) if len(line) <= MAX_BYLINE_CHARS else None
        if match is None:
            continue
        names = match["names"].strip()
        following = [text for text in (part.strip() for part in lines[index + 1 : index + 6]) if text]
        if not names:
            yield from _leading_people(following)
        else:
            if names.endswith((",", " and")) and following:
                names = f"{names} {following[0]}"
            yield from (name for name in _names_in(names))


def _leading_people(lines: list[str]) -> Iterator[str]:
    for line in lines:
        people = list(_names_in(line))
        if not people:
            return
        yield from people


def _names_in(text: str) -> Iterator[str]:
    for part in _SPLIT.split(_ROLE.sub("", text)):
        name = part.strip(" .:*_")
        if _is_person(name):
            yield name


def _is_person(name: str) -> bool:
    return bool(_PERSON.match(name)) and not _NO_PERSON.search(name) and not name.isupper() or _is_capital_name(name)


def _is_capital_name(name: str) -> bool:
    words = name.split()
    return name.isupper() and 2 <= len(words) <= 4 and all(len(w) > 1 for w in words) and not _NO_PERSON.search(name)  # noqa: PLR2004


def _person_lines(document: Document) -> list[str]:
    """Persons' names that stand alone on lines of the title page, two or more."""
    if not document.pages:
        return []
    lines = (line.strip() for line in document.pages[0].text[:TITLE_PAGE_CHARS].split("\n"))
    found = [line for line in lines if _PERSON.match(line) and not _NO_PERSON.search(line) and not line.isupper()]
    return found if len(found) > 1 else []
