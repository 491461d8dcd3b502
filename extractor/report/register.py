"""The numbered findings, conclusions and recommendations of a final report, and what each follows from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.report.case import Case, Tally
from extractor.report.markdown import Md, anchor, joined, link, md
from extractor.report.project import Entry, Quotation
from extractor.report.results import ResultRow, result_rows
from extractor.report.support import overlap, words_of
from extractor.report.wording import Share, capital, counted

NEXT_OPTIONS = 3
MANY = 1_000
MOST_TIED = 3
MIN_COMMON_WORDS = 2
SHORT_WORDS = 4


@dataclass(frozen=True)
class Numbered:
    """A finding, conclusion or recommendation: its number, topic sentence and what it follows from."""

    kind: str
    number: int
    topic: Md
    chapter: str = ""
    keys: frozenset[str] = frozenset()
    follows: tuple[Numbered, ...] = ()

    @property
    def identifier(self) -> str:
        """Where links to it go: "finding-3"."""
        return f"{self.kind}-{self.number}"

    @property
    def mark(self) -> Md:
        """Its bold number, which can be linked to."""
        return anchor(f"{capital(self.kind)} {self.number}.", self.identifier)

    @property
    def link(self) -> Md:
        """A link to it."""
        return link(f"{capital(self.kind)} {self.number}", self.identifier)

    @property
    def sources(self) -> Md:
        """Links to all that it follows from."""
        links = [source.link for source in self.follows]
        return links[0] if len(links) == 1 else joined(links[:-1], ", ") + Md(" and ") + links[-1] if links else Md("")


@dataclass(frozen=True)
class Finding:
    """A finding with its data: the next most frequent answers, quotations, and for whom nothing was found."""

    numbered: Numbered
    data: Md
    quotations: tuple[Quotation, ...]
    limits: Md


@dataclass
class Register:
    """Collects what is numbered while the sections are rendered, so that later sections can link to it."""

    case: Case
    findings: list[Numbered] = field(default_factory=list)
    conclusions: list[Numbered] = field(default_factory=list)
    recommendations: list[Numbered] = field(default_factory=list)
    quoted: set[str] = field(default_factory=set)

    def coded(self, chapter: str, item: str, one: str, many: str, *groups: str) -> Finding | None:
        """A finding on the options of an item: the most frequent as topic sentence; None where nothing is ticked."""
        tallies = self.case.tallies(item, *groups)
        if not tallies:
            return None
        first, rest = tallies[0], tallies[1:]
        topic = md(f"{first.share.start} {first.share.verb(one, many)} ") + first.label + Md(".") + first.note(3)
        keys = {item, *(tally.option for tally in tallies), *(w for tally in tallies for w in _key_words(tally.text))}
        numbered = self._finding(chapter, topic, keys)
        limits = Md("") if groups else self.case.gaps(item)
        return Finding(numbered, _rest(self.case, rest), self._fresh(item, groups, len(tallies)), limits)

    def _fresh(self, item: str, groups: Sequence[str], answers: int) -> tuple[Quotation, ...]:
        """One or two passages that the report has not quoted yet."""
        every = self.case.quotations(item, *groups, limit=MANY)
        fresh = [quotation for quotation in every if quotation.evidence.quote not in self.quoted]
        chosen = tuple(fresh[: 1 if answers < NEXT_OPTIONS else 2])
        self.quoted.update(quotation.evidence.quote for quotation in chosen)
        return chosen

    def told(self, chapter: str, item: str, one: str, many: str, entries: Sequence[Entry]) -> Finding | None:
        """A finding on texts that the documents give: how many projects give any; the texts follow in the template."""
        if not entries:
            return None
        projects = {entry.project.id for entry in entries}
        share = Share(len(projects), self.case.total)
        topic = md(f"The documents of {share.words} report {counted(len(entries), one, many)}.")
        keys = {
            item,
            *(entry.key for entry in entries if entry.key),
            *(w for entry in entries for w in _key_words(entry.text)),
        }
        return Finding(self._finding(chapter, topic, keys), Md(""), (), self.case.gaps(item))

    def reached(self, chapter: str) -> Finding | None:
        """The finding on targets: how many results with both figures reached theirs."""
        rows = result_rows(self.case.projects)
        if not rows:
            return None
        numbered = self._finding(
            chapter,
            reached_sentence(rows),
            {"results_achieved", *(w for row in rows for w in _key_words(row.entry.text))},
        )
        missing = sum(1 for row in rows if not row.both)
        data = md(f"For {counted(missing, 'result')} target or achievement is not stated.") if missing else Md("")
        return Finding(numbered, data, (), self.case.gaps("results_achieved"))

    def _finding(self, chapter: str, topic: Md, keys: set[str]) -> Numbered:
        made = Numbered("finding", len(self.findings) + 1, topic, chapter, frozenset(keys))
        self.findings.append(made)
        return made

    def of(self, *chapters: str) -> tuple[Numbered, ...]:
        """The findings of these chapters."""
        return tuple(finding for finding in self.findings if finding.chapter in chapters)

    def about(self, *items: str) -> tuple[Numbered, ...]:
        """The findings on these items."""
        return tuple(finding for finding in self.findings if finding.keys & set(items))

    def conclude(self, topic: object, *items: str) -> Numbered | None:
        """A conclusion that follows from the findings on these items; None where there are none."""
        follows = self.about(*items)
        if not follows:
            return None
        made = Numbered("conclusion", len(self.conclusions) + 1, md(topic), "", frozenset(items), follows)
        self.conclusions.append(made)
        return made

    def recommend(self, entry: Entry) -> Numbered:
        """A recommendation that a document makes, linked to the findings that speak of the same."""
        topic = entry.words
        made = Numbered(
            "recommendation", len(self.recommendations) + 1, topic, entry.key, frozenset(), self._grounds(entry)
        )
        self.recommendations.append(made)
        return made

    def _grounds(self, entry: Entry) -> tuple[Numbered, ...]:
        """The findings that share most words with it and the one on its project type; else that on recommendations."""
        words = set(_key_words(entry.text))
        scored = [
            (len(words & finding.keys), finding) for finding in self.findings if "recommendations" not in finding.keys
        ]
        close = [finding for score, finding in sorted(scored, key=lambda pair: -pair[0]) if score >= MIN_COMMON_WORDS][
            :2
        ]
        typed = [finding for finding in self.about("project_type") if entry.key in finding.keys]
        grounds = dict.fromkeys([*close, *typed[:1]]) or dict.fromkeys(self.about("recommendations"))
        chosen = sorted(grounds, key=lambda finding: finding.number)
        drawn = [c for c in self.conclusions if set(c.follows) & set(chosen)][:1]
        return (*chosen, *drawn)

    def top(self, item: str, *groups: str) -> Md:
        """Which options of an item are most frequent, in words; empty where nothing is ticked."""
        tallies = self.case.tallies(item, *groups)
        if not tallies:
            return Md("")
        tied = [tally for tally in tallies if len(tally.projects) == len(tallies[0].projects)]
        each = tallies[0].share.short
        if self.case.single:
            more = [counted(len(tied) - MOST_TIED, "other")] if len(tied) > MOST_TIED else []
            return md("the documents name ") + self.case.listing([*(tally.label for tally in tied[:MOST_TIED]), *more])
        if len(tied) > MOST_TIED:
            return md(f"no single answer stands out ({counted(len(tied), 'answer')}, each in {each})")
        named = self.case.listing([tally.label for tally in tied])
        if len(tied) == 1:
            return named + md(f" is the most frequent answer ({each})")
        return named + md(f" are the most frequent answers (each in {each})")


def _key_words(text: str) -> list[str]:
    """The longer words of a text, by their beginnings, to see whether two texts speak of the same."""
    return [word[:7] for word in words_of(text) if len(word) > SHORT_WORDS]


def _rest(case: Case, rest: Sequence[Tally]) -> Md:
    """The next most frequent options in a sentence."""
    if not rest:
        return Md("")
    named = [
        tally.label + (md(f" ({tally.share.short})") if not case.single else Md("")) + tally.note(2)
        for tally in rest[:NEXT_OPTIONS]
    ]
    more = len(rest) - len(named)
    lead = "A further answer is " if len(rest) == 1 else "Further answers are "
    return md(lead) + case.listing([*named, *([f"{counted(more, 'other')}"] if more else [])]) + Md(".")


def reached_sentence(rows: Sequence[ResultRow]) -> Md:
    """Of all results with both figures, how many reached their target."""
    both = [row for row in rows if row.both]
    if not both:
        return md(f"The documents state {counted(len(rows), 'result')}, none with both a target and an achievement.")
    reached = [row for row in both if row.reached]
    share = Share(len(reached), len(both), "result", "results")
    if share.whole == 1:
        did = "reached" if reached else "did not reach"
        return md(f"The one result with both a target and an achievement {did} its target.")
    return md(f"{share.start} with both a target and an achievement reached {share.verb('its', 'their')} target.")


def same_recommendation(first: str, second: str) -> bool:
    """Whether two recommendations say the same in nearly the same words."""
    return overlap(first, second) >= 0.9 and overlap(second, first) >= 0.9


def distinct(entries: Sequence[Entry]) -> list[Entry]:
    """Entries without repetitions."""
    kept: list[Entry] = []
    for entry in entries:
        if not any(same_recommendation(entry.text, other.text) for other in kept):
            kept.append(entry)
    return kept
