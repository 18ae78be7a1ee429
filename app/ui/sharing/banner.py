"""The strip over a shared session: from whom it is, that it is read-only, and the way into one's own store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.domain.events import to_rfc3339

if TYPE_CHECKING:
    from app.domain.shares import Share


class ShareBanner(QFrame):
    """Hidden but in a window that was opened on a share file.

    Signals:
        import_requested: bring the session into one's own store, or stop doing so.
    """

    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("share.banner")
        self._said = QLabel(self)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self.tr("Import into my store"), self)
        self._button.setObjectName("share.import")
        self._button.clicked.connect(self.import_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._said, 1)
        row.addWidget(self._button)
        self.hide()

    @property
    def text(self) -> str:
        return self._said.text()

    @property
    def button(self) -> QPushButton:
        return self._button

    def show_share(self, share: Share) -> None:
        """Say from whom and since when; what they wrote is shown as plain text."""
        day = (to_rfc3339(share.at) or "").partition("T")[0]
        if share.by:
            said = self.tr("Read-only: shared by {name} on {day}.").format(name=_line(share.by), day=day)
        else:
            said = self.tr("Read-only: shared on {day}.").format(day=day)
        if share.first > 1:
            number = QLocale().toString(share.first)
            said += " " + self.tr("What was said before event {number} is not in it.").format(number=number)
        if share.note:
            said += f"\n{_line(share.note)}"
        self._say(said)
        self.show()

    def show_progress(self, sentence: str) -> None:
        """The import runs; the button stops it."""
        self._say(sentence)
        self._button.setText(self.tr("Stop"))

    def show_end(self, sentence: str, *, again: bool) -> None:
        """The import ended; ``again``: it can be tried once more."""
        self._say(sentence)
        self._button.setText(self.tr("Import into my store"))
        self._button.setVisible(again)

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self.setAccessibleName(sentence)


def _line(text: str) -> str:
    """A stranger's words in one line, without what steers a text's direction or is not printed."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
