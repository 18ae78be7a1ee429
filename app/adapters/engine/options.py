"""Ollama's options: names, types, defaults, and what llama.cpp calls them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.adapters.engine.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

_FLOATS: Final = {
    "temperature": 0.8,
    "top_p": 0.9,
    "min_p": 0.0,
    "typical_p": 1.0,
    "repeat_penalty": 1.1,
    "presence_penalty": 0.0,
    "frequency_penalty": 0.0,
}
_INTEGERS: Final = {"top_k": 40, "repeat_last_n": 64, "seed": -1}
_LIMITS: Final = {"num_ctx": 4096, "num_predict": -1, "num_keep": 4, "num_thread": 0}

_UNITS: Final = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_PART: Final = re.compile(r"(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Checked options. ``sampling`` holds those that llama.cpp knows by the same name."""

    sampling: Mapping[str, float | int]
    stop: tuple[str, ...]
    num_ctx: int
    num_predict: int
    num_keep: int
    num_thread: int

    @property
    def is_repeatable(self) -> bool:
        """Whether the same request has to give the same text."""
        return self.sampling["seed"] >= 0 or self.sampling["temperature"] == 0


def read_options(given: Mapping[str, Any]) -> Options:
    """Unknown names are ignored, as Ollama does; raises ``Refusal`` (500, also as Ollama does) for a wrong type."""
    sampling: dict[str, float | int] = {}
    for name, default in _FLOATS.items():
        sampling[name] = _number(given, name, default, "float32")
    for name, number in _INTEGERS.items():
        sampling[name] = int(_number(given, name, number, "integer"))
    limits = {name: int(_number(given, name, number, "integer")) for name, number in _LIMITS.items()}
    return Options(sampling=sampling, stop=_stop(given.get("stop")), **limits)


def read_keep_alive(value: Any) -> float | None:
    """Seconds, infinite for "for ever", None for "as before"."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Refusal(400, "invalid keep_alive")
    seconds = _go_duration(value) if isinstance(value, str) else float(value)
    return math.inf if seconds < 0 else seconds


def _number(given: Mapping[str, Any], name: str, default: float, kind: str) -> float:
    value = given.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refusal(500, f'option "{name}" must be of type {kind}')
    return value


def _stop(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise Refusal(500, 'option "stop" must be of type array')
    return tuple(value)


def _go_duration(text: str) -> float:
    """``1h30m``, ``-1m``, ``0``: a duration as Go reads it."""
    sign, rest = (-1.0, text[1:]) if text.startswith("-") else (1.0, text.removeprefix("+"))
    if rest == "0":
        return 0.0
    parts = _PART.findall(rest)
    if not parts or "".join(number + unit for number, unit in parts) != rest:
        raise Refusal(400, f'time: invalid duration "{text}"')
    return sign * sum(float(number) * _UNITS[unit] for number, unit in parts)
