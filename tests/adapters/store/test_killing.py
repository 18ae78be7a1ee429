"""Nothing that was acknowledged is lost when the program is killed at any moment."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.adapters.store.store import SqlEventStore
from app.application.ports import SessionDraft
from app.domain.sessions import SessionHeader

WRITER = Path(__file__).with_name("killed_writer.py")
ROUNDS = int(os.environ.get("BRANCHLINE_KILL_ROUNDS", "10"))


def killed_while_writing(file: Path, start: int, after_s: float) -> list[int]:
    """Positions that a writing process acknowledged before it was killed, ``after_s`` from its first commit."""
    command = [sys.executable, str(WRITER), str(file), str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(after_s)
        child.kill()
        rest = child.stdout.read()
    whole = (first + rest).rpartition(b"\n")[0]  # a line cut by the kill acknowledges nothing
    return [int(position) for position in whole.split()]


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_killed_writer_loses_no_acknowledged_event(seed: int, file: Path, opened) -> None:
    store: SqlEventStore = opened()
    store.store_session(SessionDraft(header=SessionHeader(id="s", title="", source="urn:test"), events=()))
    store.close()
    chance = random.Random(seed)
    acknowledged: list[int] = []
    for start in (0, 500_000):  # the second writer finds what the kill of the first left behind
        acknowledged += killed_while_writing(file, start, chance.uniform(0.0, 0.15))

    survived = opened()
    positions = [event.position for event in survived.iterate("s/main")]

    assert acknowledged
    assert positions == list(range(1, len(positions) + 1))
    assert set(acknowledged) <= set(positions)
    assert survived.verify().ok
