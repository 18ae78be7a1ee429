"""Outcomes come to the main thread, all of them, in order; stale wishes are never worked on."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from app.viewmodels.bridge import Bridge


def fail(error: Exception) -> None:
    raise error


def test_work_runs_elsewhere_and_its_outcome_comes_to_the_main_thread(bridge: Bridge, qtbot: QtBot) -> None:
    seen: list[tuple[threading.Thread, threading.Thread]] = []

    bridge.run(threading.current_thread, lambda worker: seen.append((worker, threading.current_thread())), fail)

    qtbot.waitUntil(lambda: bool(seen))
    worker, receiver = seen[0]
    assert worker is not threading.main_thread()
    assert receiver is threading.main_thread()


def test_a_failure_is_told_where_the_work_was_asked_for(bridge: Bridge, qtbot: QtBot) -> None:
    told: list[Exception] = []

    bridge.run(lambda: 1 // 0, fail, told.append)

    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], ZeroDivisionError)


def test_twenty_thousand_posts_from_a_thread_arrive_in_order(bridge: Bridge, qtbot: QtBot) -> None:
    came: list[int] = []

    def send() -> None:
        for number in range(20_000):
            bridge.post(lambda number=number: came.append(number))

    sender = threading.Thread(target=send)
    sender.start()

    qtbot.waitUntil(lambda: len(came) == 20_000, timeout=20_000)
    sender.join()
    assert came == list(range(20_000))


def test_of_wishes_that_wait_only_the_newest_is_worked_on(bridge: Bridge, qtbot: QtBot) -> None:
    gate = threading.Event()
    worked: list[int] = []
    came: list[int] = []

    def work(number: int) -> int:
        gate.wait(5)
        worked.append(number)
        return number

    for number in range(50):
        bridge.run_latest("seek", lambda number=number: work(number), came.append, fail)
    gate.set()

    qtbot.waitUntil(lambda: came[-1:] == [49])
    assert worked == came == [0, 49]


def test_keys_do_not_wait_for_each_other(bridge: Bridge, qtbot: QtBot) -> None:
    gate = threading.Event()
    came: list[str] = []
    bridge.run_latest("slow", lambda: gate.wait(5), lambda _: came.append("slow"), fail)

    bridge.run_latest("quick", lambda: "quick", came.append, fail)

    qtbot.waitUntil(lambda: came == ["quick"])
    gate.set()
    qtbot.waitUntil(lambda: came == ["quick", "slow"])


def test_after_a_failed_wish_the_key_serves_again(bridge: Bridge, qtbot: QtBot) -> None:
    told: list[Exception] = []
    came: list[int] = []
    bridge.run_latest("seek", lambda: 1 // 0, fail, told.append)
    qtbot.waitUntil(lambda: bool(told))

    bridge.run_latest("seek", lambda: 7, came.append, fail)

    qtbot.waitUntil(lambda: came == [7])


def test_closing_joins_the_workers_and_drops_what_is_on_its_way(qtbot: QtBot) -> None:
    bridge = Bridge()
    started = threading.Event()
    came: list[object] = []
    bridge.run(lambda: (started.set(), threading.Event().wait(0.05)), came.append, came.append)
    started.wait(5)

    bridge.close()
    bridge.post(lambda: came.append("late"))
    bridge.run(lambda: 1, came.append, came.append)

    assert not [thread for thread in threading.enumerate() if thread.name.startswith("bridge")]
    qtbot.waitUntil(lambda: not came)
    assert came == []


def test_a_receiver_that_breaks_is_reported_and_the_next_one_still_hears(
    bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[type] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: reported.append(kind))
    came: list[int] = []

    bridge.post(lambda: fail(ValueError("broken")))
    bridge.post(lambda: came.append(1))

    qtbot.waitUntil(lambda: came == [1])
    assert reported == [ValueError]
