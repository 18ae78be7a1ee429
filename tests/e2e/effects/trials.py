"""What the keys of trials do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.effects.effect import DIALOGUE, Effect

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.effects.effect import Trial


def opens_at(kind: str) -> Callable[[Trial], None]:
    def check(trial: Trial) -> None:
        trial.press()

        dialog = trial.shown("trials")
        assert dialog.form.kind.currentData() == kind
        trial.until(lambda: dialog.model.rowCount() == 1)
        dialog.close()

    return check


def plans_all_sessions(trial: Trial) -> None:
    trial.press()

    dialog = trial.shown("reruns")
    trial.until(dialog.start.isEnabled)
    assert dialog.form.chosen_sessions() == trial.window.library.listed_sessions()
    assert 1 < dialog.model.rowCount() <= len(dialog.form.chosen_sessions())  # some have no customer who speaks
    dialog.close()


TRIALS = {
    "try_variants": Effect(DIALOGUE, 22, opens_at("variants")),
    "play_rest_again": Effect(DIALOGUE, 22, opens_at("rerun")),
    "rerun_sessions": Effect(DIALOGUE, 22, plans_all_sessions),
}
