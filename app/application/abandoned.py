"""Runs that ended with the program: their requests get an end, where it is certain that nobody else will write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.application.branch_labels import LOCAL_SOURCE
from app.domain.errors import BranchlineError, NotFound
from app.domain.events import NewEvent

if TYPE_CHECKING:
    from app.application.ports import Clock, EventStore, Ids, RunMarks
    from app.application.time_machine import TimeMachine

REASON: Final = "the program ended"


def settle_abandoned(store: EventStore, time_machine: TimeMachine, marks: RunMarks, clock: Clock, ids: Ids) -> int:
    """Append ``generation.failed`` for every abandoned run that is still open; returns how many there were."""
    settled = 0
    for request, branch in marks.abandoned():
        try:
            settled += _settle(store, time_machine, request, branch, clock, ids)
        except NotFound:
            pass  # its first commit was never made
        except BranchlineError:
            continue  # somebody writes there just now; the mark stays for the next time
        marks.end(request)
    return settled


def _settle(store: EventStore, time_machine: TimeMachine, request: str, branch: str, clock: Clock, ids: Ids) -> int:
    line = store.branch(branch)
    if request not in time_machine.bounded(branch, line.head).generation.open_runs:
        return 0
    event = NewEvent(
        id=ids.new(),
        source=LOCAL_SOURCE,
        type="generation.failed",
        data={"request_id": request, "reason": REASON, "text": ""},
        actor="system",
        subject=store.header(line.session).subject,
        time=clock.now(),
        causation_id=request,
    )
    store.append(branch, [event], expected=line.head)
    return 1
