"""What calls of models repeat stands once; where inputs part, lines part; every line is what its model was given."""

import json

from fakes.spans import chat, said, span, written
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.files.traces.said import Said
from app.adapters.files.traces.steps import Step
from app.adapters.files.traces.talk import Talk


def lines(draft):
    """What every stream says, what it inherits included."""
    told = {"main": said(draft)}
    positions = {"main": [one for one in draft.events if one[0] == "main"]}
    for branch in draft.branches:
        inherited = positions[branch.parent][: branch.fork_position]
        own = [one for one in draft.events if one[0] == branch.id]
        positions[branch.id] = inherited + own
        told[branch.name] = [
            (event.data["role"], event.data["text"])
            for _, event in positions[branch.id]
            if event.type == "conversation.message-posted"
        ]
    return told


def test_an_edited_question_makes_a_branch_where_it_stands(tmp_path, read):
    spans = [chat(1, ["a"], "b"), chat(2, ["a", "b", "c"], "d"), chat(3, ["a", "b", "C"], "D")]

    (draft,), _ = read(written(tmp_path, *spans))

    assert lines(draft) == {
        "main": [("user", "a"), ("assistant", "b"), ("user", "c"), ("assistant", "d")],
        "C": [("user", "a"), ("assistant", "b"), ("user", "C"), ("assistant", "D")],
    }


def test_the_same_question_answered_again_is_a_branch(tmp_path, read):
    (draft,), _ = read(written(tmp_path, chat(1, ["a"], "b"), chat(2, ["a"], "B")))

    assert lines(draft) == {"main": [("user", "a"), ("assistant", "b")], "B": [("user", "a"), ("assistant", "B")]}


def test_inputs_that_hold_only_what_is_new_go_on(tmp_path, read):
    (draft,), _ = read(written(tmp_path, chat(1, ["a"], "b"), chat(2, ["c"], "d"), chat(5, ["e"], "f")))

    assert [text for _, text in said(draft)] == ["a", "b", "c", "d", "e", "f"]


def test_a_window_that_slid_on_goes_on(tmp_path, read):
    window = json.dumps([{"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}])
    slid = span(2, gen_ai__operation__name="chat", gen_ai__input__messages=window, gen_ai__completion="d")

    (draft,), _ = read(written(tmp_path, chat(1, ["a"], "b"), slid))

    assert [text for _, text in said(draft)] == ["a", "b", "c", "d"]


def test_a_call_below_a_tool_is_a_conversation_of_its_own(tmp_path, read):
    tool = span(2, name="ask", lasts=5, gen_ai__operation__name="execute_tool", gen_ai__tool__name="ask")
    spans = [chat(1, ["a"], "b"), tool, chat(3, ["x"], "y", parent=2), chat(9, ["a", "b", "c"], "d")]

    (draft,), _ = read(written(tmp_path, *spans))

    assert [text for role, text in lines(draft)["x"]] == ["x", "y"]
    assert [one[1] for one in said(draft) if one[0] in ("user", "assistant")] == ["a", "b", "c", "d"]


def test_changed_instructions_are_an_event_and_no_branch(tmp_path, read):
    spans = [
        chat(number, given, answer, gen_ai__system_instructions=text)
        for number, given, answer, text in [(1, ["a"], "b", "be kind"), (2, ["a", "b", "c"], "d", "be brief")]
    ]

    (draft,), _ = read(written(tmp_path, *spans))

    instructed = [event for _, event in draft.events if event.type == "conversation.instructions-changed"]
    assert [event.data["text"] for event in instructed] == ["be kind", "be brief"]
    assert not draft.branches


def test_two_libraries_that_wrote_the_same_call_down_tell_it_once(tmp_path, read):
    outer, inner = chat(1, None, "b", lasts=9), chat(2, ["a"], None, parent=1)

    (draft,), notes = read(written(tmp_path, outer, inner))

    assert said(draft) == [("user", "a"), ("assistant", "b")]
    assert notes.not_captured["otlp: calls of models that two libraries wrote down (kept once)"] == 1


def test_results_in_another_order_make_no_branch():
    talk = Talk()
    ask, calls = Said("message", "user", "a"), [Said("call", "assistant", name="f", call_id=one) for one in "12"]
    results = [Said("result", "tool", call_id=one, value=one) for one in "21"]
    talk.hear(Step("t", "1", "model", start=1, end=2, given=(ask,), answered=tuple(calls)))
    for number, one in enumerate("21"):
        talk.used(Step("t", f"t{one}", "tool", start=3 + number, end=4, call_id=one, result=one), is_expected=True)
    talk.hear(Step("t", "2", "model", start=5, end=6, given=(ask, *calls, *results), answered=()))

    assert all(len(node.children) <= 1 for node in talk.nodes())
    assert [node.said.value for node in talk.nodes() if node.said.kind == "result"] == ["1", "2"]


TREE = st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from("pqrs")), min_size=1, max_size=12)


@settings(max_examples=150)
@given(choices=TREE)
def test_every_line_is_what_its_model_was_given(choices):
    """Calls whose inputs are any earlier line and one new question."""
    histories, talk = [()], Talk()
    for number, (which, word) in enumerate(choices):
        history = (*histories[which % len(histories)], Said("message", "user", word))
        answer = Said("message", "assistant", f"answer {number}")
        talk.hear(
            Step("t", str(number), "model", start=number * 10, end=number * 10 + 5, given=history, answered=(answer,))
        )
        histories.append((*history, answer))

    found = set()
    for node in talk.nodes():
        line, at = [], node
        while at.parent is not None:
            line.append(at.said.text)
            at = at.parent
        found.add(tuple(reversed(line)))
    assert {
        tuple(said.text for said in history) for history in histories[1:] if _own_start(history, histories)
    } <= found


def _own_start(history, histories):
    """A call that shares nothing with the first line goes on behind it, so its line begins with other words."""
    return history[0].text == histories[1][0].text


@settings(max_examples=60)
@given(size=st.integers(1, 40))
def test_a_growing_conversation_costs_one_node_a_message(size):
    talk, history = Talk(), ()
    for number in range(size):
        history = (*history, Said("message", "user", f"q{number}"))
        answer = Said("message", "assistant", f"a{number}")
        talk.hear(Step("t", str(number), "model", start=number, end=number, given=history, answered=(answer,)))
        history = (*history, answer)

    assert sum(1 for _ in talk.nodes()) == 2 * size == talk.heard.pieces - talk.heard.repeated
