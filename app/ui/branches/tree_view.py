"""The tree of branches as one widget: it paints the rows in view, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QToolButton, QTreeView

from app.ui.branches.rename_delegate import RenameDelegate
from app.ui.branches.row_painter import RowPainter, RowState, number_width
from app.ui.theme import CAPTION_PX, ui_font
from app.viewmodels.branches_model import BranchesModel, BranchRole, Column

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.theme import Theme
    from app.viewmodels.branch_tree import BranchRow, BranchTree

_OWN_FROM_PX: Final = 190
_LINE_FROM_PX: Final = 430
_LINE_SHARE: Final = 0.42
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BranchTreeView(QTreeView):
    """Arrows walk the tree, letters go to the next name that begins so, Enter switches, F2 renames.

    Signals:
        branch_chosen(str): put this branch in focus.
        menu_wanted(str, QPoint): the context menu of a branch, at a global point.
        card_wanted(str, QPoint): the pointer rests on a branch, at a global point.
        card_unwanted: the pointer has left, or something else is done.
    """

    branch_chosen = Signal(str)
    menu_wanted = Signal(str, QPoint)
    card_wanted = Signal(str, QPoint)
    card_unwanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._branches = BranchesModel(self)
        self._hovered = -1
        self._is_walked = False
        self._painter: RowPainter | None = None
        self.archived = QToolButton(self.header())
        self.renaming = RenameDelegate(self._name_rect, self)
        self.setModel(self._branches)
        self.setItemDelegate(self.renaming)
        self._prepare()

    def _prepare(self) -> None:
        self.setObjectName("branches.tree")
        self.setAccessibleName(self.tr("Branches of the session"))
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(0)
        self.setMinimumHeight(60)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column in (Column.FORK, Column.OWN, Column.LINE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._on_clicked)
        self._prepare_archived()

    def _prepare_archived(self) -> None:
        """What is folded away is told in the heading, where it takes no row."""
        self.archived.setObjectName("branches.archived")
        self.archived.setProperty("small", True)
        self.archived.setCheckable(True)
        self.archived.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.archived.hide()

    # --- what it shows

    @property
    def tree(self) -> BranchTree:
        return self._branches.tree

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._forget_painter()

    def set_tree(self, tree: BranchTree, current: str) -> None:
        chosen = self.chosen
        if self._branches.set_tree(tree, current):
            self.expandAll()
            index = self._branches.index_of(chosen if chosen and self.hasFocus() else current)
            self._set_current_quietly(index if index.isValid() else self._branches.index_of(current))
        words = self.tr("{count} archived, hide") if tree.shows_archived else self.tr("{count} archived, show")
        self.archived.setText(words.format(count=f"{tree.archived:,}"))
        self.archived.setChecked(tree.shows_archived)
        self.archived.setVisible(tree.archived > 0)
        self._fit_columns()
        self._forget_painter()

    def set_focus_branch(self, branch: str) -> None:
        """Tell which branch is in focus; a person who walks the tree by keys stays where they are."""
        self._branches.set_current(branch)
        if not self.hasFocus():
            self._set_current_quietly(self._branches.index_of(branch))

    def set_playhead(self, position: int) -> None:
        self._branches.set_playhead(position)

    @property
    def chosen(self) -> str:
        """Id of the branch that keys speak of; empty when there is none."""
        index = self.currentIndex()
        return index.data(BranchRole.BRANCH).id if index.isValid() else ""

    def rename(self, branch: str) -> None:
        """Open the field for a name."""
        index = self._branches.index_of(branch)
        if index.isValid():
            self.setCurrentIndex(index)
            self.edit(index)

    def place_of(self, branch: str) -> QRect:
        """Where a branch's row stands in the viewport; empty when it is out of view."""
        return self.visualRect(self._branches.index_of(branch))

    def _set_current_quietly(self, index: QModelIndex) -> None:
        if index.isValid():
            self.setCurrentIndex(index)
            if not self.viewport().rect().contains(self.visualRect(index)):
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _fit_columns(self) -> None:
        """Numbers take what they need; a narrow panel leaves the smaller ones out, a wide one shows lines."""
        width, tree = self.viewport().width(), self.tree
        shows_line = width >= _LINE_FROM_PX
        self.setColumnHidden(Column.OWN, width < _OWN_FROM_PX)
        self.setColumnHidden(Column.LINE, not shows_line)
        for column, numbers in (
            (Column.FORK, [row.branch.fork_position for row in tree]),
            (Column.OWN, [row.branch.own_events for row in tree]),
        ):
            title = (
                self.header()
                .fontMetrics()
                .horizontalAdvance(str(self._branches.headerData(column, Qt.Orientation.Horizontal)))
            )
            self.setColumnWidth(column, max(number_width(numbers), title + 12))
        self.setColumnWidth(Column.LINE, round(width * _LINE_SHARE) if shows_line else 24)
        room, size = self.columnWidth(Column.NAME) - 8, self.archived.sizeHint()
        height = self.header().height()
        self.archived.setGeometry(
            4, max((height - size.height()) // 2, 0), min(size.width(), room), min(size.height(), height)
        )

    # --- painting

    def _forget_painter(self) -> None:
        self._painter = None
        self.viewport().update()

    def _rows(self) -> RowPainter:
        if self._painter is None:
            width = self.columnWidth(Column.NAME)
            self._painter = RowPainter(self._theme, self.tree, width)
        return self._painter

    def _name_rect(self, index: QModelIndex | QPersistentModelIndex, cell: QRect) -> QRect:
        return self._rows().text_rect(cell, index.data(BranchRole.ROW))

    def drawRow(
        self, painter: QPainter, options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = options.rect
        row: BranchRow = index.data(BranchRole.ROW)
        cells = {
            column: QRect(self.columnViewportPosition(column), rect.top(), self.columnWidth(column), rect.height())
            for column in Column
            if not self.isColumnHidden(column)
        }
        chosen = self.currentIndex()
        is_chosen = chosen.isValid() and chosen.internalId() == index.internalId()
        state = RowState(
            is_selected=is_chosen,
            is_hovered=index.internalId() == self._hovered,
            has_focus=is_chosen and self.hasFocus(),
            playhead=self._branches.playhead if row.branch.id == self._branches.current else None,
        )
        self._rows().paint(painter, cells, row, state)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if len(self.tree) == 1:
            painter = QPainter(self.viewport())
            painter.setFont(ui_font(CAPTION_PX))
            painter.setPen(QColor(self._theme.muted))
            room = self.viewport().rect().adjusted(12, 34, -12, -4)
            painter.drawText(room, Qt.TextFlag.TextWordWrap.value, self.tr("B branches at the playhead."))
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._forget_painter()

    # --- what a person does

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.card_unwanted.emit()
        if not index.data(BranchRole.IS_CURRENT):
            self.branch_chosen.emit(index.data(BranchRole.BRANCH).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.card_unwanted.emit()
        self._is_walked = True
        index = self.currentIndex()
        if index.isValid() and event.key() in _ENTER and self.state() != QAbstractItemView.State.EditingState:
            self._on_clicked(index)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Letters search a name while the tree is walked by keys; after a click they mean what they mean elsewhere."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and self._is_walked
        if is_asked and isinstance(event, QKeyEvent) and _is_typed(event):
            event.accept()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is event.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self.card_unwanted.emit()
            at = self.visualRect(index).bottomLeft() + QPoint(24, 0) if by_key else event.pos()
            self.menu_wanted.emit(index.data(BranchRole.BRANCH).id, self.viewport().mapToGlobal(at))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if index.isValid():
                row = self.visualRect(index)
                at = QPoint(self.viewport().width(), row.top())
                self.card_wanted.emit(index.data(BranchRole.BRANCH).id, self.viewport().mapToGlobal(at))
            return True
        if event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._hover(-1)
            self.card_unwanted.emit()
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_walked = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.internalId() if index.isValid() else -1)

    def _hover(self, number: int) -> None:
        if number != self._hovered:
            self._hovered = number
            self.card_unwanted.emit()
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.card_unwanted.emit()
        super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._is_walked = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


def _is_typed(event: QKeyEvent) -> bool:
    """A sign that can stand in a name; arrows and the like are the key guard's affair."""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    text = event.text()
    return modifiers == Qt.KeyboardModifier.NoModifier and len(text) == 1 and text.isprintable() and not text.isspace()
