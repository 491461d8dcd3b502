"""The pages cannot drift from the code: what the code has, the pages name, and what they link to is there."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import typer
from typer.testing import CliRunner

from extractor import cli, errors
from extractor.demo import OUTPUTS
from extractor.documents import READERS
from extractor.model import Outcome
from extractor.rubric import ItemType
from extractor.store.tables import metadata
from tools import build_cli_reference

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
COMMANDS = dict(build_cli_reference.commands())


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


# ------------------------------------------------------------------ commands


def test_the_reference_is_what_the_help_says() -> None:
    assert read("docs/cli.md") == build_cli_reference.page(), "run: make docs"


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_help_and_an_example_that_names_it(path: str) -> None:
    assert len(COMMANDS[path].help) > 20
    assert path in build_cli_reference.EXAMPLES, "give it one in tools/build_cli_reference.py"
    assert build_cli_reference.EXAMPLES[path].startswith(f"deskreview {path}")


@pytest.mark.parametrize("path", COMMANDS)
def test_every_argument_and_option_has_help(path: str) -> None:
    for written, meaning in build_cli_reference.options(COMMANDS[path]):
        assert len(meaning.split("[")[0].strip()) > 5, written


@pytest.mark.parametrize("path", COMMANDS)
def test_the_reference_names_every_option(path: str) -> None:
    part = read("docs/cli.md").split(f"## deskreview {path}\n")[1].split("\n## ")[0]
    command = COMMANDS[path]
    for parameter in command.get_params(typer.Context(command)):
        for name in [option for option in parameter.opts if option.startswith("--") and option != "--help"]:
            assert name in part, name


def commands_in(text: str) -> Iterator[list[str]]:
    for block in CODE.findall(text):
        for line in block.strip("`").splitlines():
            words = line.split("#")[0].split()
            if words[:1] == ["deskreview"] and len(words) > 1 and not words[1].startswith("-"):
                yield words[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_pages_are_commands(page: Path) -> None:
    """Names and options of what a reader would type are those of the program."""
    for words in commands_in(page.read_text(encoding="utf-8")):
        path = next((path for path in (" ".join(words[:2]), words[0]) if path in COMMANDS), None)
        assert path is not None or words[0] in {"report", "rubric"}, words
        known = (
            {name for one in COMMANDS[path].get_params(typer.Context(COMMANDS[path])) for name in one.opts}
            if path
            else set()
        )
        used = {word for word in words if word.startswith("--")}
        assert used <= known | {"--help"}, words


def test_help_is_shown_for_the_program() -> None:
    result = CliRunner().invoke(cli.app, ["--help"])
    assert result.exit_code == 0
    for path in COMMANDS:
        assert path.split()[0] in result.output


# ------------------------------------------------------------------ what the code has, the pages name


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_every_outcome_is_explained(outcome: str) -> None:
    assert f"| `{outcome}` |" in read("docs/outcomes.md")


@pytest.mark.parametrize("format_", READERS)
def test_every_format_is_named(format_: str) -> None:
    rows = [line.split(" | ")[0] for line in read("docs/reviewers.md").splitlines() if line.startswith("| `")]
    assert any(f"`{format_}`" in row for row in rows)


@pytest.mark.parametrize("kind", get_args(ItemType))
def test_every_item_type_is_explained(kind: str) -> None:
    rows = [line for line in read("docs/rubric.md").splitlines() if line.startswith("| `")]
    assert any(f"`{kind}`" in row.split(" | ")[0] for row in rows)


@pytest.mark.parametrize("code", [value for name, value in vars(errors).items() if name.startswith("EXIT_")])
def test_every_exit_code_is_explained(code: int) -> None:
    assert f"\n| {code} | " in read("docs/troubleshooting.md").split("## Exit codes")[1]


@pytest.mark.parametrize("table", metadata.tables)
def test_every_table_and_column_is_described(table: str) -> None:
    part = read("docs/store.md").split(f"\n## {table}\n")[1].split("\n## ")[0]
    for column in metadata.tables[table].columns:
        assert re.search(rf"^\| (?:`\w+`, )*`{column.name}`(?:, `\w+`)* \|", part, re.MULTILINE), column.name


def test_store_page_describes_no_table_that_is_not_there() -> None:
    assert set(re.findall(r"^## (\w+)$", read("docs/store.md"), re.MULTILINE)) == set(metadata.tables)


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_readme_names_every_output_of_the_demo(name: str) -> None:
    assert Path(name).stem in read("README.md")
    assert Path(name).suffix in read("README.md")


def modules() -> list[str]:
    found = {path.relative_to(ROOT / "extractor").parts[0] for path in (ROOT / "extractor").rglob("*.py")}
    return sorted(name.removesuffix(".py") for name in found - {"__init__.py", "_shipped"})


@pytest.mark.parametrize("module", modules())
def test_the_architecture_names_every_module(module: str) -> None:
    lines = read("docs/architecture.md").splitlines()
    table = "\n".join(line.split(" | ")[0] for line in lines if line.startswith("| `"))
    assert f"`{module}`" in table or f"`{module}/" in table


# ------------------------------------------------------------------ links


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)):
        if target.startswith(("https://", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        linked = (page.parent / file).resolve() if file else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


def test_every_page_can_be_reached_from_the_index() -> None:
    linked = {target.partition("#")[0] for target in LINK.findall(read("docs/index.md"))}
    assert {page.name for page in DOCS.glob("*.md")} - {"index.md"} <= linked


# ------------------------------------------------------------------ README


def test_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    for page in PAGES:
        wanted = set(re.findall(r"\bmake ([a-z][a-z-]*)", "\n".join(CODE.findall(page.read_text(encoding="utf-8")))))
        assert wanted <= targets, page.name
    assert read("README.md").index("make demo") < read("README.md").index("pip install")


# ------------------------------------------------------------------ sources


def sources() -> list[Path]:
    return sorted((ROOT / "extractor").rglob("*.py"))


def undocumented(tree: ast.Module) -> Iterator[str]:
    """Public classes, functions and methods without a docstring."""
    if not ast.get_docstring(tree) and tree.body:
        yield "module"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield node.name
            members = node.body if isinstance(node, ast.ClassDef) else []
            for member in members:
                if (
                    isinstance(member, ast.FunctionDef)
                    and not member.name.startswith("_")
                    and not ast.get_docstring(member)
                ):
                    yield f"{node.name}.{member.name}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_public_name_has_a_docstring(path: Path) -> None:
    assert list(undocumented(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_the_search_for_docstrings_finds_what_has_none() -> None:
    tree = ast.parse('"""M."""\ndef f(): pass\nclass C:\n    """C."""\n    def m(self): pass\n    def _p(self): pass\n')
    assert list(undocumented(tree)) == ["f", "C.m"]


FORBIDDEN = (
    r"/(?:work|home|tmp)/\w+/",
    r"/root/",
    r"\b[Pp]y[Pp][Ii]\b",
    r"pythonhosted",
    r"\bnpmjs\b",
    r"--(?:extra-)?index-url\b(?<!no-emit-index-url)",
)


def tracked() -> list[Path]:
    """Files that git knows; in a tree without git, those of the folders that hold sources."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git here")
    return [ROOT / name for name in listed.decode("utf-8").split("\0") if name]


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    found = []
    pattern = re.compile("|".join(FORBIDDEN))
    for path in tracked():
        if path == Path(__file__).resolve() or not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" in content[:4096]:
            continue
        found += [
            f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(content.decode("utf-8", "ignore"))
        ]
    assert found == []
