"""``branchline self-test``: the real window, offscreen, used for real; each step is told as it passes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.output import ProgressLine, say
from app.domain.errors import BranchlineError, ModelError

if TYPE_CHECKING:
    from app.application.ports import ModelInfo


def run_trial(*, require_model: bool) -> int:
    """Exit code 0 when every step passed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="branchline-") as folder:
        location = Path(folder) / "trial.branchline"
        with (
            bootstrap.core(str(location), create=True) as core,
            bootstrap.models(say, ProgressLine(), fetch=False) as models,
        ):
            report = bootstrap.import_demo(core, ProgressLine())
            _expect(report.sessions > 0 and not report.quarantined, "the demo sessions are imported")
            print(f"passed: {report.sessions} demo sessions imported, {report.events:,} events")
            model = _first_model(models)
            if model is None and require_model:
                raise BranchlineError("no model: neither an Ollama nor the built-in one is there")
            steps = bootstrap.try_window(core, models, Path(folder) / "window.ini", with_model=model is not None)
            for step in steps:
                print(f"passed: {step}")
            found = core.store.verify()
            _expect(found.ok, "the store verifies")
            print(f"passed: {found.events:,} events verified")
            if model is None:
                print(
                    "skipped: continue with a model (none is there; branchline demo --prepare fetches the built-in one)"
                )
    print("all passed")
    return 0


def _expect(held: bool, what: str) -> None:
    if not held:
        raise BranchlineError(f"expected that {what}")


def _first_model(models: bootstrap.Models) -> ModelInfo | None:
    try:
        return models.io.submit(models.client.models()).result()[0]
    except ModelError as error:
        say(str(error))
        return None
