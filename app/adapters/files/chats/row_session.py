"""A row of a training set as a session: its messages, and answers that were preferred to others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.adapters.files import drafting
from app.adapters.files.chats.message_rows import line_of
from app.adapters.files.chats.steps import Instructed, Rated, Said
from app.adapters.files.chats.tree_writer import write_chat
from app.adapters.files.chats.values import beside, identifier
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from app.adapters.files.chats.steps import ChatNode
    from app.application.ports import ImportNotes, SessionDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row holds.

    Attributes:
        messages: all of the shown line, the preferred answer included.
        rejected: the line that was not preferred, from the beginning; None when there is none.
        label: whether the answer was good; None when nobody said so.
        taken: names of the fields that this was read from; the others are kept with the session's start.
    """

    messages: Sequence[Any]
    rejected: Sequence[Any] | None = None
    label: bool | None = None
    system: str = ""
    taken: Collection[str] = field(default=())


def session_of(form: str, record: Mapping[str, Any], row: Row, notes: ImportNotes) -> SessionDraft:
    """Raises BadInput when there is no message, or one is none."""
    if not row.messages:
        raise BadInput("the row has no message")
    writer = drafting.SessionWriter(drafting.source_of(form), _id(record))
    kept = beside(record, {*row.taken, "id"})
    writer.add("session.started", "system", {**kept, "turn": 0}, part="session")
    if row.system:
        writer.add("conversation.instructions-changed", "system", {"text": row.system, "turn": 0}, part="system")
    nodes = line_of(row.messages)
    shown = nodes[-1].id
    if row.rejected is not None:
        nodes = _with_rejected(nodes, row.messages, row.rejected)
    elif row.label is not None:
        nodes[-1] = _rated(nodes[-1], 1 if row.label else -1, "good" if row.label else "bad")
    write_chat(writer, nodes, shown, notes, form)
    return writer.draft(_title(nodes))


def _id(record: Mapping[str, Any]) -> str:
    """The row's own id; a number only counts the rows of one file, so what it says belongs to it."""
    own = identifier(record.get("id"))
    if own is None:
        return drafting.fingerprint(record)
    return f"{own}-{drafting.fingerprint(record, 8)}" if own.isdecimal() else own


def _with_rejected(nodes: Sequence[ChatNode], messages: Sequence[Any], rejected: Sequence[Any]) -> list[ChatNode]:
    """The rejected line leaves where it differs; both ends say how they were judged."""
    shared = 0
    while shared < min(len(messages), len(rejected)) and messages[shared] == rejected[shared]:
        shared += 1
    if shared == len(messages) or shared == len(rejected):
        raise BadInput("the preferred and the rejected answer are the same")
    other = line_of(rejected[shared:], after=nodes[shared - 1].id if shared else None, before="r", first=shared)
    chosen = _rated(nodes[-1], 1, "preferred")
    other[-1] = _rated(other[-1], -1, "rejected")
    other[0] = replace(other[0], name="rejected")
    return [*nodes[:-1], chosen, *other]


def _rated(node: ChatNode, rating: int, text: str) -> ChatNode:
    return replace(node, steps=(*node.steps, Rated(actor="system", rating=rating, text=text)))


def _title(nodes: Sequence[ChatNode]) -> str:
    """What the customer said first, else the assistant, else the instructions."""
    steps = [step for node in nodes for step in node.steps]
    said = [(step.role, step.text) for step in steps if isinstance(step, Said)]
    said += [("instructions", step.text) for step in steps if isinstance(step, Instructed)]
    for wanted in ("user", "assistant", "instructions"):
        for role, text in said:
            if role == wanted and text.strip():
                return drafting.shortened(text)
    return "Conversation"
