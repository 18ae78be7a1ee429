"""The request to a model that the flags of a command make."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.pictures import read_picture
from app.adapters.files.text_in import read_text
from app.application.continue_request import ContinueRequest
from app.application.tool_answers import ToolAnswers
from app.domain.context_choice import ContextChoice
from app.domain.errors import BadInput
from app.domain.model_options import ModelOptions, parse_option

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_NUMBERS: Final = ("seed", "temperature", "num_ctx", "num_predict")
_THINK: Final = {"yes": True, "true": True, "no": False, "false": False}


def options_of(given: argparse.Namespace) -> ModelOptions:
    """Raises BadInput."""
    numbers = {name: getattr(given, name) for name in _NUMBERS if getattr(given, name) is not None}
    return ModelOptions.of(dict(map(parse_option, given.option)) | numbers)


def request_of(given: argparse.Namespace, branch: str, known_tools: Sequence[dict[str, Any]] = ()) -> ContinueRequest:
    """Raises BadInput, also for files that cannot be read."""
    return ContinueRequest(
        branch=branch,
        say=given.say or None,  # nothing said is nothing to record
        instructions=given.instructions,
        model=given.model,
        options=options_of(given),
        allow_remote=given.allow_remote,
        format=form_of(given.format),
        think=thinking_of(given.think),
        keep_alive=keep_alive_of(given.keep_alive),
        pictures=tuple(map(read_picture, given.image)),
        context=_context(given.context),
        with_thinking=given.with_thinking,
        tools=_tools(given, known_tools),
        tool_answers=_tool_answers(given),
        may_cut=given.may_cut,
    )


def thinking_of(text: str | None) -> bool | str | None:
    """What ``--think`` means."""
    return None if text is None else _THINK.get(text, text)


def tried_again(again: ContinueRequest, given: argparse.Namespace, wish: ContinueRequest) -> ContinueRequest:
    """The earlier request with what the flags say otherwise. Raises BadInput for something new to be said."""
    if wish.say is not None or wish.instructions is not None:
        raise BadInput("what was said stands on the branch already: leave --say and --instructions out of a retry")
    return replace(
        again,
        model=given.model or again.model,
        options={**ModelOptions.of(again.options).to_json(), **ModelOptions.of(wish.options).to_json()},
        allow_remote=wish.allow_remote,
        may_cut=wish.may_cut,
        tool_answers=wish.tool_answers,
    )


def form_of(text: str | None) -> Any:
    """What ``--format`` means. Raises BadInput."""
    if text is None or text == "json":
        return text
    if not text.lstrip().startswith("{"):
        text = read_text(Path(text))
    return _json(text, "the format")


def keep_alive_of(text: str | None) -> str | float | None:
    """What ``--keep-alive`` means."""
    try:
        seconds = float(text) if text is not None else None
    except ValueError:
        return text
    return int(seconds) if seconds is not None and seconds.is_integer() else seconds


def _context(text: str) -> ContextChoice:
    kind, sign, rest = text.partition(":")
    if text == "all":
        return ContextChoice()
    if kind == "last" and sign:
        if not rest.isdecimal():
            raise BadInput(f"how many last turns go along is a whole number, not {rest!r}")
        return ContextChoice(kind="last", turns=int(rest))
    return ContextChoice(kind="picked", keys=tuple(key.strip() for key in text.split(",") if key.strip()))


def _tools(given: argparse.Namespace, known: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    if given.tools is None:
        return ()
    found: Any = list(known)
    if given.tool_definitions is not None:
        found = _json(read_text(given.tool_definitions), str(given.tool_definitions))
    if not isinstance(found, list) or not found or not all(isinstance(tool, dict) for tool in found):
        raise BadInput("there are no tools to call: the session has called none, so name a file of definitions")
    return tuple(found)


def _tool_answers(given: argparse.Namespace) -> ToolAnswers:
    stub = {"stub": _json(given.stub, "the stub")} if given.stub is not None else {}
    return ToolAnswers(policy=given.tools or "recorded", **stub)


def _json(text: str, what: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise BadInput(f"{what} is no JSON: {error}") from None
