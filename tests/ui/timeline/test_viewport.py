"""The part in view stays inside the branch, whatever is asked of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.timeline.ticks import ticks
from app.ui.timeline.viewport import FEWEST, Viewport


def viewport(length: int) -> Viewport:
    made = Viewport()
    made.set_length(length)
    return made


def test_at_first_the_whole_branch_is_in_view() -> None:
    view = viewport(1930)

    assert (view.first, view.span, view.is_whole) == (0, 1930, True)


def test_zooming_keeps_the_event_under_the_pointer() -> None:
    view = viewport(1000)
    view.zoom(3, 250.0)

    before = (250.0 - view.first) / view.span
    view.zoom(2, 250.0)

    assert (250.0 - view.first) / view.span == pytest.approx(before)
    assert view.span < 200


def test_a_view_of_the_whole_stays_one_when_the_branch_grows() -> None:
    view = viewport(100)
    view.set_length(130)
    assert view.span == 130

    view.zoom(2, 50)
    part = (view.first, view.span)
    view.set_length(160)
    assert (view.first, view.span) == part


def test_revealing_moves_only_when_needed() -> None:
    view = viewport(1000)
    view.zoom(4, 500)
    before = view.first

    view.reveal(500)
    assert view.first == before
    view.reveal(900)
    assert view.first < 900 <= view.first + view.span
    view.reveal(0)
    assert view.first == 0


@given(
    length=st.integers(0, 1_000_000),
    wishes=st.lists(st.tuples(st.sampled_from(["zoom", "pan", "reveal"]), st.floats(-2e6, 2e6)), max_size=12),
)
def test_it_never_leaves_the_branch(length: int, wishes: list[tuple[str, float]]) -> None:
    view = viewport(length)

    for wish, number in wishes:
        if wish == "zoom":
            view.zoom(number % 9 - 4, number)
        elif wish == "pan":
            view.pan(number)
        else:
            view.reveal(int(min(max(number, 0), length)))
        assert view.first >= 0
        assert view.first + view.span <= max(length, 1, FEWEST) + 1e-6
        assert view.span >= min(FEWEST, max(length, 1))


@given(first=st.floats(0, 1e6), span=st.floats(1, 1e6), pixels=st.integers(200, 4000))
def test_labels_keep_their_distance_and_are_round(first: float, span: float, pixels: int) -> None:
    shown = ticks(first, span, pixels)

    assert len(shown) <= pixels / 90 + 2
    assert all(first <= one <= first + span for one in shown)
    assert str(shown.step).rstrip("0") in {"1", "2", "5"}
