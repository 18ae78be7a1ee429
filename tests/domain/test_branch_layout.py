"""The drawn tree: one row and lane a branch, no crossings, few lanes, the same every time."""

from __future__ import annotations

import math
import random
import time

from hypothesis import given
from hypothesis import strategies as st

from app.benchmarks.made_store import plan
from app.domain.branch_layout import COMFORTABLE_LANES, IN_ORDER_LANES, LaneRow, Twig, layout, twigs_on_owners

MAIN = Twig("main", None, 0, 50)


@st.composite
def trees(draw: st.DrawFn, most: int = 60) -> tuple[Twig, ...]:
    """Branches in the order they were made; each leaves any branch made before, at any position of its line."""
    twigs = [Twig("main", None, 0, draw(st.integers(0, 30)))]
    for number in range(draw(st.integers(0, most))):
        deep = draw(st.booleans())
        parent = twigs[-1] if deep else twigs[draw(st.integers(0, len(twigs) - 1))]
        fork = draw(st.integers(0, parent.head))
        twigs.append(Twig(f"b{number}", parent.id, fork, fork + draw(st.integers(0, 5))))
    return tuple(twigs)


def lanes_at(rows: tuple[LaneRow, ...], row: LaneRow) -> list[int]:
    """Lanes that are taken in a row: its own, its parent's, and those that go through."""
    others = {*row.through, *([row.parent] if row.parent >= 0 else [])}
    return [row.lane, *(rows[other].lane for other in others)]


@given(trees())
def test_each_branch_has_one_row_below_its_parent(made: tuple[Twig, ...]) -> None:
    rows = layout(twigs_on_owners(made))

    assert [row.row for row in rows] == list(range(len(made)))
    assert {row.twig.id for row in rows} == {twig.id for twig in made}
    for row in rows[1:]:
        assert rows[row.parent].twig.id == row.twig.parent
        assert row.parent < row.row <= rows[row.parent].last
        assert row.depth == rows[row.parent].depth + 1


@given(trees(), st.integers(1, 9))
def test_no_line_crosses_or_touches_another(made: tuple[Twig, ...], comfortable: int) -> None:
    rows = layout(twigs_on_owners(made), comfortable)

    for row in rows[1:]:
        taken = lanes_at(rows, row)
        assert len(set(taken)) == len(taken), "two branches in one place"
        low, high = sorted((row.lane, rows[row.parent].lane))
        between = [rows[other].lane for other in row.through if low < rows[other].lane < high]
        assert not between, "the line to the parent crosses a lane"


@given(trees())
def test_lanes_that_go_through_are_those_of_ancestors_with_more_to_come(made: tuple[Twig, ...]) -> None:
    rows = layout(twigs_on_owners(made))

    for row in rows:
        ancestors, above = [], row.parent
        while above >= 0:
            ancestors.append(above)
            above = rows[above].parent
        assert row.through == tuple(sorted(one for one in ancestors if rows[one].last > row.row))


@given(trees())
def test_lanes_are_few(made: tuple[Twig, ...]) -> None:
    rows = layout(twigs_on_owners(made))

    beside = IN_ORDER_LANES + math.log2(len(made))
    assert max(len(row.through) for row in rows) <= beside
    assert max(row.lane for row in rows) < COMFORTABLE_LANES + beside


@given(trees())
def test_the_same_branches_are_laid_out_the_same_way(made: tuple[Twig, ...]) -> None:
    assert layout(twigs_on_owners(made)) == layout(twigs_on_owners(made))


@given(trees(), st.data())
def test_what_is_hidden_leaves_the_others_where_they_branch_from_what_is_shown(
    made: tuple[Twig, ...], data: st.DataObject
) -> None:
    hidden = {twig.id for twig in made[1:] if data.draw(st.booleans(), label=twig.id)}

    shown = {twig.id: twig for twig in twigs_on_owners(made, hidden)}

    assert set(shown) == {twig.id for twig in made} - hidden
    whole = {twig.id: twig for twig in twigs_on_owners(made)}
    for twig in shown.values():
        if twig.parent is None:
            continue
        assert shared(whole, twig.id, twig.parent) == twig.fork
        assert twig.fork > shown[twig.parent].fork or shown[twig.parent].parent is None


def shared(twigs: dict[str, Twig], one: str, other: str) -> int:
    """How many events two lines have in common, from the definition: position by position, who owns it."""

    def owner(branch: str, position: int) -> str:
        twig = twigs[branch]
        while position <= twig.fork and twig.parent is not None:
            twig = twigs[twig.parent]
        return twig.id

    both = min(twigs[one].head, twigs[other].head)
    return next((n - 1 for n in range(1, both + 1) if owner(one, n) != owner(other, n)), both)


@given(trees())
def test_a_branch_leaves_the_one_that_owns_the_event_it_leaves_after(made: tuple[Twig, ...]) -> None:
    twigs = {twig.id: twig for twig in twigs_on_owners(made)}

    for twig in twigs.values():
        if twig.parent is not None and twigs[twig.parent].parent is not None:
            assert twigs[twig.parent].fork < twig.fork <= twigs[twig.parent].head
    assert {twig.id: (twig.fork, twig.head) for twig in made} == {
        twig.id: (twig.fork, twig.head) for twig in twigs.values()
    }


@given(trees(most=12))
def test_flat_trees_are_drawn_in_the_order_of_positions(made: tuple[Twig, ...]) -> None:
    rows = layout(twigs_on_owners(made))

    if max(row.depth for row in rows) < IN_ORDER_LANES:
        for row in rows:
            forks = [child.twig.fork for child in rows if child.parent == row.row]
            assert forks == sorted(forks)


def test_branches_that_leave_together_stand_in_the_order_they_were_made() -> None:
    made = (
        MAIN, Twig("late", "main", 30, 31), Twig("big", "main", 10, 20), Twig("also", "main", 10, 11),
        Twig("inner", "big", 15, 16),
    )  # fmt: skip

    rows = layout(made)

    assert [(row.twig.id, row.lane) for row in rows] == [
        ("main", 0), ("big", 1), ("inner", 2), ("also", 1), ("late", 1),
    ]  # fmt: skip


def test_where_many_lanes_would_run_side_by_side_the_branch_that_needs_most_comes_last() -> None:
    """Each branch has a late leaf, which would keep its lane open beside all that is deeper."""
    made = [MAIN]
    for number in range(12):
        above = made[-2] if number else MAIN
        made += (Twig(f"b{number}", above.id, 50 + 10 * number, 60 + 10 * number),
                 Twig(f"leaf{number}", above.id, above.head, above.head + 1))  # fmt: skip

    rows = layout(twigs_on_owners(made))

    assert [row.twig.id for row in rows[:3]] == ["main", "leaf0", "b0"]
    assert max(len(row.through) for row in rows) <= IN_ORDER_LANES


def test_a_long_chain_goes_on_at_the_left_again() -> None:
    chain = [MAIN, *(Twig(f"b{n}", f"b{n - 1}" if n else "main", 50 + n, 51 + n) for n in range(20))]

    lanes = [row.lane for row in layout(chain)]

    assert lanes[:8] == [0, 1, 2, 3, 4, 5, 0, 1]
    assert max(lanes) == COMFORTABLE_LANES - 1


def made_twigs() -> tuple[Twig, ...]:
    planned = plan(1_000, 1)
    return (Twig("main", None, 0, 1_000), *(Twig(one.id, one.parent, one.fork, one.fork + one.own) for one in planned))


def test_300_branches_some_100_deep_need_no_more_than_eight_lanes() -> None:
    rows = layout(twigs_on_owners(made_twigs()))

    assert len(rows) == 301
    assert max(row.depth for row in rows) > 60
    assert max(row.lane for row in rows) < 8


def test_ten_times_the_branches_take_no_more_than_thirty_times_as_long() -> None:
    chance = random.Random(1)
    many = [MAIN]
    for number in range(3_000):
        parent = many[-1] if chance.random() < 0.3 else chance.choice(many)
        fork = chance.randint(parent.fork, parent.head)
        many.append(Twig(f"b{number}", parent.id, fork, fork + 5))

    def cost(twigs: list[Twig]) -> float:
        best = math.inf
        for _ in range(5):
            start = time.thread_time()
            layout(twigs_on_owners(twigs))
            best = min(best, time.thread_time() - start)
        return best

    assert cost(many) < 30 * cost(many[:301])
