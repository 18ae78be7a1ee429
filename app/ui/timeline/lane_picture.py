"""The picture behind the playhead: labels, axis, and the events in view, at full strength or as the future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap

from app.ui.shapes import cross_path, lane_path, lane_title
from app.ui.theme import CAPTION_PX, FUTURE_OPACITY, tabular_font, ui_font
from app.ui.timeline.lane_scale import AXIS_PX, BAR_PX, GUTTER_PX, ROW_PX, LaneScale
from app.ui.timeline.ticks import ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.vocabulary import Lane
    from app.ui.theme import Theme
    from app.viewmodels.fork_points import ForkPoint
    from app.viewmodels.timeline_data import TimelineData

GLYPH_FROM_PX: Final = 9.0
"""From so many pixels an event on, each is drawn as its shape."""
_GLYPH_PX: Final = 9.0


@dataclass(frozen=True, slots=True, eq=False)
class LanePicture:
    """Everything a picture of the lanes depends on."""

    theme: Theme
    data: TimelineData
    rows: tuple[Lane, ...]
    scale: LaneScale
    forks: tuple[ForkPoint, ...]
    problems: Sequence[int]
    width: int
    height: int
    ratio: float

    def draw(self, *, is_future: bool) -> QPixmap:
        pixmap = QPixmap(round(self.width * self.ratio), round(self.height * self.ratio))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(QColor(self.theme.surface))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.scale.event_px < 1:
            self._draw_bars(painter, FUTURE_OPACITY if is_future else 1.0)
        self._draw_axis(painter)
        painter.setOpacity(FUTURE_OPACITY if is_future else 1.0)
        if self.scale.event_px >= 1:
            self._draw_marks(painter)
        self._draw_problems(painter)
        painter.setOpacity(1.0)
        self._draw_forks(painter)
        self._draw_labels(painter)
        painter.end()
        return pixmap

    def _row_top(self, row: int) -> float:
        return AXIS_PX + row * ROW_PX

    def _draw_bars(self, painter: QPainter, strength: float) -> None:
        from app.ui.timeline import lane_raster  # noqa: PLC0415 -- NumPy loads after the first paint

        pixels = round(self.scale.width * self.ratio)
        edges = lane_raster.pixel_edges(self.scale.first, self.scale.span, pixels)
        counted = dict(zip(self.data.lanes, self.data.counts(edges), strict=True))
        shown = [row for row in self.rows if row in counted]
        colors = [self._mixed(self.theme.lane_color(lane), strength) for lane in shown]
        row_px, bar_px = round(ROW_PX * self.ratio), round(BAR_PX * self.ratio)
        background = QColor(self.theme.surface).rgb()
        for lane, color in zip(shown, colors, strict=True):
            image = lane_raster.bars([counted[lane]], [color], background, row_px, bar_px)
            image.setDevicePixelRatio(self.ratio)
            painter.drawImage(QPointF(self.scale.left, self._row_top(self.rows.index(lane))), image)

    def _mixed(self, color: QColor, strength: float) -> int:
        surface = QColor(self.theme.surface)
        channels = ((color.red(), surface.red()), (color.green(), surface.green()), (color.blue(), surface.blue()))
        red, green, blue = (round(of * strength + on * (1 - strength)) for of, on in channels)
        return QColor(red, green, blue).rgb()

    def _draw_marks(self, painter: QPainter) -> None:
        first = max(int(self.scale.first), 1)
        last = int(self.scale.first + self.scale.span) + 1
        as_glyphs = self.scale.event_px >= GLYPH_FROM_PX
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setClipRect(QRectF(self.scale.left, 0, self.scale.width, self.height))
        tick_px = max(self.scale.event_px - 1, 1.0)
        for lane, positions in zip(self.data.lanes, self.data.within(first, last), strict=True):
            color = self.theme.lane_color(lane)
            painter.setBrush(color)
            middle = self._row_top(self.rows.index(lane)) + ROW_PX / 2
            for position in positions:
                x = self.scale.x(position - 0.5)
                if as_glyphs:
                    painter.drawPath(lane_path(lane, QPointF(x, middle), _GLYPH_PX))
                else:
                    painter.fillRect(QRectF(x - tick_px / 2, middle - BAR_PX / 2, tick_px, BAR_PX), color)
        painter.setClipping(False)

    def _draw_axis(self, painter: QPainter) -> None:
        painter.setFont(tabular_font(CAPTION_PX))
        bottom = self._row_top(len(self.rows))
        scale = self.scale
        for position in ticks(scale.first, scale.span, scale.width):
            x = scale.x(position)
            painter.setPen(QPen(QColor(self.theme.line), 1))
            painter.drawLine(QLineF(x, AXIS_PX - 4, x, bottom))
            painter.setPen(QColor(self.theme.muted))
            box = QRectF(x - 60, 0, 120, 14)
            if box.left() + 30 > GUTTER_PX and x + 30 < self.width:
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{position:,}")

    def _draw_labels(self, painter: QPainter) -> None:
        painter.setFont(ui_font(CAPTION_PX))
        painter.fillRect(QRectF(0, 0, GUTTER_PX, self.height), QColor(self.theme.surface))
        for row, lane in enumerate(self.rows):
            middle = self._row_top(row) + ROW_PX / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.lane_color(lane))
            painter.drawPath(lane_path(lane, QPointF(18, middle), _GLYPH_PX))
            painter.setPen(QColor(self.theme.muted))
            self._label(painter, row, lane_title(lane))
        if self.forks:
            painter.setPen(QPen(QColor(self.theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(18, self._row_top(len(self.rows)) + ROW_PX / 2), 3.5, 3.5)
            painter.setPen(QColor(self.theme.muted))
            self._label(painter, len(self.rows), QCoreApplication.translate("Timeline", "Branches"))

    def _label(self, painter: QPainter, row: int, text: str) -> None:
        box = QRectF(30, self._row_top(row), GUTTER_PX - 34, ROW_PX)
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _draw_problems(self, painter: QPainter) -> None:
        pen = QPen(QColor(self.theme.problem), 1.5)
        painter.setPen(pen)
        taken = -1.0
        for position in self.problems:
            x = self.scale.x(position - 0.5)
            if self.scale.left <= x <= self.scale.left + self.scale.width and x - taken >= 4:
                painter.drawPath(cross_path(QPointF(x, AXIS_PX - 6), 6))
                taken = x

    def _draw_forks(self, painter: QPainter) -> None:
        top = self._row_top(len(self.rows))
        painter.setFont(ui_font(CAPTION_PX))
        metrics = QFontMetricsF(painter.font())
        free_from = self.scale.left - 4
        for fork in self.forks:
            x = self.scale.x(fork.position)
            if not self.scale.left - 1 <= x <= self.scale.left + self.scale.width + 1:
                continue
            painter.setPen(QPen(QColor(self.theme.muted), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QLineF(x, AXIS_PX, x, top + 3))
            painter.setPen(QPen(QColor(self.theme.accent), 1.5))
            painter.setBrush(QColor(self.theme.surface))
            painter.drawEllipse(QPointF(x, top + ROW_PX / 2), 3.5, 3.5)
            if x < free_from:
                continue
            name = metrics.elidedText(fork.name, Qt.TextElideMode.ElideRight, 140)
            needed = metrics.horizontalAdvance(name)
            fits = x + 8 + needed <= self.width - 4
            painter.setPen(QColor(self.theme.text))
            box = QRectF(x + 8 if fits else x - 8 - needed, top, needed + 2, ROW_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            free_from = x + needed + 16
