"""Foreign text inside HTML, so that it reads as it was written and never becomes structure."""

from __future__ import annotations

import html
import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def inline(text: object) -> str:
    """One line, kept apart from what surrounds it also where it is written from right to left."""
    return f"<bdi>{_escaped(' '.join(_CONTROL.sub(' ', str(text)).split()))}</bdi>"


def block(text: str) -> str:
    """Text with its lines, for an element that keeps them."""
    return _escaped(_CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))


def _escaped(text: str) -> str:
    return html.escape(text, quote=True)
