"""How fast deskreview is, beside pdfplumber and PyMuPDF, over the PDFs of a folder.

    python benchmarks/speed.py ARCHIVE [--rounds N] [--every K] [--copies N] [--memory N] [--hostile FOLDER] [--json]

All of it is measured in one run, in turns, several rounds; the median of the rounds counts. Figures and ratios are
printed with what they should be. benchmarks/README.md says what is measured how.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from rich.console import Console
from rich.table import Table

from extractor.documents.isolation import run_isolated
from extractor.documents.pdf import read_pdf
from extractor.documents.pdf_file import open_pdf
from extractor.documents.pdf_lines import printed_lines
from extractor.documents.pdf_source import open_page
from extractor.errors import DocumentError, WorkspaceError
from extractor.resources import shipped

TARGETS = {
    "text with places, to pdfplumber's words": (35.0, ">="),
    "text with places, to PyMuPDF's words": (0.8, ">="),
    "extract with 2 processes, to pdfplumber's words with 1": (15.0, ">="),
    "extract on copies, 2 processes to 1": (1.7, ">="),
    "second run, share of the first": (0.05, "<="),
    "files read after a changed rubric line": (0.0, "<="),
    "parent's growth, MiB": (200.0, "<="),
    "worker's peak on a file that is read, MiB": (1024.0, "<="),
    "--help, seconds": (0.4, "<="),
}
LIBRARIES = ("pypdfium2", "pdfplumber", "PyMuPDF", "scikit-learn", "numpy", "google-re2")
POLL_SECONDS = 0.05
COMMAND = [sys.executable, "-m", "extractor.cli"]


@dataclass
class Findings:
    """What was measured, name by name, and the ratios that follow."""

    figures: dict[str, list[float]] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        """One round's figure."""
        self.figures.setdefault(name, []).append(value)

    def median(self, name: str) -> float:
        """The figure that counts."""
        return statistics.median(self.figures[name])


@dataclass(frozen=True)
class Corpus:
    """The PDFs that are measured on."""

    root: Path
    files: tuple[Path, ...]
    pages: int

    @classmethod
    def of(cls, root: Path) -> Corpus:
        """The PDFs below a folder that PDFium opens and that hold text."""
        files, pages = [], 0
        for path in sorted(root.rglob("*.pdf")):
            with suppress(pypdfium2.PdfiumError, DocumentError):
                pages += sum(bool(page.text) for page in read_pdf(path).pages) and len(pypdfium2.PdfDocument(path))
                files.append(path)
        return cls(root, tuple(files), pages)

    def copied(self, folder: Path, times: int, alter: Callable[[Path, Path, int], None]) -> Path:
        """An archive with so many copies of the PDFs, no two of the same bytes."""
        for number in range(times):
            for path in self.files:
                to = folder / f"{path.parent.relative_to(self.root).as_posix().replace('/', '-')}-{number}" / path.name
                to.parent.mkdir(parents=True, exist_ok=True)
                alter(path, to, number)
        return folder


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=10, help="pdfplumber reads every k-th page of each file")
    parser.add_argument("--copies", type=int, default=3, help="of the corpus, for 2 processes against 1; 0: none")
    parser.add_argument("--memory", type=int, default=10, help="times the corpus, for the parent's growth; 0: none")
    parser.add_argument("--hostile", type=Path, help="a folder of odd files, for the workers' peak")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    corpus, found = Corpus.of(options.archive), Findings()
    with tempfile.TemporaryDirectory() as folder:
        measure(corpus, found, options, Path(folder))
    setting = setting_of(corpus, options)
    if options.json:
        print(json.dumps({"setting": setting, "figures": found.figures, "ratios": found.ratios}, indent=1))
    else:
        show(found, setting)
    return 0


def measure(corpus: Corpus, found: Findings, options: argparse.Namespace, folder: Path) -> None:
    """All figures, round by round, and the ratios."""
    found.add("training of the classifier, seconds", train(folder))
    archive = corpus.copied(folder / "archive", 1, copy_with_remark)
    for number in range(options.rounds):
        reading(corpus, found, options.every)
        found.add("extract with 2 processes, seconds", extract(archive, folder / f"ws{number}", 2))
        found.add("second run, seconds", extract(archive, folder / f"ws{number}", 2))
        found.add("--help, seconds", timed([*COMMAND, "--help"]))
    after_a_rubric_line(archive, folder, found)
    if options.copies:
        copies = corpus.copied(folder / "copies", options.copies, copy_with_remark)
        for number in range(options.rounds):
            for jobs in (1, 2):
                to = folder / f"copies{number}-{jobs}"
                found.add(f"extract of {options.copies} copies with {jobs}, seconds", extract(copies, to, jobs))
    if options.memory:
        parents_growth(corpus.copied(folder / "many", options.memory, alter_every_page), folder, found)
    if options.hostile:
        workers_peak(options.hostile, found)
    find_ratios(found, corpus, options.copies)


def find_ratios(found: Findings, corpus: Corpus, copies: int) -> None:
    """What the targets are about, from the medians of the rounds."""
    ours, structured = found.median("text with places, CPU seconds"), found.median("whole reading, CPU seconds")
    plumber = found.median("pdfplumber's words, CPU seconds for all pages")
    ratios = found.ratios
    ratios["text with places, to pdfplumber's words"] = plumber / ours
    ratios["whole reading, to pdfplumber's words"] = plumber / structured
    if "PyMuPDF's words, CPU seconds" in found.figures:
        ratios["text with places, to PyMuPDF's words"] = found.median("PyMuPDF's words, CPU seconds") / ours
    whole = found.median("extract with 2 processes, seconds")
    words = found.median("pdfplumber's words, wall seconds for all pages")
    ratios["extract with 2 processes, to pdfplumber's words with 1"] = words / whole
    ratios["second run, share of the first"] = found.median("second run, seconds") / whole
    if copies:
        one, two = (found.median(f"extract of {copies} copies with {jobs}, seconds") for jobs in (1, 2))
        ratios["extract on copies, 2 processes to 1"] = one / two
    for name in TARGETS:
        if name in found.figures:
            ratios[name] = found.median(name)
    found.add("pages", corpus.pages)


# ------------------------------------------------------------------ reading


def reading(corpus: Corpus, found: Findings, every: int) -> None:
    """One round of reading text with positions, file by file in turns, in this process."""
    places = ours = plumber = wall = mupdf = 0.0
    for path in corpus.files:
        places += text_with_places(path)
        start = time.process_time()
        read_pdf(path)
        ours += time.process_time() - start
        cpu, seconds = plumber_words(path, every)
        plumber, wall = plumber + cpu, wall + seconds
        mupdf += mupdf_words(path)
    found.add("text with places, CPU seconds", places)
    found.add("text with places, pages a CPU second", corpus.pages / places)
    found.add("whole reading, CPU seconds", ours)
    found.add("whole reading, pages a CPU second", corpus.pages / ours)
    found.add("pdfplumber's words, CPU seconds for all pages", plumber)
    found.add("pdfplumber's words, wall seconds for all pages", wall)
    found.add("pdfplumber's words, pages a CPU second", corpus.pages / plumber)
    if mupdf:
        found.add("PyMuPDF's words, CPU seconds", mupdf)


def text_with_places(path: Path) -> float:
    """CPU seconds that our reader needs for the printed lines of a file and their places: no more than words are."""
    start = time.process_time()
    with open_pdf(path) as pdf:
        for index in range(pdf.pages):
            with open_page(pdf, index) as page:
                if page is not None:
                    printed_lines(page.read_lines(), page)
    return time.process_time() - start


def plumber_words(path: Path, every: int) -> tuple[float, float]:
    """CPU and wall seconds that pdfplumber needs for a file, from every k-th page: opening, and words times k."""
    cpu, wall = time.process_time(), time.perf_counter()
    with pdfplumber.open(path) as pdf:
        pages = pdf.pages
        opening = time.process_time() - cpu, time.perf_counter() - wall
        sampled = pages[::every]
        cpu, wall = time.process_time(), time.perf_counter()
        for page in sampled:
            page.extract_words()
            page.close()
        share = len(pages) / len(sampled)
        words = (time.process_time() - cpu) * share, (time.perf_counter() - wall) * share
    return opening[0] + words[0], opening[1] + words[1]


def mupdf_words(path: Path) -> float:
    """CPU seconds that PyMuPDF needs for the words of a file; 0 where it is not installed."""
    try:
        fitz: Any = import_module("pymupdf")
    except ImportError:
        return 0.0
    start = time.process_time()
    with fitz.open(path) as pdf:
        for page in pdf:
            page.get_text("words")
    return time.process_time() - start


# ------------------------------------------------------------------ the whole


TRAINED = "trained"


def train(folder: Path) -> float:
    """Wall seconds of a run over nothing: what is left is the training, which each rubric needs once."""
    (folder / "nothing").mkdir()
    return timed([*COMMAND, "extract", str(folder / "nothing"), "--workspace", str(folder / TRAINED), "--quiet"])


def extract(archive: Path, workspace: Path, jobs: int, rubric: str = "counter_trafficking") -> float:
    """Wall seconds of `deskreview extract`, the classifier trained before."""
    if not workspace.exists():
        workspace.mkdir(mode=0o700)
        shutil.copytree(workspace.parent / TRAINED / "models", workspace / "models")
    arguments = ["extract", str(archive), "--workspace", str(workspace), "--rubric", rubric, "--jobs", str(jobs)]
    return timed([*COMMAND, *arguments, "--quiet"])


def timed(command: Sequence[str]) -> float:
    """Wall seconds of a command, which must not fail."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=without_helpers(), check=False)
    if done.returncode not in (0, 4):
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    return time.perf_counter() - start


def without_helpers() -> dict[str, str]:
    """The environment without OCR and LibreOffice: their time is theirs."""
    return {**os.environ, "PATH": str(Path(sys.executable).parent)}


def after_a_rubric_line(archive: Path, folder: Path, found: Findings) -> None:
    """How many files are read again after one line of the rubric has changed."""
    rubric = Path(shutil.copytree(shipped("rubrics") / "counter_trafficking", folder / "rubric"))
    extract(archive, folder / "ws-rubric", 2, str(rubric))
    head = rubric / "rubric.yaml"
    lines = head.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines) if text.startswith("version:"))
    lines[line] = "version: changed"
    head.write_text("\n".join(lines) + "\n", encoding="utf-8")
    arguments = ["extract", str(archive), "--workspace", str(folder / "ws-rubric"), "--rubric", str(rubric)]
    start = time.perf_counter()
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, env=without_helpers(), check=False)
    found.add("run after a changed rubric line, seconds", time.perf_counter() - start)
    said = next(line for line in done.stderr.splitlines() if "read now" in line)
    found.add("files read after a changed rubric line", float(said.split(";")[1].split()[0]))


# ------------------------------------------------------------------ memory


def parents_growth(archive: Path, folder: Path, found: Findings) -> None:
    """How much the parent process grows from its first file on, over many documents."""
    status_mib = import_module("peak").status_mib
    arguments = ["extract", str(archive), "--workspace", str(folder / "ws-many")]
    shutil.copytree(folder / TRAINED / "models", folder / "ws-many" / "models")
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=without_helpers()
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("documents:"):
            break
    start = status_mib(str(process.pid), "VmRSS")
    with _drained(process.stderr):
        peak = start
        while process.poll() is None:
            peak = max(peak, status_mib(str(process.pid), "VmRSS"))
            time.sleep(POLL_SECONDS)
    found.add("parent at its first file, MiB", start)
    found.add("parent's growth, MiB", peak - start)


@contextmanager
def _drained(stream: Any) -> Iterator[None]:
    reader = threading.Thread(target=stream.read, daemon=True)
    reader.start()
    yield
    reader.join()


def workers_peak(folder: Path, found: Findings) -> None:
    """The most memory that a worker holds on a file of a folder that it can read."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    peaks: dict[Path, float] = {}
    with suppress(WorkspaceError):
        for path, peak in run_isolated(import_module("peak").read_and_measure, files):
            if not isinstance(peak, DocumentError):
                peaks[path] = peak
    found.add("files read for the worker's peak", len(peaks))
    found.add("worker's peak on a file that is read, MiB", max(peaks.values(), default=0.0))


# ------------------------------------------------------------------ copies


def copy_with_remark(path: Path, to: Path, number: int) -> None:
    """A copy of other bytes and the same text."""
    to.write_bytes(path.read_bytes() + f"\n% copy {number}\n".encode())


def alter_every_page(path: Path, to: Path, number: int) -> None:
    """A copy with a line of its own on every page."""
    raw = pypdfium2.raw
    pdf = pypdfium2.PdfDocument(path)
    for index in range(len(pdf)):
        page = pdf[index]
        line = raw.FPDFPageObj_NewTextObj(pdf.raw, b"Helvetica", 6.0)
        words = f"Copy {number}, sheet {index}.".encode("utf-16-le") + b"\0\0"
        buffer = (raw.FPDF_WCHAR * (len(words) // 2)).from_buffer_copy(words)
        raw.FPDFText_SetText(line, buffer)
        raw.FPDFPageObj_Transform(line, 1, 0, 0, 1, 30, 30)
        raw.FPDFPage_InsertObject(page.raw, line)
        raw.FPDFPage_GenerateContent(page.raw)
        page.close()
    pdf.save(to)
    pdf.close()


# ------------------------------------------------------------------ showing


def setting_of(corpus: Corpus, options: argparse.Namespace) -> dict[str, Any]:
    """What the figures were measured with and on."""
    return {
        "files": len(corpus.files),
        "pages": corpus.pages,
        "rounds": options.rounds,
        "pdfplumber reads": f"every {options.every}th page of each file, times {options.every}; opening once",
        "CPU": _cpu(),
        "processors": os.cpu_count(),
        "load at the end": round(os.getloadavg()[0], 1),
        "Python": platform.python_version(),
        **{name: _version(name) for name in LIBRARIES},
    }


def _cpu() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def show(found: Findings, setting: dict[str, Any]) -> None:
    """The figures as tables."""
    console = Console(highlight=False)
    for name, value in setting.items():
        console.print(f"{name}: {value}", markup=False)
    rounds = Table("figure", "median", "rounds", title="Figures", title_justify="left")
    for name, values in found.figures.items():
        rounds.add_row(name, f"{statistics.median(values):.2f}", " ".join(f"{value:.2f}" for value in values))
    console.print(rounds)
    ratios = Table("ratio", "measured", "target", "", title="Targets", title_justify="left")
    for name, value in found.ratios.items():
        if name not in TARGETS:
            ratios.add_row(name, f"{value:.3g}", "none", "")
            continue
        target, sign = TARGETS[name]
        met = value >= target if sign == ">=" else value <= target
        ratios.add_row(name, f"{value:.3g}", f"{sign} {target:g}", "met" if met else "not met")
    console.print(ratios)


if __name__ == "__main__":
    sys.exit(main())
