"""Whether the same text in two formats gives the same form: passages and answers of pairs of files side by side.

    python benchmarks/formats.py FIRST SECOND [FIRST SECOND ...] [--rubric NAME]

Each file is a project by itself, so that none is a duplicate of the other. Prints the share of passages and of words
that stand in both, and each item whose status or value differs. The list of the files themselves is left out.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from extractor.documents import read_document
from extractor.model import Answer, Form
from extractor.passages import make_passages
from extractor.workspace import DEFAULT_RUBRIC, Workspace

OWN = frozenset({"document_files", "documents"})
"""Items whose value is the file itself."""
SHOWN_CHARS = 90


def same_share(first: Sequence[str], second: Sequence[str]) -> float:
    """The share of the longer sequence that stands in both, in order."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(first), len(second), 1)


def texts(path: Path) -> list[str]:
    """The passages of a file."""
    return [passage.text for passage in make_passages(read_document(path))]


def forms(files: Sequence[Path], rubric: str) -> dict[str, Form]:
    """The form of each file as a project of its own."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        for number, path in enumerate(files):
            (archive / str(number)).mkdir(parents=True)
            shutil.copyfile(path, archive / str(number) / path.name)
        with Workspace.create(Path(folder) / "workspace") as workspace:
            workspace.extract(archive, (rubric,), jobs=2)
            return {form.project: form for form in workspace.forms().forms}


def differences(first: Form, second: Form) -> Iterator[str]:
    """A line for each item whose status or value differs."""
    for item, answer in first.items.items():
        other = second.items[item]
        if item not in OWN and (answer.status, plain(answer.value)) != (other.status, plain(other.value)):
            yield f"    {item}: {shown(answer)} | {shown(other)}"


def plain(value: Any) -> Any:
    """A value in which the order of what was ticked does not matter."""
    return sorted(map(repr, value)) if isinstance(value, list) else value


def shown(answer: Answer) -> str:
    """An answer on part of a line."""
    return f"{answer.status} {str(answer.value)[:SHOWN_CHARS]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the pairs; 0 when no item differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rubric", default=DEFAULT_RUBRIC)
    options = parser.parse_args(arguments)
    if len(options.files) % 2:
        parser.error("files come in pairs")
    made = forms(options.files, options.rubric)
    differing = 0
    for number in range(0, len(options.files), 2):
        pair = options.files[number : number + 2]
        first, second = map(texts, pair)
        words = [" ".join(passages).lower().split() for passages in (first, second)]
        found = list(differences(made[str(number)], made[str(number + 1)]))
        differing += len(found)
        items = len(set(made[str(number)].items) - OWN)
        print(f"{pair[0].name} | {pair[1].name}")
        print(f"  passages {len(first)} | {len(second)}, the same {same_share(first, second):.1%}")
        print(f"  words {len(words[0])} | {len(words[1])}, the same {same_share(*words):.1%}")
        print(f"  items with the same status and value: {items - len(found)} of {items}")
        print("\n".join(found))
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
