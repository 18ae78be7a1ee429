"""tau-bench trajectories: an agent with tools serves a simulated customer, and a benchmark judges the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from app.adapters.files import drafting
from app.adapters.files.chat_messages import ChatMessages
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_SHAPE: Final = frozenset({"task_id", "traj[].role", "traj[].content"})
_STOP: Final = "###STOP###"
_TRANSFER: Final = "transfer_to_human_agents"


class Task(msgspec.Struct, frozen=True):
    """What the simulated customer was told, and the writes that would have been right."""

    user_id: str | None = None
    instruction: str | None = None
    actions: list[Any] = []
    outputs: list[Any] = []


class Info(msgspec.Struct, frozen=True):
    """What the benchmark knows beside the conversation."""

    task: Task | None = None


class Trajectory(msgspec.Struct, frozen=True):
    """One run of one task."""

    task_id: int | str
    traj: list[dict[str, Any]]
    reward: float | None = None
    trial: int | str = 0
    info: Info | None = None


_decoder: Final = msgspec.json.Decoder(Trajectory)


class TauBenchFormat:
    """Trajectories as an array.

    Files of other domains and models number their tasks alike, so the content is part of a session's id.
    """

    name = "tau-bench"
    title = "tau-bench trajectories"

    def recognises(self, head: bytes) -> bool:
        return key_paths(head) >= _SHAPE

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        for draft in drafting.drafts(path, notes, lambda raw: self._session(raw, notes)):
            notes.missed("tau-bench: how the reward was computed, and what the simulation cost")
            notes.missed("tau-bench: times (the source has none)")
            yield draft

    def _session(self, raw: bytes, notes: ImportNotes) -> SessionDraft:
        run = _decoder.decode(raw)
        if not run.traj:
            raise BadInput(f"task {run.task_id} has no messages")
        task = run.info.task if run.info is not None and run.info.task is not None else Task()
        external_id = f"task-{run.task_id}-trial-{run.trial}-{drafting.fingerprint(run.traj, 8)}"
        writer = drafting.SessionWriter(drafting.source_of(self.name), external_id, subject=task.user_id)
        writer.add("session.started", "system", _started(run, task), part="t0")
        ChatMessages(writer).write(run.traj)
        _end(writer, run)
        notes.saw("runs")
        notes.saw("messages", len(run.traj))
        told = f": {drafting.shortened(_opening(run.traj))}" if _opening(run.traj) else ""
        return writer.draft(f"Task {run.task_id}{told}")


def _started(run: Trajectory, task: Task) -> Mapping[str, Any]:
    return {
        "task_id": run.task_id,
        "trial": run.trial,
        "task": task.instruction,
        "right_actions": task.actions,
        "right_outputs": task.outputs,
        "turn": 0,
    }


def _end(writer: drafting.SessionWriter, run: Trajectory) -> None:
    turn = len(run.traj) - 1
    last, part = run.traj[turn], f"t{turn}"
    if last.get("role") == "tool" and last.get("name") == _TRANSFER:
        writer.add("session.handed-over", "agent", {"to": "human agents", "turn": turn}, part=part)
    elif last.get("role") == "user" and _STOP in str(last.get("content")):
        writer.add(
            "session.closed", "user", {"reason": "the customer had nothing more to ask", "turn": turn}, part=part
        )
    if run.reward is not None:
        data = {"rating": run.reward, "text": "Reward of the benchmark: 1 solved, 0 not solved", "turn": turn}
        writer.add("conversation.feedback-given", "system", data, part=part)


def _opening(messages: list[dict[str, Any]]) -> str:
    said = (message.get("content") for message in messages if message.get("role") == "user")
    return next((text for text in said if isinstance(text, str)), "")
