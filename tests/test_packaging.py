"""What is installed: locked with hashes, declared and used, and all inside the wheel."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from extractor import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)
EXTRAS = {"dask", "distributed"}
"""Imported where `--cluster` is asked for, and declared as an extra."""
NOT_IMPORTED = {"pdfplumber"}
"""Named among the product's dependencies without being imported yet."""
MAX_WHEEL_BYTES = 5_000_000


def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    lines = project()["dependencies"]
    assert isinstance(lines, list)
    return {normal(re.split(r"[<>=!~\[; ]", line)[0]) for line in lines}


def imported() -> set[str]:
    """The top-level modules that the package imports."""
    found: set[str] = set()
    for path in (ROOT / "extractor").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"extractor"}


# ------------------------------------------------------------------ locks


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_of_the_lock_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    assert len(PINNED.findall(text)) > 40
    for entry in entries:
        assert not entry.strip() or "--hash=sha256:" in entry, entry[:60]


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("address", ["://", "index-url", "find-links", "trusted-host", " @ "])
def test_the_lock_names_no_index(lock: str, address: str) -> None:
    assert address not in (ROOT / lock).read_text(encoding="utf-8")


def test_the_development_lock_holds_the_same_versions() -> None:
    plain, development = (set(PINNED.findall((ROOT / lock).read_text(encoding="utf-8"))) for lock in LOCKS)
    assert plain <= development


def test_every_declared_dependency_is_locked() -> None:
    names = {normal(name) for name, _ in PINNED.findall((ROOT / LOCKS[0]).read_text(encoding="utf-8"))}
    assert declared() <= names


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    distributions = packages_distributions()
    used = {normal(name) for module in imported() for name in distributions.get(module, [module])[:1]}
    assert used == (declared() - NOT_IMPORTED) | EXTRAS


# ------------------------------------------------------------------ wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def shipped_from(folder: str, pattern: str) -> set[str]:
    return {f"extractor/_shipped/{path.relative_to(ROOT)}" for path in (ROOT / folder).rglob(pattern) if path.is_file()}


@pytest.mark.parametrize(
    ("folder", "pattern"),
    [
        ("rubrics", "*.yaml"),
        ("templates", "*"),
        ("samples/archive", "*"),
        ("samples/reviews", "*.json"),
    ],
)
def test_the_wheel_holds_what_users_look_for(folder: str, pattern: str, names: set[str]) -> None:
    wanted = {name for name in shipped_from(folder, pattern) if "/." not in name}
    assert wanted
    assert wanted <= names


def test_the_wheel_holds_the_data_of_the_package(names: set[str]) -> None:
    data = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "extractor").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert data <= names


def test_the_wheel_holds_nothing_else(names: set[str], wheel: Path) -> None:
    junk = re.compile(r"__pycache__|\.pyc$|\.ruff|\.mypy|\.DS_Store|samples/sources|samples/build\.py|^tests/|^tools/")
    assert [name for name in names if junk.search(name)] == []
    assert {name.split("/")[0] for name in names} == {"extractor", f"deskreview-{__version__}.dist-info"}
    assert wheel.stat().st_size < MAX_WHEEL_BYTES


def test_the_wheel_has_the_licence_the_notice_and_the_command(names: set[str], wheel: Path) -> None:
    info = f"deskreview-{__version__}.dist-info"
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/NOTICE"} <= names
    with zipfile.ZipFile(wheel) as archive:
        assert "deskreview = extractor.cli:main" in archive.read(f"{info}/entry_points.txt").decode("utf-8")


def test_the_unpacked_wheel_finds_what_it_ships(wheel: Path, tmp_path: Path) -> None:
    """From another folder, with the checkout out of reach."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from extractor.cli import run\n"
        "from extractor.resources import shipped\n"
        "assert str(shipped('samples')).startswith(sys.argv[1]), shipped('samples')\n"
        "assert (shipped('templates') / 'case_study').is_dir()\n"
        "sys.exit(run(['rubric', 'check', 'counter_trafficking']))\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "site")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""})
    assert done.returncode == 0, done.stderr
    assert "is in order" in done.stdout


def test_there_is_one_version() -> None:
    assert "version" not in project()
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


# ------------------------------------------------------------------ platforms

POSIX_ONLY_MODULES = {"resource", "fcntl", "pwd", "grp", "termios", "pty", "posix"}
POSIX_ONLY_CALLS = {"fork", "forkpty", "setsid", "killpg", "getuid", "geteuid", "getpgid", "setpgid", "mkfifo", "nice"}


def asks_platform(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and re.search(r"sys\.platform|os\.name|hasattr", ast.unparse(node.test)) is not None


def guarded(tree: ast.Module) -> set[ast.AST]:
    """What stands in a `try` that minds the lack of it, or in a function that asks for the platform first."""
    asked = [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.Try) and "ImportError" in ast.unparse(node))
        or (isinstance(node, ast.FunctionDef) and any(map(asks_platform, ast.walk(node))))
    ]
    return {inner for node in asked for inner in ast.walk(node)}


@pytest.mark.parametrize("path", sorted((ROOT / "extractor").rglob("*.py")), ids=lambda path: path.stem)
def test_what_only_posix_has_is_guarded(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    safe = guarded(tree)
    for node in ast.walk(tree):
        if node in safe:
            continue
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & POSIX_ONLY_MODULES, node.lineno
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            assert node.attr not in POSIX_ONLY_CALLS, node.lineno
