"""The look as one frozen value per theme; the palette and the style sheet are made from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cache
from string import Template
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.domain.vocabulary import Lane
from app.resources import resource_path

ThemeChoice = Literal["system", "light", "dark"]
Density = Literal["compact", "usual", "touch"]

CAPTION_PX: Final = 11
BODY_PX: Final = 13
HEADING_PX: Final = 15
TITLE_PX: Final = 20
GRID_PX: Final = 4
GROUP_PX: Final = 8
PANEL_PX: Final = 12
FUTURE_OPACITY: Final = 0.4
TINT_OPACITY: Final = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Every colour of the window by its meaning; nobody writes a colour anywhere else."""

    dark: bool
    window: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    customer: str
    assistant: str
    tool: str
    behaviour: str
    recommendation: str
    system: str
    problem: str
    branch_blue: str
    branch_green: str
    branch_amber: str
    branch_violet: str
    branch_rose: str
    branch_teal: str
    branch_red: str
    branch_grey: str
    density: Density = "usual"

    @property
    def control_px(self) -> int:
        """How high buttons and fields are."""
        return _CONTROL_PX[self.density]

    def row_px(self, usual_px: int) -> int:
        """How high a row is that usually has so many pixels."""
        return round(usual_px * _ROWS[self.density])

    @property
    def name(self) -> Literal["light", "dark"]:
        return "dark" if self.dark else "light"

    def lane_color(self, lane: Lane) -> QColor:
        """The colour of a kind of event; unknown kinds look like the system's."""
        return QColor(getattr(self, _LANE_TOKENS[lane]))

    def tint(self, token: str = "accent") -> QColor:  # noqa: S107 -- a colour token, not a password
        """The colour that marks what the last step changed, to be laid over a surface."""
        color = QColor(getattr(self, token))
        color.setAlphaF(TINT_OPACITY)
        return color


_CONTROL_PX: Final[dict[Density, int]] = {"compact": 24, "usual": 28, "touch": 36}
_ROWS: Final[dict[Density, float]] = {"compact": 0.86, "usual": 1.0, "touch": 1.4}
_LANE_TOKENS: Final = {
    Lane.CUSTOMER: "customer",
    Lane.ASSISTANT: "assistant",
    Lane.TOOL: "tool",
    Lane.BEHAVIOUR: "behaviour",
    Lane.RECOMMENDATION: "recommendation",
    Lane.SYSTEM: "system",
    Lane.UNKNOWN: "system",
}

LIGHT: Final = Theme(
    dark=False,
    window="#F7F8FA",
    surface="#FFFFFF",
    raised="#EEF1F5",
    line="#D5DAE1",
    text="#1B2430",
    muted="#56616F",
    accent="#2457C5",
    on_accent="#FFFFFF",
    customer="#0B6E99",
    assistant="#6B3FA0",
    tool="#8A5A00",
    behaviour="#1F7A4D",
    recommendation="#B3266B",
    system="#56616F",
    problem="#B42318",
    branch_blue="#1F6CB0",
    branch_green="#2A7338",
    branch_amber="#875A00",
    branch_violet="#6A48BC",
    branch_rose="#AC2F68",
    branch_teal="#0B6D78",
    branch_red="#A94324",
    branch_grey="#56616F",
)
DARK: Final = Theme(
    dark=True,
    window="#14181E",
    surface="#1B2129",
    raised="#242C36",
    line="#36404D",
    text="#E6EAF0",
    muted="#9AA6B4",
    accent="#7FA8FF",
    on_accent="#14181E",
    customer="#5BC0EB",
    assistant="#B79CED",
    tool="#E0A83A",
    behaviour="#5BCB93",
    recommendation="#F07DB0",
    system="#9AA6B4",
    problem="#FF7B6B",
    branch_blue="#6FB1F0",
    branch_green="#6CC785",
    branch_amber="#DDAA4A",
    branch_violet="#B6A4F6",
    branch_rose="#EE8DB8",
    branch_teal="#55C4CE",
    branch_red="#F0937C",
    branch_grey="#9AA6B4",
)


def resolve(choice: ThemeChoice, density: Density = "usual") -> Theme:
    """The theme a choice stands for now; ``system`` asks the desktop."""
    is_dark = choice == "dark"
    if choice == "system":
        is_dark = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return replace(DARK if is_dark else LIGHT, density=density)


def palette(theme: Theme) -> QPalette:
    """The palette for Fusion: the desktop's own scheme is never trusted to be consistent."""
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.raised,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.problem,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Light: theme.raised,
        QPalette.ColorRole.Midlight: theme.raised,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.line,
        QPalette.ColorRole.Shadow: theme.line,
    }
    result = QPalette()
    for role, color in roles.items():
        result.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return result


@cache
def _template() -> Template:
    return Template(resource_path("themes", "window.qss").read_text(encoding="utf-8"))


def style_sheet(theme: Theme) -> str:
    """The little that the palette cannot say: focus rings, flat tool buttons, thin splitters."""
    sizes = {"caption": f"{CAPTION_PX}px", "heading": f"{HEADING_PX}px", "title": f"{TITLE_PX}px"}
    mix = QColor(theme.accent)
    tint = f"rgba({mix.red()},{mix.green()},{mix.blue()},{round(TINT_OPACITY * 255)})"
    icons = resource_path("icons").as_posix()
    heights = {"control": f"{theme.control_px - 4}px", "row": f"{theme.row_px(26)}px"}
    return _template().substitute(asdict(theme), name=theme.name, **sizes, **heights, tint=tint, icons=icons)


def ui_font(size_px: int = BODY_PX, *, bold: bool = False) -> QFont:
    """The system's font at one of the sizes."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(size_px)
    font.setBold(bold)
    return font


def tabular_font(size_px: int = BODY_PX) -> QFont:
    """The same with numerals of one width, so that a running counter does not tremble."""
    font = ui_font(size_px)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def mono_font(size_px: int = BODY_PX) -> QFont:
    """The system's monospace font, for ids, JSON and prompts."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(size_px)
    return font


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole program; each window wears ``style_sheet`` itself, which is three times quicker to change."""
    app.setPalette(palette(theme))
    if app.font() != ui_font():
        app.setFont(ui_font())
