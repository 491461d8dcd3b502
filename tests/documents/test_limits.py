"""Bombs are refused by what the package says of itself, before anything is unpacked; real files are not."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from extractor.documents.limits import MIB, Limits, Package, check_file_size, check_zip, read_text_bytes
from extractor.errors import DocumentError

SMALL = Limits(
    max_xml_part=2 * MIB, max_total=4 * MIB, max_entries=20, max_ratio=100, max_text_bytes=10, max_file_bytes=100
)


def package(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def outcome(path: Path, limits: Limits = SMALL) -> str:
    with pytest.raises(DocumentError) as caught:
        check_zip(path, limits)
    return caught.value.outcome


def noise(size: int) -> bytes:
    """XML that packs about 10:1, as real parts do."""
    return b"".join(b"<w:t>%d %x</w:t>" % (number, number * 7919) for number in range(size // 22))


@pytest.mark.parametrize(
    "parts",
    [
        {"word/document.xml": noise(4 * MIB)},  # one part too large
        {f"word/media/{number}.bin": b"x" * MIB for number in range(5)},  # too much in all
        {f"a{number}.xml": b"x" for number in range(21)},  # too many parts
        {"word/document.xml": b"<w:p/>" * (MIB // 6)},  # packed too well to be honest
    ],
)
def test_bombs_are_too_large(tmp_path: Path, parts: dict[str, bytes]) -> None:
    assert outcome(package(tmp_path / "bomb.docx", parts)) == "too_large"


def test_a_real_bomb_is_refused_at_once_by_the_default_limits(tmp_path: Path) -> None:
    path = package(tmp_path / "bomb.docx", {"word/document.xml": b"<w:p/>" * (60 * MIB // 6)})
    assert path.stat().st_size < MIB
    start = time.perf_counter()
    assert outcome(path, Limits()) == "too_large"
    assert time.perf_counter() - start < 0.5


def test_ordinary_parts_pass_and_small_ones_may_be_packed_well(tmp_path: Path) -> None:
    parts = {"word/document.xml": noise(MIB), "docProps/app.xml": b"<a/>" * 20_000, "word/media/a.emf": b"\0" * MIB}
    check_zip(package(tmp_path / "a.docx", parts), SMALL)


def test_a_part_is_counted_while_it_is_read(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"a.bin": b"x" * MIB, "b.bin": b"x" * MIB})
    with Package(path, Limits(max_total=2 * MIB)) as parts:
        assert len(parts.read("A.bin")) == MIB
        parts.read("b.bin")
        with pytest.raises(DocumentError, match="more than it says"):
            parts.read("a.bin")


def test_a_truncated_package_is_damaged(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"word/document.xml": noise(50_000)})
    path.write_bytes(path.read_bytes()[:-100])
    assert outcome(path) == "damaged"


def test_broken_data_inside_a_package_is_damaged(tmp_path: Path) -> None:
    path = package(tmp_path / "a.docx", {"word/document.xml": noise(50_000)})
    data = bytearray(path.read_bytes())
    data[200:400] = b"\xff" * 200
    path.write_bytes(data)
    with Package(path, SMALL) as parts, pytest.raises(DocumentError) as caught:
        parts.read("word/document.xml")
    assert caught.value.outcome == "damaged"


def test_file_sizes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    with pytest.raises(DocumentError, match="empty file"):
        check_file_size(path, SMALL)
    path.write_bytes(b"x" * 11)
    assert check_file_size(path, SMALL) == 11
    with pytest.raises(DocumentError) as caught:
        read_text_bytes(path, SMALL)
    assert caught.value.outcome == "too_large"
