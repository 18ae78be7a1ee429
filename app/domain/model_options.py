"""The options of a model's run, by Ollama's own names, with their ranges; what is not set is left to the model."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST_INT: Final = 2**31 - 1
_LARGEST_SEED: Final = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be; ``kind`` is ``int`` or ``float``."""

    kind: type[int] | type[float]
    lowest: float
    highest: float

    def words(self) -> str:
        what = "a whole number" if self.kind is int else "a number"
        if self.highest >= _LARGEST_INT:
            return f"{what} of at least {self.lowest:g}"
        return f"{what} between {self.lowest:g} and {self.highest:g}"


RANGES: Final[Mapping[str, Range]] = {
    "num_ctx": Range(int, 1, _LARGEST_INT),
    "num_predict": Range(int, -2, _LARGEST_INT),
    "num_keep": Range(int, -1, _LARGEST_INT),
    "num_batch": Range(int, 1, _LARGEST_INT),
    "num_gpu": Range(int, -1, _LARGEST_INT),
    "main_gpu": Range(int, 0, _LARGEST_INT),
    "num_thread": Range(int, 0, _LARGEST_INT),
    "seed": Range(int, -1, _LARGEST_SEED),
    "temperature": Range(float, 0, 100),
    "top_k": Range(int, 0, _LARGEST_INT),
    "top_p": Range(float, 0, 1),
    "min_p": Range(float, 0, 1),
    "typical_p": Range(float, 0, 1),
    "repeat_last_n": Range(int, -1, _LARGEST_INT),
    "repeat_penalty": Range(float, 0, 10),
    "presence_penalty": Range(float, -2, 2),
    "frequency_penalty": Range(float, -2, 2),
    "mirostat": Range(int, 0, 2),
    "mirostat_tau": Range(float, 0, 100),
    "mirostat_eta": Range(float, 0, 1),
}
"""The numbers; beside them there are ``stop`` (texts) and ``use_mmap`` (yes or no)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """Checked when made: raises ``BadInput`` with one sentence that names the option and its range.

    Attributes:
        num_ctx: tokens the model can see; num_predict: longest answer (-1 endless, -2 until the context is full).
        num_keep: tokens of the start that survive when the context overflows.
        stop: texts at which the answer ends.
        mirostat, mirostat_tau, mirostat_eta: known to old servers only; new ones ignore them.
        other: names that are not known here, sent on exactly as they are.
    """

    num_ctx: int | None = None
    num_predict: int | None = None
    num_keep: int | None = None
    num_batch: int | None = None
    num_gpu: int | None = None
    main_gpu: int | None = None
    num_thread: int | None = None
    use_mmap: bool | None = None
    seed: int | None = None
    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None
    min_p: float | None = None
    typical_p: float | None = None
    repeat_last_n: int | None = None
    repeat_penalty: float | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    mirostat: int | None = None
    mirostat_tau: float | None = None
    mirostat_eta: float | None = None
    stop: tuple[str, ...] | None = None
    other: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in RANGES:
            _check(name, getattr(self, name))
        given: Any = self.use_mmap
        if given is not None and not isinstance(given, bool):
            raise BadInput(f"the option use_mmap must be true or false, not {given!r}")
        texts: Any = self.stop or ()
        if not all(isinstance(text, str) and text for text in texts):
            raise BadInput("the option stop must be one or more texts that are not empty")

    @classmethod
    def of(cls, given: ModelOptions | Mapping[str, Any]) -> ModelOptions:
        """From Ollama's own form; None means "not set". Raises BadInput."""
        if isinstance(given, ModelOptions):
            return given
        known: dict[str, Any] = {}
        other: dict[str, Any] = {}
        for name, value in given.items():
            if value is not None:
                (known if name in _NAMES else other)[name] = value
        stop = known.get("stop")
        if stop is not None:
            if not isinstance(stop, (str, list, tuple)):
                raise BadInput("the option stop must be one or more texts that are not empty")
            known["stop"] = (stop,) if isinstance(stop, str) else tuple(stop)
        return cls(**known, other=other)

    def to_json(self) -> dict[str, Any]:
        """Ollama's own form, with what was set only."""
        told = {name: getattr(self, name) for name in _NAMES if getattr(self, name) is not None}
        if self.stop is not None:
            told["stop"] = list(self.stop)
        return {**told, **self.other}


_NAMES: Final = tuple(one.name for one in fields(ModelOptions) if one.name != "other")


def _check(name: str, value: Any) -> None:
    if value is None:
        return
    allowed = RANGES[name]
    kinds = (int,) if allowed.kind is int else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not allowed.lowest <= value <= allowed.highest:
        raise BadInput(f"the option {name} must be {allowed.words()}, not {value!r}")


def parse_option(text: str) -> tuple[str, Any]:
    """``NAME=VALUE`` as typed: numbers, true and false and JSON are read as such, the rest is text."""
    import json  # noqa: PLC0415 - needed by the command line only

    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise BadInput(f"an option is written NAME=VALUE, not {text!r}")
    try:
        return name.strip(), json.loads(value)
    except ValueError:
        return name.strip(), value
