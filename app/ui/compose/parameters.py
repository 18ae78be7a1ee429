"""Model and parameters in one row; what is left alone is left to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app.ui.widgets.bare_box import BARE
from app.viewmodels.compose import compact

if TYPE_CHECKING:
    from app.application.ports import ModelInfo

_CONTEXTS: Final = (2_048, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072)
_MODEL_PX: Final = (84, 260)
_MEGABYTE: Final = 1_000_000


class Parameters(QWidget):
    """Signals: ``edited`` when anything was chosen; ``models_wanted``: show what models there are, or fetch one."""

    edited = Signal()
    models_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[ModelInfo, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self.model = QComboBox()
        self.model.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.model.setMinimumWidth(_MODEL_PX[0])  # a long name takes what room there is, and claims none
        self.model.setMaximumWidth(_MODEL_PX[1])
        self.model.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.models = QToolButton()
        self.models.setText("…")
        self.models.setToolTip(self.tr("Models of the server: what they can, and fetching another"))
        self.models.setAccessibleName(self.tr("Models of the server"))
        self.models.clicked.connect(self.models_wanted)
        self.temperature = QDoubleSpinBox()
        self.temperature.setRange(-0.1, 2.0)
        self.temperature.setSingleStep(0.1)
        self.temperature.setDecimals(1)
        _make_bare(self.temperature, 76)
        self.seed = _spin_box(-1, 2**31 - 1)
        self.max_tokens = _spin_box(0, 131_072, step=64)
        self.context = QComboBox()
        self.context.addItem(self.tr("default"), None)
        for size in _CONTEXTS:
            self.context.addItem(f"{size // 1024}k", size)
        self._arrange()
        self._leave_to_the_model()

    def _arrange(self) -> None:
        for text, widget, tip in (
            (self.tr("Model"), self.model, self.tr("Which model of the configured server answers")),
            (self.tr("Temperature"), self.temperature, self.tr("0 = always the likeliest word; higher = more varied")),
            (self.tr("Seed"), self.seed, self.tr("The same seed gives the same text again")),
            (self.tr("Max tokens"), self.max_tokens, self.tr("The answer is cut after so many tokens")),
            (self.tr("Context"), self.context, self.tr("How many tokens the model can see (num_ctx)")),
        ):
            label = QLabel(text)
            label.setProperty("tone", "caption")
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            widget.setToolTip(tip)
            self._row.addWidget(label)
            self._row.addWidget(widget)
            if widget is self.model:
                self._row.addWidget(self.models)
            self._row.addSpacing(3)
        self._row.addStretch(1)
        self.model.currentIndexChanged.connect(self._on_edited)
        self.context.currentIndexChanged.connect(self._on_edited)

    def _leave_to_the_model(self) -> None:
        for box, words in ((self.seed, self.tr("random")), (self.max_tokens, self.tr("default"))):
            box.setSpecialValueText(words)
            box.setValue(box.minimum())
        self.temperature.setSpecialValueText(self.tr("default"))
        self.temperature.setValue(self.temperature.minimum())

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    def set_models(self, models: tuple[ModelInfo, ...]) -> None:
        """Offer models; the one that was chosen stays chosen when it is still there."""
        chosen = self.model_name
        self._models = models
        self.model.blockSignals(True)
        self.model.clear()
        for model in models:
            where = "" if model.local else self.tr(" · remote")
            size = f" · {round(model.size / _MEGABYTE):,} MB" if model.size else ""
            self.model.addItem(f"{model.name}{size}{where}", model.name)
        self.model.setCurrentIndex(max(0, self.model.findData(chosen)) if models else -1)
        self.model.blockSignals(False)
        self.model.setEnabled(bool(models))
        self.edited.emit()

    @Slot(str)
    def choose_model(self, name: str) -> None:
        """Have this model answer; one that is not there changes nothing."""
        if (row := self.model.findData(name)) >= 0:
            self.model.setCurrentIndex(row)

    @property
    def model_name(self) -> str | None:
        name = self.model.currentData()
        return str(name) if name else None

    @property
    def context_tokens(self) -> int | None:
        """How much the model will see, as far as that is known before asking it."""
        chosen = self.context.currentData()
        if isinstance(chosen, int):
            return chosen
        return next((model.context_length for model in self._models if model.name == self.model_name), None)

    def context_words(self) -> str:
        tokens = self.context_tokens
        return compact(tokens) if tokens else ""

    def options(self) -> dict[str, Any]:
        """Those that were set, by Ollama's names."""
        options: dict[str, Any] = {}
        if self.temperature.value() >= 0:
            options["temperature"] = round(self.temperature.value(), 2)
        if self.seed.value() >= 0:
            options["seed"] = self.seed.value()
        if self.max_tokens.value() > 0:
            options["num_predict"] = self.max_tokens.value()
        if isinstance(self.context.currentData(), int):
            options["num_ctx"] = self.context.currentData()
        return options


def _spin_box(minimum: int, maximum: int, step: int = 1) -> QSpinBox:
    box = QSpinBox()
    box.setRange(minimum, maximum)
    box.setSingleStep(step)
    _make_bare(box, 88)
    return box


def _make_bare(box: QAbstractSpinBox, width_px: int) -> None:
    """A field like the others: the arrow keys step, and no second frame inside the first."""
    box.setFixedWidth(width_px)
    box.setStyleSheet(BARE)
    box.lineEdit().setTextMargins(6, 0, 0, 0)
