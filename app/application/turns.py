"""What a turn brings beside what is said: Branchline's own list, and the text that a template makes of the state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.application.continue_request import ContinueRequest, OwnList, PromptAddition
from app.domain.fold.fold import advance
from app.domain.prompt_facts import prompt_facts
from app.domain.recommender import OFF, own_strategy, recommended, strategy_json
from app.domain.templates import rendered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.ports import EventStore
    from app.application.time_machine import TimeMachine
    from app.domain.branches import Branch
    from app.domain.fold.bounded import Bounded
    from app.domain.templates import PromptTemplate
    from app.domain.transcript import Entry

_PAGE = 64


@dataclass(frozen=True, slots=True)
class _Coming:
    """An event of the turn that is not written yet, as far as folds look at it."""

    position: int
    type: str
    data: Mapping[str, Any] = field(repr=False)
    id: str = ""
    time: int | None = None
    causation_id: str | None = None


class Turns:
    """Reads the branch; writes nothing. What it finds is recorded with the request, in one commit."""

    def __init__(self, store: EventStore, time_machine: TimeMachine) -> None:
        self._store, self._time_machine = store, time_machine

    def completed(self, request: ContinueRequest, branch: Branch) -> ContinueRequest:
        """The request with its list and its addition, from the state as it is once the customer has spoken.

        Raises BadInput for a strategy that there is not, BadTemplate.
        """
        state = self._time_machine.bounded(branch.id, branch.head).copy()
        before = own_strategy(state.recommendation.strategy)
        wanted = request.recommend if request.recommend is not None else before
        changed = None
        if request.recommend is not None and request.recommend != (before or OFF):
            changed = strategy_json(request.recommend)
        self._speak(state, request, changed)
        own = self._own_list(state, request, branch, wanted, changed)
        if own is not None and own.shown is not None:
            _add(state, "recommendation.items-shown", own.shown)
        addition = request.addition
        if addition is None and request.template is not None:
            addition = self._addition(state, request, branch)
        return replace(request, own_list=own, addition=addition)

    def rendered(
        self, template: PromptTemplate, branch: str, at: int, say: str | None, recommend: str | None = None
    ) -> str:
        """What a template gives at a position once the customer has said ``say`` and a list was shown.

        ``recommend`` as in ``ContinueRequest``. Raises BadTemplate, BadInput, OutOfRange.
        """
        request = ContinueRequest(branch=branch, say=say, recommend=recommend, template=template)
        addition = self.completed(request, replace(self._store.branch(branch), head=at)).addition
        return addition.text if addition is not None else ""

    def _speak(self, state: Bounded, request: ContinueRequest, changed: Mapping[str, Any] | None) -> None:
        if request.instructions is not None:
            _add(state, "conversation.instructions-changed", {"text": request.instructions})
        if changed is not None:
            _add(state, "recommendation.strategy-changed", changed)
        if request.say is not None:
            said = {"message_id": "coming", "role": "user", "text": request.say}
            _add(state, "conversation.message-posted", said)

    def _own_list(
        self,
        state: Bounded,
        request: ContinueRequest,
        branch: Branch,
        strategy: str | None,
        changed: Mapping[str, Any] | None,
    ) -> OwnList | None:
        if strategy is None or (strategy == OFF and changed is None):
            return None
        asked = self._last_said(branch) if request.say is None else None
        is_answered = (
            request.say is None
            and changed is None
            and asked is not None
            and state.recommendation.shown_at > asked.position
        )
        items = (
            ()
            if request.retry_of is not None or is_answered
            else recommended(state.recommendation, state.position, strategy)
        )
        shown = {"items": [dict(one) for one in items], "strategy": strategy_json(strategy)} if items else None
        if changed is None and shown is None:
            return None
        cause = self._store.events_at(branch.id, [asked.position])[0].id if asked is not None else None
        return OwnList(strategy_changed=changed, shown=shown, cause=cause)

    def _addition(self, state: Bounded, request: ContinueRequest, branch: Branch) -> PromptAddition | None:
        template = request.template
        if template is None:
            return None
        message = request.say
        if message is None and (said := self._last_said(branch)) is not None:
            message = said.text
        customer = self._store.header(branch.session).subject
        text = rendered(template.text, prompt_facts(state, message=message, customer=customer))
        return PromptAddition(text=text.strip("\n"), notes={"template": template.to_json()})

    def _last_said(self, branch: Branch) -> Entry | None:
        """The customer's last message on the branch."""
        last = self._time_machine.bounded(branch.id, branch.head).conversation.entries
        while last > 0:
            first = max(1, last - _PAGE + 1)
            for entry in reversed(self._time_machine.entries(branch.id, first, last - first + 1, branch.head)):
                if entry.kind == "message" and entry.role == "user":
                    return entry
            last = first - 1
        return None


def _add(state: Bounded, event_type: str, data: Mapping[str, Any]) -> None:
    advance(state, _Coming(state.position + 1, event_type, data))
