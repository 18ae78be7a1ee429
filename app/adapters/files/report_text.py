"""Foreign text in a report: it reads as it was written, shows what is hidden in it, and never becomes structure."""

from __future__ import annotations

import html
import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HIDDEN: Final = {
    0x061C: "ALM", 0x200E: "LRM", 0x200F: "RLM", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO",
    0x202E: "RLO", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0x200B: "ZWSP", 0x2060: "WJ",
    0xFEFF: "BOM", 0x00AD: "SHY", 0x2028: "LS", 0x2029: "PS", 0x180E: "MVS",
}  # fmt: skip
_HIDDEN_RUN: Final = re.compile("[" + "".join(map(chr, _HIDDEN)) + "\U000e0000-\U000e007f]")
_ABOVE: Final = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACKED: Final = re.compile(f"({_ABOVE}{{8}}){_ABOVE}+")


def visible(text: str) -> str:
    """The text with what would hide or turn round other text written out: ``⟦RLO⟧``, ``⟦U+0007⟧``.

    Of marks that pile up on one letter eight are kept.
    """
    if text.isascii() and text.isprintable():
        return text
    told = _CONTROL.sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text)
    told = _HIDDEN_RUN.sub(lambda found: f"⟦{_HIDDEN.get(ord(found[0]), 'TAG')}⟧", told)
    return _STACKED.sub(r"\1", told)


def inline(text: object) -> str:
    """One line, escaped, kept apart from what surrounds it also where it is written from right to left."""
    return f"<bdi>{html.escape(' '.join(visible(str(text)).split()))}</bdi>"


def lines(text: str) -> str:
    """Text with its lines, escaped, for an element that keeps them."""
    return html.escape(visible(text.replace("\r\n", "\n").replace("\r", "\n")))
