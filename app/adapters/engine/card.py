"""What the engine tells about its model, in the words of Ollama's API."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.adapters.engine.gguf import read_header

if TYPE_CHECKING:
    from pathlib import Path

    from app.adapters.engine.gguf import GgufHeader


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """One GGUF file under the name it is served by; ``digest`` is the file's SHA-256."""

    gguf: Path
    name: str
    digest: str
    size: int
    modified_ns: int
    header: GgufHeader

    @property
    def context_length(self) -> int | None:
        return self.header.of_architecture("context_length")

    def details(self) -> dict[str, Any]:
        return {
            "parent_model": "",
            "format": "gguf",
            "family": self.header.architecture,
            "families": [self.header.architecture],
            "parameter_size": _in_millions(self.header.parameter_count),
            "quantization_level": self.header.quantization,
        }

    def listed(self) -> dict[str, Any]:
        """Its entry in ``/api/tags``."""
        lengths = {
            "context_length": self.context_length,
            "embedding_length": self.header.of_architecture("embedding_length"),
        }
        return {
            "name": self.name,
            "model": self.name,
            "modified_at": rfc3339(self.modified_ns),
            "size": self.size,
            "digest": self.digest,
            "details": {**self.details(), **lengths},
            "capabilities": ["completion"],
        }

    def shown(self) -> dict[str, Any]:
        """The answer of ``/api/show``."""
        facts = {**self.header.metadata, "general.parameter_count": self.header.parameter_count}
        template = facts.pop("tokenizer.chat_template", "")
        return {
            "modelfile": f"FROM {self.gguf.name}\n",
            "template": template,
            "details": self.details(),
            "model_info": dict(sorted(facts.items())),
            "capabilities": ["completion"],
            "modified_at": rfc3339(self.modified_ns),
        }

    def is_called(self, name: str) -> bool:
        wanted = name.lower()
        return wanted == self.name or (":" not in wanted and f"{wanted}:latest" == self.name)


def read_card(gguf: Path) -> ModelCard:
    """Raises ``BadInput`` when the file is no model."""
    header = read_header(gguf)
    with gguf.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    status = gguf.stat()
    return ModelCard(
        gguf=gguf,
        name=_name(gguf, header),
        digest=digest,
        size=status.st_size,
        modified_ns=status.st_mtime_ns,
        header=header,
    )


def rfc3339(nanoseconds: int) -> str:
    """A time as Ollama writes it: UTC with nanoseconds."""
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{rest:09d}Z"


def _name(gguf: Path, header: GgufHeader) -> str:
    """``smollm2:135m`` where the file says as much, else its own name."""
    base, size = (str(header.metadata.get(f"general.{key}", "")) for key in ("basename", "size_label"))
    name = f"{base or gguf.stem}:{size or 'latest'}".lower()
    return re.sub(r"[^a-z0-9._:-]+", "-", name)


def _in_millions(count: int) -> str:
    return f"{count / 1e9:.1f}B" if count >= 1e9 else f"{count / 1e6:.2f}M"
