"""What is inside packages is listed with hashes and opened by its place; names lead nowhere, bombs are refused."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from extractor.documents.limits import MIB, Limits
from extractor.documents.members import MAX_DEPTH, label, leads_out, open_member, read_zip, unique
from extractor.errors import DocumentError
from extractor.model import Member


def packed(files: Mapping[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def package(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    path = folder / "a.zip"
    path.write_bytes(packed(files))
    return path


def members(path: Path, limits: Limits | None = None) -> dict[str, Member]:
    return {member.name: member for member in read_zip(path, limits or Limits()).members}


def test_members_are_listed_with_their_hashes(tmp_path: Path) -> None:
    path = package(tmp_path, {"b/c.txt": "words", "d.pdf": "%PDF", "b/": "", "__MACOSX/b/._c.txt": "x", ".hidden": "x"})
    found = members(path)
    assert set(found) == {"b/c.txt", "d.pdf"}
    assert found["b/c.txt"].sha256 == hashlib.sha256(b"words").hexdigest()
    document = read_zip(path, Limits())
    assert (document.format, document.outcome, document.pages) == ("zip", "ok", ())


def test_a_member_is_opened_by_its_place_and_gone_afterwards(tmp_path: Path) -> None:
    path = package(tmp_path, {"a.txt": "one", "b/../../c.md": "two", "d": packed({"e.txt": "three"})})
    with open_member(path, (1,), Limits(), "a.zip!/b/c.md") as opened:
        assert opened.read_text() == "two"
        assert opened.suffix == ".md"
        assert opened.parent != tmp_path
    assert not opened.exists()
    with open_member(path, (2, 0), Limits(), "a.zip!/d!/e.txt") as opened:
        assert opened.read_text() == "three"
    with open_member(path, (), Limits()) as opened:
        assert opened == path


@pytest.mark.parametrize(
    ("name", "out"),
    [
        ("a/b.pdf", False),
        ("a..b/c...pdf", False),
        ("../b.pdf", True),
        ("a/../../b.pdf", True),
        ("/etc/passwd", True),
        ("C:/x.txt", True),
        ("aux", True),
        ("folder/NUL.txt", True),
        ("auxiliary.txt", False),
    ],
)
def test_names_that_lead_out(name: str, out: bool) -> None:
    assert leads_out(name) is out


def test_files_whose_names_lead_out_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = package(tmp_path / "in", {"../evil.txt": "x", "..\\evil.txt": "x", "/abs.txt": "x", "good.txt": "words"})
    found = read_zip(path, Limits())
    assert found.outcome == "partial"
    assert "3 of 4" in found.reason
    refused = [member for member in found.members if member.outcome != "ok"]
    assert len(refused) == 3
    assert all(member.outcome == "unsupported" and "leads out" in member.reason for member in refused)
    assert not any(".." in member.name or member.name.startswith("/") for member in found.members)
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_links_in_packages_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", "words")
    assert {name: member.outcome for name, member in members(path).items()} == {"link": "unsupported", "a.txt": "ok"}


def test_an_encrypted_member_has_a_password(tmp_path: Path) -> None:
    path = package(tmp_path, {"a.txt": "words", "b.txt": "more"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1  # of the first entry, in its own head and in the directory
    path.write_bytes(data)
    found = members(path)
    assert (found["a.txt"].outcome, found["b.txt"].outcome) == ("password", "ok")


@pytest.mark.parametrize(
    ("files", "limits", "reason"),
    [
        ({f"{number}.txt": "x" for number in range(30)}, Limits(max_entries=20), "30 files"),
        ({"a.txt": b"\0" * 20 * MIB}, Limits(), "ZIP bomb"),
        ({"a.bin": bytes(range(256)) * 8192}, Limits(max_unpacked=MIB, max_ratio=10_000), "unpacks to 2 MiB"),
    ],
)
def test_bombs_are_too_large(tmp_path: Path, files: dict[str, bytes | str], limits: Limits, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        read_zip(package(tmp_path, files), limits)
    assert caught.value.outcome == "too_large"


def test_a_package_of_which_nothing_can_be_opened_ends_as_its_files_do(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="none of its 2 files") as caught:
        read_zip(package(tmp_path, {"../a.txt": "x", "/b.txt": "x"}), Limits())
    assert caught.value.outcome == "unsupported"


def test_a_member_that_is_larger_than_it_says_is_not_unpacked(tmp_path: Path) -> None:
    path = package(tmp_path, {"a.txt": b"words and more words " * 50, "b.txt": "words"})
    data = path.read_bytes()
    size = (1050).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    assert members(path)["a.txt"].outcome in {"too_large", "damaged"}


def test_a_broken_member_is_damaged_and_the_others_are_there(tmp_path: Path) -> None:
    path = package(tmp_path, {"a.txt": b"words and more words " * 50, "b.txt": "words"})
    data = bytearray(path.read_bytes())
    data[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    assert {name: member.outcome for name, member in members(path).items()} == {"a.txt": "damaged", "b.txt": "ok"}


def test_an_empty_package_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_zip(package(tmp_path, {}), Limits())
    assert caught.value.outcome == "no_text"


def test_packages_in_packages_end_somewhere(tmp_path: Path) -> None:
    data = packed({"a.txt": "words"})
    for _ in range(MAX_DEPTH):
        data = packed({"inner.zip": data})
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with open_member(path, (0,) * MAX_DEPTH, Limits()) as opened:
        assert members(opened).keys() == {"a.txt"}
    with pytest.raises(DocumentError, match="deep"), open_member(path, (0,) * (MAX_DEPTH + 1), Limits()):
        pass


def test_a_place_that_is_not_there_is_damaged(tmp_path: Path) -> None:
    path = package(tmp_path, {"a.txt": "words"})
    for inside in ((7,), (0, 0)):
        with pytest.raises(DocumentError) as caught, open_member(path, inside, Limits()):
            pass
        assert caught.value.outcome == "damaged"


def test_names_are_shown_plainly_and_once() -> None:
    assert label("a\\b\u202e\n.pdf") == "a/b.pdf"
    assert label("x!/y.pdf") == "x!_y.pdf"
    assert label("\n") == "unnamed"
    seen: set[str] = set()
    assert [unique("a.pdf", seen), unique("a.pdf", seen), unique("a.pdf", seen)] == ["a.pdf", "a (2).pdf", "a (3).pdf"]


def test_names_in_utf8_that_are_not_marked_so(tmp_path: Path) -> None:
    path = package(tmp_path, {"évaluation.txt": "x"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        data[data.index(mark) + offset] &= ~0x08 & 0xFF
    path.write_bytes(data)
    assert set(members(path)) == {"évaluation.txt"}
