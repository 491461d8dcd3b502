"""Trains the classifier of each shipped rubric on the rubric's examples: `make model`, after a change of examples."""

from __future__ import annotations

from pathlib import Path

from extractor.coding import classifier
from extractor.rubric_yaml import list_rubrics, load_rubric
from extractor.workspace import SHIPPED_MODEL


def main() -> None:
    """Write the model of every shipped rubric beside it."""
    for path in list_rubrics():
        folder = path if path.is_dir() else Path(path).parent
        model = classifier.train(load_rubric(path))
        if model is not None:
            classifier.save(model, folder / SHIPPED_MODEL)
            print(f"{folder.name}: {len(model.labels)} options learnt")


if __name__ == "__main__":
    main()
