"""What an event says on its branch, whoever wrote it and when: the same key for the same content."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from app.domain.marks import content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.events import Event

_ORIGIN: Final = frozenset({"turn", "row", "line"})
"""Members that say where an importer found an event."""
_BEGINS: Final = {"conversation.message-posted": "message_id", "conversation.tool-called": "call_id"}
"""Where ids begin; all other events speak of what is there."""
_MEASURED: Final = frozenset({"generation.completed"})
"""How long an answer took and how it was counted differs each time; the answer itself is a message of its own."""
_UNSAID: Final = frozenset({"generation.requested"})
"""Of what was sent, ``body`` is the same as ``request`` in other words."""


class ContentReader:
    """Reads the events of a line in order, from some position on.

    Ids that begin there are made up anew each time, so the place where one begins stands for it; ids from before
    stay what they are.
    """

    def __init__(self) -> None:
        self._places: dict[str, str] = {}

    def key(self, event: Event) -> bytes:
        """Equal for events of the same type, actor and content at the same position."""
        place = f"@{event.position}"
        self._places.setdefault(event.id, place)
        if isinstance(made := event.data.get(_BEGINS.get(event.type, "")), str):
            self._places.setdefault(made, f"{place} ")
        said = [event.type, event.version, event.actor, self._said(event)]
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _said(self, event: Event) -> Any:
        if event.type in _MEASURED:
            return event.data.get("done_reason")
        left_out = _ORIGIN | {"body"} if event.type in _UNSAID and "request" in event.data else _ORIGIN
        said: Mapping[str, Any] = content(event.data)
        return {name: self._named(value) for name, value in said.items() if name not in left_out}

    def _named(self, value: Any) -> Any:
        """The value with ids that begin here replaced, also inside such things as ``generated_by``."""
        if isinstance(value, str):
            return self._places.get(value, value)
        if isinstance(value, dict):
            return {name: self._named(one) for name, one in value.items()}
        return value
