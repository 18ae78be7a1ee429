"""What tests of file formats share: drafts of a file, and their events as a store would give them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fakes.places import DATA

from app.adapters.files.formats import KnownFormats
from app.application.ports import ImportNotes, SessionDraft
from app.domain.events import Event
from app.domain.vocabulary import default_classification

Reader = Callable[[Path], tuple[list[SessionDraft], ImportNotes]]


@pytest.fixture
def data() -> Path:
    return DATA


@pytest.fixture
def read() -> Reader:
    """Read a file by the format that its shape has."""

    def read_file(path: Path) -> tuple[list[SessionDraft], ImportNotes]:
        known, notes = KnownFormats().detect(path), ImportNotes()
        assert known is not None
        drafts = [
            SessionDraft(header=one.header, events=tuple(one.events), branches=one.branches, hashes=one.hashes)
            for one in known.read(path, notes)
        ]
        return drafts, notes

    return read_file


@pytest.fixture
def stored() -> Callable[[SessionDraft], list[Event]]:
    """The events of a draft, with positions."""

    def as_stored(draft: SessionDraft) -> list[Event]:
        return [
            Event(
                id=new.id,
                source=new.source,
                type=new.type,
                version=new.version,
                session=draft.header.id,
                branch=branch,
                position=position,
                subject=new.subject,
                time=new.time,
                recorded_at=0,
                actor=new.actor,
                causation_id=new.causation_id,
                correlation_id=new.correlation_id,
                classification=default_classification(new.type),
                hash="",
                data=new.data,
            )
            for position, (branch, new) in enumerate(draft.events, 1)
        ]

    return as_stored
