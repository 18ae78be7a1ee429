"""Texts that repeat (event types, sources, subjects) and the numbers that stand for them in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from app.adapters.store.failures import Unreadable
from app.adapters.store.hot_path import run
from app.adapters.store.tables import name_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.adapters.store.statements import WriteStatements

_TEXT_OF = select(name_table.c.text).where(name_table.c.no == bindparam("no"))


class NameReader:
    """Number -> text. Rows never change, so what was read once stays true."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {}

    def text(self, connection: Connection, number: int) -> str:
        text = self._texts.get(number)
        if text is None:
            text = connection.execute(_TEXT_OF, {"no": number}).scalar()
            if text is None:
                raise Unreadable(f"name {number} is missing")
            self._texts[number] = text
        return text


class NameWriter:
    """Text -> number, giving new texts a number. Only the holder of the write lock may call."""

    def __init__(self, sql: WriteStatements) -> None:
        self._sql = sql
        self.forget()

    def number(self, connection: Connection, text: str) -> int:
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = self._find_or_add(connection, text)
        return number

    def forget(self) -> None:
        """Drop what was learned: a transaction that may have added names was rolled back."""
        self._numbers: dict[str, int] = {}

    def _find_or_add(self, connection: Connection, text: str) -> int:
        found = run(connection, self._sql.name_number, (text,)).fetchone()
        if found is None:
            found = run(connection, self._sql.free_name).fetchone()
            run(connection, self._sql.insert_name, (*found, text))
        return int(found[0])
