"""What people thought of answers, kept in the analyst's stream beside the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.application.branch_labels import LOCAL_SOURCE
from app.application.side_streams import side_stream
from app.domain.compare.judging import JUDGED, Judgement
from app.domain.events import ANALYST, NewEvent

if TYPE_CHECKING:
    from app.application.ports import Clock, EventStore, Ids
    from app.domain.events import Event


class Judging:
    """Reads and writes judgements of answers; any thread may call."""

    def __init__(self, store: EventStore, clock: Clock, ids: Ids) -> None:
        self._store, self._clock, self._ids = store, clock, ids

    def record(self, session: str, judgement: Judgement) -> None:
        """Keep a judgement. Raises NotFound for a session that is not there."""
        stream = self._stream(session)
        event = NewEvent(
            id=self._ids.new(),
            source=LOCAL_SOURCE,
            type=JUDGED,
            data=judgement.to_json(),
            actor="analyst",
            time=self._clock.now(),
        )
        self._store.append(stream, [event], expected=None)

    def judgements(self, session: str) -> tuple[Judgement, ...]:
        """All of a session, in the order in which they were made; what cannot be read as one is passed over."""
        events = self._store.iterate(self._stream(session))
        return tuple(found for event in events if event.type == JUDGED and (found := _read(event)) is not None)

    def _stream(self, session: str) -> str:
        return side_stream(self._store, session, ANALYST).id


def _read(event: Event) -> Judgement | None:
    positions, winner, note = event.data.get("positions"), event.data.get("winner"), event.data.get("note")
    if not isinstance(positions, dict) or len(positions) != 2 or (winner is not None and winner not in positions):
        return None
    return Judgement(positions, winner, str(note or ""), event.data.get("blind") is not False)
