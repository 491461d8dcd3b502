"""A rubric's cues in other languages: the files languages/fr.yaml, es.yaml, ..., checked and put together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.rubric import Recognised, Wording
from extractor.rubric_checks import Report, check_cues, suggest
from extractor.rubric_spec import RecognisedSpec, WordingSpec
from extractor.yaml_lines import Loaded

ROLES = ("cues", "hints", "exclude")
_CODE = re.compile("[a-z]{2}")


@dataclass(frozen=True, slots=True)
class WordingFile:
    """A file of cues in one language. Of one that belongs to shared items, what the rubric does not have is left out.

    The words of the field are a rubric's own: shared items bring none along.
    """

    language: str
    spec: WordingSpec
    loaded: Loaded
    is_shared: bool = False


def is_language(code: str) -> bool:
    """Whether a file's name is a language's code, as documents are described by."""
    return _CODE.fullmatch(code) is not None


def check_wording(file: WordingFile, addresses: Collection[str], scopes: Collection[str], report: Report) -> None:
    """Report options and scopes that the rubric does not have, and cues that cannot be read."""
    check_cues(file.spec.domain, file.loaded, ("domain",), report)
    for name, cues in file.spec.scopes.items():
        if name not in scopes and not file.is_shared:
            message = f"no scope {name!r}{suggest(name, scopes)}"
            report(file.loaded.problem(("scopes", name), message))
        check_cues(cues, file.loaded, ("scopes", name), report)
    items = {address.partition(".")[0] for address in addresses}
    for address, option in file.spec.options.items():
        known_item = address.partition(".")[0] in items
        if address not in addresses and (known_item or not file.is_shared):
            report(file.loaded.problem(("options", address), f"no option {address!r}{suggest(address, addresses)}"))
        for role in ROLES:
            check_cues(getattr(option, role), file.loaded, ("options", address, role), report)


def build_wordings(
    files: Iterable[WordingFile], addresses: Collection[str], scopes: Collection[str]
) -> dict[str, Wording]:
    """The wordings by language: a rubric's own files first, which those of shared items add to."""
    wordings: dict[str, Wording] = {}
    for file in sorted(files, key=lambda file: (file.language, file.is_shared)):
        new = _build(file, addresses, scopes)
        known = wordings.get(file.language)
        wordings[file.language] = merge_wordings(known, new) if known else new
    return wordings


def _build(file: WordingFile, addresses: Collection[str], scopes: Collection[str]) -> Wording:
    return Wording(
        options={name: _recognised(spec) for name, spec in file.spec.options.items() if name in addresses},
        scopes={name: tuple(cues) for name, cues in file.spec.scopes.items() if name in scopes},
        domain=() if file.is_shared else tuple(file.spec.domain),
    )


def _recognised(spec: RecognisedSpec) -> Recognised:
    return Recognised(tuple(spec.cues), tuple(spec.hints), tuple(spec.exclude))


def merge_wordings(first: Wording, second: Wording) -> Wording:
    """Both as one; what both word is worded as in the first."""
    return Wording(
        options={**second.options, **first.options},
        scopes={**second.scopes, **first.scopes},
        domain=tuple(dict.fromkeys(first.domain + second.domain)),
    )


def merge_languages(first: Mapping[str, Wording], second: Mapping[str, Wording]) -> dict[str, Wording]:
    """The wordings of two rubrics, by language."""
    both: Sequence[str] = sorted({*first, *second})
    return {code: merge_wordings(first.get(code, Wording()), second.get(code, Wording())) for code in both}
