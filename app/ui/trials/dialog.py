"""Plans trials, plays them in a queue, and hands the branches that came of it to the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.ui.trials.form import TrialForm
from app.viewmodels.trials_model import BranchRole, StateRole, TrialsModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.series import SeriesResult, SeriesUpdate
    from app.domain.lab.trials import Trial
    from app.ui.theme import Theme

_SIZE: Final = (940, 560)
_FORM_PX: Final = 380


class _StateDelegate(QStyledItemDelegate):
    """Failures in the colour of problems; the word says so too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.data(StateRole) == "failed":
            option.palette.setColor(option.palette.ColorRole.Text, QColor(self.theme.problem))


class TrialsDialog(QDialog):
    """Stays beside the window while trials are played.

    Signals:
        start_wanted, stop_wanted: play what is planned, or stop; pause_toggled(bool).
        compare_wanted(object): put these branches (ids) side by side.
        branch_wanted(str): show a branch.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    pause_toggled = Signal(bool)
    compare_wanted = Signal(object)
    branch_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trials")
        self.setWindowTitle(self.tr("Trials"))
        self.resize(*_SIZE)
        self._most_compared = 8
        self.form = TrialForm()
        self.form.setFixedWidth(_FORM_PX)
        self.model = TrialsModel(self)
        self.table = QTableView()
        self.table.setAccessibleName(self.tr("Trials of the plan"))
        self.table.setModel(self.model)
        self._delegate = _StateDelegate(theme, self.table)
        self.table.setItemDelegate(self._delegate)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setAccessibleName(self.tr("What the trials come to"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Trials played"))
        self.start = self._button(self.tr("Start"), is_primary=True)
        self.pause = self._button(self.tr("Pause"))
        self.pause.setCheckable(True)
        self.stop = self._button(self.tr("Stop"))
        self.compare = self._button(self.tr("Compare"))
        self._arrange()
        self._connect()
        self.set_running(running=False)

    def _button(self, text: str, *, is_primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        if is_primary:
            button.setProperty("primary", True)
        return button

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.said, 1)
        for button in (self.compare, self.pause, self.stop, self.start):
            buttons.addWidget(button)
        right = QVBoxLayout()
        right.addWidget(self.table, 1)
        right.addWidget(self.progress)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.form)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.start.clicked.connect(self.start_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.pause.toggled.connect(self._on_pause_toggled)
        self.compare.clicked.connect(self._on_compare)
        self.table.activated.connect(self._on_activated)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme

    def show_plan(self, trials: Sequence[Trial], sentence: str) -> None:
        self.model.show_plan(trials)
        self.start.setEnabled(bool(trials))
        self._on_selection_changed()
        self.progress.setRange(0, max(len(trials), 1))
        self.progress.setValue(0)
        self.said.setText(sentence)

    def show_no_plan(self, sentence: str) -> None:
        self.show_plan((), sentence)

    def show_update(self, update: SeriesUpdate, sentence: str) -> None:
        self.model.show_update(update)
        if self.progress.value() != update.done:
            self.progress.setValue(update.done)
            self._on_selection_changed()
        self.said.setText(sentence)

    def show_result(self, result: SeriesResult, sentence: str) -> None:
        self.model.show_result(result)
        self.progress.setValue(len(result.results))
        self.said.setText(sentence)
        self._on_selection_changed()

    def show_stopped(self, sentence: str) -> None:
        self.model.show_stopped()
        self.said.setText(sentence)

    def set_running(self, *, running: bool) -> None:
        self.form.setEnabled(not running)
        if running:
            self.model.show_waiting()
        self.start.setVisible(not running)
        self.pause.setVisible(running)
        self.stop.setVisible(running)
        if not running:
            self.pause.blockSignals(True)
            self.pause.setChecked(False)
            self.pause.blockSignals(False)
            self.pause.setText(self.tr("Pause"))

    def chosen_branches(self) -> tuple[str, ...]:
        """What is compared: the rows that are selected, else all that came to their end; as many as can be.

        Turns that were played again are held against those that were recorded.
        """
        rows = [index.row() for index in self.table.selectionModel().selectedRows()]
        selected = tuple(branch for row in sorted(rows) if (branch := self.model.index(row, 0).data(BranchRole)))
        recorded = self.model.replayed()
        played = selected if len((*recorded, *selected)) > 1 and selected else self.model.branches()
        return (*recorded, *played)[: self._most_compared]

    @Slot(bool)
    def _on_pause_toggled(self, paused: bool) -> None:
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.pause_toggled.emit(paused)

    @Slot()
    def _on_selection_changed(self) -> None:
        count = len(self.chosen_branches()) if self.model.branches() else 0
        self.compare.setEnabled(count > 1)
        text = self.tr("Compare {count}").format(count=count) if count > 1 else self.tr("Compare")
        self.compare.setText(text)

    @Slot()
    def _on_compare(self) -> None:
        self.compare_wanted.emit(self.chosen_branches())

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if branch := index.data(BranchRole):
            self.branch_wanted.emit(branch)
