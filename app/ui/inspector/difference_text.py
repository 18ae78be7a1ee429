"""Two values compared word by word: what went is struck through, what came is underlined, both also coloured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app.domain.pointers import ABSENT
from app.domain.text_diff import Piece, text_diff
from app.ui.theme import BODY_PX
from app.ui.widgets.type_scale import sized
from app.viewmodels.json_text import pretty
from app.viewmodels.safe_markdown import tamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme import Theme
    from app.viewmodels.tree_rows import Row

_CHARACTERS: Final = 20_000
_LINES: Final = 400


class DifferenceText(QTextEdit):
    """Reads only; formats are set by code, so that nothing in a text can become markup."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pieces: Sequence[Piece] = ()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(sized(self.font(), BODY_PX))
        self.setAccessibleName(self.tr("Before and after, word by word"))
        self.setPlaceholderText(self.tr("Choose a change to read it word by word."))
        self.setTabChangesFocus(True)
        self.setMinimumHeight(64)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._write(self._pieces)

    def show_row(self, row: Row | None) -> None:
        """Compare the values of a row; a row that is no change shows nothing."""
        self._write(text_diff(*map(_text, row.texts)) if row is not None and row.texts is not None else ())

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show a text that was compared already; where it is scrolled to stays."""
        scrolled = self.verticalScrollBar().value()
        self._write(pieces)
        self.verticalScrollBar().setValue(scrolled)

    def show_first_difference(self) -> None:
        """Bring the first stretch that is not the same into view."""
        at = 0
        for piece in self._pieces:
            if piece.kind != "same":
                cursor = self.textCursor()
                cursor.setPosition(at)
                self.setTextCursor(cursor)
                self.ensureCursorVisible()
                return
            at += len(piece.text)

    def _write(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self.clear()
        cursor = QTextCursor(self.document())
        for piece in pieces:
            cursor.insertText(piece.text, self._format(piece))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _format(self, piece: Piece) -> QTextCharFormat:
        shown = QTextCharFormat()
        shown.setForeground(QColor(self._theme.text))
        if piece.kind != "same":
            token = "problem" if piece.kind == "removed" else "behaviour"
            shown.setForeground(QColor(getattr(self._theme, token)))
            shown.setBackground(self._theme.tint(token))
            shown.setFontStrikeOut(piece.kind == "removed")
            shown.setFontUnderline(piece.kind == "added")
            if piece.kind == "added":
                shown.setFontWeight(QFont.Weight.DemiBold)
        return shown


def _text(value: Any) -> str:
    return "" if value is ABSENT else tamed(pretty(value, _CHARACTERS, _LINES).text)
