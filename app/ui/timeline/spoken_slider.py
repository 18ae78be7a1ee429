"""Sliders that a screen reader reads in words: the value is a number for machines and a sentence for people."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast
from weakref import ref

from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueInterface
from PySide6.QtWidgets import QAbstractSlider, QAccessibleWidget, QWidget
from shiboken6 import VoidPtr, getCppPointer

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


_SPOKEN: Final = (
    {QAccessible.Text.Value, QAccessible.Text.Description}
    if sys.platform.startswith("linux")
    else {QAccessible.Text.Value}
)
"""Where the words are told. Qt's bridge to AT-SPI passes on a value as a number only, but the description in full."""


class SpokenSlider(QAbstractSlider):
    """A slider whose value is read as ``spoken_value()``, where Qt's own sliders say a bare number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _offer_interfaces()

    def spoken_value(self) -> str:
        """Where the slider is, in words; to be overridden."""
        raise NotImplementedError


class _SliderInterface(QAccessibleWidget):
    """What Qt asks about a ``SpokenSlider``.

    Qt owns it and deletes it with the slider, so it holds the slider only through Qt. "No such part" has to be answered
    with a null pointer of C++: PySide crashes on ``None``, which its own ``interface_cast`` gives.
    """

    _NOTHING: Final = VoidPtr(0)

    def __init__(self, slider: SpokenSlider) -> None:
        super().__init__(slider, QAccessible.Role.Slider)
        self._number = _Number(self)
        self._number_at = VoidPtr(getCppPointer(self._number)[0])

    def text(self, which: QAccessible.Text) -> str:
        if which not in _SPOKEN:
            return super().text(which)
        return cast("SpokenSlider", self.object()).spoken_value()

    def interface_cast(self, wanted: QAccessible.InterfaceType) -> Any:
        if wanted is QAccessible.InterfaceType.ValueInterface:
            return self._number_at
        own = cast("int | None", super().interface_cast(wanted))
        return self._NOTHING if own is None else own


class _Number(QAccessibleValueInterface):
    """The value as a number, which can be set too."""

    def __init__(self, interface: _SliderInterface) -> None:
        super().__init__()
        self._interface = ref(interface)

    def currentValue(self) -> int:
        return self._slider().value()

    def setCurrentValue(self, value: Any) -> None:
        self._slider().setValue(int(value))

    def minimumValue(self) -> int:
        return self._slider().minimum()

    def maximumValue(self) -> int:
        return self._slider().maximum()

    def minimumStepSize(self) -> int:
        return self._slider().singleStep()

    def _slider(self) -> QAbstractSlider:
        interface = self._interface()
        if interface is None:
            raise RuntimeError("the slider is gone")
        return cast("QAbstractSlider", interface.object())


@cache
def _offer_interfaces() -> None:
    """Tell Qt once how these sliders are to be read."""
    QAccessible.installFactory(_interface_of)


def _interface_of(class_name: str, asked: QObject) -> QAccessibleInterface | None:
    return _SliderInterface(asked) if isinstance(asked, SpokenSlider) else None
