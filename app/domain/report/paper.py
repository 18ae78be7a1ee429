"""A report on its way to paper: rich text, its style, and the pictures that it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Paper:
    """What is to be set in pages.

    Attributes:
        title, footer: plain text; ``style``: CSS as far as Qt's rich text knows it.
        pieces: the body; what it draws is in ``pictures`` once its piece was taken, by the address it has there:
            (content, media type).
        headings: (anchor, level, title) for the outline, in order.
    """

    title: str
    footer: str
    style: str
    headings: tuple[tuple[str, int, str], ...] = ()
    pieces: Iterator[str] = field(default_factory=lambda: iter(()))
    pictures: dict[str, tuple[bytes, str]] = field(default_factory=dict)
