"""What ``/api/tags`` and ``/api/show`` say about a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.application.ports import ModelInfo
from app.domain.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def entries(tags: Any) -> tuple[Mapping[str, Any], ...]:
    """The models of an answer of ``/api/tags`` or ``/api/ps``, in the server's order."""
    models = tags.get("models") if isinstance(tags, dict) else None
    if models is not None and not isinstance(models, list):
        raise ModelError("The model server's list of models cannot be read.")
    return tuple(entry for entry in models or () if isinstance(entry, dict) and name_of(entry))


def name_of(entry: Mapping[str, Any]) -> str:
    return str(entry.get("name") or entry.get("model") or "")


def full_name(name: str) -> str:
    """Ollama's own rule: a name without a tag means ``latest``."""
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def find(models: Iterable[Mapping[str, Any]], name: str) -> Mapping[str, Any] | None:
    wanted = full_name(name).lower()
    return next((entry for entry in models if full_name(name_of(entry)).lower() == wanted), None)


def is_remote(name: str, *descriptions: Mapping[str, Any] | None) -> bool:
    """Whether a model runs on somebody else's machine: the server says so, or its name does."""
    if any(said and (said.get("remote_host") or said.get("remote_model")) for said in descriptions):
        return True
    tag = full_name(name).rpartition(":")[2].lower()
    return tag == "cloud" or tag.endswith("-cloud")


def needs_show(entry: Mapping[str, Any]) -> bool:
    """Whether ``/api/tags`` of this (older) server leaves out what ``/api/show`` knows."""
    return not is_remote(name_of(entry), entry) and (
        entry.get("capabilities") is None or _context_length(entry, None) is None
    )


def model_info(entry: Mapping[str, Any], shown: Mapping[str, Any] | None) -> ModelInfo:
    capabilities = entry.get("capabilities") or (shown or {}).get("capabilities") or ()
    size = entry.get("size")
    return ModelInfo(
        name=name_of(entry),
        digest=str(entry.get("digest") or ""),
        size=size if isinstance(size, int) else 0,
        local=not is_remote(name_of(entry), entry, shown),
        capabilities=tuple(map(str, capabilities)) if isinstance(capabilities, (list, tuple)) else (),
        context_length=_context_length(entry, shown),
        remote_host=_remote_host(entry, shown),
    )


def preference(model: ModelInfo) -> tuple[bool, bool]:
    """Sorts the model to use when none is named to the front: local ones first, then those that can chat."""
    cannot_chat = bool(model.capabilities) and "completion" not in model.capabilities
    return not model.local, cannot_chat


def _remote_host(*descriptions: Mapping[str, Any] | None) -> str | None:
    return next((str(said["remote_host"]) for said in descriptions if said and said.get("remote_host")), None)


def _context_length(entry: Mapping[str, Any], shown: Mapping[str, Any] | None) -> int | None:
    details = entry.get("details")
    length = details.get("context_length") if isinstance(details, dict) else None
    if length is None and shown:
        told = shown.get("model_info")
        facts = told if isinstance(told, dict) else {}
        length = facts.get(f"{facts.get('general.architecture')}.context_length")
    return length if isinstance(length, int) else None
