"""Read the turns of branches from where they may differ on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.application.branch_labels import LOCAL_SOURCE
from app.domain.compare.runs import Instructions
from app.domain.compare.turns import INSTRUCTIONS_CHANGED, SETTING_TYPES, TurnReader
from app.domain.vocabulary import MESSAGE_POSTED, Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.application.ports import EventColumns, EventStore
    from app.application.time_machine import TimeMachine
    from app.domain.compare.turns import Turn

LONGEST_SHARED_TURN: Final = 2_048
"""Events back from the end of a trunk to look for the question that the branches answer differently."""
_STEP: Final = 512


class SharedTrunk:
    """The events that branches share, known by the columns of one of them.

    Attributes:
        length: how many.
        start: position of the first event that is read of each branch: the turn in which the trunk ends begins there.
    """

    def __init__(self, columns: EventColumns, length: int) -> None:
        self._columns, self.length = columns, length
        self.start = self._start()

    def _type(self, position: int) -> str:
        return self._columns.type_names[self._columns.types[position - 1]]

    def _asks(self, position: int) -> bool:
        return self._columns.lanes[position - 1] == Lane.CUSTOMER and self._type(position) == MESSAGE_POSTED

    def _start(self) -> int:
        """The last question of the trunk, with what was set just before it; else the end of the trunk."""
        for position in range(self.length, max(0, self.length - LONGEST_SHARED_TURN), -1):
            if self._asks(position):
                while position > 1 and self._type(position - 1) in SETTING_TYPES:
                    position -= 1  # noqa: PLW2901 - the search ends here
                return position
        return self.length + 1

    def questions(self) -> int:
        """How many customer messages it holds."""
        names = self._columns.type_names
        if MESSAGE_POSTED not in names:
            return 0
        posted = names.index(MESSAGE_POSTED)
        pairs = zip(self._columns.lanes[: self.length], self._columns.types[: self.length], strict=True)
        return sum(lane == Lane.CUSTOMER and kind == posted for lane, kind in pairs)

    def instructions_set_at(self) -> int | None:
        """Position of the last change of instructions before ``start``."""
        if INSTRUCTIONS_CHANGED not in self._columns.type_names:
            return None
        changed = self._columns.type_names.index(INSTRUCTIONS_CHANGED)
        return next((at for at in range(self.start - 1, 0, -1) if self._columns.types[at - 1] == changed), None)


class TurnReading:
    """Reads branches as turns; any thread may call."""

    def __init__(self, store: EventStore, time_machine: TimeMachine) -> None:
        self._store, self._time_machine = store, time_machine

    def trunk(self, branch: str, length: int) -> SharedTrunk:
        """The first ``length`` events of a branch."""
        return SharedTrunk(self._time_machine.columns(branch), length)

    def turns(self, branch: str, trunk: SharedTrunk, last: int, told: Callable[[int], None]) -> tuple[Turn, ...]:
        """The turns from the trunk's ``start`` to position ``last``; ``told`` hears how many events were read."""
        reader = TurnReader(
            self._time_machine.bounded(branch, trunk.start - 1), self._instructions(branch, trunk), LOCAL_SOURCE
        )
        for first in range(trunk.start, last + 1, _STEP):
            found = self._store.read(branch, first, min(first + _STEP - 1, last))
            for event in found:
                reader.read(event)
            told(len(found))
        return reader.turns()

    def _instructions(self, branch: str, trunk: SharedTrunk) -> Instructions | None:
        position = trunk.instructions_set_at()
        if position is None:
            return None
        (event,) = self._store.events_at(branch, [position])
        return Instructions.of(event.data)
