"""Write an entry of the transcript into a document: a message, a call's payload or a ranked list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextTableFormat,
)

from app.ui.conversation.safe_text import MARKDOWN, is_safe_link
from app.ui.conversation.thinking_text import write_thinking
from app.ui.theme import BODY_PX, CAPTION_PX, mono_font
from app.ui.widgets.type_scale import sized
from app.viewmodels.json_text import pretty, short
from app.viewmodels.safe_markdown import Portion, markdown_portion, tamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QTextBlock, QTextDocument, QTextTable

    from app.domain.transcript import Entry
    from app.ui.theme import Theme

LINE_PX: Final = 20  # 1.45 of the font and even, whatever script a line holds
HEADING_LINE_PX: Final = 26
PARAGRAPH_GAP_PX: Final = 8
LIST_GAP_PX: Final = 3
INDENT_PX: Final = 22
SHOWN_AT_ONCE: Final = 20
_FIXED: Final = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_CODE_FENCE: Final = QTextFormat.Property.BlockCodeFence.value
_CODE_LANGUAGE: Final = QTextFormat.Property.BlockCodeLanguage.value
_SIZE_ADJUSTMENT: Final = QTextFormat.Property.FontSizeAdjustment.value


@dataclass(frozen=True, slots=True)
class Typography:
    """Fonts and colours that text is written with."""

    theme: Theme
    text: QFont
    code: QFont

    @staticmethod
    def of(theme: Theme, base: QFont) -> Typography:
        return Typography(theme, sized(base, BODY_PX), mono_font(BODY_PX - 1))


def write_message(document: QTextDocument, entry: Entry, start: int, look: Typography) -> Portion:
    """Write the part of a message from ``start`` on; tells how much of it that is."""
    portion = markdown_portion(entry.text, start)
    document.setDefaultFont(look.text)
    document.setMarkdown(portion.text, MARKDOWN)
    document.setIndentWidth(INDENT_PX)
    _dress(document, look)
    if entry.retracted:
        struck = QTextCharFormat()
        struck.setFontStrikeOut(True)
        _merge(document, struck)
    if entry.kind == "partial":
        _merge(document, _coloured(look.theme.muted))
    return portion


def _merge(document: QTextDocument, form: QTextCharFormat) -> None:
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeCharFormat(form)


def write_call(document: QTextDocument, entry: Entry, look: Typography) -> None:
    """Write arguments and result of a call as indented JSON, first lines with the true size."""
    document.clear()
    document.setDefaultFont(look.text)
    cursor = QTextCursor(document)
    _write_payload(cursor, _tr("Arguments"), entry.arguments, look)
    if entry.returned:
        cursor.insertBlock()
        _write_payload(cursor, _tr("Error") if entry.error else _tr("Result"), entry.result, look)
    if entry.thinking:
        write_thinking(document, entry.thinking, look.theme)


def write_shown(document: QTextDocument, entry: Entry, look: Typography) -> None:
    """Write a ranked list that was shown: rank, name, score and reasons."""
    document.clear()
    document.setDefaultFont(look.text)
    items = entry.items[:SHOWN_AT_ONCE]
    if not items:
        return
    columns = QTextTableFormat()
    columns.setBorder(0)
    columns.setCellPadding(1)
    columns.setCellSpacing(0)
    whole = QTextCursor(document)
    whole.beginEditBlock()  # laid out once, not after every cell
    table = whole.insertTable(len(items), 3, columns)
    muted = _coloured(look.theme.muted)
    for row, item in enumerate(items):
        rank = table.cellAt(row, 0).firstCursorPosition()
        rank.insertText(f"{_number(item.get('rank'), row + 1)}\u2002", muted)
        title = table.cellAt(row, 1).firstCursorPosition()
        title.insertText(item_name(item), _coloured(look.theme.text))
        if reasons := reasons_line(item):
            title.insertText(f"\u2002{reasons}", muted)
        score = table.cellAt(row, 2).firstCursorPosition()
        score.insertText(f"\u2003{_number(item.get('score'), '')}", muted)
    if len(entry.items) > len(items):
        end = QTextCursor(document)
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(_tr("{shown} of {all}").format(shown=len(items), all=f"{len(entry.items):,}"), muted)
    whole.endEditBlock()


def item_name(item: Mapping[str, Any]) -> str:
    """The name of an item, with its id where both are known."""
    name, key = short(item.get("name") or "", 80), short(item.get("item", ""), 40)
    return f"{name} ({key})" if name and key and name != key else name or key


def reasons_line(item: Mapping[str, Any]) -> str:
    reasons = item.get("reasons")
    if not isinstance(reasons, (list, tuple)):
        return ""
    return ", ".join(_reason(one) for one, _ in zip(reasons, range(4), strict=False))


def _reason(one: Any) -> str:
    """What speaks for the item: a tag, a category, the item itself, or production's own words."""
    if not isinstance(one, dict):
        return short(one, 40)
    key = one.get("key", one)
    if one.get("kind") == "item":
        return _tr("the item itself")
    if isinstance(key, str) and one.get("kind") in ("tag", "category"):
        key = key.partition(":")[2] or key
    return short(key, 40)


def _number(value: Any, otherwise: Any) -> str:
    if isinstance(value, float):
        value = round(value, 3)
    return short(value) if isinstance(value, (int, float)) else str(otherwise)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Conversation", text)


def _coloured(colour: str) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setForeground(QColor(colour))
    return result


def _write_payload(cursor: QTextCursor, title: str, value: Any, look: Typography) -> None:
    shown = pretty(value)
    heading = _coloured(look.theme.muted)
    heading.setFont(sized(look.text, CAPTION_PX))
    size = f"{shown.size:,}" if shown.is_exact else f"> {shown.size:,}"
    cut = "" if shown.is_whole else _tr(" · the first part of {size} characters").format(size=size)
    cursor.insertText(title + cut, heading)
    code = _coloured(look.theme.text)
    code.setFont(look.code)
    for line in tamed(shown.text).split("\n"):
        cursor.insertBlock(_code_block(look.theme), code)
        cursor.insertText(line, code)
    cursor.insertBlock(QTextBlockFormat(), heading)


def _code_block(theme: Theme) -> QTextBlockFormat:
    block = QTextBlockFormat()
    block.setBackground(QColor(theme.raised))
    block.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)  # else the background has gaps
    block.setTopMargin(0)
    block.setBottomMargin(0)
    return block


def _dress(document: QTextDocument, look: Typography) -> None:
    """Give rendered Markdown the look of the theme, and say where a picture was not loaded."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    pictures: list[tuple[int, str]] = []
    block = document.begin()
    while block.isValid():
        _dress_block(QTextCursor(block), block, look)
        pictures.extend(_dress_fragments(document, block, look))
        block = block.next()
    _name_pictures(document, reversed(pictures), look)
    cursor.endEditBlock()


def _dress_block(cursor: QTextCursor, block: QTextBlock, look: Typography) -> None:
    kind = block.blockFormat()
    table: QTextTable | None = cursor.currentTable()  # the stubs say never None
    following: object | None = block.next().textList() if block.next().isValid() else None
    if kind.hasProperty(_CODE_FENCE) or kind.hasProperty(_CODE_LANGUAGE):
        code = _code_block(look.theme)
        code.setBottomMargin(0 if _continues_code(block.next()) else PARAGRAPH_GAP_PX)
        cursor.mergeBlockFormat(code)
        _merge_characters(cursor, _code(look))
        return
    is_first, is_last = block.position() == 0, not block.next().isValid()
    spacing = QTextBlockFormat()
    spacing.setLineHeight(LINE_PX, _FIXED)
    spacing.setTopMargin(0)
    spacing.setBottomMargin(_gap_below(is_last or table is not None, following is not None))
    if kind.headingLevel():
        spacing.setTopMargin(0 if is_first else PARAGRAPH_GAP_PX)
        spacing.setLineHeight(HEADING_LINE_PX, _FIXED)
        heading = QTextCharFormat()
        heading.setProperty(_SIZE_ADJUSTMENT, 1 if kind.headingLevel() <= 2 else 0)
        heading.setFontWeight(QFont.Weight.DemiBold)
        _merge_characters(QTextCursor(cursor), heading)
    if depth := kind.intProperty(QTextFormat.Property.BlockQuoteLevel.value):
        spacing.setLeftMargin(min(depth, 8) * 16)
        _merge_characters(QTextCursor(cursor), _coloured(look.theme.muted))
    if table is not None and block.position() <= table.firstCursorPosition().position():
        _dress_table(table, look)
    cursor.mergeBlockFormat(spacing)


def _continues_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(_CODE_FENCE)


def _gap_below(is_tight: bool, is_listed: bool) -> int:
    if is_tight:
        return 0
    return LIST_GAP_PX if is_listed else PARAGRAPH_GAP_PX


def _merge_characters(cursor: QTextCursor, kind: QTextCharFormat) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(kind)


def _dress_table(table: QTextTable, look: Typography) -> None:
    kind = table.format()
    kind.setBorderCollapse(True)
    kind.setBorder(1)
    kind.setBorderBrush(QColor(look.theme.line))
    kind.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    kind.setCellPadding(5)
    kind.setCellSpacing(0)
    kind.setBottomMargin(PARAGRAPH_GAP_PX)
    table.setFormat(kind)


def _code(look: Typography) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setFont(look.code)
    return result


def _dress_fragments(document: QTextDocument, block: QTextBlock, look: Typography) -> Iterable[tuple[int, str]]:
    """Colour links and inline code; yields (place, name) of the pictures."""
    pieces = block.begin()
    changes: list[tuple[int, int, QTextCharFormat]] = []
    while not pieces.atEnd():
        piece = pieces.fragment()
        kind = piece.charFormat()
        if kind.isImageFormat():
            picture = kind.toImageFormat()
            for offset in range(piece.length()):
                yield (
                    piece.position() + offset,
                    picture.property(QTextFormat.Property.ImageAltText.value) or picture.name(),
                )
        elif kind.isAnchor():
            changes.append((piece.position(), piece.length(), _link(kind.anchorHref(), look)))
        elif kind.fontFixedPitch():
            changes.append((piece.position(), piece.length(), _inline_code(look)))
        pieces += 1
    for position, length, fresh in changes:
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(fresh)


def _link(address: str, look: Typography) -> QTextCharFormat:
    """A link in the accent colour; one that would not be followed anyway looks like the text around it."""
    if is_safe_link(address):
        return _coloured(look.theme.accent)
    result = _coloured(look.theme.text)
    result.setAnchor(False)
    result.setAnchorHref("")
    result.setFontUnderline(False)
    return result


def _inline_code(look: Typography) -> QTextCharFormat:
    result = _code(look)
    result.setBackground(QColor(look.theme.raised))
    return result


def _name_pictures(document: QTextDocument, pictures: Iterable[tuple[int, str]], look: Typography) -> None:
    for position, name in pictures:
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
        note = _coloured(look.theme.muted)
        note.setFontItalic(True)
        cursor.insertText(_tr("[picture, not loaded: {name}]").format(name=short(name, 60)), note)
