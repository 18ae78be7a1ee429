"""What the window remembers until the next start, in one file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSettings

from app.viewmodels.places import Place, Places

if TYPE_CHECKING:
    from pathlib import Path

    from app.ui.theme import ThemeChoice

_CHOICES: Final[dict[object, ThemeChoice]] = {"system": "system", "light": "light", "dark": "dark"}


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
    def places(self) -> Places:
        """Where each session was left; the latest also from a file that knew only one."""
        stored = self._stored.value("places")
        if stored:
            return Places(str(stored))
        places = Places()
        session, branch = self._stored.value("place/session"), self._stored.value("place/branch")
        position = str(self._stored.value("place/position", "0"))
        if session and branch and position.isdecimal():
            places.remember(Place(str(session), str(branch), int(position)))
        return places

    @places.setter
    def places(self, places: Places) -> None:
        self._stored.setValue("places", places.to_json())

    @property
    def visited_branches(self) -> str:
        """Which child of each branch was visited last, as ``BranchWalk`` writes it."""
        return str(self._stored.value("branches/visited") or "")

    @visited_branches.setter
    def visited_branches(self, text: str) -> None:
        self._stored.setValue("branches/visited", text)

    @property
    def recent_conditions(self) -> tuple[str, ...]:
        """What was searched for last with find when, newest first."""
        try:
            stored = json.loads(str(self._stored.value("find/recent") or "[]"))
        except ValueError:
            return ()
        return tuple(one for one in stored if isinstance(one, str)) if isinstance(stored, list) else ()

    @recent_conditions.setter
    def recent_conditions(self, expressions: tuple[str, ...]) -> None:
        self._stored.setValue("find/recent", json.dumps(expressions))

    @property
    def keys(self) -> str:
        """The keys that a person chose, as ``KeyBindings`` writes them."""
        return str(self._stored.value("keys") or "")

    @keys.setter
    def keys(self, text: str) -> None:
        self._stored.setValue("keys", text)

    def save(self) -> None:
        self._stored.sync()
