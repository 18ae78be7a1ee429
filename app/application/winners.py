"""What is taken out of the branch that turned out best: its settings and conversation, and preferred answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.application.ports import no_progress
from app.domain.branch_labels import PLAIN
from app.domain.compare.runs import run_of
from app.domain.compare.turns import ANSWERING, CUSTOMER
from app.domain.errors import BadInput
from app.domain.events import SIDE_STREAMS
from app.domain.prompt import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.application.branch_labels import BranchLabels
    from app.application.ports import EventStore, Progress
    from app.application.time_machine import TimeMachine
    from app.domain.branches import Branch
    from app.domain.transcript import Entry

REQUESTED: Final = "generation.requested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Winner:
    """A branch up to a position, as something to be set up again elsewhere.

    Attributes:
        model: of the last request on the branch, or the one that was named; None where there is neither.
        digest, server_version: of that request's model and server; None when not known, or another model was named.
        options: as sent with it.
        instructions: the branch's system prompt.
        entries: messages and tool calls, in order, without what was taken back.
    """

    session: str
    title: str
    branch: str
    position: int
    model: str | None
    digest: str | None = None
    server_version: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    instructions: str | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Two answers to the same words: the winner's, and another branch's.

    Attributes:
        instructions: the winner's system prompt then; ``same_instructions`` tells whether the other had it too.
        context: what both had been said before, the last question included.
        chosen, rejected: messages and tool calls up to the customer's next message.
        positions: of the first of ``chosen`` and the first of ``rejected``, each on its branch.
    """

    instructions: str | None
    same_instructions: bool
    context: tuple[Entry, ...]
    chosen: tuple[Entry, ...]
    rejected: tuple[Entry, ...]
    chosen_branch: str
    rejected_branch: str
    positions: tuple[int, int]


class Winners:
    """Reads branches for those exports; any thread may call."""

    def __init__(self, store: EventStore, time_machine: TimeMachine, labels: BranchLabels) -> None:
        self._store, self._time_machine, self._labels = store, time_machine, labels

    def winner(self, branch: str, at: int, model: str | None = None) -> Winner:
        """A branch (id) at a position; ``model`` is taken instead of the one that answered last. Raises OutOfRange."""
        line, now = self._named(branch), self._time_machine.bounded(branch, at)
        header = self._store.header(line.session)
        known: dict[str, Any] = {"model": model}
        if (asked := self._last_request(branch, at)) is not None:
            (request,) = self._store.events_at(branch, [asked])
            setting = run_of([request], None).setting
            sent = request.data.get("request")
            options = sent.get("options") if isinstance(sent, dict) else None
            known["options"] = options if isinstance(options, dict) else {}
            if model in (None, setting.model):
                known |= {
                    "model": setting.model,
                    "digest": setting.digest,
                    "server_version": setting.server_version,
                }
        return Winner(
            session=line.session,
            title=header.title,
            branch=line.name,
            position=at,
            instructions=now.conversation.instructions,
            entries=self._spoken(branch, at),
            **known,
        )

    def preferences(
        self, branch: str, at: int, against: Sequence[str], progress: Progress = no_progress
    ) -> tuple[Preference, ...]:
        """Where the branch first answers otherwise than each of ``against`` (ids) did to the very same conversation.

        Beyond that first answer the two conversations are different ones, so no further pair would be fair: there is
        at most one for each other branch, and none where the customer was the first to say something else. Equal
        answers that were rejected count once. Raises OutOfRange, Cancelled.
        """
        mine = self._spoken(branch, at)
        found: dict[tuple[Any, ...], Preference] = {}
        for done, other in enumerate(dict.fromkeys(against)):
            progress(done, len(against), "comparing")
            if other == branch:
                continue
            head = self._store.branch(other).head
            pair = self._preference((branch, mine), (other, self._spoken(other, head)))
            if pair is not None:
                found.setdefault((len(pair.context), *map(_said, pair.rejected)), pair)
        return tuple(found.values())

    def others(self, branch: str) -> tuple[str, ...]:
        """Ids of the session's branches beside this one; archived ones are left out."""
        session = self._store.branch(branch).session
        labels = self._labels.labels(session)
        return tuple(
            one.id
            for one in self._store.branches(session)
            if one.kind not in SIDE_STREAMS and one.id != branch and not labels.get(one.id, PLAIN).archived
        )

    def _named(self, branch: str) -> Branch:
        return self._labels.named(self._store.branch(branch))

    def _spoken(self, branch: str, at: int) -> tuple[Entry, ...]:
        count = self._time_machine.bounded(branch, at).conversation.entries
        entries = self._time_machine.entries(branch, 1, count, at)
        return tuple(one for one in entries if one.kind in ("message", "call") and not one.retracted)

    def _last_request(self, branch: str, at: int) -> int | None:
        columns = self._time_machine.columns(branch)
        if REQUESTED not in columns.type_names:
            return None
        wanted = columns.type_names.index(REQUESTED)
        return next((position for position in range(at, 0, -1) if columns.types[position - 1] == wanted), None)

    def _preference(
        self, chosen: tuple[str, tuple[Entry, ...]], rejected: tuple[str, tuple[Entry, ...]]
    ) -> Preference | None:
        (mine, said), (theirs, other) = chosen, rejected
        same = 0
        while same < min(len(said), len(other)) and _said(said[same]) == _said(other[same]):
            same += 1
        answers = tuple(_until_asked(said[same:])), tuple(_until_asked(other[same:]))
        if not all(any(entry.role in ANSWERING for entry in answer) for answer in answers):
            return None
        instructions = [
            self._time_machine.bounded(branch, answer[0].position - 1).conversation.instructions
            for branch, answer in zip((mine, theirs), answers, strict=True)
        ]
        return Preference(
            instructions=instructions[0],
            same_instructions=instructions[0] == instructions[1],
            context=said[:same],
            chosen=answers[0],
            rejected=answers[1],
            chosen_branch=self._named(mine).name,
            rejected_branch=self._named(theirs).name,
            positions=(answers[0][0].position, answers[1][0].position),
        )


def require_model(winner: Winner) -> str:
    """The winner's model. Raises BadInput where no model is known."""
    if winner.model is None:
        raise BadInput(f"no model answered on {winner.branch}; name the one to build on with --model")
    return winner.model


def _said(entry: Entry) -> tuple[Any, ...]:
    """Equal for entries that a model would read alike."""
    if entry.kind == "message":
        return ROLES.get(entry.role, entry.role), entry.text
    told = (entry.arguments, entry.result, entry.returned)
    return "call", entry.name, json.dumps(told, sort_keys=True, default=str)


def _until_asked(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        if entry.role in (CUSTOMER, "system"):
            return
        yield entry
