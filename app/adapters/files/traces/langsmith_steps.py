"""Runs of LangSmith as steps, and its feedback as opinions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from app.adapters.files.traces.messages import answers_in, said_in
from app.adapters.files.traces.moments import moment
from app.adapters.files.traces.said import Said, parsed, without_instructions
from app.adapters.files.traces.span_steps import first
from app.adapters.files.traces.steps import Opinion, Step, bounded
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.adapters.files.traces.steps import StepKind

_KINDS: Final[Mapping[str, StepKind]] = {
    "llm": "model", "chat_model": "model", "tool": "tool", "retriever": "retrieval",
}  # fmt: skip
_THREADS: Final = ("thread_id", "session_id", "conversation_id")
_USERS: Final = ("user_id", "user.id", "userId")
_NOT_OPTIONS: Final = frozenset({
    "messages", "prompt", "prompts", "input", "tools", "functions", "extra_headers", "extra_query", "extra_body",
})  # fmt: skip
_KEPT: Final = ("tags", "dotted_order", "session_name", "reference_example_id", "status", "total_cost", "attachments")
_MICRO: Final = 1_000_000


def step_of(run: Mapping[str, Any]) -> Step:
    """Raises BadInput when it does not tell what it is."""
    kind = run.get("run_type")
    if not isinstance(kind, str):
        raise BadInput(f"run {run['id']} does not tell its type")
    metadata = _metadata(run)
    step = Step(str(run.get("trace_id") or run["id"]), run["id"], _KINDS.get(kind, "other"))
    step.parent = str(run.get("parent_run_id") or "") or None
    step.name = str(run.get("name") or "")
    step.start, step.end = moment(run.get("start_time")), moment(run.get("end_time"))
    step.conversation, step.subject = first(metadata, _THREADS), first(metadata, _USERS)
    given, came = parsed(run.get("inputs")), parsed(run.get("outputs"))
    if step.kind in ("tool", "retrieval"):
        step.arguments = parsed(given["input"]) if isinstance(given, dict) and set(given) == {"input"} else given
        step.result = parsed(came["output"]) if isinstance(came, dict) and set(came) == {"output"} else came
        _called(step)
    else:
        _words(step, run, given, came)
    _model(step, run, metadata, given, came)
    if run.get("error"):
        step.error = str(run["error"])
    step.beside = {key: run[key] for key in _KEPT if run.get(key) not in (None, [], {}, "")}
    if metadata:
        step.beside["metadata"] = metadata
    if step.kind == "other":
        step.work = kind
        step.written = bounded({key: value for key, value in (("inputs", given), ("outputs", came)) if value})
    return step


def opinions_of(run: Mapping[str, Any]) -> Iterator[Opinion]:
    """``feedback_stats`` sums up what was said of a run: a number, or how often each answer was given."""
    stats = run.get("feedback_stats")
    for name, told in stats.items() if isinstance(stats, dict) else ():
        data = {"name": name, **told} if isinstance(told, dict) else {"name": name, "rating": told}
        if isinstance(told, dict) and told.get("avg") is not None:
            data["rating"] = told["avg"]
        yield Opinion(f"{run['id']}/{name}", run["id"], data)


def _metadata(run: Mapping[str, Any]) -> dict[str, Any]:
    extra = run.get("extra")
    metadata = extra.get("metadata") if isinstance(extra, dict) else None
    return metadata if isinstance(metadata, dict) else {}


def _called(step: Step) -> None:
    """LangChain's tools return a message that names the call."""
    result = step.result
    if isinstance(result, dict) and isinstance(result.get("kwargs"), dict):
        result = result["kwargs"]
    if isinstance(result, dict) and "tool_call_id" in result:
        step.call_id = str(result["tool_call_id"] or "")
        step.result = parsed(result.get("content"))


def _words(step: Step, run: Mapping[str, Any], given: Any, came: Any) -> None:
    if (said := said_in(given, "user")) is not None:
        step.instructions, step.given = without_instructions(said)
    step.answer(answers_in(came) if came else ())
    if step.answered is None and (text := _streamed(run)):
        step.answered = (Said("message", role="assistant", text=text),)


def _streamed(run: Mapping[str, Any]) -> str:
    """The tokens of a run that does not tell its outputs, one behind the other."""
    pieces = []
    for event in _tokens(run):
        told = event.get("kwargs")
        token = told.get("token") if isinstance(told, dict) else None
        choices = token.get("choices") if isinstance(token, dict) else None
        delta = (
            choices[0].get("delta") if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None
        )
        piece = delta.get("content") if isinstance(delta, dict) else token
        pieces.append(piece if isinstance(piece, str) else "")
    return "".join(pieces)


def _tokens(run: Mapping[str, Any]) -> list[dict[str, Any]]:
    events = run.get("events")
    return [
        one
        for one in (events if isinstance(events, list) else ())
        if isinstance(one, dict) and one.get("name") == "new_token"
    ]


def _model(step: Step, run: Mapping[str, Any], metadata: Mapping[str, Any], given: Any, came: Any) -> None:
    if step.kind != "model":
        return
    given, came = (one if isinstance(one, dict) else {} for one in (given, came))
    extra = run.get("extra")
    invocation = extra.get("invocation_params") if isinstance(extra, dict) else None
    invocation = invocation if isinstance(invocation, dict) else {}
    named = (came.get("model"), invocation.get("model"), invocation.get("model_name"), metadata.get("ls_model_name"))
    step.model = next((name for name in (*named, given.get("model")) if isinstance(name, str) and name), None)
    asked = {**given, **invocation}
    step.options = {key: one for key, one in asked.items() if key not in _NOT_OPTIONS and one not in (None, [], {})}
    step.tools = asked.get("tools") or asked.get("functions")
    usage = came.get("usage_metadata") or came.get("usage") or {}
    usage = usage if isinstance(usage, dict) else {}
    for ours, names in _USAGE.items():
        known = (source[name] for source in (usage, run) for name in names if isinstance(source.get(name), int))
        if (count := next(known, None)) is not None:
            step.counts[ours] = count
    choices = came.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict) and choices[0].get("finish_reason"):
        step.counts["done_reason"] = choices[0]["finish_reason"]
    began = moment(run.get("first_token_time")) or next((moment(one.get("time")) for one in _tokens(run)), None)
    if began is not None and step.start is not None:
        step.counts["first_token_s"] = (began - step.start) / _MICRO


_USAGE: Final = {
    "prompt_tokens": ("input_tokens", "prompt_tokens"),
    "tokens": ("output_tokens", "completion_tokens"),
}
