"""What is taken out of everything that leaves."""

from __future__ import annotations

from typing import Any, Protocol


class Redaction(Protocol):
    """Replaces what must not leave; the same text is replaced by the same pseudonym everywhere in one export.

    ``place`` says where a text stands.
    """

    def text(self, text: str, place: Any) -> str: ...

    def value(self, value: Any, place: Any) -> Any:
        """A JSON value with its texts replaced, names of members too."""
        ...

    def report(self) -> Any:
        """What was replaced, as JSON, without saying what it was."""
        ...
