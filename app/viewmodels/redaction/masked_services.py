"""The services of a window whose texts go through a mask: panes never see what is masked."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.application.continue_request import ContinueUpdate

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from app.application.masking import ScreenMask
    from app.viewmodels.services import Services

LONGEST_UNFINISHED: Final = 240
_UNFINISHED: Final = re.compile(r"(?:[0-9+(][0-9+()./ \-]*)?[!-~]*\Z")
"""The last word of plain letters and signs, and the digits before it that may belong to it."""
_BY_ITSELF: Final = frozenset(
    {
        "io", "models", "pull", "import_files", "import_mapped", "write_comparison",
        "redacting", "outgoing", "write_profile", "read_picture", "sharing", "store_option",
    }
)  # fmt: skip
"""What tells nothing of sessions, or writes files: those are redacted by other means, or hold what is shown."""


def masked_services(services: Services, mask: ScreenMask) -> Services:
    """The same services; while the mask is on, what they tell is masked, and what is asked is taken as it is meant."""
    changed = {
        field.name: _behind(getattr(services, field.name), mask)
        for field in fields(services)
        if field.name not in _BY_ITSELF
    }
    return replace(services, **changed)


def _behind(service: Any, mask: ScreenMask) -> Any:
    if is_dataclass(service) and not isinstance(service, type) and not callable(service):
        inner = {field.name: _behind(getattr(service, field.name), mask) for field in fields(service) if field.init}
        return replace(service, **inner)
    return _masked_call(service, mask) if inspect.isroutine(service) else _Masked(service, mask)


class _Masked:
    """Stands for a service: every method of it, behind the mask."""

    def __init__(self, service: Any, mask: ScreenMask) -> None:
        self._service, self._mask = service, mask

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._service, name)
        return _masked_call(found, self._mask) if callable(found) else self._mask.shown(found)


def _masked_call(method: Callable[..., Any], mask: ScreenMask) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        meant = [_asked(one, mask) for one in given]
        meant_by_name = {name: _asked(one, mask) for name, one in named.items()}
        try:
            outcome = method(*meant, **meant_by_name)
        except Exception as error:
            _mask_error(error, mask)
            raise
        return _awaited(outcome, mask) if inspect.iscoroutine(outcome) else mask.shown(outcome)

    return call


def _asked(given: Any, mask: ScreenMask) -> Any:
    """What is handed in: texts as they are meant; whoever is told later is told what may be shown then."""
    if not callable(given) or isinstance(given, type):
        return mask.restored(given)

    def told(*outcome: Any) -> Any:
        return given(*(mask.shown(_settled(one, mask)) for one in outcome))

    return told


def _settled(update: Any, mask: ScreenMask) -> Any:
    """An answer that is still being written, without its last word: half an address is not known as one."""
    if not mask.is_on or not isinstance(update, ContinueUpdate):
        return update
    return replace(update, text=_but_the_last_word(update.text), thinking=_but_the_last_word(update.thinking))


def _but_the_last_word(text: str) -> str:
    tail = text[-LONGEST_UNFINISHED:]
    return text[: len(text) - len(tail)] + _UNFINISHED.sub("", tail)


async def _awaited(work: Coroutine[Any, Any, Any], mask: ScreenMask) -> Any:
    try:
        return mask.shown(await work)
    except Exception as error:
        _mask_error(error, mask)
        raise


def _mask_error(error: Exception, mask: ScreenMask) -> None:
    """Sentences about failures name what was asked for."""
    if mask.is_on:
        error.args = tuple(mask.shown(one) if isinstance(one, str) else one for one in error.args)
