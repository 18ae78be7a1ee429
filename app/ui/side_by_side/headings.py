"""Above the compared turns: what each column is, how it was made, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from app.ui.side_by_side.name_label import NameLabel
from app.ui.side_by_side.row_layout import PAD_PX, column_width
from app.ui.transport.elided_label import ElidedLabel
from app.ui.write_guard import hold_back
from app.viewmodels.plural import plural
from app.viewmodels.short_names import short_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.compare.comparison import ComparedBranch


def _tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


@dataclass(frozen=True, slots=True)
class Column:
    """What a heading tells of a branch."""

    branch: str
    name: str
    short_name: str
    made: str
    is_baseline: bool


def columns_of(branches: Sequence[ComparedBranch], order: Sequence[int]) -> list[Column]:
    """Headings in an order; what all names begin with is left out where it would be all that fits."""
    names = short_names([branches[number].name for number in order])
    return [_column(branches[number], name, is_baseline=number == 0) for number, name in zip(order, names, strict=True)]


def _column(compared: ComparedBranch, short_name: str, *, is_baseline: bool) -> Column:
    settings = [one.setting for one in compared.settings]
    told = []
    for setting in settings[:1]:
        told.append(setting.model)
        if setting.temperature is not None:
            told.append(_tr("temperature {value}").format(value=f"{setting.temperature:g}"))
        if setting.seed is not None:
            told.append(_tr("seed {value}").format(value=setting.seed))
        if setting.instructions is not None:
            told.append(_tr("instructions {label}").format(label=setting.instructions.label))
    if len(settings) > 1:
        told.append(plural("SideBySide", "and {count} other setting", "and {count} other settings", len(settings) - 1))
    asked_none = _tr("recorded") if compared.branch.parent is None else _tr("no model asked")
    made = " · ".join(told) or asked_none
    return Column(compared.branch.id, compared.name, short_name, made, is_baseline)


class _Heading(QWidget):
    """One column's name, its setting, and a menu."""

    def __init__(self, column: Column, parent: Headings) -> None:
        super().__init__(parent)
        self._column = column
        self._name = name = NameLabel(column.short_name)
        name.setProperty("tone", "heading")
        name.setToolTip(column.name)
        made = _label((_tr("baseline") + " · " if column.is_baseline else "") + column.made, "caption")
        more = QToolButton()
        more.setText("⋯")
        more.setAccessibleName(_tr("What to do with {name}").format(name=column.name))
        more.setToolTip(more.accessibleName())
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        more.clicked.connect(self._on_more)
        self._more = more
        first = QHBoxLayout()
        first.setContentsMargins(0, 0, 0, 0)
        first.addWidget(name, 1)
        first.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(PAD_PX, 2, 4, 4)
        column_box.setSpacing(0)
        column_box.addLayout(first)
        column_box.addWidget(made)
        self._first = first
        self._least = self.sizeHint().height()

    def height_in(self, width: int) -> int:
        """What the heading takes where its column is so wide (pixels)."""
        left = width - PAD_PX - 4 - self._more.sizeHint().width() - self._first.spacing()
        return self._least + (self._name.lines_in(left) - 1) * self._name.fontMetrics().lineSpacing()

    @Slot()
    def _on_more(self) -> None:
        owner = self.parent()
        if isinstance(owner, Headings):
            owner.open_menu(self._column, self._more.mapToGlobal(QPoint(0, self._more.height())))


def _label(text: str, tone: str) -> ElidedLabel:
    label = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)  # trials differ at the end of their names
    label.setProperty("tone", tone)
    label.set_text(text)
    return label


class Headings(QWidget):
    """One heading a column, as wide as the columns below.

    Signals:
        asked(str, str): what is wanted (``continue``, ``baseline``, ``leave``, ``go``), and the branch's id.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebyside.headings")
        self._headings: list[_Heading] = []
        self._width = 0

    def show_columns(self, columns: Sequence[Column]) -> None:
        for heading in self._headings:
            heading.hide()
            heading.deleteLater()
        self._headings = [_Heading(column, self) for column in columns]
        for heading in self._headings:
            heading.show()
        self.set_columns_width(self._width)

    def set_columns_width(self, width: int) -> None:
        """Stand over columns that share this width."""
        self._width = width
        each = column_width(width, len(self._headings))
        self.setFixedHeight(max((one.height_in(each) for one in self._headings), default=0))
        for number, heading in enumerate(self._headings):
            heading.setGeometry(number * each, 0, each, self.height())

    def open_menu(self, column: Column, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        hold_back(self, self._add(menu, _tr("Continue from this one"), "continue", column))
        self._add(menu, _tr("Show this branch"), "go", column)
        if not column.is_baseline:
            self._add(menu, _tr("Make it the baseline"), "baseline", column)
        self._add(menu, _tr("Leave out of the comparison"), "leave", column)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _add(self, menu: QMenu, text: str, wanted: str, column: Column) -> QAction:
        action = QAction(text, menu)
        action.setData((wanted, column.branch))
        action.triggered.connect(self._on_chosen)
        menu.addAction(action)
        return action

    @Slot()
    def _on_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.asked.emit(*action.data())
