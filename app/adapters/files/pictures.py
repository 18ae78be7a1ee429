"""Pictures for models that can see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.application.continue_request import Picture
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

LARGEST: Final = 32 * 1024 * 1024
_SIGNATURES: Final = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


def read_picture(path: Path) -> Picture:
    """A PNG, JPEG, GIF or WebP file, told by its first bytes. Raises BadInput."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from None
    if size > LARGEST:
        raise BadInput(f"{path} is larger than {LARGEST // 2**20} MiB")
    for signature, media_type in _SIGNATURES.items():
        if content.startswith(signature):
            return Picture(content=content, media_type=media_type, name=path.name)
    raise BadInput(f"{path} is no picture in a form that models take: PNG, JPEG, GIF or WebP")
