"""What the window remembers until the next start, in one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from pathlib import Path

    from app.ui.theme import ThemeChoice

_CHOICES: Final[dict[object, ThemeChoice]] = {"system": "system", "light": "light", "dark": "dark"}


@dataclass(frozen=True, slots=True)
class Place:
    """The moment that was shown last."""

    session: str
    branch: str
    position: int


class WindowSettings:
    """Reads what it finds and falls back silently: a lost window size is nobody's problem."""

    def __init__(self, path: Path) -> None:
        self._stored = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeChoice:
        return _CHOICES.get(self._stored.value("theme"), "system")

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._stored.setValue("theme", choice)

    def layout(self, name: str) -> QByteArray | None:
        """A saved geometry or splitter state."""
        value = self._stored.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else None

    def set_layout(self, name: str, state: QByteArray) -> None:
        self._stored.setValue(f"layout/{name}", state)

    @property
    def place(self) -> Place | None:
        session, branch = self._stored.value("place/session"), self._stored.value("place/branch")
        position = str(self._stored.value("place/position", "0"))
        if not session or not branch or not position.isdecimal():
            return None
        return Place(str(session), str(branch), int(position))

    @place.setter
    def place(self, place: Place) -> None:
        self._stored.setValue("place/session", place.session)
        self._stored.setValue("place/branch", place.branch)
        self._stored.setValue("place/position", place.position)

    def save(self) -> None:
        self._stored.sync()
