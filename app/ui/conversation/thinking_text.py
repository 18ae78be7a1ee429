"""What a model thought before it answered: plain, muted, and above what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor

from app.viewmodels.safe_markdown import tamed

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

    from app.ui.theme import Theme

LONGEST: Final = 8_000
"""Characters; of longer thinking the end is shown, for there stands what it came to."""
_GAP_PX: Final = 8


def write_thinking(document: QTextDocument, thinking: str, theme: Theme) -> None:
    """Put it before what the document holds; it is never taken for Markdown."""
    title = QTextCharFormat()
    title.setForeground(QColor(theme.muted))
    title.setFontWeight(600)
    plain = QTextCharFormat()
    plain.setForeground(QColor(theme.muted))
    block = QTextBlockFormat()
    block.setBottomMargin(_GAP_PX)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.insertBlock()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.setBlockFormat(block)
    cursor.insertText(QCoreApplication.translate("Conversation", "Thinking") + "\u2002", title)
    cut = "… " if len(thinking) > LONGEST else ""
    cursor.insertText(cut + tamed(thinking[-LONGEST:]).strip().replace("\n", "\u2028"), plain)
    cursor.endEditBlock()
