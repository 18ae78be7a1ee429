"""A branch in turns: what belongs to which, where it came from, and how it was made."""

from __future__ import annotations

from fakes.making import SECOND
from fakes.turns import ANSWERED, ASKED, CALLED, INSTRUCTED, LOCAL, REQUESTED, RETURNED, SLOTS, posted, turns_of

from app.domain.compare.runs import Instructions
from app.domain.instructions import text_hash


def test_a_turn_is_a_question_and_what_follows_until_the_next() -> None:
    greeting, first, second = turns_of(
        ("session.started", {}), posted("g", "assistant", "Hello"), ASKED, SLOTS, CALLED, RETURNED, ANSWERED,
        posted("q2", "user", "Thanks"),
    )  # fmt: skip

    assert [(turn.first, turn.position, turn.last) for turn in (greeting, first, second)] == [
        (1, 1, 2),
        (3, 3, 7),
        (8, 8, 8),
    ]
    assert (greeting.asked, first.asked, second.asked) == (None, "Is it open?", "Thanks")
    assert (greeting.answer, first.answer, second.answer) == ("Hello", "Yes.", None)
    assert [part.entry.kind for part in first.replies] == ["call", "message"]
    assert first.outcome == ('find({"a": 1})', "Yes.")
    assert first.calls[0].entry.result == [1]
    assert len(first.content) == 5


def test_instructions_just_before_a_question_belong_to_its_turn() -> None:
    first, second = turns_of(ASKED, ANSWERED, INSTRUCTED, posted("q2", "user", "And now?"), REQUESTED)

    assert (first.first, first.last) == (1, 2)
    assert (second.first, second.position, second.last) == (3, 4, 5)


def test_instructions_at_the_end_belong_to_the_last_turn() -> None:
    (turn,) = turns_of(ASKED, INSTRUCTED)

    assert (turn.first, turn.last) == (1, 2)
    assert [one.last for one in turns_of(INSTRUCTED)] == [1]


def test_a_message_is_as_it_was_at_the_end() -> None:
    (turn,) = turns_of(
        ASKED,
        ANSWERED,
        posted("b", "assistant", "No!"),
        ("conversation.message-edited", {"message_id": "a", "text": "Yes, it is."}),
        ("conversation.message-retracted", {"message_id": "b"}),
        ("conversation.message-edited", {"message_id": "from before", "text": "x"}),
    )

    assert turn.answer == "Yes, it is."
    assert [part.entry.retracted for part in turn.replies] == [False, True]


def test_the_begin_of_a_trial_belongs_to_its_first_turn_and_says_nothing() -> None:
    first, second = turns_of(ASKED, ANSWERED, ("lab.trial-started", {"purpose": "rerun"}), ASKED, ANSWERED)

    assert (first.last, second.first) == (2, 3)
    assert len(second.content) == 2


def test_origins_are_told_apart() -> None:
    mark = {"branch": "b", "position": 3, "event": "e"}
    made = {"model": "tiny", "request": "r"}
    (turn,) = turns_of(
        ASKED,
        posted("1", "assistant", "recorded"),
        posted("2", "assistant", "continued", generated_by=made),
        posted("3", "assistant", "re-run", generated_by=made, rerun_of=mark),
        posted("4", "assistant", "again", reapplies=mark),
        posted("5", "assistant", "by hand", replaces=mark),
    )

    assert [part.origin for part in turn.replies] == ["recorded", "continued", "re-run", "reapplied", "changed"]
    assert turn.replies[1].entry.model == "tiny"
    (said,) = turns_of(ASKED, source=LOCAL)
    assert said.question is not None
    assert said.question.origin == "continued"
    assert (said.is_typed, turn.is_typed) == (True, False)


def test_what_is_said_counts_not_how_it_was_made_or_named() -> None:
    mark = {"branch": "b", "position": 3, "event": "e"}
    (recorded,) = turns_of(ASKED, CALLED, RETURNED, posted("x", "agent", "Yes.", turn=4))
    (rerun,) = turns_of(
        posted("other", "user", "Is it open?", reapplies=mark),
        REQUESTED,
        ("conversation.tool-called", {"call_id": "z", "name": "find", "arguments": {"a": 1}, "thinking": "hm"}),
        ("conversation.tool-returned", {"call_id": "z", "result": [1]}),
        posted("y", "assistant", "Yes.", generated_by={"model": "tiny"}, rerun_of=mark, thinking="hm"),
        ("generation.completed", {"request_id": "e2", "tokens": 3}),
    )
    (other,) = turns_of(ASKED, CALLED, RETURNED, posted("x", "agent", "No."))

    assert recorded.content == rerun.content
    assert rerun.places == (1, 3, 4, 5)
    assert recorded.content[:3] == other.content[:3]
    assert recorded.content[3] != other.content[3]


def test_an_edit_is_known_by_what_it_edits() -> None:
    one, two = posted("m1", "assistant", "A"), posted("m2", "assistant", "B")
    first = turns_of(one, two, ("conversation.message-edited", {"message_id": "m1", "text": "C"}))
    second = turns_of(one, two, ("conversation.message-edited", {"message_id": "m2", "text": "C"}))
    renamed = turns_of(
        posted("x1", "assistant", "A"), two, ("conversation.message-edited", {"message_id": "x1", "text": "C"})
    )

    assert first[0].content[2] != second[0].content[2]
    assert first[0].content == renamed[0].content


def test_a_run_tells_how_it_was_asked_and_what_it_cost() -> None:
    told = {
        "request_id": "e2", "tokens": 5, "prompt_tokens": 20, "done_reason": "stop", "truncated": False,
        "durations": {"eval_duration": 2_000_000_000, "odd": "x"}, "first_token_s": 0.25,
    }  # fmt: skip
    (turn,) = turns_of(ASKED, REQUESTED, ANSWERED, ("generation.completed", told))

    (run,) = turn.runs
    assert (run.position, run.ended_at, run.status) == (2, 4, "completed")
    assert (run.tokens, run.prompt_tokens, run.truncated, run.done_reason) == (5, 20, False, "stop")
    assert (run.seconds("eval_duration"), run.seconds("load_duration")) == (2.0, None)
    assert run.elapsed_us == 2 * SECOND
    setting = run.setting
    assert (setting.model, setting.seed, setting.temperature) == ("tiny", 7, 0.2)
    assert setting.options == {"num_ctx": 4096}
    assert setting.request == {"think": False}
    assert setting.instructions == Instructions("be kind")


def test_what_events_do_not_tell_is_not_known() -> None:
    (turn,) = turns_of(
        ASKED,
        ("generation.requested", {"model": "tiny", "request": {"options": {"seed": "odd", "temperature": True}}}),
        ("generation.failed", {"request_id": "e2", "reason": "gone", "text": "It is"}),
        ("generation.requested", {"model": "tiny"}),
    )

    broken, running = turn.runs
    assert (broken.status, broken.reason, broken.partial) == ("failed", "gone", "It is")
    assert (broken.tokens, broken.truncated, broken.setting.seed, broken.setting.temperature) == (None,) * 4
    assert broken.setting.options == {"seed": "odd", "temperature": True}
    assert broken.setting.instructions == Instructions("be kind")
    assert (running.status, running.ended_at) == ("running", None)


def test_nobody_is_sure_whether_a_prompt_was_cut() -> None:
    told = {"request_id": "e2", "truncated": False, "truncation": {"finding": "unknown"}}
    (turn,) = turns_of(ASKED, REQUESTED, ("generation.completed", told))

    assert turn.runs[0].truncated is None


def test_a_request_may_name_the_version_of_its_instructions() -> None:
    named = {"name": "Kind", "version": 4, "hash": text_hash("be kind")}
    (turn,) = turns_of(
        ASKED,
        ("generation.requested", {**REQUESTED[1], "instructions": named}),
        ("generation.requested", {**REQUESTED[1], "instructions": {**named, "hash": "of another text"}}),
    )

    assert [run.setting.instructions for run in turn.runs] == [
        Instructions("be kind", "Kind", "4"), Instructions("be kind"),
    ]  # fmt: skip


def test_instructions_are_those_that_were_sent() -> None:
    without = {**REQUESTED[1], "request": {"messages": [{"role": "user", "content": "Is it open?"}]}}
    changed = {**REQUESTED[1], "request": {"messages": [{"role": "system", "content": "be brief"}]}}
    filled = {**REQUESTED[1], "request": {"messages": [{"role": "system", "content": "be kind to Ann"}]}}
    (turn,) = turns_of(
        INSTRUCTED,
        ASKED,
        REQUESTED,
        ("generation.requested", changed),
        ("generation.requested", without),
        ("generation.requested", filled),
    )  # fmt: skip

    told = [run.setting.instructions for run in turn.runs]
    assert told == [
        Instructions("be kind"), Instructions("be brief", "Short", "3"), None, Instructions("be kind to Ann"),
    ]  # fmt: skip
    assert [one.label for one in told if one] == [
        f"“be kind” #{told[0].digest[:4]}", "Short@3", f"“be kind to” #{told[3].digest[:4]}",
    ]  # fmt: skip
