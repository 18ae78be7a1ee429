"""Which keys ask for which action: the table's own, and what a person put in their place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Keys: TypeAlias = "Mapping[str, tuple[str, ...]]"


class KeyBindings:
    """Keys by action, never changed in place. A key belongs to one action: who chooses it takes it from who has it."""

    def __init__(self, usual: Keys, chosen: Keys | None = None) -> None:
        """``usual``: of every action there is; ``chosen``: of those that a person changed, others are ignored."""
        self._usual = {action: _portable(keys) for action, keys in usual.items()}
        self._chosen: dict[str, tuple[str, ...]] = {}
        for action, keys in (chosen or {}).items():
            if action in self._usual and _portable(keys) != self._usual[action]:
                self._chosen[action] = _portable(keys)
        taken = {key for keys in self._chosen.values() for key in keys}
        self._keys = {
            action: self._chosen.get(action, tuple(key for key in keys if key not in taken))
            for action, keys in self._usual.items()
        }

    def keys(self, action: str) -> tuple[str, ...]:
        """As Qt writes them on every system; the first is shown first."""
        return self._keys[action]

    def usual_keys(self, action: str) -> tuple[str, ...]:
        return self._usual[action]

    def is_usual(self, action: str) -> bool:
        return self._keys[action] == self._usual[action]

    @property
    def are_usual(self) -> bool:
        """Whether nobody changed anything."""
        return self._keys == self._usual

    def owner(self, key: str, besides: str = "") -> str | None:
        """The action that a key asks for, that of ``besides`` left out."""
        wanted = _portable((key,))
        return next((one for one, keys in self._keys.items() if one != besides and set(wanted) & set(keys)), None)

    def with_keys(self, action: str, keys: Iterable[str]) -> KeyBindings:
        """Have just these keys ask for an action; none is allowed."""
        given = _portable(keys)
        others = {
            one: tuple(key for key in own if key not in given) for one, own in self._chosen.items() if one != action
        }
        return KeyBindings(self._usual, {**others, action: given})

    def as_usual(self) -> KeyBindings:
        return KeyBindings(self._usual)

    def to_json(self) -> str:
        """What differs from the usual."""
        return json.dumps({action: list(keys) for action, keys in self._chosen.items()})

    def restored(self, text: str) -> KeyBindings:
        """With what ``to_json`` gave; what cannot be read is forgotten silently."""
        try:
            stored: Any = json.loads(text) if text else {}
        except ValueError:
            stored = {}
        chosen: KeyBindings = self.as_usual()
        for action, keys in stored.items() if isinstance(stored, dict) else ():
            if action in self._usual and isinstance(keys, list):
                chosen = chosen.with_keys(action, (key for key in keys if isinstance(key, str)))
        return chosen


def native(keys: Iterable[str]) -> str:
    """Keys as this system writes them: ``Space / K``."""
    form = QKeySequence.SequenceFormat.NativeText
    return " / ".join(QKeySequence(key).toString(form) for key in keys)


def _portable(keys: Iterable[str]) -> tuple[str, ...]:
    """Written one way, without what is no key and what stands there twice."""
    written = (QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) for key in keys)
    return tuple(dict.fromkeys(key for key in written if key))
