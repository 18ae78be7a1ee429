"""The list of sessions, without a query for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, func, select

from app.adapters.store.streams import BRANCH
from app.adapters.store.tables import event_table, session_table, stream_table
from app.domain.events import MAIN
from app.domain.sessions import SessionHeader, SessionSummary

if TYPE_CHECKING:
    from sqlalchemy import Connection

_main = stream_table.alias("main")
_branches = (
    select(func.count())
    .where(stream_table.c.session == session_table.c.no, stream_table.c.kind == BRANCH)
    .correlate(session_table)
    .scalar_subquery()
)
_started = (  # the line's index answers this without touching a row
    select(event_table.c.time + _main.c.epoch)
    .where(event_table.c.stream == _main.c.no, event_table.c.time.is_not(None))
    .order_by(event_table.c.position)
    .limit(1)
    .correlate(_main)
    .scalar_subquery()
)
SESSIONS: Final = (
    select(
        session_table.c.id,
        session_table.c.title,
        session_table.c.source,
        session_table.c.external_id,
        session_table.c.subject,
        session_table.c.created_at,
        _main.c.head,
        _branches,
        _started,
    )
    .join_from(  # an outer join, so that the walk is along the sessions, which are in order
        session_table, _main, and_(_main.c.session == session_table.c.no, _main.c.name == MAIN), isouter=True
    )
    .order_by(session_table.c.no.desc())
)


def read_summaries(connection: Connection) -> tuple[SessionSummary, ...]:
    """All sessions, those that the store saw last first."""
    return tuple(
        SessionSummary(
            header=SessionHeader(
                id=session_id,
                title=title,
                source=source,
                external_id=external_id,
                subject=subject,
                created_at=created_at,
            ),
            started=started,
            events=events,
            branches=branches,
        )
        for session_id, title, source, external_id, subject, created_at, events, branches, started in (
            connection.execute(SESSIONS)
        )
    )
