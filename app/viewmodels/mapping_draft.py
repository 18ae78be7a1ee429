"""A mapping in the making: the source's first rows, the mapping as it is now, and what it makes of those rows."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QObject, Signal

from app.domain.errors import BadInput
from app.domain.mapping.guessing import guess
from app.domain.mapping.mapping import SourceRule, parse, to_json
from app.domain.mapping.sample import columns_in, lists_in, parts_of, preview, time_form, values_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.domain.mapping.mapping import RecordMapping
    from app.domain.mapping.sample import Made, SourceRow
    from app.viewmodels.bridge import Bridge
    from app.viewmodels.services import Mappings

ROWS: Final = 100


class _Read(NamedTuple):
    """What was found at a source; ``source`` says how it was read in the end."""

    kind: str
    tables: tuple[str, ...]
    source: SourceRule
    rows: list[SourceRow]


class MappingDraft(QObject):
    """Lives in the main thread; sources are read on a worker.

    Attributes:
        address: of a database server, with its password; ``shown`` is what may be read of the source.
        is_unsaved: whether a person worked on the mapping since it was guessed, saved or read.

    Signals:
        rows_changed: other rows of the source are there, or none and a reason (``problem``).
        changed: the mapping, or what it makes of the rows, is another.
        busy_changed(bool): whether the source is being read.
    """

    rows_changed = Signal()
    changed = Signal()
    busy_changed = Signal(bool)

    def __init__(self, mappings: Mappings, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mappings, self._bridge = mappings, bridge
        self.path: Path | None = None
        self.address = ""
        self.shown = ""
        self.is_unsaved = False
        self.kind = ""
        self.tables: tuple[str, ...] = ()
        self.rows: tuple[SourceRow, ...] = ()
        self.made: tuple[Made, ...] = ()
        self.problem = ""
        self._told: dict[str, Any] = {}
        self._mapping: RecordMapping | None = None
        self._is_guessed = False
        self._is_closed = False
        self._chosen = 0

    # --- what it is

    @property
    def mapping(self) -> RecordMapping | None:
        """The mapping; None while it is not right, for which ``problem`` has the sentence."""
        return self._mapping

    @property
    def told(self) -> Mapping[str, Any]:
        """The JSON of the mapping as it is now, right or not."""
        return self._told

    @property
    def rule(self) -> dict[str, Any]:
        """The JSON of the event rule that a form shows."""
        rules = self.rules
        return rules[self.chosen] if rules else {}

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The JSON of all event rules, in the order in which they are tried."""
        rules = self._told.get("events")
        return [one if isinstance(one, dict) else {} for one in rules] if isinstance(rules, list) else []

    @property
    def chosen(self) -> int:
        """Which rule a form shows, from 0."""
        return max(min(self._chosen, len(self.rules) - 1), 0)

    @property
    def columns(self) -> list[str]:
        """What the shown rule can name: columns of its parts, then those of the whole record where it has parts."""
        each = self.rule.get("each", "")
        found = columns_in(part.part for part in self._parts()[:ROWS])
        return found + [f"^{name}" for name in self.record_columns] if each else found

    @property
    def record_columns(self) -> list[str]:
        return columns_in(row.record for row in self.rows if not row.problem)

    @property
    def lists(self) -> list[str]:
        """JSON pointers to lists within a record."""
        return lists_in(self.rows)

    def time_form(self, column: str) -> str:
        """How the times of a column are written, as far as can be seen."""
        return time_form(column, self._parts())

    def values(self, column: str) -> list[str]:
        """Of a column, whichever records the shown rule takes."""
        return values_in(column, self._parts(is_all=True)) if column else []

    def summary(self) -> tuple[int, int, int, int]:
        """(rows tried, sessions, events, what does not fit), of the first rows."""
        events = [one for one in self.made if one.event is not None]
        problems = sum(bool(one.problem) for one in self.made)
        return (
            len({one.row for one in self.made}),
            len({one.session or (one.row + 1) * self._is_apart() for one in events}),
            len(events),
            problems,
        )

    @property
    def only_session(self) -> str:
        """What the session is called where the mapping tells none apart; empty where each record is one."""
        if self._is_apart():
            return ""
        source = self._told.get("source", {})
        return self.path.name if self.path is not None else str(source.get("table") or self.tr("query"))

    def _is_apart(self) -> int:
        return 1 if any(rule.get("each") for rule in self.rules) else 0

    def _parts(self, *, is_all: bool = False) -> Sequence[Any]:
        if self._mapping is None:
            return ()
        rule = self._mapping.events[self.chosen]
        return parts_of(replace(rule, when=()) if is_all else rule, self.rows)

    # --- what is wished

    def open(self, path: Path) -> None:
        """Begin with a file: a mapping is guessed from its first rows."""
        self.path, self.address, self.shown = path, "", str(path)
        self._begin(path.name.partition(".")[0])

    def open_server(self, address: str, password: str) -> None:
        """Begin with the first table of a PostgreSQL server; the password is kept in this address alone."""

        def known() -> tuple[str, str]:
            url = self._mappings.server(address, password)
            return url, self._mappings.shown(url)

        self.busy_changed.emit(True)
        self._bridge.run(known, self._on_server, self._on_failed)

    def use(self, mapping: RecordMapping) -> None:
        """Go on with a mapping that was made before."""
        self._is_guessed = self.is_unsaved = False
        self._chosen = 0
        self._take(to_json(mapping))
        self.read()

    def set_source(self, **members: str) -> None:
        """Read the source otherwise: ``encoding``, ``separator``, ``records``, ``table``, ``query``."""
        source = {**self._told.get("source", {}), **members}
        self._told = {**self._told, "source": {name: value for name, value in source.items() if value}}
        self.read()

    def set_session(self, **members: Any) -> None:
        session = {**self._told.get("session", {}), **members}
        self.is_unsaved = True
        self._take({**self._told, "session": {name: value for name, value in session.items() if value}})

    def set_rule(self, **members: Any) -> None:
        """Change the shown event rule; members that are empty are taken out."""
        rule = {**self.rule, **members}
        kept = {name: value for name, value in rule.items() if value not in ("", None, {}, [])}
        rules = self.rules
        rules[self.chosen : self.chosen + 1] = [kept]
        self._take_rules(rules)

    def choose_rule(self, number: int) -> None:
        """Show another rule, counted from 0."""
        self._chosen = number
        self.changed.emit()

    def add_rule(self) -> None:
        """A copy of the shown rule before it, which takes records first; without its conditions."""
        copied = {name: value for name, value in self.rule.items() if name != "when"}
        self._chosen = self.chosen
        self._take_rules([*self.rules[: self.chosen], copied, *self.rules[self.chosen :]])

    def remove_rule(self) -> None:
        """Take out the shown rule; the last one stays."""
        if len(self.rules) > 1:
            self._take_rules([rule for number, rule in enumerate(self.rules) if number != self.chosen])

    def _take_rules(self, rules: list[dict[str, Any]]) -> None:
        self.is_unsaved = True
        self._take({**self._told, "events": rules})

    def set_name(self, name: str) -> None:
        self.is_unsaved = self.is_unsaved or name != self._told.get("name")
        self._take({**self._told, "name": name})

    def set_text(self, text: str) -> None:
        """The whole mapping as JSON, as an expert writes it."""
        try:
            told = json.loads(text)
        except ValueError as error:
            self._mapping, self.problem = None, self.tr("This is no JSON: {why}").format(why=error)
            self.changed.emit()
            return
        self.is_unsaved = True
        before = self._told.get("source")
        self._take(told if isinstance(told, dict) else {})
        if self._told.get("source") != before:
            self.read()

    def read(self) -> None:
        """Read the first rows again."""
        source = self._source()
        if source is None or (self.path is None and not self.address):
            return
        self.busy_changed.emit(True)
        is_first = self._is_guessed and "encoding" not in self._told.get("source", {})
        work = partial(self._read, self.path, self.address, source, self.tables, is_first=is_first)
        self._bridge.run_latest("mapping rows", work, self._on_read, self._on_failed)

    def save(self) -> Path:
        """Keep the mapping in the folder; may wait for the disk. Raises BadInput."""
        if self._mapping is None:
            raise BadInput(self.problem)
        return self._mappings.save(self._mapping)

    def saved(self) -> tuple[RecordMapping, ...]:
        return self._mappings.saved()

    def close(self) -> None:
        """Nothing is told any more."""
        self._is_closed = True

    # --- reading

    def _on_server(self, known: tuple[str, str]) -> None:
        if not self._is_closed:
            self.path, (self.address, self.shown) = None, known
            self._begin(self.shown.rpartition("/")[2].partition("?")[0])

    def _begin(self, name: str) -> None:
        self._is_guessed, self.is_unsaved = True, False
        self.kind, self.tables = "server" if self.path is None else "", ()
        self._told = {"name": name[:60] or "mapping", "source": {}}
        self.rows, self.made, self._mapping, self.problem = (), (), None, ""
        self.read()

    def _source(self) -> SourceRule | None:
        try:
            told = {"branchline_mapping": 1, "name": "x", "source": self._told.get("source", {})}
            return parse({**told, "events": [{"type": "x", "actor": "user"}]}).source
        except BadInput as error:
            self._mapping, self.problem = None, str(error)
            self.changed.emit()
            return None

    def _read(
        self, path: Path | None, address: str, source: SourceRule, known_tables: tuple[str, ...], *, is_first: bool
    ) -> _Read:
        kind = self._mappings.kind(path) if path is not None else "server"
        if path is not None and kind == "table" and is_first:
            source = replace(source, encoding=self._mappings.encoding(path))
        tables = known_tables
        if path is None:
            tables = tables or self._mappings.server_tables(address)
        elif kind == "sqlite":
            tables = self._mappings.tables(path)
        if kind in ("sqlite", "server") and not (source.table or source.query) and tables:
            return _Read(kind, tables, source, [])
        return _Read(kind, tables, source, self._mappings.rows(path, address, source, ROWS))

    def _on_read(self, found: _Read) -> None:
        if self._is_closed:
            return
        self.kind, self.tables, rows = found.kind, found.tables, found.rows
        self.busy_changed.emit(False)
        if self.kind in ("sqlite", "server") and not rows and self.tables and not self._told.get("source"):
            self.set_source(table=self.tables[0])
            return
        before, self.rows = self.record_columns, tuple(rows)
        self.problem = ""
        if self._is_guessed and not (self.is_unsaved and before == self.record_columns):
            records = [row.record for row in self.rows if not row.problem]
            source = found.source
            guessed = guess(str(self._told.get("name", "mapping")), records, source)
            self._told = to_json(guessed)
            if guessed.source != source:  # the records lie deeper than it seemed
                self.read()
                return
        self.rows_changed.emit()
        self._take(self._told)

    def _on_failed(self, error: Exception) -> None:
        if self._is_closed:
            return
        self.busy_changed.emit(False)
        self.rows, self.made, self._mapping, self.problem = (), (), None, str(error)
        self.rows_changed.emit()
        self.changed.emit()

    def _take(self, told: dict[str, Any]) -> None:
        self._told = told
        try:
            self._mapping = parse(told)
            self.made, self.problem = preview(self._mapping, self.rows), ""
        except BadInput as error:
            self._mapping, self.problem = None, str(error)
        self.changed.emit()
