"""The editor of templates: text, what it gives at the playhead, and its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.events import to_rfc3339
from app.domain.prompt_facts import NAMES
from app.domain.templates import PromptTemplate
from app.ui.theme import BODY_PX, GROUP_PX, PANEL_PX, mono_font
from app.ui.widgets.on_screen import resize_within_screen
from app.viewmodels.safe_markdown import tamed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.instructions import InstructionsVersion
    from app.ui.theme import Theme

_SETTLED_MS: Final = 200
_SIZE_PX: Final = (820, 560)


class TemplateDialog(QDialog):
    """Nothing is kept until the person says so; a wrong text cannot be kept or used.

    Signals:
        render_wanted(str): say what this text gives; ``show_rendered`` or ``show_wrong`` answers.
        keep_wanted(str, str): keep (name, text) as a new version; ``finish`` or ``show_wrong`` answers.
        chosen(object): use this ``PromptTemplate``.
    """

    render_wanted = Signal(str)
    keep_wanted = Signal(str, str)
    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, template: PromptTemplate) -> None:
        super().__init__(parent)
        self._theme = theme
        self._start = template
        self._is_right = False
        self.setObjectName("template.dialog")
        self.setWindowTitle(self.tr("Template of the prompt"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, QSize(*_SIZE_PX))
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._on_settled)
        self._build(template)
        self._arrange()
        self._connect()

    def _build(self, template: PromptTemplate) -> None:
        self.name = QLineEdit(template.name, self)
        self.name.setAccessibleName(self.tr("Name of the template"))
        self.versions = QComboBox(self)
        self.versions.setAccessibleName(self.tr("Versions that were kept"))
        self.versions.addItem(self.tr("as it is now"), template.text)
        self.text = self._page(self.tr("Text of the template"))
        self.text.setObjectName("template.text")
        self.text.setPlainText(template.text)
        self.outcome = self._page(self.tr("What it gives at the playhead"))
        self.outcome.setObjectName("template.result")
        self.outcome.setReadOnly(True)
        self.outcome.setPlaceholderText(self.tr("Nothing goes into the prompt here."))
        self.problem = QLabel(self)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("tone", "problem")
        self.problem.setWordWrap(True)
        self.keep = QPushButton(self.tr("Keep as a new version"), self)
        self.keep.setObjectName("template.keep")
        self.keep.setProperty("primary", True)
        self.use = QPushButton(self.tr("Use it without keeping"), self)
        self.use.setObjectName("template.use")
        self.use.setAutoDefault(False)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setAutoDefault(False)

    def _page(self, name: str) -> QPlainTextEdit:
        page = QPlainTextEdit(self)
        page.setAccessibleName(name)
        page.setFont(mono_font(BODY_PX - 1))
        page.setTabChangesFocus(True)
        return page

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._caption(self.tr("Name"), self.name))
        top.addWidget(self.name, 1)
        top.addWidget(self._caption(self.tr("Version"), self.versions))
        top.addWidget(self.versions)
        pages = QSplitter(Qt.Orientation.Horizontal, self)
        pages.setChildrenCollapsible(False)
        for caption, page in (
            (self.tr("Template"), self.text),
            (self.tr("What it gives at the playhead"), self.outcome),
        ):
            side = QWidget(pages)
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._caption(caption, page))
            column.addWidget(page, 1)
        help_line = QLabel(self.tr("Names: {names}").format(names=", ".join(NAMES)), self)
        help_line.setProperty("tone", "caption")
        help_line.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.cancel, self.use, self.keep):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        column.setSpacing(GROUP_PX)
        column.addLayout(top)
        column.addWidget(pages, 1)
        column.addWidget(help_line)
        column.addWidget(self.problem)
        column.addLayout(buttons)
        self.text.setFocus()

    def _caption(self, text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("tone", "caption")
        label.setBuddy(buddy)
        return label

    def _connect(self) -> None:
        self.text.textChanged.connect(self._on_edited)
        self.name.textChanged.connect(self._refresh)
        self.versions.activated.connect(self._on_version_chosen)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.use.clicked.connect(self._on_use_clicked)
        self.cancel.clicked.connect(self.reject)

    def begin(self) -> None:
        self.open()
        self._on_settled()

    # --- what is told to it

    def show_versions(self, versions: Mapping[str, Sequence[InstructionsVersion]]) -> None:
        """Offer the kept versions of this name, the newest first."""
        for kept in reversed(versions.get(self._start.name, ())):
            when = (to_rfc3339(kept.time) or "")[:16].replace("T", " ")
            self.versions.addItem(f"{kept.version} · {when}", kept.text)

    @Slot(str)
    def show_rendered(self, text: str) -> None:
        self._is_right = True
        self.outcome.setPlainText(tamed(text))
        self._tell("", 0, 0)

    @Slot(str, int, int)
    def show_wrong(self, sentence: str, line: int, column: int) -> None:
        """Say what is wrong and mark the place."""
        self._is_right = self._is_right and not line
        self._tell(sentence, line, column)

    def _tell(self, sentence: str, line: int, column: int) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.text.setExtraSelections([self._mark(line, column)] if line else [])
        self._refresh()

    def _mark(self, line: int, column: int) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.text.document().findBlockByNumber(line - 1))
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, column - 1)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        marked = QTextEdit.ExtraSelection()
        shown = QTextCharFormat()
        shown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shown.setUnderlineColor(QColor(self._theme.problem))
        marked.cursor, marked.format = cursor, shown
        return marked

    # --- what the person does

    @Slot()
    def _on_edited(self) -> None:
        self._is_right = False
        self._refresh()
        self._settled.start()

    @Slot()
    def _on_settled(self) -> None:
        self.render_wanted.emit(self.text.toPlainText())

    @Slot()
    def _refresh(self) -> None:
        self.use.setEnabled(self._is_right)
        self.keep.setEnabled(self._is_right and bool(self.name.text().strip()))

    @Slot(int)
    def _on_version_chosen(self, index: int) -> None:
        self.text.setPlainText(str(self.versions.itemData(index)))

    @Slot()
    def _on_keep_clicked(self) -> None:
        self.keep_wanted.emit(self.name.text(), self.text.toPlainText())

    @Slot()
    def _on_use_clicked(self) -> None:
        text = self.text.toPlainText()
        is_same = text == self._start.text
        self.chosen.emit(self._start if is_same else PromptTemplate(text=text, name=self.tr("unsaved")))
        self.finish()

    def finish(self) -> None:
        self._settled.stop()
        self.accept()

    def reject(self) -> None:
        self._settled.stop()
        super().reject()
