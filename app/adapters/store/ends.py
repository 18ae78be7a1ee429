"""Where the log ended when this process wrote last, so that the next append need not ask again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.adapters.store.failures import Unreadable
from app.adapters.store.hot_path import run

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.adapters.store.statements import EndStatements

_KEPT: Final = 1_000


@dataclass(slots=True)
class Ends:
    """The end of the log and of the streams written last; for the holder of the write lock.

    Attributes:
        seq: number of the last event; 0 when there is none.
        stamped: the store's own row's word for when something was stored last.
        newest: when something was stored last, by that row or by the last event.
        heads: number of a stream -> (position, hash) of its last event.
    """

    seq: int = -1
    stamped: int | None = None
    newest: int | None = None
    heads: dict[int, tuple[int, bytes]] = field(default_factory=dict)

    def catch_up(self, connection: Connection, sql: EndStatements) -> None:
        """Forget what is no longer so, because another process wrote."""
        stamped, seq = run(connection, sql.stamped).fetchone()
        if (seq or 0, stamped) != (self.seq, self.stamped) or len(self.heads) > _KEPT:
            self.heads.clear()
            self.seq, self.stamped, self.newest = seq or 0, stamped, _newest(connection, sql, stamped, seq)

    def forget(self) -> None:
        """Something was rolled back."""
        self.seq = -1
        self.heads.clear()


def newest_recorded(connection: Connection, sql: EndStatements) -> int | None:
    """When something was stored last; None in a store where nothing ever was."""
    stamped, seq = run(connection, sql.stamped).fetchone()
    return _newest(connection, sql, stamped, seq)


def _newest(connection: Connection, sql: EndStatements, stamped: int | None, seq: int | None) -> int | None:
    if seq is None:
        return stamped
    row = run(connection, sql.recorded, (seq,)).fetchone()
    if row is None:
        raise Unreadable(f"event number {seq} has no branch")
    recorded: int = row[0]
    return recorded if stamped is None else max(stamped, recorded)
