"""What a person can change on a branch, and the event that says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.errors import BadInput
from app.domain.marks import content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.events import Event
    from app.domain.fold.bounded import Bounded

Scalar = str | int | float | bool
SCALARS: Final = (str, int, float, bool)
LARGEST: Final = 2**53 - 1


@dataclass(frozen=True, slots=True)
class MessageEdit:
    """The next message of the customer (or answer of the assistant) says this."""

    text: str
    role: Literal["user", "assistant"] = "user"


@dataclass(frozen=True, slots=True)
class InstructionsEdit:
    """The system prompt is this from here on; empty: there is none."""

    text: str


@dataclass(frozen=True, slots=True)
class SlotEdit:
    """A slot holds these values; without values it is not set."""

    service: str
    slot: str
    values: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class ToolResultEdit:
    """A tool call, named by its id (or by the tool's name), returned this; ``error`` None: failed or not as before."""

    call: str
    result: Any
    error: bool | None = None


@dataclass(frozen=True, slots=True)
class ShownEdit:
    """The list that was shown holds these items, best first: ``{"item", "name", "score", "reasons", …}``."""

    items: tuple[Mapping[str, Any], ...]


Edit = MessageEdit | InstructionsEdit | SlotEdit | ToolResultEdit | ShownEdit


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event that is to be written, without its place and its marks."""

    type: str
    actor: str
    data: Mapping[str, Any] = field(repr=False)
    classification: str | None = None


def message(edit: MessageEdit, replaced: Event | None, message_id: str) -> Draft:
    """A message keeps its id, so that what was said of it later still finds it."""
    if not edit.text.strip():
        raise BadInput("a message needs words; to have none there, leave the event out")
    require_json(edit.text, "the message")
    data: dict[str, Any] = {"message_id": message_id, "role": edit.role, "text": edit.text}
    if replaced is None:
        return Draft(type="conversation.message-posted", actor=edit.role, data=data)
    if replaced.data.get("text") == edit.text:
        raise BadInput(f"that is what event {replaced.position:,} says already, so nothing would be different")
    kept = {name: replaced.data[name] for name in ("message_id", "role", "name") if name in replaced.data}
    return _in_place_of(replaced, {**data, **kept})


def instructions(edit: InstructionsEdit, state: Bounded) -> Draft:
    if edit.text == (state.conversation.instructions or ""):
        raise BadInput(
            "these are the instructions in force already" if edit.text else "there are no instructions to take away"
        )
    require_json(edit.text, "the text")
    return Draft(type="conversation.instructions-changed", actor="analyst", data={"text": edit.text})


def slot(edit: SlotEdit, replaced: Event | None, state: Bounded) -> Draft:
    """``replaced`` is the change of slots that this one takes the place of; ``state`` is the one before it."""
    known = state.conversation.slots
    require_json({edit.service: edit.slot}, "the name of the slot")
    values = [require_json(one, "a slot's value") for one in edit.values]
    if not all(isinstance(one, SCALARS) for one in values):
        raise BadInput("a slot's values are texts, numbers or true and false")
    if not edit.slot or not edit.service:
        raise BadInput("a slot is named by its service and its name, such as Restaurants_1.city")
    if replaced is not None:
        return _in_place_of(replaced, _slots_with(replaced.data, edit.slot, values))
    if known and edit.service not in known:
        raise BadInput(f"there is no service {edit.service!r} here; there are {', '.join(sorted(known))}")
    now = list(known.get(edit.service, {}).get(edit.slot, ()))
    where = f"{edit.service}.{edit.slot}"
    if values == now:
        raise BadInput(f"{where} is so already" if now else f"{where} is not set, so it cannot be taken away")
    data: dict[str, Any] = {"service": edit.service, "set": {edit.slot: values}, "unset": []}
    if not values:
        data.update(set={}, unset=[edit.slot])
    return Draft(type="conversation.slots-changed", actor="user", data=data)


def _slots_with(data: Mapping[str, Any], slot: str, values: list[Any]) -> dict[str, Any]:
    """A recorded change of slots in which one slot has other values."""
    before = dict(data.get("set") or {})
    if _listed(before.get(slot, [])) == values:
        raise BadInput(f"{slot} is set so by that event already, so nothing would be different")
    fresh = {name: one for name, one in before.items() if name != slot} | ({slot: values} if values else {})
    unset = [name for name in data.get("unset") or [] if name != slot] + ([] if values else [slot])
    return {**content(data), "set": fresh, "unset": unset}


def _listed(values: Any) -> list[Any]:
    return list(values) if isinstance(values, (list, tuple)) else [values]


def tool_result(edit: ToolResultEdit, call_id: str, name: str, replaced: Event | None) -> Draft:
    result = require_json(edit.result, "a tool's result")
    failed = edit.error
    if failed is None:
        failed = replaced is not None and replaced.data.get("error") is True
    data = {"call_id": call_id, "name": name, "result": result, "error": failed}
    if replaced is None:
        return Draft(type="conversation.tool-returned", actor="tool", data=data)
    if replaced.data.get("result") == result and (replaced.data.get("error") is True) == failed:
        raise BadInput(f"that is what event {replaced.position:,} returned already, so nothing would be different")
    return _in_place_of(replaced, data)


def shown(edit: ShownEdit, replaced: Event | None, state: Bounded) -> Draft:
    """Items keep what is known of them; ranks follow from the order."""
    described = _described(replaced.data if replaced is not None else {})
    items = []
    for rank, one in enumerate(edit.items, start=1):
        item = _item_id(one)
        known = state.recommendation.items.get(item)
        named = {"name": known.name} if known is not None and known.name else {}
        items.append({**named, **described.get(item, {}), **dict(one), "item": item, "rank": rank})
    ids = [one["item"] for one in items]
    twice = next((item for item in ids if ids.count(item) > 1), None)
    if twice is not None:
        raise BadInput(f"{twice!r} is in the list twice")
    now = [one.get("item") for one in _list_of(replaced.data if replaced is not None else None, state)]
    if ids == [None if item is None else str(item) for item in now]:
        raise BadInput(
            "that is the list that was shown already" if ids else "no list was shown, so none can be emptied"
        )
    require_json(items, "the list")
    data: dict[str, Any] = {"items": items}
    if replaced is None:
        return Draft(type="recommendation.items-shown", actor="system", data=data)
    if replaced.data.get("candidates"):
        data["candidates"] = replaced.data["candidates"]
    return _in_place_of(replaced, data)


def _list_of(data: Mapping[str, Any] | None, state: Bounded) -> list[Mapping[str, Any]]:
    return list(data.get("items") or ()) if data is not None else list(state.recommendation.shown)


def _described(data: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What a recorded list tells of each item, but its rank."""
    found: dict[str, Mapping[str, Any]] = {}
    for one in (*(data.get("candidates") or ()), *(data.get("items") or ())):
        if isinstance(one, dict) and "item" in one:
            found[str(one["item"])] = {name: value for name, value in one.items() if name != "rank"}
    return found


def _item_id(one: Any) -> str:
    item = one.get("item") if isinstance(one, dict) else None
    if isinstance(item, int) and not isinstance(item, bool):
        return str(item)
    if not isinstance(item, str) or not item:
        raise BadInput('each item of a list is an object with an id, such as {"item": "B07"}')
    return item


def require_json(value: Any, what: str) -> Any:
    """The value. Raises BadInput for numbers that JSON readers disagree about and texts that are no Unicode."""
    match value:
        case bool() | None:
            return value
        case int() if abs(value) > LARGEST:
            raise BadInput(f"{what} holds the number {value}, which is too large for JSON; write it as text")
        case float() if not -LARGEST <= value <= LARGEST:
            raise BadInput(f"{what} holds {value}, which JSON has no number for")
        case str():
            _require_unicode(value, what)
        case dict():
            for name, one in value.items():
                _require_unicode(name, what)
                require_json(one, what)
        case list() | tuple():
            for one in value:
                require_json(one, what)
    return value


def _require_unicode(text: str, what: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput(f"{what} holds a text that is no Unicode") from None


def _in_place_of(replaced: Event, data: Mapping[str, Any]) -> Draft:
    return Draft(type=replaced.type, actor=replaced.actor, data=data, classification=replaced.classification)
