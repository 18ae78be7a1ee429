"""Online Retail: purchases and returns of shop customers; a session a customer, exactly one event a line.

A customer's k-th line stands at position k, so there is no ``session.started``. A line that cannot be read is
quarantined and the customer's other lines are kept, as they are what the shop recorded. Times have no zone and are
read as UTC.
"""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.adapters.files import bytes_in, drafting
from app.domain.errors import BadInput
from app.domain.events import from_rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_NEEDED: Final = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID")
_KNOWN: Final = frozenset((*_NEEDED, "row", "Country"))
_SEPARATORS: Final = ",;\t"
_GOODS: Final = re.compile(r"\d{5}[A-Za-z]*")
_LONGEST: Final = 1024 * 1024
_LARGEST: Final = 2**53


class _Line(NamedTuple):
    number: int
    fields: tuple[str, ...]


class OnlineRetailFormat:
    """The table of the UCI Machine Learning Repository, with or without its row numbers."""

    name = "online-retail"
    title = "Online Retail"

    def recognises(self, head: bytes) -> bool:
        return _separator(head.splitlines()[0] if head else b"") is not None

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        try:
            table = _Table(path, notes)
            customers = table.customers()
        except BadInput as error:
            notes.quarantine(None, str(error))
            return
        for customer in list(customers):
            notes.saw("customers")
            notes.saw("lines", len(customers[customer]))
            draft = _session(table, customer, customers.pop(customer), drafting.source_of(self.name))
            if draft is not None:
                notes.missed("online-retail: the time zone (times have none and are read as UTC)")
                yield draft


class _Table:
    """The lines of a file, checked for their number of fields and sorted to their customers."""

    def __init__(self, path: Path, notes: ImportNotes) -> None:
        self._path, self._notes = path, notes
        self._pool: dict[str, str] = {}
        self._columns: dict[str, int] = {}

    def quarantine(self, number: int, reason: str) -> None:
        self._notes.quarantine(number, reason)

    def value(self, line: _Line, column: str) -> str:
        index = self._columns.get(column)
        return line.fields[index].strip() if index is not None else ""

    def customers(self) -> dict[str, list[_Line]]:
        """Lines by customer, in the order of the file. Raises BadInput when the header is not this format's."""
        records = _records(self._path, self)
        header = next(records, None)
        if header is None:
            raise BadInput("the file is empty")
        self._columns = {name.strip(): index for index, name in enumerate(header.fields)}
        if missing := [name for name in _NEEDED if name not in self._columns]:
            raise BadInput(f"the header has no {', '.join(missing)}")
        for name in self._columns.keys() - _KNOWN:
            self._notes.missed(f"online-retail: the column {name}")
        found: dict[str, list[_Line]] = {}
        nobody: list[int] = []
        rows: set[str] = set()
        for line in records:
            if len(line.fields) != len(header.fields):
                self.quarantine(line.number, f"{len(line.fields)} fields where the header has {len(header.fields)}")
            elif not (customer := self.value(line, "CustomerID")):
                nobody.append(line.number)
            elif (row := self.value(line, "row")) and row in rows:
                self.quarantine(line.number, f"row {row} occurs a second time; the first was taken")
            else:
                rows.add(row)
                fields = tuple(self._pool.setdefault(field, field) for field in line.fields)
                found.setdefault(customer, []).append(_Line(line.number, fields))
        if nobody:
            more = f" (so have {len(nobody) - 1} more lines)" if len(nobody) > 1 else ""
            self.quarantine(nobody[0], f"the line has no CustomerID{more}")
        self._pool.clear()
        return found


def _separator(header: bytes) -> str | None:
    text = header.decode("utf-8", "replace")
    for separator in _SEPARATORS:
        names = {name.strip().strip('"') for name in text.split(separator)}
        if names.issuperset(_NEEDED):
            return separator
    return None


def _records(path: Path, table: _Table) -> Iterator[_Line]:
    """The lines with their fields; item names hold no ends of lines, so that a stray quote spoils its line only."""
    separator = ","
    for number, _, raw in bytes_in.lines(path, _LONGEST):
        if raw is None:
            table.quarantine(number, bytes_in.too_long(_LONGEST))
            continue
        if number == 1:
            separator = _separator(raw) or ","
        try:
            fields = next(csv.reader((raw.decode("utf-8"),), delimiter=separator), [])
        except UnicodeDecodeError:
            table.quarantine(number, "the line is not UTF-8")
        except csv.Error as error:
            table.quarantine(number, f"the line is no CSV: {error}")
        else:
            if fields:
                yield _Line(number, tuple(fields))


def _session(table: _Table, customer: str, lines: list[_Line], source: str) -> SessionDraft | None:
    writer = drafting.SessionWriter(source, customer, subject=customer)
    written = 0
    for line in lines:
        try:
            kind, time, data = _event(table, line)
        except BadInput as error:
            table.quarantine(line.number, str(error))
            continue
        writer.add(kind, "user", data, part=f"row-{data['row']}", time=time)
        written += 1
    country = table.value(lines[-1], "Country")
    title = f"Customer {customer}, {country}" if country else f"Customer {customer}"
    return writer.draft(title) if written else None


def _event(table: _Table, line: _Line) -> tuple[str, int, dict[str, Any]]:
    def value(column: str) -> str:
        return table.value(line, column)

    quantity = _number(value("Quantity"), "Quantity")
    if not quantity:
        raise BadInput("Quantity is 0: neither a purchase nor a return")
    code = value("StockCode")
    if not code:
        raise BadInput("the line has no StockCode")
    returned = quantity < 0 or value("InvoiceNo").upper().startswith("C")
    data: dict[str, Any] = {
        "item": code,
        "name": value("Description"),
        "quantity": abs(quantity),
        "price": _number(value("UnitPrice"), "UnitPrice"),
        "goods": _GOODS.fullmatch(code) is not None,
        "row": int(_number(value("row"), "row")) if value("row") else line.number - 1,
        "invoice": value("InvoiceNo"),
        "country": value("Country"),
    }
    kind = "behaviour.item-returned" if returned else "behaviour.item-purchased"
    return kind, _time(value("InvoiceDate")), data


def _number(text: str, column: str) -> int | float:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadInput(f"{column} is no number: {drafting.shortened(text, 30)!r}") from None
    if not number.is_finite() or abs(number) > _LARGEST:
        raise BadInput(f"{column} is no number that can be counted with: {drafting.shortened(text, 30)!r}")
    return int(number) if number == number.to_integral_value() else float(number)


def _time(text: str) -> int:
    try:
        return from_rfc3339(text)
    except ValueError:
        pass
    try:
        moment = datetime.strptime(text, "%m/%d/%Y %H:%M").replace(tzinfo=UTC)
    except ValueError:
        raise BadInput(f"InvoiceDate is no time: {drafting.shortened(text, 30)!r}") from None
    return round(moment.timestamp()) * 1_000_000
