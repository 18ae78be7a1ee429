"""Hold the answers of a re-run against checks, and record how that came out beside the session."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from app.application.branching import LOCAL_SOURCE
from app.application.side_streams import side_stream
from app.domain.compare.similarity import rouge_l, word_list
from app.domain.conditions import parse, test_of
from app.domain.errors import EventConflict
from app.domain.events import DERIVED, NewEvent
from app.domain.hashing import short_hash
from app.domain.lab.checked import CHECKED
from app.domain.lab.checks import CheckOutcome, checks_hash
from app.domain.lab.trials import TURN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.application.ports import AnswerChecker, EventStore, PatternMatcher
    from app.application.rerunning import TrialResult
    from app.application.time_machine import TimeMachine
    from app.application.trial_player import TurnResult
    from app.domain.lab.checks import Check


class Checking:
    """Checks answers; the outcomes go to the session's derived stream and point at the answers. Any thread may call."""

    def __init__(
        self, store: EventStore, time_machine: TimeMachine, patterns: PatternMatcher, forms: AnswerChecker
    ) -> None:
        self._store, self._time_machine, self._patterns, self._forms = store, time_machine, patterns, forms

    def refuse_bad(self, checks: Sequence[Check]) -> None:
        """Raises BadInput for a pattern, schema or condition that is none, before anything is asked."""
        for check in checks:
            if check.kind == "matches":
                self._patterns.refuse_bad_pattern(check.value)
            elif check.kind == "schema":
                self._forms.refuse_bad_schema(check.value)
            elif check.kind == "holds":
                parse(check.value)

    async def check(self, result: TrialResult, checks: Sequence[Check]) -> dict[int, tuple[CheckOutcome, ...]]:
        """Check every answer of a trial and record the outcomes, by turn; once more with the same outcome adds none."""
        return await asyncio.to_thread(self._check, result, checks)

    def _check(self, result: TrialResult, checks: Sequence[Check]) -> dict[int, tuple[CheckOutcome, ...]]:
        last = max((turn.turn for turn in result.turns), default=0)
        found = {}
        for turn in result.turns:
            wanted = [check for check in checks if check.concerns(turn.turn, last)]
            found[turn.turn] = tuple(self._outcome(check, turn, result.branch.id) for check in wanted)
            if wanted:
                self._record(result, turn, checks_hash(wanted), found[turn.turn])
        return found

    def _outcome(self, check: Check, turn: TurnResult, branch: str) -> CheckOutcome:
        holds, why = self._holds(check, turn, branch)
        passed = None if holds is None else holds is not check.negated
        if holds is None and check.kind == "matches":
            passed = False  # whoever wants it found, or not found, has been told neither
        return CheckOutcome(check=check.name, kind=check.kind, passed=passed, why="" if passed else why)

    def _holds(  # noqa: PLR0911 - a return for each kind
        self, check: Check, turn: TurnResult, branch: str
    ) -> tuple[bool | None, str]:
        """Whether it is so, and a sentence for when that is not what was wanted."""
        text, negation = turn.rerun, "" if check.negated else "not "
        match check.kind:
            case "contains":
                where, what = (text.casefold(), check.value.casefold()) if check.ignore_case else (text, check.value)
                return what in where, f"{check.value!r} is {negation}in the answer"
            case "matches":
                found = self._patterns.found(f"(?i){check.value}" if check.ignore_case else check.value, text)
                if found is None:
                    return None, f"looking for {check.value!r} took too long"
                return found, f"{check.value!r} is {negation}found in the answer"
            case "schema":
                fault = self._forms.fault(text, check.value)
                return fault is None, fault or "the answer follows the schema"
            case "holds":
                holds = test_of(parse(check.value))(self._time_machine.state(branch, turn.position))
                return holds, f"{check.value} does {negation}hold after the answer"
            case "similar":
                if turn.recorded is None:
                    return None, "there is no recorded answer to be similar to"
                alike = rouge_l(word_list(turn.recorded), word_list(text))
                return (
                    alike >= check.value,
                    f"ROUGE-L F1 to the recorded answer is {alike:.2f}, asked is {check.value:g}",
                )

    def _record(self, result: TrialResult, turn: TurnResult, checks: str, outcomes: Sequence[CheckOutcome]) -> None:
        """One event a turn. Its id says what it holds, so the same outcome is stored once."""
        told = [one.to_json() for one in outcomes]
        passed = sum(one.passed is True for one in outcomes)
        (answer,) = self._store.events_at(result.branch.id, [turn.position])
        data: dict[str, Any] = {
            "branch": result.branch.id,
            "position": turn.position,
            "event": turn.event,
            "text": f"{passed} of {len(outcomes)} checks passed",
            TURN: turn.turn,
            "passed": passed,
            "failed": sum(one.passed is False for one in outcomes),
            "checks": told,
            "checks_hash": checks,
        }
        event = NewEvent(
            id=f"{turn.event}/{short_hash([checks, told])}",
            source=LOCAL_SOURCE,
            type=CHECKED,
            data=data,
            actor="system",
            subject=answer.subject,
            time=answer.time,
            causation_id=turn.event,
        )
        stream = side_stream(self._store, result.branch.session, DERIVED)
        try:
            self._store.append(stream.id, [event], expected=None)
        except EventConflict:  # of a version of this program that worded it otherwise: what is stored stands
            return
