"""What the card of a branch says, as pairs of a caption and a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.domain.events import to_rfc3339
from app.viewmodels.branch_sentence import repeats

if TYPE_CHECKING:
    from app.application.provenance import FirstRun, Provenance
    from app.viewmodels.branch_tree import BranchRow

Line = tuple[str, str]
_DIGITS = 16
_FIRST = ("seed", "temperature", "num_ctx", "num_predict")


def signs(row: BranchRow) -> str:
    """Beside the name: what it is."""
    told = (
        _tr("★ default path") if row.label.starred else _tr("default path") if row.is_default else "",
        _tr("archived") if row.label.archived else "",
    )
    return " · ".join(part for part in told if part)


def outline(row: BranchRow) -> tuple[Line, ...]:
    """What is known at once."""
    branch = row.branch
    own = _tr("1 its own") if branch.own_events == 1 else _tr("{own} its own").format(own=f"{branch.own_events:,}")
    count = _tr("{events}, {own}").format(events=f"{branch.head:,}", own=own) if row.made_from else f"{branch.head:,}"
    made = (
        _tr("{parent}, after event {fork}").format(parent=row.made_from, fork=f"{branch.fork_position:,}")
        if row.made_from
        else ""
    )
    return _said((_tr("Leaves"), made), (_tr("Events"), count), (_tr("Note"), repeats(row)))


def details(told: Provenance) -> tuple[Line, ...]:
    """What has to be read first."""
    label, branch = told.label, told.branch
    when = (to_rfc3339(label.made_at) or "")[:16].replace("T", " ")
    by = " · ".join(part for part in (label.author, f"{when} UTC" if when else "") if part)
    origin = "" if told.parent is not None else told.source
    run = told.first_run
    return _said(
        (_tr("Hypothesis"), label.hypothesis),
        (_tr("Expected"), label.expected),
        (_tr("Model"), _model(run, told.runs) if run is not None else ""),
        (_tr("Settings"), _settings(run) if run is not None else ""),
        (_tr("Made by"), by or (_tr("not recorded") if told.parent is not None else "")),
        (_tr("Comes from"), origin),
        (_tr("Event"), told.event or ""),
        (
            _tr("State hash"),
            f"{told.event_hash[:_DIGITS]}… " + _tr("at event {n}").format(n=f"{branch.fork_position:,}"),
        ),
    )


def _model(run: FirstRun, runs: int) -> str:
    digest = run.digest.removeprefix("sha256:")[:12]
    asked = _tr("asked once") if runs == 1 else _tr("asked {count} times").format(count=f"{runs:,}")
    server = _tr("server {version}").format(version=run.server_version) if run.server_version else ""
    return " · ".join(part for part in (run.model, digest, server, asked) if part)


def _settings(run: FirstRun) -> str:
    names = [*(name for name in _FIRST if name in run.options), *(name for name in run.options if name not in _FIRST)]
    return ", ".join(f"{name} {run.options[name]}" for name in names)


def _said(*lines: Line) -> tuple[Line, ...]:
    return tuple(line for line in lines if line[1])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Branches", text)
