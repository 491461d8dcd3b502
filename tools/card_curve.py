"""Draws the learning curve of the classifier's card as an SVG picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tools.card_figures import Point

WIDTH, HEIGHT = 640, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 130, 24, 52
STEP = 0.1
"""Between two lines of the grid."""
INK, GRID = "#262b33", "#d5d9df"
MICRO, MACRO = "#2054a0", "#b06a10"
FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"


def curve_svg(points: Sequence[Point]) -> str:
    """F1 by the share of the frames that were learnt from: two lines with their values."""
    top = STEP * (int(max(max(point.micro_f1, point.macro_f1) for point in points) / STEP) + 1)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg" role="img" font-family="{FONT}">',
        f"<title>Learning curve</title><desc>{described(points)}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_grid(points, top),
        *_line(points, "micro F1", MICRO, top, lambda point: point.micro_f1),
        *_line(points, "macro F1", MACRO, top, lambda point: point.macro_f1),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "share of the frames that were learnt from", "middle", INK),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def described(points: Sequence[Point]) -> str:
    """What the picture shows, in words."""
    first, last = points[0], points[-1]
    return (
        f"From {first.share:.0%} to {last.share:.0%} of the frames, micro F1 goes from {first.micro_f1:.2f} to "
        f"{last.micro_f1:.2f} and macro F1 from {first.macro_f1:.2f} to {last.macro_f1:.2f}."
    )


def _grid(points: Sequence[Point], top: float) -> list[str]:
    lines = []
    for number in range(round(top / STEP) + 1):
        y = _y(number * STEP, top)
        lines.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>')
        lines.append(_text(LEFT - 8, y + 4, f"{number * STEP:.1f}", "end", INK))
    lines += [_text(_x(point.share), HEIGHT - BOTTOM + 20, f"{point.share:.0%}", "middle", INK) for point in points]
    return lines


def _line(points: Sequence[Point], name: str, colour: str, top: float, value: Callable[[Point], float]) -> list[str]:
    places = [(_x(point.share), _y(value(point), top)) for point in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    last_x, last_y = places[-1]
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places),
        _text(last_x + 10, last_y + 4, f"{name} {value(points[-1]):.2f}", "start", colour),
    ]


def _text(x: float, y: float, text: str, anchor: str, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" text-anchor="{anchor}" fill="{colour}">{text}</text>'


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM)
