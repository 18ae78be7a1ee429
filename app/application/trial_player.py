"""One trial on its branch: repeats what was recorded, makes the requests, and remembers what is there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.application.branching import LOCAL_SOURCE
from app.application.continue_request import ContinueRequest
from app.application.tool_answers import ToolAnswers
from app.domain.events import NewEvent
from app.domain.lab.trials import ENDED, STARTED, TURN, started_data
from app.domain.reapplying import RERUN_OF, Reapplying, place_of

if TYPE_CHECKING:
    from app.application.continue_request import ContinueResult
    from app.application.ports import Clock, EventStore, Ids
    from app.application.trials import Trials
    from app.domain.branches import Branch
    from app.domain.lab.script import Turn
    from app.domain.lab.trials import Trial, TrialAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnResult:
    """One turn that was played.

    Attributes:
        position: of the new answer's message on the trial's branch; ``event`` is its id.
        recorded: the recorded answer; None where the customer got none.
        recorded_position: of the (first) recorded answer; None likewise.
        result: how the model answered; None when it had answered in an earlier go.
    """

    turn: int
    position: int
    event: str
    rerun: str
    recorded: str | None
    recorded_position: int | None
    result: ContinueResult | None

    @property
    def is_changed(self) -> bool:
        """Whether other words were said than in the recording; white space does not count."""
        return self.recorded is None or self.recorded.split() != self.rerun.split()

    def to_json(self) -> dict[str, Any]:
        return {
            "turn": self.turn,
            "position": self.position,
            "recorded": self.recorded,
            "recorded_position": self.recorded_position,
            "rerun": self.rerun,
            "changed": self.is_changed,
        }


class TrialPlayer:
    """Reads and appends on the trial's branch; used by one task at a time.

    The branch is made, or found, with the player: what the trial was to be is its first event, its instructions the
    second. ``model`` is the digest of the model and the version of its server.
    """

    def __init__(
        self, store: EventStore, trials: Trials, clock: Clock, ids: Ids, trial: Trial, model: tuple[str, str]
    ) -> None:
        self._store, self._trials, self._clock, self._ids = store, trials, clock, ids
        self._trial = trial
        self._subject = store.header(trial.session).subject
        self._left_out: set[str] = set()
        self._branch = self._begun(*model)
        self._record = trials.open(self.branch)

    @property
    def branch(self) -> Branch:
        """As it stands."""
        return self._store.branch(self._branch)

    def _begun(self, digest: str, server_version: str) -> str:
        branch = self._trials.branch_for(self._trial)
        if not branch.own_events:
            if (template := self._trial.recipe.template) is not None:
                self._store.put_blob(template.text.encode(), "text/plain")
            started = started_data(self._trial, digest=digest, server_version=server_version)
            events = [self._event(STARTED, "analyst", started)]
            if (told := self._trial.recipe.instructions) is not None:
                named = told.ref.to_json() if told.ref else {}
                events.append(self._event("conversation.instructions-changed", "analyst", {"text": told.text, **named}))
            self._store.append(branch.id, events, expected=branch.head)
        return branch.id

    def _read(self) -> None:
        self._record = self._trials.open(self.branch)

    def repeat(self, turn: Turn) -> None:
        """Apply the turn's recorded events that are not there yet, in one commit."""
        self._left_out |= {one.id for one in (*turn.left_out, *turn.answers)}
        missing = [one for one in turn.repeated if one.id not in self._record.repeated]
        if not missing:
            return
        again = Reapplying(self._ids.new, LOCAL_SOURCE, self._record.repeated)
        events = again.repeat(missing, time=self._clock.now(), left_out=self._left_out)
        self._store.append(self.branch.id, events, expected=self.branch.head)
        self._read()

    def request(self, turn: Turn | None, number: int) -> ContinueRequest:
        """What to ask for a turn; ``turn`` is None where the customer says something new."""
        trial, recipe = self._trial, self._trial.recipe
        options = recipe.all_options
        if trial.recorded_seeds and turn is not None and turn.seed is not None:
            options["seed"] = turn.seed
        notes: dict[str, Any] = {TURN: number}
        if recipe.instructions is not None:
            notes["instructions"] = recipe.instructions.to_json()
        stands_for = {RERUN_OF: place_of(turn.answers[0])} if turn is not None and turn.answers else {}
        return ContinueRequest(
            branch=self.branch.id,
            say=trial.say if number not in self._record.said else None,
            model=recipe.model,
            options=options,
            format=recipe.format,
            think=recipe.think,
            keep_alive=recipe.keep_alive,
            template=recipe.template,
            recommend=recipe.recommend,
            tools=recipe.tools.definitions if recipe.tools else (),
            tool_answers=ToolAnswers(policy=recipe.tools.policy if recipe.tools else "recorded"),
            allow_remote=recipe.allow_remote,
            retry_of=self._record.requests.get(number),
            request_notes=notes,
            answer_notes={TURN: number, **stands_for},
            say_notes={TURN: number},
        )

    def answered(self, turn: Turn | None, number: int) -> TurnResult | None:
        """The answer that a turn got in an earlier go; None where it got none."""
        found = next((one for one in self._record.answers if one.turn == number), None)
        return None if found is None else self._told(turn, found, None)

    def answer(self, turn: Turn | None, number: int, result: ContinueResult) -> TurnResult:
        """The answer that was recorded just now."""
        self._read()
        (found,) = (one for one in self._record.answers if one.turn == number)
        return self._told(turn, found, result)

    def _told(self, turn: Turn | None, found: TrialAnswer, result: ContinueResult | None) -> TurnResult:
        return TurnResult(
            turn=found.turn,
            position=found.position,
            event=found.event,
            rerun=found.text,
            recorded=turn.recorded_text if turn is not None else None,
            recorded_position=turn.answers[0].position if turn is not None and turn.answers else None,
            result=result,
        )

    def end(self, outcome: str, data: dict[str, Any]) -> None:
        """Say how the trial ended, once."""
        self._read()
        if self._record.outcome == outcome == "completed":
            return
        told = {"outcome": outcome, "answers": len(self._record.answers), **data}
        self._store.append(self.branch.id, [self._event(ENDED, "system", told)], expected=None)

    def _event(self, event_type: str, actor: str, data: dict[str, Any]) -> NewEvent:
        return NewEvent(
            id=self._ids.new(), source=LOCAL_SOURCE, type=event_type, data=data, actor=actor, subject=self._subject,
            time=self._clock.now(),
        )  # fmt: skip
