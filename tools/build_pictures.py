"""Draws the README's pictures from a run over samples/: `make pictures`.

docs/pictures/form.svg is what `deskreview show` prints, shortened to some items; docs/pictures/case-study.png shows
pages of the case study. Uses demo-output/workspace if `make demo` has made it, else a workspace of its own.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from extractor import console
from extractor.demo import CASE_STUDY_COUNTRY
from extractor.drafting import draft_case_study
from extractor.resources import shipped
from extractor.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DEMO = ROOT / "demo-output" / "workspace"
PROJECT = "albania-shelters-2006"
ITEMS = (
    "project_title",
    "document_types",
    "funders",
    "country",
    "start_date",
    "end_date",
    "project_type",
    "target_groups",
    "evaluation_data",
    "budget",
    "challenges",
)
COLUMNS = 118
PAPER = TerminalTheme(
    (255, 255, 255),
    (38, 43, 51),
    [
        (38, 43, 51),
        (176, 32, 32),
        (24, 120, 70),
        (140, 98, 10),
        (32, 84, 160),
        (120, 50, 140),
        (10, 110, 120),
        (90, 96, 104),
    ],
)
SVG = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>Part of a form</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
 font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
<rect x="1" y="1" width="99.8%" height="99%" rx="8" fill="#ffffff" stroke="#c8ccd2"/>
<g transform="translate(12, 16)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
"""Rich's own frame fetches a font from elsewhere; this one uses the reader's."""
PAGES = (0, 2, 3)
PAGE_SCALE = 1.15
GAP = 28
SHADOW = 8
BACKGROUND = (238, 240, 243)
COLOURS = 64


def draw_form(workspace: Workspace, to: Path) -> None:
    """The form of one project as it stands on the screen."""
    recording = Console(record=True, width=COLUMNS, file=io.StringIO(), highlight=False, force_terminal=True)
    rubric = workspace.rubric()
    chosen = replace(rubric, items=tuple(item for item in rubric.items if item.id in ITEMS))
    console.out = lambda: recording  # what goes to the screen is recorded
    console.show_form(workspace.form(PROJECT), chosen)
    to.write_text(recording.export_svg(title=f"deskreview show {PROJECT}", theme=PAPER, code_format=SVG), "utf-8")


def draw_case_study(workspace: Workspace, folder: Path, to: Path) -> None:
    """Some pages of a case study side by side."""
    pdf = folder / "case-study.pdf"
    draft_case_study(workspace, (), CASE_STUDY_COUNTRY, "five", pdf)
    document = pypdfium2.PdfDocument(pdf)
    wanted = [number for number in PAGES if number < len(document)]
    pages = [document[number].render(scale=PAGE_SCALE).to_pil() for number in wanted]
    side_by_side(pages).quantize(COLOURS).save(to, optimize=True)


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """Pages on a grey ground, each with a shadow."""
    width = sum(page.width + GAP for page in pages) + GAP
    height = max(page.height for page in pages) + 2 * GAP
    ground = Image.new("RGB", (width, height), BACKGROUND)
    left = GAP
    for page in pages:
        shade = Image.new("RGB", (page.width, page.height), (170, 175, 182))
        ground.paste(shade, (left + SHADOW // 2, GAP + SHADOW // 2))
        left += page.width + GAP
    ground = ground.filter(ImageFilter.GaussianBlur(SHADOW // 2))
    left = GAP
    for page in pages:
        ground.paste(page, (left, GAP))
        left += page.width + GAP
    return ground


def main() -> int:
    """Draw all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = DEMO if DEMO.is_dir() else Path(folder) / "workspace"
        with Workspace.create(place) as workspace:
            workspace.extract(shipped("samples") / "archive")
            draw_case_study(workspace, Path(folder), PICTURES / "case-study.png")
            draw_form(workspace, PICTURES / "form.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
