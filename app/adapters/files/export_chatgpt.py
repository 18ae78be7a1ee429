"""A session as a tree of messages, in the shape of ChatGPT's ``conversations.json``: every branch is in it.

The tree is read first, as the place of each message; what they say is read again while it is written, so that it
never lies in memory.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.domain.events import SIDE_STREAMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.application.outgoing.losses import Losses
    from app.application.outgoing.view import OutgoingView
    from app.application.ports import Progress
    from app.domain.branches import Branch
    from app.domain.events import Event

_POSTED: Final = "conversation.message-posted"
_EDITED: Final = "conversation.message-edited"
_RETRACTED: Final = "conversation.message-retracted"
_CALLED: Final = "conversation.tool-called"
_RETURNED: Final = "conversation.tool-returned"
_INSTRUCTED: Final = "conversation.instructions-changed"
_NODES: Final = frozenset({_POSTED, _CALLED, _RETURNED, _INSTRUCTED})
_HELD: Final = _NODES | {_EDITED, _RETRACTED}
_ROLES: Final = {"agent": "assistant", "customer": "user"}
_ROOT: Final = "root"
_SECOND: Final = 1_000_000
_TOLD_EVERY: Final = 500
_encode: Final = msgspec.json.Encoder().encode


@dataclass(slots=True)
class _Line:
    """The nodes that a branch owns: their positions rising, and what later events of the branch say of them."""

    branch: Branch
    positions: list[int] = field(default_factory=list)
    edited: dict[str, int] = field(default_factory=dict)
    retracted: set[str] = field(default_factory=set)


Node = tuple[str, int]
"""A branch's id and a position of it."""


def export_chatgpt(view: OutgoingView, current: str, losses: Losses, progress: Progress) -> Iterator[str]:
    """An array of one conversation, piece by piece; its shown path is the branch ``current``. Raises Cancelled."""
    tree = _Tree(view)
    _count_losses(view, losses)
    header = view.header(view.session)
    times = [event.time for event in view.iterate(view.branches(view.session)[0].id, 1, 1)]
    last = tree.before(view.branch(current), view.branch(current).head)
    head = {
        "id": header.id,
        "conversation_id": header.id,
        "title": header.title,
        "create_time": _seconds(times[0] if times else None),
        "update_time": _seconds(header.created_at),
        "current_node": _id(last),
    }
    yield f'[{_encode(head).decode()[:-1]},"mapping":{{'
    root = {"id": _ROOT, "message": None, "parent": None, "children": tree.children(None)}
    yield f"{_encode(_ROOT).decode()}:{_encode(root).decode()}"
    for done, (node, event) in enumerate(tree.events(view), 1):
        if done % _TOLD_EVERY == 0:
            progress(done, tree.count, "writing messages")
        parent = tree.parent(node)
        message = _message(event, tree, losses, view)
        shown = {"id": _id(node), "message": message, "parent": _id(parent), "children": tree.children(node)}
        yield f",\n{_encode(_id(node)).decode()}:{_encode(shown).decode()}"
    yield "}}]\n"


class _Tree:
    """Which message follows which."""

    def __init__(self, view: OutgoingView) -> None:
        self._lines: dict[str, _Line] = {}
        self._children: dict[Node | None, list[Node]] = {}
        for branch in view.branches(view.session):
            if branch.kind not in SIDE_STREAMS:
                self._lines[branch.id] = self._read(view, branch)
        for line in self._lines.values():
            for position in line.positions:
                node = (line.branch.id, position)
                self._children.setdefault(self.parent(node), []).append(node)

    @property
    def count(self) -> int:
        return sum(len(line.positions) for line in self._lines.values())

    def parent(self, node: Node) -> Node | None:
        return self.before(self._lines[node[0]].branch, node[1] - 1)

    def before(self, branch: Branch, at: int) -> Node | None:
        """The last node at or before a position of a branch, inherited ones too."""
        line: _Line | None = self._lines[branch.id]
        while line is not None:
            found = bisect_right(line.positions, at)
            if found:
                return line.branch.id, line.positions[found - 1]
            at = min(at, line.branch.fork_position)
            line = self._lines[line.branch.parent] if line.branch.parent is not None else None
        return None

    def children(self, node: Node | None) -> list[str]:
        return [_id(one) for one in self._children.get(node, ())]

    def events(self, view: OutgoingView) -> Iterator[tuple[Node, Event]]:
        for line in self._lines.values():
            wanted = set(line.positions)
            for event in view.iterate(line.branch.id, line.branch.fork_position + 1):
                if event.position in wanted:
                    yield (line.branch.id, event.position), event

    def line(self, branch: str) -> _Line:
        return self._lines[branch]

    @staticmethod
    def _read(view: OutgoingView, branch: Branch) -> _Line:
        line = _Line(branch)
        for event in view.iterate(branch.id, branch.fork_position + 1):
            key = str(event.data.get("message_id", ""))
            if event.type in _NODES:
                line.positions.append(event.position)
            elif event.type == _EDITED:
                line.edited[key] = event.position
            elif event.type == _RETRACTED:
                line.retracted.add(key)
        return line


def _message(event: Event, tree: _Tree, losses: Losses, view: OutgoingView) -> dict[str, Any]:
    data, line = event.data, tree.line(event.branch)
    metadata: dict[str, Any] = {"branchline_position": event.position, "branchline_type": event.type}
    weight, role, name, recipient = 1.0, "assistant", None, "all"
    content: dict[str, Any]
    match event.type:
        case _ if event.type == _CALLED:
            recipient = str(data.get("name") or "tool")
            content = {"content_type": "code", "language": "json", "text": _text(data.get("arguments"))}
        case _ if event.type == _RETURNED:
            role, name = "tool", str(data.get("name") or "") or None
            content = {"content_type": "execution_output", "text": _text(data.get("result"))}
        case _ if event.type == _INSTRUCTED:
            role = "system"
            content = {"content_type": "text", "parts": [_text(data.get("text"))]}
        case _:
            key, text = str(data.get("message_id", "")), data.get("text")
            role = _ROLES.get(str(data.get("role")), str(data.get("role")))
            if (edit := line.edited.get(key)) is not None:
                text = view.events_at(event.branch, (edit,))[0].data.get("text", text)
            if key in line.retracted:
                weight, metadata["is_visually_hidden_from_conversation"] = 0.0, True
            content = {"content_type": "text", "parts": [_text(text)]}
            parts = data.get("parts")
            losses.lose("attachments (pictures and files)", len(parts) if isinstance(parts, list) else 0)
    made = data.get("generated_by")
    model = made.get("model") if isinstance(made, dict) else data.get("model")
    if isinstance(model, str) and model:
        metadata["model_slug"] = model
    if data.get("hidden") is True:
        weight, metadata["is_visually_hidden_from_conversation"] = 0.0, True
    losses.lose("times that nobody wrote down", int(event.time is None))
    return {
        "id": _id((event.branch, event.position)),
        "author": {"role": role, "name": name, "metadata": {}},
        "create_time": _seconds(event.time),
        "update_time": None,
        "content": content,
        "status": "finished_successfully",
        "end_turn": None,
        "weight": weight,
        "metadata": metadata,
        "recipient": recipient,
        "channel": None,
    }


def _count_losses(view: OutgoingView, losses: Losses) -> None:
    lines = [one for one in view.branches(view.session) if one.kind not in SIDE_STREAMS]
    losses.lose_others(view, {one.id for one in lines})
    losses.lose("names of branches", len(lines) - 1)
    for one in lines:
        losses.lose_types(view, one.id, _HELD, one.fork_position + 1, one.head)
        columns = view.columns(one.id, one.fork_position + 1, one.head)
        edits = [number for number, name in enumerate(columns.type_names) if name == _EDITED]
        losses.lose("edits (the last text is kept)", sum(number in edits for number in columns.types))


def _id(node: Node | None) -> str:
    return _ROOT if node is None else f"{node[0]}#{node[1]}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _encode(value).decode("utf-8")


def _seconds(moment: int | None) -> float | None:
    return None if moment is None else moment / _SECOND
