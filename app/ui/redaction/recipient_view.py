"""Text as the recipient will read it; what was found is marked by colour and by a line under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme import Theme
    from app.viewmodels.redaction.recipient_text import Manner, Span


class RecipientView(QPlainTextEdit):
    """Read-only and plain: nothing in a text is taken for markup."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._spans: Sequence[Span] = ()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setObjectName("redaction.recipient")
        self.setAccessibleName(self.tr("As the recipient will read it"))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.show_spans(self._spans)

    def show_spans(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self.clear()
        cursor = QTextCursor(self.document())
        for span in spans:
            cursor.insertText(span.text, self._format(span.manner, is_chosen=span.is_chosen))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _format(self, manner: Manner, *, is_chosen: bool) -> QTextCharFormat:
        look, theme = QTextCharFormat(), self._theme
        look.setForeground(QColor(theme.text))
        if manner == "heading":
            look.setForeground(QColor(theme.muted))
            return look
        if manner == "plain":
            return look
        token = {"redacted": "accent", "kept": "behaviour", "undecided": "problem"}[manner]
        look.setForeground(QColor(getattr(theme, token)))
        line = QTextCharFormat.UnderlineStyle
        look.setUnderlineStyle(line.DotLine if manner == "undecided" else line.SingleUnderline)
        if is_chosen:
            look.setFontWeight(QFont.Weight.Bold)
            look.setBackground(theme.tint(token))
        return look
