"""A session with branches, all kinds of events and secrets everywhere, and a redaction that takes these out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.fixed_clock import FixedClock
from fakes.histories import any_event
from fakes.making import new_event
from fakes.memory_event_store import MemoryEventStore

from app.application.ports import SessionDraft
from app.domain.redaction.report import RedactionReport
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

SECRET = "jane.roe@example.org"
PSEUDONYM = "[EMAIL-1]"


class FakeRedaction:
    """Replaces one text wherever it stands."""

    is_on = True

    def __init__(self, secret: str = SECRET, pseudonym: str = PSEUDONYM) -> None:
        self._secret, self._pseudonym = secret, pseudonym
        self.count = 0

    def text(self, text: str, place: Any) -> str:
        self.count += text.count(self._secret)
        return text.replace(self._secret, self._pseudonym)

    def value(self, value: Any, place: Any) -> Any:
        if isinstance(value, str):
            return self.text(value, place)
        if isinstance(value, list):
            return [self.value(one, place) for one in value]
        if isinstance(value, dict):
            return {self.text(name, place): self.value(one, place) for name, one in value.items()}
        return value

    def report(self, written: Any) -> RedactionReport:
        return RedactionReport(profile="fake", redacted={"email": self.count}, pseudonyms=1, kept={})


def random_session(chance: random.Random, length: int, forks: int, store: Any = None) -> Any:
    """A store with session ``s``: branches of branches, side streams that point at them."""
    store = store or MemoryEventStore(clock=FixedClock())
    header = SessionHeader(id="s", title="One – 一", source="urn:test", external_id="x", subject="c")
    draft = SessionDraft(header=header, events=[("main", any_event(one, chance)) for one in range(1, length + 1)])
    store.store_session(draft)
    main, analyst, derived = store.branches("s")
    branches, number = [main.id], length
    for fork in range(forks):
        parent = store.branch(chance.choice(branches))
        made = store.fork(parent.id, chance.randint(0, parent.head), branch_id=f"b{fork}", name=f"branch {fork}")
        grown = [any_event(number := number + 1, chance) for _ in range(chance.randint(0, 12))]
        if grown:
            store.append(made.id, grown, expected=None)
        branches.append(made.id)
    for stream, kind in ((analyst.id, "analyst.note-written"), (derived.id, "derived.trend-rising")):
        for _ in range(chance.randint(0, 5)):
            target = store.branch(chance.choice(branches))
            place = {"entry": f"e{number}", "branch": target.id, "position": chance.randint(0, target.head)}
            store.append(stream, [new_event(number := number + 1, kind, {**place, "text": "seen"})], expected=None)
    return store


def secret_session(store: Any = None) -> Any:
    """The secret in the title, source, ids, subject, names of branches, kinds of events, members, texts and notes."""
    store = store or MemoryEventStore(clock=FixedClock())
    header = SessionHeader(
        id=f"session-{SECRET}", title=f"About {SECRET}", source=f"urn:file:{SECRET}", external_id=SECRET,
        subject=SECRET,
    )  # fmt: skip
    told: list[tuple[str, Mapping[str, Any]]] = [
        ("conversation.instructions-changed", {"text": f"Be kind to {SECRET}"}),
        ("conversation.message-posted", {"message_id": f"m-{SECRET}", "role": "user", "text": f"I am {SECRET}."}),
        ("conversation.tool-called", {"call_id": "c", "name": f"find {SECRET}", "arguments": {SECRET: [SECRET]}}),
        ("conversation.tool-returned", {"call_id": "c", "result": {"mail": SECRET}}),
        ("conversation.message-posted", {"message_id": "m2", "role": "assistant", "text": f"Hello {SECRET}"}),
        ("recommendation.items-shown", {"items": [{"item": SECRET, "name": SECRET, "reasons": [SECRET]}]}),
        ("behaviour.item-purchased", {"item": "A", "name": SECRET, "quantity": 1, "price": 2}),
        ("conversation.slots-changed", {"service": SECRET, "set": {SECRET: [SECRET]}}),
        (f"com.example.{SECRET}", {"x": SECRET}),
    ]
    events = [
        new_event(one, kind, dict(data), subject=SECRET, source=f"urn:{SECRET}", id=f"n{one}-{SECRET}",
                  causation_id=f"n1-{SECRET}", correlation_id=f"all-{SECRET}")
        for one, (kind, data) in enumerate(told, 1)
    ]  # fmt: skip
    store.store_session(SessionDraft(header=header, events=[("main", one) for one in events]))
    main, analyst, _ = store.branches(header.id)
    store.fork(main.id, 3, branch_id=f"b-{SECRET}", name=f"for {SECRET}")
    request = {"model": f"m-{SECRET}", "request": {"messages": [SECRET]}}
    store.append(f"b-{SECRET}", [new_event(50, "generation.requested", request)], expected=3)
    answer = {"message_id": "m9", "role": "assistant", "text": SECRET, "generated_by": {"model": SECRET}}
    store.append(f"b-{SECRET}", [new_event(51, "conversation.message-posted", answer)], expected=4)
    note = {"entry": "n", "branch": main.id, "position": 2, "text": f"call {SECRET}"}
    store.append(analyst.id, [new_event(60, "analyst.note-written", note)], expected=0)
    return store, header.id
