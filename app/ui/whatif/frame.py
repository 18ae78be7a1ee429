"""What all dialogs of a what-if have: where it goes, what it will do, and the button that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.icons import SIZE_PX, icon
from app.ui.theme import GROUP_PX, PANEL_PX
from app.ui.widgets.on_screen import keep_on_screen, resize_within_screen
from app.viewmodels.what_if.words import plan_words

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from app.application.what_if.plans import Plan
    from app.ui.theme import Theme

_SETTLED_MS: Final = 150
"""Typing is planned when it has paused for so long."""
_WIDTH_PX: Final = 520
_LINES: Final = 4
"""Kept free for sentences: what a branch holds takes two, what is applied again and what stays open one each."""


class WhatIfFrame(QDialog):
    """Says what will happen before anything is written; only what was planned can be made.

    Signals:
        plan_wanted: something was changed; ``show_plan`` or ``show_refusal`` answers.
        make_wanted(object, str): make this ``Plan``, under this name.
        stop_wanted: stop what is being written.
        dismissed: closed without making anything.
    """

    plan_wanted = Signal()
    make_wanted = Signal(object, str)
    stop_wanted = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget, *, name: str, ends_here: str = "") -> None:
        """``name``: suggested for the new branch; ``ends_here``: the what-if that could be gone on with instead."""
        super().__init__(parent)
        self._plan: Plan | None = None
        self._is_making = self._is_unseen = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH_PX)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self.plan_wanted)
        self._new = QRadioButton(self.tr("On a new branch"), self)
        self._same = QRadioButton(self.tr("On {branch}, which ends here").format(branch=ends_here), self)
        self.name = QLineEdit(name, self)
        self.name.setObjectName("whatif.name")
        self.name.setAccessibleName(self.tr("Name of the new branch"))
        self._sentences = _sentences(self.tr("What will happen"))
        self._problem = _sentences(self.tr("Why it cannot be made"))
        self._problem.setProperty("tone", "problem")
        self._sign = QLabel(self)
        self._sign.setPixmap(icon("problem", theme, "problem").pixmap(SIZE_PX, SIZE_PX))
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        kept = self._bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(kept)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.make = QPushButton(self.tr("Make the branch"), self)
        self.make.setObjectName("whatif.make")
        self.make.setProperty("primary", True)
        self.make.setDefault(True)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._new.setChecked(True)
        self._same.setVisible(bool(ends_here))
        self._new.setVisible(bool(ends_here))
        self._connect()
        self._tell((), "")

    def _connect(self) -> None:
        self.name.textChanged.connect(self._refresh)
        self._new.toggled.connect(self._on_place_toggled)
        self.make.clicked.connect(self._on_make_clicked)
        self._cancel.clicked.connect(self.reject)

    def arrange(self, *content: QWidget, stretched: QWidget | None = None) -> None:
        """Lay the dialog's own content out above what all have in common."""
        column = QVBoxLayout(self)
        column.setContentsMargins(PANEL_PX, PANEL_PX, PANEL_PX, PANEL_PX)
        column.setSpacing(GROUP_PX)
        for widget in content:
            column.addWidget(widget, 1 if widget is stretched else 0)
        place = QHBoxLayout()
        caption = QLabel(self.tr("Branch"), self)
        caption.setProperty("tone", "caption")
        caption.setBuddy(self.name)
        caption.setVisible(not self._new.isVisibleTo(self))
        for widget, stretch in ((caption, 0), (self._new, 0), (self.name, 1), (self._same, 0)):
            place.addWidget(widget, stretch)
        column.addLayout(place)
        column.addWidget(self._told())
        column.addWidget(self._bar)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.make)
        column.addLayout(buttons)

    def _told(self) -> QWidget:
        """What will happen, or why it cannot: with room for what is said as a rule, so that typing moves nothing."""
        told = QWidget(self)
        told.setMinimumHeight(_LINES * self._sentences.fontMetrics().lineSpacing())
        lines = QVBoxLayout(told)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._sentences)
        trouble = QHBoxLayout()
        trouble.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        trouble.addWidget(self._problem, 1)
        lines.addLayout(trouble)
        lines.addStretch(1)
        return told

    @property
    def goes_on(self) -> bool:
        """Whether it shall be appended to the what-if that ends here."""
        return self._same.isChecked()

    @Slot()
    def touch(self) -> None:
        """Something was changed: what was planned holds no longer."""
        self._plan = None
        self._refresh()
        self._settled.start()

    def begin(self) -> None:
        """Open, and ask for the first plan."""
        resize_within_screen(self, self.sizeHint())
        self._is_unseen = True
        self.open()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_unseen:
            # Not before: the answer may make it grow, and a window that grows while the desktop is about to
            # place it ends up in the corner of the screen.
            self._is_unseen = False
            self._settled.start()

    # --- what is told to it

    def show_plan(self, plan: Plan) -> None:
        self._plan = plan
        self._tell(plan_words(plan), "")

    def show_untouched(self) -> None:
        """Nothing is wished for yet."""
        self._plan = None
        self._tell((self.tr("Nothing is different yet."),), "")

    def show_refusal(self, sentence: str) -> None:
        self._plan = None
        self._is_making = False
        self._tell((), sentence)

    @Slot(int, int, str)
    def show_progress(self, done: int, total: int, what: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setToolTip(what)
        self._bar.setVisible(bool(what))

    def _tell(self, sentences: tuple[str, ...], problem: str) -> None:
        self._sentences.setText("\n".join(sentences))
        self._problem.setText(problem)
        self._bar.hide()
        for widget, is_shown in ((self._sentences, bool(sentences)), (self._problem, bool(problem))):
            widget.setVisible(is_shown)
        self._sign.setVisible(bool(problem))
        self._refresh()
        self._make_room()

    def _make_room(self) -> None:
        """Grow when the sentences have become longer; wrapped texts are nothing that Qt does it for."""
        column = self.layout()
        if column is not None:
            column.activate()
            needed = column.totalHeightForWidth(self.width())
            if needed > self.height():
                resize_within_screen(self, QSize(self.width(), needed))
                keep_on_screen(self)

    # --- what the person does

    @Slot()
    def _refresh(self) -> None:
        self.name.setEnabled(not self.goes_on and not self._is_making)
        named = self.goes_on or bool(self.name.text().strip())
        self.make.setEnabled(self._plan is not None and named and not self._is_making)
        self.make.setText(self.tr("Append the change") if self.goes_on else self.tr("Make the branch"))

    @Slot()
    def _on_place_toggled(self) -> None:
        self.touch()

    @Slot()
    def _on_make_clicked(self) -> None:
        if self._plan is not None and not self._is_making:
            self._is_making = True
            self._refresh()
            self.make_wanted.emit(self._plan, self.name.text().strip())

    def finish(self) -> None:
        """It was made; close."""
        self._settled.stop()
        self.accept()

    def reject(self) -> None:
        if self._is_making:
            self.stop_wanted.emit()  # the answer closes it, or says what was kept
            return
        self._settled.stop()
        self.dismissed.emit()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settled.stop()
        self.dismissed.emit()
        super().closeEvent(event)


def _sentences(name: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAccessibleName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
