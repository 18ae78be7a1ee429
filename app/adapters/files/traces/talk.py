"""The tree of what was said in the calls of a conversation: what is repeated as the input of a later call stands once.

A call's input is followed from the beginning as far as it is known. Where it goes on, the conversation goes on; where
it leaves what was said, by other words in the same place, a branch begins. Its messages are exactly what the model was
given. An input that shares nothing with the beginning is held against the end of what was said last (a window that
slid on, or only what is new); a call below a tool, or made while another ran, that shares nothing is a conversation of
its own, a branch from the beginning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.adapters.files.drafting import fingerprint
from app.adapters.files.traces.said import Said, in_order_of_calls

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.adapters.files.traces.steps import Step


@dataclass(slots=True, eq=False)
class Node:
    """A piece at its place.

    Attributes:
        id: the same for the same words behind the same words.
        open: calls of this line that have not returned, this one included.
        call: of a result the call that it answers; None when there is none.
        asked: the call of a model whose answer begins here; ``ended`` one whose answer ends here.
        after: calls of models that brought no new words, and tools that no model called, behind this piece.
        instructed: the instructions in force; ``is_fresh`` when they changed here.
        tool: of a call, the step of the tool. ``is_told_by_tool``: of a result that so far stands in no input.
    """

    id: str
    parent: Node | None
    said: Said
    time: int | None = None
    depth: int = 0
    children: dict[str, Node] = field(default_factory=dict)
    open: tuple[Node, ...] = ()
    call: Node | None = None
    asked: Step | None = None
    ended: Step | None = None
    after: list[Step] = field(default_factory=list)
    instructed: str | None = None
    is_fresh: bool = False
    tool: Step | None = None
    is_told_by_tool: bool = False


@dataclass(slots=True)
class Heard:
    """How much calls held, and how much of it was there already; ``undated`` was seen only as history."""

    pieces: int = 0
    repeated: int = 0
    undated: int = 0


class Talk:
    """Built step by step, in order of time."""

    def __init__(self) -> None:
        self.root = Node("", None, Said("message"))
        self.tip = self.root
        self.heard = Heard()
        self._last: Step | None = None
        self._calls: dict[str, Node] = {}
        self._late: list[Step] = []

    def hear(self, step: Step, *, apart: bool = False) -> Node:
        """The last piece of a call. ``apart``: one that shares nothing with what was said is of another matter."""
        given = in_order_of_calls(step.given or ())
        at, known = self._place(given, step, apart=apart)
        self.heard.pieces += len(given) + len(step.answered or ())
        self.heard.repeated += known
        pending = step.instructions if step.instructions not in (None, at.instructed) else None
        now = _now_said(given)
        for number, said in enumerate(given[known:], known):
            self.heard.undated += number < now
            at = self._add(at, said, step.start if number >= now else None, pending)
            pending = None
        at = self._answer(self._tools_told(at), step, pending)
        self.tip, self._last = at, step
        return at

    def used(self, step: Step, *, is_expected: bool) -> Node:
        """A tool ran; the piece that it belongs to. ``is_expected``: some call of a model has its id."""
        if is_expected:
            call = self._calls.get(step.call_id)
        else:
            call = next((one for one in self.tip.open if one.tool is None and one.said.name == step.name), None)
        if call is not None and call.tool is None:
            call.tool = step
            return call
        if is_expected and call is None:
            self._late.append(step)
        else:
            self.tip.after.append(step)
        return self.tip

    def close(self) -> None:
        """Tools whose calls only a later input told, and results that no later input repeats."""
        for step in self._late:
            call = self._calls.get(step.call_id)
            if call is not None and call.tool is None:
                call.tool = step
            else:
                self.tip.after.append(step)
        for leaf in [node for node in self.nodes() if not node.children]:
            self._tools_told(leaf)

    def nodes(self) -> Iterator[Node]:
        """All pieces, each behind its parent, first branches first."""
        waiting = list(reversed(self.root.children.values()))
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children.values()))

    def _place(self, given: Sequence[Said], step: Step, *, apart: bool) -> tuple[Node, int]:
        """Where a call's input leaves what is known, and how many of its pieces are known."""
        at, known = self.root, 0
        while known < len(given):
            if (child := _child(at, given[known])) is None and given[known].kind == "result":
                at = _behind_calls(at)  # some write down what tools returned and leave out that they were called
                child = _child(at, given[known])
            if child is None:
                break
            at, known = child, known + 1
        if known:
            return at, known
        if overlap := _overlap(self.tip, given):
            return self.tip, overlap
        answers = bool(given) and given[0].kind == "result" and bool(self.tip.open)
        while_another_ran = bool(given) and _is_within(step, self._last)
        return (self.root if (apart or while_another_ran) and not answers else self.tip), 0

    def _answer(self, at: Node, step: Step, pending: str | None) -> Node:
        first, asked_at = None, at
        for said in step.answered or ():
            if (child := _child(at, said)) is not None:
                self.heard.repeated += 1
                at = child
                continue
            at = self._add(at, said, step.end, pending)
            pending = None
            first = first or at
        if first is None:
            at.after.append(step)
        else:
            first.asked, at.ended = step, step
        for other in step.others:
            self.heard.pieces += len(other)
            place = asked_at
            for said in other:
                known = _child(place, said)
                self.heard.repeated += known is not None
                place = known or self._add(place, said, step.end, None)
        return at

    def _tools_told(self, at: Node) -> Node:
        """What tools returned to calls that are open here, where the input does not say it."""
        for call in at.open:
            if call.tool is not None and (call.tool.result is not None or call.tool.error is not None):
                value = call.tool.result if call.tool.result is not None else call.tool.error
                said = Said("result", role="tool", name=call.said.name, call_id=call.said.call_id, value=value)
                at = self._add(at, said, call.tool.end, None)
                at.is_told_by_tool = True
        return at

    def _add(self, at: Node, said: Said, time: int | None, instructions: str | None) -> Node:
        child = Node(fingerprint([at.id, said.key], 20), at, said, time, at.depth + 1, open=at.open)
        child.instructed = at.instructed if instructions is None else instructions
        child.is_fresh = instructions is not None
        if said.kind == "call":
            child.open = (*at.open, child)
            if said.call_id:
                self._calls[said.call_id] = child
        elif said.kind == "result":
            child.call = _answered_call(at.open, said)
            child.open = tuple(one for one in at.open if one is not child.call)
        at.children[said.key] = child
        return child


def _child(at: Node, said: Said) -> Node | None:
    """The same words behind a piece; a result that only the tool told is the same as the one that a model was given."""
    found = at.children.get(said.key)
    if found is None and said.kind == "result":
        call = _answered_call(at.open, said)
        told = (one for one in at.children.values() if one.is_told_by_tool and one.call is call)
        found = next(told, None) if call is not None else None
    return found


def _behind_calls(at: Node) -> Node:
    """The last of the calls that stand right behind a piece; itself where there are none."""
    while (call := next((one for one in at.children.values() if one.said.kind == "call"), None)) is not None:
        at = call
    return at


def _is_within(step: Step, last: Step | None) -> bool:
    return last is not None and None not in (step.start, last.end) and (step.start or 0) < (last.end or 0)


def _now_said(given: Sequence[Said]) -> int:
    """From which piece on an input is new with this call: behind the last word of a model."""
    return 1 + max((number for number, said in enumerate(given) if said.role == "assistant"), default=-1)


def _overlap(tip: Node, given: Sequence[Said]) -> int:
    """How many pieces at the beginning of ``given`` are the last of the line to ``tip``."""
    line: list[str] = []
    node: Node | None = tip
    while node is not None and node.parent is not None and len(line) < len(given):
        line.append(node.said.key)
        node = node.parent
    line.reverse()
    keys = [said.key for said in given]
    return next((count for count in range(len(line), 0, -1) if line[-count:] == keys[:count]), 0)


def _answered_call(calls: Sequence[Node], said: Said) -> Node | None:
    """The open call that a result answers: by its id, else by the tool's name, else the first where ids are unknown."""
    if said.call_id and (found := next((one for one in calls if one.said.call_id == said.call_id), None)) is not None:
        return found
    if said.call_id and any(one.said.call_id for one in calls):
        return None
    if said.name:
        return next((one for one in calls if one.said.name == said.name), None)
    return calls[0] if calls else None
