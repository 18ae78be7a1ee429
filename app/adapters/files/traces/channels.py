"""A channel of a state as slots, where it holds nothing but values under names."""

from __future__ import annotations

from typing import Any, Final

_SCALARS: Final = (str, int, float, bool)
_INTENTS: Final = ("intent", "intents")


def slots_of(channel: str, before: Any, now: Any) -> list[dict[str, Any]] | None:
    """What changed, as the payloads of ``conversation.slots-changed``; None where the channel is no such thing.

    A mapping of services to slots is taken as such, a mapping of values as the slots of a service of the channel's
    name, a channel of intents as what the customer wants of each service. What an application keeps to itself begins
    with ``_`` and is none.
    """
    if not isinstance(now, dict) or channel.startswith("_"):
        return None
    if channel.endswith(_INTENTS) and all(isinstance(one, str) for one in now.values()):
        return [
            _intent(name, one) for name, one in now.items() if not isinstance(before, dict) or before.get(name) != one
        ]
    if _is_slots(now) and (before is None or _is_slots(before)):
        return [_change(channel, before or {}, now)] if before or now else []
    if not all(_is_slots(one) for one in now.values()) or not (before is None or _is_services(before)):
        return None
    before = before or {}
    services = [*now, *(name for name in before if name not in now)]
    return [
        _change(name, before.get(name, {}), now.get(name, {}))
        for name in services
        if before.get(name, {}) != now.get(name, {})
    ]


def _change(service: str, before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    fresh = {name: _values(value) for name, value in now.items() if before.get(name) != value}
    return {"service": service or "state", "set": fresh, "unset": [name for name in before if name not in now]}


def _intent(service: str, intent: str) -> dict[str, Any]:
    return {"service": service or "state", "set": {}, "unset": [], "intent": intent}


def _values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_slots(value: Any) -> bool:
    """Names with a value or a list of values each."""
    return isinstance(value, dict) and all(
        isinstance(one, _SCALARS) or (isinstance(one, list) and all(isinstance(each, _SCALARS) for each in one))
        for one in value.values()
    )


def _is_services(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_slots(one) for one in value.values())
