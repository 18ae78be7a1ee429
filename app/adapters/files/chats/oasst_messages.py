"""One message of OpenAssistant: who wrote it, its rank among its siblings, and what people thought of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.chats.steps import ChatNode, Rated, Retracted, Said, Unknown
from app.adapters.files.chats.values import beside, identifier, items, mapping, moment, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.adapters.files.chats.steps import Step

FORM: Final = "openassistant"
Message = tuple[str, "str | None", "Mapping[str, Any]"]
"""Its id, the id of the one that it replies to, and what the file says."""

_TAKEN: Final = frozenset({
    "message_id", "parent_id", "text", "role", "replies", "emojis", "labels", "model_name", "created_date", "deleted",
    "message_tree_id", "user_message_id", "parent_message_id",
})  # fmt: skip
_ROLES: Final = {"prompter": "user", "assistant": "assistant"}


def ranked(messages: Sequence[Message]) -> list[Message]:
    """Siblings by their ranks, those without behind."""
    return sorted(messages, key=_rank)


def _rank(message: Message) -> float:
    rank = message[2].get("rank")
    return rank if isinstance(rank, (int, float)) and not isinstance(rank, bool) else float("inf")


def node_of(one: Message) -> ChatNode:
    own, above, message = one
    role, time = text(message.get("role")), moment(message.get("created_date"))
    if not role:
        return ChatNode(id=own, parent=above, steps=(Unknown(value=beside(message, {"replies"})),))
    steps: list[Step] = [
        Said(
            role=_ROLES.get(role, role),
            text=text(message.get("text")),
            time=time,
            model=identifier(message.get("model_name")),
            by_person=message.get("synthetic") is not True,
            beside=beside(message, _TAKEN),
        )
    ]
    steps += [
        Rated(actor="user", rating=None, text=told, beside={key: message[key]})
        for key in ("emojis", "labels")
        if (told := _counts(message.get(key)))
    ]
    if message.get("deleted") is True:
        steps.append(Retracted())
    return ChatNode(id=own, parent=above, steps=steps)


def _counts(judged: Any) -> str:
    """``+1 ×3, quality 0.75 ×2``: of a map from names, or of columns as the published tables have them."""
    facts = mapping(judged)
    names, counts, values = (items(facts.get(key)) for key in ("name", "count", "value"))
    if names and len(names) == len(counts):
        column = values if len(values) == len(names) else [None] * len(names)
        told = list(zip(names, column, counts, strict=True))
    else:
        told = [
            (name, mapping(one).get("value"), mapping(one).get("count")) if isinstance(one, dict) else (name, None, one)
            for name, one in facts.items()
        ]
    return ", ".join(
        " ".join(part for part in (str(name), _short(value), f"×{count}" if count is not None else "") if part)
        for name, value, count in told
    )


def _short(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, (int, float)) else ""
