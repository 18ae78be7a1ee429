"""The trials of a session: which branches are one, and what their events tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.errors import BadInput, NotFound
from app.domain.events import SIDE_STREAMS
from app.domain.lab.trials import STARTED, instructions_in, trial_from, trial_record
from app.domain.templates import PromptTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.branching import Branching
    from app.application.ports import EventStore
    from app.domain.branches import Branch
    from app.domain.lab.trials import Trial, TrialRecord


@dataclass(frozen=True, slots=True)
class TrialBranch:
    """A branch of a trial, and the payload of its ``lab.trial-started``."""

    branch: Branch
    started: Mapping[str, Any]


class Trials:
    """Reads trials from events alone, so that an interrupted plan is found as it stands. Any thread may call."""

    def __init__(self, store: EventStore, branching: Branching) -> None:
        self._store, self._branching = store, branching
        self._started: dict[str, Mapping[str, Any] | None] = {}
        self._records: dict[str, tuple[int, TrialRecord | None]] = {}

    def of_session(self, session: str) -> tuple[TrialBranch, ...]:
        """Every trial of the session, in the order in which their branches were made."""
        return tuple(
            TrialBranch(branch, started)
            for branch in self._store.branches(session)
            if (started := self.started(branch)) is not None
        )

    def started(self, branch: Branch) -> Mapping[str, Any] | None:
        """The payload of the branch's ``lab.trial-started``; None for a branch that is no trial."""
        if branch.id in self._started:
            return self._started[branch.id]
        if branch.parent is None or branch.kind in SIDE_STREAMS or not branch.own_events:
            return None  # a branch without events of its own may still become one
        (first,) = self._store.events_at(branch.id, [branch.fork_position + 1])
        self._started[branch.id] = first.data if first.type == STARTED else None
        return self._started[branch.id]

    def record(self, branch: Branch) -> TrialRecord | None:
        """What the branch's own events tell of its trial; None for a branch that is no trial."""
        if self.started(branch) is None:
            return None
        known = self._records.get(branch.id)
        if known is None or known[0] != branch.head:
            found = trial_record(self._store.iterate(branch.id, branch.fork_position + 1, branch.head))
            known = self._records[branch.id] = branch.head, found
        return known[1]

    def open(self, branch: Branch) -> TrialRecord:
        """The record of a branch that is a trial. Raises BadInput for one that is none."""
        found = self.record(branch)
        if found is None:
            raise BadInput(f"nothing was tried on the branch {branch.name}")
        return found

    def trial_of(self, branch: Branch) -> Trial | None:
        """The wish that a branch's events tell of; None for a branch that is no trial.

        Raises BadInput for a record that another program wrote and this one cannot read.
        """
        started = self.started(branch)
        if started is None:
            return None
        told = None
        for event in self._store.read(branch.id, branch.fork_position + 2, branch.fork_position + 2):
            if event.type == "conversation.instructions-changed":
                told = instructions_in(event.data)
        try:
            return trial_from(branch.session, branch.name, started, told, self.template_in(started.get("recipe")))
        except (KeyError, TypeError, AttributeError) as error:
            raise BadInput(f"what was tried on {branch.name} cannot be read: {error!r}") from None

    def template_in(self, told: object) -> PromptTemplate | None:
        """The template that a record names as ``template``; None where it names none, or its text was not kept."""
        named = told.get("template") if isinstance(told, dict) else None
        if not isinstance(named, dict):
            return None
        try:
            content, _ = self._store.blob(str(named.get("text_hash")))
        except NotFound:
            return None
        return PromptTemplate(text=content.decode(), name=str(named.get("name") or ""), version=named.get("version"))

    def find(self, trial: Trial) -> Branch | None:
        """The branch on which this very trial was begun; None where it was not."""
        key = trial.key
        for one in self.of_session(trial.session):
            if one.started.get("key") == key:
                return one.branch
        return None

    def branch_for(self, trial: Trial) -> Branch:
        """The branch of a trial, made where there is none; its name gets a number when another has it already.

        A branch that was made and then nothing came of it, because the program ended between the two, is taken.
        Raises OutOfRange, BadInput.
        """
        if (found := self.find(trial)) is not None:
            return found
        wanted = trial.name or trial.recipe.label
        for number in range(1, 1_000):
            name = wanted if number == 1 else f"{wanted} ({number})"
            holder = self._named(trial.session, name)
            if holder is None and self._branching.is_free(trial.session, name):
                return self._branching.branch(trial.origin, trial.at, name)
            if holder is not None and _is_left_empty(holder, trial):
                return holder
        raise BadInput(f"the session has a thousand branches named {wanted}")

    def _named(self, session: str, name: str) -> Branch | None:
        return next((one for one in self._store.branches(session) if one.name == name), None)


def _is_left_empty(branch: Branch, trial: Trial) -> bool:
    return not branch.own_events and (branch.parent, branch.fork_position) == (trial.origin, trial.at)
