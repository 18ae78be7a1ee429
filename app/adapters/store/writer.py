"""One connection writes; whoever comes while it is busy is served together with the others in the next commit."""

from __future__ import annotations

import threading
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from sqlalchemy.exc import DBAPIError

from app.adapters.store.failures import concerns_store, plain, told_plainly
from app.adapters.store.hot_path import in_transaction
from app.domain.errors import BranchlineError, StoreUnusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

T = TypeVar("T")
_LARGEST_GROUP: Final = 1_000


class _Ticket(Generic[T]):
    """A change that waits for its turn, and then its outcome."""

    def __init__(self, change: Callable[[Connection], T]) -> None:
        self.change = change
        self.done = False
        self.value: T | None = None
        self.error: BaseException | None = None

    def result(self) -> T:
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]  # set whenever there is no error


class Writer:
    """The only way to change the store from this process; any thread may call.

    It has no thread of its own: the first caller commits for all that queued up behind it. That saves the
    hand-over when there is one caller and gives group commit when there are many.
    """

    def __init__(self, engine: Engine, file: str, forget: Callable[[], None]) -> None:
        self._engine = engine
        self._file = file
        self._forget = forget  # called whenever something was rolled back
        self._turn = threading.Lock()
        self._waiting: deque[_Ticket[Any]] = deque()
        self._connection: Connection | None = None
        self._closed = False

    def run(self, change: Callable[[Connection], T]) -> T:
        """Run a short change, perhaps in one commit with others; returns when it is on disk."""
        ticket = _Ticket(change)
        self._waiting.append(ticket)
        with self._turn:
            while not ticket.done:
                self._serve()
        return ticket.result()

    def run_alone(self, change: Callable[[Connection], T]) -> T:
        """Run a long change in a commit of its own, on the calling thread."""
        with self._turn:
            return self._commit(change)

    def close(self) -> None:
        with self._turn, told_plainly(self._file):
            self._closed = True
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            self._engine.dispose()

    def _serve(self) -> None:
        group = [self._waiting.popleft() for _ in range(min(len(self._waiting), _LARGEST_GROUP))]
        try:
            if len(group) == 1 or not self._commit_together(group):
                for ticket in group:
                    self._settle(ticket)
        except BaseException as error:  # an interrupted leader must not leave the others without an answer
            for ticket in group:
                ticket.error = ticket.error or error
            raise
        finally:
            for ticket in group:
                ticket.done = True

    def _commit_together(self, group: list[_Ticket[Any]]) -> bool:
        """One commit for all, a savepoint for each. False when something unforeseen spoiled it for everybody."""
        try:
            in_transaction(self._ready(), partial(self._try_each, group))
        except DBAPIError as error:
            self._forget()
            if concerns_store(error):
                for ticket in group:
                    ticket.error = plain(error, self._file)
            return concerns_store(error)
        except Exception:  # noqa: BLE001 - whoever caused it gets it when the changes run one by one
            self._forget()
            return False
        except BaseException:  # an interruption: what the transaction added is gone
            self._forget()
            raise
        return True

    def _try_each(self, group: list[_Ticket[Any]], connection: Connection) -> None:
        for ticket in group:
            self._try_in_savepoint(connection, ticket)

    def _try_in_savepoint(self, connection: Connection, ticket: _Ticket[Any]) -> None:
        ticket.error = None
        savepoint = connection.begin_nested()
        try:
            ticket.value = ticket.change(connection)
        except BranchlineError as refusal:
            savepoint.rollback()
            self._forget()
            ticket.error = refusal
        else:
            savepoint.commit()

    def _settle(self, ticket: _Ticket[Any]) -> None:
        try:
            ticket.value, ticket.error = self._commit(ticket.change), None
        except Exception as error:  # noqa: BLE001 - raised again in the thread that asked
            ticket.error = error

    def _commit(self, change: Callable[[Connection], T]) -> T:
        try:
            return in_transaction(self._ready(), change)
        except BaseException:
            self._forget()
            with told_plainly(self._file):
                raise

    def _ready(self) -> Connection:
        if self._closed:
            raise StoreUnusable(f"the store {self._file} was closed")
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection
