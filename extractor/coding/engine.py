"""All coders of a rubric over one document. Made once a worker process and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from extractor.coding.boxes import BoxCoder
from extractor.coding.categories import CategoryCoder
from extractor.coding.coders import ALONE
from extractor.coding.model_files import EngineSpec
from extractor.coding.rules import RulesCoder
from extractor.coding.scoring import Scorer, read_scorer
from extractor.coding.sentence import sentence_marks
from extractor.coding.typed import EXTRACTORS
from extractor.cue_parser import take_parsed
from extractor.cues import CueSet, fold_case
from extractor.documents.describe import describe
from extractor.model import Coding, Document, Passage, Source, Span, Vote
from extractor.passages import make_passages
from extractor.rubric import Rubric, in_language

NO_EVIDENCE = frozenset({"lists", "instruments"})
"""The scopes of what is no running text, and of forms and curricula vitae: sentence coders leave them out."""
SHORT_QUOTE_WORDS = 6


@dataclass(frozen=True)
class _Reader:
    """What looks at the passages of documents in one language: the rules, and the words of the rubric's field."""

    rules: RulesCoder
    domain: CueSet

    def density(self, passages: Sequence[Passage]) -> float:
        """The share of passages with a word of the field."""
        hits = sum(self.domain.any_hit(fold_case(passage.text)) for passage in passages)
        return round(hits / len(passages), 4) if passages else 0.0


class Engine:
    """A rubric with its coders, ready for documents."""

    def __init__(self, rubric: Rubric, model: Scorer | None) -> None:
        self.rubric = rubric
        self._readers: dict[str, _Reader] = {}
        self._model = model
        self._boxes = BoxCoder(rubric)
        self._categories = CategoryCoder(rubric)
        self._extractors = [EXTRACTORS[name] for name in _extractors_of(rubric)]
        self._items = frozenset(item.id for item in rubric.items)

    def code(self, document: Document, file: str, sha256: str) -> Coding:
        """All coders' votes on a document."""
        passages = make_passages(document)
        source = Source(file, sha256, document, describe(document, file), passages)
        reader = self._reader(source.description.language)
        running = replace(source, passages=tuple(p for p in passages if _is_running(p, reader)))
        votes, running = self._boxes.read(running)
        votes += self._categories.vote(running)
        votes += self._sentence_votes(running, reader)
        for extractor in self._extractors:
            votes += [widen(vote, source) for vote in extractor(source) if vote.item in self._items]
        return Coding(source.description, tuple(votes), len(passages), reader.density(passages))

    def _reader(self, language: str) -> _Reader:
        """The reader of a language; documents of a language that the rubric has no cues in are read as its own."""
        code = language if language in self.rubric.wordings else self.rubric.languages[0]
        if code not in self._readers:
            rubric = in_language(self.rubric, code)
            self._readers[code] = _Reader(RulesCoder(rubric, code), CueSet(rubric.domain))
        return self._readers[code]

    def _sentence_votes(self, source: Source, reader: _Reader) -> list[Vote]:
        """The votes of the rules and of the model; the rules' own are marked where the model knows no such language."""
        votes = reader.rules.vote(source)
        if self._model is None:
            return votes
        if source.description.language in {"", *self.rubric.languages}:
            return votes + _marked(self._model.vote(source), source)
        return [replace(vote, features={**vote.features, ALONE: 1.0}) for vote in votes]


def _marked(votes: Sequence[Vote], source: Source) -> list[Vote]:
    """The model's votes with what their sentences say of doing, as the rules' votes have it."""
    passages = {passage.span: passage for passage in source.passages}
    marks: dict[Span, dict[str, float]] = {}
    for span in {vote.span for vote in votes}:
        passage = passages[span]
        borne = sentence_marks(fold_case(passage.text), passage.kind, source.description.language)
        marks[span] = dict.fromkeys(sorted(borne), 1.0)
    return [replace(vote, features=marks[vote.span]) for vote in votes]


def _is_running(passage: Passage, reader: _Reader) -> bool:
    """Whether a passage is text: no entry of a list of abbreviations or references, and no question of a form."""
    return NO_EVIDENCE.isdisjoint(reader.rules.scopes.of(passage.headings))


def widen(vote: Vote, source: Source) -> Vote:
    """A vote on a few words, moved to the passage that they stand in: a quote must be understood by itself."""
    if source.document.text(vote.span).count(" ") + 1 >= SHORT_QUOTE_WORDS:
        return vote
    for passage in source.passages:
        for span in passage.spans:
            if span.page == vote.span.page and span.start <= vote.span.start and vote.span.end <= span.end:
                return replace(vote, span=span)
    return vote


def _extractors_of(rubric: Rubric) -> list[str]:
    """The extractors that the rubric's items name, each once, in a fixed order."""
    wanted = {item.extractor for item in rubric.items}
    return [name for name in EXTRACTORS if name in wanted]


@lru_cache(maxsize=2)
def load_engine(spec: EngineSpec) -> Engine:
    """The engine of a specification; kept, because loading takes longer than coding a document."""
    take_parsed(spec.cues)
    return Engine(spec.rubric, _scorer(Path(spec.model)) if spec.model else None)


def _scorer(model: Path) -> Scorer:
    """What scores passages, as it was kept beside the model; else from the model, which takes longer."""
    scorer = read_scorer(model)
    if scorer is not None:
        return scorer
    from extractor.coding import classifier  # scikit-learn is slow to load

    return classifier.read(model).scorer
