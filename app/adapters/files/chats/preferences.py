"""Preference sets: one prompt with a preferred and a rejected answer, or an answer with a label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.chats.entries import chat_drafts
from app.adapters.files.chats.row_session import Row, session_of
from app.adapters.files.chats.sharegpt import answer
from app.adapters.files.chats.values import items, mapping, text
from app.adapters.files.json_shape import key_paths
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.application.ports import ImportNotes, SessionDraft

_PAIRS: Final = (("chosen", "rejected"), ("preferred_output", "non_preferred_output"))

_QUESTIONS: Final = ("prompt", "question", "instruction", "input")
"""Where a set without messages has what was asked; what was to be done comes before what with."""


class PreferencePairsFormat:
    """The preferred answer is main, the rejected one a branch where they differ; both carry how they were judged."""

    name = "preference-pairs"
    title = "Preference pairs"

    def recognises(self, head: bytes) -> bool:
        paths = key_paths(head)
        return any({good, bad} <= paths for good, bad in _PAIRS) or {"prompt", "completion", "label"} <= paths

    def read(self, path: Path, notes: ImportNotes) -> Iterator[SessionDraft]:
        return chat_drafts(path, notes, self._session)

    def _session(self, record: Any, notes: ImportNotes) -> SessionDraft:
        row = mapping(record)
        pair = next((pair for pair in _PAIRS if pair[0] in row and pair[1] in row), None)
        if pair is not None:
            built = _pair(row, *pair)
        elif "completion" in row and isinstance(row.get("label"), bool):
            messages = [*_prompt(row), *answer(row["completion"])]
            built = Row(messages=messages, label=row["label"], taken={"prompt", "completion"})
        else:
            raise BadInput("there is no pair of a preferred and a rejected answer")
        told: Mapping[str, Any] = row
        if isinstance(row.get("input"), dict):
            told = {**row, **{key: value for key, value in row["input"].items() if key != "messages"}}
        return session_of(self.name, told, built, notes)


def _pair(row: Mapping[str, Any], good: str, bad: str) -> Row:
    prompt, chosen, rejected = _prompt(row), answer(row[good]), answer(row[bad])
    if prompt and chosen and rejected and chosen[0] == rejected[0] and _said(chosen[0]) == _said(prompt[-1]):
        prompt = prompt[:-1]  # the answers repeat it
    system = text(row.get("system"))
    return Row(
        messages=[*prompt, *chosen],
        rejected=[*prompt, *rejected],
        system=system,
        taken={good, bad, "messages", *_QUESTIONS, *(("system",) if system else ())},
    )


def _prompt(row: Mapping[str, Any]) -> list[Any]:
    asked = [row[key] for key in _QUESTIONS if isinstance(row.get(key), str) and row[key]]
    if asked:
        return [{"role": "user", "content": "\n\n".join(asked)}]
    listed = items(row.get("prompt")) or items(row.get("messages")) or items(mapping(row.get("input")).get("messages"))
    return list(listed)


def _said(message: Any) -> Any:
    return mapping(message).get("content", mapping(message).get("value"))
