"""A row of the list twin: the kind's shape beside its name, and the future pale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.shapes import lane_path
from app.ui.theme import FUTURE_OPACITY
from app.viewmodels.events_model import COLUMNS

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from app.domain.vocabulary import Lane
    from app.ui.theme import Theme
    from app.viewmodels.events_model import EventsModel

_SHAPE_PX: Final = 9
_BOX_PX: Final = 14
_MUTED: Final = frozenset({COLUMNS.index("time"), COLUMNS.index("type")})


class EventRowDelegate(QStyledItemDelegate):
    """Paints plain text only; ``shape_column`` is where the shapes stand."""

    def __init__(self, theme: Theme, model: EventsModel, shape_column: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._shape_column, self._view = model, shape_column, parent
        self.playhead = 0
        self._shapes: dict[tuple[Lane, bool], QIcon] = {}
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._shapes.clear()

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        is_future = self._model.position_of(index.row()) > self.playhead
        color = QColor(self._theme.muted if index.column() in _MUTED else self._theme.text)
        color.setAlphaF(FUTURE_OPACITY if is_future else 1.0)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, color)
        lane = self._model.lane_of(index.row())
        if index.column() == self._shape_column and lane is not None:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = self._shape(lane, is_future=is_future)
            option.decorationSize = QSize(_BOX_PX, _BOX_PX)

    def _shape(self, lane: Lane, *, is_future: bool) -> QIcon:
        if (lane, is_future) not in self._shapes:
            ratio = self._view.devicePixelRatioF()
            pixmap = QPixmap(round(_BOX_PX * ratio), round(_BOX_PX * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(FUTURE_OPACITY if is_future else 1.0)
            path = lane_path(lane, QPointF(_BOX_PX / 2, _BOX_PX / 2), _SHAPE_PX)
            painter.fillPath(path, self._theme.lane_color(lane))
            painter.end()
            self._shapes[lane, is_future] = QIcon(pixmap)
        return self._shapes[lane, is_future]
