"""Stores in files of the test's own folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.fixed_clock import FixedClock
from fakes.making import message
from fakes.sequential_ids import SequentialIds

from app.adapters.store.store import SqlEventStore, open_store
from app.application.ports import SessionDraft
from app.domain.sessions import SessionHeader

HEADER = SessionHeader(id="s", title="A session", source="urn:test")
Opener = Callable[..., SqlEventStore]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sessions.branchline"


@pytest.fixture
def opened(file: Path) -> Iterator[Opener]:
    """Opens the test's store file, or another, as often as wished; all are closed in the end."""
    stores: list[SqlEventStore] = []

    def open_it(path: Path = file, **options: object) -> SqlEventStore:
        stores.append(open_store(path, clock=FixedClock(step=7), ids=SequentialIds(), **options))
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def filled(opened: Opener) -> SqlEventStore:
    """A store with one session of ten messages, a branch, a marker and an attachment."""
    store = opened()
    fill(store)
    return store


def fill(store: SqlEventStore, session: str = "s", count: int = 10) -> None:
    events = [("main", replace(message(i, f"text {i}"), source=f"urn:{session}")) for i in range(1, count + 1)]
    store.store_session(SessionDraft(header=replace(HEADER, id=session), events=events))
    store.fork(f"{session}/main", 4, branch_id=f"{session}-b", name="what if")
    store.append(f"{session}-b", [replace(message(100, "else"), source=f"urn:{session}")], expected=4)
    store.put_blob(session.encode() * 50, "text/plain")
