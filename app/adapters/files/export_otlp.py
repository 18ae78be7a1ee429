"""A session as OTLP/JSON traces with the GenAI conventions of OpenTelemetry: a line for each turn of each branch.

A ``chat`` span holds what was said since the one before it, that one's answer first, and the answer or the tools that
were called; what a tool did is an ``execute_tool`` span below it. Everything else is a span event with its payload as
JSON text. Each branch is a conversation of its own, whose first turn tells what was said before the branch left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.otlp_json import line
from app.adapters.files.otlp_turn import Turn, message_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.outgoing.losses import Losses
    from app.application.outgoing.view import OutgoingView
    from app.application.ports import Progress
    from app.domain.branches import Branch

POSTED: Final = "conversation.message-posted"
SCHEMA: Final = "https://opentelemetry.io/schemas/1.38.0"
_TOLD_EVERY: Final = 500
MOST_HISTORY: Final = 200
"""Messages before a branch leaves that its first turn repeats: the newest."""
_REACH: Final = 10_000
"""Positions before a branch leaves in which they are looked for."""


def export_otlp(view: OutgoingView, losses: Losses, progress: Progress) -> Iterator[str]:
    """Lines of ``TracesData``. Raises Cancelled."""
    header = view.header(view.session)
    resource = {
        "service.name": "branchline",
        "branchline.session.title": header.title,
        "branchline.session.source": header.source,
        "branchline.session.external_id": header.external_id,
        "enduser.id": header.subject,
    }
    done, total = 0, view.events
    for branch in view.branches(view.session):
        turn = Turn(view.session, branch, losses, said=_history(view, branch, losses))
        losses.lose("places in the tree of branches (where each leaves which)", int(branch.parent is not None))
        for event in view.iterate(branch.id, branch.fork_position + 1):
            if turn.take(event):
                yield line(resource, turn.spans(), SCHEMA)
                turn = Turn(view.session, branch, losses, said=list(turn.answer))
            done += 1
            if done % _TOLD_EVERY == 0:
                progress(done, total, "writing spans")
        if turn.is_begun:
            yield line(resource, turn.spans(), SCHEMA)
    losses.lose("hashes and salts, by which the events could be verified", total)


def _history(view: OutgoingView, branch: Branch, losses: Losses) -> list[dict[str, Any]]:
    """What was said before the branch left; not read from its very beginning where that is far away."""
    if branch.parent is None:
        return []
    first = max(1, branch.fork_position - _REACH + 1)
    columns = view.columns(branch.id, first, branch.fork_position)
    if POSTED not in columns.type_names:
        return []
    posted = columns.type_names.index(POSTED)
    found = [position for position, kind in enumerate(columns.types, first) if kind == posted]
    told = found[-MOST_HISTORY:]
    losses.lose("branches whose first turn tells not all that was said before", int(first > 1 or told != found))
    return [message_of(event) for event in view.events_at(branch.id, told)]
