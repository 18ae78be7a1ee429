"""Text that strangers wrote, shown so that nothing in it can reach a file, the network or another program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from app.ui.theme import Theme

SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto"})
GHOST_VEIL: Final = 153  # of 255: what lies under it keeps 40 %

MARKDOWN: Final = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


def is_safe_link(address: str) -> bool:
    """Whether a link may be offered to the person at all."""
    return QUrl(address).scheme().lower() in SAFE_SCHEMES


def _nothing(kind: int) -> Any:
    """What stands for every resource. Qt opens the named file itself unless it gets an image that is not null."""
    if kind == QTextDocument.ResourceType.ImageResource.value:
        placeholder = QImage(1, 1, QImage.Format.Format_ARGB32)
        placeholder.fill(Qt.GlobalColor.transparent)
        return placeholder
    return QByteArray()


class SafeDocument(QTextDocument):
    """A document that loads nothing. One per widget for good: every swapped document leaks 0.3 MB."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002 -- Qt's signature
        return _nothing(kind)


class SafeBrowser(QTextBrowser):
    """Read-only rich text as high as its content; the wheel and the keys of movement belong to its surroundings.

    Signals:
        link_requested: the person clicked a link with a harmless scheme.
        double_clicked: anywhere in the text.
    """

    link_requested = Signal(str)
    double_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._veil: QColor | None = None
        self.setDocument(SafeDocument(self))
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(self._on_anchor_clicked)

    def set_theme(self, theme: Theme) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.text))
        palette.setColor(QPalette.ColorRole.Link, QColor(theme.accent))
        palette.setColor(QPalette.ColorRole.Highlight, QColor(theme.accent))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.surface))
        self.setPalette(palette)

    def set_veil(self, surface: str | None) -> None:
        """Fade the text towards the colour of the surface it stands on; None shows it at full strength."""
        veil = QColor(surface) if surface else None
        if veil:
            veil.setAlpha(GHOST_VEIL)
        if veil != self._veil:
            self._veil = veil
            self.viewport().update()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002 -- Qt's signature
        return _nothing(kind)

    def doSetSource(self, name: QUrl | str, kind: Any = None) -> None:  # noqa: N802 -- Qt's signature
        """Go nowhere: this is no browser of files."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._veil:
            painter = QPainter(self.viewport())
            painter.fillRect(event.rect(), self._veil)
            painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: Any) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.textCursor().hasSelection():
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: Any) -> None:
        super().mouseDoubleClickEvent(event)
        self.double_clicked.emit()

    @Slot(QUrl)
    def _on_anchor_clicked(self, address: QUrl) -> None:
        if address.scheme().lower() in SAFE_SCHEMES:
            self.link_requested.emit(address.toString())
