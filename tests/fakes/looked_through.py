"""A real look for personal data, over a session kept in memory."""

from __future__ import annotations

from fakes.fixed_clock import FixedClock
from fakes.making import said
from fakes.memory_event_store import MemoryEventStore
from fakes.sequential_ids import SequentialIds

from app.adapters.checks.patterns import BoundedPatterns
from app.application.branch_labels import BranchLabels
from app.application.ports import SessionDraft
from app.application.redacting import Redacting
from app.domain.sessions import SessionHeader

TEXTS = (
    "hello, I am jane@example.com",
    "call me at 415-555-0123 or 415-555-0199",
    "my card is 4111 1111 1111 1111, Jane Doe",
    "write to JANE@example.com",
)


def redacting(session: str = "session-0") -> Redacting:
    """Over one session that holds an address, two numbers and a card."""
    store = MemoryEventStore(FixedClock())
    header = SessionHeader(id=session, title="Table for four in San Jose", source="urn:test")
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in said(TEXTS)]))
    return Redacting(store, BranchLabels(store, FixedClock(), SequentialIds("l")), BoundedPatterns())
