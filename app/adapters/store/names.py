"""Texts that repeat (event types, sources, subjects) and the numbers that stand for them in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, insert, select

from app.adapters.store.failures import Unreadable
from app.adapters.store.tables import name_table

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NUMBER_OF = select(name_table.c.no).where(name_table.c.text == bindparam("text"))
_TEXT_OF = select(name_table.c.text).where(name_table.c.no == bindparam("no"))
_LAST = select(func.max(name_table.c.no))

_Numbers = tuple[int, int, int | None]
_TOGETHER_AT_MOST: Final = 10_000


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

    def __init__(self) -> None:
        self.forget()

    def numbers(self, connection: Connection, source: str, event_type: str, subject: str | None) -> _Numbers:
        """The three numbers of an event, most often asked for together before."""
        texts = (source, event_type, subject)
        known = self._together.get(texts)
        if known is None:
            of_subject = None if subject is None else self.number(connection, subject)
            known = self.number(connection, source), self.number(connection, event_type), of_subject
            if len(self._together) >= _TOGETHER_AT_MOST:
                self._together.clear()
            self._together[texts] = known
        return known

    def number(self, connection: Connection, text: str) -> int:
        number = self._numbers.get(text)
        if number is None:
            number = self._find_or_add(connection, text)
            self._numbers[text] = number
        return number

    def forget(self) -> None:
        """Drop what was learned: a transaction that may have added names was rolled back."""
        self._numbers: dict[str, int] = {}
        self._together: dict[tuple[str, str, str | None], _Numbers] = {}

    def _find_or_add(self, connection: Connection, text: str) -> int:
        found = connection.execute(_NUMBER_OF, {"text": text}).scalar()
        if found is not None:
            return int(found)
        number = (connection.execute(_LAST).scalar() or 0) + 1
        connection.execute(insert(name_table), {"no": number, "text": text})
        return int(number)
