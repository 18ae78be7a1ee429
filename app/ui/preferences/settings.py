"""What the window remembers until the next start, in one file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from app.ui.preferences.preferences import SCALES, TIME_STEPS_S, Preferences
from app.viewmodels.places import Place, Places

if TYPE_CHECKING:
    from pathlib import Path

    from app.ui.preferences.preferences import Language
    from app.ui.theme import Density, ThemeChoice

T = TypeVar("T", int, float)
_CHOICES: Final[dict[object, ThemeChoice]] = {"system": "system", "light": "light", "dark": "dark"}

_LANGUAGES: Final[dict[object, Language]] = {"system": "system", "en": "en", "zh_CN": "zh_CN"}
_DENSITIES: Final[dict[object, Density]] = {"compact": "compact", "usual": "usual", "touch": "touch"}


def _one_of(known: tuple[T, ...], stored: object, usual: T) -> T:
    """The one of the known numbers that was stored, else the usual one."""
    return next((one for one in known if str(stored) in (str(one), f"{one:g}")), usual)


class WindowSettings:
    """Reads what it finds and falls back silently: a lost window size is nobody's problem."""

    def __init__(self, path: Path) -> None:
        self._stored = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def preferences(self) -> Preferences:
        usual = Preferences()
        return Preferences(
            theme=_CHOICES.get(self._stored.value("theme"), usual.theme),
            density=_DENSITIES.get(self._stored.value("look/density"), usual.density),
            language=_LANGUAGES.get(self._stored.value("look/language"), usual.language),
            scale=_one_of(SCALES, self._stored.value("look/scale"), usual.scale),
            still=str(self._stored.value("look/still")) == "true",
            time_step_s=_one_of(TIME_STEPS_S, self._stored.value("playhead/time-step"), usual.time_step_s),
        )

    @preferences.setter
    def preferences(self, preferences: Preferences) -> None:
        for name, value in (
            ("theme", preferences.theme), ("look/density", preferences.density), ("look/scale", preferences.scale),
            ("look/language", preferences.language), ("look/still", "true" if preferences.still else "false"),
            ("playhead/time-step", preferences.time_step_s),
        ):  # fmt: skip
            self._stored.setValue(name, value)

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
        return self._texts("find/recent")

    @recent_conditions.setter
    def recent_conditions(self, expressions: tuple[str, ...]) -> None:
        self._stored.setValue("find/recent", json.dumps(expressions))

    @property
    def recent_imports(self) -> tuple[str, ...]:
        """Paths that were imported last, newest first."""
        return self._texts("import/recent")

    @recent_imports.setter
    def recent_imports(self, paths: tuple[str, ...]) -> None:
        self._stored.setValue("import/recent", json.dumps(paths))

    @property
    def watched_folder(self) -> str:
        """The folder that is watched and what was seen in it, as ``FolderWatch`` writes it."""
        return str(self._stored.value("import/watched") or "")

    @watched_folder.setter
    def watched_folder(self, text: str) -> None:
        self._stored.setValue("import/watched", text)

    @property
    def last_rerun(self) -> str:
        """The last re-run over sessions, as ``RerunsDesk`` writes it."""
        return str(self._stored.value("reruns/last") or "")

    @last_rerun.setter
    def last_rerun(self, text: str) -> None:
        self._stored.setValue("reruns/last", text)

    @property
    def keys(self) -> str:
        """The keys that a person chose, as ``KeyBindings`` writes them."""
        return str(self._stored.value("keys") or "")

    @keys.setter
    def keys(self, text: str) -> None:
        self._stored.setValue("keys", text)

    def _texts(self, name: str) -> tuple[str, ...]:
        try:
            stored = json.loads(str(self._stored.value(name) or "[]"))
        except ValueError:
            return ()
        return tuple(one for one in stored if isinstance(one, str)) if isinstance(stored, list) else ()

    def save(self) -> None:
        self._stored.sync()
