"""Texts that repeat in the search index and the numbers that stand for them; each kind has a table of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.adapters.search.block import NOTHING

if TYPE_CHECKING:
    from app.application.ports import Brief


class NameWriter:
    """Text -> number, inside one write transaction; sessions are numbered in the order in which they came."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._names: dict[str, int] = {}
        self._branches: dict[str, tuple[int, int]] = {}

    def name(self, text: str | None) -> int:
        if text is None:
            return NOTHING
        number = self._names.get(text)
        if number is None:
            self._connection.execute("INSERT OR IGNORE INTO name(text) VALUES(?)", (text,))
            row = self._connection.execute("SELECT no FROM name WHERE text = ?", (text,)).fetchone()
            number = self._names[text] = int(row[0])
        return number

    def branch(self, event: Brief) -> tuple[int, int]:
        """(number of the branch, number of its session)."""
        found = self._branches.get(event.branch)
        if found is None:
            run = self._connection.execute
            run("INSERT OR IGNORE INTO session(id) VALUES(?)", (event.session,))
            run(
                "INSERT OR IGNORE INTO branch(id, session) SELECT ?, no FROM session WHERE id = ?",
                (event.branch, event.session),
            )
            row = run("SELECT no, session FROM branch WHERE id = ?", (event.branch,)).fetchone()
            found = self._branches[event.branch] = (int(row[0]), int(row[1]))
        return found
