"""A signal that asks the program to end is heard by the event loop."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from app.ui.end_signals import told_to_end

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.skipif(os.name == "nt", reason="ends itself with a POSIX signal")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_once_and_the_next_one_ends_at_once(qtbot: QtBot, number: signal.Signals) -> None:
    before, closed = signal.getsignal(number), list[bool]()

    with told_to_end(lambda: closed.append(True)):
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: closed == [True])
        assert signal.getsignal(number) is signal.SIG_DFL

    assert signal.getsignal(number) is before
