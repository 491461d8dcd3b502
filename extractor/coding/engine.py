"""All coders of a rubric over one document. Made once a worker process and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from extractor.coding.model_files import EngineSpec
from extractor.coding.rules import RulesCoder
from extractor.coding.scoring import Scorer, read_scorer
from extractor.coding.typed import EXTRACTORS
from extractor.cues import CueSet, fold_case
from extractor.documents.describe import describe
from extractor.model import Coding, Document, Passage, Source, Vote
from extractor.passages import make_passages
from extractor.rubric import Rubric

LISTS = "lists"
"""The scope of what is no running text; sentence coders leave it out."""
SHORT_QUOTE_WORDS = 6


class Engine:
    """A rubric with its coders, ready for documents."""

    def __init__(self, rubric: Rubric, model: Scorer | None) -> None:
        self.rubric = rubric
        self._rules = RulesCoder(rubric)
        self._model = model
        self._domain = CueSet(rubric.domain)
        self._extractors = [EXTRACTORS[name] for name in _extractors_of(rubric)]
        self._items = frozenset(item.id for item in rubric.items)

    def code(self, document: Document, file: str, sha256: str) -> Coding:
        """All coders' votes on a document."""
        passages = make_passages(document)
        source = Source(file, sha256, document, describe(document, file), passages)
        running = replace(source, passages=tuple(p for p in passages if self._is_running(p)))
        votes = self._rules.vote(running)
        if self._model is not None:
            votes += self._model.vote(running)
        for extractor in self._extractors:
            votes += [widen(vote, source) for vote in extractor(source) if vote.item in self._items]
        return Coding(source.description, tuple(votes), len(passages), self._density(passages))

    def _is_running(self, passage: Passage) -> bool:
        """Whether a passage is text: not an entry of a list of abbreviations, contents or references."""
        return LISTS not in self._rules.scopes.of(passage.headings)

    def _density(self, passages: Sequence[Passage]) -> float:
        hits = sum(self._domain.any_hit(fold_case(passage.text)) for passage in passages)
        return round(hits / len(passages), 4) if passages else 0.0


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
    return Engine(spec.rubric, _scorer(Path(spec.model)) if spec.model else None)


def _scorer(model: Path) -> Scorer:
    """What scores passages, as it was kept beside the model; else from the model, which takes longer."""
    scorer = read_scorer(model)
    if scorer is not None:
        return scorer
    from extractor.coding import classifier  # scikit-learn is slow to load

    return classifier.read(model).scorer
