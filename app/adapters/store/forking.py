"""Makes branches: one row each, whatever the length of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from app.adapters.store.kinds import require_text
from app.adapters.store.streams import BRANCH, Stream, add_stream, next_stream_number
from app.adapters.store.tables import stream_table
from app.domain.errors import BadInput, OutOfRange

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.adapters.store.recorder import WriteTools
    from app.domain.branches import Branch

_NAMED = select(stream_table.c.no).where(
    stream_table.c.session == bindparam("session"), stream_table.c.name == bindparam("name")
)
_WITH_ID = select(stream_table.c.no).where(stream_table.c.id == bindparam("id"))


def make_branch(
    connection: Connection, tools: WriteTools, parent: Stream, at: int, *, branch_id: str, name: str, created_at: int
) -> Branch:
    """Add a branch of ``parent`` inside the caller's transaction. Raises ``OutOfRange`` and ``BadInput``."""
    _require_usable(connection, parent, branch_id, name)
    fork_hash = tools.streams.hash_at(connection, parent, at) if at >= 0 else None
    if fork_hash is None:
        head = connection.exec_driver_sql(tools.sql.line, (parent.no,)).one()[0]
        raise OutOfRange(f"branch {parent.name} has {head} events; there is no position {at} to branch from")
    stream = Stream(
        no=next_stream_number(connection),
        id=branch_id,
        session=parent.session,
        session_no=parent.session_no,
        name=name,
        kind=BRANCH,
        parent=parent.id,
        fork_position=at,
        fork_hash=fork_hash,
        created_at=created_at,
        epoch=parent.epoch,
    )
    add_stream(connection, stream, parent.no)
    return stream.branch(at)


def _require_usable(connection: Connection, parent: Stream, branch_id: str, name: str) -> None:
    if parent.kind != BRANCH:
        raise BadInput(f"{parent.name} is a side stream; only branches can be branched from")
    if not branch_id or not name:
        raise BadInput("a branch needs an id and a name")
    require_text(branch_id)
    require_text(name)
    if connection.execute(_NAMED, {"session": parent.session_no, "name": name}).first() is not None:
        raise BadInput(f"session {parent.session} has a branch named {name} already")
    if connection.execute(_WITH_ID, {"id": branch_id}).first() is not None:
        raise BadInput(f"a branch with the id {branch_id} exists already")
