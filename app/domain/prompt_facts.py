"""What a prompt's template can speak of: slots, lists, interests and the rest of the state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.domain.fold.state_json import bounded_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.domain.fold.bounded import Bounded

NAMES: Final = (
    "slots", "services", "shown", "predicted", "interests", "purchased", "strategy", "message", "customer", "state",
)  # fmt: skip
"""Names that a template may use."""


def prompt_facts(state: Bounded, *, message: str | None, customer: str | None) -> dict[str, Any]:
    """The facts by ``NAMES``.

    ``slots``: ``{"service", "name", "value", "values"}``; ``services``: ``{"name", "intent", "slots"}``; ``shown`` and
    ``predicted``: ``{"rank", "item", "name", "score", "reasons"}`` with reasons in words; ``interests``: ``{"name",
    "kind", "weight"}``; ``purchased``: ``{"item", "name", "quantity"}``; ``message``: what the customer says now;
    ``customer``: their id; ``state``: all of it, as ``branchline state`` prints it, without messages.
    """
    whole = bounded_json(state)
    told, lists = whole["conversation"], whole["recommendation"]
    slots = [_slot(service, name, values) for service, held in told["slots"].items() for name, values in held.items()]
    return {
        "slots": slots,
        "services": [
            {
                "name": service,
                "intent": told["intents"].get(service),
                "slots": [one for one in slots if one["service"] == service],
            }
            for service in told["slots"]
        ],
        "shown": _items(lists["shown"]),
        "predicted": _items(lists["predicted"]),
        "interests": [_interest(key, weight) for key, weight in lists["interests"].items()],
        "purchased": [
            {"item": item, "name": lists["names"].get(item, item), "quantity": quantity}
            for item, quantity in lists["purchased"].items()
        ],
        "strategy": lists["strategy"],
        "message": message,
        "customer": customer,
        "state": whole,
    }


def _slot(service: str, name: str, values: list[Any]) -> dict[str, Any]:
    return {"service": service, "name": name, "value": ", ".join(map(str, values)), "values": values}


def _items(items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            **one,
            "rank": one.get("rank", number),
            "name": one.get("name") or one.get("item"),
            "reasons": [reason_words(reason) for reason in one.get("reasons") or ()],
        }
        for number, one in enumerate(items, start=1)
    ]


def reason_words(reason: Any) -> str:
    """In words: ``category tea``, ``tag red``, ``the item itself``; a reason that is a text stays one."""
    if not isinstance(reason, dict):
        return str(reason)
    kind, key = str(reason.get("kind") or ""), str(reason.get("key") or "")
    name = key.partition(":")[2] or key
    if kind in ("category", "tag"):
        return f"{kind} {name}"
    return "the item itself" if kind == "item" else kind or name


def _interest(key: str, weight: float) -> dict[str, Any]:
    kind, sign, name = key.partition(":")
    return {"name": name if sign else key, "kind": kind if sign else "", "weight": weight}
