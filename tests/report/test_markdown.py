"""Words of a document stay words, whatever they look like."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.report.markdown import Md, block, file_name, fold, joined, md, quoted, shorten, stopped, table
from extractor.report.pandoc import run_pandoc

HOSTILE = st.text(alphabet=st.sampled_from("ab1 .*_`[](){}<>|$~^&#!@:+-=\\\"'/%\n\t☃é"), max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words", "plain words"),
        ("<b>*x*</b>", r"\<b\>\*x\*\</b\>"),
        ("a | b", r"a \| b"),
        ("1. first", r"1\. first"),
        ("- item", r"\- item"),
        ("# no heading", r"\# no heading"),
        ("[^1] [x](y)", r"\[\^1\] \[x\](y)"),
        ("two\nlines\x00\u202e", "two lines"),
        (" inner ", " inner "),
    ],
)
def test_escaping(text: str, expected: str) -> None:
    assert md(text) == expected


def test_markdown_is_not_escaped_twice() -> None:
    assert md(md("*")) == r"\*"
    assert joined(["*", Md("*b*")], ", ") == r"\*, *b*"
    assert Md("*a* ") + "*" == r"*a* \*"


def _strings(node: object) -> str:
    """The text of pandoc's JSON, and a mark where anything but text and spaces stands."""
    if isinstance(node, list):
        return "".join(map(_strings, node))
    if isinstance(node, dict):
        kind = node.get("t")
        if kind == "Str":
            return str(node["c"])
        if kind in {"Space", "SoftBreak"}:
            return " "
        return f"\x01{kind}" + _strings(node.get("c", []))
    return ""


@settings(max_examples=25, deadline=None)
@given(st.lists(HOSTILE, min_size=8, max_size=8))
@example(["<script>x</script>", "::: draft-mark", "[^1]: note", "$x$", "| a | b |", "`code`", "{#id}", "http://x.org"])
def test_no_text_becomes_markup(texts: list[str]) -> None:
    """Each text as a paragraph of its own comes back from pandoc as the same words and nothing else."""
    shown = [fold(text) for text in texts]
    document = "\n\n".join(f"{md(text)}" for text in texts if fold(text))
    blocks = json.loads(run_pandoc(document, ["--to=json"], "2026-01-01"))["blocks"]
    assert [block["t"] for block in blocks] == ["Para"] * len([text for text in shown if text])
    assert [_strings(block["c"]) for block in blocks] == [text for text in shown if text]


def test_a_hostile_cell_stays_in_its_cell() -> None:
    made = table(["A", "B"], [["x | y\n| z |", "**"]], "Cap*tion*", [50, -50])
    blocks = json.loads(run_pandoc(made, ["--to=json"], "2026-01-01"))["blocks"]
    assert [entry["t"] for entry in blocks] == ["Table"]
    rows = blocks[0]["c"][4][0][3]
    assert [len(row[1]) for row in rows] == [2]


def test_a_hostile_file_name_stays_a_file_name() -> None:
    made = file_name("a](http://x) *b*_c|.pdf")
    assert made == r"[a\](http://x) \*b\*\_c\|.pdf]{.file}"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [("one two three", 2, "one two […]"), ("one two", 2, "one two"), (" a \n b ", 9, "a b")],
)
def test_shortening(text: str, words: int, expected: str) -> None:
    assert shorten(text, words) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So it is", "So it is."),
        ("“Done.”", "“Done.”"),
        ("“Done”", "“Done”."),
        ("It is.[^3]", "It is.[^3]"),
        ("It is[^3]", "It is.[^3]"),
    ],
)
def test_full_stops(text: str, expected: str) -> None:
    assert stopped(Md(text)) == expected


def test_blocks_and_quotations() -> None:
    assert block("nothing-found", "x < y").strip() == "::: nothing-found\nx \\< y\n:::"
    assert quoted("1. We *saw* it") == r"“1. We \*saw\* it”"
