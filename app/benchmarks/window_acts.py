"""What the benchmarks do in the real window, turn by turn, with the events that hands would make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.application.continuing import ContinueUpdate

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.ui.application import WindowApplication

NOTCH: Final = 120
"""What one notch of a mouse's wheel turns, in Qt's eighths of a degree."""


class Act(Protocol):
    """Something done again and again; ``turns`` is how often."""

    turns: int

    def turn(self, number: int) -> None:
        """Do it once more; ``number`` counts from 1."""
        ...


class Drag:
    """The playhead dragged from the left end of the lanes to the right."""

    turns = 600

    def __init__(self, program: WindowApplication) -> None:
        self._lanes = program.window.timeline.lanes

    def turn(self, number: int) -> None:
        kind = QEvent.Type.MouseButtonPress if number == 1 else QEvent.Type.MouseMove
        if number == self.turns:
            kind = QEvent.Type.MouseButtonRelease
        _mouse(self._lanes, kind, 0.15 + 0.84 * number / self.turns)


class Zoom:
    """The wheel at the middle of the lanes: in until single events show, and out again."""

    turns = 240

    def __init__(self, program: WindowApplication) -> None:
        self._lanes = program.window.timeline.lanes

    def turn(self, number: int) -> None:
        _wheel(self._lanes, NOTCH if number <= self.turns // 2 else -NOTCH)


class Pan:
    """A part of the session pulled along under the pressed Shift key, to and fro."""

    turns = 240

    def __init__(self, program: WindowApplication) -> None:
        self._lanes = program.window.timeline.lanes

    def turn(self, number: int) -> None:
        if number == 1:
            for _ in range(12):
                _wheel(self._lanes, NOTCH)
        kind = QEvent.Type.MouseButtonPress if number == 1 else QEvent.Type.MouseMove
        if number == self.turns:
            kind = QEvent.Type.MouseButtonRelease
        part = number % 80 / 80
        shift = Qt.KeyboardModifier.ShiftModifier
        _mouse(self._lanes, kind, 0.2 + 0.7 * (part if number // 80 % 2 == 0 else 1 - part), shift)


class Scroll:
    """The handle of the conversation's scroll bar drawn from one end to the other, then the wheel."""

    turns = 400

    def __init__(self, program: WindowApplication) -> None:
        self._view = program.window.conversation

    def turn(self, number: int) -> None:
        drawn = self.turns // 2
        if number <= drawn:
            bar = self._view.verticalScrollBar()
            bar.setSliderPosition(bar.maximum() * number // drawn)
        else:
            _wheel(self._view.viewport(), NOTCH)


class Step:
    """The right arrow held down."""

    turns = 300

    def __init__(self, program: WindowApplication) -> None:
        self._lanes = program.window.timeline.lanes

    def turn(self, number: int) -> None:
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            self._lanes, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, none, "", autorep=number > 1)
        )


class Stream:
    """An answer that grows by a word each turn, told as a running continuation tells it."""

    turns = 1_600

    def __init__(self, program: WindowApplication) -> None:
        self._window = program.window
        self._text: list[str] = []

    def turn(self, number: int) -> None:
        self._text.append("\n\n" if number % 120 == 0 else f"{_WORDS[number % len(_WORDS)]} ")
        update = ContinueUpdate(
            phase="generating",
            text="".join(self._text),
            tokens=number,
            elapsed_s=number / 200,
            tokens_per_second=200.0,
        )
        self._window.conversation.stream_updated(update, "smollm2:135m")
        self._window.compose.show_update(update)


_WORDS: Final = (
    "The",
    "**parcel**",
    "left",
    "our",
    "warehouse",
    "on",
    "Monday,",
    "`4711`",
    "and",
    "is",
    "nearly",
    "there.",
)

ACTS: Final[dict[str, tuple[Callable[[WindowApplication], Act], ...]]] = {
    "open": (),
    "drag": (Drag, Zoom, Pan, Scroll),
    "step": (Step,),
    "stream": (Stream,),
}


def _mouse(
    widget: QWidget, kind: QEvent.Type, share: float, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    at = QPointF(widget.width() * share, widget.height() / 2)
    left = Qt.MouseButton.LeftButton
    QApplication.sendEvent(widget, QMouseEvent(kind, at, widget.mapToGlobal(at), left, left, keys))


def _wheel(widget: QWidget, angle: int) -> None:
    at = QPointF(widget.width() / 2, widget.height() / 2)
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            at,
            widget.mapToGlobal(at),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
