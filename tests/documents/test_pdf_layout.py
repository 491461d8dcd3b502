from __future__ import annotations

from extractor.documents.pdf_layout import find_columns, in_reading_order
from extractor.documents.pdf_lines import Line
from tests.documents.pdf_making import line

WIDE = "A sentence that fills the whole width of its column"


def stack(name: str, x: float, rows: int, top: float = 100) -> list[Line]:
    return [line(f"{name}{row} {WIDE}", x, top + 12 * row) for row in range(rows)]


def read(lines: list[Line]) -> list[str]:
    return [placed.item.text.split()[0] for placed in in_reading_order(lines) if isinstance(placed.item, Line)]


def test_the_order_of_the_file_is_kept_when_it_does_not_go_back() -> None:
    lines = [*stack("L", 50, 6), *stack("R", 300, 6)]
    assert read(lines) == [*(f"L{n}" for n in range(6)), *(f"R{n}" for n in range(6))]
    assert [placed.column for placed in in_reading_order(lines)] == [0] * 6 + [1] * 6


def test_columns_drawn_from_the_right_are_read_from_the_left() -> None:
    lines = [*stack("R", 300, 6), *stack("L", 50, 6)]
    assert read(lines) == [*(f"L{n}" for n in range(6)), *(f"R{n}" for n in range(6))]


def test_a_line_across_both_columns_parts_them() -> None:
    above = [*stack("a", 50, 5), *stack("b", 300, 5)]
    below = [*stack("c", 50, 5, 200), *stack("d", 300, 5, 200)]
    across = line("Across everything", 50, 180, width=460)
    order = [name + str(n) for name in "ab" for n in range(5)]
    order += ["Across", *(name + str(n) for name in "cd" for n in range(5))]
    assert read([*below, across, *above]) == order


def test_three_columns() -> None:
    lines = [*stack("z", 430, 5), *stack("y", 240, 5), *stack("x", 50, 5)]
    lines = [line(item.text, item.box.x0, item.base, width=170) for item in lines]
    assert len(find_columns(lines)) == 2
    assert read(lines) == [name + str(n) for name in "xyz" for n in range(5)]


def test_short_cells_in_columns_are_no_columns_of_text() -> None:
    cells = [line(text, x, 100 + 12 * row, width=30) for row in range(6) for x, text in ((50, "Mali"), (300, "1,200"))]
    assert find_columns(cells) == ()
    assert [placed.item for placed in in_reading_order(cells)] == cells


def test_a_footer_drawn_first_is_read_last() -> None:
    assert read([line("Foot of the page", 50, 700), *stack("L", 50, 3)]) == ["L0", "L1", "L2", "Foot"]
