"""What the services of a dialogue returned, and what of it was offered, chosen and bought.

An item is bought when a call whose method begins with Buy, Book, Reserve, Rent or Order ends in NOTIFY_SUCCESS:
that is a contract about the item. Playing a song, moving money, ordering a ride, viewing a flat or writing into a
calendar also succeed, but nothing that was offered is owned afterwards, so they stay tool calls.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.sgd_items import Known, ServiceItems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.adapters.files.drafting import SessionWriter
    from app.adapters.files.sgd import Action, Frame

_BUYING: Final = re.compile(r"(buy|book|reserve|rent|order)(?![a-z])", re.IGNORECASE)
_AMOUNT: Final = re.compile(r"\$?(\d+(?:\.\d+)?)")
_PRICES: Final = ("total_price", "price", "fare")


class Offers:
    """Follows the services of one dialogue and writes calls, lists, choices and purchases."""

    def __init__(self, writer: SessionWriter) -> None:
        self._writer = writer
        self._items: dict[str, ServiceItems] = {}
        self._rows: dict[str, Sequence[Mapping[str, Any]]] = {}
        self._asked: dict[str, Mapping[str, Any]] = {}
        self._method: dict[str, str] = {}
        self._returned: dict[str, str] = {}
        self._shown: dict[str, tuple[str, tuple[Known, ...]]] = {}

    def called(self, number: int, frame: Frame) -> None:
        """Write a call, its result, and the purchase if it was one."""
        call = frame.service_call
        if call is None:
            return
        service, part = frame.service, f"t{number}"
        acts = frame.acts()
        call_id = f"t{number}/{service}"
        asked = {"call_id": call_id, "name": call.method, "arguments": call.parameters, "service": service}
        called = self._writer.add("conversation.tool-called", "assistant", {**asked, "turn": number}, part=part)
        result = {
            "call_id": call_id,
            "name": call.method,
            "result": frame.service_results,
            "error": "NOTIFY_FAILURE" in acts,
            "service": service,
            "turn": number,
        }
        self._returned[service] = self._writer.add(
            "conversation.tool-returned", "tool", result, part=part, cause=called
        )
        if "NOTIFY_SUCCESS" in acts:
            if _BUYING.match(_words(call.method)) and frame.service_results:
                self._bought(number, service, frame.service_results[0], call.parameters)
            return
        self._rows[service], self._asked[service] = frame.service_results, call.parameters
        self._method[service] = call.method

    def offered(self, number: int, frame: Frame) -> None:
        """Write the list that an OFFER shows: the rows it speaks of, out of the last result of its service."""
        service = frame.service
        spoken = {
            action.slot: [str(one) for one in action.canonical_values or action.values]
            for action in frame.actions
            if action.act == "OFFER" and action.slot
        }
        asked, rows = self._asked.get(service, {}), self._rows.get(service, ())
        items = self._items.setdefault(service, ServiceItems(service))
        candidates = [items.known(row, asked, tuple(spoken)) for row in rows]
        meant = [
            known
            for known, row in zip(candidates, rows, strict=True)
            if all(str(row.get(slot)) in values for slot, values in spoken.items())
        ]
        if not meant:
            row = {slot: values[0] for slot, values in spoken.items() if values}
            meant = [items.known(row, asked, tuple(spoken))]
        data: dict[str, Any] = {
            "items": [_listed(known, rank, asked) for rank, known in enumerate(_once(meant), 1)],
            "candidates": [known.to_json() for known in _once(candidates)],
            "turn": number,
        }
        if service in self._method:
            data["strategy"] = {"name": self._method[service], "service": service, "parameters": dict(asked)}
        event_id = self._writer.add(
            "recommendation.items-shown", "assistant", data, part=f"t{number}", cause=self._returned.get(service)
        )
        self._shown[service] = (event_id, tuple(meant))

    def chosen(self, number: int, service: str, action: Action) -> None:
        """Write that the customer took what was offered last, or the candidate that the act names."""
        if service not in self._shown:
            return
        event_id, meant = self._shown[service]
        known = meant[0]
        names = {str(one).lower() for one in (*action.canonical_values, *action.values)}
        if action.slot and names:
            items, asked = self._items[service], self._asked.get(service, {})
            for row in self._rows.get(service, ()):
                if str(row.get(action.slot)).lower() in names:
                    known = items.known(row, asked, ())
                    break
        data = {"item": known.item, "turn": number}
        self._writer.add("behaviour.item-clicked", "user", data, part=f"t{number}", cause=event_id)

    def _bought(self, number: int, service: str, row: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
        items = self._items.setdefault(service, ServiceItems(service))
        shown = self._shown[service][1] if service in self._shown else ()
        known = next((one for one in shown if one.agrees_with(row, asked)), None) or items.known(row, asked, ())
        data: dict[str, Any] = {**known.to_json(), "quantity": 1, "goods": True, "turn": number}
        if (price := _price(row)) is not None:
            data["price"] = price
        self._writer.add("behaviour.item-purchased", "user", data, part=f"t{number}", cause=self._returned.get(service))


def _words(method: str) -> str:
    """``BuyBusTicket`` and ``book_hotel`` alike with a gap after the first word."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", method)


def _listed(known: Known, rank: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    reasons = [f"{slot} = {value}" for slot, value in sorted(asked.items())]
    return {**known.to_json(), "rank": rank, "score": None, "reasons": reasons}


def _once(items: Sequence[Known]) -> list[Known]:
    return list({known.item: known for known in items}.values())


def _price(row: Mapping[str, Any]) -> float | None:
    for slot in _PRICES:
        if (found := _AMOUNT.fullmatch(str(row.get(slot, "")))) is not None:
            return float(found[1])
    return None
