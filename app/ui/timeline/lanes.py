"""The lanes: a slider whose groove is the events themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.domain.vocabulary import Lane
from app.ui.timeline.caption import card_lines, spoken
from app.ui.timeline.lane_picture import LanePicture
from app.ui.timeline.lane_scale import AXIS_PX, EDGE_PX, GUTTER_PX, ROW_PX, LaneScale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from app.ui.theme import Theme
    from app.ui.timeline.viewport import Viewport
    from app.viewmodels.fork_points import ForkPoint
    from app.viewmodels.timeline_data import TimelineData

_ALWAYS: Final = (Lane.CUSTOMER, Lane.ASSISTANT, Lane.TOOL, Lane.BEHAVIOUR, Lane.RECOMMENDATION)
_HANDLE_PX: Final = 11.0
_AROUND_PX: Final = 8


class LanesView(QAbstractSlider):
    """Its value is the playhead. The events are painted once; a step repaints only what it passed.

    Signals:
        position_requested(int): the person put the playhead there.
        hovered(object): (point, first line, second line) of what is under the pointer; None when nothing is.
    """

    position_requested = Signal(int)
    hovered = Signal(object)

    def __init__(self, theme: Theme, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._viewport = theme, viewport
        self._data: TimelineData | None = None
        self._rows: tuple[Lane, ...] = _ALWAYS
        self._forks: tuple[ForkPoint, ...] = ()
        self._problems: Sequence[int] = ()
        self._playhead = 0
        self._past: QPixmap | None = None
        self._future: QPixmap | None = None
        self._pan_from: float | None = None
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("timeline.lanes")
        self.setAccessibleName(self.tr("Timeline"))
        self.setRange(0, 0)
        viewport.changed.connect(self._on_viewport_changed)

    # --- what it shows

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._forget_picture()

    def set_data(self, data: TimelineData | None, head: int, playhead: int) -> None:
        self._data = data
        present = set(data.lanes) if data is not None else set()
        self._rows = _ALWAYS + tuple(lane for lane in (Lane.SYSTEM, Lane.UNKNOWN) if lane in present)
        self._playhead = playhead
        self.setRange(0, head)
        self.setPageStep(max(head // 20, 1))
        self.set_playhead(playhead)
        self._forget_picture()
        self.updateGeometry()

    def set_forks(self, forks: tuple[ForkPoint, ...]) -> None:
        self._forks = forks
        self._forget_picture()
        self.updateGeometry()

    def set_problems(self, positions: Sequence[int]) -> None:
        self._problems = positions
        self._forget_picture()

    def set_playhead(self, position: int) -> None:
        """The playhead is there now, whoever put it there."""
        before, self._playhead = self._playhead, position
        self.setValue(position)
        self.setAccessibleDescription(spoken(self._data, position))
        self._repaint_between(before, position)

    def sizeHint(self) -> QSize:
        rows = len(self._rows) + (1 if self._forks else 0)
        return QSize(600, AXIS_PX + rows * ROW_PX + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(GUTTER_PX + 120, self.sizeHint().height())

    # --- value

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        if change is QAbstractSlider.SliderChange.SliderValueChange and self.value() != self._playhead:
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

    def _drag_to(self, x: float) -> None:
        self.hovered.emit(None)
        self.setValue(self._scale().position(x, self.maximum()))

    def _hover(self, point: QPoint) -> None:
        position = self._scale().position(point.x(), self.maximum())
        if self._data is None or point.x() < GUTTER_PX or not 1 <= position <= self._data.head:
            self.hovered.emit(None)
            return
        self.hovered.emit((point, *card_lines(self._data, position)))

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

    def _pictures(self) -> tuple[QPixmap, QPixmap] | None:
        if self._data is None:
            return None
        if self._past is None or self._future is None:
            picture = LanePicture(
                self._theme, self._data, self._rows, self._scale(), self._forks, self._problems,
                self.width(), self.height(), self.devicePixelRatioF(),
            )  # fmt: skip
            self._past, self._future = picture.draw(is_future=False), picture.draw(is_future=True)
        return self._past, self._future

    def _repaint_between(self, before: int, after: int) -> None:
        scale = self._scale()
        left, right = sorted((scale.x(before), scale.x(after)))
        around = _AROUND_PX + round(scale.event_px) if scale.event_px < self.width() else self.width()
        self.update(QRect(int(left) - around, 0, int(right - left) + 2 * around, self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pictures = self._pictures()
        if pictures is None:
            painter.fillRect(event.rect(), QColor(self._theme.surface))
            return
        scale = self._scale()
        x = scale.x(self._playhead)
        ratio = self.devicePixelRatioF()
        edge = min(max(round(x), 0), self.width())
        halves = (QRect(0, 0, edge, self.height()), QRect(edge, 0, self.width() - edge, self.height()))
        for half, pixmap in zip(halves, pictures, strict=True):
            part = half & event.rect()
            if not part.isEmpty():
                source = QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio)
                painter.drawPixmap(QRectF(part), pixmap, source)
        if GUTTER_PX - 1 <= x <= self.width():
            self._draw_playhead(painter, scale, x)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(self._theme.accent))
            painter.drawRect(QRect(0, 0, self.width() - 1, self.height() - 1))

    def _draw_playhead(self, painter: QPainter, scale: LaneScale, x: float) -> None:
        accent = QColor(self._theme.accent)
        bottom = AXIS_PX + len(self._rows) * ROW_PX
        if scale.event_px >= 4 and self._playhead:
            painter.fillRect(QRectF(x - scale.event_px, AXIS_PX, scale.event_px, bottom - AXIS_PX), self._theme.tint())
        painter.fillRect(QRectF(x - 1, 14, 2, bottom - 14), accent)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(accent)
        painter.setPen(Qt.PenStyle.NoPen)
        half = _HANDLE_PX / 2
        points = ((-half, 13), (half, 13), (half, 19), (0, 25), (-half, 19))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y) for dx, y in points]))
