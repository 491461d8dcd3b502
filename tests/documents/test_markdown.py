"""Markdown: words without marks, blocks as the marks say."""

from __future__ import annotations

from pathlib import Path

from extractor.documents.markdown import read_markdown
from extractor.model import Document

SOURCE = """---
title: Grant report
author: [A. Writer, B. Reader]
date: 2014-03-01
lang: en
---
# Grant report

We **trained** _two_ [groups](http://example.org/a) of `staff`
in one year\\*.

## 2. Findings

- First
  - Inner

  goes on
- Second

3. Third

| Result | Target |
| ------ | ------ |
| a | 10 |
| b | |

Table 1: Costs

<!-- unseen --> <p>Shown</p>

    code
"""


def read(tmp_path: Path, source: str) -> Document:
    path = tmp_path / "a.md"
    path.write_text(source, encoding="utf-8")
    return read_markdown(path)


def test_blocks(tmp_path: Path) -> None:
    document = read(tmp_path, SOURCE)
    assert [(block.kind, block.level, document.text(block.span)) for block in document.blocks] == [
        ("title", 0, "Grant report"),
        ("paragraph", 0, "We trained two groups of staff in one year*."),
        ("heading", 2, "2. Findings"),
        ("list_item", 0, "• First"),
        ("list_item", 1, "• Inner"),
        ("paragraph", 0, "goes on"),
        ("list_item", 0, "• Second"),
        ("list_item", 0, "3. Third"),
        ("table_row", 0, "Result\tTarget"),
        ("table_row", 0, "a\t10"),
        ("table_row", 0, "b\t"),
        ("caption", 0, "Table 1: Costs"),
        ("paragraph", 0, "Shown"),
        ("paragraph", 0, "code"),
    ]
    assert [block.header_row for block in document.blocks if block.table == 0] == [True, False, False]
    assert document.blocks[2].number == "2"


def test_front_matter(tmp_path: Path) -> None:
    found = read(tmp_path, SOURCE).properties
    assert (found.title, found.author, found.created) == ("Grant report", "A. Writer, B. Reader", "2014-03-01")
    assert found.language == "en"


def test_broken_front_matter_says_nothing_and_two_top_headings_are_headings(tmp_path: Path) -> None:
    document = read(tmp_path, "---\n: [\n---\n# One\n\n# Two\n")
    assert document.properties.title == ""
    assert [block.kind for block in document.blocks] == ["heading", "heading"]
