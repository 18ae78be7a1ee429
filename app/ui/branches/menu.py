"""The context menu of a branch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from app.domain.branch_labels import COLOURS
from app.ui.branches.branch_mark import branch_icon
from app.ui.write_guard import hold_back
from app.viewmodels.branch_sentence import colour_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.ui.theme import Theme
    from app.viewmodels.branch_tree import BranchRow, BranchTree


class BranchWishes(QObject):
    """What can be asked for about a branch (its id comes first).

    Signals:
        switch, rename_begun, details, compare, go_on: see the menu's words.
        rename(str, str): this name; colour(str, object): one of ``COLOURS`` or None; star(str, bool): on or off.
        archive(object, bool): the tuple of ids, away or back.
    """

    switch = Signal(str)
    rename_begun = Signal(str)
    rename = Signal(str, str)
    colour = Signal(str, object)
    star = Signal(str, bool)
    archive = Signal(object, bool)
    details = Signal(str)
    compare = Signal(str)
    go_on = Signal(str)


def branch_menu(
    row: BranchRow, tree: BranchTree, current: str, wishes: BranchWishes, theme: Theme, parent: QWidget
) -> QMenu:
    """A menu that deletes itself when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    branch, label = row.branch.id, row.label
    is_current = branch == current
    _add(menu, _tr("Switch to it"), partial(wishes.switch.emit, branch), Qt.Key.Key_Return, enabled=not is_current)
    go_on = _add(menu, _tr("Continue from here"), partial(wishes.go_on.emit, branch))
    _add(menu, _tr("Compare with the branch in focus"), partial(wishes.compare.emit, branch), enabled=not is_current)
    menu.addSeparator()
    rename = _add(menu, _tr("Rename"), partial(wishes.rename_begun.emit, branch), Qt.Key.Key_F2)
    colours = _colours(row, wishes, theme, menu)
    menu.addMenu(colours)
    star = _tr("No longer the default path") if label.starred else _tr("Make it the default path")
    starring = _add(menu, star, partial(wishes.star.emit, branch, not label.starred))
    hold_back(parent, go_on, rename, colours.menuAction(), starring, *_add_archive(menu, row, tree, wishes))
    menu.addSeparator()
    about = _add(menu, _tr("About this branch"), partial(wishes.details.emit, branch))
    about.setShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | Qt.Key.Key_I))
    return menu


def _add_archive(menu: QMenu, row: BranchRow, tree: BranchTree, wishes: BranchWishes) -> list[QAction]:
    branch = row.branch.id
    if row.label.archived:
        return [_add(menu, _tr("Bring back from the archive"), partial(wishes.archive.emit, (branch,), False))]
    is_trunk = row.branch.parent is None
    added = [_add(menu, _tr("Archive"), partial(wishes.archive.emit, (branch,), True), enabled=not is_trunk)]
    below = tree.below(branch)
    if below and not is_trunk:
        words = (
            _tr("Archive with the branch made from it") if len(below) == 1 else _tr("Archive with {count} made from it")
        )
        wish = partial(wishes.archive.emit, (branch, *below), True)
        added.append(_add(menu, words.format(count=f"{len(below):,}"), wish))
    return added


def _colours(row: BranchRow, wishes: BranchWishes, theme: Theme, parent: QMenu) -> QMenu:
    menu = QMenu(_tr("Colour"), parent)
    for colour in (None, *COLOURS):
        title = _tr("By itself") if colour is None else colour_title(colour)
        action = _add(menu, title, partial(wishes.colour.emit, row.branch.id, colour))
        action.setCheckable(True)
        action.setChecked(row.label.colour == colour)
        if colour is not None:
            action.setIcon(branch_icon(theme, colour))
    return menu


def _add(
    menu: QMenu, text: str, wish: Callable[[], None], key: Qt.Key | None = None, *, enabled: bool = True
) -> QAction:
    action = QAction(text, menu)
    if key is not None:
        action.setShortcut(QKeySequence(key))
    action.setEnabled(enabled)
    action.triggered.connect(partial(_grant, wish))
    menu.addAction(action)
    return action


def _grant(wish: Callable[[], None], checked: bool = False) -> None:
    wish()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Branches", text)
