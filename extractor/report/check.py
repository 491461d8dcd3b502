"""`report check`: the rules for final reports that a program can check, on the tool's output or a person's own file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from docx import Document
from docx.opc.exceptions import PackageNotFoundError

from extractor.errors import UsageError
from extractor.report.acronyms import explained, used
from extractor.report.check_word import layout_problems
from extractor.report.outline import Part, docx_outline, markdown_outline

Severity = Literal["error", "warning"]
SUMMARY_SHARE = 0.10
WORDS_A_PAGE = 450
"""Of 12-point text on A4 with tables and footnotes; the page count is an estimate and said to be one."""
MAX_PAGES = 60
MOST_NAMED = 8
ORDER: tuple[tuple[str, str, bool], ...] = (
    ("contents", r"^(table of )?contents", True),
    ("acknowledgements", r"^acknowledge?ments?", True),
    ("acronyms", r"acronyms|abbreviations", True),
    ("executive summary", r"^(executive )?summary", True),
    ("introduction", r"^introduction", True),
    ("methodology", r"method", True),
    ("findings", r"findings|results|relevance|effectiveness|efficiency|impact|sustainability", True),
    ("conclusions", r"conclusions", True),
    ("recommendations", r"recommendations", True),
    ("annexes", r"^annex|^appendix", True),
    ("references", r"^references|^bibliography", True),
)
"""The parts of a final report in order, by the words of their headings; all are asked for."""
PARTS_OF_MAIN = ("introduction", "methodology", "findings", "conclusions", "recommendations")
FINDING_LINK = re.compile(r"\bfindings?\s+(\d+)", re.IGNORECASE)
CONCLUSION_LINK = re.compile(r"\bconclusions?\s+(\d+)", re.IGNORECASE)
NUMBERED = re.compile(r"^(finding|conclusion|recommendation)\s+(\d+)[.:)]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that the report does not keep: which, how grave, where, and what to do."""

    rule: str
    severity: Severity
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.place}: {self.message} [{self.rule}]"


class NotCheckable(UsageError):
    """The file is no report that can be checked."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(f"{path} cannot be checked: {cause}. Give a .docx or .md file.")


@dataclass(frozen=True)
class Report:
    """A report taken apart: its parts by kind, in order."""

    parts: Sequence[tuple[str, Part]]
    contents_elsewhere: bool

    def of(self, *kinds: str) -> list[Part]:
        """The parts of these kinds."""
        return [part for kind, part in self.parts if kind in kinds]

    @property
    def main(self) -> list[Part]:
        """From the introduction to the recommendations."""
        kinds = [kind for kind, _ in self.parts]
        inside = [place for place, kind in enumerate(kinds) if kind in PARTS_OF_MAIN]
        return [part for _, part in self.parts[inside[0] : inside[-1] + 1]] if inside else []

    @property
    def is_final(self) -> bool:
        """Whether it is a final report; a case study has no summary and other parts."""
        kinds = {kind for kind, _ in self.parts}
        return "executive summary" in kinds or {"methodology", "conclusions"} <= kinds


def check_report(path: Path) -> list[Finding]:
    """All that the report in a .docx or .md file does not keep; an empty list when it keeps every rule."""
    if path.suffix.casefold() == ".md":
        return _check(_taken_apart(markdown_outline(_read(path)), contents_elsewhere=True))
    if path.suffix.casefold() != ".docx":
        raise NotCheckable(path, "its name ends in something else")
    document = _open(path)
    rules = _check(_taken_apart(docx_outline(document), contents_elsewhere=False))
    return [*rules, *(Finding(rule, "error", place, message) for rule, place, message in layout_problems(document))]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise NotCheckable(path, "it cannot be read as UTF-8 text") from fault


def _open(path: Path) -> Any:
    try:
        return Document(str(path))
    except (OSError, PackageNotFoundError, KeyError, ValueError) as fault:
        raise NotCheckable(path, "it cannot be opened as a Word file") from fault


def _taken_apart(parts: Sequence[Part], contents_elsewhere: bool) -> Report:
    return Report([(_kind(part.title), part) for part in parts], contents_elsewhere)


def _kind(title: str) -> str:
    """Which of the ordered parts a heading opens; "findings: ..." is told from "findings and conclusions" by order."""
    lowered = title.casefold()
    if re.match(r"^(annex|appendix)", lowered):
        return "annexes"
    return next((kind for kind, words, _ in ORDER if re.search(words, lowered)), "") if title else ""


def _check(report: Report) -> list[Finding]:
    rules: tuple[Callable[[Report], Iterator[Finding]], ...] = (_acronyms,)
    if report.is_final:
        rules = (_order, _summary, _pages, _acronyms, _linked_conclusions, _linked_recommendations, _summary_order)
    return [finding for rule in rules for finding in rule(report)]


def _order(report: Report) -> Iterator[Finding]:
    """All parts are there, and in order."""
    kinds = [kind for kind, _ in report.parts if kind]
    wanted = [kind for kind, _, asked in ORDER if asked and not (kind == "contents" and report.contents_elsewhere)]
    for kind in wanted:
        if kind not in kinds:
            yield Finding("order", "error", "the whole report", f"there is no part headed {kind!r}")
    present = [kind for kind in wanted if kind in kinds]
    for before, after in zip(present, present[1:], strict=False):
        if kinds.index(before) > kinds.index(after):
            yield Finding("order", "error", after.capitalize(), f"stands before {before!r}; it belongs after it")


def _summary(report: Report) -> Iterator[Finding]:
    """The executive summary is at most a tenth of the main report."""
    summary = sum(part.words for part in report.of("executive summary"))
    main = sum(part.words for part in report.main)
    if main and summary > SUMMARY_SHARE * main:
        share = f"{summary / main:.0%} of the main report's {main}"
        message = f"has {summary} words, which is {share}; at most a tenth is allowed"
        yield Finding("summary", "error", "Executive summary", message)


def _pages(report: Report) -> Iterator[Finding]:
    """The main report has at most 60 pages, by estimate."""
    pages = sum(part.words for part in report.main) / WORDS_A_PAGE
    if pages > MAX_PAGES:
        message = f"has about {pages:.0f} pages (estimated from its words); at most {MAX_PAGES} are allowed"
        yield Finding("length", "warning", "Main report", message)


def _acronyms(report: Report) -> Iterator[Finding]:
    """Every acronym is in the list of acronyms, or explained where it stands."""
    body = "\n".join(
        part.text for kind, part in report.parts if kind not in {"acronyms", "annexes", "references", "contents"}
    )
    listed = {row[0]: row[1] for part in report.of("acronyms") for row in part.rows if len(row) > 1}
    listed |= dict(line.split(" ", 1) for part in report.of("acronyms") for line in part.paragraphs if " " in line)
    known = {name for name, meaning in listed.items() if "to be completed" not in meaning} | set(explained(body))
    missing = sorted(used(body) - known)
    if missing:
        named = ", ".join(missing[:MOST_NAMED]) + (
            f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        )
        yield Finding("acronyms", "error", "Acronyms and abbreviations", f"not explained: {named}")


def _numbers(parts: Sequence[Part], kind: str) -> set[int]:
    found = (NUMBERED.match(text) for part in parts for text in part.paragraphs)
    return {int(match[2]) for match in found if match and match[1].casefold() == kind}


def _linked(
    report: Report, kind: str, allowed: Sequence[tuple[re.Pattern[str], set[int]]], to: str
) -> Iterator[Finding]:
    """Each numbered paragraph of a chapter names at least one thing, which exists, that it follows from."""
    chapters = report.of(f"{kind}s")
    paragraphs = [(match[2], text) for part in chapters for text in part.paragraphs
                  if (match := NUMBERED.match(text)) and match[1].casefold() == kind]  # fmt: skip
    if chapters and not paragraphs and any(len(part.paragraphs) > 1 for part in chapters):
        message = f"no paragraph is numbered ('{kind.capitalize()} 1.'), so none can be linked to {to}"
        yield Finding("links", "error", f"{kind.capitalize()}s", message)
    for number, text in paragraphs:
        rest = NUMBERED.sub("", text)
        named = {int(n) for pattern, existing in allowed for n in pattern.findall(rest) if int(n) in existing}
        if not named:
            yield Finding(
                "links", "error", f"{kind.capitalize()} {number}", f"names no {to} of this report that it follows from"
            )


def _linked_conclusions(report: Report) -> Iterator[Finding]:
    findings = _numbers(report.main, "finding")
    return _linked(report, "conclusion", [(FINDING_LINK, findings)], "finding")


def _linked_recommendations(report: Report) -> Iterator[Finding]:
    findings = _numbers(report.main, "finding")
    return _linked(report, "recommendation", [(FINDING_LINK, findings)], "finding")


def _summary_order(report: Report) -> Iterator[Finding]:
    """Findings and recommendations stand in the summary in the order of the report."""
    paragraphs = [text for part in report.of("executive summary") for text in part.paragraphs]
    for kind in ("finding", "recommendation"):
        named = (
            re.findall(r"\b(finding|conclusion|recommendation)\s+(\d+)", text.casefold())[-1:] for text in paragraphs
        )
        numbers = [int(last[0][1]) for last in named if last and last[0][0] == kind]
        if numbers != sorted(numbers):
            yield Finding("summary", "error", "Executive summary", f"{kind}s do not stand in the order of the report")
