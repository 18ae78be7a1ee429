"""Whether a model can do what a request asks for, said before anything is sent or recorded."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from app.domain.errors import BadInput, ModelError

if TYPE_CHECKING:
    from app.application.continue_request import ContinueRequest
    from app.application.ports import AnswerChecker, ModelInfo

THINK_LEVELS: Final = ("low", "medium", "high", "max")
_DURATION: Final = re.compile(r"[+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h))+)")


def check(request: ContinueRequest, model: ModelInfo, checker: AnswerChecker | None) -> None:
    """Raises BadInput for a request that makes no sense, ModelError for one that this model cannot follow."""
    _check_form(request.format, checker)
    _check_think(request.think)
    check_keep_alive(request.keep_alive)
    if request.pictures and request.say is None:
        raise BadInput("a picture goes with what the customer says, so say something too")
    needs = {"tools": request.tools, "thinking": request.think, "vision": request.pictures}
    words = {"tools": "call tools", "thinking": "think first", "vision": "see pictures"}
    for capability, is_needed in needs.items():
        if is_needed and not model.can(capability):
            raise ModelError(f"{model.name} cannot {words[capability]}; it can: {', '.join(model.capabilities)}")


def _check_form(form: Any, checker: AnswerChecker | None) -> None:
    if form is None or form == "json":
        return
    if not isinstance(form, dict):
        raise BadInput(f'the format of an answer is "json" or a JSON schema, not {form!r}')
    if checker is not None:
        checker.refuse_bad_schema(form)


def _check_think(think: Any) -> None:
    if not (think is None or isinstance(think, bool) or think in THINK_LEVELS):
        raise BadInput(f"think is true, false or one of {', '.join(THINK_LEVELS)}, not {think!r}")


def check_keep_alive(value: Any) -> None:
    """Raises BadInput for what is no time that a model could stay in memory."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not (value is None or is_number or (isinstance(value, str) and _DURATION.fullmatch(value))):
        raise BadInput(f"keep_alive is a duration such as 10m, seconds, or -1 for ever, not {value!r}")
