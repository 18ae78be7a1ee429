"""How one compared turn is laid out: a band for the question, below it a column a branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from app.ui.theme import BODY_PX, CAPTION_PX
from app.ui.widgets.type_scale import sized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.text_diff import Piece
    from app.ui.theme import Theme
    from app.viewmodels.side_by_side_rows import ShownCell, ShownRow

PAD_PX: Final = 10
GAP_PX: Final = 6
RAIL_PX: Final = 2
LEAST_COLUMN_PX: Final = 72


def _tr(text: str) -> str:
    return QCoreApplication.translate("SideBySide", text)


@dataclass(frozen=True, slots=True)
class Block:
    """A text and where it stands in the row."""

    document: QTextDocument
    box: QRectF


def column_width(width: int, branches: int) -> int:
    """What each column takes of a row: an equal share, of eight in a small window too."""
    return max(width // max(branches, 1), LEAST_COLUMN_PX)


class RowWriter:
    """Writes texts in the fonts and colours of a theme. Formats are set by code: no text can become markup."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self._body, self._caption = sized(font, BODY_PX), sized(font, CAPTION_PX)

    def question(self, row: ShownRow, width: float) -> Block | None:
        if not row.question:
            return None
        document = self._document(self._body)
        cursor = QTextCursor(document)
        cursor.insertText(_tr("Customer") + "\u2002", self._format("customer", bold=True))
        cursor.insertText(row.question, self._format("text"))
        return self._placed(document, PAD_PX, PAD_PX - 2, width - 2 * PAD_PX)

    def cell(self, cell: ShownCell | None, left: float, top: float, width: float) -> list[Block]:
        """The texts of one column, one under the other."""
        inner, x = width - 2 * PAD_PX, left + PAD_PX
        blocks: list[Block] = []

        def add(document: QTextDocument, gap: int = 2) -> None:
            nonlocal top
            block = self._placed(document, x, top, inner)
            blocks.append(block)
            top += block.box.height() + gap

        if cell is None:
            add(self._caption_of(_tr("This branch has no such turn."), "muted"))
            return blocks
        if cell.question:
            add(self._caption_of(_tr("Customer: {text}").format(text=cell.question), "customer"), GAP_PX)
        if cell.times > 1:
            add(self._caption_of(_tr("×{count} the same answer").format(count=cell.times), "muted", bold=True))
        if cell.like is not None:
            add(self._caption_of(_tr("The same answer as {name}.").format(name=cell.like), "muted", italic=True))
        elif cell.pieces:
            add(self._answer(cell.pieces))
        else:
            add(self._caption_of(_tr("No answer."), "muted"))
        for call in cell.calls:
            add(self._caption_of(call, "tool"))
        for change in cell.ranks:
            add(self._caption_of(change, "recommendation"))
        for problem in cell.problems:
            add(self._caption_of(problem, "problem", bold=True))
        told = " · ".join(part for part in (cell.origin, cell.facts) if part)
        if told:
            add(self._caption_of(told, "muted"))
        return blocks

    def _answer(self, pieces: Sequence[Piece]) -> QTextDocument:
        document = self._document(self._body)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for piece in pieces:
            cursor.insertText(piece.text, self._piece_format(piece))
        cursor.endEditBlock()
        return document

    def _piece_format(self, piece: Piece) -> QTextCharFormat:
        if piece.kind == "same":
            return self._format("text")
        token = "problem" if piece.kind == "removed" else "behaviour"
        shown = self._format(token)
        shown.setBackground(self.theme.tint(token))
        shown.setFontStrikeOut(piece.kind == "removed")
        shown.setFontUnderline(piece.kind == "added")
        return shown

    def _caption_of(self, text: str, token: str, *, bold: bool = False, italic: bool = False) -> QTextDocument:
        document = self._document(self._caption)
        QTextCursor(document).insertText(text, self._format(token, bold=bold, italic=italic))
        return document

    def _document(self, font: QFont) -> QTextDocument:
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        return document

    def _format(self, token: str, *, bold: bool = False, italic: bool = False) -> QTextCharFormat:
        shown = QTextCharFormat()
        shown.setForeground(QColor(getattr(self.theme, token)))
        if bold:
            shown.setFontWeight(QFont.Weight.DemiBold)
        shown.setFontItalic(italic)
        return shown

    def _placed(self, document: QTextDocument, left: float, top: float, width: float) -> Block:
        document.setTextWidth(max(width, 40))
        return Block(document, QRectF(left, top, width, document.size().height()))
