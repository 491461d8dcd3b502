"""Which files an archive has, and which project each belongs to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.archive import list_archive
from extractor.errors import ArchiveMissing, FormInvalid


def fill(folder: Path, *files: str) -> Path:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return folder


def listed(folder: Path) -> dict[str, str]:
    return {entry.file: entry.project for entry in list_archive(folder)}


def projects_csv(folder: Path, text: str) -> None:
    (folder / "projects.csv").write_text(text, encoding="utf-8")


def test_a_folder_is_a_project_and_so_is_a_file_at_the_top(tmp_path: Path) -> None:
    fill(tmp_path, "a/one.pdf", "a/deep/er/two.docx", "b/one.pdf", "single report.v2.pdf", "pack.zip", "LICENCE")
    assert listed(tmp_path) == {
        "a/one.pdf": "a",
        "a/deep/er/two.docx": "a",
        "b/one.pdf": "b",
        "single report.v2.pdf": "single report.v2",
        "pack.zip": "pack",
        "LICENCE": "LICENCE",
    }


def test_files_come_by_path_with_slashes_and_where_they_lie(tmp_path: Path) -> None:
    fill(tmp_path, "b/x.pdf", "a/y.pdf", "a/x.pdf")
    entries = list_archive(tmp_path)
    assert [entry.file for entry in entries] == ["a/x.pdf", "a/y.pdf", "b/x.pdf"]
    assert all(entry.path == tmp_path / entry.file for entry in entries)


@pytest.mark.parametrize(
    "file",
    [".DS_Store", "a/.hidden.pdf", ".git/config", "a/.cache/x.pdf", "a/~$report.docx", "a/Thumbs.db", "desktop.ini"],
)
def test_what_systems_leave_behind_is_no_document(file: str, tmp_path: Path) -> None:
    fill(tmp_path, file, "a/kept.pdf")
    assert list(listed(tmp_path)) == ["a/kept.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = fill(tmp_path / "outside", "secret.pdf")
    archive = fill(tmp_path / "archive", "a/kept.pdf")
    (archive / "a" / "link.pdf").symlink_to(outside / "secret.pdf")
    (archive / "linked").symlink_to(outside, target_is_directory=True)
    (archive / "loop").symlink_to(archive, target_is_directory=True)
    (archive / "broken.pdf").symlink_to(archive / "none.pdf")
    assert list(listed(archive)) == ["a/kept.pdf"]


def test_projects_csv_overrides_for_the_file_or_folder_it_lists(tmp_path: Path) -> None:
    fill(tmp_path, "a/one.pdf", "a/two.pdf", "a/sub/three.pdf", "a/sub/four.pdf", "top.pdf", "b/five.pdf")
    projects_csv(tmp_path, "path,project\na/two.pdf,second\na/sub/,third\na/sub/four.pdf,fourth\ntop.pdf,b\n")
    assert listed(tmp_path) == {
        "a/one.pdf": "a",
        "a/two.pdf": "second",
        "a/sub/three.pdf": "third",
        "a/sub/four.pdf": "fourth",  # the longest path that is listed
        "top.pdf": "b",
        "b/five.pdf": "b",
    }


def test_a_listed_path_is_no_mere_beginning(tmp_path: Path) -> None:
    fill(tmp_path, "ab/x.pdf")
    projects_csv(tmp_path, "path,project\na,other\n")
    assert listed(tmp_path) == {"ab/x.pdf": "ab"}


def test_projects_csv_as_excel_saves_it(tmp_path: Path) -> None:
    fill(tmp_path, "a/x.pdf")
    (tmp_path / "projects.csv").write_bytes("path,project\r\n a/x.pdf , Québec \r\n".encode("utf-8-sig"))
    assert listed(tmp_path) == {"a/x.pdf": "Québec"}


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"path,project\na,one\nb,\n,two\n", [3, 4]),
        (b"file,project\na,one\n", [2]),
        (b"path,project\n\xff\xfe,one\n", [None]),
    ],
)
def test_a_bad_projects_csv_is_named_with_its_lines(content: bytes, lines: list[int | None], tmp_path: Path) -> None:
    fill(tmp_path, "a/x.pdf")
    (tmp_path / "projects.csv").write_bytes(content)
    with pytest.raises(FormInvalid, match=r"projects\.csv") as caught:
        list_archive(tmp_path)
    assert [problem.line for problem in caught.value.problems] == lines


def test_only_the_projects_csv_at_the_top_counts_and_none_is_a_document(tmp_path: Path) -> None:
    fill(tmp_path, "a/x.pdf")
    (tmp_path / "a" / "projects.csv").write_text("path,project\nx.pdf,other\n", encoding="utf-8")
    assert listed(tmp_path) == {"a/x.pdf": "a"}


def test_an_empty_archive_has_no_files(tmp_path: Path) -> None:
    assert list_archive(tmp_path) == []


@pytest.mark.parametrize("name", ["none", "file.txt"])
def test_no_archive(name: str, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_bytes(b"x")
    with pytest.raises(ArchiveMissing, match=name):
        list_archive(tmp_path / name)
