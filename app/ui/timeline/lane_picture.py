"""The picture behind the playhead: labels, axis, and the events in view, at full strength or as the future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from app.domain.vocabulary import Lane
from app.ui.shapes import lane_path
from app.ui.theme import CAPTION_PX, FUTURE_OPACITY, ui_font
from app.ui.timeline.axis_picture import draw_axis
from app.ui.timeline.beside_picture import BesidePicture
from app.ui.timeline.lane_scale import GUTTER_PX, LaneScale
from app.ui.timeline.rows import RowLayout, row_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.theme import Theme
    from app.ui.timeline.beside import Beside
    from app.ui.timeline.rows import Row
    from app.viewmodels.axis import Axis
    from app.viewmodels.timeline_data import TimelineData

GLYPH_FROM_PX: Final = 9.0
"""From so many pixels an event on, each is drawn as its shape."""
_GLYPH_PX: Final = 9.0


@dataclass(frozen=True, slots=True, eq=False)
class LanePicture:
    """Everything a picture of the lanes depends on."""

    theme: Theme
    data: TimelineData
    axis: Axis
    layout: RowLayout
    scale: LaneScale
    beside: Beside
    width: int
    height: int
    ratio: float

    def draw(self) -> tuple[QPixmap, QPixmap]:
        """Everything as the past, and everything as the future: the events are drawn once, and ghosted for it."""
        chrome = self._layer(QColor(self.theme.surface), self._draw_chrome)
        events = self._layer(QColor(Qt.GlobalColor.transparent), self._draw_events)
        return self._laid_over(chrome, events, 1.0), self._laid_over(chrome, events, FUTURE_OPACITY)

    def _layer(self, ground: QColor, draw: Callable[[QPainter], None]) -> QPixmap:
        pixmap = QPixmap(round(self.width * self.ratio), round(self.height * self.ratio))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(ground)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
        return pixmap

    def _laid_over(self, chrome: QPixmap, events: QPixmap, strength: float) -> QPixmap:
        result = chrome.copy()
        painter = QPainter(result)
        painter.setOpacity(strength)
        painter.drawPixmap(0, 0, events)
        painter.end()
        return result

    def _beside(self) -> BesidePicture:
        return BesidePicture(self.theme, self.axis, self.scale, self.layout, self.beside)

    def _draw_chrome(self, painter: QPainter) -> None:
        """What has no past or future: axis, fork points, labels."""
        draw_axis(painter, self.theme, self.axis, self.scale, self.layout.bottom)
        self._beside().draw_forks(painter)
        self._draw_labels(painter)

    def _draw_events(self, painter: QPainter) -> None:
        first, last = self.axis.within(self.scale.first, self.scale.span)
        event_px = self.scale.width / max(last - first + 1, 1)
        painter.setClipRect(QRectF(self.scale.left, 0, self.width - self.scale.left, self.height))
        if event_px < 1:
            self._draw_bars(painter)
        else:
            self._draw_marks(painter, first, last, event_px)
        self._beside().draw(painter)

    def _draw_bars(self, painter: QPainter) -> None:
        from app.ui.timeline import lane_raster  # noqa: PLC0415 -- NumPy loads after the first paint

        pixels = round(self.scale.width * self.ratio)
        edges = lane_raster.pixel_edges(self.scale.first, self.scale.span, pixels)
        counted = self.data.counts(self.axis.position_edges(edges))
        row_px, bar_px = round(self.layout.row_px * self.ratio), round(self.layout.bar_px * self.ratio)
        for lane, counts in zip(self.data.lanes, counted, strict=True):
            image = lane_raster.bars([counts], [self.theme.lane_color(lane).rgba()], row_px, bar_px)
            image.setDevicePixelRatio(self.ratio)
            painter.drawImage(QPointF(self.scale.left, self.layout.top(lane)), image)

    def _draw_marks(self, painter: QPainter, first: int, last: int, event_px: float) -> None:
        """Each event as its shape, or as a tick where they stand close; hollow without a time among timed ones.

        A record without times that a model continued here is not: none of its own was lost.
        """
        timed_from, timed_to = self.data.timed_part
        tick_px = max(self.scale.unit_px - 1, 1.0) if self.axis.kind == "event" else 2.0
        for lane, positions in zip(self.data.lanes, self.data.within(first, last), strict=True):
            color = self.theme.lane_color(lane)
            middle = self.layout.middle(lane)
            coordinates = self.axis.coordinates(positions).tolist()
            for position, coordinate in zip(positions, coordinates, strict=True):
                x = self.scale.x(coordinate)
                if event_px >= GLYPH_FROM_PX:
                    path = lane_path(lane, QPointF(x, middle), _GLYPH_PX)
                else:
                    path = _tick(x, middle, tick_px, self.layout.bar_px)
                is_among = timed_from < position < timed_to
                self._draw_shape(painter, path, color, is_hollow=is_among and not self.data.is_timed(position))

    def _draw_shape(self, painter: QPainter, path: QPainterPath, color: QColor, *, is_hollow: bool) -> None:
        if is_hollow:
            painter.setPen(QPen(color, 1.3))
            painter.setBrush(QColor(self.theme.surface))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
        painter.drawPath(path)

    def _draw_labels(self, painter: QPainter) -> None:
        painter.setFont(ui_font(CAPTION_PX))
        painter.fillRect(QRectF(0, 0, GUTTER_PX, self.height), QColor(self.theme.surface))
        for row in self.layout.rows:
            self._draw_sign(painter, row)
            self._draw_label(painter, row)

    def _draw_sign(self, painter: QPainter, row: Row) -> None:
        centre = QPointF(18, self.layout.middle(row))
        accent = QColor(self.theme.accent)
        painter.setPen(Qt.PenStyle.NoPen)
        if isinstance(row, Lane):
            painter.setBrush(self.theme.lane_color(row))
            painter.drawPath(lane_path(row, centre, _GLYPH_PX))
        elif row == "branches":
            painter.setPen(QPen(accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 3.5, 3.5)
        elif row in {"found", "hits", "field"}:
            painter.fillRect(QRectF(centre.x() - 1, centre.y() - 5, 2, 10), accent)
        else:
            flag = QColor(self.theme.muted) if row == "derived" else accent
            painter.fillPath(_flag(centre), flag)

    def _draw_label(self, painter: QPainter, row: Row) -> None:
        box = QRectF(30, self.layout.top(row), GUTTER_PX - 34, self.layout.row_px)
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(row_title(row, self.beside), Qt.TextElideMode.ElideMiddle, box.width())
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def _tick(x: float, middle: float, width: float, height: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(x - width / 2, middle - height / 2, width, height))
    return path


def _flag(centre: QPointF) -> QPainterPath:
    path = QPainterPath(centre + QPointF(-3, -5))
    for dx, dy in ((4, -2), (-2, 1), (-2, 5), (-3, 5)):
        path.lineTo(centre + QPointF(dx, dy))
    path.closeSubpath()
    return path
