"""Every key of the table, pressed in the real window on the real demo sessions: what comes of it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from e2e.effects.effect import Trial
from e2e.effects.notes_and_state import NOTES_AND_STATE
from e2e.effects.playhead import PLAYHEAD
from e2e.effects.side_by_side import SIDE_BY_SIDE
from e2e.effects.trials import TRIALS
from e2e.effects.view_and_branches import VIEW_AND_BRANCHES
from e2e.effects.what_ifs import WHAT_IFS

from app.ui.actions import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

EFFECTS = {**PLAYHEAD, **NOTES_AND_STATE, **VIEW_AND_BRANCHES, **WHAT_IFS, **SIDE_BY_SIDE, **TRIALS}
KEYS = [(spec.id, key) for spec in ACTIONS for key in spec.keys]


def test_every_action_that_has_a_key_is_tried() -> None:
    assert {action for action, _ in KEYS} == set(EFFECTS)


@pytest.mark.parametrize(("action", "key"), KEYS, ids=[f"{action}-{key}" for action, key in KEYS])
def test_a_key_does_what_the_table_says(open_window: Callable[..., Any], qtbot: QtBot, action: str, key: str) -> None:
    effect = EFFECTS[action]
    trial = Trial(open_window(effect.session, effect.at), key, qtbot)

    effect.check(trial)
