"""The card of a branch: where it comes from and why. It follows the pointer, or stays when asked for by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.branches.branch_mark import draw_mark
from app.ui.branches.card_text import details, outline, signs
from app.ui.theme import GROUP_PX
from app.ui.write_guard import hold_back, why_not

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from app.application.provenance import Provenance
    from app.ui.branches.card_text import Line
    from app.ui.theme import Theme
    from app.viewmodels.branch_tree import BranchRow

WIDTH_PX: Final = 380
_CAPTION_PX: Final = 76
_MOST_CHARACTERS: Final = 600


class _Mark(QWidget):
    """The colour and shape of the branch."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.colour = theme, "grey"
        self.setFixedSize(QSize(16, 16))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, self.theme, self.colour, QPointF(8, 8), 11.0)
        painter.end()


class BranchCard(QFrame):
    """Floats inside the window. While it only follows the pointer it takes no click and no focus.

    Signals:
        details_requested(str): read what has to be read of this branch.
        described(str, str, str): branch, hypothesis, expected.
    """

    details_requested = Signal(str)
    described = Signal(str, str, str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("branches.card")
        self.setProperty("card", True)
        self._window = window
        self._branch = ""
        self._lines: tuple[Line, ...] = ()
        self._is_pinned = False
        self._at = QPoint()
        self._labels: list[QLabel] = []
        self._before: QWidget | None = None
        self._mark = _Mark(theme, self)
        self._name, self._signs = QLabel(self), QLabel(self)
        self._facts = QGridLayout()
        self._hypothesis, self._expected = QLineEdit(self), QLineEdit(self)
        self._keep = QPushButton(self.tr("Keep"), self)
        self._close = QPushButton(self.tr("Close"), self)
        self._form = QWidget(self)
        self._build()
        self.hide()

    def _build(self) -> None:
        self.setFixedWidth(WIDTH_PX)
        for label in (self._name, self._signs):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._name.setProperty("tone", "heading")
        self._signs.setProperty("tone", "caption")
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._name, 1)
        self._facts.setHorizontalSpacing(GROUP_PX)
        self._facts.setVerticalSpacing(3)
        self._facts.setColumnMinimumWidth(0, _CAPTION_PX)
        self._facts.setColumnStretch(1, 1)
        self._grid = layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._signs)
        layout.addLayout(self._facts)
        layout.addWidget(self._prepared_form())
        self._form.hide()

    def _prepared_form(self) -> QWidget:
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(GROUP_PX)
        for row, (field, name) in enumerate(
            ((self._hypothesis, self.tr("Hypothesis")), (self._expected, self.tr("Expected")))
        ):
            caption = QLabel(name, self._form)
            caption.setProperty("tone", "caption")
            caption.setBuddy(field)
            caption.setMinimumWidth(_CAPTION_PX)
            field.setAccessibleName(name)
            field.returnPressed.connect(self._on_keep_clicked)
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1, 1, 2)
        self._keep.setProperty("primary", True)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._close.clicked.connect(self.dismiss)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._close)
        grid.addLayout(buttons, 2, 1, 1, 2)
        return self._form

    def set_theme(self, theme: Theme) -> None:
        self._mark.theme = theme

    # --- what it shows

    @property
    def branch(self) -> str:
        """Id of the branch it speaks of; empty while it is hidden."""
        return self._branch if self.isVisible() else ""

    @property
    def is_pinned(self) -> bool:
        return self.isVisible() and self._is_pinned

    @property
    def text(self) -> str:
        """All that it says, a line each."""
        return "\n".join((self._name.text(), self._signs.text(), *(f"{name}: {said}" for name, said in self._lines)))

    def hint(self, row: BranchRow, at: QPoint) -> None:
        """Show it beside a global point while the pointer rests there."""
        if not self.is_pinned:
            self._open(row, at, pinned=False)

    def pin(self, row: BranchRow, at: QPoint) -> None:
        """Show it until it is closed, with the focus in it: what is said can be copied, the reason edited."""
        self._before = self._window.focusWidget()
        self._open(row, at, pinned=True)
        for field in (self._hypothesis, self._expected):
            field.setReadOnly(bool(why_not(self)))
        hold_back(self, self._keep)
        self._hypothesis.setText(row.label.hypothesis)
        self._expected.setText(row.label.expected)
        self._hypothesis.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_details(self, told: Provenance) -> None:
        """The rest, once it was read; what belongs to another branch by now is dropped."""
        if told.branch.id == self.branch:
            self._lines = (*self._lines, *details(told))
            self._lay_out()

    @Slot()
    def unhint(self) -> None:
        if not self.is_pinned:
            self.hide()

    @Slot()
    def dismiss(self) -> None:
        """Close it and give the focus back."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: BranchRow, at: QPoint, *, pinned: bool) -> None:
        self._branch, self._is_pinned = row.branch.id, pinned
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not pinned)
        self._mark.colour = row.colour
        self._name.setText(row.branch.name[:_MOST_CHARACTERS])
        self._signs.setText(signs(row))
        self._signs.setVisible(bool(self._signs.text()))
        self.setAccessibleName(row.branch.name)
        self._form.setVisible(pinned)
        self._lines = outline(row)
        self._at = self._window.mapFromGlobal(at)
        self.show()
        self._lay_out()
        self.raise_()
        self.details_requested.emit(row.branch.id)

    def _lay_out(self) -> None:
        for label in self._labels:
            self._facts.removeWidget(label)
            label.deleteLater()
        self._labels = []
        shown = [line for line in self._lines if not self._is_pinned or line[0] not in self._edited()]
        for number, (name, said) in enumerate(shown):
            caption, text = QLabel(name, self), QLabel(said[:_MOST_CHARACTERS], self)
            caption.setProperty("tone", "caption")
            for label in (caption, text):
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            text.setWordWrap(True)
            text.setAccessibleName(f"{name}: {said}")
            if self._is_pinned:
                text.setTextInteractionFlags(
                    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
                )
            self._facts.addWidget(caption, number, 0)
            self._facts.addWidget(text, number, 1)
            for label in (caption, text):
                label.show()
                self._labels.append(label)
        self._grid.activate()
        self.resize(WIDTH_PX, self._grid.totalHeightForWidth(WIDTH_PX))
        room = self._window.size()
        left = max(min(self._at.x() + 4, room.width() - self.width() - 4), 4)
        self.move(left, max(min(self._at.y(), room.height() - self.height() - 4), 4))

    def _edited(self) -> tuple[str, str]:
        return self.tr("Hypothesis"), self.tr("Expected")

    # --- what a person does

    @Slot()
    def _on_keep_clicked(self) -> None:
        self.described.emit(self._branch, self._hypothesis.text(), self._expected.text())
        self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined] # a key event
            event.accept()
            return True
        return super().event(event)
