"""Colours as tokens: one frozen value per theme; no colour is written in a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of one theme, ``#RRGGBB``; every text is at least 5.3 : 1 on its surface."""

    dark: bool
    window: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    customer: str
    assistant: str
    tool: str
    behaviour: str
    recommendation: str
    system: str
    problem: str


LIGHT: Final = Theme(
    dark=False,
    window="#F7F8FA",
    surface="#FFFFFF",
    raised="#EEF1F5",
    line="#D5DAE1",
    text="#1B2430",
    muted="#56616F",
    accent="#2457C5",
    customer="#0B6E99",
    assistant="#6B3FA0",
    tool="#8A5A00",
    behaviour="#1F7A4D",
    recommendation="#B3266B",
    system="#56616F",
    problem="#B42318",
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
    customer="#5BC0EB",
    assistant="#B79CED",
    tool="#E0A83A",
    behaviour="#5BCB93",
    recommendation="#F07DB0",
    system="#9AA6B4",
    problem="#FF7B6B",
)
