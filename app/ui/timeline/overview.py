"""The whole session in one strip, with a brush over the part that the lanes show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import CAPTION_PX, ui_font
from app.ui.timeline.beside import Beside
from app.ui.timeline.lane_scale import EDGE_PX, GUTTER_PX, LaneScale
from app.ui.timeline.range_shade import draw_range
from app.ui.timeline.spoken_slider import SpokenSlider
from app.viewmodels.marks import FLAGGED
from app.viewmodels.play_range import PlayRange

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from app.ui.theme import Theme
    from app.ui.timeline.viewport import Viewport
    from app.viewmodels.axis import Axis
    from app.viewmodels.timeline_data import TimelineData

HEIGHT_PX: Final = 30
_ROW_PX: Final = 3
_ROWS_PX: Final = 20
_STEPS: Final = 10_000
"""The slider's whole numbers: the first coordinate in view as a share of the axis."""
_EDGE_GRAB_PX: Final = 5
_TICK_PX: Final = 7
Grip = Literal["none", "brush", "left", "right"]


class OverviewStrip(SpokenSlider):
    """Its value is where the part in view begins: drag the brush or its edges, or click to bring it there."""

    def __init__(self, theme: Theme, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._viewport = theme, viewport
        self._data: TimelineData | None = None
        self._axis: Axis | None = None
        self._beside = Beside()
        self._range = PlayRange()
        self._playhead = 0
        self._picture: QPixmap | None = None
        self._grip: Grip = "none"
        self._held = 0.0
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("timeline.overview")
        self.setAccessibleName(self.tr("Part of the timeline in view"))
        self.setRange(0, _STEPS)
        viewport.changed.connect(self._on_viewport_changed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._forget_picture()

    def set_data(self, data: TimelineData | None, axis: Axis | None) -> None:
        self._data, self._axis = data, axis
        self._forget_picture()

    def set_beside(self, beside: Beside) -> None:
        self._beside = beside
        self._forget_picture()

    def set_range(self, played: PlayRange) -> None:
        self._range = played
        self._forget_picture()

    def set_playhead(self, position: int) -> None:
        if self._axis is not None:
            scale = self._scale()
            for value in (self._playhead, position):
                self.update(QRect(int(scale.x(self._axis.playhead(value))) - 3, 0, 6, self.height()))
        self._playhead = position

    def sizeHint(self) -> QSize:
        return QSize(600, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(GUTTER_PX + 120, HEIGHT_PX)

    @Slot()
    def _on_viewport_changed(self) -> None:
        viewport = self._viewport
        length = viewport.length or 1.0
        self.setSingleStep(max(round(viewport.span / length * _STEPS / 10), 1))
        self.setPageStep(max(round(viewport.span / length * _STEPS * 0.9), 1))
        self.blockSignals(True)
        self.setValue(round(viewport.first / length * _STEPS))
        self.blockSignals(False)
        self.update()

    def spoken_value(self) -> str:
        """Which events are in view."""
        if self._axis is None:
            return self.tr("no session open")
        first, last = self._axis.positions_between(self._viewport.first, self._viewport.first + self._viewport.span)
        return self.tr("events {first} to {last}").format(first=f"{first:,}", last=f"{last:,}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        span = self._viewport.span
        steps = {
            Qt.Key.Key_PageUp: -0.9 * span,
            Qt.Key.Key_PageDown: 0.9 * span,
            Qt.Key.Key_Up: -0.1 * span,
            Qt.Key.Key_Down: 0.1 * span,
        }
        by = steps.get(Qt.Key(event.key()))
        if by is None:
            event.ignore()
            return
        self._viewport.pan(by)

    def _grip_at(self, x: float) -> Grip:
        viewport, scale = self._viewport, self._scale()
        left, right = scale.x(viewport.first), scale.x(viewport.first + viewport.span)
        grab = self._theme.row_px(_EDGE_GRAB_PX)
        if not viewport.is_whole or x < left + grab or x > right - grab:
            if abs(x - left) <= grab:
                return "left"
            if abs(x - right) <= grab:
                return "right"
        return "brush" if left <= x <= right else "none"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._data is None:
            return
        x = event.position().x()
        here = self._scale().coordinate(x)
        grip = self._grip_at(x)
        self._held = here - self._viewport.first if grip == "brush" else self._viewport.span / 2
        self._grip = "brush" if grip == "none" else grip
        self.setSliderDown(True)
        self._drag_to(here)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._drag_to(self._scale().coordinate(event.position().x()))
            return
        is_edge = self._grip_at(event.position().x()) in {"left", "right"}
        self.setCursor(Qt.CursorShape.SizeHorCursor if is_edge else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 -- whichever button it was
        self.setSliderDown(False)

    def _drag_to(self, here: float) -> None:
        viewport = self._viewport
        if self._grip == "left":
            viewport.resize(here, viewport.first + viewport.span)
        elif self._grip == "right":
            viewport.resize(viewport.first, here)
        else:
            viewport.move_to(here - self._held)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._viewport.zoom(event.angleDelta().y() / 120, self._scale().coordinate(event.position().x()))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget_picture()

    def _scale(self) -> LaneScale:
        width = max(self.width() - GUTTER_PX - EDGE_PX, 1)
        return LaneScale(GUTTER_PX, width, 0.0, self._viewport.length or 1.0)

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- small enough to paint whole
        painter = QPainter(self)
        if self._picture is None:
            self._picture = self._drawn()
        painter.drawPixmap(0, 0, self._picture)
        if self._data is None or self._axis is None:
            return
        scale = self._scale()
        accent = QColor(self._theme.accent)
        if self._range.is_limited:
            draw_range(painter, self._theme, self._range, self._axis, scale, (0, HEIGHT_PX), self._data.head)
        if not self._viewport.is_whole:
            self._draw_brush(painter, scale)
        painter.fillRect(QRectF(scale.x(self._axis.playhead(self._playhead)) - 1, 0, 2, HEIGHT_PX), accent)
        if self.hasFocus():
            painter.setPen(accent)
            painter.drawRect(QRect(0, 0, self.width() - 1, self.height() - 1))

    def _draw_brush(self, painter: QPainter, scale: LaneScale) -> None:
        left = scale.x(self._viewport.first)
        width = max(self._viewport.span * scale.unit_px, 6.0)
        brush = QRectF(left, 1.5, width, HEIGHT_PX - 3)
        painter.fillRect(brush, self._theme.tint())
        painter.setPen(QPen(QColor(self._theme.accent), 1.5))
        painter.drawRect(brush)
        for x in (brush.left(), brush.right()):
            painter.fillRect(QRectF(x - 1.5, HEIGHT_PX / 2 - 6, 3, 12), QColor(self._theme.accent))

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(self._theme.window))
        painter = QPainter(pixmap)
        painter.setPen(QColor(self._theme.muted))
        painter.setFont(ui_font(CAPTION_PX))
        title = self._title() if self._data is not None else ""
        painter.drawText(QRectF(12, 0, GUTTER_PX - 16, HEIGHT_PX), Qt.AlignmentFlag.AlignVCenter, title)
        if self._data is not None and self._axis is not None and self._data.head:
            self._draw_density(painter, self._data, self._axis, ratio)
            self._draw_points(painter, self._axis)
        painter.end()
        return pixmap

    def _title(self) -> str:
        """What is played where that is a part, else what the strip is."""
        if not self._range.is_limited:
            return self.tr("Whole branch")
        first, last = self._range.within(self._data.head if self._data is not None else 0)
        return f"{first:,} – {last:,}"

    def _draw_density(self, painter: QPainter, data: TimelineData, axis: Axis, ratio: float) -> None:
        from app.ui.timeline import lane_raster  # noqa: PLC0415 -- NumPy loads after the first paint

        scale = self._scale()
        pixels = max(round(scale.width * ratio), 1)
        edges = lane_raster.pixel_edges(0.0, scale.span, pixels)
        counts = data.coverage(edges) if axis.kind == "event" else data.counts(axis.position_edges(edges))
        colors = [_rgb(self._theme.lane_color(lane)) for lane in data.lanes]
        row_px = min(max(_ROWS_PX // len(counts), _ROW_PX), 2 * _ROW_PX)
        image = lane_raster.heat(counts, colors, _rgb(QColor(self._theme.window)), round(row_px * ratio))
        image.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(scale.left, (HEIGHT_PX - row_px * len(counts)) // 2), image)

    def _draw_points(self, painter: QPainter, axis: Axis) -> None:
        """Hits, forks and problems as ticks at the bottom; markers and notes as flags at the top."""
        from app.ui.timeline.lane_raster import runs  # noqa: PLC0415 -- NumPy loads after the first paint

        scale, beside = self._scale(), self._beside
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flags = [mark.position for mark in beside.marks if mark.kind in FLAGGED]
        forks = [fork.position for fork in beside.forks]
        ticks = ((forks, self._theme.muted), (beside.found, self._theme.accent), (beside.hits, self._theme.accent),
                 (beside.problems, self._theme.problem))  # fmt: skip
        for positions, color in ticks:
            for left, width in runs(axis, positions, 0.0, scale.span, scale.width):
                painter.fillRect(QRectF(scale.left + left, HEIGHT_PX - _TICK_PX, width, _TICK_PX), QColor(color))
        for left, width in runs(axis, flags, 0.0, scale.span, scale.width):
            self._draw_flag(painter, scale.left + left + 1)
            painter.fillRect(QRectF(scale.left + left, 0, width, 5), QColor(self._theme.accent))

    def _draw_flag(self, painter: QPainter, x: float) -> None:
        painter.fillRect(QRectF(x - 0.75, 0, 1.5, 9), QColor(self._theme.accent))
        painter.fillRect(QRectF(x, 0, 6, 5), QColor(self._theme.accent))


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
