"""Everything that is read can be read, on light and on dark."""

import itertools

import pytest
from PySide6.QtGui import QColor, QPalette

from app.domain.vocabulary import Lane
from app.resources import resources
from app.ui.icons import icon
from app.ui.shapes import lane_path, lane_title
from app.ui.theme import DARK, LIGHT, TINT_OPACITY, Theme, palette, style_sheet

TEXTS = ("text", "muted", "accent", "customer", "assistant", "tool", "behaviour", "recommendation", "system", "problem")
SURFACES = ("window", "surface", "raised")


def luminance(color: QColor) -> float:
    parts = [
        channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4 for channel in color.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "surface"), list(itertools.product(TEXTS, SURFACES)))
def test_text_stands_out_from_its_surface(theme: Theme, text: str, surface: str) -> None:
    assert contrast(QColor(getattr(theme, text)), QColor(getattr(theme, surface))) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_what_is_tinted_or_selected(theme: Theme) -> None:
    accent, surface = QColor(theme.accent), QColor(theme.surface)
    mixed = [
        of * TINT_OPACITY + on * (1 - TINT_OPACITY)
        for of, on in zip(accent.getRgbF()[:3], surface.getRgbF()[:3], strict=True)
    ]

    assert contrast(QColor(theme.text), QColor.fromRgbF(*mixed)) >= 4.5
    assert contrast(QColor(theme.muted), QColor.fromRgbF(*mixed)) >= 4.5
    assert contrast(QColor(theme.on_accent), accent) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_palette_and_style_sheet_use_nothing_but_the_tokens(theme: Theme) -> None:
    tokens = {QColor(getattr(theme, name)).name() for name in Theme.__slots__ if name not in {"dark", "density"}}

    used = {
        palette(theme).color(role).name()
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Text, QPalette.ColorRole.Highlight)
    }
    assert used <= tokens
    assert "$" not in style_sheet(theme)


def test_each_kind_has_a_shape_and_a_word_of_its_own() -> None:
    from PySide6.QtCore import QPointF

    shapes = [lane_path(lane, QPointF(0, 0), 10) for lane in Lane]

    assert all(not one.isEmpty() for one in shapes)
    assert all(one != other for one, other in itertools.combinations(shapes, 2))
    assert len({lane_title(lane) for lane in Lane}) == len(Lane)


def test_every_icon_is_a_picture_in_the_colour_asked_for(qapp: object) -> None:
    for path in (resources() / "icons").glob("*.svg"):
        image = icon(path.stem, LIGHT, "problem").pixmap(16, 16).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), path.name
    edge = icon("stop", LIGHT, "problem").pixmap(16, 16).toImage().pixelColor(4, 8)
    wanted = QColor(LIGHT.problem)
    assert edge.alpha() > 100
    assert abs(edge.red() - wanted.red()) + abs(edge.green() - wanted.green()) + abs(edge.blue() - wanted.blue()) < 12
