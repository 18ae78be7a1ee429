"""Keys of the playhead and of playing."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from e2e.effects.effect import DIALOGUE, TIMED, Effect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from app.domain.events import NewEvent

if TYPE_CHECKING:
    from e2e.effects.effect import Trial


def goes(at: int, to: int) -> Effect:
    def check(trial: Trial) -> None:
        trial.press()
        assert trial.here == to
        assert trial.window.timeline.lanes.value() == to
        assert trial.window.transport._jump.text() == str(to)

    return Effect(DIALOGUE, at, check)


def plays_and_pauses(trial: Trial) -> None:
    playback = trial.opened.playback
    trial.press()
    assert playback.is_playing
    trial.until(lambda: trial.here > 20)
    trial.press()
    assert not playback.is_playing
    trial.press("End")
    trial.press()
    assert playback.is_playing
    assert trial.here == 0
    trial.until(lambda: trial.here > 0)


def shuttles(direction: int) -> Effect:
    def check(trial: Trial) -> None:
        playback = trial.opened.playback
        for speed in (1.0, 2.0, 4.0):
            trial.press()
            assert (playback.is_playing, playback.direction, playback.speed) == (True, direction, speed)
        trial.until(lambda: (trial.here - 20) * direction > 0)
        trial.press("L" if direction < 0 else "J")
        assert (playback.direction, playback.speed) == (-direction, 1.0)
        trial.press("K")
        assert not playback.is_playing

    return Effect(DIALOGUE, 20, check)


def steps_by_time(direction: int) -> Effect:
    def check(trial: Trial) -> None:
        events = trial.opened.core.store.read(trial.opened.branch.id, 1, trial.workspace.head)
        times = [event.time for event in events]
        goal = times[39] + direction * 10_000_000
        if direction > 0:
            there = next(number for number, time in enumerate(times, start=1) if time and time >= goal)
        else:
            there = max(number for number, time in enumerate(times, start=1) if time and time <= goal)
        trial.press()
        assert trial.here == there
        assert there != 40

    return Effect(TIMED, 40, check)


def finds_problems(direction: int) -> Effect:
    """An event that changes a message nobody posted cannot be applied: a problem."""

    def check(trial: Trial) -> None:
        store, branch = trial.opened.core.store, trial.opened.branch
        nobody = {"message_id": "nobody", "text": "?"}
        event = NewEvent(id="odd", source="urn:test", type="conversation.message-edited", version=1, actor="user",
                         subject=None, time=None, data=nobody)  # fmt: skip
        store.append(branch.id, [event], expected=branch.head)
        trial.press("F5")
        trial.until(lambda: trial.workspace.head == 55 and list(trial.workspace.problems) == [55])
        if direction < 0:
            grown = NewEvent(id="fine", source="urn:test", type="session.closed", version=1, actor="system",
                             subject=None, time=None, data={})  # fmt: skip
            store.append(branch.id, [grown], expected=55)
            trial.press("F5")
            trial.until(lambda: trial.workspace.head == 56 and len(trial.workspace.problems) == 1)
            trial.press("End")
            assert trial.here == 56
        trial.press()
        assert trial.here == 55

    return Effect(DIALOGUE, 20, check)


def jumps(trial: Trial) -> None:
    trial.press()
    assert isinstance(trial.window.focusWidget(), QLineEdit)
    trial.type("33")
    trial.press("Return")
    assert trial.here == 33


def copies_a_link(trial: Trial) -> None:
    trial.press()
    words = shlex.split(QGuiApplication.clipboard().text())
    session, location = trial.workspace.session.header.id, trial.opened.core.store.location
    assert words == ["branchline", "--store", location, "open", session, "--branch", "main", "--at", "20"]


def sets_in(trial: Trial) -> None:
    trial.press()
    assert trial.opened.playback.range.first == 20
    trial.press("End")
    trial.press("Space")
    assert trial.here == 20


def sets_out(trial: Trial) -> None:
    trial.press()
    assert trial.opened.playback.range.last == 20
    trial.press("Left")
    trial.press("8")
    trial.press("Space")
    trial.until(lambda: not trial.opened.playback.is_playing)
    assert trial.here == 20


def clears_the_range(trial: Trial) -> None:
    trial.press("I")
    trial.press("O")
    trial.press()
    assert not trial.opened.playback.range.is_limited
    assert trial.window.transport._range.isHidden()


def loops(trial: Trial) -> None:
    playback = trial.opened.playback
    trial.press("I")
    for _ in range(3):
        trial.press("Right")
    trial.press("O")
    trial.press()
    assert playback.range.loops
    trial.press("Space")
    playback.advance(0.6)
    assert (trial.here, playback.is_playing) == (21, True)
    playback.advance(1.1)
    assert (trial.here, playback.is_playing) == (20, True)
    trial.press()
    assert not playback.range.loops


def changes_the_pace(trial: Trial) -> None:
    trial.press()
    assert trial.opened.playback.pace == "recorded"
    assert "rec" in trial.window.transport._pace.text()
    trial.press()
    assert trial.opened.playback.pace == "event"


def has_speed(speed: float) -> Effect:
    def check(trial: Trial) -> None:
        trial.press()
        assert trial.opened.playback.speed == speed
        assert trial.window.transport._pace.text() == f"{speed:g}× ▾"

    return Effect(DIALOGUE, 20, check)


PLAYHEAD = {
    "play_pause": Effect(DIALOGUE, 20, plays_and_pauses),
    "shuttle_back": shuttles(-1),
    "shuttle_forward": shuttles(1),
    "event_back": goes(20, 19),
    "event_forward": goes(20, 21),
    "turn_back": goes(20, 17),
    "turn_forward": goes(20, 21),
    "time_back": steps_by_time(-1),
    "time_forward": steps_by_time(1),
    "kind_back": goes(8, 7),
    "kind_forward": goes(8, 13),
    "first_event": goes(20, 0),
    "last_event": goes(20, 54),
    "next_problem": finds_problems(1),
    "previous_problem": finds_problems(-1),
    "jump": Effect(DIALOGUE, 20, jumps),
    "copy_link": Effect(DIALOGUE, 20, copies_a_link),
    "range_in": Effect(DIALOGUE, 20, sets_in),
    "range_out": Effect(DIALOGUE, 20, sets_out),
    "range_clear": Effect(DIALOGUE, 20, clears_the_range),
    "toggle_loop": Effect(DIALOGUE, 20, loops),
    "toggle_pace": Effect(DIALOGUE, 20, changes_the_pace),
    **{f"speed_{number}": has_speed(2.0**number / 8) for number in range(1, 9)},
}
