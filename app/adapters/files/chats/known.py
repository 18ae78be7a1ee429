"""The formats of this folder, in the order in which they are asked whether they know a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.application.ports import SessionFormat

CHAT_FORMATS: Final[tuple[SessionFormat, ...]] = ()
