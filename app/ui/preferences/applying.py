"""What preferences change in the program as a whole, beside the colours."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from app.ui.preferences.preferences import Preferences

_SCALE: Final = "QT_SCALE_FACTOR"
_USUAL_FLASH_MS: Final = 1060
_EFFECTS: Final = (
    Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip, Qt.UIEffect.UI_AnimateToolBox,
)  # fmt: skip


def scale_before_start(preferences: Preferences) -> None:
    """Have Qt draw everything larger or smaller; only before there is an application. A scale set outside stays."""
    if preferences.scale != 100 and _SCALE not in os.environ and QApplication.instance() is None:
        os.environ[_SCALE] = f"{preferences.scale / 100:g}"


def keep_still(app: QApplication, preferences: Preferences) -> None:
    """Whether menus slide and the cursor blinks."""
    for effect in _EFFECTS:
        if preferences.still:
            app.setEffectEnabled(effect, False)
    app.setCursorFlashTime(0 if preferences.still else _USUAL_FLASH_MS)
