"""Playing is stepping by the clock; the clock is handed in."""

from array import array
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from fakes.window_services import columns

from app.application.ports import EventColumns
from app.viewmodels.pace import RecordedPace
from app.viewmodels.play_range import PlayRange
from app.viewmodels.playback import Playback


class Tape:
    def __init__(self, head: int = 10, here: int = 0) -> None:
        self.head, self.here = head, here

    def where(self) -> tuple[int, int]:
        return self.here, self.head

    def step(self, by: int) -> None:
        self.here += by


@pytest.fixture
def playing(qapp: object) -> Iterator[Callable[[Tape], Playback]]:
    made: list[Playback] = []

    def make(tape: Tape) -> Playback:
        playback = Playback(tape.where)
        playback.step_wanted.connect(tape.step)
        made.append(playback)
        return playback

    yield make
    for playback in made:
        playback.pause()


def test_at_normal_speed_two_events_pass_a_second(playing: Callable[[Tape], Playback]) -> None:
    tape = Tape()
    playback = playing(tape)
    playback.toggle()

    for _ in range(15):
        playback.advance(0.1)

    assert tape.here == 3


def test_a_slow_frame_catches_up_in_one_step(playing: Callable[[Tape], Playback]) -> None:
    tape = Tape(head=1000)
    playback = playing(tape)
    playback.set_speed(32)
    playback.toggle()

    playback.advance(2.0)

    assert tape.here == 128


def test_it_stops_at_the_end_and_starts_again_from_the_beginning(playing: Callable[[Tape], Playback]) -> None:
    tape = Tape(head=3)
    playback = playing(tape)
    playback.toggle()
    playback.advance(60)
    assert (tape.here, playback.is_playing) == (3, False)

    playback.toggle()

    assert (tape.here, playback.is_playing) == (0, True)


def test_shuttling_again_is_faster_and_the_other_way_is_slow_again(playing: Callable[[Tape], Playback]) -> None:
    tape = Tape(here=10)
    playback = playing(tape)

    playback.shuttle(-1)
    playback.shuttle(-1)
    assert (playback.direction, playback.speed) == (-1, 2.0)
    playback.advance(1.0)
    assert tape.here == 6
    playback.shuttle(1)
    assert (playback.direction, playback.speed) == (1, 1.0)


def test_backwards_it_stops_before_the_first_event(playing: Callable[[Tape], Playback]) -> None:
    tape = Tape(here=2)
    playback = playing(tape)
    playback.shuttle(-1)

    playback.advance(60)

    assert (tape.here, playback.is_playing) == (0, False)


def test_playing_pauses_on_a_stop_it_would_pass_and_goes_on_from_there(playing: Callable[[Tape], Playback]) -> None:
    tape = Tape(head=1000)
    playback = playing(tape)
    told: list[int] = []
    playback.stopped_at.connect(told.append)
    playback.set_stops((30, 412))
    playback.set_speed(32)
    playback.toggle()

    playback.advance(10)
    assert (tape.here, playback.is_playing, told) == (30, False, [30])

    playback.toggle()
    playback.advance(1)
    assert (tape.here, playback.is_playing) == (94, True)


def test_a_range_is_played_once_or_in_a_loop(playing: Callable[[Tape], Playback]) -> None:
    tape = Tape(head=100, here=20)
    playback = playing(tape)
    playback.set_range(PlayRange(20, 30))
    playback.toggle()
    playback.advance(60)
    assert (tape.here, playback.is_playing) == (30, False)

    playback.toggle()
    assert (tape.here, playback.is_playing) == (20, True)

    playback.set_range(PlayRange(20, 30, loops=True))
    playback.advance(60)
    assert (tape.here, playback.is_playing) == (20, True)


def test_after_the_out_point_it_plays_on_to_the_end(playing: Callable[[Tape], Playback]) -> None:
    tape = Tape(head=100, here=50)
    playback = playing(tape)
    playback.set_range(PlayRange(20, 30))
    playback.toggle()

    playback.advance(60)

    assert tape.here == 100


def test_as_recorded_it_waits_as_long_as_the_record_did_but_never_longer_than_the_cap(
    playing: Callable[[Tape], Playback],
) -> None:
    tape = Tape(head=5)
    seconds = (0, 1, 1, 90, 89)  # the last clock ran backwards
    times = array("q", [one * 1_000_000 for one in seconds])
    recorded = EventColumns(array("B", [0] * 5), array("H", [0] * 5), times, ("behaviour.searched",))
    playback = Playback(tape.where, recorded_pace=partial(RecordedPace, recorded))
    playback.step_wanted.connect(tape.step)
    playback.set_pace("recorded", 2.0)
    playback.toggle()

    seen = []
    for _ in range(10):
        playback.advance(0.5)
        seen.append(tape.here)
    playback.pause()

    assert seen == [1, 1, 3, 3, 3, 3, 5, 5, 5, 5]


def test_as_recorded_events_without_a_time_take_half_a_second_each() -> None:
    pace = RecordedPace(columns(9, timed=False), 2.0)

    assert pace.target(0, 2.0, 1) == (4, 0.0)
    assert pace.target(9, 1.2, -1) == (7, pytest.approx(0.2))
