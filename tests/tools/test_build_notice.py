"""NOTICE names every package that is installed with deskreview, and none that would bind the whole."""

from __future__ import annotations

import pytest

from tools import build_notice

LOCKED = build_notice.locked()


@pytest.mark.parametrize("name", LOCKED)
def test_notice_names_every_locked_package_with_its_versions(name: str) -> None:
    line = f"\n{name} {' / '.join(LOCKED[name])}: "
    assert line in build_notice.NOTICE.read_text(encoding="utf-8"), "run: make notice"


def test_notice_names_no_other_package() -> None:
    listed = build_notice.NOTICE.read_text(encoding="utf-8").split("under the GPL or the AGPL as a whole.\n\n")[1]
    assert {line.split()[0] for line in listed.splitlines()} == set(LOCKED)


@pytest.mark.parametrize("words", ["pandoc", "GNU General Public License", "Liberation Serif", "Open Font License"])
def test_notice_names_what_is_no_package(words: str) -> None:
    assert words in build_notice.NOTICE.read_text(encoding="utf-8")


def test_licences_of_all_packages_are_known_and_do_not_bind() -> None:
    assert build_notice.problems({name: build_notice.licence(name) for name in LOCKED}) == []


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("MIT", False),
        ("LGPL-2.1-only", False),
        ("GNU Library or Lesser General Public License (LGPL)", False),
        ("MPL-2.0", False),
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0", True),
        ("GNU Affero General Public License v3", True),
        ("GNU General Public License v2 (GPLv2)", True),
        ("", True),
    ],
)
def test_licences_that_would_bind_the_whole_are_refused(text: str, refused: bool) -> None:
    assert bool(build_notice.problems({"some-package": text})) is refused
