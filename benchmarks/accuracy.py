"""How well the machine's forms agree with manual reviews, by the contract's rules of comparison.

    python benchmarks/accuracy.py ARCHIVE GOLD [--also ARCHIVE GOLD]... [--field PROJECT,..] [--shipped] [--json]

What is fitted on coded projects (the combiner) is fitted anew for each project without it (leave one out); with
--shipped the shipped combiner is used, which is right for projects that it was not fitted on. Projects of --also are
fitted on too, and reported apart; so are those inside and outside the rubric's field.
Prints option boxes pooled, by project and by item, for the whole, for its parts and for a keyword coder; typed
fields; results rows; recommendations; same passage; calibration.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from extractor import agreement as agree
from extractor.coding.check import kind_of, levels
from extractor.coding.coders import CLEAR_CUE, RULES
from extractor.coding.combine import Combiner, field_shares, read_combiner
from extractor.coding.decide import DOCUMENT_EXTRACTORS, ProjectVotes, decide, option_votes
from extractor.coding.fit import Row, fit
from extractor.cues import fold_case
from extractor.documents import READER_VERSION
from extractor.exchange.forms_json import read_forms
from extractor.model import Answer, Form, Passage
from extractor.passages import make_passages
from extractor.rubric import CODED_TYPES, Item, Rubric
from extractor.workspace import Workspace

LEFT_OUT = ("country", "result_category", "maintaining_organisation", "maintaining_method", "reason_not_maintained")
"""Items that are no boxes of a project: countries are compared as codes, the others are asked of each result."""
FIELD = "iom-mekong,iom-idf-prevention-review,norad-iom-evaluation"
RESAMPLES = 2_000
SEED = 0
MIN_PROJECTS = 5
CALIBRATION_FROM = 0.2
CALIBRATION_BINS = 10

FIELDS: Mapping[str, Callable[[Item | None, Any, Any], bool]] = {
    "project_title": lambda _, a, b: agree.same_title(a, b),
    "start_date": lambda _, a, b: agree.same_date(a, b),
    "end_date": lambda _, a, b: agree.same_date(a, b),
    "country": agree.same_countries,
    "budget": lambda _, a, b: agree.same_money(a, b),
    "expenditure": lambda _, a, b: agree.same_money(a, b),
    "project_code": lambda _, a, b: agree.same_code(a, b),
}


@dataclass(frozen=True)
class Coded:
    """A project with its manual review and all that the machine proposes for it."""

    gold: Form
    votes: ProjectVotes
    passages: tuple[Passage, ...]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--workspace", type=Path, help="kept, so that a second run is quick")
    parser.add_argument("--field", default=FIELD, help="projects in the rubric's field: reported apart from the others")
    parser.add_argument("--rubric", default="counter_trafficking")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--also",
        nargs=2,
        type=Path,
        action="append",
        default=[],
        metavar=("ARCHIVE", "GOLD"),
        help="more coded projects: fitted on, and reported apart; may be repeated",
    )
    parser.add_argument("--shipped", action="store_true", help="use the shipped combiner: for projects not fitted on")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="list wrong and missed boxes")
    parser.add_argument("--fit", type=Path, help="also fit the combiner on all coded projects and write it here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rubric, coded = load(options.archive, options.gold, options.workspace or Path(folder), options)
        also = {
            f"also {number}": load(archive, gold, beside(options.workspace or Path(folder), number), options)[1]
            for number, (archive, gold) in enumerate(options.also, start=1)
        }
    result = measure(rubric, coded, also, frozenset(options.field.split(",")), options.shipped, options.wrong)
    if options.fit:
        write_combiner(rubric, [*coded, *(project for group in also.values() for project in group)], options.fit)
    if options.json:
        json.dump(result, sys.stdout, indent=1)
    else:
        show(result)
    return 0


def beside(folder: Path, number: int) -> Path:
    """The workspace of the projects of the n-th --also."""
    return folder.with_name(f"{folder.name}-also-{number}")


# ------------------------------------------------------------------ loading


def load(archive: Path, gold: Path, folder: Path, options: argparse.Namespace) -> tuple[Rubric, list[Coded]]:
    """Extract the archive and pair each project with its first manual review."""
    reviews: dict[str, Form] = {}
    for path in sorted(gold.glob("*.json")):
        form = read_forms(path).forms[0]
        reviews.setdefault(form.project, form)
    with Workspace.create(folder) as workspace:
        workspace.extract(archive, (options.rubric,), options.jobs)
        rubric = workspace.rubric()
        ledger = workspace.store.ledger()
        _, model_hash = json.loads(workspace.store.get("model") or '["", ""]')
        coded = []
        for project, form in reviews.items():
            rows = [row for row in ledger if row.project == project]
            codings = workspace.project_codings(rows, rubric.hash, model_hash)
            texts: list[Passage] = []
            pages = {}
            for row in rows:
                document = workspace.store.document(row.sha256, READER_VERSION) if row.file in codings else None
                if document is not None:
                    texts += make_passages(document)
                    pages[row.file] = document.pages
            votes = workspace.project_votes(codings)
            kept = ProjectVotes(votes.votes, votes.context, votes.searched, votes.types, _lookup(pages))
            coded.append(Coded(form, kept, tuple(texts)))
    return rubric, coded


def _lookup(pages: Mapping[str, Sequence[Any]]) -> Callable[[str, int], Any]:
    return lambda file, index: pages[file][index]


def rows_of(rubric: Rubric, coded: Iterable[Coded], shares: Mapping[str, float]) -> list[Row]:
    """The rows that the combiner is fitted on: items decided by sentences."""
    rows = []
    for project in coded:
        by_option: dict[tuple[str, str], list[Any]] = {}
        for vote in project.votes.votes:
            by_option.setdefault((vote.item, vote.option), []).append(vote)
        for item in box_items(rubric):
            if item.extractor in DOCUMENT_EXTRACTORS:
                continue
            answer = project.gold.items.get(item.id)
            ticks = agree.ticked(answer)
            for option in item.options:
                if option.absence:
                    continue
                votes = option_votes(item, option, by_option.get((item.id, option.id), ()))
                share = shares[f"{item.id}.{option.id}"]
                ticked = option.id in ticks
                rows.append(Row(project.gold.project, item, option, votes, project.votes.context, share, ticked))
    return rows


def box_items(rubric: Rubric) -> list[Item]:
    """The items whose boxes are compared."""
    return [item for item in rubric.items if item.type in CODED_TYPES and item.id not in LEFT_OUT]


def write_combiner(rubric: Rubric, coded: Sequence[Coded], path: Path) -> None:
    """Fit on all coded projects and keep the numbers; how reliable confidences are is told by projects left out."""
    shares = field_shares(rubric)
    rows = rows_of(rubric, coded, shares)
    about = f"{len(coded)} coded projects, {sum(row.ticked for row in rows)} ticks of {len(rows)} boxes"
    answers: dict[str, list[tuple[float, bool]]] = {"boxes": [], "documents": [], "values": []}
    for project in coded:
        name = project.gold.project
        combiner = fit([row for row in rows if row.project != name]) if len(coded) > 1 else fit(rows)
        form = Form(name, (), decide(rubric, project.votes, combiner, shares))
        for kind, answer in judged(rubric, project.gold, form):
            answers[kind].append(answer)
    reliability = {kind: levels(found) for kind, found in answers.items()}
    combiner = replace(fit(rows, about), reliability=reliability)
    path.write_text(json.dumps(asdict(combiner), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def judged(rubric: Rubric, gold: Form, form: Form) -> Iterator[tuple[str, tuple[float, bool]]]:
    """Each box that the machine ticked and each value that it gave: its kind, its confidence, whether it is right."""
    items = {item.id: item for item in box_items(rubric)}
    for box in agree.boxes(items.values(), gold, form):
        if box.test:
            yield kind_of(items[box.item]), (box.confidence, box.reference)
    for name, same in FIELDS.items():
        expected, given = gold.items.get(name), form.items.get(name)
        item = rubric.item(name)
        if item and expected and given and given.value is not None and kind_of(item) == "values":
            right = any(same(item, value, given.value) for value in (expected.value, *expected.acceptable))
            yield "values", (given.confidence, right)


# ------------------------------------------------------------------ measuring


def measure(
    rubric: Rubric,
    coded: Sequence[Coded],
    also: Mapping[str, Sequence[Coded]],
    field: frozenset[str],
    shipped: bool = False,
    list_wrong: bool = False,
) -> dict[str, Any]:
    """All figures as plain data."""
    shares = field_shares(rubric)
    everything = [*coded, *(project for group in also.values() for project in group)]
    all_rows = [] if shipped else rows_of(rubric, everything, shares)
    items = box_items(rubric)
    forms: dict[str, Form] = {}
    boxes: dict[str, list[agree.Box]] = {"both": [], "rules": [], "classifier": [], "keywords": []}
    for project in everything:
        name = project.gold.project
        combiner = read_combiner() if shipped else fit([row for row in all_rows if row.project != name])
        form = Form(name, (), decide(rubric, project.votes, combiner, shares))
        forms[name] = form
        boxes["both"] += agree.boxes(items, project.gold, form)
        boxes["keywords"] += keyword_boxes(items, project)
        for coder in ("rules", "classifier"):
            boxes[coder] += agree.boxes(items, project.gold, coder_form(rubric, project, combiner, shares, coder))
    names = [project.gold.project for project in coded]
    groups = {
        "in the field": [name for name in names if name in field],
        "outside it": [name for name in names if name not in field],
        **{key: [project.gold.project for project in group] for key, group in also.items()},
    }
    result: dict[str, Any] = {
        "projects": len(coded),
        "boxes": {coder: figures(of(units, names)) for coder, units in boxes.items()},
        "apart": {
            key: {coder: figures(of(units, group)) for coder, units in boxes.items()}
            for key, group in groups.items()
            if group
        },
        "by_project": {name: figures(of(boxes["both"], [name]), False) for name in forms},
        "by_item": {
            item.id: figures([b for b in of(boxes["both"], names) if b.item == item.id], False) for item in items
        },
        "typed": {
            key: {
                "fields": fields(rubric, group, forms),
                "results": results_rows(group, forms),
                "recommendations": recommendations(group, forms),
                "same_passage": same_passage(group, forms),
                "calibration": calibration(of(boxes["both"], [project.gold.project for project in group])),
            }
            for key, group in (("main", coded), *also.items())
        },
    }
    if list_wrong:
        result["wrong"] = wrong(boxes["both"], forms)
    return result


def of(units: Iterable[agree.Box], projects: Collection[str]) -> list[agree.Box]:
    """The boxes of some projects."""
    return [unit for unit in units if unit.project in projects]


def coder_form(rubric: Rubric, project: Coded, combiner: Combiner, shares: Mapping[str, float], coder: str) -> Form:
    """The form that one coder alone gives: boxes of sentence items by its best votes, no combiner."""
    whole = decide(rubric, project.votes, combiner, shares)
    strong: dict[str, set[str]] = {}
    for vote in project.votes.votes:
        if vote.coder == coder and vote.score >= (CLEAR_CUE if coder == RULES else 0.5):
            strong.setdefault(vote.item, set()).add(vote.option)
    items = {}
    for item in rubric.items:
        if item.type in CODED_TYPES and item.extractor not in DOCUMENT_EXTRACTORS:
            items[item.id] = Answer("found", [o.id for o in item.options if o.id in strong.get(item.id, ())])
        else:
            items[item.id] = whole[item.id]
    return Form(project.gold.project, (), items)


def keyword_boxes(items: Iterable[Item], project: Coded) -> list[agree.Box]:
    """A coder that ticks a box when all words of its label stand in one sentence."""
    sentences = [frozenset(agree.words(passage.text)) for passage in project.passages]
    answers = {}
    for item in items:
        wanted = {o.id: frozenset(agree.words(fold_case(o.label))) - agree.STOPWORDS for o in item.options}
        ticks = [option for option, label in wanted.items() if any(label <= sentence for sentence in sentences)]
        answers[item.id] = Answer("found", ticks)
    return agree.boxes(items, project.gold, Form(project.gold.project, (), answers))


def figures(units: Sequence[agree.Box], interval: bool = True) -> dict[str, Any]:
    """Precision, recall, F1, kappa, with n; and 95 % intervals by resampling projects."""
    counts = agree.count(units)
    result: dict[str, Any] = {
        "n": counts.n,
        "ticked": counts.both + counts.only_reference,
        "proposed": counts.both + counts.only_test,
        "precision": rounded(agree.precision(counts)),
        "recall": rounded(agree.recall(counts)),
        "f1": rounded(agree.f1(counts)),
        "kappa": rounded(agree.cohen_kappa(counts)),
    }
    if interval:
        result["f1_interval"] = resample(units, agree.f1)
        result["kappa_interval"] = resample(units, agree.cohen_kappa)
    return result


def resample(units: Sequence[agree.Box], measure: Callable[[agree.Counts], float | None]) -> list[float] | None:
    """The 95 % interval of a measure by bootstrap over projects; None under five projects."""
    by_project: dict[str, list[agree.Box]] = {}
    for unit in units:
        by_project.setdefault(unit.project, []).append(unit)
    tables = [agree.count(group) for group in by_project.values()]
    if len(tables) < MIN_PROJECTS:
        return None
    generator = random.Random(SEED)  # noqa: S311  # a seeded resampling, no secret
    values = []
    for _ in range(RESAMPLES):
        drawn = generator.choices(tables, k=len(tables))
        total = agree.Counts(*(sum(getattr(t, cell) for t in drawn) for cell in CELLS))
        value = measure(total)
        if value is not None:
            values.append(value)
    values.sort()
    return [round(values[int(len(values) * 0.025)], 3), round(values[int(len(values) * 0.975) - 1], 3)]


CELLS = ("both", "only_reference", "only_test", "neither")


def fields(rubric: Rubric, coded: Sequence[Coded], forms: Mapping[str, Form]) -> dict[str, Any]:
    """Typed fields right, of those that the review has."""
    result: dict[str, Any] = {}
    for name, same in FIELDS.items():
        cases = []
        for project in coded:
            answer = project.gold.items.get(name)
            if answer is None or answer.value in (None, "", []):
                continue
            given = forms[project.gold.project].items[name].value if name in forms[project.gold.project].items else None
            right = any(same(rubric.item(name), value, given) for value in (answer.value, *answer.acceptable))
            cases.append({"project": project.gold.project, "right": right, "reference": answer.value, "given": given})
        result[name] = {"right": sum(case["right"] for case in cases), "n": len(cases), "cases": cases}
    result["all"] = {key: sum(entry[key] for entry in result.values()) for key in ("right", "n")}
    return result


def results_rows(coded: Sequence[Coded], forms: Mapping[str, Form]) -> dict[str, Any]:
    """Rows of the results framework and of what was achieved: found by statement, target and achieved equal."""
    total = {"reference": 0, "given": 0, "right": 0}
    for project in coded:
        expected = _rows(project.gold.items.get("results_framework")) + _rows(
            project.gold.items.get("results_achieved")
        )
        form = forms[project.gold.project]
        given = _rows(form.items.get("results_framework")) + _rows(form.items.get("results_achieved"))
        if not expected:
            continue
        right = sum(agree.same_row(expected[i], given[j]) for i, j in agree.match_rows(expected, given))
        for key, value in (("reference", len(expected)), ("given", len(given)), ("right", right)):
            total[key] += value
    return shares_of(total)


def _rows(answer: Answer | None) -> list[Any]:
    return list(answer.value) if answer is not None and isinstance(answer.value, list) else []


def recommendations(coded: Sequence[Coded], forms: Mapping[str, Form]) -> dict[str, Any]:
    """Recommendations whose quote a text of the form covers, and texts that cover one."""
    total = {"reference": 0, "given": 0, "right": 0, "right_given": 0}
    for project in coded:
        answer = project.gold.items.get("recommendations")
        if answer is None:
            continue
        quotes = [evidence.quote for evidence in answer.evidence]
        given = _texts(forms[project.gold.project].items["recommendations"].value)
        total["reference"] += len(quotes)
        total["given"] += len(given)
        total["right"] += sum(any(agree.covers(text, quote) for text in given) for quote in quotes)
        total["right_given"] += sum(any(agree.covers(text, quote) for quote in quotes) for text in given)
    return shares_of(total)


def _texts(value: Any) -> list[str]:
    return [text for texts in value.values() for text in texts] if isinstance(value, dict) else []


def shares_of(total: Mapping[str, int]) -> dict[str, Any]:
    """Recall and precision of counted cases."""
    right_given = total.get("right_given", total["right"])
    return {
        **total,
        "recall": rounded(total["right"] / total["reference"]) if total["reference"] else None,
        "precision": rounded(right_given / total["given"]) if total["given"] else None,
    }


def same_passage(coded: Sequence[Coded], forms: Mapping[str, Form]) -> dict[str, Any]:
    """Of options ticked by both: whether the first evidence shares six words in a row with a quote of the review."""
    same = n = 0
    for project in coded:
        form = forms[project.gold.project]
        for item, answer in project.gold.items.items():
            quotes: dict[str, list[str]] = {}
            for evidence in answer.evidence:
                quotes.setdefault(evidence.for_, []).append(evidence.quote)
            given = form.items.get(item)
            for option in agree.ticked(answer) & agree.ticked(given):
                first = next((e for e in given.evidence if e.for_ == option), None) if given else None
                if first is None or option not in quotes:
                    continue
                n += 1
                same += any(agree.same_passage(first.quote, quote) for quote in quotes[option])
    return {"n": n, "same": same, "share": rounded(same / n) if n else None}


def calibration(units: Sequence[agree.Box], by_item: bool = True) -> dict[str, Any]:
    """Expected calibration error in bins of equal mass, Brier skill against the base rate, the reliability curve.

    Over boxes of some confidence, and those that either side ticks. The curve has a row a bin: n, mean confidence,
    share that the reviewers ticked. By item only the error is told, in as many bins as ten boxes each allow.
    """
    used = sorted(
        (u for u in units if u.confidence >= CALIBRATION_FROM or u.reference or u.test), key=lambda u: u.confidence
    )
    if not used:
        return {"n": 0}
    size = max(1, len(used) // CALIBRATION_BINS) if by_item else max(1, min(len(used), CALIBRATION_BINS))
    bins = [used[start : start + size] for start in range(0, len(used), size)]
    curve = [(len(b), _mean(u.confidence for u in b), _mean(float(u.reference) for u in b)) for b in bins]
    error = sum(n * abs(sure - ticked) for n, sure, ticked in curve)
    base = _mean(float(u.reference) for u in used)
    brier = _mean((u.confidence - u.reference) ** 2 for u in used)
    skill = 1 - brier / (base * (1 - base)) if 0 < base < 1 else None
    result: dict[str, Any] = {"n": len(used), "error": rounded(error / len(used)), "brier_skill": rounded(skill)}
    if by_item:
        result["curve"] = [(n, rounded(sure), rounded(ticked)) for n, sure, ticked in curve]
        items = {item: [u for u in units if u.item == item] for item in dict.fromkeys(u.item for u in units)}
        result["by_item"] = {item: calibration(found, by_item=False) for item, found in items.items()}
    return result


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def wrong(units: Sequence[agree.Box], forms: Mapping[str, Form]) -> list[dict[str, Any]]:
    """Boxes that the machine ticks wrongly (with its quote) or misses."""
    rows = []
    for unit in units:
        if unit.reference == unit.test:
            continue
        answer = forms[unit.project].items[unit.item]
        first = next((e for e in answer.evidence if e.for_ == unit.option), None)
        kind = "missed" if unit.reference else "wrong"
        quote = " ".join(first.quote.split())[:200] if first else ""
        why = first.why if first else ""
        rows.append(
            {
                "kind": kind,
                **{k: getattr(unit, k) for k in ("project", "item", "option", "confidence")},
                "quote": quote,
                "why": why,
            }
        )
    return rows


def rounded(value: float | None) -> float | None:
    """Three places; None stays None."""
    return None if value is None else round(value, 3)


# ------------------------------------------------------------------ showing


def show(result: Mapping[str, Any]) -> None:
    """The figures as tables."""
    console = Console(width=170, soft_wrap=True)
    columns = ("n", "ticked", "proposed", "precision", "recall", "f1", "kappa", "f1_interval", "kappa_interval")
    table = Table("boxes", *columns, title="Option boxes, pooled")
    for coder, entry in result["boxes"].items():
        table.add_row(coder, *(str(entry.get(c)) for c in columns))
    for project, coders in result["apart"].items():
        for coder, entry in coders.items():
            table.add_row(f"{project}: {coder}", *(str(entry.get(c)) for c in columns))
    console.print(table)
    for key in ("by_project", "by_item"):
        table = Table(key, *columns[:7])
        for name, entry in result[key].items():
            table.add_row(name, *(str(entry.get(c)) for c in columns[:7]))
        console.print(table)
    for group, typed in result["typed"].items():
        table = Table("field", "right", "n", "wrong", title=group)
        for name, entry in typed["fields"].items():
            cases = [c for c in entry.get("cases", ()) if not c["right"]]
            misses = "\n".join(f"{c['project']}: {c['reference']} / {c['given']}"[:110] for c in cases)
            table.add_row(name, str(entry["right"]), str(entry["n"]), misses.replace("[", r"\["))
        console.print(table)
        for key in ("results", "recommendations", "same_passage"):
            console.print(key, typed[key])
        show_calibration(console, typed["calibration"])
    for row in result.get("wrong", ()):
        console.print("{kind:6} {project} {item}.{option} {confidence} | {quote} | {why}".format(**row), markup=False)


def show_calibration(console: Console, found: Mapping[str, Any]) -> None:
    """The reliability curve, and the error by item."""
    console.print("calibration", {key: found.get(key) for key in ("n", "error", "brier_skill")})
    curve = Table("n", "mean confidence", "ticked by reviewers", title="Reliability")
    for row in found.get("curve", ()):
        curve.add_row(*map(str, row))
    console.print(curve)
    items = Table("item", "n", "calibration error")
    for name, entry in found.get("by_item", {}).items():
        items.add_row(name, str(entry["n"]), str(entry.get("error")))
    console.print(items)


if __name__ == "__main__":
    sys.exit(main())
