"""What a screen shows while it is shared: findings behind masks, and the way back for what is asked with them."""

from __future__ import annotations

import copy
import re
from array import array
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.domain.branches import Branch
from app.domain.errors import BadInput
from app.domain.redaction.findings import PATTERN, Place
from app.domain.sessions import SessionHeader

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.redaction.values import TextScan

T = TypeVar("T")
REMEMBERED: Final = 20_000
"""Texts whose masked form is kept: moving the playhead shows mostly the same ones again."""
LONGEST_REMEMBERED: Final = 2_000
SMALLEST_NUMBER: Final = 10**7

_UNSEEN: Final = "\0"
_MASK: Final = re.compile(r"⟪[A-Z0-9-]+-[0-9]+⟫")
_SCREEN: Final = Place("screen")
_PLAIN: Final = (type(None), int, float, bytes, bytearray, array, Enum, date, timedelta, PurePath)
_QUICK: Final = frozenset({float, bool, type(None)})
"""Most values; the order of questions is that of how often they are answered."""
_STRUCTURE: Final = frozenset(
    {
        "kind",
        "role",
        "actor",
        "type",
        "status",
        "hash",
        "fork_hash",
        "classification",
        "state",
        "pointer",
        "op",
        "session",
        "branch",
        "parent",
        "owner",
    }
)
"""Fields of values whose words the program itself chose, or by which things are asked for again."""


class ScreenMask:
    """Masks texts in values of any shape, or lets them be. Any thread may call.

    A mask stands for one text and can be told from the pseudonyms of exports: ⟪EMAIL-1⟫. What it does not know how
    to look through it refuses: nothing is shown that was not looked at.
    """

    def __init__(self, scan: TextScan) -> None:
        self.is_on = False
        self._scan = scan
        self._lock = Lock()
        self._masks: dict[tuple[str, str], str] = {}
        self._texts: dict[str, str] = {}
        self._known: dict[tuple[str, str], str] = {}

    def use(self, scan: TextScan) -> None:
        """Look for what another profile says from now on."""
        with self._lock:
            self._scan = scan
            self._known = {}

    def shown(self, value: T) -> T:
        """The value as it may be shown now. Raises BadInput for what cannot be looked through."""
        return self._changed(value, "", self._masked) if self.is_on else value

    def restored(self, value: T) -> T:
        """What is asked with masks in it, as it is meant. Values of unknown kinds stay as they are."""
        return self._changed(value, "", self._meant, lenient=True) if self._texts else value

    def _masked(self, text: str, hint: str) -> str:
        """The same object where nothing is found."""
        if len(text) < 3:  # nothing that detectors know is as short, and most values are
            return text
        known = self._known.get((text, hint), _UNSEEN)
        if known != _UNSEEN:
            return known or text
        said, at = "", 0
        for finding in self._scan.leaf(text, _SCREEN, hint):
            said += text[at : finding.start] + self._mask(finding.kind, finding.text)
            at = finding.end
        said = said + text[at:] if said else text
        if len(text) <= LONGEST_REMEMBERED:
            if len(self._known) >= REMEMBERED:
                self._known = {}
            self._known[text, hint] = "" if said is text else said
        return said

    def _mask(self, kind: str, text: str) -> str:
        with self._lock:
            mask = self._masks.get((kind, text))
            if mask is None:
                word = "PATTERN" if kind.startswith(PATTERN) else kind.upper()
                mask = self._masks[kind, text] = f"⟪{word}-{len(self._masks) + 1}⟫"
                self._texts[mask] = text
            return mask

    def _meant(self, text: str, _hint: str) -> str:
        if "⟪" not in text:
            return text
        return _MASK.sub(lambda mask: self._texts.get(mask.group(), mask.group()), text)

    def _changed(self, value: Any, hint: str, change: Callable[[str, str], str], *, lenient: bool = False) -> Any:
        """``value`` with every text changed; the same object where nothing in it changed."""
        kind = type(value)
        if kind is str:
            return change(value, hint)
        if kind in _QUICK or (kind is int and -SMALLEST_NUMBER < value < SMALLEST_NUMBER):
            return value
        if kind is int:
            said = change(written := str(value), hint)
            return value if said == written else said
        return self._inside(value, hint, change, lenient=lenient)

    def _inside(self, value: Any, hint: str, change: Callable[[str, str], str], *, lenient: bool) -> Any:
        if isinstance(value, Mapping):
            return self._mapping(value, hint, change, lenient=lenient)
        if isinstance(value, (list, tuple, Set)):
            return self._several(value, hint, change, lenient=lenient)
        if is_dataclass(value) and not isinstance(value, type):
            return self._record(value, change, lenient=lenient)
        if not isinstance(value, _PLAIN) and not lenient:
            raise BadInput(f"{type(value).__name__} cannot be masked, so it is not shown; end masking to see it")
        return value

    def _mapping(self, value: Mapping[Any, Any], hint: str, change: Callable[[str, str], str], *, lenient: bool) -> Any:
        changed: dict[Any, Any] = {}
        same = True
        for name, one in value.items():
            said = change(name, hint) if type(name) is str else self._changed(name, "", change, lenient=lenient)
            kind = type(one)
            if kind is str:
                made = change(one, str(name))
            else:
                made = one if kind in _QUICK else self._changed(one, str(name), change, lenient=lenient)
            same = same and made is one and said is name
            changed[said] = made
        return value if same else changed

    def _several(self, value: Any, hint: str, change: Callable[[str, str], str], *, lenient: bool) -> Any:
        changed = [self._changed(one, hint, change, lenient=lenient) for one in value]
        if all(mine is theirs for mine, theirs in zip(changed, value, strict=True)):
            return value
        if hasattr(value, "_make"):
            return value._make(changed)
        return type(value)(changed) if isinstance(value, (list, tuple, set, frozenset)) else tuple(changed)

    def _record(self, value: Any, change: Callable[[str, str], str], *, lenient: bool) -> Any:
        made = value
        for field in fields(value):
            if field.name in _STRUCTURE or (field.name == "id" and isinstance(value, (SessionHeader, Branch))):
                continue
            before = getattr(value, field.name)
            if type(before) is int:
                continue
            after = self._changed(before, field.name, change, lenient=lenient)
            if after is not before:
                made = copy.copy(value) if made is value else made
                object.__setattr__(made, field.name, after)
        return made
