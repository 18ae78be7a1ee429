"""Branches made of a few events, read as turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fakes.making import event

from app.domain.compare.runs import Instructions
from app.domain.compare.turns import TurnReader
from app.domain.fold.bounded import Bounded

if TYPE_CHECKING:
    from app.domain.compare.turns import Turn
    from app.domain.events import Event

LOCAL = "urn:here"


def turns_of(*kinds: tuple[str, dict[str, Any]], **more: Any) -> tuple[Turn, ...]:
    return read([event(position, kind, data, **more) for position, (kind, data) in enumerate(kinds, start=1)])


def read(events: list[Event]) -> tuple[Turn, ...]:
    reader = TurnReader(Bounded(), Instructions("be kind"), LOCAL)
    for one in events:
        reader.read(one)
    return reader.turns()


def posted(key: str, role: str, text: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "conversation.message-posted", {"message_id": key, "role": role, "text": text, **more}


ASKED = posted("q", "user", "Is it open?")
ANSWERED = posted("a", "assistant", "Yes.")
SLOTS = ("conversation.slots-changed", {"service": "s", "set": {"a": ["1"]}})
INSTRUCTED = ("conversation.instructions-changed", {"text": "be brief", "name": "Short", "version": 3})
CALLED = ("conversation.tool-called", {"call_id": "c", "name": "find", "arguments": {"a": 1}})
RETURNED = ("conversation.tool-returned", {"call_id": "c", "result": [1]})
REQUESTED = (
    "generation.requested",
    {
        "model": "tiny",
        "digest": "d" * 64,
        "server_version": "0.32",
        "request": {
            "model": "tiny",
            "options": {"seed": 7, "temperature": 0.2, "num_ctx": 4096},
            "messages": [{"role": "system", "content": "be kind"}, {"role": "user", "content": "Is it open?"}],
            "think": False,
        },
    },
)
