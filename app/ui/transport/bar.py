"""The bar above: what is open, where the playhead is, play and step, branch here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from app.ui.icons import SIZE_PX, icon
from app.ui.theme import tabular_font, ui_font
from app.ui.timeline.caption import moment_text, since_text
from app.ui.transport.elided_label import ElidedLabel
from app.ui.transport.pace_button import PaceButton
from app.ui.transport.range_chip import RangeChip
from app.ui.widgets.eliding_box import ElidingBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.branches import Branch
    from app.ui.actions import Actions
    from app.ui.theme import Theme
    from app.viewmodels.play_range import PlayRange
    from app.viewmodels.playback import PaceKind
    from app.viewmodels.timeline_data import TimelineData

_STEPS: Final = ("turn_back", "event_back", "play_pause", "event_forward", "turn_forward")


class TransportBar(QWidget):
    """Shows the focus of the window and takes it elsewhere.

    Signals:
        jump_requested(str): to the place that was typed.
        branch_requested(str): to this branch (id).
        speed_requested(float): play this many times the pace.
        pace_requested(str, float): ``event`` or ``recorded``, and the longest pause in seconds.
    """

    jump_requested = Signal(str)
    branch_requested = Signal(str)
    speed_requested = Signal(float)
    pace_requested = Signal(str, float)

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._actions = theme, actions
        self._is_playing = False
        self._position = 0
        self._head = 0
        self.setObjectName("transport")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel(self)
        self._title.setFont(ui_font(bold=True))
        self._title.setAccessibleName(self.tr("Session"))
        self._branches = ElidingBox(self)
        self._jump = QLineEdit(self)
        self._of = QLabel(self)
        self._busy = QLabel(self)
        self._pace = PaceButton(self)
        self._range = RangeChip(actions["range_clear"], actions["toggle_loop"], self)
        self._branch_here = QPushButton(actions["branch_here"].text(), self)
        self._build()
        self.clear()

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self._menu_button())
        layout.addSpacing(4)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._prepared_branches())
        layout.addWidget(_rule(self))
        self._buttons = {name: self._tool_button(name) for name in _STEPS}
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addWidget(self._pace)
        layout.addWidget(self._range)
        self._pace.speed_requested.connect(self.speed_requested)
        self._pace.pace_requested.connect(self.pace_requested)
        layout.addWidget(_rule(self))
        for widget in self._prepared_place():
            layout.addWidget(widget)
        layout.addWidget(_rule(self))
        self._busy.setProperty("tone", "muted")
        self._busy.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self._busy)
        self._branch_here.setIcon(self._actions["branch_here"].icon())
        self._actions["branch_here"].changed.connect(self._on_branching_changed)
        self._on_branching_changed()
        self._branch_here.clicked.connect(self._actions["branch_here"].trigger)
        layout.addWidget(self._branch_here)
        layout.addWidget(self._tool_button("toggle_theme"))

    def _menu_button(self) -> QToolButton:
        self._menu = QToolButton(self)
        self._menu.setIcon(icon("menu", self._theme))
        self._menu.setToolTip(self.tr("All commands"))
        self._menu.setAccessibleName(self.tr("All commands"))
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self._menu)
        self._actions.fill(menu)
        self._menu.setMenu(menu)
        return self._menu

    def _tool_button(self, action_id: str) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(self._actions[action_id])
        button.setIconSize(QSize(SIZE_PX, SIZE_PX))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(self._actions[action_id].text())
        button.setMinimumWidth(30)
        return button

    def _prepared_branches(self) -> ElidingBox:
        self._branches.setAccessibleName(self.tr("Branch"))
        self._branches.setMinimumWidth(84)
        self._branches.setMaximumWidth(190)
        self._branches.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._branches.activated.connect(self._on_branch_activated)
        return self._branches

    def _prepared_place(self) -> tuple[QWidget, ...]:
        event = QLabel(self.tr("Event"), self)
        event.setBuddy(self._jump)
        self._jump.setAccessibleName(self.tr("Event at the playhead"))
        self._jump.setToolTip(self.tr("Type 412, 14:03, +5m, +10 or 50% and press Enter to go there"))
        self._jump.setFont(tabular_font())
        self._jump.setFixedWidth(84)
        self._jump.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._jump.returnPressed.connect(self._on_jump_entered)
        self._jump.editingFinished.connect(self._on_editing_finished)
        self._of.setFont(tabular_font())
        self._of.setTextFormat(Qt.TextFormat.PlainText)
        self._of.setMinimumWidth(self._of.fontMetrics().horizontalAdvance("/ 1,930 · 14:03:22 (+06:11)") + 8)
        return event, self._jump, self._of

    # --- what it shows

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._menu.setIcon(icon("menu", theme))
        self._branch_here.setIcon(self._actions["branch_here"].icon())
        self.set_playing(is_playing=self._is_playing)

    def set_session(self, title: str) -> None:
        self._title.set_text(title)

    def set_branches(self, branches: Sequence[Branch], current: str, starred: str = "") -> None:
        """``starred``: id of the default path, where a person chose one."""
        self._branches.clear()
        for branch in branches:
            self._branches.addItem(f"★ {branch.name}" if branch.id == starred else branch.name, branch.id)
            self._branches.setItemData(self._branches.count() - 1, branch.name, Qt.ItemDataRole.ToolTipRole)
        self._branches.setCurrentIndex(self._branches.findData(current))
        name = next((branch.name for branch in branches if branch.id == current), "")
        self._branches.setToolTip(self.tr("Branch in focus: {name}").format(name=name) if name else "")
        self._branches.setEnabled(bool(branches))

    def set_place(self, position: int, head: int, timeline: TimelineData | None) -> None:
        """Where the playhead is, and when that was."""
        self._position, self._head = position, head
        if not self._jump.isModified() or not self._jump.hasFocus():
            self._show_place()
        time = timeline.time_at(position) if timeline is not None else None
        start = timeline.time_at(1) if timeline is not None else None
        end = timeline.time_at(head) if timeline is not None else None
        since, moment = since_text(start, time), moment_text(start, time, end)
        when = f" · {moment}" if moment else ""
        self._of.setText(f"/ {head:,}{when}" + (f" ({since})" if since else ""))

    def set_playing(self, *, is_playing: bool) -> None:
        self._is_playing = is_playing
        action = self._actions["play_pause"]
        action.setIcon(icon("pause" if is_playing else "play", self._theme))
        self._buttons["play_pause"].setAccessibleName(self.tr("Pause") if is_playing else self.tr("Play"))

    def set_pace(self, speed: float, pace: PaceKind, cap_s: float) -> None:
        self._pace.set_state(speed, pace, cap_s)

    def set_range(self, played: PlayRange, head: int) -> None:
        self._range.set_range(played, head)

    def set_enabled(self, *, has_session: bool) -> None:
        for widget in (self._jump, self._pace):
            widget.setEnabled(has_session)

    @Slot(str)
    def set_busy(self, text: str) -> None:
        self._busy.setText(text)
        self._busy.setVisible(bool(text))

    def clear(self) -> None:
        """Show that no session is open."""
        self.set_session(self.tr("No session open"))
        self.set_branches((), "")
        self.set_place(0, 0, None)
        self.set_busy("")
        self.set_enabled(has_session=False)

    def focus_jump(self) -> None:
        self._jump.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._jump.selectAll()

    # --- what is asked for

    @Slot()
    def _on_branching_changed(self) -> None:
        """The button can do what its action can, and says why where it cannot."""
        action = self._actions["branch_here"]
        self._branch_here.setEnabled(action.isEnabled())
        self._branch_here.setToolTip(action.toolTip())

    @Slot(int)
    def _on_branch_activated(self, index: int) -> None:
        self.branch_requested.emit(self._branches.itemData(index))

    @Slot()
    def _on_jump_entered(self) -> None:
        self.jump_requested.emit(self._jump.text())
        self._jump.selectAll()

    @Slot()
    def _on_editing_finished(self) -> None:
        """What is left unfinished is given up; what was not understood stays to be mended."""
        if not self._jump.hasFocus():
            self._show_place()

    def jump_done(self) -> None:
        """What was typed was understood: the field shows the playhead again."""
        self._show_place()

    @Slot()
    def _show_place(self) -> None:
        self._jump.setText(f"{self._position:,}")
        self._jump.setModified(False)


def _rule(parent: QWidget) -> QFrame:
    rule = QFrame(parent)
    rule.setFrameShape(QFrame.Shape.VLine)
    rule.setFrameShadow(QFrame.Shadow.Plain)
    rule.setForegroundRole(rule.palette().ColorRole.Mid)
    return rule
