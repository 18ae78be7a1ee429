"""Leave one event out on a branch: first what goes along, then the button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QListWidget, QWidget

from app.ui.whatif.frame import WhatIfFrame
from app.viewmodels.plural import plural
from app.viewmodels.what_if.words import dependent_words

if TYPE_CHECKING:
    from app.application.what_if.plans import Plan
    from app.ui.theme import Theme

_LISTED: Final = 200
_LIST_PX: Final = 112


class LeaveOutDialog(WhatIfFrame):
    """Lists the events that depend on the one that is left out; they go too, or stay."""

    def __init__(self, theme: Theme, parent: QWidget, position: int, summary: str, *, name: str) -> None:
        super().__init__(theme, parent, name=name)
        self.setObjectName("whatif.leave_out")
        self.setWindowTitle(self.tr("Leave out on a branch"))
        self.position = position
        title = QLabel(self.tr("Without event {position}").format(position=f"{position:,}"), self)
        title.setProperty("tone", "heading")
        said = QLabel(summary, self)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setProperty("tone", "muted")
        said.setWordWrap(True)
        self._caption = QLabel(self)
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setWordWrap(True)
        self.dependents = QListWidget(self)
        self.dependents.setObjectName("whatif.dependents")
        self.dependents.setAccessibleName(self.tr("Events that depend on it"))
        self.dependents.setMinimumHeight(_LIST_PX)
        self._caption.setBuddy(self.dependents)
        self.keep = QCheckBox(self.tr("Keep the events that depend on it"), self)
        self.keep.toggled.connect(self.touch)
        for widget in (self._caption, self.dependents, self.keep):
            widget.hide()
        self.arrange(title, said, self._caption, self.dependents, self.keep, stretched=self.dependents)

    def show_plan(self, plan: Plan) -> None:
        super().show_plan(plan)
        found = plan.kept or plan.left_out[1:]
        for widget in (self._caption, self.dependents, self.keep):
            widget.setVisible(bool(found))
        if plan.kept:
            one, many = "{count} event depends on it and stays:", "{count} events depend on it and stay:"
        else:
            one, many = "{count} event depends on it and goes too:", "{count} events depend on it and go too:"
        self._caption.setText(plural("WhatIf", one, many, len(found)))
        self.dependents.clear()
        for dependent in found[:_LISTED]:
            problem = self.tr(", cannot be applied any more") if dependent.is_problem else ""
            line = f"{dependent.position:,}  {dependent.type}  ({dependent_words(dependent)}{problem})"
            self.dependents.addItem(line)
        if len(found) > _LISTED:
            cut = self.tr("{shown} of {count} shown")
            self.dependents.addItem(cut.format(shown=_LISTED, count=f"{len(found):,}"))
        self._make_room()
