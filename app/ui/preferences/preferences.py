"""What a person prefers, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from app.ui.theme import Density, ThemeChoice

Language = Literal["system", "en", "zh_CN"]
SCALES: Final = (80, 90, 100, 110, 125, 150, 175, 200)
"""Per cent of the usual size."""
TIME_STEPS_S: Final = (1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Frozen: the dialog takes one and gives another.

    Attributes:
        scale: of everything, in per cent; Qt takes it only when the program starts, and the language too.
        still: nothing blinks or slides.
        time_step_s: seconds that Ctrl and an arrow go.
    """

    theme: ThemeChoice = "system"
    density: Density = "usual"
    scale: int = 100
    language: Language = "system"
    still: bool = False
    time_step_s: float = 10.0
