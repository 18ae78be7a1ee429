"""Change one thing on a branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from app.domain.errors import BadInput
from app.ui.whatif.editors import ResultEditor, editor_for
from app.ui.whatif.frame import WhatIfFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.edits import Edit
    from app.ui.theme import Theme
    from app.viewmodels.what_if.subjects import Subject


class EditDialog(WhatIfFrame):
    """Shows what the thing is now, to be changed."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        subject: Subject,
        items: Mapping[str, str],
        *,
        name: str,
        ends_here: str = "",
    ) -> None:
        super().__init__(theme, parent, name=name, ends_here=ends_here)
        self.setObjectName("whatif.edit")
        self.setWindowTitle(self.tr("Edit on a branch"))
        self.subject = subject
        title = QLabel(subject.title, self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("tone", "heading")
        title.setWordWrap(True)
        self.editor = editor_for(subject, items, self)
        self.reapply = QCheckBox(self.tr("Apply the later recorded events again after it"), self)
        self.reapply.setToolTip(
            self.tr("Else the branch ends with the change, to be continued by a model or by further changes")
        )
        self.arrange(title, self.editor, self.reapply, stretched=self.editor)
        self.editor.edited.connect(self.touch)
        self.reapply.toggled.connect(self.touch)
        self._before = self._value_now()
        self.editor.setFocus()

    def _value_now(self) -> object:
        """As the editor gives it back untouched; a recorded text may be no value that it would take."""
        try:
            return self.editor.value()
        except BadInput:
            return None

    def edit(self) -> Edit | None:
        """What is wished for now; None while nothing is different. Raises BadInput for what can be no value."""
        failed = isinstance(self.editor, ResultEditor) and self.editor.failed.isChecked()
        value = self.editor.value()
        if value == self._before and failed == self.subject.failed:
            return None
        return self.subject.edit(value, failed=failed)
