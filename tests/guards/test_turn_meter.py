"""The guard against long turns still bites, and lets pass what no turn did."""

from __future__ import annotations

import gc
import time

import pytest
from guards.turn_meter import MOST_SLOWNESS, TurnMeter, slowness, work_seconds
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer

LIMIT_S = 0.1


def busy(seconds: float) -> None:
    """Keep this thread busy for so many CPU seconds."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


class Clock:
    """CPU time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_turn_of_twice_the_limit_in_a_real_loop_is_caught(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("qapp")  # asked for here, so that the guard of all tests does not watch this one
    meter, loop, dispatcher = TurnMeter(LIMIT_S), QEventLoop(), QAbstractEventDispatcher.instance()
    dispatcher.awake.connect(meter.turned)
    dispatcher.aboutToBlock.connect(meter.turned)
    QTimer.singleShot(0, lambda: busy(2 * LIMIT_S))
    QTimer.singleShot(10, loop.quit)

    with meter.watching_collector():
        meter.begin()
        loop.exec()
        meter.end()
    dispatcher.awake.disconnect(meter.turned)
    dispatcher.aboutToBlock.disconnect(meter.turned)

    assert meter.is_over


def test_a_turn_of_twice_the_limit_is_caught_on_the_slowest_machine_there_is() -> None:
    clock = Clock()
    meter = TurnMeter(LIMIT_S, clock, lambda: MOST_SLOWNESS)

    meter.begin()
    clock.now += 2 * LIMIT_S
    meter.end()

    assert meter.is_over


def test_what_happens_between_loops_belongs_to_no_turn() -> None:
    clock = Clock()
    meter = TurnMeter(LIMIT_S, clock, lambda: 1.0)

    meter.begin()
    clock.now += LIMIT_S / 2
    meter.end()
    clock.now += 9.0
    meter.turned()

    assert meter.longest == LIMIT_S / 2


def test_collecting_garbage_is_not_counted_and_the_work_around_it_is() -> None:
    meter = TurnMeter(LIMIT_S, machine=lambda: 1.0)
    held = [[number] for number in range(1_000_000)]

    with meter.watching_collector():
        meter.begin()
        start = time.thread_time()
        gc.collect()
        paused = time.thread_time() - start
        busy(0.02)
        meter.end()

    assert len(held) == 1_000_000
    assert 0.02 <= meter.longest < 0.02 + paused / 2


def test_slowness_is_held_against_the_same_work_in_the_same_process() -> None:
    assert work_seconds() > 0
    assert 1.0 <= slowness() <= MOST_SLOWNESS
