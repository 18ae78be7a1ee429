"""Random work on a store beside a plain model of it; both must agree after each step."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import message
from fakes.sequential_ids import SequentialIds
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.adapters.store.store import open_store
from app.application.ports import SessionDraft
from app.domain.errors import EventConflict, OutOfRange, WrongPosition
from app.domain.sessions import SessionHeader

MAIN = "s/main"


class StoreMachine(RuleBasedStateMachine):
    """The model: branch -> the ids of its whole line."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._clock = FixedClock(step=3)
        self._numbers = 0
        self._lines: dict[str, list[int]] = {MAIN: []}
        self._owner: dict[int, tuple[str, int]] = {}
        self._open()
        header = SessionHeader(id="s", title="", source="urn:test")
        self._store.store_session(SessionDraft(header=header, events=()))

    def _open(self) -> None:
        file = Path(self._folder.name) / "machine.branchline"
        self._store = open_store(file, clock=self._clock, ids=SequentialIds())

    def teardown(self) -> None:
        assert self._store.verify().problems == ()
        self._store.close()
        self._folder.cleanup()

    def _pick(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self._lines)))

    @rule(data=st.data(), count=st.integers(1, 5), exact=st.booleans())
    def append(self, data: st.DataObject, count: int, exact: bool) -> None:
        branch = self._pick(data)
        line = self._lines[branch]
        numbers = [self._numbers + i for i in range(1, count + 1)]
        self._numbers += count

        done = self._store.append(branch, [message(n, f"{n}") for n in numbers], expected=len(line) if exact else None)

        assert done.positions == tuple(range(len(line) + 1, len(line) + count + 1))
        self._owner.update((n, (branch, len(line) + i)) for i, n in enumerate(numbers, 1))
        self._lines[branch] = line + numbers

    @rule(data=st.data(), off=st.sampled_from([-2, -1, 1, 5]))
    def append_at_the_wrong_end(self, data: st.DataObject, off: int) -> None:
        branch = self._pick(data)
        with pytest.raises(WrongPosition):
            self._store.append(branch, [message(10**6, "never")], expected=len(self._lines[branch]) + off)

    @precondition(lambda self: self._owner)
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self._owner)))
        branch, position = self._owner[number]

        assert self._store.append(branch, [message(number, f"{number}")], expected=0).positions == (position,)
        with pytest.raises(EventConflict):
            self._store.append(branch, [message(number, "other")], expected=None)

    @rule(data=st.data())
    def fork(self, data: st.DataObject) -> None:
        parent, name = self._pick(data), f"b{len(self._lines)}"
        line = self._lines[parent]
        at = data.draw(st.integers(0, len(line) + 1))
        if at > len(line):
            with pytest.raises(OutOfRange):
                self._store.fork(parent, at, branch_id=name, name=name)
            return
        self._store.fork(parent, at, branch_id=name, name=name)
        self._lines[name] = line[:at]

    @rule()
    def reopen(self) -> None:
        self._store.close()
        self._open()

    @invariant()
    def lines_are_as_the_model_has_them(self) -> None:
        for branch, line in self._lines.items():
            events = self._store.read(branch, 1, 10**6)
            assert [event.position for event in events] == list(range(1, len(line) + 1))
            assert [event.data["text"] for event in events] == [str(number) for number in line]
            assert self._store.branch(branch).head == len(line)


StoreMachine.TestCase.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
TestStoreMachine = StoreMachine.TestCase
