"""The whole session in one strip, with a brush over the part that the lanes show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.ui.theme import CAPTION_PX, ui_font
from app.ui.timeline.lane_scale import EDGE_PX, GUTTER_PX, LaneScale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from app.ui.theme import Theme
    from app.ui.timeline.viewport import Viewport
    from app.viewmodels.fork_points import ForkPoint
    from app.viewmodels.timeline_data import TimelineData

HEIGHT_PX: Final = 30
_ROW_PX: Final = 3


class OverviewStrip(QAbstractSlider):
    """Its value is the first event in view: drag the brush, or click elsewhere to bring it there."""

    def __init__(self, theme: Theme, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._viewport = theme, viewport
        self._data: TimelineData | None = None
        self._forks: tuple[ForkPoint, ...] = ()
        self._problems: Sequence[int] = ()
        self._playhead = 0
        self._picture: QPixmap | None = None
        self._grip = 0.0
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("timeline.overview")
        self.setAccessibleName(self.tr("Part of the timeline in view"))
        viewport.changed.connect(self._on_viewport_changed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._forget_picture()

    def set_data(self, data: TimelineData | None) -> None:
        self._data = data
        self._forget_picture()

    def set_forks(self, forks: tuple[ForkPoint, ...]) -> None:
        self._forks = forks
        self._forget_picture()

    def set_problems(self, positions: Sequence[int]) -> None:
        self._problems = positions
        self._forget_picture()

    def set_playhead(self, position: int) -> None:
        scale = self._scale()
        for value in (self._playhead, position):
            self.update(QRect(int(scale.x(value)) - 3, 0, 6, self.height()))
        self._playhead = position

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(GUTTER_PX + 120, HEIGHT_PX)

    @Slot()
    def _on_viewport_changed(self) -> None:
        viewport = self._viewport
        self.setRange(0, max(int(viewport.length - viewport.span), 0))
        self.setSingleStep(max(int(viewport.span / 10), 1))
        self.setPageStep(max(int(viewport.span * 0.9), 1))
        self.blockSignals(True)
        self.setValue(int(viewport.first))
        self.blockSignals(False)
        last = min(int(viewport.first + viewport.span), viewport.length)
        self.setAccessibleDescription(
            self.tr("events {first} to {last}").format(first=f"{int(viewport.first) + 1:,}", last=f"{last:,}")
        )
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_PageUp: -self.pageStep(),
            Qt.Key.Key_PageDown: self.pageStep(),
            Qt.Key.Key_Up: -self.singleStep(),
            Qt.Key.Key_Down: self.singleStep(),
        }
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            event.ignore()
            return
        self._viewport.pan(by)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        here = self._scale().coordinate(event.position().x())
        first, span = self._viewport.first, self._viewport.span
        self._grip = here - first if first <= here <= first + span else span / 2
        self.setSliderDown(True)
        self._viewport.move_to(here - self._grip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._viewport.move_to(self._scale().coordinate(event.position().x()) - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 -- whichever button it was
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._viewport.zoom(event.angleDelta().y() / 120, self._scale().coordinate(event.position().x()))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget_picture()

    def _scale(self) -> LaneScale:
        width = max(self.width() - GUTTER_PX - EDGE_PX, 1)
        return LaneScale(GUTTER_PX, width, 0.0, max(float(self._viewport.length), 1.0))

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- small enough to paint whole
        painter = QPainter(self)
        if self._picture is None:
            self._picture = self._drawn()
        painter.drawPixmap(0, 0, self._picture)
        if self._data is None:
            return
        scale = self._scale()
        accent = QColor(self._theme.accent)
        if not self._viewport.is_whole:
            self._draw_brush(painter, scale)
        painter.fillRect(QRectF(scale.x(self._playhead) - 1, 0, 2, HEIGHT_PX), accent)
        if self.hasFocus():
            painter.setPen(accent)
            painter.drawRect(QRect(0, 0, self.width() - 1, self.height() - 1))

    def _draw_brush(self, painter: QPainter, scale: LaneScale) -> None:
        left = scale.x(self._viewport.first)
        width = max(self._viewport.span * scale.event_px, 6.0)
        brush = QRectF(left, 1.5, width, HEIGHT_PX - 3)
        painter.fillRect(brush, self._theme.tint())
        painter.setPen(QPen(QColor(self._theme.accent), 1.5))
        painter.drawRect(brush)

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(self._theme.window))
        painter = QPainter(pixmap)
        painter.setPen(QColor(self._theme.muted))
        painter.setFont(ui_font(CAPTION_PX))
        title = self.tr("Whole branch") if self._data is not None else ""
        painter.drawText(QRectF(12, 0, GUTTER_PX - 16, HEIGHT_PX), Qt.AlignmentFlag.AlignVCenter, title)
        if self._data is not None and self._data.head:
            self._draw_density(painter, self._data, ratio)
            self._draw_points(painter)
        painter.end()
        return pixmap

    def _draw_density(self, painter: QPainter, data: TimelineData, ratio: float) -> None:
        from app.ui.timeline import lane_raster  # noqa: PLC0415 -- NumPy loads after the first paint

        scale = self._scale()
        pixels = max(round(scale.width * ratio), 1)
        counts = data.coverage(lane_raster.pixel_edges(0.0, scale.span, pixels))
        colors = [_rgb(self._theme.lane_color(lane)) for lane in data.lanes]
        image = lane_raster.heat(counts, colors, _rgb(QColor(self._theme.window)), round(_ROW_PX * ratio))
        image.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(scale.left, (HEIGHT_PX - _ROW_PX * len(counts)) // 2), image)

    def _draw_points(self, painter: QPainter) -> None:
        scale = self._scale()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks = [(fork.position, self._theme.accent) for fork in self._forks]
        marks += [(position, self._theme.problem) for position in self._problems[:2000]]
        for position, color in marks:
            painter.fillRect(QRectF(scale.x(position) - 1, HEIGHT_PX - 7, 2, 7), QColor(color))


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
