"""Where an entry is written or changed: in the notebook itself, never in a window of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.notebook import RATINGS
from app.viewmodels.notebook_rows import kind_title, rating_title

if TYPE_CHECKING:
    from collections.abc import Sequence

Written = Literal["marker", "note", "tag", "rating"]
_NOTE_PX: Final = 64
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the card holds when it is accepted; ``entry`` is empty for a new one."""

    kind: Written
    position: int
    text: str
    rating: int = 0
    entry: str = ""


class EntryCard(QFrame):
    """Hidden until asked; Enter keeps what is written, Escape leaves everything as it was.

    Signals:
        accepted(object): a ``Draft``.
    """

    accepted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("notebook.card")
        self._asked = Draft("note", 0, "")
        self._before: QWidget | None = None
        self._where = QLabel(self)
        self._where.setWordWrap(True)
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self._where.setProperty("tone", "caption")
        self._line, self._page = QLineEdit(self), QPlainTextEdit(self)
        self._page.setFixedHeight(_NOTE_PX)
        self._page.setTabChangesFocus(True)
        self._page.installEventFilter(self)
        self._line.returnPressed.connect(self._accept)
        self._line.textChanged.connect(self._on_text_changed)
        self._page.textChanged.connect(self._on_text_changed)
        self._line.setAccessibleName(self.tr("Text of the entry"))
        self._page.setAccessibleName(self.tr("Text of the note"))
        self._known_tags = QStringListModel(self)
        completer = QCompleter(self._known_tags, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self._line.setCompleter(completer)
        self._stars, self._ratings = self._make_ratings()
        self._keep = QPushButton(self.tr("Keep"), self)
        self._keep.setProperty("primary", True)
        self._keep.clicked.connect(self._accept)
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.clicked.connect(self.dismiss)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._keep, 1)
        buttons.addWidget(cancel, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        for widget in (self._where, self._stars, self._line, self._page):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.hide()

    def _make_ratings(self) -> tuple[QWidget, QButtonGroup]:
        box, group = QWidget(self), QButtonGroup(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for rating in RATINGS:
            button = QToolButton(box)
            button.setText(str(rating))
            button.setCheckable(True)
            button.setToolTip(rating_title(rating))
            button.setAccessibleName(rating_title(rating))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            group.addButton(button, rating)
            row.addWidget(button, 1)
        group.idToggled.connect(self._on_text_changed)
        return box, group

    # --- asking

    def ask(self, draft: Draft, tags: Sequence[str] = ()) -> None:
        """Open the card on a draft; ``tags`` complete what is typed as a tag."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._asked = draft
        is_note = draft.kind == "note"
        where = self.tr("{kind} at event {position}").format(
            kind=kind_title(draft.kind), position=f"{draft.position:,}"
        )
        scale = self.tr(" · {worst} to {best}").format(worst=rating_title(RATINGS[0]), best=rating_title(RATINGS[-1]))
        self._where.setText(where + (scale if draft.kind == "rating" else ""))
        self._show_rating(draft)
        self._line.setVisible(not is_note)
        self._page.setVisible(is_note)
        field = self._page if is_note else self._line
        field.setPlaceholderText(self._hint(draft.kind))
        field.setAccessibleName(self._where.text())
        self._line.setText("" if is_note else draft.text)
        self._page.setPlainText(draft.text if is_note else "")
        self._page.moveCursor(QTextCursor.MoveOperation.End)
        self._line.selectAll()
        self._known_tags.setStringList(list(tags) if draft.kind == "tag" else [])
        self._on_text_changed()
        self.show()
        rated = self._ratings.button(draft.rating or RATINGS[0])
        (rated if draft.kind == "rating" else field).setFocus(Qt.FocusReason.PopupFocusReason)

    def _show_rating(self, draft: Draft) -> None:
        self._stars.setVisible(draft.kind == "rating")
        self._ratings.setExclusive(False)
        for rating in RATINGS:
            self._ratings.button(rating).setChecked(rating == draft.rating)
        self._ratings.setExclusive(True)

    def _hint(self, kind: Written) -> str:
        return {
            "marker": self.tr("Label"),
            "note": self.tr("Enter keeps it, Shift+Enter starts a new line"),
            "tag": self.tr("Tag"),
            "rating": self.tr("Why (not needed)"),
        }[kind]

    @Slot()
    def dismiss(self) -> None:
        """Close it and give the focus back to where it was."""
        if self.isVisible():
            self.hide()
            before, self._before = self._before, None
            if before is not None and before.isVisible():
                before.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_text_changed(self) -> None:
        self._keep.setEnabled(self._is_complete())

    def _text(self) -> str:
        return (self._page.toPlainText() if self._asked.kind == "note" else self._line.text()).strip()

    def _is_complete(self) -> bool:
        match self._asked.kind:
            case "marker":
                return True
            case "rating":
                return self._ratings.checkedId() in RATINGS
            case _:
                return bool(self._text())

    @Slot()
    def _accept(self) -> None:
        if not self._is_complete():
            return
        asked, rating = self._asked, max(self._ratings.checkedId(), 0)
        draft = Draft(asked.kind, asked.position, self._text(), rating if asked.kind == "rating" else 0, asked.entry)
        self.dismiss()
        self.accepted.emit(draft)

    # --- keys

    def event(self, event: QEvent) -> bool:
        """Escape, Enter and, while rating, figures mean something here before they mean something to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape or event.key() in _ENTER:
            return True
        return self._asked.kind == "rating" and event.text() in map(str, RATINGS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif self._asked.kind == "rating" and event.text() in map(str, RATINGS):
            self._ratings.button(int(event.text())).setChecked(True)
            self._accept()
        elif event.key() in _ENTER:
            self._accept()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """In a note Enter alone keeps it; with Shift it is a line break."""
        if watched is self._page and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in _ENTER and not is_shifted:
                self._accept()
                return True
        return False
