"""A cluster of several worker processes gives what one machine gives, whatever becomes of its workers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.documents import cluster as cluster_module
from extractor.documents.cluster import run_on_cluster
from extractor.documents.limits import Limits
from extractor.errors import DocumentError, UsageError
from extractor.exchange.forms_json import forms_to_dict
from extractor.workspace import Workspace
from tests.archives import OUTCOMES, make_archive
from tests.coding import tiny
from tests.documents.on_cluster import Count, Paper

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'deskreview[dask]'")

LIMITS = Limits(seconds=4)


@pytest.fixture(scope="module")
def running() -> Iterator[Any]:
    """Three worker processes under nannies, as `dask worker` starts them."""
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as cluster:
        yield cluster


@pytest.fixture
def papers(tmp_path: Path) -> tuple[Count, list[Paper]]:
    """Work with its word list, and papers to count."""
    (tmp_path / "words.txt").write_text("one two two")
    papers = []
    for number, text in enumerate(["one", "two", "refuses", "aborts", "hangs", "three"]):
        (tmp_path / f"{number} é.txt").write_text(text)
        papers.append(Paper(tmp_path / f"{number} é.txt"))
    return Count(tmp_path / "words.txt"), papers


def test_each_paper_ends_as_it_would_here(running: Any, papers: tuple[Count, list[Paper]]) -> None:
    count, items = papers
    found = dict(run_on_cluster(count, items, running.scheduler_address, limits=LIMITS))
    results = [found[item] for item in items]
    assert [result[:2] for result in results if not isinstance(result, DocumentError)] == [
        ("ONE", 1), ("TWO", 2), ("THREE", 0),
    ]  # fmt: skip
    assert [result.outcome for result in results if isinstance(result, DocumentError)] == [
        "password", "crashed", "timed_out",
    ]  # fmt: skip


def test_files_are_sent_not_shared(running: Any, papers: tuple[Count, list[Paper]], tmp_path: Path) -> None:
    """A worker reads its own copies, which are gone afterwards."""
    count, items = papers
    (_, result), *_ = run_on_cluster(count, items[:1], running.scheduler_address, limits=LIMITS)
    place = Path(result[2])
    assert tmp_path not in place.parents
    assert place.suffix == ".txt"
    assert not place.parent.exists()


def test_a_large_file_is_read_here(running: Any, papers: tuple[Count, list[Paper]]) -> None:
    count, items = papers
    items[1].path.write_text("two" * 1000)
    found = dict(run_on_cluster(count, items[:2], running.scheduler_address, limits=LIMITS, max_sent=100))
    assert [found[item][2] == str(item.path) for item in items[:2]] == [False, True]


def test_a_file_that_is_gone_is_an_outcome(running: Any, papers: tuple[Count, list[Paper]]) -> None:
    count, items = papers
    items[0].path.unlink()
    found = dict(run_on_cluster(count, items[:2], running.scheduler_address, limits=LIMITS))
    assert found[items[0]].outcome == "damaged"
    assert found[items[1]][0] == "TWO"


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
def test_a_worker_lost_in_mid_run_loses_nothing(running: Any, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("w1")
    items = []
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(f"w{number}")
        items.append(Paper(tmp_path / f"{number}.txt"))
    with distributed.Client(running.scheduler_address, set_as_default=False) as client:
        pids = list(client.run(os.getpid).values())
    results = run_on_cluster(Count(tmp_path / "words.txt", 0.3), items, running.scheduler_address, limits=LIMITS)
    found = dict([next(results)])
    os.kill(pids[0], signal.SIGKILL)
    found |= dict(results)
    assert sorted(result[0] for result in found.values()) == sorted(f"W{number}" for number in range(12))


def test_the_same_forms_as_on_one_machine(running: Any, tmp_path: Path) -> None:
    archive, rubric = make_archive(tmp_path / "archive"), tiny.write_rubric(tmp_path / "rubric")
    forms = []
    for name, address in (("here", ""), ("there", running.scheduler_address)):
        with Workspace.create(tmp_path / name) as workspace:
            workspace.extract(archive, (str(rubric),), 2, cluster=address)
            assert {row.file: row.outcome for row in workspace.store.ledger()} == OUTCOMES
            forms.append(forms_to_dict(workspace.forms("2026-01-01T00:00:00Z"), "0"))
    assert forms[0] == forms[1]


def test_nothing_of_a_run_stays_on_the_cluster(running: Any, papers: tuple[Count, list[Paper]]) -> None:
    list(run_on_cluster(papers[0], papers[1][:2], running.scheduler_address, limits=LIMITS))
    with distributed.Client(running.scheduler_address, set_as_default=False) as client:
        left = client.run(_plugins_of)
    assert all(names == [] for names in left.values())


def _plugins_of(dask_worker: Any) -> list[str]:
    return [name for name in dask_worker.plugins if str(name).startswith("deskreview")]


def test_other_versions_are_refused(
    running: Any, papers: tuple[Count, list[Paper]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "versions", lambda: {"Python": "2.7"})
    with pytest.raises(UsageError, match=r"Python 3\.\d+ instead of 2\.7"):
        list(run_on_cluster(papers[0], papers[1], running.scheduler_address))


def test_no_scheduler_is_said(papers: tuple[Count, list[Paper]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 1)
    with pytest.raises(UsageError, match="No Dask scheduler answers at tcp://127.0.0.1:9"):
        list(run_on_cluster(papers[0], papers[1], "tcp://127.0.0.1:9"))


def test_without_dask_it_says_what_to_install(
    papers: tuple[Count, list[Paper]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"deskreview\[dask\]"):
        list(run_on_cluster(papers[0], papers[1], "tcp://127.0.0.1:9"))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl, which makes the certificate, is not installed")
def test_over_tls(papers: tuple[Count, list[Paper]], tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    roles = {f"tls_{role}_{part}": str(path) for role in ("client", "worker", "scheduler")
             for part, path in (("cert", certificate), ("key", key))}  # fmt: skip
    security = distributed.Security(tls_ca_file=str(certificate), require_encryption=True, **roles)
    settings = {
        "distributed.comm.require-encryption": True,
        "distributed.comm.tls.ca-file": str(certificate),
        "distributed.comm.tls.client.cert": str(certificate),
        "distributed.comm.tls.client.key": str(key),
    }
    import dask

    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, dashboard_address=":0", protocol="tls", security=security,
            silence_logs=50,
        ) as cluster,
        dask.config.set(settings),
    ):  # fmt: skip
        assert cluster.scheduler_address.startswith("tls://")
        found = dict(run_on_cluster(papers[0], papers[1][:2], cluster.scheduler_address, limits=LIMITS))
    assert [found[item][0] for item in papers[1][:2]] == ["ONE", "TWO"]
