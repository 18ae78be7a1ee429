"""The tree as text."""

from __future__ import annotations

from app.cli.branch_graph import PLAIN, graph
from app.domain.branch_layout import Twig

FAMILY = (
    Twig("main", None, 0, 100), Twig("kinder", "main", 40, 60), Twig("late", "main", 80, 85),
    Twig("inner", "kinder", 50, 53),
)  # fmt: skip


def test_lanes_stand_before_the_names() -> None:
    assert "\n".join(f"{lanes}{name}" for name, lanes in graph(FAMILY)) == "● main\n├─● kinder\n│ ╰─● inner\n╰─● late"


def test_plain_signs_hold_where_lines_cannot_be_written() -> None:
    assert [lanes for _, lanes in graph(FAMILY, PLAIN)] == ["* ", "+-* ", "| `-* ", "`-* "]


def test_a_long_chain_goes_on_at_the_left_again() -> None:
    chain = [Twig("b0", None, 0, 9), *(Twig(f"b{n}", f"b{n - 1}", 9 + n, 10 + n) for n in range(1, 13))]

    lines = [lanes for _, lanes in graph(chain)]

    assert lines[9] == " " * 16 + "╰─● "
    assert lines[10] == "●─────────────────╯ "
    assert lines[11] == "╰─● "
