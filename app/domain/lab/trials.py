"""A trial: one branch on which a model is asked again; and what the events of such a branch tell about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from app.domain.hashing import short_hash
from app.domain.instructions import InstructionsRef, text_hash
from app.domain.lab.carrying import KINDS
from app.domain.lab.recipe import Instructions, Recipe, Tools
from app.domain.reapplying import REAPPLIES, reapplied_position

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.domain.events import Event
    from app.domain.lab.carrying import Kind
    from app.domain.templates import PromptTemplate

STARTED: Final = "lab.trial-started"
ENDED: Final = "lab.trial-ended"
TURN: Final = "trial_turn"
"""Member of the data of requests and answers of a trial: the turn that they belong to, 1, 2, 3 …"""

Purpose = Literal["rerun", "variant", "repetition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A wish to ask again from a position of a branch, on a new branch.

    Attributes:
        origin: id of the branch whose remaining turns are played; ``origin_hash`` is its hash at ``at``.
        say: what the customer says instead of the recorded turns: one turn, and nothing is repeated.
        turns: how many of the remaining turns; None for all.
        kinds: what is repeated between messages, see ``carrying``.
        recorded_seeds: every turn asks with the seed of the recorded answer, where that had one.
        repetition: number among repetitions that are to be the same but for chance; None when this is none.
    """

    session: str
    origin: str
    origin_hash: str
    at: int
    recipe: Recipe
    purpose: Purpose = "rerun"
    name: str = ""
    say: str | None = None
    turns: int | None = None
    kinds: tuple[Kind, ...] = KINDS
    recorded_seeds: bool = False
    repetition: int | None = None

    @property
    def key(self) -> str:
        """The same wish has the same key: so a plan that is run again finds what it did before."""
        return short_hash({**self._wish(), "purpose": self.purpose, "repetition": self.repetition})

    @property
    def group(self) -> str:
        """What trials that differ by chance alone have in common: everything but the seed and the number."""
        wish = self._wish()
        recipe = {**wish["recipe"], "options": _without_seed(wish["recipe"]["options"])}
        return short_hash({**wish, "recipe": recipe})

    def _wish(self) -> dict[str, Any]:
        return {
            "session": self.session,
            "at": self.at,
            "hash": self.origin_hash,
            "recipe": self.recipe.to_json(),
            "say": self.say,
            "turns": self.turns,
            "kinds": sorted(self.kinds),
            "recorded_seeds": self.recorded_seeds,
        }


def _without_seed(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name != "seed"}


def started_data(trial: Trial, *, digest: str, server_version: str) -> dict[str, Any]:
    """The payload of ``lab.trial-started``: all that is needed to know what this branch was to be."""
    return {
        "key": trial.key,
        "group": short_hash([trial.group, digest]),
        "purpose": trial.purpose,
        "repetition": trial.repetition,
        "origin": {"branch": trial.origin, "position": trial.at, "hash": trial.origin_hash},
        "recipe": {**trial.recipe.to_json(), "digest": digest, "server_version": server_version},
        "say": trial.say,
        "turns": trial.turns,
        "kinds": list(trial.kinds),
        "recorded_seeds": trial.recorded_seeds,
    }


def instructions_in(data: Mapping[str, Any]) -> Instructions | None:
    """Instructions from the payload of ``conversation.instructions-changed``, with their version where it is told."""
    text, name, version = data.get("text"), data.get("name"), data.get("version")
    if not isinstance(text, str):
        return None
    ref = None
    if isinstance(name, str) and isinstance(version, int):
        ref = InstructionsRef(name=name, version=version, hash=text_hash(text))
    return Instructions(text=text, ref=ref)


def trial_from(
    session: str,
    name: str,
    started: Mapping[str, Any],
    told: Instructions | None,
    template: PromptTemplate | None = None,
) -> Trial:
    """The wish that a payload of ``lab.trial-started`` tells of, with its instructions and template, if it has any."""
    recipe, origin = started["recipe"], started["origin"]
    options, tools = dict(recipe["options"]), recipe.get("tools")
    return Trial(
        session=session,
        origin=origin["branch"],
        origin_hash=origin["hash"],
        at=origin["position"],
        recipe=Recipe(
            model=recipe["model"],
            instructions=told if recipe["instructions"] else None,
            temperature=options.pop("temperature", None),
            seed=options.pop("seed", None),
            options=options,
            format=recipe.get("format"),
            think=recipe.get("think"),
            template=template,
            recommend=recipe.get("recommend"),
            tools=Tools(policy=tools["policy"], definitions=tuple(tools["definitions"])) if tools else None,
        ),
        purpose=started["purpose"],
        name=name,
        say=started["say"],
        turns=started["turns"],
        kinds=tuple(started["kinds"]),
        recorded_seeds=started["recorded_seeds"],
        repetition=started["repetition"],
    )


@dataclass(frozen=True, slots=True)
class TrialAnswer:
    """An answer of a trial: its turn, position and event id of its message, and the text."""

    turn: int
    position: int
    event: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRecord:
    """What a branch's own events tell of its trial.

    Attributes:
        started: the payload of ``lab.trial-started``.
        answers: one a turn, by turn.
        repeated: id of a recorded event -> id of its repetition.
        said: turns whose message of the customer was made up for the trial and is there.
        requests: turn -> id of the last request's event.
        outcome: ``completed``, ``failed`` or, while neither was recorded last, None.
        reason: why it failed; "" otherwise.
    """

    started: Mapping[str, Any]
    answers: tuple[TrialAnswer, ...]
    repeated: Mapping[str, str]
    said: frozenset[int]
    requests: Mapping[int, str]
    outcome: str | None
    reason: str = ""


def trial_record(own: Iterable[Event]) -> TrialRecord | None:
    """The trial that a branch's own events (those after its fork) are of; None when they are of none."""
    reader = _RecordReader()
    for event in own:
        reader.read(event)
    return reader.record()


class _RecordReader:
    def __init__(self) -> None:
        self._started: Mapping[str, Any] | None = None
        self._answers: dict[int, TrialAnswer] = {}
        self._repeated: dict[str, str] = {}
        self._said: set[int] = set()
        self._requests: dict[int, str] = {}
        self._outcome: str | None = None
        self._reason = ""

    def read(self, event: Event) -> None:
        turn = event.data.get(TURN)
        if event.type == STARTED and self._started is None:
            self._started = event.data
        elif event.type == ENDED:
            self._outcome = str(event.data.get("outcome"))
            self._reason = str(event.data.get("reason") or "")
        elif reapplied_position(event.data) is not None:
            self._repeated[str(event.data[REAPPLIES].get("event"))] = event.id
        elif isinstance(turn, int):  # what a person did on the branch later belongs to no turn of the trial
            self._read_turn(event, turn)

    def _read_turn(self, event: Event, turn: int) -> None:
        if event.type == "generation.requested":
            self._requests[turn] = event.id
            self._outcome, self._reason = None, ""  # it goes on after what had failed
        elif event.type == "conversation.message-posted":
            if "generated_by" in event.data:
                self._answers[turn] = TrialAnswer(turn, event.position, event.id, str(event.data.get("text", "")))
            else:
                self._said.add(turn)

    def record(self) -> TrialRecord | None:
        if self._started is None:
            return None
        return TrialRecord(
            started=self._started,
            answers=tuple(self._answers[turn] for turn in sorted(self._answers)),
            repeated=self._repeated,
            said=frozenset(self._said),
            requests=self._requests,
            outcome=self._outcome,
            reason=self._reason,
        )
