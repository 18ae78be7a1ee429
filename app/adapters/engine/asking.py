"""Request bodies, read as strictly as Ollama reads them and refused in its words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.adapters.engine.engine import Asked
from app.adapters.engine.options import read_keep_alive, read_options
from app.adapters.engine.refusal import Refusal
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.adapters.engine.options import Options

_GO_TYPES: Final = {
    "model": (str, "string"),
    "prompt": (str, "string"),
    "system": (str, "string"),
    "suffix": (str, "string"),
    "messages": (list, "[]api.Message"),
    "tools": (list, "api.Tools"),
    "images": (list, "[]api.ImageData"),
    "context": (list, "[]int"),
    "options": (dict, "map[string]interface {}"),
    "stream": (bool, "bool"),
    "truncate": (bool, "bool"),
    "raw": (bool, "bool"),
}
_NO_PICTURES: Final = (
    '{"error":{"code":400,"message":"Multimodal data provided, but model does not support multimodal requests.",'
    '"type":"invalid_request_error"}}'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A checked request for text. ``asked`` is None when it only loads or unloads the model."""

    asked: Asked | None
    options: Options
    keep_alive_s: float | None
    stream: bool


def read_body(body: bytes, struct: str) -> dict[str, Any]:
    """A JSON object whose known fields have the right types; ``struct`` is what Go calls it."""
    if not body:
        raise Refusal(400, "missing request body")
    try:
        given = json.loads(body)
    except ValueError as error:
        raise Refusal(400, _json_fault(error)) from None
    if not isinstance(given, dict):
        raise Refusal(400, f"json: cannot unmarshal {_go_kind(given)} into Go value of type api.{struct}")
    for name, (kind, go_type) in _GO_TYPES.items():
        value = given.get(name)
        if value is not None and not isinstance(value, kind):
            raise Refusal(400, _mismatch(value, f"{struct}.{name}", go_type))
    return given


def read_chat(given: dict[str, Any], model: str) -> Request:
    """The request of ``/api/chat``."""
    messages = [_message(message) for message in given.get("messages") or ()]
    return _request(given, model, {"messages": messages} if messages else None)


def read_generate(given: dict[str, Any], model: str) -> Request:
    """The request of ``/api/generate``."""
    if given.get("suffix"):
        raise Refusal(400, f'"{model}" does not support insert')
    prompt = given.get("prompt") or ""
    if given.get("images"):
        raise Refusal(400, _NO_PICTURES)
    roles = (("system", given.get("system")), ("user", prompt))
    messages = [{"role": role, "content": text} for role, text in roles if text]
    context = tuple(token for token in given.get("context") or () if isinstance(token, int))
    raw = prompt if given.get("raw") else None
    return _request(given, model, {"messages": messages, "raw": raw, "context": context} if prompt else None)


def _request(given: dict[str, Any], model: str, content: dict[str, Any] | None) -> Request:
    _refuse_abilities(given, model)
    options, keep_alive_s = read_options(given.get("options") or {}), read_keep_alive(given.get("keep_alive"))
    asked = None
    if content is not None:
        truncate, schema = given.get("truncate") is not False, _schema(given.get("format"))
        asked = Asked(**content, options=options, keep_alive_s=keep_alive_s, truncate=truncate, schema=schema)
    return Request(asked=asked, options=options, keep_alive_s=keep_alive_s, stream=given.get("stream") is not False)


def _message(message: Any) -> dict[str, Any]:
    if not isinstance(message, dict):
        raise Refusal(400, _mismatch(message, "ChatRequest.messages", "api.Message"))
    for name in ("role", "content"):
        value = message.get(name)
        if value is not None and not isinstance(value, str):
            raise Refusal(400, _mismatch(value, f"Alias.{name}", "string"))
    if message.get("images"):
        raise Refusal(400, _NO_PICTURES)
    return {"role": message.get("role") or "", "content": message.get("content") or ""}


def _refuse_abilities(given: dict[str, Any], model: str) -> None:
    if given.get("tools"):
        raise Refusal(400, f'"{model}" does not support tools')
    think = given.get("think")
    if isinstance(think, str) and think not in ("high", "medium", "low", "max"):
        expected = '(must be "high", "medium", "low", "max", true, or false)'
        raise Refusal(400, f'invalid think value: "{think}" {expected}')
    if think:
        raise Refusal(400, f'"{model}" does not support thinking')


def _schema(form: Any) -> Any:
    if form in (None, ""):
        return None
    if form == "json":
        return {"type": "object"}
    if isinstance(form, dict) and _is_schema(form):
        return form
    raise Refusal(500, f'invalid format: {json.dumps(json.dumps(form))}; expected "json" or a valid JSON Schema object')


def _is_schema(form: dict[str, Any]) -> bool:
    """llama.cpp would go on without a word, and without the schema."""
    from app.adapters.checks.schemas import SchemaChecker  # noqa: PLC0415 - a large library, for this case only

    checker = SchemaChecker()
    try:
        checker.refuse_bad_schema(form)
        checker.fault("{}", form)  # raises for a reference to what is not there
    except BadInput:
        return False
    return True


def _mismatch(value: Any, field: str, go_type: str) -> str:
    return f"json: cannot unmarshal {_go_kind(value)} into Go struct field {field} of type {go_type}"


def _go_kind(value: Any) -> str:
    match value:
        case bool():
            return "bool"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case None:
            return "null"
        case _:
            return "object"


def _json_fault(error: ValueError) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return "invalid UTF-8 in request body"
    rest = error.doc[error.pos :].lstrip()
    if not rest or error.msg.startswith("Unterminated"):
        return "unexpected EOF"
    wanted = "object key string" if "property name" in error.msg else "value"
    return f"invalid character '{rest[0]}' looking for beginning of {wanted}"
