"""Everything a model can be asked with beside the everyday."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.context_choice import ContextChoice
from app.domain.errors import BadInput
from app.ui.compose.picture_list import PictureList
from app.ui.theme import BODY_PX, mono_font
from app.ui.widgets.bare_box import BARE
from app.ui.widgets.on_screen import keep_on_screen, resize_within_screen
from app.viewmodels.json_text import short
from app.viewmodels.request_extras import (
    THINKING,
    RequestExtras,
    keep_alive_in,
    options_in,
    options_text,
    schema_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from app.application.continue_request import Picture
    from app.domain.transcript import Entry

_WIDTH_PX: Final = 620
_TEXT_PX: Final = 72
_LIST_PX: Final = 110
_KEY: Final = Qt.ItemDataRole.UserRole


class ExtrasDialog(QDialog):
    """Takes a frozen value and hands back a new one.

    Signals:
        chosen(object): the ``RequestExtras``.
    """

    chosen = Signal(object)

    def __init__(self, extras: RequestExtras, read: Callable[[Path], Picture], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("compose.extras")
        self.setWindowTitle(self.tr("More for the request"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._definitions: tuple[Mapping[str, Any], ...] = extras.definitions
        self.options = self._text(self.tr("Further options, one a line: top_k=40"))
        self.form = self._choice(
            (
                (self.tr("as the model likes"), "free"),
                (self.tr("JSON"), "json"),
                (self.tr("by a JSON schema"), "schema"),
            )
        )
        self.schema = self._text('{"type": "object", "properties": {"answer": {"type": "string"}}}')
        self.think = self._choice(
            (
                (self.tr("as the model does"), "model"),
                (self.tr("no"), "no"),
                (self.tr("yes"), "yes"),
                (self.tr("a little"), "low"),
                (self.tr("some"), "medium"),
                (self.tr("much"), "high"),
            )
        )
        self.keep_alive = QLineEdit()
        self.keep_alive.setPlaceholderText(self.tr("server's own, or 10m, -1 for ever"))
        self.pictures = PictureList(read)
        self.context = self._choice(
            ((self.tr("all"), "all"), (self.tr("of the last turns"), "last"), (self.tr("those ticked"), "picked"))
        )
        self.turns = QSpinBox()
        self.turns.setRange(0, 10_000)
        self.turns.setValue(4)
        self.turns.setStyleSheet(BARE)
        self.turns.lineEdit().setTextMargins(6, 0, 0, 0)
        self.messages = QListWidget()
        self.messages.setFixedHeight(_LIST_PX)
        self.tools = self._choice(
            (
                (self.tr("may not be called"), "none"),
                (self.tr("recorded results, else I am asked"), "recorded"),
                (self.tr("I type every result"), "ask"),
                (self.tr("a stub"), "stub"),
            )
        )
        self._tools_said = QLabel()
        self._tools_said.setTextFormat(Qt.TextFormat.PlainText)
        self._tools_said.setProperty("tone", "muted")
        self._tools_said.setWordWrap(True)
        self.may_cut = QCheckBox(self.tr("Send a prompt that is too long all the same: the server cuts it"))
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setProperty("tone", "problem")
        self.problem.setWordWrap(True)
        self._arrange()
        self._connect()
        self._show(extras)
        self.resize(_WIDTH_PX, 0)
        self._make_room()

    def _text(self, placeholder: str) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setPlaceholderText(placeholder)
        made.setFont(mono_font(BODY_PX - 1))
        made.setFixedHeight(_TEXT_PX)
        made.setTabChangesFocus(True)
        return made

    def _choice(self, choices: Sequence[tuple[str, str]]) -> QComboBox:
        made = QComboBox()
        for text, key in choices:
            made.addItem(text, key)
        return made

    def _arrange(self) -> None:
        self._rows = QFormLayout()
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for title, field in (
            (self.tr("Options"), self.options),
            (self.tr("Answer"), self.form),
            (self.tr("Schema"), self.schema),
            (self.tr("Thinking"), self.think),
            (self.tr("Stays in memory"), self.keep_alive),
            (self.tr("Pictures"), self.pictures),
            (self.tr("Earlier messages"), self.context),
            (self.tr("Turns"), self.turns),
            (self.tr("Messages"), self.messages),
            (self.tr("Tools"), self.tools),
        ):
            self._rows.addRow(title, field)
            field.setAccessibleName(title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Reset, self)
        self.accept_button = buttons.addButton(self.tr("Use"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("primary", True)
        self.accept_button.style().polish(self.accept_button)
        self.reset_button = buttons.button(QDialogButtonBox.StandardButton.Reset)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self.reset_button.clicked.connect(self._on_reset)
        asked = QWidget()
        inner = QVBoxLayout(asked)
        inner.addLayout(self._rows)
        for part in (self._tools_said, self.may_cut):
            inner.addWidget(part)
        inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(asked)
        column = QVBoxLayout(self)
        column.addWidget(self._scroll)
        column.addWidget(self.problem)
        column.addWidget(buttons)
        self._below_px = buttons.sizeHint().height() + 4 * column.spacing() + 3 * self.fontMetrics().height()

    def _make_room(self) -> None:
        """As high as what is asked for now; where the screen is smaller, it is scrolled."""
        asked = self._scroll.widget()
        if asked is not None and (layout := asked.layout()) is not None:
            layout.activate()
            needed = asked.sizeHint().height() + self._below_px
            resize_within_screen(self, QSize(max(_WIDTH_PX, self.width()), max(needed, self.height())))
            keep_on_screen(self)

    def _connect(self) -> None:
        for choice in (self.form, self.context, self.tools):
            choice.currentIndexChanged.connect(self._refresh)
        self.pictures.failed.connect(self.problem.setText)

    def _show(self, extras: RequestExtras) -> None:
        self.options.setPlainText(options_text(extras.options))
        form = "free" if extras.format is None else "json" if extras.format == "json" else "schema"
        self.form.setCurrentIndex(self.form.findData(form))
        self.schema.setPlainText("" if form != "schema" else _pretty(extras.format))
        thinking = next(
            key for key, value in THINKING.items() if value == extras.think and type(value) is type(extras.think)
        )
        self.think.setCurrentIndex(self.think.findData(thinking))
        self.keep_alive.setText("" if extras.keep_alive is None else str(extras.keep_alive))
        self.pictures.set_pictures(extras.pictures)
        self.context.setCurrentIndex(self.context.findData(extras.context.kind))
        self.turns.setValue(extras.context.turns or 4)
        self._picked = set(extras.context.keys)
        self.tools.setCurrentIndex(self.tools.findData(extras.tools))
        self.may_cut.setChecked(extras.may_cut)
        self._refresh()

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """The messages and calls that could go along; without a choice made before, all are ticked."""
        self.messages.clear()
        for one in entries:
            if one.kind not in ("message", "call"):
                continue
            item = QListWidgetItem(f"{one.role or one.name}: {short(one.text or one.arguments, 90)}")
            item.setData(_KEY, one.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = not self._picked or one.key in self._picked
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.messages.addItem(item)

    def set_definitions(self, definitions: Sequence[Mapping[str, Any]]) -> None:
        """The tools that the session has called."""
        self._definitions = tuple(definitions)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._rows.setRowVisible(self.schema, self.form.currentData() == "schema")
        self._rows.setRowVisible(self.turns, self.context.currentData() == "last")
        self._rows.setRowVisible(self.messages, self.context.currentData() == "picked")
        names = [str(one.get("function", {}).get("name", "?")) for one in self._definitions]
        told = self.tr("Nothing is ever executed. Tools of this session: {names}").format(names=", ".join(names))
        self._tools_said.setText(told if names else self.tr("This session has called no tool."))
        self._tools_said.setVisible(self.tools.currentData() != "none")
        self._make_room()

    def extras(self) -> RequestExtras:
        """What is set. Raises BadInput."""
        form = self.form.currentData()
        tools = self.tools.currentData()
        if tools != "none" and not self._definitions:
            raise BadInput(self.tr("This session has called no tool, so there is none that the model could call."))
        return RequestExtras(
            options=options_in(self.options.toPlainText()),
            format=None if form == "free" else "json" if form == "json" else schema_in(self.schema.toPlainText()),
            think=THINKING[self.think.currentData()],
            keep_alive=keep_alive_in(self.keep_alive.text()),
            pictures=tuple(self.pictures.pictures),
            context=self._context(),
            tools=tools,
            definitions=self._definitions if tools != "none" else (),
            may_cut=self.may_cut.isChecked(),
        )

    def _context(self) -> ContextChoice:
        kind = self.context.currentData()
        if kind == "last":
            return ContextChoice(kind="last", turns=self.turns.value())
        if kind == "picked":
            items = [self.messages.item(row) for row in range(self.messages.count())]
            return ContextChoice(
                kind="picked", keys=tuple(one.data(_KEY) for one in items if one.checkState() == Qt.CheckState.Checked)
            )
        return ContextChoice()

    @Slot()
    def _on_reset(self) -> None:
        self._show(RequestExtras())

    @Slot()
    def _on_accepted(self) -> None:
        try:
            extras = self.extras()
        except BadInput as error:
            self.problem.setText(str(error))
            return
        self.chosen.emit(extras)
        self.accept()


def _pretty(schema: Any) -> str:
    import json  # noqa: PLC0415 -- only where a schema is shown

    return json.dumps(schema, indent=2, ensure_ascii=False)
