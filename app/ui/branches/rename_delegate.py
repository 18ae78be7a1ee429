"""The field in which a branch's name is edited where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.branches.row_painter import ROW_PX
from app.ui.write_guard import may_write
from app.viewmodels.branches_model import BranchRole

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QAbstractItemModel, QRect

Index = QModelIndex | QPersistentModelIndex


class RenameDelegate(QStyledItemDelegate):
    """Rows are painted by the view; the delegate only edits.

    Signals:
        renamed(str, str): this branch (id) shall have this name.
    """

    renamed = Signal(str, str)

    def __init__(self, place: Callable[[Index, QRect], QRect], parent: QWidget) -> None:
        """``place``: where in a cell the name of a row stands."""
        super().__init__(parent)
        self._place = place

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 -- every row is as high as the others
        return QSize(60, ROW_PX)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002 -- Qt's
        """No editor where the window may not write; that is told."""
        if not may_write(parent):
            return None  # type: ignore[return-value] # Qt takes it for "not this one", its stubs do not
        editor = QLineEdit(parent)
        editor.setObjectName("branches.rename")
        editor.setAccessibleName(self.tr("Name of the branch"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once: what is typed is not overwritten when the row says something else meanwhile."""
        if isinstance(editor, QLineEdit) and not editor.text():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        editor.setGeometry(self._place(index, rect).adjusted(-4, 0, 4, 0))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002 -- the record is elsewhere
        if isinstance(editor, QLineEdit) and editor.text().strip():
            self.renamed.emit(index.data(BranchRole.BRANCH).id, editor.text())
