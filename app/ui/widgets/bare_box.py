"""A number field without the two little buttons, which few people hit."""

from __future__ import annotations

from typing import Final

BARE: Final = (  # with ``NoButtons`` a style sheet leaves the text one pixel of room
    "QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }"
    "QLineEdit { border: none; padding: 0; min-height: 0; background: transparent; }"
)
