"""Garbage is collected on the window's thread, whatever other threads make."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from weakref import ref

import pytest
from PySide6.QtWidgets import QWidget

from app import collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


class _InCircles(QWidget):
    """Keeps itself, as windows do through their slots."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def eager_collector() -> Iterator[None]:
    """Every thousandth value is one too many."""
    before = gc.get_threshold()
    gc.set_threshold(1_000, 1, 1)
    gc.enable()
    yield
    gc.disable()
    gc.set_threshold(*before)


def _much_made() -> int:
    return len([[number] for number in range(50_000)])


def test_a_widget_that_became_garbage_is_left_to_the_thread_of_the_window(
    eager_collector: None, stage: Callable[..., object], qtbot: QtBot
) -> None:
    stage()
    gone = ref(_InCircles())

    with ThreadPoolExecutor(1) as other:
        other.submit(_much_made).result()
    is_there_after_other_threads_work = gone() is not None

    assert is_there_after_other_threads_work
    qtbot.waitUntil(lambda: gone() is None, timeout=10_000)


def test_without_a_window_python_collects_by_itself(eager_collector: None, qapp: object) -> None:
    gone = ref([_InCircles()][0])

    _much_made()

    assert gone() is None


def test_what_is_not_due_is_not_looked_through() -> None:
    before = gc.get_threshold()
    gc.collect()
    gc.set_threshold(1_000_000, 1, 1)
    circle = _InPlainCircles()
    gone = ref(circle)
    del circle

    collector.collect_what_is_due()
    is_there = gone() is not None
    gc.set_threshold(1, 1, 1)
    collector.collect_what_is_due()
    gc.set_threshold(*before)

    assert is_there
    assert gone() is None


class _InPlainCircles:
    def __init__(self) -> None:
        self.itself = self
