"""Plans re-runs over sessions, plays them in a queue, and tells session by session what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.reruns.form import RerunForm
from app.ui.reruns.table_view import RerunTableView
from app.ui.theme import GROUP_PX, PANEL_PX
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.on_screen import resize_within_screen
from app.viewmodels.rerun_table import RerunTable

if TYPE_CHECKING:
    from app.application.session_reruns import RerunPlan, RerunResult, RerunUpdate
    from app.ui.theme import Theme

_SIZE: Final = (1_140, 660)
_FORM_PX: Final = 400


class RerunsDialog(QDialog):
    """Stays beside the window while sessions are played; closing it stops nothing.

    Signals:
        start_wanted, stop_wanted: play what is planned, or stop; pause_toggled(bool).
        place_wanted(object): show a ``RerunPlace``.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    pause_toggled = Signal(bool)
    place_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reruns")
        self.setWindowTitle(self.tr("Play the rest of sessions again"))
        self.form = RerunForm()
        self._scroll = QScrollArea()
        self.model = RerunTable(self)
        self.table = RerunTableView(theme, self.model)
        self.empty = EmptyState("")
        self.empty.set_theme(theme)
        self._pages = QStackedWidget()
        self.only = QComboBox()
        self.only.setAccessibleName(self.tr("Sessions that are shown"))
        self.only.addItem(self.tr("All sessions"), "all")
        self.only.addItem(self.tr("With failures"), "failed")
        self.only.addItem(self.tr("Failed or changed"), "changed")
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setAccessibleName(self.tr("What the re-runs come to"))
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())  # nothing moves under the mouse
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Sessions played"))
        self.start = self._button(self.tr("Start"))
        self.start.setProperty("primary", True)
        self.pause = self._button(self.tr("Pause"))
        self.pause.setCheckable(True)
        self.stop = self._button(self.tr("Stop"))
        self._arrange()
        self._connect()
        self.set_running(running=False)
        resize_within_screen(self, QSize(*_SIZE))

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        return button

    def _arrange(self) -> None:
        self._scroll.setWidget(self.form)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFixedWidth(_FORM_PX)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hint = QLabel(self.tr("Enter or a double click opens the session there, beside what was recorded"))
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setProperty("tone", "muted")
        hint.setWordWrap(True)
        above = QHBoxLayout()
        above.addWidget(hint, 1)
        above.addWidget(self.only)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        for button in (self.pause, self.stop, self.start):
            below.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(GROUP_PX)
        right.addLayout(above)
        right.addWidget(self._pages, 1)
        right.addWidget(self.progress)
        right.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        row.setSpacing(PANEL_PX)
        row.addWidget(self._scroll)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.start.clicked.connect(self.start_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.pause.toggled.connect(self._on_pause_toggled)
        self.only.currentIndexChanged.connect(self._on_only_chosen)
        self.table.place_wanted.connect(self.place_wanted)

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme)
        self.empty.set_theme(theme)

    # --- what is told to it

    def show_plan(self, plan: RerunPlan, sentence: str) -> None:
        self.model.show_plan(plan.rows)
        self._pages.setCurrentWidget(self.table)
        self.start.setEnabled(True)
        left = 0 < plan.completed < len(plan.rows)
        self.start.setText(self.tr("Go on") if left else self.tr("Start"))
        self.progress.setRange(0, len(plan.rows))
        self.progress.setValue(plan.completed)
        self.said.setText(sentence)

    def show_no_plan(self, sentence: str) -> None:
        """Nothing can be started; why."""
        self.model.show_plan(())
        self.empty.setText(sentence)
        self._pages.setCurrentWidget(self.empty)
        self.start.setEnabled(False)
        self.progress.setRange(0, 1)
        self.progress.setValue(0)
        self.said.clear()

    def show_planning(self, sentence: str) -> None:
        """What is wished for is being worked out; until then nothing can be started."""
        self.start.setEnabled(False)
        self.said.setText(sentence)

    def show_update(self, update: RerunUpdate, sentence: str) -> None:
        self.model.show_update(update)
        self.progress.setValue(update.series.done)
        self.said.setText(sentence)

    def show_result(self, result: RerunResult, sentence: str) -> None:
        self.model.show_result(result)
        self.progress.setValue(len(result.series.results))
        self.said.setText(sentence)

    def show_stopped(self, sentence: str) -> None:
        self.model.show_stopped()
        self.said.setText(sentence)

    def set_running(self, *, running: bool) -> None:
        self.form.setEnabled(not running)
        if running:
            self.model.show_begun()
        self.start.setVisible(not running)
        self.pause.setVisible(running)
        self.stop.setVisible(running)
        if not running:
            self.pause.blockSignals(True)
            self.pause.setChecked(False)
            self.pause.blockSignals(False)
            self.pause.setText(self.tr("Pause"))

    @Slot(bool)
    def _on_pause_toggled(self, paused: bool) -> None:
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.pause_toggled.emit(paused)

    @Slot()
    def _on_only_chosen(self) -> None:
        self.table.shown.show_only(self.only.currentData())
