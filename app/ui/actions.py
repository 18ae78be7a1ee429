"""All actions as data: menu, tool tips and the sheet of keys follow from this one table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from app.ui.icons import icon
from app.ui.key_bindings import KeyBindings, native

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QKeyCombination, QObject
    from PySide6.QtWidgets import QMenu, QWidget

    from app.ui.theme import Theme

Need = Literal["nothing", "session", "running"]


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 -- the name that lupdate looks for
    """Mark a text for translation; Qt's own of this name is typed as returning an object."""
    return text


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing a person can ask for.

    Attributes:
        id: also the name of the method of ``Commands`` that does it.
        keys: unless a person chose others; a letter or arrow alone is ignored while typing.
        needs: what has to be there for it to be enabled.
    """

    id: str
    group: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: Need = "session"
    checkable: bool = False


def _group(title: str, *specs: tuple[str, str, tuple[str, ...], str] | ActionSpec) -> tuple[ActionSpec, ...]:
    return tuple(
        spec if isinstance(spec, ActionSpec) else ActionSpec(spec[0], title, spec[1], spec[2], spec[3])
        for spec in specs
    )


_SESSIONS: Final = QT_TRANSLATE_NOOP("Actions", "Sessions")
_PLAYHEAD: Final = QT_TRANSLATE_NOOP("Actions", "Playhead")
_PLAYING: Final = QT_TRANSLATE_NOOP("Actions", "Playing")
_NOTEBOOK: Final = QT_TRANSLATE_NOOP("Actions", "Notebook")
_STATE: Final = QT_TRANSLATE_NOOP("Actions", "State")
_BRANCHES: Final = QT_TRANSLATE_NOOP("Actions", "Branches")
_VIEW: Final = QT_TRANSLATE_NOOP("Actions", "View")
_HELP: Final = QT_TRANSLATE_NOOP("Actions", "Help")

ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "import_files", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "Import files…"), ("Ctrl+O",), "import", "nothing"
    ),
    ActionSpec("import_folder", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "Import a folder…"), (), "", "nothing"),
    ActionSpec("map_source", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "Map a file or database…"), (), "", "nothing"),
    ActionSpec("watch_folder", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "Watch a folder…"), (), "", "nothing"),
    ActionSpec("session_details", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "About this session"), ("Ctrl+Shift+I",)),
    ActionSpec(
        "export_session", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "Export or report…"), ("Ctrl+Shift+E",), "export"
    ),
    ActionSpec(
        "find_session", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "Find a session"), ("Ctrl+Shift+O",), "list", "nothing"
    ),
    ActionSpec("search_here", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "Search this branch"), ("Ctrl+F",), "search"),
    ActionSpec(
        "search_everywhere",
        _SESSIONS,
        QT_TRANSLATE_NOOP("Actions", "Search all sessions"),
        ("Ctrl+Shift+F",),
        "search",
        "nothing",
    ),
    ActionSpec(
        "customer_story", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "The customer's whole story"), ("Ctrl+Shift+U",)
    ),
    ActionSpec("look_for_personal_data", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "Look for personal data…")),
    ActionSpec("refresh", _SESSIONS, QT_TRANSLATE_NOOP("Actions", "Read anew"), ("F5",), "refresh", "nothing"),
    *_group(
        _PLAYHEAD,
        ("play_pause", QT_TRANSLATE_NOOP("Actions", "Play or pause"), ("Space", "K"), "play"),
        ("shuttle_back", QT_TRANSLATE_NOOP("Actions", "Play backwards, again for faster"), ("J",), ""),
        ("shuttle_forward", QT_TRANSLATE_NOOP("Actions", "Play forwards, again for faster"), ("L",), ""),
        ("event_back", QT_TRANSLATE_NOOP("Actions", "Previous event"), ("Left",), "event-back"),
        ("event_forward", QT_TRANSLATE_NOOP("Actions", "Next event"), ("Right",), "event-forward"),
        ("turn_back", QT_TRANSLATE_NOOP("Actions", "Previous turn"), ("Shift+Left",), "turn-back"),
        ("turn_forward", QT_TRANSLATE_NOOP("Actions", "Next turn"), ("Shift+Right",), "turn-forward"),
        ("time_back", QT_TRANSLATE_NOOP("Actions", "A step back by the clock"), ("Ctrl+Left",), ""),
        ("time_forward", QT_TRANSLATE_NOOP("Actions", "A step on by the clock"), ("Ctrl+Right",), ""),
        ("kind_back", QT_TRANSLATE_NOOP("Actions", "Previous event of the same kind"), (",",), ""),
        ("kind_forward", QT_TRANSLATE_NOOP("Actions", "Next event of the same kind"), (".",), ""),
        ("first_event", QT_TRANSLATE_NOOP("Actions", "Before the first event"), ("Home",), "first"),
        ("last_event", QT_TRANSLATE_NOOP("Actions", "Last event"), ("End",), "last"),
        ("next_problem", QT_TRANSLATE_NOOP("Actions", "Next problem"), ("F8",), "problem"),
        ("previous_problem", QT_TRANSLATE_NOOP("Actions", "Previous problem"), ("Shift+F8",), ""),
        ("jump", QT_TRANSLATE_NOOP("Actions", "Go to an event or a time"), ("Ctrl+G",), ""),
        ("copy_link", QT_TRANSLATE_NOOP("Actions", "Copy a link to this moment"), ("S",), ""),
    ),
    *_group(
        _PLAYING,
        ("range_in", QT_TRANSLATE_NOOP("Actions", "Play from here"), ("I",), ""),
        ("range_out", QT_TRANSLATE_NOOP("Actions", "Play up to here"), ("O",), ""),
        ("range_clear", QT_TRANSLATE_NOOP("Actions", "Play all again"), ("X",), ""),
        ("toggle_loop", QT_TRANSLATE_NOOP("Actions", "Play in a loop"), ("Shift+L",), ""),
        ("toggle_pace", QT_TRANSLATE_NOOP("Actions", "By event or as recorded"), ("R",), ""),
        ("speed_1", QT_TRANSLATE_NOOP("Actions", "Speed 0.25×"), ("1",), ""),
        ("speed_2", QT_TRANSLATE_NOOP("Actions", "Speed 0.5×"), ("2",), ""),
        ("speed_3", QT_TRANSLATE_NOOP("Actions", "Speed 1×"), ("3",), ""),
        ("speed_4", QT_TRANSLATE_NOOP("Actions", "Speed 2×"), ("4",), ""),
        ("speed_5", QT_TRANSLATE_NOOP("Actions", "Speed 4×"), ("5",), ""),
        ("speed_6", QT_TRANSLATE_NOOP("Actions", "Speed 8×"), ("6",), ""),
        ("speed_7", QT_TRANSLATE_NOOP("Actions", "Speed 16×"), ("7",), ""),
        ("speed_8", QT_TRANSLATE_NOOP("Actions", "Speed 32×"), ("8",), ""),
    ),
    *_group(
        _NOTEBOOK,
        ("set_marker", QT_TRANSLATE_NOOP("Actions", "Set a marker"), ("M",), "marker"),
        ("edit_marker", QT_TRANSLATE_NOOP("Actions", "Label the marker"), ("Shift+M",), ""),
        ("write_note", QT_TRANSLATE_NOOP("Actions", "Write a note"), ("N",), "note"),
        ("add_tag", QT_TRANSLATE_NOOP("Actions", "Tag this event"), ("#",), "tag"),
        ("rate", QT_TRANSLATE_NOOP("Actions", "Rate this event"), ("Shift+R",), "rating"),
        ("previous_mark", QT_TRANSLATE_NOOP("Actions", "Previous marker or note"), ("A",), ""),
        ("next_mark", QT_TRANSLATE_NOOP("Actions", "Next marker or note"), ("D",), ""),
        ("undo_note", QT_TRANSLATE_NOOP("Actions", "Undo in the notebook, or of a branch"), ("Ctrl+Z",), "undo"),
        ("copy_notebook", QT_TRANSLATE_NOOP("Actions", "Copy the notebook as Markdown"), (), "copy"),
    ),
    *_group(
        _STATE,
        ("explain", QT_TRANSLATE_NOOP("Actions", "Explain a value, list its changes"), ("E",), ""),
        (
            "compare_from_here",
            QT_TRANSLATE_NOOP("Actions", "Compare from here, or with the previous event"),
            ("Shift+A",),
            "",
        ),
        ("change_back", QT_TRANSLATE_NOOP("Actions", "Previous change of the pinned field"), ("Alt+,",), ""),
        ("change_forward", QT_TRANSLATE_NOOP("Actions", "Next change of the pinned field"), ("Alt+.",), ""),
        ("find_when", QT_TRANSLATE_NOOP("Actions", "Find when a condition becomes true"), ("Ctrl+E",), "search"),
        ("hit_next", QT_TRANSLATE_NOOP("Actions", "Next hit"), ("F3",), ""),
        ("hit_previous", QT_TRANSLATE_NOOP("Actions", "Previous hit"), ("Shift+F3",), ""),
    ),
    *_group(
        _BRANCHES,
        ("branch_here", QT_TRANSLATE_NOOP("Actions", "Branch here"), ("B",), "branch"),
        ("edit_on_branch", QT_TRANSLATE_NOOP("Actions", "Edit on a branch"), ("W",), ""),
        ("leave_out_on_branch", QT_TRANSLATE_NOOP("Actions", "Leave out on a branch"), ("Shift+W",), ""),
        ("show_branch_tree", QT_TRANSLATE_NOOP("Actions", "Branch tree"), ("Shift+B",), ""),
        ("continue_branch", QT_TRANSLATE_NOOP("Actions", "Continue with a model"), ("Ctrl+Return",), "continue"),
        ActionSpec("stop", _BRANCHES, QT_TRANSLATE_NOOP("Actions", "Stop the model"), ("Esc",), "stop", "running"),
        ("try_variants", QT_TRANSLATE_NOOP("Actions", "Try variants from here"), ("Ctrl+Shift+Return",), ""),
        ("play_rest_again", QT_TRANSLATE_NOOP("Actions", "Play the rest again"), ("Shift+P",), ""),
        ActionSpec(
            "rerun_sessions",
            _BRANCHES,
            QT_TRANSLATE_NOOP("Actions", "Play the rest of sessions again…"),
            ("Alt+P",),
            "",
            "nothing",
        ),
        ("compare_branches", QT_TRANSLATE_NOOP("Actions", "Compare with the parent branch"), ("C",), ""),
        ("choose_compared", QT_TRANSLATE_NOOP("Actions", "Choose branches to compare"), ("Shift+C",), ""),
        ("difference_next", QT_TRANSLATE_NOOP("Actions", "Next difference between branches"), ("F7",), ""),
        ("difference_previous", QT_TRANSLATE_NOOP("Actions", "Previous difference"), ("Shift+F7",), ""),
        ("branch_previous", QT_TRANSLATE_NOOP("Actions", "Previous sibling branch"), ("Alt+Up",), ""),
        ("branch_next", QT_TRANSLATE_NOOP("Actions", "Next sibling branch"), ("Alt+Down",), ""),
        ("branch_parent", QT_TRANSLATE_NOOP("Actions", "Parent branch"), ("Alt+Left",), ""),
        ("branch_child", QT_TRANSLATE_NOOP("Actions", "Child branch visited last"), ("Alt+Right",), ""),
        ("star_branch", QT_TRANSLATE_NOOP("Actions", "Default path of the session, or no longer"), ("Ctrl+D",), "star"),
        ("rename_branch", QT_TRANSLATE_NOOP("Actions", "Rename the branch"), (), ""),
        ("archive_branch", QT_TRANSLATE_NOOP("Actions", "Archive the branch"), (), ""),
        ("about_branch", QT_TRANSLATE_NOOP("Actions", "About the branch"), ("Ctrl+I",), ""),
    ),
    ActionSpec(
        "show_instructions", _BRANCHES, QT_TRANSLATE_NOOP("Actions", "Library of instructions"), needs="nothing"
    ),
    ActionSpec("show_models", _BRANCHES, QT_TRANSLATE_NOOP("Actions", "Models of the server"), needs="nothing"),
    *_group(
        _VIEW,
        ("zoom_in", QT_TRANSLATE_NOOP("Actions", "Zoom into the timeline"), ("+", "="), "zoom-in"),
        ("zoom_out", QT_TRANSLATE_NOOP("Actions", "Zoom out of the timeline"), ("-",), "zoom-out"),
        ("zoom_fit", QT_TRANSLATE_NOOP("Actions", "Whole branch"), ("0",), "fit"),
        ("centre_playhead", QT_TRANSLATE_NOOP("Actions", "Playhead in the middle, again for all"), ("F",), ""),
        ("next_axis", QT_TRANSLATE_NOOP("Actions", "By event, by clock, without idle time"), ("T",), ""),
        ("toggle_list", QT_TRANSLATE_NOOP("Actions", "Timeline as a list"), ("Ctrl+L",), "list"),
    ),
    ActionSpec(
        "show_palette",
        _VIEW,
        QT_TRANSLATE_NOOP("Actions", "Command palette"),
        ("Ctrl+K", "Ctrl+Shift+P"),
        "command",
        "nothing",
    ),
    ActionSpec("show_preferences", _VIEW, QT_TRANSLATE_NOOP("Actions", "Preferences…"), ("Ctrl+,",), needs="nothing"),
    ActionSpec("toggle_theme", _VIEW, QT_TRANSLATE_NOOP("Actions", "Light or dark"), ("Ctrl+T",), "moon", "nothing"),
    ActionSpec(
        "toggle_masking",
        _VIEW,
        QT_TRANSLATE_NOOP("Actions", "Mask personal data on screen"),
        ("Ctrl+Shift+H",),
        needs="nothing",
    ),
    ActionSpec("follow_desktop", _VIEW, QT_TRANSLATE_NOOP("Actions", "Look like the desktop"), needs="nothing"),
    ActionSpec("show_shortcuts", _HELP, QT_TRANSLATE_NOOP("Actions", "Keys"), ("?",), "keyboard", "nothing"),
    ActionSpec("show_about", _HELP, QT_TRANSLATE_NOOP("Actions", "About Branchline"), (), "info", "nothing"),
    ActionSpec("quit", _HELP, QT_TRANSLATE_NOOP("Actions", "Quit"), ("Ctrl+Q",), "quit", "nothing"),
)


def translated(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


def title_of(action_id: str) -> str:
    """What an action is called on screen."""
    return next(translated(spec.text) for spec in ACTIONS if spec.id == action_id)


def grouped() -> dict[str, list[ActionSpec]]:
    """The actions by the titles of their groups, in the order of the table."""
    groups: dict[str, list[ActionSpec]] = {}
    for spec in ACTIONS:
        groups.setdefault(translated(spec.group), []).append(spec)
    return groups


class Actions:
    """The table as ``QAction`` objects of one window."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        self._actions: dict[str, QAction] = {}
        self._refused: frozenset[str] = frozenset()
        self._why_refused = ""
        for spec in ACTIONS:
            action = QAction(translated(spec.text), window)
            action.setObjectName(f"action.{spec.id}")
            action.setAutoRepeat(spec.id not in {"play_pause", "branch_here", "continue_branch"})
            window.addAction(action)
            self._actions[spec.id] = action
        self.bindings = KeyBindings({spec.id: spec.keys for spec in ACTIONS})
        self.set_bindings(self.bindings)
        self.set_theme(theme)
        self.enable(frozenset({"nothing"}))

    def set_bindings(self, bindings: KeyBindings) -> None:
        """Have the actions asked for by these keys from now on."""
        self.bindings = bindings
        for spec in ACTIONS:
            action, text = self._actions[spec.id], translated(spec.text)
            action.setShortcuts([QKeySequence(key) for key in bindings.keys(spec.id)])
            keys = self.keys_text(spec.id)
            told = f"{text} ({keys})" if keys else text
            action.setToolTip(f"{told}\n{self._why_refused}" if spec.id in self._refused else told)

    def keys_text(self, action_id: str) -> str:
        """The keys of an action as this system writes them."""
        return native(self.bindings.keys(action_id))

    def has_key(self, pressed: QKeyCombination) -> bool:
        """Whether an action that can be asked for now has this key."""
        owner = self.bindings.owner(QKeySequence(pressed).toString(QKeySequence.SequenceFormat.PortableText))
        return owner is not None and self._actions[owner].isEnabled()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def connect_to(self, commands: QObject) -> None:
        """Each action calls the method of its name."""
        for action_id, action in self._actions.items():
            action.triggered.connect(getattr(commands, action_id))

    def enable(self, have: Iterable[Need]) -> None:
        """Enable what the situation allows."""
        for spec in ACTIONS:
            self._actions[spec.id].setEnabled(spec.needs in have and spec.id not in self._refused)

    def refuse(self, ids: frozenset[str], why: str) -> None:
        """Keep some disabled whatever the situation; their tool tips say why."""
        self._refused, self._why_refused = ids, why
        for action_id in ids:
            self._actions[action_id].setEnabled(False)
            self._actions[action_id].setStatusTip(why)
        self.set_bindings(self.bindings)

    def why_refused(self, action_id: str) -> str:
        """Why an action is kept disabled; empty where it is not."""
        return self._why_refused if action_id in self._refused else ""

    def set_theme(self, theme: Theme) -> None:
        for spec in ACTIONS:
            if spec.icon:
                self._actions[spec.id].setIcon(icon(spec.icon, theme))
        self._actions["toggle_theme"].setIcon(icon("sun" if theme.dark else "moon", theme))

    def _show_reasons(self, submenu: QMenu) -> None:
        submenu.setToolTipsVisible(bool(self._why_refused))

    def fill(self, menu: QMenu) -> None:
        """Put every action into a menu, one submenu a group."""
        for title, specs in grouped().items():
            submenu = menu.addMenu(title)
            submenu.aboutToShow.connect(partial(self._show_reasons, submenu))
            for spec in specs:
                submenu.addAction(self._actions[spec.id])
