"""A message that is a row of blocks (thinking, words, calls, results), gathered into steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.adapters.files.chats.steps import Called, Instructed, Rated, Retracted, Returned, Said, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.adapters.files.chats.steps import Step


class Blocks:
    """Gathers one message. Thinking goes to the words or the call that follow it; ``beside`` to the first step."""

    def __init__(self, role: str, *, time: int | None, model: str | None, beside: Mapping[str, Any]) -> None:
        self._role, self._time, self._model, self._beside = role, time, model, beside
        self._steps: list[Step] = []
        self._thinking: list[str] = []
        self._about_thinking: list[Mapping[str, Any]] = []
        self._texts: list[str] = []
        self._rest: list[Mapping[str, Any]] = []
        self._since: int | None = None

    def think(self, text: str, rest: Mapping[str, Any] | None = None) -> None:
        self._end_words()
        if text.strip():
            self._thinking.append(text)
        if rest:
            self._about_thinking.append(rest)

    def say(self, text: str, *, time: int | None = None, rest: Mapping[str, Any] | None = None) -> None:
        """Words; those that follow each other become one. ``rest`` is what the block holds beside them."""
        if not self._texts:
            self._since = time
        self._texts.append(text)
        if rest:
            self._rest.append(rest)

    def call(
        self, name: str, arguments: Any, call_id: str, *, time: int | None = None, rest: Mapping[str, Any] | None = None
    ) -> None:
        self._end_words()
        self._steps.append(
            Called(
                name=name,
                arguments=arguments,
                call_id=call_id,
                time=self._time if time is None else time,
                model=self._model,
                beside={**self._rest_of_thoughts(), **(rest or {})},
                thinking=self._thoughts(),
            )
        )

    def back(
        self,
        name: str,
        result: Any,
        call_id: str,
        *,
        error: bool = False,
        time: int | None = None,
        rest: Mapping[str, Any] | None = None,
    ) -> None:
        self._end_words()
        at = self._time if time is None else time
        self._steps.append(Returned(name=name, result=result, call_id=call_id, error=error, time=at, beside=rest or {}))

    def keep(self, block: Any) -> None:
        """A block of a form that is not known."""
        self._end_words()
        self._steps.append(Unknown(value=block, time=self._time))

    def steps(self) -> list[Step]:
        """All of it; a message without any words is one all the same."""
        self._end_words()
        if self._thinking or not any(isinstance(step, (Said, Called, Returned)) for step in self._steps):
            self._put_words("", {})
        steps = list(self._steps)
        first = next(i for i, step in enumerate(steps) if isinstance(step, (Said, Called, Returned)))
        steps[first] = with_beside(steps[first], self._beside)
        return steps

    def _end_words(self) -> None:
        if self._texts:
            rest = {"blocks": list(self._rest)} if self._rest else {}
            self._put_words("\n\n".join(self._texts), rest)
            self._texts.clear()
            self._rest.clear()

    def _put_words(self, text: str, rest: Mapping[str, Any]) -> None:
        at = self._time if self._since is None else self._since
        beside = {**self._rest_of_thoughts(), **rest}
        self._steps.append(
            Said(role=self._role, text=text, time=at, model=self._model, thinking=self._thoughts(), beside=beside)
        )
        self._since = None

    def _rest_of_thoughts(self) -> dict[str, Any]:
        rest = {"thinking_blocks": list(self._about_thinking)} if self._about_thinking else {}
        self._about_thinking.clear()
        return rest

    def _thoughts(self) -> str:
        told = "\n\n".join(self._thinking)
        self._thinking.clear()
        return told


def with_beside(step: Step, beside: Mapping[str, Any]) -> Step:
    """The step with more of the source beside it; its own fields count."""
    match step:
        case Unknown() | Retracted():
            return step
        case Said() | Called() | Returned() | Instructed() | Rated():
            return replace(step, beside={**beside, **step.beside})
