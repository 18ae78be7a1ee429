"""The statements that run often use an index and sort nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import sqlite

from app.adapters.store import statements
from app.adapters.store.identity import _STORED
from app.adapters.store.store import SqlEventStore
from app.adapters.store.summaries import SESSIONS

HOT = {
    "read": (statements.READ, "event_line (stream=? AND position>? AND position<?)"),
    "columns": (statements.COLUMNS, "COVERING INDEX event_line (stream=? AND position>? AND position<?)"),
    "hash_at": (statements.HASH_AT, "event_line (stream=? AND position=?)"),
    "head": (statements.HEAD, "stream USING INTEGER PRIMARY KEY"),
    "locate": (statements.LOCATE, "event_identity (id=?"),
    "stored": (_STORED, "event_identity (id=? AND source=?)"),
}


def plan(store: SqlEventStore, statement: object) -> str:
    compiled = statement.params(source=1, ids=["n1"]).compile(  # type: ignore[attr-defined]
        dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True}
    )
    parameters = (1,) * len(compiled.positiontup)
    with store._reader.connection() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", parameters).all()
    return "\n".join(row[3] for row in rows)


@pytest.mark.parametrize("name", HOT)
def test_a_hot_statement_uses_its_index(filled: SqlEventStore, name: str) -> None:
    statement, index = HOT[name]

    steps = plan(filled, statement)

    assert index in steps
    assert [step for step in steps.splitlines() if "SCAN" in step and "anon_1" not in step] == []
    assert "TEMP B-TREE" not in steps


def test_the_list_of_sessions_scans_nothing_but_the_sessions(filled: SqlEventStore) -> None:
    steps = plan(filled, SESSIONS)

    assert [step for step in steps.splitlines() if "SCAN" in step] == ["SCAN session"]
    assert "COVERING INDEX event_line" in steps
    assert "TEMP B-TREE" not in steps
