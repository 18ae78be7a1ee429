"""The lanes: a slider whose groove is the events themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.ui.timeline.beside import Beside
from app.ui.timeline.caption import spoken
from app.ui.timeline.lane_picture import GLYPH_FROM_PX, LanePicture
from app.ui.timeline.lane_scale import AXIS_PX, EDGE_PX, GUTTER_PX, LaneScale
from app.ui.timeline.range_shade import draw_range
from app.ui.timeline.rows import LEAST_ROW_PX, ROW_PX, RowLayout, height_of, rows_of
from app.ui.timeline.spoken_slider import SpokenSlider
from app.viewmodels.play_range import PlayRange

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from app.ui.theme import Theme
    from app.ui.timeline.viewport import Viewport
    from app.viewmodels.axis import Axis
    from app.viewmodels.timeline_data import TimelineData

_HANDLE_PX: Final = 11.0
_AROUND_PX: Final = 8
_SNAP_PX: Final = 5.0
"""By the clock an event is a point: a click so near before it is meant for it."""


class LanesView(SpokenSlider):
    """Its value is the playhead, read as the event there. Events are painted once; a step repaints what it passed.

    Signals:
        position_requested(int): the person put the playhead there.
        hovered(object): (point, position) of the event under the pointer; None when there is none.
        centre_requested(int): the person wants this position in the middle.
    """

    position_requested = Signal(int)
    hovered = Signal(object)
    centre_requested = Signal(int)

    def __init__(self, theme: Theme, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._viewport = theme, viewport
        self._data: TimelineData | None = None
        self._axis: Axis | None = None
        self._beside = Beside()
        self._rows = rows_of(None, self._beside)
        self._range = PlayRange()
        self._playhead = 0
        self._is_told = False
        self._past: QPixmap | None = None
        self._future: QPixmap | None = None
        self._pan_from: float | None = None
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setObjectName("timeline.lanes")
        self.setAccessibleName(self.tr("Timeline"))
        self.setRange(0, 0)
        viewport.changed.connect(self._on_viewport_changed)

    # --- what it shows

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._forget_picture()

    def set_data(self, data: TimelineData | None, axis: Axis | None, head: int, playhead: int) -> None:
        self._data, self._axis = data, axis
        self._playhead = playhead
        self._is_told = True  # a slider that stood beyond the new end moves by itself, which nobody asked for
        self.setRange(0, head)
        self._is_told = False
        self.setPageStep(max(head // 20, 1))
        self._arrange_rows()
        self.set_playhead(playhead)

    def set_axis(self, axis: Axis) -> None:
        self._axis = axis
        self._forget_picture()

    def set_beside(self, beside: Beside) -> None:
        self._beside = beside
        self._arrange_rows()

    def set_range(self, played: PlayRange) -> None:
        self._range = played
        self.update()

    def _arrange_rows(self) -> None:
        self._rows = rows_of(self._data, self._beside)
        self._forget_picture()
        self.updateGeometry()

    def set_playhead(self, position: int) -> None:
        """The playhead is there now, whoever put it there."""
        before, self._playhead = self._playhead, position
        self.setValue(position)
        self._repaint_between(before, position)

    def sizeHint(self) -> QSize:
        return QSize(600, height_of(self._rows, ROW_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(GUTTER_PX + 120, height_of(self._rows, LEAST_ROW_PX))

    # --- value

    def spoken_value(self) -> str:
        return spoken(self._data, self.value())

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        is_moved = change is QAbstractSlider.SliderChange.SliderValueChange and self.value() != self._playhead
        if is_moved and not self._is_told:
            self.set_playhead(self.value())
            self.position_requested.emit(self._playhead)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # up and down mean nothing on a line; they stay free for the window
            return
        super().keyPressEvent(event)

    # --- pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        wants_pan = event.button() is Qt.MouseButton.MiddleButton or (
            event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )
        if wants_pan:
            self._pan_from = self._scale().coordinate(event.position().x())
        elif event.button() is Qt.MouseButton.LeftButton and event.position().x() >= GUTTER_PX - _AROUND_PX:
            self.setSliderDown(True)
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._pan_from is not None:
            self._viewport.pan(self._pan_from - self._scale().coordinate(x))
        elif self.isSliderDown():
            self._drag_to(x)
        else:
            self._hover(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002 -- whichever button it was
        self._pan_from = None
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if turned.x() and not turned.y():
            self._viewport.pan(-turned.x() / 120 * self._viewport.span * 0.1)
        else:
            self._viewport.zoom(turned.y() / 120, self._scale().coordinate(event.position().x()))
        event.accept()

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002
        self.hovered.emit(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and event.position().x() >= GUTTER_PX:
            self.centre_requested.emit(self.position_at(event.position().x()))

    def position_at(self, x: float) -> int:
        """The event under a pixel; 0 left of the first one."""
        if self._axis is None:
            return 0
        snap = 0.0 if self._axis.kind == "event" else _SNAP_PX
        return min(max(self._axis.position(self._scale().coordinate(x + snap)), 0), self.maximum())

    def _drag_to(self, x: float) -> None:
        self.hovered.emit(None)
        self.setValue(self.position_at(x))

    def _hover(self, point: QPoint) -> None:
        position = self.position_at(point.x())
        is_over = self._data is not None and point.x() >= GUTTER_PX and position >= 1
        self.hovered.emit((point, position) if is_over else None)

    # --- picture

    def _scale(self) -> LaneScale:
        width = max(self.width() - GUTTER_PX - EDGE_PX, 1)
        return LaneScale(GUTTER_PX, width, self._viewport.first, self._viewport.span)

    @Slot()
    def _on_viewport_changed(self) -> None:
        self._forget_picture()

    def _forget_picture(self) -> None:
        self._past = self._future = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget_picture()

    def _layout(self) -> RowLayout:
        return RowLayout.fitting(self._rows, self.height())

    def _pictures(self) -> tuple[QPixmap, QPixmap] | None:
        if self._data is None or self._axis is None:
            return None
        if self._past is None or self._future is None:
            picture = LanePicture(
                self._theme, self._data, self._axis, self._layout(), self._scale(), self._beside,
                self.width(), self.height(), self.devicePixelRatioF(),
            )  # fmt: skip
            self._past, self._future = picture.draw()
        return self._past, self._future

    def _x_of(self, position: int) -> float:
        return self._scale().x(self._axis.playhead(position)) if self._axis is not None else 0.0

    def _tint_px(self, position: int) -> float:
        """How wide the event at the playhead is, where that is worth showing."""
        if self._axis is None or self._axis.kind != "event" or not position:
            return 0.0
        width = self._scale().unit_px
        return width if width >= 4 else 0.0

    def _past_px(self) -> float:
        """By the clock the playhead stands on its event, whose shape belongs to the past as a whole."""
        if self._axis is None or self._axis.kind == "event":
            return 0.0
        first, last = self._axis.within(self._viewport.first, self._viewport.span)
        return _SNAP_PX if self._scale().width / max(last - first + 1, 1) >= GLYPH_FROM_PX else 0.0

    def _repaint_between(self, before: int, after: int) -> None:
        left, right = sorted((self._x_of(before), self._x_of(after)))
        around = _AROUND_PX + round(min(self._tint_px(max(before, after)), self.width()))
        self.update(QRect(int(left) - around, 0, int(right - left) + 2 * around, self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pictures = self._pictures()
        if pictures is None:
            painter.fillRect(event.rect(), QColor(self._theme.surface))
            return
        x = self._x_of(self._playhead)
        ratio = self.devicePixelRatioF()
        edge = min(max(round(x + self._past_px()), 0), self.width())
        halves = (QRect(0, 0, edge, self.height()), QRect(edge, 0, self.width() - edge, self.height()))
        for half, pixmap in zip(halves, pictures, strict=True):
            part = half & event.rect()
            if not part.isEmpty():
                source = QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio)
                painter.drawPixmap(QRectF(part), pixmap, source)
        bottom = self._layout().bottom
        if self._axis is not None and self._range.is_limited:
            draw_range(painter, self._theme, self._range, self._axis, self._scale(), (AXIS_PX, bottom), self.maximum())
        if GUTTER_PX - 1 <= x <= self.width():
            self._draw_playhead(painter, x, bottom)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(self._theme.accent))
            painter.drawRect(QRect(0, 0, self.width() - 1, self.height() - 1))

    def _draw_playhead(self, painter: QPainter, x: float, bottom: float) -> None:
        accent = QColor(self._theme.accent)
        tinted = min(self._tint_px(self._playhead), x - GUTTER_PX)
        if tinted > 0:
            painter.fillRect(QRectF(x - tinted, AXIS_PX, tinted, bottom - AXIS_PX), self._theme.tint())
        painter.fillRect(QRectF(x - 1, 14, 2, bottom - 14), accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(accent)
        painter.setPen(Qt.PenStyle.NoPen)
        half = _HANDLE_PX / 2
        points = ((-half, 13), (half, 13), (half, 19), (0, 25), (-half, 19))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y) for dx, y in points]))
