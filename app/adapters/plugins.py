"""What other distributions bring: importers (``branchline.formats``) and event types (``branchline.event_types``).

An entry point of the first group is a ``SessionFormat`` (or gives one when called without arguments), one of the second
an ``Extension`` (likewise). One that is broken is told in a sentence, and everything else goes on.
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BranchlineError
from app.domain.fold.extensions import Extension, register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft, SessionFormat

FORMATS: Final = "branchline.formats"
EVENT_TYPES: Final = "branchline.event_types"

problems: Final[list[str]] = []
"""What could not be used, a sentence each, since the program started."""


@cache
def formats() -> tuple[SessionFormat, ...]:
    """Importers of others, by the names of their entry points."""
    return tuple(GuardedFormat(found) for found in _usable(FORMATS, _is_format))


@cache
def load_event_types() -> None:
    """Know the event types of others; to be done before a store is opened."""
    for found in _usable(EVENT_TYPES, lambda one: isinstance(one, Extension)):
        try:
            register(found)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with others' code, ours goes on
            _tell(EVENT_TYPES, getattr(found, "name", "?"), error)


def _usable(group: str, fits: Callable[[Any], bool]) -> Iterator[Any]:
    for point in sorted(metadata.entry_points(group=group), key=lambda one: one.name):
        try:
            found = point.load()
            if not fits(found) and callable(found):
                found = found()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - importing others' code may do anything
            _tell(group, point.name, error)
            continue
        if fits(found):
            yield found
        else:
            _tell(group, point.name, TypeError(f"{point.value} is not what this group asks for"))


class GuardedFormat:
    """An importer of others: where it fails, its file is quarantined with a sentence, and the rest comes in."""

    def __init__(self, inner: SessionFormat) -> None:
        self._inner = inner
        self.name, self.title = inner.name, inner.title

    def recognises(self, head: bytes) -> bool:
        try:
            return bool(self._inner.recognises(head))
        except Exception as error:  # noqa: BLE001 - others' code
            _tell(FORMATS, self.name, error)
            return False

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        try:
            yield from self._inner.read(path, notes)
        except (BranchlineError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - others' code
            notes.quarantine(None, f"the importer {self.name} failed: {type(error).__name__}: {error}"[:300])


def _is_format(found: Any) -> bool:
    return (
        not isinstance(found, type)
        and isinstance(getattr(found, "name", None), str)
        and isinstance(getattr(found, "title", None), str)
        and callable(getattr(found, "recognises", None))
        and callable(getattr(found, "read", None))
    )


def _tell(group: str, name: str, error: BaseException) -> None:
    problems.append(f"the plugin {name} ({group}) is not used: {type(error).__name__}: {error}"[:300])
