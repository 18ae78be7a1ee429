"""From a branch and a wish to the request that a model gets, and what is known of it before it is sent."""

from __future__ import annotations

import base64
import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from app.application import asked_form, calibrating
from app.application.ports import ChatRequest
from app.domain.context_meter import estimated
from app.domain.errors import BadInput, ModelError, NotFound
from app.domain.model_options import ModelOptions
from app.domain.prompt import PromptMessage, system_message, told_messages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.application.calibrating import CountedRun
    from app.application.continue_request import ContinueRequest
    from app.application.ports import AnswerChecker, EventStore, ModelInfo
    from app.application.time_machine import TimeMachine
    from app.domain.branches import Branch
    from app.domain.context_meter import ContextEstimate

NUM_CTX_STEP: Final = 2_048
ANSWER_ROOM: Final = 1_024
"""Tokens kept free for the answer when nobody said how long it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A request that is ready to be sent.

    Attributes:
        branch: as it was read; the request belongs to its end.
        request: what was asked for, with the list and the text that the state gave.
        model: of the server.
        chat: what the server gets; pictures in it are base64.
        messages: the same, with the entry that each came from, and addresses in place of pictures.
        estimate: how much of the window it takes.
        included, entries: how many entries of the transcript go along, and how many there are.
        pictures_left_out: earlier ones, because the model cannot see or they are not in the store.
        pictures: base64 -> address of those that are in the store already.
    """

    branch: Branch
    request: ContinueRequest
    model: ModelInfo
    chat: ChatRequest
    messages: tuple[PromptMessage, ...]
    estimate: ContextEstimate
    included: int
    entries: int
    pictures_left_out: int
    pictures: Mapping[str, str]
    runs: tuple[CountedRun, ...]
    fixed_window: bool

    def followed_by(self, more: Sequence[PromptMessage]) -> Prepared:
        """The next request of the same run: what the model called for, and what it got, go along."""
        messages = (*self.messages, *more)
        wire = (*self.chat.messages, *(one.message for one in more))
        return self._fitted(messages, replace(self.chat, messages=wire))

    def without_oldest(self) -> ChatRequest | None:
        """The same prompt less its oldest message, asked for one token; None when there is nothing to leave out."""
        oldest = next((i for i, one in enumerate(self.messages[:-1]) if one.message["role"] != "system"), None)
        if oldest is None:
            return None
        kept = tuple(one for i, one in enumerate(self.chat.messages) if i != oldest)
        return replace(self.chat, messages=kept, options={**self.chat.options, "num_predict": 1}, format=None)

    def _fitted(self, messages: tuple[PromptMessage, ...], chat: ChatRequest) -> Prepared:
        """With a window that is large enough, unless a person has chosen it, and the estimate that goes with it."""
        plain = [one.message for one in messages]
        facts: dict[str, Any] = {
            "tools": chat.tools,
            "calibration": calibrating.calibration(self.runs),
            "anchor": calibrating.anchor(self.runs, plain, chat.tools),
        }
        options = dict(chat.options)
        if not self.fixed_window:
            needed = _comfortable(estimated(messages, num_ctx=0, **facts)) + _answer_room(options)
            stepped = -(-needed // NUM_CTX_STEP) * NUM_CTX_STEP
            options["num_ctx"] = max(
                int(options.get("num_ctx") or 0), min(stepped, self.model.context_length or stepped)
            )
        room = min(options["num_ctx"], self.model.context_length or options["num_ctx"])
        estimate = estimated(messages, num_ctx=room, **facts)
        return replace(self, messages=messages, chat=replace(chat, options=options), estimate=estimate)


def _comfortable(estimate: ContextEstimate) -> int:
    """A size that the prompt will hardly exceed; a guess by the text alone gets a third more, not all it might be."""
    return estimate.high if estimate.runs else max(estimate.low, round(1.35 * estimate.tokens))


def _answer_room(options: Mapping[str, Any]) -> int:
    wished = options.get("num_predict", ANSWER_ROOM)
    return wished if isinstance(wished, int) and wished > 0 else ANSWER_ROOM


class Preparing:
    """Reads the branch; changes nothing."""

    def __init__(self, store: EventStore, time_machine: TimeMachine, checker: AnswerChecker | None) -> None:
        self._store, self._time_machine, self._checker = store, time_machine, checker
        self._calibrating = calibrating.Calibrating(store, time_machine)

    def prepared(self, request: ContinueRequest, branch: Branch, model: ModelInfo) -> Prepared:
        """Takes as long as reading the transcript does. Raises BadInput, and ModelError for what the model cannot."""
        options = ModelOptions.of(request.options).to_json()
        asked_form.check(request, model, self._checker)
        messages, included, entries = self._messages(request, branch)
        sees = model.can("vision")
        wire, pictures, left_out = self._with_pictures(messages, sees=sees)
        if request.pictures:
            coded = [base64.b64encode(one.content).decode() for one in request.pictures]
            wire = (*wire[:-1], {**wire[-1], "images": coded})
        chat = ChatRequest(
            model=model.name,
            messages=wire,
            options=options,
            keep_alive=request.keep_alive,
            allow_remote=request.allow_remote,
            format=request.format,
            think=request.think,
            tools=request.tools,
        )
        bare = Prepared(
            branch=branch,
            request=request,
            model=model,
            chat=chat,
            messages=messages,
            estimate=estimated((), num_ctx=0),
            included=included,
            entries=entries,
            pictures_left_out=left_out,
            pictures=pictures,
            runs=self._calibrating.runs(branch, model),
            fixed_window="num_ctx" in options,
        )
        return bare.followed_by(())

    def _messages(self, request: ContinueRequest, branch: Branch) -> tuple[tuple[PromptMessage, ...], int, int]:
        now = self._time_machine.bounded(branch.id, branch.head)
        transcript = self._time_machine.entries(branch.id, 1, now.conversation.entries, branch.head)
        chosen = request.context.of(transcript)
        instructions = request.instructions if request.instructions is not None else now.conversation.instructions
        told = told_messages(chosen, thinking=request.with_thinking)
        said = (PromptMessage({"role": "user", "content": request.say}),) if request.say is not None else ()
        if not told and not said:
            raise BadInput("there is nothing to answer: the branch has no messages yet, so say something first")
        addition = request.addition.text if request.addition else ""
        return (*system_message(instructions, addition), *told, *said), len(chosen), len(transcript)

    def _with_pictures(
        self, messages: Sequence[PromptMessage], *, sees: bool
    ) -> tuple[tuple[Mapping[str, Any], ...], Mapping[str, str], int]:
        """Messages for the wire, base64 -> address of the pictures in them, and how many were left out."""
        known: dict[str, str] = {}
        left_out = 0
        wire: list[Mapping[str, Any]] = []
        for one in messages:
            addresses = one.message.get("images", ())
            if addresses and not sees:
                left_out += len(addresses)
                wire.append({name: value for name, value in one.message.items() if name != "images"})
                continue
            coded = self._coded(addresses)
            left_out += len(addresses) - len(coded)
            known |= coded
            plain = {name: value for name, value in one.message.items() if name != "images"}
            wire.append({**plain, "images": list(coded)} if coded else plain)
        return tuple(wire), known, left_out

    def _coded(self, addresses: Sequence[str]) -> dict[str, str]:
        """Those that are in the store; an export may have left them behind."""
        found: dict[str, str] = {}
        for address in addresses:
            with contextlib.suppress(NotFound):
                found[base64.b64encode(self._store.blob(address)[0]).decode()] = address
        return found


def chosen(models: Sequence[ModelInfo], name: str | None, address: str) -> ModelInfo:
    """The model that was named, or the server's first. Raises ModelError with the names there are."""
    if not models:
        raise ModelError(f"the server at {address} has no model; pull one first")
    if name is None:
        return models[0]
    for model in models:
        if name in (model.name, model.name.removesuffix(":latest")):
            return model
    some = ", ".join(model.name for model in models[:5])
    raise ModelError(f"the server at {address} has no model {name!r}; it has {some}")
