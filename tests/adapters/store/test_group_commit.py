"""Many threads append at once: shared commits, separate outcomes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fakes.making import message

from app.adapters.store.store import SqlEventStore
from app.adapters.store.writer import Writer
from app.domain.errors import BranchlineError, WrongPosition


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Run ``work(0)`` … on a thread each, all starting together; errors are outcomes too."""
    start = threading.Barrier(count)

    def run(number: int) -> object:
        start.wait()
        try:
            return work(number)
        except BranchlineError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_appends_of_many_threads_all_land_once_and_in_line(filled: SqlEventStore) -> None:
    def append(thread: int) -> set[int]:
        return {
            filled.append("s/main", [message(1000 * (thread + 1) + i, "x")], expected=None).positions[0]
            for i in range(20)
        }

    positions = at_once(8, append)

    assert set.union(*positions) == set(range(11, 171))
    assert filled.branch("s/main").head == 170
    assert filled.verify().ok


def test_of_many_who_expect_the_same_end_one_wins(filled: SqlEventStore) -> None:
    outcomes = at_once(6, lambda thread: filled.append("s/main", [message(500 + thread, "mine")], expected=10))

    assert sum(isinstance(outcome, WrongPosition) for outcome in outcomes) == 5
    assert filled.branch("s/main").head == 11


def test_a_refused_append_does_not_take_its_group_with_it(
    filled: SqlEventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hold the writer's turn until good and bad appends have queued up, so that they must share one commit."""
    groups: list[int] = []
    together = Writer._commit_together

    def noted(writer: Writer, group: list[object]) -> bool:
        groups.append(len(group))
        return together(writer, group)

    monkeypatch.setattr(Writer, "_commit_together", noted)
    writer = filled._writer
    assert writer is not None
    outcomes: dict[str, object] = {}

    def append(name: str, number: int, expected: int | None) -> None:
        try:
            outcomes[name] = filled.append("s/main", [message(number, name)], expected=expected).positions
        except BranchlineError as error:
            outcomes[name] = error

    calls = [("good", 600, None), ("bad", 601, 3), ("twin", 600, 99), ("fine", 602, None)]
    threads = [threading.Thread(target=append, args=call) for call in calls]
    with writer._turn:
        for thread in threads:
            thread.start()
        while len(writer._waiting) < len(threads):
            pass
    for thread in threads:
        thread.join()

    assert groups == [4]
    assert isinstance(outcomes["bad"], WrongPosition)
    assert {type(outcomes[name]) for name in ("good", "fine")} == {tuple}
    assert filled.branch("s/main").head == 12
    assert filled.verify().ok
