"""The review pane: findings with their decisions, beside them the text as the recipient will read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import BadInput
from app.ui.redaction.findings_table import FindingsTable
from app.ui.redaction.recipient_view import RecipientView
from app.ui.redaction.wanted_line import WantedLine
from app.ui.theme import GRID_PX, GROUP_PX
from app.viewmodels.redaction.recipient_text import recipient_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.redaction.redaction import Decision
    from app.ui.theme import Theme
    from app.viewmodels.redaction.review_session import ReviewSession

_SIZES: Final = (520, 420)


class RedactionPane(QWidget):
    """Embedded by whatever lets something leave. It decides through its ``ReviewSession`` and changes nothing else.

    Signals:
        ready_changed(bool): whether everything found is decided on, so that something may leave.
    """

    ready_changed = Signal(bool)

    def __init__(self, session: ReviewSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._branches: Mapping[str, str] = {}
        self.table = FindingsTable(theme, self)
        self.recipient = RecipientView(theme, self)
        self.original = QCheckBox(self.tr("Show the &original"), self)
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setAccessibleName(self.tr("State of the review"))
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Looked through"))
        self.wanted = WantedLine(self)
        self.decide_buttons = self._buttons()
        self._arrange()
        self._connect()
        self._show_state()

    @property
    def is_ready(self) -> bool:
        """Whether something may leave."""
        return self._session.review is not None and self._session.undecided == 0

    def set_branch_names(self, names: Mapping[str, str]) -> None:
        """How branches are called, by id, where places are told."""
        self._branches = names

    def set_theme(self, theme: Theme) -> None:
        self.table.set_theme(theme)
        self.recipient.set_theme(theme)

    # --- how it stands

    def _buttons(self) -> dict[str, QPushButton]:
        texts = {
            "redact": (self.tr("Redact"), self.tr("Redact what is selected (R)")),
            "keep": (self.tr("Keep"), self.tr("Keep what is selected (K)")),
            "redact_kind": (
                self.tr("Redact this kind"),
                self.tr("Redact all of this kind but what you decided on one by one (Shift+R)"),
            ),
            "keep_kind": (
                self.tr("Keep this kind"),
                self.tr("Keep all of this kind but what you decided on one by one (Shift+K)"),
            ),
            "redact_all": (
                self.tr("Redact the rest"),
                self.tr("Redact everything that was found but what you decided on one by one"),
            ),
        }
        made = {}
        for name, (text, tip) in texts.items():
            button = made[name] = QPushButton(text, self)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setAutoDefault(False)
            button.setObjectName(f"redaction.{name}")
        return made

    def _arrange(self) -> None:
        left = QWidget(self)
        column = _column(left)
        column.addWidget(self.table, 1)
        for names in (("redact", "keep", "redact_all"), ("redact_kind", "keep_kind")):
            row = QHBoxLayout()
            row.setSpacing(GRID_PX)
            for name in names:
                row.addWidget(self.decide_buttons[name])
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self.wanted)
        right = QWidget(self)
        beside = _column(right)
        beside.addWidget(self.recipient, 1)
        beside.addWidget(self.original)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes(list(_SIZES))
        layout = _column(self)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.progress)
        layout.addWidget(self.said)

    def _connect(self) -> None:
        session, table, buttons = self._session, self.table, self.decide_buttons
        session.looking.connect(self._on_looking)
        session.progressed.connect(self._on_progressed)
        session.looked.connect(self._on_looked)
        session.decided.connect(self._on_decided)
        session.failed.connect(self._on_failed)
        table.decision_wanted.connect(session.decide)
        table.kind_decision_wanted.connect(session.decide_kind)
        table.current_changed.connect(self._show_recipient)
        self.original.toggled.connect(self._show_recipient)
        buttons["redact"].clicked.connect(lambda: table.decide_selected("redact"))
        buttons["keep"].clicked.connect(lambda: table.decide_selected("keep"))
        buttons["redact_kind"].clicked.connect(lambda: table.decide_kind("redact"))
        buttons["keep_kind"].clicked.connect(lambda: table.decide_kind("keep"))
        buttons["redact_all"].clicked.connect(lambda: self._decide_all("redact"))
        self.wanted.name_wanted.connect(self._on_name_wanted)
        self.wanted.pattern_wanted.connect(self._on_pattern_wanted)

    def _decide_all(self, decision: Decision) -> None:
        self._session.decide_all(decision)

    # --- what happened

    @Slot()
    def _on_looking(self) -> None:
        self.table.set_groups(())
        self.recipient.show_spans(())
        self.progress.setRange(0, 0)
        self._show_state()

    @Slot(int, object)
    def _on_progressed(self, done: int, total: int | None) -> None:
        self.progress.setRange(0, total or 0)
        self.progress.setValue(done)

    @Slot()
    def _on_looked(self) -> None:
        self.table.set_groups(self._session.groups)
        self._show_recipient()
        self._show_state()

    @Slot()
    def _on_decided(self) -> None:
        self.table.set_groups(self._session.groups)
        self._show_recipient()
        self._show_state()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._show_state()
        self.said.setText(sentence or self.tr("Stopped before everything was looked through."))

    @Slot(str)
    def _on_name_wanted(self, name: str) -> None:
        self._try(lambda: self._session.add_name(name))

    @Slot(str)
    def _on_pattern_wanted(self, expression: str) -> None:
        self._try(lambda: self._session.add_pattern(expression))

    def _try(self, add: Callable[[], None]) -> None:
        try:
            add()
        except BadInput as error:
            self.said.setText(str(error))
        else:
            self.wanted.clear()

    # --- what it shows

    @Slot()
    def _show_recipient(self) -> None:
        review, group = self._session.review, self.table.current
        if review is None or group is None:
            self.recipient.show_spans(())
        else:
            spans = recipient_text(review, group, self._branches, original=self.original.isChecked())
            self.recipient.show_spans(spans)

    def _show_state(self) -> None:
        session = self._session
        self.progress.setVisible(session.is_looking)
        for button in self.decide_buttons.values():
            button.setEnabled(bool(session.groups))
        self.said.setText(self._sentence())
        self.ready_changed.emit(self.is_ready)

    def _sentence(self) -> str:
        session = self._session
        if session.is_looking:
            return self.tr("Looking for what should not leave…")
        if session.review is None:
            return self.tr("Nothing has been looked through yet.")
        found, left = len(session.groups), session.undecided
        caution = self.tr("Detectors and people overlook things: nothing here promises that all was found.")
        if not found:
            return self.tr("Nothing was found.") + " " + caution
        if left:
            said = self.tr("{left} of {found} findings are not reviewed; nothing leaves before they are.")
        else:
            said = self.tr("All {found} findings are reviewed; kept: {kept}.")
        kept = sum(1 for one in session.groups if one.decision == "keep")
        return said.format(left=f"{left:,}", found=f"{found:,}", kept=f"{kept:,}") + " " + caution


def _column(owner: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(owner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GROUP_PX)
    return layout
