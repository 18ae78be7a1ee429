"""The models of the server as a table, and a line to fetch another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme import GROUP_PX, PANEL_PX
from app.ui.widgets.on_screen import resize_within_screen
from app.viewmodels.compose import compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import ModelInfo, PullProgress

_SIZE: Final = (680, 400)
_LIST_PX: Final = 88
_PARTS: Final = 1_000
_MEGABYTE: Final = 1_000_000


class ModelsDialog(QDialog):
    """Shows what it is told.

    Signals:
        look_wanted: ask the server again.
        pull_wanted(str): have the server fetch this model.
        stop_wanted: stop that.
        chosen(str): this model is to answer from now on.
    """

    look_wanted = Signal()
    pull_wanted = Signal(str)
    stop_wanted = Signal()
    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("models.dialog")
        self.setWindowTitle(self.tr("Models of the server"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, QSize(*_SIZE))
        self._is_pulling = False
        self.list = self._made_list()
        self.name = QLineEdit()
        self.name.setObjectName("models.name")
        self.name.setPlaceholderText(self.tr("Name of a model, such as llama3.2:1b"))
        self.name.setAccessibleName(self.tr("Model to fetch"))
        self.pull = self._button(self.tr("Fetch"))
        self.pull.setObjectName("models.pull")
        self.look = self._button(self.tr("Look again"))
        self.use = self._button(self.tr("Use"))
        self.use.setProperty("primary", True)
        self._close = self._button(self.tr("Close"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of fetching"))
        self.told = _line("muted")
        self.problem = _line("problem")
        self._arrange()
        self._connect()
        self.show_idle()

    def _made_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setObjectName("models.list")
        made.setAccessibleName(self.tr("Models of the server"))
        made.setHeaderLabels([
            self.tr("Model"), self.tr("Size"), self.tr("Context"), self.tr("Runs on"), self.tr("Can"),
        ])  # fmt: skip
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setMinimumHeight(_LIST_PX)
        made.header().setStretchLastSection(True)
        made.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return made

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        return button

    def _arrange(self) -> None:
        said = _line("caption")
        said.setText(
            self.tr("The server fetches it from where its makers keep models; Branchline asks nobody but the server.")
        )
        fetch, buttons = QHBoxLayout(), QHBoxLayout()
        fetch.addWidget(self.name, 1)
        fetch.addWidget(self.pull)
        buttons.addWidget(self.look)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        column.setSpacing(GROUP_PX)
        column.addWidget(self.list, 1)
        column.addLayout(fetch)
        for widget in (said, self.bar, self.told, self.problem):
            column.addWidget(widget)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._refresh)
        self.name.returnPressed.connect(self._on_pull_clicked)
        self.pull.clicked.connect(self._on_pull_clicked)
        self.look.clicked.connect(self.look_wanted)
        self.list.currentItemChanged.connect(self._refresh)
        self.list.itemActivated.connect(self._on_use_clicked)
        self.use.clicked.connect(self._on_use_clicked)
        self._close.clicked.connect(self.reject)

    # --- what is told to it

    def show_models(self, models: Sequence[ModelInfo], current: str | None) -> None:
        """Fill the table; ``current`` is the one that answers now."""
        self.list.clear()
        for model in models:
            where = self.tr("this machine") if model.local else model.remote_host or self.tr("another machine")
            size = f"{round(model.size / _MEGABYTE):,} MB" if model.size else ""
            context = compact(model.context_length) if model.context_length else ""
            row = QTreeWidgetItem([model.name, size, context, where, ", ".join(model.capabilities)])
            for column in (1, 2):
                row.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.setToolTip(0, model.digest)
            self.list.addTopLevelItem(row)
            if model.name == current:
                self.list.setCurrentItem(row)
        if not self._is_pulling:
            self._tell("" if models else self.tr("The server has no model yet."))
        self._refresh()

    def show_problem(self, sentence: str) -> None:
        self.show_idle()
        self.problem.setText(sentence)
        self.problem.show()

    def show_idle(self, sentence: str = "") -> None:
        """Nothing is being fetched."""
        self._is_pulling = False
        self.bar.hide()
        self._tell(sentence)
        self._refresh()

    def show_pulling(self, name: str, step: PullProgress | None) -> None:
        """A model is being fetched; ``step`` None: the server has said nothing yet."""
        self._is_pulling = True
        done, total = (step.completed or 0, step.total) if step is not None else (0, None)
        self.bar.setRange(0, _PARTS if total else 0)
        if total:
            self.bar.setValue(min(_PARTS, _PARTS * done // total))
        self.bar.show()
        status = step.status if step is not None else self.tr("asking the server")
        told = self.tr("Fetching {name}: {status}").format(name=name, status=" ".join(status.split()))
        if total:
            of = self.tr(" · {done} of {total} MB")
            told += of.format(done=f"{round(done / _MEGABYTE):,}", total=f"{round(total / _MEGABYTE):,}")
        self._tell(told)
        self._refresh()

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        self.problem.hide()

    # --- what the person does

    @Slot()
    def _refresh(self) -> None:
        self.pull.setText(self.tr("Stop") if self._is_pulling else self.tr("Fetch"))
        self.pull.setEnabled(self._is_pulling or bool(self.name.text().strip()))
        self.name.setEnabled(not self._is_pulling)
        self.use.setEnabled(self.list.currentItem() is not None)

    @Slot()
    def _on_pull_clicked(self) -> None:
        if self._is_pulling:
            self.stop_wanted.emit()
        elif name := self.name.text().strip():
            self.pull_wanted.emit(name)

    @Slot()
    def _on_use_clicked(self) -> None:
        if (row := self.list.currentItem()) is not None:
            self.chosen.emit(row.text(0))
            self.accept()


def _line(tone: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", tone)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
