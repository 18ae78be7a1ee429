"""Commands that change one thing, or leave one event out, on a branch: edit, leave-out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.adapters.files.text_in import read_text
from app.cli.labelling import labelled_json
from app.cli.opening import opened_store
from app.cli.output import ProgressLine, print_json, print_table, say
from app.domain.edits import InstructionsEdit, MessageEdit, ShownEdit, SlotEdit, ToolResultEdit
from app.domain.errors import BadInput

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection

    from app import bootstrap
    from app.application.what_if.plans import Plan
    from app.domain.branches import Branch
    from app.domain.edits import Edit


def edit(options: argparse.Namespace) -> int:
    """Change one thing; prints the id of the branch that has it."""
    with opened_store(options.store) as core:
        branch, at = _place(core, options)
        known = core.time_machine.bounded(branch.id, at).conversation.slots
        wanted = edit_of(options, known)
        onto = options.name is None and not options.preview
        plan = core.what_ifs.plan_edit(branch.id, at, wanted, reapply=options.apply_later, onto=onto)
        return _carry_out(core, options, plan)


def leave_out(options: argparse.Namespace) -> int:
    """Leave one event out; prints the id of the branch that does without it."""
    if options.name is None and not options.preview:
        raise BadInput("the branch without the event needs a name: give --name, or --preview to see what would happen")
    with opened_store(options.store) as core:
        branch, at = _place(core, options)
        progress = ProgressLine()
        try:
            plan = core.what_ifs.plan_leave_out(
                branch.id, at, keep_dependents=options.keep_dependents, progress=progress
            )
        finally:
            progress.close()
        return _carry_out(core, options, plan)


def _place(core: bootstrap.Core, options: argparse.Namespace) -> tuple[Branch, int]:
    session = core.library.session(options.session)
    branch = core.library.branch(session.header.id, options.branch)
    return branch, core.library.position(branch, options.at)


def _carry_out(core: bootstrap.Core, options: argparse.Namespace, plan: Plan) -> int:
    if plan.fork.is_moved:
        say(plan.fork.why)
    if options.preview:
        _print_plan(options, plan)
        return 0
    progress = ProgressLine()
    try:
        made = core.what_ifs.make(plan, options.name or "", progress)
    finally:
        progress.close()
    if options.json:
        print_json({**labelled_json(core, made), "what_if": plan.to_json()})
    else:
        print(made.id)
        for sentence in plan.sentences:
            say(sentence)
    return 0


def _print_plan(options: argparse.Namespace, plan: Plan) -> None:
    if options.json:
        print_json(plan.to_json())
        return
    for sentence in plan.sentences:
        print(sentence)
    dependents = [*plan.left_out[1:], *plan.kept]
    if dependents:
        rows = ((one.position, one.type, f"{one.why} by {one.on}" if one.why == "caused" else f"refers to {one.on}")
                for one in dependents)  # fmt: skip
        print_table(("event", "type", "why"), rows)


# --- what is asked for


def edit_of(options: argparse.Namespace, services: Collection[str]) -> Edit:
    """The edit that the options name. Raises BadInput."""
    if options.failed and options.tool_result is None:
        raise BadInput("--failed says how a tool call ended; it goes with --tool-result")
    if options.message is not None:
        return MessageEdit(options.message)
    if options.answer is not None:
        return MessageEdit(options.answer, role="assistant")
    if options.instructions is not None:
        return InstructionsEdit(options.instructions)
    if options.slot is not None:
        return _slot(options.slot, services)
    if options.tool_result is not None:
        call, sign, result = options.tool_result.partition("=")
        if not sign or not call:
            raise BadInput('a tool\'s result is given as CALL=JSON, such as call_1=\'{"status": "cancelled"}\'')
        return ToolResultEdit(call, _json(result, "the tool's result"), True if options.failed else None)
    return _shown(options.shown)


def _slot(text: str, services: Collection[str]) -> SlotEdit:
    place, sign, value = text.partition("=")
    named = max((one for one in services if place.startswith(f"{one}.")), key=len, default=place.partition(".")[0])
    slot = place[len(named) + 1 :]
    if not sign or not named or not slot:
        raise BadInput("a slot is given as SERVICE.SLOT=VALUE, such as 'Restaurants_1.city=San Jose'")
    if not value:
        return SlotEdit(named, slot, ())
    if value.startswith("["):
        values = _json(value, "the slot's list of values")
        return SlotEdit(named, slot, tuple(values))
    return SlotEdit(named, slot, (value,))


def _shown(name: str) -> ShownEdit:
    found = _json(read_text(Path(name)), name)
    if isinstance(found, dict):
        found = found.get("items")
    if not isinstance(found, list):
        raise BadInput(f'{name} holds no list of items, such as ["B07", {{"item": "A12", "score": 0.4}}]')
    return ShownEdit(tuple(one if isinstance(one, dict) else {"item": one} for one in found))


def _json(text: str, what: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        detail = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput(f"{what} is no JSON{detail}; texts are written in double quotes") from None
