"""Play the rest again: ``branchline rerun``, for one session or for many."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import bootstrap
from app.application.rerunning import TrialResult
from app.application.session_reruns import summary_row
from app.application.variants import Wish
from app.cli.check_options import chosen_checks
from app.cli.lab_runs import chosen_recipe, play, with_tools
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, one_line, print_json, print_table, say
from app.domain.conditions import parse, test_of
from app.domain.errors import BadInput, ModelError, NotFound
from app.domain.lab.carrying import kinds_without
from app.domain.lab.summary import total

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from app.application.series import SeriesResult
    from app.application.session_reruns import Outcomes
    from app.domain.branches import Branch
    from app.domain.lab.checks import CheckOutcome
    from app.domain.lab.recipe import Recipe
    from app.domain.lab.trials import Trial
    from app.domain.sessions import SessionSummary


def rerun(options: argparse.Namespace) -> int:
    many = options.sessions is not None or options.all or options.subject is not None or options.filter is not None
    if many == (options.session is not None):
        raise BadInput("name one SESSION, or several with --sessions, --all, --subject or --filter")
    if many and options.at is not None:
        raise BadInput("--at is a place of one session; over several, --turn says where each begins")
    if options.at is not None and options.turn is not None:
        raise BadInput("--at and --turn both say where to begin; give one of them")
    checks = chosen_checks(options)
    with ExitStack() as opened:
        core = opened.enter_context(opened_store(options.store))
        core.lab.checking.refuse_bad(checks)
        chosen = _sessions(core, options) if many else (core.library.session(options.session),)
        models = opened.enter_context(bootstrap.models(say, ProgressLine()))
        recipe = chosen_recipe(core, models, options)
        planned = _planned(core, chosen, recipe, options, strict=not many)
        outcomes: Outcomes = {}

        async def checked(result: TrialResult) -> None:
            outcomes[result.branch.id] = await core.lab.checking.check(result, checks)

        done = play(core, models, [trial for _, trial in planned], checked if checks else None)
        if not many:
            return _tell_one(options, done, outcomes)
        return _tell_many(options, planned, done, outcomes)


def _sessions(core: bootstrap.Core, options: argparse.Namespace) -> Sequence[SessionSummary]:
    """The chosen sessions, oldest first. Raises NotFound, BadInput, BadCondition."""
    if options.sessions is not None:
        found = [core.library.session(name) for name in _names(options.sessions)]
        found = list({one.header.id: one for one in found}.values())
    else:
        found = list(reversed(core.library.sessions()))
    if options.subject is not None:
        found = [one for one in found if one.header.subject == options.subject]
    if options.filter is not None:
        holds = test_of(parse(options.filter))
        progress = ProgressLine()
        kept = []
        for number, one in enumerate(found):
            progress(number, len(found), "choosing sessions")
            branch = _branch(core, one, options.branch)
            if branch is not None and holds(core.time_machine.state(branch.id, branch.head)):
                kept.append(one)
        progress.close()
        found = kept
    if not found:
        raise NotFound("no session is meant by these options")
    return found


def _names(told: str) -> list[str]:
    if not told.startswith("@"):
        return [name.strip() for name in told.split(",") if name.strip()]
    try:
        lines = Path(told[1:]).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{told[1:]} cannot be read: {error}") from None
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _planned(
    core: bootstrap.Core,
    sessions: Sequence[SessionSummary],
    recipe: Recipe,
    options: argparse.Namespace,
    *,
    strict: bool,
) -> list[tuple[SessionSummary, Trial]]:
    """A trial a session; those without such a turn are passed over, or, if ``strict``, refused."""
    wish = Wish(name=options.name or "", turns=options.turns, kinds=kinds_without(options.leave_out))
    planned, passed_over = [], []
    for session in sessions:
        if strict:
            core.library.branch(session.header.id, options.branch)  # a sentence that names the branches there are
        branch = _branch(core, session, options.branch)
        at = _beginning(core, branch, options) if branch is not None else None
        if branch is None or at is None:
            passed_over.append(session)
            continue
        asked = with_tools(core, recipe, session.header.id, options, strict=strict)
        planned += [(session, trial) for trial in core.lab.plans.plan(branch.id, at, [asked], wish)]
    if not planned:
        raise BadInput(f"the customer has no turn {options.turn or 1} on {options.branch}")
    if passed_over:
        titles = ", ".join(one_line(one.header.title)[:40] for one in passed_over[:3])
        more = " …" if len(passed_over) > 3 else ""
        say(f"{len(passed_over):,} sessions without such a turn are passed over: {titles}{more}")
    return planned


def _beginning(core: bootstrap.Core, branch: Branch, options: argparse.Namespace) -> int | None:
    """The position from which a branch is played again; None where the customer has no such turn."""
    if options.at is not None:
        return core.library.position(branch, options.at)
    return core.lab.plans.before_turn(branch.id, options.turn or 1)


def _branch(core: bootstrap.Core, session: SessionSummary, named: str) -> Branch | None:
    try:
        return core.library.branch(session.header.id, named)
    except NotFound:
        return None


def _tell_one(options: argparse.Namespace, done: SeriesResult, outcomes: Outcomes) -> int:
    (result,) = done.results
    if not isinstance(result, TrialResult):
        raise ModelError(result.reason)
    found = outcomes.get(result.branch.id, {})
    if options.json:
        print_json(result_json(result, found))
    else:
        for turn in result.turns:
            print(f"turn {turn.turn}, event {turn.position:,}  {'changed' if turn.is_changed else 'same'}")
            print(f"  recorded  {one_line(turn.recorded) if turn.recorded is not None else '(no answer)'}")
            print(f"  re-run    {one_line(turn.rerun)}")
            for one in found.get(turn.turn, ()):
                print(f"  {_word(one.passed)}  {one_line(one.check)}{f': {one_line(one.why)}' if one.why else ''}")
        say(f"on branch {one_line(result.branch.name)}")
    failed = sum(one.passed is False for turn in found.values() for one in turn)
    return 1 if options.fail_on_check and failed else 0


def _word(passed: bool | None) -> str:
    return {True: "passed  ", False: "FAILED  ", None: "skipped "}[passed]


def result_json(result: TrialResult, found: Mapping[int, Sequence[CheckOutcome]]) -> dict[str, Any]:
    """The shape of ``continue`` for the last answer, with all turns."""
    last = result.turns[-1]
    if last.result is not None:
        told = last.result.to_json(result.branch.name)
    else:  # it was answered in an earlier go, and its figures stand in the events
        told = {"branch": result.branch.name, "position": last.position, "text": last.rerun,
                "model": result.trial.recipe.model, "done_reason": None, "prompt_tokens": None, "tokens": None,
                "durations": {}, "truncated": None}  # fmt: skip
    turns = [{**turn.to_json(), "checks": [one.to_json() for one in found.get(turn.turn, ())]} for turn in result.turns]
    return {**told, "branch_id": result.branch.id, "turns": turns}


def _tell_many(
    options: argparse.Namespace,
    planned: Sequence[tuple[SessionSummary, Trial]],
    done: SeriesResult,
    outcomes: Outcomes,
) -> int:
    rows = [
        summary_row(session, trial, done.results[number] if number < len(done.results) else None, outcomes)
        for number, (session, trial) in enumerate(planned)
    ]
    summed = total(rows)
    if options.json:
        print_json({"sessions": [row.to_json() for row in rows], "total": summed, "stopped": done.stopped or None})
    else:
        heads = ("session", "branch", "outcome", "answers", "passed", "failed", "skipped", "changed")
        cells = [(row.title[:40], row.branch[:30], row.outcome, *row.counts().values()) for row in rows]
        names = ("answers", "passed", "failed", "skipped", "changed")
        ended = f"{summed['completed']:,} of {summed['trials']:,}"
        print_table(heads, [*cells, ("total", "", ended, *(summed[name] for name in names))])
        for row in rows:
            if row.reason:
                say(f"{one_line(row.title)[:60]}: {one_line(row.reason)}")
        if done.stopped:
            say(f"stopped: {one_line(done.stopped)}; the same command goes on from there")
    all_ended = summed["completed"] == summed["trials"]
    return 1 if not all_ended or (options.fail_on_check and summed["failed"]) else 0
