"""What is mapped and how it is read: file or database, table or query, encoding, separator, place of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.mapping.mapping import ENCODINGS
from app.ui.theme import GRID_PX, GROUP_PX
from app.ui.transport.elided_label import ElidedLabel
from app.ui.widgets.eliding_box import ElidingBox

if TYPE_CHECKING:
    from app.viewmodels.mapping_draft import MappingDraft


_LEAST_PX: Final = 96
_WIDEST_PX: Final = 260


class SourceBar(QWidget):
    """Shows the source of a draft and changes how it is read; only what its kind can be told is there.

    Signals:
        file_wanted, database_wanted: choose another source.
    """

    file_wanted = Signal()
    database_wanted = Signal()

    def __init__(self, draft: MappingDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.where = ElidedLabel(self, Qt.TextElideMode.ElideMiddle)
        self.file = self._button(self.tr("File…"), "mapping.file", self.tr("Map another file"))
        self.database = self._button(
            self.tr("Database…"), "mapping.database", self.tr("Map a table or query of a PostgreSQL server")
        )
        self.table = choice("mapping.table", self.tr("Table of the database"))
        self.query = line("mapping.query", self.tr("Query: one SELECT"))
        self.encoding = choice("mapping.encoding", self.tr("Encoding"))
        self.separator = choice("mapping.separator", self.tr("Separator of columns"))
        self.records = line("mapping.records", self.tr("Where the records stand in the file"))
        for sign, word in (
            ("", self.tr("Separator found")),
            (",", self.tr("Comma")),
            (";", self.tr("Semicolon")),
            ("\t", self.tr("Tab")),
            ("|", self.tr("Bar")),
        ):
            self.separator.addItem(word, sign)
        self.beside = QHBoxLayout()
        """What stands behind the fields."""
        self._arrange()
        self._connect()
        for widget in (self.table, self.query, self.records, self.encoding, self.separator):
            widget.hide()

    def _button(self, text: str, name: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        return button

    def _arrange(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(GROUP_PX)
        place.addWidget(self.file)
        place.addWidget(self.database)
        place.addWidget(self.where, 1)
        fields = QHBoxLayout()
        fields.setSpacing(GRID_PX)
        for widget in (self.table, self.encoding, self.separator):
            fields.addWidget(widget, 1)
        fields.addWidget(self.query, 2)
        fields.addWidget(self.records, 1)
        fields.addStretch(1)
        fields.addLayout(self.beside, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP_PX)
        column.addLayout(place)
        column.addLayout(fields)

    def _connect(self) -> None:
        draft = self._draft
        self.file.clicked.connect(self.file_wanted)
        self.database.clicked.connect(self.database_wanted)
        self.table.activated.connect(lambda _: draft.set_source(table=self.table.currentText(), query=""))
        self.query.editingFinished.connect(self._on_query)
        self.records.editingFinished.connect(self._on_records)
        self.encoding.activated.connect(lambda _: draft.set_source(encoding=self.encoding.currentText()))
        self.separator.activated.connect(lambda _: draft.set_source(separator=self.separator.currentData()))

    @Slot()
    def refill(self) -> None:
        """Show how the source is read now."""
        draft = self._draft
        self.where.set_text(draft.shown)
        is_database = draft.kind in ("sqlite", "server")
        for widget in (self.encoding, self.separator):
            # What looks like no table may be one in another encoding.
            widget.setVisible(draft.path is not None and draft.kind in ("table", ""))
        self.records.setVisible(draft.kind == "json")
        self.table.setVisible(is_database)
        self.query.setVisible(is_database)
        source = draft.told.get("source", {})
        _choose(self.table, draft.tables, source.get("table", ""))
        self.query.setText(source.get("query", ""))
        self.records.setText(source.get("records", ""))
        _choose(self.encoding, ENCODINGS, source.get("encoding", "utf-8"))
        self.separator.setCurrentIndex(max(self.separator.findData(source.get("separator", "")), 0))

    @Slot()
    def _on_query(self) -> None:
        query = self.query.text().strip()
        if query != self._draft.told.get("source", {}).get("query", ""):
            self._draft.set_source(query=query)

    @Slot()
    def _on_records(self) -> None:
        records = self.records.text().strip()
        if records != self._draft.told.get("source", {}).get("records", ""):
            self._draft.set_source(records=records)


def line(name: str, spoken: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setToolTip(spoken)
    made.setPlaceholderText(spoken)
    return made


def choice(name: str, spoken: str) -> ElidingBox:
    made = ElidingBox()
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setToolTip(spoken)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMinimumWidth(_LEAST_PX)
    made.setMaximumWidth(_WIDEST_PX)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def _choose(box: QComboBox, offered: tuple[str, ...], chosen: str) -> None:
    if [box.itemText(number) for number in range(box.count())] != list(offered):
        box.clear()
        box.addItems(list(offered))
    box.setCurrentIndex(box.findText(chosen))
