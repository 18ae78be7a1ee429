"""What the record of a range lacks, so that nobody takes a gap for a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.events import Event
    from app.domain.transcript import Entry


class Missing:
    """Counts gaps while events and entries pass by."""

    def __init__(self) -> None:
        self._events = self._timeless = self._messages = self._wordless = self._calls = self._open = 0
        self._cut = 0
        self._imported: dict[str, None] = {}

    def take(self, event: Event) -> None:
        self._events += 1
        self._timeless += event.time is None

    def take_entry(self, entry: Entry) -> None:
        if entry.kind == "message":
            self._messages += 1
            self._wordless += not entry.text.strip() and not entry.images
            self._cut += entry.truncated
        elif entry.kind == "call":
            self._calls += 1
            self._open += not entry.returned

    def take_import(self, event: Event) -> None:
        """An event that tells how the session was imported."""
        missed = event.data.get("not_captured")
        for one in missed if isinstance(missed, list) else ():
            if isinstance(one, dict) and isinstance(what := one.get("what"), str):
                self._imported[f"not captured at import: {what}"] = None

    def sentences(self) -> tuple[str, ...]:
        """One for each kind of gap; empty when there is none."""
        told = (
            (self._timeless, f"{self._timeless:,} of {self._events:,} events have no time: the source had none"),
            (self._wordless, f"{self._wordless:,} of {self._messages:,} messages have no text"),
            (self._open, f"{self._open:,} of {self._calls:,} tool calls have not returned in the range"),
            (self._cut, f"{self._cut:,} answers came from a model that did not see its whole prompt"),
        )
        return (*(sentence for number, sentence in told if number), *self._imported)
