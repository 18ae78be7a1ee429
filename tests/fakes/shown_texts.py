"""Everything that a window shows or has read aloud, to look for what should not be there."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabWidget,
    QTextEdit,
    QWidget,
)

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def texts_of(window: QWidget) -> Iterator[str]:
    """Everything that widgets and models would show or read aloud."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        match widget:
            case QLabel() | QAbstractButton() | QLineEdit():
                yield widget.text()
            case QPlainTextEdit() | QTextEdit():
                yield widget.toPlainText()
            case QComboBox():
                yield from (widget.itemText(number) for number in range(widget.count()))
            case QTabWidget():
                yield from (widget.tabText(number) for number in range(widget.count()))
            case QAbstractItemView() if widget.model() is not None:
                yield from cells(widget.model(), QModelIndex())


def cells(model: QAbstractItemModel, parent: QModelIndex, depth: int = 0) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for row in range(min(model.rowCount(parent), 60)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(index.data(role)) for role in ROLES)
        if depth < 6:
            yield from cells(model, model.index(row, 0, parent), depth + 1)
