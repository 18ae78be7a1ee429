"""Connects the dialog of models to the server; what is fetched comes while the dialog is closed too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.viewmodels.model_pulling import ModelPulling

if TYPE_CHECKING:
    from app.application.ports import ModelInfo, PullProgress
    from app.ui.main_window import MainWindow
    from app.ui.models.dialog import ModelsDialog
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.continuation import Continuation
    from app.viewmodels.services import Services


class ModelsDesk(QObject):
    """Lives as long as the window."""

    def __init__(
        self, window: MainWindow, services: Services, bridge: Bridge, continuation: Continuation, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._continuation = window, continuation
        self._dialog: ModelsDialog | None = None
        self._models: tuple[ModelInfo, ...] = ()
        self.pulling = ModelPulling(services, bridge, self)
        self.pulling.progressed.connect(self._on_progressed)
        self.pulling.pulled.connect(self._on_pulled)
        self.pulling.stopped.connect(self._on_stopped)
        self.pulling.failed.connect(self._on_failed)
        continuation.models_ready.connect(self._on_models_ready)
        continuation.models_failed.connect(self._on_models_failed)
        window.compose.parameters.models_wanted.connect(self.open)

    def close(self) -> None:
        self.pulling.close()

    @Slot()
    def open(self) -> None:
        """Show what is known, and ask the server again."""
        if self._dialog is not None:
            self._dialog.raise_()
            return
        from app.ui.models.dialog import ModelsDialog

        dialog = self._dialog = ModelsDialog(self._window)
        dialog.look_wanted.connect(self._continuation.ask_models)
        dialog.pull_wanted.connect(self._on_pull_wanted)
        dialog.stop_wanted.connect(self.pulling.stop)
        dialog.chosen.connect(self._window.compose.parameters.choose_model)
        dialog.finished.connect(self._on_finished)
        dialog.show_models(self._models, self._window.compose.parameters.model_name)
        if self.pulling.is_running:
            dialog.show_pulling(self.pulling.name, self.pulling.newest)
        dialog.open()
        (dialog.list if self._models else dialog.name).setFocus()
        self._continuation.ask_models()

    @Slot()
    def _on_finished(self) -> None:
        self._dialog = None

    @Slot(str)
    def _on_pull_wanted(self, name: str) -> None:
        self.pulling.start(name)
        if self._dialog is not None:
            self._dialog.show_pulling(name, None)

    @Slot(object)
    def _on_models_ready(self, models: tuple[ModelInfo, ...]) -> None:
        self._models = models
        if self._dialog is not None:
            self._dialog.show_models(models, self._window.compose.parameters.model_name)

    @Slot(str)
    def _on_models_failed(self, sentence: str) -> None:
        self._models = ()
        if self._dialog is not None and not self.pulling.is_running:
            self._dialog.show_models((), None)
            self._dialog.show_problem(sentence)

    @Slot(object)
    def _on_progressed(self, step: PullProgress) -> None:
        if self._dialog is not None:
            self._dialog.show_pulling(self.pulling.name, step)

    @Slot(str)
    def _on_pulled(self, name: str) -> None:
        self._say(self.tr("{name} is there now.").format(name=name))
        self._continuation.ask_models()

    @Slot()
    def _on_stopped(self) -> None:
        if self._dialog is not None:
            self._dialog.show_idle(self.tr("Stopped; asked again, the server goes on with what it has."))

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(sentence)
        else:
            self._window.notice.tell(sentence)

    def _say(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_idle(sentence)
        else:
            self._window.notice.tell(sentence)
