"""The header of a GGUF file: what a model says about itself."""

from __future__ import annotations

import math
import mmap
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAGIC: Final = b"GGUF"
_VERSIONS: Final = (2, 3)
_STRING, _ARRAY = 8, 9
_SCALARS: Final = {
    0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d",
}  # fmt: skip
_FILE_TYPES: Final = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
    12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 32: "BF16",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """Metadata (arrays, which are long, left out as None) and the number of weights."""

    metadata: Mapping[str, Any]
    parameter_count: int

    @property
    def architecture(self) -> str:
        return str(self.metadata.get("general.architecture", ""))

    @property
    def quantization(self) -> str:
        return _FILE_TYPES.get(self.metadata.get("general.file_type", -1), "unknown")

    def of_architecture(self, key: str) -> int | None:
        value = self.metadata.get(f"{self.architecture}.{key}")
        return value if isinstance(value, int) else None


def read_header(path: Path) -> GgufHeader:
    """Raises ``BadInput`` for a file that is not there, no GGUF, or cut off."""
    try:
        with path.open("rb") as file:
            if file.read(4) != MAGIC:
                raise BadInput(f"{path} is no GGUF model file.")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return _Reader(content).header()
    except OSError as error:
        raise BadInput(f"The model file {path} cannot be read: {error.strerror}.") from None
    except (struct.error, IndexError, KeyError, UnicodeError, ValueError):
        raise BadInput(f"The model file {path} is damaged: its header cannot be read.") from None


class _Reader:
    def __init__(self, content: mmap.mmap) -> None:
        self._content = content
        self._at = len(MAGIC)

    def header(self) -> GgufHeader:
        if self._scalar("<I") not in _VERSIONS:
            raise ValueError("version")
        tensors, pairs = self._scalar("<Q"), self._scalar("<Q")
        metadata = {self._string(): self._value(self._scalar("<I")) for _ in range(pairs)}
        return GgufHeader(metadata, sum(self._tensor_size() for _ in range(tensors)))

    def _tensor_size(self) -> int:
        self._string()
        shape = [self._scalar("<Q") for _ in range(self._scalar("<I"))]
        self._at += 4 + 8  # its type and offset
        return math.prod(shape)

    def _value(self, kind: int) -> Any:
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            return self._skip_array(self._scalar("<I"), self._scalar("<Q"))
        return self._scalar(_SCALARS[kind])

    def _skip_array(self, kind: int, count: int) -> None:
        if kind in _SCALARS:
            self._at += struct.calcsize(_SCALARS[kind]) * count
            return
        for _ in range(count):
            self._value(kind)

    def _string(self) -> str:
        size = self._scalar("<Q")
        if size > len(self._content) - self._at:
            raise ValueError("cut off")
        self._at += size
        return self._content[self._at - size : self._at].decode()

    def _scalar(self, form: str) -> Any:
        (value,) = struct.unpack_from(form, self._content, self._at)
        self._at += struct.calcsize(form)
        return value
