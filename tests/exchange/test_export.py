"""Writing an export: by suffix, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from extractor import exchange
from extractor.errors import UsageError
from extractor.exchange import write_export
from extractor.exchange.forms_json import read_forms
from extractor.exchange.whole_file import whole_file
from tests.exchange.invented import FORMS, RUBRIC, VERSION

STARTS: Mapping[str, bytes] = {"f.json": b'{\n "schema": 1', "f.xlsx": b"PK", "F.XLSX": b"PK", "f.csv": b"\xef\xbb\xbf"}


@pytest.mark.parametrize("name", STARTS)
def test_the_suffix_names_the_format(name: str, tmp_path: Path) -> None:
    write_export(FORMS, RUBRIC, VERSION, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(STARTS[name])
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "forms.json"
    target.write_text("old", encoding="utf-8")
    write_export(FORMS, RUBRIC, VERSION, target)
    assert read_forms(target) == FORMS


@pytest.mark.parametrize("name", ["forms.docx", "forms", "forms.json.gz"])
def test_another_suffix_is_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.json, \.xlsx, \.csv"):
        write_export(FORMS, RUBRIC, VERSION, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_what_fails_half_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_forms: object, _rubric: object, _version: str, path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exchange, "WRITERS", {".json": fail})
    target = tmp_path / "forms.json"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="No space"):
        write_export(FORMS, RUBRIC, VERSION, target)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), whole_file(tmp_path / "x") as path:
        path.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No folder"), whole_file(tmp_path / "none" / "x.json"):
        pass
    with pytest.raises(UsageError, match="is a folder"), whole_file(tmp_path):
        pass


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes and links")
def test_modes_and_links_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    with whole_file(link) as path:
        path.write_text("new", encoding="utf-8")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not hasattr(os, "umask") or os.name == "nt", reason="POSIX modes")
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    plain, target = tmp_path / "plain", tmp_path / "target"
    plain.write_text("x", encoding="utf-8")
    with whole_file(target) as path:
        path.write_text("x", encoding="utf-8")
    assert target.stat().st_mode == plain.stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be replaced there")
def test_who_reads_the_old_file_goes_on_reading_it_whole(tmp_path: Path) -> None:
    target = tmp_path / "forms.json"
    target.write_text("old", encoding="utf-8")
    with target.open(encoding="utf-8") as reading:
        with whole_file(target) as path:
            path.write_text("new", encoding="utf-8")
        assert reading.read() == "old"
    assert target.read_text(encoding="utf-8") == "new"
