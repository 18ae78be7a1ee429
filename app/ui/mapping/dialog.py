"""The window in which a mapping is made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.events import ACTORS
from app.domain.mapping.guessing import UNKNOWN
from app.domain.vocabulary import EVENT_TYPES, MESSAGE_POSTED
from app.ui.mapping.form import MappingForm
from app.ui.mapping.members import MembersTable
from app.ui.mapping.problem_delegate import ProblemDelegate
from app.ui.mapping.rule_bar import RuleBar
from app.ui.mapping.source_bar import SourceBar, choice, line
from app.ui.mapping.values import ValuesTable
from app.ui.theme import GRID_PX, GROUP_PX, PANEL_PX
from app.ui.widgets.on_screen import resize_within_screen
from app.viewmodels.mapping_rows import MadeTable, SourceRole, SourceTable

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from app.viewmodels.mapping_draft import MappingDraft

_SIZE: Final = (1080, 680)
_LEAST_PX: Final = 64
"""Of tables, on small screens."""


class MappingDialog(QDialog):
    """Shows a draft and passes wishes on.

    Signals:
        import_wanted, save_wanted: of the mapping as it is.
        file_wanted, database_wanted: choose another source.
    """

    file_wanted = Signal()
    database_wanted = Signal()

    import_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, draft: MappingDraft, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft = draft
        self._is_following = False
        self.setObjectName("mapping.dialog")
        self.setWindowTitle(self.tr("Map a source"))
        resize_within_screen(self, QSize(*_SIZE))
        self.source_rows, self.made = SourceTable(self), MadeTable(self)
        self.source = self._table(self.source_rows, "mapping.source", self.tr("First rows of the source"))
        self.events = self._table(self.made, "mapping.events", self.tr("Events they become"))
        self.bar = SourceBar(draft, self)
        self.next_problem = self._button(self.tr("Next problem"), "mapping.next-problem")
        self.name = line("mapping.name", self.tr("Name of the mapping"))
        self.saved = choice("mapping.saved", self.tr("Mappings that were saved"))
        self.rule_bar = RuleBar(draft, self)
        self.form = MappingForm(self)
        self.actors = ValuesTable("mapping.actors", self.tr("Who"), sorted(ACTORS), self)
        self.types = ValuesTable("mapping.types", self.tr("Event"), offered_types(), self)
        self.members = MembersTable(self)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("mapping.text")
        self.text.setAccessibleName(self.tr("The mapping as JSON"))
        self.text.setTabChangesFocus(True)
        self.said = _label("caption")
        self.problem = _label("problem")
        self.save = self._button(self.tr("Save mapping"), "mapping.save")
        self.go = self._button(self.tr("Import"), "mapping.import")
        self.go.setProperty("primary", True)
        self.tell(self.tr("Choose a file or a database: its first rows come here, and beside them what they become."))
        self.problem.hide()
        self.save.setEnabled(False)
        self.next_problem.hide()
        self.saved.hide()
        self.name.hide()
        self.go.setEnabled(False)
        self._close = self._button(self.tr("Close"), "mapping.close")
        self._arrange()
        self._connect()

    # --- what it shows

    @Slot()
    def show_rows(self) -> None:
        """Other rows of the source are there."""
        draft = self._draft
        self.bar.refill()
        self.tabs.setEnabled(bool(draft.rows) or draft.mapping is not None)
        self.rule_bar.setEnabled(self.tabs.isEnabled())
        self.saved.show()
        self.name.show()
        self.source_rows.set_rows(draft.rows)
        self.source.clearSpans()
        for number, row in enumerate(draft.rows):
            if row.problem and self.source_rows.columnCount() > 1:
                self.source.setSpan(number, 0, 1, self.source_rows.columnCount())
        self.source.resizeColumnsToContents()
        _narrow(self.source)

    @Slot()
    def show_mapping(self) -> None:
        """The mapping or what it makes is another."""
        draft = self._draft
        is_right = draft.mapping is not None
        if is_right:
            self.made.set_made(draft.made, draft.only_session)
            self.events.clearSpans()
            for row, one in enumerate(draft.made):
                if one.problem:
                    self.events.setSpan(row, 1, 1, self.made.columnCount() - 1)
            self.events.resizeColumnsToContents()
            _narrow(self.events)
            rule = draft.rule
            self.rule_bar.refill()
            self.form.show_draft(draft)
            for shown, member in ((self.actors, "actor"), (self.types, "type")):
                choice = rule.get(member)
                column = choice.get("column", "") if isinstance(choice, dict) else ""
                shown.show_choice(choice, draft.columns, draft.values(column))
            self.members.show_members(rule.get("data", {}), draft.columns)
            if not (self.name.hasFocus() and self.name.isModified()):
                self.name.setText(str(draft.told.get("name", "")))
        if not self.text.hasFocus():
            self.text.setPlainText(json.dumps(draft.told, ensure_ascii=False, indent=2))
        rows, sessions, events, problems = draft.summary()
        self.next_problem.setVisible(is_right and problems > 0)
        self.said.setText(
            self.tr("Rows tried: {rows} · events: {events} · sessions: {sessions}").format(
                rows=f"{rows:,}", events=f"{events:,}", sessions=f"{sessions:,}"
            )
            + (self.tr(" · not fitting: {count}").format(count=f"{problems:,}") if problems else "")
        )
        self.problem.setText(draft.problem)
        self.problem.setVisible(bool(draft.problem))
        self.said.setText(self.said.text() if is_right else "")
        self.save.setEnabled(is_right)
        self.go.setEnabled(is_right and events > 0)

    @Slot(bool)
    def set_busy(self, busy: bool) -> None:
        if busy:
            self.said.setText(self.tr("Reading the source…"))
            self.said.show()

    def tell(self, sentence: str) -> None:
        """Something beside the mapping: where it was saved, or why it was not."""
        self.said.setText(sentence)
        self.said.show()

    def tell_problem(self, sentence: str) -> None:
        """Something was not done."""
        self.problem.setText(sentence)
        self.problem.show()

    # --- how it is made

    def _table(self, model: SourceTable | MadeTable, name: str, spoken: str) -> QTableView:
        table = QTableView(self)
        table.setObjectName(name)
        table.setAccessibleName(spoken)
        table.setModel(model)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setResizeContentsPrecision(40)
        table.verticalHeader().setDefaultSectionSize(24)
        table.setItemDelegate(ProblemDelegate(table))
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _arrange(self) -> None:
        self.bar.beside.addWidget(self.saved)
        self.bar.beside.addWidget(self.name, 1)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        for title, table in ((self.tr("Source"), self.source), (self.tr("Becomes"), self.events)):
            halves.addWidget(_titled(title, table))
        tabs = self.tabs = QTabWidget(self)
        tabs.setEnabled(False)
        self.rule_bar.setEnabled(False)
        tabs.setCornerWidget(self.rule_bar)
        columns = QWidget()
        page = QVBoxLayout(columns)
        page.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        page.addWidget(self.rule_bar.condition)
        page.addWidget(self.form)
        tabs.addTab(_scrolled(columns), self.tr("Columns"))
        meanings = QWidget()
        row = QHBoxLayout(meanings)
        row.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        row.addWidget(self.actors, 1)
        row.addWidget(self.types, 1)
        tabs.addTab(_scrolled(meanings), self.tr("Who and what"))
        tabs.addTab(self.members, self.tr("Further members"))
        tabs.addTab(self.text, "JSON")
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.addWidget(halves)
        parts.addWidget(tabs)
        parts.setStretchFactor(0, 1)
        parts.setSizes([400, 220])
        for widget in (self.source, self.events, self.text, self.members.table):
            widget.setMinimumHeight(_LEAST_PX)
        buttons = QHBoxLayout()
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        buttons.addWidget(self.said, 1)
        for button in (self.next_problem, self.save, self._close, self.go):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        column.setSpacing(GROUP_PX)
        column.addWidget(self.bar)
        column.addWidget(parts, 1)
        column.addWidget(self.problem)
        column.addLayout(buttons)
        self.bar.file.setFocus()

    def _connect(self) -> None:
        draft = self._draft
        draft.rows_changed.connect(self.show_rows)
        draft.changed.connect(self.show_mapping)
        draft.busy_changed.connect(self.set_busy)
        self.name.editingFinished.connect(lambda: draft.set_name(self.name.text().strip()))
        self.form.session_changed.connect(lambda name, value: draft.set_session(**{name: value}))
        self.form.rule_changed.connect(lambda name, value: draft.set_rule(**{name: value}))
        self.actors.changed.connect(lambda choice: draft.set_rule(actor=choice))
        self.types.changed.connect(lambda choice: draft.set_rule(type=choice))
        self.members.changed.connect(lambda data: draft.set_rule(data=data))
        self.text.textChanged.connect(self._on_text)
        self.events.selectionModel().currentRowChanged.connect(self._on_event_chosen)
        self.source.selectionModel().currentRowChanged.connect(self._on_row_chosen)
        self.save.clicked.connect(self.save_wanted)
        self.go.clicked.connect(self.import_wanted)
        self._close.clicked.connect(self.reject)
        self.next_problem.clicked.connect(self._on_next_problem)
        self.bar.file_wanted.connect(self.file_wanted)
        self.bar.database_wanted.connect(self.database_wanted)

    @Slot()
    def _on_text(self) -> None:
        if self.text.hasFocus():
            self._draft.set_text(self.text.toPlainText())

    @Slot()
    def _on_next_problem(self) -> None:
        row = self.made.next_problem(self.events.currentIndex().row())
        if row >= 0:
            self.events.selectRow(row)
            self.events.setFocus()

    @Slot(QModelIndex)
    def _on_event_chosen(self, index: QModelIndex) -> None:
        self._follow(self.source, self.source_rows, index)

    @Slot(QModelIndex)
    def _on_row_chosen(self, index: QModelIndex) -> None:
        self._follow(self.events, self.made, index)

    def _follow(self, table: QTableView, model: SourceTable | MadeTable, index: QModelIndex) -> None:
        """Show in the other table where a row comes from or what becomes of it."""
        row = model.row_of_source(index.data(SourceRole)) if index.isValid() and not self._is_following else -1
        if row >= 0:
            self._is_following = True
            table.selectRow(row)
            self._is_following = False

    def reject(self) -> None:
        """Close, after a question where a mapping that was worked on is not saved."""
        if not self._draft.is_unsaved:
            super().reject()
            return
        box = QMessageBox(self)
        box.setObjectName("mapping.question")
        box.setWindowTitle(self.tr("Mapping"))
        box.setText(self.tr("The mapping is not saved. Close anyway?"))
        box.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.finished.connect(self._on_answered)
        box.open()

    @Slot(int)
    def _on_answered(self, answer: int) -> None:
        if answer == QMessageBox.StandardButton.Discard:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous() and self._draft.is_unsaved:
            event.ignore()
            self.reject()
            return
        self._draft.is_unsaved = False  # the program closes it: it is in, or may not be seen any more
        super().closeEvent(event)


def offered_types() -> tuple[str, ...]:
    """Messages first; what analysts, models and this program write is not offered."""
    offered = ("conversation.", "behaviour.", "recommendation.", "catalogue.", "session.", "resource.")
    names = (name for name in EVENT_TYPES if name.startswith(offered) and name != MESSAGE_POSTED)
    return (MESSAGE_POSTED, *names, UNKNOWN)


def _label(tone: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", tone)
    return label


def _titled(title: str, inner: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID_PX)
    column.addWidget(QLabel(title, page))
    column.addWidget(inner, 1)
    return page


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(inner)
    return area


def _narrow(table: QTableView) -> None:
    """No column so wide that the others are out of sight."""
    for column in range(table.model().columnCount()):
        table.setColumnWidth(column, min(table.columnWidth(column), 240))
