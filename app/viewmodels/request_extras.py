"""What a continuation may be asked with beside the everyday: options, form, thinking, pictures, tools."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from PySide6.QtCore import QCoreApplication

from app.application.asked_form import check_keep_alive
from app.application.tool_answers import ToolAnswers
from app.domain.context_choice import ContextChoice
from app.domain.errors import BadInput
from app.domain.model_options import ModelOptions, parse_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.application.continue_request import Picture
    from app.application.tool_answers import AskTool

ToolChoice = Literal["none", "recorded", "ask", "stub"]
THINKING: Final[Mapping[str, bool | str | None]] = {
    "model": None, "no": False, "yes": True, "low": "low", "medium": "medium", "high": "high",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestExtras:
    """Nothing of it needs to be set.

    Attributes:
        options: beyond those of the row of parameters, by Ollama's own names.
        format: ``"json"`` or a JSON schema.
        tools: where the results of tool calls come from; ``definitions`` are the tools that may be called.
    """

    options: Mapping[str, Any] = field(default_factory=dict)
    format: str | Mapping[str, Any] | None = None
    think: bool | str | None = None
    keep_alive: str | float | None = None
    pictures: tuple[Picture, ...] = ()
    context: ContextChoice = field(default_factory=ContextChoice)
    tools: ToolChoice = "none"
    definitions: tuple[Mapping[str, Any], ...] = ()
    may_cut: bool = False

    def words(self) -> str:
        """What is set, in a few words; empty when nothing is."""
        told = (
            (bool(self.options), ", ".join(f"{name} {value}" for name, value in self.options.items())),
            (self.format is not None, _tr("JSON") if self.format == "json" else _tr("JSON schema")),
            (self.think is not None, _tr("thinking {how}").format(how=_thinking(self.think))),
            (self.keep_alive is not None, _tr("kept {time}").format(time=self.keep_alive)),
            (bool(self.pictures), _tr("pictures: {count}").format(count=len(self.pictures))),
            (self.context.kind == "last", _tr("last turns: {count}").format(count=self.context.turns)),
            (self.context.kind == "picked", _tr("chosen messages: {count}").format(count=len(self.context.keys))),
            (self.tools != "none", _tr("tools: {count}").format(count=len(self.definitions))),
            (self.may_cut, _tr("may be cut")),
        )
        return " · ".join(text for applies, text in told if applies)

    def tool_answers(self, ask: AskTool) -> ToolAnswers:
        """Who answers the calls; ``ask`` is the person in front of the window."""
        if self.tools == "ask":
            return ToolAnswers(policy="ask", ask=ask)
        if self.tools == "stub":
            return ToolAnswers(policy="stub")
        return ToolAnswers(policy="recorded", otherwise="ask", ask=ask)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RequestExtras", text)


def _thinking(think: bool | str | None) -> str:
    if isinstance(think, str):
        return think
    return _tr("yes") if think else _tr("no")


def options_in(text: str) -> dict[str, Any]:
    """One option a line, such as ``top_k=40``. Raises BadInput, which names the line."""
    found: dict[str, Any] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            name, value = parse_option(line.strip())
            ModelOptions.of({name: value})
        except BadInput as error:
            raise BadInput(_tr("line {number}: {reason}").format(number=number, reason=error)) from None
        found[name] = value
    return found


def options_text(options: Mapping[str, Any]) -> str:
    """The other way round."""
    return "\n".join(
        f"{name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in options.items()
    )


def schema_in(text: str) -> Mapping[str, Any]:
    """A JSON schema as it is typed. Raises BadInput with the place of the mistake."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadInput(_tr("The schema is no JSON: {reason}").format(reason=error)) from None
    if not isinstance(found, dict):
        raise BadInput(_tr("A JSON schema is an object in braces."))
    return found


def keep_alive_in(text: str) -> str | float | None:
    """``10m``, ``-1``, or nothing. Raises BadInput."""
    text = text.strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        check_keep_alive(text)
        return text
    check_keep_alive(seconds)
    return int(seconds) if seconds.is_integer() else seconds
