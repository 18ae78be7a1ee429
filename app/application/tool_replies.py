"""Results for a model's tool calls: reused from the session, typed, or a stub. Nothing is ever executed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.application.tool_answers import ToolQuestion
from app.domain.tool_calls import call_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.ports import EventStore, ToolCallArrived
    from app.application.time_machine import TimeMachine
    from app.application.tool_answers import ToolAnswers
    from app.domain.branches import Branch
    from app.domain.transcript import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A result; ``source`` is what the record says about where it came from."""

    result: Any
    error: bool
    source: Mapping[str, Any]


class ToolReplies:
    """Answers the calls of one run on one branch."""

    def __init__(self, store: EventStore, time_machine: TimeMachine, branch: Branch, answers: ToolAnswers) -> None:
        self._store, self._time_machine, self._branch, self._answers = store, time_machine, branch, answers

    async def reply(self, call: ToolCallArrived) -> Reply:
        policy = self._answers.policy
        if policy == "recorded":
            found = await asyncio.to_thread(self._recorded, call_key(call.name, dict(call.arguments)))
            if found is not None:
                return found
            policy = self._answers.otherwise
        if policy == "ask" and self._answers.ask is not None:
            question = ToolQuestion(call_id=call.call_id, name=call.name, arguments=call.arguments)
            typed = await self._answers.ask(question)
            return Reply(result=typed.result, error=typed.error, source={"source": "typed"})
        return Reply(result=self._answers.stub, error=False, source={"source": "stub"})

    def _recorded(self, key: str) -> Reply | None:
        """What the session has for this call.

        First what followed on the parent, in its order, so that a call made twice gets the two results it got then;
        then what this branch has itself or from before the fork, newest first; then any other branch.
        """
        branch = self._branch
        known = self._matching(branch.id, key)
        own = [one for one in known if one.position > branch.fork_position]
        if branch.parent is not None:
            after = [one for one in self._matching(branch.parent, key) if one.position > branch.fork_position]
            if len(own) < len(after):
                return _reply(after[len(own)], branch.parent)
        return _reply(known[-1], branch.id) if known else self._elsewhere(key)

    def _elsewhere(self, key: str) -> Reply | None:
        for other in self._store.branches(self._branch.session):
            if other.kind == "branch" and other.id not in (self._branch.id, self._branch.parent):
                found = self._matching(other.id, key)
                if found:
                    return _reply(found[-1], other.id)
        return None

    def _matching(self, branch: str, key: str) -> list[Entry]:
        """Calls that returned, in order."""
        head = self._store.branch(branch).head
        count = self._time_machine.bounded(branch, head).conversation.entries
        entries = self._time_machine.entries(branch, 1, count, head)
        return [
            one for one in entries if one.kind == "call" and one.returned and call_key(one.name, one.arguments) == key
        ]


def _reply(entry: Entry, branch: str) -> Reply:
    place = {"branch": branch, "position": entry.position, "call_id": entry.key}
    return Reply(result=entry.result, error=entry.error, source={"source": "recorded", "recorded": place})
