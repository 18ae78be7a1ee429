"""What is shown is asked for once, and again only when it may have changed."""

from __future__ import annotations

from array import array

from app.domain.transcript import Entry
from app.viewmodels.transcript_window import TranscriptWindow, WindowRequest


def entry(number: int, position: int, changed_at: int | None = None) -> Entry:
    return Entry(
        ord=number, kind="message", key=str(number), position=position, changed_at=changed_at or position, time=None
    )


def window(position: int, births: tuple[int, ...] = (1, 3, 5, 7)) -> TranscriptWindow:
    result = TranscriptWindow()
    result.set_births(array("q", births))
    result.set_playhead(position, frozenset())
    return result


def answer(to: TranscriptWindow, position: int) -> None:
    """What the time machine gives for a position: message 1 is edited at 6."""
    to.take(
        1,
        tuple(
            entry(number, born, 6 if number == 1 and position >= 6 else born)
            for number, born in enumerate(to.births, 1)
        ),
    )


def test_entries_born_after_the_playhead_are_ghosts() -> None:
    shown = window(position=4)

    assert shown.born == 2
    assert [shown.is_ghost(row) for row in range(4)] == [False, False, True, True]


def test_what_is_lacking_is_asked_for_once() -> None:
    shown = window(position=7)

    assert shown.wanted(0, 3) == WindowRequest(1, 4, 7)
    assert shown.wanted(0, 3) is None


def test_a_step_asks_only_for_what_it_changed() -> None:
    shown = window(position=5)
    shown.wanted(0, 3)
    answer(shown, 5)

    shown.set_playhead(6, frozenset({1}))
    request = shown.wanted(0, 2)
    answer(shown, 6)
    shown.set_playhead(7, frozenset({4}))

    assert request is not None
    assert request.first == 1
    assert shown.wanted(0, 3) is None


def test_a_step_that_changes_nothing_asks_for_nothing() -> None:
    shown = window(position=3)
    shown.wanted(0, 3)
    answer(shown, 3)

    shown.set_playhead(4, frozenset())

    assert shown.wanted(0, 3) is None


def test_after_a_jump_forward_everything_in_view_is_asked_for_again() -> None:
    shown = window(position=3)
    shown.wanted(0, 1)
    answer(shown, 3)

    shown.set_playhead(7, frozenset())

    assert shown.wanted(0, 1) == WindowRequest(1, 4, 7)
    assert shown.entry(0) is not None


def test_going_back_asks_only_for_what_had_not_changed_yet() -> None:
    shown = window(position=7)
    shown.wanted(0, 3)
    answer(shown, 7)

    shown.set_playhead(5, frozenset())

    assert shown.wanted(1, 3) is None
    assert shown.wanted(0, 3) is not None


def test_a_late_answer_is_shown_but_asked_for_again() -> None:
    shown = window(position=3)
    shown.wanted(0, 3)
    shown.set_playhead(7, frozenset())

    answer(shown, 3)

    assert shown.entry(0) is not None
    assert shown.wanted(0, 3) == WindowRequest(1, 4, 7)


def test_an_answer_for_another_branch_is_refused() -> None:
    shown = window(position=7, births=(1, 3))

    shown.take(1, (entry(1, 1), entry(2, 4), entry(3, 9)))

    assert shown.entry(0) is not None
    assert shown.entry(1) is None
    assert shown.entry(2) is None


def test_new_births_keep_what_is_shown_and_ask_again() -> None:
    shown = window(position=7)
    shown.wanted(0, 3)
    answer(shown, 7)

    shown.set_births(array("q", (1, 3, 5, 7, 9)))

    assert shown.entry(3) is not None
    assert shown.wanted(0, 4) == WindowRequest(1, 5, 7)


def test_an_equal_answer_keeps_the_entry_itself() -> None:
    shown = window(position=7)
    answer(shown, 7)
    before = shown.entry(1)

    answer(shown, 7)

    assert shown.entry(1) is before
