"""Playing is stepping by the clock; the clock is handed in."""

from collections.abc import Callable, Iterator

import pytest

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
