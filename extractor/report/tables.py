"""The tables of the reports. Each takes a case and gives Markdown, "" where there is nothing to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from extractor.model import DocumentFacts, Evidence
from extractor.report.case import Case, Tally
from extractor.report.citations import NO_DATE, type_name
from extractor.report.markdown import Md, file_name, joined, md, table
from extractor.report.places import code_of, region_of
from extractor.report.project import NOT_FOUND, ProjectView
from extractor.report.results import ResultRow, result_rows
from extractor.report.stakeholders import OPTION_KINDS, ROLES, kind_of_organisation
from extractor.report.values import as_list, money_words, value_words
from extractor.report.wording import MONTHS_A_YEAR, counted, date_words, listing, months_between, number_text
from extractor.rubric import CODED_TYPES, Item

TABLES: dict[str, Callable[..., Md]] = {}
OUTCOME_WORDS = {
    "ok": "read",
    "partial": "read in part",
    "no_text": "no text",
    "password": "needs a password",
    "damaged": "damaged",
    "unsupported": "type not supported",
    "too_large": "too large",
    "timed_out": "took too long",
    "crashed": "could not be read",
    "duplicate": "same as another",
}
COMPARED_CURRENCY = "USD"
DASH = "-"
MIN_COUNTED = 5
"""With fewer answers than this a sentence says it all."""


def named(function: Callable[..., Md]) -> Callable[..., Md]:
    """Make a table known to templates under its function's name."""
    TABLES[function.__name__] = function
    return function


@named
def comparability(case: Case) -> Md:
    """The case comparability table: what lets one case be set beside another."""
    header = ["Project", "Country", "Project type", "Period", "Scope", "Budget a year", "Region, sub-region"]
    rows = [_comparability_row(project) for project in case.projects]
    return table(header, rows, "Case comparability", [14, 13, 17, 15, 10, 14, 17])


def _comparability_row(project: ProjectView) -> list[object]:
    return [
        project.id,
        project.says("country"),
        project.says("project_type"),
        period(project),
        project.says("scope"),
        _budget_a_year(project),
        _regions(project),
    ]


def period(project: ProjectView) -> Md:
    """Start and end as found: "January 2007 to March 2009"."""
    if not project.found("start_date") and not project.found("end_date"):
        return md(NOT_FOUND)
    return project.says("start_date") + Md(" to ") + project.says("end_date")


def length_of(project: ProjectView) -> int | None:
    """Length in months, from start and end; else as the documents give it."""
    start, end = (str(project.answer(item).value or "") for item in ("start_date", "end_date"))
    counted_months = months_between(start, end) if project.found("start_date") and project.found("end_date") else None
    given = project.answer("length_months").value
    return counted_months or (round(given) if isinstance(given, (int, float)) and given > 0 else None)


def _budget_a_year(project: ProjectView) -> Md:
    """The budget divided by the length; in other currencies than the dollar it is not converted."""
    amount, months = project.amount("budget"), length_of(project)
    if amount is None:
        return md(project.words("budget")) + project.note("budget") if project.found("budget") else md(NOT_FOUND)
    if months is None:
        return md(f"{money_words(amount)} in all, length {NOT_FOUND}") + project.note("budget")
    yearly = round(float(amount["amount"]) * MONTHS_A_YEAR / months)
    currency = str(amount.get("currency", ""))
    return md(f"{currency} {number_text(yearly)}".strip()) + project.note("budget")


def _regions(project: ProjectView) -> Md:
    """The region that the documents name, else the one the countries lie in."""
    if project.found("region"):
        return project.says("region")
    item = project.item("country")
    if item is None or not project.found("country"):
        return md(NOT_FOUND)
    codes = [code_of(value, value_words(item, value)) for value in as_list(project.answer("country").value)]
    places = dict.fromkeys(", ".join(filter(None, region_of(code))) for code in codes)
    return md("; ".join(filter(None, places)) or NOT_FOUND)


@named
def periods(case: Case) -> Md:
    """When each project ran."""
    rows = []
    for project in sorted(case.projects, key=lambda view: (str(view.answer("start_date").value or "9999"), view.id)):
        months = length_of(project)
        rows.append(
            [project.title, project.says("start_date"), project.says("end_date"), str(months) if months else NOT_FOUND]
        )
    return table(["Project", "Start", "End", "Months"], rows, "Timeline of the projects", [46, 20, 20, -14])


@named
def budgets(case: Case) -> Md:
    """Budget, expenditure and delivery rate."""
    if not case.any("budget", "expenditure"):
        return Md("")
    rows = [[project.title, project.says("budget"), _spent(project), _delivery(project)] for project in case.projects]
    return table(
        ["Project", "Budget", "Expenditure", "Delivery rate"], rows, "Budgets and expenditure", [40, 22, 24, -14]
    )


def _spent(project: ProjectView) -> Md:
    amount = project.amount("expenditure")
    plain = {key: value for key, value in (amount or {}).items() if key != "delivery_rate"}
    return md(money_words(plain)) + project.note("expenditure") if amount else project.says("expenditure")


def _delivery(project: ProjectView) -> str:
    """The delivery rate that the documents state, else spent against budget in the same currency."""
    spent, budget = project.amount("expenditure"), project.amount("budget")
    if spent and spent.get("delivery_rate"):
        return f"{number_text(round(float(spent['delivery_rate'])))}%"
    if spent and budget and spent.get("currency") == budget.get("currency") and budget["amount"]:
        return f"{number_text(round(100 * float(spent['amount']) / float(budget['amount'])))}%"
    return DASH


@named
def counts(case: Case, item_id: str, caption: str, *groups: str) -> Md:
    """How many projects have each option of an item."""
    tallies = case.tallies(item_id, *groups)
    if len(tallies) < MIN_COUNTED:
        return Md("")
    if case.single:
        return table(
            ["Answer", "Passages"], [[_cited(tally), _passages(tally)] for tally in tallies], caption, [80, -20]
        )
    rows = [[_cited(tally), len(tally.projects), tally.share.words.rpartition("(")[2].rstrip(")")] for tally in tallies]
    base = f"{caption} (base: {counted(case.total, 'project')}; several answers possible)"
    return table(["Answer", "Projects", "Share"], rows, base, [70, -15, -15])


def _cited(tally: Tally) -> Md:
    return md(tally.text) + tally.note(3)


def _passages(tally: Tally) -> int:
    project = tally.projects[0]
    return sum(1 for piece in project.answer(tally.item.id).evidence if piece.for_ == tally.option)


@named
def planned_realised(case: Case, item_id: str = "activities", *groups: str) -> Md:
    """Options by where they are documented: in plans (proposal, agreement) or in reports and evaluations."""
    rows = [
        [md(tally.text), _stage_cell(case, tally, "planned"), _stage_cell(case, tally, "reported")]
        for tally in case.tallies(item_id, *groups)
    ]
    if not rows:
        return Md("")
    labels = dict(case.groups(item_id))
    caption = (
        f"Planned and realised: {labels[groups[0]].lower()}"
        if len(groups) == 1 and groups[0] in labels
        else "Planned and realised"
    )
    return table(
        ["Activity", "Planned (proposal, agreement)", "Realised (reports, evaluation)"], rows, caption, [44, 28, 28]
    )


def _stage_cell(case: Case, tally: Tally, stage: str) -> Md:
    best: dict[str, Evidence] = {}
    for project in tally.projects:
        for piece in project.answer(tally.item.id).evidence:
            if piece.for_ == tally.option and project.stage(piece) == stage:
                best.setdefault(project.id, piece)
    if not best:
        return md(DASH)
    names = "yes" if case.single else ", ".join(best)
    return md(names) + case.notes.note(list(best.values()), limit=len(best))


@named
def results(case: Case, *ids: str) -> Md:
    """Each result's target against what was achieved; of these projects where some are named."""
    chosen = [project for project in case.projects if not ids or project.id in ids]
    rows = [_result_row(case, row) for row in result_rows(chosen)]
    header = ["Result", "Target", "Achieved", "Share"]
    widths = [52, -16, -16, -16]
    if not case.single:
        header, widths = ["Project", *header], [16, 42, -14, -14, -14]
    return table(header, rows, "Targets and achievements", widths) if rows else Md("")


def _result_row(case: Case, row: ResultRow) -> Sequence[object]:
    return row.cells() if case.single else [row.project.id, *row.cells()]


@named
def stakeholders(case: Case) -> Md:
    """Stakeholders by type of organisation and role; no names, so no quotations either."""
    rows = [[kind, role, listing(sorted(ids))] for (kind, role), ids in stakeholder_roles(case).items()]
    notes = _stakeholder_notes(case)
    rows = [[kind, md(role) + notes.get((kind, role), Md("")), ids] for kind, role, ids in rows]
    header = ["Type of organisation or group", "Role", "Projects"]
    return table(header, rows, "Stakeholders by type", [38, 34, 28]) if rows else Md("")


def stakeholder_roles(case: Case) -> dict[tuple[str, str], set[str]]:
    """The projects in which each type of organisation has each role."""
    found: dict[tuple[str, str], set[str]] = {}
    for kind, role, project, _ in _stakeholders(case):
        found.setdefault((kind, role), set()).add(project.id)
    return found


def _stakeholders(case: Case) -> Iterable[tuple[str, str, ProjectView, tuple[Evidence, ...]]]:
    for item_id, role in ROLES:
        for project in case.projects:
            item = project.item(item_id)
            if item and item.type in CODED_TYPES:
                for box in project.boxes(item_id):
                    kind = OPTION_KINDS.get(box.option) or (
                        "" if item.option(box.option) else kind_of_organisation(box.label)
                    )
                    if kind:
                        yield kind, role, project, box.evidence
            else:
                for entry in project.entries(item_id):
                    yield kind_of_organisation(entry.text), role, project, entry.evidence


def _stakeholder_notes(case: Case) -> dict[tuple[str, str], Md]:
    pieces: dict[tuple[str, str], list[Evidence]] = {}
    for kind, role, _, evidence in _stakeholders(case):
        pieces.setdefault((kind, role), []).extend(evidence[:1])
    return {key: case.notes.note(own, quote=False) for key, own in pieces.items()}


@named
def documents(case: Case) -> Md:
    """The documents searched, one by one."""
    rows = [_document_row(case, document) for document in case.documents]
    header = ["File", "Type", "Date", "Pages", "Outcome"]
    return table(header, rows, "Documents searched", [46, 18, 13, -9, 14]) if rows else Md("")


def _document_row(case: Case, document: DocumentFacts) -> list[object]:
    reasons = {row.file: row.reason for row in case.facts.ledger}
    outcome = OUTCOME_WORDS.get(document.outcome, document.outcome)
    reason = reasons.get(document.file, "") if document.outcome != "ok" else ""
    pages = document.pages or DASH
    return [
        file_name(document.file),
        type_name(document.type),
        document.date or NO_DATE,
        pages,
        f"{outcome}: {reason}" if reason else outcome,
    ]


@named
def document_types(case: Case) -> Md:
    """How many documents of each type, with their pages."""
    kinds = Counter(type_name(document.type) for document in case.documents)
    pages = Counter[str]()
    for document in case.documents:
        pages[type_name(document.type)] += document.pages
    rows = [
        [kind, number, f"{pages[kind]:,}"]
        for kind, number in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    rows.append(["All", sum(kinds.values()), f"{sum(pages.values()):,}"])
    return table(["Type of document", "Documents", "Pages"], rows, "Documents by type", [60, -20, -20])


@named
def not_found(case: Case) -> Md:
    """What was searched and not found, question by question."""
    rows = [row for item in case.rubric.items if item.type != "people" and (row := _not_found_row(case, item))]
    header = ["Question", "Not found in", "Not applicable", "Could not be read"]
    return table(header, rows, "Questions without an answer", [40, 28, 16, 16]) if rows else Md("")


def _not_found_row(case: Case, item: Item) -> list[object] | None:
    by_status: dict[str, list[str]] = {}
    for project in case.projects:
        by_status.setdefault("found" if project.found(item.id) else project.answer(item.id).status, []).append(
            project.id
        )
    cells = [_ids(case, by_status.get(status, [])) for status in ("not_found", "not_applicable", "unreadable")]
    return [md(f"{item.no} {item.label}".strip()), *cells] if any(cell != DASH for cell in cells) else None


def _ids(case: Case, ids: Sequence[str]) -> str:
    if not ids:
        return DASH
    if len(ids) == case.total:
        return "the project" if case.single else f"all {case.total} projects"
    return ", ".join(ids) if len(ids) <= 8 else f"{len(ids)} of {case.total} projects"


@named
def answers(case: Case, project: ProjectView) -> Md:
    """One project's answers with their sources, for an annex."""
    rows = [
        [md(item.label), md(project.words(item.id)), _sources(case, project, item)]
        for item in case.rubric.items
        if item.type not in {"people", "documents"} and project.found(item.id) and item.id not in _NAMED
    ]
    header = ["Question", "Answer", "Sources"]
    return table(header, rows, f"Answers found for {project.id}", [26, 50, 24]) if rows else Md("")


_NAMED = {item_id for item_id, _ in ROLES if item_id in {"partners", "network_partners"}}
MOST_SOURCES = 3


def _sources(case: Case, project: ProjectView, item: Item) -> Md:
    pieces = [case.notes.short(piece) for piece in project.answer(item.id).evidence]
    unique = list(dict.fromkeys(str(piece) for piece in pieces))
    more = [f"{len(unique) - MOST_SOURCES} more"] if len(unique) > MOST_SOURCES else []
    return joined([*(Md(text) for text in unique[:MOST_SOURCES]), *more], "; ") if unique else md(DASH)


@named
def instrument(case: Case) -> Md:
    """The questions of the form, as an instrument."""
    kinds = {"single": "one option", "multi": "several options", "yes_no": "yes or no", "date_my": "month and year"}
    rows = [
        [item.no or DASH, item.label, kinds.get(item.type, item.type.replace("_", " ")), len(item.options) or DASH]
        for item in case.rubric.items
    ]
    return table(["No.", "Question", "Kind of answer", "Options"], rows, "The questions of the form", [10, 56, 22, -12])


@named
def projects(case: Case) -> Md:
    """The projects reviewed: id, title, country, period."""
    rows = [[project.id, project.says("project_title") if project.found("project_title") else md(NOT_FOUND),
             project.says("country") if project.found("country") else project.says("region"), period(project)]
            for project in case.projects]  # fmt: skip
    return table(["Project", "Title", "Country or region", "Period"], rows, "Projects reviewed", [16, 38, 20, 26])


def date_range(case: Case) -> str:
    """The years that the projects span: "2005 to 2010"; empty where no date was found."""
    dates = [
        str(project.answer(item).value)[:4]
        for project in case.projects
        for item in ("start_date", "end_date")
        if project.found(item)
    ]
    return "" if not dates else date_words(min(dates)) if min(dates) == max(dates) else f"{min(dates)} to {max(dates)}"
