"""A template as it is used: its text, and which version of which one it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptTemplate:
    """A template of a prompt.

    Attributes:
        text: see ``templates.parse``.
        name: what it is called; empty for one that was never kept.
        version: 1, 2, 3 … of the kept ones; None when the text is no kept version.
    """

    text: str = field(repr=False)
    name: str = ""
    version: int | None = None

    @property
    def address(self) -> str:
        """Where the text is kept as an attachment of the store; its hash."""
        return f"blake2b-256:{hashlib.blake2b(self.text.encode(), digest_size=32).hexdigest()}"

    def to_json(self) -> dict[str, Any]:
        """What the record of a request says of it."""
        return {"name": self.name, "version": self.version, "text_hash": self.address}
