"""How the text of a file is encoded: by its byte-order mark, else guessed from its first bytes."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from app.adapters.files import bytes_in

if TYPE_CHECKING:
    from pathlib import Path

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKED_AT: Final = 4_000
_USUAL_LEADS: Final = {
    "gb18030": ("gb2312", ((0xA1, 0xA9), (0xB0, 0xD7))),
    "shift_jis": ("shift_jis", ((0x81, 0x83), (0x88, 0x97))),
    "big5": ("big5", ((0xA1, 0xA3), (0xA4, 0xC6))),
}
"""First bytes of the signs that are written daily: the first level of each character set, and its punctuation."""
_PLAIN: Final = 0.5
"""How sure Western text is taken to be: any bytes can be read as such."""


def encoding_of(path: Path, told: str) -> str:
    """What the file's byte-order mark says, else what was told."""
    head = bytes_in.first_bytes(path, 4)
    return next((name for mark, name in _BOMS if head.startswith(mark)), told)


def guessed(head: bytes) -> str:
    """The likeliest encoding of text that begins with these bytes; one with a byte-order mark says so itself."""
    if any(head.startswith(mark) for mark, _ in _BOMS) or _decoded(head, "utf-8") is not None:
        return "utf-8"
    best, most = "cp1252" if _decoded(head, "cp1252") is not None else "latin-1", _PLAIN
    for name in _USUAL_LEADS:
        sure = _usual_share(head, name)
        if sure > most:
            best, most = name, sure
    return best


def _usual_share(head: bytes, name: str) -> float:
    """How many of the signs beyond ASCII are daily ones, read in this encoding; 0 where it cannot be read so."""
    text = _decoded(head, name)
    signs = [sign for sign in text or "" if not sign.isascii()][:_LOOKED_AT]
    if not signs:
        return 0.0
    codec, leads = _USUAL_LEADS[name]
    usual = 0
    for sign in signs:
        code = sign.encode(codec, "ignore")
        usual += len(code) == 2 and any(first <= code[0] <= last for first, last in leads)
    return usual / len(signs)


def _decoded(head: bytes, name: str) -> str | None:
    """The text, whose last sign may be cut; None where it is not in this encoding."""
    try:
        return codecs.getincrementaldecoder(name)().decode(head)
    except UnicodeDecodeError:
        return None
